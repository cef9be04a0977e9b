"""The schema that editors use and the check agree: what one refuses for its shape, the other refuses too.

Where they cannot agree, the reason stands in BEYOND_SHAPE, EXCEPTIONS, FIELDS_EXCEPTED or BLANKS, or in a test of its own.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bizcase.errors import Severity
from bizcase.specification.check import check_text
from bizcase.specification.json_schema import json_schema, schema_json
from bizcase.specification.profile import load_profile, profile_names
from bizcase.specification.shape import Field, Section, load_shape
from bizcase.specification.source import read
from tests.conftest import SAMPLES, sample_names
from tests.specification.checking import EXAMPLES, code_of, data_of, invalid_examples, valid_examples
from tests.specification.fields import example_of, ways, with_value

OF_SHAPE = {"E20", "E21", "E22", "E23", "E24", "E25", "E26", "E27", "E28", "E29", "E30"}
"""Faults that a schema can say."""

BEYOND_SHAPE = {
    "E40": "whether an id stands twice is a matter of the whole file",
    "E41": "a reference leads into another section",
    "E50": "two dates are compared",
    "E51": "an amount is compared with the years of another section",
    "E60": "a sum", "E61": "a sum", "E62": "a sum",
    "E63": "which parts of a value go together depends on the class of the benefit",
    "E71": "the length of a text is a matter of Word and Excel",
    "E73": "the first date is a matter of Excel",
    "E65": "two rows are compared",
    "E66": "two numbers are compared, or two fields",
    "E67": "the price index stands in the parameter set",
    "E68": "which option is preferred is a matter of another section",
    "E64": "an example left in is sound as a text",
    "E90": "a hub may bring its own parameter sets",
}
"""Faults that no schema says, and why."""

EXCEPTIONS = {
    "E23-kind-of-project-without-an-uplift": "the kinds stand in the parameter set",
    "E70-control-character-as-an-escape": "the characters that a file can hold are a matter of Word and Excel",
    "E70-control-character-from-a-pdf": "it is told while the text is read",
    "E70-half-a-character": "the characters that a file can hold are a matter of Word and Excel",
    "E72-sixteen-digits": "the digits that a number can hold are a matter of Excel",
}
"""Files in which an editor finds nothing wrong, and why."""

FIELDS_EXCEPTED = {"resources.costs[].optimism_bias.category": "the kinds stand in the parameter set"}

BLANKS: list[Any] = [None, "", "  ", {}, []]
"""What a check takes as not filled in. An editor marks most of it, so that it is seen before it is forgotten."""


@cache
def editor(profile: str = "") -> Draft202012Validator:
    return Draft202012Validator(json_schema(load_profile(profile) if profile else None),
                                format_checker=Draft202012Validator.FORMAT_CHECKER)


def editor_refuses(data: Any, profile: str = "") -> bool:
    return not editor(profile).is_valid(data)


def check_refuses(data: Any) -> bool:
    """Whether a check finds a fault of shape; what a profile misses does not count."""
    findings = check_text(json.dumps(data), "bid.json").findings
    return any(found.code in OF_SHAPE and found.severity is Severity.ERROR for found in findings)


def test_the_schema_is_a_schema_and_the_same_each_time() -> None:
    for profile in (None, *map(load_profile, profile_names())):
        schema = json.loads(schema_json(profile))
        Draft202012Validator.check_schema(schema)
        assert schema == json_schema(profile)
        assert schema_json(profile) == schema_json(profile)
    assert len(schema["properties"]) == len(load_shape().sections) + 2


@pytest.mark.parametrize("path", valid_examples(), ids=lambda path: path.name)
def test_an_editor_finds_nothing_in_a_valid_file(path: Path) -> None:
    data = data_of(path.read_text("utf-8"))
    assert editor_refuses(data) == (path.stem == "blank-fields"), "blank fields are marked: see BLANKS"


@pytest.mark.parametrize("name", sample_names())
def test_an_editor_finds_nothing_in_a_sample(name: str) -> None:
    data = data_of((SAMPLES / f"{name}.yaml").read_text("utf-8"))
    assert [error.message for error in editor().iter_errors(data)] == []


@pytest.mark.parametrize("path", [path for path in invalid_examples() if not "E00" <= code_of(path) < "E20"],
                         ids=lambda path: path.stem)
def test_an_editor_finds_the_faults_of_shape_in_an_invalid_file(path: Path) -> None:
    source, _ = read(path.read_text("utf-8"), path.name)
    doubted = code_of(path).startswith("A")
    beyond = doubted or (code_of(path) in BEYOND_SHAPE and "among-many" not in path.stem) or path.stem in EXCEPTIONS
    assert editor_refuses(source.data) == (not beyond)


def test_every_exception_is_a_file_that_is_there() -> None:
    stems = {path.stem for path in invalid_examples()}
    assert stems >= EXCEPTIONS.keys()
    assert {code_of(path) for path in invalid_examples()} >= BEYOND_SHAPE.keys()


PROBES: list[Any] = [
    "text", "known", "2026/27", "2026/28", "1999/00", "26/27", "2026-03-12", "2026-02-30", "12/03/2026",
    "B1", "1B", "B 1", "B" * 21, True, 0, 1, 5, -1, 0.5, -0.5, 1.5, 10**9,
    ["text"], [1], [0.5], [True], ["B1"], ["known"], [{"a": 1}], [["text"]],
    {"a": 1}, {"value": 1}, {"value": 0.5, "status": "known", "unit": "a", "source": "b"},
    {"value": 0.5, "low": 0.4, "high": 0.6},
    {"value": "x"}, {"value": True}, {"value": 1, "status": "sure"}, {"value": 1, "extra": 2}, {"status": "known"},
    {"value": 0.5, "low": -9}, {"value": 0.5, "high": 9}, {"value": 0.5, "low": "x"}, {"value": 9}, {"value": 1, "unit": 1},
    {"2026/27": 5}, {"2026/27": 0.5, "2027/28": 0}, {"2026/28": 5}, {"2026": 5}, {"2026/27": -5}, {"2026/27": "x"},
    {"2026/27": True},
    {"per_year": 5}, {"per_year": 5, "from": "2026/27", "to": "2027/28", "ramp": [0.5, 1]}, {"per_year": 5, "ramp": [2]},
    {"per_year": 5, "ramp": 0.5}, {"per_year": 5, "ramp": ["x"]}, {"per_year": 5, "from": "2026"}, {"per_year": 5, "to": 2026},
    {"per_year": -5}, {"per_year": 5, "2026/27": 6}, {"from": "2026/27"}, {"per_year": True},
    {"once": 5, "in": "2026/27"}, {"once": 5}, {"in": "2026/27"}, {"once": 5, "in": "2026"},
    {"once": 5, "in": "2026/27", "to": "2027/28"},
]
FEW: list[Any] = ["text", 1, 0.5, True, ["text"], {"a": 1}]


def sort_of(field: Field) -> object:
    """What decides how a value is judged; fields of one sort are probed with everything once."""
    return field.type, field.item_type, field.allowed, field.minimum, field.maximum, bool(field.refers_to), bool(field.fields)


def probed() -> Iterator[tuple[Section, list[Field], Any]]:
    seen: set[object] = set()
    for section in load_shape().sections:
        for steps in ways(section.fields):
            field = steps[-1]
            yield from ((section, steps, probe) for probe in (FEW if sort_of(field) in seen else [*PROBES, *field.allowed]))
            if field.example is not None:
                yield section, steps, field.example
                yield section, steps, [field.example]
            seen.add(sort_of(field))


def test_editor_and_check_judge_every_kind_of_value_alike_in_every_field() -> None:
    refused = accepted = 0
    fields = set()
    for section, steps, probe in probed():
        fields.add(steps[-1].path)
        if steps[-1].path in FIELDS_EXCEPTED:
            continue
        data = with_value(section, steps, copy.deepcopy(probe))
        ours, theirs = check_refuses(data), editor_refuses(data)
        assert ours == theirs, f"{steps[-1].path} = {probe!r}: check {'refuses' if ours else 'accepts'}, editor does not agree"
        refused, accepted = refused + ours, accepted + (not ours)
    assert fields == {field.path for field in load_shape().walk()}
    assert refused > 3_000
    assert accepted > 1_000


def test_editor_and_check_judge_the_first_lines_alike() -> None:
    for line in ("bizcase", "profile"):
        for probe in (1, 2, True, "1", "five-case", "five case", 1.5, ["five-case"], {"a": 1}, "../ours.yaml", "ours.docx"):
            data = {line: probe, "document": {"title": "A"}}
            assert check_refuses(data) == editor_refuses(data), data


def test_a_whole_number_with_a_decimal_point_is_an_integer_to_an_editor_alone() -> None:
    data = {"appraisal": {"price_base_year": "2026/27", "years": 5.0}}
    assert (check_refuses(data), editor_refuses(data)) == (True, False)


def test_what_is_left_blank_is_not_filled_in_to_a_check_and_marked_by_an_editor() -> None:
    marked = 0
    for section in load_shape().sections:
        for field in section.fields:
            for blank in BLANKS:
                data = {section.name: {field.name: blank}}
                assert not check_refuses(data), data
                marked += editor_refuses(data)
                assert editor_refuses(data) or (field.type, blank) in [("list", []), ("dict", {})], data
    assert marked > 500
    assert editor_refuses({"problem": {"local_data": []}})


def test_an_unknown_field_is_refused_at_every_level_by_both() -> None:
    levels = 0
    for section in load_shape().sections:
        for steps in ways(section.fields):
            if steps[-1].fields:
                inner = copy.deepcopy(example_of(steps[-1]))
                (inner[0] if steps[-1].is_rows else inner)["not_a_field"] = "x"
                data = with_value(section, steps, inner)
                assert check_refuses(data), steps[-1].path
                assert editor_refuses(data), steps[-1].path
                levels += 1
        data = {section.name: {"not_a_field": "x"}}
        assert check_refuses(data) and editor_refuses(data)
    assert levels > 80


def test_a_row_without_a_field_that_it_needs_is_refused_by_both() -> None:
    missing = 0
    for section in load_shape().sections:
        for *outer, field in ways(section.fields):
            if outer and field.required:
                row = {other.name: example_of(other) for other in outer[-1].fields if other.name != field.name}
                data = with_value(section, outer, [row] if outer[-1].is_rows else row)
                assert check_refuses(data), field.path
                assert editor_refuses(data), field.path
                missing += 1
    assert missing > 100


@pytest.mark.parametrize(("profile", "file", "step"), [
    ("ideas-den", EXAMPLES / "valid" / "ideas-den.yaml", 1), ("five-case", EXAMPLES / "valid" / "five-case.yaml", 1),
    ("innovation-fund", SAMPLES / "remote-monitoring.yaml", 9),
    ("ten-questions", EXAMPLES / "valid" / "ten-questions.yaml", 5),
])
def test_what_a_profile_cannot_do_without_is_missed_by_both(profile: str, file: Path, step: int) -> None:
    whole = data_of(file.read_text("utf-8"))
    assert not editor_refuses(whole, profile)
    for required in load_profile(profile).required[::step]:
        data = copy.deepcopy(whole)
        remove(data, required)
        findings = check_text(json.dumps(data), "bid.json").findings
        missed = [found.place.path.replace("[1]", "[]") for found in findings if found.code == "E21"]
        assert any(required.startswith(path) for path in missed), f"{required} is gone, but missed is only {missed}"
        assert editor_refuses(data, profile), required


def remove(data: Any, path: str) -> None:
    """Takes out what stands at a path; of rows, in the first one."""
    first, _, rest = path.partition(".")
    if rest:
        inner = data[first.removesuffix("[]")]
        remove(inner[0] if first.endswith("[]") else inner, rest)
    else:
        del data[first]


def test_an_identifier_or_date_may_not_end_in_a_line_break() -> None:
    """Python's `$` lets one pass where JavaScript's, which editors use, does not: so this is asked of the check alone."""
    assert check_refuses({"document": {"date": "2026-03-12\n"}})
    assert check_refuses({"ppi": {"events": [{"id": "K1\n", "date": "2026-03-12", "type": "x"}]}})


def test_every_field_of_the_schema_explains_itself() -> None:
    schema = json_schema()
    seen = 0
    for path in paths_of(schema["properties"]):
        assert path["title"] and "\n\nWhy: " in path["description"]
        seen += 1
    assert seen == len(list(load_shape().walk())) + len(load_shape().sections)


def paths_of(properties: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name, schema in properties.items():
        if name in ("bizcase", "profile"):
            continue
        yield schema
        inner = schema.get("properties") or schema.get("items", {}).get("properties")
        if inner:
            yield from paths_of(inner)
