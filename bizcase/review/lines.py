"""The lines in which a bid is compared: a paragraph, or a row of a table; how alike two are, and where two texts differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bizcase.provenance import PassageAsBuilt
from bizcase.review.alignment import Pair, aligned

AROUND = 5
"""Words of both texts that are shown before and after a difference."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a row: its text, cells apart; the numbers of its passages; and the number of its table (0 for none)."""

    text: str
    passages: tuple[int, ...]
    table: int
    cells: tuple[str, ...]

    @property
    def shown(self) -> str:
        return " | ".join(self.cells)


def lines_of(passages: Sequence[PassageAsBuilt]) -> list[Line]:
    """The lines of the body."""
    body = [(number, passage) for number, passage in enumerate(passages) if not passage.margin]
    lines = []
    for (table, row), group in groupby(body, lambda found: (found[1].table, found[1].row)):
        members = list(group)
        for stretch in [members] if table and row else [[found] for found in members]:
            cells = tuple(passage.text for _, passage in stretch)
            lines.append(Line("\n".join(cells), tuple(number for number, _ in stretch), table, cells))
    return lines


def alike(one: Line, other: Line) -> float:
    """From 0 to 1: the share of words, or of cells, that both have; below 0 for a row and a paragraph."""
    if bool(one.table) != bool(other.table):
        return -1.0
    cells = 0.0
    if one.table and len(one.cells) == len(other.cells):
        cells = sum(a == b for a, b in zip(one.cells, other.cells, strict=True)) / len(one.cells)
    words, others = Counter(one.text.split()), Counter(other.text.split())
    return max(cells, 2 * (words & others).total() / (words.total() + others.total()))


def aligned_cells(was: Sequence[PassageAsBuilt], now: Sequence[PassageAsBuilt]) -> list[Pair]:
    """Which passage of a row is which: by their columns where every cell has one passage, else by their texts."""
    columns, others = [passage.column for passage in was], [passage.column for passage in now]
    if len(set(columns)) == len(columns) and len(set(others)) == len(others):
        places = {column: place for place, column in enumerate(others)}
        pairs: list[Pair] = [(place, places.get(column)) for place, column in enumerate(columns)]
        return pairs + [(None, place) for place, column in enumerate(others) if column not in set(columns)]
    return aligned(was, now, lambda passage: passage.text, _alike_passages)


def _alike_passages(one: PassageAsBuilt, other: PassageAsBuilt) -> float:
    words, others = Counter(one.text.split()), Counter(other.text.split())
    return 2 * (words & others).total() / (words.total() + others.total()) if one.column == other.column else 0.0


def differing(was: str, now: str) -> tuple[str, str]:
    """Both texts from a few words before to a few words after what differs."""
    one, other = was.split(" "), now.split(" ")
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left = min(len(one), len(other)) - start
    end = next((at for at in range(left) if one[-1 - at] != other[-1 - at]), left)
    return _part(one, start, end), _part(other, start, end)


def _part(words: list[str], start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(words), len(words) - end + AROUND)
    return ("… " if first else "") + " ".join(words[first:last]) + (" …" if last < len(words) else "")
