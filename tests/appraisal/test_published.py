"""The appraisal against worked examples that others have published, with the tolerance their rounding asks for (FIELD 4)."""

from __future__ import annotations

import pytest

from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.discounting import discount_factors, present_value
from bizcase.appraisal.inputs import BenefitClass, CostType, OptimismBias
from bizcase.appraisal.measures import return_on_investment
from bizcase.appraisal.parameters import Band, Schedule
from tests.appraisal.making import GREEN_BOOK, appraised, benefit, cost


def relocation(saving: float) -> Appraisal:
    """Green Book 2003, Box 15: £1,000,000 at the start, then ten years of savings."""
    return appraised(cost(1_000_000), benefit(0, *[saving] * 10), years=10)


def test_w1_relocating_15_staff_is_worth_247000() -> None:
    measures = relocation(150_000).measures
    assert round(measures.npsv, -3) == 247_000  # as published, to the nearest £1,000
    assert measures.npsv == pytest.approx(247_490.80, abs=0.005)


def test_w1_has_the_measures_derived_from_it() -> None:
    measures = relocation(150_000).measures
    assert measures.pvb == pytest.approx(1_247_490.80, abs=0.005)
    assert measures.pvc == 1_000_000
    assert measures.bcr == pytest.approx(1.24749, abs=5e-6)
    assert measures.payback == pytest.approx(6.667, abs=5e-4)
    assert measures.discounted_payback == pytest.approx(7.727, abs=5e-4)


def test_w1_breaks_even_at_its_switching_value() -> None:
    assert relocation(120_241.37).measures.npsv == pytest.approx(0, abs=0.05)


def test_w2_relocating_10_staff_loses_168000() -> None:
    measures = relocation(100_000).measures
    assert round(measures.npsv, -3) == -168_000  # as published, to the nearest £1,000
    assert measures.npsv == pytest.approx(-168_339.47, abs=0.005)
    assert measures.discounted_payback is None
    assert measures.payback == 10


OPTION_A, OPTION_B = (100, 35, 35, 35, 35), (75, 47, 47, 47, 47)


def test_w3_option_a_costs_228_6_thousand_in_present_value() -> None:
    made = appraised(cost(*OPTION_A), years=4)
    assert made.measures.pvc == pytest.approx(228.6, abs=0.05)
    assert [round(amount, 1) for amount in made.flow.present_cost] == [100, 33.8, 32.7, 31.6, 30.5]
    assert made.measures.pvc == pytest.approx(228.558, abs=5e-4)


def test_w4_option_b_costs_more_in_present_value_although_it_starts_cheaper() -> None:
    made = appraised(cost(*OPTION_B), years=4)
    assert made.measures.pvc == pytest.approx(247.7, abs=0.1)  # the published sum adds rounded rows
    assert [round(amount, 1) for amount in made.flow.present_cost] == [75, 45.4, 43.9, 42.4, 41.0]
    assert made.measures.pvc == pytest.approx(247.635, abs=5e-4)
    assert made.measures.pvc > appraised(cost(*OPTION_A), years=4).measures.pvc


def test_w5_the_northern_ireland_guide_prints_the_same_factors() -> None:
    assert [round(factor, 4) for factor in discount_factors(GREEN_BOOK.standard, 4)] == [1, 0.9662, 0.9335, 0.9019, 0.8714]


def test_w8_a_building_of_mixed_kinds_carries_32_1_per_cent() -> None:
    upper = {row.name: row.upper for row in GREEN_BOOK.optimism_bias}
    unusual = cost(300_000, name="C1", kind=CostType.CAPITAL, bias=OptimismBias(rate=upper["non-standard buildings"]))
    usual = cost(700_000, name="C2", kind=CostType.CAPITAL, bias=OptimismBias(rate=upper["standard buildings"]))
    made = appraised(unusual, usual)
    assert made.flow.total_cost[0] / made.affordability.cost[0] == pytest.approx(1.321, rel=1e-12)  # 15.3 % + 16.8 %


def test_w19_capacity_must_not_be_sold_as_cash() -> None:
    made = appraised(cost(500_000), benefit(450_000), benefit(600_000, name="B2", kind=BenefitClass.NCRB), years=1)
    assert made.measures.roi_cash[0] == pytest.approx(-0.10, rel=1e-12)
    assert made.measures.roi[0] == pytest.approx(1.10, rel=1e-12)


def test_w22_three_million_on_two_million_is_a_return_of_50_per_cent() -> None:
    assert return_on_investment([3_000_000], [2_000_000]) == (0.5,)  # not 300 %, and not 150 %


@pytest.mark.parametrize(("name", "rate", "flow", "published", "tolerance"), [
    ("W12", 0.065, (0, 5000), 4694.83568075117, 1e-8),
    ("W13", 0.10, (0, 500, 1500, 4000, 10_000), 11_529.60863329007, 1e-8),
    ("W14", 0.0275 / 12, (0, 50, 60, 40, 100, 25), 273.14193838457, 1e-8),
    ("W15", 0.065, (0, -10_000, 3000, 3400, 7700), 2055.38, 0.005),
    ("Microsoft, NPV 1", 0.10, (0, -10_000, 3000, 4200, 6800), 1188.44, 0.005),
    ("Microsoft, NPV 2", 0.08, (-40_000, 8000, 9200, 10_000, 12_000, 14_500), 1922.06, 0.005),
    ("Microsoft, NPV 3", 0.08, (-40_000, 8000, 9200, 10_000, 12_000, 14_500, -9000), -3749.47, 0.005),
])
def test_present_values_are_those_of_spreadsheet_makers(name: str, rate: float, flow: tuple[float, ...], published: float,
                                                        tolerance: float) -> None:
    factors = discount_factors(Schedule(name, (Band(0, None, rate),), name), len(flow) - 1)
    assert present_value(flow, factors) == pytest.approx(published, abs=tolerance)


@pytest.mark.parametrize(("rate", "flow", "misprinted", "exact"), [
    (0.04, (0, -3000, 1200, 1200, 700, 1200), 879.04, 876.32),
    (0.078, (-10_000, 2000, 2000, 2000, 2500, 2500), -1125.39, -1258.60),
    (0.05, (-100, 25, 25, 25, 25, 25), 8.25, 8.24),
])
def test_published_answers_that_are_wrong_are_not_reproduced(rate: float, flow: tuple[float, ...], misprinted: float,
                                                             exact: float) -> None:
    made = present_value(flow, discount_factors(Schedule("flat", (Band(0, None, rate),), ""), len(flow) - 1))
    assert made == pytest.approx(exact, abs=0.005)
    assert made != pytest.approx(misprinted, abs=0.005)
