"""Links from a cell to a cell of another workbook, in a folder below or beside it."""

from __future__ import annotations

from urllib.parse import quote

from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from bizcase.workbook.book import Book, Sheet, at
from bizcase.workbook.style import FONT

LINK = "bc link"


def add_link_style(book: Book) -> None:
    """Lets cells of a workbook be styled as links."""
    book.workbook.add_named_style(NamedStyle(LINK, font=Font(name=FONT, size=10, color="005EB8", underline="single"),
                                             alignment=Alignment(horizontal="center", vertical="top")))


def put_link(sheet: Sheet, row: int, column: int, text: str, file: str, place: tuple[str, str] | None) -> None:
    """A cell that opens a file, named from the workbook's own folder, at a place: (sheet, address).

    It is a link of the file format and no formula: formulas that open files are blocked where workbooks come from others.
    """
    sheet.text(row, column, text, LINK)
    cell = sheet.worksheet.cell(row, column)
    location = f"{quote_sheetname(place[0])}!{place[1]}" if place is not None else None
    cell.hyperlink = Hyperlink(ref=at(row, column), target=quote(file), location=location)
    cell.style = LINK
