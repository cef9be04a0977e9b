"""The characters that a bid cannot hold or would read as something else; nobody types them on purpose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bizcase.specification.words import shown

UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters except tab and line feed, halves of a surrogate pair, and the two that are no characters."""

LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""The underscore that Excel would take for the beginning of an escape such as _x0041_, which it shows as A."""


def escaped(text: str) -> str:
    """Text as an Excel file holds it: an underscore that would read as an escape (`_x0041_`) is escaped itself."""
    return LIKE_AN_ESCAPE.sub("_x005F_", text)


def unescapable(text: str) -> str:
    """User text that a formula or a chart repeats, without what the file format would take for an escape."""
    return LIKE_AN_ESCAPE.sub("-", text)


@dataclass(frozen=True, slots=True)
class Unholdable:
    """One such character in a text."""

    position: int
    message: str
    hint: str = "type the words around it again; it often comes from copying out of a PDF"


def first_unholdable(text: str, start: int = 0) -> Unholdable | None:
    """The first such character from a position on; None where there is none."""
    found = UNHOLDABLE.search(text, start)
    if not found:
        return None
    position = found.start()
    before = shown(text[max(0, position - 20) : position].rpartition("\n")[2].strip())
    where = f"after '{before}'" if before else "at the beginning"
    return Unholdable(position, f"the character U+{ord(found[0]):04X} {where} cannot be kept in a Word or Excel file")
