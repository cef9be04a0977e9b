"""Sheets that run over the years: the same year stands in the same column on each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from bizcase.appraisal.figure import Unit
from bizcase.appraisal.money import Timeframe
from bizcase.workbook.book import Book, Sheet, absolute, at

TOTAL_COLUMN, OWN_COLUMN, FIRST_YEAR_COLUMN = 5, 6, 7
"""The totals, a column for each sheet's own use, and the first year."""
HEADER_ROW, LABEL_ROW = 4, 5
WIDTHS = (9, 36, 20, 14, 14, 12)


@dataclass(frozen=True, slots=True)
class YearSheet:
    """A sheet with year columns; row 4 counts the years from 0, row 5 names them."""

    sheet: Sheet
    timeframe: Timeframe

    @property
    def columns(self) -> range:
        return range(FIRST_YEAR_COLUMN, FIRST_YEAR_COLUMN + self.timeframe.years + 1)

    @property
    def span(self) -> tuple[str, str]:
        """The letters of the first and the last year column."""
        return get_column_letter(self.columns[0]), get_column_letter(self.columns[-1])

    def row(self, row: int, formula: str, figures: str = "", unit: Unit = Unit.POUNDS, style: str = "bc calc") -> None:
        """One formula copied across the years: `@` stands for the letter of its column, `@-` for the one before.

        `figures` is the id of the Figures that the cells hold, without the year that ends it.
        """
        for column, label in zip(self.columns, self.timeframe.labels, strict=True):
            text = formula.replace("@-", get_column_letter(column - 1)).replace("@", get_column_letter(column))
            if figures:
                self.sheet.figure(row, column, f"{figures}.{label}", text, style)
            else:
                self.sheet.formula(row, column, text, unit, style)

    def total(self, row: int, unit: Unit = Unit.POUNDS, figure_id: str = "", style: str = "bc calc") -> None:
        """The sum over the years, in the total column."""
        first, last = self.span
        if figure_id:
            self.sheet.figure(row, TOTAL_COLUMN, figure_id, f"SUM({first}{row}:{last}{row})", style)
        else:
            self.sheet.formula(row, TOTAL_COLUMN, f"SUM({first}{row}:{last}{row})", unit, style)

    def hide_labels(self, width: float, *, own: bool = False) -> None:
        """Leaves one label column of that width, where a sheet needs no more; years stay in their columns."""
        dimensions = self.sheet.worksheet.column_dimensions
        dimensions["A"].width = width
        for column in (*range(2, TOTAL_COLUMN), *(() if own else (OWN_COLUMN,))):
            dimensions[get_column_letter(column)].hidden = True

    def across(self, row: int) -> str:
        """This sheet's year cells of a row, for a formula on another sheet."""
        return f"{self.sheet.at(row, self.columns[0])}:{absolute(at(row, self.columns[-1]))}"


@dataclass(frozen=True, slots=True)
class Block:
    """So many rows of a year sheet, below a heading of their own. There is always at least one row, blank if need be."""

    years: YearSheet
    first: int
    count: int

    @property
    def last(self) -> int:
        return self.first + max(1, self.count) - 1

    @property
    def end(self) -> int:
        """The first row that a next block can use, its heading above it."""
        return self.last + 3

    def row(self, position: int) -> int:
        return self.first + position

    @property
    def column(self) -> str:
        """The block's cells in the year column of a formula that is copied across."""
        return f"'{self.years.sheet.title}'!@${self.first}:@${self.last}"

    def down(self, column: int) -> str:
        return self.years.sheet.down(column, self.first, self.last)

    @property
    def totals(self) -> str:
        return self.down(TOTAL_COLUMN)

    def across(self, position: int) -> str:
        return self.years.across(self.row(position))

    def head(self, heading: str) -> None:
        sheet = self.years.sheet
        sheet.text(self.first - 1, 1, sheet.book.own(heading), "bc heading")

    def head_positions(self, heading: str) -> None:
        """A heading for rows whose columns count from the year in which something starts, not from year 0."""
        self.head(heading)
        self.positions()

    def positions(self) -> None:
        """Names the columns above the block by the year of running."""
        for place, column in enumerate(self.years.columns, 1):
            self.years.sheet.text(self.first - 1, column, _ordinal(place), "bc column number")


def year_sheet(book: Book, timeframe: Timeframe, title: str, heading: str, note: str, labels: Sequence[str],
               first_year: str, own: str = "") -> YearSheet:
    """A sheet whose first four columns are labelled `labels`; `first_year` is the reference of the first year's cell.

    `own` labels the column between the totals and the years, which is hidden where it has no use.
    """
    sheet = book.sheet(title, heading, note, (*WIDTHS, *[13] * (timeframe.years + 1)))
    years = YearSheet(sheet, timeframe)
    sheet.columns(LABEL_ROW, [*labels, "Total", own], numbers=["Total", own])
    sheet.text(HEADER_ROW, TOTAL_COLUMN, "Year", "bc label")
    for t, column in enumerate(years.columns):
        sheet.constant(HEADER_ROW, column, t)
    years.row(LABEL_ROW, year_label(f"({first_year}+@${HEADER_ROW})"), unit=Unit.NUMBER,
              style="bc column number")
    if not own:
        sheet.worksheet.column_dimensions[get_column_letter(OWN_COLUMN)].hidden = True
    sheet.freeze(LABEL_ROW + 1, FIRST_YEAR_COLUMN)
    return years


def year_label(start: str) -> str:
    """The formula that writes a starting year as a financial year: 2026 as 2026/27."""
    return f'{start}&"/"&TEXT(MOD({start}+1,100),"00")'


def year_labels(timeframe: Timeframe) -> str:
    """The range that holds the names of all years, for choosing one of them."""
    first, last = (get_column_letter(FIRST_YEAR_COLUMN + step) for step in (0, timeframe.years))
    return f"'Cash flow'!${first}${LABEL_ROW}:${last}${LABEL_ROW}"


def _ordinal(place: int) -> str:
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending} year"
