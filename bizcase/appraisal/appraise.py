"""Computes an appraisal from its inputs and a parameter set. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bizcase.appraisal.discounting import discount_factors, present_value
from bizcase.appraisal.inputs import Benefit, BenefitClass, Cost, CostType, Funding, Inputs, Timeframe
from bizcase.appraisal.measures import benefit_cost_ratio, payback, return_on_investment
from bizcase.appraisal.parameters import ParameterSet

Flow = tuple[float, ...]

HEADLINE_YEAR = 3
MONETISED = (BenefitClass.CRB, BenefitClass.NCRB, BenefitClass.SB)


@dataclass(frozen=True, slots=True)
class CostLine:
    """A cost by year: `base` as given, `adjusted` for optimism bias."""

    cost: Cost
    base: Flow
    adjusted: Flow
    present_value: float


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """A monetised benefit by year; a dis-benefit is negative. `share` is 1 at full effect, less while it ramps up."""

    benefit: Benefit
    share: Flow
    amounts: Flow
    present_value: float


@dataclass(frozen=True, slots=True)
class FundingLine:
    funding: Funding
    amounts: Flow


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
    """The answers. ROI is undiscounted and to date; `roi_cash` counts cash-releasing benefits alone."""

    pvc: float
    pvb: float
    pvb_by_class: dict[BenefitClass, float]
    npsv: float
    bcr: float | None
    roi_cash: tuple[float | None, ...]
    roi: tuple[float | None, ...]
    payback: float | None
    discounted_payback: float | None


@dataclass(frozen=True, slots=True)
class Affordability:
    """Base costs beside the funding of each year, and the difference (positive: not funded)."""

    cost: Flow
    funding: Flow
    gap: Flow


@dataclass(frozen=True, slots=True)
class Appraisal:
    inputs: Inputs
    parameters: ParameterSet
    factors: Flow
    health_factors: Flow
    costs: tuple[CostLine, ...]
    benefits: tuple[BenefitLine, ...]
    funding: tuple[FundingLine, ...]
    flow: CashFlow
    measures: Measures
    affordability: Affordability

    @property
    def timeframe(self) -> Timeframe:
        return self.inputs.timeframe

    @property
    def headline_year(self) -> int:
        """The year whose return on investment is quoted first: year 3 (manual §5.4), or the last where there are fewer."""
        return min(HEADLINE_YEAR, self.timeframe.years)


def appraise(inputs: Inputs, parameters: ParameterSet) -> Appraisal:
    """The whole appraisal: lines, flows, measures and affordability."""
    time = inputs.timeframe
    factors = discount_factors(parameters.standard, time.years)
    health = discount_factors(parameters.health, time.years)
    costs = tuple(_cost_line(cost, time, factors) for cost in inputs.costs)
    benefits = tuple(_benefit_line(benefit, time, health if benefit.health else factors)
                     for benefit in inputs.benefits if benefit.monetised)
    funding = tuple(FundingLine(row, row.money.series(time)) for row in inputs.funding)
    flow = _cash_flow(costs, benefits, factors, health)
    return Appraisal(inputs, parameters, factors, health, costs, benefits, funding, flow,
                     _measures(flow, benefits), _affordability(costs, funding, time))


def _cost_line(cost: Cost, time: Timeframe, factors: Flow) -> CostLine:
    base = cost.money.series(time)
    adjusted = tuple(amount * (1 + cost.optimism_bias.uplift) for amount in base)
    return CostLine(cost, base, adjusted, present_value(adjusted, factors))


def _benefit_line(benefit: Benefit, time: Timeframe, factors: Flow) -> BenefitLine:
    assert benefit.money is not None
    share = tuple(benefit.money.share(year) if benefit.money.runs_in(year) else 0.0 for year in time.calendar)
    amounts = tuple(benefit.sign * benefit.money.in_year(year) for year in time.calendar)
    return BenefitLine(benefit, share, amounts, present_value(amounts, factors))


def _cash_flow(costs: Sequence[CostLine], benefits: Sequence[BenefitLine], factors: Flow, health: Flow) -> CashFlow:
    years = len(factors)
    by_type = {kind: _sum((line.adjusted for line in costs if line.cost.type is kind), years) for kind in CostType}
    by_class = {kind: _sum((line.amounts for line in benefits if line.benefit.benefit_class is kind), years)
                for kind in MONETISED}
    total_cost, total_benefit = _sum(by_type.values(), years), _sum(by_class.values(), years)
    net = _minus(total_benefit, total_cost)
    present_cost = _times(total_cost, factors)
    on_health = _sum((line.amounts for line in benefits if line.benefit.health), years)
    present_benefit = _sum((_times(_minus(total_benefit, on_health), factors), _times(on_health, health)), years)
    present_net = _minus(present_benefit, present_cost)
    return CashFlow(by_type, by_class, total_cost, total_benefit, net, tuple(accumulate(net)),
                    present_cost, present_benefit, present_net, tuple(accumulate(present_net)))


def _measures(flow: CashFlow, benefits: Sequence[BenefitLine]) -> Measures:
    pvc, pvb = sum(flow.present_cost), sum(flow.present_benefit)
    by_class = {kind: sum(line.present_value for line in benefits if line.benefit.benefit_class is kind)
                for kind in MONETISED}
    cash = flow.benefits[BenefitClass.CRB]
    to_the_service = _sum((cash, flow.benefits[BenefitClass.NCRB]), len(cash))
    return Measures(pvc, pvb, by_class, pvb - pvc, benefit_cost_ratio(pvb, pvc),
                    return_on_investment(cash, flow.total_cost),
                    return_on_investment(to_the_service, flow.total_cost),
                    payback(flow.net), payback(flow.present_net))


def _affordability(costs: Sequence[CostLine], funding: Sequence[FundingLine], time: Timeframe) -> Affordability:
    years = time.years + 1
    cost = _sum((line.base for line in costs), years)
    funded = _sum((line.amounts for line in funding), years)
    return Affordability(cost, funded, _minus(cost, funded))


def _sum(flows: Iterable[Flow], years: int) -> Flow:
    rows = list(flows)
    return tuple(sum(row[year] for row in rows) for year in range(years))


def _minus(left: Flow, right: Flow) -> Flow:
    return tuple(a - b for a, b in zip(left, right, strict=True))


def _times(flow: Flow, factors: Flow) -> Flow:
    return tuple(a * b for a, b in zip(flow, factors, strict=True))
