"""Gives a table's columns other widths where one cell holds far more than its column was made for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TABLE = "BidTable"
CHARACTER, PADDING = 100, 200
"""Twips: about the width of a letter in a table, and of what a cell keeps free."""
TALLEST = 24
"""Lines in one cell from which on a column is too narrow, if it has most of them alone."""


def fit_columns(body: Any) -> None:
    """Widens, in a rendered body, the columns of tables that would otherwise run down whole pages a word at a time."""
    for table in body.iter(f"{_W}tbl"):
        style = table.find(f"{_W}tblPr/{_W}tblStyle")
        rows = [row.findall(f"{_W}tc") for row in table.findall(f"{_W}tr")]
        columns = table.findall(f"{_W}tblGrid/{_W}gridCol")
        if style is None or style.get(f"{_W}val") != TABLE or any(len(row) != len(columns) for row in rows):
            continue
        widths = [int(column.get(f"{_W}w")) for column in columns]
        texts = [[_text(row[number]) for row in rows] for number in range(len(columns))]
        fitted = fitting_widths(widths, texts)
        if fitted != widths:
            _set(columns, rows, fitted)


def _text(cell: Any) -> str:
    return "".join(text.text or "" for text in cell.iter(f"{_W}t"))


def fitting_widths(widths: Sequence[int], texts: Sequence[Sequence[str]]) -> list[int]:
    """The widths of columns, in twips, given the texts in each; those given, unless a cell is tall and its neighbours are not."""
    longest = [max(map(len, column), default=0) for column in texts]
    lines = sorted((length * CHARACTER / (width - PADDING) for length, width in zip(longest, widths, strict=True)), reverse=True)
    if len(widths) < 2 or lines[0] <= TALLEST or lines[0] < 3 * lines[1]:
        return list(widths)
    words = [max((len(word) for text in column for word in text.split()), default=1) for column in texts]
    least = [min(width, max(word * CHARACTER, 400) + PADDING) for word, width in zip(words, widths, strict=True)]
    room = sum(widths) - sum(least)
    shared = [low + int(room * length / sum(longest)) for low, length in zip(least, longest, strict=True)]
    shared[longest.index(max(longest))] += sum(widths) - sum(shared)
    return shared


def _set(columns: Sequence[Any], rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> None:
    for number, width in enumerate(widths):
        columns[number].set(f"{_W}w", str(width))
        for row in rows:
            for own in row[number].findall(f"{_W}tcPr/{_W}tcW"):
                own.set(f"{_W}w", str(width))
