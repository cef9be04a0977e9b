"""The Inputs sheet: years, prices and every rate and value from guidance, each with source, edition and date of check."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Unit
from bizcase.appraisal.parameters import ParameterSet, Provenance, Schedule
from bizcase.workbook.book import SHARE, Book, Bounds, Sheet, at
from bizcase.workbook.years import year_label

FIXED = "Set in the specification, because amounts stand in the columns of their years. "
RATE, UPLIFT, YEAR = Bounds(-0.05, 0.25), Bounds(0, 5), Bounds(0, 1000, whole=True)
WIDTHS = (42, 16, 16, 16, 14, 12, 14, 50)
HEADINGS = ("Edition", "Prices of", "Checked", "Source")


@dataclass(frozen=True, slots=True)
class InputCells:
    """Where other sheets find the settings: references, and for each schedule its (starts, rates) ranges."""

    first_year: str
    price_base: str
    inflation: str
    schedules: dict[str, tuple[str, str]]
    bias_names: str
    bias_uppers: str
    vat: str
    price_years: str
    price_levels: str


def add_inputs(book: Book, analysis: Analysis) -> InputCells:
    sheet = book.sheet("Inputs", "Inputs", "Settings and rates of the whole appraisal. The yellow cells can be changed.",
                       WIDTHS)
    sheet.columns(4, ["Setting", "Value", "Financial year", "Note"], numbers=["Value"])
    appraisal = analysis.appraisal
    time, prices, parameters = appraisal.timeframe, appraisal.inputs.prices, appraisal.parameters
    fixed = ((5, "First year appraised (starts in April)", time.first_year, "Year 0 is not discounted"),
             (6, "Price base year (starts in April)", time.price_base_year, "All amounts are in its prices"))
    for row, label, value, note in fixed:
        sheet.text(row, 1, label)
        sheet.constant(row, 2, value)
        sheet.formula(row, 3, year_label(f"B{row}"), style="bc calc text")
        sheet.text(row, 4, FIXED + note, "bc remark")
    sheet.text(7, 1, "General inflation assumed a year")
    if "appraisal.inflation" in book.figures:
        sheet.given(7, 2, "appraisal.inflation", RATE)
    else:
        sheet.input(7, 2, prices.inflation or 0.0, Unit.SHARE, RATE)
    sheet.text(7, 4, "Turns real terms into the cash of each year; 0% leaves cash at base-year prices", "bc remark")
    sheet.text(8, 1, "Guidance")
    sheet.text(8, 2, parameters.name, "bc calc text")
    sheet.text(8, 4, f"{parameters.title}; compared with the guidance on {parameters.checked}", "bc remark")
    schedules, row = {}, 10
    for schedule, heading in ((parameters.standard, "Discount schedule: standard"),
                              (parameters.health, "Discount schedule: health benefits"),
                              (parameters.reduced, "Discount schedule: reduced, for the scenario that asks for it")):
        schedules[schedule.name] = _schedule(sheet, row, schedule, heading)
        row += len(schedule.bands) + 3
    names, uppers, row = _optimism_bias(sheet, row, parameters)
    vat, row = _values(sheet, row, parameters)
    years, levels = _price_index(sheet, row, analysis)
    sheet.freeze(5, 1)
    return InputCells(sheet.at(5, 2), sheet.at(6, 2), sheet.at(7, 2), schedules, names, uppers, vat, years, levels)


def _headed(sheet: Sheet, row: int, heading: str, labels: tuple[str, ...]) -> None:
    sheet.text(row, 1, heading, "bc heading")
    sheet.headings(row + 1, (*labels, *[""] * (4 - len(labels)), *HEADINGS),
                   numbers=labels[1:] if labels[0] == "Name" else labels)


def _provenance(sheet: Sheet, row: int, provenance: Provenance) -> None:
    for column, text in enumerate((provenance.edition, provenance.price_year, provenance.checked), 5):
        sheet.text(row, column, text)
    sheet.text(row, 8, provenance.source)


def _schedule(sheet: Sheet, row: int, schedule: Schedule, heading: str) -> tuple[str, str]:
    _headed(sheet, row, heading, ("From year", "To year", "Rate"))
    first = row + 2
    for offset, band in enumerate(schedule.bands):
        sheet.input(first + offset, 1, band.start, within=YEAR)
        if offset + 1 < len(schedule.bands):
            sheet.formula(first + offset, 2, f"{at(first + offset + 1, 1)}-1")
        else:
            sheet.text(first + offset, 2, "no end", "bc calc text")
        sheet.input(first + offset, 3, band.rate, Unit.SHARE, RATE)
        sheet.worksheet.cell(first + offset, 3).number_format = "0.00%"
    _provenance(sheet, first, schedule.provenance)
    last = first + len(schedule.bands) - 1
    return sheet.down(1, first, last), sheet.down(3, first, last)


def _optimism_bias(sheet: Sheet, row: int, parameters: ParameterSet) -> tuple[str, str, int]:
    _headed(sheet, row, "Optimism bias: uplift of cost by kind of project", ("Name", "Upper bound", "Lower bound", "Found for"))
    first = row + 2
    for offset, bias in enumerate(parameters.optimism_bias):
        sheet.text(first + offset, 1, bias.name)
        sheet.input(first + offset, 2, bias.upper, Unit.SHARE, UPLIFT)
        sheet.input(first + offset, 3, bias.lower, Unit.SHARE, UPLIFT)
        sheet.text(first + offset, 4, f"{bias.applies_to} cost")
        _provenance(sheet, first + offset, bias.provenance)
    last = first + len(parameters.optimism_bias) - 1
    return sheet.down(1, first, last), sheet.down(2, first, last), last + 2


def _values(sheet: Sheet, row: int, parameters: ParameterSet) -> tuple[str, int]:
    _headed(sheet, row, "Rates and values", ("Name", "Value", "Unit"))
    sheet.text(row + 2, 1, "Value added tax, standard rate")
    sheet.input(row + 2, 2, parameters.vat.rate, Unit.SHARE, SHARE)
    sheet.text(row + 2, 3, "of the amount")
    _provenance(sheet, row + 2, parameters.vat.provenance)
    for offset, constant in enumerate(parameters.constants, row + 3):
        sheet.text(offset, 1, f"{constant.name} (for reference)")
        sheet.reference_value(offset, 2, constant.value, Unit.POUNDS)
        sheet.text(offset, 3, constant.unit)
        _provenance(sheet, offset, constant.provenance)
    return sheet.at(row + 2, 2), row + 4 + len(parameters.constants)


def _price_index(sheet: Sheet, row: int, analysis: Analysis) -> tuple[str, str]:
    """The price levels of all years that a cost is priced in, up to the base year; later ones follow the inflation above."""
    inputs = analysis.appraisal.inputs
    named = {cost.price_year for cost in inputs.costs if cost.price_year is not None} | {inputs.prices.base_year}
    known = [year for year in sorted(inputs.prices.index) if min(named) <= year <= max(named)] or [max(inputs.prices.index)]
    _headed(sheet, row, "GDP deflator, for amounts in the prices of another year", ("Year begins", "Level"))
    _provenance(sheet, row + 2, analysis.appraisal.parameters.deflator.provenance)
    years = [*known, *range(known[-1] + 1, max(named) + 1)]
    for at_row, year in enumerate(years, row + 2):
        sheet.constant(at_row, 1, year)
        if year in inputs.prices.index:
            sheet.input(at_row, 2, inputs.prices.index[year])
            sheet.worksheet.cell(at_row, 2).number_format = "0.0000"
        else:
            sheet.formula(at_row, 2, f"{at(at_row - 1, 2)}*(1+$B$7)", Unit.FACTOR)
    last = row + 1 + len(years)
    return sheet.down(1, row + 2, last), sheet.down(2, row + 2, last)
