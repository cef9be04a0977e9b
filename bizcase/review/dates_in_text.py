"""Finds dates in running text: days, months, and financial years, each as the first and the last day that it can mean."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {name.casefold(): number for number in range(1, 13)
           for name in (calendar.month_name[number], calendar.month_abbr[number])} | {"sept": 9}
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|" \
         r"nov(?:ember)?|dec(?:ember)?)\.?"
_PATTERNS = (
    re.compile(r"\b(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b"),
    re.compile(r"\b(?P<day>\d{1,2})[/.](?P<number>\d{1,2})[/.](?P<year>20\d\d)\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s(?P<year>20\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,\s(?P<year>20\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH},?\s(?P<year>20\d\d)\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>20\d\d)\s?[/–-]\s?(?P<next>\d\d(?:\d\d)?)\b(?![/-])"),
    re.compile(r"\bQ(?P<quarter>[1-4])\s(?P<year>20\d\d)\b(?![/–-])"),
)
_CENTURY = "20"
"""What every date has in its year."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text: the first and the last day that it can mean, what was written, and where it stands."""

    first: date
    last: date
    text: str
    start: int
    end: int


def dates_in(text: str) -> tuple[Dated, ...]:
    """All dates, in their order; where two patterns fit, the more exact."""
    if _CENTURY not in text:
        return ()
    found: list[Dated] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(each.start < match.end() and match.start() < each.end for each in found):
                found += _dated(match)
    return tuple(sorted(found, key=lambda each: each.start))


def impossible_dates_in(text: str) -> tuple[str, ...]:
    """What is written as a day and is none: `31 February 2027`."""
    return tuple(match[0] for pattern in _PATTERNS[:4] for match in pattern.finditer(text) if not _is_a_day(match))


def _is_a_day(match: re.Match[str]) -> bool:
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else _MONTHS[parts["month"].casefold()]
    try:
        date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return "number" in parts and month > 12 and int(parts["day"]) <= 12  # an American date: the day stands second
    return True


def _dated(match: re.Match[str]) -> Iterator[Dated]:
    parts = match.groupdict()
    year = int(parts["year"])
    try:
        if parts.get("next"):
            if int(parts["next"][-2:]) != (year + 1) % 100:
                return
            first, last = date(year, 4, 1), date(year + 1, 3, 31)
        elif parts.get("quarter"):
            month = int(parts["quarter"]) * 3
            first, last = date(year, month - 2, 1), date(year, month, calendar.monthrange(year, month)[1])
        else:
            month = int(parts["number"]) if parts.get("number") else _MONTHS[parts["month"].casefold()]
            day = int(parts["day"]) if parts.get("day") else 0
            first = date(year, month, day or 1)
            last = first if day else date(year, month, calendar.monthrange(year, month)[1])
    except ValueError:
        return
    yield Dated(first, last, match[0], match.start(), match.end())
