"""Texts are measured as Arial would set them, and shortened at a word's end to the lines that there are."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bizcase.document.measured import MORE, Measure, plain

TEN_POINTS = Measure(20)
CENTIMETRE = 567


def test_a_text_is_as_wide_as_its_letters() -> None:
    """By Arial's own measures: H 722, i 222, W 944 thousandths of ten points, which are 200 twips; 2% are kept spare."""
    assert TEN_POINTS.width("Hi") == pytest.approx((722 + 222) * 0.2 * 1.02)
    assert TEN_POINTS.width("W") == pytest.approx(944 * 0.2 * 1.02)
    assert Measure(40).width("Hi") == pytest.approx(2 * TEN_POINTS.width("Hi"))
    assert Measure(20, bold=True).width("Hi") > TEN_POINTS.width("Hi")
    assert TEN_POINTS.width("漢") == pytest.approx(1000 * 0.2 * 1.02)
    assert TEN_POINTS.width("e\u0301") == TEN_POINTS.width("e")


def test_every_letter_of_the_keyboard_has_a_width_of_its_own() -> None:
    unknown = TEN_POINTS.width("\u0434")
    for letter in string.ascii_letters + string.digits + string.punctuation + " £€–—†‡…“”‘’":
        for weight in (TEN_POINTS, Measure(20, bold=True)):
            assert weight.width(letter) != unknown, letter


@pytest.mark.parametrize(("text", "lines", "shortened"), [
    ("Nurse calls after discharge", 1, "Nurse calls after discharge"),
    ("Nurse calls after discharge, by telephone", 1, f"Nurse calls after discharge{MORE}"),
    ("Nurse calls after discharge, by telephone", 2, "Nurse calls after discharge, by telephone"),
    ("Pneumonoultramicroscopicsilicovolcanoconiosis", 1, f"Pneumonoultramicroscopicsili{MORE}"),
    ("", 1, ""),
])
def test_a_text_is_shortened_at_a_word(text: str, lines: int, shortened: str) -> None:
    assert TEN_POINTS.shortened(text, lines, 5.2 * CENTIMETRE) == shortened


def test_a_list_that_is_too_long_says_how_many_more_there_are() -> None:
    items = ["Problem", "Evidence", "Benefits", "Risks", "Costs"]
    assert TEN_POINTS.listed(items, 1, 20 * CENTIMETRE) == "Problem; Evidence; Benefits; Risks; Costs"
    assert TEN_POINTS.listed(items, 1, 6.5 * CENTIMETRE) == "Problem; Evidence; and 3 more"
    assert TEN_POINTS.listed(["Stakeholders and champions of all kinds", "Risks"], 1, 4 * CENTIMETRE) == f"Stakeholders and{MORE}"


@given(st.text(st.sampled_from("iW m-e漢😀é,.;Q"), max_size=150), st.integers(1, 4), st.integers(1000, 6000), st.booleans())
@settings(max_examples=120, deadline=None)
def test_what_is_shortened_fits_and_is_the_beginning_of_the_text(text: str, lines: int, room: int, bold: bool) -> None:
    text = plain(text)
    found = Measure(17, bold).shortened(text, lines, room)
    assert Measure(17, bold).lines(found, room) <= lines
    assert found == text or (found.endswith(MORE) and text.startswith(found.removesuffix(MORE)))


def test_plain_text_is_one_line_that_word_can_hold() -> None:
    assert plain(" R&D\x00 <b>\n\n{{ x }}\t\ud800y ") == "R&D <b> {{ x }} y"
