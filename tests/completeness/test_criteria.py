"""One test for each criterion: the improved sample meets it; with one thing taken out it fails that criterion and says what."""

from __future__ import annotations

import re
from functools import cache

import pytest

from bizcase.case import Case
from bizcase.completeness.criterion import load_criteria
from bizcase.errors import Severity
from tests.completeness.lacking import Lack
from tests.completeness.lacks import LACKS
from tests.completeness.spoiling import IMPROVED, Data, in_rows, spoiled, spoiled_text, unmet, with_value, without
from tests.conftest import sample_case

READY = "X7"
"""The verdict that follows from the others: no blocker is left."""
TOLD = [each for each in LACKS if each.code != READY]


@cache
def opened(each: Lack) -> tuple[Case, list[str]]:
    """The sample without it, and the lines of its text."""
    return spoiled(*each.change), spoiled_text(*each.change).splitlines()


def test_every_criterion_is_put_to_the_test() -> None:
    assert len(LACKS) >= 20
    assert {each.code for each in LACKS} == {criterion.code for criterion in load_criteria()}


def test_each_criterion_can_fail_alone() -> None:
    """But for the one that sums the others."""
    alone = {each.code for each in LACKS if not each.also}
    assert {criterion.code for criterion in load_criteria() if not criterion.sums} <= alone


def test_the_improved_sample_meets_every_criterion() -> None:
    case = sample_case(IMPROVED)
    assert [verdict.criterion.code for verdict in case.verdicts] == [criterion.code for criterion in load_criteria()]
    assert unmet(case) == {}
    assert case.findings == ()


def test_writing_the_sample_out_again_changes_nothing() -> None:
    assert spoiled().findings == ()


@pytest.mark.parametrize("each", TOLD, ids=str)
def test_what_is_taken_out_fails_its_criterion_and_no_other(each: Lack) -> None:
    found = unmet(opened(each)[0])
    assert found[each.code] == each.says
    assert found.keys() == {each.code} | each.also


@pytest.mark.parametrize("each", LACKS, ids=str)
def test_a_bid_is_ready_unless_a_blocker_is_left_and_that_is_no_finding_of_its_own(each: Lack) -> None:
    case = opened(each)[0]
    ready = next(verdict for verdict in case.verdicts if verdict.criterion.code == READY)
    left = [verdict.criterion.code for verdict in case.verdicts if verdict.failed and verdict.severity is Severity.BLOCKER
            and verdict is not ready]
    assert ready.missing == (f"not ready to submit while {' or '.join(left)} is not met" if left else "")
    assert ready.met is not bool(left)
    assert READY not in {finding.code for finding in case.findings}
    assert each.code != READY or ready.missing == each.says


@pytest.mark.parametrize("each", TOLD, ids=str)
def test_the_finding_stands_at_its_section_and_tells_what_is_asked_what_is_there_and_what_to_do(each: Lack) -> None:
    case, lines = opened(each)
    finding = next(finding for finding in case.findings if finding.code == each.code)
    criterion = next(criterion for criterion in load_criteria() if criterion.code == each.code)
    assert lines[finding.place.line - 1] == f"{criterion.section}:"
    assert (finding.place.file, finding.place.column, finding.place.path) == ("spoiled.yaml", 1, criterion.section)
    assert finding.severity is criterion.severity
    assert finding.message == f"{criterion.requirement} Found: {each.says}."
    assert finding.hint == criterion.remedy


@pytest.mark.parametrize("each", LACKS, ids=str)
def test_the_words_are_not_those_of_a_programmer(each: Lack) -> None:
    assert not re.search(r"True|False|None|[\[\]{}\"<>=]|(?<!\w)'|\b0 of\b|\d rows? with", each.says)
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
