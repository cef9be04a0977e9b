"""One figure given two values (B21): the ask, the total cost, NPSV, return, payback and the like, wherever they are said.

A figure is what its name says, in the same sentence or the same row; a sentence that speaks of a part, a limit, a scenario or
somebody else's result speaks of another figure and is passed over. Two values differ only if no rounding can make them one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bizcase.errors import Finding, Place, Severity
from bizcase.review.amounts_in_text import WORDS, Amount, Unit, amounts_in, number_in_cell
from bizcase.review.lexicon import any_of, clauses, words_file
from bizcase.review.submission import Kind, Passage, Submission

TWO_VALUES = "B21"
_YEAR = re.compile(rf"\byears?\s(\d{{1,2}}|{'|'.join(WORDS)})\b|\b(\d{{1,2}}|{'|'.join(WORDS)})(?:st|nd|rd|th)?[\s-]years?\b",
                   re.IGNORECASE)
_QUALIFIERS = re.compile(rf"\([^)]*\)|\b(?:at|in|by|after)?\s*years?\s(?:\d{{1,2}}|{'|'.join(WORDS)})\b", re.IGNORECASE)
_FARTHEST = 70
"""A number farther than this from the name of a figure is not its value."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a figure is given a value; `year` is the one at which it is taken, 0 where none is said."""

    quantity: str
    amount: Amount
    year: int
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class _Quantity:
    name: str
    label: str
    unit: Unit
    pattern: re.Pattern[str]
    by_year: bool


@cache
def _quantities() -> tuple[_Quantity, ...]:
    return tuple(_Quantity(name, row["label"], Unit(row["unit"]), any_of(row["names"]), row.get("by_year", False))
                 for name, row in words_file("figures")["quantities"].items())


@cache
def _other() -> re.Pattern[str]:
    return any_of(words_file("figures")["other_figure"])


def said_twice(submission: Submission) -> list[Finding]:
    """Each figure that is given two values, at the second place."""
    groups: dict[tuple[str, int], list[Mention]] = {}
    for mention in mentions(submission):
        groups.setdefault((mention.quantity, mention.year), []).append(mention)
    return [found for group in groups.values() for found in _contradictions(group, submission.name)]


def _contradictions(group: list[Mention], file: str) -> Iterator[Finding]:
    first, told = group[0], [group[0].amount]
    label = next(each.label for each in _quantities() if each.name == first.quantity)
    at = f" at year {first.year}" if first.year else ""
    for mention in group[1:]:
        if not any(mention.amount.agrees(other) for other in told):
            told.append(mention.amount)
            yield Finding(Place(file, where=mention.where), TWO_VALUES, Severity.MAJOR,
                          f"{label}{at} is {mention.amount.text} here and {first.amount.text} {first.where}",
                          "decide which it is, and write it the same way in both places")


def mentions(submission: Submission) -> Iterator[Mention]:
    """Every value that a figure is given, in reading order."""
    for passage in submission.body:
        if passage.kind is Kind.CELL:
            continue
        for sentence in clauses(passage.text):
            yield from _in_sentence(sentence, passage)
    for table in submission.tables:
        for number, row in enumerate(table.rows, 1):
            yield from _in_row(row, f"{table.where}, row {number}")


def _in_sentence(sentence: str, passage: Passage) -> Iterator[Mention]:
    if _other().search(sentence):
        return
    for quantity in _quantities():
        for name in quantity.pattern.finditer(sentence):
            nearest = _nearest(sentence, name, quantity.unit)
            if nearest is not None:
                year = _year(sentence, nearest) if quantity.by_year else 0
                yield Mention(quantity.name, nearest, year, passage.where, sentence)
                break


def _nearest(sentence: str, name: re.Match[str], unit: Unit) -> Amount | None:
    """The amount that follows the name soonest, else the one that ends just before it."""
    amounts = amounts_in(sentence, unit)
    after = [amount for amount in amounts if 0 <= amount.start - name.end() <= _FARTHEST]
    before = [amount for amount in amounts if amount.start < name.start() and name.start() - amount.end <= _FARTHEST // 3]
    if unit is Unit.RATIO:
        after, before = [amount for amount in after if not _is_part_of_a_word(sentence, amount)], []
    return after[0] if after else before[-1] if before else None


def _is_part_of_a_word(sentence: str, amount: Amount) -> bool:
    return sentence[amount.end:amount.end + 1] in "%" or sentence[max(0, amount.start - 1):amount.start] in ("£", "€", "$")


def _year(sentence: str, amount: Amount) -> int:
    """The year at which a value is taken: the one named next to it."""
    found = min(_YEAR.finditer(sentence), key=lambda year: abs(year.start() - amount.start), default=None)
    if found is None:
        return 0
    word = (found[1] or found[2]).casefold()
    return int(word) if word.isdigit() else WORDS[word]


def _in_row(row: tuple[str, ...], where: str) -> Iterator[Mention]:
    """A row whose label is the name of a figure, and no more, and that holds one number."""
    filled = [cell for cell in row[1:] if cell.strip()]
    if len(filled) != 1:
        return
    label = _QUALIFIERS.sub("", row[0]).strip(" :*†‡")
    quantity = next((each for each in _quantities() if each.pattern.fullmatch(label)), None)
    amount = _of_cell(filled[0], row[0], quantity.unit) if quantity is not None else None
    if quantity is not None and amount is not None:
        yield Mention(quantity.name, amount, _year(row[0], amount) if quantity.by_year else 0, where, row[0])


def _of_cell(cell: str, label: str, unit: Unit) -> Amount | None:
    """The one amount of a cell; money has its sign there or in the label."""
    amounts = amounts_in(cell, unit)
    if unit is not Unit.MONEY or amounts:
        return amounts[0] if len(amounts) == 1 else None
    found = number_in_cell(cell)
    return found if found is not None and found.unit is unit and any(sign in label for sign in "£€$") else None
