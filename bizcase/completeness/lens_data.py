"""The lenses as they are written in `schemas/lenses/`: each is a view over the criteria of the register.

A lens judges nothing itself. Its items name criteria (C, N, X) and doubts (A); what the three cases of the manual showed
for each item stands beside it, with the paragraphs of the manual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from bizcase import resources
from bizcase.completeness.criterion import Criterion
from bizcase.completeness.verdict import Degree
from bizcase.errors import Severity
from bizcase.specification.source import load_data


class Voice(StrEnum):
    """How a lens puts its answer: in degrees, as a panel that decides, or as two sides."""

    DEGREES = "degrees"
    PANEL = "panel"
    SIDES = "sides"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one of the manual's cases showed: how far the item was there, in a few words, and where the manual says so."""

    case: str
    degree: Degree
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a lens. `criteria` are codes of the register and of doubts; `answered_by` are the sections and fields
    that answer it; `weight` is how heavily the manual's panel put it, in words. `views` are opinions, by who holds them,
    that differ and are not reconciled."""

    code: str
    title: str
    criteria: tuple[str, ...]
    asks: str
    answered_by: tuple[str, ...]
    cases: tuple[Shown, ...]
    group: str = ""
    weight: str = ""
    leads: str = ""
    views: tuple[tuple[str, str], ...] = ()
    red_flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lens:
    """A view over the criteria. `groups` are the titles of the groups of its items, by name; `words` are what it says for
    each degree, where that differs from the usual words."""

    name: str
    title: str
    question: str
    source: str
    note: str
    items: tuple[Item, ...]
    voice: Voice
    groups: Mapping[str, str]
    words: Mapping[Degree, str]


@cache
def load_lenses() -> tuple[Lens, ...]:
    """All lenses, in the order in which they are told."""
    found = []
    for path in resources.files("schemas", "lenses", ".yaml"):
        content = load_data(path.read_text("utf-8"), path.name)
        found.append((content["order"], _lens(path.stem, content)))
    return tuple(lens for _, lens in sorted(found, key=lambda pair: pair[0]))


def lens_names() -> tuple[str, ...]:
    """The names by which a user asks for a lens."""
    return tuple(lens.name for lens in load_lenses())


def _lens(name: str, content: Mapping[str, Any]) -> Lens:
    words = {Degree(degree): word for degree, word in content.get("words", {}).items()}
    items, voice = tuple(map(_item, content["items"])), Voice(content.get("speaks", Voice.DEGREES))
    return Lens(name, content["title"], content["question"], content["source"], content.get("note", "").strip(), items, voice,
                content.get("groups", {}), words)


def _item(row: Mapping[str, Any]) -> Item:
    cases = tuple(Shown(case, Degree(shown["showed"]), shown["what"], shown["source"]) for case, shown in row["cases"].items())
    return Item(row["code"], row["title"], tuple(row["criteria"]), row["asks"], tuple(row["answered_by"]), cases,
                row.get("group", ""), row.get("weight", ""), row.get("leads", ""), tuple(row.get("views", {}).items()),
                tuple(row.get("red_flags", ())))


@cache
def doubts_as_criteria() -> Mapping[str, Criterion]:
    """The doubts about a sound file (`schemas/faults.yaml`) in the shape of criteria, by code: each is met where it was not
    raised."""
    path = resources.folder("schemas") / "faults.yaml"
    rows = load_data(path.read_text("utf-8"), path.name)["doubts"]
    return {code: Criterion(code, "", row["title"], Severity(row["severity"]), row["why"].strip(), row["remedy"].strip(),
                            str(row["example"]).strip(), {}, None, ()) for code, row in rows.items()}
