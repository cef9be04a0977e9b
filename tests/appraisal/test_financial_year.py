"""Financial years as people write them, and the year that holds a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.appraisal.financial_year import parse_year, write_year, year_of
from tests.appraisal.making import often


@pytest.mark.parametrize(("text", "start"), [
    ("2026/27", 2026), ("2009/10", 2009), ("2008/09", 2008), ("1999/00", 1999), ("2099/00", 2099), (" 2026/27 ", 2026),
])
def test_a_financial_year_is_counted_by_the_year_in_which_it_begins(text: str, start: int) -> None:
    assert parse_year(text) == start
    assert write_year(start) == text.strip()


@pytest.mark.parametrize("text", ["2026/28", "2026/26", "2026/25", "2099/01"])
def test_a_year_that_does_not_join_two_neighbours_is_refused_with_the_right_one(text: str) -> None:
    with pytest.raises(ValueError, match=f"{text[:4]} is followed by {write_year(int(text[:4]))}"):
        parse_year(text)


@pytest.mark.parametrize("text", ["2026", "2026-27", "26/27", "2026/2027", "2026/27 prices", "", "/", "2026/7", "２０２６/２７"])
def test_what_is_not_a_financial_year_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write it like 2026/27"):
        parse_year(text)


@given(st.integers(1000, 9999))
@often
def test_every_year_that_is_written_can_be_read(start: int) -> None:
    assert parse_year(write_year(start)) == start


@pytest.mark.parametrize(("day", "start"), [
    (date(2026, 4, 1), 2026), (date(2027, 3, 31), 2026), (date(2026, 3, 31), 2025), (date(2026, 12, 31), 2026),
    (date(2027, 1, 1), 2026), (date(2028, 2, 29), 2027),
])
def test_a_financial_year_runs_from_april_to_march(day: date, start: int) -> None:
    assert year_of(day) == start
