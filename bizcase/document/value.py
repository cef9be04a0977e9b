"""A value as the bid prints it: its text, and what a content control and the reader are told about it."""

from __future__ import annotations

from bizcase.appraisal.figure import Figure
from bizcase.appraisal.inputs import Status

TAG_LIMIT = 64
PARAGRAPHS_APART = "\n\n"
"""A blank line parts paragraphs; any other line break stays one, so that reading a control gives the text back exactly."""


class Value(str):
    """A printed value, with the tag and alias of its content control and what stands around it: words before it (`prefix`), a
    unit or a warning in words after it (`suffix`), or, where there is no room for words, a sign that a note explains (`mark`).

    `pieces` are the values it is made of, each with a control of its own; most values are one piece, themselves.
    """

    tag: str
    alias: str
    prefix: str
    suffix: str
    mark: str
    paragraphs: list[str]
    pieces: list[Value]


MARKS = {Status.ILLUSTRATIVE: "†", Status.DISPUTED: "‡"}


def value(text: str, tag: str, alias: str, suffix: str = "", mark: str = "", prefix: str = "") -> Value:
    made = Value(text)
    made.tag, made.alias, made.prefix, made.suffix, made.mark = shortened(tag), alias[:TAG_LIMIT], prefix, suffix, mark
    made.pieces = [made]
    made.paragraphs = text.strip("\n").split(PARAGRAPHS_APART)
    return made


def joined(pieces: list[Value], tag: str, alias: str) -> Value:
    """A value made of several, with the words around each: it reads as they do one after another."""
    whole = value("".join(f"{piece.prefix}{piece}{piece.suffix}" for piece in pieces), tag, alias)
    whole.pieces = pieces
    return whole


def shortened(tag: str) -> str:
    """A tag of at most 64 characters, the most that Word keeps; the end tells rows apart, so the middle goes."""
    return tag if len(tag) <= TAG_LIMIT else f"{tag[:30]}…{tag[-33:]}"


def figure_value(found: Figure) -> Value:
    """A Figure as a template prints it."""
    return value(found.text, found.id, found.label, f" ({found.status})" if found.flagged else "", MARKS.get(found.status, ""))


def figure_piece(found: Figure, prefix: str = "", suffix: str | None = None) -> Value:
    """A Figure within a longer value, with the words around it; the sign of a warning follows it unless words do."""
    mark = MARKS.get(found.status, "")
    return value(found.text, found.id, found.label, mark if suffix is None else suffix, mark, prefix)
