"""Money by financial year as people type it into one cell: `24,000 in 2026/27; 5,000 in 2027/28`, `£12k a year from 2026/27`."""

from __future__ import annotations

import re
from typing import Any

from bizcase.hub.form.answers import Answer, CellValue, Unread, folded, word_set
from bizcase.hub.form.cells_dates import YEAR, year_in
from bizcase.hub.form.cells_numbers import NUMBER, value_of, written_number, written_share

_HINT = ("write the amount with its years, like 12,000 once in 2026/27, or 12,000 a year from 2026/27 to 2029/30, or "
         "24,000 in 2026/27; 5,000 in 2027/28")
_RAMP = re.compile(r"[,;(]?\s?(?:with\s(?:a\s)?)?ramp(?:ed|ing)?(?:\s?up)?\s?(?:of|at|by|:|=)?\s?", re.IGNORECASE)
_SHARE = re.compile(NUMBER, re.IGNORECASE)
_BETWEEN = re.compile(r"\s?(?:[,;/]\s|[;/]|\band\b|\bthen\b|\bto\b|\s)\s?", re.IGNORECASE)
_AMOUNT = rf"(?:about\s+|circa\s+|approx\.?\s+|~\s*)?({NUMBER})"
_A_YEAR = (r"(?:a|per|each|every|/)\s?(?:financial\s)?(?:year|yr|annum)|p\.?\s?a\.?(?![^\W_])|annually|yearly|"
           r"recurrent(?:ly)?|recurring")
_ONCE = r"once|one[- ]?off|single payment|non-?recurrent"
_IN = r"(?:[(,:=–-]|(?:,\s*)?(?:in|for|during|within)(?:\s+(?:year|the year))?)?"
_FROM = r"(?:,\s*)?(?:starting|beginning|commencing)?\s*(?:from|in|since|starting|,)?"
_TO = r"(?:,\s*)?(?:to|until|till|through(?: to)?|up to|-|–|—)"
_AMOUNT_IN_YEAR = re.compile(rf"{_AMOUNT}\s*{_IN}\s*({YEAR})\s*\)?", re.IGNORECASE)
_YEAR_THEN_AMOUNT = re.compile(rf"(?:in\s+|for\s+)?({YEAR})\s*[:=–,-]?\s*{_AMOUNT}", re.IGNORECASE)
_ONCE_IN = re.compile(rf"{_AMOUNT}\s*,?\s*\(?(?:{_ONCE})\)?\s*{_IN}\s*({YEAR})\s*\)?", re.IGNORECASE)
_IN_ONCE = re.compile(rf"(?:{_ONCE})\s*[:,]?\s*(?:of\s+)?{_AMOUNT}\s*{_IN}\s*({YEAR})\s*\)?", re.IGNORECASE)
_YEARLY = re.compile(rf"{_AMOUNT}\s*,?\s*\(?(?:{_A_YEAR})\)?(?:\s*{_FROM}\s*({YEAR}))?(?:\s*{_TO}\s*({YEAR}))?"
                     r"(?:\s+on(?:wards?)?)?\s*\)?", re.IGNORECASE)
_YEARS_THEN_YEARLY = re.compile(rf"(?:from\s+)?({YEAR})(?:\s*{_TO}\s*({YEAR}))?(?:\s+on(?:wards)?)?"
                                rf"\s*[:=,]?\s*{_AMOUNT}\s*,?\s*(?:{_A_YEAR})",
                                re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:;|\n|,(?=\s)|\band\b|\bthen\b|&)\s*", re.IGNORECASE)
_JOINED = re.compile(r"\s*[,;]?\s+(?=(?:from|to|until|till|in|for|starting|beginning|once|a year|per year)\b)", re.IGNORECASE)


class _Unclear(ValueError):
    """An amount that cannot be understood: why."""


def money_answer(value: CellValue) -> Answer | Unread:
    """The answer to a field of type money."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        text = written_number(value)
    else:
        return Unread(f"it holds {value}, which is not an amount of money", _HINT)
    if folded(text) in ("0", "£0", *word_set("zero")):
        return Answer({"per_year": 0}, "nothing is taken as 0 a year")
    notes: list[str] = []
    try:
        return Answer(_money(text, notes), "; ".join(dict.fromkeys(notes)))
    except _Unclear as problem:
        return Unread(str(problem), _HINT)


def _money(text: str, notes: list[str]) -> dict[str, Any]:
    ramp = _RAMP.search(text)
    whole = _JOINED.sub(" ", text[:ramp.start()] if ramp else text).strip(" ;,\n")
    yearly = _yearly(whole, notes)
    if yearly:
        return {**yearly, "ramp": _shares(text[ramp.end():], text)} if ramp else yearly
    if ramp:
        raise _Unclear(f"“{text}” gives a ramp, and no amount a year that it could belong to")
    once = _ONCE_IN.fullmatch(whole) or _IN_ONCE.fullmatch(whole)
    if once:
        return {"once": value_of(once[1]), "in": _year(once[2], notes)}
    return _by_year([part for part in _PARTS.split(whole) if part], text, notes)


def _shares(rest: str, text: str) -> list[float]:
    """The shares of a ramp: 50%, 75%, 100%."""
    parts = [part for part in _BETWEEN.split(rest.strip(" ).;")) if part]
    if not parts or not all(_SHARE.fullmatch(part) for part in parts):
        raise _Unclear(f"the ramp of “{text}” is not a list of shares like 50%, 75%, 100%")
    return [value_of(part) for part in parts]


def _yearly(text: str, notes: list[str]) -> dict[str, Any]:
    found, amount, start, end = _YEARLY.fullmatch(text), 1, 2, 3
    if not found:
        found, amount, start, end = _YEARS_THEN_YEARLY.fullmatch(text), 3, 1, 2
    if not found:
        return {}
    years = {name: _year(found[group], notes) for name, group in (("from", start), ("to", end)) if found[group]}
    return {"per_year": value_of(found[amount]), **years}


def _by_year(parts: list[str], text: str, notes: list[str]) -> dict[str, Any]:
    amounts: dict[str, Any] = {}
    for part in parts:
        found, amount, year = _AMOUNT_IN_YEAR.fullmatch(part), 1, 2
        if not found:
            found, amount, year = _YEAR_THEN_AMOUNT.fullmatch(part), 2, 1
        if not found:
            raise _Unclear(_why_not(part, text, len(parts)))
        name = _year(found[year], notes)
        if name in amounts:
            raise _Unclear(f"“{text}” gives {name} twice")
        amounts[name] = value_of(found[amount])
    if not amounts:
        raise _Unclear(f"“{text}” is not an amount of money")
    return amounts


def _why_not(part: str, text: str, parts: int) -> str:
    if re.fullmatch(_AMOUNT, part, re.IGNORECASE):
        return f"{part} does not say in which year" if parts == 1 else f"“{text}”: {part} does not say in which year"
    if re.fullmatch(rf"{_AMOUNT}\s*(?:{_ONCE})", part, re.IGNORECASE):
        return f"“{part}” does not say in which year"
    if parts > 1 and (_ONCE_IN.fullmatch(part) or _YEARLY.fullmatch(part)):
        return f"“{text}” joins two kinds of amounts; give each a row of its own"
    if re.fullmatch(rf"{_AMOUNT}\s*from\s*{YEAR}.*", part, re.IGNORECASE):
        return f"“{part}” does not say whether it is the amount of each year or of all together"
    return f"“{part}” is not an amount of money with its year"


def _year(text: str, notes: list[str]) -> str:
    year, note = year_in(text)
    if not year:
        raise _Unclear(f"{text} is not a financial year")
    if note:
        notes.append(note)
    return year


def written_money(value: dict[str, Any]) -> str:
    """An amount by financial year in one line, as the reader takes it."""
    if "per_year" in value:
        words = [f"{written_number(value['per_year'])} a year"]
        words += [f"{name} {value[name]}" for name in ("from", "to") if name in value]
        ramp = [f", ramp {', '.join(map(written_share, value['ramp']))}"] if "ramp" in value else [""]
        return " ".join(words) + ramp[0]
    if "once" in value:
        return f"{written_number(value['once'])} once in {value['in']}"
    return "; ".join(f"{written_number(amount)} in {year}" for year, amount in value.items())
