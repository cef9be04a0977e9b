"""A hub's profile waives criteria, with the reason told, and adds some of its own without code."""

from __future__ import annotations

import pytest

from bizcase.case import Case, open_case, open_profile
from bizcase.completeness.assess import weighted
from bizcase.completeness.own_tests import KINDS
from bizcase.completeness.simple import _KINDS as TESTED
from bizcase.completeness.verdict import Degree, Verdict
from bizcase.errors import Severity, UnsoundProfile
from tests.completeness.spoiling import Change, spoiled_text, without

PROFILE = """\
title: Regional fund
purpose: Six pages.
parameters: green-book-2026
parts:
  - sections: [problem, resources, risks, inclusion, sustainability]
"""
OWN = """\
criteria:
  - code: L01
    section: problem
    requirement: The bid says for how many people the problem stands.
    severity: {severity}
    why: The fund pays for problems that many share.
    remedy: Fill in problem.population.size.
    test: {test}
"""


def checked(more: str, *changes: Change) -> Case:
    return open_case(spoiled_text(*changes), "bid.yaml", open_profile(PROFILE + more, "ours.yaml", lambda _: False))


def own(test: str, *changes: Change, severity: str = "major") -> Verdict:
    case = checked(OWN.replace("{test}", test).replace("{severity}", severity), *changes)
    return next(each for each in case.verdicts if each.criterion.code == "L01")


def faults(more: str) -> list[str]:
    with pytest.raises(UnsoundProfile) as caught:
        open_profile(PROFILE + more, "ours.yaml", lambda _: False)
    return [f"{found.place.line} {found.message}" for found in caught.value.findings]


def test_a_criterion_of_a_hubs_own_is_met_or_told_with_its_remedy() -> None:
    test = "{present: problem.population.size}"
    assert own(test).degree is Degree.FULLY
    case = checked(OWN.replace("{test}", test).replace("{severity}", "blocker"), without("problem.population"))
    found = next(finding for finding in case.findings if finding.code == "L01")
    assert (found.severity, found.message, found.hint) == (
        Severity.BLOCKER, "The bid says for how many people the problem stands. Found: problem.population.size is not filled in.",
        "Fill in problem.population.size.")


@pytest.mark.parametrize(("test", "met"), [
    ("{at_least: 1, rows: risks.register}", True), ("{at_least: 99, rows: risks.register}", False),
    ("{any_row: risks.register, where: {category: [exclusion]}}", True),
    ("{any_row: risks.register, where: {category: [exclusion], owner: missing}}", False),
    ("{every: risks.register, has: [owner, mitigation]}", True),
    ("{every: risks.register, has: [trigger], where: {category: [exclusion]}}", False),
    ("{words: problem.summary, between: [5, 400]}", True), ("{words: problem.summary, between: [1000, 4000]}", False),
    ("{is: document.status, one_of: [draft, for review, final, submitted]}", True),
    ("{is: innovation.digital, one_of: [false]}", False),
    ("{number: inclusion.reading_grade, at_most: 9}", True), ("{number: inclusion.reading_grade, at_most: 1}", False),
    ("{all_of: [{present: problem.summary}, {present: problem.do_nothing}]}", True),
    ("{any_of: [{at_least: 99, rows: risks.register}, {present: problem.summary}]}", True),
    ("{all_of: [{at_least: 99, rows: risks.register}, {present: problem.summary}]}", False),
])
def test_every_simple_kind_can_be_asked_without_code(test: str, met: bool) -> None:
    def no_trigger(data: dict) -> None:  # type: ignore[type-arg]
        for row in data["risks"]["register"]:
            row.pop("trigger", None)

    assert own(test, no_trigger).met is met


def test_every_simple_kind_is_known_to_the_reader_of_profiles() -> None:
    assert set(KINDS) == set(TESTED) - {"function"}, "what follows from other verdicts, and functions, stay ours"


def test_a_waived_criterion_is_not_asked_and_its_reason_is_kept() -> None:
    spoil = without("inclusion.alternative_route")
    assert "C16.2" in {finding.code for finding in checked("", spoil).findings}
    case = checked("waived: [{code: C16.2, reason: Nothing about these ideas is digital.}]\n", spoil)
    assert "C16.2" not in {finding.code for finding in case.findings}
    verdict = next(each for each in case.verdicts if each.criterion.code == "C16.2")
    assert (verdict.degree, verdict.waived) == (Degree.DOES_NOT_ARISE, "Nothing about these ideas is digital.")
    assert weighted([verdict], {}) is None


@pytest.mark.parametrize(("test", "told"), [
    ("{present: problem.sumary}", "there is no field problem.sumary"),
    ("{presence: problem.summary}", "the test is of no known kind"),
    ("{function: every_group_is_mapped}", "the test is of no known kind"),
    ("{at_least: 0, rows: risks.register}", "0 is no number of rows"),
    ("{at_least: 2}", "a test of the kind 'at_least' needs rows"),
    ("{at_least: 2, rows: problem.summary}", "problem.summary is not a list of rows"),
    ("{any_row: risks.register, where: {catgory: [exclusion]}}", "risks.register has no field catgory"),
    ("{any_row: risks.register, where: {category: [exclusions]}}", "risks.register[].category is never exclusions"),
    ("{any_row: risks.register, where: {category: exclusion}}", "exclusion is not a list of values"),
    ("{every: risks.register, has: [ownr]}", "risks.register has no field ownr"),
    ("{words: problem.summary, between: [9, 2]}", "is not a lowest and a highest number of words"),
    ("{number: inclusion.reading_grade, at_most: low}", "low is not a number"),
    ("{all_of: []}", "all_of holds a list of tests"),
    ("{all_of: [{present: nothing.here}]}", "there is no field nothing.here"),
    ("{present: problem.summary, where: {}}", "a test of the kind 'present' has no where"),
])
def test_a_test_that_cannot_be_met_is_told_with_its_line(test: str, told: str) -> None:
    [message] = faults(OWN.replace("{test}", test).replace("{severity}", "major"))
    assert message.startswith("13 ")
    assert told in message


def test_a_code_of_ones_own_is_not_one_of_ours_and_stands_once() -> None:
    row = OWN.replace("{test}", "{present: problem.summary}").replace("{severity}", "major")
    assert faults(row.replace("L01", "C18.1")) == ["7 C18.1 is no code for a criterion of your own"]
    assert faults(row + row.removeprefix("criteria:\n")) == ["14 L01 is there twice"]
    assert faults(row.replace("section: problem", "section: problems")) == ["8 the section 'problems' is not known"]


def test_only_criteria_that_exist_can_be_waived() -> None:
    assert faults("waived: [{code: C99.9, reason: Why not}]\n") == ["6 there is no criterion C99.9"]
    assert "required" in faults("waived: [{code: C05.1}]\n")[0] or "reason" in faults("waived: [{code: C05.1}]\n")[0]
