"""The Discounting sheet: the rate and the discount factor of each year, from the schedules on Inputs."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.figures import Unit
from bizcase.workbook.book import Book
from bizcase.workbook.inputs_sheet import InputCells
from bizcase.workbook.years import HEADER_ROW, LABEL_ROW, year_sheet


@dataclass(frozen=True, slots=True)
class FactorCells:
    """The factors of all years, as ranges; `row` tells the row of a schedule on the Discounting sheet."""

    standard: str
    health: str
    row: dict[str, int]


def add_discounting(book: Book, appraisal: Appraisal, inputs: InputCells) -> FactorCells:
    years = year_sheet(book, appraisal.timeframe, "Discounting", "Discounting",
                       "Factor = factor of the year before ÷ (1 + rate). Year 0 is not discounted.",
                       ["Schedule", "", "", ""], inputs.first_year)
    rows = {}
    for offset, (name, (starts, rates)) in enumerate((("standard", inputs.standard), ("health", inputs.health))):
        rate, factor = LABEL_ROW + 1 + 2 * offset, LABEL_ROW + 2 + 2 * offset
        years.sheet.text(rate, 1, f"Rate, {name}")
        years.sheet.text(factor, 1, f"Discount factor, {name}")
        years.row(rate, f"LOOKUP(@${HEADER_ROW},{starts},{rates})", unit=Unit.SHARE)
        years.row(factor, f"IF(@${HEADER_ROW}=0,1,@-{factor}/(1+@{rate}))", f"factor.{name}")
        rows[name] = factor
    years.hide_labels(26)
    return FactorCells(years.across(rows["standard"]), years.across(rows["health"]), rows)
