"""Cells of a portfolio that show a number of a submission: in its own currency, and with the sign of what cannot be relied on."""

from __future__ import annotations

from bizcase.appraisal.figure import Figure
from bizcase.document.value import MARKS
from bizcase.hub.entry import Number
from bizcase.hub.portfolio.rows import figure_of
from bizcase.workbook.book import Sheet
from bizcase.workbook.style import WORDS_TO_THE_RIGHT, number_format


def put_formula(sheet: Sheet, row: int, column: int, formula: str, found: Figure, currency: str, style: str = "bc calc") -> None:
    """A calculated cell that reads as the Figure does, followed by its sign."""
    sheet.formula(row, column, formula, style=style)
    dress(sheet, row, column, found, currency)


def put_number(sheet: Sheet, row: int, column: int, name: str, number: Number, currency: str) -> None:
    """A number of a submission, or the words that stand in its place, as the submission gives it."""
    if number.value is None:
        sheet.text(row, column, number.text, "bc calc")
    else:
        sheet.constant(row, column, number.value)
    dress(sheet, row, column, figure_of(name, number), currency)


def dress(sheet: Sheet, row: int, column: int, found: Figure, currency: str) -> None:
    cell = sheet.worksheet.cell(row, column)
    cell.number_format = marked_format(number_format(found, currency), MARKS.get(found.status, ""))
    if found.value is None:
        cell.alignment = WORDS_TO_THE_RIGHT


def marked_format(usual: str, sign: str) -> str:
    """A number format in which the sign follows whatever the cell holds, number or words."""
    if not sign:
        return usual
    positive, _, negative = ("0.###" if usual == "General" else usual).partition(";")
    return f'{positive}"{sign}";{negative or "-" + positive}"{sign}";{positive}"{sign}";@"{sign}"'
