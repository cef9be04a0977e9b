"""A Word template made ready once, to be rendered many times. The only module that knows docxtpl and lxml.

docxtpl defines the language of a template: its own functions prepare the XML, and do afterwards what it does after
rendering. What it would do again for every bid (reading the file, preparing it, compiling it) is done once a template.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree

from bizcase.document.finishing import W, last_paragraph, text_of
from bizcase.document.restored import restore, restore_lists
from bizcase.document.sandbox import Sandbox

FIXED_TIME = datetime(2026, 1, 1, tzinfo=UTC)
TITLE, AUTHOR, SUBJECT = "\ue001", "\ue002", "\ue003"
"""Signs that stand in the kept core properties where those of a bid go."""
_TEMPLATES_KEPT = 8
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_DOCXTPL = DocxTemplate(io.BytesIO())
_TAG, _BREAK = re.compile(r"\{[{%#]"), re.compile("[\t\n\a\f]")
_UNESCAPED = (("\n<w:p>", "<w:p>"), ("\n<w:p ", "<w:p "), ("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
"""What docxtpl replaces in rendered XML: the line it began for each paragraph, and its way of writing a brace."""


class NotATemplate(Exception):
    """The bytes are not a Word document."""


class NotWhole(Exception):
    """What was rendered is not well formed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part that is rendered: its compiled source, and what stands before and after that."""

    name: str
    before: str
    source: Any
    after: str

    def rendered(self, context: Mapping[str, Any]) -> Any:
        """The part's root element. Raises NotWhole, or one of TemplateProblem."""
        xml = self.source.render(context)
        for found, meant in _UNESCAPED:
            xml = xml.replace(found, meant)
        root = parsed(f"{self.before}{_with_breaks(xml)}{self.after}".encode(errors="surrogatepass"))
        _fit_grids(root)
        return root


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template's pieces, the body first; every part as it stands in the package; which of them holds the core
    properties; and the words that end the body."""

    pieces: tuple[Piece, ...]
    parts: Mapping[str, bytes]
    core: str
    end: str


@lru_cache(_TEMPLATES_KEPT)
def compiled(template: bytes) -> Compiled:
    """Raises NotATemplate, NotWhole, or one of TemplateProblem where a tag is wrong."""
    document = _opened(template)
    for part in _of_type(document, f"{_WORD}.numbering+xml"):
        restore_lists(part.element)
    parts, root = _parts(document.docx), parsed(etree.tostring(document.docx.element))
    room = Sandbox()
    return Compiled(tuple(Piece(name, before, room.from_string(re.sub(r"<w:p([ >])", r"\n<w:p\1", source)), after)
                          for name, before, source, after in _sources(document, root)),
                    parts, _of_type(document, _CORE)[0].partname.lstrip("/"), text_of(last_paragraph(root)))


def _of_type(document: Any, content_type: str) -> list[Any]:
    return [part for part in document.docx.part.package.iter_parts() if part.content_type == content_type]


def parsed(xml: bytes) -> Any:
    """The root element of XML that is well formed as it stands; nothing is repaired, nothing outside is read."""
    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise NotWhole(problem) from None


def written(root: Any) -> bytes:
    """A part's bytes."""
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))


def _opened(template: bytes) -> Any:
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.init_docx()
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        raise NotATemplate from None
    root = document.docx.element
    if root.body is None or root.nsmap.get("w") != W[1:-1]:
        raise NotATemplate
    return document


def _parts(document: Any) -> dict[str, bytes]:
    """The package as python-docx saves it, with signs where the core properties of a bid go."""
    core = document.core_properties
    core.title, core.author, core.subject, core.language = TITLE, AUTHOR, SUBJECT, "en-GB"
    core.created = core.modified = FIXED_TIME
    core.last_modified_by, core.revision = AUTHOR, 1
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _sources(document: Any, root: Any) -> Iterator[tuple[str, str, str, str]]:
    """Each part to render, prepared by docxtpl: of the main part its body; of the others those that hold a tag."""
    restore(root)
    xml = _DOCXTPL.xml_to_string(root)
    start, end = xml.index("<w:body"), xml.rindex("</w:body>") + len("</w:body>")
    yield document.docx.part.partname.lstrip("/"), xml[:start], _DOCXTPL.patch_xml(xml[start:end]), xml[end:]
    edges = {part.partname: parsed(document.get_part_xml(part).encode())
             for uri in (document.HEADER_URI, document.FOOTER_URI) for _, part in document.get_headers_footers(uri)}
    notes = {part.partname: parsed(part.blob) for part in _of_type(document, f"{_WORD}.footnotes+xml")}
    for name, element in {**edges, **notes}.items():
        restore(element)
        source = _DOCXTPL.patch_xml(_DOCXTPL.xml_to_string(element))
        if _TAG.search(source) or _BREAK.search(source):
            yield name.lstrip("/"), "", source, ""


def _with_breaks(xml: str) -> str:
    """Line breaks and tabs of values as Word's own, by docxtpl's rule, which is applied where there are any."""
    if not _BREAK.search(xml):
        return xml
    *paragraphs, rest = xml.split("</w:p>")
    return "</w:p>".join([*(_DOCXTPL.resolve_listing(f"{text}</w:p>").removesuffix("</w:p>") if _BREAK.search(text) else text
                            for text in paragraphs), rest])


def _fit_grids(root: Any) -> None:
    """Gives a table as many columns as its longest row has, by docxtpl's rule, which is applied where they differ."""
    for table in list(root.iter(f"{W}tbl")):
        grid = table.find(f"{W}tblGrid")
        if grid is not None and not _fits(table, grid):
            alone = etree.tostring(table, encoding="unicode", with_tail=False)
            table.replace(grid, _DOCXTPL.fix_tables(alone).find(f"{W}tblGrid"))


def _fits(table: Any, grid: Any) -> bool:
    columns = list(grid.iterchildren(f"{W}gridCol"))
    rows = [list(row.iterchildren(f"{W}tc")) for row in table.iter(f"{W}tr")]
    longest = max(map(len, rows), default=0)
    if any(column.get(f"{W}w") is None for column in columns) or longest == len(columns):
        return True
    return longest < len(columns) <= max((sum(map(_columns_of, cells)) for cells in rows), default=0)


def _columns_of(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(f"{W}val"))
