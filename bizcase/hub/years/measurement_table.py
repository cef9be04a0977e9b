"""Finds the measurements in a workbook that came back: by their headings, wherever rows, columns and sheets have gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bizcase.appraisal.currency import POUND
from bizcase.provenance import Provenance
from bizcase.review.cells import Book, Cell
from bizcase.review.sheet_moves import structure
from bizcase.workbook.embedded import TITLE
from bizcase.workbook.measurement_sheet import COLUMNS, HEADING_ROW, LETTER

WANTED = ("id", "title", "class", "unit", "direction", "owner", "baseline", "month", "due", "target", "actual", "realised",
          "rating", "forecast", "value")
"""The columns that a report needs, by the names of the Measurement sheet."""
SHEET, LAUNCH, TO_DATE = "Measurement", "launch (month 0)", "each benefit to date"

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_FORECAST = re.compile(r"forecast ([^\s\d*?~<>=\"]{1,8})")
"""The heading of the forecast, with a currency that no formula takes for anything else."""


@dataclass(frozen=True, slots=True)
class MeasurementTable:
    """Where a workbook holds its measurements: the sheet, the letter of each column by its name, the rows, the cell of the
    launch (none where its label is gone), and the sign of the currency."""

    sheet: str
    columns: Mapping[str, str]
    rows: tuple[int, ...]
    launch: str
    currency: str

    def at(self, name: str, row: int) -> str:
        return f"{self.columns[name]}{row}"


def measurement_table(book: Book, was: Provenance) -> MeasurementTable | None:
    """The measurements of a workbook of ours; nothing where no sheet has the columns any more.

    Headings that somebody wrote in words of their own are found by where they stood when the workbook was built.
    """
    sheets = {title: _Grid(cells) for title, cells in book.sheets.items() if title != TITLE}
    for title, grid in sorted(sheets.items(), key=lambda pair: pair[0] != SHEET):
        for row, texts in grid.rows.items():
            columns, currency = _columns(texts)
            if columns is not None:
                return _table(title, grid, row, columns, currency)
    return _as_built(book, was, sheets)


class _Grid:
    """A sheet's cells by row and by letter of the column."""

    def __init__(self, cells: Mapping[str, Cell]) -> None:
        self.rows: dict[int, dict[str, Cell]] = {}
        for address, cell in cells.items():
            if found := _ADDRESS.fullmatch(address):
                self.rows.setdefault(int(found[2]), {})[found[1]] = cell

    def value(self, row: int, letters: str) -> object:
        cell = self.rows.get(row, {}).get(letters)
        return cell.value if cell is not None else None


def _columns(cells: Mapping[str, Cell]) -> tuple[dict[str, str] | None, str]:
    """The letters of the columns by name, and the currency, if these cells are the row of headings."""
    texts = {_plain(cell.value): letters for letters, cell in reversed(list(cells.items())) if isinstance(cell.value, str)}
    signs = [found[1] for text in texts if (found := _FORECAST.fullmatch(text))]
    if not signs:
        return None, ""
    wanted = {name: _plain(COLUMNS[name][0]).replace("£", signs[0]) for name in WANTED}
    if not all(heading in texts for heading in wanted.values()):
        return None, ""
    written = next(str(cell.value) for cell in cells.values() if _plain(cell.value) == f"forecast {signs[0]}")
    return {name: texts[heading] for name, heading in wanted.items()}, _sign(written)


def _table(title: str, grid: _Grid, heading: int, columns: Mapping[str, str], currency: str) -> MeasurementTable:
    return MeasurementTable(title, columns, tuple(_rows(grid, heading, columns)), _launch(grid), currency)


def _rows(grid: _Grid, heading: int, columns: Mapping[str, str]) -> Iterator[int]:
    """The rows of measurements: those with an id and a month, down to the block that gathers them by benefit."""
    for row in sorted(number for number in grid.rows if number > heading):
        if any(_plain(cell.value) == TO_DATE for cell in grid.rows[row].values()):
            return
        if grid.value(row, columns["id"]) is not None and isinstance(grid.value(row, columns["month"]), float):
            yield row


def _launch(grid: _Grid) -> str:
    """The cell to the right of the label of the launch."""
    for row, cells in grid.rows.items():
        label = next((letters for letters, cell in cells.items() if _plain(cell.value) == LAUNCH), None)
        if label is not None:
            others = [letters for letters, cell in cells.items() if cell.value is not None and _order(letters) > _order(label)
                      and not _is_another_label(cell.value)]
            return f"{min(others, key=_order)}{row}" if others else ""
    return ""


def _is_another_label(value: object) -> bool:
    """Whether a cell names a total that stands in the same row, where the launch itself was left empty."""
    return isinstance(value, str) and ":" in value


def _as_built(book: Book, was: Provenance, sheets: Mapping[str, _Grid]) -> MeasurementTable | None:
    """The table by where its headings stood when the workbook was built."""
    if SHEET not in was.sheets:
        return None
    now = {title: cells for title, cells in book.sheets.items() if title != TITLE}
    moves = structure(was.sheets, now).moves.get(SHEET)
    if moves is None:
        return None
    places = {name: _ADDRESS.fullmatch(moves.cell(f"{LETTER[name]}{HEADING_ROW}")) for name in WANTED}
    found = {name: place for name, place in places.items() if place}
    if len(found) < len(WANTED):
        return None
    built = str(was.sheets[SHEET].cells.get(f"{LETTER['forecast']}{HEADING_ROW}", ""))
    return _table(moves.title, sheets[moves.title], int(found["id"][2]), {name: place[1] for name, place in found.items()},
                  _sign(built.removeprefix("'")))


def _sign(heading: str) -> str:
    """The currency in the heading of the forecast."""
    return heading.split()[-1] if _FORECAST.fullmatch(_plain(heading)) else POUND


def _plain(value: object) -> str:
    return " ".join(value.split()).casefold() if isinstance(value, str) else ""


def _order(letters: str) -> tuple[int, str]:
    return len(letters), letters
