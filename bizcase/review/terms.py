"""The terms by which a passage is placed under a section, and how they are found in a text: one walk, whatever their number.

The terms and their weights are data (`schemas/words/sections.yaml`). They stand in a tree of words; at each word of a text the
longest term that fits counts, and the search goes on behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bizcase import resources
from bizcase.review.normal import normal
from bizcase.specification.source import load_data

FILE = "sections.yaml"
NOTHING = "nothing"
"""The name under which the file keeps the words of what belongs to no section."""

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it stands in the file, its length in words that count, and what it weighs for each section that has it."""

    words: str
    length: int
    weights: Weights


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text says for each section, and the terms that said it."""

    weights: Weights
    terms: tuple[Term, ...] = ()

    @property
    def strength(self) -> float:
        """The weight of the section that it speaks for most."""
        return max(self.weights.values(), default=0.0)

    def said(self, section: str) -> Iterator[str]:
        """The terms that spoke for a section, as they stand in the file."""
        return (term.words for term in self.terms if section in term.weights)


SILENT = Evidence({})


@dataclass(slots=True)
class _Node:
    after: dict[str, _Node] = field(default_factory=dict)
    term: Term | None = None


class Vocabulary:
    """Terms of one kind of text."""

    def __init__(self, terms: Mapping[tuple[str, ...], Term]) -> None:
        self._root = _Node()
        for keys, term in terms.items():
            node = self._root
            for key in keys:
                node = node.after.setdefault(key, _Node())
            node.term = term

    def found(self, keys: Sequence[str]) -> dict[str, tuple[Term, int]]:
        """The terms in the words of a text (`normal`) by their words, with how often each is there."""
        found: dict[str, tuple[Term, int]] = {}
        start = 0
        while start < len(keys):
            term, length = self._longest(keys, start)
            if term is not None:
                found[term.words] = (term, found[term.words][1] + 1 if term.words in found else 1)
            start += length
        return found

    def _longest(self, keys: Sequence[str], start: int) -> tuple[Term | None, int]:
        """The longest term that begins at this word and its length in words; one word on where there is none."""
        node = self._root.after.get(keys[start])
        best: Term | None = None
        length, at = 1, start
        while node is not None:
            at += 1
            if node.term is not None:
                best, length = node.term, at - start
            node = node.after.get(keys[at]) if at < len(keys) else None
        return best, length


@dataclass(frozen=True, slots=True)
class Words:
    """The file, read: a vocabulary for each kind of text, the rules' numbers, and the sections in their order."""

    headings: Vocabulary
    columns: Vocabulary
    prose: Vocabulary
    sure: float
    rules: Mapping[str, float]
    sections: tuple[str, ...]
    framing: frozenset[str]


@cache
def load_words() -> Words:
    content = load_data((resources.folder("schemas") / "words" / FILE).read_text("utf-8"), FILE)
    sections = {"" if name == NOTHING else name: kinds for name, kinds in content["sections"].items()}
    made = {kind: _vocabulary(sections, kind, strengths) for kind, strengths in content["weights"].items()}
    return Words(made["headings"], made["columns"], made["prose"], content["weights"]["headings"]["sure"], content["rules"],
                 tuple(sections), frozenset(content["framing"]))


def _vocabulary(sections: Mapping[str, Any], kind: str, strengths: Weights) -> Vocabulary:
    written: dict[tuple[str, ...], str] = {}
    weights: dict[tuple[str, ...], dict[str, float]] = {}
    for section, kinds in sections.items():
        for strength, terms in kinds[kind].items():
            for term in terms:
                keys = normal(term)
                written.setdefault(keys, term)
                weights.setdefault(keys, {})[section] = strengths[strength]
    return Vocabulary({keys: Term(written[keys], len(keys), found) for keys, found in weights.items()})


def evidence(found: Iterable[tuple[Term, int]], again: float, most: float) -> Evidence:
    """What terms say together. A term met more than once counts a share `again` more. Where a section comes to more than
    `most`, all are scaled down, so that a long text says no more than a short one."""
    weights: dict[str, float] = {}
    terms = []
    for term, times in found:
        terms.append(term)
        factor = 1 + again if times > 1 else 1
        for section, weight in term.weights.items():
            weights[section] = weights.get(section, 0.0) + weight * factor
    top = max(weights.values(), default=0.0)
    if top > most:
        weights = {section: weight * most / top for section, weight in weights.items()}
    return Evidence(weights, tuple(terms)) if terms else SILENT


def pooled(parts: Iterable[tuple[Evidence, float]], most: float = 0.0) -> Evidence:
    """Several texts together, each counted by its share; scaled down to `most` where that is given."""
    weights: dict[str, float] = {}
    for part, share in parts:
        for section, weight in part.weights.items():
            weights[section] = weights.get(section, 0.0) + weight * share
    top = max(weights.values(), default=0.0)
    if most and top > most:
        weights = {section: weight * most / top for section, weight in weights.items()}
    return Evidence(weights)
