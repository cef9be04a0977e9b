"""The sheets that list in words: overlaps, questions for the panel, and what was not built."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bizcase.hub.comparing.overlaps import Likeness, Overlap
from bizcase.hub.entry import Entry
from bizcase.hub.portfolio.figures_sheet import filtered
from bizcase.hub.portfolio.rows import Shown
from bizcase.workbook.book import Book
from bizcase.workbook.marking import Tone, colour_words
from bizcase.workbook.table import Column, new_table

OVERLAPS, QUESTIONS, NOT_BUILT = "Overlaps", "Questions", "Not built"
LIKENESS = {Likeness.SAME_CONTENT: Tone.BAD, Likeness.SAME_MEASURE: Tone.MIDDLING, Likeness.MUCH_THE_SAME: Tone.QUIET}
MOST_NAMED = 12
"""Of more submissions that are alike than this, the rest are counted."""


def add_overlaps(book: Book, shown: Shown, found: Sequence[Overlap]) -> None:
    titles = {entry.name: entry.title for entry in shown.built}
    rows = [(overlap.likeness.value, _some([titles[name] for name in overlap.submissions]), _some(overlap.submissions),
             "\n".join(overlap.shares[:MOST_NAMED])) for overlap in found]
    columns = (Column("likeness", "How alike", 24), Column("titles", "Submissions", 56), Column("files", "Files", 44),
               Column("shares", "What they share", 60))
    rows = rows or [("none found", "No two submissions hold the same or measure much the same for the same people.", "", "")]
    last = _listed(book, OVERLAPS, "Duplicates and overlaps",
                   "Words are compared, not meanings: look at each before you count a gain twice or bring two teams together.",
                   columns, rows)
    colour_words(book.sheets[-1], (5, last), (1, 1), {likeness.value: tone for likeness, tone in LIKENESS.items()})


def add_questions(book: Book, entries: Sequence[Entry]) -> None:
    """The questions that each submission leaves open, in the order of the ranking as it was built."""
    rows = [(entry.title, entry.panel_says if number == 1 else "", str(number), question.asks, question.code)
            for entry in entries for number, question in enumerate(entry.questions, 1)]
    columns = (Column("title", "Submission", 40), Column("panel", "The panel would", 44), Column("number", "No.", 6),
               Column("asks", "Question", 74), Column("code", "Code", 9))
    rows = rows or [("", "", "", "No submission leaves a question open that the panel's lens asks.", "")]
    _listed(book, QUESTIONS, "Questions to ask", "What each submission does not answer, the most important first. "
            "`bizcase explain CODE` says why it matters.", columns, rows)


def add_not_built(book: Book, failed: Sequence[Entry]) -> None:
    rows = [(entry.name, found.code, _where(entry, found.place.line, found.place.path or found.place.where), found.message,
             found.hint) for entry in failed for found in entry.findings]
    rows += [(entry.name, "", "", "It was not built.", "") for entry in failed if not entry.findings]
    columns = (Column("file", "File", 40), Column("code", "Code", 9), Column("where", "Where", 30),
               Column("message", "What was found", 70), Column("hint", "What to do", 60))
    rows = rows or [("none", "", "", "Every submission was built.", "")]
    _listed(book, NOT_BUILT, "What was not built",
            "These submissions are in no comparison, ranking or sum. Correct them and build again; the others are kept.",
            columns, rows)


def _where(entry: Entry, line: int, path: str) -> str:
    return ", ".join(filter(None, (f"line {line}" if line else "", path)))


def _listed(book: Book, title: str, heading: str, note: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> int:
    """A sheet of texts; gives its last row."""
    found = list(rows)
    table = new_table(book, title, heading, note, columns, len(found))
    for position, texts in enumerate(found):
        for column, text in enumerate(texts, 1):
            table.sheet.text(table.row(position), column, text)
    table.sheet.freeze(table.first, 2)
    filtered(table.sheet, table.first - 1, table.last, len(columns))
    return table.last


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return "\n".join([*names[:MOST_NAMED], *([f"and {more} more"] if more > 0 else [])])
