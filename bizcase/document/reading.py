"""A Word file as its reader meets it: paragraphs, tables and pictures in order, each with words for where it stands.

Everything on the page is seen, also inside content controls and text boxes; what was deleted with changes tracked, and the
copies kept for old versions of Word, are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bizcase.document.look import Styles, cells_of, rows_of
from bizcase.document.ooxml import CORE, OFFICE, W, main_part, parsed, related
from bizcase.errors import Finding, Place, Severity

COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VML = "{urn:schemas-microsoft-com:vml}"
_NOT_ON_THE_PAGE = (f"{COMPATIBILITY}Fallback", *(W + name for name in (
    "del", "moveFrom", "pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
    "tblPrExChange", "numberingChange")))
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, the level of heading that it is (0 for none), its text, and where it stands."""

    node: Any
    level: int
    text: str
    where: str
    in_body: bool

    @property
    def in_table(self) -> bool:
        return any(True for _ in self.node.iterancestors(f"{W}tc"))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the cells of its rows, its number in the file, and where it stands: `under “Risks”`."""

    node: Any
    rows: tuple[tuple[Any, tuple[Any, ...]], ...]
    number: int
    where: str

    @property
    def name(self) -> str:
        """Words by which a person finds it."""
        start = next((text for _, cells in self.rows for cell in cells if (text := text_in(cell))), "")
        return f"the table that begins “{shortened(start)}”, {self.where}," if start else f"a table without text, {self.where},"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, chart or shape: what it is, its element and that which holds its alternative text, and where it stands."""

    kind: str
    node: Any
    properties: Any
    where: str
    in_body: bool

    @property
    def text(self) -> str:
        return text_in(self.node)


@dataclass(frozen=True, slots=True)
class Reading:
    """All of a Word file that the rules look at."""

    name: str
    title: str
    language: str
    styles: Styles
    roots: tuple[Any, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    pictures: tuple[Picture, ...]

    def finding(self, code: str, severity: Severity, path: str, message: str, hint: str) -> Finding:
        return Finding(Place(self.name, path=path), code, severity, message, hint)


def read_word(parts: Mapping[str, bytes], name: str) -> Reading:
    """The Word file of these parts. Raises ValueError where a part is not well formed."""
    main = main_part(parts)
    styles = Styles(_root(parts, main, "styles"))
    settings = _root(parts, main, "settings")
    theme_language = settings.find(f"{W}themeFontLang") if settings is not None else None
    language = styles.language() or (theme_language.get(f"{W}val", "") if theme_language is not None else "")
    walk = _Walk(styles)
    roots = []
    for part, where in ((main, ""), *((part, words) for kind, words in _ELSEWHERE.items()
                                      for part in related(parts, main, f"{OFFICE}/{kind}"))):
        roots.append(_pruned(parsed(parts[part])))
        walk.through(roots[-1], where)
    return Reading(name, _title(parts), language, styles, tuple(roots), tuple(walk.paragraphs), tuple(walk.tables),
                   tuple(walk.pictures))


_ELSEWHERE = {"header": "in a header", "footer": "in a footer", "footnotes": "in a footnote", "endnotes": "in an endnote"}


class _Walk:
    """Collects what stands in a part, and keeps in mind under which heading it is."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []
        self.pictures: list[Picture] = []

    def through(self, root: Any, elsewhere: str) -> None:
        where = elsewhere or "before the first heading"
        for node in root.iter(f"{W}p", f"{W}tbl", f"{DRAWING}inline", f"{DRAWING}anchor", f"{W}pict", f"{W}object"):
            if node.tag == f"{W}p":
                text = own_text(node)
                level = 0 if elsewhere else self.styles.heading_level(node)
                where = f"under “{shortened(text)}”" if level and text else where
                self.paragraphs.append(Paragraph(node, level, text, where, not elsewhere))
            elif node.tag == f"{W}tbl":
                rows = tuple((row, tuple(cells_of(row))) for row in rows_of(node))
                self.tables.append(Table(node, rows, len(self.tables) + 1, where))
            else:
                self.pictures.extend(_pictures(node, where, not elsewhere))


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


def own_text(paragraph: Any) -> str:
    """The text of a paragraph, without that of paragraphs in its text boxes, on one line."""
    return " ".join("".join(_text(node) for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}sym")
                            if paragraph_of(node) is paragraph).split())


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


def _pruned(root: Any) -> Any:
    for dead in list(root.iter(*_NOT_ON_THE_PAGE)):
        if dead.getparent() is not None:
            dead.getparent().remove(dead)
    return root


def _root(parts: Mapping[str, bytes], main: str, kind: str) -> Any:
    name = next(iter(related(parts, main, f"{OFFICE}/{kind}")), "")
    return parsed(parts[name]) if name else None


def _title(parts: Mapping[str, bytes]) -> str:
    core = next(iter(related(parts, "", CORE)), "")
    found = parsed(parts[core]).find("{http://purl.org/dc/elements/1.1/}title") if core else None
    return " ".join((found.text or "").split()) if found is not None else ""
