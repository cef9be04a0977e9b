"""The Funding sheet: who pays in which year, what is not funded, and what of it the bid declares."""

from __future__ import annotations

from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.inputs import Funding, Money
from bizcase.workbook.book import Book
from bizcase.workbook.costs_sheets import RowRanges, money_inputs, short_form, spelled_out
from bizcase.workbook.years import LABEL_ROW, YearSheet, year_sheet

YEARLY = ("ID", "Source", "£ a year", "From", "To")


def add_funding(book: Book, appraisal: Appraisal, base: RowRanges, first_year: str) -> str:
    """Writes the sheet; gives the range of the declared gap."""
    years = year_sheet(book, appraisal.timeframe, "Funding", "Funding and affordability",
                       "Costs before optimism bias beside the funding of each year, confirmed or not: see Status.",
                       ["ID", "Source", "Kind", "Status"], first_year)
    first = LABEL_ROW + 1
    last = first + max(1, len(appraisal.funding)) - 1
    total, declared = last + 1, last + 4
    yearly = _Yearly(years, declared + 2)
    for row, line in enumerate(appraisal.funding, first):
        _labels(years, row, line.funding)
        yearly.amounts(row, line.funding.id, line.funding.source, line.funding.money,
                       f"resources.funding.{line.funding.id}.amount")
        years.total(row, figure_id=f"line.{line.funding.id}")
    rows = (("Funding", "funding", f"SUM(@{first}:@{last})"),
            ("Cost before optimism bias", "base_cost", f"SUM({base.column})"),
            ("Not funded", "gap", f"@{total + 1}-@{total}"))
    for row, (label, name, formula) in enumerate(rows, total):
        years.sheet.text(row, 2, label, "bc total label")
        years.row(row, formula, f"flow.{name}", style="bc total")
        years.total(row, figure_id=f"total.{name}", style="bc total")
    years.sheet.text(declared, 2, "Gap that the bid declares", "bc label")
    yearly.amounts(declared, "", "Gap that the bid declares", appraisal.inputs.declared_gap, "resources.gap")
    return years.across(declared)


def _labels(years: YearSheet, row: int, funding: Funding) -> None:
    for column, text in enumerate((funding.id, funding.source, funding.kind, funding.status), 1):
        years.sheet.text(row, column, text)


class _Yearly:
    """The block below the sums, in which amounts that recur each year stand as inputs, with their shares by year."""

    def __init__(self, years: YearSheet, row: int) -> None:
        self.years, self.row, self.headed = years, row, False

    def amounts(self, row: int, name: str, source: str, money: Money, given: str) -> None:
        """One line of funding by year: inputs where it is spelled out, else a formula on a line of this block."""
        sheet = self.years.sheet
        if money.per_year is None:
            spelled_out(self.years, row, money, given)
            return
        self._head()
        sheet.text(self.row, 1, name)
        sheet.text(self.row, 2, source)
        money_inputs(sheet, self.row, 3, given, money, self.years.timeframe)
        short_form(self.years, sheet, self.row, 3, self.row, row, money, given)
        self.row += 1

    def _head(self) -> None:
        """The headings of the block, once, before its first line."""
        if not self.headed:
            self.years.sheet.text(self.row, 1, "Amounts that recur, and the share of them in each year", "bc heading")
            self.years.sheet.headings(self.row + 1, YEARLY, numbers=["£ a year"])
            self.row, self.headed = self.row + 2, True
