"""What the tests of the follow-up share: workbooks as they come back, with what somebody typed into them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bizcase.archive import packed
from bizcase.hub.years.realisation import Thresholds
from bizcase.hub.years.returned import Measurement, Returned, read_returned
from bizcase.review.formulas import Moves, followed
from bizcase.workbook.measurement_sheet import FIRST_ROW, LETTER
from tests.review.sealing import sealed_sample, with_cells, workbook_parts

SAMPLE = "exercise-medicine"
"""Five benefits at months 6, 12, 24 and 36, launched on 5 April 2027."""
THRESHOLDS = Thresholds(0.9, 0.7)
Key = tuple[str, int]
Edit = Callable[[Workbook], None]


@cache
def rows_of(name: str = SAMPLE) -> dict[Key, int]:
    """The row of each benefit and month in the workbook as it was built."""
    sheet = measurement(opened(sealed_sample(name).workbook))
    found: dict[Key, int] = {}
    for row in range(FIRST_ROW, sheet.max_row + 1):
        benefit, month = sheet[f"{LETTER['id']}{row}"].value, sheet[f"{LETTER['month']}{row}"].value
        if benefit == "Each benefit to date":
            break
        if isinstance(month, int):
            found[str(benefit), month] = row
    return found


def measurement(workbook: Workbook) -> Worksheet:
    sheet = workbook["Measurement"]
    assert isinstance(sheet, Worksheet)
    return sheet


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(workbook: Workbook) -> bytes:
    """As a script saves it: no formula has a value any more."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def sent_back(typed: Mapping[Key, Any], name: str = SAMPLE, edit: Edit | None = None) -> bytes:
    """The workbook of a sample with these results typed into it, saved by a script that works nothing out."""
    workbook = opened(sealed_sample(name).workbook)
    for key, value in typed.items():
        measurement(workbook)[cell_of(key, name=name)] = value
    if edit is not None:
        edit(workbook)
    return saved(workbook)


def read_back(typed: Mapping[Key, Any], name: str = SAMPLE, edit: Edit | None = None, file: str = "back.xlsx") -> Returned:
    return read_returned(sent_back(typed, name, edit), file)


def typed_into(typed: Mapping[str, Any], name: str = SAMPLE) -> bytes:
    """The same by addresses, the quick way: numbers and texts alone, every other cell with the value that it was built with."""
    return packed(with_cells(workbook_parts(name), "Measurement", dict(typed), name))


def by_key(returned: Returned) -> dict[Key, Measurement]:
    return {(each.benefit, each.month): each for each in returned.measurements}


def cell_of(key: Key, column: str = "actual", name: str = SAMPLE) -> str:
    return f"{LETTER[column]}{rows_of(name)[key]}"


def insert(workbook: Workbook, row: int, column: int) -> None:
    """Inserts a row and a column into the sheet Measurement as Excel does: every formula follows."""
    sheet = measurement(workbook)
    rows = {number: number + (number >= row) for number in range(1, sheet.max_row + 5)}
    columns = {number: number + (number >= column) for number in range(1, sheet.max_column + 5)}
    moves = {title: Moves(title) for title in workbook.sheetnames} | {sheet.title: Moves(sheet.title, rows, columns)}
    for each in workbook.worksheets:
        for line in each.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    cell.value = followed(str(cell.value), each.title, moves)
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    for cell in sorted(cells, key=lambda found: (-found.row, -found.column)):
        value, look = cell.value, cell.number_format
        cell.value = None
        target = sheet.cell(rows[cell.row], columns[cell.column])
        target.value, target.number_format = value, look


def letter(name: str, moved: int = 0) -> str:
    return get_column_letter(openpyxl.utils.column_index_from_string(LETTER[name]) + moved)
