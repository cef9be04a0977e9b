"""Writes a labelled bid as a Word file with the oddities it asks for: the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import count
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_UNDERLINE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from tests.review.labelled import Block, Change, LabelledBid, Rows

WHEN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
AUTHOR = "J. Harrow"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TRACKED = f'w:author="{AUTHOR}" w:date="2026-03-02T09:30:00Z"'
COMMENT_STYLES = {"annotation reference": "CommentReference", "annotation text": "CommentText"}
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"')


def docx_of(bid: LabelledBid) -> bytes:
    """The Word file of a bid."""
    return _Writer(bid).written()


class _Writer:
    """One document in the making. `last` is the paragraph that a footnote or comment belongs to."""

    def __init__(self, bid: LabelledBid) -> None:
        self.bid = bid
        self.document: Any = Document()
        self.ids = count(1)
        self.notes: list[str] = []
        self.last: Any = None
        self.writers: dict[str, Callable[[Block], None]] = {
            "heading": self.heading, "text": self.text, "bullets": self.bullets, "caption": self.caption, "table": self.table,
            "form": self.form, "box": self.box, "note": self.note, "control": self.control, "inserted": self.tracked,
            "deleted": self.tracked, "changed": self.tracked, "comment": self.comment, "hidden": self.hidden,
        }

    def written(self) -> bytes:
        properties = self.document.core_properties
        properties.title, properties.author, properties.created, properties.modified = self.bid.title, AUTHOR, WHEN, WHEN
        self.document.settings.element.find(qn("w:zoom")).set(qn("w:percent"), "100")
        self.title()
        for block in self.bid.blocks:
            self.writers[block.kind](block)
        if self.bid.header:
            self.document.sections[0].header.paragraphs[0].text = self.bid.header
        if self.notes:
            self.add_footnotes()
        buffer = io.BytesIO()
        self.document.save(buffer)
        return _undated(buffer.getvalue())

    def title(self) -> None:
        if self.bid.style in ("styles", "numbered"):
            self.last = self.document.add_paragraph(self.bid.title, "Title")
        else:
            self.last = self.document.add_paragraph()
            run = self.last.add_run(self.bid.title)
            run.bold, run.font.size = True, Pt(16)

    def heading(self, block: Block) -> None:
        style, text = self.bid.style, block.texts[0]
        if style in ("styles", "numbered"):
            self.last = self.document.add_paragraph(text, f"Heading {block.level}")
            return
        self.last = self.document.add_paragraph(style="List Number" if style == "list numbers" else None)
        run = self.last.add_run(text)
        run.bold = style not in ("caps", "underlined", "big letters")
        if style == "underlined":
            run.underline = WD_UNDERLINE.SINGLE
        if style == "big letters":
            run.font.size, run.font.color.rgb = Pt(18 - 2 * block.level), RGBColor(0x00, 0x5E, 0xB8)

    def text(self, block: Block) -> None:
        self.last = self.document.add_paragraph()
        if block.lead:
            self.last.add_run(f"{block.lead} ").bold = True
        for run in _split(block.texts[0]):
            self.last.add_run(run)

    def bullets(self, block: Block) -> None:
        for text in block.texts:
            if self.bid.bullets == "typed":
                self.last = self.document.add_paragraph(f"- {text}")
            else:
                self.last = self.document.add_paragraph(text, "List Bullet")

    def caption(self, block: Block) -> None:
        self.last = self.document.add_paragraph(block.texts[0], "Caption")

    def table(self, block: Block) -> None:
        self.fill(self.document, block.rows)
        self.document.add_paragraph()

    def fill(self, holder: Any, rows: Rows) -> None:
        """A grid in the document or in a cell; a row of one cell spans it."""
        width = max(map(len, rows))
        table = holder.add_table(len(rows), width)
        table.style = self.document.styles["Table Grid"]
        for cells, row in zip((table.rows[n].cells for n in range(len(rows))), rows, strict=True):
            first = cells[0].merge(cells[width - 1]) if len(row) == 1 < width else cells[0]
            for cell, text in zip((first, *cells[1:]), row, strict=False):
                cell.paragraphs[0].text = text

    def form(self, block: Block) -> None:
        table = self.document.add_table(len(block.answers), 2)
        table.style = self.document.styles["Table Grid"]
        for row, answer in zip(table.rows, block.answers, strict=True):
            row.cells[0].paragraphs[0].add_run(answer.question).bold = True
            self.answer(row.cells[1], answer.parts)
        self.document.add_paragraph()

    def answer(self, cell: Any, parts: Iterable[str | Rows]) -> None:
        for number, part in enumerate(parts):
            if not isinstance(part, str):
                self.fill(cell, part)
                cell.add_paragraph()
            elif number:
                cell.add_paragraph(part)
            else:
                cell.paragraphs[0].text = part

    def box(self, block: Block) -> None:
        """A text box as Word writes one: a shape, and the same words again for older programs."""
        inside = f"<w:txbxContent><w:p><w:r><w:t>{escape(block.texts[0])}</w:t></w:r></w:p></w:txbxContent>"
        number = next(self.ids)
        self.last = self.document.add_paragraph()
        self.last._p.append(parse_xml(
            f'<w:r {SPACES}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            '<wp:anchor distT="45720" distB="45720" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264" '
            'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
            '<wp:extent cx="5400000" cy="1400000"/><wp:wrapTopAndBottom/>'
            f'<wp:docPr id="{number}" name="Text Box {number}"/><wp:cNvGraphicFramePr/><a:graphic>'
            '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
            '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="1400000"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
            f'</a:ln></wps:spPr><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>'
            f'</w:drawing></mc:Choice><mc:Fallback><w:pict><v:rect id="Box{number}" style="width:425pt;height:110pt">'
            f'<v:textbox>{inside}</v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r>'))

    def note(self, block: Block) -> None:
        self.notes.append(block.texts[0])
        self.last._p.append(parse_xml(f'<w:r xmlns:w="{W}"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                                      f'<w:footnoteReference w:id="{len(self.notes)}"/></w:r>'))

    def add_footnotes(self) -> None:
        footnotes = [_footnote(-1, ' w:type="separator"', "<w:separator/>"),
                     _footnote(0, ' w:type="continuationSeparator"', "<w:continuationSeparator/>"),
                     *(_footnote(number, "", f'<w:footnoteRef/><w:t xml:space="preserve"> {escape(text)}</w:t>')
                       for number, text in enumerate(self.notes, 1))]
        xml = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{W}">{"".join(footnotes)}'
               "</w:footnotes>")
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), self.document.part.package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def control(self, block: Block) -> None:
        text, number = escape(block.texts[0]), next(self.ids)
        empty = "<w:showingPlcHdr/>" if block.texts[0].startswith("Click or tap") else ""
        self.place(f'<w:sdt xmlns:w="{W}"><w:sdtPr><w:alias w:val="{escape(block.title)}"/><w:tag w:val="field{number}"/>'
                   f'<w:id w:val="{number}"/>{empty}</w:sdtPr><w:sdtContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
                   "</w:sdtContent></w:sdt>")

    def tracked(self, block: Block) -> None:
        changes = block.changes or (Change(block.kind, block.texts[0]),)
        mark = "" if block.changes else (f'<w:pPr><w:rPr><w:{"ins" if block.kind == "inserted" else "del"} '
                                         f'w:id="{next(self.ids)}" {TRACKED}/></w:rPr></w:pPr>')
        self.place(f'<w:p xmlns:w="{W}">{mark}{"".join(map(self.change, changes))}</w:p>')

    def change(self, change: Change) -> str:
        text = escape(change.text)
        if change.what == "keep":
            return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
        tag, holds = ("ins", "t") if change.what == "inserted" else ("del", "delText")
        return (f'<w:{tag} w:id="{next(self.ids)}" {TRACKED}><w:r><w:{holds} xml:space="preserve">{text}</w:{holds}></w:r>'
                f"</w:{tag}>")

    def comment(self, block: Block) -> None:
        """A comment, with the two styles that Word gives it and python-docx takes for granted."""
        styles = self.document.styles
        for name, kind in (("annotation reference", WD_STYLE_TYPE.CHARACTER), ("annotation text", WD_STYLE_TYPE.PARAGRAPH)):
            if name not in styles:
                styles.add_style(name, kind).element.set(qn("w:styleId"), COMMENT_STYLES[name])
        comment = self.document.add_comment(self.last.runs, block.texts[0], AUTHOR, "JH")
        comment._comment_elm.set(qn("w:date"), "2026-03-02T09:30:00Z")

    def hidden(self, block: Block) -> None:
        self.last = self.document.add_paragraph()
        self.last.add_run(block.texts[0]).font.hidden = True

    def place(self, xml: str) -> None:
        """Raw XML as the next block of the body, before its section properties."""
        self.document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _footnote(number: int, kind: str, run: str) -> str:
    return f'<w:footnote{kind} w:id="{number}"><w:p><w:r>{run}</w:r></w:p></w:footnote>'


def _split(text: str) -> Iterable[str]:
    """The text in several runs, as Word leaves it after editing: breaks fall inside words too."""
    third = len(text) // 3
    return filter(None, (text[:third], text[third:2 * third + 1], text[2 * third + 1:]))


def _undated(content: bytes) -> bytes:
    """The same package with fixed dates in its directory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
