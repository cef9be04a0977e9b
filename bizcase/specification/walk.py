"""Walks the data of a specification beside its shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizcase.specification.shape import Field, Rules, Shape
from bizcase.specification.source import FieldPath


def pattern(path: FieldPath) -> str:
    """The field pattern of a path: ("costs", "rows", 2, "id") is `costs.rows[].id`."""
    text = ""
    for step in path:
        text += "[]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def fields_with_values(data: Rules, shape: Shape) -> Iterator[tuple[FieldPath, Field, Any]]:
    """Every field that has a value, with its path; rows and mappings are walked into, parents before children."""
    for section in shape.sections:
        content = data.get(section.name)
        if isinstance(content, dict):
            for field in section.fields:
                yield from _with_values(content, field, (section.name,))


def _with_values(content: Rules, field: Field, path: FieldPath) -> Iterator[tuple[FieldPath, Field, Any]]:
    if field.name not in content:
        return
    value, here = content[field.name], (*path, field.name)
    yield here, field, value
    if field.is_group and isinstance(value, dict):
        for inner in field.fields:
            yield from _with_values(value, inner, here)
    elif field.is_rows and isinstance(value, list):
        for index, row in enumerate(value):
            if isinstance(row, dict):
                for inner in field.fields:
                    yield from _with_values(row, inner, (*here, index))


def values_at(data: Any, path: str) -> list[Any]:
    """All values at a field pattern: `benefits.register[].title` gives the title of every benefit that has one."""
    found = [data]
    for step in path.split("."):
        name, rows = step.removesuffix("[]"), step.endswith("[]")
        found = [item[name] for item in found if isinstance(item, dict) and name in item]
        if rows:
            found = [row for item in found if isinstance(item, list) for row in item]
    return found


def without_blanks(value: Any) -> Any:
    """The data without what is not filled in: nothing, blank text, and mappings or lists that hold nothing else.

    The rows of a list keep their positions, so that their places stay true.
    """
    if isinstance(value, dict):
        cleaned = {key: without_blanks(inner) for key, inner in value.items()}
        return {key: inner for key, inner in cleaned.items() if not is_blank(inner)}
    if isinstance(value, list):
        rows = [without_blanks(inner) for inner in value]
        rows = [None if is_blank(row) else row for row in rows]
        return [] if all(row is None for row in rows) else rows
    return value


def is_blank(value: Any) -> bool:
    """Whether a value counts as not filled in."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ({}, [])
