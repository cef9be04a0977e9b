"""Reads where things stand in a PDF, and makes its bytes steady. The only module that knows pypdf."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FIXED_DATE = b"20260101000000"
_WRITTEN = re.compile(rb"(/(?:Creation|Mod)Date ?\(D:)(\d{14})")
_TOLD = re.compile(rb"(<xmp:(?:Create|Modify|Metadata)Date>)(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
_IDENTITY = re.compile(rb"(/ID ?\[ ?)<([0-9A-Fa-f]{32})>(\s*)<([0-9A-Fa-f]{32})>")
_CHECKSUM = re.compile(rb"(/DocChecksum ?/)([0-9A-Fa-f]{32})")


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the outline: its level from 1, its text as printed, and the page it starts on, counted from 1."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Pages:
    """Where things stand on paper: how many pages there are, the headings in order, and the page of each named place."""

    count: int
    headings: tuple[Heading, ...]
    places: Mapping[str, int]


def pages_of(pdf: bytes) -> Pages:
    """How many pages a PDF has, and the page of each entry of its outline and of each named destination.

    An entry that leads nowhere is left out. Raises ValueError where the bytes are not a PDF.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(pdf))
        headings = tuple(Heading(level, " ".join(str(entry.title).split()), page + 1)
                         for level, entry in _entries(reader.outline, 1)
                         if (page := reader.get_destination_page_number(entry)) is not None)
        places = {name.removeprefix("/"): page + 1 for name, place in reader.named_destinations.items()
                  if (page := reader.get_destination_page_number(place)) is not None}
        return Pages(len(reader.pages), headings, places)
    except PyPdfError as problem:
        raise ValueError(f"not a PDF that can be read: {problem}") from problem


def _entries(outline: list[Any], level: int) -> Iterator[tuple[int, Any]]:
    """The entries of an outline with their levels; what stands below an entry follows it as a list of its own."""
    for entry in outline:
        if isinstance(entry, list):
            yield from _entries(entry, level + 1)
        else:
            yield level, entry


def steady_pdf(pdf: bytes) -> bytes:
    """The PDF with a fixed date, and an identity made of its content: the same pages give the same bytes.

    Nothing changes its length, so that the table of where each object begins stays true.
    """
    dated = _TOLD.sub(rb"\g<1>2026-01-01T00:00:00", _WRITTEN.sub(rb"\g<1>" + FIXED_DATE, pdf))
    blank = _CHECKSUM.sub(rb"\g<1>" + b"0" * 32, _IDENTITY.sub(rb"\g<1><" + b"0" * 32 + rb">\g<3><" + b"0" * 32 + b">", dated))
    identity = hashlib.sha256(blank).hexdigest()[:32].upper().encode()
    named = _IDENTITY.sub(rb"\g<1><" + identity + rb">\g<3><" + identity + b">", blank)
    return _CHECKSUM.sub(rb"\g<1>" + identity, named)
