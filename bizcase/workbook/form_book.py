"""Writes the sheets of a form to be filled in: answer cells with drop-downs and messages, keys in a hidden column, live counts.

Sheets are not protected: whoever fills in must be able to insert rows and to paste, and a pasted cell would bring its own lock.
Rows are left to grow with what is typed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from bizcase.archive import steady
from bizcase.workbook.book import A4, Book, Sheet, absolute, at
from bizcase.workbook.recalculate import recalculated
from bizcase.workbook.style import AMBER, DATE_FORMAT, GREEN, add_form_styles

LISTS = "Lists"
"""The hidden sheet whose columns hold the words of the drop-downs."""
FIXED_TIME = datetime(2026, 1, 1)
LONGEST_MESSAGE, LONGEST_HEAD = 255, 32
"""What Excel shows when a cell is chosen."""
WIDEST_PAPER = 230
"""Characters across; a wider sheet is printed on several pages side by side."""
_LOOKS = {"needed": AMBER, "unfinished": AMBER, "done": GREEN, "filled": GREEN, "complete": GREEN}

Answered = str | int | float | bool | date | datetime | time | None


@dataclass
class FormBook:
    """The workbook of a form, being written. `words` are those on it that are ours, in their order."""

    book: Book = field(default_factory=lambda: Book({}))
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)
    sheets: list[FormSheet] = field(default_factory=list)
    words: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        add_form_styles(self.book.workbook)

    def sheet(self, title: str, widths: Sequence[float], *, landscape: bool) -> FormSheet:
        """A new sheet with columns of these widths after the hidden column of keys."""
        worksheet = self.book.workbook.create_sheet(title)
        for column, width in enumerate((3, *widths), 1):
            worksheet.column_dimensions[get_column_letter(column)].width = width
        worksheet.column_dimensions["A"].hidden = True
        worksheet.sheet_view.showGridLines = False
        setup = worksheet.page_setup
        setup.orientation, setup.paperSize = "landscape" if landscape else "portrait", A4
        setup.fitToWidth, setup.fitToHeight = -(-int(sum(widths)) // WIDEST_PAPER), 0
        worksheet.sheet_properties.pageSetUpPr.fitToPage = True
        worksheet.oddFooter.left.text, worksheet.oddFooter.right.text = "&A", "Page &P of &N"
        margins = worksheet.page_margins
        margins.left = margins.right = margins.top = 0.4
        margins.bottom = 0.55
        margins.header = margins.footer = 0.25
        self.sheets.append(FormSheet(self, worksheet, Sheet(self.book, worksheet)))
        return self.sheets[-1]

    def choices(self, words: Sequence[str]) -> str:
        """A reference to the words of a drop-down, which may hold commas and be longer than Excel allows in a cell's own list."""
        known = tuple(words)
        if known not in self.lists:
            column = get_column_letter(len(self.lists) + 1)
            self.lists[known] = f"{LISTS}!${column}$1:${column}${len(known)}"
        return self.lists[known]

    def finished(self, title: str) -> bytes:
        """The form's bytes, its formulas worked out. The same form gives the same bytes."""
        workbook = self.book.workbook
        hidden = Sheet(self.book, workbook.create_sheet(LISTS))
        hidden.worksheet.sheet_state = "hidden"
        for column, words in enumerate(self.lists, 1):
            for row, word in enumerate(words, 1):
                hidden.text(row, column, word, "bc label")
        for sheet in self.sheets:
            sheet.fit_rows()
        properties = workbook.properties
        properties.title, properties.creator, properties.language = title, "bizcase", "en-GB"
        properties.created = properties.modified = FIXED_TIME
        buffer = io.BytesIO()
        workbook.save(buffer)
        return recalculated(steady(buffer.getvalue()))


@dataclass
class FormSheet:
    """One sheet of a form, being written; rows and columns count from 1, and column 1 is that of the keys."""

    book: FormBook
    worksheet: Worksheet
    sheet: Sheet
    lowest: dict[int, float] = field(default_factory=dict)
    exact: dict[int, float] = field(default_factory=dict)

    def key(self, row: int, key: str) -> None:
        self.sheet.text(row, 1, key, "bc label")

    def text(self, row: int, column: int, text: str, style: str) -> None:
        """Words of ours, as against an answer."""
        if text:
            self.book.words[text] = None
        self.sheet.text(row, column, text, style)

    def formula(self, row: int, column: int, formula: str, style: str) -> None:
        self.sheet.formula(row, column, formula, style=style)

    def link(self, row: int, column: int, title: str) -> None:
        """The name of another sheet, which leads there."""
        self.sheet.text(row, column, title, "bc link")
        cell = self.worksheet.cell(row, column)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(title)}!C5", display=title)
        cell.style = "bc link"

    def answer(self, row: int, column: int, value: Answered, *, as_text: bool = False, style: str = "bc answer") -> None:
        """A yellow cell with what is answered already. `as_text` keeps Excel from taking 2026/27 or 3-5 for a date."""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        typed = isinstance(value, (int, float, date))
        self.sheet.text(row, column, None if typed else value, style)
        cell = self.worksheet.cell(row, column)
        if typed:
            cell.value = value
        if isinstance(value, date):
            cell.number_format = DATE_FORMAT
        elif as_text and not typed:
            cell.number_format = "@"

    def looks_like_a_date(self, row: int, column: int) -> None:
        self.worksheet.cell(row, column).number_format = DATE_FORMAT

    def ask(self, cells: str, head: str, message: str, allowed: str = "", *, only: bool = False) -> None:
        """What is shown when one of the cells is chosen, and the drop-down it offers; where `only` its words are meant, Excel
        asks whether another is to stay."""
        self.worksheet.add_data_validation(DataValidation(
            type="list" if allowed else None, formula1=allowed or None, allow_blank=True, sqref=cells,
            showInputMessage=True, promptTitle=_cut(head, LONGEST_HEAD), prompt=_cut(message, LONGEST_MESSAGE),
            showErrorMessage=bool(allowed) and only, errorStyle="warning" if only else None,
            errorTitle="Not in the list" if only else None,
            error="That is not one of the words offered. Do you want to keep it?" if only else None))

    def keep_in_sight(self, row: int, column: int, first: str) -> None:
        """Keeps what is above that row and left of that column in sight, on the screen and on every printed page; the cursor
        begins in the cell `first`."""
        self.sheet.freeze(row, column)
        for selection in self.worksheet.sheet_view.selection:
            selection.activeCell = selection.sqref = first
        self.worksheet.print_title_rows = f"1:{row - 1}"
        if column > 1:
            self.worksheet.print_title_cols = f"A:{get_column_letter(column - 1)}"

    def statuses(self, first: int, last: int) -> None:
        """Colours behind the words of the status column."""
        for word, colour in _LOOKS.items():
            fill, font = PatternFill("solid", bgColor=colour), Font(bold=True, color="212B32")
            rule = CellIsRule("equal", [f'"{word}"'], font=font, fill=fill)  # type: ignore[no-untyped-call]
            self.worksheet.conditional_formatting.add(f"B{first}:B{last}", rule)

    def at_least(self, row: int, points: float) -> None:
        """The least height of a row, until something is typed into it."""
        self.lowest[row] = max(points, self.lowest.get(row, 0))

    def height(self, row: int, points: float) -> None:
        """The height of a row that stays."""
        self.exact[row] = points

    def fit_rows(self) -> None:
        """Makes each row as high as what it holds needs, and no lower than it was meant to be."""
        self.sheet.fit_rows()
        rows = self.worksheet.row_dimensions
        for row, points in self.lowest.items():
            rows[row].height = max(points, rows[row].height or 0)
        for row, points in self.exact.items():
            rows[row].height = points

    def reference(self, row: int, column: int, last: int | None = None) -> str:
        """A stretch of a column of this sheet, for a formula on any."""
        own = quote_sheetname(self.worksheet.title)
        return f"{own}!{absolute(at(row, column))}" + (f":{absolute(at(last, column))}" if last else "")


def growing(sheet: bytes) -> bytes:
    """A sheet's part whose rows, but for the thin ones between tables, grow when more is typed, and that marks no cell for
    holding a number as text."""
    text = re.sub(rb'(ht="[1-9]\d[\d.]*") customHeight="1"', rb"\1", sheet)
    ignored = b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1" formulaRange="1"/></ignoredErrors>'
    return text.replace(b"</worksheet>", ignored + b"</worksheet>")


def _cut(text: str, most: int) -> str:
    """A text of at most so many UTF-16 units, whole words."""
    if len(text.encode("utf-16-le")) // 2 <= most:
        return text
    return text[:most - 1].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"
