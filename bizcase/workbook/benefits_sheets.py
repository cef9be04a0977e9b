"""The benefit sheets: the register (Green Book 2018, Box 9, with baseline and owner added) and each benefit by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.figure import Unit
from bizcase.appraisal.inputs import Benefit, Chain
from bizcase.appraisal.lines import AMOUNT, BenefitLine
from bizcase.specification.project import Project
from bizcase.workbook.adoption_sheet import AdoptionCells
from bizcase.workbook.amounts import ramp_inputs, share_in_force, span_inputs, spelled_out
from bizcase.workbook.book import ANY, CAUTION, SHARE, Book, Sheet
from bizcase.workbook.discounting_sheet import USED, FactorCells
from bizcase.workbook.options_sheet import Membership
from bizcase.workbook.scenarios_sheet import ScenarioCells, while_scaling
from bizcase.workbook.sensitivity_sheet import DriverCells
from bizcase.workbook.table import Column, Table, new_table, priced
from bizcase.workbook.years import HEADER_ROW, LABEL_ROW, TOTAL_COLUMN, Block, year_sheet

REGISTER = [("ID", "id"), ("Benefit", "title"), ("Class", "class"), ("Dis-benefit", "disbenefit"), ("Measure", "measure"),
            ("Unit", "unit"), ("Direction", "direction"), ("Baseline", "baseline.value"), ("Baseline date", "baseline.date"),
            ("Data source", "data_source"), ("How often", "frequency"), ("Owner", "owner"), ("Owner's role", "owner_role"),
            ("Budget line", "budget_line"), ("Status", "status"), ("Source", "source")]
REGISTER_WIDTHS = (8, 36, 20, 10, 34, 16, 12, 12, 13, 28, 14, 20, 20, 24, 13, 44)
FIRST_ROW = 5

WITHIN = {"attribution": SHARE, "deadweight": SHARE, "take_up": SHARE, "confidence_adjustment": CAUTION}
FACTORS: tuple[tuple[str, str, Unit], ...] = (
    ("Volume a year", "volume", Unit.NUMBER), ("Effect", "effect", Unit.NUMBER),
    ("Unit value £", "unit_value", Unit.POUNDS), ("Attribution", "attribution", Unit.SHARE),
    ("Deadweight", "deadweight", Unit.SHARE), ("Take-up", "take_up", Unit.SHARE),
    ("Confidence adjustment", "confidence_adjustment", Unit.SHARE),
)
COLUMNS = (
    Column("id", "ID", 8), Column("title", "Benefit", 36), Column("class", "Class", 20), Column("schedule", "Schedule", 11),
    Column("step", "Step of scale-up", 10), Column("sign", "Sign", 7, True),
    *(Column(name, label, 13, True) for label, name, _ in FACTORS),
    Column("full_year", "Full year £, in use", 15, True), Column("from", "From", 10), Column("to", "To", 10),
    Column("start", "Starts in year", 9, True), Column("change", "Scenario, multiplies by", 11, True),
    *(Column(f"gross_{end}", f"Before deadweight £, {words}", 15, True)
      for end, words in ((1, "central"), (2, "worse end"), (3, "better end"))),
    *(Column(f"deadweight_{end}", f"Deadweight, {words}", 12, True)
      for end, words in ((1, "central"), (2, "worse end"), (3, "better end"))),
    Column("central", "Full year £, central", 15, True), Column("party", "Who gains, no.", 9, True),
)
CLASS_COLUMN, SCHEDULE_COLUMN = 3, 4
BY_YEAR = '"by year"'
"""Shown in place of the number that multiplies amounts spelled out: 1, or −1 for a dis-benefit."""


@dataclass(frozen=True, slots=True)
class BenefitCells:
    """The calculation, and the blocks by year: shares of running, what is in `force`, amounts and present values.

    `planned` are the amounts of the central case, whichever scenario is shown; `central` are two rows, their sums on the
    standard and on the health schedule.
    """

    table: Table
    shares: Block
    force: Block
    amounts: Block
    present: Block
    planned: Block
    central: Block


def add_register(book: Book, project: Project) -> None:
    """The register of all benefits, also those that cannot be put in pounds."""
    sheet = book.sheet("Benefits register", "Benefits register", "Every benefit with its measure, baseline and owner.",
                       REGISTER_WIDTHS)
    sheet.columns(FIRST_ROW - 1, [label for label, _ in REGISTER], numbers=["Baseline"])
    for offset, row in enumerate(project.section("benefits").get("register", [])):
        for column, (_, path) in enumerate(REGISTER, 1):
            _register_cell(sheet, FIRST_ROW + offset, column, path, row)
    sheet.freeze(FIRST_ROW, 3)


def _register_cell(sheet: Sheet, row: int, column: int, path: str, benefit: Mapping[str, Any]) -> None:
    if path == "baseline.value":
        name = f"benefits.register.{benefit['id']}.baseline.value"
        if name in sheet.book.figures:
            sheet.given(row, column, name)
            return
    value: Any = benefit
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    sheet.text(row, column, {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value)


def add_benefits(book: Book, analysis: Analysis, first_year: str) -> BenefitCells:
    """Lays out the calculation and the years."""
    appraisal = analysis.appraisal
    table = new_table(book, "Benefit calculation", "Benefit calculation",
                      book.own("Full year £ = volume × effect × unit value × attribution × (1 − deadweight) × take-up × "
                               "(1 + confidence adjustment)"), priced(book, COLUMNS), len(appraisal.benefits))
    table.sheet.freeze(table.first, 3)
    years = year_sheet(book, appraisal.timeframe, "Benefits by year", "Benefits by year",
                       book.own("The ramp of each benefit, and its value in pounds by year. A dis-benefit is negative."),
                       ["ID", "Benefit", "Class", "Schedule"], first_year)
    count = len(appraisal.benefits)
    shares = Block(years, LABEL_ROW + 2, count)
    force = Block(years, shares.end, count)
    amounts = Block(years, force.end, count)
    present = Block(years, amounts.end, count)
    planned = Block(years, present.end, count)
    central = Block(years, planned.end, 2)
    shares.head_positions("Share of the full effect in its; or, where spelled out, the amounts by year")
    force.head("What falls in each year before any delay: a share of the full year, or the amount")
    amounts.head("Benefit in the scenario shown, £")
    present.head("Present value in the scenario shown, £ (in the total column)")
    planned.head("Benefit in the central case, £")
    central.head("All benefits in the central case, £")
    return BenefitCells(table, shares, force, amounts, present, planned, central)


@dataclass(frozen=True, slots=True)
class _Filler:
    cells: BenefitCells
    appraisal: Appraisal
    scenarios: ScenarioCells
    membership: Membership
    adoption: AdoptionCells
    drivers: DriverCells
    factors: FactorCells
    parties: Mapping[str, int]

    def counts(self, position: int) -> str:
        return self.membership.counts(len(self.appraisal.costs) + position)


def fill_benefits(cells: BenefitCells, analysis: Analysis, scenarios: ScenarioCells, membership: Membership,
                  adoption: AdoptionCells, drivers: DriverCells, factors: FactorCells) -> None:
    """Writes every monetised benefit: its factors, then its years."""
    parties = {party.name: number for number, party in enumerate(analysis.parties, 1)}
    filler = _Filler(cells, analysis.appraisal, scenarios, membership, adoption, drivers, factors, parties)
    for position, line in enumerate(analysis.appraisal.benefits):
        _calculation(filler, position, line.benefit)
        _years(filler, position, line)
    _central(filler)


def _calculation(filler: _Filler, position: int, benefit: Benefit) -> None:
    table = filler.cells.table
    sheet, row = table.sheet, table.row(position)
    for key, text in (("id", benefit.id), ("title", benefit.title), ("class", benefit.benefit_class),
                      ("schedule", "health" if benefit.health else "standard"), ("step", ", ".join(benefit.steps))):
        sheet.text(row, table.column(key), text)
    sheet.constant(row, table.column("sign"), benefit.sign)
    sheet.constant(row, table.column("party"), filler.parties[benefit.accrues_to])
    use, step = filler.scenarios.in_use, table.here("step", position)
    sheet.formula(row, table.column("change"),
                  f"(1+{use['benefits']}){while_scaling(step, use['scale_up'])}*{filler.counts(position)}", Unit.FACTOR)
    if benefit.chain is None:
        _amounts(filler, position, benefit)
    else:
        _chain(filler, position, benefit, benefit.chain)


def _amounts(filler: _Filler, position: int, benefit: Benefit) -> None:
    """What multiplies amounts that are spelled out: the sign, and an end of their range."""
    table = filler.cells.table
    sheet, row, sign = table.sheet, table.row(position), table.here("sign", position)
    sheet.text(row, table.column("volume"), "by year", "bc note")
    for end in (1, 2, 3):
        value = filler.drivers.at_end(f"{benefit.id}.{AMOUNT}", end, "1", _high_is_worse(AMOUNT, benefit),
                                      AMOUNT in benefit.ranges)
        sheet.formula(row, table.column(f"gross_{end}"), f"{sign}*{value}", Unit.FACTOR)
    sheet.formula(row, table.column("central"), table.here("gross_1", position), Unit.FACTOR)
    sheet.formula(row, table.column("full_year"), _gross_in_use(filler, position), Unit.FACTOR)
    for key in ("full_year", "central"):
        sheet.worksheet.cell(row, table.column(key)).number_format = BY_YEAR


def _chain(filler: _Filler, position: int, benefit: Benefit, chain: Chain) -> None:
    table = filler.cells.table
    sheet, row = table.sheet, table.row(position)
    for _, name, unit in FACTORS:
        given = f"benefits.register.{benefit.id}.value.{name}"
        if given in sheet.book.figures:
            sheet.given(row, table.column(name), given, WITHIN.get(name, ANY))
        else:
            sheet.input(row, table.column(name), getattr(chain, name), unit, WITHIN.get(name, ANY))
    for end in (1, 2, 3):
        factor = {name: filler.drivers.at_end(f"{benefit.id}.{name}", end, table.here(name, position),
                                              _high_is_worse(name, benefit), name in benefit.ranges) for _, name, _ in FACTORS}
        product = "*".join(factor[name] for name in ("volume", "effect", "unit_value", "attribution", "take_up"))
        sheet.formula(row, table.column(f"gross_{end}"),
                      f"{table.here('sign', position)}*{product}*(1+{factor['confidence_adjustment']})", Unit.POUNDS)
        sheet.formula(row, table.column(f"deadweight_{end}"), factor["deadweight"], Unit.SHARE)
    use = filler.scenarios.in_use
    deadweight = ",".join(table.here(f"deadweight_{number}", position) for number in (1, 2, 3))
    sheet.figure(row, table.column("full_year"), f"line.{benefit.id}.full_year",
                 f"{_gross_in_use(filler, position)}*(1-MIN(1,CHOOSE({use['end']},{deadweight})+{use['deadweight']}))")
    sheet.formula(row, table.column("central"),
                  f"{table.here('gross_1', position)}*(1-MIN(1,{table.here('deadweight_1', position)}))", Unit.POUNDS)
    assert benefit.money is not None
    start = filler.adoption.start(benefit.money.start_step) if benefit.money.start_step else ""
    span_inputs(sheet, row, table.column("from"), benefit.money, filler.appraisal.timeframe, start)


def _gross_in_use(filler: _Filler, position: int) -> str:
    gross = ",".join(filler.cells.table.here(f"gross_{number}", position) for number in (1, 2, 3))
    return f"CHOOSE({filler.scenarios.in_use['end']},{gross})"


def _high_is_worse(name: str, benefit: Benefit) -> bool:
    return (name == "deadweight") != benefit.disbenefit


def _years(filler: _Filler, position: int, line: BenefitLine) -> None:
    cells, benefit, money = filler.cells, line.benefit, line.benefit.money
    assert money is not None
    years, table = cells.amounts.years, cells.table
    for block in (cells.shares, cells.force, cells.amounts, cells.present, cells.planned):
        for column, text in enumerate((benefit.id, benefit.title, benefit.benefit_class,
                                       "health" if benefit.health else "standard"), 1):
            years.sheet.text(block.row(position), column, text)
    _in_force(filler, position, benefit)
    use, (first, last) = filler.scenarios.in_use, years.span
    delay, force = use["delay"], cells.force.row(position)
    shifted = f"IF(@${HEADER_ROW}<{delay},0,INDEX(${first}{force}:${last}{force},@${HEADER_ROW}-{delay}+1))"
    row = cells.amounts.row(position)
    years.row(row, f"{table.at('full_year', position)}*{table.at('change', position)}*{shifted}")
    years.total(row, figure_id=f"line.{benefit.id}")
    years.row(cells.planned.row(position),
              f"{table.at('central', position)}*{filler.counts(position)}*@{cells.force.row(position)}")
    schedule = filler.factors.across("health" if benefit.health else USED)
    years.sheet.figure(cells.present.row(position), TOTAL_COLUMN, f"line.{benefit.id}.present",
                       f"SUMPRODUCT({first}{row}:{last}{row},{schedule})")


def _in_force(filler: _Filler, position: int, benefit: Benefit) -> None:
    """Shares of running as inputs, then what falls in each year."""
    cells, table, money = filler.cells, filler.cells.table, benefit.money
    assert money is not None
    years, row = cells.force.years, cells.force.row(position)
    given = f"benefits.register.{benefit.id}.value"
    if benefit.chain is None:
        spelled_out(years, cells.shares.row(position), money, f"{given}.by_year")
        years.row(row, f"@{cells.shares.row(position)}")
        return
    if money.ramp_step:
        ramp = filler.adoption.ramp.row(filler.adoption.position[money.ramp_step])
        years.row(cells.shares.row(position), f"Adoption!@{ramp}", unit=Unit.SHARE)
    else:
        ramp_inputs(cells.shares, position, money.ramp, given)
    years.row(row, share_in_force(table.at("to", position), table.at("start", position), cells.shares, position), unit=Unit.SHARE)


def _central(filler: _Filler) -> None:
    """The benefits of the central case by year, on each schedule: what a delay moves."""
    cells = filler.cells
    for position, schedule in enumerate(("standard", "health")):
        cells.central.years.sheet.text(cells.central.row(position), 2, f"on the {schedule} schedule")
        formula = (f'SUMIFS({cells.planned.column},{cells.planned.down(SCHEDULE_COLUMN)},"{schedule}")'
                   if filler.appraisal.benefits else "0")
        cells.central.years.row(cells.central.row(position), formula)
