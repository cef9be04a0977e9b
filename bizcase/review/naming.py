"""Words for cells and values: what a person calls a cell, and how its value reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from bizcase.appraisal.figure import Unit, as_given
from bizcase.document.view import written_date
from bizcase.provenance import Constant
from bizcase.review.cells import Cell

LONGEST = 120
SHORT = 5
"""Letters up to which the first text of a row is an id, which the next one explains."""
_DAY_0 = date(1899, 12, 30)
_LAST_DAY = 2_900_000


def label_of(cells: Mapping[str, Cell], at: str) -> str:
    """What the row and the column of a cell are called: `C4 Nurse time, Unit cost`."""
    letters, row = coordinate_from_string(at)
    column = column_index_from_string(letters)
    before = list(_texts(cells, ((place, row) for place in range(1, min(column, 6)))))
    first = " ".join(before[:2] if before and len(before[0]) <= SHORT else before[:1])
    heading = next(_texts(cells, ((column, place) for place in range(row - 1, 0, -1))), "") if column > 1 else ""
    return ", ".join(_shortened(text) for text in (first, heading) if text)


def _texts(cells: Mapping[str, Cell], places: Iterator[tuple[int, int]]) -> Iterator[str]:
    for column, row in places:
        found = cells.get(f"{get_column_letter(column)}{row}")
        if found is not None and isinstance(found.value, str):
            yield " ".join(found.value.split())


def in_words(content: Constant | None, sign: str) -> str:
    """What a cell of a manifest holds, as a reader sees it there."""
    if content is None:
        return "empty"
    if isinstance(content, bool):
        return "TRUE" if content else "FALSE"
    if isinstance(content, str):
        return _shortened(content) if content.startswith("=") else quoted(content.removeprefix("'"))
    if sign == "date" and 0 < content < _LAST_DAY:
        return written_date(_DAY_0 + timedelta(days=int(content)))
    if sign == "%":
        return as_given(content, Unit.SHARE)
    if sign and sign != "date":
        return as_given(content, Unit.POUNDS).replace("£", sign, 1)
    return as_given(content, Unit.NUMBER)


def quoted(text: str) -> str:
    """A text between quotation marks, on one line, and not too long."""
    return f"“{_shortened(' '.join(text.split()))}”"


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST - 1].rstrip() + "…"
