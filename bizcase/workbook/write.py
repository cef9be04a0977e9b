"""Writes the benefits workbook: all sheets, every Figure in its cell, formulas with their values."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.figures import Figure, appraisal_figures
from bizcase.archive import steady
from bizcase.specification.project import Project
from bizcase.workbook.appraisal_sheet import add_appraisal
from bizcase.workbook.benefits_sheets import add_by_year, add_calculation, add_register
from bizcase.workbook.book import Book
from bizcase.workbook.cash_flow_sheet import add_cash_flow
from bizcase.workbook.checks_sheet import add_checks
from bizcase.workbook.costs_sheets import add_costs
from bizcase.workbook.discounting_sheet import add_discounting
from bizcase.workbook.front_sheets import add_read_me, add_summary
from bizcase.workbook.funding_sheet import add_funding
from bizcase.workbook.inputs_sheet import add_inputs
from bizcase.workbook.measurement_sheet import add_measurement
from bizcase.workbook.numbers_sheet import add_numbers
from bizcase.workbook.recalculate import verified

ORDER = ("Summary", "Read me", "Inputs", "Costs", "Costs by year", "Benefits register", "Benefit calculation",
         "Benefits by year", "Funding", "Discounting", "Cash flow", "Appraisal", "Measurement", "Numbers", "Checks")
FIXED_TIME = datetime(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """A finished workbook, and the cell of every Figure: (sheet, address)."""

    content: bytes
    cells: Mapping[str, tuple[str, str]]


def write_workbook(project: Project, appraisal: Appraisal, given: Sequence[Figure]) -> WorkbookFile:
    """The workbook of an appraised project; the same input gives the same bytes.

    Raises WorkbookDisagrees, naming each cell, when a recalculated formula differs from the appraisal.
    """
    computed = appraisal_figures(appraisal)
    book = Book({found.id: found for found in (*given, *computed)})
    _add_sheets(book, project, appraisal, given)
    book.finish()
    workbook = book.workbook
    for position, title in enumerate(ORDER):
        workbook.move_sheet(title, position - workbook.sheetnames.index(title))
    workbook.active = 0
    properties = workbook.properties
    properties.title, properties.creator = project.title[:255], str(project.section("document").get("author", ""))[:255]
    properties.language, properties.created, properties.modified = "en-GB", FIXED_TIME, FIXED_TIME
    buffer = io.BytesIO()
    workbook.save(buffer)
    content = verified(buffer.getvalue(), computed, book.cells)
    return WorkbookFile(steady(content), dict(book.cells))


def _add_sheets(book: Book, project: Project, appraisal: Appraisal, given: Sequence[Figure]) -> None:
    inputs = add_inputs(book, appraisal)
    base, adjusted = add_costs(book, appraisal, inputs.first_year)
    factors = add_discounting(book, appraisal, inputs)
    add_register(book, project)
    calculation = add_calculation(book, appraisal)
    benefits = add_by_year(book, appraisal, calculation, factors, inputs.first_year)
    declared_gap = add_funding(book, appraisal, base, inputs.first_year)
    flow = add_cash_flow(book, appraisal, adjusted, benefits, factors, inputs.first_year)
    add_appraisal(book, appraisal, flow, benefits)
    add_measurement(book, project)
    add_numbers(book, given)
    failing = add_checks(book, flow, adjusted, benefits, factors, declared_gap)
    add_summary(book, project, appraisal, failing)
    add_read_me(book, project)
