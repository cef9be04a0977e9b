"""Colours that go with words: a cell that begins with a word is coloured by what it means, and reads the same without colour."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill

from bizcase.workbook.book import Sheet, at


class Tone(Enum):
    """What a word means to the reader, as the colours of the cell and of its letters."""

    GOOD = ("C6EFCE", "0B5A1E")
    MIDDLING = ("FFEB9C", "6B4E00")
    BAD = ("FFC7CE", "9C0006")
    QUIET = ("F0F3F4", "5A6670")


def colour_words(sheet: Sheet, rows: tuple[int, int], columns: tuple[int, int], words: Mapping[str, Tone]) -> None:
    """Colours each cell of an area, from the first row and column to the last, that begins with one of the words, whatever is
    typed or calculated there later."""
    first = at(rows[0], columns[0])
    for word, tone in words.items():
        fill, ink = tone.value
        rule = FormulaRule([f'LEFT({first},{len(word)})="{word}"'], stopIfTrue=True,  # type: ignore[no-untyped-call]
                           font=Font(bold=tone is Tone.BAD, color=ink), fill=PatternFill("solid", bgColor=fill))
        sheet.worksheet.conditional_formatting.add(f"{first}:{at(rows[1], columns[1])}", rule)
