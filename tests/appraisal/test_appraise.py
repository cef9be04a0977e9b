"""How lines become flows: classes and types apart, dis-benefits negative, health on its own schedule."""

from __future__ import annotations

import pytest

from bizcase.appraisal.inputs import Benefit, BenefitClass, CostType
from tests.appraisal.making import appraised, benefit, cost


def test_costs_are_shown_by_type_and_summed() -> None:
    flow = appraised(cost(100, 10, name="C1", kind=CostType.CAPITAL), cost(0, 20, name="C2"),
                     cost(5, 5, name="C3", kind=CostType.IN_KIND), cost(0, 1, name="C4"), years=1).flow
    assert flow.costs == {CostType.CAPITAL: (100, 10), CostType.REVENUE: (0, 21), CostType.IN_KIND: (5, 5)}
    assert flow.total_cost == (105, 36)


def test_benefits_are_shown_by_class_and_summed() -> None:
    flow = appraised(benefit(0, 30, name="B1"), benefit(0, 20, name="B2", kind=BenefitClass.NCRB),
                     benefit(0, 7, name="B3", kind=BenefitClass.SB), benefit(0, 1, name="B4"), years=1).flow
    assert flow.benefits == {BenefitClass.CRB: (0, 31), BenefitClass.NCRB: (0, 20), BenefitClass.SB: (0, 7)}
    assert flow.total_benefit == (0, 58)


def test_net_flow_runs_up_to_the_cumulative_total() -> None:
    flow = appraised(cost(100, 10, 10), benefit(0, 60, 70), years=2).flow
    assert flow.net == (-100, 50, 60)
    assert flow.cumulative == (-100, -50, 10)
    assert flow.present_net == pytest.approx((-100, 50 / 1.035, 60 / 1.035**2), rel=1e-12)
    assert flow.present_cumulative[-1] == pytest.approx(-100 + 50 / 1.035 + 60 / 1.035**2, rel=1e-12)


def test_a_disbenefit_is_given_as_a_positive_amount_and_subtracted() -> None:
    made = appraised(benefit(0, 100), benefit(0, 30, name="B2", worse=True), years=1)
    assert made.benefits[1].amounts == (0, -30)
    assert made.flow.total_benefit == (0, 70)
    assert made.measures.npsv == pytest.approx(70 / 1.035, rel=1e-12)


def test_a_health_benefit_is_discounted_on_its_own_schedule() -> None:
    made = appraised(benefit(0, 1000, name="B1"), benefit(0, 1000, name="B2", kind=BenefitClass.SB, health=True), years=1)
    assert made.benefits[0].present_value == pytest.approx(1000 / 1.035, rel=1e-12)
    assert made.benefits[1].present_value == pytest.approx(1000 / 1.015, rel=1e-12)
    assert made.flow.present_benefit[1] == pytest.approx(1000 / 1.035 + 1000 / 1.015, rel=1e-12)
    assert made.measures.pvb_by_class[BenefitClass.SB] == pytest.approx(1000 / 1.015, rel=1e-12)


def test_costs_are_always_on_the_standard_schedule() -> None:
    made = appraised(cost(0, 1000), benefit(0, 1000, health=True), years=1)
    assert made.measures.pvc == pytest.approx(1000 / 1.035, rel=1e-12)
    assert made.measures.npsv == pytest.approx(1000 / 1.015 - 1000 / 1.035, rel=1e-12)


def test_social_benefits_count_in_npsv_but_not_in_either_return() -> None:
    measures = appraised(cost(100), benefit(50, name="B1"), benefit(40, name="B2", kind=BenefitClass.NCRB),
                         benefit(1000, name="B3", kind=BenefitClass.SB), years=1).measures
    assert measures.npsv == 990
    assert measures.roi_cash[0] == pytest.approx(-0.5)
    assert measures.roi[0] == pytest.approx(-0.1)


def test_a_benefit_that_cannot_be_put_in_pounds_is_in_no_sum() -> None:
    made = appraised(benefit(0, 10), Benefit("B2", "Fewer deaths", BenefitClass.UB), years=1)
    assert [line.benefit.id for line in made.benefits] == ["B1"]
    assert [row.id for row in made.inputs.benefits] == ["B1", "B2"]
    assert BenefitClass.UB not in made.measures.pvb_by_class


def test_money_outside_the_years_appraised_is_in_no_sum() -> None:
    assert appraised(cost(100, 0, 900), years=1).flow.total_cost == (100, 0)


def test_an_appraisal_of_nothing_is_all_zeros() -> None:
    made = appraised(years=2)
    assert made.flow.net == (0, 0, 0)
    assert (made.measures.npsv, made.measures.pvb, made.measures.pvc) == (0, 0, 0)
