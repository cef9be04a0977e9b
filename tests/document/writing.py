"""Word files for tests, written out by hand: only what a test is about differs from a sound small document."""

from __future__ import annotations

from bizcase.archive import packed

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CORE = ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A title</dc:title></cp:coreProperties>')
SETTINGS = "<w:settings {0}><w:zoom w:percent=\"100\"/><w:compat/><w:themeFontLang w:val=\"en-GB\"/></w:settings>"
DEFAULTS = ('<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>'
            "</w:docDefaults>")
HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/><w:basedOn w:val="Normal"/><w:pPr>'
    f'<w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>' for level in (1, 2, 3, 4)) + (
    '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/></w:style>')
NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
SECTION = ('<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" '
           'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>')


def word_file(body: str, *, styles: str = "", defaults: str = DEFAULTS, core: str = CORE, settings: str = SETTINGS,
              section: str = SECTION, **parts: str) -> bytes:
    """A Word file with this body; `header` and `footer` are parts of their own, and `styles` adds to the usual ones."""
    kinds = {"styles": "styles", "settings": "settings", **{name: name for name in parts}}
    links = "".join(f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
                    for number, (name, kind) in enumerate(kinds.items(), 1))
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
                    for name, kind in {"document": "document.main", **kinds}.items())
    content = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            f'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}<Override PartName='
            '"/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
            f'Target="word/document.xml"/><Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/></Relationships>'),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "word/styles.xml": f"<w:styles {NAMESPACES}>{defaults}{NORMAL}{HEADINGS}{styles}</w:styles>",
        "word/settings.xml": settings.format(NAMESPACES),
        "docProps/core.xml": core,
        **{f"word/{name}.xml": text for name, text in parts.items()},
    }
    return packed({name: text.encode("utf-8") for name, text in content.items()})


def run(text: str, look: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def line(text: str, style: str = "", look: str = "", extra: str = "") -> str:
    """A paragraph of one run; `extra` holds further paragraph properties."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{extra}</w:pPr>{run(text, look)}</w:p>"


def heading(text: str, level: int = 1, bookmark: str = "", number: int = 1) -> str:
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>' if bookmark else ""
    end = f'<w:bookmarkEnd w:id="{number}"/>' if bookmark else ""
    return f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>{mark}{run(text) if text else ""}{end}</w:p>'


def field(instruction: str, result: str = "0", *, separated: bool = True) -> str:
    inside = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result) if result else ""}' if separated else ""
    return (f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText>'
            f'</w:r>{inside}<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def cell(content: str = "", properties: str = "") -> str:
    """A table cell; plain text becomes a paragraph."""
    inside = content if content.startswith("<") else f"<w:p>{run(content) if content else ''}</w:p>"
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{properties}</w:tcPr>{inside}</w:tc>'


def row(*cells: str, header: bool = False) -> str:
    inside = "".join(content if content.startswith("<w:tc>") else cell(content) for content in cells)
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if header else ''}{inside}</w:tr>"


def table(*rows: str, properties: str = "") -> str:
    columns = max(found.count("<w:tc>") for found in rows)
    grid = '<w:gridCol w:w="2000"/>' * columns
    return (f'<w:tbl><w:tblPr>{properties}<w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f'{"".join(rows)}</w:tbl>')


def look_of_table(**parts: int) -> str:
    """A `tblLook` with these parts on, such as firstRow=1."""
    names = ("firstRow", "lastRow", "firstColumn", "lastColumn", "noHBand", "noVBand")
    return "<w:tblLook " + " ".join(f'w:{name}="{parts.get(name, int(name.startswith("no")))}"' for name in names) + "/>"


def picture(described: str = "", *, placed: str = "inline", inside: str = "", extra: str = "",
            uri: str = "http://schemas.openxmlformats.org/drawingml/2006/picture") -> str:
    """A run with a drawing of this alt text."""
    alt = f' descr="{described}"' if described else ""
    return (f'<w:r><w:drawing><wp:{placed}><wp:extent cx="900000" cy="900000"/>'
            f'<wp:docPr id="1" name="Picture 1"{alt}>{extra}</wp:docPr>'
            f'<a:graphic><a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic></wp:{placed}></w:drawing></w:r>')
