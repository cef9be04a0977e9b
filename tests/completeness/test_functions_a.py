"""Edge cases of the functions of sections 1 to 12: what is right must not be blamed, and what is wrong must not slip through."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bizcase.completeness.criterion import criterion_of
from bizcase.completeness.sections import FUNCTIONS
from bizcase.completeness.sections.answers import (
    counts_doctors_only,
    counts_others_only,
    says_no_rise,
    says_rise,
)
from bizcase.completeness.sections.incentives import CLINICIANS
from bizcase.completeness.sections.resources import ALWAYS_ASKED, ASKED_IF_DIGITAL
from bizcase.completeness.verdict import Degree
from bizcase.specification.shape import Field, load_shape
from bizcase.specification.signs import is_all, shows
from bizcase.specification.source import load_data
from tests.building import project_of
from tests.completeness.spoiling import IMPROVED, Change, Data, in_rows, spoiled, unmet, with_value, without
from tests.conftest import sample_case


def found(function: str, text: str) -> str | None:
    """What a function says of a specification that holds no more than the text."""
    return FUNCTIONS[function](replace(project_of(sample_case(IMPROVED)), data=load_data(text, "part")))


def degree(code: str, *changes: Change) -> Degree:
    return next(verdict.degree for verdict in spoiled(*changes).verdicts if verdict.criterion.code == code)


def numbered(letter: str, rows: tuple[str, ...]) -> str:
    return ", ".join(f"{{id: {letter}{number}, {row}}}" for number, row in enumerate(rows, 1))


def local(*rows: str) -> str:
    return f"problem: {{local_data: [{numbered('D', rows)}]}}"


@pytest.mark.parametrize("row", [
    "metric: A, period: May 2026, source: Audit, denominator: 240", "metric: A, period: May 2026, source: Audit, denominator: 0",
    "metric: A, period: May 2026, source: Audit, denominator_described: All calls",
])
def test_one_figure_that_can_be_checked_is_enough_and_a_group_in_words_is_a_denominator(row: str) -> None:
    assert found("a_local_figure_can_be_checked", local("metric: B", row)) is None


def test_the_source_of_a_local_figure_may_stand_at_its_value() -> None:
    row = "{id: D1, metric: A, value: {value: 0.3, source: Audit}, period: May 2026, denominator: 240}"
    assert found("a_local_figure_can_be_checked", f"problem: {{local_data: [{row}]}}") is None


@pytest.mark.parametrize(("rows", "differs"), [
    (("metric: A, period: 2025, denominator: 240", "metric: A, period: 2025, denominator: 310"), "240 and 310"),
    (("metric: A, period: 2025, denominator: 240", "metric: a , denominator: 310"), "240 and 310"),
    (("metric: A, period: 2025, denominator: 240", "metric: A, period: 2026, denominator: 310"), ""),
    (("metric: A, denominator: 240", "metric: B, denominator: 310"), ""),
    (("metric: A, denominator: {value: 240.0, status: known}", "metric: A, denominator: 240"), ""),
    (("metric: A, denominator_described: All calls", "metric: A, denominator_described: all  calls"), ""),
    (("metric: A, denominator_described: Callers", "metric: A, denominator_described: Patients admitted"),
     "Callers and Patients admitted"),
    (("metric: A, denominator: 40, denominator_described: People", "metric: A, denominator: 40, denominator_described: All"), ""),
    (("metric: A, denominator: 400", "metric: A, denominator_described: Callers"), ""),
    (("metric: A", "metric: A"), ""),
])
def test_one_measure_of_one_period_has_one_denominator(rows: tuple[str, ...], differs: str) -> None:
    said = f"D1 and D2 have the same metric and different denominators: {differs}" if differs else None
    assert found("a_measure_has_one_denominator", local(*rows)) == said


@pytest.mark.parametrize(("item", "differs"), [
    ("metric: A, level: local, year: 2025, sample_size: 310", True), ("metric: A, level: local, sample_size: 310", True),
    ("metric: A, level: local, year: 2025, sample_size: 240", False), ("metric: A, level: local, year: 2025", False),
    ("metric: A, level: local, year: 2019, sample_size: 310", False),
    ("metric: A, level: national, year: 2025, sample_size: 310", False),
    ("metric: Another, level: local, year: 2025, sample_size: 310", False),
])
def test_local_evidence_of_the_same_measure_counts_the_same_people(item: str, differs: bool) -> None:
    text = local("metric: A, period: April to June 2025, denominator: 240") + f"\nevidence: {{items: [{{id: E1, {item}}}]}}"
    said = found("a_measure_has_one_denominator", text)
    assert said == ("D1 and E1 have the same metric and different denominators: 240 and 310" if differs else None)


def stakeholders(*rows: str) -> str:
    return f"stakeholders: {{map: [{numbered('S', rows)}]}}"


@pytest.mark.parametrize(("row", "said"), [
    ("power: 4, owner: A, engagement_method: B, contact_due: 2026-05-01", None),
    ("power: 5, owner: A, engagement_method: B, contacts: [{date: 2026-05-01, what: C}]", None),
    ("power: 3", None),
    ("power: 4, owner: A, engagement_method: B, contacts: []", "S1 has neither contacts nor contact_due"),
    ("power: 5", "S1 has no owner; S1 has no engagement_method; S1 has neither contacts nor contact_due"),
])
def test_who_has_a_power_of_four_or_five_is_looked_after(row: str, said: str | None) -> None:
    assert found("the_powerful_are_looked_after", stakeholders(row, "influence: 5")) == said


@pytest.mark.parametrize(("row", "said"), [
    ("power: 3, influence: 3", None), ("end_user: false, power: 1", None), ("influence: 4, gain: A", None),
    ("power: 4", "S1 has no gain"), ("influence: 4", "S1 has no gain"), ("end_user: true", "S1 has no gain"),
    ("group: public",
     "stakeholders.map has no row with power, influence or end_user filled in, so nobody can tell who matters most"),
])
def test_who_matters_by_power_influence_or_use_has_a_gain(row: str, said: str | None) -> None:
    assert found("those_who_matter_gain", stakeholders(row)) == said


@pytest.mark.parametrize("function", ["the_powerful_are_looked_after", "those_who_matter_gain"])
def test_without_a_map_nobody_is_looked_after(function: str) -> None:
    assert found(function, "problem: {condition: Fever}") == "stakeholders.map has no row"


STAGES = "governance: {stages: [{stage: ideation, start: 2026-01-01}, {stage: adoption, start: 2026-06-01}, {stage: diffusion}]}"


@pytest.mark.parametrize(("map_", "said"), [
    ("map_date: 2026-03-01, reviews: [{stage: adoption, date: 2026-07-01}]", None),
    ("map_date: 2026-06-01, reviews: [{stage: sustainability, date: 2028-07-01}]", None),
    ("map_date: 2026-03-01, reviews: [{stage: diffusion, date: 2026-07-01}]",
     "stakeholders.reviews has no row for the stage of adoption"),
    ("reviews: [{stage: diffusion, date: 2026-07-01}]", "stakeholders.map_date is not filled in"),
    ("overview: None", "stakeholders.map_date is not filled in; stakeholders.reviews has no row"),
])
def test_the_map_is_reviewed_for_the_stages_that_begin_after_its_date(map_: str, said: str | None) -> None:
    assert found("the_map_is_dated_and_reviewed", f"stakeholders: {{{map_}}}\n{STAGES}") == said


def test_without_dated_stages_one_review_of_the_map_is_enough() -> None:
    assert found("the_map_is_dated_and_reviewed",
                 "stakeholders: {map_date: 2026-03-01, reviews: [{stage: diffusion, date: 2026-07-01}]}") is None


def engaged_on(*dates: str) -> str:
    return "clinical_engagement: {events: [" + ", ".join(f"{{date: {date}}}" for date in dates) + "]}"


@pytest.mark.parametrize(("dates", "enough"), [
    (("2026-01-10", "2026-06-10", "2027-01-10"), True), (("2027-01-10", "2026-01-10", "2026-06-10"), True),
    (("2024-02-29", "2024-06-10", "2025-03-01"), True), (("2026-01-10", "2026-06-10", "2027-01-12"), False),
    (("2020-01-10", "2026-01-10", "2026-02-10", "2026-03-10"), True), (("2026-01-10", "2026-01-10"), False),
])
def test_three_events_fall_within_any_twelve_months(dates: tuple[str, ...], enough: bool) -> None:
    assert (found("engagement_is_repeated", engaged_on(*dates)) is None) is enough


@pytest.mark.parametrize(("groups", "said"), [
    (["Oncology consultants", "Acute oncology nurses"], None), (["GPs", "Practice nurses"], None),
    (["Nurses", "Ward team"], None), (["Surgeons", "Booking office"], None), (["Ward team", "Booking office"], None),
    (["Nurse consultants", "Consultant radiographers"], "doctors"), (["Nurses", "Medical physicists"], "doctors"),
    (["Surgeons", "Clinical oncologists"], "nurses or other professions"),
    (["General practitioners", "Consultants"], "nurses or other professions"),
])
def test_doctors_and_others_are_counted_apart_and_an_unknown_group_may_be_either(groups: list[str], said: str | None) -> None:
    text = "clinical_engagement: {engaged: [" + ", ".join(f"{{discipline: {group}}}" for group in groups) + "]}"
    assert found("doctors_are_counted_apart", text) == (said and f"clinical_engagement.engaged has no row for {said}")


def test_a_profession_is_of_one_kind_at_most() -> None:
    groups = ["Nurses", "Doctors", "Nurse consultants", "Ward team", "Therapeutic radiographers", "Radiologists"]
    assert [counts_others_only(group) for group in groups] == [True, False, True, False, True, False]
    assert [counts_doctors_only(group) for group in groups] == [False, True, False, False, False, True]


@pytest.mark.parametrize(("group", "user", "said"), [
    ("nurses", "true", "S1 (Team) has no row under incentives.rows; S1 (Team) has no row under incentives.workload"),
    ("patients", "true", None), ("executives", "true", None),
    ("nurses", "false", "stakeholders.map has no row with end_user: true, so nobody can tell whose work changes"),
])
def test_only_clinicians_who_will_use_it_are_asked_for_incentives(group: str, user: str, said: str | None) -> None:
    text = stakeholders(f"name: Team, group: {group}, end_user: {user}")
    assert found("each_clinician_group_is_answered", text) == said


def test_the_clinicians_are_groups_of_the_map() -> None:
    groups = load_shape().find("stakeholders.map")
    assert isinstance(groups, Field)
    assert set(CLINICIANS) < set(groups.child("group").allowed)


@pytest.mark.parametrize(("short", "long", "rises"), [
    ("Two more calls a week", "Fewer calls", True), ("A worklist beside the helpline", "Shorter calls", True),
    ("None", "A summary after each answer", False), ("No change", "Fewer calls", False), ("Fewer calls", "Fewer calls", False),
    ("none", "An extra clinic each month", True), ("None", "No extra work", False), ("None", "More work at weekends", True),
    ("None", "More time with patients", False),
])
def test_work_that_rises_soon_or_for_good_is_relieved(short: str, long: str, rises: bool) -> None:
    text = f"incentives: {{workload: [{{group: S1, short_term: {short}, long_term: {long}}}]}}"
    assert found("a_rise_in_work_is_relieved", text) == ("the work of S1 rises, and relief is not filled in" if rises else None)
    assert found("a_rise_in_work_is_relieved", text.replace("}]", ", relief: A bank nurse}]")) is None


@pytest.mark.parametrize(("submission", "heard"), [("2026-05-20", True), ("2026-05-19", False), ("", True)])
def test_an_event_counts_from_the_day_before_submission(submission: str, heard: bool) -> None:
    text = "ppi: {events: [{id: Y1, date: 2026-05-19}, {id: Y2, date: 2026-09-01}]}"
    text += f"\ndocument: {{submission_date: {submission}}}" if submission else ""
    assert (found("patients_met_before_submission", text) is None) is heard


def test_without_any_event_nobody_was_heard() -> None:
    assert unmet(spoiled(without("ppi.events"))) == {
        "C08.1": "ppi.events has no row", "C08.2": "ppi.events has no row with findings and changes_made filled in",
        "C08.4": "ppi.events has no row with digital_mix filled in"}


def test_who_comes_to_a_planned_event_need_not_be_known() -> None:
    def one_more(data: Data) -> None:
        data["ppi"]["events"].append({"id": "Y3", "date": "2027-03-01", "type": "Forum"})

    assert unmet(spoiled(one_more)) == {}


def test_where_nothing_is_digital_nobody_asks_how_digital_patients_are() -> None:
    assert found("carers_and_the_less_digital_are_heard", "innovation: {digital: false}\nppi: {carer_role: They help}") is None
    assert found("carers_and_the_less_digital_are_heard", "ppi: {carer_role: They help}") == \
        "ppi.events has no row with digital_mix filled in"


@pytest.mark.parametrize(("gap", "said"), [
    ("None", None), ("none; all posts are filled", None), ("No gap", None), ("Nights", "G1 has no action; G1 has no owner"),
    ("None of us can do it", "G1 has no action; G1 has no owner"), ("Nonetheless, nights", "G1 has no action; G1 has no owner"),
])
def test_a_gap_of_none_needs_no_action(gap: str, said: str | None) -> None:
    text = f'readiness: {{capabilities: [{{id: G1, gap: "{gap}"}}, {{id: G2, gap: Evenings, action: A, owner: B}}, {{id: G3}}]}}'
    assert found("each_gap_is_being_closed", text) == said


@pytest.mark.parametrize(("answer", "nothing"), [
    ("none", True), ("None.", True), ("n/a", True), ("Not applicable (no software)", True), ("Nil", True), ("", False),
    ("None of the nurses", False), ("Nothing like it in the region", False), ("No gaps in the day, two at night", False),
])
def test_none_is_told_from_a_sentence_that_begins_with_it(answer: str, nothing: bool) -> None:
    assert is_all("nothing", answer) is nothing


def test_a_word_counts_at_its_beginning_and_not_inside_another() -> None:
    assert not says_no_rise("Notes to be written")
    assert says_rise("Some extra visits")
    assert not says_rise("Fewer extra visits")
    assert not shows("assumed", "Quotation through the contract of 2026")
    assert shows("assumed", "We assume the price of last year")


def pays_nobody(data: Data) -> None:
    del data["resources"]["funding"]
    for row in data["resources"]["costs"]:
        row.pop("payer", None)
        row.pop("payer_after_grant", None)


def test_costs_that_nobody_pays_are_told_by_year() -> None:
    assert unmet(spoiled(pays_nobody))["C12.1"] == (
        "resources.funding has no row, and resources.gap does not cover the costs of "
        "2026/27, 2027/28, 2028/29, 2029/30, 2030/31, 2031/32")


def test_a_gap_as_large_as_the_costs_is_an_honest_answer_with_a_plan() -> None:
    def all_open(data: Data) -> None:
        pays_nobody(data)
        data["resources"] |= {"gap": {"per_year": 400000, "from": "2026/27", "to": "2031/32"}, "gap_plan": "Decided in May."}

    assert "C12.1" not in unmet(spoiled(all_open))
    assert unmet(spoiled(all_open, without("resources.gap_plan")))["C12.1"].endswith(
        "2031/32 short of money, and resources.gap_plan is not filled in")


def test_without_any_cost_either_all_is_free_with_reasons_or_something_is_missing() -> None:
    project = project_of(sample_case(IMPROVED))
    free = replace(project, inputs=replace(project.inputs, costs=()))
    assert FUNCTIONS["costs_are_met_or_the_gap_is_planned_for"](free) is None
    assert FUNCTIONS["costs_are_met_or_the_gap_is_planned_for"](replace(free, data={})) == "resources.costs has no row"


def test_where_nothing_is_digital_nobody_asks_for_a_licence_or_an_interface() -> None:
    renamed = [in_rows("resources.costs", lambda row: row.update(category="other"), category=name) for name in ASKED_IF_DIGITAL]
    assert unmet(spoiled(*renamed))["C12.2"].endswith("has a row for licence, integration")
    assert "C12.2" not in unmet(spoiled(*renamed, with_value("innovation.digital", False)))
    known = load_shape().find("resources.costs")
    assert isinstance(known, Field)
    assert {*ALWAYS_ASKED, *ASKED_IF_DIGITAL} <= set(known.child("category").allowed)


def test_a_head_of_cost_may_cost_nothing_for_a_reason_in_any_letters() -> None:
    training = in_rows("resources.costs", lambda row: row.update(category="other"), category="training")
    assert "C12.2" in unmet(spoiled(training))

    def reason(data: Data) -> None:
        data["resources"]["zero_costs"].append({"category": "Training ", "reason": "The vendor trains"})

    assert unmet(spoiled(training, reason)) == {}


def test_a_cost_of_another_option_does_not_stand_for_one_of_this_bid() -> None:
    def only_for_the_other(data: Data) -> None:
        for row in data["resources"]["costs"]:
            if row["category"] == "evaluation":
                row["category"] = "other"
            if row.get("options") == ["A2"]:
                row["category"] = "evaluation"

    assert unmet(spoiled(only_for_the_other))["C12.2"].endswith("has a row for evaluation")


@pytest.mark.parametrize(("status", "source", "said"), [
    ("known", "Quotation of 4 May 2026", False), ("known", "Stands in for a quotation", True), ("known", "Our estimate", True),
    ("known", "Price TBC", True), ("estimate", "Our estimate", False), ("illustrative", "Stands in for a quotation", False),
    ("known", "Roughton Partners, invoice 12", False),
])
def test_a_cost_is_not_marked_known_on_an_assumption(status: str, source: str, said: bool) -> None:
    text = f"resources: {{costs: [{{id: C1, item: Licence, status: {status}, source: '{source}'}}]}}"
    assert found("what_is_assumed_is_marked", text) == (
        "C1 (Licence) is marked known, and its source speaks of an assumption" if said else None)


@pytest.mark.parametrize(("code", "changes", "wanted"), [
    ("C01.1", (without("problem.local_data"), in_rows("benefits.register", lambda row: row.pop("problem_data", None))),
     Degree.ABSENT),
    ("C01.3", (without("problem.benefits"), in_rows("benefits.register", lambda row: row.pop("problem_data", None))),
     Degree.ABSENT),
    ("C02.6", (in_rows("evidence.items", lambda row: row.pop("verified", None)),), Degree.ABSENT),
    ("C02.6", (in_rows("evidence.items", lambda row: row.pop("verified"), id="E1"),), Degree.PARTLY),
    ("C03.2", (without("innovation.rogers"),), Degree.ABSENT),
    ("C03.2", (without("innovation.rogers.advantage"),), Degree.PARTLY),
    ("C03.5", (with_value("innovation.digital", False), without("innovation.human_fallback")), Degree.DOES_NOT_ARISE),
    ("C04.3", (without("alignment.conflicts"),), Degree.ABSENT),
    ("C04.3", (without("alignment.conflicts"), with_value("alignment.no_conflicts", "None, says the board")), Degree.FULLY),
    ("C04.4", (with_value("innovation.digital", False),), Degree.DOES_NOT_ARISE),
    ("C03.3", (without("innovation.prior_attempts"), with_value("innovation.no_prior_attempts", "None found")), Degree.FULLY),
    ("C05.3", (in_rows("stakeholders.map", lambda row: row.update(stance="cooperative"), id="S6"),), Degree.DOES_NOT_ARISE),
    ("C06.3", (in_rows("stakeholders.map", lambda row: row.update(stance="cooperative"), id="S6"),), Degree.DOES_NOT_ARISE),
    ("C07.4", (in_rows("incentives.rows", lambda row: row.update(kind="non-financial")),), Degree.DOES_NOT_ARISE),
    ("C09.4", (in_rows("commissioner_plan.commissioners", lambda row: row.pop("priorities_met", None)),), Degree.PARTLY),
    ("C09.7", (in_rows("commissioner_plan.commissioners", lambda row: row.pop("written_support", None)),), Degree.ABSENT),
    ("C10.4", (in_rows("partnerships.partners", lambda row: row.update(sector="charity")),), Degree.DOES_NOT_ARISE),
    ("C10.7", (with_value("partnerships.partners", [{"id": "P9", "name": "Westmere", "sector": "academia", "role": "Study"}]),
               in_rows("stakeholders.map", lambda row: row.pop("partner", None))), Degree.DOES_NOT_ARISE),
    ("C11.5", (without("readiness.competing_demands"), with_value("readiness.no_competing_demands", "None, says the board")),
     Degree.FULLY),
    ("C11.6", (without("readiness.hub.rd_link"),), Degree.FULLY),
])
def test_how_far_a_criterion_is_met(code: str, changes: tuple[Change, ...], wanted: Degree) -> None:
    assert degree(code, *changes) is wanted


def test_fields_that_a_register_names_take_the_place_of_those_of_its_test() -> None:
    row: dict[str, Any] = {"code": "C99.1", "severity": "major", "requirement": "", "why": "", "remedy": "", "example": "",
                           "test": {"any_row": "ppi.events", "where": {"date": "given"}}}
    assert criterion_of("ppi", row).fields == ("ppi.events",)
    assert criterion_of("ppi", row | {"fields": ["ppi.events[].date"]}).fields == ("ppi.events[].date",)
