"""Forms as they come back: changed as people change them, with openpyxl."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bizcase.hub.form.questions import form_of
from bizcase.hub.form.read import ReadForm, read_form
from bizcase.hub.form.write import write_form
from bizcase.specification.profile import load_profile

NAME = "form.xlsx"
PAGE = "Ideas Den submission"


@cache
def blank(profile: str = "ideas-den") -> bytes:
    return write_form(form_of(load_profile(profile)), None, "1.0")


def written(data: dict[str, Any]) -> bytes:
    """The form that continues a specification."""
    return write_form(form_of(load_profile(data["profile"]), data), data, "1.0")


def edited(content: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The form after somebody has changed it."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def came_back(change: Callable[[Workbook], object], content: bytes | None = None) -> ReadForm:
    """What is read of a form that somebody has changed."""
    return read_form(edited(content or blank(), change), NAME)


def row_of(sheet: Worksheet, key: str) -> int:
    """The row with that key in the hidden column."""
    found = [cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == key]
    assert len(found) == 1, (key, found)
    return int(found[0])


def answer(sheet: Worksheet, path: str, value: Any) -> str:
    """Types an answer into the cell of a question; gives its address."""
    cell = sheet.cell(row_of(sheet, path), 5)
    cell.value = value
    return str(cell.coordinate)


def heads(sheet: Worksheet, table: str) -> dict[str, int]:
    """The columns of a table by their heads."""
    return {str(cell.value): int(cell.column) for cell in sheet[row_of(sheet, f"table:{table}")][1:] if cell.value}


def fill_row(sheet: Worksheet, table: str, number: int, **values: Any) -> int:
    """Types values into a row of a table, by their heads with _ for a blank; gives the row."""
    row, columns = row_of(sheet, f"table:{table}") + number, heads(sheet, table)
    for head, value in values.items():
        sheet.cell(row, columns[head.replace("_", " ")]).value = value
    return row


def told(form: ReadForm) -> list[str]:
    """The findings, each as code, cell and message."""
    return [f"{found.code} {found.place.where.rpartition(' ')[2]} {found.message}" for found in form.findings]
