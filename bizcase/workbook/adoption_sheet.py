"""The Adoption sheet: when each step of scale-up starts, how fast its sites join, and how many have joined by each year."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Unit
from bizcase.appraisal.financial_year import write_year
from bizcase.appraisal.inputs import Step
from bizcase.workbook.amounts import ramp_inputs
from bizcase.workbook.book import Book, Bounds, at
from bizcase.workbook.years import HEADER_ROW, LABEL_ROW, OWN_COLUMN, Block, YearSheet, year_labels, year_sheet

START_COLUMN, SITES_COLUMN = 3, 4
SITES = Bounds(0, 100_000, whole=True)


@dataclass(frozen=True, slots=True)
class AdoptionCells:
    """The steps by id, and the block that holds the share of each one's sites joined in its 1st, 2nd … year."""

    years: YearSheet
    position: dict[str, int]
    ramp: Block
    joined: Block
    sites: Block

    def start(self, name: str) -> str:
        return self.years.sheet.at(self.joined.row(self.position[name]), START_COLUMN)


def add_adoption(book: Book, analysis: Analysis, first_year: str) -> AdoptionCells:
    steps = analysis.appraisal.inputs.steps
    years = year_sheet(book, analysis.appraisal.timeframe, "Adoption", "Adoption by site",
                       "When each step of scale-up starts and how fast its sites join. Lines of "
                       "a step without years of their own follow its start; amounts spelled out by year stay where they are.",
                       ["Step", "Setting", "Start", "Sites"], first_year, own="Starts in year")
    ramp = Block(years, LABEL_ROW + 2, len(steps))
    joined = Block(years, ramp.end, len(steps))
    sites = Block(years, joined.end, len(steps))
    ramp.head_positions("Share of the sites that have joined by the step's")
    joined.head("Share of the sites that have joined")
    sites.head("Sites that have joined, beside those of the pilot")
    for position, step in enumerate(steps):
        _step(position, step, ramp, joined, sites)
    years.sheet.text(sites.last + 1, 2, "All steps", "bc total label")
    if steps:
        years.row(sites.last + 1, f"SUM(@{sites.first}:@{sites.last})", "adoption", style="bc total")
    else:
        years.sheet.text(joined.first, 2, "The bid names no steps of scale-up.")
    return AdoptionCells(years, {step.id: position for position, step in enumerate(steps)}, ramp, joined, sites)


def _step(position: int, step: Step, ramp: Block, joined: Block, sites: Block) -> None:
    years, row = joined.years, joined.row(position)
    sheet, timeframe = years.sheet, joined.years.timeframe
    for block in (ramp, joined, sites):
        sheet.text(block.row(position), 1, step.id)
        sheet.text(block.row(position), 2, step.setting)
    start = write_year(step.start) if step.start is not None else "not set"
    sheet.choice(row, START_COLUMN, start, year_labels(timeframe))
    given = f"scale_up.steps.{step.id}.sites"
    if given in sheet.book.figures:
        sheet.given(row, SITES_COLUMN, given, SITES)
    else:
        sheet.input(row, SITES_COLUMN, step.sites, within=SITES)
    own = at(row, OWN_COLUMN)
    sheet.formula(row, OWN_COLUMN, f"IFERROR(MATCH({at(row, START_COLUMN)},{year_labels(timeframe)},0)-1,{timeframe.years + 1})")
    ramp_inputs(ramp, position, step.ramp, f"scale_up.steps.{step.id}")
    first, last = years.span
    shares = f"${first}{ramp.row(position)}:${last}{ramp.row(position)}"
    years.row(row, f"IF(@${HEADER_ROW}<${own},0,INDEX({shares},@${HEADER_ROW}-${own}+1))", unit=Unit.SHARE)
    years.row(sites.row(position), f"${at(row, SITES_COLUMN)}*@{row}", f"adoption.{step.id}")
