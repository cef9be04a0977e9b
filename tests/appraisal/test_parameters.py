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
from bizcase.appraisal.parameters import ParameterSet, Provenance, Schedule
from bizcase.specification.parameters import load_conventions, load_parameters, parameter_set_names
from bizcase.specification.source import load_data
from tests.appraisal.making import GREEN_BOOK

# From year, to year, standard rate, health rate, standard rate less catastrophic risk, per cent.
BANDS = """
  0  30 3.50 1.50 3.00
 31  75 3.00 1.29 2.57
 76 125 2.50 1.07 2.14
126 200 2.00 0.86 1.71
201 300 1.50 0.64 1.29
301   - 1.00 0.43 0.86
"""
# Upper and lower bound of capital expenditure (outsourcing: of operating expenditure), per cent.
OPTIMISM_BIAS = {
    "non-standard buildings": (51, 4), "standard buildings": (24, 2), "non-standard civil engineering": (66, 6),
    "standard civil engineering": (44, 3), "equipment and development": (200, 10), "outsourcing": (41, 0),
}


def test_the_discount_rates_are_those_of_the_green_book() -> None:
    wanted = [line.split() for line in BANDS.split("\n") if line]
    for column, schedule in ((2, GREEN_BOOK.standard), (3, GREEN_BOOK.health), (4, GREEN_BOOK.reduced)):
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
    for schedule in (found.standard, found.health, found.reduced):
        assert schedule.bands[0].start == 0
        assert schedule.bands[-1].end is None
        assert all(earlier.end is not None and later.start == earlier.end + 1 for earlier, later in pairwise(schedule.bands))
        assert rates(schedule) == sorted(rates(schedule), reverse=True)


def rates(schedule: Schedule) -> list[float]:
    return [band.rate for band in schedule.bands]


def provenances(found: ParameterSet) -> list[Provenance]:
    """Where every row of a set comes from."""
    return [found.standard.provenance, found.health.provenance, found.reduced.provenance, found.deflator.provenance,
            found.vat.provenance, *(row.provenance for row in found.optimism_bias), *(row.provenance for row in found.constants)]


@pytest.mark.parametrize("name", parameter_set_names())
def test_every_row_from_guidance_says_where_it_comes_from_and_when_it_was_compared(name: str) -> None:
    found = load_parameters(name)
    assert len(provenances(found)) > 10
    for row in provenances(found):
        assert len(row.source) > 10, row
        assert row.edition, row
        assert date.fromisoformat(row.checked) > date(2026, 1, 1), row
        assert row.checked <= found.checked, row
    assert all(row.unit and row.provenance.price_year for row in found.constants)
    assert found.deflator.provenance.price_year
    assert date.fromisoformat(found.checked) > date(2026, 1, 1)
    assert found.edition in found.title


def test_a_row_goes_before_its_set_where_it_says_its_own_edition() -> None:
    assert GREEN_BOOK.standard.provenance.edition == GREEN_BOOK.edition == "2026"
    assert {row.provenance.edition for row in GREEN_BOOK.optimism_bias} == {"2002"}
    assert (GREEN_BOOK.deflator.provenance.edition, GREEN_BOOK.vat.provenance.edition) == ("2025-12", "2011")


def test_both_editions_are_there_and_say_when_they_were_in_force() -> None:
    found = [load_parameters(name) for name in parameter_set_names()]
    assert [(row.name, row.starts, row.ends) for row in found] == [
        ("green-book-2018", "2018-03-16", "2020-11-24"), ("green-book-2026", "2026-02-01", "")]
    assert all(date.fromisoformat(row.starts) < date.fromisoformat(row.ends or "9999-12-31") for row in found)


def test_the_editions_differ_in_what_the_guidance_changed_alone() -> None:
    old, new = load_parameters("green-book-2018"), GREEN_BOOK
    for name in ("standard", "health", "reduced"):
        assert getattr(old, name).bands == getattr(new, name).bands
    assert (old.optimism_bias, old.deflator.index, old.vat, old.conventions) == (
        new.optimism_bias, new.deflator.index, new.vat, new.conventions)
    assert (len(old.constants), [(row.value, row.unit) for row in new.constants]) == (0, [(70_000, "£ per QALY")])


def test_the_price_index_runs_without_a_gap_to_its_reference_year() -> None:
    index = GREEN_BOOK.deflator.index
    assert list(index) == list(range(min(index), max(index) + 1))
    assert (min(index), max(index), index[2024]) == (2010, 2024, 100)
    assert all(later > earlier for earlier, later in pairwise(index.values()))


def test_value_added_tax_is_a_fifth() -> None:
    assert GREEN_BOOK.vat.rate == 0.2


def guidance_numbers() -> set[float]:
    """Every number that tells a rate, a bias, a price level or a value of the guidance, rates as growth factors as well.

    2, 0.1, 0.2, 0.01, 100 and 0 stand for too many other things in code to tell anything.
    """
    common = {0.0, 0.01, 0.1, 0.2, 2.0, 100.0}
    found: set[float] = set()
    for path in resources.files("schemas", "parameters", ".yaml"):
        content = load_data(path.read_text("utf-8"), path.name)
        rate = {band["rate"] for schedule in content["discount_schedules"].values() for band in schedule["bands"]}
        bias = {row[bound] for row in content["optimism_bias"] for bound in ("upper", "lower")}
        found |= rate | {round(1 + each, 6) for each in (*rate, content["vat"]["rate"])} | bias
        found |= {float(row["value"]) for row in content["constants"]}
        found |= {float(level) for level in content["deflator"]["index"].values()}
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
    assert {0.035, 0.015, 0.0129, 0.0257, 1.035, 0.51, 70_000, 96.2507, 1.2} <= guidance_numbers()
    planted = 'def rate():\n    "Not 0.51."\n    return 0.035, 70_000, f"=B5*{1}/1.035", -0.015\n'
    assert set(numbers_in(planted)) == {0.035, 70_000, 1, 1.035, 0.015}


def test_no_number_from_guidance_stands_in_code() -> None:
    assert len(CODE) > 15
    found = {path.name: list(numbers_in(path.read_text("utf-8"))) for path in CODE}
    assert sum(map(len, found.values())) > 100
    assert {name: told for name, numbers in found.items() if (told := guidance_numbers() & set(numbers))} == {}


OWN_DECIMALS = {
    0.005: "half a penny",
    0.99: "how far below zero a rate of return is sought",
    1e-9: "a slope that is nothing but noise",
}


def test_the_appraisal_knows_no_decimal_of_its_own() -> None:
    found = {number for path in CODE if path.parent.name == "appraisal"
             for number in numbers_in(path.read_text("utf-8")) if not number.is_integer()}
    assert found == set(OWN_DECIMALS)


def test_no_house_rule_stands_in_the_code_of_the_appraisal() -> None:
    house = load_conventions()
    told = {float(house.seed), float(house.draws), house.green, house.amber, house.default_range,
            *(abs(value) for row in house.scenarios for value in (row.costs, row.benefits, row.deadweight))} - {0.0}
    assert {20_260_401, 5000, 0.9, 0.7, 0.2, 0.1} <= told
    found = {number for path in CODE if path.parent.name == "appraisal" for number in numbers_in(path.read_text("utf-8"))}
    assert told & found == set()
