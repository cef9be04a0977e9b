"""NHS financial years, written 2026/27 and counted by the calendar year in which they begin (1 April)."""

from __future__ import annotations

import re
from datetime import date

_WRITTEN = re.compile(r"([0-9]{4})/([0-9]{2})")
FIRST_MONTH = 4


def parse_year(text: str) -> int:
    """The starting year of "2026/27", that is 2026. Raises ValueError with the reason."""
    match = _WRITTEN.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a financial year; write it like 2026/27")
    start = int(match[1])
    if int(match[2]) != (start + 1) % 100:
        raise ValueError(f"{text!r} does not join two years; {start} is followed by {write_year(start)}")
    return start


def write_year(start: int) -> str:
    """2026 as "2026/27"."""
    return f"{start}/{(start + 1) % 100:02d}"


def year_of(day: date) -> int:
    """The starting year of the financial year that holds a day."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1
