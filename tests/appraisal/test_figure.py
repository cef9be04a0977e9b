"""Figures: how each unit is printed, and which of them the reader must be warned of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.appraisal.figure import Unit, as_given, figure, given_figure, worded, written
from bizcase.appraisal.figures import NO_COST
from bizcase.appraisal.inputs import Status
from tests.appraisal.making import often


@pytest.mark.parametrize(("value", "unit", "text"), [
    (1234.4, Unit.POUNDS, "£1,234"), (1234.5, Unit.POUNDS, "£1,235"), (1235.5, Unit.POUNDS, "£1,236"),
    (0, Unit.POUNDS, "£0"), (12, Unit.POUNDS, "£12"), (12.5, Unit.POUNDS, "£12.50"), (0.05, Unit.POUNDS, "£0.05"),
    (99.99, Unit.POUNDS, "£99.99"), (100.49, Unit.POUNDS, "£100"), (1_000_000, Unit.POUNDS, "£1,000,000"),
    (-1234.4, Unit.POUNDS, "−£1,234"), (-1234.5, Unit.POUNDS, "−£1,235"), (-12.5, Unit.POUNDS, "−£12.50"),
    (-7, Unit.POUNDS, "−£7"), (-0.001, Unit.POUNDS, "£0.00"), (-0.0, Unit.POUNDS, "£0"),
    (0.3, Unit.SHARE, "30.0%"), (0, Unit.SHARE, "0.0%"), (1, Unit.SHARE, "100.0%"), (12.345, Unit.SHARE, "1,234.5%"),
    (0.0625, Unit.SHARE, "6.3%"), (0.285, Unit.SHARE, "28.5%"), (-0.1, Unit.SHARE, "−10.0%"), (-1, Unit.SHARE, "−100.0%"),
    (-0.0004, Unit.SHARE, "0.0%"),
    (1.24749, Unit.RATIO, "1.25"), (1.125, Unit.RATIO, "1.13"), (0, Unit.RATIO, "0.00"), (-0.5, Unit.RATIO, "−0.50"),
    (-0.001, Unit.RATIO, "0.00"),
    (6.667, Unit.YEARS, "6.7 years"), (6.25, Unit.YEARS, "6.3 years"), (0, Unit.YEARS, "0.0 years"), (1, Unit.YEARS, "1.0 years"),
    (1, Unit.FACTOR, "1.0000"), (1 / 1.035, Unit.FACTOR, "0.9662"),
    (0, Unit.NUMBER, "0"), (2400, Unit.NUMBER, "2,400"), (0.3, Unit.NUMBER, "0.3"), (5.2, Unit.NUMBER, "5.2"),
    (1234.56789, Unit.NUMBER, "1,234.6"), (178.4086, Unit.NUMBER, "178.4"),
    (0.08631, Unit.NUMBER, "0.0863"), (-40, Unit.NUMBER, "−40"), (-0.25, Unit.NUMBER, "−0.25"),
    (1200.0, Unit.NUMBER, "1,200"), (0.00004, Unit.NUMBER, "0.00004"), (-0.0, Unit.NUMBER, "0"),
    (2016, Unit.CALENDAR, "2016"),
])
def test_a_value_is_printed_rounded_for_reading(value: float, unit: Unit, text: str) -> None:
    assert written(value, unit) == text


@given(st.floats(-1e12, 1e12), st.sampled_from([Unit.POUNDS, Unit.SHARE, Unit.RATIO, Unit.NUMBER]))
@often
def test_a_number_is_printed_near_its_value_and_never_as_minus_zero(value: float, unit: Unit) -> None:
    text = written(value, unit)
    number = float(text.replace(",", "").replace("£", "").replace("%", "").replace("−", "-"))
    assert number == pytest.approx(value * 100 if unit is Unit.SHARE else value, abs=0.5, rel=1e-12)
    assert not text.startswith("−") or number < 0
    assert "-" not in text


@given(st.integers(-10**9, 10**9))
@often
def test_halves_are_rounded_away_from_zero_as_excel_shows_them(tenths_and_a_half: int) -> None:
    value = (2 * tenths_and_a_half + 1) / 2 / 100  # so many whole hundredths and a half
    away = tenths_and_a_half + (1 if value > 0 else 0)
    assert float(written(value, Unit.RATIO).replace(",", "").replace("−", "-")) == pytest.approx(away / 100, abs=1e-9)


def test_a_figure_without_an_answer_says_why() -> None:
    found = figure("bcr", "Ratio", None, Unit.RATIO, Status.KNOWN, NO_COST)
    assert (found.value, found.text) == (None, "no cost to compare with")


def test_the_reader_is_told_of_what_is_illustrative_or_disputed_and_not_of_an_estimate() -> None:
    flagged = {status: figure("x", "X", 1, Unit.NUMBER, status).flagged for status in Status}
    assert flagged == {Status.KNOWN: False, Status.ESTIMATE: False, Status.ILLUSTRATIVE: True, Status.DISPUTED: True}


@pytest.mark.parametrize(("value", "unit", "text"), [
    (0.285, Unit.SHARE, "28.5%"), (0.28512, Unit.SHARE, "28.512%"), (0.3, Unit.SHARE, "30%"), (-0.05, Unit.SHARE, "−5%"),
    (1900, Unit.POUNDS, "£1,900"), (12.5, Unit.POUNDS, "£12.50"), (0.125, Unit.POUNDS, "£0.125"), (-3.5, Unit.POUNDS, "−£3.50"),
    (1234.56789, Unit.NUMBER, "1,234.56789"), (0.1, Unit.NUMBER, "0.1"), (1200.0, Unit.NUMBER, "1,200"),
    (2026, Unit.CALENDAR, "2026"),
])
def test_what_was_typed_is_printed_with_all_its_digits(value: float, unit: Unit, text: str) -> None:
    assert as_given(value, unit) == text
    assert given_figure("x", "X", value, unit, Status.KNOWN).text == text


def test_an_answer_in_words_has_no_number() -> None:
    found = worded("cliff.first_year", "First year", "2028/29")
    assert (found.value, found.text, found.status) == (None, "2028/29", Status.KNOWN)
