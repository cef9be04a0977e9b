"""Computes the value of a case from its inputs and a parameter set. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bizcase.appraisal.discounting import annuity, discount_factors
from bizcase.appraisal.inputs import BenefitClass, CostType, Inputs
from bizcase.appraisal.lines import BenefitLine, CostLine, benefit_line, cost_line
from bizcase.appraisal.measures import (
    HALF_A_PENNY,
    benefit_cost_ratio,
    internal_rate_of_return,
    payback,
    return_on_investment,
)
from bizcase.appraisal.money import Flow, Timeframe
from bizcase.appraisal.parameters import ParameterSet
from bizcase.appraisal.scenario import CENTRAL, Discounting, Scenario

HEADLINE_YEAR = 3
MONETISED = (BenefitClass.CRB, BenefitClass.NCRB, BenefitClass.SB)


@dataclass(frozen=True, slots=True)
class Factors:
    """Discount factors of all years: of everything but health, of health, and of each schedule by name."""

    standard: Flow
    health: Flow
    reduced: Flow

    def of(self, scenario: Scenario) -> Flow:
        """The factors that discount everything but health in a scenario."""
        return self.reduced if scenario.discounting is Discounting.REDUCED else self.standard


@dataclass(frozen=True, slots=True)
class CashFlow:
    """The yearly flows, t = 0 first. Costs are positive amounts, adjusted for optimism bias."""

    costs: dict[CostType, Flow]
    benefits: dict[BenefitClass, Flow]
    total_cost: Flow
    total_benefit: Flow
    net: Flow
    cumulative: Flow
    present_cost: Flow
    present_benefit: Flow
    present_net: Flow
    present_cumulative: Flow


@dataclass(frozen=True, slots=True)
class Measures:
    """The answers. ROI is undiscounted and to date; `roi_cash` counts cash-releasing benefits alone, as does `payback_in_cash`.

    `eanb` and `eac` spread NPSV and PVC evenly over the years after year 0. `irr` is None unless it is unique.
    """

    pvc: float
    pvb: float
    pvb_by_class: dict[BenefitClass, float]
    npsv: float
    bcr: float | None
    roi_cash: tuple[float | None, ...]
    roi: tuple[float | None, ...]
    payback: float | None
    discounted_payback: float | None
    payback_in_cash: float | None
    eanb: float
    eac: float
    irr: float | None


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A case under one scenario."""

    inputs: Inputs
    parameters: ParameterSet
    scenario: Scenario
    factors: Factors
    costs: tuple[CostLine, ...]
    benefits: tuple[BenefitLine, ...]
    flow: CashFlow
    measures: Measures

    @property
    def timeframe(self) -> Timeframe:
        return self.inputs.timeframe

    @property
    def headline_year(self) -> int:
        """The year whose return on investment is quoted first: year 3 (manual §5.4), or the last where there are fewer."""
        return min(HEADLINE_YEAR, self.timeframe.years)


def appraise(inputs: Inputs, parameters: ParameterSet, scenario: Scenario = CENTRAL) -> Appraisal:
    """The lines, flows and measures of a case under a scenario."""
    years = inputs.timeframe.years
    factors = Factors(*(discount_factors(schedule, years)
                        for schedule in (parameters.standard, parameters.health, parameters.reduced)))
    standard = factors.of(scenario)
    costs = tuple(cost_line(cost, inputs, scenario, standard) for cost in inputs.costs)
    benefits = tuple(benefit_line(benefit, inputs, scenario, factors.health if benefit.health else standard)
                     for benefit in inputs.benefits if benefit.monetised)
    flow = _cash_flow(costs, benefits, standard, factors.health)
    return Appraisal(inputs, parameters, scenario, factors, costs, benefits, flow, _measures(flow, benefits, standard))


def _cash_flow(costs: Sequence[CostLine], benefits: Sequence[BenefitLine], factors: Flow, health: Flow) -> CashFlow:
    years = len(factors)
    by_type = {kind: total((line.adjusted for line in costs if line.cost.type is kind), years) for kind in CostType}
    by_class = {kind: total((line.amounts for line in benefits if line.benefit.benefit_class is kind), years)
                for kind in MONETISED}
    total_cost, total_benefit = total(by_type.values(), years), total(by_class.values(), years)
    net = minus(total_benefit, total_cost)
    present_cost = times(total_cost, factors)
    on_health = total((line.amounts for line in benefits if line.benefit.health), years)
    present_benefit = total((times(minus(total_benefit, on_health), factors), times(on_health, health)), years)
    present_net = minus(present_benefit, present_cost)
    return CashFlow(by_type, by_class, total_cost, total_benefit, net, tuple(accumulate(net)),
                    present_cost, present_benefit, present_net, tuple(accumulate(present_net)))


def _measures(flow: CashFlow, benefits: Sequence[BenefitLine], factors: Flow) -> Measures:
    pvc, pvb = sum(flow.present_cost), sum(flow.present_benefit)
    by_class = {kind: sum(line.present_value for line in benefits if line.benefit.benefit_class is kind)
                for kind in MONETISED}
    cash = flow.benefits[BenefitClass.CRB]
    to_the_service = total((cash, flow.benefits[BenefitClass.NCRB]), len(cash))
    return Measures(pvc, pvb, by_class, pvb - pvc, benefit_cost_ratio(pvb, pvc),
                    return_on_investment(cash, flow.total_cost),
                    return_on_investment(to_the_service, flow.total_cost),
                    payback(flow.net), payback(flow.present_net), payback(minus(cash, flow.total_cost)),
                    (pvb - pvc) / annuity(factors), pvc / annuity(factors), internal_rate_of_return(flow.net))


def total(flows: Iterable[Flow], years: int) -> Flow:
    """The sum of some flows, year by year; nothing in each of so many years where there are none."""
    rows = list(flows)
    return tuple(sum(row[year] for row in rows) for year in range(years))


def minus(left: Flow, right: Flow) -> Flow:
    return tuple(a - b for a, b in zip(left, right, strict=True))


def times(flow: Flow, factors: Flow) -> Flow:
    return tuple(a * b for a, b in zip(flow, factors, strict=True))


def settled(flow: Flow) -> Flow:
    """A difference of flows, where less than half a penny is nothing: the rest is noise of the last digits."""
    return tuple(0.0 if abs(amount) < HALF_A_PENNY else amount for amount in flow)
