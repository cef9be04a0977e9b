"""Tells a form's own words from what somebody typed, and finds the question behind a label."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizcase.hub.form.answers import folded
from bizcase.hub.form.keys import Keys, Label
from bizcase.hub.form.questions import Form, Heading, Table
from bizcase.hub.form.words import HINT_LENGTHS, form_words, guidance
from bizcase.specification.shape import Field


class Wording:
    """The words of one form. `keys` are what it carries itself; where those are lost, all that stands on the present form of its
    kind, `form`, counts as its own."""

    def __init__(self, form: Form, keys: Keys) -> None:
        self.labels: tuple[Label, ...] = keys.labels or tuple(_labels(form))
        self._now = tuple(_labels(form))
        own = (*(keys.words or _all_words(form)), *(words for label in self.labels for words in (label.text, label.sheet)))
        self._own = frozenset(map(folded, own))
        self._heads: dict[str, dict[str, str]] = {}

    def is_own(self, value: object) -> bool:
        """Whether a value of a cell is the form's own text."""
        return isinstance(value, str) and folded(value) in self._own

    def of_questions(self, sheet: str) -> dict[str, str]:
        """The keys behind labels outside tables, by their folded words: those of a sheet, and those that the form has once."""
        found: dict[str, set[str]] = {}
        for label in (*self.labels, *self._now):
            if not label.table:
                found.setdefault(folded(label.text), set()).add(label.path)
        once = {text: next(iter(paths)) for text, paths in found.items() if len(paths) == 1}
        return {**once, **{folded(label.text): label.path for label in self.labels if label.sheet == sheet and not label.table}}

    def path_now(self, words: object) -> str:
        """The path that the present form asks with these words; empty where it asks none, or two."""
        said = folded(words) if isinstance(words, str) else ""
        paths = {label.path for label in self._now if not label.table and folded(label.text) == said}
        return paths.pop() if len(paths) == 1 else ""

    def label_of(self, path: str) -> str:
        """The words of a question or a table; the path itself where there are none."""
        return next((label.text for label in (*self.labels, *self._now) if label.path == path and not label.table), path)

    def of_columns(self, table: str) -> dict[str, str]:
        """The paths behind the heads of a table, by their folded words."""
        if table not in self._heads:
            labels = [label for label in (*self.labels, *self._now) if label.table == table]
            self._heads[table] = {**{folded(label.path): label.path for label in labels},
                                  **{folded(label.text): label.path for label in labels}}
        return self._heads[table]

    def columns_in_order(self, table: str) -> list[str]:
        return [label.path for label in self.labels if label.table == table]

    def head_of(self, table: str, path: str) -> str:
        return next((label.text for label in (*self.labels, *self._now) if label.table == table and label.path == path), path)


def _labels(form: Form) -> Iterator[Label]:
    for page in form.pages:
        for block in page.blocks:
            if isinstance(block, Table):
                yield Label(page.title, block.label, f"table:{block.path}")
                yield from (Label(page.title, column.label, column.path, block.path) for column in block.columns)
            elif not isinstance(block, Heading):
                yield Label(page.title, block.label, block.path)


def _all_words(form: Form) -> Iterator[str]:
    yield form.profile.title
    for page in form.pages:
        yield page.title
        for block in page.blocks:
            if isinstance(block, Heading):
                yield from (block.text, block.guidance)
            else:
                yield from (block.label, *_hints(block.field))
                yield from (column.label for column in getattr(block, "columns", ()))
    for section in form.shape.sections:
        yield from (section.title, section.guidance)
        for field in section.walk():
            yield from _hints(field)
    yield from _texts(form_words())
    yield from (f"{number}." for number in range(1, 20))


def _hints(field: Field) -> Iterator[str]:
    yield field.guidance
    yield from (guidance(field, most) for most in HINT_LENGTHS)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
