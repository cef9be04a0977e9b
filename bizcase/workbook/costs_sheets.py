"""The cost sheets: the register of costs, and each cost by year before and after optimism bias, and in cash."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Unit
from bizcase.appraisal.inputs import Cost
from bizcase.appraisal.lines import CostLine
from bizcase.workbook.adoption_sheet import AdoptionCells
from bizcase.workbook.amounts import ramp_inputs, share_in_force, span_inputs, spelled_out, yearly_input
from bizcase.workbook.book import SHARE, Book, Bounds
from bizcase.workbook.discounting_sheet import CASH, FactorCells
from bizcase.workbook.funding_cells import FundingCells
from bizcase.workbook.inputs_sheet import InputCells
from bizcase.workbook.options_sheet import Membership
from bizcase.workbook.scenarios_sheet import ScenarioCells, while_scaling
from bizcase.workbook.sensitivity_sheet import DriverCells
from bizcase.workbook.table import Column, Table, new_table, priced
from bizcase.workbook.years import LABEL_ROW, Block, year_sheet

COLUMNS = (
    Column("id", "ID", 8), Column("item", "Item", 34), Column("category", "Category", 18), Column("type", "Type", 11),
    Column("recurrent", "Recurrent", 11), Column("payer", "Payer", 9), Column("after", "Payer after the grant", 11),
    Column("step", "Step of scale-up", 10), Column("yearly", "£ a year", 13, True), Column("from", "From", 10),
    Column("to", "To", 10), Column("start", "Starts in year", 9, True), Column("price_year", "Prices of", 9, True),
    Column("price", "To base-year prices", 11, True), Column("bias_category", "Kind of project", 18),
    Column("rate", "Optimism bias", 11, True), Column("mitigation", "Mitigated", 11, True),
    Column("upper", "Upper bound", 11, True), Column("uplift", "Uplift in use", 11, True),
    Column("change", "Scenario, multiplies by", 11, True), Column("vat", "VAT not recovered", 11, True),
    Column("until", "Payer pays until year", 10, True), Column("reason", "Why mitigated", 30), Column("status", "Status", 13),
    Column("source", "Source", 44),
)
TYPE_COLUMN = 3
UPLIFT = Bounds(0, 5)


@dataclass(frozen=True, slots=True)
class CostCells:
    """The register, and the blocks by year: shares of running, `base` costs, costs `adjusted` for optimism, and `cash`."""

    table: Table
    shares: Block
    base: Block
    adjusted: Block
    cash: Block

    @property
    def planned_row(self) -> int:
        return self.cash.last + 2

    @property
    def planned(self) -> str:
        """What the preferred option spends in each year at base-year prices, in the scenario shown."""
        return self.cash.years.across(self.planned_row)


def add_costs(book: Book, analysis: Analysis, first_year: str) -> CostCells:
    """Lays out both sheets."""
    costs = analysis.appraisal.costs
    table = new_table(book, "Costs", "Costs", "One line a cost, real terms, without VAT. Amounts spelled out by year stand on "
                      "Costs by year.", priced(book, COLUMNS), len(costs))
    table.sheet.freeze(table.first, 3)
    years = year_sheet(book, analysis.appraisal.timeframe, "Costs by year", "Costs by year",
                       "The share of each amount that falls in a year, then the cost at base-year prices, with optimism bias, "
                       "and in cash.", ["ID", "Item", "Type", "Payer"], first_year)
    shares = Block(years, LABEL_ROW + 2, len(costs))
    base = Block(years, shares.end, len(costs))
    adjusted = Block(years, base.end, len(costs))
    cash = Block(years, adjusted.end, len(costs))
    shares.head_positions("Share of the yearly amount in its")
    base.head("Cost before optimism bias, base-year prices, £")
    adjusted.head("Cost with optimism bias, in the scenario shown, as the increment on business as usual, £")
    cash.head("Cash cost of the preferred option, in the scenario shown, with inflation and VAT, £")
    return CostCells(table, shares, base, adjusted, cash)


@dataclass(frozen=True, slots=True)
class _Filler:
    cells: CostCells
    analysis: Analysis
    inputs: InputCells
    scenarios: ScenarioCells
    membership: Membership
    adoption: AdoptionCells
    drivers: DriverCells
    factors: FactorCells
    funding: FundingCells


def fill_costs(cells: CostCells, analysis: Analysis, inputs: InputCells, scenarios: ScenarioCells, membership: Membership,
               adoption: AdoptionCells, drivers: DriverCells, factors: FactorCells, funding: FundingCells) -> None:
    """Writes every cost: its line in the register, then its years."""
    filler = _Filler(cells, analysis, inputs, scenarios, membership, adoption, drivers, factors, funding)
    for position, line in enumerate(analysis.appraisal.costs):
        _register(filler, position, line.cost)
        _formulas(filler, position, line.cost)
        _years(filler, position, line)
    _planned(filler)


def _planned(filler: _Filler) -> None:
    cells, membership, count = filler.cells, filler.membership, len(filler.analysis.appraisal.costs)
    cells.base.years.sheet.text(cells.planned_row, 2, "All, at base-year prices", "bc total label")
    borne = membership.sheet.down(membership.counts_column + 1, membership.first, membership.first + max(1, count) - 1)
    planned = f"SUMPRODUCT({cells.base.column},{cells.table.down('change')},{borne})" if count else "0"
    cells.base.years.row(cells.planned_row, planned, "flow.planned", style="bc total")
    cells.base.years.total(cells.planned_row, figure_id="total.planned", style="bc total")


def _register(filler: _Filler, position: int, cost: Cost) -> None:
    table = filler.cells.table
    sheet, row = table.sheet, table.row(position)
    for key, text in (("id", cost.id), ("item", cost.item), ("category", cost.category), ("type", cost.type),
                      ("recurrent", "yes" if cost.recurrent else "no"), ("payer", cost.payer), ("after", cost.payer_after_grant),
                      ("step", cost.step), ("bias_category", cost.optimism_bias.category),
                      ("reason", cost.optimism_bias.reason), ("status", cost.status), ("source", cost.source)):
        sheet.text(row, table.column(key), text)
    given = f"resources.costs.{cost.id}"
    yearly_input(sheet, row, table.column("yearly"), f"{given}.amount", cost.money)
    if cost.money.per_year is not None:
        span_inputs(sheet, row, table.column("from"), cost.money, filler.analysis.appraisal.timeframe, _start(filler, cost))
    for key, value, within in (("rate", cost.optimism_bias.rate, UPLIFT), ("mitigation", cost.optimism_bias.mitigation, SHARE)):
        name = f"{given}.optimism_bias.{key}"
        if name in sheet.book.figures:
            sheet.given(row, table.column(key), name, within)
        else:
            sheet.input(row, table.column(key), value, Unit.SHARE, within)


def _start(filler: _Filler, cost: Cost) -> str:
    """The start of the step that a cost belongs to, where the cost has none of its own."""
    return filler.adoption.start(cost.money.start_step) if cost.money.start_step else ""


def _formulas(filler: _Filler, position: int, cost: Cost) -> None:
    table, inputs, use = filler.cells.table, filler.inputs, filler.scenarios.in_use
    sheet, row = table.sheet, table.row(position)
    here = {column.key: table.here(column.key, position) for column in table.columns}
    base_year = filler.analysis.appraisal.timeframe.price_base_year
    sheet.constant(row, table.column("price_year"), cost.price_year or base_year)
    level = f"LOOKUP({{}},{inputs.price_years},{inputs.price_levels})"
    price = "1" if cost.price_year is None else f"{level.format(inputs.price_base)}/{level.format(here['price_year'])}"
    sheet.formula(row, table.column("price"), price, Unit.FACTOR)
    upper = f"IFERROR(INDEX({inputs.bias_uppers},MATCH({here['bias_category']},{inputs.bias_names},0)),0)"
    sheet.formula(row, table.column("upper"), upper if cost.optimism_bias.category else "0", Unit.SHARE)
    sheet.figure(row, table.column("uplift"), f"line.{cost.id}.uplift",
                 f'IF({use["optimism_bias"]}="upper bound",MAX({here["rate"]},{here["upper"]}),'
                 f'{here["rate"]}*(1-{here["mitigation"]}))')
    end, scaling = _end(filler.drivers, cost, use["end"]), while_scaling(here["step"], use["scale_up"])
    sheet.formula(row, table.column("change"), f"(1+{use['costs']}){end}{scaling}", Unit.FACTOR)
    sheet.formula(row, table.column("vat"), inputs.vat if cost.vat else "0", Unit.SHARE)
    last = f"IFERROR(INDEX({filler.funding.last_years},MATCH({here['payer']},{filler.funding.ids},0)),-1)"
    sheet.formula(row, table.column("until"), last if cost.payer else "-1")


def _end(drivers: DriverCells, cost: Cost, end: str) -> str:
    """The end of a cost's range that a scenario takes; more cost is worse."""
    return drivers.end(f"{cost.id}.amount", end, "1", high_is_worse=True) if cost.spread else ""


def _years(filler: _Filler, position: int, line: CostLine) -> None:
    cells, cost = filler.cells, line.cost
    years, table = cells.base.years, cells.table
    for block in (cells.shares, cells.base, cells.adjusted, cells.cash):
        for column, text in enumerate((cost.id, cost.item, cost.type, cost.payer), 1):
            years.sheet.text(block.row(position), column, text)
    given, row, base = f"resources.costs.{cost.id}.amount", cells.shares.row(position), cells.base.row(position)
    reference = {key: table.at(key, position) for key in ("yearly", "to", "start", "price", "uplift", "change", "vat")}
    if cost.money.per_year is None:
        spelled_out(years, row, cost.money, given)
        years.row(base, f"@{row}*{reference['price']}", f"line.{cost.id}.base")
    else:
        _ramp(filler, position, cost, given)
        share = share_in_force(reference["to"], reference["start"], cells.shares, position)
        years.row(base, f"{reference['yearly']}*{reference['price']}*{share}", f"line.{cost.id}.base")
    years.total(base, figure_id=f"line.{cost.id}")
    adjusted = f"@{base}*{reference['change']}*(1+{reference['uplift']})*{filler.membership.counts(position)}"
    years.row(cells.adjusted.row(position), adjusted)
    years.total(cells.adjusted.row(position), figure_id=f"line.{cost.id}.adjusted")
    years.row(cells.cash.row(position), f"@{base}*{reference['change']}*{filler.membership.borne(position)}"
                                        f"*{filler.factors.in_year(CASH)}*(1+{reference['vat']})")
    years.total(cells.cash.row(position))


def _ramp(filler: _Filler, position: int, cost: Cost, given: str) -> None:
    """The shares of a cost: its own, or those of the step that it follows."""
    if cost.money.ramp_step:
        ramp = filler.adoption.ramp.row(filler.adoption.position[cost.money.ramp_step])
        filler.cells.shares.years.row(filler.cells.shares.row(position), f"Adoption!@{ramp}", unit=Unit.SHARE)
    else:
        ramp_inputs(filler.cells.shares, position, cost.money.ramp, given)

