"""Sheets that run over the years: the same year stands in the same column on each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from bizcase.appraisal.figures import Unit
from bizcase.appraisal.inputs import Timeframe
from bizcase.workbook.book import Book, Sheet

FIRST_YEAR_COLUMN = 6
TOTAL_COLUMN = 5
HEADER_ROW, LABEL_ROW = 4, 5
WIDTHS = (9, 36, 20, 14, 14)


@dataclass
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

    def inputs(self, row: int, values: Sequence[float], unit: Unit = Unit.POUNDS) -> None:
        for column, value in zip(self.columns, values, strict=True):
            self.sheet.input(row, column, value, unit)

    def total(self, row: int, unit: Unit = Unit.POUNDS, figure_id: str = "", style: str = "bc calc") -> None:
        """The sum over the years, in the total column."""
        first, last = self.span
        if figure_id:
            self.sheet.figure(row, TOTAL_COLUMN, figure_id, f"SUM({first}{row}:{last}{row})", style)
        else:
            self.sheet.formula(row, TOTAL_COLUMN, f"SUM({first}{row}:{last}{row})", unit, style)

    def hide_labels(self, width: float) -> None:
        """Leaves one label column of that width, where a sheet needs no more; years stay in their columns."""
        dimensions = self.sheet.worksheet.column_dimensions
        dimensions["A"].width = width
        for column in range(2, TOTAL_COLUMN):
            dimensions[get_column_letter(column)].hidden = True

    def across(self, row: int) -> str:
        """This sheet's year cells of a row, for a formula on another sheet."""
        return f"{self.sheet.at(row, self.columns[0])}:{self.sheet.at(row, self.columns[-1]).split('!')[1]}"


def year_sheet(book: Book, timeframe: Timeframe, title: str, heading: str, note: str, labels: Sequence[str],
               first_year: str) -> YearSheet:
    """A sheet whose first four columns are labelled `labels`; `first_year` is the reference of the first year's cell."""
    sheet = book.sheet(title, heading, note, (*WIDTHS, *[13] * (timeframe.years + 1)))
    years = YearSheet(sheet, timeframe)
    sheet.columns(LABEL_ROW, [*labels, "Total"], numbers=["Total"])
    sheet.text(HEADER_ROW, TOTAL_COLUMN, "Year", "bc label")
    for t, column in enumerate(years.columns):
        sheet.constant(HEADER_ROW, column, t)
    years.row(LABEL_ROW, year_label(f"({first_year}+@${HEADER_ROW})"), unit=Unit.NUMBER,
              style="bc column number")
    sheet.freeze(LABEL_ROW + 1, FIRST_YEAR_COLUMN)
    return years


def year_label(start: str) -> str:
    """The formula that writes a starting year as a financial year: 2026 as 2026/27."""
    return f'{start}&"/"&TEXT(MOD({start}+1,100),"00")'



def year_labels(timeframe: Timeframe) -> str:
    """The range that holds the names of all years, for choosing one of them."""
    first, last = (get_column_letter(FIRST_YEAR_COLUMN + step) for step in (0, timeframe.years))
    return f"'Cash flow'!${first}${LABEL_ROW}:${last}${LABEL_ROW}"
