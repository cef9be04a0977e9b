"""What people type for a number or a day, read where it can mean one thing alone."""

from __future__ import annotations

import calendar
import re
from datetime import date

_MONTHS = {name.casefold(): number for number in range(1, 13)
           for name in (calendar.month_name[number], calendar.month_abbr[number])} | {"sept": 9}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?(?:\.0+)?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ ./-]+(\d{1,2}|[A-Za-z]+)\.?,?[ ./-]+(\d{4}|\d{2})(?: 00:00(?::00)?)?",
                        re.ASCII)
_CENTURY = 2000
FIRST_YEAR, LAST_YEAR = 1901, 2199
"""The years of a day that a hub can mean; a spreadsheet miscounts the days before them."""

SMALLEST, LARGEST = 1e-9, 1e12
"""Of what is measured; beyond them stand slips and tricks."""
_NUMBER = re.compile(r"(?P<sign>[-+−])?(?P<money>[£€$])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
                     r"(?P<multiple>k|m)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL | re.ASCII)
_MULTIPLES = {"": 1.0, "k": 1e3, "m": 1e6}
_CONTINENTAL = re.compile(r"[-+−]?0*[1-9]\d{0,2}\.\d{3}")
"""1.200 is one and a fifth to some, and twelve hundred to others."""
_PER_CENT = re.compile(r"%|\bper ?cent(?:age)?\b", re.IGNORECASE)
_MONEY = re.compile(r"[£€$]|\b(?:pounds?|euros?|dollars?|cost|spend)\b", re.IGNORECASE)


def day_of(text: str) -> date:
    """The day of 2026-10-03, 3/10/2026, 3.10.26 or 3 Oct 2026; the day stands before the month. Raises ValueError."""
    text = " ".join(text.split())
    if found := _ISO.fullmatch(text):
        return _in_our_time(int(found[1]), int(found[2]), int(found[3]))
    found = _DAY_FIRST.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a day")
    month = int(found[2]) if found[2].isdecimal() else _MONTHS.get(found[2].casefold(), 0)
    year = int(found[3]) + (_CENTURY if len(found[3]) == 2 else 0)
    return _in_our_time(year, month, int(found[1]))


def _in_our_time(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year {year} lies too far away")
    return date(year, month, day)


def number_of(text: str, unit: str, compared_with: tuple[float, ...] = ()) -> float:
    """The number that somebody typed as text, for a measure with that unit and with these baseline and target.

    12% is 12 where the unit counts in per cent, and 0.12 where the numbers beside it are shares. The words of the unit may
    follow. Raises ValueError, with the reason, where the text can mean two things or no number at all.
    """
    text = " ".join(text.split())
    found = _NUMBER.fullmatch(text)
    if not found or _CONTINENTAL.fullmatch(text):
        raise ValueError("it can mean more than one number" if found else "it is not a number")
    number = float(found["number"].replace(",", "")) * _MULTIPLES[(found["multiple"] or "").casefold()]
    rest = found["rest"].strip()
    if found["money"] and not _MONEY.search(unit):
        raise ValueError(f"it is money, and the unit is {unit or 'not money'}")
    if (found["multiple"] or "") in ("m", "M") and not found["money"]:
        raise ValueError("it can be millions, metres or months")
    if rest and _PER_CENT.fullmatch(rest):
        number *= _share_or_hundred(unit, compared_with)
    elif rest and not _words(rest) <= _words(unit):
        raise ValueError("words stand beside the number")
    if not can_be_measured(number):
        raise ValueError("it is too large or too small to be a measurement")
    return -number if found["sign"] in ("-", "−") else number


def can_be_measured(number: float) -> bool:
    """Whether a number is one that anybody measures, and that can be reckoned with."""
    return number == 0 or SMALLEST <= abs(number) <= LARGEST


def _words(text: str) -> set[str]:
    """The words of a text, one day being as good as two days."""
    return {word.removesuffix("s") for word in re.findall(r"\w+", text.casefold())} or {text}


def _share_or_hundred(unit: str, compared_with: tuple[float, ...]) -> float:
    """What one per cent counts in the measure."""
    shares = all(abs(number) <= 1 for number in compared_with)
    if _PER_CENT.search(unit) and not (shares and compared_with):
        return 1.0
    if shares and compared_with and not _PER_CENT.search(unit):
        return 0.01
    raise ValueError("a per cent sign does not fit the unit, the baseline or the target")
