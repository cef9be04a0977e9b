"""Figures: the numbers that may be printed. The bid prints nothing else, and each has a cell in the workbook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from bizcase.appraisal.currency import POUND
from bizcase.appraisal.inputs import Status


class Unit(StrEnum):
    POUNDS = "£"
    SHARE = "%"
    RATIO = "ratio"
    YEARS = "years"
    FACTOR = "factor"
    NUMBER = "number"
    CALENDAR = "year"


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is None where there is no answer; `text` then says why. `status` is that of what the figure rests on."""

    id: str
    label: str
    value: float | None
    unit: Unit
    text: str
    status: Status = Status.KNOWN

    @property
    def flagged(self) -> bool:
        """Whether the reader must be told not to rely on it."""
        return self.status in (Status.ILLUSTRATIVE, Status.DISPUTED)

    def in_currency(self, currency: str) -> Figure:
        """The same figure; an amount of money with that sign in its printed text."""
        if currency == POUND or self.unit is not Unit.POUNDS or self.value is None:
            return self
        return replace(self, text=self.text.replace(POUND, currency, 1))


_AS_EXCEL_SHOWS = Context(prec=400, rounding=ROUND_HALF_UP)


def written(value: float, unit: Unit, currency: str = POUND) -> str:
    """A value as it is printed: rounded for reading; the workbook holds it in full."""
    match unit:
        case Unit.POUNDS:
            return _money(_rounded(value, 0 if abs(value) >= 100 or float(value).is_integer() else 2), currency)
        case Unit.SHARE:
            return f"{_rounded(value * 100, 1)}%"
        case Unit.RATIO:
            return _rounded(value, 2)
        case Unit.YEARS:
            return f"{_rounded(value, 1)} years"
        case Unit.FACTOR:
            return _rounded(value, 4)
        case Unit.NUMBER:
            return _plain(value)
        case Unit.CALENDAR:
            return f"{value:.0f}"


def as_given(value: float, unit: Unit) -> str:
    """A value as it was typed, with all its digits: who multiplies the factors of a benefit must reach its result."""
    number = Decimal(repr(value)) * (100 if unit is Unit.SHARE else 1)
    places = max(0, -int(number.normalize().as_tuple().exponent))
    if unit is Unit.CALENDAR:
        return f"{value:.0f}"
    if unit is Unit.POUNDS:
        return _money(_rounded(value, max(2, places) if places else 0), POUND)
    return _rounded(float(number), places) + ("%" if unit is Unit.SHARE else "")


def _money(number: str, currency: str) -> str:
    return f"−{currency}{number[1:]}" if number.startswith("−") else f"{currency}{number}"


def _rounded(value: float, places: int) -> str:
    """Rounded half away from zero at 15 digits, as Excel shows the same number; never minus zero."""
    number = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), context=_AS_EXCEL_SHOWS)
    return f"{number or abs(number):,f}".replace("-", "−")


def _plain(value: float) -> str:
    """Three significant digits or a little more, at most eight decimals, so that no small number is hidden."""
    places = 0 if float(value).is_integer() else 1 if abs(value) >= 100 else 2 if abs(value) >= 1 else _small(value)
    text = _rounded(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _small(value: float) -> int:
    """The decimals that show three significant digits of a number below one."""
    return min(8, 2 - Decimal(f"{value:.3g}").adjusted())


def figure(name: str, label: str, value: float | None, unit: Unit, status: Status, otherwise: str = "") -> Figure:
    """A figure with its printed text."""
    return Figure(name, label, value, unit, otherwise if value is None else written(value, unit), status)


def given_figure(name: str, label: str, value: float, unit: Unit, status: Status) -> Figure:
    """A figure that the specification gives."""
    return Figure(name, label, value, unit, as_given(value, unit), status)


def worded(name: str, label: str, text: str, status: Status = Status.KNOWN) -> Figure:
    """A figure whose answer is words, such as a financial year."""
    return Figure(name, label, None, Unit.NUMBER, text, status)
