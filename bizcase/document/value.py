"""A value as the bid prints it: its text, and what a content control and the reader are told about it."""

from __future__ import annotations

import re

from bizcase.appraisal.figure import Figure
from bizcase.appraisal.inputs import Status

TAG_LIMIT = 64


class Value(str):
    """A printed value, with the tag and alias of its content control and what follows it: a unit or a warning in words
    (`suffix`), or, where there is no room for words, a sign that a note explains (`mark`)."""

    tag: str
    alias: str
    suffix: str
    mark: str
    paragraphs: list[str]


MARKS = {Status.ILLUSTRATIVE: "†", Status.DISPUTED: "‡"}


def value(text: str, tag: str, alias: str, suffix: str = "", mark: str = "") -> Value:
    made = Value(text)
    made.tag, made.alias, made.suffix, made.mark = shortened(tag), alias[:TAG_LIMIT], suffix, mark
    made.paragraphs = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text.strip("\n"))]
    return made


def shortened(tag: str) -> str:
    """A tag of at most 64 characters, the most that Word keeps; the end tells rows apart, so the middle goes."""
    return tag if len(tag) <= TAG_LIMIT else f"{tag[:30]}…{tag[-33:]}"


def figure_value(found: Figure) -> Value:
    """A Figure as a template prints it."""
    return value(found.text, found.id, found.label, f" ({found.status})" if found.flagged else "", MARKS.get(found.status, ""))
