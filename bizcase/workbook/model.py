"""Puts the sheets together. Sheets that point at one another are laid out first and filled afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Figure
from bizcase.appraisal.lines import AMOUNT
from bizcase.appraisal.sensitivity import UPLIFT, Driver
from bizcase.specification.project import Project
from bizcase.workbook.adoption_sheet import AdoptionCells, add_adoption
from bizcase.workbook.appraisal_sheet import add_appraisal
from bizcase.workbook.benefits_sheets import BenefitCells, add_benefits, add_register, fill_benefits
from bizcase.workbook.book import Book
from bizcase.workbook.cash_flow_sheet import FlowRows, add_cash_flow
from bizcase.workbook.charts import add_charts
from bizcase.workbook.checks_sheet import Check, add_checks, sum_of_classes
from bizcase.workbook.costs_sheets import CostCells, add_costs, fill_costs
from bizcase.workbook.discounting_sheet import USED, FactorCells, add_discounting
from bizcase.workbook.front_sheets import add_read_me, add_summary
from bizcase.workbook.funding_cells import FundingCells
from bizcase.workbook.funding_sheet import add_funding, declared_gap, fill_funding, flow_of
from bizcase.workbook.inputs_sheet import InputCells, add_inputs
from bizcase.workbook.lines_sheet import LineCells, add_lines, delayed_value, fill_lines
from bizcase.workbook.measurement_sheet import add_measurement
from bizcase.workbook.numbers_sheet import add_numbers
from bizcase.workbook.options_sheet import Membership, add_options, fill_options
from bizcase.workbook.parties_sheet import PartyCells, add_parties
from bizcase.workbook.rate_of_return_sheet import add_rate_of_return
from bizcase.workbook.reconciliation_sheet import add_reconciliation
from bizcase.workbook.register_sheets import add_milestones, add_non_monetised, add_risks, add_sources, add_stakeholders
from bizcase.workbook.scale_up_sheet import add_scale_up
from bizcase.workbook.scenarios_sheet import ScenarioCells, add_scenarios, fill_scenarios
from bizcase.workbook.sensitivity_sheet import DriverCells, Sources, add_delays, add_sensitivity, add_tornado, fill_sensitivity
from bizcase.workbook.simulation_sheet import add_simulation
from bizcase.workbook.table import Table


@dataclass(frozen=True, slots=True)
class _Laid:
    """The sheets that are laid out before any of them is filled."""

    inputs: InputCells
    scenarios: ScenarioCells
    options: Membership
    adoption: AdoptionCells
    costs: CostCells
    benefits: BenefitCells
    funding: FundingCells
    drivers: DriverCells
    lines: LineCells
    factors: FactorCells


def add_model(book: Book, project: Project, analysis: Analysis, given: Sequence[Figure]) -> None:
    """All sheets of the workbook."""
    laid = _lay_out(book, analysis)
    _fill(laid, analysis)
    flow = add_cash_flow(book, analysis, laid.costs.adjusted, laid.benefits.amounts, laid.factors, laid.inputs.first_year)
    risk = add_risks(book, project, analysis, laid.factors)
    add_appraisal(book, analysis, flow, laid.benefits, laid.factors, risk, add_rate_of_return(book, flow))
    parties = add_parties(book, analysis, laid.funding, laid.benefits)
    cash = add_reconciliation(book, analysis, laid.costs, laid.options, laid.factors)
    add_scale_up(book, analysis, laid.lines, laid.adoption)
    tornado = _sensitivity(book, laid, analysis)
    add_simulation(book, analysis, book.ref("scenario.central.npsv"))
    add_register(book, project)
    amounts = {line.benefit.id: laid.benefits.planned.across(position)
               for position, line in enumerate(analysis.appraisal.benefits)}
    measured = add_measurement(book, project, amounts)
    for add in (add_stakeholders, add_milestones, add_non_monetised, add_sources):
        add(book, project)
    add_numbers(book, given)
    failing = add_checks(book, _checks(book, laid, flow, parties, cash, analysis))
    add_charts(book, analysis, tornado)
    add_summary(book, project, analysis, failing, laid.scenarios, measured)
    add_read_me(book, project)


def _lay_out(book: Book, analysis: Analysis) -> _Laid:
    inputs = add_inputs(book, analysis)
    scenarios = add_scenarios(book, analysis)
    return _Laid(
        inputs, scenarios, add_options(book, analysis), add_adoption(book, analysis, inputs.first_year),
        add_costs(book, analysis, inputs.first_year), add_benefits(book, analysis, inputs.first_year),
        add_funding(book, analysis, inputs.first_year), add_sensitivity(book, analysis), add_lines(book, analysis),
        add_discounting(book, analysis, inputs, scenarios.in_use["discounting"]))


def _fill(laid: _Laid, analysis: Analysis) -> None:
    fill_costs(laid.costs, analysis, laid.inputs, laid.scenarios, laid.options, laid.adoption, laid.drivers, laid.factors,
               laid.funding)
    fill_benefits(laid.benefits, analysis, laid.scenarios, laid.options, laid.adoption, laid.drivers, laid.factors)
    fill_funding(laid.funding, analysis, laid.costs, laid.factors)
    fill_lines(laid.lines, analysis, laid.costs, laid.benefits, laid.options, laid.scenarios, laid.drivers, laid.factors)
    keys = [f"scenario_{number}" for number in range(len(analysis.scenarios))]
    fill_scenarios(laid.scenarios, analysis, list(map(laid.lines.of_costs, keys)), list(map(laid.lines.of_benefits, keys)))
    fill_options(laid.options, analysis, laid.lines.of_costs("options"), laid.lines.of_benefits("options"),
                 laid.factors.across("standard"))


def _sensitivity(book: Book, laid: _Laid, analysis: Analysis) -> Table:
    """The drivers, the tornado and the delays; gives the tornado's table."""
    npsv = book.ref("scenario.central.npsv")
    fill_sensitivity(laid.drivers, analysis, _sources(book, laid, analysis), npsv)
    tornado = add_tornado(laid.drivers, analysis)
    add_delays(tornado, analysis, (laid.benefits.central.across(0), laid.benefits.central.across(1)),
               (laid.factors.across("standard"), laid.factors.across("health")), book.ref("scenario.central.pvc"),
               lambda flow, factors, delay: delayed_value(flow, factors, delay, laid.benefits.force))
    return tornado


def _sources(book: Book, laid: _Laid, analysis: Analysis) -> Sources:
    """Central values and slopes of the drivers, from the lines they belong to."""
    costs = {line.cost.id: position for position, line in enumerate(analysis.appraisal.costs)}
    benefits = {line.benefit.id: position for position, line in enumerate(analysis.appraisal.benefits)}
    lines, cost, chain = laid.lines.table, laid.costs.table, laid.benefits.table

    def central(driver: Driver) -> str:
        if driver.name == UPLIFT:
            at = costs[driver.line]
            return f"{cost.at('rate', at)}*(1-{cost.at('mitigation', at)})"
        return "1" if driver.name == AMOUNT or driver.line == "all" else chain.at(driver.name, benefits[driver.line])

    def upper(driver: Driver) -> str:
        at = costs[driver.line]
        return f"MAX({cost.at('rate', at)},{cost.at('upper', at)})"

    def slope(driver: Driver) -> str:
        if driver.line == "all":
            return _slope_of_all(book, laid, driver.name)
        if driver.is_cost:
            at = costs[driver.line]
            value = "scenario_0" if driver.name == AMOUNT else "one"
            counts = "" if driver.name == AMOUNT else f"*{lines.at('counts', at)}"
            return f"-{lines.at(value, at)}{counts}"
        at = laid.lines.benefit(benefits[driver.line])
        if driver.name == AMOUNT:
            return lines.at("scenario_0", at)
        rest = _other_factors(laid, driver.name, benefits[driver.line])
        return f"{lines.at('one', at)}*{lines.at('counts', at)}*{chain.at('sign', benefits[driver.line])}*{rest}"

    return Sources(central, slope, upper)


def _slope_of_all(book: Book, laid: _Laid, name: str) -> str:
    if name == "costs":
        return f"-{book.ref('scenario.central.pvc')}"
    if name == "benefits":
        return book.ref("scenario.central.pvb")
    kind = {"CRB": "cash-releasing", "NCRB": "non-cash-releasing", "SB": "societal"}[name]
    return f'SUMIFS({laid.lines.of_benefits("scenario_0")},{laid.lines.of_benefits("class")},"{kind}")'


def _other_factors(laid: _Laid, name: str, position: int) -> str:
    """The product of all factors of a benefit but one; less of it for deadweight, which takes away."""
    chain = laid.benefits.table
    plain = [chain.at(key, position) for key in ("volume", "effect", "unit_value", "attribution", "take_up") if key != name]
    left = [] if name == "deadweight" else [f"(1-{chain.at('deadweight', position)})"]
    caution = [] if name == "confidence_adjustment" else [f"(1+{chain.at('confidence_adjustment', position)})"]
    return ("-1*" if name == "deadweight" else "") + "*".join([*plain, *left, *caution])


def _checks(book: Book, laid: _Laid, flow: FlowRows, parties: PartyCells, cash: str, analysis: Analysis) -> Iterator[Check]:
    """What must hold, whatever the inputs and whichever scenario is shown."""
    ref, factors = book.ref, laid.factors
    last = flow.years.span[1]
    yield Check("NPSV is the present value of all benefit lines less that of all costs", ref("npsv"),
                f"SUM({laid.benefits.present.totals})-SUMPRODUCT({flow.across('cost')},{factors.across(USED)})")
    yield Check("PVB is the sum of its classes", ref("pvb"), sum_of_classes(book))
    yield Check("The last cumulative present value is the NPSV", f"'Cash flow'!{last}{flow.row['present_cumulative']}",
                ref("npsv"))
    yield Check("All cost lines are in the cash flow", f"SUM({flow.across('cost')})", f"SUM({laid.costs.adjusted.totals})")
    yield Check("All benefit lines are in the cash flow", f"SUM({flow.across('benefit')})",
                f"SUM({laid.benefits.amounts.totals})")
    yield Check("The scenario shown has the NPSV that the comparison of scenarios gives it", ref("npsv"),
                f"INDEX({laid.scenarios.table.down('npsv')},{laid.scenarios.chosen})")
    asked = f"AND({laid.scenarios.chosen}=1,{ref('total.funding')}<>0)"
    open_ = f"{flow_of(laid.funding, 'gap')}-{flow_of(laid.funding, 'surplus')}-{declared_gap(laid.funding)}"
    yield Check("In each year, what is not funded is what the bid declares (central case, where it names any funding)",
                f"SUMPRODUCT(({open_})*({open_}))*IF({asked},1,0)", "0")
    yield Check("The cost of the economic case leads to the cash cost", cash, ref("total.cash_cost"))
    yield Check("What all organisations pay is the PVC", parties.total("pays"), ref("pvc"))
    yield Check("What all organisations gain is the PVB",
                f"SUM({parties.total('CRB')},{parties.total('NCRB')},{parties.total('SB')})", ref("pvb"))
    yield Check("After the last step of scale-up the NPSV is that of the central case",
                ref(f"stage.{analysis.scale_up.reached[-1].step.id if analysis.scale_up.reached[-1].step else 'host'}.npsv"),
                ref("scenario.central.npsv"))
    if analysis.options and analysis.appraisal.inputs.preferred is not None:
        preferred = ref(f"option.{analysis.appraisal.inputs.preferred.id}.npsv")
        yield Check("The preferred option has the NPSV of the central case", f"IF(ISNUMBER({preferred}),{preferred},0)",
                    ref("scenario.central.npsv"))
    yield Check("Optimism bias never lowers a cost", f"MIN(0,-{ref('reconcile.optimism_bias')})", "0")
    yield Check("Year 0 is not discounted", f"INDEX({factors.across('standard')},1)+INDEX({factors.across('health')},1)", "1+1")
    rates = "+".join(f"SUMPRODUCT(({rates}<0)+({rates}>0.2))" for _, rates in laid.inputs.schedules.values())
    yield Check("Each rate of discount lies between 0% and 20%", rates, "0")
    yield Check("The cliff is paid by confirmed funding, unconfirmed funding or nobody", ref("total.cliff.recurrent"),
                "+".join(ref(f"total.cliff.{name}") for name in ("confirmed", "unconfirmed", "nobody")))

