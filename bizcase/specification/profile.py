"""Profiles: which sections a kind of bid has, in which order, and what it cannot do without. Data, not code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bizcase import resources
from bizcase.specification.source import load_data

DEFAULT = "innovation-fund"


@dataclass(frozen=True, slots=True)
class Part:
    """Sections under one heading ("Strategic case"); the heading is empty where the bid has no parts."""

    title: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """`required` are patterns of fields; `advisory` are the criteria that are only advice at this stage.

    A `short` bid has no cover and no contents; its document control stands at the end.
    """

    name: str
    title: str
    purpose: str
    parts: tuple[Part, ...]
    required: tuple[str, ...]
    parameters: str
    template: str
    advisory: tuple[str, ...]
    short: bool

    @property
    def sections(self) -> tuple[str, ...]:
        """All sections in the order they are printed."""
        return tuple(name for part in self.parts for name in part.sections)


@cache
def profile_names() -> tuple[str, ...]:
    return tuple(path.stem for path in resources.files("schemas", "profiles", ".yaml"))


@cache
def load_profile(name: str) -> Profile:
    """The profile of that name. Raises KeyError for a name that `profile_names` does not hold."""
    if name not in profile_names():
        raise KeyError(name)
    path = resources.folder("schemas") / "profiles" / f"{name}.yaml"
    content = load_data(path.read_text("utf-8"), path.name)
    parts = tuple(Part(part.get("title") or "", tuple(part["sections"])) for part in content["parts"])
    return Profile(name, content["title"], content["purpose"].strip(), parts, tuple(content["required"]),
                   content["parameters"], content["template"], tuple(content.get("advisory") or ()),
                   bool(content.get("short", False)))
