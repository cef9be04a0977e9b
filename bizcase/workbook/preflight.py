"""A look at an Excel file from a stranger before openpyxl opens it.

A file of five kilobytes can name ranges of a billion cells, which openpyxl makes one by one; Excel itself writes such files.
A cell far from the others is no reason to refuse: walk over the cells that are there, never over the sheet's dimension.
"""

from __future__ import annotations

import re

from bizcase.strangers import EXCEL, Trap, safe_parts

MAX_CELLS = 2_000_000
MAX_SPANNED = 200_000
"""Cells of a whole workbook; the second counts those in merged ranges, and those under links."""

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_SPANNING = ("mergeCell", "hyperlink")
_HINT = "in Excel delete the empty rows and columns that are formatted, merged or linked, and save it again"


def excel_parts(content: bytes, name: str) -> dict[str, bytes]:
    """The XML parts of an Excel file by name; pictures and the like are left out.

    Raises UnreadableFile, with one finding, where it is not an Excel file (E02, E08) or not one to be opened (E09).
    """
    return safe_parts(content, name, EXCEL, _Count().see)


class _Count:
    """Counts the cells of all sheets, and those that ranges name."""

    def __init__(self) -> None:
        self.cells = self.spanned = 0

    def see(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "c":
            self.cells += 1
            if self.cells > MAX_CELLS:
                raise Trap(f"brings its cells to more than {MAX_CELLS:,}", _HINT)
        elif local in _SPANNING:
            self.spanned += area(attributes.get("ref", ""))
            if self.spanned > MAX_SPANNED:
                raise Trap(f"merges or links more than {MAX_SPANNED:,} cells", _HINT)


def area(reference: str) -> int:
    """How many cells a range such as B2:D5 holds; 0 for what is none."""
    found = _RANGE.fullmatch(reference.upper())
    if not found:
        return 0
    left, top, right, bottom = found[1], int(found[2]), found[3] or found[1], int(found[4] or found[2])
    return (abs(_column(right) - _column(left)) + 1) * (abs(bottom - top) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
