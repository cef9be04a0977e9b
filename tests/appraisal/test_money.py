"""Money by year in its forms: spelled out, so much a year, once, with a ramp."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.appraisal.money import Money, Timeframe, ramp_share
from tests.appraisal.making import by_year, often

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


def test_the_short_form_of_money_is_the_same_as_its_years_spelled_out() -> None:
    short = Money(per_year=60, start=2027, end=2029, ramp=(0.5, 1)).series(SIX_YEARS)
    assert short == by_year(0, 30, 60, 60).series(SIX_YEARS)


@pytest.mark.parametrize(("ramp", "shares"), [
    ((), [1, 1, 1, 1]), ((0.5,), [0.5, 0.5, 0.5, 0.5]), ((0.25, 0.5, 1), [0.25, 0.25, 0.5, 1]),
])
def test_a_ramp_has_a_share_for_every_position_and_its_last_one_lasts(ramp: tuple[float, ...], shares: list[float]) -> None:
    assert [ramp_share(ramp, index) for index in (-1, 0, 1, 2)] == shares
    assert ramp_share(ramp, 99) == shares[-1]


years = st.integers(2020, 2040)


@given(st.integers(0, 10**6), years, years, st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), max_size=4))
@often
def test_an_amount_a_year_is_its_ramp_between_its_two_ends_and_nothing_outside(amount: int, start: int, end: int,
                                                                              ramp: list[float]) -> None:
    money = Money(per_year=amount, start=start, end=end, ramp=tuple(ramp))
    spelled_out = {year: amount * (ramp[min(year - start, len(ramp) - 1)] if ramp else 1) for year in range(start, end + 1)}
    assert money.series(Timeframe(2020, 2020, 20)) == Money(by_year=spelled_out).series(Timeframe(2020, 2020, 20))


def test_the_step_an_amount_waits_for_changes_no_amount() -> None:
    money = Money(per_year=60, start=2027, ramp=(0.5, 1))
    assert Money(per_year=60, start=2027, ramp=(0.5, 1), start_step="X1", ramp_step="X1").series(SIX_YEARS) == (
        money.series(SIX_YEARS))
