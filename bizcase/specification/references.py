"""Ids and what they join: every id stands once, and rows can be found by it."""

from __future__ import annotations

from bizcase.errors import Finding, Place, Severity
from bizcase.specification.shape import Rules, Shape
from bizcase.specification.source import FieldPath, Source
from bizcase.specification.walk import fields_with_values, pattern
from bizcase.specification.words import shown

KEPT = ("all", "central", "host")
"""Ids that figures of the tool's own carry: all lines together, the central case, the host without scale-up."""


def as_excel_reads(name: str) -> str:
    """An id as Excel's names tell it from others: capitals, and - and _, are one to them."""
    return name.casefold().replace("-", "_")


def ids_by_list(data: Rules, shape: Shape) -> dict[str, list[str]]:
    """For each list of rows that have ids (`benefits.register`), its ids in order."""
    found: dict[str, list[str]] = {}
    for path, field, value in fields_with_values(data, shape):
        if _is_row_id(path, field.type) and isinstance(value, str):
            found.setdefault(pattern(path[:-2]), []).append(value)
    return found


def repeated_ids(data: Rules, source: Source, shape: Shape) -> list[Finding]:
    """A finding for each id that a row further up already has: an id means one thing in the whole specification.

    Ids that differ only in capitals, or in - and _, count as one: Excel's names cannot tell them apart.
    """
    places = [(source.place(path), value) for path, field, value in fields_with_values(data, shape)
              if _is_row_id(path, field.type) and isinstance(value, str)]
    first: dict[str, tuple[Place, str]] = {}
    findings = [Finding(place, "E40", Severity.ERROR, f"the id {shown(value)} is one that the tool keeps for itself",
                        "give this row another id, and correct the rows that mean it")
                for place, value in places if as_excel_reads(value) in KEPT]
    for place, value in sorted(places, key=lambda found: (found[0].line, found[0].column)):
        earlier, written = first.setdefault(as_excel_reads(value), (place, value))
        if earlier is not place:
            as_written = "" if written == value else f", written {shown(written)}"
            findings.append(Finding(place, "E40", Severity.ERROR,
                                    f"the id {shown(value)} is given twice; it first stands on line {earlier.line}{as_written}",
                                    "give this row an id of its own, and correct the rows that mean it"))
    return findings


def names_by_id(data: Rules, shape: Shape) -> dict[str, str]:
    """The name or title of every row that has an id, by that id."""
    found: dict[str, str] = {}
    for _, field, value in fields_with_values(data, shape):
        lead = next((child.name for child in field.fields if child.lead), "")
        if field.is_rows and lead:
            found.update({row["id"]: str(row.get(lead, "")) for row in value if "id" in row})
    return found


def _is_row_id(path: FieldPath, kind: str) -> bool:
    return kind == "identifier" and path[-1] == "id" and len(path) > 2 and isinstance(path[-2], int)
