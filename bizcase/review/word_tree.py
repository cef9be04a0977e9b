"""Finds the words of many lists in a text at once.

A term is a few words: `integrated care board`. A star stands for any ending (`commission*`), two dots for up to three words
between (`not .. agreed`). Capitals and hyphens do not matter, except that a word in capitals alone (`IT`) is found only so.
All terms together make one tree of words, so the time grows with the text and not with the lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

GAP = ".."
MOST_BETWEEN = 3
BREAK = ";"
"""Stands in the words of a text where one thought ends and another begins. No term reaches across it."""

_WORD = re.compile(r"[A-Za-z0-9À-ÿ]+(?:[&'’][A-Za-z]+)*|[;—–•]|\s-\s")
_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Words:
    """A text as words, with the place of each in it."""

    words: tuple[str, ...]
    starts: tuple[int, ...]


def words_of(text: str) -> Words:
    found = [(match.group(), match.start()) for match in _WORD.finditer(text)]
    return Words(tuple(_plain(word) for word, _ in found), tuple(start for _, start in found))


def _plain(word: str) -> str:
    """Without the possessive; what is no word is a break."""
    word = word.replace("’", "'").removesuffix("'s")
    return word if word[0].isalnum() else BREAK


class Span(NamedTuple):
    """Words of a text, from `start` up to but without `end`."""

    start: int
    end: int


class Found(NamedTuple):
    """A term of the list `name`, from the word `start` up to but without `end`."""

    name: str
    start: int
    end: int


Tree = dict[str, Any]


@dataclass(slots=True)
class Terms:
    """Lists of terms, by their name, as one tree of their words."""

    tree: Tree = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    @staticmethod
    def of(lists: Mapping[str, Iterable[str]]) -> Terms:
        terms = Terms()
        for name, each in lists.items():
            for term in each:
                terms._add(name, term)
        return terms

    def _add(self, name: str, term: str) -> None:
        node = self.tree
        for word in _words_of_term(term):
            self.words.add(word)
            node = node.setdefault(word, {})
        node.setdefault("", []).append(name)

    def found_in(self, words: tuple[str, ...], known: dict[str, tuple[str, ...]]) -> dict[str, tuple[Span, ...]]:
        """The places of the terms of each list that is met. `known` keeps how each word can be read, and is shared between
        the texts of one bid."""
        readings = [known[word] if word in known else known.setdefault(word, tuple(self._readings(word))) for word in words]
        found: dict[str, tuple[Span, ...]] = {}
        for start, here in enumerate(readings):
            for reading in here:
                if (node := self.tree.get(reading)) is not None:
                    self._follow(node, start, start + 1, readings, words, found)
        return found

    def _follow(self, node: Tree, start: int, end: int, readings: list[tuple[str, ...]], words: tuple[str, ...],
                found: dict[str, tuple[Span, ...]]) -> None:
        """Notes the terms that end here, and goes on to those that need more words. A word stands in many lists: they share
        one place, as to make one for each takes most of the time."""
        if (names := node.get("")) is not None:
            place = (Span(start, end),)
            for name in names:
                found[name] = found[name] + place if name in found else place
        if end < len(words):
            for reading in readings[end]:
                if (below := node.get(reading)) is not None:
                    self._follow(below, start, end + 1, readings, words, found)
            if (gap := node.get(GAP)) is not None:
                self._leap(gap, start, end, readings, words, found)

    def _leap(self, gap: Tree, start: int, end: int, readings: list[tuple[str, ...]], words: tuple[str, ...],
              found: dict[str, tuple[Span, ...]]) -> None:
        for after in range(end, min(end + MOST_BETWEEN + 1, len(words))):
            for reading in readings[after]:
                if (below := gap.get(reading)) is not None:
                    self._follow(below, start, after + 1, readings, words, found)
            if words[after] == BREAK:
                return

    def _readings(self, word: str) -> Iterator[str]:
        """The words of terms that a word of a text answers: itself, and each beginning of it that stands with a star."""
        lower = word.lower()
        if word != lower and word in self.words:
            yield word
        if lower in self.words:
            yield lower
        for length in range(_SHORTEST_STEM, len(lower) + 1):
            if (stem := f"{lower[:length]}*") in self.words:
                yield stem


def _words_of_term(term: str) -> list[str]:
    """The words of a term, spelled as the tree keeps them. A hyphen parts two words, in a term as in a text."""
    found: list[str] = []
    for word in term.replace("-", " ").replace("/", " ").replace("’", "'").split():
        capitals = word.isupper() and len(word) > 1 and not word.endswith("*")
        found.append(word if capitals or word == GAP else word.lower().removesuffix("'s"))
    return found
