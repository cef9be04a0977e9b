"""Money by year in its forms, the chain of a benefit, optimism bias, and how sure a total is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.appraisal.inputs import (
    Benefit,
    BenefitClass,
    Chain,
    CostType,
    Inputs,
    Money,
    OptimismBias,
    Status,
    Timeframe,
    weakest,
)
from tests.appraisal.making import appraised, benefit, by_year, cost, often

SIX_YEARS = Timeframe(2026, 2026, 5)


def test_a_timeframe_counts_year_0_and_the_years_that_follow() -> None:
    assert SIX_YEARS.calendar == (2026, 2027, 2028, 2029, 2030, 2031)
    assert SIX_YEARS.labels == ("2026/27", "2027/28", "2028/29", "2029/30", "2030/31", "2031/32")
    assert Timeframe(2024, 2027, 1).labels == ("2027/28", "2028/29")


@pytest.mark.parametrize(("money", "amounts"), [
    (Money(by_year={2026: 10, 2029: 40}), (10, 0, 0, 40, 0, 0)),
    (Money(per_year=60), (60, 60, 60, 60, 60, 60)),
    (Money(per_year=60, start=2028), (0, 0, 60, 60, 60, 60)),
    (Money(per_year=60, end=2027), (60, 60, 0, 0, 0, 0)),
    (Money(per_year=60, start=2027, end=2029), (0, 60, 60, 60, 0, 0)),
    (Money(per_year=60, start=2028, end=2028), (0, 0, 60, 0, 0, 0)),
    (Money(per_year=60, start=2027, ramp=(0.25, 0.5, 1)), (0, 15, 30, 60, 60, 60)),
    (Money(per_year=60, start=2027, ramp=(0.5,)), (0, 30, 30, 30, 30, 30)),      # the last share lasts
    (Money(per_year=60, start=2027, end=2028, ramp=(1, 0.5, 0)), (0, 60, 30, 0, 0, 0)),
    (Money(per_year=60, start=2024, ramp=(0.25, 0.5, 1)), (60, 60, 60, 60, 60, 60)),  # begun before year 0
    (Money(), (0, 0, 0, 0, 0, 0)),
])
def test_money_becomes_an_amount_for_each_year(money: Money, amounts: tuple[float, ...]) -> None:
    assert money.series(SIX_YEARS) == amounts


def test_money_names_the_years_that_must_lie_inside_the_appraisal() -> None:
    assert Money(by_year={2026: 10, 2040: 1}).years_named() == [2026, 2040]
    assert Money(per_year=60, start=2027, end=2029).years_named() == [2027, 2029]
    assert Money(per_year=60).years_named() == []


def test_a_chain_multiplies_its_factors_and_takes_off_deadweight_and_caution_once() -> None:
    # 400 × 0.5 × £1,000 = £200,000; × 0.9 = £180,000; × (1 − 0.1) = £162,000; × 0.8 = £129,600; × (1 − 0.25) = £97,200
    chain = Chain(400, 0.5, 1000, attribution=0.9, deadweight=0.1, take_up=0.8, confidence_adjustment=-0.25)
    assert chain.full_year_value == pytest.approx(97_200, rel=1e-12)


def test_a_chain_of_volume_alone_is_that_many_pounds() -> None:
    assert Chain(1234).full_year_value == 1234


@given(st.floats(0, 1e6), st.floats(0, 1), st.floats(0, 1e4), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(-1, 0))
@often
def test_no_factor_below_one_makes_a_benefit_larger(volume: float, effect: float, price: float, attribution: float,
                                                    deadweight: float, take_up: float, caution: float) -> None:
    whole = Chain(volume, effect, price).full_year_value
    assert 0 <= Chain(volume, effect, price, attribution, deadweight, take_up, caution).full_year_value <= whole * (1 + 1e-12)


@pytest.mark.parametrize(("bias", "adjusted"), [
    (OptimismBias(), 100),
    (OptimismBias(rate=0.51), 151),                     # nothing mitigated
    (OptimismBias(rate=0.5, mitigation=0.5), 125),      # 100 × (1 + 0.5 × 0.5)
    (OptimismBias(rate=2.0, mitigation=0.9), 120),      # a digital project that has earned its reduction
    (OptimismBias(rate=2.0, mitigation=1.0), 100),      # all of it mitigated
])
def test_optimism_bias_raises_a_cost_by_what_is_not_mitigated(bias: OptimismBias, adjusted: float) -> None:
    made = appraised(cost(100, 100, bias=bias), years=1)
    assert made.costs[0].adjusted == pytest.approx((adjusted, adjusted), rel=1e-12)
    assert made.costs[0].base == (100, 100)
    assert made.measures.pvc == pytest.approx(adjusted * (1 + 1 / 1.035), rel=1e-12)


def test_optimism_bias_leaves_affordability_alone_for_nobody_is_asked_to_fund_it() -> None:
    made = appraised(cost(100, bias=OptimismBias(rate=2.0)))
    assert (made.flow.total_cost[0], made.affordability.cost[0]) == (300, 100)


def test_a_total_is_as_sure_as_its_weakest_part() -> None:
    known, estimate, illustrative, disputed = Status
    assert weakest([known, known]) is known
    assert weakest([known, illustrative, estimate]) is illustrative
    assert weakest([disputed, illustrative]) is disputed
    assert weakest([]) is known


def test_costs_and_benefits_have_each_their_own_weakest_part() -> None:
    inputs = appraised(
        cost(1, name="C1", kind=CostType.CAPITAL, status=Status.KNOWN), cost(1, name="C2", status=Status.ESTIMATE),
        benefit(1, name="B1", status=Status.KNOWN),
        benefit(1, name="B2", kind=BenefitClass.NCRB, status=Status.ILLUSTRATIVE)).inputs
    assert inputs.status is Status.ILLUSTRATIVE
    assert inputs.status_of_costs() is Status.ESTIMATE
    assert inputs.status_of_costs(CostType.CAPITAL) is Status.KNOWN
    assert inputs.status_of_benefits() is Status.ILLUSTRATIVE
    assert inputs.status_of_benefits(BenefitClass.CRB) is Status.KNOWN
    assert inputs.status_of_benefits(BenefitClass.CRB, BenefitClass.NCRB) is Status.ILLUSTRATIVE


def test_what_is_not_in_pounds_does_not_make_a_total_less_sure() -> None:
    unpriced = Benefit("B2", "Fewer deaths", BenefitClass.UB, status=Status.DISPUTED)
    assert not unpriced.monetised
    assert Inputs(SIX_YEARS, (), (benefit(1), unpriced)).status is Status.KNOWN


def test_the_short_form_of_money_is_the_same_as_its_years_spelled_out() -> None:
    short = Money(per_year=60, start=2027, end=2029, ramp=(0.5, 1)).series(SIX_YEARS)
    assert short == by_year(0, 30, 60, 60).series(SIX_YEARS)
