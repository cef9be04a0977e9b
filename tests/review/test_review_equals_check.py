"""Reviewing the bid that was built from a specification gives the verdicts of checking that specification."""

from __future__ import annotations

from functools import cache

import pytest

from bizcase.case import Case, build
from bizcase.completeness.verdict import Degree
from bizcase.provenance import section_digests
from bizcase.review.reviewing import Asked, Reviewed, reviewed_bid
from bizcase.review.sealing import sealed
from bizcase.review.submission import Kind
from tests.building import project_of
from tests.completeness.lacks import LACKS
from tests.completeness.spoiling import spoiled
from tests.conftest import sample_case, sample_names
from tests.review.sealing import sealed_sample

SPOILED = [next(each for each in LACKS if each.code == code) for code in ("C06.1", "C13.6", "C18.1", "X5")]
FINISHED = [name for name in sample_names() if not sample_case(name).blockers]


@cache
def review_of(name: str) -> Reviewed:
    return reviewed_bid(sealed_sample(name).bid, "bid.docx", Asked())


def degrees(case: Case) -> dict[str, Degree]:
    return {verdict.criterion.code: verdict.degree for verdict in case.verdicts}


@pytest.mark.parametrize("name", sample_names())
def test_every_sample_gets_the_same_verdicts_from_its_bid_as_from_its_specification(name: str) -> None:
    case, review = sample_case(name), review_of(name)
    assert len(case.verdicts) > 40
    assert {verdict.criterion.code: verdict.degree for verdict in review.verdicts} == degrees(case)
    assert {(found.code, found.message) for found in review.findings if not found.code.startswith(("B", "H"))} == {
        (found.code, found.message) for found in case.findings}


@pytest.mark.parametrize("name", sample_names())
def test_a_bid_as_it_was_built_has_no_change_and_no_contradiction(name: str) -> None:
    assert [found for found in review_of(name).findings if "B03" < found.code < "B30"] == []


@pytest.mark.parametrize("name", FINISHED)
def test_a_finished_bid_has_nothing_left_in(name: str) -> None:
    assert [found for found in review_of(name).findings if found.code.startswith(("B", "H"))] == []


@pytest.mark.parametrize("name", sample_names())
def test_a_verdict_of_a_bid_of_ours_has_its_place_in_the_bid(name: str) -> None:
    review = review_of(name)
    assert review.submission is not None
    places = {passage.where for passage in review.submission.passages}
    evidence = [found for verdict in review.verdicts for found in verdict.evidence]
    assert len(evidence) > 40
    assert {found.place.where for found in evidence} <= places | {""}
    assert sum(bool(found.place.where) for found in evidence) > 0.8 * len(evidence)


@pytest.mark.parametrize("lack", SPOILED, ids=str)
def test_what_was_left_out_of_a_specification_is_missing_in_its_bid_too(lack: object) -> None:
    case = spoiled(*lack.change)  # type: ignore[attr-defined]
    built = build(case, draft=True)
    review = reviewed_bid(sealed(case, built, built.bid, draft=True).bid, "bid.docx", Asked())
    assert {verdict.criterion.code: verdict.degree for verdict in review.verdicts} == degrees(case)


def test_by_words_alone_nine_verdicts_in_ten_are_those_of_the_specification() -> None:
    """The same bid without what it carries, as if somebody else had written it."""
    case = sample_case("remote-monitoring")
    built = build(case)
    review = reviewed_bid(built.bid, "bid.docx", Asked())
    assert dict(review.facts)["Written by"].startswith("somebody else")
    told = {verdict.criterion.code: verdict.degree for verdict in review.verdicts if verdict.degree is not Degree.CANNOT_TELL}
    expected = degrees(case)
    assert len(told) > 100
    agree = sum(degree == expected[code] for code, degree in told.items())
    assert agree >= 0.9 * len(told), sorted(code for code, degree in told.items() if degree != expected[code])


def test_a_specification_that_has_changed_since_makes_its_bid_stale() -> None:
    project = project_of(sample_case("exercise-medicine"))
    bid = sealed_sample("exercise-medicine").bid
    same = Asked(digest=project.digest, sections=section_digests(project.data))
    assert not [found for found in reviewed_bid(bid, "b.docx", same).findings if found.code == "B19"]
    other = {**project.data, "risks": {"overview": "Others"}}
    [found] = [found for found in reviewed_bid(bid, "b.docx", Asked(digest="other", sections=section_digests(other))).findings
               if found.code == "B19"]
    assert "risks" in found.message


def test_a_review_reads_all_of_the_bid() -> None:
    review = review_of("remote-monitoring")
    assert review.submission is not None
    assert {Kind.HEADING, Kind.PARAGRAPH, Kind.CELL} <= {passage.kind for passage in review.submission.body}
    assert review.submission.skipped == ()
