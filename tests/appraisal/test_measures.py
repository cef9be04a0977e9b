"""The measures of value on flows whose answer can be seen at a glance."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.appraisal.appraise import settled
from bizcase.appraisal.measures import (
    benefit_cost_ratio,
    internal_rate_of_return,
    payback,
    return_on_investment,
    sign_changes,
)
from tests.appraisal.making import appraised, benefit, cost, often


@pytest.mark.parametrize(("net", "years"), [
    ([-100, 40, 40, 40], 2.5),              # 20 of the third year's 40 are wanted
    ([-100, 25, 25, 25, 25], 4.0),          # exactly at the end of year 4
    ([-100, 100], 1.0),
    ([-100, 0, 0, 100], 3.0),               # nothing comes for two years
    ([-60, -40, 50, 50, 50], 3.0),          # the outlay is spread over two years
    ([0, -100, 50, 50], 3.0),               # spending starts a year late
    ([10, -110, 50, 50], 3.0),              # a receipt before the outlay
    ([-100, 50, -20, 70, 10], 3.0),         # a dip on the way
])
def test_payback_is_the_moment_at_which_the_running_total_is_back_at_zero(net: list[float], years: float) -> None:
    assert payback(net) == years


def test_payback_is_none_where_the_money_does_not_come_back_within_the_years() -> None:
    assert payback([-100, 30, 30, 30]) is None
    assert payback([-100, 30, 30, 39.99]) is None
    assert payback([0, 0, -1]) is None


def test_payback_is_at_once_where_nothing_has_to_be_won_back() -> None:
    assert payback([100, 5]) == 0
    assert payback([0, 0, 0]) == 0
    assert payback([50, -50, 10]) == 0  # down to zero is not below it


def test_payback_is_the_first_return_to_zero_where_the_total_falls_below_it_again() -> None:
    assert payback([-100, 200, -200, 200]) == 0.5
    assert payback([-100, 100, -1]) == 1


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=12))
@often
def test_at_payback_the_straight_line_between_two_year_ends_stands_at_zero(net: list[int]) -> None:
    running, moment = list(accumulate(net)), payback(net)
    if moment is None:
        assert min(running) < 0
        assert running[-1] < 0
    elif moment > 0:
        year, part = int(moment), moment - int(moment)
        later = running[min(year + 1, len(running) - 1)]
        assert running[year] + part * (later - running[year]) == pytest.approx(0, abs=1e-9)
        assert min(running[:year + 1]) < 0
    else:
        assert min(running) >= 0


def test_return_is_benefit_less_cost_by_cost_to_date() -> None:
    #        to date: costs 100, 150, 200; benefits 0, 120, 300
    assert return_on_investment([0, 120, 180], [100, 50, 50]) == (-1.0, -0.2, 0.5)


def test_there_is_no_return_while_nothing_has_been_spent() -> None:
    assert return_on_investment([0, 10, 20], [0, 0, 20]) == (None, None, 0.5)


def test_return_needs_as_many_years_of_benefit_as_of_cost() -> None:
    with pytest.raises(ValueError, match="longer"):
        return_on_investment([1], [1, 2])


def test_the_ratio_is_benefits_by_costs_and_there_is_none_without_cost() -> None:
    assert benefit_cost_ratio(300, 200) == 1.5
    assert benefit_cost_ratio(0, 200) == 0
    assert benefit_cost_ratio(-50, 200) == -0.25
    assert benefit_cost_ratio(300, 0) is None


def test_costs_that_cancel_all_but_their_last_digits_are_no_cost() -> None:
    rest = 0.1 + 0.2 - 0.3
    assert rest > 0
    assert benefit_cost_ratio(300, rest) is None
    assert return_on_investment([0, 300], [rest, 0]) == (None, None)
    assert settled((rest, -rest, 0.004, 0.005, -7.0)) == (0, 0, 0, 0.005, -7)
    assert benefit_cost_ratio(1, 0.01) == 100     # a penny is a cost


def test_an_appraisal_without_costs_has_no_ratio_and_no_return_and_pays_back_at_once() -> None:
    measures = appraised(benefit(0, 100), years=2).measures
    assert (measures.bcr, measures.roi_cash, measures.roi) == (None, (None,) * 3, (None,) * 3)
    assert (measures.payback, measures.discounted_payback) == (0, 0)


def test_discounting_puts_payback_off_or_out_of_reach() -> None:
    measures = appraised(cost(1000), benefit(0, 500, 500, 40), years=3).measures
    assert measures.payback == 2
    # 1000 - 500/1.035 - 500/1.035^2 = 50.1528 are left, and year 3 brings 40/1.035^3 = 36.0777
    assert measures.discounted_payback is None
    measures = appraised(cost(1000), benefit(0, 500, 500, 100), years=3).measures
    assert measures.discounted_payback == pytest.approx(2 + 50.1528 / 90.1943, abs=1e-5)


def test_the_headline_year_is_year_3_or_the_last_where_there_are_fewer() -> None:
    assert [appraised(cost(1), years=years).headline_year for years in (1, 2, 3, 4, 10)] == [1, 2, 3, 3, 3]


@pytest.mark.parametrize(("net", "rate"), [
    ([-100, 110], 0.1), ([-100, 0, 121], 0.1), ([-100, 100], 0), ([-100, 50], -0.5), ([-100, 10, 110], 0.1),
    ([100, -110], 0.1),                         # a loan: money first, and paid back with a tenth
    ([0, 0, -100, 110], 0.1),                   # nothing happens for two years
    ([-100, 0, 0, 0, 0, 100 * 1.03**5], 0.03),
    ([-100, 1100], 10), ([-100, 2], -0.98),     # towards the ends of where a rate is sought
])
def test_the_rate_of_return_is_the_rate_at_which_the_flow_is_worth_nothing(net: list[float], rate: float) -> None:
    assert internal_rate_of_return(net) == pytest.approx(rate, abs=1e-12)


@pytest.mark.parametrize("years", [1, 10, 60])
def test_an_outlay_that_comes_back_whole_at_the_end_returns_its_yearly_share(years: int) -> None:
    assert internal_rate_of_return([-100, *[8] * (years - 1), 108]) == pytest.approx(0.08, abs=1e-12)


@pytest.mark.parametrize("net", [
    [-100, 230, -132],          # worth nothing at 10 % and at 20 %
    [-100, 90, 20, -5],         # two changes, whatever the rate
    [-100, 600, -1100, 600],    # worth nothing at 0 %, at 100 % and at 200 %
    [100, 5], [-100, -5], [0, 0], [],
    [-1, 100],                  # 9,900 %
    [-1000, 1],                 # −99.9 %
])
def test_there_is_no_rate_of_return_where_there_is_not_just_one_within_reason(net: list[float]) -> None:
    assert internal_rate_of_return(net) is None


@pytest.mark.parametrize(("net", "times"), [
    ([], 0), ([5], 0), ([-5, 0, 5], 1), ([-5, 5, -5], 2), ([0, -5, 0, 0, 5], 1), ([-5, 5, -0.001, 5], 1), ([5, -5], 1),
])
def test_a_sign_changes_between_amounts_and_noise_is_no_amount(net: list[float], times: int) -> None:
    assert sign_changes(net) == times


@given(st.lists(st.integers(1, 100_000), min_size=1, max_size=10), st.lists(st.integers(1, 100_000), min_size=1, max_size=10))
@often
def test_at_its_rate_of_return_a_flow_is_worth_nothing(spent: list[int], gained: list[int]) -> None:
    net = [*(-amount for amount in spent), *gained]
    rate = internal_rate_of_return(net)
    if rate is not None:
        weights = [(1 + rate) ** -year for year in range(len(net))]
        parts = [amount * weight for amount, weight in zip(net, weights, strict=True)]
        assert sum(parts) == pytest.approx(0, abs=1e-9 * sum(map(abs, parts)))


@given(st.lists(st.integers(1, 100_000), min_size=1, max_size=10), st.integers(1, 50))
@often
def test_the_rate_of_return_is_above_the_discount_rate_just_where_the_case_is_worth_something(gained: list[int],
                                                                                              outlay: int) -> None:
    measures = appraised(cost(1000 * outlay), benefit(0, *gained), years=10).measures
    if measures.irr is not None and abs(measures.npsv) > 0.01:
        assert (measures.irr > 0.035) == (measures.npsv > 0)


@pytest.mark.parametrize("years", [1, 5, 30, 60])
def test_a_level_flow_is_its_own_yearly_equivalent(years: int) -> None:
    measures = appraised(cost(0, *[40] * years), benefit(0, *[100] * years), years=years).measures
    assert measures.eanb == pytest.approx(60, rel=1e-12)
    assert measures.eac == pytest.approx(40, rel=1e-12)


def test_an_outlay_is_spread_as_a_level_payment_would_pay_it_back() -> None:
    # r ÷ (1 − (1 + r)^−n)
    measures = appraised(cost(1000), years=10).measures
    assert measures.eac == pytest.approx(1000 * 0.035 / (1 - 1.035**-10), rel=1e-12)
    assert measures.eanb == -measures.eac
