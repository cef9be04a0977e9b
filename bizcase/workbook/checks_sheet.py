"""The Checks sheet: what must hold in a sound workbook, tested live; the Summary shows how many fail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill

from bizcase.appraisal.appraise import MONETISED
from bizcase.appraisal.figure import Unit
from bizcase.workbook.book import Book


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold, and two ways of reaching the same number, as formulas."""

    what: str
    one: str
    other: str


def add_checks(book: Book, checks: Iterable[Check]) -> str:
    """Writes the sheet; gives the reference of the cell that counts the failures."""
    sheet = book.sheet("Checks", "Checks", "Each line compares two ways of reaching the same number.", (84, 18, 18, 14))
    sheet.columns(4, ["What must hold", "One way", "Another way", "Result"], numbers=["One way", "Another way"])
    row = 4
    for row, check in enumerate(checks, 5):
        sheet.text(row, 1, check.what)
        sheet.formula(row, 2, check.one, Unit.NUMBER)
        sheet.formula(row, 3, check.other, Unit.NUMBER)
        for column in (2, 3):
            sheet.worksheet.cell(row, column).number_format = "#,##0.00;-#,##0.00"
        holds = f"ABS(B{row}-C{row})<=0.000001*MAX(1,ABS(B{row}))"
        sheet.formula(row, 4, f'IFERROR(IF({holds},"holds","fails"),"fails")', style="bc calc text")
    failing = CellIsRule("equal", ['"fails"'], font=Font(bold=True, color="9C0006"),  # type: ignore[no-untyped-call]
                         fill=PatternFill("solid", bgColor="FFC7CE"))
    sheet.worksheet.conditional_formatting.add(f"D5:D{row}", failing)
    sheet.text(row + 2, 1, "Checks that fail", "bc total label")
    sheet.formula(row + 2, 4, f'COUNTIF(D5:D{row},"fails")', Unit.NUMBER, "bc total")
    sheet.freeze(5, 1)
    return sheet.at(row + 2, 4)


def sum_of_classes(book: Book) -> str:
    return "+".join(book.ref(f"pvb.{kind.name}") for kind in MONETISED)
