"""How many lines a text takes in Arial, or in a font of its measures, and a text shortened to the lines that there are."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bizcase import resources
from bizcase.specification.characters import UNHOLDABLE
from bizcase.specification.source import load_data

FILE = "letter_widths.yaml"
MORE = "…"
_LOOSE_ENDS = " ,;:.–-("
_NARROWEST = 0.15
"""Less than the narrowest letter takes, as a share of its size: no line holds more letters than this lets it."""
_SPARE = 1.02
"""Layout programs round and kern in their own ways: what fits by less than this is taken not to fit."""


def plain(text: str) -> str:
    """A text in one line: white space of any kind is one blank, and what Word cannot hold is left out."""
    return " ".join(UNHOLDABLE.sub(" ", text).split())


@dataclass(frozen=True, slots=True)
class Measure:
    """A size of letters in half-points, and whether they are bold."""

    size: int
    bold: bool = False

    def width(self, text: str) -> float:
        """The width of a text without a break, in twips."""
        widths = _widths("bold" if self.bold else "regular")
        return sum(widths.get(letter) or _other(letter) for letter in text) * self.size / 100 * _SPARE

    def lines(self, text: str, room: float) -> int:
        """The lines that a text fills in a column of `room` twips: at least one, and never fewer than Word makes of it."""
        count, used, blank = 1, 0.0, self.width(" ")
        for word in text.split():
            width = self.width(word)
            if used and used + blank + width > room:
                count, used = count + 1, 0.0
            used += width + (blank if used else 0)
            if used > room:
                further = math.ceil(used / self._least_filled(room)) - 1
                count, used = count + further, room
        return count

    def _least_filled(self, room: float) -> float:
        """What a line of a word without end holds at least: the next letter did not fit."""
        return max(room - self.size * 10 * 1.4, self.size * 10 * 1.4)

    def shortened(self, text: str, lines: int, room: float) -> str:
        """The text, or as many of its words as fill no more lines, and a sign that there was more."""
        most = int(lines * room / (self.size * 10 * _NARROWEST))
        if len(text) <= most and self.lines(text, room) <= lines:
            return text
        text = text[:most]
        words = text.split()
        kept = _most(len(words), lambda count: self.lines(_cut(" ".join(words[:count])), room) <= lines)
        if kept:
            return _cut(" ".join(words[:kept]))
        return _cut(text[:_most(len(text), lambda count: self.lines(_cut(text[:count]), room) <= lines)])

    def listed(self, items: Sequence[str], lines: int, room: float) -> str:
        """Items in one text; where they fill more lines, the first of them and how many more there are."""
        whole = "; ".join(items)
        if self.lines(whole, room) <= lines:
            return whole

        def text(count: int) -> str:
            return f"{'; '.join(items[:count])}; and {len(items) - count:,} more"

        kept = _most(len(items) - 1, lambda count: self.lines(text(count), room) <= lines)
        return text(kept) if kept else self.shortened(whole, lines, room)


def _cut(text: str) -> str:
    return text.rstrip(_LOOSE_ENDS) + MORE


def _most(highest: int, fits: Callable[[int], bool]) -> int:
    """The highest number up to `highest` that fits, where all lower ones do; 0 where none does."""
    low, high = 0, highest
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


@cache
def _data() -> Mapping[str, Any]:
    return load_data((resources.folder("schemas") / FILE).read_text("utf-8"), FILE)


@cache
def _widths(weight: str) -> Mapping[str, int]:
    return {letter: row["width"] for row in _data()[weight] for letter in row["letters"]}


@cache
def _other(letter: str) -> int:
    """The width of a letter that is not listed; a sign that stands on another takes no room."""
    others, category = _data()["others"], unicodedata.category(letter)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if category == "So":
        return int(others["picture"])
    return int(others["square"] if unicodedata.east_asian_width(letter) in "WF" else others["letter"])
