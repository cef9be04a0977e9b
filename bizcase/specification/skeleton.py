"""Writes a specification to start from: every field of a profile, explained, the required ones ready to fill in."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import Any

from bizcase.appraisal.currency import in_currency
from bizcase.specification.profile import Profile
from bizcase.specification.scalars import resolve
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
             *_comment("Fill in the fields that stand without a #. To use another, take away the # and the space after it, on "
                       "each of its lines. What you leave empty counts as not filled in. Then run: bizcase check", ""),
             "", "bizcase: 1", f"profile: {on_one_line(profile.name)}"]
    for name in ("document", *profile.sections):
        lines += ["", "", *_section(shape.section(name), profile)]
    return "\n".join(lines) + "\n"


def _asked(profile: Profile, section: str) -> list[str]:
    """What the funder asks in the parts that print a section."""
    return [f"Asked in {part.title}{f' ({part.limit:,} words)' if part.limit else ''}: {part.guidance}"
            for part in profile.parts if part.guidance and section in part.names]


def _section(section: Section, profile: Profile) -> Iterator[str]:
    rule = "#" + "-" * (WIDTH - 1)
    yield rule
    for text in (section.title.upper(), section.guidance, f"Why: {section.why}"):
        yield from _comment(in_currency(text, profile.currency), "")
    for question in _asked(profile, section.name):
        yield from _comment(question, "")
    yield rule
    yield from (in_currency(line, profile.currency) for line in _fields(section, set(profile.required)))


def _fields(section: Section, required: set[str]) -> Iterator[str]:
    active = any(_is_active(field, required) for field in section.fields)
    yield f"{'' if active else '# '}{section.name}:"
    for field in section.fields:
        yield from _field(field, required, "  ", commented=not active)


def _is_active(field: Field, required: set[str]) -> bool:
    return field.path in required


def _field(field: Field, required: set[str], indent: str, *, commented: bool) -> Iterator[str]:
    """A field of a section after its explanation: ready to fill in where it is needed, else as a comment with examples."""
    yield ""
    yield from _comment(f"{field.label}: {field.guidance}", indent)
    if field.allowed:
        yield from _comment(f"One of: {', '.join(field.allowed)}", indent)
    if field.refers_to:
        yield from _comment(f"The id of a row under {field.refers_to}", indent)
    if _is_active(field, required) and not commented:
        yield from (f"{indent}{line}" for line in _live(field, required))
    else:
        yield from (f"{indent}# {line}" for line in _shown(field))


def _live(field: Field, required: set[str]) -> Iterator[str]:
    """The lines of a field to fill in; in rows and mappings, what is not needed stays a comment."""
    if not field.fields:
        kind = "" if field.is_narrative else f" ({TYPE_WORDS.get(field.type, field.type)})"
        yield from _comment(f"Example: {_example(field)}{kind}", "")
        yield f"{field.name}:"
        return
    yield f"{field.name}:"
    needed = [child for child in field.fields if child.required or child.path in required] or list(field.fields[:1])
    lead = "- " if field.is_rows else "  "
    for child in sorted(field.fields, key=lambda child: child not in needed):
        if child in needed:
            choices = f" One of: {', '.join(child.allowed)}." if child.allowed else ""
            yield f"  {lead}{child.name}:  # {child.label}.{choices} Example: {_example(child)}"
            lead = "  "
        else:
            yield f"    # {child.name}: {_example(child)}"


def _shown(field: Field) -> Iterator[str]:
    """The lines of a field as an example, to stand in comments: without its `# `, each is sound as it is."""
    if not field.fields:
        yield f"{field.name}: {_example(field)}"
        return
    yield f"{field.name}:"
    lead = "- " if field.is_rows else "  "
    for child in field.fields:
        yield f"  {lead}{child.name}: {_example(child)}"
        lead = "  "


def _example(field: Field) -> str:
    """An example of a field's value, as it can be typed on one line."""
    if field.fields:
        inner = "{" + ", ".join(f"{child.name}: {_example(child)}" for child in field.fields) + "}"
        return f"[{inner}]" if field.is_rows else inner
    return on_one_line(field.example)


def on_one_line(value: Any) -> str:
    """A value as it can be typed on one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {on_one_line(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(on_one_line(inner) for inner in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    text = " ".join(str(value).split())
    plain = (not any(sign in text for sign in ":#[]{},&*!|>'\"%@`") and text[:1] not in ("-", "?", " ")
             and isinstance(resolve(text), str))
    return text if plain else json.dumps(text, ensure_ascii=False)


def _comment(text: str, indent: str) -> Iterator[str]:
    for line in textwrap.wrap(" ".join(text.split()), WIDTH - len(indent) - 2) or [""]:
        yield f"{indent}# {line}"
