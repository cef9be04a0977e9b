"""Puts the passages of a document together, each with the headings above it and words for where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bizcase.document.reader import BODY
from bizcase.document.reading import Paragraph, Reading, shortened
from bizcase.review.roles import Roles
from bizcase.review.submission import Kind, Passage

_BEFORE_ALL = "before the first heading"
_NOTES = ("footnotes", "endnotes")
_FEW_HEADINGS = 3


class Assembly:
    """The passages of a reading; `places` holds, for each of its paragraphs, where it stands. `pictures` are what is shown
    beside the text, by the number of the paragraph that holds it."""

    def __init__(self, reading: Reading, roles: Roles, pictures: Mapping[int, Sequence[tuple[Kind, str]]]) -> None:
        self.reading, self.roles = reading, roles
        self.places: list[str] = []
        self.passages: list[Passage] = []
        self._stack: list[tuple[int, str]] = []
        self._under, self._count, self._tables, self._boxes = _BEFORE_ALL, 0, 0, 0
        self._tables_told: dict[int, tuple[tuple[str, ...], str]] = {}
        self._inner: dict[tuple[int, int, int], int] = {}
        self._asked: dict[int, list[tuple[int, str]]] = {}
        self._lead = ""
        self._box, self._box_place = 0, ""
        self._notes: dict[str, tuple[tuple[str, ...], str]] = {}
        self._in_boxes = Counter(paragraph.box for paragraph in reading.paragraphs if paragraph.text)
        self._aside: tuple[int, list[tuple[int, str]], str, int, int, int] | None = None
        self._margins: set[tuple[str, str]] = set()
        for number, paragraph in enumerate(reading.paragraphs):
            self._add(number, paragraph)
            for kind, text in pictures.get(number, ()):
                self.passages.append(Passage(text, kind, self._headings(paragraph), f"{self._under}, in a picture",
                                             paragraph.anchor))

    @property
    def title(self) -> str:
        """What the document calls itself at its beginning: a line of the style Title, else the first line of all."""
        titled = next((paragraph.text for paragraph in self.reading.paragraphs if paragraph.in_body and paragraph.text and
                       "title" in self.reading.styles.style_names(paragraph.node)[:1]), "")
        return titled or next((passage.text for passage in self.passages if len(passage.text) <= 200), "")

    def table_place(self, number: int) -> tuple[tuple[str, ...], str]:
        """The headings above a table, and where it stands."""
        return self._tables_told[number]

    def _add(self, number: int, paragraph: Paragraph) -> None:
        if paragraph.table:
            self._meet_table(paragraph.table)
        self._leave_box(paragraph)
        self.places.append(self._under)
        if paragraph.story != BODY:
            self._add_elsewhere(paragraph)
        elif number in self.roles.contents:
            return
        elif number in self.roles.headings:
            self._add_heading(number, paragraph)
        elif number in self.roles.questions:
            self._add_question(number, paragraph)
        elif number in self.roles.parts_of_questions:
            self.places[-1] = self._in_table(paragraph)
        else:
            self._add_text(number, paragraph)
        for note in paragraph.notes:
            self._notes[note] = self._headings(paragraph), self._under

    def _leave_box(self, paragraph: Paragraph) -> None:
        """A heading inside a text box that holds more than it is over when the box is."""
        if self._aside is not None and paragraph.box != self._aside[0]:
            _, self._stack, self._under, self._count, self._tables, self._boxes = self._aside
            self._aside = None

    def _add_heading(self, number: int, paragraph: Paragraph) -> None:
        heading = self.roles.headings[number]
        if paragraph.box and self._in_boxes[paragraph.box] > 1 and self._aside is None:
            self._aside = (paragraph.box, list(self._stack), self._under, self._count, self._tables, self._boxes)
        while self._stack and self._stack[-1][0] >= heading.level:
            self._stack.pop()
        above = tuple(text for _, text in self._stack)
        self._stack.append((heading.level, heading.text))
        self._under, self._count, self._tables, self._boxes = f"under “{shortened(heading.text)}”", 0, 0, 0
        self._lead = ""
        self.places[-1] = f"the heading “{shortened(heading.text)}”"
        self.passages.append(Passage(heading.text, Kind.HEADING, above, self.places[-1], paragraph.anchor, heading.level,
                                     paragraph.tag, paragraph.table, paragraph.row, paragraph.column))

    def _add_question(self, number: int, paragraph: Paragraph) -> None:
        """A cell of a form that asks; those after it in its table answer, until the next asks."""
        question = self.roles.questions[number]
        before = self._asked.get(paragraph.table, ())
        asked = self._asked[paragraph.table] = [found for found in before if found[0] < question.depth]
        above = self._headings(paragraph)
        asked.append((question.depth, question.text))
        self.places[-1] = self._in_table(paragraph)
        self.passages.append(Passage(question.text, Kind.HEADING, above, self.places[-1], paragraph.anchor, len(above) + 1,
                                     paragraph.tag, paragraph.table, paragraph.row, paragraph.column))

    def _add_text(self, number: int, paragraph: Paragraph) -> None:
        if paragraph.box:
            kind = Kind.BOX
            self.places[-1] = self._in_box(paragraph)
        elif paragraph.table:
            kind = Kind.CELL
            self.places[-1] = self._in_table(paragraph)
        else:
            kind = Kind.PARAGRAPH
            self._count += bool(paragraph.text)
            self.places[-1] = f"{self._under}, paragraph {max(1, self._count)}"
        if not paragraph.text:
            return
        lead = self.roles.leads.get(number, "")
        if len(self.roles.headings) < _FEW_HEADINGS and not paragraph.table:
            self._lead = lead or self._lead
            lead = self._lead
        headings = self._headings(paragraph)
        self.passages.append(Passage(
            paragraph.text, self._kind(number, kind), (*headings, lead) if lead else headings,
            self.places[-1], paragraph.anchor, 0, paragraph.tag, paragraph.table, paragraph.row, paragraph.column))

    def _kind(self, number: int, usual: Kind) -> Kind:
        return (Kind.GUIDANCE if number in self.roles.guidance else Kind.CAPTION if number in self.roles.captions else usual)

    def _add_elsewhere(self, paragraph: Paragraph) -> None:
        if paragraph.story in _NOTES:
            headings, under = self._notes.get(paragraph.note, ((), ""))
            kind, where = Kind.NOTE, f"in {_a(paragraph.story)}{under and ' '}{under}"
        else:
            headings, kind, where = (), Kind.MARGIN, f"in a {paragraph.story}"
        self.places[-1] = where
        if paragraph.text and (kind is Kind.NOTE or (paragraph.text, where) not in self._margins):
            self._margins.add((paragraph.text, where))
            self.passages.append(Passage(paragraph.text, kind, headings, where, -1, tag=paragraph.tag, table=paragraph.table,
                                         row=paragraph.row, column=paragraph.column))

    def _headings(self, paragraph: Paragraph) -> tuple[str, ...]:
        """The headings above a paragraph, those of forms around it included."""
        asked: list[str] = []
        table = paragraph.table
        while table:
            asked = [*(text for _, text in self._asked.get(table, ())), *asked]
            table = self.reading.tables[table - 1].inside[0]
        return (*(text for _, text in self._stack), *asked)

    def _meet_table(self, number: int) -> None:
        """Gives a table its place when its first paragraph comes; those around it have theirs before."""
        if number in self._tables_told:
            return
        outer, row, column = inside = self.reading.tables[number - 1].inside
        if outer:
            self._meet_table(outer)
            self._inner[inside] = self._inner.get(inside, 0) + 1
            where = f"{self._tables_told[outer][1]}, row {row}, column {column}, inner table {self._inner[inside]}"
        else:
            self._tables += 1
            where = f"{self._under}, table {self._tables}"
        self._tables_told[number] = tuple(text for _, text in self._stack), where

    def _in_table(self, paragraph: Paragraph) -> str:
        return f"{self._tables_told[paragraph.table][1]}, row {paragraph.row}, column {paragraph.column}"

    def _in_box(self, paragraph: Paragraph) -> str:
        if paragraph.box != self._box:
            self._box, self._boxes = paragraph.box, self._boxes + 1
            self._box_place = f"{self._under}, in text box {self._boxes}"
        return self._box_place + (f", table{self._in_table(paragraph).rpartition(', table')[2]}" if paragraph.table else "")


def _a(story: str) -> str:
    return {"footnotes": "a footnote", "endnotes": "an endnote"}[story]
