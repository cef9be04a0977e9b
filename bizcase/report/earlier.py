"""Reads back the report of an earlier round, JSON or Excel: its findings, and what their author answered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bizcase.errors import Finding, Place, Severity, UnreadableFile
from bizcase.report.as_workbook import COLUMNS, FINDINGS, FIRST_ROW
from bizcase.review.cells import read_book
from bizcase.review.rounds import Earlier
from bizcase.workbook.preflight import excel_parts

MOST_ROWS = 100_000


def earlier_findings(content: bytes, name: str) -> tuple[Earlier, ...]:
    """The findings of an earlier report. Raises UnreadableFile where the bytes are none."""
    return _of_json(content, name) if content.lstrip().startswith(b"{") else _of_workbook(content, name)


def _of_json(content: bytes, name: str) -> tuple[Earlier, ...]:
    try:
        data = json.loads(content)
        reports: Sequence[Mapping[str, Any]] = data.get("reports", [data])
        return tuple(Earlier(str(found["file"]), str(found["code"]), str(found["where"] or found["path"]), str(found["message"]))
                     for report in reports for found in report["findings"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _no_report(name) from None


def _of_workbook(content: bytes, name: str) -> tuple[Earlier, ...]:
    try:
        cells = read_book(excel_parts(content, name)).sheets.get(FINDINGS, {})
    except ValueError:
        raise _no_report(name) from None
    texts = {at: str(cell.value) for at, cell in cells.items() if cell.value is not None}
    letters = "ABCDEFGH"
    if [texts.get(f"{letter}{FIRST_ROW}", "") for letter in letters] != list(COLUMNS):
        raise _no_report(name)
    rows = [[texts.get(f"{letter}{number}", "") for letter in letters]
            for number in range(FIRST_ROW + 1, FIRST_ROW + 1 + min(MOST_ROWS, len(texts)))]
    return tuple(Earlier(file, code, where, found, answer) for file, code, _, where, found, _, answer, _ in rows if code)


def _no_report(name: str) -> UnreadableFile:
    return UnreadableFile(Finding(Place(name), "E99", Severity.ERROR, "this is no report of a review",
                                  "name the .xlsx or .json that `bizcase review --format` wrote"))
