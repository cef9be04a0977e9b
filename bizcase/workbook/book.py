"""Writes cells: the one place where text, inputs, formulas and Figures enter a workbook.

Each Figure is placed in exactly one cell, and formulas find it there by its id; so the layout is said once, by writing it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from bizcase.appraisal.currency import POUND, in_currency
from bizcase.appraisal.figure import Figure, Unit
from bizcase.appraisal.figures import HEADLINES
from bizcase.appraisal.measures import HALF_A_PENNY
from bizcase.specification.characters import escaped
from bizcase.workbook.style import DATE_FORMAT, RIGHT, add_styles, format_of, number_format

TEXT_SIZE = 10
LINE_SPACING = 1.3
MAX_HEIGHT = 409
TEXT_PER_DIGIT = 0.9
"""Column widths count digits; a letter is a little narrower, and words wrap at spaces."""
A4, A3 = 9, 8
A3_FROM = 190
A3_HOLDS = 280
"""Sheets wider than this many characters are printed on A3, to stay readable; the widest on several pages side by side."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What may be typed into a cell: the lowest and the highest number, and whether it must be a whole one."""

    lowest: float = -1e12
    highest: float = 1e12
    whole: bool = False


ANY, SHARE, CAUTION, SCORE = Bounds(), Bounds(0, 1), Bounds(-1, 0), Bounds(1, 5, whole=True)


@dataclass
class Book:
    """The workbook being written. `cells` tells where each Figure stands: (sheet, address)."""

    figures: Mapping[str, Figure]
    currency: str = POUND
    workbook: Workbook = field(default_factory=Workbook)
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.workbook.remove(self.workbook.worksheets[0])
        add_styles(self.workbook)

    def own(self, text: str) -> str:
        """Words of ours about money, in the bid's currency."""
        return in_currency(text, self.currency)

    def sheet(self, title: str, heading: str, note: str, widths: Sequence[float], landscape: bool = True) -> Sheet:
        """A new sheet with its heading in row 1, a note in row 2, and print set-up."""
        worksheet = self.workbook.create_sheet(title)
        sheet = Sheet(self, worksheet)
        self.sheets.append(sheet)
        sheet.text(1, 1, heading, "bc title")
        sheet.text(2, 1, note, "bc note")
        for column, width in enumerate(widths, 1):
            worksheet.column_dimensions[get_column_letter(column)].width = width
        worksheet.sheet_view.showGridLines = False
        worksheet.page_setup.orientation = "landscape" if landscape else "portrait"
        worksheet.page_setup.paperSize = A3 if sum(widths) > A3_FROM else A4
        pages = math.ceil(sum(widths) / A3_HOLDS)
        worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = pages, 0
        if pages > 1:
            worksheet.print_title_cols = "A:B"
        worksheet.sheet_properties.pageSetUpPr.fitToPage = True
        worksheet.oddFooter.left.text = "&A"
        worksheet.oddFooter.right.text = "Page &P of &N"
        margins = worksheet.page_margins
        margins.left = margins.right = margins.top = 0.5
        margins.bottom = 0.7
        worksheet.protection.sheet = True
        worksheet.protection.formatColumns = worksheet.protection.formatRows = False
        return sheet

    def finish(self) -> None:
        """Fits the rows of every sheet, and gives each Figure's cell a defined name."""
        for sheet in self.sheets:
            sheet.fit_rows()
            sheet.guard_inputs()
        for figure_id, (title, address) in self.cells.items():
            name = defined_name(figure_id)
            assert name not in self.workbook.defined_names, name
            self.workbook.defined_names[name] = DefinedName(
                name, attr_text=f"{quote_sheetname(title)}!{absolute(address)}", hidden=figure_id not in HEADLINES)

    def ref(self, figure_id: str) -> str:
        """The absolute reference of a Figure's cell, for use in a formula on any sheet."""
        sheet, address = self.cells[figure_id]
        return f"{quote_sheetname(sheet)}!{absolute(address)}"


@dataclass
class Sheet:
    """One sheet being written; rows and columns count from 1."""

    book: Book
    worksheet: Worksheet
    numbers: dict[Bounds, list[tuple[int, int]]] = field(default_factory=dict)
    choices: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(self.worksheet.title)

    def text(self, row: int, column: int, text: Any, style: str = "bc text") -> None:
        """User text, which never becomes a formula, an error or another character than was typed."""
        cell = self._cell(row, column, style)
        if text is None or text == "":
            return
        cell.value = escaped(str(text))
        cell.data_type = "s"
        cell.quotePrefix = str(text).startswith(("=", "+", "-", "@", "#"))

    def columns(self, row: int, labels: Iterable[str], numbers: Iterable[str] = ()) -> None:
        """A row of column headings, repeated on every printed page; those of `numbers` stand to the right as numbers do."""
        self.headings(row, labels, numbers)
        self.worksheet.print_title_rows = f"1:{row}"

    def headings(self, row: int, labels: Iterable[str], numbers: Iterable[str] = ()) -> None:
        """A row of headings within a sheet."""
        to_the_right = set(numbers)
        for column, label in enumerate(labels, 1):
            self.text(row, column, label, "bc column number" if label in to_the_right else "bc column")

    def input(self, row: int, column: int, value: float | str | date | None, unit: Unit = Unit.NUMBER,
              within: Bounds = ANY) -> None:
        """A cell that the user may change, within what makes sense there."""
        if isinstance(value, str):
            self.text(row, column, value, "bc input text")
            return
        cell = self._cell(row, column, "bc input")
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DATE_FORMAT
        else:
            cell.number_format = format_of(unit, self.book.currency)
            self.numbers.setdefault(within, []).append((column, row))

    def choice(self, row: int, column: int, value: str, allowed: str) -> None:
        """A cell in which the user may choose one of the texts of the range `allowed`."""
        self.input(row, column, value)
        self.choices.setdefault(allowed, []).append((column, row))

    def choice_of_number(self, row: int, column: int, value: int | None, allowed: Sequence[int]) -> None:
        """A cell in which the user may choose one of a few numbers."""
        cell = self._cell(row, column, "bc input")
        cell.value = value
        self.choices.setdefault(f'"{",".join(map(str, allowed))}"', []).append((column, row))

    def constant(self, row: int, column: int, value: float) -> None:
        """A number that belongs to the layout, such as the count of the years."""
        self._cell(row, column, "bc calc").value = value

    def day(self, row: int, column: int, day: date) -> None:
        """A day that is not an input."""
        cell = self._cell(row, column, "bc calc")
        cell.value, cell.number_format = day, DATE_FORMAT

    def reference_value(self, row: int, column: int, value: float, unit: Unit) -> None:
        """A number shown for reference, from which nothing is calculated."""
        cell = self._cell(row, column, "bc calc")
        cell.value, cell.number_format = value, format_of(unit, self.book.currency)

    def formula(self, row: int, column: int, formula: str, unit: Unit = Unit.NUMBER, style: str = "bc calc") -> None:
        """A calculated cell; `formula` is without its equals sign."""
        cell = self._cell(row, column, style)
        cell.value = f"={formula}"
        cell.number_format = format_of(unit, self.book.currency)

    def figure(self, row: int, column: int, figure_id: str, formula: str, style: str = "bc calc") -> None:
        """The cell of a computed Figure."""
        self._computed(row, column, figure_id, formula, style)
        self.place(figure_id, row, column)

    def shown(self, row: int, column: int, figure_id: str, style: str = "bc calc") -> None:
        """A cell that repeats a Figure from its own cell."""
        self._computed(row, column, figure_id, self.book.ref(figure_id), style)

    def _computed(self, row: int, column: int, figure_id: str, formula: str, style: str) -> None:
        found = self.book.figures[figure_id]
        self.formula(row, column, formula, style=style)
        cell = self.worksheet.cell(row, column)
        cell.number_format = number_format(found, self.book.currency)
        if found.value is None:
            cell.alignment = RIGHT

    def given(self, row: int, column: int, figure_id: str, within: Bounds = ANY) -> None:
        """The cell of a Figure that the specification gives: an input."""
        found = self.book.figures[figure_id]
        self.input(row, column, found.value, found.unit, within)
        self.worksheet.cell(row, column).number_format = number_format(found, self.book.currency)
        self.place(figure_id, row, column)

    def reference(self, row: int, column: int, figure_id: str) -> None:
        """The cell of a Figure that the specification gives and from which nothing is calculated."""
        found = self.book.figures[figure_id]
        cell = self._cell(row, column, "bc calc")
        cell.value, cell.number_format = found.value, number_format(found, self.book.currency)
        self.place(figure_id, row, column)

    def place(self, figure_id: str, row: int, column: int) -> None:
        assert figure_id not in self.book.cells, figure_id
        assert figure_id in self.book.figures, figure_id
        self.book.cells[figure_id] = (self.title, at(row, column))

    def at(self, row: int, column: int) -> str:
        """An absolute reference to one of this sheet's cells, for formulas on other sheets."""
        return f"{quote_sheetname(self.title)}!{absolute(at(row, column))}"

    def down(self, column: int, first: int, last: int) -> str:
        """An absolute reference to a stretch of a column, for formulas on other sheets."""
        return f"{quote_sheetname(self.title)}!{absolute(at(first, column))}:{absolute(at(last, column))}"

    def across(self, row: int, first: int, last: int) -> str:
        """An absolute reference to a stretch of a row, for formulas on other sheets."""
        return f"{self.at(row, first)}:{absolute(at(row, last))}"

    def break_page(self, row: int) -> None:
        """Begins a printed page with that row, on a sheet in a scale of its own."""
        self.worksheet.row_breaks.append(Break(id=row - 1))

    def own_scale(self, percentage: int) -> None:
        """Prints the sheet at so much of its size: one that is fitted to a page ignores its breaks."""
        set_up = self.worksheet.sheet_properties.pageSetUpPr
        assert set_up is not None
        set_up.fitToPage = False
        self.worksheet.page_setup.scale = percentage

    def freeze(self, row: int, column: int) -> None:
        self.worksheet.freeze_panes = at(row, column)

    def fit_rows(self) -> None:
        """Makes each row as high as its wrapped text needs: not every program does so when it opens the file."""
        dimensions = self.worksheet.column_dimensions
        for number, row in enumerate(self.worksheet.iter_rows(), 1):
            lines = max(_lines(cell, dimensions[get_column_letter(column)].width) for column, cell in enumerate(row, 1))
            size = max((cell.font.size or TEXT_SIZE for cell in row if cell.value is not None), default=TEXT_SIZE)
            self.worksheet.row_dimensions[number].height = min(MAX_HEIGHT, lines * size * LINE_SPACING + 4)

    def guard_inputs(self) -> None:
        """Lets Excel refuse what would turn results into errors, or into nothing: £60k for a number, 2028 for 2027/28."""
        for bounds, cells in self.numbers.items():
            self.worksheet.add_data_validation(DataValidation(
                type="whole" if bounds.whole else "decimal", operator="between", formula1=f"{bounds.lowest:.15g}",
                formula2=f"{bounds.highest:.15g}", allow_blank=True, showErrorMessage=True, errorTitle="A number belongs here",
                sqref=ranges(cells), error=self.book.own(_advice(bounds))))
        for allowed, cells in self.choices.items():
            self.worksheet.add_data_validation(DataValidation(
                type="list", formula1=allowed, allow_blank=True, showErrorMessage=True, sqref=ranges(cells),
                errorTitle="Choose from the list", error="Choose one of the words or years that the list offers."))

    def _cell(self, row: int, column: int, style: str) -> Cell:
        cell = self.worksheet.cell(row, column)
        assert isinstance(cell, Cell)
        cell.style = style
        return cell


def _advice(bounds: Bounds) -> str:
    """What Excel says where something else was typed."""
    if bounds == ANY:
        return "Type the number alone, without £, k, % signs in text or words. A share is typed as 30% or 0.3."
    kind = "a whole number" if bounds.whole else "a number"
    return f"Type {kind} from {bounds.lowest:g} to {bounds.highest:g}. A share is typed as 30% or 0.3."


def _lines(cell: Any, width: float) -> int:
    """How many lines a cell's text takes in a column of that width (in characters)."""
    if not isinstance(cell.value, str) or cell.data_type == "f" or not cell.alignment.wrap_text:
        return 1
    fitting = max(1.0, (width - 1.5) * TEXT_SIZE / (cell.font.size or TEXT_SIZE))
    return sum(max(1, math.ceil(len(line) * TEXT_PER_DIGIT / fitting)) for line in cell.value.split("\n"))


def ranges(cells: Iterable[tuple[int, int]]) -> str:
    """Cells, given as (column, row), as few ranges as stand below one another: `A1:A9 C3`."""
    found: list[list[int]] = []
    for column, row in sorted(cells):
        if found and found[-1][0] == column and found[-1][2] == row - 1:
            found[-1][2] = row
        else:
            found.append([column, row, row])
    return " ".join(f"{at(first, column)}:{at(last, column)}" for column, first, last in found)


def at(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def absolute(address: str) -> str:
    letters = address.rstrip("0123456789")
    return f"${letters}${address[len(letters):]}"


def defined_name(figure_id: str) -> str:
    """The workbook's name for a Figure's cell: `figure.npsv`, `figure.flow.cost.2026_27`. Measures show in Excel's name box."""
    return "figure." + re.sub(r"[^A-Za-z0-9_.]", "_", figure_id)


def settled(formula: str) -> str:
    """A difference, where less than half a penny is nothing: else the noise of the last digits shows as minus nothing."""
    return f"IF(ABS({formula})<{HALF_A_PENNY},0,{formula})"
