"""The figures of an analysis: that all answers are among them, that no two share an id, and that each says how sure it is."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Figure, written
from bizcase.appraisal.figures import HEADLINES, NO_COST, NO_RATE, NOT_APPRAISED, NOT_WITHIN, analysis_figures
from bizcase.appraisal.inputs import Benefit, BenefitClass, Chain, CostType, OptimismBias, Option, Range, Risk, Status, Step
from bizcase.appraisal.money import Money
from bizcase.specification.given import given_figures
from bizcase.specification.shape import load_shape
from tests.appraisal.making import CHOSEN, FIRST_YEAR, GREEN_BOOK, USUAL, analysed, benefit, chained, cost, funding
from tests.conftest import sample_case, sample_names


def by_id(made: Analysis) -> dict[str, Figure]:
    return {found.id: found for found in analysis_figures(made)}


def test_measures_without_an_answer_are_printed_in_words() -> None:
    without_cost = by_id(analysed(benefit(0, 10), years=2))
    assert without_cost["bcr"].text == without_cost["roi.2"].text == without_cost["roi_cash.2"].text == NO_COST
    lost = by_id(analysed(cost(100), benefit(0, 10), years=2))
    assert lost["payback"].text == lost["payback.discounted"].text == NOT_WITHIN
    assert lost["payback"].value is None
    assert (without_cost["irr"].value, without_cost["irr"].text) == (None, NO_RATE)
    assert lost["npsv"].text == "−£90.34"  # 10 / 1.035 - 100


def test_the_measures_are_figures_with_the_values_of_the_appraisal() -> None:
    made = analysed(cost(100_000), benefit(0, 60_000, 60_000), benefit(0, 10_000, name="B2", kind=BenefitClass.NCRB), years=2)
    found = by_id(made)
    measures = made.appraisal.measures
    wanted = {
        "npsv": measures.npsv, "pvb": measures.pvb, "pvc": measures.pvc, "bcr": measures.bcr, "payback": measures.payback,
        "payback.discounted": measures.discounted_payback, "pvb.NCRB": measures.pvb_by_class[BenefitClass.NCRB],
        "eanb": measures.eanb, "eac": measures.eac, "irr": measures.irr}
    assert {name: found[name].value for name in wanted} == wanted
    assert set(HEADLINES) <= set(found)
    assert found["payback"].text == "1.5 years"
    assert (found["roi_cash.2"].text, found["roi.2"].text) == ("20.0%", "30.0%")


def test_every_year_of_every_flow_is_a_figure_and_so_is_its_total() -> None:
    made = analysed(cost(100, 10, kind=CostType.CAPITAL), benefit(0, 50), funding(90), years=1)
    found = by_id(made)
    assert [found[f"flow.cost.CAPITAL.{year}"].value for year in ("2026/27", "2027/28")] == [100, 10]
    assert found["total.cost.CAPITAL"].value == found["total.cost"].value == found["total.cash_cost"].value == 110
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
    found = by_id(analysed(cost(100, bias=OptimismBias(rate=0.51)), gain, worse, funding(30), years=2))
    assert (found["line.C1"].value, found["line.C1.adjusted"].value) == (100, 151)
    assert (found["line.B1.full_year"].value, found["line.B1"].value) == (2000, 3000)
    assert (found["line.B2.full_year"].value, found["line.B2"].value) == (-10, -30)
    assert found["line.B1.present"].value == pytest.approx(1000 / 1.035 + 2000 / 1.035**2)
    assert found["line.F1"].value == 30
    assert [found[f"line.F1.{year}"].value for year in ("2026/27", "2027/28", "2028/29")] == [30, 0, 0]
    assert found["line.F1.2026/27"].label == "Source F1, 2026/27"


def test_a_total_is_as_sure_as_its_weakest_part_and_no_less() -> None:
    found = by_id(analysed(
        cost(1, name="C1", kind=CostType.CAPITAL, status=Status.KNOWN), cost(1, name="C2", status=Status.ESTIMATE),
        benefit(1, name="B1", status=Status.ESTIMATE),
        benefit(1, name="B2", kind=BenefitClass.NCRB, status=Status.ILLUSTRATIVE),
        benefit(1, name="B3", kind=BenefitClass.SB, status=Status.DISPUTED), funding(1)))
    wanted = {
        Status.KNOWN: ("line.C1", "total.cost.CAPITAL", "flow.cost.CAPITAL.2026/27", "total.funding", "flow.funding.2026/27",
                       "line.F1", "factor.health.2026/27"),
        Status.ESTIMATE: ("pvc", "total.cost", "total.cash_cost", "flow.present_cost.2026/27", "pvb.CRB", "roi_cash.3",
                          "total.benefit.CRB", "flow.gap.2026/27"),
        Status.ILLUSTRATIVE: ("line.B2", "pvb.NCRB", "roi.3", "flow.benefit.NCRB.2027/28"),
        Status.DISPUTED: ("npsv", "pvb", "bcr", "payback", "payback.discounted", "pvb.SB", "total.net", "total.benefit",
                          "flow.present_cumulative.2026/27", "flow.present_benefit.2026/27"),
    }
    for status, names in wanted.items():
        assert {name: found[name].status for name in names} == dict.fromkeys(names, status)


@pytest.mark.parametrize("name", sample_names())
def test_no_two_figures_of_a_bid_share_an_id(name: str) -> None:
    case = sample_case(name)
    assert case.analysis is not None
    assert case.project is not None
    found = [*given_figures(case.project, load_shape()), *analysis_figures(case.analysis)]
    assert len(found) > 100
    assert [figure_id for figure_id, count in Counter(figure.id for figure in found).items() if count > 1] == []


@pytest.mark.parametrize("name", sample_names())
def test_every_figure_has_a_label_and_a_text_that_reads_as_its_value(name: str) -> None:
    case = sample_case(name)
    assert case.analysis is not None
    found = analysis_figures(case.analysis)
    assert len(found) > 100
    for each in found:
        assert each.label, each
        assert each.value is None or each.text == written(each.value, each.unit), each
        assert each.text, each


def test_an_appraisal_of_60_years_has_a_figure_for_each() -> None:
    found = analysis_figures(analysed(cost(1), years=60))
    assert len({each.id for each in found}) == len(found)
    assert sum(bool(re.fullmatch(r"flow\.cost\.\d{4}/\d{2}", each.id)) for each in found) == 61


def a_full_case() -> Analysis:
    """A case with something of everything that a figure is made of."""
    ranged = chained(Chain(100, 0.5, 40), start=1, ranges={"effect": Range(0.4, 0.7)}, status=Status.DISPUTED,
                     accrues_to="Northmoor")
    later = benefit(0, 0, 500, name="B2", kind=BenefitClass.NCRB, steps=("X1",), accrues_to="Eastfield")
    return analysed(
        cost(900, kind=CostType.CAPITAL, payer="F1", bias=OptimismBias("equipment and development", 0.5, upper=2.0)),
        cost(0, 60, 60, 60, name="C2", recurrent=True, payer="F1", payer_after_grant="F2", status=Status.ILLUSTRATIVE),
        cost(0, 0, 30, 30, name="C3", step="X1"), cost(10, name="C4", options=("A1", "A3")), ranged, later,
        funding(900, 60, organisation="The fund"), funding(0, 0, 20, 20, name="F2", kind="host", status="expected"), years=3,
        options=(USUAL, CHOSEN, Option("A3", "A lesser portal", "do minimum"), Option("A4", "Another", "other")),
        steps=(Step("X1", "Eastfield", 4, FIRST_YEAR + 2, (0.5, 1)),),
        risks=(Risk("R1", "Late link", 0.25, 400, FIRST_YEAR + 1, Status.DISPUTED),), scenarios=())


def test_every_answer_of_an_analysis_is_a_figure() -> None:
    made = a_full_case()
    found = by_id(made)
    assert (found["risk.R1.expected"].value, found["risk.expected"].value) == (100, 100)
    assert found["npsv.after_risk"].value == pytest.approx(made.appraisal.measures.npsv - 100 / 1.035)
    assert [found[f"flow.cliff.recurrent.{year}"].value for year in ("2027/28", "2028/29")] == [0, 60]
    assert (found["cliff.grant_ends"].text, found["cliff.first_year"].text) == ("2027/28", "2028/29")
    assert found["total.cliff.unconfirmed"].value == 40
    assert found["total.cliff.nobody"].value == 80
    assert (found["total.need.F1"].value, found["need.F2.2029/30"].value) == (960, 60)
    assert found["reconcile.economic"].value == pytest.approx(900 * 1.5 + 180 + 60 - 10)
    assert found["reconcile.cash"].value == pytest.approx(900 + 180 + 60)
    assert found["party.1.pays"].label == "The fund pays"
    assert found["added.X1.pvb"].value == pytest.approx(500 / 1.035**2)
    assert found["stage.X1.npsv"].value == pytest.approx(found["npsv"].value)
    assert [found[f"adoption.X1.{year}"].text for year in ("2027/28", "2028/29", "2029/30")] == ["0", "2", "4"]
    assert found["option.A3.pvc"].value == 0            # what business as usual bears too is no cost of an option
    assert found["option.A4.npsv"].value is None
    assert found["option.A4.npsv"].text == NOT_APPRAISED
    assert found["driver.B1.effect.central"].value == 0.5
    assert found["driver.B1.effect.npsv_high"].value == pytest.approx(made.appraisal.measures.npsv + 0.2 * 4000 * sum(
        1.035**-year for year in (1, 2, 3)))
    worth = sum(1.035**-year for year in (1, 2, 3))
    assert found["driver.B1.effect.change_low"].value == pytest.approx(-0.1 * 4000 * worth)
    assert found["driver.B1.effect.change_high"].value == pytest.approx(0.2 * 4000 * worth)
    assert "driver.all.costs.change_low" not in found, "it is no bar of the tornado"
    assert found["delay.0"].value == pytest.approx(found["npsv"].value)
    assert "delay.4" in found
    assert "delay.5" not in found
    assert found["simulation.mean"].label == "Mean NPSV of all draws"
    assert sum(found[f"simulation.share.{bar}"].value or 0 for bar in range(1, 21)) == pytest.approx(1)
    low, middle, high = (found[f"simulation.{name}"].value or 0 for name in ("from.1", "p50", "from.20"))
    assert low < middle < high
    assert {share: f"simulation.p{share}" in found for share in (5, 25, 50, 75, 95)} == dict.fromkeys((5, 25, 50, 75, 95), True)


def test_a_case_without_grants_and_without_ranges_says_so() -> None:
    found = by_id(analysed(cost(10), benefit(0, 20)))
    assert (found["cliff.grant_ends"].text, found["cliff.first_year"].text) == ("no grant", "none within the years appraised")
    assert [name for name in found if name.startswith(("simulation.", "adoption", "option.", "party.3"))] == []


def test_the_figures_of_a_full_case_have_ids_of_their_own_and_are_flagged_for_what_they_rest_on() -> None:
    made = analysis_figures(a_full_case())
    assert len(made) > 250
    assert len({each.id for each in made}) == len(made)
    found = {each.id: each.status for each in made}
    assert {found[name] for name in ("risk.R1.present", "risk.expected", "npsv.after_risk", "npsv", "driver.B1.amount.switch",
                                     "simulation.p50", "stage.host.npsv", "option.A2.npsv", "scenario.central.npsv", "delay.1",
                                     "driver.all.CRB.switch", "driver.C2.amount.switch", "driver.C3.amount.npsv_low",
                                     "party.3.net")} == {Status.DISPUTED}, "what the NPSV becomes rests on the whole case"
    assert {found[name] for name in ("pvc", "total.cliff.nobody", "driver.C2.amount.central", "reconcile.cash",
                                     "need.F1.2026/27", "scenario.central.pvc", "party.1.pays")} == {Status.ILLUSTRATIVE}
    assert {found[name] for name in ("added.X1.npsv", "adoption.X1.2028/29", "driver.C3.amount.central",
                                     "driver.all.NCRB.central", "party.4.net")} == {Status.KNOWN}


@pytest.mark.parametrize(("of_risk", "of_case", "weaker"), [
    (Status.KNOWN, Status.DISPUTED, Status.DISPUTED), (Status.ILLUSTRATIVE, Status.KNOWN, Status.ILLUSTRATIVE)])
def test_value_less_risk_is_no_surer_than_the_case_or_its_risks(of_risk: Status, of_case: Status, weaker: Status) -> None:
    found = by_id(analysed(cost(10, status=of_case), risks=(Risk("R1", "Late", 0.5, 4, FIRST_YEAR, of_risk),)))
    assert (found["risk.present"].status, found["npsv"].status, found["npsv.after_risk"].status) == (of_risk, of_case, weaker)


def test_scenarios_are_told_with_their_change_from_the_central_case() -> None:
    made = analysed(cost(100), benefit(0, 207), scenarios=GREEN_BOOK.conventions.scenarios)
    found = by_id(made)
    assert found["scenario.central.change"].value == 0
    assert found["scenario.costs_up.change"].value == pytest.approx(-20)
    assert found["scenario.benefits_down.change"].value == pytest.approx(-40)    # 0.2 × 207 ÷ 1.035
    assert found["scenario.costs_up.npsv"].label == "Costs 20% higher, NPSV"
