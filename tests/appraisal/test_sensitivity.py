"""Drivers and delays against a case that is really appraised again with the other value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.appraisal.appraise import Appraisal, appraise
from bizcase.appraisal.inputs import Benefit, BenefitClass, Chain, Cost, Inputs, OptimismBias, Range, Status
from bizcase.appraisal.lines import AMOUNT
from bizcase.appraisal.money import Money
from bizcase.appraisal.scenario import Scenario
from bizcase.appraisal.sensitivity import MOST_BARS, UPLIFT, Delays, Driver, bounds_of, delays, drivers, factors_of, tornado
from tests.appraisal.generating import some_inputs
from tests.appraisal.making import CHOSEN, GREEN_BOOK, USUAL, appraised, benefit, chained, cost, often
from tests.conftest import sample_case, sample_names


def times(money: Money, factor: float) -> Money:
    return replace(money, by_year={year: amount * factor for year, amount in money.by_year.items()},
                   per_year=None if money.per_year is None else money.per_year * factor)


def more_cost(cost: Cost, factor: float) -> Cost:
    return replace(cost, money=times(cost.money, factor))


def more_benefit(benefit: Benefit, factor: float) -> Benefit:
    if benefit.chain is not None:
        return replace(benefit, chain=replace(benefit.chain, volume=benefit.chain.volume * factor))
    return benefit if benefit.money is None else replace(benefit, money=times(benefit.money, factor))


def with_value(inputs: Inputs, driver: Driver, value: float) -> Inputs:
    """The inputs with a driver's value really changed: other amounts, another uplift, another factor of a chain."""
    def of_cost(row: Cost) -> Cost:
        if driver.id == "all.costs" or (row.id, AMOUNT) == (driver.line, driver.name):
            return more_cost(row, value)
        if (row.id, UPLIFT) == (driver.line, driver.name):
            return replace(row, optimism_bias=OptimismBias(rate=value))
        return row

    def of_benefit(row: Benefit) -> Benefit:
        if driver.id in ("all.benefits", f"all.{row.benefit_class.name}") or (row.id, AMOUNT) == (driver.line, driver.name):
            return more_benefit(row, value)
        if row.id == driver.line and row.chain is not None:
            return replace(row, chain=replace(row.chain, **{driver.name: value}))
        return row

    return replace(inputs, costs=tuple(map(of_cost, inputs.costs)), benefits=tuple(map(of_benefit, inputs.benefits)))


def worth(appraisal: Appraisal, driver: Driver, value: float) -> float:
    return appraise(with_value(appraisal.inputs, driver, value), appraisal.parameters).measures.npsv


def size(appraisal: Appraisal) -> float:
    """How large the sums are whose difference is the NPSV."""
    return (1 + sum(abs(line.present_value) for line in appraisal.costs)
            + sum(abs(line.present_value) for line in appraisal.benefits))


def assert_drivers_are_right(made: Appraisal) -> int:
    """Every driver at both ends, elsewhere and at its switching value, against the case appraised again."""
    for driver in drivers(made):
        highest = driver.highest if driver.highest is not None else 3 * abs(driver.central) + 1
        for value in (driver.central, driver.range.low, driver.range.high, driver.lowest or 0.0, highest):
            assert driver.npsv_at(value) == pytest.approx(worth(made, driver, value), abs=1e-8 * size(made)), (driver.id, value)
        switch = driver.switching_value
        if switch is not None:
            assert worth(made, driver, switch) == pytest.approx(0, abs=1e-8 * size(made)), driver.id
        elif driver.lowest is not None and driver.highest is not None:
            ends = worth(made, driver, driver.lowest), worth(made, driver, driver.highest)
            assert ends[0] * ends[1] >= -1e-8 * size(made), driver.id     # it does not turn between them
    return len(drivers(made))


@pytest.mark.parametrize("name", sample_names())
def test_every_driver_of_a_sample_says_what_the_case_would_be_worth(name: str) -> None:
    analysis = sample_case(name).analysis
    assert analysis is not None
    assert assert_drivers_are_right(analysis.appraisal) > 20


@given(some_inputs())
@often
def test_every_driver_says_what_the_case_would_be_worth(inputs: Inputs) -> None:
    assert_drivers_are_right(appraise(inputs, GREEN_BOOK))


@pytest.mark.parametrize("name", sample_names())
def test_every_delay_of_a_sample_is_the_scenario_of_that_delay(name: str) -> None:
    analysis = sample_case(name).analysis
    assert analysis is not None
    made = analysis.appraisal
    for years, npsv in enumerate(delays(made).npsv):
        late = appraise(made.inputs, made.parameters, Scenario("x", "X", delay=years))
        assert npsv == pytest.approx(late.measures.npsv, abs=1e-8 * size(made))


@given(some_inputs())
@often
def test_every_delay_is_the_scenario_of_that_delay(inputs: Inputs) -> None:
    made = appraise(inputs, GREEN_BOOK)
    found = delays(made)
    assert len(found.npsv) == inputs.timeframe.years + 2
    for years, npsv in enumerate(found.npsv):
        late = appraise(inputs, GREEN_BOOK, Scenario("x", "X", delay=years))
        assert npsv == pytest.approx(late.measures.npsv, abs=1e-8 * size(made))
    assert found.npsv[-1] == pytest.approx(-made.measures.pvc, abs=1e-8 * size(made))   # all benefits are lost


@pytest.mark.parametrize(("npsv", "years"), [
    ((5, 3, 1), None), ((5, 3, -1, -2), 2), ((-1, -2, -3), None), ((-5, -1, 2, -2), 2), ((0, -1), 1), ((5,), None),
    ((0, -0.001, -3), 2),       # a tenth of a penny is no loss
])
def test_the_delay_that_turns_a_case_is_the_first_whose_sign_differs(npsv: tuple[float, ...], years: int | None) -> None:
    assert Delays(npsv).switching == years


def by_hand() -> dict[str, Driver]:
    # PVC 1,000 × 1.2 = 1,200; B1 is worth 100 × 0.5 × £40 × (1 − 0.25) × (1 − 0.2) = £1,200 in year 0 and in year 1
    # 1,200 ÷ 1.035 (2,359.42); B2 £500 in year 0. NPSV 500 + 1,159.42 = 1,659.42
    made = appraised(
        cost(1000, bias=OptimismBias("equipment and development", 0.4, 0.5, upper=2.0), spread=Range(0.9, 1.3)),
        chained(Chain(100, 0.5, 40, deadweight=0.25, confidence_adjustment=-0.2), ranges={"effect": Range(0.3, 0.6)},
                status=Status.ILLUSTRATIVE), benefit(500, name="B2", kind=BenefitClass.SB), years=1)
    return {driver.id: driver for driver in drivers(made)}


def test_drivers_by_hand() -> None:
    found, b1 = by_hand(), 1200 + 1200 / 1.035
    npsv = 500 + b1 - 1200
    assert set(found) == {
        "all.costs", "all.benefits", "all.CRB", "all.SB", "C1.amount", "C1.uplift", "B1.amount", "B1.volume", "B1.effect",
        "B1.unit_value", "B1.deadweight", "B1.confidence_adjustment", "B2.amount"}      # a factor of 1 is no driver
    assert found["C1.amount"].range == Range(0.9, 1.3)
    assert (found["C1.amount"].at_low, found["C1.amount"].at_high) == pytest.approx((npsv + 120, npsv - 360))
    assert found["C1.amount"].swing == pytest.approx(480)
    assert (found["C1.amount"].change_at_low, found["C1.amount"].change_at_high) == pytest.approx((120, -360))
    assert (found["B1.effect"].change_at_low, found["B1.effect"].change_at_high) == pytest.approx((-0.4 * b1, 0.2 * b1))
    assert found["C1.uplift"].central == pytest.approx(0.2)
    assert found["C1.uplift"].range == Range(0, 2)
    assert (found["C1.uplift"].at_low, found["C1.uplift"].at_high) == pytest.approx((npsv + 200, npsv - 1800))
    assert found["B1.effect"].range == Range(0.3, 0.6)
    assert (found["B1.effect"].at_low, found["B1.effect"].at_high) == pytest.approx((npsv - 0.4 * b1, npsv + 0.2 * b1))
    assert found["B1.effect"].switching_value == pytest.approx(0.5 * (1 - npsv / b1))
    assert found["all.costs"].switching_value == pytest.approx(1 + npsv / 1200)
    assert found["all.benefits"].switching_value == pytest.approx(1200 / (500 + b1))
    assert found["B2.amount"].switching_value is None       # even without it the case is worth something
    assert found["B1.deadweight"].switching_value == pytest.approx(1 - 0.75 * (1 - npsv / b1))
    assert found["B1.confidence_adjustment"].switching_value == pytest.approx(0.8 * (1 - npsv / b1) - 1)


def test_the_switching_share_is_one_less_the_npsv_by_the_present_value_of_the_line() -> None:
    """m* = 1 − NPSV ÷ PVB_i (FIELD 7.3)."""
    made = appraised(cost(1000), benefit(0, 900), benefit(0, 400, name="B2"))
    found = {driver.id: driver for driver in drivers(made)}
    for position, name in enumerate(("B1.amount", "B2.amount")):
        assert found[name].switching_value == pytest.approx(1 - made.measures.npsv / made.benefits[position].present_value)


def test_a_driver_without_a_stated_range_is_varied_by_the_house_range_within_what_is_possible() -> None:
    made = appraised(chained(Chain(100, 0.5, 40, attribution=0.9, deadweight=0.1, confidence_adjustment=-0.5)), cost(10))
    found = {driver.id: driver.range for driver in drivers(made)}
    wanted = {"B1.volume": (80, 120), "B1.effect": (0.4, 0.6), "B1.attribution": (0.72, 1), "B1.deadweight": (0.08, 0.12),
              "B1.confidence_adjustment": (-0.6, -0.4), "B1.amount": (0.8, 1.2), "C1.amount": (0.8, 1.2), "all.CRB": (0.8, 1.2)}
    for name, ends in wanted.items():
        assert (found[name].low, found[name].high) == pytest.approx(ends), name


def test_the_tornado_compares_every_factor_of_a_benefit_with_a_range_and_other_lines_whole() -> None:
    """A factor without a range of its own may move the value most of all, so none is left out beside one that has a range."""
    found = by_hand()
    assert {name for name in found if found[name].in_tornado} == {
        "C1.amount", "C1.uplift", "B2.amount", "B1.volume", "B1.effect", "B1.unit_value", "B1.deadweight",
        "B1.confidence_adjustment"}
    assert {name for name in found if found[name].stated} == {"C1.amount", "C1.uplift", "B1.effect"}
    assert {name for name in found if found[name].is_cost} == {"C1.amount", "C1.uplift"}


def test_the_tornado_shows_the_drivers_that_move_most_first_and_of_equal_ones_the_later() -> None:
    found = tuple(by_hand().values())
    assert [driver.id for driver in tornado(found)] == ["C1.uplift", "B1.effect", "B1.unit_value", "B1.volume", "C1.amount",
                                                        "B1.deadweight", "B1.confidence_adjustment", "B2.amount"]
    assert len(tornado(tuple(replace(driver, line=f"C{number}") for number in range(3) for driver in found))) == MOST_BARS == 10


def test_a_driver_is_as_sure_as_its_line() -> None:
    found = by_hand()
    assert found["B1.effect"].status is found["all.CRB"].status is found["all.benefits"].status is Status.ILLUSTRATIVE
    assert found["C1.amount"].status is found["all.costs"].status is found["B2.amount"].status is Status.KNOWN


def test_a_line_of_another_option_alone_is_no_driver_and_one_that_business_as_usual_shares_moves_nothing() -> None:
    made = appraised(cost(10, name="C1", options=("A3",)), cost(20, name="C2", options=("A1", "A2")),
                     cost(30, name="C3", options=("A1",)), options=(USUAL, CHOSEN))
    found = {driver.id: driver for driver in drivers(made) if driver.line != "all"}
    assert set(found) == {"C2.amount", "C3.amount"}
    assert (found["C2.amount"].slope, found["C2.amount"].switching_value) == (0, None)
    assert found["C3.amount"].slope == 30        # it is saved: the dearer it would be, the better


def driver_of(**changes: Any) -> Driver:
    return replace(Driver("B1", "take_up", 0.5, Range(0.4, 0.6), False, 100, 50, 0.0, 1.0, Status.KNOWN), **changes)


@pytest.mark.parametrize(("driver", "value"), [
    (driver_of(), 0.0),                              # at the very end of what is possible
    (driver_of(npsv=-50.0), 1.0), (driver_of(npsv=10.0), 0.4), (driver_of(npsv=0.0), 0.5),
    (driver_of(npsv=51.0), None), (driver_of(npsv=-51.0), None), (driver_of(npsv=-51.0, highest=None), 1.01),
    (driver_of(npsv=51.0, lowest=None), -0.01), (driver_of(slope=0.0), None),
])
def test_a_switching_value_lies_within_what_is_possible(driver: Driver, value: float | None) -> None:
    assert driver.switching_value == (None if value is None else pytest.approx(value))


def test_the_last_digits_push_no_switching_value_out_of_its_bounds() -> None:
    assert driver_of(npsv=50 + 1e-9).switching_value == 0
    assert driver_of(npsv=-50 - 1e-9).switching_value == 1
    assert driver_of(npsv=-50 - 1e-9).npsv_at(1) == 0       # less than half a penny is nothing


@pytest.mark.parametrize(("name", "bounds"), [
    ("volume", (0, None)), ("effect", (0, None)), ("unit_value", (0, None)), ("attribution", (0, 1)), ("deadweight", (0, 1)),
    ("take_up", (0, 1)), ("confidence_adjustment", (-1, 0)),
])
def test_a_factor_has_its_bounds(name: str, bounds: tuple[float, float | None]) -> None:
    assert bounds_of(name) == bounds


def test_a_factor_counts_where_it_changes_something_or_has_a_range() -> None:
    plain = chained(Chain(10, take_up=0.5))
    assert factors_of(plain) == ("volume", "take_up")
    assert factors_of(replace(plain, ranges={"attribution": Range(0.8, 1)})) == ("volume", "attribution", "take_up")


@given(some_inputs(), st.floats(0, 3))
@often
def test_between_its_two_ends_a_driver_runs_in_a_straight_line(inputs: Inputs, share: float) -> None:
    for driver in drivers(appraise(inputs, GREEN_BOOK)):
        low, high = driver.range.low, driver.range.high
        value = low + share * (high - low)
        straight = driver.at_low + share * (driver.at_high - driver.at_low)
        assert driver.npsv_at(value) == pytest.approx(straight, rel=1e-9, abs=1e-3)
