"""The chain of a benefit, optimism bias, what an option bears, and how sure a total is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.appraisal.inputs import (
    Benefit,
    BenefitClass,
    Chain,
    CostType,
    Funding,
    Inputs,
    OptimismBias,
    Option,
    Status,
    weakest,
)
from bizcase.appraisal.money import Money, Timeframe
from tests.appraisal.making import CHOSEN, USUAL, appraised, benefit, cost, inputs_of, often

SIX_YEARS = Timeframe(2026, 2026, 5)


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


@pytest.mark.parametrize(("bias", "upper"), [
    (OptimismBias(), 0),
    (OptimismBias("standard buildings", 0.24, 0.5, upper=0.24), 0.24),   # the mitigation is taken back
    (OptimismBias("standard buildings", 0.1, 0, upper=0.24), 0.24),      # the bid's own rate is lower
    (OptimismBias("our own kind", 0.3), 0.3),                            # no guidance for it: its own rate, unmitigated
    (OptimismBias("standard buildings", 0.4, 0.9, upper=0.24), 0.4),     # the bid's own rate is higher
])
def test_the_upper_bound_of_optimism_bias_is_the_guidances_or_the_bids_own_where_that_is_higher(
        bias: OptimismBias, upper: float) -> None:
    assert bias.at_the_upper_bound == upper


LESSER = Option("A3", "A lesser portal", "do minimum")


def test_the_preferred_option_is_the_one_decided_for_else_the_one_of_that_kind() -> None:
    by_kind = Option("A4", "Old favourite", "preferred")
    assert Inputs(SIX_YEARS, options=(USUAL, by_kind, CHOSEN)).preferred == CHOSEN
    assert Inputs(SIX_YEARS, options=(USUAL, by_kind)).preferred == by_kind
    assert Inputs(SIX_YEARS, options=(USUAL, LESSER)).preferred is None
    assert Inputs(SIX_YEARS, options=(CHOSEN, USUAL)).business_as_usual == USUAL
    assert Inputs(SIX_YEARS).business_as_usual is None


@pytest.mark.parametrize(("named", "of_preferred", "of_lesser", "of_usual"), [
    ((), 1, 0, 0),                       # a line that names no option is the preferred one's
    (("A2",), 1, 0, 0), (("A2", "A3"), 1, 1, 0), (("A3",), 0, 1, 0),
    (("A1", "A2"), 0, -1, 0),            # both have it: no increment; the lesser option saves it
    (("A1",), -1, -1, 0),                # saved by either
    (("A1", "A2", "A3"), 0, 0, 0),
])
def test_a_line_counts_as_the_increment_on_business_as_usual(named: tuple[str, ...], of_preferred: int, of_lesser: int,
                                                             of_usual: int) -> None:
    line = cost(1, options=named)
    inputs = inputs_of(line, options=(USUAL, CHOSEN, LESSER))
    assert inputs.weight(line) == inputs.weight(line, CHOSEN) == of_preferred
    assert (inputs.weight(line, LESSER), inputs.weight(line, USUAL)) == (of_lesser, of_usual)


def test_without_options_every_line_counts() -> None:
    inputs = inputs_of(cost(1), benefit(1))
    assert (inputs.weight(inputs.costs[0]), inputs.weight(inputs.benefits[0])) == (1, 1)


def test_the_money_is_the_organisations_and_the_sources_where_none_is_named() -> None:
    grant = Funding("F1", "Innovation fund", "grant", Money(per_year=1), "confirmed")
    promised = Funding("F2", "Board", "commissioner", Money(per_year=1), "expected", "Northmoor commissioners")
    assert (grant.payer, grant.is_grant, grant.confirmed) == ("Innovation fund", True, True)
    assert (promised.payer, promised.is_grant, promised.confirmed) == ("Northmoor commissioners", False, False)
