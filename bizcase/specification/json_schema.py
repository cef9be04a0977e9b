"""Writes the shape as a JSON Schema (draft 2020-12), for completion and checking in editors."""

from __future__ import annotations

import json
from typing import Any

from bizcase.appraisal.currency import in_currency
from bizcase.specification.profile import Profile, profile_names
from bizcase.specification.shape import Field, Section, load_shape, quantity_fields

SCHEMA_FILE = "bizcase.schema.json"
"""The name of the file beside a specification from which editors take the schema."""

Schema = dict[str, Any]

_YEAR = f"^[0-9]{{2}}({'|'.join(f'{year:02d}/{(year + 1) % 100:02d}' for year in range(100))})$"
"""A financial year: the second year follows the first."""
_FILLED = r"\S"


def schema_json(profile: Profile | None = None) -> str:
    """The schema as text. With a profile, the fields that it requires are required here too, and money is in its currency."""
    text = json.dumps(json_schema(profile), ensure_ascii=False, indent=2) + "\n"
    return in_currency(text, profile.currency) if profile else text


def json_schema(profile: Profile | None = None) -> Schema:
    required = set(profile.required) if profile else set()
    sections = load_shape().sections
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "bizcase specification",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "bizcase": {"const": 1, "description": "The format of the specification."},
            "profile": {"anyOf": [{"enum": list(profile_names())}, {"type": "string", "pattern": r"^[^/\\:]+\.ya?ml$"}],
                        "description": "The kind of bid: a profile that ships with the product, or the file of one of your own."},
            **{section.name: _section(section, required) for section in sections},
        },
        **_required([section.name for section in sections if section.name in required]),
        "$defs": {"quantity": _quantity(), "money": _money(), "year": _year()},
    }


def _section(section: Section, required: set[str]) -> Schema:
    return {"title": section.title, "description": f"{section.guidance}\n\nWhy: {section.why}",
            **_mapping(section.fields, required)}


def _mapping(fields: tuple[Field, ...], required: set[str]) -> Schema:
    needed = [field.name for field in fields if field.required or field.path in required]
    return {"type": "object", "additionalProperties": False,
            "properties": {field.name: _field(field, required) for field in fields}, **_required(needed)}


def _required(names: list[str]) -> Schema:
    return {"required": names} if names else {}


def _field(field: Field, required: set[str]) -> Schema:
    words: Schema = {"title": field.label, "description": f"{field.guidance}\n\nWhy: {field.why}"}
    if field.example is not None:
        words["examples"] = [field.example]
    return {**words, **_rule(field, required)}


def _rule(field: Field, required: set[str]) -> Schema:
    if field.is_rows:
        return {"type": "array", "minItems": 1, "items": _mapping(field.fields, required)}
    if field.is_group:
        return _mapping(field.fields, required)
    if field.type == "list":
        return {"type": "array", "items": _leaf(field, field.item_type)}
    return _leaf(field, field.type)


def _leaf(field: Field, kind: str) -> Schema:
    if field.allowed:
        return {"enum": list(field.allowed)}
    bounds: Schema = {name: bound for name, bound in (("minimum", field.minimum), ("maximum", field.maximum))
                      if bound is not None}
    match kind:
        case "string" | "text":
            return {"type": "string", "pattern": _FILLED}
        case "identifier":
            return {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]{0,19}$"}
        case "date":
            return {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        case "year":
            return {"$ref": "#/$defs/year"}
        case "boolean" | "integer" | "number":
            return {"type": kind, **bounds}
        case "quantity":
            plain: Schema = {"type": "number", **bounds}
            within = {"properties": dict.fromkeys(("value", "low", "high"), bounds)} if bounds else {}
            return {"anyOf": [plain, {"$ref": "#/$defs/quantity", **within}]}
        case _:
            return {"$ref": "#/$defs/money"}


def _quantity() -> Schema:
    return {"description": "A number with its status and source.", **_mapping(quantity_fields(), set())}


def _year() -> Schema:
    return {"type": "string", "pattern": _YEAR, "patternErrorMessage": "Write a financial year like 2026/27."}


def _money() -> Schema:
    amount: Schema = {"type": "number", "minimum": 0}
    year: Schema = {"$ref": "#/$defs/year"}
    ramp: Schema = {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}}
    short = {"per_year": amount, "from": year, "to": year, "ramp": ramp}
    return {
        "description": "Pounds by financial year at base-year prices: spelled out, per_year with from and to, or once.",
        "anyOf": [
            {"type": "object", "properties": short, "required": ["per_year"], "additionalProperties": False},
            {"type": "object", "properties": {"once": amount, "in": year}, "required": ["once", "in"],
             "additionalProperties": False},
            {"type": "object", "patternProperties": {_YEAR: amount}, "additionalProperties": False, "minProperties": 1},
        ],
    }
