"""The words of a form around its questions: what is asked of a cell, how it is answered, and an example."""

from __future__ import annotations

from functools import cache
from typing import Any

from bizcase import resources
from bizcase.hub.form.cells import to_cell
from bizcase.specification.shape import Field, Rules
from bizcase.specification.source import load_data

FILE = "form.yaml"
HINT_LENGTHS = (84, 150)
"""The most characters of guidance beside a question, on a short form and on a long one."""


@cache
def form_words() -> Rules:
    """The words of `schemas/form.yaml`."""
    return load_data((resources.folder("schemas") / FILE).read_text("utf-8"), FILE)


def guidance(field: Field, most: int) -> str:
    """A field's guidance on one line of so many characters: as many whole sentences as fit, else as many whole words."""
    text = " ".join(field.guidance.split())
    if len(text) <= most:
        return text
    sentences = text[:most + 1].rfind(". ")
    if sentences > 0:
        return text[:sentences + 1]
    return text[:most - 1].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"


def message(field: Field) -> str:
    """What is shown when the answer cell is chosen: how to answer, with an example."""
    words = form_words()
    said = [" ".join(field.guidance.split()), words["how"].get(_kind(field), "")]
    example = example_of(field)
    return "\n".join([*filter(None, [" ".join(filter(None, said))]), *([f"{words['example']} {example}"] if example else [])])


def example_of(field: Field) -> str:
    """The example of a field, as it can be typed into a cell; a date as people write it."""
    if field.example is None:
        return ""
    shown: Any = to_cell(field.example, field)
    if isinstance(shown, bool):
        return "yes" if shown else "no"
    return f"{shown.day} {shown:%b %Y}" if hasattr(shown, "strftime") else f"{shown}"


def offered(field: Field) -> tuple[str, ...]:
    """The words of a cell's drop-down; none where it has none."""
    if field.type == "boolean":
        return ("yes", "no")
    return tuple(str(field.choices.get(code, code)) for code in field.allowed)


def _kind(field: Field) -> str:
    if field.type == "list":
        return "identifiers" if field.item_type == "identifier" else "list"
    return "" if field.type == "identifier" and not field.refers_to else field.type
