"""What a template may print: plain values by the names of the specification, and the Figures.

Everything a template sees is a mapping, a list or a `Value`; there is nothing behind them to reach.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bizcase.appraisal.figures import Figure
from bizcase.appraisal.inputs import Status
from bizcase.specification.given import named
from bizcase.specification.project import Project
from bizcase.specification.references import names_by_id
from bizcase.specification.shape import Field, Section, Shape
from bizcase.specification.source import FieldPath
from bizcase.specification.values import parse_date

TAG_LIMIT = 64
EMPTY = "–"


class Value(str):
    """A printed value, with the tag and alias of its content control and what follows it (a unit, a warning)."""

    tag: str
    alias: str
    suffix: str
    paragraphs: list[str]


def value(text: str, tag: str, alias: str, suffix: str = "") -> Value:
    made = Value(text)
    made.tag, made.alias, made.suffix = shortened(tag), alias[:TAG_LIMIT], suffix
    made.paragraphs = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text.strip("\n"))]
    return made


def shortened(tag: str) -> str:
    """A tag of at most 64 characters, the most that Word keeps; the end tells rows apart, so the middle goes."""
    return tag if len(tag) <= TAG_LIMIT else f"{tag[:30]}…{tag[-33:]}"


def column_key(label: str) -> str:
    """The name under which a template finds a column's cell."""
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")


def figure_value(found: Figure) -> Value:
    """A Figure as a template prints it."""
    return value(found.text, found.id, found.label, f" ({found.status})" if found.flagged else "")


def section_views(project: Project, shape: Shape, given: Mapping[str, Figure]) -> dict[str, Any]:
    """Each section's fields by name; a field without a value is None."""
    viewer = _Viewer(project, shape, given)
    return {section.name: viewer.section(section) for section in shape.sections}


class _Viewer:
    def __init__(self, project: Project, shape: Shape, given: Mapping[str, Figure]) -> None:
        self.data, self.given = project.data, given
        self.names = names_by_id(dict(project.data), shape)

    def section(self, section: Section) -> dict[str, Any]:
        content = self.data.get(section.name, {})
        return {field.name: self._field(field, content.get(field.name), (section.name, field.name))
                for field in section.fields}

    def _field(self, field: Field, content: Any, path: FieldPath) -> Any:
        if field.is_group:
            inner = content or {}
            view = {child.name: self._field(child, inner.get(child.name), (*path, child.name)) for child in field.fields}
            return {**view, "filled": bool(content)}
        if content is None:
            return None
        if field.is_rows:
            return [self._row(field, row, (*path, index)) for index, row in enumerate(content)]
        if field.type == "list":
            return [self._leaf(field, field.item_type, item, (*path, index)) for index, item in enumerate(content)]
        return self._leaf(field, field.type, content, path)

    def _leaf(self, field: Field, kind: str, content: Any, path: FieldPath) -> Value:
        name = named(self.data, path)
        if kind == "quantity":
            return self._quantity(content, name, field)
        if kind == "money":
            return value(self._money(content, name), name, field.label)
        if name in self.given:
            return figure_value(self.given[name])
        return value(self._text(field, kind, content), name, field.label)

    def _text(self, field: Field, kind: str, content: Any) -> str:
        if field.refers_to:
            return f"{content} {self.names.get(content, '')}".strip()
        if isinstance(content, bool):
            return "Yes" if content else "No"
        if kind == "date":
            return written_date(parse_date(content))
        text = str(content)
        return text[:1].upper() + text[1:] if field.allowed else text

    def _quantity(self, content: Any, name: str, field: Field) -> Value:
        found = self.given[name]
        details = content if isinstance(content, Mapping) else {}
        parts = [f" {details['unit']}"] if "unit" in details else []
        bounds = [self.given[f"{name}.{bound}"].text for bound in ("low", "high") if f"{name}.{bound}" in self.given]
        notes = [*([f"from {bounds[0]} to {bounds[1]}"] if len(bounds) == 2 else bounds),
                 *([details["status"]] if found.flagged else []), *([details["source"]] if "source" in details else [])]
        return value(found.text, name, field.label, "".join(parts) + (f" ({'; '.join(notes)})" if notes else ""))

    def _money(self, content: Mapping[str, Any], name: str) -> str:
        def text(key: str) -> str:
            return self.given[f"{name}.{key}"].text

        if "per_year" in content:
            span = [f"from {content['from']}"] if "from" in content else []
            span += [f"to {content['to']}"] if "to" in content else []
            ramp = [text(f"ramp.{position}") for position in range(1, len(content.get("ramp", ())) + 1)]
            building = f", building up {', '.join(ramp)}" if ramp else ""
            return f"{text('per_year')} a year" + (f" {' '.join(span)}" if span else "") + building
        if "once" in content:
            return f"{text('once')} in {content['in']}"
        return "; ".join(f"{year}: {text(str(year))}" for year in content)

    def _row(self, field: Field, row: Mapping[str, Any], path: FieldPath) -> dict[str, Any]:
        fields = {child.name: self._field(child, row.get(child.name), (*path, child.name)) for child in field.fields}
        cells = {column_key(label): self._cell(children, fields, first=index == 0)
                 for index, (label, children) in enumerate(field.columns.items())}
        return {**fields, "cells": cells}

    def _cell(self, children: Sequence[Field], fields: Mapping[str, Any], *, first: bool) -> list[dict[str, Any]]:
        """The lines of one table cell: each value with its label, where the cell holds more than one kind."""
        lines: list[dict[str, Any]] = []
        for child in children:
            plain = len(children) == 1 or (first and (child.lead or child.name == "id"))
            lines += [{"label": "" if plain and not child.fields else f"{label}: ", "value": item}
                      for label, item in _flat(child, fields[child.name])]
        return lines or [{"label": "", "value": value(EMPTY, "", "")}]


def _flat(field: Field, content: Any) -> list[tuple[str, Value]]:
    """The values of a field, each with a label, as they stand in one cell; rows and mappings within become lines."""
    if content is None:
        return []
    if isinstance(content, Value):
        return [(field.label, content)]
    if field.is_group or field.is_rows:
        rows = [content] if field.is_group else content
        return [line for row in rows for child in field.fields for line in _flat(child, row[child.name])]
    return [(field.label, item) for item in content]


def written_date(day: date) -> str:
    """12 March 2026, the same in every locale."""
    months = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
              "December")
    return f"{day.day} {months[day.month - 1]} {day.year}"


def warning_of(status: Status) -> str:
    """What the cover says where results rest on figures that are not real, or not agreed."""
    return {
        Status.ILLUSTRATIVE: "Illustrative: some figures stand in for real ones, and are marked. The results rest on them.",
        Status.DISPUTED: "Disputed: some figures are disputed, and are marked. The results rest on them.",
    }.get(status, "")
