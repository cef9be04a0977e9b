"""Walking the data beside the shape: patterns, fields with their values, values at a path, and what counts as blank."""

from __future__ import annotations

from typing import Any

import pytest

from bizcase.specification.shape import load_shape
from bizcase.specification.source import FieldPath
from bizcase.specification.walk import fields_with_values, is_blank, is_there, pattern, values_at, without_blanks
from tests.conftest import sample_case

SHAPE = load_shape()


@pytest.mark.parametrize(("path", "text"), [
    ((), ""), (("resources",), "resources"), (("resources", "costs"), "resources.costs"),
    (("resources", "costs", 2), "resources.costs[]"), (("resources", "costs", 2, "id"), "resources.costs[].id"),
    (("scale_up", "steps", 0, "gate", 1, "benefit"), "scale_up.steps[].gate[].benefit"),
])
def test_a_path_has_a_pattern(path: FieldPath, text: str) -> None:
    assert pattern(path) == text


def test_every_field_that_has_a_value_is_met_in_the_order_of_the_shape_parents_first() -> None:
    rows = [{"metric": "B", "id": "D1"}, "not a row", {"value": {"value": 1}}]
    data = {"problem": {"local_data": rows, "population": {"size": 5}},
            "document": {"title": None, "nonsense": 1}, "nonsense": {}, "summary": "not a section"}
    assert [(pattern(path), value) for path, _, value in fields_with_values(data, SHAPE)] == [
        ("document.title", None),
        ("problem.population", {"size": 5}), ("problem.population.size", 5),
        ("problem.local_data", rows),
        ("problem.local_data[].id", "D1"), ("problem.local_data[].metric", "B"), ("problem.local_data[].value", {"value": 1})]


def test_of_a_sample_every_value_is_met() -> None:
    case = sample_case("remote-monitoring")
    assert case.project is not None
    met = {path for path, _, _ in fields_with_values(dict(case.project.data), SHAPE)}
    in_source = {path for path in case.checked.source.keys if len(path) > 1}
    inside_values = {path for path in in_source - met if path[:-1] in met}
    assert len(met) > 1_000
    assert in_source - met == inside_values, "only the parts of amounts and of numbers are no fields of their own"


@pytest.mark.parametrize(("path", "values"), [
    ("resources.costs[].id", ["C1", "C2"]),
    ("resources.costs[].payer", ["F1"]),
    ("resources.costs", [[{"id": "C1"}, {"id": "C2", "payer": "F1", "tags": ["a", "b"]}]]),
    ("resources.costs[]", [{"id": "C1"}, {"id": "C2", "payer": "F1", "tags": ["a", "b"]}]),
    ("resources.costs[].tags[]", ["a", "b"]),
    ("resources.note", ["x"]), ("resources.note[]", []), ("resources.note.deeper", []), ("resources.costs.id", []),
    ("nothing", []), ("nothing.deeper[]", []),
])
def test_all_values_at_a_pattern_are_given(path: str, values: list[Any]) -> None:
    data = {"resources": {"note": "x", "costs": [{"id": "C1"}, {"id": "C2", "payer": "F1", "tags": ["a", "b"]}]}}
    assert values_at(data, path) == values


@pytest.mark.parametrize(("path", "there"), [
    ((), True), (("a",), True), (("a", 0), True), (("a", 1), True), (("a", 2), False), (("a", 0, "b"), True),
    (("a", 0, "c"), False), (("a", 1, "b"), False), (("x",), False), (("x", 0), False), (("a", 0, "b", "c"), False),
])
def test_whether_something_stands_at_a_path(path: FieldPath, there: bool) -> None:
    assert is_there({"a": [{"b": None}, None]}, path) is there


@pytest.mark.parametrize("value", [None, "", "  ", "\n\t", {}, []])
def test_blank_is_what_is_not_filled_in(value: object) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", [0, 0.0, False, "0", "-", [None], {"a": None}])
def test_zero_and_no_are_answers(value: object) -> None:
    assert not is_blank(value)


@pytest.mark.parametrize(("data", "left"), [
    ({"document": {"title": "A", "author": " "}, "summary": {}, "problem": None}, {"document": {"title": "A"}}),
    ({"document": {"title": None}}, {}),
    ({"problem": {"population": {"group": "", "size": None}}}, {}),
    ({"problem": {"population": {"size": {"value": None, "unit": ""}}}}, {}),
    ({"problem": {"local_data": [{"id": ""}, None]}}, {}),
    ({"problem": {"local_data": [{"id": ""}, {"id": "D1"}, None]}}, {"problem": {"local_data": [None, {"id": "D1"}, None]}}),
    ({"innovation": {"users": ["", "A"], "digital": False}}, {"innovation": {"users": [None, "A"], "digital": False}}),
    ({"summary": {"ask": 0}}, {"summary": {"ask": 0}}),
    ({"profile": "", "bizcase": None}, {}),
    ({"document": {"titel": ""}, "sumary": None}, {"document": {"titel": ""}, "sumary": None}),
    ({"resources": {"gap": {"2026/27": None}}}, {"resources": {"gap": {"2026/27": None}}}),
    ({"summary": {"ask": {"value": 1, "400": None}}}, {"summary": {"ask": {"value": 1, "400": None}}}),
    ({"document": "text", "problem": ["x", ""]}, {"document": "text", "problem": ["x", None]}),
])
def test_what_is_blank_goes_and_what_is_not_known_stays(data: dict[str, Any], left: dict[str, Any]) -> None:
    assert without_blanks(data, SHAPE) == left


def test_taking_blanks_out_twice_changes_nothing_more_and_the_data_given_stays_as_it_was() -> None:
    data = {"problem": {"local_data": [{"id": ""}, {"id": "D1"}]}, "document": {"title": " "}}
    before = repr(data)
    once = without_blanks(data, SHAPE)
    assert without_blanks(once, SHAPE) == once
    assert repr(data) == before
