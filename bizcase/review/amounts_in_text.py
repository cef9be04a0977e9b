"""Finds money, shares, ratios and lengths of time in running text, as numbers with the words that stood there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_MULTIPLES = {"": 1.0, "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_NUMBER = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MULTIPLE = r"(?:\s?(?P<multiple>k|m|mn|bn|thousand|million|billion)\b)?"
_MONEY = re.compile(rf"(?P<minus>[−–-]\s?|\()?(?:[£€$]\s?|\bGBP\s?)(?P<minus2>[−-])?(?P<number>{_NUMBER}){_MULTIPLE}",
                    re.IGNORECASE)
_SHARE = re.compile(rf"(?P<minus>[−-])?(?P<number>{_NUMBER})\s?(?:%|per\s?cent\b|percent\b)", re.IGNORECASE)
WORDS = {word: number for number, words in enumerate(
    ("", "one first", "two second", "three third", "four fourth", "five fifth", "six sixth", "seven seventh", "eight eighth",
     "nine ninth", "ten tenth")) for word in words.split()} | {"twelve": 12, "eighteen": 18, "twenty-four": 24}
"""Numbers that people write as words."""
_COUNT = rf"(?P<number>{_NUMBER}|{'|'.join(WORDS)})"
_LENGTH = re.compile(rf"\b{_COUNT}[\s\u00a0-]?(?P<unit>months?|years?)\b", re.IGNORECASE)
_IN_YEAR = re.compile(rf"\b(?:in|by|at|within|end of)\s(?:the\s)?(?:end of\s)?year\s{_COUNT}\b", re.IGNORECASE)
_RATIO = re.compile(rf"\b(?P<number>{_NUMBER})(?:\s?(?::|to)\s?1\b)?")


class Unit(StrEnum):
    """What a number in a text counts."""

    MONEY = "money"
    PERCENT = "percent"
    RATIO = "ratio"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text: pounds, percent, a ratio or months. `step` is half the unit of its last digit: 1.2 million may be
    anything from 1.15 to 1.25. `start` and `end` say where it stands; `text` is what was written."""

    value: float
    unit: Unit
    step: float
    text: str
    start: int
    end: int

    @property
    def has_sign(self) -> bool:
        """Whether a currency sign stands before it."""
        return any(sign in self.text for sign in "£€$")

    def agrees(self, other: Amount) -> bool:
        """Whether both can be the same number, each rounded as it was written."""
        return abs(self.value - other.value) <= max(self.step, other.step) * 1.000001


def money_in(text: str) -> Iterator[Amount]:
    for found in _MONEY.finditer(text):
        multiple = _MULTIPLES[(found["multiple"] or "").casefold()]
        minus = (found["minus"] or "").strip() in ("−", "-", "(") and not _is_a_dash(text, found.start())
        yield _amount(found, Unit.MONEY, multiple, negative=minus or bool(found["minus2"]))


def shares_in(text: str) -> Iterator[Amount]:
    for found in _SHARE.finditer(text):
        yield _amount(found, Unit.PERCENT, 1, negative=bool(found["minus"]) and not _is_a_dash(text, found.start()))


def months_in(text: str) -> Iterator[Amount]:
    """Lengths of time, in months; a bare `in year 3` is the whole of that year: from 24 to 36 months."""
    for found in _LENGTH.finditer(text):
        multiple = 12 if found["unit"].casefold().startswith("year") else 1
        yield _amount(found, Unit.MONTHS, multiple)
    for found in _IN_YEAR.finditer(text):
        year = _number(found["number"])
        yield Amount(year * 12 - 6, Unit.MONTHS, 6, found[0], found.start(), found.end())


def ratios_in(text: str) -> Iterator[Amount]:
    for found in _RATIO.finditer(text):
        yield _amount(found, Unit.RATIO, 1)


def amounts_in(text: str, unit: Unit) -> tuple[Amount, ...]:
    """All amounts of a unit, in their order."""
    find = {Unit.MONEY: money_in, Unit.PERCENT: shares_in, Unit.MONTHS: months_in, Unit.RATIO: ratios_in}[unit]
    return tuple(sorted(find(text), key=lambda amount: amount.start))


_CELL = re.compile(rf"^(?P<minus>[−–-]|\()?\s?(?P<sign>[£€$])?\s?(?P<minus2>[−-])?(?P<number>{_NUMBER})\s?"
                   r"(?P<multiple>k|m|mn|bn|thousand|million)?\s?(?P<percent>%)?\)?[*†‡]*$", re.IGNORECASE)
_NOTHING = {"-", "–", "—", "nil", "none", "0", "£0", "n/a", ""}


def number_in_cell(text: str) -> Amount | None:
    """The number that a cell of a table holds, and nothing else; a dash is nought, words are none."""
    text = re.sub(r"\s*\((?:illustrative|estimate|disputed|known)[^)]*\)", "", text.strip(), flags=re.IGNORECASE)
    if text.casefold() in _NOTHING - {""}:
        return Amount(0.0, Unit.MONEY, 0.5, text, 0, len(text))
    found = _CELL.match(text)
    if not found:
        return None
    unit = Unit.PERCENT if found["percent"] else Unit.MONEY
    multiple = _MULTIPLES[(found["multiple"] or "").casefold()]
    return _amount(found, unit, multiple, negative=bool(found["minus"] or found["minus2"]))


def _amount(found: re.Match[str], unit: Unit, multiple: float, *, negative: bool = False) -> Amount:
    digits = found["number"]
    decimals = len(digits.rsplit(".", 1)[1]) if "." in digits and digits[0].isdigit() else 0
    value = _number(digits) * multiple * (-1 if negative else 1)
    return Amount(value, unit, 0.5 * 10.0 ** -decimals * multiple, found[0].strip(), found.start(), found.end())


def _number(digits: str) -> float:
    word = digits.casefold()
    return float(WORDS[word]) if word in WORDS else float(re.sub(r"[,\u00a0\u202f ]", "", digits))


def _is_a_dash(text: str, start: int) -> bool:
    """Whether the sign before a number parts words or numbers instead of making it negative: `10-20%`, `up – £5k`."""
    return start > 0 and (text[start - 1].isalnum() or (text[start - 1] == " " and text[start:start + 2].endswith(" ")))
