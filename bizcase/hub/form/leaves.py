"""The leaves of a specification's shape: what one cell of a form can answer, and which of them a kind of bid needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bizcase.specification.profile import Profile
from bizcase.specification.shape import Field, Shape

AMOUNTS = 26
"""Characters of amounts by year, such as `24,000 in 2026/27`, with room for a second."""


def width(field: Field) -> int:
    """About how many characters an answer takes, by its example."""
    if field.type == "money":
        return AMOUNTS
    example = field.example.get("value", "") if isinstance(field.example, dict) else field.example
    return 0 if field.allowed or field.type in ("boolean", "date", "year") else len(str(example))


def needed_of(profile: Profile, shape: Shape) -> set[str]:
    """The paths of what must be answered: tables, and leaves. A mapping or a section that is required stands for its own
    required fields, or for the first where none is."""
    needed: set[str] = set()
    for path in profile.required:
        found = shape.known[path]
        inside = [other for other in profile.required if other != path and is_in(other, path)]
        if isinstance(found, Field) and (is_leaf(found) or found.is_rows):
            needed.add(path)
        elif not inside:
            fields = [field for field in found.fields if field.required] or list(found.fields[:1])
            needed |= {field.path for field in fields}
    for path in tuple(needed):
        found = shape.known[path]
        if isinstance(found, Field) and found.is_rows:
            needed |= {leaf.path for leaf in found.fields if leaf.required and is_leaf(leaf)}
    return needed


def leaves_of(shape: Shape) -> Iterator[Field]:
    return (field for field in shape.walk() if is_leaf(field))


def is_leaf(field: Field) -> bool:
    return not field.is_rows and not field.is_group


def columns_of(rows: Field) -> Iterator[tuple[Field, str]]:
    """The leaves of one row, rows within it left out, each with a label that says in what it stands."""
    def of(fields: Iterable[Field], around: str) -> Iterator[tuple[Field, str]]:
        for field in fields:
            label = within(around, field.label)
            if field.is_group:
                yield from of(field.fields, label)
            elif not field.is_rows:
                yield field, label

    return of(rows.fields, "")


def within(around: str, label: str) -> str:
    """A label with that of the mapping in which it stands: "Baseline: value"."""
    if not around:
        return label
    return f"{around}: {label if label[1:2].isupper() else label[:1].lower() + label[1:]}"


def is_in(path: str, outer: str) -> bool:
    return path == outer or path.startswith((f"{outer}.", f"{outer}["))
