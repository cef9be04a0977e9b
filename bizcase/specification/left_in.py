"""What was left in a text that somebody meant to replace: the example of a field, or words that stand for words to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from bizcase import resources
from bizcase.errors import Finding, Severity
from bizcase.specification.printed import NEVER
from bizcase.specification.shape import Rules, Shape
from bizcase.specification.source import FieldPath, Source, load_data
from bizcase.specification.walk import fields_with_values


def examples_left_in(data: Rules, source: Source, shape: Shape) -> list[Finding]:
    """Free texts that are still the example of their field, as `bizcase new` writes it; a short word may be so by chance."""
    return [Finding(source.place(path), "E64", Severity.BLOCKER, f"{path[-1]} is still the example, not your own text",
                    "replace it, or put # before the line")
            for path, field, value in fields_with_values(data, shape)
            if field.is_narrative and isinstance(value, str) and value.split() == str(field.example).split()]


def placeholders_in(text: str) -> list[str]:
    """What in a text stands for words to come ("TBC", "[insert name]"), in its order; the words are data."""
    return [found[0].strip(" :£\n") for found in _placeholders().finditer(text)]


def texts_in(data: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Every text in some data, with its path; but for the remarks of a form, which no bid prints."""
    if ".".join(map(str, path)) == NEVER:
        return
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from texts_in(value, (*path, name))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from texts_in(item, (*path, index))


@cache
def _placeholders() -> re.Pattern[str]:
    path = resources.folder("schemas") / "words" / "placeholders.yaml"
    patterns = load_data(path.read_text("utf-8"), path.name)["placeholders"]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE | re.MULTILINE)
