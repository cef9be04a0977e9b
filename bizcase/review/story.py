"""The text of a bid as changes are looked for in it: every paragraph with text in reading order, without what fields work out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bizcase.document.ooxml import OFFICE, W, child, main_part, parsed, targets, val
from bizcase.document.reader import BODY, read_word
from bizcase.document.reading import Paragraph, Reading, shortened
from bizcase.provenance import PassageAsBuilt, Span

_KEPT = ("HYPERLINK", "FORMTEXT", "FORMDROPDOWN", "FORMCHECKBOX")
"""Fields whose results people write; all others Word works out anew."""
_SPACES = (f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab")
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass(frozen=True, slots=True)
class Story:
    """The passages of a bid, body first, with the number of each one's paragraph for comments (-1 outside of the body), and its
    charts in order: where, and the numbers drawn."""

    passages: tuple[PassageAsBuilt, ...]
    anchors: tuple[int, ...]
    drawn: tuple[tuple[str, tuple[float, ...]], ...]


def read_story(parts: Mapping[str, bytes], name: str) -> Story:
    """The story of a Word file from its parts. Raises ValueError where a part is not well formed."""
    return story_of(read_word(parts, name), parts)


def story_of(reading: Reading, parts: Mapping[str, bytes]) -> Story:
    """The story of a Word file that has been read."""
    places = _Places()
    found = [(passage, paragraph.anchor) for paragraph in reading.paragraphs
             if not _is_contents(paragraph, reading) and (passage := _passage(paragraph, places)).text]
    margins = list(dict.fromkeys(passage for passage, _ in found if passage.margin))
    body = [(passage, anchor) for passage, anchor in found if not passage.margin]
    return Story((*(passage for passage, _ in body), *margins), (*(anchor for _, anchor in body), *(-1 for _ in margins)),
                 tuple(_charts(parts, reading)))


def _is_contents(paragraph: Paragraph, reading: Reading) -> bool:
    """Whether Word makes the paragraph: an entry of a list of contents. The heading of one is written by people."""
    if not paragraph.contents:
        return False
    return not any(name.startswith("toc heading") for name in reading.styles.style_names(paragraph.node))


class _Places:
    """Says where a paragraph stands, as a person finds it: under its heading, which paragraph or which cell of which table."""

    def __init__(self) -> None:
        self._under, self._paragraphs, self._tables = "before the first heading", 0, 0
        self._last_table = 0

    def of(self, paragraph: Paragraph, text: str) -> str:
        if paragraph.story != BODY:
            return paragraph.where
        if paragraph.level:
            self._under, self._paragraphs, self._tables = f"under “{shortened(text)}”", 0, 0
            return f"the heading “{shortened(text)}”"
        if not paragraph.table:
            self._paragraphs += 1
            return f"{self._under}, paragraph {self._paragraphs}"
        if paragraph.table != self._last_table:
            self._tables, self._last_table = self._tables + 1, paragraph.table
        return f"{self._under}, table {self._tables}, row {paragraph.row}, column {paragraph.column}"


def _passage(paragraph: Paragraph, places: _Places) -> PassageAsBuilt:
    text = _Text(paragraph.node)
    place = places.of(paragraph, text.line) if text.line else ""
    whole = next((control for control in paragraph.node.iterancestors(f"{W}sdt")), None)
    spans = tuple(text.spans)
    if whole is not None and text.line:
        spans = (Span(0, *_names(whole), text.line), *spans)
    return PassageAsBuilt(text.line, place, paragraph.level, paragraph.table, paragraph.row, paragraph.column,
                          paragraph.story != BODY, spans)


def _names(control: Any) -> tuple[str, str]:
    properties = child(control, "sdtPr")
    return val(properties, "tag"), val(properties, "alias")


class _Text:
    """The text of a paragraph on one line, and where in it each content control stands."""

    def __init__(self, paragraph: Any) -> None:
        self.spans: list[Span] = []
        self._pieces: list[str] = []
        self._length = 0
        self._fields: list[list[str]] = []
        self._read(paragraph)
        self.line = "".join(self._pieces).rstrip()

    def _read(self, node: Any) -> None:
        for inner in node:
            step = self._STEPS.get(inner.tag, _Text._read)
            if step is not None:
                step(self, inner)

    def _say(self, text: str) -> None:
        """Adds to the line, with one blank for all white space between two words and none at the beginning."""
        if self._fields and not all(map(_is_kept, self._fields)):
            return
        words = " ".join(text.split())
        before = " " if text[:1].isspace() and self._pieces and not self._pieces[-1].endswith(" ") else ""
        piece = f"{before}{words}{' ' if words and text[-1].isspace() else ''}"
        if piece:
            self._pieces.append(piece)
            self._length += len(piece)

    def _letters(self, node: Any) -> None:
        self._say(node.text or "")

    def _space(self, _: Any) -> None:
        self._say(" ")

    def _hyphen(self, _: Any) -> None:
        self._say("-")

    def _mark(self, node: Any) -> None:
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append([])
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruction(self, node: Any) -> None:
        if self._fields:
            self._fields[-1].append(node.text or "")

    def _simple(self, node: Any) -> None:
        self._fields.append([node.get(f"{W}instr") or ""])
        self._read(node)
        self._fields.pop()

    def _control(self, node: Any) -> None:
        start, first = self._length, len(self._pieces)
        content = child(node, "sdtContent")
        if content is not None:
            self._read(content)
        held = "".join(self._pieces[first:])
        if held.strip():
            self.spans.append(Span(start + len(held) - len(held.lstrip()), *_names(node), held.strip()))

    _STEPS: Any = {f"{W}t": _letters, f"{W}noBreakHyphen": _hyphen, f"{W}fldChar": _mark, f"{W}instrText": _instruction,
                   f"{W}fldSimple": _simple, f"{W}sdt": _control, **dict.fromkeys(_SPACES, _space),
                   **dict.fromkeys((f"{W}p", f"{W}txbxContent", f"{W}pPr", f"{W}rPr"))}


def _is_kept(field: list[str]) -> bool:
    return "".join(field).strip().upper().startswith(_KEPT)


def _charts(parts: Mapping[str, bytes], reading: Reading) -> Iterator[tuple[str, tuple[float, ...]]]:
    """The numbers of each chart of the body."""
    links = targets(parts, main_part(parts))
    for picture in reading.pictures:
        chart = next(picture.node.iter(f"{_CHART}chart"), None) if picture.kind == "chart" and picture.in_body else None
        part = links.get(chart.get(f"{{{OFFICE}}}id") or "", "") if chart is not None else ""
        if part in parts:
            yield picture.where, tuple(_numbers(parsed(parts[part])))


def _numbers(chart: Any) -> Iterator[float]:
    for values in chart.iter(f"{_CHART}val"):
        for point in values.iter(f"{_CHART}v"):
            try:
                yield float(f"{float(point.text or 0):.9g}")
            except ValueError:
                continue
