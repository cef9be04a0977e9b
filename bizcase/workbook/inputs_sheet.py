"""The Inputs sheet: the years, the price base and the discount schedules, each with its source."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.figures import Unit
from bizcase.appraisal.parameters import Schedule
from bizcase.workbook.book import Book, Sheet
from bizcase.workbook.years import year_label

FIXED = "Set in the specification, because amounts stand in the columns of their years. "


@dataclass(frozen=True, slots=True)
class InputCells:
    """Where other sheets find the settings: references, and for each schedule its (starts, rates) ranges."""

    first_year: str
    standard: tuple[str, str]
    health: tuple[str, str]


def add_inputs(book: Book, appraisal: Appraisal) -> InputCells:
    sheet = book.sheet("Inputs", "Inputs", "Settings and rates of the whole appraisal. The yellow cells can be changed.",
                       (38, 18, 16, 3, 52), landscape=False)
    sheet.columns(4, ["Setting", "Value", "Financial year", "", "Note"], numbers=["Value"])
    time = appraisal.timeframe
    _setting(sheet, 5, "First year appraised (starts in April)", time.first_year, FIXED + "Year 0 is not discounted")
    sheet.formula(5, 3, year_label("B5"), style="bc calc text")
    _setting(sheet, 6, "Price base year (starts in April)", time.price_base_year, FIXED + "All amounts are in its prices")
    sheet.formula(6, 3, year_label("B6"), style="bc calc text")
    parameters = appraisal.parameters
    sheet.text(7, 1, "Guidance")
    sheet.text(7, 2, parameters.name)
    sheet.text(7, 5, f"{parameters.title}; compared with the guidance on {parameters.checked}")
    next_row = 10
    ranges = []
    for schedule, heading in ((parameters.standard, "Discount schedule: standard"),
                              (parameters.health, "Discount schedule: health benefits")):
        ranges.append(_schedule(sheet, next_row, schedule, heading))
        next_row += len(schedule.bands) + 4
    sheet.freeze(5, 1)
    return InputCells(sheet.at(5, 2), ranges[0], ranges[1])


def _setting(sheet: Sheet, row: int, label: str, value: int, note: str) -> None:
    sheet.text(row, 1, label)
    sheet.constant(row, 2, value)
    sheet.text(row, 5, note)


def _schedule(sheet: Sheet, row: int, schedule: Schedule, heading: str) -> tuple[str, str]:
    sheet.text(row, 1, heading, "bc heading")
    sheet.headings(row + 1, ("From year", "To year", "Rate", "", "Source"), numbers=("From year", "To year", "Rate"))
    first = row + 2
    for offset, band in enumerate(schedule.bands):
        sheet.input(first + offset, 1, band.start)
        sheet.text(first + offset, 2, band.end if band.end is not None else "no end", "bc calc")
        sheet.input(first + offset, 3, band.rate, Unit.SHARE)
        sheet.worksheet.cell(first + offset, 3).number_format = "0.00%"
    sheet.text(first, 5, schedule.source)
    last = first + len(schedule.bands) - 1
    return sheet.down(1, first, last), sheet.down(3, first, last)
