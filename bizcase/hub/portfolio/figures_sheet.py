"""The sheet Figures: every number of every submission that the portfolio shows, with the file and cell it comes from.

All other sheets look their numbers up here, so that each of them can be followed to its submission.
"""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.hub.entry import Entry, Number
from bizcase.hub.portfolio.cells import put_number
from bizcase.hub.portfolio.rows import MARKS_EXPLAINED, NO, YES, Shown, mark_of, numbers_of
from bizcase.workbook.book import Book, Sheet
from bizcase.workbook.links import put_link
from bizcase.workbook.table import Column, Table, new_table

TITLE = "Figures"
OPEN = "open"
COLUMNS = (
    Column("title", "Submission", 38), Column("label", "Number", 58), Column("value", "Value", 16, True),
    Column("unit", "Unit", 9), Column("status", "How sure", 13), Column("open", "Open", 8), Column("file", "File", 36),
    Column("sheet", "Sheet", 18), Column("cell", "Cell", 8), Column("id", "Id", 30), Column("in_sums", "In the sums", 11))
NOTE = ("One row for each number: click “open” to see it in its submission's own workbook, while the files stay in their "
        f"folders. {MARKS_EXPLAINED}")


@dataclass(frozen=True, slots=True)
class FigureCells:
    """Where each number of each submission stands, by the submission's name and the number's id."""

    table: Table
    rows: dict[tuple[str, str], int]

    def has(self, entry: Entry, name: str) -> bool:
        return (entry.name, name) in self.rows

    def at(self, entry: Entry, name: str) -> str:
        """The cell of a number, for a formula on another sheet."""
        return self.table.sheet.at(self.rows[entry.name, name], self.table.column("value"))

    def added(self, name: str) -> str:
        """The formula that adds up a number over the submissions in the sums; `*` in its id stands for anything."""
        return (f'SUMIFS({self.table.down("value")},{self.table.down("id")},"{name}",{self.table.down("in_sums")},"{YES}")')


def add_figures(book: Book, shown: Shown) -> FigureCells:
    rows = [(entry, name, number) for entry in shown.built for name, number in numbers_of(entry).items()]
    table = new_table(book, TITLE, "Every number, and where it comes from", NOTE, COLUMNS, len(rows))
    sheet = table.sheet
    for position, (entry, name, number) in enumerate(rows):
        _row(sheet, table.row(position), entry, name, number, YES if shown.in_sums(entry) else NO)
    sheet.freeze(table.first, 3)
    filtered(sheet, table.first - 1, table.last, len(COLUMNS))
    return FigureCells(table, {(entry.name, name): table.row(position) for position, (entry, name, _) in enumerate(rows)})


def _row(sheet: Sheet, row: int, entry: Entry, name: str, number: Number, in_sums: str) -> None:
    file = entry.workbook if number.sheet else entry.bid
    status = f"{number.status} {mark_of(number)}".strip()
    put_number(sheet, row, 3, name, number, entry.currency)
    texts = {1: entry.title, 2: number.label, 4: unit_words(number, entry.currency), 5: status, 7: file, 8: number.sheet,
             9: number.cell, 10: name, 11: in_sums}
    for column, text in texts.items():
        sheet.text(row, column, text, "bc label")
    if file:
        put_link(sheet, row, 6, OPEN, file, (number.sheet, number.cell) if number.sheet else None)


def unit_words(number: Number, currency: str) -> str:
    """The unit as the reader knows it: money in the submission's own currency."""
    return currency if number.unit == "£" else number.unit


def filtered(sheet: Sheet, head: int, last: int, columns: int) -> None:
    """Lets the reader filter a table of a protected sheet."""
    worksheet = sheet.worksheet
    worksheet.auto_filter.ref = f"A{head}:{worksheet.cell(last, columns).coordinate}"
    worksheet.protection.autoFilter = False
