"""The sheet By year: benefits by class, cost and cash of all submissions together, by financial year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bizcase.appraisal.figure import Figure
from bizcase.hub.entry import Entry
from bizcase.hub.portfolio.cells import put_formula
from bizcase.hub.portfolio.figures_sheet import FigureCells
from bizcase.hub.portfolio.rows import FLOWS, MARKS_EXPLAINED, NO, YES, Shown, added_up, figure_of
from bizcase.hub.rules import load_rules
from bizcase.workbook.book import Book, Sheet, at
from bizcase.workbook.marking import Tone, colour_words

TITLE = "By year"
HEAD, FIRST, FIRST_YEAR = 4, 5, 4
"""The row of the headings, the first row below them, and the column of the first year; column 3 holds the totals."""

IN_SUMS, TOTAL, GAP = 2, 3, 3


@dataclass(frozen=True, slots=True)
class YearCells:
    """The rows that hold the sums of all submissions, by flow, and the range of the names of the years."""

    sheet: Sheet
    totals: dict[str, int]

    def total(self, flow: str) -> str:
        return self.sheet.at(self.totals[flow], TOTAL)


def sum_id(flow: str, year: str = "") -> str:
    """The id of a sum over all submissions: of one year, or of all."""
    return f"hub.{flow}.{year}" if year else f"hub.{flow}"


def year_figures(shown: Shown) -> Iterator[Figure]:
    """The sums, as Figures: the build compares them with the workbook's own."""
    currency = shown.money[0]
    for flow, label in FLOWS.items():
        yield added_up(sum_id(flow), f"{label}, all submissions and years", shown.counted, f"total.{flow}", currency)
        for year in shown.years:
            yield added_up(sum_id(flow, year), f"{label}, all submissions, {year}", shown.counted, f"flow.{flow}.{year}",
                           currency)


def add_years(book: Book, shown: Shown, figures: FigureCells) -> YearCells:
    """The sums first; below them, for each flow, a row for each submission, unless there are more than anybody reads."""
    note = ("Submissions that start in different years stand under the same financial year. Benefits and cost are in real terms, "
            f"not discounted; cash is with inflation and VAT. {MARKS_EXPLAINED}")
    sheet = book.sheet(TITLE, "All submissions together, by year", note, (46, 9, 15, *(13 for _ in shown.years)))
    sheet.columns(HEAD, ["Added up over all in the sums", "", "All years", *shown.years], numbers=("All years", *shown.years))
    cells = YearCells(sheet, {flow: FIRST + number for number, flow in enumerate(FLOWS)})
    if len(shown.built) > load_rules().most_by_year:
        for flow, row in cells.totals.items():
            _sums(sheet, row, flow, shown, {year: figures.added(f"flow.{flow}.{year}") for year in shown.years})
        sheet.text(FIRST + len(FLOWS) + 1, 1, "So many submissions are not listed here one by one: filter Figures by Id.",
                   "bc note")
        sheet.freeze(FIRST, FIRST_YEAR)
        return cells
    top = FIRST + len(FLOWS) + 1
    for flow, label in FLOWS.items():
        rows = (top + 1, top + max(1, len(shown.built)))
        sheet.headings(top, [label, "In the sums", "All years", *shown.years], numbers=("All years", *shown.years))
        for row, entry in enumerate(shown.built, rows[0]):
            _submission(sheet, row, entry, flow, shown, figures, YES if shown.in_sums(entry) else NO)
        marks = f"${at(rows[0], IN_SUMS)}:${at(rows[1], IN_SUMS)}"
        _sums(sheet, cells.totals[flow], flow, shown, {year: f'SUMIF({marks},"{YES}",{at(rows[0], column)}:{at(rows[1], column)})'
                                                       for column, year in enumerate(shown.years, FIRST_YEAR)})
        colour_words(sheet, rows, (IN_SUMS, IN_SUMS), {NO: Tone.BAD})
        top = rows[1] + GAP
    sheet.freeze(FIRST, FIRST_YEAR)
    return cells


def _submission(sheet: Sheet, row: int, entry: Entry, flow: str, shown: Shown, figures: FigureCells, in_sums: str) -> None:
    sheet.text(row, 1, entry.title, "bc label")
    sheet.text(row, IN_SUMS, in_sums)
    names = [f"flow.{flow}.{year}" for year in shown.years]
    for column, name in enumerate(names, FIRST_YEAR):
        if figures.has(entry, name):
            put_formula(sheet, row, column, figures.at(entry, name), figure_of(name, entry.numbers[name]), entry.currency)
    if figures.has(entry, f"total.{flow}"):
        own = figure_of("", entry.numbers[f"total.{flow}"])
        put_formula(sheet, row, TOTAL, f"SUM({at(row, FIRST_YEAR)}:{at(row, FIRST_YEAR + len(names) - 1)})", own, entry.currency)


def _sums(sheet: Sheet, row: int, flow: str, shown: Shown, formulas: Mapping[str, str]) -> None:
    """The row of a flow's sums: the formula of each year, and all years together."""
    sheet.text(row, 1, FLOWS[flow], "bc total label")
    sheet.text(row, IN_SUMS, "", "bc total")
    last = at(row, max(FIRST_YEAR, FIRST_YEAR + len(formulas) - 1))
    put_sum(sheet, row, TOTAL, sum_id(flow), f"SUM({at(row, FIRST_YEAR)}:{last})", shown)
    for column, (year, formula) in enumerate(formulas.items(), FIRST_YEAR):
        put_sum(sheet, row, column, sum_id(flow, year), formula, shown)


def put_sum(sheet: Sheet, row: int, column: int, figure_id: str, formula: str, shown: Shown, style: str = "bc total") -> None:
    """The cell of a sum over all submissions, which the build compares with ours."""
    put_formula(sheet, row, column, formula, sheet.book.figures[figure_id], shown.money[0], style)
    sheet.place(figure_id, row, column)


