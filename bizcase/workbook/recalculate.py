"""Fills in the value of every formula and compares each Figure with the appraisal. The only module that knows formualizer."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook, load_workbook

from bizcase.appraisal.figure import Figure
from bizcase.errors import Finding, Place, Severity, WorkbookDisagrees

TOLERANCE = 1e-9


def recalculated(content: bytes) -> bytes:
    """The workbook with the cached value of each formula; other parts stay as they were."""
    import formualizer

    try:
        return bytes(formualizer.recalculate_xlsx_bytes(content)["bytes"])
    except (OSError, ValueError, RuntimeError) as problem:
        raise WorkbookDisagrees(_finding("the workbook", "", f"its formulas cannot be worked out: {problem}")) from problem


def verified(content: bytes, workbook: Workbook, figures: Sequence[Figure], cells: Mapping[str, tuple[str, str]]) -> bytes:
    """The recalculated workbook, or WorkbookDisagrees with one finding for each cell that is wrong.

    `content` is `workbook` as it was saved. Fails closed: a formula without a value, an error value, or a difference from the
    analysis stops the build.
    """
    filled = recalculated(content)
    values = _values(filled)
    findings = []
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    value = values[sheet.title].get(cell.coordinate)
                    if value is None or (isinstance(value, str) and value.startswith("#")):
                        findings.append(_finding(sheet.title, cell.coordinate, f"the formula {cell.value} gives {value}"))
    for found in figures:
        title, address = cells[found.id]
        value = values[title].get(address)
        if not agrees(found, value):
            wanted = found.text if found.value is None else repr(found.value)
            findings.append(_finding(title, address, f"{found.label}: the workbook gives {value!r}, the appraisal {wanted}"))
    if findings:
        raise WorkbookDisagrees(*findings)
    return filled


def _values(content: bytes) -> dict[str, dict[str, object]]:
    """The value of every cell that has one, by sheet and address. Read as a stream, which is quicker than opening it whole."""
    opened = load_workbook(io.BytesIO(content), data_only=True, read_only=True)
    return {sheet.title: {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
            for sheet in opened.worksheets}


def agrees(found: Figure, value: object) -> bool:
    """Whether a cell's value is a Figure's, to 1e-9 of its size."""
    if found.value is None:
        return value == found.text
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return abs(value - found.value) <= TOLERANCE * max(1.0, abs(found.value))


def _finding(sheet: str, address: str, message: str) -> Finding:
    return Finding(Place(f"{sheet}!{address}" if address else sheet), "E83", Severity.ERROR, message,
                   "nothing was written; please report this with your specification")
