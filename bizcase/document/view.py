"""What a template may print: plain values by the names of the specification, and the Figures.

Everything a template sees is a mapping, a list or a `Value`; there is nothing behind them to reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bizcase.appraisal.figure import Figure
from bizcase.appraisal.inputs import Status
from bizcase.document.cells import cell
from bizcase.document.value import Value, figure_piece, figure_value, joined, value
from bizcase.specification.given import named
from bizcase.specification.layout import Layout, RowTable
from bizcase.specification.project import Project
from bizcase.specification.references import names_by_id
from bizcase.specification.shape import Field, Section, Shape
from bizcase.specification.source import FieldPath
from bizcase.specification.values import parse_date

_AMOUNTS = ("per_year", "once")


def section_views(project: Project, shape: Shape, layout: Layout, given: Mapping[str, Figure]) -> dict[str, Any]:
    """Each section's fields by name, and the tables over their rows; a field without a value is None."""
    viewer = _Viewer(project, shape, layout, given)
    return {section.name: viewer.section(section) for section in shape.sections}


class _Viewer:
    def __init__(self, project: Project, shape: Shape, layout: Layout, given: Mapping[str, Figure]) -> None:
        self.data, self.given, self.layout = project.data, given, layout
        self.names = names_by_id(dict(project.data), shape)

    def section(self, section: Section) -> dict[str, Any]:
        content = self.data.get(section.name, {})
        fields = {field.name: self._field(field, content.get(field.name), (section.name, field.name))
                  for field in section.fields}
        return {**fields, **{table.name: self._table(table, fields[table.rows.name])
                             for table in self.layout.tables_of(section.name)}}

    def _table(self, table: RowTable, rows: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
        """The rows of a table with their cells; a row within a row keeps the fields of the row it stands in."""
        if rows is None:
            return None
        if table.of is not None:
            rows = [{**row, **inner} for row in rows for inner in row[table.of.name] or ()]
        cells = [{column.key: cell(column, row, self.layout.phrases) for column in table.columns} for row in rows]
        return [{**row, "cells": found} for row, found in zip(rows, cells, strict=True)]

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
            return joined(list(self._money(content, name)), name, field.label)
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
        """The number, its unit, the range it lies in, and in brackets what a reader must know of it."""
        found = self.given[name]
        details = content if isinstance(content, Mapping) else {}
        unit = f" {details['unit']}" if details.get("unit", found.unit) != found.unit else ""
        notes = [details["status"]] if found.status is not Status.KNOWN else []
        notes += [f"source: {details['source']}"] if "source" in details else []
        remark = f" ({'; '.join(notes)})" if notes else ""
        bounds = [self.given[f"{name}.{bound}"] for bound in ("low", "high") if f"{name}.{bound}" in self.given]
        if not bounds:
            return value(found.text, name, field.label, unit + remark, figure_value(found).mark)
        first = figure_piece(found, suffix=figure_value(found).mark + unit)
        *others, last = [figure_piece(bound, words) for bound, words in zip(bounds, (", range ", " to "), strict=False)]
        last.suffix = remark
        return joined([first, *others, last], name, field.label)

    def _money(self, content: Mapping[str, Any], name: str) -> Iterator[Value]:
        """The amounts in words: a yearly amount with its span and ramp, one amount, or an amount for each year."""
        amounts = [key for key in content if key in _AMOUNTS or "/" in key]
        shares = [f"{name}.ramp.{number}" for number in range(1, len(content.get("ramp", ())) + 1)]
        pieces = [figure_piece(self.given[f"{name}.{key}"], ("; " if number else "") + ("" if key in _AMOUNTS else f"{key}: "))
                  for number, key in enumerate(amounts)]
        pieces[-1].suffix += _span(content)
        pieces += [figure_piece(self.given[share], ", " if number else ", building up ") for number, share in enumerate(shares)]
        status = self.given[f"{name}.{amounts[0]}"].status
        if status is not Status.KNOWN:
            pieces[-1].suffix = pieces[-1].suffix.removeprefix(pieces[-1].mark) + f" ({status})"
        yield from pieces

    def _row(self, field: Field, row: Mapping[str, Any], path: FieldPath) -> dict[str, Any]:
        return {child.name: self._field(child, row.get(child.name), (*path, child.name)) for child in field.fields}


def _span(content: Mapping[str, Any]) -> str:
    """The years that an amount in short form runs over."""
    if "per_year" in content:
        return " a year" + "".join(f" {word} {content[word]}" for word in ("from", "to") if word in content)
    return f" in {content['in']}" if "once" in content else ""


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
