"""The Who pays, who gains sheet: present values by organisation, in the scenario shown."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.appraise import MONETISED
from bizcase.appraisal.figure import Unit
from bizcase.workbook.benefits_sheets import CLASS_COLUMN, BenefitCells
from bizcase.workbook.book import Book, settled
from bizcase.workbook.funding_cells import FundingCells
from bizcase.workbook.table import Column, Table, new_table

TITLE = "Who pays, who gains"
COLUMNS = (
    Column("number", "No.", 7, True), Column("name", "Organisation", 46), Column("pays", "Pays", 16, True),
    Column("CRB", "Gains, cash-releasing", 16, True), Column("NCRB", "Gains, non-cash-releasing", 18, True),
    Column("SB", "Gains, societal", 16, True), Column("net_cash", "Net, cash alone", 16, True),
    Column("net", "Net, all benefits", 16, True),
)
NOTE = ("Present values, with optimism bias, in the scenario shown. An organisation that pays and gains nothing has no "
        "reason of its own to go on.")


@dataclass(frozen=True, slots=True)
class PartyCells:
    table: Table

    @property
    def total_row(self) -> int:
        return self.table.last + 1

    def total(self, key: str) -> str:
        return self.table.sheet.at(self.total_row, self.table.column(key))


def add_parties(book: Book, analysis: Analysis, funding: FundingCells, benefits: BenefitCells) -> PartyCells:
    table = new_table(book, TITLE, TITLE, NOTE, COLUMNS, len(analysis.parties))
    sheet = table.sheet
    for position, party in enumerate(analysis.parties):
        row, name = table.row(position), f"party.{position + 1}"
        here = {column.key: table.here(column.key, position) for column in COLUMNS}
        sheet.constant(row, 1, position + 1)
        sheet.text(row, 2, party.name)
        sheet.figure(row, table.column("pays"), f"{name}.pays", _pays(here["number"], funding))
        for kind in MONETISED:
            found = (f"SUMPRODUCT(({benefits.table.down('party')}={here['number']})*({benefits.present.down(CLASS_COLUMN)}="
                     f'"{kind.value}")*{benefits.present.totals})' if analysis.appraisal.benefits else "0")
            sheet.figure(row, table.column(kind.name), f"{name}.{kind.name}", found)
        sheet.figure(row, table.column("net_cash"), f"{name}.net_cash", f"{here['CRB']}-{here['pays']}")
        sheet.figure(row, table.column("net"), f"{name}.net", f"SUM({here['CRB']}:{here['SB']})-{here['pays']}", "bc headline")
    cells = PartyCells(table)
    sheet.text(cells.total_row, 2, "All", "bc total label")
    for key in ("pays", *(kind.name for kind in MONETISED), "net_cash", "net"):
        sheet.formula(cells.total_row, table.column(key), f"SUM({table.here(key, 0)}:{table.here(key, max(0, table.count - 1))})",
                      Unit.POUNDS, "bc total")
    sheet.freeze(table.first, 3)
    return cells


def _pays(number: str, funding: FundingCells) -> str:
    """What an organisation's sources of funding bear; for nobody, what no source bears."""
    return settled(f"SUMPRODUCT(({funding.bearers}={number})*{funding.borne_totals})")
