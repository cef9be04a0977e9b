"""The Lines sheet: the present value of every line in every scenario, whichever of them the workbook shows."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Unit
from bizcase.appraisal.inputs import Benefit, Cost
from bizcase.workbook.benefits_sheets import BenefitCells
from bizcase.workbook.book import Book
from bizcase.workbook.costs_sheets import CostCells
from bizcase.workbook.discounting_sheet import FactorCells
from bizcase.workbook.options_sheet import Membership
from bizcase.workbook.scenarios_sheet import ScenarioCells, while_scaling, whole_years
from bizcase.workbook.sensitivity_sheet import DriverCells
from bizcase.workbook.table import Column, Table, new_table
from bizcase.workbook.years import Block

FIXED = (
    Column("id", "ID", 8), Column("title", "Line", 36), Column("class", "Type or class", 20), Column("step", "Stage", 8, True),
    Column("counts", "Counts as", 9, True), Column("one", "Value of 1, standard", 15, True),
    Column("one_reduced", "Value of 1, reduced", 15, True), Column("options", "Central, any option", 15, True),
    Column("to_year", "Central, to the headline year", 15, True),
)


@dataclass(frozen=True, slots=True)
class LineCells:
    """The lines: costs first, then benefits. Costs and benefits each have at least one row, blank if need be."""

    table: Table
    costs: int
    benefits: int

    @property
    def first_benefit(self) -> int:
        return max(1, self.costs)

    def of_costs(self, key: str) -> str:
        return self.table.sheet.down(self.table.column(key), self.table.first, self.table.row(self.first_benefit - 1))

    def of_benefits(self, key: str) -> str:
        return self.table.sheet.down(self.table.column(key), self.table.row(self.first_benefit), self.table.last)

    def benefit(self, position: int) -> int:
        """The position of a benefit among all lines."""
        return self.first_benefit + position


def add_lines(book: Book, analysis: Analysis) -> LineCells:
    appraisal = analysis.appraisal
    scenarios = [Column(f"scenario_{number}", found.scenario.name, 15, True) for number, found in enumerate(analysis.scenarios)]
    costs, benefits = len(appraisal.costs), len(appraisal.benefits)
    table = new_table(book, "Lines", "Present value of each line in each scenario",
                      book.own("Working sheet. Costs are positive; a dis-benefit is negative. Value of 1: the present value of "
                               "a cost before optimism bias, or of one pound of a benefit's full year."), (*FIXED, *scenarios),
                      max(1, costs) + max(1, benefits))
    table.sheet.freeze(table.first, 3)
    return LineCells(table, costs, benefits)


@dataclass(frozen=True, slots=True)
class _Filler:
    cells: LineCells
    analysis: Analysis
    costs: CostCells
    benefits: BenefitCells
    membership: Membership
    scenarios: ScenarioCells
    drivers: DriverCells
    factors: FactorCells

    @property
    def until(self) -> int:
        return self.analysis.appraisal.headline_year + 1

    def setting(self, scenario: int, key: str) -> str:
        return self.scenarios.table.at(key, scenario)


def fill_lines(cells: LineCells, analysis: Analysis, costs: CostCells, benefits: BenefitCells, membership: Membership,
               scenarios: ScenarioCells, drivers: DriverCells, factors: FactorCells) -> None:
    filler = _Filler(cells, analysis, costs, benefits, membership, scenarios, drivers, factors)
    for position, line in enumerate(analysis.appraisal.costs):
        _cost(filler, position, line.cost)
    for position, gain in enumerate(analysis.appraisal.benefits):
        _benefit(filler, position, gain.benefit)


def _labels(filler: _Filler, row: int, line: Cost | Benefit, counts: str) -> None:
    table = filler.cells.table
    order = {step.id: number for number, step in enumerate(filler.analysis.appraisal.inputs.steps, 1)}
    title, kind = (line.item, line.type) if isinstance(line, Cost) else (line.title, line.benefit_class)
    for key, text in (("id", line.id), ("title", title), ("class", kind)):
        table.sheet.text(table.row(row), table.column(key), text)
    table.sheet.constant(table.row(row), table.column("step"), max((order.get(name, 0) for name in line.steps), default=0))
    table.sheet.formula(table.row(row), table.column("counts"), counts)


def _cost(filler: _Filler, position: int, cost: Cost) -> None:
    table, costs, factors = filler.cells.table, filler.costs, filler.factors
    _labels(filler, position, cost, filler.membership.counts(position))
    sheet, row = table.sheet, table.row(position)
    base = costs.base.across(position)
    sheet.formula(row, table.column("one"), f"SUMPRODUCT({base},{factors.across('standard')})", Unit.POUNDS)
    sheet.formula(row, table.column("one_reduced"), f"SUMPRODUCT({base},{factors.across('reduced')})", Unit.POUNDS)
    here = {key: table.here(key, position) for key in ("counts", "one", "one_reduced", "step")}
    rate, mitigation, upper, step = (costs.table.at(key, position) for key in ("rate", "mitigation", "upper", "step"))
    central = f"(1+{rate}*(1-{mitigation}))"
    sheet.formula(row, table.column("options"), f"{here['one']}*{central}", Unit.POUNDS)
    sheet.formula(row, table.column("to_year"),
                  f"SUM(INDEX({base},1):INDEX({base},{filler.until}))*{central}*{here['counts']}", Unit.POUNDS)
    for scenario in range(len(filler.analysis.scenarios)):
        use = {key: filler.setting(scenario, key) for key in ("costs", "end", "optimism_bias", "scale_up", "discounting")}
        end = filler.drivers.end(f"{cost.id}.amount", use["end"], "1", high_is_worse=True) if cost.spread else ""
        uplift = f'IF({use["optimism_bias"]}="upper bound",MAX({rate},{upper}),{rate}*(1-{mitigation}))'
        sheet.formula(row, table.column(f"scenario_{scenario}"),
                      f'IF({use["discounting"]}="reduced",{here["one_reduced"]},{here["one"]})*(1+{use["costs"]}){end}'
                      f'*(1+{uplift}){while_scaling(step, use["scale_up"])}*{here["counts"]}', Unit.POUNDS)


def _benefit(filler: _Filler, position: int, benefit: Benefit) -> None:
    table, cells, factors = filler.cells.table, filler.benefits, filler.factors
    line = filler.cells.benefit(position)
    _labels(filler, line, benefit, filler.membership.counts(filler.cells.costs + position))
    sheet, row, force = table.sheet, table.row(line), cells.force.across(position)
    schedules = ("health", "health") if benefit.health else ("standard", "reduced")
    for key, name in zip(("one", "one_reduced"), schedules, strict=True):
        sheet.formula(row, table.column(key), f"SUMPRODUCT({force},{factors.across(name)})", Unit.FACTOR)
    here = {key: table.here(key, line) for key in ("counts", "one", "step")}
    central, step = cells.table.at("central", position), cells.table.at("step", position)
    sheet.formula(row, table.column("options"), f"{here['one']}*{central}", Unit.POUNDS)
    sheet.formula(row, table.column("to_year"),
                  f"SUM(INDEX({force},1):INDEX({force},{filler.until}))*{central}*{here['counts']}", Unit.POUNDS)
    gross, deadweight = (",".join(cells.table.at(f"{name}_{end}", position) for end in (1, 2, 3))
                         for name in ("gross", "deadweight"))
    for scenario in range(len(filler.analysis.scenarios)):
        use = {key: filler.setting(scenario, key)
               for key in ("benefits", "delay", "deadweight", "end", "scale_up", "discounting")}
        left = f"*(1-MIN(1,CHOOSE({use['end']},{deadweight})+{use['deadweight']}))" if benefit.chain is not None else ""
        late = [delayed_value(force, factors.across(name), whole_years(use["delay"]), cells.force) for name in schedules]
        worth = late[0] if benefit.health else f'IF({use["discounting"]}="reduced",{late[1]},{late[0]})'
        sheet.formula(row, table.column(f"scenario_{scenario}"),
                      f'CHOOSE({use["end"]},{gross}){left}*(1+{use["benefits"]}){while_scaling(step, use["scale_up"])}'
                      f'*{here["counts"]}*{worth}', Unit.POUNDS)


def delayed_value(flow: str, factors: str, delay: str, block: Block) -> str:
    """The present value of a flow that comes so many years later; what falls outside the years appraised is lost."""
    years = block.years.timeframe.years + 1
    return (f"IF({delay}>={years},0,SUMPRODUCT(INDEX({flow},1):INDEX({flow},MAX(1,{years}-{delay})),"
            f"INDEX({factors},MIN({years},1+{delay})):INDEX({factors},{years})))")

