"""Walks the data of a specification beside its shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizcase.specification.shape import Field, Rules, Shape, quantity_fields
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
            yield from values_of(content, section.fields, (section.name,))


def values_of(content: Rules, fields: tuple[Field, ...], path: FieldPath = ()) -> Iterator[tuple[FieldPath, Field, Any]]:
    """The same of one mapping, which stands at a path."""
    for field in fields:
        yield from _with_values(content, field, path)


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


def is_there(data: Any, path: FieldPath) -> bool:
    """Whether something, be it blank, stands at a path."""
    for step in path:
        if not (step in data if isinstance(data, dict) else isinstance(data, list) and int(step) < len(data)):
            return False
        data = data[step]
    return True


def without_blanks(data: Rules, shape: Shape) -> Rules:
    """The data without what is not filled in: nothing, blank text, and mappings or lists that hold nothing else.

    The rows of a list keep their positions, so that their places stay true. A key that the shape does not know is kept
    even where it is blank: it is a misspelt field, or what stood after a comma inside { }, and must not vanish.
    """
    fields = {section.name: section.fields for section in shape.sections}
    kept = {key: pruned(value, fields.get(key, ())) for key, value in data.items()}
    return {key: value for key, value in kept.items() if key not in (*fields, "profile", "bizcase") or not is_blank(value)}


def pruned(value: Any, fields: tuple[Field, ...]) -> Any:
    """A mapping or list without its blanks; `fields` are those that a mapping here may have."""
    if isinstance(value, dict):
        known = {field.name: field for field in fields}
        inner = {key: pruned(item, _inside(known[key])) if key in known else item for key, item in value.items()}
        return {key: item for key, item in inner.items() if key not in known or not is_blank(item)}
    if isinstance(value, list):
        rows = [pruned(row, fields) for row in value]
        rows = [None if is_blank(row) else row for row in rows]
        return [] if all(row is None for row in rows) else rows
    return value


def _inside(field: Field) -> tuple[Field, ...]:
    return quantity_fields() if field.type == "quantity" else field.fields


def is_blank(value: Any) -> bool:
    """Whether a value counts as not filled in."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ({}, [])
