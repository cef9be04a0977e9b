"""Word limits: what is counted for a part and for a section, what is said of a text that is too long, and where."""

from __future__ import annotations

from typing import Any

import pytest

from bizcase.case import Case, open_case
from bizcase.codes import explanations
from bizcase.errors import Finding, Severity
from bizcase.specification.limits import Counted, limit_findings, limit_texts, limits_of
from bizcase.specification.profile import Profile, profile_of
from bizcase.specification.shape import load_shape
from tests.building import project_of

SHAPE = load_shape()
TEXT = """\
problem:
  summary: one two three
  condition: not counted, for it is no free text
  current_process: |
    four five

    six
  consequences: {patients: seven eight, staff: nine}
  local_data: [{id: D1, metric: not counted either, value: 3}]
  do_nothing: ten eleven twelve thirteen
evidence:
  overview: a b c d e
  items: [{id: E1, claim: Not counted, level: local, type: quantitative, transferability: in a table and not counted}]
innovation: {how_it_works: x y}
"""


def profile(*parts: dict[str, Any], annexes: tuple[dict[str, Any], ...] = (), short: bool = False) -> Profile:
    return profile_of({"title": "T", "purpose": "P", "parameters": "green-book-2026", "parts": list(parts),
                       "annexes": list(annexes), "short": short}, "ours.yaml")


def case(of: Profile, text: str = TEXT) -> Case:
    return open_case(text, "bid.yaml", of)


def limits(of: Profile, text: str = TEXT) -> list[tuple[str, str, int, int]]:
    found = limits_of(project_of(case(of, text)), SHAPE)
    return [(counted.title, counted.section, counted.words, counted.limit) for counted in found]


def too_long(of: Profile, text: str = TEXT) -> list[Finding]:
    return [found for found in case(of, text).findings if found.code == "A16"]


def test_a_limit_counts_the_free_texts_that_are_shown_and_those_in_groups() -> None:
    whole = {"title": "One", "limit": 100, "sections": ["problem"]}
    assert limits(profile(whole)) == [("One", "problem", 13, 100)]
    some = {"title": "One", "limit": 100, "sections": [{"section": "problem", "show": ["do_nothing", "local_data", "summary"]}]}
    assert limits(profile(some)) == [("One", "problem", 7, 100)]
    none = {"title": "One", "limit": 100, "sections": [{"section": "evidence", "show": ["items"]}]}
    assert limits(profile(none)) == [("One", "evidence", 0, 100)]


def test_a_part_counts_all_its_sections_and_points_at_the_longest() -> None:
    part = {"title": "One", "limit": 5, "sections": ["evidence", "problem", "innovation"]}
    assert limits(profile(part)) == [("One", "problem", 20, 5)]
    nowhere: dict[str, Any] = {"limit": 5, "sections": ["evidence"]}
    assert limits(profile(nowhere)) == [("the whole bid", "evidence", 5, 5)]


def test_a_section_without_show_counts_what_no_other_part_or_annex_names() -> None:
    rest = {"title": "One", "sections": [{"section": "problem", "limit": 9}]}
    other = {"title": "Two", "sections": [{"section": "problem", "show": ["summary"], "limit": 3}]}
    annex = {"title": "A", "sections": [{"section": "problem", "show": ["consequences"]}]}
    assert limits(profile(rest, other, annexes=(annex,))) == [
        ("One: Problem and unmet need", "problem", 7, 9), ("Two: Problem and unmet need", "problem", 3, 3)]


def test_a_part_comes_before_its_sections_and_annexes_last() -> None:
    part = {"title": "One", "limit": 100, "sections": ["evidence", {"section": "problem", "limit": 50}]}
    annex = {"title": "A", "limit": 10, "sections": [{"section": "innovation", "limit": 1}]}
    assert limits(profile(part, annexes=(annex,))) == [
        ("One", "problem", 18, 100), ("One: Problem and unmet need", "problem", 13, 50),
        ("A", "innovation", 2, 10), ("A: Innovation and unique proposition", "innovation", 2, 1)]


@pytest.mark.parametrize(("limit", "message"), [
    (13, None), (14, None), (12, "13 words, 1 over the limit of 12 (One)"), (1, "13 words, 12 over the limit of 1 (One)")])
def test_what_is_over_is_told_and_what_just_fits_is_not(limit: int, message: str | None) -> None:
    found = too_long(profile({"title": "One", "limit": limit, "sections": ["problem"]}))
    assert [finding.message for finding in found] == ([message] if message else [])


@pytest.mark.parametrize("short", [False, True])
def test_a_text_that_is_too_long_is_told_at_its_section_and_stops_nothing(short: bool) -> None:
    part = {"title": "One", "limit": 3, "sections": ["problem", {"section": "evidence", "limit": 4}]}
    found = too_long(profile(part, short=short))
    assert [(finding.place.line, finding.severity) for finding in found] == [(1, Severity.MAJOR), (11, Severity.MAJOR)]
    assert found[1].message == "5 words, 1 over the limit of 4 (One: Evidence)"
    assert case(profile(part)).errors == ()
    assert explanations()["A16"].severity is Severity.MAJOR


def test_a_bid_in_which_the_section_is_missing_has_no_words() -> None:
    assert limits(profile({"title": "One", "limit": 3, "sections": ["ppi"]})) == [("One", "ppi", 0, 3)]
    project = project_of(case(profile({"title": "One", "limit": 3, "sections": ["ppi"]})))
    assert limit_findings(project, case(profile({"sections": ["ppi"]})).checked.source, SHAPE) == []


def test_thousands_are_told_with_their_comma() -> None:
    assert Counted("One", "problem", 1234, 1000, True).text == "1,234 of 1,000 words"
    assert (Counted("One", "problem", 1234, 1000, True).over, Counted("One", "problem", 5, 1000, True).over) == (234, 0)
    text = "problem: {summary: " + "word " * 1300 + "}\n"
    [found] = too_long(profile({"title": "One", "limit": 1100, "sections": ["problem"]}), text)
    assert found.message == "1,300 words, 200 over the limit of 1,100 (One)"


def test_a_draft_finds_each_count_by_the_title_of_the_part_and_the_name_of_the_section() -> None:
    one = {"title": "One", "limit": 100, "sections": ["evidence", {"section": "problem", "show": ["summary"], "limit": 50}]}
    two = {"title": "Two", "sections": [{"section": "problem", "limit": 60}]}
    assert limit_texts(project_of(case(profile(one, two))), SHAPE) == {
        "One": "8 of 100 words", "problem": "3 of 50 words", "One: problem": "3 of 50 words", "Two: problem": "10 of 60 words"}
    assert limit_texts(project_of(case(profile({"sections": ["problem"]}))), SHAPE) == {}
