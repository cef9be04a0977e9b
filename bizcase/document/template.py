"""Makes the Word template of a profile: every section of the profile, every field of the shape, in the house style.

The result is an ordinary .docx with docxtpl tags, which a hub can open and restyle in Word. The shipped templates are
made here (`make templates`), so the shape stays their one source.
"""

from __future__ import annotations

from collections.abc import Iterator
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
_NUMERIC = {"number", "integer", "quantity"}
_WIDTH = {"text": 3.4, "string": 2.6, "list": 2.4, "money": 2.2, "date": 1.3, "boolean": 1.0, "integer": 1.0, "number": 1.0,
          "quantity": 1.3, "year": 1.0, "identifier": 1.6, "dict": 2.2}


def make_template(profile: Profile, shape: Shape, house: House) -> bytes:
    """The template's bytes; the same input gives the same bytes."""
    maker = _Maker(profile, shape)
    body = "".join((_cover(), _control(shape.section("document")), _contents(), *maker.sections()))
    return packed(package_parts(body, house))


def _cover() -> str:
    facts = "".join(m.when(name, m.paragraph(m.control(name, m.run(f"{{{{ {name} }}}}")), "CoverFact"))
                    for name in ("document.organisation", "document.author", "document.date"))
    return (m.paragraph(m.control("document.title", m.run("{{ document.title }}")), "Title")
            + m.line("{{ bid.kind }}", "Subtitle") + facts
            + m.when("bid.draft", m.line("Draft: what is still missing is marked in each section.", "Gap"))
            + m.when("bid.warning", m.line("{{ bid.warning }}", "Gap")))


def _control(section: Section) -> str:
    """The document control table, on a page of its own with the facts of how the bid was made."""
    rows = "".join(_fact_row("document", item) for item in section.fields if not item.fields)
    made = "".join(m.table_row(m.cell(m.line(label, "TableText"), 3000) + m.cell(m.line(f"{{{{ {value} }}}}", "TableText"), 6638))
                   for label, value in (("Specification", "bid.specification"), ("Guidance", "bid.guidance"),
                                        ("Prices", "bid.prices"), ("Made with", "bid.made_with")))
    heading = m.paragraph('<w:r><w:br w:type="page"/></w:r>' + m.run("Document control"), "ContentsHeading")
    approvers = "".join(_rows_table("document", section, item) for item in section.fields if item.is_rows)
    return heading + m.table((3000, 6638), (), rows + made, "Document control", "FactTable") + approvers


def _fact_row(path: str, item: Field) -> str:
    """A row of label and value, left out where there is no value."""
    name = f"{path}.{item.name}"
    cells = (m.cell(m.line(item.label, "TableText"), 3000)
             + m.cell(m.paragraph(m.printed(name), "TableText"), 6638))
    return (m.row_tag(f"if {name}", 2, (3000, 6638)) + m.table_row(cells) + m.row_tag("endif", 2, (3000, 6638)))


def _contents() -> str:
    """The table of contents, filled in; Word can work it out again."""
    begin = ('{%r if loop.first %}', '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
             ' TOC \\o "1-2" \\h \\z \\n </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>')
    end = ('{%r if loop.last %}', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')

    def conditional(part: tuple[str, str]) -> str:
        return m.run(part[0]) + part[1] + m.run("{%r endif %}")

    link = ('<w:hyperlink w:anchor="{{ entry.bookmark }}" w:history="1">' + m.run("{{ entry.number }}")
            + "<w:r><w:tab/></w:r>" + m.run("{{ entry.title }}") + "</w:hyperlink>")
    entry = m.paragraph(conditional(begin) + link + conditional(end), "TOC{{ entry.level }}")
    heading = m.paragraph('<w:r><w:br w:type="page"/></w:r>' + m.run("Contents"), "ContentsHeading")
    return heading + m.for_each("entry", "contents", entry)


@dataclass
class _Maker:
    profile: Profile
    shape: Shape
    _bookmarks: int = field(default=0)

    def sections(self) -> Iterator[str]:
        first = True
        for part in self.profile.parts:
            if part.title:
                names = " or ".join(f"show.{name}" for name in part.sections)
                yield m.when(names, self._heading(part.title, 1, bookmark_of(part.title), first))
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
    """The bookmark of a section's heading."""
    return "_Toc_" + name.lower().replace(" ", "_")


def _fields(path: str, section: Section, fields: tuple[Field, ...], level: int) -> Iterator[str]:
    """The fields in order; neighbours that are short share one table of facts."""
    for short, group in groupby(fields, key=_is_short):
        items = list(group)
        if short:
            yield _facts(path, section, items)
        else:
            yield from (_field(path, section, item, level) for item in items)


def _is_short(item: Field) -> bool:
    return not (item.is_narrative or item.fields or item.type in ("list", "money"))


def _facts(path: str, section: Section, items: list[Field]) -> str:
    rows = "".join(_fact_row(path, item) for item in items)
    anything = " or ".join(f"{path}.{item.name}" for item in items)
    return m.when(anything, m.table((3000, 6638), (), rows, f"{section.title}: facts", "FactTable"))


def _field(path: str, section: Section, item: Field, level: int) -> str:
    name = f"{path}.{item.name}"
    if item.is_rows:
        return _rows_table(path, section, item)
    if item.is_group:
        inner = "".join(_fields(name, section, item.fields, min(level + 1, 3)))
        return m.when(f"{name}.filled", m.heading(item.label, min(level, 3)) + inner)
    if item.is_narrative:
        head = "" if item.name in INTRODUCTIONS else m.heading(item.label, min(level, 3))
        return m.when(name, head + m.narrative(name))
    if item.type == "money":
        return m.when(name, m.heading(item.label, 3) + m.paragraph(m.printed(name), "BodyText"))
    bullets = m.for_each("item", name, m.paragraph(m.printed("item"), "ListBullet"))
    return m.when(name, m.heading(item.label, 3) + bullets)


def _rows_table(path: str, section: Section, item: Field) -> str:
    name = f"{path}.{item.name}"
    columns = item.columns
    widths = m.shared_widths([_weight(fields, len(columns)) for fields in columns.values()])
    cells = "".join(m.cell(_cell_lines(column_key(label), fields), width)
                    for (label, fields), width in zip(columns.items(), widths, strict=True))
    rows = (m.row_tag(f"for row in {name}", len(widths), widths) + m.table_row(cells)
            + m.row_tag("endfor", len(widths), widths))
    return m.when(name, m.caption(item.label) + m.table(widths, columns, rows, f"{section.title}: {item.label}"))


def _cell_lines(key: str, fields: list[Field]) -> str:
    style = "TableNumber" if all(item.type in _NUMERIC for item in fields) else "TableText"
    content = m.run("{{ line.label }}", "Label") + m.printed("line.value")
    return m.for_each("line", f"row.cells.{key}", m.paragraph(content, style))


def _weight(fields: list[Field], columns: int) -> float:
    widest = max(_WIDTH[item.type] if not item.allowed else 1.6 for item in fields)
    return min(max(widest, 1.2 if columns > 4 else 1.0) + 0.25 * (len(fields) - 1), 4.0)


def _generated_table(table: GeneratedTable) -> str:
    widths = m.shared_widths(table.weights)
    first = m.cell(m.line("{{ row.label }}", "TableText"), widths[0])
    cells = first + "".join(m.cell(m.paragraph(m.printed(f"row.{key}"), "TableNumber"), width)
                            for (key, _), width in zip(table.columns[1:], widths[1:], strict=True))
    rows = (m.row_tag(f"for row in appraised.{table.name}", len(widths), widths) + m.table_row(cells)
            + m.row_tag("endfor", len(widths), widths))
    content = (m.caption(table.caption) + m.table(widths, [label for _, label in table.columns], rows, table.caption)
               + m.line(table.note, "Note"))
    return m.when(f"appraised.{table.name}", content)
