"""What charts show, in words: for those who cannot see them. Every number is the printed text of a Figure."""

from __future__ import annotations

from collections.abc import Sequence

from bizcase.appraisal.figure import Figure
from bizcase.appraisal.measures import HALF_A_PENNY

MOST_NAMED, LONGEST_NAME = 4, 56


def shortened(text: str, most: int = LONGEST_NAME) -> str:
    """A name that fits beside an axis or in a legend; of a longer one the beginning, and its last words after a colon."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    head, colon, tail = flat.rpartition(": ")
    if not colon or len(tail) > most // 2:
        head, ending = flat, " …"
    else:
        ending = f" …: {tail}"
    room = most - len(ending)
    words = head[: room + 1].rpartition(" ")[0] or head[:room]
    return words.rstrip(" ,;:-") + ending


def value_of(found: Figure) -> float:
    """The value of a Figure that is plotted; a Figure without an answer is none."""
    assert found.value is not None, found.id
    return found.value


def highest(row: Sequence[Figure], names: Sequence[str]) -> str:
    """Where a row is highest, with its value; that it is nothing where it is."""
    return _end(row, names, max(row, key=value_of), "highest")


def lowest(row: Sequence[Figure], names: Sequence[str]) -> str:
    return _end(row, names, min(row, key=value_of), "lowest")


def _end(row: Sequence[Figure], names: Sequence[str], found: Figure, word: str) -> str:
    if not any(map(value_of, row)):
        return "nothing in any year"
    return f"{word} in {names[row.index(found)]} at {found.text}"


def first_and_last(row: Sequence[Figure], names: Sequence[str]) -> str:
    return f"{row[0].text} in {names[0]} and {row[-1].text} in {names[-1]}"


def above_zero(row: Sequence[Figure], names: Sequence[str]) -> str:
    """From when on a running total stays above zero."""
    below = [position for position, found in enumerate(row) if value_of(found) < HALF_A_PENNY]
    if not below:
        return "above zero throughout"
    if below[-1] == len(row) - 1:
        return f"not above zero in {names[-1]}"
    return f"above zero from {names[below[-1] + 1]}"


def listed(words: Sequence[str]) -> str:
    """A list as it is read out: the first few by name, the rest by number."""
    named = list(words)
    if len(named) > MOST_NAMED:
        named = [*named[:MOST_NAMED - 1], f"{len(named) - MOST_NAMED + 1} others"]
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else "".join(named)
