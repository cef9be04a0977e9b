"""Cases of every kind for properties: options, steps of scale-up, ranges, prices, payers and risks, drawn at random."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from bizcase.appraisal.inputs import (
    Benefit,
    BenefitClass,
    Chain,
    Cost,
    CostType,
    Funding,
    Inputs,
    OptimismBias,
    Option,
    Range,
    Risk,
    Status,
    Step,
)
from bizcase.appraisal.lines import AMOUNT
from bizcase.appraisal.money import Money, Timeframe
from bizcase.appraisal.prices import Prices
from tests.appraisal.making import CHOSEN, FIRST_YEAR, GREEN_BOOK, USUAL

LESSER = Option("A3", "A lesser portal", "do minimum", life=2)
OPTIONS = (USUAL, CHOSEN, LESSER)
BORNE_BY = [(), (), ("A2",), ("A2", "A3"), ("A1", "A2"), ("A1",), ("A3",)]
PEOPLE = ["Northmoor", "Eastfield", "Patients"]
FACTORS = ("volume", "effect", "unit_value", "attribution", "deadweight", "take_up", "confidence_adjustment")

percent = st.integers(0, 100).map(lambda value: value / 100)
pounds = st.integers(0, 100_000).map(float)
ramps = st.sampled_from([(), (1.0,), (0.5, 1.0), (0.25, 0.5, 0.75)])
named_steps = st.sampled_from([(), (), ("X1",), ("X2",), ("X1", "X2")])
spreads = st.tuples(percent, percent).map(lambda ends: Range(1 - ends[0] / 2, 1 + ends[1]))


@st.composite
def monies(draw: st.DrawFn, years: int) -> Money:
    if draw(st.booleans()):
        amounts = draw(st.lists(pounds, min_size=years + 1, max_size=years + 1))
        return Money(by_year={FIRST_YEAR + year: amount for year, amount in enumerate(amounts)})
    return Money(per_year=draw(pounds), start=FIRST_YEAR + draw(st.integers(0, years)), ramp=draw(ramps))


@st.composite
def some_costs(draw: st.DrawFn, name: str, years: int) -> Cost:
    bias = OptimismBias("", draw(percent), draw(percent), upper=draw(percent))
    return Cost(name, f"Item {name}", "other", draw(st.sampled_from(list(CostType))), draw(st.booleans()), draw(monies(years)),
                draw(st.sampled_from(["", "F1", "F2"])), draw(st.sampled_from(["", "F2"])),
                draw(st.sampled_from([OptimismBias(), bias])), draw(st.sampled_from(list(Status))), "",
                draw(st.sampled_from(BORNE_BY)), draw(st.sampled_from([None, 2023, 2025])), draw(st.sampled_from([0.0, 0.2])),
                draw(st.none() | spreads), draw(st.sampled_from(["", "", "X1", "X2"])))


def range_of(name: str, central: float, reach: float) -> Range:
    """A range about a factor's central value that stays within what is possible."""
    if name == "confidence_adjustment":
        return Range(max(-1.0, central - reach), min(0.0, central + reach))
    high = central * (1 + reach) if name in ("volume", "effect", "unit_value") else min(1.0, central + reach)
    return Range(max(0.0, central * (1 - reach)), high)


@st.composite
def some_benefits(draw: st.DrawFn, name: str, years: int) -> Benefit:
    kind = draw(st.sampled_from([BenefitClass.CRB, BenefitClass.NCRB, BenefitClass.SB]))
    plain = Benefit(name, f"Gain {name}", kind, disbenefit=draw(st.booleans()), health=draw(st.booleans()),
                    steps=draw(named_steps), status=draw(st.sampled_from(list(Status))), options=draw(st.sampled_from(BORNE_BY)),
                    accrues_to=draw(st.sampled_from(PEOPLE)))
    if draw(st.booleans()):
        amounts = draw(st.lists(pounds, min_size=years + 1, max_size=years + 1))
        money = Money(by_year={FIRST_YEAR + year: amount for year, amount in enumerate(amounts)})
        spread = draw(st.none() | spreads)
        return replace(plain, money=money, ranges={AMOUNT: spread} if spread else {})
    chain = Chain(draw(st.integers(0, 1000)), draw(percent), draw(st.integers(0, 1000)), draw(percent), draw(percent),
                  draw(percent), -draw(percent))
    named = draw(st.lists(st.sampled_from(FACTORS), unique=True, max_size=3))
    money = Money(per_year=chain.full_year_value, start=FIRST_YEAR + draw(st.integers(0, years)), ramp=draw(ramps))
    ranges = {factor: range_of(factor, getattr(chain, factor), draw(percent)) for factor in named}
    return replace(plain, chain=chain, money=money, ranges=ranges)


@st.composite
def some_inputs(draw: st.DrawFn) -> Inputs:
    """A case over up to eight years; its price levels go on after the last published one with the assumed inflation."""
    years = draw(st.integers(1, 8))
    costs = [draw(some_costs(f"C{number}", years)) for number in range(draw(st.integers(1, 4)))]
    benefits = [draw(some_benefits(f"B{number}", years)) for number in range(draw(st.integers(1, 4)))]
    funding = [Funding("F1", "Fund", "grant", draw(monies(years)), draw(st.sampled_from(["confirmed", "applied for"])), ""),
               Funding("F2", "Board", "host", draw(monies(years)), draw(st.sampled_from(["confirmed", "expected"])), "Northmoor")]
    steps = (Step("X1", "Near", 3, FIRST_YEAR + 1, draw(ramps)), Step("X2", "Far", 5, FIRST_YEAR + draw(st.integers(1, years))))
    risks = tuple(Risk(f"R{number}", "Risk", draw(percent), draw(pounds), FIRST_YEAR + draw(st.integers(0, years)))
                  for number in range(draw(st.integers(0, 2))))
    prices = Prices(FIRST_YEAR, GREEN_BOOK.deflator.index, draw(st.sampled_from([0.0, 0.02, 0.05])))
    return Inputs(Timeframe(FIRST_YEAR, FIRST_YEAR, years), tuple(costs), tuple(benefits), tuple(funding),
                  options=draw(st.sampled_from([OPTIONS, OPTIONS, (CHOSEN, LESSER)])), steps=steps, risks=risks,
                  scenarios=GREEN_BOOK.conventions.scenarios, prices=prices)
