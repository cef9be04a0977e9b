"""Composes the cells of a bid's tables: which values share a paragraph, and which words stand before each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bizcase.document.value import Value
from bizcase.specification.layout import Column, Phrase, Segment
from bizcase.specification.shape import Field

Part = dict[str, Any]
"""A value in a run of text: what stands `before` it, its `label`, the `value` itself and what stands `after` it."""
_SEPARATORS = " ;,.:→×–"


def cell(column: Column, fields: Mapping[str, Any], phrases: Mapping[str, Phrase]) -> dict[str, Any]:
    """What stands in one cell: `lead`, the parts of its first line (an id and a name), and `blocks`, its paragraphs.

    Short values share a paragraph, each after its label; a mapping, or a row within the row, has a paragraph of its own.
    """
    if column.phrase:
        parts = _spoken(column.phrase, fields)
        return {"lead": [], "blocks": [parts] if parts else [], "empty": not parts}
    children = column.fields
    lead = [child for child in children if child.lead or (child.name == "id" and any(other.lead for other in children))]
    others = [child for child in children if child not in lead and fields[child.name] is not None]
    composer = _Composer(phrases, column.heading, alone=len(children) == 1)
    blocks = composer.blocks(others, fields)
    leading = [_part(fields[child.name], " " if number else "") for number, child in enumerate(lead) if fields[child.name]]
    return {"lead": leading, "blocks": blocks, "empty": not leading and not blocks}


class _Composer:
    """The paragraphs of one cell; a label that would repeat the cell's heading is left out."""

    def __init__(self, phrases: Mapping[str, Phrase], heading: str, *, alone: bool) -> None:
        self.phrases, self.heading, self.alone = phrases, heading, alone

    def blocks(self, children: Sequence[Field], fields: Mapping[str, Any]) -> list[list[Part]]:
        shared: list[Part] = []
        blocks: list[list[Part]] = []
        for child in children:
            content = fields[child.name]
            if child.is_rows or child.is_group:
                blocks += self._nested_rows(child, content if child.is_rows else [content])
            elif isinstance(content, list) and (self.alone or any("," in item for item in content)):
                blocks += [[{**part, "before": ""}] for part in self._labelled(child, content, "")]
            else:
                shared += self._labelled(child, content, _after(shared))
        return [block for block in ([shared, *blocks]) if block]

    def _labelled(self, field: Field, content: Any, before: str) -> list[Part]:
        label = "" if self.alone or field.label == self.heading else f"{field.label}: "
        return _listed(content, before, label)

    def _nested_rows(self, field: Field, rows: Sequence[Mapping[str, Any]]) -> Iterator[list[Part]]:
        """Each row within the row as a line; with a phrase, the lines follow one another in one paragraph."""
        phrase = self.phrases.get(field.path)
        label = "" if self.alone or field.label == self.heading else f"{field.label}: "
        if phrase is None:
            for row in rows:
                parts = _plain(field, row)
                yield [{**parts[0], "label": label + parts[0]["label"]}, *parts[1:]] if parts else []
            return
        together: list[Part] = []
        for row in rows:
            parts = _spoken(phrase, row)
            if parts and together:
                parts[0] = {**parts[0], "before": f"; {parts[0]['before']}"}
            together += parts
        if together:
            together[0] = {**together[0], "label": label, "before": "", "word": together[0]["before"]}
        yield together


def _after(parts: list[Part]) -> str:
    """What separates the next field from those before it; after a full stop, a space is enough."""
    if not parts:
        return ""
    return " " if parts[-1]["value"].endswith((".", "!", "?")) else "; "


def _part(item: Value, before: str = "", label: str = "", after: str = "") -> Part:
    return {"before": before, "label": label, "word": "", "value": item, "after": after}


def _listed(content: Any, before: str, label: str) -> list[Part]:
    """A field's value, or the items of its list, after its label."""
    items = content if isinstance(content, list) else [content]
    return [_part(item, ", " if number else before, "" if number else label) for number, item in enumerate(items)]


def _spoken(phrase: Phrase, fields: Mapping[str, Any]) -> list[Part]:
    """The segments of a phrase whose fields have values."""
    parts: list[Part] = []
    for segment in phrase:
        parts += _segment(segment, fields, first=not parts)
    return parts


def _segment(segment: Segment, fields: Mapping[str, Any], *, first: bool) -> list[Part]:
    """One segment. Where only some of its fields have values these stand alone, so that none is lost."""
    filled = [(words, fields[field.name]) for words, field in segment.fields if fields[field.name] not in (None, [])]
    whole = len(filled) == len(segment.fields)
    parts: list[Part] = []
    for position, (words, content) in enumerate(filled):
        before = words if whole else ("; " if parts or not first else "")
        if position == 0 and first:
            before = before.lstrip(_SEPARATORS)
        parts += _listed(content, before, "")
    if parts and whole:
        parts[-1] = {**parts[-1], "after": segment.after}
    return parts


def _plain(field: Field, row: Mapping[str, Any]) -> list[Part]:
    """A mapping or row within a row: words stand alone, numbers and choices keep their label."""
    parts: list[Part] = []
    for child in field.fields:
        content = row[child.name]
        if content is None:
            continue
        if child.is_rows or child.is_group:
            for inner in content if child.is_rows else [content]:
                found = _plain(child, inner)
                parts += [{**found[0], "before": "; "}, *found[1:]] if parts and found else found
            continue
        plain = child.type in ("string", "text", "date") and not child.allowed
        parts += _listed(content, "; " if parts else "", "" if plain else f"{child.label}: ")
    return parts
