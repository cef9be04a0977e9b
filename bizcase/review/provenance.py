"""Reads back what a bid or a workbook of ours carries. Nothing of it is believed: see `bizcase.provenance`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from bizcase.document import embedded as in_bid
from bizcase.document.preflight import word_parts
from bizcase.provenance import Provenance, from_texts
from bizcase.review.cells import Book, read_book
from bizcase.workbook import embedded as in_workbook


def of_bid(content: bytes, name: str = "") -> Provenance | None:
    """What a bid says about how it was built; nothing where it is not ours. Raises UnreadableFile where it is no Word file."""
    return of_word_parts(word_parts(content, name))


def of_word_parts(parts: Mapping[str, bytes]) -> Provenance | None:
    return from_texts(in_bid.texts_in(parts))


def of_workbook(content: bytes) -> Provenance | None:
    """What a workbook says about how it was built; nothing where it is not ours. The file has passed the look at a stranger's.

    Raises ValueError where it is no workbook.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return of_book(read_book({name: archive.read(name) for name in archive.namelist()}))


def of_book(book: Book) -> Provenance | None:
    cells = book.sheets.get(in_workbook.TITLE, {})
    return from_texts(in_workbook.texts_of({at: cell.value for at, cell in cells.items()}))
