"""Writes a specification as YAML that people like to read: in the schema's order, texts as blocks, short rows on one line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bizcase.specification.scalars import resolve
from bizcase.specification.shape import Field, load_shape
from bizcase.specification.skeleton import modeline, on_one_line

WIDTH = 110
_FIRST = ("bizcase", "profile")
_PLAIN = re.compile(r"[^\W_](?:[\w£€$%(),.;'’“”–/+=@ -](?<!  ))*")
"""Text that needs no quotes outside brackets."""
_OTHER_LINE_ENDS = frozenset("\r\x85\u2028\u2029\ufeff")


def as_yaml(data: Mapping[str, Any], schema: str = "") -> str:
    """The specification's text; read again it gives the same data. `schema` is the file of the schema for editors."""
    lines = [modeline(schema)] if schema else []
    for name in (name for name in _FIRST if name in data):
        lines.append(f"{name}: {_flat(data[name])}")
    shape = load_shape()
    known = {section.name: section.fields for section in shape.sections}
    for name in [*(name for name in known if name in data), *(name for name in data if name not in known)]:
        if name not in _FIRST:
            lines += ["", *_field(name, data[name], known.get(name, ()), 0)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _field(name: str, value: Any, fields: tuple[Field, ...], indent: int) -> Iterator[str]:
    """The lines of a key and its value; `fields` are those of the mapping or of the rows in it."""
    key = f"{' ' * indent}{_flat(name)}:"
    if isinstance(value, str) and _is_a_block(value):
        yield f"{key} |{'' if value.endswith(chr(10)) else '-'}"
        yield from (f"{' ' * (indent + 2)}{line}" if line else "" for line in value.removesuffix("\n").split("\n"))
    elif isinstance(value, Mapping) and value and not (indent and _fits(key, value)):
        yield key
        yield from _mapping(value, fields, indent + 2)
    elif isinstance(value, list) and value and (any(isinstance(row, Mapping) for row in value) or not _fits(key, value)):
        yield key
        for row in value:
            yield from _row(row, fields, indent + 2)
    else:
        yield f"{key} {_alone(value)}"


def _mapping(value: Mapping[str, Any], fields: tuple[Field, ...], indent: int) -> Iterator[str]:
    inner = {field.name: field for field in fields}
    for name in [*(name for name in inner if name in value), *(name for name in value if name not in inner)]:
        yield from _field(name, value[name], inner[name].fields if name in inner else (), indent)


def _row(row: Any, fields: tuple[Field, ...], indent: int) -> Iterator[str]:
    """A row of a list: on one line where it fits, else a field a line."""
    dash = f"{' ' * indent}- "
    if not isinstance(row, Mapping) or not row or _fits(dash, _in_order(row, fields)):
        yield f"{dash}{_flat(_in_order(row, fields))}"
        return
    lines = list(_mapping(row, fields, indent + 2))
    yield f"{dash}{lines[0][indent + 2:]}"
    yield from lines[1:]


def _in_order(row: Any, fields: tuple[Field, ...]) -> Any:
    if not isinstance(row, Mapping):
        return row
    names = [field.name for field in fields]
    return {name: row[name] for name in [*(name for name in names if name in row), *(name for name in row if name not in names)]}


def _fits(before: str, value: Any) -> bool:
    """Whether a value can stand on the line of its key, without a text that wants lines of its own."""
    return len(before) + 1 + len(_flat(value)) <= WIDTH and "\\n" not in _flat(value)


def _is_a_block(text: str) -> bool:
    """Whether a text is best written as a block, and a block gives it back as it is."""
    inner = text.removesuffix("\n")
    return ("\n" in text and bool(inner.strip()) and not inner.startswith((" ", "\n", "\t")) and not inner.endswith("\n")
            and not set(text) & _OTHER_LINE_ENDS)


def _flat(value: Any) -> str:
    """A value on one line, exactly."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flat(key)}: {_flat(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flat, value)) + "]"
    if isinstance(value, str):
        is_even = value == " ".join(value.split()) and value.isprintable()
        return on_one_line(value) if is_even and value else _quoted(value)
    return "null" if value is None else on_one_line(value)


def _quoted(text: str) -> str:
    """A text in quotes, signs that cannot be seen written as numbers."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
                   for sign in json.dumps(text, ensure_ascii=False))


def _alone(value: Any) -> str:
    """A value on the line of its key, where a comma needs no quotes."""
    text = _flat(value)
    if not isinstance(value, str) or not text.startswith('"'):
        return text
    return value if _PLAIN.fullmatch(value) and isinstance(resolve(value), str) and not value.endswith(" ") else text
