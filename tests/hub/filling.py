"""What the tests of the form share: forms as workbooks, the cell behind each question, and how a person fills them in."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from bizcase.hub.form.questions import Form, form_of
from bizcase.hub.form.write import write_form
from bizcase.specification.profile import load_profile
from bizcase.specification.shape import Rules

ANSWER = 5


def form_named(profile: str, data: Rules | None = None) -> tuple[Form, Workbook]:
    """The form of a profile that ships, and the workbook as Excel would open it."""
    form = form_of(load_profile(profile), data)
    return form, load_workbook(io.BytesIO(written(profile) if data is None else write_form(form, data, "1.0")))


@cache
def written(profile: str) -> bytes:
    """The empty form of a profile."""
    return write_form(form_of(load_profile(profile)), None, "1.0")


@cache
def untouched(profile: str) -> tuple[Form, Workbook]:
    """The same as `form_named`, for tests that only look."""
    return form_named(profile)


def keys(sheet: Worksheet) -> Iterator[tuple[str, int]]:
    """The keys of a sheet with their rows."""
    for row in range(1, sheet.max_row + 1):
        if isinstance(key := sheet.cell(row, 1).value, str):
            yield key, row


def question_row(book: Workbook, path: str) -> tuple[Worksheet, int]:
    """The sheet and the row of a question."""
    [found] = [(sheet, row) for sheet in book.worksheets for key, row in keys(sheet) if key == path]
    return found


def answer(book: Workbook, path: str) -> Cell:
    """The cell that answers a question."""
    sheet, row = question_row(book, path)
    found = sheet.cell(row, ANSWER)
    assert isinstance(found, Cell)
    return found


def table(book: Workbook, path: str) -> tuple[Worksheet, int, dict[str, int]]:
    """The sheet of a table, the row of its heads, and the column under each head."""
    [(sheet, row)] = [(sheet, row) for sheet in book.worksheets for key, row in keys(sheet) if key == f"table:{path}"]
    return sheet, row, {str(cell.value): cell.column for cell in sheet[row][1:] if cell.value is not None}


def put_row(book: Workbook, path: str, number: int, values: Mapping[str, Any]) -> None:
    """Fills in a row of a table, by the heads of its columns; rows count from 1."""
    sheet, heads, columns = table(book, path)
    for head, value in values.items():
        sheet.cell(heads + number, columns[head]).value = value


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
