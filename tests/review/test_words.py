"""The data that say how criteria show in words: complete, all of it used, and found as it is spelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from bizcase.completeness.criterion import load_criteria
from bizcase.review.hedges import Strength, strength_of
from bizcase.review.shapes import SHAPES, shapes_in
from bizcase.review.signals import HEDGES, Alternative, load_data_of, load_register
from bizcase.review.statements import sentences
from bizcase.review.word_tree import Found, Span, Terms, words_of
from bizcase.specification.shape import load_shape

REGISTER = load_register()
CODES = {criterion.code: criterion for criterion in load_criteria()}


def alternatives() -> Iterator[Alternative]:
    for shown in REGISTER.shown.values():
        for signal in (*shown.signals, *filter(None, (shown.arises,))):
            yield from signal.alternatives


def used() -> set[str]:
    """The names of all lists and shapes that a criterion or the hedges need."""
    needs = [need for each in alternatives() for need in (each.claim, *each.beside, each.unless, *each.of)]
    return {name for need in needs for name in need} | set(HEDGES)


def test_every_criterion_of_the_register_is_described_in_words_and_no_other() -> None:
    assert len(CODES) > 130
    assert {code for code, criterion in CODES.items() if not criterion.sums} == REGISTER.shown.keys()


def test_a_criterion_has_signals_or_the_reason_why_words_cannot_show_it() -> None:
    assert REGISTER.shown
    for shown in REGISTER.shown.values():
        assert bool(shown.signals) is not bool(shown.cannot), shown.code
        assert not shown.cannot or len(shown.cannot) > 40, shown.code


def test_a_criterion_can_be_met_by_its_signals() -> None:
    for shown in REGISTER.shown.values():
        asked = [signal for signal in shown.signals if not signal.hint]
        assert shown.cannot or 1 <= shown.fully <= len(asked), shown.code
        assert 1 <= shown.partly <= max(1, len(shown.signals)), shown.code


def test_the_sections_of_a_criterion_are_ours_and_its_own_comes_first() -> None:
    ours = set(load_shape().names)
    for code, shown in REGISTER.shown.items():
        assert shown.homes <= ours, (code, shown.homes - ours)
        assert code not in CODES or CODES[code].section in shown.homes, code


def test_every_list_and_every_shape_is_used() -> None:
    lists = {name for content in load_data_of("lexicons") for name in content}
    assert len(lists) > 30
    assert lists - used() == set()
    assert {*SHAPES, "person"} - used() == set()


def test_no_list_holds_a_term_twice_and_every_term_is_text() -> None:
    for content in load_data_of("lexicons"):
        for name, terms in content.items():
            assert all(isinstance(term, str) and term.strip() == term for term in terms), name
            assert [term for term, count in Counter(terms).items() if count > 1] == [], name


KEYS = {"all", "within", "unless", "count", "of", "anywhere", "prose", "own", "weak", "mention", "in_order"}


def rows(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        if "all" in data:
            yield data
        for value in data.values():
            yield from rows(value)
    elif isinstance(data, list):
        for value in data:
            yield from rows(value)


def test_an_alternative_has_no_key_that_nobody_reads_and_no_empty_term() -> None:
    found = [row for content in load_data_of("criteria") for row in rows(content)]
    assert len(found) > 300
    for row in found:
        assert row.keys() <= KEYS, row
        assert row.get("within", "near") in ("near", "sentence", "block"), row
        needs = [*row["all"], *row.get("of", []), row.get("unless", [])]
        assert all(term for need in needs if isinstance(need, list) for term in need), row


def test_every_key_of_an_alternative_is_used_somewhere() -> None:
    found = [row for content in load_data_of("criteria") for row in rows(content)]
    assert set().union(*found) == KEYS


def names(terms: dict[str, list[str]], text: str) -> set[str]:
    return set(Terms.of(terms).found_in(words_of(text).words, {}))


@pytest.mark.parametrize(("term", "text", "found"), [
    ("commission*", "Our commissioners agreed.", True),
    ("commission", "Our commissioners agreed.", False),
    ("co-lead", "She will co lead it.", True),
    ("co-lead", "She is co-lead.", True),
    ("IT", "The IT team", True),
    ("IT", "the it team", False),
    ("trust", "the trust’s board", True),
    ("not .. agreed", "has not yet been agreed", True),
    ("not .. agreed", "has not, as we all know too well, been agreed", False),
    ("not .. agreed", "has not; agreed", False),
    ("R&D", "the R&D office", True),
])
def test_a_term_is_found_as_it_is_meant(term: str, text: str, found: bool) -> None:
    assert (names({"list": [term]}, text) == {"list"}) is found


@pytest.mark.parametrize(("shape", "text", "found"), [
    ("date", "on 14 May 2026", True), ("date", "14/05/2026", True), ("date", "2026-05-14", True), ("date", "in September", True),
    ("date", "Q1 2027", True), ("date", "we may meet", False), ("date", "in 2026", False),
    ("year", "2027/28", True), ("year", "year 2", True), ("year", "12 patients", False),
    ("money", "£40k", True), ("money", "£1.2 million", True), ("money", "40 patients", False),
    ("percent", "30 per cent", True), ("percent", "three in ten", True), ("percent", "three nurses", False),
    ("quantity", "0.4 WTE", True), ("quantity", "one session a week", True), ("quantity", "many thanks", False),
    ("person", "Priya Raman", True), ("person", "Dr Amara Okafor", True), ("person", "Northmoor Hospital", False),
    ("person", "Integrated Care", False), ("ratio", "84 of 280 attendances", True), ("ratio", "most of them", False),
    ("commissioner by name", "Northshire ICB", True), ("commissioner by name", "NHS Vale Integrated Care Board", True),
    ("commissioner by name", "The ICB", False), ("citation", "the minutes of May 2026", False),
    ("change", "from 25% to 80%", True), ("change", "44 in 2024/25; 26 in 2026/27", True), ("change", "to 26", False),
    ("ages", "nine residents (68 to 93)", True), ("ages", "aged 24", True), ("ages", "in their sixties", True),
    ("ages", "10 to 12 weeks", False), ("ages", "from 25% to 80%", False),
    ("post of a commissioner", "the ICB's urgent care lead", True), ("post of a commissioner", "the ICB will lead", False),
    ("ratio", "58 falls among 930 stays", True), ("ratio", "905 of them", True), ("ratio", "minutes of 14 January", False),
    ("ratio", "a rate of 60 per second", False), ("ratio", "a study of 2019 found", False),
    ("citation", "Basch et al. (2017)", True), ("citation", "We met in 2017", False),
])
def test_a_shape_is_found_as_it_is_meant(shape: str, text: str, found: bool) -> None:
    assert (shape in {name for name, _, _ in shapes_in(text)}) is found


@pytest.mark.parametrize(("text", "strength"), [
    ("We met the board", Strength.STATED), ("We have not met the board", Strength.DENIED),
    ("We will have met the board", Strength.INTENDED), ("We hope to have met the board", Strength.WISHED),
    ("We met the board but not the council", Strength.STATED), ("Not only have we met the board", Strength.STATED),
])
def test_a_hedge_changes_what_a_claim_is_worth(text: str, strength: Strength) -> None:
    words = words_of(text).words
    found = REGISTER.terms.found_in(words, {})
    claim = Span(words.index("met"), words.index("met") + 1)
    hedges = sorted((Found(name, *span) for name in HEDGES for span in found.get(name, ())), key=lambda hedge: hedge.start)
    assert strength_of(claim, hedges, words) is strength


def test_a_sentence_does_not_end_at_a_title() -> None:
    assert list(sentences("We met Dr. Hale on 4 May. She agreed.")) == ["We met Dr. Hale on 4 May.", "She agreed."]
