"""The Numbers sheet: every other number the specification gives, so that each number of the bid has its cell."""

from __future__ import annotations

from collections.abc import Iterable

from bizcase.appraisal.figure import Figure
from bizcase.workbook.book import Book


def add_numbers(book: Book, given: Iterable[Figure]) -> None:
    sheet = book.sheet("Numbers", "Numbers", "Numbers that stand on no other sheet. Nothing is calculated from them.",
                       (64, 44, 18, 16), landscape=False)
    sheet.columns(4, ["Field", "What it is", "Value", "Status"], numbers=["Value"])
    row = 5
    for found in given:
        if found.id in book.cells:
            continue
        sheet.text(row, 1, found.id)
        sheet.text(row, 2, found.label)
        sheet.reference(row, 3, found.id)
        sheet.text(row, 4, found.status)
        row += 1
    sheet.freeze(5, 1)
