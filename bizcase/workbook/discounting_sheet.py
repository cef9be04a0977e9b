"""The Discounting sheet: rate and discount factor of each year for each schedule, and the factor from real terms to cash."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Unit
from bizcase.workbook.book import Book
from bizcase.workbook.inputs_sheet import InputCells
from bizcase.workbook.years import HEADER_ROW, LABEL_ROW, YearSheet, year_sheet

USED, CASH = "used", "cash"


@dataclass(frozen=True, slots=True)
class FactorCells:
    """The factor rows by name: each schedule, the one `used` for everything but health, and the one to `cash`."""

    years: YearSheet
    rows: dict[str, int]

    def across(self, name: str) -> str:
        return self.years.across(self.rows[name])

    def in_year(self, name: str) -> str:
        """The factor in the year column of a formula that is copied across."""
        return f"Discounting!@${self.rows[name]}"


def add_discounting(book: Book, analysis: Analysis, inputs: InputCells, discounting: str) -> FactorCells:
    """`discounting` is the reference of the schedule in use: standard or reduced."""
    years = year_sheet(book, analysis.appraisal.timeframe, "Discounting", "Discounting",
                       "Factor = factor of the year before ÷ (1 + rate). Year 0 is not discounted.",
                       ["Schedule", "", "", ""], inputs.first_year)
    rows = {}
    for offset, (name, (starts, rates)) in enumerate(inputs.schedules.items()):
        rate, factor = LABEL_ROW + 1 + 2 * offset, LABEL_ROW + 2 + 2 * offset
        years.sheet.text(rate, 1, f"Rate, {name}")
        years.sheet.text(factor, 1, f"Discount factor, {name}")
        years.row(rate, f"LOOKUP(@${HEADER_ROW},{starts},{rates})", unit=Unit.SHARE)
        years.row(factor, f"IF(@${HEADER_ROW}=0,1,@-{factor}/(1+@{rate}))", f"factor.{name}")
        rows[name] = factor
    used = LABEL_ROW + 1 + 2 * len(inputs.schedules)
    years.sheet.text(used, 1, "Used for everything but health", "bc total label")
    years.row(used, f'IF({discounting}="reduced",@{rows["reduced"]},@{rows["standard"]})', unit=Unit.FACTOR, style="bc total")
    years.sheet.text(used + 2, 1, "From real terms to cash")
    years.row(used + 2, f"(1+{inputs.inflation})^({inputs.first_year}+@${HEADER_ROW}-{inputs.price_base})", unit=Unit.FACTOR)
    years.hide_labels(34)
    return FactorCells(years, {**rows, USED: used, CASH: used + 2})
