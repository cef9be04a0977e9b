"""The Funding sheet: who pays in which year, and what is not funded."""

from __future__ import annotations

from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.figures import Unit
from bizcase.appraisal.inputs import Money
from bizcase.workbook.book import Book
from bizcase.workbook.costs_sheets import RowRanges, spelled_out
from bizcase.workbook.years import LABEL_ROW, YearSheet, year_sheet


def add_funding(book: Book, appraisal: Appraisal, base: RowRanges, first_year: str) -> int:
    """Writes the sheet; gives the row of what is not funded."""
    years = year_sheet(book, appraisal.timeframe, "Funding", "Funding and affordability",
                       "Costs before optimism bias beside the funding of each year, confirmed or not: see Status.",
                       ["ID", "Source", "Kind", "Status"], first_year)
    row = LABEL_ROW + 1
    for line in appraisal.funding:
        funding = line.funding
        for column, text in enumerate((funding.id, funding.source, funding.kind, funding.status), 1):
            years.sheet.text(row, column, text)
        _amounts(years, row, funding.money, f"resources.funding.{funding.id}.amount", line.amounts)
        years.total(row, figure_id=f"line.{funding.id}")
        row += 1
    first, last = LABEL_ROW + 1, max(LABEL_ROW + 1, row - 1)
    total = last + 1
    rows = (("Funding", "funding", f"SUM(@{first}:@{last})"),
            ("Cost before optimism bias", "base_cost", f"SUM({base.column})"),
            ("Not funded", "gap", f"@{total + 1}-@{total}"))
    for offset, (label, name, formula) in enumerate(rows):
        years.sheet.text(total + offset, 2, label, "bc total")
        years.row(total + offset, formula, f"flow.{name}", style="bc total")
        years.total(total + offset, figure_id=f"total.{name}", style="bc total")
    return total + 2


def _amounts(years: YearSheet, row: int, money: Money, given: str, amounts: tuple[float, ...]) -> None:
    if money.per_year is None:
        spelled_out(years, row, money, given)
    else:
        years.inputs(row, amounts, Unit.POUNDS)
