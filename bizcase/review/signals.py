"""What in the words of a bid shows that a criterion is met: the data of `schemas/words/`, read and compiled once.

A criterion has signals; all of them (or as many as `fully` says) must be there. A signal has alternatives:

{all: [list, …]}          each list is found close together; the first is what is claimed
  within: sentence        … in one sentence or row of a table; `near` (the default) adds the sentences beside it,
                          `block` all that stands under the same heading
  unless: [list, …]       and none of these in the same sentence
  count: 3                in at least so many sentences or rows
  of: [list, …]           in every row (or sentence) that has these
  anywhere: true          also in passages of other sections than the criterion's own, said in one sentence or row
  prose: true             in sentences only: the rows of a table are read more strictly
  own: true               the claim stands in the statement itself, not only in the words above it
  weak: true              shows it in part at best
  mention: true           to speak of it is enough: what is denied or wished for counts too
  in_order: true          the dates of what has the first list rise, under one heading: see `order.py`

An entry of `all` is the name of a list in `lexicons/`, or of a shape (`date`, `money`, `person` …), or a list of terms and
of names with an @. What is claimed and then denied, or only wished for, does not count: see `hedges.py`. A signal that is a
`fact` must have happened: what is planned shows it in part at best.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bizcase import resources
from bizcase.review.shapes import SHAPES
from bizcase.review.word_tree import Terms
from bizcase.specification.source import load_data

WORDS = "words"
HEDGES = ("denied_before", "denied_after", "intended_before", "intended_after", "wished_before", "wished_after", "clause_ends",
          "planned_above", "over_and_done")
"""The lists that `hedges.py` reads."""

Need = tuple[str, ...]
"""Names of lists or shapes, any of which will do."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way of saying it. `claim` and `beside` must be found, `unless` must not."""

    claim: Need
    beside: tuple[Need, ...]
    unless: Need
    of: tuple[Need, ...]
    within: str
    count: int
    anywhere: bool
    prose: bool
    own: bool
    weak: bool
    mention: bool
    in_order: bool


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that has to be said. `name` completes the sentence "not found: …". A `hint` is not asked for, but shows that
    the writer has begun to answer."""

    name: str
    alternatives: tuple[Alternative, ...]
    fact: bool
    hint: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """How a criterion shows in words. `cannot` says why it does not. `fully` signals make it met, `partly` of them show that
    it is answered in part. Where `arises` is given and not found, or `excused` is found, the criterion does not arise."""

    code: str
    cannot: str
    homes: frozenset[str]
    signals: tuple[Signal, ...]
    fully: int
    partly: int
    arises: Signal | None
    excused: Signal | None


@dataclass(frozen=True, slots=True)
class Register:
    """All that the words of a bid are held against."""

    shown: Mapping[str, Shown]
    terms: Terms


def load_data_of(subfolder: str) -> list[Mapping[str, Any]]:
    return [load_data(path.read_text("utf-8"), path.name)
            for path in resources.files("schemas", f"{WORDS}/{subfolder}", ".yaml")]


@cache
def load_register() -> Register:
    """The register of words, with all its terms in one tree."""
    lists: dict[str, Iterable[str]] = {name: terms for content in load_data_of("lexicons") for name, terms in content.items()}
    shown = {code: shown_of(code, row, content, lists) for content in load_data_of("criteria")
             for code, row in content["criteria"].items()}
    return Register(shown, Terms.of(lists))


def shown_of(code: str, row: Mapping[str, Any], content: Mapping[str, Any], lists: dict[str, Iterable[str]]) -> Shown:
    """The criterion that a row describes; terms written in place join `lists` under a name of their own."""
    signals = tuple(_signal(each, lists) for each in row.get("signals", ()))
    needed = sum(not each.hint for each in signals)
    homes = frozenset((content["section"], *content.get("also", ()), *row.get("also", ())))
    arises, excused = (_signal(row[name], lists) if name in row else None for name in ("arises", "excused"))
    return Shown(code, row.get("cannot", "").strip(), homes, signals, row.get("fully", needed), row.get("partly", 1), arises,
                 excused)


def _signal(row: Mapping[str, Any], lists: dict[str, Iterable[str]]) -> Signal:
    alternatives = tuple(_alternative(each, lists) for each in row["any"])
    return Signal(row["name"], alternatives, row.get("fact", False), row.get("hint", False))


def _alternative(row: Mapping[str, Any], lists: dict[str, Iterable[str]]) -> Alternative:
    claim, *beside = (_need(each, lists) for each in row["all"])
    of = tuple(_need(each, lists) for each in row.get("of", ()))
    marks = {name: row.get(name, False) for name in ("anywhere", "prose", "own", "weak", "mention", "in_order")}
    return Alternative(claim, tuple(beside), _need(row.get("unless", []), lists), of, row.get("within", "near"),
                       row.get("count", 1), **marks)


def _need(given: str | list[str], lists: dict[str, Iterable[str]]) -> Need:
    if isinstance(given, str):
        return (_known(given, lists),)
    names = [_known(each[1:], lists) for each in given if each.startswith("@")]
    if terms := [each for each in given if not each.startswith("@")]:
        own = f"({' | '.join(terms)})"
        lists[own] = terms
        names.append(own)
    return tuple(names)


def _known(name: str, lists: Mapping[str, Iterable[str]]) -> str:
    if name not in lists and name not in SHAPES and name != "person":
        raise LookupError(f"no list of words is called {name}")
    return name
