"""A table of a sheet: named columns over a known number of rows, so that formulas can point into it before it is filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bizcase.workbook.book import Book, Sheet, absolute, at


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name by which formulas find it, its heading and width; headings of numbers stand to the right."""

    key: str
    heading: str
    width: float
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows `first` to `last` of a sheet. There is always at least one row, blank if need be, so that ranges are never empty."""

    sheet: Sheet
    columns: tuple[Column, ...]
    first: int
    count: int

    @property
    def last(self) -> int:
        return self.first + max(1, self.count) - 1

    @property
    def end(self) -> int:
        """The first row below the table and the blank line after it."""
        return self.last + 2

    def column(self, key: str) -> int:
        """The number of a column, from 1."""
        return next(number for number, column in enumerate(self.columns, 1) if column.key == key)

    def row(self, position: int) -> int:
        """The sheet's row of a position, from 0."""
        return self.first + position

    def here(self, key: str, position: int) -> str:
        """A cell, for formulas on the same sheet."""
        return at(self.row(position), self.column(key))

    def at(self, key: str, position: int) -> str:
        """A cell, for formulas on any sheet."""
        return self.sheet.at(self.row(position), self.column(key))

    def down(self, key: str) -> str:
        """All cells of a column, for formulas on any sheet."""
        return self.sheet.down(self.column(key), self.first, self.last)

    def across(self, first: str, last: str, position: int) -> str:
        """The cells of a row from one column to another, for formulas on any sheet."""
        return f"{self.at(first, position)}:{absolute(self.here(last, position))}"

    def head(self) -> None:
        """Writes the headings above the first row."""
        self.sheet.columns(self.first - 1, [column.heading for column in self.columns],
                           numbers=[column.heading for column in self.columns if column.number])


def priced(book: Book, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns whose headings are ours, in the bid's currency."""
    return tuple(replace(column, heading=book.own(column.heading)) for column in columns)


def new_table(book: Book, title: str, heading: str, note: str, columns: Sequence[Column], count: int, first: int = 5,
              landscape: bool = True) -> Table:
    """A sheet that holds one table, with its headings."""
    sheet = book.sheet(title, heading, note, [column.width for column in columns], landscape)
    table = Table(sheet, tuple(columns), first, count)
    table.head()
    return table
