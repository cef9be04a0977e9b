"""The words of messages: the nearest known word, lists in sentences, and found values in one line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bizcase.specification.words import LONGEST_WORD, MOST_WORDS, listed, nearest, shown

FIELDS = ["title", "organisation", "author", "author_role", "submission_date", "IT", "known", "cash-releasing"]


@pytest.mark.parametrize(("word", "meant"), [
    ("titel", "title"), ("Title", "title"), ("TITLE", "title"), ("autor", "author"), ("author-role", "author_role"),
    ("author role", "author_role"), ("submission-date", "submission_date"), ("organization", "organisation"), ("it", "IT"),
    ("cash releasing", "cash-releasing"), ("Cash-Releasing", "cash-releasing"), ("know", "known"),
    ("budget", ""), ("", ""), ("x", ""), ("title" * 100, ""),
])
def test_the_nearest_word_is_found_and_nothing_is_guessed_from_afar(word: str, meant: str) -> None:
    assert nearest(word, FIELDS) == meant


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert nearest("title", []) == ""
    assert nearest("title", iter(["title"])) == "title"


def test_only_so_many_words_are_looked_at() -> None:
    words = [f"word{number}" for number in range(MOST_WORDS)]
    assert nearest("titel", [*words, "title"]) == ""
    assert nearest("titel", [*words[1:], "title"]) == "title"
    assert nearest("t" * LONGEST_WORD, ["t" * LONGEST_WORD]) == "t" * LONGEST_WORD


@pytest.mark.parametrize(("words", "sentence"), [
    ([], "nothing"), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c"),
    ((str(number) for number in range(4)), "0, 1, 2 or 3"),
])
def test_words_are_listed_as_in_a_sentence(words: Any, sentence: str) -> None:
    assert listed(words) == sentence


def test_of_very_many_words_the_first_are_listed_and_the_rest_counted() -> None:
    assert listed("abcdef", limit=5) == "a, b, c, d, e or 1 more"
    assert listed("abcde", limit=5) == "a, b, c, d or e"
    assert listed(map(str, range(5_000)), limit=2) == "0, 1 or 4,998 more"


@pytest.mark.parametrize(("value", "text"), [
    (None, "nothing"), (True, "true"), (False, "false"), (5, "5"), (0.5, "0.5"), (-1e300, "-1e+300"), ("text", "text"), ("", ""),
    ({}, "a mapping"), ({"a": 1}, "a mapping"), ([], "a list"), ([1], "a list"),
    ("a\nb", "a\\u000ab"), ("a\tb", "a\\u0009b"), ("\x1b[31m", "\\u001b[31m"), ("a\u202eb", "a\\u202eb"), ("\ud800", "\\ud800"),
    ("é 🙂 ع", "é 🙂 ع"), ("x" * 60, "x" * 60), ("x" * 61, "x" * 59 + "…"), (10**39, str(10**39)),
])
def test_a_found_value_is_shown_in_one_line(value: object, text: str) -> None:
    assert shown(value) == text


@settings(derandomize=True, deadline=None)
@given(st.one_of(st.text(), st.integers(-10**40, 10**40), st.floats(), st.none(), st.booleans(), st.lists(st.integers())))
def test_whatever_is_shown_is_short_and_printable(value: object) -> None:
    assert shown(value).isprintable()
    assert len(shown(value)) <= 60 * 6


@settings(derandomize=True, deadline=None)
@given(st.text(), st.lists(st.text(), max_size=5))
def test_a_guess_is_one_of_the_known_words_or_nothing(word: str, known: list[str]) -> None:
    assert nearest(word, known) in [*known, ""]
    if word in known and 0 < len(word) <= LONGEST_WORD:
        assert nearest(word, known).casefold() == word.casefold()
