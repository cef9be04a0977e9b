"""Figures: how each unit is printed, that no two share an id, and that each says how sure it is."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.figures import NO_COST, NOT_WITHIN, Figure, Unit, appraisal_figures, figure, written
from bizcase.appraisal.inputs import Benefit, BenefitClass, Chain, CostType, Money, OptimismBias, Status
from bizcase.specification.given import given_figures
from bizcase.specification.shape import load_shape
from tests.appraisal.making import appraised, benefit, cost, funding, often
from tests.conftest import sample_case, sample_names


@pytest.mark.parametrize(("value", "unit", "text"), [
    (1234.4, Unit.POUNDS, "£1,234"), (1234.5, Unit.POUNDS, "£1,235"), (1235.5, Unit.POUNDS, "£1,236"),
    (0, Unit.POUNDS, "£0"), (12, Unit.POUNDS, "£12"), (12.5, Unit.POUNDS, "£12.50"), (0.05, Unit.POUNDS, "£0.05"),
    (99.99, Unit.POUNDS, "£99.99"), (100.49, Unit.POUNDS, "£100"), (1_000_000, Unit.POUNDS, "£1,000,000"),
    (-1234.4, Unit.POUNDS, "−£1,234"), (-1234.5, Unit.POUNDS, "−£1,235"), (-12.5, Unit.POUNDS, "−£12.50"),
    (-7, Unit.POUNDS, "−£7"), (-0.001, Unit.POUNDS, "£0.00"), (-0.0, Unit.POUNDS, "£0"),
    (0.3, Unit.SHARE, "30.0%"), (0, Unit.SHARE, "0.0%"), (1, Unit.SHARE, "100.0%"), (12.345, Unit.SHARE, "1,234.5%"),
    (0.0625, Unit.SHARE, "6.3%"), (0.285, Unit.SHARE, "28.5%"), (-0.1, Unit.SHARE, "−10.0%"), (-1, Unit.SHARE, "−100.0%"),
    (-0.0004, Unit.SHARE, "0.0%"),
    (1.24749, Unit.RATIO, "1.25"), (1.125, Unit.RATIO, "1.13"), (0, Unit.RATIO, "0.00"), (-0.5, Unit.RATIO, "−0.50"),
    (-0.001, Unit.RATIO, "0.00"),
    (6.667, Unit.YEARS, "6.7 years"), (6.25, Unit.YEARS, "6.3 years"), (0, Unit.YEARS, "0.0 years"), (1, Unit.YEARS, "1.0 years"),
    (1, Unit.FACTOR, "1.0000"), (1 / 1.035, Unit.FACTOR, "0.9662"),
    (0, Unit.NUMBER, "0"), (2400, Unit.NUMBER, "2,400"), (0.3, Unit.NUMBER, "0.3"), (5.2, Unit.NUMBER, "5.2"),
    (1234.56789, Unit.NUMBER, "1,234.5679"), (-40, Unit.NUMBER, "−40"), (-0.25, Unit.NUMBER, "−0.25"),
    (1200.0, Unit.NUMBER, "1,200"), (0.00004, Unit.NUMBER, "0.00004"), (-0.0, Unit.NUMBER, "0"),
    (2016, Unit.CALENDAR, "2016"),
])
def test_a_value_is_printed_rounded_for_reading(value: float, unit: Unit, text: str) -> None:
    assert written(value, unit) == text


@given(st.floats(-1e12, 1e12), st.sampled_from([Unit.POUNDS, Unit.SHARE, Unit.RATIO, Unit.NUMBER]))
@often
def test_a_number_is_printed_near_its_value_and_never_as_minus_zero(value: float, unit: Unit) -> None:
    text = written(value, unit)
    number = float(text.replace(",", "").replace("£", "").replace("%", "").replace("−", "-"))
    assert number == pytest.approx(value * 100 if unit is Unit.SHARE else value, abs=0.5, rel=1e-12)
    assert not text.startswith("−") or number < 0
    assert "-" not in text


@given(st.integers(-10**9, 10**9))
@often
def test_halves_are_rounded_away_from_zero_as_excel_shows_them(tenths_and_a_half: int) -> None:
    value = (2 * tenths_and_a_half + 1) / 2 / 100  # so many whole hundredths and a half
    away = tenths_and_a_half + (1 if value > 0 else 0)
    assert float(written(value, Unit.RATIO).replace(",", "").replace("−", "-")) == pytest.approx(away / 100, abs=1e-9)


def test_a_figure_without_an_answer_says_why() -> None:
    found = figure("bcr", "Ratio", None, Unit.RATIO, Status.KNOWN, NO_COST)
    assert (found.value, found.text) == (None, "no cost to compare with")


def by_id(made: Appraisal) -> dict[str, Figure]:
    return {found.id: found for found in appraisal_figures(made)}


def test_measures_without_an_answer_are_printed_in_words() -> None:
    without_cost = by_id(appraised(benefit(0, 10), years=2))
    assert without_cost["bcr"].text == without_cost["roi.2"].text == without_cost["roi_cash.2"].text == NO_COST
    lost = by_id(appraised(cost(100), benefit(0, 10), years=2))
    assert lost["payback"].text == lost["payback.discounted"].text == NOT_WITHIN
    assert lost["payback"].value is None
    assert lost["npsv"].text == "−£90.34"  # 10 / 1.035 - 100


def test_the_measures_are_figures_with_the_values_of_the_appraisal() -> None:
    made = appraised(cost(100_000), benefit(0, 60_000, 60_000), benefit(0, 10_000, name="B2", kind=BenefitClass.NCRB), years=2)
    found = by_id(made)
    assert {name: found[name].value for name in ("npsv", "pvb", "pvc", "bcr", "payback", "payback.discounted", "pvb.NCRB")} == {
        "npsv": made.measures.npsv, "pvb": made.measures.pvb, "pvc": made.measures.pvc, "bcr": made.measures.bcr,
        "payback": made.measures.payback, "payback.discounted": made.measures.discounted_payback,
        "pvb.NCRB": made.measures.pvb_by_class[BenefitClass.NCRB]}
    assert found["payback"].text == "1.5 years"
    assert (found["roi_cash.2"].text, found["roi.2"].text) == ("20.0%", "30.0%")


def test_every_year_of_every_flow_is_a_figure_and_so_is_its_total() -> None:
    made = appraised(cost(100, 10, kind=CostType.CAPITAL), benefit(0, 50), funding(90), years=1)
    found = by_id(made)
    assert [found[f"flow.cost.CAPITAL.{year}"].value for year in ("2026/27", "2027/28")] == [100, 10]
    assert found["total.cost.CAPITAL"].value == found["total.cost"].value == found["total.base_cost"].value == 110
    assert found["total.benefit.CRB"].value == found["total.benefit"].value == 50
    assert (found["total.funding"].value, found["total.gap"].value, found["flow.gap.2027/28"].value) == (90, 20, 10)
    assert found["total.net"].value == -60
    assert found["flow.cumulative.2027/28"].value == -60
    assert "total.cumulative" not in found  # the sum of a running total means nothing
    assert found["factor.standard.2027/28"].text == "0.9662"
    assert found["factor.health.2027/28"].text == "0.9852"


def test_a_line_is_a_figure_before_and_after_optimism_bias_and_a_chain_in_a_full_year() -> None:
    chain = Chain(100, 0.5, 40)
    gain = Benefit("B1", "Gain", BenefitClass.CRB, chain, Money(per_year=chain.full_year_value, start=2027, ramp=(0.5, 1)))
    worse = Benefit("B2", "Loss", BenefitClass.NCRB, Chain(10), Money(per_year=10), disbenefit=True)
    found = by_id(appraised(cost(100, bias=OptimismBias(rate=0.51)), gain, worse, funding(30), years=2))
    assert (found["line.C1"].value, found["line.C1.adjusted"].value) == (100, 151)
    assert (found["line.B1.full_year"].value, found["line.B1"].value) == (2000, 3000)
    assert (found["line.B2.full_year"].value, found["line.B2"].value) == (-10, -30)
    assert found["line.B1.present"].value == pytest.approx(1000 / 1.035 + 2000 / 1.035**2)
    assert found["line.F1"].value == 30


def test_a_total_is_as_sure_as_its_weakest_part_and_no_less() -> None:
    found = by_id(appraised(
        cost(1, name="C1", kind=CostType.CAPITAL, status=Status.KNOWN), cost(1, name="C2", status=Status.ESTIMATE),
        benefit(1, name="B1", status=Status.ESTIMATE),
        benefit(1, name="B2", kind=BenefitClass.NCRB, status=Status.ILLUSTRATIVE),
        benefit(1, name="B3", kind=BenefitClass.SB, status=Status.DISPUTED), funding(1)))
    wanted = {
        Status.KNOWN: ("line.C1", "total.cost.CAPITAL", "flow.cost.CAPITAL.2026/27", "total.funding", "flow.funding.2026/27",
                       "line.F1", "factor.health.2026/27"),
        Status.ESTIMATE: ("pvc", "total.cost", "total.base_cost", "flow.present_cost.2026/27", "pvb.CRB", "roi_cash.3",
                          "total.benefit.CRB", "flow.gap.2026/27"),
        Status.ILLUSTRATIVE: ("line.B2", "pvb.NCRB", "roi.3", "flow.benefit.NCRB.2027/28"),
        Status.DISPUTED: ("npsv", "pvb", "bcr", "payback", "payback.discounted", "pvb.SB", "total.net", "total.benefit",
                          "flow.present_cumulative.2026/27", "flow.present_benefit.2026/27"),
    }
    for status, names in wanted.items():
        assert {name: found[name].status for name in names} == dict.fromkeys(names, status)


def test_the_reader_is_told_of_what_is_illustrative_or_disputed_and_not_of_an_estimate() -> None:
    flagged = {status: figure("x", "X", 1, Unit.NUMBER, status).flagged for status in Status}
    assert flagged == {Status.KNOWN: False, Status.ESTIMATE: False, Status.ILLUSTRATIVE: True, Status.DISPUTED: True}


@pytest.mark.parametrize("name", sample_names())
def test_no_two_figures_of_a_bid_share_an_id(name: str) -> None:
    case = sample_case(name)
    assert case.appraisal is not None
    assert case.project is not None
    found = [*given_figures(case.project, load_shape()), *appraisal_figures(case.appraisal)]
    assert len(found) > 100
    assert [figure_id for figure_id, count in Counter(figure.id for figure in found).items() if count > 1] == []


@pytest.mark.parametrize("name", sample_names())
def test_every_figure_has_a_label_and_a_text_that_reads_as_its_value(name: str) -> None:
    case = sample_case(name)
    assert case.appraisal is not None
    found = appraisal_figures(case.appraisal)
    assert len(found) > 100
    for each in found:
        assert each.label, each
        assert each.value is None or each.text == written(each.value, each.unit), each
        assert each.text, each


def test_an_appraisal_of_60_years_has_a_figure_for_each() -> None:
    found = appraisal_figures(appraised(cost(1), years=60))
    assert len({each.id for each in found}) == len(found)
    assert sum(bool(re.fullmatch(r"flow\.cost\.\d{4}/\d{2}", each.id)) for each in found) == 61
