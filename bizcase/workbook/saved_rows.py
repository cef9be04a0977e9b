"""The rows of some sheets of a workbook that came back, by the values that they were saved with. Read as a stream, so that the
size of its other sheets does not matter."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

from bizcase.workbook.preflight import excel_parts


@dataclass(frozen=True, slots=True)
class SavedCell:
    """A cell's address and its value; none where it is empty."""

    address: str
    value: Any


def saved_rows(content: bytes, name: str, titles: Sequence[str]) -> Mapping[str, list[list[SavedCell]]]:
    """The rows of those of these sheets that are there, by title, after the look at a stranger's file.

    Raises UnreadableFile, with one finding, for what is no workbook or is not safe to open.
    """
    excel_parts(content, name)
    book = load_workbook(io.BytesIO(content), data_only=True, read_only=True)
    found: dict[str, list[list[SavedCell]]] = {}
    for title in set(titles) & set(book.sheetnames):
        sheet = book[title]
        sheet.reset_dimensions()
        found[title] = [[SavedCell(getattr(cell, "coordinate", ""), cell.value) for cell in row] for row in sheet.iter_rows()]
    return found
