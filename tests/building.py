"""Builds specifications for tests: the samples once a run, and others from changed data."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from bizcase.case import Built, Case, build, open_case
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


def is_free_text(field: Field) -> bool:
    """Whether a user may write there what they like."""
    return field.type in ("string", "text") and not field.allowed and not field.refers_to


def put(data: Any, path: FieldPath, value: Any) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value
