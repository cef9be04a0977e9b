"""One cost and one benefit by year: price year, optimism bias, ramp, delay, ranges and the step it waits for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.appraisal.inputs import Benefit, BenefitClass, Chain, OptimismBias, Range
from bizcase.appraisal.lines import AMOUNT, delayed, end_of
from bizcase.appraisal.money import Money
from bizcase.appraisal.prices import Prices
from bizcase.appraisal.scenario import Ends, Scenario
from tests.appraisal.making import CHOSEN, USUAL, appraised, benefit, chained, cost, often


def test_a_ramp_is_kept_as_shares_for_the_workbook() -> None:
    ramped = Benefit("B1", "Gain", BenefitClass.CRB, money=Money(per_year=80, start=2027, end=2029, ramp=(0.25, 1)))
    line = appraised(ramped, years=4).benefits[0]
    assert line.share == (0, 0.25, 1, 1, 0)
    assert line.amounts == (0, 20, 80, 80, 0)


def test_an_amount_a_year_and_the_same_amount_by_factors_are_worth_the_same() -> None:
    by_factors = chained(Chain(2, unit_value=40), start=1, ramp=(0.25, 1))
    plain = Benefit("B1", "Gain", BenefitClass.CRB, money=by_factors.money, disbenefit=True)
    assert appraised(plain).benefits[0].amounts == tuple(-amount for amount in appraised(by_factors).benefits[0].amounts)


def test_a_cost_is_brought_to_base_year_prices_before_anything_else() -> None:
    prices = Prices(2026, {2024: 100.0, 2026: 110.0})
    line = appraised(cost(100, 100, price_year=2024, bias=OptimismBias(rate=0.5)), years=1, prices=prices).costs[0]
    assert line.base == line.planned == pytest.approx((110, 110))
    assert line.adjusted == pytest.approx((165, 165))
    assert line.uplift == 0.5


def test_what_business_as_usual_spends_too_is_spent_but_adds_no_cost() -> None:
    shared, saved = appraised(cost(100, name="C1", options=("A1", "A2")), cost(70, name="C2", options=("A1",)),
                              options=(USUAL, CHOSEN)).costs
    assert (shared.base[0], shared.planned[0], shared.adjusted[0]) == (100, 100, 0)
    assert (saved.base[0], saved.planned[0], saved.adjusted[0]) == (70, 0, -70)


def test_what_another_option_alone_would_spend_is_neither_spent_nor_counted() -> None:
    line = appraised(cost(100, options=("A3",)), options=(USUAL, CHOSEN)).costs[0]
    assert (line.base[0], line.planned[0], line.adjusted[0], line.present_value) == (100, 0, 0, 0)


@pytest.mark.parametrize(("years", "late"), [
    (0, (1, 2, 3, 4)), (1, (0, 1, 2, 3)), (3, (0, 0, 0, 1)), (4, (0, 0, 0, 0)), (9, (0, 0, 0, 0)),
])
def test_what_comes_later_than_the_years_appraised_is_lost(years: int, late: tuple[float, ...]) -> None:
    assert delayed((1.0, 2.0, 3.0, 4.0), years) == late


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=9), st.integers(0, 5), st.integers(0, 5))
@often
def test_two_delays_are_one_longer_delay(flow: list[float], first: int, second: int) -> None:
    assert delayed(delayed(tuple(flow), first), second) == delayed(tuple(flow), first + second)


@pytest.mark.parametrize(("name", "worse", "unfavourable", "favourable"), [
    ("volume", False, 1, 3), ("take_up", False, 1, 3), (AMOUNT, False, 1, 3),
    ("deadweight", False, 3, 1),                                # more that would have come anyway is worse
    ("volume", True, 3, 1), ("deadweight", True, 1, 3),         # for a dis-benefit all is turned round
])
def test_the_worse_end_is_the_one_that_lowers_the_value(name: str, worse: bool, unfavourable: float, favourable: float) -> None:
    row = benefit(1, worse=worse, ranges={name: Range(1, 3)})
    assert end_of(row, name, 2, Ends.CENTRAL) == 2
    assert end_of(row, name, 2, Ends.UNFAVOURABLE) == unfavourable
    assert end_of(row, name, 2, Ends.FAVOURABLE) == favourable
    assert end_of(row, "something without a range", 2, Ends.UNFAVOURABLE) == 2


def at(ends: Ends, *rows: Any) -> float:
    return appraised(*rows, years=1, scenario=Scenario("x", "X", ranges=ends)).measures.npsv


def test_a_case_at_the_ends_of_its_ranges_by_hand() -> None:
    ranges = {"effect": Range(0.4, 0.6), "deadweight": Range(0, 0.5)}
    rows = (cost(100, spread=Range(0.9, 1.5)), benefit(200, ranges={AMOUNT: Range(0.5, 1.1)}),
            chained(Chain(10, 0.5, 8, deadweight=0.25), name="B2", ranges=ranges))
    # In year 0 alone: 200 + 10 × 0.5 × 8 × 0.75 − 100; the calculated benefit comes in year 1 as well
    once = 1 + 1 / 1.035
    assert at(Ends.CENTRAL, *rows) == pytest.approx(100 + 30 * once)
    assert at(Ends.UNFAVOURABLE, *rows) == pytest.approx(100 - 150 + 10 * 0.4 * 8 * 0.5 * once)
    assert at(Ends.FAVOURABLE, *rows) == pytest.approx(220 - 90 + 10 * 0.6 * 8 * once)


def test_deadweight_takes_no_more_than_all() -> None:
    made = appraised(chained(Chain(100, deadweight=0.95)), years=1, scenario=Scenario("x", "X", deadweight=0.1))
    assert made.benefits[0].amounts == (0, 0)


def test_money_of_a_year_outside_the_appraisal_falls_in_no_year() -> None:
    late = Benefit("B1", "Gain", BenefitClass.CRB, money=Money(per_year=80, start=2040))
    assert appraised(late, years=2).benefits[0].amounts == (0, 0, 0)
