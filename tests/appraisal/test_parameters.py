"""The rates and values of the guidance: the right ones, each with its source, and none of them in code (FIELD 1.2, 1.3)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import bizcase
from bizcase import resources
from bizcase.appraisal.parameters import Schedule
from bizcase.specification.parameters import load_parameters, parameter_set_names
from bizcase.specification.source import load_data
from tests.appraisal.making import GREEN_BOOK

# From year, to year, standard rate, health rate, per cent.
BANDS = """
  0  30 3.50 1.50
 31  75 3.00 1.29
 76 125 2.50 1.07
126 200 2.00 0.86
201 300 1.50 0.64
301   - 1.00 0.43
"""
# Upper and lower bound of capital expenditure (outsourcing: of operating expenditure), per cent.
OPTIMISM_BIAS = {
    "non-standard buildings": (51, 4), "standard buildings": (24, 2), "non-standard civil engineering": (66, 6),
    "standard civil engineering": (44, 3), "equipment and development": (200, 10), "outsourcing": (41, 0),
}


def test_the_discount_rates_are_those_of_the_green_book() -> None:
    wanted = [line.split() for line in BANDS.split("\n") if line]
    for column, schedule in ((2, GREEN_BOOK.standard), (3, GREEN_BOOK.health)):
        found = [(str(band.start), "-" if band.end is None else str(band.end), f"{band.rate * 100:.2f}")
                 for band in schedule.bands]
        assert found == [(row[0], row[1], row[column]) for row in wanted]


def test_the_optimism_bias_is_that_of_mott_macdonald() -> None:
    found = {row.name: (round(row.upper * 100), round(row.lower * 100)) for row in GREEN_BOOK.optimism_bias}
    assert found == OPTIMISM_BIAS


def test_a_set_that_is_not_there_is_not_made_up() -> None:
    with pytest.raises(KeyError):
        load_parameters("green-book-1066")


@pytest.mark.parametrize("name", parameter_set_names())
def test_a_schedule_covers_every_year_once_without_end(name: str) -> None:
    found = load_parameters(name)
    for schedule in (found.standard, found.health):
        assert schedule.bands[0].start == 0
        assert schedule.bands[-1].end is None
        assert all(earlier.end is not None and later.start == earlier.end + 1 for earlier, later in pairwise(schedule.bands))
        assert rates(schedule) == sorted(rates(schedule), reverse=True)


def rates(schedule: Schedule) -> list[float]:
    return [band.rate for band in schedule.bands]


@pytest.mark.parametrize("name", parameter_set_names())
def test_every_row_from_guidance_says_where_it_comes_from_and_when_it_was_compared(name: str) -> None:
    found = load_parameters(name)
    sources = [found.standard.source, found.health.source, *(row.source for row in found.optimism_bias),
               *(row.source for row in found.constants)]
    assert len(sources) > 5
    assert all(len(source) > 10 for source in sources)
    assert all(row.unit and row.price_year for row in found.constants)
    assert date.fromisoformat(found.checked) > date(2026, 1, 1)
    assert found.edition in found.title


def guidance_numbers() -> set[float]:
    """Every number that tells a rate, a bias or a value of the guidance, as a fraction and as a growth factor.

    2, 0.1, 0.01 and 0 stand for too many other things in code to tell anything.
    """
    common = {0.0, 0.01, 0.1, 2.0}
    found: set[float] = set()
    for path in resources.files("schemas", "parameters", ".yaml"):
        content = load_data(path.read_text("utf-8"), path.name)
        rate = {band["rate"] for schedule in content["discount_schedules"].values() for band in schedule["bands"]}
        bias = {row[bound] for row in content["optimism_bias"] for bound in ("upper", "lower")}
        found |= rate | {round(1 + each, 6) for each in rate} | bias | {float(row["value"]) for row in content["constants"]}
    return found - common


def numbers_in(code: str) -> Iterator[float]:
    """The numbers in code: literals, and decimals inside texts such as formulas, but not in docstrings."""
    tree = ast.parse(code)
    told_to_readers = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in told_to_readers:
            value: Any = node.value
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                yield float(value)
            elif isinstance(value, str):
                yield from (float(number) for number in re.findall(r"\d+\.\d+|\d{5,}", value))


CODE = sorted(path for room in ("appraisal", "workbook") for path in (Path(bizcase.__file__).parent / room).glob("*.py"))


def test_the_search_for_guidance_in_code_finds_it_where_it_is() -> None:
    assert {0.035, 0.015, 0.0129, 1.035, 0.51, 70_000} <= guidance_numbers()
    planted = 'def rate():\n    "Not 0.51."\n    return 0.035, 70_000, f"=B5*{1}/1.035", -0.015\n'
    assert set(numbers_in(planted)) == {0.035, 70_000, 1, 1.035, 0.015}


def test_no_number_from_guidance_stands_in_code() -> None:
    assert len(CODE) > 15
    found = {path.name: list(numbers_in(path.read_text("utf-8"))) for path in CODE}
    assert sum(map(len, found.values())) > 100
    assert {name: told for name, numbers in found.items() if (told := guidance_numbers() & set(numbers))} == {}


def test_the_appraisal_knows_no_decimal_of_its_own() -> None:
    """0.01 says when a number is printed with more decimals, 0.005 is half a penny; no other may stand in the appraisal."""
    found = {number for path in CODE if path.parent.name == "appraisal"
             for number in numbers_in(path.read_text("utf-8")) if not number.is_integer()}
    assert found == {0.01, 0.005}
