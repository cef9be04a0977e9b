"""Makes the Word template of a profile: every section of the profile, every field of the shape, in the house style.

The result is an ordinary .docx with docxtpl tags, which a hub can open and restyle in Word. The shipped templates are
made here (`make templates`), so the shape stays their one source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bizcase.archive import packed
from bizcase.document import markup as m
from bizcase.document.generated import GENERATED, GeneratedTable
from bizcase.document.package_parts import package_parts
from bizcase.document.stylesheet import House
from bizcase.document.view import column_key
from bizcase.specification.profile import Profile
from bizcase.specification.shape import Field, Section, Shape

INTRODUCTIONS = ("overview", "summary", "proposition", "vision", "requirement")
_NUMERIC = {"number", "integer"}
_WIDTH = {"text": 3.4, "string": 2.6, "list": 2.4, "money": 2.2, "date": 1.8, "boolean": 1.0, "integer": 1.0, "number": 1.0,
          "quantity": 2.0, "year": 1.0, "identifier": 2.2, "dict": 2.2}


def make_template(profile: Profile, shape: Shape, house: House) -> bytes:
    """The template's bytes; the same input gives the same bytes."""
    control = shape.section("document")
    if profile.short:
        front, back = _masthead(), m.line("Document control", "ContentsHeading") + _control(control)
    else:
        front, back = _cover() + _page_heading("Document control") + _control(control) + _contents(profile), ""
    body = front + "".join(_Maker(profile, shape).sections()) + back
    return packed(package_parts(body, house))


def _cover() -> str:
    """A page of its own: what it is, what it asks, who stands behind it."""
    lines = (("document.organisation", "{0}"), ("document.author", "{0}"), ("document.date", "{0}"),
             ("document.version", "Version {0}"))
    facts = "".join(m.when(name, m.paragraph(_around(pattern, m.control(name, m.run(f"{{{{ {name} }}}}"))), "CoverFact"))
                    for name, pattern in lines)
    return (m.line("{{ bid.kind }}", "CoverKind") + _title("Title") + _ask() + facts + _warnings())


def _masthead() -> str:
    """The top of the first page of a short bid, which has no cover."""
    facts = "".join(m.when(name, m.paragraph(m.control(name, m.run(f"{{{{ {name} }}}}")), "CoverFact"))
                    for name in ("document.organisation", "document.author"))
    return m.line("{{ bid.kind }}", "MastheadKind") + _title("MastheadTitle") + _ask() + facts + _warnings()


def _title(style: str) -> str:
    return (m.paragraph(m.control("document.title", m.run("{{ document.title }}")), style)
            + m.when("innovation.one_line", m.line("{{ innovation.one_line }}", "Subtitle")))


def _ask() -> str:
    return m.when("summary.ask", m.paragraph(m.run("Amount asked for: ") + m.marked("summary.ask"), "CoverAsk"))


def _warnings() -> str:
    return (m.when("bid.draft", m.line("Draft: what is still missing is marked in each section.", "Gap"))
            + m.when("bid.warning", m.line("{{ bid.warning }}", "Gap")))


def _page_heading(text: str) -> str:
    return m.paragraph('<w:r><w:br w:type="page"/></w:r>' + m.run(text), "ContentsHeading")


def _around(pattern: str, content: str) -> str:
    """Content with the words of a pattern before and after it."""
    before, after = pattern.split("{0}")
    return (m.run(before) if before else "") + content + (m.run(after) if after else "")


def _control(section: Section) -> str:
    """The document control table, with the facts of how the bid was made."""
    rows = "".join(_fact("document", item) for item in section.fields if not item.fields)
    made = "".join(m.fact(label, m.line(f"{{{{ {value} }}}}", "TableText"))
                   for label, value in (("Specification", "bid.specification"), ("Guidance", "bid.guidance"),
                                        ("Prices", "bid.prices"), ("Made with", "bid.made_with")))
    approvers = "".join(_rows_table("document", section, item) for item in section.fields if item.is_rows)
    return m.facts(rows + made, "Document control") + approvers


def _fact(path: str, item: Field) -> str:
    """A row of label and value, left out where there is no value."""
    name = f"{path}.{item.name}"
    content = m.items(name) if item.type == "list" else m.printed(name)
    return m.row_when(name, m.fact(item.label, m.paragraph(content, "TableText")), m.FACT_WIDTHS)


def _contents(profile: Profile) -> str:
    """The table of contents, filled in; Word can work it out again. Parts and sections are listed, fields are not."""
    depth = 2 if any(part.title for part in profile.parts) else 1
    begin = ('{%r if loop.first %}', '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
             f' TOC \\o "1-{depth}" \\h \\z </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>')
    end = ('{%r if loop.last %}', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')

    def conditional(part: tuple[str, str]) -> str:
        return m.run(part[0]) + part[1] + m.run("{%r endif %}")

    link = ('<w:hyperlink w:anchor="{{ entry.bookmark }}" w:history="1">' + m.run("{{ entry.number }}")
            + "<w:r><w:tab/></w:r>" + m.run("{{ entry.title }}") + "</w:hyperlink>")
    entry = conditional(begin) + link + conditional(end)
    levels = "".join(m.when(f"entry.level == {level}", m.paragraph(entry, f"TOC{level}")) for level in (1, 2))
    return _page_heading("Contents") + m.for_each("entry", "contents", levels)


@dataclass
class _Maker:
    profile: Profile
    shape: Shape
    _bookmarks: int = field(default=0)

    def sections(self) -> Iterator[str]:
        first = not self.profile.short
        for part in self.profile.parts:
            if part.title:
                names = " or ".join(f"show.{name}" for name in part.sections)
                yield m.when(names, self._heading(part.title, 1, bookmark_of(f"part {part.title}"), first))
                first = False
            for name in part.sections:
                level = 2 if part.title else 1
                yield m.when(f"show.{name}", self._section(self.shape.section(name), level, first))
                first = False

    def _heading(self, title: str, level: int, bookmark: str, new_page: bool) -> str:
        self._bookmarks += 1
        text = m.heading(title, level, bookmark, self._bookmarks)
        return text.replace("</w:pPr>", "<w:pageBreakBefore/></w:pPr>", 1) if new_page else text

    def _section(self, section: Section, level: int, new_page: bool) -> str:
        gaps = m.for_each("gap", f"gaps.{section.name}", m.line("{{ gap }}", "Gap"))
        tables = "".join(_generated_table(table) for table in GENERATED.get(section.name, ()))
        return (self._heading(section.title, level, bookmark_of(section.name), new_page) + gaps
                + "".join(_fields(section.name, section, section.fields, level + 1)) + tables)


def bookmark_of(name: str) -> str:
    """The bookmark of a heading: of a section by its name, of a part by "part" and its title."""
    return "_Toc_" + re.sub(r"[^a-z0-9]+", "_", name.lower())[:30]


def _fields(path: str, section: Section, fields: tuple[Field, ...], level: int) -> Iterator[str]:
    """The fields in order; neighbours that are short share one table of facts."""
    for short, group in groupby(fields, key=_is_short):
        items = list(group)
        if short:
            yield _facts(path, section.title, items)
        else:
            yield from (_field(path, section, item, level) for item in items)


def _is_short(item: Field) -> bool:
    return not item.fields and (item.brief or not item.is_narrative)


def _facts(path: str, title: str, items: Sequence[Field]) -> str:
    anything = " or ".join(f"{path}.{item.name}" for item in items)
    return m.when(anything, m.facts("".join(_fact(path, item) for item in items), title))


def _field(path: str, section: Section, item: Field, level: int) -> str:
    name = f"{path}.{item.name}"
    if item.is_rows:
        return _cards(name, item, level) if item.cards else _rows_table(path, section, item)
    if item.is_group:
        return m.when(f"{name}.filled", m.heading(item.label, level) + _facts(name, item.label, item.fields))
    head = "" if item.name in INTRODUCTIONS else m.heading(item.label, level)
    return m.when(name, head + m.narrative(name))


def _rows_table(path: str, section: Section, item: Field) -> str:
    """Rows as one table, a column for each heading of the shape."""
    name = f"{path}.{item.name}"
    widths = m.shared_widths([_weight(fields) for fields in item.columns.values()])
    header = "".join(m.header_cell(label, width, _is_numeric(fields))
                     for (label, fields), width in zip(item.columns.items(), widths, strict=True))
    cells = "".join(m.cell(_cell(f"row.cells.{column_key(label)}", "TableNumber" if _is_numeric(fields) else "TableText"), width)
                    for (label, fields), width in zip(item.columns.items(), widths, strict=True))
    rows = m.each_row("row", name, m.table_row(cells), widths)
    return m.when(name, m.caption(item.label) + m.table(widths, header, rows, f"{section.title}: {item.label}"))


def _cell(name: str, style: str) -> str:
    """The paragraphs of a cell; a dash where there are none, so that nobody wonders whether something was lost."""
    return (m.when(f"{name}.lead", m.paragraph(m.parts(f"{name}.lead"), "TableLead"))
            + m.for_each("block", f"{name}.blocks", m.paragraph(m.parts("block"), style))
            + m.when(f"{name}.empty", m.line("–", style)))


def _cards(name: str, item: Field, level: int) -> str:
    """Rows with too much in them for the columns of a table: each has a heading and a table of facts of its own."""
    first = column_key(next(iter(item.columns)))
    title = m.paragraph(m.parts(f"row.cells.{first}.lead"), f"Heading{level + 1}")
    rows = "".join(_card_row(label) for label in item.columns)
    card = title + m.facts(rows, item.row.capitalize())
    return m.when(name, m.heading(item.label, level) + m.for_each("row", name, card))


def _card_row(label: str) -> str:
    name = f"row.cells.{column_key(label)}"
    content = m.for_each("block", f"{name}.blocks", m.paragraph(m.parts("block"), "TableText"))
    return m.row_when(f"{name}.blocks", m.fact(label, content), m.FACT_WIDTHS)


def _is_numeric(fields: Sequence[Field]) -> bool:
    return all(item.type in _NUMERIC for item in fields)


def _weight(fields: Sequence[Field]) -> float:
    """How wide a column wants to be: as its widest field, and a little more for each that shares it."""
    widths = sorted(map(_wanted_width, fields), reverse=True)
    return min(max(widths[0], 1.2) + 0.15 * sum(widths[1:]), 5.5)


def _wanted_width(item: Field) -> float:
    """By what it holds; a choice is as wide as its longest word, which cannot be broken, or a code as the words behind it."""
    if item.choices:
        return _WIDTH["text"]
    words = [word for choice in item.allowed for word in choice.split()]
    return max(1.2, 0.14 * max(map(len, words))) if words else _WIDTH[item.type]


def _generated_table(table: GeneratedTable) -> str:
    widths = m.shared_widths(table.weights)
    header = "".join(m.header_cell(label, width, numeric=position > 0)
                     for position, ((_, label), width) in enumerate(zip(table.columns, widths, strict=True)))
    first = m.cell(m.line("{{ row.label }}", "TableText"), widths[0])
    cells = first + "".join(m.cell(m.paragraph(m.marked(f"row.{key}"), "TableNumber"), width)
                            for (key, _), width in zip(table.columns[1:], widths[1:], strict=True))
    rows = m.each_row("row", f"appraised.{table.name}", m.table_row(cells), widths)
    note = m.paragraph(m.run(f"{table.note} ") + m.run("{{ bid.marks }}"), "Note")
    return m.when(f"appraised.{table.name}", m.caption(table.caption) + m.table(widths, header, rows, table.caption) + note)
