"""The currency of a bid: its sign stands before every amount, and in our own words about money; nothing is converted."""

from __future__ import annotations

import pytest

from bizcase.appraisal.currency import in_currency
from bizcase.appraisal.figure import Unit, figure, given_figure, written
from bizcase.appraisal.inputs import Status


@pytest.mark.parametrize(("text", "in_euros"), [
    ("Expected cost £", "Expected cost €"), ("£ a year", "€ a year"), ("Benefits in pounds", "Benefits in €"),
    ("Pounds by financial year", "€ by financial year"), ("of one pound of a benefit", "of one € of a benefit"),
    ("a compound, impounded or expounded", "a compound, impounded or expounded"), ("Nothing", "Nothing"),
])
def test_our_words_about_money_take_the_sign(text: str, in_euros: str) -> None:
    assert in_currency(text, "€") == in_euros
    assert in_currency(text, "£") == text


def test_a_sign_is_only_a_sign() -> None:
    assert in_currency("£ a year", r"\1") == r"\1 a year"


@pytest.mark.parametrize(("value", "in_pounds", "in_dollars"), [
    (1234567.0, "£1,234,567", "US$1,234,567"), (-98365.4, "−£98,365", "−US$98,365"), (12.5, "£12.50", "US$12.50"),
    (0.0, "£0", "US$0")])
def test_a_computed_and_a_given_amount_carry_the_sign(value: float, in_pounds: str, in_dollars: str) -> None:
    assert written(value, Unit.POUNDS) == in_pounds
    assert written(value, Unit.POUNDS, "US$") == in_dollars
    found = figure("npsv", "NPSV", value, Unit.POUNDS, Status.ESTIMATE)
    assert found.in_currency("US$").text == in_dollars
    assert found.in_currency("US$").in_currency("£") != found
    assert found.in_currency("£") is found
    assert (found.in_currency("US$").id, found.in_currency("US$").value, found.in_currency("US$").status) == (
        "npsv", value, Status.ESTIMATE)


def test_as_many_decimals_as_were_typed_and_other_units_without_a_sign() -> None:
    assert given_figure("a", "A", 0.0375, Unit.POUNDS, Status.KNOWN).in_currency("€").text == "€0.0375"
    for unit, text in ((Unit.SHARE, "50.0%"), (Unit.RATIO, "0.50"), (Unit.NUMBER, "0.5")):
        assert written(0.5, unit, "€") == text
        assert figure("a", "A", 0.5, unit, Status.KNOWN).in_currency("€").text == text


def test_words_in_the_place_of_an_amount_stay_as_they_are() -> None:
    found = figure("a", "A", None, Unit.POUNDS, Status.KNOWN, "£ not within the years")
    assert found.in_currency("€").text == "£ not within the years"
