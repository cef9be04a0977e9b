"""Rules about tables: a header row that is repeated, a plain grid, nothing that only the eye can see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bizcase.document.look import table_looks
from bizcase.document.ooxml import W, is_on
from bizcase.document.reading import Reading, Table, has_picture, shortened, text_in
from bizcase.errors import Finding, Severity

Told = tuple[str, Severity, str, str]
"""Code, severity, what follows the name of the table, and the hint."""


def table_findings(reading: Reading) -> Iterator[Finding]:
    for table in reading.tables:
        for rule in _RULES:
            for code, severity, told, hint in rule(reading, table):
                yield reading.finding(code, severity, f"table {table.number}", f"{table.name} {told}", hint)


def _header(_: Reading, table: Table) -> Iterator[Told]:
    """A header row, unless its labels stand in the first column and its style says so."""
    if table.rows and not _has_labels(table) and not _is_layout(table):
        yield ("H07", Severity.MAJOR, "has no header row that is repeated on each page",
               "in Word: click in its first row, then Table Layout > Repeat Header Rows (for labels in the first column: "
               "Table Design, tick First Column and untick Header Row)")


def _merged(_: Reading, table: Table) -> Iterator[Told]:
    merged = [cell for _, cells in table.rows for cell in cells if _is_merged(cell)]
    if merged:
        text = next((text for cell in merged if (text := text_in(cell))), "")
        which = f", such as “{shortened(text)}”" if text else ""
        yield ("H08", Severity.MAJOR, f"has merged cells{which}",
               "in Word: select the cell, then Table Layout > Split Cells; or make two tables")


def _is_merged(cell: Any) -> bool:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return (span is not None and span.get(f"{W}val") not in (None, "1")) or any(
        cell.find(f"{W}tcPr/{W}{name}") is not None for name in ("vMerge", "hMerge"))


def _nested(_: Reading, table: Table) -> Iterator[Told]:
    if next(table.node.iterancestors(f"{W}tc"), None) is not None:
        yield ("H09", Severity.MAJOR, "stands inside a cell of another table",
               "in Word: cut it and paste it before or after the other table")


def _blank_rows(_: Reading, table: Table) -> Iterator[Told]:
    """Rows without anything in them, among rows with something; a form to fill in has nothing but its header."""
    blank = [all(_is_empty(cell) for cell in cells) for _, cells in table.rows]
    filled = [number for number, is_blank in enumerate(blank) if not is_blank]
    if len(filled) > 1 and any(blank[:filled[-1]]):
        yield ("H10", Severity.ADVISORY, "has blank rows", "in Word: delete them; for more space use Table Layout > Height, or "
               "Layout > Spacing of the text")


def _layout(_: Reading, table: Table) -> Iterator[Told]:
    if _is_layout(table) and any(text_in(cell) for _, cells in table.rows for cell in cells):
        shape = "one row" if len(table.rows) == 1 else "one column"
        yield ("H11", Severity.ADVISORY, f"has only {shape}: it lays text out and holds no data",
               "in Word: Table Layout > Convert to Text; a frame or a shade can be had with Home > Borders")


def _is_layout(table: Table) -> bool:
    """Whether it has a single row or column and says nowhere what that would be a row or column of."""
    small = len(table.rows) == 1 or max((len(cells) for _, cells in table.rows), default=0) == 1
    return small and not _has_labels(table)


def _has_labels(table: Table) -> bool:
    """Whether the first row is marked as a header, or the table's look has labels in the first column and no header row."""
    looks = table_looks(table.node)
    at_the_side = looks["firstColumn"] and not looks["firstRow"]
    return at_the_side or bool(table.rows and is_on(table.rows[0][0].find(f"{W}trPr"), "tblHeader"))


def _colour_alone(reading: Reading, table: Table) -> Iterator[Told]:
    """Cells that say something by their colour and nothing in words: empty, with another colour than an empty one beside."""
    for _, cells in table.rows:
        shades = [reading.styles.cell_shade(cell) or "FFFFFF" for cell in cells]
        empty = {shade for shade, cell in zip(shades, cells, strict=True) if _is_empty(cell)}
        told = {shade for shade, cell in zip(shades[1:], cells[1:], strict=True) if not _is_empty(cell)}
        if len(empty) > 1 or (len(cells) > 2 and empty - {"FFFFFF"} and told - empty):
            yield ("H17", Severity.MAJOR, "has coloured cells without words",
                   "in Word: write into each coloured cell what its colour means, such as “High” or “planned”")
            return


def _is_empty(cell: Any) -> bool:
    return not text_in(cell) and not has_picture(cell)


_RULES: tuple[Callable[[Reading, Table], Iterator[Told]], ...] = (
    _header, _merged, _nested, _blank_rows, _layout, _colour_alone)
