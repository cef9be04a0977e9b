"""The front of a bid, as a template holds it: cover or masthead, document control, contents."""

from __future__ import annotations

from collections.abc import Sequence

from bizcase.document import markup as m
from bizcase.document.blocks import BlockMaker, fact
from bizcase.document.outline import Entry
from bizcase.specification.layout import load_layout
from bizcase.specification.printed import NEVER
from bizcase.specification.shape import Shape

CONTROL = "document"
MASTHEAD = ("title", "organisation", "author")
_MADE = (("Specification", "bid.specification"), ("Guidance", "bid.guidance"), ("Prices", "bid.prices"),
         ("Made with", "bid.made_with"))


STRIP = m.when("picture.headline_strip", m.paragraph("", "CoverFact") + m.block_tag("picture.headline_strip")
               + m.line("{{ bid.marks }}", "Note"))


def cover(shape: Shape) -> str:
    """A page of its own: what it is, what it asks, who stands behind it; then the document control."""
    lines = (("document.organisation", "{0}"), ("document.author", "{0}"), ("document.date", "{0}"),
             ("document.version", "Version {0}"))
    facts = "".join(m.when(name, m.paragraph(_around(pattern, m.control(name, m.run(f"{{{{ {name} }}}}"))), "CoverFact"))
                    for name, pattern in lines)
    front = m.line("{{ bid.kind }}", "CoverKind") + _title("Title") + facts + _warnings() + STRIP
    return front + page_heading("Document control") + _control(shape)


def masthead() -> str:
    """The top of the first page of a short bid, which has no cover."""
    facts = "".join(m.when(name, m.paragraph(m.control(name, m.run(f"{{{{ {name} }}}}")), "CoverFact"))
                    for name in (f"{CONTROL}.{name}" for name in MASTHEAD[1:]))
    return m.line("{{ bid.kind }}", "MastheadKind") + _title("MastheadTitle") + facts + _warnings() + STRIP


def control_at_the_end(shape: Shape) -> str:
    """The document control of a short bid, without what its masthead has said."""
    return m.line("Document control", "ContentsHeading") + _control(shape, leave_out=MASTHEAD)


def contents(entries: Sequence[Entry]) -> str:
    """The table of contents, filled in with numbers, titles and pages; Word can work it out again."""
    depth = max((entry.level for entry in entries if entry.title), default=1)
    annexes = ' \\t "Annex Heading 1,1"' if any(entry.annex for entry in entries) else ""
    begin = ('{%r if loop.first %}', '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
             f' TOC \\o "1-{depth}" \\h \\z{annexes.replace(chr(34), "&quot;")} </w:instrText></w:r>'
             '<w:r><w:fldChar w:fldCharType="separate"/></w:r>')
    end = ('{%r if loop.last %}', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')

    def conditional(part: tuple[str, str]) -> str:
        return m.run(part[0]) + part[1] + m.run("{%r endif %}")

    page = m.field("PAGEREF {{ entry.bookmark }} \\h", "0")
    link = ('<w:hyperlink w:anchor="{{ entry.bookmark }}" w:history="1">' + m.run("{{ entry.number }}")
            + "<w:r><w:tab/></w:r>" + m.run("{{ entry.title }}") + "<w:r><w:tab/></w:r>" + page + "</w:hyperlink>")
    line = conditional(begin) + link + conditional(end)
    levels = "".join(m.when(f"entry.level == {level}", m.paragraph(line, f"TOC{level}")) for level in (1, 2))
    return page_heading("Contents") + m.for_each("entry", "contents", levels)


def page_heading(text: str) -> str:
    return m.paragraph('<w:r><w:br w:type="page"/></w:r>' + m.run(text), "ContentsHeading")


def _title(style: str) -> str:
    return (m.paragraph(m.control("document.title", m.run("{{ document.title }}")), style)
            + m.when("innovation.one_line", m.line("{{ innovation.one_line }}", "Subtitle")))


def _warnings() -> str:
    return (m.when("bid.draft", m.line("Draft: what is still missing is marked in each section.", "Gap"))
            + m.when("bid.warning", m.line("{{ bid.warning }}", "Gap")))


def _around(pattern: str, content: str) -> str:
    """Content with the words of a pattern before and after it."""
    before, after = pattern.split("{0}")
    return (m.run(before) if before else "") + content + (m.run(after) if after else "")


def _control(shape: Shape, leave_out: Sequence[str] = ()) -> str:
    """The document control table, with the facts of how the bid was made."""
    section = shape.section(CONTROL)
    rows = "".join(fact(f"{CONTROL}.{item.name}", item) for item in section.fields
                   if not item.fields and item.name not in leave_out)
    made = "".join(m.fact(label, m.line(f"{{{{ {value} }}}}", "TableText")) for label, value in _MADE)
    tables = [item.name for item in section.fields if item.is_rows and item.path != NEVER]
    approvers = "".join(BlockMaker(section, load_layout(), 2, False, m.TEXT_WIDTH).blocks(tables))
    return m.facts(rows + made, "Document control") + approvers
