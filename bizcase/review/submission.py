"""A bid that arrived, as its reader meets it: passages and tables in order, each with words for where it stands.

Pure values: `word_reader` makes them from a Word file; everything that judges a bid takes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a passage is. A heading is one by its style, or because it looks like one. Guidance says what to write there, below
    a heading or in a draft of ours. The words of a picture are those that describe it, or name its kind."""

    HEADING = "heading"
    GUIDANCE = "guidance"
    PARAGRAPH = "paragraph"
    CELL = "cell"
    CAPTION = "caption"
    BOX = "text box"
    NOTE = "note"
    PICTURE = "picture"
    MARGIN = "header or footer"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with text. `headings` are those above it, outermost first, without itself; `level` is that of a heading
    (0 for others). `where` finds it for a person: `under “Risks”, paragraph 3`, or `under “Costs”, table 2, row 3, column 1`,
    both counted from that heading. A cell of a funder's form that asks is a heading, and the cells that answer stand below it.
    `anchor` counts the paragraphs of the document's story from 0 (`bizcase.document.accepted.story_paragraphs`), for comments;
    -1 where none can stand. `tag` is that of the content control around it, if any. `table` counts the tables of the file from
    1; a cell that spans columns counts for all of them."""

    text: str
    kind: Kind
    headings: tuple[str, ...]
    where: str
    anchor: int
    level: int = 0
    tag: str = ""
    table: int = 0
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its number in the file from 1, the headings above it, its texts by row, and where it stands. Where a cell spans
    several columns the first has its text, and the others are empty; rows end with their last cell that has a paragraph."""

    number: int
    headings: tuple[str, ...]
    where: str
    rows: tuple[tuple[str, ...], ...]


class Left(StrEnum):
    """What an author may leave in a document beside its text. All but the first and the last two are tracked changes."""

    COMMENT = "comment"
    INSERTION = "insertion"
    DELETION = "deletion"
    MOVE = "move"
    LOOK = "change of look"
    HIDDEN = "hidden text"
    UNFILLED = "empty field"


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that its author forgot. `text` quotes it; `author` is empty where the file does not say."""

    what: Left
    text: str
    where: str
    author: str = ""
    anchor: int = -1


@dataclass(frozen=True, slots=True)
class Submission:
    """A bid as it reads with all tracked changes accepted. `skipped` says what could not be read: then nothing may be
    called complete."""

    name: str
    title: str
    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]
    leftovers: tuple[Leftover, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def body(self) -> tuple[Passage, ...]:
        """All passages with words that its author wrote for the page: no headers and footers, no guidance, no pictures."""
        return tuple(passage for passage in self.passages if passage.kind not in _BESIDE_THE_TEXT)


_BESIDE_THE_TEXT = (Kind.MARGIN, Kind.GUIDANCE, Kind.PICTURE)
