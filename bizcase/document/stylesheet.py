"""The styles of a bid: named by meaning, so that a hub restyles them in Word and every bid follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bizcase.document.markup import DECLARATION, NAMESPACES, TEXT_WIDTH, WIDE


@dataclass(frozen=True, slots=True)
class House:
    """A house style: one font and three colours (RGB in hexadecimal)."""

    font: str = "Arial"
    heading: str = "003087"
    accent: str = "005EB8"
    shade: str = "E8EDEE"


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. `paragraph` and `run` are properties in WordprocessingML, `outline` the level of a heading from 0."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    based_on: str = "Normal"
    following: str = ""
    outline: int | None = None
    numbered: tuple[int, int] | None = None
    """The list that numbers it and the level there."""


def styles_xml(house: House, more: Sequence[Style] = ()) -> str:
    """The styles of a bid, and those that another document of the house has beside them."""
    styles = "".join(_paragraph_style(style) for style in (*_paragraph_styles(house), *more))
    return (f"{DECLARATION}<w:styles {NAMESPACES}>{_defaults(house)}{styles}{_character_styles(house)}"
            f"{_table_styles(house)}</w:styles>")


def _defaults(house: House) -> str:
    font = f'<w:rFonts w:ascii="{house.font}" w:hAnsi="{house.font}" w:eastAsia="{house.font}" w:cs="{house.font}"/>'
    return (f'<w:docDefaults><w:rPrDefault><w:rPr>{font}<w:color w:val="212B32"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
            '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
            '<w:spacing w:after="0" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>')


def _paragraph_styles(house: House) -> tuple[Style, ...]:
    def look(size: int, color: str = "", bold: bool = False, italic: bool = False) -> str:
        return (("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
                + (f'<w:color w:val="{color}"/>' if color else "") + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>')

    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="4" w:color="{house.accent}"/></w:pBdr>'
    page = '<w:tab w:val="right" w:leader="dot" w:pos="9638"/>'
    box = ('<w:pBdr>' + "".join(f'<w:{side} w:val="single" w:sz="6" w:space="5" w:color="{house.accent}"/>'
                                for side in ("top", "left", "bottom", "right"))
           + f'</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{house.shade}"/>')
    band = ("<w:pBdr>" + "".join(f'<w:{side} w:val="single" w:sz="96" w:space="0" w:color="{house.heading}"/>'
                                 for side in ("top", "left", "bottom", "right"))
            + f'</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{house.heading}"/>')
    wide = f'<w:tabs><w:tab w:val="clear" w:pos="{TEXT_WIDTH}"/><w:tab w:val="right" w:pos="{WIDE}"/></w:tabs>'
    gap = ('<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="B35900"/></w:pBdr>'
           '<w:shd w:val="clear" w:color="auto" w:fill="FFF4E5"/>')
    return (
        Style("Normal", "Normal", based_on=""),
        Style("BodyText", "Body Text", '<w:spacing w:after="100"/>'),
        Style("CoverKind", "Cover Kind", f'{band}<w:spacing w:before="0" w:after="1400"/>', look(26, "FFFFFF", bold=True)),
        Style("Title", "Title", '<w:keepNext/><w:spacing w:after="200" w:line="240" w:lineRule="auto"/>',
               look(60, house.heading, bold=True)),
        Style("MastheadKind", "Masthead Kind", f'{rule}<w:spacing w:after="160"/>', look(22, house.accent, bold=True)),
        Style("MastheadTitle", "Masthead Title", '<w:spacing w:after="80"/>', look(40), based_on="Title"),
        Style("Subtitle", "Subtitle", '<w:spacing w:after="320"/>', look(28, house.accent)),
        Style("CoverAsk", "Cover Ask", '<w:spacing w:after="240"/>', look(28, house.heading, bold=True)),
        Style("CoverFact", "Cover Fact", '<w:spacing w:after="60"/>', look(22)),
        Style("ContentsHeading", "Contents Heading", f'<w:keepNext/>{rule}<w:spacing w:before="0" w:after="200"/>',
               look(32, house.heading, bold=True)),
        Style("TOC1", "toc 1",
               f'<w:tabs><w:tab w:val="left" w:pos="1021"/>{page}</w:tabs><w:spacing w:before="50" w:after="10"/>'),
        Style("TOC2", "toc 2",
               f'<w:tabs><w:tab w:val="left" w:pos="1701"/>{page}</w:tabs><w:spacing w:after="10"/><w:ind w:left="1021"/>'),
        Style("Heading1", "heading 1", f'<w:keepNext/><w:keepLines/>{rule}<w:spacing w:before="300" w:after="110"/>',
               look(30, house.heading, bold=True), following="BodyText", outline=0, numbered=(1, 0)),
        Style("Heading2", "heading 2", '<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="50"/>',
               look(23, house.accent, bold=True), following="BodyText", outline=1, numbered=(1, 1)),
        Style("Heading3", "heading 3", '<w:keepNext/><w:keepLines/><w:spacing w:before="120" w:after="40"/>',
               look(20, house.heading, bold=True), following="BodyText", outline=2),
        Style("Heading4", "heading 4", '<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="40"/>',
               look(20, house.accent, bold=True), following="BodyText", outline=3),
        Style("AnnexHeading1", "Annex Heading 1", f'<w:keepNext/><w:keepLines/>{rule}<w:spacing w:before="360" w:after="110"/>',
               look(30, house.heading, bold=True), following="BodyText", outline=0, numbered=(2, 0)),
        Style("AnnexHeading2", "Annex Heading 2", '<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="50"/>',
               look(23, house.accent, bold=True), following="BodyText", outline=1, numbered=(2, 1)),
        Style("Caption", "caption", '<w:keepNext/><w:keepLines/><w:spacing w:before="140" w:after="60"/>',
               look(17, house.heading, bold=True)),
        Style("FigureCaption", "Figure Caption", '<w:keepLines/><w:spacing w:before="40" w:after="60"/>',
               look(18, house.heading, bold=True)),
        Style("Chart", "Chart", '<w:keepNext/><w:spacing w:before="160" w:after="40" w:line="240" w:lineRule="auto"/>'),
        Style("ChartBox", "Chart Box", f'<w:keepNext/><w:keepLines/>{box}<w:spacing w:before="40" w:after="40"/>'
               '<w:ind w:left="1418" w:right="1418"/><w:jc w:val="center"/>', look(19)),
        Style("ChartArrow", "Chart Arrow", '<w:keepNext/><w:spacing w:before="60" w:after="60" w:line="200" w:lineRule="exact"/>'
               '<w:jc w:val="center"/>', look(16, house.accent)),
        Style("Note", "Note", '<w:spacing w:before="40" w:after="80"/>', look(16, "425563", italic=True)),
        Style("TableHeading", "Table Heading",
               '<w:keepNext/><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>',
               look(17, "FFFFFF", bold=True)),
        Style("TableHeadingNumber", "Table Heading Number", '<w:jc w:val="right"/>', based_on="TableHeading"),
        Style("TableText", "Table Text", '<w:spacing w:before="10" w:after="10" w:line="240" w:lineRule="auto"/>', look(17)),
        Style("TableLead", "Table Lead", "", look(17, bold=True), based_on="TableText"),
        Style("TableNumber", "Table Number", '<w:jc w:val="right"/>', based_on="TableText"),
        Style("TableFigure", "Table Figure", "", look(16), based_on="TableNumber"),
        Style("TableScore", "Table Score", '<w:jc w:val="center"/>', based_on="TableText"),
        Style("TableHeadingScore", "Table Heading Score", '<w:jc w:val="center"/>', based_on="TableHeading"),
        Style("FactLabel", "Fact Label", "", look(17, house.heading, bold=True), based_on="TableText"),
        Style("GridTitle", "Grid Title", '<w:keepNext/>', look(17, house.heading, bold=True), based_on="TableText"),
        Style("SmallNumber", "Small Number", '<w:jc w:val="center"/>', look(15), based_on="TableText"),
        Style("SmallHeading", "Small Heading", '<w:jc w:val="center"/>', look(15, "FFFFFF", bold=True), based_on="TableHeading"),
        Style("StripLabel", "Strip Label", '<w:jc w:val="center"/>', look(17, "FFFFFF", bold=True), based_on="TableHeading"),
        Style("StripNumber", "Strip Number", '<w:spacing w:before="80" w:after="80" w:line="240" w:lineRule="auto"/>'
               '<w:jc w:val="center"/>', look(24, house.heading, bold=True)),
        Style("AfterTable", "After Table", '<w:spacing w:after="20" w:line="100" w:lineRule="exact"/>', look(8)),
        Style("Gap", "Gap", f'<w:keepLines/>{gap}<w:spacing w:before="60" w:after="100"/><w:ind w:left="170"/>',
               look(19, "5C3000")),
        Style("Guidance", "Guidance", '<w:keepLines/><w:spacing w:after="100"/>', look(19, "425563", italic=True)),
        Style("Limit", "Limit", '<w:spacing w:after="80"/><w:jc w:val="right"/>', look(17, "425563")),
        Style("Header", "header", '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="C8CED3"/></w:pBdr>'
               '<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>', look(17, "425563")),
        Style("Footer", "footer", '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="C8CED3"/></w:pBdr>'
               '<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>', look(17, "425563")),
        Style("HeaderWide", "Header Wide", wide, based_on="Header"),
        Style("FooterWide", "Footer Wide", wide, based_on="Footer"),
    )


def _paragraph_style(style: Style) -> str:
    default = ' w:default="1"' if style.id == "Normal" else ""
    custom = "" if style.name in _BUILT_IN else ' w:customStyle="1"'
    based_on = f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else ""
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    numbering = (f'<w:numPr><w:ilvl w:val="{style.numbered[1]}"/><w:numId w:val="{style.numbered[0]}"/></w:numPr>'
                 if style.numbered is not None else "")
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    properties = _in_schema_order(style.paragraph, numbering, outline)
    return (f'<w:style w:type="paragraph"{default}{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>{based_on}'
            f'{following}<w:qFormat/>{properties}{f"<w:rPr>{style.run}</w:rPr>" if style.run else ""}</w:style>')


def _in_schema_order(paragraph: str, numbering: str, outline: str) -> str:
    """The paragraph properties with numbering after the keep rules and the outline level last, as the schema asks."""
    keep = "".join(part for part in ("<w:keepNext/>", "<w:keepLines/>") if part in paragraph)
    rest = paragraph.replace("<w:keepNext/>", "").replace("<w:keepLines/>", "")
    content = keep + numbering + rest + outline
    return f"<w:pPr>{content}</w:pPr>" if content else ""


_BUILT_IN = {"Normal", "Body Text", "Title", "Subtitle", "toc 1", "toc 2", "heading 1", "heading 2", "heading 3", "heading 4",
             "caption", "header", "footer"}


def _character_styles(house: House) -> str:
    def style(name: str, look: str) -> str:
        return (f'<w:style w:type="character" w:customStyle="1" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
                f"<w:qFormat/><w:rPr>{look}</w:rPr></w:style>")

    return ('<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
            '<w:name w:val="Default Paragraph Font"/></w:style>'
            + style("Label", f'<w:b/><w:bCs/><w:color w:val="{house.heading}"/>')
            + style("Flag", '<w:color w:val="8A3B00"/>')
            + style("GapReason", '<w:i/><w:iCs/>'))


def _table_styles(house: House) -> str:
    def borders(inside: str, color: str) -> str:
        sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{color}"/>' for side in ("top", "bottom"))
        return f'<w:tblBorders>{sides}<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{inside}"/></w:tblBorders>'

    margins = ('<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/>'
               '<w:right w:w="85" w:type="dxa"/></w:tblCellMar>')
    grid = ("<w:tblBorders>" + "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="C8CED3"/>'
                                       for edge in ("top", "left", "bottom", "right", "insideH", "insideV"))
            + '</w:tblBorders><w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
            '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>')
    base = ('<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
            '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
            '</w:tblCellMar></w:tblPr></w:style>')
    head = (f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr><w:tcPr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{house.heading}"/></w:tcPr></w:tblStylePr>')
    corner = head.replace('"firstRow"', '"nwCell"')
    side = (f'<w:tblStylePr w:type="firstCol"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{house.shade}"/></w:tcPr>'
            "</w:tblStylePr>")
    return (base + f'<w:style w:type="table" w:customStyle="1" w:styleId="BidTable"><w:name w:val="Bid Table"/>'
            f'<w:basedOn w:val="TableNormal"/><w:tblPr>{borders("C8CED3", house.heading)}{margins}</w:tblPr>{head}</w:style>'
            f'<w:style w:type="table" w:customStyle="1" w:styleId="FactTable"><w:name w:val="Fact Table"/>'
            f'<w:basedOn w:val="TableNormal"/><w:tblPr>{borders("C8CED3", "C8CED3")}{margins}</w:tblPr>{side}</w:style>'
            f'<w:style w:type="table" w:customStyle="1" w:styleId="GridTable"><w:name w:val="Grid Table"/>'
            f'<w:basedOn w:val="TableNormal"/><w:tblPr>{grid}</w:tblPr>{head}{side}{corner}</w:style>'
            f'<w:style w:type="table" w:customStyle="1" w:styleId="StripTable"><w:name w:val="Strip Table"/>'
            f'<w:basedOn w:val="TableNormal"/><w:tblPr>{grid}</w:tblPr>{head}</w:style>')


def numbering_xml() -> str:
    """The lists that number the headings: 1, 1.1 in the body, Annex A, A.1 in the annexes."""
    body = _list(0, "Heading", (("%1", "decimal", 567), ("%1.%2", "decimal", 709)))
    annexes = _list(1, "AnnexHeading", (("Annex %1", "upperLetter", 1361), ("%1.%2", "decimal", 709)))
    return (f'{DECLARATION}<w:numbering {NAMESPACES}>{body}{annexes}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
            '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>')


def _list(number: int, style: str, levels: tuple[tuple[str, str, int], ...]) -> str:
    content = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}{level + 1}"/>'
        f'<w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr>'
        "</w:lvl>"
        for level, (pattern, kind, indent) in enumerate(levels))
    return (f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{content}</w:abstractNum>')
