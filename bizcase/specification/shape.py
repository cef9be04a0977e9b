"""The shape of a specification, read from `schemas/specification/`: the one source of every field.

The files hold Cerberus rules and, under `meta`, the words around each field. Validation, the skeleton, the field
reference, the editor's JSON Schema and the Word template are all made from what this module gives.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bizcase import resources
from bizcase.specification.source import load_data

Rules = dict[str, Any]

QUANTITY_FILE = "quantity.yaml"
PROFILE_FILE = "profile.yaml"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `path` is its pattern: `benefits.register[].title`. `fields` are those of its rows or its mapping.

    `row` names one row of its rows, and `cards` prints each row under a heading of its own, not in a table; a `brief`
    text needs no heading. `choices` are the words behind allowed codes, where a code alone would tell a reader nothing.
    """

    path: str
    name: str
    type: str
    label: str
    guidance: str
    why: str
    example: Any
    column: str
    unit: str
    lead: bool
    required: bool
    allowed: tuple[str, ...]
    choices: Mapping[str, str]
    minimum: float | None
    maximum: float | None
    refers_to: str
    not_before: str
    item_type: str
    row: str
    cards: bool
    brief: bool
    fields: tuple[Field, ...]

    @property
    def is_rows(self) -> bool:
        """A list of rows, each a mapping of `fields`."""
        return self.type == "list" and bool(self.fields)

    @property
    def is_group(self) -> bool:
        """A mapping of `fields`."""
        return self.type == "dict"

    @property
    def is_narrative(self) -> bool:
        """Free text of one or more paragraphs."""
        return self.type == "text"

    def child(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    def walk(self) -> Iterator[Field]:
        """The field and all fields under it."""
        yield self
        for field in self.fields:
            yield from field.walk()

    @property
    def columns(self) -> dict[str, list[Field]]:
        """For rows: the heading of each table column, with the fields that share it."""
        found: dict[str, list[Field]] = {}
        for field in self.fields:
            found.setdefault(field.column or field.label, []).append(field)
        return found


@dataclass(frozen=True, slots=True)
class Section:
    """One top-level key of a specification and one section of the bid."""

    name: str
    manual: str
    title: str
    guidance: str
    why: str
    fields: tuple[Field, ...]
    rules: Rules

    def walk(self) -> Iterator[Field]:
        for field in self.fields:
            yield from field.walk()


@dataclass(frozen=True, slots=True)
class Shape:
    """All sections, in the manual's order. `known` holds them and every field by path."""

    sections: tuple[Section, ...]
    known: Mapping[str, Field | Section]

    def section(self, name: str) -> Section:
        return next(section for section in self.sections if section.name == name)

    @property
    def names(self) -> list[str]:
        return [section.name for section in self.sections]

    def walk(self) -> Iterator[Field]:
        for section in self.sections:
            yield from section.walk()

    def find(self, path: str) -> Field | Section | None:
        """The field with that pattern, or the section of that name."""
        return self.known.get(path)

    def rules(self) -> Rules:
        """The Cerberus schema of a whole specification, with nothing required beyond what rows need; a fresh copy."""
        return {section.name: {"type": "dict", "schema": copy.deepcopy(section.rules)} for section in self.sections}


@cache
def load_shape() -> Shape:
    """The shape that ships with the product."""
    quantity = load_data((resources.folder("schemas") / QUANTITY_FILE).read_text("utf-8"), QUANTITY_FILE)
    paths = resources.files("schemas", "specification", ".yaml")
    sections = tuple(_section(load_data(path.read_text("utf-8"), path.name), quantity["fields"]) for path in paths)
    return shape_of(sections)


def shape_of(sections: tuple[Section, ...]) -> Shape:
    """The shape of these sections."""
    known: dict[str, Field | Section] = {section.name: section for section in sections}
    known.update({field.path: field for section in sections for field in section.walk()})
    return Shape(sections, known)


@cache
def quantity_fields() -> tuple[Field, ...]:
    """The fields of a quantity that is written as a mapping: value, unit, status, source, low and high."""
    quantity = load_data((resources.folder("schemas") / QUANTITY_FILE).read_text("utf-8"), QUANTITY_FILE)
    return tuple(_field(name, rules, "quantity") for name, rules in quantity["fields"].items())


@cache
def load_profile_shape() -> Section:
    """The keys of a profile's file, as fields of a section that has no name in a path."""
    content = load_data((resources.folder("schemas") / PROFILE_FILE).read_text("utf-8"), PROFILE_FILE)
    rules = content["fields"]
    annex = copy.deepcopy(rules["parts"]["schema"])
    annex["schema"]["title"]["required"] = True
    annex["schema"]["title"]["meta"]["guidance"] = "The heading of the annex."
    annex["meta"]["row"] = "annex"
    rules["annexes"]["schema"] = annex
    fields = tuple(_field(key, rule, "") for key, rule in rules.items())
    return Section("", "", content["title"], content["guidance"].strip(), content["why"].strip(), fields, rules)


def _section(content: Rules, quantity: Rules) -> Section:
    name = content["section"]
    rules = content["fields"]
    fields = tuple(_field(key, rule, name) for key, rule in rules.items())
    _expand_quantities(rules, quantity)
    return Section(name, content["manual"] or "", content["title"], content["guidance"].strip(),
                   content["why"].strip(), fields, rules)


def _field(name: str, rules: Rules, parent: str) -> Field:
    meta = rules.get("meta", {})
    item = rules.get("schema", {}) if rules["type"] == "list" else {}
    rows = item.get("type") in ("dict", "shown")
    inner = item.get("schema", {}) if rows else {}
    if rules["type"] == "dict":
        inner = rules.get("schema", {})
    path = f"{parent}.{name}" if parent else name
    inner_path = f"{path}[]" if rows else path
    return Field(
        path=path, name=name, type=rules["type"], label=meta.get("label", ""),
        guidance=str(meta.get("guidance", "")).strip(), why=str(meta.get("why", "")).strip(),
        example=meta.get("example"), column=meta.get("column", ""), unit=meta.get("unit", ""), lead=bool(meta.get("lead", False)),
        required=bool(rules.get("required", False)), allowed=tuple(rules.get("allowed") or item.get("allowed") or ()),
        choices=meta.get("choices") or {},
        minimum=rules.get("min", item.get("min")), maximum=rules.get("max", item.get("max")),
        refers_to=rules.get("refers_to", "") or item.get("refers_to", ""), not_before=rules.get("not_before", ""),
        item_type=item.get("type", ""), row=item.get("meta", {}).get("row", ""),
        brief=bool(meta.get("brief", False)),
        cards=item.get("meta", {}).get("layout", "") == "cards",
        fields=tuple(_field(key, rule, inner_path) for key, rule in inner.items()))


def _expand_quantities(rules: Rules, quantity: Rules) -> None:
    """Lets Cerberus accept a quantity as a plain number or as a mapping of the quantity's own fields."""
    for rule in rules.values():
        if rule["type"] == "quantity":
            rule["schema"] = {name: {key: value for key, value in inner.items() if key != "meta"}
                              for name, inner in quantity.items()}
            bounds = {bound: rule[bound] for bound in ("min", "max") if bound in rule}
            for name in ("value", "low", "high"):
                rule["schema"][name].update(bounds)
        elif rule["type"] == "dict":
            _expand_quantities(rule["schema"], quantity)
        elif rule["type"] == "list" and rule["schema"].get("type") == "dict":
            _expand_quantities(rule["schema"]["schema"], quantity)
