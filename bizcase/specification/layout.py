"""What a bid prints of each section, and in which order, read from `schemas/layout.yaml`: blocks, and tables over rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bizcase import resources
from bizcase.specification.shape import Field, Rules, Shape, load_shape
from bizcase.specification.source import load_data
from bizcase.specification.terms import worded

LAYOUT_FILE = "layout.yaml"
GLANCE = "_glance"
"""How the name of a short table ends that stands in for a register printed in an annex."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Part of a phrase that is printed if its fields have values: each field after its words, then the words that end it.

    The punctuation with which it begins is left out where nothing was printed before it.
    """

    fields: tuple[tuple[str, Field], ...]
    after: str


Phrase = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, or a line of a card: `fields` with their labels, or a `phrase` made of them.

    `key` names it in a template, whatever a hub's terms make of its heading.
    """

    key: str
    heading: str
    fields: tuple[Field, ...]
    phrase: Phrase = ()


@dataclass(frozen=True, slots=True)
class RowTable:
    """A table, or a series of `cards`, over the rows of a field; with `of`, over the rows within those rows.

    `widths` are the columns' shares of the page; none where they follow from what the columns hold.
    """

    section: str
    name: str
    rows: Field
    of: Field | None
    caption: str
    columns: tuple[Column, ...]
    cards: bool
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """`blocks` are the names of what each section prints; `tables` are those over rows, by section and name.

    `annexed_if` names, for a group of fields, the answer that must be yes for it to go into an annex; `made_of`, for a table
    or a picture that is computed, the patterns of the fields that it is made of.
    """

    blocks: Mapping[str, tuple[str, ...]]
    tables: Mapping[tuple[str, str], RowTable]
    phrases: Mapping[str, Phrase]
    annexed_if: Mapping[str, str]
    made_of: Mapping[str, tuple[str, ...]]

    def table(self, section: str, block: str) -> RowTable | None:
        return self.tables.get((section, block))

    def tables_of(self, section: str) -> Iterator[RowTable]:
        return (table for (name, _), table in self.tables.items() if name == section)


@cache
def load_layout() -> Layout:
    """The layout that ships with the product."""
    return layout_of(load_shape(), {})


def layout_of(shape: Shape, terms: Mapping[str, str]) -> Layout:
    """The layout over a shape that is in a hub's terms already, with its own headings and captions in them too."""
    content = _content()
    tables = {(section.name, field.name): _default(section.name, field)
              for section in shape.sections for field in section.fields if field.is_rows}
    tables.update({(section, name): _table(section, name, rules, shape, terms)
                   for section, rows in content["tables"].items() for name, rules in rows.items()})
    phrases = {path: _phrase(text, _found(shape, path).fields) for path, text in content["phrases"].items()}
    return Layout({section: tuple(names) for section, names in content["blocks"].items()}, tables, phrases,
                  content["annexed_if"], {block: tuple(paths) for block, paths in content["made_of"].items()})


@cache
def _content() -> Rules:
    return load_data((resources.folder("schemas") / LAYOUT_FILE).read_text("utf-8"), LAYOUT_FILE)


def column_key(heading: str) -> str:
    """The name under which a template finds a column's cell."""
    return re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")


def _default(section: str, field: Field) -> RowTable:
    columns = tuple(Column(column_key(heading), heading, tuple(fields)) for heading, fields in field.columns.items())
    return RowTable(section, field.name, field, None, field.label, columns, field.cards)


def _table(section: str, name: str, rules: Rules, shape: Shape, terms: Mapping[str, str]) -> RowTable:
    rows = _found(shape, f"{section}.{rules['rows']}")
    of = rows.child(rules["of"]) if "of" in rules else None
    known = [*(of.fields if of else ()), *rows.fields]
    columns = tuple(_column(heading, content, known, terms) for heading, content in rules["columns"].items())
    caption = worded(rules["caption"], terms) if "caption" in rules else rows.label
    return RowTable(section, name, rows, of, caption, columns, rules.get("form") == "cards", tuple(rules.get("widths", ())))


def _column(heading: str, content: str | list[str], known: Sequence[Field], terms: Mapping[str, str]) -> Column:
    key, said = column_key(heading), worded(heading, terms)
    if isinstance(content, list):
        return Column(key, said, tuple(_named(name, known) for name in content))
    phrase = _phrase(content, known)
    return Column(key, said, tuple(field for segment in phrase for _, field in segment.fields), phrase)


def _phrase(text: str, known: Sequence[Field]) -> Phrase:
    return tuple(_segment(piece, known) for piece in text.split("|"))


def _segment(text: str, known: Sequence[Field]) -> Segment:
    *pairs, after = re.split(r"\{(\w+)\}", text)
    return Segment(tuple((words, _named(name, known)) for words, name in zip(pairs[::2], pairs[1::2], strict=True)), after)


def _named(name: str, known: Sequence[Field]) -> Field:
    return next(field for field in known if field.name == name)


def _found(shape: Shape, path: str) -> Field:
    found = shape.find(path)
    assert isinstance(found, Field), f"{LAYOUT_FILE} names {path}, which the shape does not know"
    return found
