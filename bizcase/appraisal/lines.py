"""Each cost and benefit by year, under a scenario. The sums of an appraisal are sums of these lines."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bizcase.appraisal.discounting import present_value
from bizcase.appraisal.inputs import Benefit, Chain, Cost, Inputs, Option
from bizcase.appraisal.money import Flow, Money
from bizcase.appraisal.scenario import Bias, Ends, Scenario

AMOUNT = "amount"
"""The name of the range of a benefit whose amounts are spelled out: a share of all of them."""


@dataclass(frozen=True, slots=True)
class CostLine:
    """A cost by year: `base` as given, at base-year prices; `planned` as the scenario has it; `adjusted` for optimism too.

    `adjusted` counts towards value, as the increment on business as usual; `base` and `planned` are what the option spends.
    """

    cost: Cost
    base: Flow
    planned: Flow
    uplift: float
    adjusted: Flow
    present_value: float


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """A monetised benefit by year; a dis-benefit is negative.

    `full_year` is its value in a year at full effect, `share` what part of it falls in each year before any delay.
    For amounts spelled out, `full_year` is 1 or -1 and `share` holds the amounts.
    """

    benefit: Benefit
    full_year: float
    share: Flow
    amounts: Flow
    present_value: float


def cost_line(cost: Cost, inputs: Inputs, scenario: Scenario, factors: Flow, option: Option | None = None) -> CostLine:
    """A cost of an option (the preferred one unless given). `planned` is nothing where the option does not bear it."""
    chosen = option if option is not None else inputs.preferred
    price = inputs.prices.to_base(cost.price_year)
    base = tuple(amount * price for amount in cost.money.series(inputs.timeframe))
    change = cost_change(cost, scenario)
    uplift = cost.optimism_bias.at_the_upper_bound if scenario.optimism_bias is Bias.UPPER else cost.optimism_bias.uplift
    weight = inputs.weight(cost, chosen)
    planned = tuple(amount * change * inputs.bears(cost, chosen) for amount in base)
    adjusted = tuple(amount * change * (1 + uplift) * weight for amount in base)
    return CostLine(cost, base, planned, uplift, adjusted, present_value(adjusted, factors))


def cost_change(cost: Cost, scenario: Scenario) -> float:
    """What a scenario multiplies a cost by, optimism bias apart."""
    return (1 + scenario.costs) * _end_of_costs(cost, scenario.ranges) * _taken(cost.steps, scenario)


def _end_of_costs(cost: Cost, ends: Ends) -> float:
    if cost.spread is None or ends is Ends.CENTRAL:
        return 1.0
    return cost.spread.high if ends is Ends.UNFAVOURABLE else cost.spread.low


def benefit_line(benefit: Benefit, inputs: Inputs, scenario: Scenario, factors: Flow,
                 option: Option | None = None) -> BenefitLine:
    """A monetised benefit of an option; `factors` are those of its own discount schedule."""
    assert benefit.money is not None
    tried = scenario if inputs.in_the_case(benefit) else replace(scenario, ranges=Ends.CENTRAL)
    full_year = benefit.sign * full_year_value(benefit, tried)
    share = shares(benefit.money, inputs)
    change = (1 + scenario.benefits) * _taken(benefit.steps, scenario) * inputs.weight(benefit, option)
    late = delayed(share, scenario.delay)
    amounts = tuple(full_year * change * part for part in late)
    return BenefitLine(benefit, full_year, share, amounts, present_value(amounts, factors))


def full_year_value(benefit: Benefit, scenario: Scenario) -> float:
    """Pounds in a full year, dis-benefits positive; 1, or the end of its range, where the amounts are spelled out."""
    if benefit.chain is None:
        of_a_year = benefit.money.per_year if benefit.money is not None else None
        return (1.0 if of_a_year is None else of_a_year) * end_of(benefit, AMOUNT, 1.0, scenario.ranges)
    chain = chain_at(benefit, benefit.chain, scenario.ranges)
    return chain.before_deadweight * (1 - min(1.0, chain.deadweight + scenario.deadweight))


def chain_at(benefit: Benefit, chain: Chain, ends: Ends) -> Chain:
    """A benefit's chain with every factor that has a range at one end of it."""
    named = {name: end_of(benefit, name, getattr(chain, name), ends) for name in benefit.ranges}
    return replace(chain, **named)


def end_of(benefit: Benefit, name: str, central: float, ends: Ends) -> float:
    """A factor at the end of its range that is worse or better for value: more deadweight is worse, less of others is."""
    found = benefit.ranges.get(name)
    if found is None or ends is Ends.CENTRAL:
        return central
    high_is_worse = (name == "deadweight") != benefit.disbenefit
    return found.high if high_is_worse == (ends is Ends.UNFAVOURABLE) else found.low


def shares(money: Money, inputs: Inputs) -> Flow:
    """The part of a full year that falls in each year; the amounts themselves where they are spelled out."""
    years = inputs.timeframe.calendar
    if money.per_year is None:
        return tuple(money.in_year(year) for year in years)
    return tuple(money.share(year) if money.runs_in(year) else 0.0 for year in years)


def delayed(flow: Flow, years: int) -> Flow:
    """A flow that comes so many years later; what falls outside the years appraised is lost."""
    return (*([0.0] * min(years, len(flow))), *flow[:max(0, len(flow) - years)])


def _taken(steps: tuple[str, ...], scenario: Scenario) -> float:
    return 1.0 if scenario.scale_up or not steps else 0.0
