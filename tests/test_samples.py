"""The samples: one idea as it was refused and as it was answered, a programme of a whole system, and a short submission."""

from __future__ import annotations

from typing import Any

import pytest

from bizcase.appraisal.inputs import BenefitClass, Status
from bizcase.errors import Severity
from tests.building import built_sample, project_of, values_in
from tests.conftest import sample_case, sample_names

REASONS = {
    "no plan to spread beyond the host": {"C18.1", "C18.2"},
    "no organised engagement of the commissioner": {"C09.1", "C09.2", "C21.2"},
    "sustaining after the grant doubted": {"C09.3", "C12.3", "C19.1"},
    "withdrawing a proven service": {"C17.3", "C19.2"},
    "weak commercial capability": {"C10.1", "C11.2"},
    "technical risk without people": {"C11.1"},
    "no support of peers": {"C06.1"},
    "the wider network absent": {"C05.1"},
    "funds between partners unclear": {"C10.3", "C15.1"},
    "endorsed without resources": {"C11.3"},
}
"""Why the panel refused (manual §5.6 to §5.8, §7.1), and the criteria that say so."""


def test_the_refused_bid_is_refused_for_the_reasons_its_panel_gave() -> None:
    case = sample_case("remote-monitoring-as-submitted")
    assert not case.errors
    unmet = {verdict.criterion.code for verdict in case.verdicts if verdict.to_tell and verdict.severity is Severity.BLOCKER}
    assert unmet == set().union(*REASONS.values())
    assert {finding.code for finding in case.blockers} - unmet == {"E21"}


def test_what_the_panel_liked_in_the_refused_bid_is_recognised() -> None:
    case = sample_case("remote-monitoring-as-submitted")
    met = {verdict.criterion.code for verdict in case.verdicts if verdict.met}
    assert {verdict.criterion.code for verdict in case.verdicts if verdict.met and verdict.severity is Severity.BLOCKER} == {
        "C16.1", "C16.2"}
    praised = {verdict.criterion.code for verdict in case.verdicts
               if verdict.criterion.section in ("problem", "evidence", "ppi")}
    assert len(praised) == 15
    assert praised <= met, "need, evidence and patients' part were its strengths"
    data = project_of(case).data
    assert len(data["ppi"]["events"]) == 2
    register = data["benefits"]["register"]
    of_the_host = [row["id"] for row in register if "depends_on_scale" not in row]
    assert len(of_the_host) == 11, "eleven benefits of the first bid; of the last, what depends on spread has a row of its own"
    assert [(row["id"], row["depends_on_scale"]) for row in register if row["id"] not in of_the_host] == [("B12", ["X1"])]
    assert len(data["evaluation"]["objectives_end_user"]) == 9
    assert len(data["evaluation"]["objectives_implementation"]) == 11


def test_the_refused_bid_claims_twenty_per_cent_at_year_three() -> None:
    figures = built_sample("remote-monitoring-as-submitted").figures
    assert figures["roi.3"].text == "20.0%"
    roi_cash = figures["roi_cash.3"].value
    assert roi_cash is not None and roi_cash < 0


def test_without_spread_the_refused_bid_does_not_pay_back() -> None:
    case = sample_case("remote-monitoring-as-submitted")
    assert case.analysis is not None
    host = case.analysis.scale_up.host
    assert host.roi is not None and host.roi < 0
    assert {finding.code for finding in case.findings if finding.severity is Severity.MAJOR} >= {"A10", "A11"}


def test_the_answered_bid_has_nothing_left_to_fix() -> None:
    assert sample_case("remote-monitoring").findings == ()


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_has_no_errors_and_builds(name: str) -> None:
    assert [finding.message for finding in sample_case(name).findings if finding.severity is Severity.ERROR] == []
    assert built_sample(name).bid


@pytest.mark.parametrize("name", sample_names())
def test_money_in_a_sample_is_marked_unless_it_is_known(name: str) -> None:
    """The manual gives no amount in pounds: every unit value, and every cost, is illustrative or an estimate with its source."""
    seen = 0
    for cost in project_of(sample_case(name)).inputs.costs:
        assert cost.status in (Status.ILLUSTRATIVE, Status.ESTIMATE) and cost.source, cost.id
        seen += 1
    for path, field, value in values_in(project_of(sample_case(name)).data):
        if field.name == "unit_value":
            assert value["status"] == "illustrative" and value["source"], path
            seen += 1
    assert seen > 8


@pytest.mark.parametrize("name", sample_names())
def test_what_is_disputed_is_marked_disputed(name: str) -> None:
    """The study of 2011 in both bids on remote monitoring; in the refused one also the vendor's claim about the record."""
    items = project_of(sample_case(name)).data["evidence"]["items"]
    assert len(items) >= 3
    disputed = [item for item in items if item["status"] == "disputed"]
    wanted = {"remote-monitoring": [2011], "remote-monitoring-as-submitted": [2011, 2018], "breast-service": [],
              "breast-transformation": [], "exercise-medicine": []}
    assert [item["year"] for item in disputed] == wanted[name]
    assert all(item["value"]["status"] == "disputed" for item in disputed)


def test_the_breast_service_has_nothing_left_to_fix_in_its_profile() -> None:
    case = sample_case("breast-service")
    assert project_of(case).profile.name == "five-case"
    assert len(case.verdicts) > 70
    assert {finding.code for finding in case.findings} == {"A17", "A18"}, "what was not adopted stays a doubt"


def test_the_breast_service_is_worth_a_little_by_itself_and_more_with_its_neighbours() -> None:
    analysis = sample_case("breast-service").analysis
    assert analysis is not None
    assert analysis.appraisal.measures.npsv == pytest.approx(805_833, abs=1)
    assert analysis.scale_up.host.npsv == pytest.approx(379_516, abs=1)
    assert analysis.appraisal.measures.payback_in_cash is None, "freed clinics are not cash"
    assert {value.option.id: value.known and value.npsv > 0 for value in analysis.options} == {
        "A1": False, "A2": False, "A3": True, "A4": False, "A5": False}


def test_the_breast_service_is_funded_but_for_its_bus_stop() -> None:
    """One gap, declared with its plan; after the transformation money every recurrent cost has a payer."""
    case = sample_case("breast-service")
    assert case.analysis is not None
    funds = case.analysis.affordability
    labels = case.analysis.appraisal.timeframe.labels
    assert {label: gap for label, gap in zip(labels, funds.gap, strict=True) if gap} == {"2028/29": 36_000}
    assert funds.cliff.first_year == labels.index("2030/31")
    assert min(funds.cliff.recurrent[4:]) > 0
    assert not any(funds.cliff.nobody)
    assert "14 January 2028" in project_of(case).data["resources"]["gap_plan"]


def test_the_breast_service_tells_each_of_its_eleven_innovations_as_far_as_it_has_got() -> None:
    told = project_of(sample_case("breast-service")).data["innovation"]["how_it_works"].splitlines()
    status = {line.partition(".")[0]: line for line in told if line.partition(".")[0].isdigit()}
    assert list(status) == [str(number) for number in range(1, 12)]
    assert all(": " in line for line in status.values())
    honest = {"1": "not built", "2": "turned it down", "5": "delayed", "7": "not adopted", "9": "not going ahead"}
    assert [number for number, words in honest.items() if words not in status[number]] == []


def test_the_benefits_of_the_breast_service_are_of_all_classes_and_drawbacks_are_told() -> None:
    register = project_of(sample_case("breast-service")).data["benefits"]["register"]
    assert {row["class"] for row in register} == {"cash-releasing", "non-cash-releasing", "societal", "unmonetisable"}
    assert [row["id"] for row in register if row.get("disbenefit")] == ["B10", "B11"]
    released = [row["budget_line"] for row in register if row["class"] == "cash-releasing"]
    assert released == ["Outside weekend clinics, cost centre 31544"]


@pytest.mark.parametrize(("name", "benefit", "counted"), [
    ("breast-service", "B4", ("take_up", "effect")), ("breast-service", "B12", ("take_up", "effect")),
    ("breast-service", "B13", ("take_up", "effect")), ("breast-service", "B3", ("volume", "effect")),
    ("breast-service", "B6", ("effect",)), ("exercise-medicine", "B2", ("effect",)),
    ("exercise-medicine", "B3", ("volume", "take_up", "effect")), ("exercise-medicine", "B4", ("volume", "effect")),
])
def test_the_last_target_of_a_benefit_is_what_its_value_counts(name: str, benefit: str, counted: tuple[str, ...]) -> None:
    """What a case promises to measure is what it multiplies; to a twentieth of the baseline, for targets are round."""
    register = project_of(sample_case(name)).data["benefits"]["register"]
    row = next(row for row in register if row["id"] == benefit)
    change = 1.0
    for factor in counted:
        change *= _number(row["value"][factor])
    baseline, target = (_number(value) for value in (row["baseline"]["value"], row["targets"][-1]["value"]))
    assert change > 0
    assert abs(target - baseline) == pytest.approx(change, abs=0.05 * baseline)


def _number(value: Any) -> float:
    return float(value["value"] if isinstance(value, dict) else value)


def test_the_short_submission_holds_its_sections_and_leaves_only_honest_advice() -> None:
    """It is not yet asked of commissioners outside, nobody buys its last step, and no partner pays: it says so.

    What only a national bid answers, such as a shared ask, is advice as well.
    """
    case = sample_case("exercise-medicine")
    project = project_of(case)
    assert project.profile.name == "ideas-den"
    assert [section for section in project.profile.sections if section not in project.data] == []
    national_blockers = [finding.code for finding in case.findings if finding.code in project.profile.advisory]
    assert national_blockers == ["C05.1", "C15.1", "C09.1", "C18.2"]
    assert {finding.severity for finding in case.findings} == {Severity.ADVISORY}


def test_the_short_submission_is_worth_a_little_and_most_of_it_falls_to_patients() -> None:
    analysis = sample_case("exercise-medicine").analysis
    assert analysis is not None
    measures = analysis.appraisal.measures
    assert measures.npsv == pytest.approx(21_312, abs=1)
    assert measures.payback_in_cash is None
    assert measures.pvb_by_class[BenefitClass.SB] > measures.pvb / 2
    assert built_sample("exercise-medicine").figures["summary.ask"].value == 120_000


@pytest.mark.parametrize("name", ["breast-service", "breast-transformation", "exercise-medicine"])
def test_each_idea_has_people_and_places_of_its_own(name: str) -> None:
    texts = [str(value) for _, _, value in values_in(project_of(sample_case(name)).data)]
    assert len(texts) > 300
    others = ("Northmoor", "Kestrel", "Fenwick", "Westmere", "Adeyemi", "Marsh", "Farouk", "Osei")
    assert [text for text in texts if any(other in text for other in others)] == []
