"""A workbook of somebody else's as tables, so that its sums can be looked at, and the errors that its cells show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string

from bizcase.errors import Finding, Place, Severity, UnreadableFile
from bizcase.review.cells import Cell, read_book
from bizcase.review.submission import Submission, Table

ERROR_CELL = "B27"
_ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|N/A|NUM!|NULL!)")
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
MOST_ERRORS = 20


@dataclass(frozen=True, slots=True)
class Sheets:
    """The titles of the sheets, their errors as (sheet, cell, text), and their blocks of cells as tables of a submission."""

    titles: tuple[str, ...]
    errors: tuple[tuple[str, str, str], ...]
    submission: Submission


def sheets_of(parts: Mapping[str, bytes], name: str) -> Sheets:
    """The sheets of a workbook from its parts. Raises UnreadableFile where it is none."""
    try:
        book = read_book(parts)
    except ValueError:
        raise UnreadableFile(Finding(Place(name), "E08", Severity.ERROR, "its sheets cannot be read",
                                     "open it in Excel and save it as a new file")) from None
    tables: list[Table] = []
    errors: list[tuple[str, str, str]] = []
    for title, cells in book.sheets.items():
        errors += [(title, at, str(cell.value)) for at, cell in cells.items() if _ERROR.fullmatch(str(cell.value))]
        tables += [Table(len(tables) + number, (title,), f"sheet {title}, rows {first} to {first + len(rows) - 1}", rows)
                   for number, (first, rows) in enumerate(_blocks(cells), 1)]
    return Sheets(tuple(book.sheets), tuple(errors), Submission(name, "", (), tuple(tables)))


def error_findings(sheets: Sheets) -> Iterator[Finding]:
    """Each cell that shows an error, up to a number beyond which one has seen the point."""
    for title, address, text in sheets.errors[:MOST_ERRORS]:
        yield Finding(Place(sheets.submission.name, where=f"sheet {title}, cell {address}"), ERROR_CELL, Severity.MAJOR,
                      f"the cell shows {text}", "correct the formula, or what it points at")
    if len(sheets.errors) > MOST_ERRORS:
        yield Finding(Place(sheets.submission.name), ERROR_CELL, Severity.MAJOR,
                      f"and {len(sheets.errors) - MOST_ERRORS:,} more cells show errors",
                      "correct the first; others may follow it")


def _blocks(cells: Mapping[str, Cell]) -> Iterator[tuple[int, tuple[tuple[str, ...], ...]]]:
    """Stretches of filled rows, each with the number of its first row; an empty row parts them."""
    rows: dict[int, dict[int, str]] = {}
    for address, cell in cells.items():
        found = _ADDRESS.fullmatch(address)
        if found and cell.value not in (None, ""):
            rows.setdefault(int(found[2]), {})[column_index_from_string(found[1])] = _text(cell)
    block: list[int] = []
    for number in [*sorted(rows), 0]:
        if block and number != block[-1] + 1:
            yield block[0], _table([rows[row] for row in block])
            block = []
        block.append(number)


def _table(rows: list[dict[int, str]]) -> tuple[tuple[str, ...], ...]:
    first, last = min(min(row) for row in rows), max(max(row) for row in rows)
    return tuple(tuple(row.get(column, "") for column in range(first, last + 1)) for row in rows)


def _text(cell: Cell) -> str:
    if isinstance(cell.value, float):
        return f"{cell.value:.2f}".rstrip("0").rstrip(".")
    return str(cell.value)


