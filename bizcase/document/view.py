"""What a template may print: plain values by the names of the specification, and the Figures.

Everything a template sees is a mapping, a list or a `Value`; there is nothing behind them to reach.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bizcase.appraisal.figure import Figure
from bizcase.appraisal.inputs import Status
from bizcase.document.cells import cell
from bizcase.document.value import MARKS, Value, figure_value, value
from bizcase.specification.given import named
from bizcase.specification.project import Project
from bizcase.specification.references import names_by_id
from bizcase.specification.shape import Field, Section, Shape
from bizcase.specification.source import FieldPath
from bizcase.specification.values import parse_date

_AMOUNTS = ("per_year", "once")


def column_key(label: str) -> str:
    """The name under which a template finds a column's cell."""
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")


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
            status = self.given[f"{name}.{next(key for key in content if key in _AMOUNTS or '/' in key)}"].status
            return value(self._money(content, name), name, field.label, f" ({status})" if status in MARKS else "")
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
        if field.choices:
            return f"{content} {field.choices[content]}"
        text = str(content).strip("\n")
        return text[:1].upper() + text[1:] if field.allowed else text

    def _quantity(self, content: Any, name: str, field: Field) -> Value:
        found = self.given[name]
        details = content if isinstance(content, Mapping) else {}
        parts = [f" {details['unit']}"] if details.get("unit", found.unit) != found.unit else []
        bounds = [self.given[f"{name}.{bound}"].text for bound in ("low", "high") if f"{name}.{bound}" in self.given]
        notes = [f"from {bounds[0]} to {bounds[1]}"] if len(bounds) == 2 else bounds
        notes += [details["status"]] if found.flagged else []
        notes += [f"source: {details['source']}"] if "source" in details else []
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
        cells = {column_key(label): cell(children, fields) for label, children in field.columns.items()}
        return {**fields, "cells": cells}


def written_date(day: date) -> str:
    """12 March 2026, the same in every locale."""
    months = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
              "December")
    return f"{day.day} {months[day.month - 1]} {day.year}"


def marks_of(status: Status) -> str:
    """The note under a table whose figures carry a mark."""
    return {
        Status.ILLUSTRATIVE: "† Illustrative: rests on figures that stand in for real ones.",
        Status.DISPUTED: "† Illustrative: rests on figures that stand in for real ones. ‡ Disputed: rests on figures not agreed.",
    }.get(status, "")


def warning_of(status: Status) -> str:
    """What the cover says where results rest on figures that are not real, or not agreed."""
    return {
        Status.ILLUSTRATIVE: "Illustrative: some figures stand in for real ones, and are marked. The results rest on them.",
        Status.DISPUTED: "Disputed: some figures are disputed, and are marked. The results rest on them.",
    }.get(status, "")
