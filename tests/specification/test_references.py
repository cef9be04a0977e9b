"""Ids and what they join: one meaning in the whole file, references that lead somewhere, and names by id."""

from __future__ import annotations

import json

import pytest

from bizcase.specification.references import ids_by_list, names_by_id, repeated_ids
from bizcase.specification.shape import load_shape
from bizcase.specification.source import read
from tests.conftest import sample_case
from tests.specification.checking import errors_of, told

SHAPE = load_shape()

TEXT = """\
problem:
  local_data: [{id: D1, metric: Waits, value: 1}, {id: D2, metric: Falls, value: 2}]
  benefits: [B1]
benefits:
  register: [{id: B1, title: Fewer falls, class: unmonetisable, measure: Falls, problem_data: [D2]}]
ppi: {events: [{id: 7, date: 2026-01-01, type: Forum}, not a row]}
"""


def test_ids_are_kept_by_the_list_they_stand_in() -> None:
    assert ids_by_list(read(TEXT, "bid.yaml")[0].data, SHAPE) == {"problem.local_data": ["D1", "D2"], "benefits.register": ["B1"]}


def test_a_row_can_be_called_by_its_name() -> None:
    data = read(TEXT.replace("ppi: {events: [{id: 7", "ppi: {events: [{id: K7").replace(", not a row", ""), "bid.yaml")[0].data
    assert names_by_id(data, SHAPE) == {"D1": "Waits", "D2": "Falls", "B1": "Fewer falls", "K7": "Forum"}


def test_every_row_of_a_sample_that_has_an_id_has_a_name() -> None:
    case = sample_case("remote-monitoring")
    assert case.project is not None
    data = dict(case.project.data)
    ids = [found for rows in ids_by_list(data, SHAPE).values() for found in rows]
    names = names_by_id(data, SHAPE)
    assert len(ids) > 80
    assert set(names) == set(ids)
    assert all(names.values())


@pytest.mark.parametrize(("text", "errors"), [
    ("problem: {local_data: [{id: D1, metric: A, value: 1}, {id: D1, metric: B, value: 2}]}\n",
     ["1:60 E40 the id D1 is given twice; it first stands on line 1"]),
    ("problem: {local_data: [{id: A1, metric: A, value: 1}]}\n"
     "innovation: {prior_attempts: [{id: A1, what: B, difference_now: C}]}\n",
     ["2:36 E40 the id A1 is given twice; it first stands on line 1"]),
    ("innovation: {prior_attempts: [{id: A1, what: B, difference_now: C}]}\n"
     "problem: {local_data: [{id: A1, metric: A, value: 1}]}\n",
     ["2:29 E40 the id A1 is given twice; it first stands on line 1"]),
    ("problem: {local_data: [{id: d1, metric: A, value: 1}, {id: D1, metric: B, value: 2}]}\n",
     ["1:60 E40 the id D1 is given twice; it first stands on line 1, written d1"]),
])
def test_an_id_means_one_thing_in_the_whole_specification(text: str, errors: list[str]) -> None:
    assert errors_of(text) == errors


def test_each_further_use_of_an_id_is_told() -> None:
    rows = ", ".join("{id: D1, metric: A, value: 1}" for _ in range(4))
    source = read(f"problem: {{local_data: [{rows}]}}", "bid.yaml")[0]
    assert len(told(repeated_ids(source.data, source, SHAPE))) == 3


@pytest.mark.parametrize(("text", "errors"), [
    ("problem: {benefits: [B1]}\n", ["1:22 E41 B1 is not the id of a row in benefits.register; there are none yet"]),
    ("problem: {benefits: [D2], local_data: [{id: D2, metric: A, value: 1}]}\n",
     ["1:22 E41 D2 is not the id of a row in benefits.register; there are none yet"]),
    ("evidence: {items: [{id: E1, claim: A, level: local, type: qualitative}]}\n"
     "benefits: {register: [{id: B1, title: A, class: unmonetisable, measure: B, evidence: [E1, E2]}]}\n",
     ["2:91 E41 E2 is not the id of a row in evidence.items; the rows there are E1"]),
    ("timeline: {milestones: [{id: T1, date: 2026-01-01, title: A, depends_on: [T1]}]}\n", []),
    ("timeline: {milestones: [{id: T1, date: 2026-01-01, title: A, depends_on: [t1]}]}\n",
     ["1:75 E41 t1 is not the id of a row in timeline.milestones; the rows there are T1"]),
])
def test_a_reference_leads_to_a_row_of_its_own_list(text: str, errors: list[str]) -> None:
    assert errors_of(text) == errors


def test_the_ids_of_a_long_list_are_not_all_told() -> None:
    rows = ", ".join(f"{{id: T{number}, date: 2026-01-01, title: A}}" for number in range(40))
    [error] = errors_of(f"timeline: {{milestones: [{rows}, {{id: X, date: 2026-01-01, title: A, depends_on: [Q9]}}]}}\n")
    assert error.endswith("the rows there are T0, " + ", ".join(f"T{number}" for number in range(1, 30)) + " or 11 more")


def test_every_reference_of_the_shape_is_checked() -> None:
    references = 0
    for field in SHAPE.walk():
        if field.refers_to:
            section, *names = field.path.split(".")
            value: object = ["Z99"] if field.type == "list" else "Z99"
            for name in reversed(names):
                value = {name.removesuffix("[]"): [value] if name.endswith("[]") else value}
            errors = errors_of(json.dumps({section: value}))
            assert any(f" E41 Z99 is not the id of a row in {field.refers_to}" in error for error in errors), field.path
            references += 1
    assert references > 20
