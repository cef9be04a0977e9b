"""Writes one page of a form: its questions and tables, each with its status, its drop-downs and the message of its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bizcase.hub.form.answers import CellValue
from bizcase.hub.form.cells import to_cell
from bizcase.hub.form.counting import answered, bar, next_one, progress, question_status, row_status, table_status, wanted
from bizcase.hub.form.filled import Remark, addresses, rows_of, value_of
from bizcase.hub.form.questions import REMARKS, Form, Heading, Page, Question, Table, names_its_row
from bizcase.hub.form.words import HINT_LENGTHS, form_words, guidance, message, offered
from bizcase.specification.shape import Rules
from bizcase.workbook.book import at, ranges
from bizcase.workbook.form_book import FormBook

STATUS, LABEL, FIRST, ANSWER, HELP = 2, 3, 4, 5, 6
"""The columns of a page: the word of the status, labels and ids, the first of a table, answers, guidance."""
TOP = 5
"""The first row below the title and the progress."""
END = "end"
SHORT_WIDTHS = (9, 5, 20, 44, 18, *(8.5,) * 6)
LONG_WIDTHS = (9, 6, 34, 56)
OTHER_COLUMN, HELP_COLUMN = 16, 84
TALL, LOW, THIN, GAP = 46, 18, 4, 9
"""Heights, in points: of a cell for a paragraph, of one for a line, of the line below a table, of the space above one."""
KEPT_AS_TYPED = ("string", "text", "year", "identifier", "list")


@dataclass
class Places:
    """Where things stand on the form, known once the pages are laid out: the cells of the ids of each table, by its path, and
    the words of the status and the labels of each page, by its title."""

    ids: dict[str, str] = field(default_factory=dict)
    status: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class PageWriter:
    """Writes a page from the top down. `remarks` stand in cells, by their address, and `left` in a block; `places` is filled as
    the pages are written, and `later` keeps the cells whose messages and drop-downs are drawn after that."""

    book: FormBook
    form: Form
    page: Page
    data: Rules
    remarks: Mapping[str, Remark]
    places: Places
    left: Sequence[Remark] = ()
    row: int = TOP
    later: list[tuple[str, Question]] = field(default_factory=list)

    def write(self) -> None:
        """All of the page, but for the drop-downs of ids, which other pages may hold."""
        short = self.form.profile.short
        self.sheet = self.book.sheet(self.page.title, self._widths(), landscape=not short)
        self.most = HINT_LENGTHS[0] if short else HINT_LENGTHS[1]
        blocks = list(self.page.blocks)
        title = blocks[0] if isinstance(blocks[0], Heading) and sum(isinstance(block, Heading) for block in blocks) == 1 else None
        self.sheet.text(1, LABEL, title.text if title else self._title(), "bc title")
        self.sheet.text(2, LABEL, (title.guidance if title else "") or form_words()["fill"], "bc note")
        for block in blocks[1:] if title else blocks:
            if isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, Question):
                self._question(block)
            else:
                self._gap()
                self._table(block)
                self._gap()
        self._top()

    def _title(self) -> str:
        """The title of a page without headings: that of the bid on a form's first page, in full."""
        return self.form.profile.title if self.page is self.form.pages[0] else self.page.title

    def _widths(self) -> tuple[float, ...]:
        """The widths of the columns, as many as the widest table takes; where there is no table, guidance has room."""
        columns = max((max(self._columns(block)) for block in self.page.blocks if isinstance(block, Table)), default=0)
        if self.form.profile.short:
            return (*SHORT_WIDTHS, *(OTHER_COLUMN,) * (columns - 1 - len(SHORT_WIDTHS)))
        return (*LONG_WIDTHS, *((OTHER_COLUMN,) * (columns - 1 - len(LONG_WIDTHS)) if columns else (HELP_COLUMN,)))

    def draw_references(self) -> None:
        """The messages and drop-downs of all cells, once the rows that they may name are known."""
        for cells, question in self.later:
            allowed = self._allowed(question)
            several = question.field.type == "list"
            self.sheet.ask(cells, question.label, message(question.field), allowed, only=bool(allowed) and not several)

    def _allowed(self, question: Question) -> str:
        if question.field.refers_to and question.path != "id":
            return self.places.ids.get(question.field.refers_to, "")
        words = offered(question.field)
        return self.book.choices(words) if words else ""

    def _top(self) -> None:
        last = max(self.row, TOP)
        statuses, labels = self.sheet.reference(TOP, STATUS, last), self.sheet.reference(TOP, LABEL, last)
        self.sheet.formula(3, LABEL, progress(answered(statuses), wanted(statuses)), "bc table")
        self.sheet.formula(3, ANSWER, bar(answered(statuses), wanted(statuses)), "bc bar")
        self.sheet.formula(3, HELP, next_one(statuses, labels, form_words()["finished"]), "bc question")
        self.sheet.statuses(TOP, last)
        self.places.status[self.page.title] = (statuses, labels)
        self.sheet.keep_in_sight(TOP, 1 if self.form.profile.short else ANSWER, at(TOP, ANSWER))

    def _heading(self, heading: Heading) -> None:
        self.row += 1
        self.sheet.text(self.row, LABEL, heading.text, "bc heading")
        self.sheet.text(self.row + 1, LABEL, heading.guidance, "bc note")
        self.row += 2

    def _question(self, question: Question) -> None:
        row, asked = self.row, question.field
        remark = self.remarks.get(question.path)
        value = remark.text if remark else to_cell(value_of(self.data, question.path), asked)
        self.sheet.key(row, question.path)
        self.sheet.formula(row, STATUS, question_status(at(row, ANSWER), needed=question.needed), "bc status")
        self.sheet.text(row, LABEL, question.label, "bc question")
        self._answer(row, ANSWER, question, value)
        self.sheet.text(row, HELP, guidance(asked, self.most), "bc guidance")
        if asked.type == "text" and value is None:
            self.sheet.at_least(row, TALL)
        self.sheet.at_least(row, LOW)
        self.later.append((at(row, ANSWER), question))
        self.row += 1

    def _answer(self, row: int, column: int, question: Question, value: CellValue) -> None:
        asked = question.field
        self.sheet.answer(row, column, value, as_text=asked.type in KEPT_AS_TYPED,
                          style="bc row id" if question.path == "id" else "bc answer")
        if asked.type == "date" and value is None:
            self.sheet.looks_like_a_date(row, column)

    def _table(self, table: Table) -> None:
        rows = [remark.row for remark in self.left] if table.path == REMARKS else rows_of(table, self.data)
        if not rows:
            return
        title, heads = self.row, self.row + 1
        first, last = heads + 1, heads + len(rows)
        columns = self._columns(table)
        self.sheet.text(title, LABEL, table.label, "bc table")
        self.sheet.text(title, ANSWER, guidance(table.field, self.most), "bc guidance")
        self._heads(heads, table, columns)
        for number, (where, row) in enumerate(zip(addresses(table, rows), rows, strict=True), first):
            self.sheet.at_least(number, LOW)
            for column, question in columns.items():
                remark = self.remarks.get(f"{where}.{question.path}")
                value = remark.text if remark else to_cell(row.values.get(question.path), question.field)
                self._answer(number, column, question, value)
        self._line(last + 1, columns)
        self._statuses(title, (first, last), table, columns)
        for column, question in columns.items():
            self.later.append((ranges([(column, number) for number in range(first, last + 1)]), question))
            if question.path == "id":
                self.places.ids[table.path] = self.sheet.reference(first, column, last + 1)
        self.row = last + 2

    def _gap(self) -> None:
        """Some space, unless there is some already."""
        if self.row > TOP and self.sheet.exact.get(self.row - 1) != GAP:
            self.sheet.height(self.row, GAP)
            self.row += 1

    def _columns(self, table: Table) -> dict[int, Question]:
        """The columns of a table by their numbers on the sheet."""
        start = LABEL if names_its_row(table.columns[0]) else FIRST
        return dict(enumerate(table.columns, start))

    def _heads(self, row: int, table: Table, columns: Mapping[int, Question]) -> None:
        self.sheet.key(row, f"table:{table.path}")
        for column, question in columns.items():
            self.sheet.text(row, column, question.label, "bc form column")

    def _line(self, row: int, columns: Mapping[int, Question]) -> None:
        """The line that ends a table, above which rows may be inserted."""
        self.sheet.key(row, END)
        for column in columns:
            self.sheet.text(row, column, "", "bc line")
        self.sheet.height(row, THIN)

    def _statuses(self, title: int, rows: tuple[int, int], table: Table, columns: Mapping[int, Question]) -> None:
        """The word beside the table and those beside its rows; a row's own id, filled in from the start, does not count."""
        answers = [column for column, question in columns.items() if question.path != "id"]
        needed = [column for column in answers if columns[column].needed] or answers[:1]
        counted = (answers[0], answers[-1])
        if table.path == REMARKS:
            return
        word = table_status((rows[0], rows[1] + 1), counted, needed, is_needed=table.needed)
        self.sheet.formula(title, STATUS, word, "bc status")
        for row in range(rows[0], rows[1] + 1):
            self.sheet.formula(row, STATUS, row_status(row, counted, needed), "bc status")
