"""Days and financial years as people type them into a form: 3/10/2026 (the day first), 3 Oct 2026, 26/27, FY26/27."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bizcase.appraisal.financial_year import FIRST_MONTH, write_year, year_of
from bizcase.hub.form.answers import Answer, CellValue, Unread

YEAR = r"(?:(?:FY\s?)?(?:\d{4}|\d{2})\s?[/–—-]\s?(?:\d{4}|\d{2})(?!\d)|(?:FY\s?)?20\d{2}(?!\d))"
"""The pattern of a financial year, without groups; the second kind is the calendar year in which it begins."""

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")
_EPOCH = datetime(1899, 12, 30)
SERIALS = range(20_000, 110_000)
"""Excel's numbers of the days from 1954 to 2201: what a date becomes where its cell is formatted as a number."""

_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s+)?"
_NUMERIC = re.compile(_DAY + r"(\d{1,2})\s?[/.\-–]\s?(\d{1,2})\s?[/.\-–]\s?(\d{4}|\d{2})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.–](\d{1,2})[-/.–](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
_DAY_FIRST = re.compile(_DAY + r"(\d{1,2})(?:st|nd|rd|th)?\s*(?:of\s+)?[-. ]?\s*([a-z]{3,9})[-., ]*\s*(\d{4}|\d{2})",
                        re.IGNORECASE)
_MONTH_FIRST = re.compile(_DAY + r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})", re.IGNORECASE)
_MONTH_ALONE = re.compile(r"(?:(?:early|mid|late|end(?: of)?)[- ])?([a-z]{3,9})[-., ]*\s*(\d{4}|\d{2})|"
                          r"(\d{1,2})\s?[/.-]\s?(\d{4})", re.IGNORECASE)
_YEAR_PARTS = re.compile(r"(?:FY\s?)?(\d{4}|\d{2})(?:\s?[/–—-]\s?(\d{4}|\d{2}))?", re.IGNORECASE)
_HINT = "write the day, like 3 October 2026 or 3/10/2026"
_YEAR_HINT = "write a financial year like 2026/27"


def date_answer(value: CellValue) -> Answer | Unread:
    """The answer to a field of type date."""
    if isinstance(value, datetime):
        return Answer(value.date().isoformat())
    if isinstance(value, date):
        return Answer(value.isoformat())
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _of_serial(value)
    return _of_text(value) if isinstance(value, str) else Unread(f"it holds {value}, which is not a date", _HINT)


def _of_serial(value: float) -> Answer | Unread:
    if int(value) not in SERIALS:
        return Unread(f"it holds the number {value:g}, which is not a date", _HINT)
    day = (_EPOCH + timedelta(days=int(value))).date()
    return Answer(day.isoformat(), f"the number {int(value)} is Excel's for {spoken(day)}")


def _of_text(text: str) -> Answer | Unread:
    if re.fullmatch(r"\d{5,6}(?:\.0+)?", text):
        return _of_serial(float(text))
    for form, parts in _FORMS:
        found = form.fullmatch(text)
        if found:
            try:
                return parts(found)
            except ValueError:
                return Unread(f"“{text}” is not a day of the calendar", _HINT)
    alone = _MONTH_ALONE.fullmatch(text)
    if alone and (alone[3] or _month(alone[1])):
        return Unread(f"“{text}” does not say which day", _HINT)
    return Unread(f"“{text}” is not a date", _HINT)


def _from_numbers(found: re.Match[str]) -> Answer:
    first, second, year = int(found[1]), int(found[2]), _whole_year(found[3])
    if second > 12 >= first:
        day = date(year, first, second)
        return Answer(day.isoformat(), f"“{found[0]}” is taken as {spoken(day)}, the month first")
    return Answer(date(year, second, first).isoformat())


def _from_iso(found: re.Match[str]) -> Answer:
    return Answer(date(int(found[1]), int(found[2]), int(found[3])).isoformat())


def _from_day_first(found: re.Match[str]) -> Answer:
    return Answer(date(_whole_year(found[3]), _month(found[2]), int(found[1])).isoformat())


def _from_month_first(found: re.Match[str]) -> Answer:
    return Answer(date(_whole_year(found[3]), _month(found[1]), int(found[2])).isoformat())


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Answer]], ...] = (
    (_ISO, _from_iso), (_NUMERIC, _from_numbers), (_DAY_FIRST, _from_day_first), (_MONTH_FIRST, _from_month_first))


def _month(word: str | None) -> int:
    """The number of a month by its English name or the beginning of it; 0 for another word."""
    plain = "sep" if word and word.casefold() == "sept" else (word or "").casefold()
    return next((number for number, name in enumerate(_MONTHS, 1) if len(plain) >= 3 and name.startswith(plain)), 0)


def _whole_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def spoken(day: date) -> str:
    """A day as people write it: 3 October 2026. Month names do not follow the machine's language."""
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}"


def spoken_month(day: date) -> str:
    return f"{_MONTHS[day.month - 1].capitalize()} {day.year}"


def year_answer(value: CellValue) -> Answer | Unread:
    """The answer to a field of type year."""
    if isinstance(value, (datetime, date)):
        return _of_day(value.date() if isinstance(value, datetime) else value)
    text = str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
    year, note = year_in(text)
    return Answer(year, note) if year else Unread(f"“{text}” is not a financial year", _YEAR_HINT)


def year_in(text: str) -> tuple[str, str]:
    """The financial year that a text is, as 2026/27, and what was guessed; empty where it is none."""
    found = _YEAR_PARTS.fullmatch(text.strip().rstrip("."))
    if not found or (len(found[1]) == 2 and not found[2]):
        return "", ""
    start = _whole_year(found[1])
    if not found[2]:
        return write_year(start), f"the year {start} is taken as {write_year(start)}"
    ends = _whole_year(found[2]) if len(found[2]) == 4 else start - start % 100 + int(found[2])
    return (write_year(start), "") if (ends - start) % 100 == 1 and abs(ends - start) < 101 else ("", "")


def _of_day(day: date) -> Answer:
    """Excel takes 2011/12 for December 2011."""
    if day.day == 1 and day.month == (day.year + 1) % 100:
        return Answer(write_year(day.year), f"Excel made a date of {write_year(day.year)}; it is taken as the year")
    begins = f"a financial year begins in {_MONTHS[FIRST_MONTH - 1].capitalize()}"
    return Answer(write_year(year_of(day)), f"{spoken(day)} lies in {write_year(year_of(day))}; {begins}")
