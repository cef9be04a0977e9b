"""A Word file as its reader meets it: paragraphs, tables and pictures in order, each with words for where it stands.

Everything on the page is seen, also inside content controls and text boxes; what was deleted with changes tracked, and the
copies kept for old versions of Word, are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bizcase.document.look import Styles
from bizcase.document.ooxml import W
from bizcase.errors import Finding, Place, Severity

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, the level of heading that it is by its style (0 for none), its text, and where it stands.

    `story` is the kind of part it is in; `anchor` counts the paragraphs of the body's part (`accepted.story_paragraphs`), and is
    -1 in others. `table`, `row` and `column` say in which cell it is, from 1; a cell that spans columns counts for all of them.
    `box` is the number of its text box, `note` names the note that it is of, `notes` those that it refers to. `tag` is that of
    the content control that holds all of it; `contents` is true in a list of contents. `hidden` text is not on the page, and
    `unfilled` is what a content control shows until somebody fills it in.
    """

    node: Any
    level: int
    text: str
    where: str
    in_body: bool
    story: str = ""
    anchor: int = -1
    tag: str = ""
    table: int = 0
    row: int = 0
    column: int = 0
    box: int = 0
    note: str = ""
    contents: bool = False
    hidden: str = ""
    unfilled: str = ""
    notes: tuple[str, ...] = ()

    @property
    def in_table(self) -> bool:
        return any(True for _ in self.node.iterancestors(f"{W}tc"))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the cells of its rows, its number in the file, and where it stands: `under “Risks”`. `inside` is the number
    of the table, row and column of the cell that it stands in; zeros where it stands in none."""

    node: Any
    rows: tuple[tuple[Any, tuple[Any, ...]], ...]
    number: int
    where: str
    inside: tuple[int, int, int] = (0, 0, 0)

    @property
    def name(self) -> str:
        """Words by which a person finds it."""
        start = next((text for _, cells in self.rows for cell in cells if (text := text_in(cell))), "")
        return f"the table that begins “{shortened(start)}”, {self.where}," if start else f"a table without text, {self.where},"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, chart or shape: what it is, its element and that which holds its alternative text, and where it stands.
    `paragraph` is the number of the one that holds it, or comes before it, from 0; -1 where none does."""

    kind: str
    node: Any
    properties: Any
    where: str
    in_body: bool
    paragraph: int = -1

    @property
    def text(self) -> str:
        return text_in(self.node)

    @property
    def description(self) -> str:
        """Its alternative text, on one line."""
        return " ".join((self.properties.get("descr") or self.properties.get("alt") or "").split())


@dataclass(frozen=True, slots=True)
class Mark:
    """What its authors have left in a file beside the text: a comment or a tracked change. `paragraph` is the number of the
    one that it is in, or that comes before it, from 0; -1 where none does."""

    what: str
    author: str
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All of a Word file that the rules look at. `skipped` names what was not read, each with the place."""

    name: str
    title: str
    language: str
    styles: Styles
    roots: tuple[Any, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    pictures: tuple[Picture, ...]
    marks: tuple[Mark, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()

    def finding(self, code: str, severity: Severity, path: str, message: str, hint: str) -> Finding:
        return Finding(Place(self.name, path=path), code, severity, message, hint)


def text_in(node: Any) -> str:
    """All text in an element, on one line."""
    return " ".join("".join(_text(found) for found in node.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}sym")).split())


def paragraph_of(node: Any) -> Any:
    return next(node.iterancestors(f"{W}p"), None)


def shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"


def has_picture(node: Any) -> bool:
    return next(node.iter(f"{W}drawing", f"{W}pict", f"{W}object"), None) is not None


def _text(node: Any) -> str:
    if node.tag == f"{W}t":
        return node.text or ""
    return "\N{REPLACEMENT CHARACTER}" if node.tag == f"{W}sym" else " "
