"""Pieces of WordprocessingML as text, for making templates. Text given here is the template's own, never a user's."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TEXT_WIDTH, WIDE = 9638, 14570
"""The width of the text in twips: A4 with margins of 2 cm, upright and on its side."""
LABEL_WIDTH = 2268
"""The first column of a table of labels and values."""


def run(text: str, style: str = "") -> str:
    return raw_run(escape(text), style)


def raw_run(escaped: str, style: str = "") -> str:
    """A run of text that is escaped already."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escaped}</w:t></w:r>'


def paragraph(content: str, style: str = "", extra: str = "") -> str:
    """A paragraph of runs; `extra` holds further paragraph properties."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + extra
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def line(text: str, style: str = "") -> str:
    return paragraph(run(text), style)


def tag_paragraph(tag: str) -> str:
    """A paragraph that holds one template tag for whole paragraphs: `{%p … %}`; it leaves no trace in the bid."""
    return paragraph(run(f"{{%p {tag} %}}"))


def block_tag(name: str) -> str:
    """The place of a picture: the paragraph gives way to what the picture is made of."""
    return paragraph(run(f"{{{{p {name} }}}}"))


def end_of_section(orientation: str) -> str:
    """Ends a run of pages of one orientation; what follows starts on a new page."""
    return f"<w:p><w:pPr>{section_properties(orientation)}</w:pPr></w:p>"


def section_properties(orientation: str, title_page: bool = True) -> str:
    """The page of a section: A4, "upright" or "wide", each with a header and footer as wide as its text."""
    header, footer, page = (("rId3", "rId4", 'w:w="11906" w:h="16838"') if orientation == "upright" else
                            ("rId6", "rId7", 'w:w="16838" w:h="11906" w:orient="landscape"'))
    return (f'<w:sectPr><w:headerReference w:type="default" r:id="{header}"/>'
            f'<w:footerReference w:type="default" r:id="{footer}"/><w:pgSz {page}/><w:pgMar w:top="1247" w:right="1134" '
            'w:bottom="1077" w:left="1134" w:header="567" w:footer="510" w:gutter="0"/>'
            f'{"<w:titlePg/>" if title_page else ""}</w:sectPr>')


def for_each(variable: str, rows: str, content: str) -> str:
    return tag_paragraph(f"for {variable} in {rows}") + content + tag_paragraph("endfor")


def when(condition: str, content: str) -> str:
    return tag_paragraph(f"if {condition}") + content + tag_paragraph("endif")


def control(value: str, content: str) -> str:
    """A content control, identified by the tag and alias of the value (a template expression) that it holds."""
    return (f'<w:sdt><w:sdtPr><w:alias w:val="{{{{ {value}.alias }}}}"/><w:tag w:val="{{{{ {value}.tag }}}}"/>'
            f'<w:id w:val="1"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>')


def fixed_control(tag: str, alias: str, content: str) -> str:
    """A content control whose tag and alias are known."""
    return (f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(alias)}/><w:tag w:val={quoteattr(tag)}/><w:id w:val=\"1\"/></w:sdtPr>"
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>")


def printed(value: str, style: str = "") -> str:
    """A value, each of its pieces in a control, with its unit or warning; within a paragraph."""
    return (run(f"{{%r for piece in {value}.pieces %}}") + run("{{ piece.prefix }}")
            + control("piece", run("{{ piece }}", style)) + run("{{ piece.suffix }}", "Flag") + run("{%r endfor %}"))


def marked(value: str) -> str:
    """A figure in its control, in a table of figures: a sign stands for the warning."""
    return control(value, run(f"{{{{ {value} }}}}")) + run(f"{{{{ {value}.mark }}}}", "Flag")


def parts(name: str) -> str:
    """A run of values, each after what stands before it and its label; within a paragraph."""
    return (run(f"{{%r for part in {name} %}}") + run("{{ part.before }}") + run("{{ part.label }}", "Label")
            + run("{{ part.word }}") + printed("part.value") + run("{{ part.after }}") + run("{%r endfor %}"))


def items(name: str) -> str:
    """The items of a list in one line; within a paragraph."""
    between = run("{%r if not loop.first %}") + run("; ") + run("{%r endif %}")
    return run(f"{{%r for item in {name} %}}") + between + printed("item") + run("{%r endfor %}")


def narrative(value: str) -> str:
    """The paragraphs of a free text, in one control."""
    return control(value, for_each("paragraph", f"{value}.paragraphs", line("{{ paragraph }}", "BodyText")))


def field(instruction: str, cached: str, style: str = "") -> str:
    """A complex field with the result that is shown until Word works it out again."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""

    def part(content: str) -> str:
        return f"<w:r>{properties}{content}</w:r>"

    return (part('<w:fldChar w:fldCharType="begin"/>')
            + part(f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>')
            + part('<w:fldChar w:fldCharType="separate"/>') + part(f"<w:t>{escape(cached)}</w:t>")
            + part('<w:fldChar w:fldCharType="end"/>'))


def caption(text: str, kind: str = "Table") -> str:
    """A numbered caption, of a table or a figure; the numbers are set once the bid is rendered."""
    number = field(f"SEQ {kind} \\* ARABIC", "0")
    return paragraph(run(f"{kind} ") + number + run(f": {text}"), "Caption" if kind == "Table" else "FigureCaption")


def heading(text: str, style: str, bookmark: str = "", number: int = 0) -> str:
    content = run(text)
    if bookmark:
        content = (f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(bookmark)}/>{content}'
                   f'<w:bookmarkEnd w:id="{number}"/>')
    return paragraph(content, style)


def cell(content: str, width: int, shade: str = "") -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{content}</w:tc>'


def header_cell(label: str, width: int, numeric: bool = False) -> str:
    return cell(line(label, "TableHeadingNumber" if numeric else "TableHeading"), width)


def row_tag(tag: str, widths: Sequence[int]) -> str:
    """A table row that holds one template tag for whole rows: `{%tr … %}`."""
    cells = [cell(line(f"{{%tr {tag} %}}"), widths[0])] + [cell(paragraph(""), width) for width in widths[1:]]
    return f"<w:tr>{''.join(cells)}</w:tr>"


def each_row(variable: str, rows: str, content: str, widths: Sequence[int]) -> str:
    return row_tag(f"for {variable} in {rows}", widths) + content + row_tag("endfor", widths)


def row_when(condition: str, content: str, widths: Sequence[int]) -> str:
    return row_tag(f"if {condition}", widths) + content + row_tag("endif", widths)


def table(widths: Sequence[int], header: str, rows: str, description: str, style: str = "BidTable") -> str:
    """A table whose first row is repeated on each page; the description is what a screen reader says of it."""
    head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{header}</w:tr>"
    return _table(style, _look("0420", first_row=1), widths, head + rows, description)


def facts(rows: str, description: str, width: int = TEXT_WIDTH) -> str:
    """A table of labels, in the first column, and their values."""
    return _table("FactTable", _look("0480", first_column=1), fact_widths(width), rows, description)


def fact_widths(width: int) -> tuple[int, int]:
    return LABEL_WIDTH, width - LABEL_WIDTH


def _look(code: str, first_row: int = 0, first_column: int = 0) -> str:
    """Which parts of the table's style apply: that of the first row, or of the first column."""
    return (f'<w:tblLook w:val="{code}" w:firstRow="{first_row}" w:lastRow="0" w:firstColumn="{first_column}" w:lastColumn="0" '
            'w:noHBand="0" w:noVBand="1"/>')


def fact(label: str, content: str, width: int = TEXT_WIDTH) -> str:
    """One row of a table of facts; `content` is the value's paragraphs."""
    first, second = fact_widths(width)
    return table_row(cell(line(label, "FactLabel"), first) + cell(content, second))


def figures_table(widths: Sequence[int], header: str, rows: str, description: str, style: str = "BidTable") -> str:
    """A table with headings in its first row and its first column."""
    head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{header}</w:tr>"
    return _table(style, _look("04A0", first_row=1, first_column=1), widths, head + rows, description)


def _table(style: str, look: str, widths: Sequence[int], rows: str, description: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/>{look}<w:tblDescription w:val={quoteattr(description)}/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>" + paragraph("", "AfterTable"))


def table_row(cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def shared_widths(weights: Sequence[float], total: int = TEXT_WIDTH) -> list[int]:
    """Column widths in twips in proportion to weights, adding up to the total."""
    widths = [int(total * weight / sum(weights)) for weight in weights]
    widths[-1] += total - sum(widths)
    return widths
