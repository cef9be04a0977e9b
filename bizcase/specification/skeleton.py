"""Writes a specification to start from: every field of a profile, explained, the required ones ready to fill in."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import Any

from bizcase.specification.profile import Profile
from bizcase.specification.shape import Field, Section, load_shape
from bizcase.specification.validate import TYPE_WORDS

WIDTH = 110


def modeline(schema: str) -> str:
    """The first line that tells editors where the schema is."""
    return f"# yaml-language-server: $schema={schema}"


def skeleton(profile: Profile, schema: str) -> str:
    """A specification of a profile, with its fields as comments and the required ones as empty fields."""
    shape = load_shape()
    lines = [modeline(schema), *_comment(f"{profile.title}. {profile.purpose}", ""), "#",
             *_comment("Fill in the fields that stand without a #. To use another, take its # away. What you leave empty "
                       "counts as not filled in. Then run: bizcase check", ""), "", "bizcase: 1", f"profile: {profile.name}"]
    for name in ("document", *profile.sections):
        lines += ["", "", *_section(shape.section(name), set(profile.required))]
    return "\n".join(lines) + "\n"


def _section(section: Section, required: set[str]) -> Iterator[str]:
    rule = "#" + "-" * (WIDTH - 1)
    yield rule
    yield from _comment(section.title.upper(), "")
    yield from _comment(section.guidance, "")
    yield from _comment(f"Why: {section.why}", "")
    yield rule
    active = any(_is_active(field, required) for field in section.fields)
    yield f"{'' if active else '# '}{section.name}:"
    for field in section.fields:
        yield from _field(field, required, "  ", commented=not active)


def _is_active(field: Field, required: set[str]) -> bool:
    return field.path in required or (field.required and field.path.count(".") == 1)


def _field(field: Field, required: set[str], indent: str, *, commented: bool) -> Iterator[str]:
    live = not commented and _is_active(field, required)
    yield ""
    yield from _comment(f"{field.label}: {field.guidance}", indent)
    if field.allowed:
        yield from _comment(f"One of: {', '.join(field.allowed)}", indent)
    if field.refers_to:
        yield from _comment(f"The id of a row under {field.refers_to}", indent)
    mark = "" if live else "# "
    if field.is_rows:
        yield f"{indent}{mark}{field.name}:"
        yield from _row(field, required, indent, live=live)
    elif field.is_group:
        yield f"{indent}{mark}{field.name}:"
        for child in field.fields:
            yield from _leaf(child, f"{indent}  ", live=live)
    else:
        yield from _leaf(field, indent, live=live, explained=True)


def _row(field: Field, required: set[str], indent: str, *, live: bool) -> Iterator[str]:
    """One row: the fields it needs are live, the others are comments with an example."""
    for index, child in enumerate(field.fields):
        needed = live and (child.required or child.path in required)
        lead = "- " if index == 0 else "  "
        yield from _leaf(child, f"{indent}  ", live=needed, lead=lead)


def _leaf(field: Field, indent: str, *, live: bool, lead: str = "", explained: bool = False) -> Iterator[str]:
    example = _example(field)
    note = "" if explained else f"{field.label}. "
    kind = "" if field.is_narrative else f" ({TYPE_WORDS.get(field.type, field.type)})" if explained else ""
    if live:
        yield from _comment(f"{note}Example: {example}{kind}", indent + " " * len(lead))
        yield f"{indent}{lead}{field.name}:"
    else:
        start = lead if lead == "- " else " " * len(lead)
        yield f"{indent}{start}# {field.name}: {example}"


def _example(field: Field) -> str:
    if field.is_rows:
        return "a list of: " + ", ".join(child.name for child in field.fields)
    if field.is_group:
        return "holds: " + ", ".join(child.name for child in field.fields)
    return _flow(field.example)


def _flow(value: Any) -> str:
    """A value as it can be typed on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(str(value).split()) if value is not None else ""
    plain = not any(sign in text for sign in ":#[]{},&*!|>'\"%@`") and text[:1] not in ("-", "?", " ")
    return text if plain or isinstance(value, (int, float)) else json.dumps(text, ensure_ascii=False)


def _comment(text: str, indent: str) -> Iterator[str]:
    for line in textwrap.wrap(" ".join(text.split()), WIDTH - len(indent) - 2) or [""]:
        yield f"{indent}# {line}"
