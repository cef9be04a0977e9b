"""Options side by side, each as the increment on business as usual, and the yearly equivalents of unequal lives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from bizcase.appraisal.appraise import appraise
from bizcase.appraisal.inputs import Benefit, BenefitClass, Cost, Inputs, Option, Status
from bizcase.appraisal.options import OptionValue, life, option_values
from tests.appraisal.generating import some_inputs
from tests.appraisal.making import CHOSEN, GREEN_BOOK, USUAL, appraised, benefit, cost, often

LESSER = Option("A3", "A lesser portal", "do minimum")
UNTOUCHED = Option("A4", "A robot", "other")
ALL = (USUAL, CHOSEN, LESSER, UNTOUCHED)


def values(*rows: Cost | Benefit, options: tuple[Option, ...] = ALL, years: int = 5) -> dict[str, OptionValue]:
    return {value.option.id: value for value in option_values(appraised(*rows, options=options, years=years))}


def test_options_by_hand() -> None:
    # The old system costs 50 a year as things are; the portal replaces it, the lesser portal runs beside it.
    found = values(cost(50, 50, name="C1", options=("A1", "A3")), cost(200, 10, name="C2", options=("A2",)),
                   cost(80, name="C3", options=("A3",)), benefit(0, 310.5, name="B1", options=("A2",)),
                   benefit(0, 103.5, name="B2", options=("A3",)), years=1)
    assert {name: value.pvc for name, value in found.items()} == pytest.approx(
        {"A1": 0, "A2": 200 - 50 + (10 - 50) / 1.035, "A3": 80, "A4": -50 - 50 / 1.035})
    assert {name: value.pvb for name, value in found.items()} == pytest.approx({"A1": 0, "A2": 300, "A3": 100, "A4": 0})
    assert found["A3"].npsv == pytest.approx(20)
    assert found["A3"].bcr == pytest.approx(1.25)
    assert {name: value.known for name, value in found.items()} == {"A1": True, "A2": True, "A3": True, "A4": False}


def test_a_line_that_an_option_shares_with_business_as_usual_cancels_and_the_option_is_known_all_the_same() -> None:
    found = values(cost(50, options=("A1", "A3")), benefit(30, options=("A1", "A3"), status=Status.DISPUTED), cost(9, name="C2"))
    assert (found["A3"].known, found["A3"].pvc, found["A3"].pvb, found["A3"].bcr) == (True, 0, 0, None)
    assert found["A3"].status is Status.KNOWN       # what cancels makes nothing less sure
    assert found["A4"].known is False


def test_a_line_that_names_no_option_is_the_preferred_ones_alone() -> None:
    found = values(cost(100), benefit(300))
    assert [(value.pvc, value.pvb) for value in found.values()] == [(0, 0), (100, 300), (0, 0), (0, 0)]


def test_an_option_with_a_benefit_that_cannot_be_put_in_pounds_is_not_known_for_it() -> None:
    assert values(cost(1), Benefit("B1", "Calm", BenefitClass.UB, options=("A3",)))["A3"].known is False


def test_no_option_is_valued_where_none_is_preferred() -> None:
    assert option_values(appraised(cost(1), options=(USUAL, LESSER))) == ()
    assert option_values(appraised(cost(1))) == ()


def test_without_business_as_usual_an_option_is_compared_with_nothing() -> None:
    found = values(cost(100, options=("A2", "A3")), options=(CHOSEN, LESSER))
    assert [value.pvc for value in found.values()] == [100, 100]


def test_options_come_in_the_order_of_the_bid() -> None:
    assert list(values(cost(1), options=(UNTOUCHED, CHOSEN, USUAL))) == ["A4", "A2", "A1"]


@pytest.mark.parametrize(("own", "years", "found"), [(None, 10, 10), (4, 10, 4), (10, 10, 10), (40, 10, 10), (1, 10, 1)])
def test_an_option_lasts_as_long_as_it_says_and_at_most_the_years_appraised(own: int | None, years: int, found: int) -> None:
    assert life(Option("A1", "A", "other", life=own), years) == found


def yearly_payment(amount: float, years: int) -> float:
    """The level payment at the end of each year that pays an amount back: r ÷ (1 − (1 + r)^−n)."""
    return amount * 0.035 / (1 - 1.035**-years)


def test_options_of_unequal_lives_are_compared_by_their_value_in_a_year() -> None:
    # £100,000 that lasts 4 years is dearer a year than £180,000 that lasts 10, although it is the smaller sum.
    brief, lasting = replace(LESSER, life=4), replace(CHOSEN, life=10)
    found = values(cost(100_000, name="C1", options=("A3",)), cost(180_000, name="C2", options=("A2",)),
                   benefit(0, *[30_000] * 4, name="B1", options=("A3",)), benefit(0, *[30_000] * 10, name="B2", options=("A2",)),
                   options=(USUAL, lasting, brief), years=10)
    assert found["A3"].eac == pytest.approx(yearly_payment(100_000, 4))
    assert found["A2"].eac == pytest.approx(yearly_payment(180_000, 10))
    assert found["A3"].pvc < found["A2"].pvc
    assert found["A3"].eac > found["A2"].eac
    # A level benefit over the whole life is worth itself in a year
    assert found["A3"].eanb == pytest.approx(30_000 - yearly_payment(100_000, 4))
    assert found["A2"].eanb == pytest.approx(30_000 - yearly_payment(180_000, 10))


def test_the_option_that_northern_irelands_guide_chooses() -> None:
    # W3 and W4 of FIELD 4.1: A costs 228.6 in present value and B 247.7 (of rounded rows)
    found = values(cost(100, 35, 35, 35, 35, name="C1", options=("A2",)), cost(75, 47, 47, 47, 47, name="C2", options=("A3",)),
                   years=4)
    assert found["A2"].pvc == pytest.approx(228.6, abs=0.05)
    assert found["A3"].pvc == pytest.approx(247.7, abs=0.1)
    assert found["A2"].npsv > found["A3"].npsv


@given(some_inputs())
@often
def test_the_preferred_option_is_worth_what_the_case_is_worth_and_business_as_usual_nothing(inputs: Inputs) -> None:
    made = appraise(inputs, GREEN_BOOK)
    found = {value.option: value for value in option_values(made)}
    assert found[CHOSEN].npsv == pytest.approx(made.measures.npsv, rel=1e-9, abs=1e-6)
    assert found[CHOSEN].eac == pytest.approx(made.measures.eac, rel=1e-9, abs=1e-6)
    assert found[CHOSEN].eanb == pytest.approx(made.measures.eanb, rel=1e-9, abs=1e-6)
    if USUAL in found:
        assert (found[USUAL].pvc, found[USUAL].pvb) == (0, 0)


@given(some_inputs())
@often
def test_an_option_is_worth_what_the_case_is_worth_once_it_is_the_preferred_one(inputs: Inputs) -> None:
    """Every line names its options, so that choosing another moves none of them."""
    named = replace(inputs, costs=tuple(replace(row, options=row.options or ("A2",)) for row in inputs.costs),
                    benefits=tuple(replace(row, options=row.options or ("A2",)) for row in inputs.benefits))
    of_lesser = {value.option.id: value.npsv for value in option_values(appraise(named, GREEN_BOOK))}["A3"]
    turned = tuple(replace(option, decision="preferred" if option.id == "A3" else "rejected") for option in inputs.options)
    assert appraise(replace(named, options=turned), GREEN_BOOK).measures.npsv == pytest.approx(of_lesser, rel=1e-9, abs=1e-6)
