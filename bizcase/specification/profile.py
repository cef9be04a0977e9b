"""Profiles: which sections a kind of bid has, in which order, and what it cannot do without. Data, not code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bizcase import resources
from bizcase.appraisal.currency import POUND
from bizcase.specification.source import load_data

DEFAULT = "innovation-fund"


@dataclass(frozen=True, slots=True)
class Shown:
    """A section, or some of its blocks: fields, computed tables and pictures by name, in the order in which they are printed.

    No blocks: all of the section that no other part or annex shows. `limit` is the most words of its free text.
    """

    section: str
    blocks: tuple[str, ...] = ()
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Sections under one heading ("Strategic case"); the heading is empty where the bid has no parts.

    `guidance` is what the funder asks there, printed in a draft; `limit` is the most words of free text in all of it.
    """

    title: str
    sections: tuple[Shown, ...]
    limit: int | None = None
    guidance: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its sections in order, without repeats."""
        return tuple(dict.fromkeys(shown.section for shown in self.sections))


@dataclass(frozen=True, slots=True)
class Profile:
    """`required` are patterns of fields; `advisory` are the criteria that are only advice at this stage.

    A `short` bid has no cover and no contents; its document control stands at the end. `annexes` are printed after the body.
    `template` is the name of a template that ships with the product or the path of a .docx file, or empty: see
    `template_path`. `terms` are the funder's
    words for ours; `weights` say how much a criterion, or each criterion of a section, counts (1 where nothing is said).
    `form` are patterns of fields that the intake form asks beside the required ones.
    `markings` are words that must not stand in a bid that goes out, such as those of confidential papers.
    `waived` are the criteria that it does not ask, with the reasons; `criteria` are rows of a register of its own.
    `text` is that of the file of a hub's own profile; empty for one that ships.
    """

    name: str
    title: str
    purpose: str
    parts: tuple[Part, ...]
    annexes: tuple[Part, ...]
    required: tuple[str, ...]
    parameters: str
    template: str
    advisory: tuple[str, ...] = ()
    short: bool = False
    currency: str = POUND
    terms: Mapping[str, str] = field(default_factory=dict, hash=False)
    weights: Mapping[str, float] = field(default_factory=dict, hash=False)
    waived: Mapping[str, str] = field(default_factory=dict, hash=False)
    criteria: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    markings: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    text: str = field(default="", compare=False, repr=False)

    @property
    def sections(self) -> tuple[str, ...]:
        """All sections in the order in which they are first printed, annexes last, without repeats."""
        return tuple(dict.fromkeys(name for part in (*self.parts, *self.annexes) for name in part.names))


@cache
def profile_names() -> tuple[str, ...]:
    return tuple(path.stem for path in resources.files("schemas", "profiles", ".yaml"))


@cache
def load_profile(name: str) -> Profile:
    """The profile of that name. Raises KeyError for a name that `profile_names` does not hold."""
    if name not in profile_names():
        raise KeyError(name)
    path = resources.folder("schemas") / "profiles" / f"{name}.yaml"
    return profile_of(load_data(path.read_text("utf-8"), path.name), name)


def profile_of(content: Mapping[str, Any], name: str) -> Profile:
    """The profile that the sound content of a profile's file describes. What is around a required field is required too."""
    return Profile(
        name, content["title"], content["purpose"].strip(), tuple(map(_part, content["parts"])),
        tuple(map(_part, content.get("annexes") or ())), tuple(_with_what_is_around(content.get("required") or ())),
        content["parameters"], content.get("template") or "", tuple(content.get("advisory") or ()),
        bool(content.get("short", False)), content.get("currency") or POUND,
        dict(content.get("terms") or {}), dict(content.get("weights") or {}),
        {row["code"]: row["reason"] for row in content.get("waived") or ()}, tuple(content.get("criteria") or ()),
        tuple(content.get("markings") or ()), tuple(content.get("form") or ()))


def template_path(profile: Profile) -> Path | None:
    """Where a profile's Word template stands; None where it is to be made from the profile's parts."""
    if not profile.template:
        return None
    own = Path(profile.template)
    return own if own.suffix.lower() == ".docx" else resources.folder("templates") / profile.template / "bid.docx"


def _with_what_is_around(required: Iterable[str]) -> Iterator[str]:
    """Each path once, after the sections, lists and mappings in which it stands."""
    seen: set[str] = set()
    for path in required:
        steps = path.split(".")
        for length in range(1, len(steps) + 1):
            outer = ".".join(steps[:length])
            name = outer if length == len(steps) else outer.removesuffix("[]")
            if name not in seen:
                seen.add(name)
                yield name


def _part(content: Mapping[str, Any]) -> Part:
    return Part(content.get("title") or "", tuple(map(_shown, content["sections"])), content.get("limit"),
                (content.get("guidance") or "").strip())


def _shown(entry: str | Mapping[str, Any]) -> Shown:
    if isinstance(entry, str):
        return Shown(entry)
    return Shown(entry["section"], tuple(entry.get("show") or ()), entry.get("limit"))
