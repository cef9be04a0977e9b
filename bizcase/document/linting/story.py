"""Reads the parts of a template that are rendered, in reading order: paragraphs, tags, fields, controls, styles and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from bizcase.document.linting.package import parts_of
from bizcase.document.linting.tags import TAKEN, Tag, has_loose_sign, tags_in, without_tags
from bizcase.document.linting.told import Paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RENDERED = {"document.main": "", "header": "Header", "footer": "Footer", "footnotes": "Footnotes"}
"""The kinds of part that are rendered, and what stands for a section in those that have no headings."""
BEFORE_ALL = "before the first heading"

_SPACES = {f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"}
_STYLES = {f"{W}pStyle": "paragraph", f"{W}rStyle": "character", f"{W}tblStyle": "table"}
_CHANGES = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange",
                                      "tcPrChange", "sectPrChange", "cellIns", "cellDel", "numberingChange")}
_COMMENTS = {f"{W}commentReference", f"{W}commentRangeStart"}


@dataclass(slots=True)
class Control:
    """A content control: what its alias and tag say, and the text it holds."""

    alias: str
    tag: str
    paragraph: Paragraph
    text: str


@dataclass(slots=True)
class Code:
    """A field: its instruction, and whether a result is stored with it."""

    instruction: str
    paragraph: Paragraph
    has_result: bool = False
    in_result: bool = False


@dataclass(slots=True)
class Story:
    """One rendered part. `stray` are the paragraphs in which a tag is opened and not closed."""

    part: str
    kind: str
    root: Any
    paragraphs: list[Paragraph] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    stray: list[Paragraph] = field(default_factory=list)
    styles: list[tuple[str, str, Paragraph]] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    marks: list[tuple[str, Paragraph]] = field(default_factory=list)
    bookmarks: set[str] = field(default_factory=set)


def read_stories(parts: Mapping[str, bytes]) -> list[Story]:
    """The rendered parts of a template, the body first."""
    headings = _heading_styles(parts)
    return [_Reader(part, kind, ElementTree.fromstring(parts[part]), headings).read()
            for kind in RENDERED for part in parts_of(parts, kind)]


def _heading_styles(parts: Mapping[str, bytes]) -> set[str]:
    """The ids of the styles that make a paragraph a heading: by their outline level or their name."""
    found = set()
    for part in parts_of(parts, "styles"):
        for style in ElementTree.fromstring(parts[part]).iter(f"{W}style"):
            name = style.find(f"{W}name")
            named = name is not None and re.fullmatch(r"heading [1-9]|title", name.get(f"{W}val", ""), re.IGNORECASE)
            if named or style.find(f"{W}pPr/{W}outlineLvl") is not None:
                found.add(style.get(f"{W}styleId", ""))
    return found


@dataclass(slots=True)
class _Piece:
    text: str
    paragraph: Paragraph | None
    kind: str = ""
    """Nothing for text of a paragraph; else what it is, with an @ in it where it is an attribute."""


class _Reader:
    """Walks a part once. What stands between paragraphs belongs to the paragraph that follows."""

    def __init__(self, part: str, kind: str, root: Any, headings: set[str]) -> None:
        self.story = Story(part, kind, root)
        self.headings = headings
        self.open: list[Paragraph] = []
        self.pieces: list[_Piece] = []
        self.unsettled: list[_Piece] = []
        self.of_the_next: list[Any] = []
        self.codes: list[Code] = []
        self.section, self.position = RENDERED[kind] or BEFORE_ALL, 0

    def read(self) -> Story:
        self._walk(self.story.root, in_table=False)
        paragraphs = self.story.paragraphs
        self._settle_pending(paragraphs[-1] if paragraphs else Paragraph(self.story.part, 0, self.section, 1))
        self._find_tags()
        return self.story

    def _walk(self, element: Any, *, in_table: bool) -> None:
        is_paragraph = element.tag == f"{W}p"
        if is_paragraph:
            self._begin(element, in_table)
        self._attributes(element)
        self._element(element)
        if element.text:
            self._text(element, element.text)
        for child in element:
            self._walk(child, in_table=in_table or element.tag == f"{W}tbl")
            if child.tail and child.tail.strip():
                self._piece(child.tail)
        if element.tag == f"{W}sdt":
            self._control(element)
        if is_paragraph:
            self.open.pop()

    def _begin(self, element: Any, in_table: bool) -> None:
        style = element.find(f"{W}pPr/{W}pStyle")
        words = without_tags("".join(text.text or "" for text in element.iter(f"{W}t"))).replace(TAKEN, "").strip(" –-:;,.()")
        if style is not None and style.get(f"{W}val") in self.headings and words and not in_table:
            self.section, self.position = words, -1
        self.position += 1
        paragraph = Paragraph(self.story.part, len(self.story.paragraphs) + 1, self.section, self.position, in_table)
        self.story.paragraphs.append(paragraph)
        self.open.append(paragraph)
        self._settle_pending(paragraph)

    def _settle_pending(self, paragraph: Paragraph) -> None:
        """What stood before this paragraph belongs to it."""
        for piece in self.unsettled:
            piece.paragraph = paragraph
        self.unsettled.clear()
        for settle in self.of_the_next:
            settle(paragraph)
        self.of_the_next.clear()

    def _piece(self, text: str, kind: str = "") -> None:
        piece = _Piece(text, self._here(), kind)
        self.pieces.append(piece)
        if piece.paragraph is None:
            self.unsettled.append(piece)

    def _here(self) -> Paragraph | None:
        return self.open[-1] if self.open else None

    def _when_known(self, settle: Any) -> None:
        here = self._here()
        if here is None:
            self.of_the_next.append(settle)
        else:
            settle(here)

    def _attributes(self, element: Any) -> None:
        for key, value in element.items():
            if "{" in value:
                self._piece(value, f"{_local(element.tag)}@{_local(key)}")

    def _element(self, element: Any) -> None:
        story, tag = self.story, element.tag
        if tag in _STYLES:
            kind, style = _STYLES[tag], element.get(f"{W}val", "")
            self._when_known(lambda paragraph: story.styles.append((kind, style, paragraph)))
        elif tag in _CHANGES or tag in _COMMENTS or (tag == f"{W}vanish" and element.get(f"{W}val") not in ("0", "false", "off")):
            what = "hidden" if tag == f"{W}vanish" else "comment" if tag in _COMMENTS else "change"
            self._when_known(lambda paragraph: story.marks.append((what, paragraph)))
        elif tag == f"{W}altChunk":
            self._when_known(lambda paragraph: story.marks.append(("chunk", paragraph)))
        elif tag == f"{W}bookmarkStart":
            story.bookmarks.add(element.get(f"{W}name", ""))
        elif tag == f"{W}fldSimple":
            instruction, has_result = element.get(f"{W}instr", ""), any(text.text for text in element.iter(f"{W}t"))
            self._when_known(lambda paragraph: story.codes.append(Code(instruction, paragraph, has_result)))
        elif tag == f"{W}fldChar":
            self._field(element.get(f"{W}fldCharType", ""))
        elif tag in _SPACES and self.open:
            self._piece(" ", "space")

    def _field(self, kind: str) -> None:
        here = self._here()
        if kind == "begin" and here is not None:
            code = Code("", here)
            self.codes.append(code)
            self.story.codes.append(code)
        elif kind == "separate" and self.codes:
            self.codes[-1].in_result = True
        elif kind == "end" and self.codes:
            self.codes.pop()

    def _text(self, element: Any, text: str) -> None:
        if element.tag == f"{W}t":
            self._piece(text)
            for code in self.codes:
                code.has_result = code.has_result or (code.in_result and bool(text.strip()))
        elif element.tag == f"{W}instrText":
            if self.codes:
                self.codes[-1].instruction += text
            self._piece(text, "instruction")
        elif text.strip():
            self._piece(text, _local(element.tag))

    def _control(self, element: Any) -> None:
        """Kept once its paragraphs are read: a control around paragraphs is told at the first of them."""
        properties, content = element.find(f"{W}sdtPr"), element.find(f"{W}sdtContent")
        if properties is None or content is None:
            return
        alias, tag = (found.get(f"{W}val", "") if (found := properties.find(f"{W}{name}")) is not None else ""
                      for name in ("alias", "tag"))
        inside = len(list(content.iter(f"{W}p")))
        here = self._here() or (self.story.paragraphs[-inside] if inside else None)
        if here is not None:
            text = "".join(found.text or "" for found in content.iter(f"{W}t"))
            self.story.controls.append(Control(alias, tag, here, text))

    def _find_tags(self) -> None:
        """The tags in the order in which they are read; those in attributes stand where their element stands."""
        found: list[tuple[int, int, Tag]] = []
        stray: list[Paragraph] = []
        in_paragraphs: dict[Paragraph, list[tuple[int, str]]] = {}
        for index, piece in enumerate(self.pieces):
            assert piece.paragraph is not None
            if piece.kind in ("", "space"):
                in_paragraphs.setdefault(piece.paragraph, []).append((index, piece.text))
                continue
            found += [(index, start, tag) for start, tag in tags_in(piece.text, piece.paragraph, piece.kind)]
            rest = without_tags(piece.text)
            if has_loose_sign(rest) or ("@" not in piece.kind and "{" in rest):
                stray.append(piece.paragraph)
        for paragraph, pieces in in_paragraphs.items():
            paragraph.text = "".join(text for _, text in pieces)
            starts = _starts(pieces)
            for start, tag in tags_in(paragraph.text, paragraph):
                begins, index = next((begin, index) for begin, index in reversed(starts) if begin <= start)
                found.append((index, start - begins, tag))
        self.story.tags = [tag for _, _, tag in sorted(found, key=lambda entry: entry[:2])]
        self.story.stray = [*stray, *_with_loose_signs(in_paragraphs)]


def _starts(pieces: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """Where in the paragraph's text each piece begins, with the piece's index."""
    starts, position = [], 0
    for index, text in pieces:
        starts.append((position, index))
        position += len(text)
    return starts


def _with_loose_signs(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs with half a tag; the halves of one sign may stand in two paragraphs, one after the other."""
    rest = [(without_tags(paragraph.text), paragraph) for paragraph in paragraphs if paragraph.text]
    following = [text[:1] for text, _ in rest][1:]
    return [paragraph for (text, paragraph), first in zip(rest, [*following, ""], strict=False) if has_loose_sign(text + first)]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
