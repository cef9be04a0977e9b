"""One test for each criterion: the improved sample meets it; with one thing taken out it fails that criterion and says what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pytest

from bizcase.case import Case
from bizcase.completeness.criterion import load_criteria
from bizcase.errors import Severity
from tests.completeness.spoiling import (
    IMPROVED,
    Change,
    Data,
    in_rows,
    spoiled,
    spoiled_text,
    unmet,
    with_value,
    without,
    without_rows,
)
from tests.conftest import sample_case


@dataclass(frozen=True, slots=True)
class Lack:
    """What is taken out, the criterion that must then fail, and the words in which it is told."""

    code: str
    what: str
    change: tuple[Change, ...]
    says: str
    also: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.code} {self.what}"


def no_meetings(data: Data) -> None:
    for commissioner in data["commissioner_plan"]["commissioners"]:
        commissioner.pop("meetings")


def no_money_in_2028(row: Data) -> None:
    row["amount"].pop("2028/29")


@cache
def opened(each: Lack) -> tuple[Case, list[str]]:
    """The sample without it, and the lines of its text."""
    return spoiled(*each.change), spoiled_text(*each.change).splitlines()


def lack(code: str, what: str, *change: Change, says: str, also: str = "") -> Lack:
    return Lack(code, what, change, says, frozenset(also.split()))


only_one_step = (without_rows("scale_up.steps", id="X1"), without_rows("scale_up.steps", id="X3"),
                 in_rows("resources.costs", lambda row: row.pop("scale_step"), id="C11"))
late_decision = (without("sustainability.payer"), with_value("sustainability.decision_date", "2029-06-01"))

LACKS = [
    lack("C05.1", "finance is not on the map", without_rows("stakeholders.map", group="finance"),
         says="stakeholders.map has no row for finance"),
    lack("C05.1", "nothing is said of the regulator", without("stakeholders.not_applicable"),
         says="stakeholders.map has no row for regulator"),
    lack("C05.1", "three groups", *(without_rows("stakeholders.map", group=group) for group in ("IT", "finance", "public")),
         says="stakeholders.map has no row for public, IT, finance"),
    lack("C06.1", "nobody else is committed", in_rows("clinical_engagement.coleads", lambda row: row.pop("commitment")),
         says="clinical_engagement.coleads has no row with commitment filled in"),
    lack("C06.1", "no co-lead", without("clinical_engagement.coleads"),
         says="clinical_engagement.coleads has no row with commitment filled in"),
    lack("C09.1", "no local commissioner", in_rows("commissioner_plan.commissioners", lambda row: row.update(type="national")),
         says="commissioner_plan.commissioners has no row with type: local or ICS"),
    lack("C09.2", "no meeting", no_meetings, says="no meeting with a commissioner is recorded", also="C21.2"),
    lack("C09.3", "no position", without("commissioner_plan.post_pilot.position"),
         says="commissioner_plan.post_pilot.position is not filled in"),
    lack("C09.3", "no status", without("commissioner_plan.post_pilot.status"),
         says="commissioner_plan.post_pilot.status is not filled in"),
    lack("C10.1", "no commercial lead", without("partnerships.commercial_lead.name"),
         says="partnerships.commercial_lead.name is not filled in"),
    lack("C10.3", "a year without flow", in_rows("partnerships.funds_flow", no_money_in_2028),
         says="partnerships.funds_flow says nothing of 2028/29"),
    lack("C10.3", "no flow", without("partnerships.funds_flow"),
         says="partnerships.funds_flow says nothing of 2026/27, 2027/28, 2028/29"),
    lack("C11.1", "IT is not confirmed", in_rows("readiness.capabilities", lambda row: row.update(confirmed=False), id="G1"),
         says="readiness.capabilities has no row with domain: IT architecture and interfacing and confirmed: true"),
    lack("C11.2", "no commercial capability", without_rows("readiness.capabilities", id="G3"),
         says="readiness.capabilities has no row with domain: commercial and IP"),
    lack("C11.3", "words alone", in_rows("readiness.executive_commitment", lambda row: row.pop("period")),
         says="readiness.executive_commitment has no row with resource and period filled in"),
    lack("C12.3", "the nurse has no later payer", in_rows("resources.costs", lambda row: row.pop("payer_after_grant"), id="C8"),
         says="nobody is named to pay C8 (Monitoring nurse) after 2029-03-31"),
    lack("C12.3", "the end of the funding is open", without("sustainability.funding_end"),
         says="sustainability.funding_end is not filled in, so costs after it cannot be told"),
    lack("C15.1", "no risk of a partner's money", without_rows("risks.register", id="R4"),
         says="risks.register has no row with category: partner funding"),
    lack("C15.1", "two kinds of risk", without_rows("risks.register", id="R1"), without_rows("risks.register", id="R3"),
         says="risks.register has no row with category: technical delivery; risks.register has no row with category: exclusion"),
    lack("C16.1", "no group", without("inclusion.groups"), says="inclusion.groups has no row"),
    lack("C16.2", "no other route", without("inclusion.alternative_route"), says="inclusion.alternative_route is not filled in"),
    lack("C17.3", "no position on withdrawal", without("assurance.withdrawal_position"),
         says="assurance.withdrawal_position is not filled in"),
    lack("C18.1", "no step outside", in_rows("scale_up.steps", lambda row: row.update(outside_host=False)),
         says="scale_up.steps has no row with outside_host: true"),
    lack("C18.1", "one step", *only_one_step, says="scale_up.steps has 1 of the 2 rows needed"),
    lack("C18.2", "no buyer of a step", in_rows("scale_up.steps", lambda row: row.pop("commissioner"), id="X3"),
         says="X3 has no commissioner"),
    lack("C18.2", "no start and no owner", in_rows("scale_up.steps", lambda row: (row.pop("start"), row.pop("owner")), id="X1"),
         says="X1 has no start; X1 has no owner"),
    lack("C19.1", "no payer, and a decision too late", *late_decision,
         says="sustainability.payer is not filled in, and the decision on 2029-06-01 comes after the funding ends on 2029-03-31"),
    lack("C19.1", "no payer and no decision", without("sustainability.payer"), without("sustainability.decision_date"),
         says="sustainability.payer is not filled in, and no decision is dated before the funding ends"),
    lack("C19.2", "no exit plan", without("sustainability.exit_plan"), says="sustainability.exit_plan is not filled in"),
    lack("C21.2", "submission before the first meeting", with_value("document.submission_date", "2026-04-14"),
         says="the first meeting with a commissioner is 2026-04-14, not before submission on 2026-04-14", also="C09.2"),
]


def test_every_criterion_is_put_to_the_test() -> None:
    assert len(LACKS) >= 20
    assert {each.code for each in LACKS} == {criterion.code for criterion in load_criteria()}


def test_the_improved_sample_meets_every_criterion() -> None:
    case = sample_case(IMPROVED)
    assert [verdict.criterion.code for verdict in case.verdicts] == [criterion.code for criterion in load_criteria()]
    assert unmet(case) == {}
    assert case.findings == ()


def test_writing_the_sample_out_again_changes_nothing() -> None:
    assert spoiled().findings == ()


@pytest.mark.parametrize("each", LACKS, ids=str)
def test_what_is_taken_out_fails_its_criterion_and_no_other(each: Lack) -> None:
    found = unmet(opened(each)[0])
    assert found[each.code] == each.says
    assert found.keys() == {each.code} | each.also


@pytest.mark.parametrize("each", LACKS, ids=str)
def test_the_finding_stands_at_its_section_and_tells_what_is_asked_what_is_there_and_what_to_do(each: Lack) -> None:
    case, lines = opened(each)
    finding = next(finding for finding in case.findings if finding.code == each.code)
    criterion = next(criterion for criterion in load_criteria() if criterion.code == each.code)
    assert lines[finding.place.line - 1] == f"{criterion.section}:"
    assert (finding.place.file, finding.place.column, finding.place.path) == ("spoiled.yaml", 1, criterion.section)
    assert finding.severity is Severity.BLOCKER
    assert finding.message == f"{criterion.requirement} Found: {each.says}."
    assert finding.hint == criterion.remedy


@pytest.mark.parametrize("each", LACKS, ids=str)
def test_the_words_are_not_those_of_a_programmer(each: Lack) -> None:
    assert not re.search(r"True|False|None|[\[\]{}'\"<>=]|\b0 of\b|\d rows? with", each.says)
    assert not each.says.endswith(".")


def test_a_section_that_is_not_there_is_told_at_the_top_of_the_file() -> None:
    finding = next(finding for finding in spoiled(without("readiness")).findings if finding.code == "C11.1")
    assert (finding.place.line, finding.place.path) == (1, "readiness")


def test_one_condition_met_by_each_of_two_rows_is_not_both_met_by_one() -> None:
    named_elsewhere = in_rows("readiness.capabilities", lambda row: row.update(confirmed=False), id="G1")
    assert any(row["confirmed"] for row in sample_case(IMPROVED).checked.source.data["readiness"]["capabilities"][1:])
    assert "C11.1" in unmet(spoiled(named_elsewhere))


def test_a_dated_decision_may_stand_in_for_the_payer() -> None:
    assert unmet(spoiled(without("sustainability.payer"))) == {}
    assert unmet(spoiled(without("sustainability.payer"), with_value("sustainability.decision_date", "2029-03-31"))) == {}


def test_without_a_date_of_submission_any_meeting_counts() -> None:
    assert unmet(spoiled(without("document.submission_date"))) == {}


def test_a_cost_that_ends_with_the_funding_needs_no_later_payer() -> None:
    def until_the_end(row: Data) -> None:
        del row["payer_after_grant"]
        row["amount"]["to"] = "2028/29"

    nurse_leaves = in_rows("resources.costs", until_the_end, id="C8")
    funding = in_rows("resources.funding", lambda row: row["amount"].update(per_year=66000), id="F2")
    assert unmet(spoiled(nurse_leaves, funding)) == {}


def no_grant(data: Data) -> None:
    data["resources"]["funding"][0]["kind"] = "charity"


def test_without_a_grant_the_flow_of_funds_follows_all_funding() -> None:
    assert unmet(spoiled(no_grant)) == {
        "C10.3": "partnerships.funds_flow says nothing of 2029/30, 2030/31, 2031/32"}

    def followed_to_the_end(data: Data) -> None:
        data["partnerships"]["funds_flow"].append({"id": "W9", "from": "The board", "to": "Northmoor", "for": "Running costs",
                                                   "amount": {"per_year": 114000, "from": "2029/30", "to": "2031/32"}})

    assert unmet(spoiled(no_grant, followed_to_the_end)) == {}


def test_without_any_funding_there_is_no_flow_to_follow() -> None:
    def nothing_paid(data: Data) -> None:
        del data["resources"]["funding"]
        for row in data["resources"]["costs"]:
            row.pop("payer", None)
            row.pop("payer_after_grant", None)

    assert unmet(spoiled(nothing_paid))["C10.3"] == "nobody pays anything under resources.funding, so no money can be followed"
