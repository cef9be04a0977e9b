"""Figures: the numbers that may be printed. The bid prints nothing else, and each has a cell in the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

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


_AS_EXCEL_SHOWS = Context(prec=400, rounding=ROUND_HALF_UP)


def written(value: float, unit: Unit) -> str:
    """A value as it is printed: rounded for reading; the workbook holds it in full."""
    match unit:
        case Unit.POUNDS:
            text = _rounded(value, 0 if abs(value) >= 100 or float(value).is_integer() else 2)
            return f"−£{text[1:]}" if text.startswith("−") else f"£{text}"
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
        text = _rounded(value, max(2, places) if places else 0)
        return f"−£{text[1:]}" if text.startswith("−") else f"£{text}"
    return _rounded(float(number), places) + ("%" if unit is Unit.SHARE else "")


def _rounded(value: float, places: int) -> str:
    """Rounded half away from zero at 15 digits, as Excel shows the same number; never minus zero."""
    number = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), context=_AS_EXCEL_SHOWS)
    return f"{number or abs(number):,f}".replace("-", "−")


def _plain(value: float) -> str:
    """At most four decimals, or eight for a number so small that four would hide it."""
    text = _rounded(value, 0 if float(value).is_integer() else 4 if abs(value) >= 0.01 else 8)
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(name: str, label: str, value: float | None, unit: Unit, status: Status, otherwise: str = "") -> Figure:
    """A figure with its printed text."""
    return Figure(name, label, value, unit, otherwise if value is None else written(value, unit), status)


def given_figure(name: str, label: str, value: float, unit: Unit, status: Status) -> Figure:
    """A figure that the specification gives."""
    return Figure(name, label, value, unit, as_given(value, unit), status)


def worded(name: str, label: str, text: str, status: Status = Status.KNOWN) -> Figure:
    """A figure whose answer is words, such as a financial year."""
    return Figure(name, label, None, Unit.NUMBER, text, status)
