"""The fields of the shape with examples for values, and the least data around one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizcase.specification.shape import Field, Section


def ways(fields: tuple[Field, ...], before: tuple[Field, ...] = ()) -> Iterator[list[Field]]:
    """Every field with those around it, from the section inwards."""
    for field in fields:
        yield [*before, field]
        yield from ways(field.fields, (*before, field))


def example_of(field: Field, *, whole: bool = False) -> Any:
    """A field's example; of rows and mappings, one with the examples of what they cannot do without, or of all fields."""
    if not field.fields:
        return field.example
    row = {child.name: example_of(child, whole=whole) for child in field.fields if child.required or whole}
    return [row] if field.is_rows else row


def with_value(section: Section, steps: list[Field], value: Any) -> dict[str, Any]:
    """The least data in which a field has a value: around it, only what its rows cannot do without."""
    for outer, field in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
        row = {child.name: example_of(child) for child in outer.fields if child.required and child.name != field.name}
        row[field.name] = value
        value = [row] if outer.is_rows else row
    return {section.name: {steps[0].name: value}}
