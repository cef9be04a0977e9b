"""The skeleton of each profile: sound as it is, whole, and sound again once it is filled in or its comments are used."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from bizcase.errors import Severity
from bizcase.specification.check import check_text
from bizcase.specification.profile import load_profile, profile_names
from bizcase.specification.shape import Field, load_shape
from bizcase.specification.skeleton import modeline, skeleton
from bizcase.specification.source import read
from bizcase.specification.walk import pattern
from tests.specification.checking import told

SHAPE = load_shape()
each_profile = pytest.mark.parametrize("name", profile_names())


def skeleton_of(name: str) -> str:
    return skeleton(load_profile(name), "bizcase.schema.json")


def errors_in(text: str) -> list[str]:
    return told(found for found in check_text(text, "new.yaml").findings if found.severity is Severity.ERROR)


def live_fields(text: str) -> list[Field]:
    """The fields that stand ready to be filled in."""
    source, _ = read(text, "new.yaml")
    found = [SHAPE.find(pattern(path)) for path in source.keys if _value_at(source.data, path) is None]
    return [field for field in found if isinstance(field, Field) and not field.fields]


def _value_at(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


@each_profile
def test_a_skeleton_as_it_stands_only_misses_what_its_profile_needs(name: str) -> None:
    text = skeleton_of(name)
    checked = check_text(text, "new.yaml")
    assert {found.code for found in checked.findings} == {"E21"}
    assert errors_in(text) == []
    assert checked.project is not None
    assert checked.project.profile.name == name


@each_profile
def test_a_skeleton_begins_with_what_editors_and_people_need(name: str) -> None:
    first, second, *_ = skeleton_of(name).split("\n")
    assert first == modeline("bizcase.schema.json") == "# yaml-language-server: $schema=bizcase.schema.json"
    assert second.startswith(f"# {load_profile(name).title}. ")


@each_profile
def test_a_skeleton_names_every_field_of_every_section_of_its_profile(name: str) -> None:
    text = skeleton_of(name)
    named = 0
    for section_name in ("document", *load_profile(name).sections):
        section = SHAPE.section(section_name)
        start = re.search(rf"^(# )?{section_name}:$", text, re.MULTILINE)
        assert start, section_name
        body = text[start.end() :].split("#" + "-" * 50)[0]
        assert section.title.upper() in text
        for field in section.walk():
            assert re.search(rf"[ {{]{field.name}:", body), field.path
            named += 1
        for field in section.fields:
            assert f"  # {field.label}: " in body, field.path
    assert named > 250


@each_profile
def test_a_skeleton_has_exactly_the_needed_fields_ready_to_be_filled_in(name: str) -> None:
    profile = load_profile(name)
    ready = {field.path for field in live_fields(skeleton_of(name))}
    needed = {path for path in profile.required if isinstance(found := SHAPE.find(path), Field) and not found.fields}
    assert len(needed) > 10
    assert needed <= ready
    for path in ready - needed:
        field, around = SHAPE.find(path), SHAPE.find(path.rpartition(".")[0].removesuffix("[]"))
        assert isinstance(field, Field) and isinstance(around, Field) and around.path in profile.required, path
        assert field.required or field is around.fields[0], path


def filled_in(text: str) -> str:
    """The skeleton with the examples of the schema typed into the fields that stand ready."""
    lines = text.split("\n")
    for path, (line, column) in read(text, "new.yaml")[0].keys.items():
        field = SHAPE.find(pattern(path))
        if isinstance(field, Field) and field.example is not None:
            lines[line - 1] = f"{lines[line - 1][: column - 1]}{field.name}: {json.dumps(field.example, ensure_ascii=False)}"
    return "\n".join(lines)


@each_profile
def test_a_skeleton_filled_in_with_the_examples_has_no_errors_but_references_and_sums(name: str) -> None:
    empty, text = skeleton_of(name), filled_in(skeleton_of(name))
    assert len(live_fields(empty)) > 20
    assert live_fields(text) == []
    assert [error for error in errors_in(text) if not re.search(" E(41|60) ", error)] == []
    required = load_profile(name).required
    any_field_will_do = {path for path in required if not any(other.startswith(f"{path}.") for other in required)}
    missing = {found.place.path for found in check_text(text, "new.yaml").findings if found.code == "E21"}
    assert missing <= any_field_will_do & set(SHAPE.names)


@each_profile
def test_the_comments_of_a_skeleton_are_sound_once_the_sign_before_them_is_gone(name: str) -> None:
    """Beside ids, which examples of different lists share, and a benefit that then is valued in two ways."""
    text = filled_in(skeleton_of(name))
    names = {field.name for field in SHAPE.walk()} | set(SHAPE.names)
    used = 0
    lines = []
    for line in text.split("\n"):
        found = re.fullmatch(r"(\s*)# ((?:  )*(?:- |  )?([a-z_0-9]+):.*)", line)
        if found and found[3] in names:
            line = f"{found[1]}{found[2]}"
            used += 1
        lines.append(line)
    assert used > 200
    errors = errors_in("\n".join(lines))
    assert [error for error in errors if not re.search(" E(40|41|63) ", error)] == []
    source, findings = read("\n".join(lines), "new.yaml")
    assert findings == []
    assert set(source.data) == {"bizcase", "profile", "document", *load_profile(name).sections}


@each_profile
def test_a_skeleton_is_easy_to_read(name: str) -> None:
    text = skeleton_of(name)
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert "\t" not in text
    assert not re.search(r" +$", text, re.MULTILINE)
    assert not re.search(r": None$|: null$|\bnan\b", text, re.MULTILINE)
    words = [line for line in text.split("\n") if not re.match(r"\s*#?\s*(- )?[a-z_0-9]+:", line)]
    assert 60 < max(map(len, words)) <= 112


def test_a_skeleton_is_the_same_each_time() -> None:
    assert skeleton_of("ideas-den") == skeleton_of("ideas-den")
    assert len({skeleton_of(name) for name in profile_names()}) == len(profile_names())
