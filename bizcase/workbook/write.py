"""Writes the benefits workbook: all sheets, every Figure in its cell, formulas with their values."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Figure
from bizcase.appraisal.figures import analysis_figures
from bizcase.archive import steady
from bizcase.specification.project import Project
from bizcase.workbook.book import Book
from bizcase.workbook.model import add_model
from bizcase.workbook.recalculate import verified
from bizcase.workbook.style import NAVY

ANSWERS, INPUTS, WORKING, RECORDS = NAVY, "E6B800", "9AA5AB", "41B6E6"
"""Colours of the tabs: what the case comes to, what goes in, how it is worked out, and what is kept."""

SHEETS = {
    "Summary": ANSWERS, "Charts": ANSWERS, "Read me": RECORDS, "Inputs": INPUTS, "Scenarios": INPUTS, "Options": INPUTS,
    "Costs": INPUTS, "Costs by year": INPUTS, "Benefits register": RECORDS, "Benefit calculation": INPUTS,
    "Benefits by year": INPUTS, "Non-monetised": RECORDS, "Funding": INPUTS, "Who pays, who gains": ANSWERS,
    "Reconciliation": ANSWERS, "Scale-up": ANSWERS, "Adoption": INPUTS, "Cash flow": ANSWERS, "Appraisal": ANSWERS,
    "Sensitivity": ANSWERS, "Simulation": ANSWERS, "Measurement": INPUTS, "Stakeholders": RECORDS, "Risks": INPUTS,
    "Milestones": RECORDS, "Sources": RECORDS, "Numbers": RECORDS, "Discounting": WORKING, "Lines": WORKING,
    "Rate of return": WORKING, "Checks": ANSWERS,
}
ORDER = tuple(SHEETS)
FIXED_TIME = datetime(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """A finished workbook, and the cell of every Figure: (sheet, address)."""

    content: bytes
    cells: Mapping[str, tuple[str, str]]


def write_workbook(project: Project, analysis: Analysis, given: Sequence[Figure]) -> WorkbookFile:
    """The workbook of an analysed project; the same input gives the same bytes.

    Raises WorkbookDisagrees, naming each cell, when a recalculated formula differs from the analysis.
    """
    currency = project.profile.currency
    computed = analysis_figures(analysis, currency)
    book = Book({found.id: found for found in (*given, *computed)}, currency)
    add_model(book, project, analysis, given)
    book.finish()
    workbook = book.workbook
    for position, title in enumerate(ORDER):
        workbook.move_sheet(title, position - workbook.sheetnames.index(title))
        workbook[title].sheet_properties.tabColor = SHEETS[title]
    for title in _nothing_to_say(analysis):
        workbook[title].sheet_state = "hidden"
    workbook.active = 0
    properties = workbook.properties
    properties.title, properties.creator = project.title[:255], str(project.section("document").get("author", ""))[:255]
    properties.language, properties.created, properties.modified = "en-GB", FIXED_TIME, FIXED_TIME
    buffer = io.BytesIO()
    workbook.save(buffer)
    content = verified(buffer.getvalue(), workbook, computed, book.cells)
    return WorkbookFile(steady(content), dict(book.cells))


def _nothing_to_say(analysis: Analysis) -> Iterator[str]:
    """Sheets that a bid without options, steps of scale-up or ranges does not need; they can be shown again."""
    if not analysis.options:
        yield "Options"
    if not analysis.appraisal.inputs.steps:
        yield from ("Scale-up", "Adoption")
    if analysis.simulation is None:
        yield "Simulation"
