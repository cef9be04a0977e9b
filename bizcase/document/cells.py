"""Composes the cells of a bid's tables: which values share a paragraph, and which label stands before each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bizcase.document.value import Value
from bizcase.specification.shape import Field

Part = dict[str, Any]
"""A value in a run of text: what stands `before` it, its `label` and the `value` itself."""


def cell(children: Sequence[Field], fields: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in one cell: `lead`, the parts of its first line (an id and a name), and `blocks`, its paragraphs.

    Short values share a paragraph, each after its label; a mapping, or a row within the row, has a paragraph of its own.
    """
    lead = [child for child in children if child.lead or (child.name == "id" and any(other.lead for other in children))]
    others = [child for child in children if child not in lead and fields[child.name] is not None]
    alone = len(children) == 1
    shared: list[Part] = []
    blocks: list[list[Part]] = []
    for child in others:
        content = fields[child.name]
        if child.is_rows or child.is_group:
            rows = content if child.is_rows else [content]
            blocks += [_nested(child, row, labelled=not alone) for row in rows]
        elif isinstance(content, list) and (alone or any("," in item for item in content)):
            blocks += [[{**part, "before": ""}] for part in _labelled(child, content, "", labelled=not alone)]
        else:
            shared += _labelled(child, content, _after(shared), labelled=not alone)
    blocks = [block for block in ([shared, *blocks]) if block]
    leading = [_part(fields[child.name], " " if number else "") for number, child in enumerate(lead) if fields[child.name]]
    return {"lead": leading, "blocks": blocks, "empty": not leading and not blocks}


def _after(parts: list[Part]) -> str:
    """What separates the next field from those before it; after a full stop, a space is enough."""
    if not parts:
        return ""
    return " " if parts[-1]["value"].endswith((".", "!", "?")) else "; "


def _part(item: Value, before: str = "", label: str = "") -> Part:
    return {"before": before, "label": label, "value": item}


def _labelled(field: Field, content: Any, before: str, *, labelled: bool) -> list[Part]:
    """A field's value, or the items of its list, after its label."""
    items = content if isinstance(content, list) else [content]
    return [_part(item, ", " if number else before, f"{field.label}: " if labelled and not number else "")
            for number, item in enumerate(items)]


def _nested(field: Field, row: Mapping[str, Any], *, labelled: bool) -> list[Part]:
    """A mapping or row within a row as one paragraph: words stand alone, numbers and choices keep their label."""
    parts: list[Part] = []
    for child in field.fields:
        content = row[child.name]
        if content is None:
            continue
        if child.is_rows or child.is_group:
            for inner in content if child.is_rows else [content]:
                parts += _nested(child, inner, labelled=True)
            continue
        plain = child.type in ("string", "text", "date") and not child.allowed
        parts += _labelled(child, content, "; " if parts else "", labelled=not plain)
    if parts and labelled:
        parts[0] = {**parts[0], "label": f"{field.label}: {parts[0]['label']}"}
    return parts
