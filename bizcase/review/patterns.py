"""Ways of saying things that show what a passage is about: ideas and shapes that meet in one sentence.

All of it is data (`schemas/words/patterns.yaml`). The words of all ideas stand in one tree, so the time grows with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bizcase import resources
from bizcase.review.normal import normal
from bizcase.review.terms import NOTHING, Term
from bizcase.specification.source import load_data

FILE = "patterns.yaml"
_SENTENCES = re.compile(r"(?<=[.?!])\s+(?=[^a-z\s])")


@dataclass(slots=True)
class _Node:
    after: dict[str, _Node] = field(default_factory=dict)
    ideas: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """What has to meet, as one number with a bit for each idea and shape; `often` says which of them more than once. `term`
    carries the words that tell a person, and the weight for the section."""

    term: Term
    bits: int
    often: tuple[tuple[int, int], ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Patterns:
    """The file, read. With each shape stands whether it is looked for at the beginning alone."""

    tree: _Node
    shapes: tuple[tuple[int, re.Pattern[str], bool], ...]
    prose: tuple[Pattern, ...]
    headings: tuple[Pattern, ...]

    def in_prose(self, sentences: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Term]:
        """The patterns that a passage shows, each once. `sentences` are its texts with their words made alike."""
        shown = [self._shown(text, keys) for text, keys in sentences]
        whole = _together(shown) if len(shown) > 1 else shown[0] if shown else {}
        masks = [_mask(each) for each in shown]
        everything = _mask(whole)
        for pattern in self.prose:
            if everything & pattern.bits == pattern.bits and (
                    _enough(pattern, whole) if pattern.whole else any(
                        mask & pattern.bits == pattern.bits and _enough(pattern, each)
                        for mask, each in zip(masks, shown, strict=True))):
                yield pattern.term

    def in_heading(self, text: str, keys: tuple[str, ...]) -> Iterator[Term]:
        """The patterns that a heading, question or label shows."""
        shown = self._shown(text, keys)
        mask = _mask(shown)
        return (pattern.term for pattern in self.headings if mask & pattern.bits == pattern.bits and _enough(pattern, shown))

    def _shown(self, text: str, keys: tuple[str, ...]) -> dict[int, int]:
        """How many times a text has each idea and shape. Words of an idea that begin together count once."""
        found: dict[int, int] = {}
        first = self.tree.after
        for start, key in enumerate(keys):
            if (node := first.get(key)) is None:
                continue
            for idea in self._beginning(node, keys, start + 1):
                found[idea] = found.get(idea, 0) + 1
        for shape, pattern, anchored in self.shapes:
            if times := int(pattern.match(text) is not None) if anchored else len(pattern.findall(text)):
                found[shape] = times
        return found

    @staticmethod
    def _beginning(node: _Node, keys: tuple[str, ...], at: int) -> Iterable[int]:
        """The ideas of the words that begin with the one before `at`."""
        if not node.after:
            return node.ideas
        ideas = set(node.ideas)
        while at < len(keys) and (after := node.after.get(keys[at])) is not None:
            node, at = after, at + 1
            ideas.update(node.ideas)
        return ideas


def sentences_of(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The sentences of a text, each with its words made alike."""
    return [(each, normal(each)) for each in _SENTENCES.split(text)]


@cache
def load_patterns() -> Patterns:
    content = load_data((resources.folder("schemas") / "words" / FILE).read_text("utf-8"), FILE)
    numbers = {name: number for number, name in enumerate((*content["ideas"], *content["shapes"]))}
    shapes = tuple((numbers[name], re.compile(shape), shape.startswith("^")) for name, shape in content["shapes"].items())
    return Patterns(_tree(content["ideas"], numbers), shapes, tuple(_patterns(content["patterns"], numbers)),
                    tuple(_patterns(content["headings"], numbers)))


def _tree(ideas: Mapping[str, Iterable[str]], numbers: Mapping[str, int]) -> _Node:
    root = _Node()
    for name, terms in ideas.items():
        for term in terms:
            node = root
            for key in normal(term):
                node = node.after.setdefault(key, _Node())
            if numbers[name] not in node.ideas:
                node.ideas = (*node.ideas, numbers[name])
    return root


def _patterns(by_section: Mapping[str, Any], numbers: Mapping[str, int]) -> Iterator[Pattern]:
    for section, rows in by_section.items():
        for row in rows:
            needs = [need.split("*") for need in row["all"]]
            bits = sum(1 << number for number in {numbers[need[0]] for need in needs})
            often = tuple((numbers[need[0]], int(need[1])) for need in needs if len(need) > 1)
            said = " with ".join(need[0].replace("_", " ") for need in needs)
            weights = {"" if section == NOTHING else section: float(row["weight"])}
            yield Pattern(Term(said, len(needs), weights), bits, often, row.get("whole", False))


def _mask(shown: Iterable[int]) -> int:
    mask = 0
    for number in shown:
        mask |= 1 << number
    return mask


def _together(shown: Iterable[Mapping[int, int]]) -> dict[int, int]:
    whole: dict[int, int] = {}
    for each in shown:
        for number, times in each.items():
            whole[number] = whole.get(number, 0) + times
    return whole


def _enough(pattern: Pattern, shown: Mapping[int, int]) -> bool:
    return all(shown.get(number, 0) >= times for number, times in pattern.often)
