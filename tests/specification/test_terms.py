"""A hub's own terms in the place of ours: whole words, with their capitals, plurals and articles."""

from __future__ import annotations

import pytest

from bizcase.specification.terms import worded

TERMS = {"commissioner": "integrated care board", "AHSN": "health innovation network", "trust": "NHS body", "grant": "award",
         "senior responsible owner": "SRO", "owner": "lead", "plan": "scheme", "scheme": "plan"}


@pytest.mark.parametrize(("ours", "theirs"), [
    ("the commissioner", "the integrated care board"),
    ("Commissioner plan", "Integrated care board scheme"),
    ("commissioners", "integrated care boards"),
    ("the commissioner's view", "the integrated care board's view"),
    ("commissionership and recommissioner", "commissionership and recommissioner"),
    ("a commissioner", "an integrated care board"),
    ("A commissioner", "An integrated care board"),
    ("A Commissioner", "An integrated care board"),
    ("an owner", "a lead"),
    ("a grant", "an award"),
    ("a trust", "an NHS body"),
    ("trusts", "NHS bodies"),
    ("a senior responsible owner", "an SRO"),
    ("Senior responsible owner and owner", "SRO and lead"),
    ("The AHSN and AHSNs", "The health innovation network and health innovation networks"),
    ("AHSN: who pays. AHSN", "Health innovation network: who pays. Health innovation network"),
    ("ahsn", "ahsn"),
    ("the plan of the scheme", "the scheme of the plan"),
    ("Nothing of ours", "Nothing of ours"),
    ("", ""),
])
def test_our_words_become_theirs(ours: str, theirs: str) -> None:
    assert worded(ours, TERMS) == theirs


def test_without_terms_nothing_changes() -> None:
    assert worded("A commissioner", {}) == "A commissioner"


@pytest.mark.parametrize(("theirs", "article"), [
    ("university", "a"), ("union", "a"), ("European fund", "a"), ("one-stop shop", "a"), ("unit", "a"), ("UK body", "a"),
    ("MRI", "an"),
    ("uninsured", "an"), ("hub", "a"), ("ICB", "an"),
])
def test_the_article_follows_the_sound(theirs: str, article: str) -> None:
    assert worded("a commissioner", {"commissioner": theirs}) == f"{article} {theirs}"


def test_the_longest_term_goes_first() -> None:
    assert worded("the plan of work", {"plan": "scheme", "plan of work": "programme"}) == "the programme"


def test_signs_in_a_term_are_only_signs() -> None:
    assert worded("R&D (phase 1)", {"R&D (phase 1)": r"\1 early work"}) == r"\1 early work"
