"""The appraisal against worked examples that others have published, with the tolerance their rounding asks for (FIELD 4)."""

from __future__ import annotations

import pytest

from bizcase.appraisal.affordability import affordability
from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.discounting import discount_factors, present_value
from bizcase.appraisal.inputs import BenefitClass, Chain, CostType, OptimismBias
from bizcase.appraisal.measures import internal_rate_of_return, return_on_investment
from bizcase.appraisal.sensitivity import Driver, drivers
from tests.appraisal.making import GREEN_BOOK, appraised, benefit, chained, cost, flat


def relocation(saving: float) -> Appraisal:
    """Green Book 2003, Box 15: £1,000,000 at the start, then ten years of savings."""
    return appraised(cost(1_000_000), benefit(0, *[saving] * 10), years=10)


def worth(rate: float, *flow: float) -> float:
    """The present value of a flow at one rate, year 0 first."""
    return present_value(flow, discount_factors(flat(rate), len(flow) - 1))


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


def test_w1_has_the_yearly_equivalent_and_the_rate_of_return_derived_from_it() -> None:
    measures = relocation(150_000).measures
    assert measures.eanb == pytest.approx(29_758.63, abs=0.005)
    assert measures.irr == pytest.approx(0.081442, abs=5e-7)


def relocation_drivers() -> dict[str, Driver]:
    """Box 15 with its saving as a calculation: 15 staff at £10,000 each."""
    made = appraised(cost(1_000_000), chained(Chain(15, unit_value=10_000), start=1), years=10)
    return {driver.id: driver for driver in drivers(made)}


def test_w1_breaks_even_at_its_switching_value() -> None:
    assert relocation(120_241.37).measures.npsv == pytest.approx(0, abs=0.05)
    found = relocation_drivers()
    share = found["all.benefits"].switching_value
    assert share is not None
    assert share - 1 == pytest.approx(-0.1984, abs=5e-5)
    assert 150_000 * share == pytest.approx(120_241.37, abs=0.005)
    assert found["B1.volume"].switching_value == pytest.approx(12.02, abs=0.005)  # staff


def test_w2_is_w1_with_10_staff() -> None:
    assert relocation_drivers()["B1.volume"].npsv_at(10) == pytest.approx(-168_339.47, abs=0.005)


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
    assert made.flow.total_cost[0] / affordability(made).cash_cost[0] == pytest.approx(1.321, rel=1e-12)  # 15.3 % + 16.8 %
    assert [sum(line.adjusted) - sum(line.planned) for line in made.costs] == pytest.approx([153_000, 168_000], rel=1e-12)


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
    assert worth(rate, *flow) == pytest.approx(published, abs=tolerance), name


# W16 publishes a modified rate of return, which the product does not report: it is a rate for flows that change their sign
# more than once, and there the product says that there is no single rate. Its parts are present values: of the outlays at
# the rate of finance, and of the receipts at that of reinvestment; they give the published rate.
def test_w16_the_parts_of_the_modified_rate_of_return_are_present_values() -> None:
    flow = (7300, -15_000, 4036, 3050)
    outlays = worth(0.065, *(min(0, amount) for amount in flow))
    receipts = worth(0.08, *(max(0, amount) for amount in flow)) * 1.08**3
    assert (receipts / -outlays) ** (1 / 3) - 1 == pytest.approx(0.0564050548577524, abs=1e-12)
    assert internal_rate_of_return(flow) is None


@pytest.mark.parametrize(("flow", "published"), [
    ((-70_000, 12_000, 15_000, 18_000, 21_000), -0.021),
    ((-70_000, 12_000, 15_000, 18_000, 21_000, 26_000), 0.087),
])
def test_rates_of_return_are_those_of_spreadsheet_makers(flow: tuple[float, ...], published: float) -> None:
    found = internal_rate_of_return(flow)
    assert found is not None
    assert round(found, 3) == published


def test_a_published_flow_has_its_rate_of_return_in_an_appraisal_too() -> None:
    made = appraised(cost(70_000), benefit(0, 12_000, 15_000, 18_000, 21_000, 26_000), years=5)
    assert made.measures.irr == pytest.approx(0.087, abs=5e-4)


@pytest.mark.parametrize(("amount", "rate", "mitigation", "published"), [(100, 0.51, 0, 151), (100, 0.5, 0.5, 125)])
def test_optimism_bias_is_that_of_another_tool(amount: float, rate: float, mitigation: float, published: float) -> None:
    made = appraised(cost(amount, bias=OptimismBias(rate=rate, mitigation=mitigation)))
    assert made.flow.total_cost[0] == pytest.approx(published, rel=1e-12)


def test_late_factors_are_those_of_another_tool() -> None:
    factors = discount_factors(GREEN_BOOK.standard, 75)
    assert factors[31] == pytest.approx(factors[30] / 1.03, rel=1e-15)
    assert factors[75] == pytest.approx(1 / (1.035**30 * 1.03**45), rel=1e-12)


@pytest.mark.parametrize(("rate", "flow", "misprinted", "exact"), [
    (0.04, (0, -3000, 1200, 1200, 700, 1200), 879.04, 876.32),
    (0.078, (-10_000, 2000, 2000, 2000, 2500, 2500), -1125.39, -1258.60),
    (0.05, (-100, 25, 25, 25, 25, 25), 8.25, 8.24),
])
def test_published_answers_that_are_wrong_are_not_reproduced(rate: float, flow: tuple[float, ...], misprinted: float,
                                                             exact: float) -> None:
    made = worth(rate, *flow)
    assert made == pytest.approx(exact, abs=0.005)
    assert made != pytest.approx(misprinted, abs=0.005)
