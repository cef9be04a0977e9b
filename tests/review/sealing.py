"""Sealed samples for tests, and small edits of them in memory."""

from __future__ import annotations

from functools import cache
from typing import Any

from bizcase.document.ooxml import parsed, parts_of, serialised
from bizcase.review.cells import NAMESPACE, read_book
from bizcase.review.sealing import Sealed, sealed
from tests.building import built_sample
from tests.conftest import sample_case

SAMPLE = "remote-monitoring"
Parts = dict[str, bytes]


@cache
def sealed_sample(name: str = SAMPLE) -> Sealed:
    built, case = built_sample(name), sample_case(name)
    return sealed(case, built, built.bid, draft=bool(case.blockers))


@cache
def workbook_parts(name: str = SAMPLE) -> Parts:
    return parts_of(sealed_sample(name).workbook)


@cache
def sheet_parts(name: str = SAMPLE) -> dict[str, str]:
    return dict(read_book(workbook_parts(name)).parts)


def with_cells(parts: Parts, title: str, cells: dict[str, Any], name: str = SAMPLE) -> Parts:
    """The workbook with these cells of a sheet written anew: a number, a text, a formula (with =), or None for nothing."""
    part = sheet_parts(name)[title]
    root = parsed(parts[part])
    for cell in root.iter(f"{NAMESPACE}c"):
        if cell.get("r") in cells:
            _write(cell, cells[cell.get("r")])
    return {**parts, part: serialised(root)}


def _write(cell: Any, content: Any) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(content, str) and not content.startswith("="):
        cell.set("t", "inlineStr")
        inline = cell.makeelement(f"{NAMESPACE}is")
        inline.append(cell.makeelement(f"{NAMESPACE}t"))
        inline[0].text = content
        cell.append(inline)
    elif content is not None:
        cell.append(cell.makeelement(f"{NAMESPACE}{'f' if isinstance(content, str) else 'v'}"))
        cell[0].text = str(content).removeprefix("=")


@cache
def bid_parts(name: str = SAMPLE) -> Parts:
    return parts_of(sealed_sample(name).bid)
