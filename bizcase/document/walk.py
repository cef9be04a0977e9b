"""Goes once through a part of a Word file, as its reader would, and collects paragraphs, tables and pictures in order.

Cost grows with the length of the part alone, whatever is nested in what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from bizcase.document.look import Styles, cells_of, rows_of
from bizcase.document.ooxml import DRAWING, MATHS, VML, W, child, is_on, val
from bizcase.document.reading import Paragraph, Picture, Table, shortened

_WIDEST = 63
"""Columns; Word makes no wider table."""
_TICKED, _NOT_TICKED = "☒", "☐"
_SYMBOLS = {"F0FE": _TICKED, "F0A8": _NOT_TICKED, "F06F": _NOT_TICKED, "F0FC": "✓", "F0FB": "✗", "F0B7": "•", "F0A7": "•",
            "F0E0": "→"}
"""What the signs of the symbol fonts stand for that are used in forms and lists."""
_SPACES = (f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab")
_PICTURES = (f"{DRAWING}inline", f"{DRAWING}anchor", f"{W}pict", f"{W}object")
_UNREAD = {f"{W}altChunk": "another file put in as a whole", f"{W}subDoc": "a part of the document kept in another file"}
_CONTENTS_STYLES = (*(f"toc {level}" for level in range(1, 10)), "table of figures")
_OBJECTS_THAT_ARE_PICTURES = ("Equation", "MathType", "Paint", "PBrush")


@dataclass(slots=True)
class _Field:
    """A field that has begun: its instruction, and whether what follows is its result."""

    instruction: str = ""
    has_result: bool = False

    @property
    def is_contents(self) -> bool:
        return self.instruction.lstrip()[:4].upper().rstrip() == "TOC"


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read."""

    node: Any
    index: int
    where: str
    tag: str
    row: int
    column: int
    texts: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    unfilled: list[str] = field(default_factory=list)
    held: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    contents: bool = False


@dataclass(slots=True)
class _OpenTable:
    """A table that is being read: its number, and the row and column that the reader has come to, from 1."""

    number: int
    row: int = 0
    column: int = 0
    next_column: int = 1


@dataclass(slots=True)
class _Control:
    """A content control that is being read."""

    name: str
    is_unfilled: bool
    is_contents: bool
    inline: bool


class Walk:
    """What stands in the parts gone through so far, and under which heading the last of it was."""

    def __init__(self, styles: Styles, has_hidden: bool) -> None:
        self.styles = styles
        self.has_hidden = has_hidden
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []
        self.pictures: list[Picture] = []
        self.skipped: list[tuple[str, str]] = []
        self._boxes = 0

    def through(self, root: Any, story: str, where: str, anchors: dict[Any, int]) -> None:
        """Reads a part. `story` says which kind it is, `where` stands for its headings; "" reads the body and minds them."""
        self._story, self._where, self._minds = story, where or "before the first heading", not where
        self._anchors, self._note = anchors, ""
        self._open: list[_Open] = []
        self._fields: list[_Field] = []
        self._whole_fields = _whole_fields(root)
        self._tables: list[_OpenTable] = []
        self._controls: list[_Control] = []
        self._aside: list[tuple[list[_Field], list[_OpenTable], int]] = []
        self._runs: list[bool] = []
        self._box_number = 0
        for event, node in etree.iterwalk(root, events=("start", "end"), tag=(*_START, *_END)):
            step = (_START if event == "start" else _END).get(node.tag)
            if step is not None:
                step(self, node)

    def _paragraph(self, node: Any) -> None:
        tag = next((control.name for control in reversed(self._controls) if not control.inline), "")
        table = self._tables[-1] if self._tables else _NO_TABLE
        self._open.append(_Open(node, len(self.paragraphs), self._where, tag, table.row, table.column))
        self.paragraphs.append(_UNREAD_YET)

    def _paragraph_ends(self, node: Any) -> None:
        done = self._open.pop()
        text = _one_line(done.texts)
        level = self.styles.heading_level(node) if self._minds else 0
        if level and text:
            self._where = f"under “{shortened(text)}”"
        held = sum(done.held.values())
        whole = len(done.held) == 1 and held == sum(len(found.strip()) for found in done.texts)
        self.paragraphs[done.index] = Paragraph(
            node, level, text, self._where if level else done.where, self._minds, self._story, self._anchors.get(node, -1),
            next(iter(done.held)) or done.tag if whole else done.tag, self._tables[-1].number if self._tables else 0,
            done.row, done.column, self._box_number, self._note, done.contents or self._lists_contents(node),
            _one_line(done.hidden), _one_line(done.unfilled), tuple(done.notes))

    def _lists_contents(self, node: Any) -> bool:
        """Whether a paragraph is of a list of contents, by the control around it or by its style."""
        return any(control.is_contents for control in self._controls) or any(
            name.startswith(_CONTENTS_STYLES) for name in self.styles.style_names(node))

    def _say(self, text: str, *, is_text: bool = False) -> None:
        """Adds to the paragraph that is being read, unless it is the code of a field."""
        if not self._open or (self._fields and any(not found.has_result for found in self._fields)):
            return
        paragraph = self._open[-1]
        inline = next((control for control in reversed(self._controls) if control.inline), None) if self._controls else None
        if self._runs and self._runs[-1]:
            paragraph.hidden.append(text)
        elif self._controls and any(control.is_unfilled for control in self._controls):
            paragraph.unfilled.append(text)
        else:
            paragraph.texts.append(text)
            if is_text and inline is not None and text.strip():
                paragraph.held[inline.name] = paragraph.held.get(inline.name, 0) + len(text.strip())
        if self._fields and any(found.is_contents for found in self._fields):
            paragraph.contents = True

    def _text(self, node: Any) -> None:
        self._say(node.text or "", is_text=True)

    def _space(self, _: Any) -> None:
        self._say(" ")

    def _hyphen(self, _: Any) -> None:
        self._say("-")

    def _symbol(self, node: Any) -> None:
        self._say(_SYMBOLS.get((node.get(f"{W}char") or "").upper(), "\N{REPLACEMENT CHARACTER}"))

    def _run(self, node: Any) -> None:
        self._runs.append(self.has_hidden and bool(self._open) and self.styles.look(node, self._open[-1].node).hidden)

    def _run_ends(self, _: Any) -> None:
        self._runs.pop()

    def _note_mark(self, node: Any) -> None:
        if self._open:
            kind = "footnote" if node.tag == f"{W}footnoteReference" else "endnote"
            self._open[-1].notes.append(f"{kind} {node.get(f'{W}id')}")

    def _note_begins(self, node: Any) -> None:
        self._note = f"{node.tag.rpartition('}')[2]} {node.get(f'{W}id')}"

    def _mark_of_field(self, node: Any) -> None:
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            self._say(_choice(node))
        if node not in self._whole_fields:
            return
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruction(self, node: Any) -> None:
        if self._fields and not self._fields[-1].has_result:
            self._fields[-1].instruction += node.text or ""

    def _simple_field(self, node: Any) -> None:
        self._fields.append(_Field(node.get(f"{W}instr") or "", True))

    def _simple_field_ends(self, _: Any) -> None:
        if self._fields:
            self._fields.pop()

    def _control(self, node: Any) -> None:
        properties = child(node, "sdtPr")
        gallery = val(properties, "docPartObj/docPartGallery").casefold()
        inline = bool(self._open) and next(node.iterancestors(f"{W}p", f"{W}txbxContent")).tag == f"{W}p"
        self._controls.append(_Control(
            val(properties, "tag") or val(properties, "alias"),
            properties is not None and child(properties, "showingPlcHdr") is not None,
            gallery in ("table of contents", "table of figures"), inline))

    def _control_ends(self, _: Any) -> None:
        self._controls.pop()

    def _box(self, _: Any) -> None:
        self._aside.append((self._fields, self._tables, self._box_number))
        self._boxes += 1
        self._fields, self._tables, self._box_number = [], [], self._boxes

    def _box_ends(self, _: Any) -> None:
        self._fields, self._tables, self._box_number = self._aside.pop()

    def _table(self, node: Any) -> None:
        rows = tuple((row, tuple(cells_of(row))) for row in rows_of(node))
        outer = self._tables[-1] if self._tables else _NO_TABLE
        self.tables.append(Table(node, rows, len(self.tables) + 1, self._where, (outer.number, outer.row, outer.column)))
        self._tables.append(_OpenTable(len(self.tables)))

    def _table_ends(self, _: Any) -> None:
        self._tables.pop()

    def _row(self, node: Any) -> None:
        if self._tables:
            table = self._tables[-1]
            table.row, table.next_column = table.row + 1, 1 + _count(val(node, "trPr/gridBefore", "0"))

    def _cell(self, node: Any) -> None:
        if self._tables:
            table = self._tables[-1]
            table.column = min(table.next_column, _WIDEST)
            table.next_column = table.column + max(1, _count(val(node, "tcPr/gridSpan", "1")))

    def _picture(self, node: Any) -> None:
        holder = self._open[-1].index if self._open else len(self.paragraphs) - 1
        self.pictures.extend(replace(found, paragraph=holder) for found in _pictures(node, self._where, self._minds))
        for embedded in node.iter("{urn:schemas-microsoft-com:office:office}OLEObject") if node.tag == f"{W}object" else ():
            kind = embedded.get("ProgID") or "unknown"
            if not kind.startswith(_OBJECTS_THAT_ARE_PICTURES):
                self.skipped.append((f"an embedded object ({kind[:40]})", self._where))

    def _unread(self, node: Any) -> None:
        self.skipped.append((_UNREAD[node.tag], self._where))


_NO_TABLE = _OpenTable(0)
_UNREAD_YET = Paragraph(None, 0, "", "", False)


def _one_line(texts: list[str]) -> str:
    return " ".join("".join(texts).split()) if texts else ""


def _whole_fields(root: Any) -> set[Any]:
    """The marks of the fields that both begin and end in a part; one that does not end must not swallow what follows."""
    whole, stack = set(), []
    for mark in root.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            stack.append([mark])
        elif stack:
            stack[-1].append(mark)
            if kind == "end":
                whole.update(stack.pop())
    return whole


def _choice(mark: Any) -> str:
    """Old forms keep a tick or a choice in the mark of a field, and show no text for it."""
    box, choice = mark.find(f"{W}ffData/{W}checkBox"), mark.find(f"{W}ffData/{W}ddList")
    if box is not None:
        ticked = is_on(box, "checked")
        return _TICKED if (is_on(box, "default") if ticked is None else ticked) else _NOT_TICKED
    if choice is not None:
        entries = [entry.get(f"{W}val") or "" for entry in choice.findall(f"{W}listEntry")]
        chosen = val(choice, "result", "0")
        return entries[int(chosen)] if chosen.isdecimal() and len(chosen) < 4 and int(chosen) < len(entries) else ""
    return ""


def _count(text: str) -> int:
    """A number of columns, never more than a table can have."""
    return min(int(text), _WIDEST) if text.isdecimal() and len(text) < 10 else 0


_Step = Callable[[Walk, Any], None]
_START: dict[str, _Step] = {
    f"{W}p": Walk._paragraph, f"{W}r": Walk._run, f"{W}t": Walk._text, f"{MATHS}t": Walk._text,
    **dict.fromkeys(_SPACES, Walk._space), f"{W}noBreakHyphen": Walk._hyphen, f"{W}sym": Walk._symbol,
    f"{W}fldChar": Walk._mark_of_field, f"{W}instrText": Walk._instruction, f"{W}fldSimple": Walk._simple_field,
    f"{W}sdt": Walk._control, f"{W}txbxContent": Walk._box, f"{W}tbl": Walk._table, f"{W}tr": Walk._row, f"{W}tc": Walk._cell,
    f"{W}footnoteReference": Walk._note_mark, f"{W}endnoteReference": Walk._note_mark,
    f"{W}footnote": Walk._note_begins, f"{W}endnote": Walk._note_begins,
    **dict.fromkeys(_PICTURES, Walk._picture), **dict.fromkeys(_UNREAD, Walk._unread),
}
_END: dict[str, _Step] = {
    f"{W}p": Walk._paragraph_ends, f"{W}r": Walk._run_ends, f"{W}fldSimple": Walk._simple_field_ends,
    f"{W}sdt": Walk._control_ends, f"{W}txbxContent": Walk._box_ends, f"{W}tbl": Walk._table_ends,
}


def _pictures(node: Any, where: str, in_body: bool) -> Iterator[Picture]:
    if node.tag.startswith(DRAWING):
        properties = node.find(f"{DRAWING}docPr")
        data = next((found for found in node.iter() if str(found.tag).endswith("}graphicData")), None)
        uri = (data.get("uri") or "") if data is not None else ""
        kind = next((word for mark, word in _KINDS.items() if mark in uri), "picture")
        yield Picture(kind, node, properties if properties is not None else node, where, in_body)
    else:
        for shape in node:
            if str(shape.tag).startswith(VML) and not str(shape.tag).endswith("}shapetype"):
                yield Picture("object" if node.tag == f"{W}object" else "picture", shape, shape, where, in_body)


_KINDS = {"/chart": "chart", "/diagram": "diagram", "wordprocessingShape": "shape", "wordprocessingGroup": "group of shapes",
          "wordprocessingCanvas": "drawing", "wordprocessingInk": "ink"}
