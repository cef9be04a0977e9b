"""Tables that do not add up are told, and none that does in any of the ways in which people add."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.review.amounts_in_text import Unit, amounts_in, money_in, months_in, number_in_cell, shares_in
from bizcase.review.sums import sum_findings
from tests.review.making import Rows, made

COSTS = [["Item", "2026/27", "2027/28", "Total"], ["Licence", "£30,000", "£12,000", "£42,000"],
         ["Nurse", "£45,000", "£46,500", "£91,500"], ["Total", "£75,000", "£58,500", "£133,500"]]


def told(rows: Rows) -> list[tuple[str, str]]:
    return [(found.place.where, found.message) for found in sum_findings(made(rows))]


def with_cell(row: int, column: int, text: str) -> Rows:
    return [[text if (row, column) == (y, x) else cell for x, cell in enumerate(cells)] for y, cells in enumerate(COSTS)]


def test_a_table_that_adds_up_is_left_alone() -> None:
    assert told(COSTS) == []


def test_a_wrong_total_is_told_with_its_cell_and_what_the_rows_come_to() -> None:
    assert told(with_cell(3, 1, "£76,000")) == [
        ("table 1, row 4, column 2", "“Total” of the column “2026/27” says £76,000, and the rows above it come to 75,000"),
        ("table 1, row 4, column 4", "the row “Total” says £133,500 under “Total”, and its columns come to 134,500")]


@pytest.mark.parametrize(("row", "column"), [(y, x) for y in (1, 2, 3) for x in (1, 2, 3)])
def test_any_number_that_is_changed_is_told(row: int, column: int) -> None:
    assert told(with_cell(row, column, "£99,999"))


@pytest.mark.parametrize("rows", [
    [["Cost", "£"], ["Pay", "10"], ["Kit", "20"], ["Subtotal", "30"], ["Travel", "5"], ["Rooms", "7"], ["Subtotal", "12"],
     ["Total", "42"]],
    [["Cost", "£"], ["Pay", "10"], ["Kit", "20"], ["Subtotal", "30"], ["Travel", "5"], ["Total", "35"]],
    [["Cost", "£"], ["Pay", "10"], ["of which nurse", "4"], ["Kit", "20"], ["Total", "30"]],
    [["Cost", "£k"], ["Pay", "10.3"], ["Kit", "20.3"], ["Travel", "3.3"], ["Total", "34"]],
    [["Cost", "£"], ["Pay", "10"], ["Kit", "20"], ["Total costs", "30"], ["Income", "11"], ["Grant", "5"],
     ["Total income", "16"]],
    [["Cost", "£"], ["Pay", "10"], ["Kit", "20"], ["Less grant", "(5)"], ["Total", "25"]],
    [["Cost", "£"], ["Pay", "10"], ["Kit", "20"], ["Net total after income", "12"]],
    [["Measure", "Year 1"], ["Total costs", "10"], ["Total benefits", "30"], ["Total patients", "500"]],
    [["Stakeholder", "Power", "Influence"], ["ICB", "5", "4"], ["GPs", "3", "2"]],
    [["Item", "Number", "Cost"], ["Patients", "300", "£10"], ["Visits", "900", "£20"], ["Total cost", "", "£30"]],
    [["Age", "Share"], ["18–40", "33%"], ["41–65", "33%"], ["66 and over", "33%"], ["Total", "100%"]],
    [["Year", "2026/27", "2027/28"], ["Cost", "1", "2"], ["Benefit", "2", "4"], ["Total", "3", "6"]],
])
def test_whatever_way_people_add_is_accepted(rows: Rows) -> None:
    assert told(rows) == []


def test_shares_that_do_not_come_to_their_total_are_told() -> None:
    [found] = sum_findings(made([["Age", "Share"], ["Young", "40%"], ["Old", "80%"], ["Total", "100%"]]))
    assert (found.code, found.message) == (
        "B24", "“Total” of the column “Share” says 100%, and the shares above it come to 120%")


amounts = st.lists(st.integers(0, 10**7), min_size=2, max_size=8)


@given(st.lists(amounts, min_size=1, max_size=4).filter(lambda columns: len({len(each) for each in columns}) == 1))
def test_no_table_of_random_numbers_is_blamed_while_it_adds_up(columns: list[list[int]]) -> None:
    rows = [["Item", *(f"Year {number}" for number in range(1, len(columns) + 1))]]
    rows += [[f"Line {number}", *(f"£{column[number]:,}" for column in columns)] for number in range(len(columns[0]))]
    rows += [["Total", *(f"£{sum(column):,}" for column in columns)]]
    assert told(rows) == []


@given(amounts, st.data())
def test_a_random_table_with_one_number_changed_is_blamed(column: list[int], data: st.DataObject) -> None:
    changed = list(column)
    at = data.draw(st.integers(0, len(column) - 1))
    changed[at] += data.draw(st.integers(10, 10**6))
    rows = [["Item", "Year 1"], *([f"Line {number}", f"£{value:,}"] for number, value in enumerate(changed)),
            ["Total", f"£{sum(column):,}"]]
    assert len(told(rows)) == 1


@pytest.mark.parametrize(("text", "values"), [
    ("£1,234.50 and £ 3", [1234.5, 3]), ("£12k, £1.2m and £1.2 million", [12_000, 1_200_000, 1_200_000]),
    ("-£5k", [-5000]), ("a loss of −£5k", [-5000]), ("income – £5k", [5000]), ("GBP 4,000", [4000]), ("12 patients", []),
])
def test_money_is_read_as_people_write_it(text: str, values: list[float]) -> None:
    assert [amount.value for amount in money_in(text)] == values


def test_shares_and_lengths_of_time_are_read_as_people_write_them() -> None:
    assert [amount.value for amount in shares_in("10-20%, −5.6% or 12 per cent")] == [20, -5.6, 12]
    assert [amount.value for amount in months_in("18-month pilot, two years, in year 3")] == [18, 24, 30]
    assert [amount.value for amount in amounts_in("2.4:1 or 3 to 1", Unit.RATIO)] == [2.4, 3]


@pytest.mark.parametrize(("text", "value"), [
    ("£12,000", 12_000), ("12 000", 12_000), ("(300)", -300), ("−5", -5), ("£60,000 †", 60_000),
    ("£45 (illustrative; source: x)", 45), ("–", 0), ("nil", 0), ("12%", 12), ("£1.2m", 1_200_000), ("", None), ("three", None),
    ("2026/27", None), ("12 patients", None),
])
def test_a_cell_is_a_number_or_it_is_none(text: str, value: float | None) -> None:
    found = number_in_cell(text)
    assert (found.value if found else None) == value
