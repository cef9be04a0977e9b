"""Priced risks: probability times cost, discounted, and beside the value rather than in it."""

from __future__ import annotations

import pytest
from hypothesis import given

from bizcase.appraisal.appraise import appraise
from bizcase.appraisal.inputs import Inputs, Risk, Status
from bizcase.appraisal.risk import risk_adjustment
from bizcase.appraisal.scenario import Discounting, Scenario
from tests.appraisal.generating import some_inputs
from tests.appraisal.making import FIRST_YEAR, GREEN_BOOK, appraised, benefit, cost, often

LATE = Risk("R1", "The link is late", 0.3, 42_000, FIRST_YEAR + 1)
LOST = Risk("R2", "The supplier fails", 0.05, 200_000, FIRST_YEAR, Status.DISPUTED)


def test_risks_by_hand() -> None:
    made = appraised(cost(1000), benefit(0, 2070), risks=(LATE, LOST))
    found = risk_adjustment(made)
    assert [line.expected for line in found.lines] == pytest.approx([12_600, 10_000])
    assert [line.present_value for line in found.lines] == pytest.approx([12_600 / 1.035, 10_000])
    assert (found.expected, found.present_value) == pytest.approx((22_600, 12_600 / 1.035 + 10_000))
    assert found.npsv == pytest.approx(1000 - 10_000 - 12_600 / 1.035)
    assert made.measures.npsv == pytest.approx(1000)     # the headline is as it was
    assert found.status is Status.DISPUTED


def test_a_case_without_priced_risks_loses_nothing_by_them() -> None:
    made = appraised(cost(10), benefit(0, 30))
    found = risk_adjustment(made)
    assert (found.lines, found.expected, found.present_value) == ((), 0, 0)
    assert (found.npsv, found.status) == (made.measures.npsv, Status.KNOWN)


def test_a_risk_is_discounted_as_the_scenario_discounts_costs() -> None:
    lower = appraised(risks=(LATE,), scenario=Scenario("x", "X", discounting=Discounting.REDUCED))
    assert risk_adjustment(lower).present_value == pytest.approx(12_600 / 1.03)


@given(some_inputs())
@often
def test_no_risk_adds_value(inputs: Inputs) -> None:
    made = appraise(inputs, GREEN_BOOK)
    found = risk_adjustment(made)
    assert found.npsv <= made.measures.npsv + 1e-6
    assert 0 <= found.present_value <= found.expected + 1e-9
    assert found.present_value == pytest.approx(made.measures.npsv - found.npsv, rel=1e-6, abs=1e-3)
