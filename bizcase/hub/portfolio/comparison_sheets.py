"""The sheets Comparison and Heat map: one row for each submission, every number of it looked up on the sheet Figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bizcase.hub.comparing.resourcing import ASKED_FOR, CANNOT_TELL, HOPED_FOR, NOT_RESOURCED, RESOURCED
from bizcase.hub.comparing.valuing import ABSENT, COMPLETE, NOT_READY, NOTHING_ASKED, PART
from bizcase.hub.entry import Entry, SectionScore
from bizcase.hub.portfolio.cells import dress, put_formula
from bizcase.hub.portfolio.figures_sheet import FigureCells, filtered
from bizcase.hub.portfolio.rows import COLUMNS, MARKS_EXPLAINED, NO, YES, Shown, figure_of, numbers_of
from bizcase.specification.shape import load_shape
from bizcase.workbook.book import Book
from bizcase.workbook.marking import Tone, colour_words
from bizcase.workbook.table import Column, Table, new_table

TITLE, HEAT = "Comparison", "Heat map"
SECTION_WIDTH = 15
NOT_IN_IT = "not in this kind"

WORDS_OF_PANELS = {NOT_READY: Tone.BAD, "refuse": Tone.BAD, "close": Tone.MIDDLING, "support": Tone.GOOD,
                   "cannot tell": Tone.QUIET}
WORDS_OF_RESOURCE = {RESOURCED: Tone.GOOD, ASKED_FOR: Tone.MIDDLING, HOPED_FOR: Tone.BAD, NOT_RESOURCED: Tone.BAD,
                     CANNOT_TELL: Tone.QUIET}
WORDS_OF_STATE = {"draft": Tone.MIDDLING}
WORDS_OF_SECTIONS = {COMPLETE: Tone.GOOD, PART: Tone.MIDDLING, ABSENT: Tone.BAD, NOTHING_ASKED: Tone.QUIET,
                     NOT_IN_IT: Tone.QUIET}


@dataclass(frozen=True, slots=True)
class ComparisonCells:
    """The table of the comparison: a row for each submission, in the order of their names."""

    table: Table

    def added(self, key: str) -> str:
        """The formula that adds up a column over the submissions in the sums."""
        return f'SUMIF({self.table.down("in_sums")},"{YES}",{self.table.down(key)})'


def lay_out_comparison(book: Book, shown: Shown) -> ComparisonCells:
    """The sheet with its headings, so that others can point at it."""
    columns = [Column("number", "No.", 6, True), *(Column(each.key, each.heading, each.width, each.number is not None)
                                                   for each in COLUMNS)]
    columns[2:2] = [Column("place", "Place", 7, True), Column("in_sums", "In the sums", 9)]
    note = f"One row for each submission. Every number is looked up on Figures, where its cell is named. {MARKS_EXPLAINED}"
    return ComparisonCells(new_table(book, TITLE, "The submissions side by side", note, columns, len(shown.built)))


def fill_comparison(cells: ComparisonCells, shown: Shown, figures: FigureCells, places: Sequence[str]) -> None:
    """`places` are the references of the cells that hold each submission's place."""
    table = cells.table
    for position, (entry, place) in enumerate(zip(shown.built, places, strict=True)):
        row = table.row(position)
        table.sheet.constant(row, table.column("number"), position + 1)
        table.sheet.formula(row, table.column("place"), place)
        table.sheet.text(row, table.column("in_sums"), YES if shown.in_sums(entry) else NO)
        _fill_row(table, position, entry, figures)
    sheet, rows = table.sheet, (table.first, table.last)
    for key, words in (("panel", WORDS_OF_PANELS), ("resource", WORDS_OF_RESOURCE), ("state", WORDS_OF_STATE),
                       ("in_sums", {NO: Tone.BAD})):
        colour_words(sheet, rows, (table.column(key),) * 2, words)
    sheet.freeze(table.first, 3)
    filtered(sheet, table.first - 1, table.last, len(table.columns))


def _fill_row(table: Table, position: int, entry: Entry, figures: FigureCells) -> None:
    row, known = table.row(position), numbers_of(entry)
    for each in COLUMNS:
        column = table.column(each.key)
        if each.text is not None:
            table.sheet.text(row, column, each.text(entry))
            continue
        assert each.number is not None
        name = each.number(entry)
        if name not in known:
            table.sheet.text(row, column, "not given")
            continue
        put_formula(table.sheet, row, column, figures.at(entry, name), figure_of(name, known[name]), entry.currency)


def add_heat_map(book: Book, shown: Shown, figures: FigureCells) -> None:
    """How complete each section of each submission is, in words and colour."""
    names = _sections(shown)
    columns = (Column("title", "Submission", 40), Column("profile", "Kind of bid", 15),
               Column("completeness", "Completeness", 14, True),
               *(Column(name, title, SECTION_WIDTH) for name, title in names.items()))
    table = new_table(book, HEAT, "How complete each section is",
                      "Criteria met of those that arise; one met in part counts half. The colours repeat the words.",
                      columns, len(shown.built))
    for position, entry in enumerate(shown.built):
        row = table.row(position)
        table.sheet.text(row, 1, entry.title)
        table.sheet.text(row, 2, entry.profile)
        completeness = numbers_of(entry)["counted.completeness"]
        table.sheet.formula(row, 3, figures.at(entry, "counted.completeness"))
        dress(table.sheet, row, 3, figure_of("", completeness), entry.currency)
        scores = {score.name: score for score in entry.sections}
        for name in names:
            table.sheet.text(row, table.column(name), _heat(scores.get(name)))
    colour_words(table.sheet, (table.first, table.last), (4, max(4, len(columns))), WORDS_OF_SECTIONS)
    table.sheet.freeze(table.first, 2)
    filtered(table.sheet, table.first - 1, table.last, len(columns))


def _sections(shown: Shown) -> dict[str, str]:
    """The titles of all sections that any of the submissions has, by name, in the order of the specification."""
    titles = {score.name: score.title for entry in reversed(shown.built) for score in entry.sections}
    order = {name: number for number, name in enumerate(load_shape().names)}
    return {name: titles[name] for name in sorted(titles, key=lambda name: order.get(name, len(order)))}


def _heat(score: SectionScore | None) -> str:
    if score is None:
        return NOT_IN_IT
    return f"{score.word}: {score.met:g} of {score.of}" if score.of else score.word
