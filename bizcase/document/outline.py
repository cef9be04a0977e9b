"""The headings of a bid: which parts, sections and annexes a profile prints, in order, and the blocks under each."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from bizcase.specification.layout import GLANCE, Layout, load_layout
from bizcase.specification.profile import Part, Profile, Shown
from bizcase.specification.shape import Shape

MOST_OF_A_KEY = 35


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading and what stands under it. `key` names it in a template: `show.stakeholders`, `number.annex_costs`.

    A `title` that is empty prints no heading: the part above it has said everything. A part has no `section` of its own.
    """

    key: str
    title: str
    level: int
    annex: bool = False
    section: str = ""
    blocks: tuple[str, ...] = ()
    part: str = ""
    guidance: str = ""
    unless: frozenset[str] = frozenset()
    """Groups that an annex holds instead, where their answer is yes."""

    @property
    def bookmark(self) -> str:
        return bookmark_of(self.key)


def bookmark_of(key: str) -> str:
    """The bookmark of a heading, by its key; Word keeps 40 characters."""
    short = key if len(key) <= MOST_OF_A_KEY else f"{key[:MOST_OF_A_KEY - 9]}_{zlib.crc32(key.encode()):08x}"
    return f"_Toc_{short}"


def outline(profile: Profile, shape: Shape) -> tuple[Entry, ...]:
    """All headings that the profile may print, in order, annexes last; `shape` gives the titles of sections."""
    maker = _Maker(profile, shape, load_layout())
    body = [entry for part in profile.parts for entry in maker.entries(part, annex=False)]
    return (*body, *(entry for part in profile.annexes for entry in maker.entries(part, annex=True)))


def stands_first(entry: Entry, entries: tuple[Entry, ...]) -> bool:
    """Whether a section stands here for the first time: there a draft says what it lacks."""
    return bool(entry.section) and entry == next(other for other in entries if other.section == entry.section)


def annexes_of(section: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The annexes that hold more of a section: their headings."""
    holders = {entry.part for entry in entries if entry.annex and entry.section == section}
    return tuple(entry for entry in entries if entry.annex and not entry.section and entry.key in holders)


class _Maker:
    def __init__(self, profile: Profile, shape: Shape, layout: Layout) -> None:
        self.profile, self.shape, self.layout = profile, shape, layout
        self.used: dict[str, int] = {}

    def entries(self, part: Part, *, annex: bool) -> Iterator[Entry]:
        key = self._key(f"{'annex' if annex else 'part'}_{_plain(part.title)}") if part.title else ""
        if part.title:
            yield Entry(key, part.title, 1, annex, guidance=part.guidance)
        alone = bool(part.title) and len(part.sections) == 1
        for shown in part.sections:
            title = "" if alone else self.shape.section(shown.section).title
            blocks = self._blocks(shown)
            unless = frozenset() if annex else frozenset(blocks) & self._annexed(shown.section)
            yield Entry(self._key(f"{key}_{shown.section}" if annex else shown.section), title, 2 if part.title else 1, annex,
                        shown.section, blocks, key, unless=unless)

    def _annexed(self, section: str) -> frozenset[str]:
        """The groups of a section that an annex holds where their answer is yes."""
        return frozenset(block for part in self.profile.annexes for shown in part.sections if shown.section == section
                         for block in shown.blocks if f"{section}.{block}" in self.layout.annexed_if)

    def _key(self, wanted: str) -> str:
        self.used[wanted] = self.used.get(wanted, 0) + 1
        return wanted if self.used[wanted] == 1 else f"{wanted}_{self.used[wanted]}"

    def _blocks(self, shown: Shown) -> tuple[str, ...]:
        """The blocks that are named; else all of the section that nobody else shows, and no short table beside its register."""
        if shown.blocks:
            return shown.blocks
        parts = (*self.profile.parts, *self.profile.annexes)
        elsewhere = {block for part in parts for other in part.sections
                     if other.section == shown.section and other is not shown for block in other.blocks}
        elsewhere -= self._annexed(shown.section)
        rest = [block for block in self.layout.blocks[shown.section] if block not in elsewhere]
        return tuple(block for block in rest if not block.endswith(GLANCE) or block.removesuffix(GLANCE) not in rest)


def numbered(entries: tuple[Entry, ...], show: Mapping[str, bool]) -> dict[str, str]:
    """The number of each heading that is shown, as Word counts them: 4, 4.2, Annex B, B.1."""
    numbers: dict[str, str] = {}
    counts = {False: [0, 0], True: [0, 0]}
    for entry in entries:
        if not entry.title or not show[entry.key]:
            continue
        count = counts[entry.annex]
        count[entry.level - 1] += 1
        if entry.level == 1:
            count[1] = 0
        first = ascii_uppercase[(count[0] - 1) % 26] if entry.annex else str(count[0])
        whole = f"Annex {first}" if entry.annex else first
        numbers[entry.key] = whole if entry.level == 1 else f"{first}.{count[1]}"
    return numbers


def with_parts(entries: tuple[Entry, ...], show: Mapping[str, bool]) -> dict[str, bool]:
    """What is shown, with the headings of parts: one is shown where anything under it is."""
    shown = dict(show)
    for entry in entries:
        if not entry.section:
            shown[entry.key] = any(show[other.key] for other in entries if other.part == entry.key)
    return shown


def _plain(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:24]
