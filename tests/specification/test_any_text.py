"""Whatever stands in a file: the answer is findings or a project, never another exception, and every place lies in the file."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bizcase.case import Case, open_case
from bizcase.errors import BizcaseError, Finding
from bizcase.report.as_json import findings_json
from bizcase.report.text import finding_text
from bizcase.specification.file_text import decode
from bizcase.specification.shape import load_shape
from bizcase.specification.source import read
from bizcase.specification.walk import fields_with_values, is_there
from tests.building import put
from tests.conftest import SAMPLES
from tests.specification.checking import valid_examples

TEXTS = {path.name: path.read_text("utf-8") for path in valid_examples()}
LONG = (SAMPLES / "remote-monitoring.yaml").read_text("utf-8")

often = settings(max_examples=300, deadline=None, derandomize=True)
seldom = settings(max_examples=40, deadline=None, derandomize=True)


def check_any(text: str) -> Case | None:
    """Checks a text that may be anything; None where it is refused. Any exception but ours is a fault of the program."""
    try:
        case = open_case(text, "bid.yaml")
    except BizcaseError as error:
        assert error.findings
        look_at(error.findings, text)
        return None
    look_at(case.findings, text)
    assert bool(case.project) == (not case.errors)
    return case


def look_at(findings: tuple[Finding, ...], text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert list(findings) == sorted(findings, key=lambda found: (found.place.line, found.place.column))
    assert len(set(findings)) == len(findings)
    for found in findings:
        place = found.place
        assert place.file == "bid.yaml"
        assert 0 <= place.line <= len(lines), found
        assert place.column <= len(lines[place.line - 1]) + 1, found
        assert (place.line == 0) == (place.column == 0), found
        assert found.message and "\n" not in found.message, found
        assert len(found.message) < (600 if found.code.startswith("E") else 5_000), found
        assert all(c.isprintable() or c == "\n" for c in finding_text(found)), found
    json.loads(findings_json(findings, {}))


@often
@given(st.text())
def test_any_text_at_all(text: str) -> None:
    check_any(text)


@often
@given(st.text(st.characters(codec=None, categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Ll"]), max_size=20))
def test_any_text_of_the_strangest_characters(text: str) -> None:
    check_any(f"document:\n  title: {text}\n  author: '{text}\n")


@often
@given(st.binary())
def test_any_bytes(raw: bytes) -> None:
    try:
        text = decode(raw, "bid.yaml")
    except BizcaseError as error:
        [found] = error.findings
        assert found.place.line <= raw.count(b"\n") + raw.count(b"\r") + 1
    else:
        check_any(text)


@often
@given(st.text(alphabet="abc:-#?!&*|>%@`'\"{}[],. ~<=0123456789eE/\n\t\\", max_size=60))
def test_any_text_of_the_signs_that_yaml_knows(text: str) -> None:
    check_any(text)
    check_any(f"document:\n  title: {text}\nsummary:\n  aks: 1\n")


@often
@given(st.lists(st.sampled_from([
    "document:", "  title: A", "  title:", "  - A", "    - {id: C1, ", "costs:", "resources:", "  costs:", "}", "]", "{", "[",
    "---", "...", "  a: b: c", "\tb: c", '  "', "  '", "  |", "# x", "", "&a", "*a", "!!x", "? a", ": b", "- a", "<<: {}",
    "benefits: {register: [{id: B1}]}",
]), max_size=12))
def test_any_lines_as_people_write_and_lose_them(lines: list[str]) -> None:
    check_any("\n".join(lines))


@often
@given(st.text(alphabet='{}[]",:\\/ntfu0123456789eE+-. abctrue\n\t\u00e9', max_size=40))
def test_any_text_of_the_signs_that_json_knows(text: str) -> None:
    check_any("{" + text)
    check_any('{"document": {"title": ' + text)


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-10**17, 10**17), st.floats(allow_nan=False, allow_infinity=False),
              st.text(max_size=8), st.sampled_from(["2026/27", "2031/32", "2026-03-12", "F1", "C1", "", " ", "known", "grant"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3),
                            st.dictionaries(st.sampled_from([field.name for field in load_shape().walk()]), inner, max_size=4)),
    max_leaves=8)


@often
@given(st.dictionaries(st.sampled_from([*load_shape().names, "profile", "bizcase"]), values, max_size=5))
def test_any_data_under_known_names(data: dict[str, Any]) -> None:
    check_any(json.dumps(data))


@often
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_a_valid_text_with_a_line_lost_doubled_or_moved_aside(name: str, data: st.DataObject) -> None:
    check_any(changed(TEXTS[name], data))


@seldom
@given(st.data())
def test_a_long_bid_with_a_line_lost_doubled_or_moved_aside(data: st.DataObject) -> None:
    check_any(changed(LONG, data))


def changed(text: str, data: st.DataObject) -> str:
    """The text with one to three of its lines deleted, doubled, swapped, cut, or indented otherwise."""
    lines = text.split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["delete", "double", "swap", "cut", "left", "right", "tab"])):
            case "delete":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                lines[at], lines[at - 1] = lines[at - 1], lines[at]
            case "cut":
                lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
            case "left":
                lines[at] = lines[at][1:]
            case "right":
                lines[at] = f" {lines[at]}"
            case "tab":
                lines[at] = f"\t{lines[at]}"
        assume(lines)
    return "\n".join(lines)


@often
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_a_valid_text_with_a_character_lost_or_come_in(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    at = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from(["", ":", ",", "'", '"', "{", "}", "[", "]", "#", "&", "*", "\t", " ", "\n", "\x07", "-"]))
    check_any(text[:at] + sign + text[at + data.draw(st.integers(0, 1)) :])


EXTREMES: dict[str, list[Any]] = {
    "string": ["", "x", "=1+1"], "text": ["x", "\n\n"], "boolean": [True, False], "identifier": ["B1", "C1", "Z" * 20],
    "integer": [0, 1, 60, -5, 10**14], "number": [0, 0.5, -1, 1e-300, 10**14], "date": ["1900-03-01", "9999-12-31", "2026-03-31"],
    "year": ["0000/01", "1999/00", "2026/27", "2035/36", "9999/00"],
    "quantity": [0, 1e14, -1e14, 0.5, {"value": 1, "low": 0, "high": 1e14}, {"value": 0, "status": "disputed"}, -0.5, 1],
    "money": [{"per_year": 0}, {"per_year": 1e14, "ramp": [0, 1]}, {"once": 5, "in": "2026/27"}, {"2026/27": 1e14}, {},
              {"per_year": 5, "from": "0000/01"}, {"per_year": 1, "ramp": []}, {"per_year": 1, "to": "9999/00"}],
}
"""By type, values of the right form at the edge of what is allowed, and some beyond it."""


@often
@given(st.sampled_from(["ideas-den.yaml", "five-case.yaml", "money-forms.yaml", "quantity-forms.yaml"]), st.data())
def test_values_of_the_right_form_give_findings_or_an_appraisal(name: str, data: st.DataObject) -> None:
    content = {"bizcase": 1, **read(TEXTS[name], name)[0].data}
    fields = list(fields_with_values(content, load_shape()))
    for path, field, _ in data.draw(st.lists(st.sampled_from(fields), min_size=1, max_size=4, unique_by=lambda found: found[0])):
        if field.allowed:
            put(content, path, data.draw(st.sampled_from(field.allowed)))
        elif field.type in EXTREMES and is_there(content, path):
            put(content, path, data.draw(st.sampled_from(EXTREMES[field.type])))
    case = check_any(json.dumps(content))
    if case is not None and case.analysis is not None:
        measures = case.analysis.appraisal.measures
        assert all(isfinite(number) for number in (measures.pvc, measures.pvb, measures.npsv))


def test_the_texts_that_are_changed_are_sound_before() -> None:
    assert len(TEXTS) > 5
    for text in (*TEXTS.values(), LONG):
        case = check_any(text)
        assert case is not None
        assert case.project is not None
