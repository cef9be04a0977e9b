"""Which fields a kind of bid prints: a form that has no place for a field does not ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bizcase.specification.layout import load_layout
from bizcase.specification.profile import Part, Profile, Shown

ALWAYS = "document"
"""The section that every bid prints, be it in its document control."""

NEVER = "document.remarks"
"""What a form could not place: it is for the authors alone."""


def prints(profile: Profile, path: str) -> bool:
    """Whether a bid of this kind prints something of the field with that pattern: the field, one around it or one inside it."""
    return _prints((*profile.parts, *profile.annexes), path)


@cache
def _prints(parts: tuple[Part, ...], path: str) -> bool:
    return not _is_in(path, NEVER) and any(_is_in(path, printed) or _is_in(printed, path) for printed in _printed(parts))


@cache
def _printed(parts: tuple[Part, ...]) -> frozenset[str]:
    """The patterns of the fields that these parts print, each as far up as all of it is printed."""
    return frozenset((ALWAYS, *(path for part in parts for shown in part.sections for path in _shown(shown))))


def _shown(shown: Shown) -> Iterator[str]:
    """The fields that the blocks of a section print, in the columns of a table or in what is computed; or the whole section."""
    layout = load_layout()
    if not shown.blocks:
        yield shown.section
    for block in shown.blocks:
        table = layout.table(shown.section, block)
        if table is not None:
            yield from (field.path for column in table.columns for field in column.fields)
        else:
            yield from layout.made_of.get(block, (f"{shown.section}.{block}",))


def _is_in(path: str, outer: str) -> bool:
    return path == outer or path.startswith((f"{outer}.", f"{outer}["))
