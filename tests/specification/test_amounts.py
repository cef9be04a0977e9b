"""Numbers as a specification writes them: money in its forms, and quantities plain or with what is known of them."""

from __future__ import annotations

from typing import Any

import pytest

from bizcase.appraisal.inputs import Range, Status, Step
from bizcase.appraisal.money import Money
from bizcase.specification.amounts import money, quantity, quantity_range, quantity_status, yearly


@pytest.mark.parametrize(("written", "meant"), [
    ({"2026/27": 5, "2028/29": 1.5}, Money(by_year={2026: 5.0, 2028: 1.5})),
    ({}, Money()),
    ({"per_year": 5}, Money(per_year=5.0)),
    ({"per_year": 5, "from": "2026/27"}, Money(per_year=5.0, start=2026)),
    ({"per_year": 5, "to": "2027/28"}, Money(per_year=5.0, end=2027)),
    ({"per_year": 5, "from": "2026/27", "to": "2027/28", "ramp": [0.5, 1]},
     Money(per_year=5.0, start=2026, end=2027, ramp=(0.5, 1))),
    ({"once": 5, "in": "2026/27"}, Money(per_year=5.0, start=2026, end=2026)),
    ({"1999/00": 5}, Money(by_year={1999: 5.0})),
])
def test_an_amount_keeps_its_form(written: dict[str, Any], meant: Money) -> None:
    assert money(written) == meant


def test_an_amount_that_does_not_say_when_begins_in_the_first_year() -> None:
    assert money({"per_year": 5, "ramp": [0.5, 1]}, 2026).start == 2026
    assert money({"per_year": 5, "from": "2028/29"}, 2026).start == 2028
    assert money({"once": 5, "in": "2028/29"}, 2026).start == 2028


@pytest.mark.parametrize(("written", "number", "status"), [
    (5, 5.0, Status.KNOWN), (0, 0.0, Status.KNOWN), ({"value": 5}, 5.0, Status.KNOWN),
    ({"value": -0.5, "status": "disputed", "low": -1}, -0.5, Status.DISPUTED), (None, 1.0, Status.KNOWN),
])
def test_a_number_is_read_plain_or_with_what_is_known_of_it(written: Any, number: float, status: Status) -> None:
    assert quantity(written, 1.0) == number
    assert quantity_status(written) is status


@pytest.mark.parametrize(("written", "ends"), [
    (5, None), (None, None), ({"value": 5}, None), ({"value": 5, "status": "known"}, None),
    ({"value": 5, "low": 4, "high": 7}, Range(4.0, 7.0)), ({"value": 5, "low": 4}, Range(4.0, 5.0)),
    ({"value": 5, "high": 7}, Range(5.0, 7.0)), ({"value": 0, "low": -1, "high": 0}, Range(-1.0, 0.0)),
])
def test_the_end_that_a_range_leaves_out_is_its_central_figure(written: Any, ends: Range | None) -> None:
    assert quantity_range(written) == ends


JOINING = Step("X1", "Eastfield", 4, 2028, (0.5, 1))


@pytest.mark.parametrize(("written", "meant"), [
    ({}, Money(per_year=9, start=2028, ramp=(0.5, 1), start_step="X1", ramp_step="X1")),            # as fast as sites join
    ({"ramp": [0.25, 1]}, Money(per_year=9, start=2028, ramp=(0.25, 1), start_step="X1")),          # a ramp of its own
    ({"to": "2030/31"}, Money(per_year=9, start=2028, end=2030, ramp=(0.5, 1), start_step="X1", ramp_step="X1")),
    ({"from": "2029/30"}, Money(per_year=9, start=2029)),                                           # a year of its own
    ({"from": "2029/30", "ramp": [0.5]}, Money(per_year=9, start=2029, ramp=(0.5,))),
])
def test_an_amount_begins_with_the_step_it_waits_for_unless_it_says_when(written: dict[str, Any], meant: Money) -> None:
    assert yearly(9, written, 2026, JOINING) == money({"per_year": 9, **written}, 2026, JOINING) == meant


def test_an_amount_begins_in_the_first_year_where_its_step_has_no_start() -> None:
    assert yearly(9, {}, 2026, Step("X2", "Harbourside", 2, None)) == Money(per_year=9, start=2026)


def test_a_step_moves_neither_what_is_spelled_out_nor_what_falls_once() -> None:
    assert money({"2026/27": 5}, 2026, JOINING) == Money(by_year={2026: 5.0})
    assert money({"once": 5, "in": "2026/27"}, 2026, JOINING) == Money(per_year=5.0, start=2026, end=2026)
