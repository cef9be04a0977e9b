"""What stands in the cells of a stranger's workbook, as it was typed: values with their number formats, notes, merged cells.

Only cells that are written are looked at, so that one at the far end of a sheet costs nothing.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bizcase.errors import Finding, Place, Severity, UnreadableFile
from bizcase.workbook.preflight import excel_parts

At = tuple[int, int]
"""A row and a column, both from 1."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a cell holds: its value as it shows (of a formula, the last result), its number format, its formula or nothing, the
    note on it or nothing, and whether it may be changed on a protected sheet."""

    value: Any
    look: str = "General"
    formula: str = ""
    note: str = ""
    is_input: bool = False


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """A sheet by its title: its cells by row and column, in order. `merged` leads from the first cell of each merged range to its
    last one."""

    title: str
    rows: Mapping[int, Mapping[int, Typed]]
    merged: Mapping[At, At] = field(default_factory=dict)
    is_hidden: bool = False

    @property
    def cells(self) -> Iterator[tuple[At, Typed]]:
        """Every cell with its place, row by row."""
        return (((row, column), cell) for row, cells in self.rows.items() for column, cell in cells.items())

    def row(self, row: int) -> Mapping[int, Typed]:
        return self.rows.get(row, {})


def typed_sheets(content: bytes, name: str) -> tuple[TypedSheet, ...]:
    """The sheets of a workbook in their order, after the look at a stranger's file.

    Raises UnreadableFile, with one finding, for what is no workbook, is not safe to open or is damaged.
    """
    excel_parts(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            formulas, values = load_workbook(io.BytesIO(content)), load_workbook(io.BytesIO(content), data_only=True)
            return tuple(_sheet(formulas[title], values[title]) for title in formulas.sheetnames
                         if title in {sheet.title for sheet in formulas.worksheets})
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError) as problem:
        raise UnreadableFile(Finding(Place(name), "E08", Severity.ERROR,
                                     f"the workbook is damaged: its sheets cannot be read ({type(problem).__name__})",
                                     "open it in Excel, save it as a new workbook and give that one")) from problem


def address(row: int, column: int) -> str:
    """A cell's address, such as D7."""
    return f"{get_column_letter(column)}{row}"


def _sheet(formulas: Any, values: Any) -> TypedSheet:
    merged = {(area.min_row, area.min_col): (area.max_row, area.max_col) for area in formulas.merged_cells.ranges}
    rows: dict[int, dict[int, Typed]] = {}
    for (row, column), cell in sorted(_cells(formulas, values), key=lambda found: found[0]):
        rows.setdefault(row, {})[column] = cell
    return TypedSheet(formulas.title, rows, merged, formulas.sheet_state != "visible")


def _cells(formulas: Any, values: Any) -> Iterator[tuple[At, Typed]]:
    for at, cell in formulas._cells.items():  # iterating over the sheet would walk over all that is empty
        value = values._cells[at].value if at in values._cells else None
        is_formula = getattr(cell, "data_type", "") == "f"
        note = str(cell.comment.text) if getattr(cell, "comment", None) else ""
        if value is not None or is_formula or note:
            formula = str(getattr(cell.value, "text", cell.value)) if is_formula else ""
            yield at, Typed(value, cell.number_format, formula, note, not cell.protection.locked)
        elif not cell.protection.locked:
            yield at, Typed(None, is_input=True)
