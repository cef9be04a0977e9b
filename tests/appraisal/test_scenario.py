"""Scenarios: that each one does what its name says, by hand and against a case that is really changed so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from bizcase.appraisal.appraise import Appraisal, appraise
from bizcase.appraisal.discounting import discount_factors, present_value
from bizcase.appraisal.inputs import BenefitClass, Chain, Inputs, OptimismBias, Range
from bizcase.appraisal.lines import AMOUNT
from bizcase.appraisal.money import Money
from bizcase.appraisal.scenario import CENTRAL, Scenario
from tests.appraisal.generating import some_inputs
from tests.appraisal.making import FIRST_YEAR, GREEN_BOOK, appraised, benefit, chained, cost, often

HOUSE = {scenario.id: scenario for scenario in GREEN_BOOK.conventions.scenarios}
R = 1.035


def under(name: str) -> Appraisal:
    """Two costs and three benefits, one of each in a step of scale-up, over two years."""
    return appraised(
        cost(1000, bias=OptimismBias("equipment and development", 0.5, 0.8, upper=2.0), spread=Range(0.9, 1.4)),
        cost(0, 100, 100, name="C2", step="X1"),
        chained(Chain(100, unit_value=10, deadweight=0.2), start=1, ranges={"volume": Range(50, 120)}),
        benefit(0, 200, 200, name="B2", kind=BenefitClass.NCRB, steps=("X1",), ranges={AMOUNT: Range(0.5, 1.5)}),
        benefit(0, 0, 300, name="B3", kind=BenefitClass.SB, health=True), years=2, scenario=HOUSE.get(name, CENTRAL))


LATER = 1 / R + 1 / R**2
"""A pound in year 1 and another in year 2."""


@pytest.mark.parametrize(("name", "pvc", "pvb"), [
    ("central", 1100 + 100 * LATER, 800 * LATER + 200 * LATER + 300 / 1.015**2),        # 1,000 × (1 + 0.5 × 0.2)
    ("costs_up", 1320 + 120 * LATER, 800 * LATER + 200 * LATER + 300 / 1.015**2),
    ("benefits_down", 1100 + 100 * LATER, 640 * LATER + 160 * LATER + 240 / 1.015**2),
    ("late", 1100 + 100 * LATER, 800 / R**2 + 200 / R**2),                             # the life gained falls out
    ("deadweight_up", 1100 + 100 * LATER, 700 * LATER + 200 * LATER + 300 / 1.015**2),  # 1,000 × (1 − 0.3)
    ("bias_upper", 3000 + 100 * LATER, 800 * LATER + 200 * LATER + 300 / 1.015**2),     # 1,000 × (1 + 2)
    ("no_scale_up", 1100, 800 * LATER + 300 / 1.015**2),
    ("reduced_rate", 1100 + 100 / 1.03 + 100 / 1.03**2, 1000 / 1.03 + 1000 / 1.03**2 + 300 / 1.015**2),
    ("unfavourable", 1540 + 100 * LATER, 400 * LATER + 100 * LATER + 300 / 1.015**2),
    ("favourable", 990 + 100 * LATER, 960 * LATER + 300 * LATER + 300 / 1.015**2),
])
def test_a_scenario_of_the_house_does_what_its_name_says(name: str, pvc: float, pvb: float) -> None:
    assert under(name).measures.pvc == pytest.approx(pvc, rel=1e-12)
    assert under(name).measures.pvb == pytest.approx(pvb, rel=1e-12)


def test_every_scenario_of_the_house_is_worked_out_above() -> None:
    assert set(HOUSE) == {"costs_up", "benefits_down", "late", "deadweight_up", "bias_upper", "no_scale_up", "reduced_rate",
                          "unfavourable", "favourable"}
    assert len({under(name).measures.npsv for name in ("central", *HOUSE)}) == len(HOUSE) + 1


@given(some_inputs())
@often
def test_a_scenario_that_changes_nothing_is_the_central_case(inputs: Inputs) -> None:
    assert appraise(inputs, GREEN_BOOK, Scenario("x", "X")).measures == appraise(inputs, GREEN_BOOK).measures


@given(some_inputs())
@often
def test_costs_and_benefits_are_changed_as_shares_of_all_of_them(inputs: Inputs) -> None:
    central, changed = (appraise(inputs, GREEN_BOOK, scenario).measures
                        for scenario in (CENTRAL, Scenario("x", "X", costs=0.5, benefits=-0.25)))
    assert changed.pvc == pytest.approx(1.5 * central.pvc, rel=1e-9, abs=1e-6)
    assert changed.pvb == pytest.approx(0.75 * central.pvb, rel=1e-9, abs=1e-6)


@given(some_inputs())
@often
def test_without_scale_up_the_case_is_that_of_the_lines_without_a_step(inputs: Inputs) -> None:
    host = replace(inputs, costs=tuple(row for row in inputs.costs if not row.steps),
                   benefits=tuple(row for row in inputs.benefits if not row.steps))
    without = appraise(inputs, GREEN_BOOK, HOUSE["no_scale_up"]).measures
    assert without.npsv == pytest.approx(appraise(host, GREEN_BOOK).measures.npsv, rel=1e-9, abs=1e-6)


@given(some_inputs())
@often
def test_benefits_a_year_late_are_those_whose_every_year_is_moved(inputs: Inputs) -> None:
    def moved(money: Money) -> Money:
        start = None if money.start is None else money.start + 1
        return replace(money, by_year={year + 1: amount for year, amount in money.by_year.items()}, start=start)

    later = replace(inputs, benefits=tuple(replace(row, money=moved(row.money)) for row in inputs.benefits if row.money))
    assert appraise(inputs, GREEN_BOOK, HOUSE["late"]).measures.npsv == pytest.approx(
        appraise(later, GREEN_BOOK).measures.npsv, rel=1e-9, abs=1e-6)


@given(some_inputs())
@often
def test_the_worse_ends_are_never_better_than_the_centre_and_the_better_ends_never_worse(inputs: Inputs) -> None:
    usual = replace(inputs, options=())     # a line that business as usual has as well counts the other way round
    plain = replace(usual, costs=tuple(replace(row, options=()) for row in usual.costs),
                    benefits=tuple(replace(row, options=()) for row in usual.benefits))
    worse, centre, better = (appraise(plain, GREEN_BOOK, scenario).measures.npsv
                             for scenario in (HOUSE["unfavourable"], CENTRAL, HOUSE["favourable"]))
    assert worse <= centre + 1e-6
    assert centre <= better + 1e-6


def test_the_lower_rate_leaves_health_alone() -> None:
    made = appraised(benefit(0, 100, health=True), cost(0, 100), scenario=HOUSE["reduced_rate"])
    assert made.measures.pvb == pytest.approx(100 / 1.015)
    assert made.measures.pvc == pytest.approx(100 / 1.03)


def test_the_lower_schedule_steps_down_after_year_30_too() -> None:
    factors = discount_factors(GREEN_BOOK.reduced, 40)
    long = appraised(cost(*[0.0] * 40, 1000), years=40, scenario=HOUSE["reduced_rate"])
    assert long.measures.pvc == pytest.approx(1000 / (1.03**30 * 1.0257**10), rel=1e-12)
    assert long.measures.pvc == pytest.approx(present_value([0.0] * 40 + [1000], factors), rel=1e-12)


def test_a_scenario_changes_the_yearly_flows_as_well_as_the_sums() -> None:
    assert under("late").flow.total_benefit == pytest.approx((0, 0, 1000))
    assert under("costs_up").flow.total_cost == pytest.approx((1320, 120, 120))
    assert under("no_scale_up").flow.total_cost == pytest.approx((1100, 0, 0))
    assert under("central").timeframe.first_year == FIRST_YEAR
