"""Builds specifications for tests: the samples once a run, and others from changed data."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from bizcase.case import Built, Case, build, open_case
from bizcase.document import bid
from bizcase.document.generated import PICTURES
from bizcase.document.outline import outline
from bizcase.document.word import Properties
from bizcase.specification.layout import load_layout
from bizcase.specification.project import Project
from bizcase.specification.shape import Field, load_shape
from bizcase.specification.source import FieldPath
from bizcase.specification.walk import fields_with_values
from tests.conftest import sample_case


@cache
def built_sample(name: str) -> Built:
    """A sample's files; as a draft where blockers stand in the way."""
    case = sample_case(name)
    return build(case, draft=bool(case.blockers))


def project_of(case: Case) -> Project:
    assert case.project is not None, [finding.message for finding in case.errors]
    return case.project


def sample_data(name: str) -> dict[str, Any]:
    """A sample's data, free to change."""
    project = project_of(sample_case(name))
    return {"bizcase": 1, "profile": project.profile.name, **copy.deepcopy(dict(project.data))}


def case_of(data: dict[str, Any]) -> Case:
    return open_case(json.dumps(data, ensure_ascii=False), "changed.json")


def values_in(data: Any) -> Iterator[tuple[FieldPath, Field, Any]]:
    """Every field with its value, in the order of the shape."""
    yield from fields_with_values(dict(data), load_shape())


def least(name: str, usual: int, short: int) -> int:
    """How much of something a sample's bid must hold at least: less where its kind of bid is short."""
    return short if is_short(name) else usual


def is_short(name: str) -> bool:
    return project_of(sample_case(name)).profile.short


def is_printed(path: FieldPath, project: Project) -> bool:
    """Whether the profile prints this field: as a block of its section, in a column of a table, or in a picture."""
    section, name, *inner = path
    below = next((step for step in inner if isinstance(step, str)), "")
    shown = [block for entry in outline(project.profile, load_shape()) if entry.section == section for block in entry.blocks]
    return section == "document" or any(_prints(str(section), block, str(name), below) for block in shown)


def _prints(section: str, block: str, name: str, below: str) -> bool:
    """Whether a block prints a field of its section, or, with `below`, a field of that field's rows."""
    table = load_layout().table(section, block)
    if table is None:
        return block == name or (block in PICTURES and f"{section}.{name}" in PICTURES[block].shows and not below)
    shown = {field.path for column in table.columns for field in column.fields}
    shown |= {table.of.path} if table.of is not None else set()
    return table.rows.name == name and f"{table.rows.path}[].{below}" in shown


def is_free_text(field: Field) -> bool:
    """Whether a user may write there what they like."""
    return field.type in ("string", "text") and not field.allowed and not field.refers_to


def put(data: Any, path: FieldPath, value: Any) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value


@cache
def template_and_context(profile: str) -> tuple[bytes, dict[str, Any]]:
    """The template of a profile, and what the sample gives it to print, as they are handed to `render`."""
    taken: dict[str, Any] = {}

    def take(template: bytes, name: str, context: dict[str, Any], properties: Properties) -> bytes:
        taken.update(template=template, context=context)
        return b""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bid, "render", take)
        build(case_of({**sample_data("remote-monitoring"), "profile": profile}), draft=True)
    return taken["template"], taken["context"]
