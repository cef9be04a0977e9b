"""What a hub keeps of a submission: its Figures as they stand in its own files, and counts that anybody can repeat."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from bizcase.appraisal.figures import analysis_figures
from bizcase.case import Built, Case
from bizcase.errors import UnsoundSpecification
from bizcase.hub.comparing.outcomes import clinical_value, societal_value
from bizcase.hub.comparing.resourcing import resource_word
from bizcase.hub.comparing.valuing import entry_of
from bizcase.hub.entry import Entry, Outcome, as_json, from_json
from bizcase.hub.rules import load_rules
from tests.building import built_sample, case_of, project_of, sample_data
from tests.conftest import sample_case
from tests.hub.making import sample_entry

SHORT = "exercise-medicine"


def entry_of_changed(change: Callable[[dict[str, Any]], None]) -> Entry:
    """The entry of the short sample with a change, without making its files."""
    data = sample_data(SHORT)
    change(data)
    return entry_of_case(case_of(data))


def entry_of_case(case: Case) -> Entry:
    assert case.analysis is not None, [finding.message for finding in case.errors]
    figures = {found.id: found for found in analysis_figures(case.analysis)}
    return entry_of("a.yaml", "k", case, Built(b"", b"", figures, dict.fromkeys(figures, ("S", "A1")), ""), "a.docx", "a.xlsx")


def benefit(data: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in data["benefits"]["register"] if row["id"] == name)
    return found


def test_every_number_is_that_of_the_bid_with_the_cell_of_its_own_workbook() -> None:
    built, entry = built_sample(SHORT), sample_entry(SHORT)
    assert len(entry.numbers) > 80
    for name, number in entry.numbers.items():
        figure = built.figures[name]
        assert (number.value, number.text, number.label) == (figure.value, figure.text, figure.label)
        assert (number.sheet, number.cell) == built.cells[name]
    assert {"npsv", "summary.ask", "roi.3", "roi_cash.3", "flow.benefit.SB.2028/29", "total.cliff.nobody"} <= set(entry.numbers)


def test_an_entry_says_who_what_and_how_it_stands() -> None:
    entry = entry_of_case(sample_case("remote-monitoring-as-submitted"))
    assert (entry.outcome, entry.panel, entry.currency) == (Outcome.DRAFT, "refuse", "£")
    assert {finding.code for finding in entry.findings} >= {"C19.1", "C18.1", "C09.1"}
    assert entry.digest == project_of(sample_case("remote-monitoring-as-submitted")).digest
    assert {score.name: score.word for score in entry.sections}["commissioner_plan"] == "absent"
    assert from_json(json.loads(json.dumps(as_json(entry)))) == entry


def test_a_section_counts_its_criteria_by_hand() -> None:
    """The sample's own risks: two criteria met, two met in part (of four that arise)."""
    verdicts = [each for each in sample_case(SHORT).verdicts if each.criterion.section == "risks" and (each.met or each.failed)]
    score = next(score for score in sample_entry(SHORT).sections if score.name == "risks")
    assert (score.of, score.word) == (len(verdicts), "part")
    assert score.met == sum({"fully": 1.0, "partly": 0.5, "absent": 0.0}[each.degree] for each in verdicts)
    assert 0 < score.met < score.of


def clinical_score(change: Callable[[dict[str, Any]], None]) -> float:
    data = sample_data(SHORT)
    change(data)
    score = clinical_value(project_of(case_of(data))).score
    assert score is not None
    return score


def test_the_outcomes_of_care_named_are_counted_and_said_in_words() -> None:
    found = clinical_value(project_of(sample_case(SHORT)))
    assert found.score == 2.0
    assert found.text == "2 named (quality, experience): 2 with a measure, 2 with a baseline, 2 with a better target"


@pytest.mark.parametrize(("change", "score"), [
    (lambda row: row.update(disbenefit=True), 1.0),
    (lambda row: row.pop("baseline"), 1.75),
    (lambda row: row.pop("targets"), 1.75),
    (lambda row: row.update(targets=[{"month": 12, "value": 28}]), 1.75),
    (lambda row: row.update(direction="maintain"), 1.75),
    (lambda row: row.update(dimension="efficiency"), 1.0),
])
def test_a_drawback_never_counts_and_less_counts_less(change: Callable[[dict[str, Any]], None], score: float) -> None:
    assert clinical_score(lambda data: change(benefit(data, "B1"))) == score


def test_a_benefit_of_another_option_is_no_gain_of_this_one() -> None:
    found = {row["id"] for row in sample_data("remote-monitoring")["benefits"]["register"]}
    measured = {row.benefit for row in entry_of_case(sample_case("remote-monitoring")).measured}
    assert "B9" in found
    assert "B9" not in measured
    assert {"B1", "B5"} <= measured


def test_societal_gains_are_counted_by_their_mark_or_class() -> None:
    assert societal_value(project_of(sample_case(SHORT))).text == "gains for society: B1, B2"
    data = sample_data(SHORT)
    benefit(data, "B1").pop("societal")
    assert societal_value(project_of(case_of(data))).score == 1.0


def confirm(data: dict[str, Any]) -> None:
    for row in data["resources"]["funding"]:
        row["status"] = "confirmed"


def the_grant_alone_is_open(data: dict[str, Any]) -> None:
    confirm(data)
    data["resources"]["funding"][0]["status"] = "applied for"


def team(confirmed: bool) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        confirm(data)
        data["resources"]["team"] = [{"id": "T1", "role": "Exercise specialist", "confirmed": confirmed}]
    return change


def without_funding(data: dict[str, Any]) -> None:
    del data["resources"]["funding"]
    for cost in data["resources"]["costs"]:
        cost.pop("payer", None)
        cost.pop("payer_after_grant", None)


@pytest.mark.parametrize(("change", "word", "said"), [
    (lambda data: None, "hoped for", "of which Eastholm's own budget beside the grant, none is; no people are named"),
    (the_grant_alone_is_open, "asked for", "funding of £120,000 is not confirmed"),
    (confirm, "cannot tell", "is confirmed; no people are named"),
    (team(confirmed=True), "resourced", "; confirmed: Exercise specialist"),
    (team(confirmed=False), "hoped for", "not confirmed: Exercise specialist"),
    (without_funding, "not resourced", "has no funding"),
])
def test_money_and_people_are_told_in_a_word_and_what_is_missing(change: Callable[[dict[str, Any]], None], word: str,
                                                                 said: str) -> None:
    found = entry_of_changed(change).resource
    assert resource_word(found) == word
    assert said in found.text


def test_a_bid_with_blockers_is_not_ready_whatever_the_panel_would_praise() -> None:
    def without_owner(data: dict[str, Any]) -> None:
        del benefit(data, "B1")["owner"]

    found = entry_of_changed(without_owner)
    assert (found.outcome, found.panel) == (Outcome.DRAFT, "not ready")
    assert found.panel_says.startswith("Not ready: 1 blocker to clear first; otherwise ")


def test_what_would_stop_a_bid_is_asked_first_and_the_den_asks_its_own_words() -> None:
    asked = entry_of_case(sample_case("remote-monitoring-as-submitted")).questions
    assert 3 <= len(asked) <= load_rules().most_questions
    assert asked[0].asks == "Will it last when the money is spent, and who pays then?"
    assert len({question.asks for question in asked}) == len(asked)
    assert entry_of_case(sample_case("remote-monitoring")).questions == ()


def test_a_short_form_is_not_asked_for_what_it_has_no_room_for() -> None:
    """Its form has no part on IT: nobody asks a gym who builds the interface."""
    assert [question.asks for question in sample_entry(SHORT).questions] == [
        "How were the costs worked out, and who has checked them?",
        "Where does it go after the pilot, when, and who has agreed to take it on?",
        "When did you first meet the commissioner, and what did they say?",
        "Which general practices, doctors and commissioners have shaped this, and since when?"]


def test_a_bid_without_local_figures_is_asked_why_it_is_needed() -> None:
    def undated(data: dict[str, Any]) -> None:
        for row in data["problem"]["local_data"]:
            del row["period"]

    asked = entry_of_changed(undated).questions
    assert "Why is this needed here, and what shows it?" in {question.asks for question in asked}
    assert "How do you know that this is needed here?" not in {question.asks for question in asked}


def test_a_short_appraisal_gives_the_return_of_its_last_year() -> None:
    def shorter(data: dict[str, Any]) -> None:
        data["appraisal"]["years"] = 2

    numbers = entry_of_changed(shorter).numbers
    assert "roi.2" in numbers
    assert not {"roi.1", "roi.3"} & set(numbers)


def test_nothing_is_kept_of_a_specification_with_errors() -> None:
    data = copy.deepcopy(sample_data(SHORT))
    data["appraisal"]["years"] = "many"
    with pytest.raises(UnsoundSpecification):
        entry_of("a.yaml", "k", case_of(data), Built(b"", b"", {}, {}, ""), "", "")
