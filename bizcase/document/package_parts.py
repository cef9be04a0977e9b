"""The parts of a template's package around its body: styles, numbering, header, footer, settings and properties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from bizcase.document import markup as m
from bizcase.document.stylesheet import House, Style, numbering_xml, styles_xml

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a template is of: its title, what stands left and right in its header and left in its footer, and the styles that
    it has beside those of a bid."""

    title: str
    left: str
    right: str
    foot: str
    styles: Sequence[Style] = ()


BID = Kind("Bid template", "{{ document.title }}", "{{ bid.standing }}", "{{ document.organisation }}")


def package_parts(body: str, house: House, orientation: str, kind: Kind = BID) -> dict[str, bytes]:
    """All parts by name, in the order in which Office writes them; `orientation` is that of the last pages."""
    section = m.section_properties(orientation, title_page=orientation == "upright")
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(("officeDocument", "word/document.xml"), ("extended-properties", "docProps/app.xml"),
                                      core="docProps/core.xml"),
        "word/document.xml": f"{m.DECLARATION}<w:document {m.NAMESPACES}><w:body>{body}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relationships(
            ("styles", "styles.xml"), ("numbering", "numbering.xml"), ("header", "header1.xml"), ("footer", "footer1.xml"),
            ("settings", "settings.xml"), ("header", "header2.xml"), ("footer", "footer2.xml")),
        "word/styles.xml": styles_xml(house, kind.styles),
        "word/numbering.xml": numbering_xml(),
        "word/settings.xml": _settings(),
        **{f"word/header{number}.xml": _header(kind, style) for number, style in ((1, "Header"), (2, "HeaderWide"))},
        **{f"word/footer{number}.xml": _footer(kind, style) for number, style in ((1, "Footer"), (2, "FooterWide"))},
        "docProps/core.xml": _core(kind.title),
        "docProps/app.xml": (f'{m.DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
                             'extended-properties"><Application>bizcase</Application></Properties>'),
    }
    return {name: content.encode("utf-8") for name, content in parts.items()}


def _header(kind: Kind, style: str) -> str:
    return _edge("hdr", m.run(kind.left) + "<w:r><w:tab/></w:r>" + m.run(kind.right), style)


def _footer(kind: Kind, style: str) -> str:
    return _edge("ftr", m.run(kind.foot) + "<w:r><w:tab/></w:r>" + m.run("Page ") + m.field("PAGE", "1")
                 + m.run(" of ") + m.field("NUMPAGES", "1"), style)


def _edge(kind: str, content: str, style: str) -> str:
    return f"{m.DECLARATION}<w:{kind} {m.NAMESPACES}>{m.paragraph(content, style)}</w:{kind}>"


def _settings() -> str:
    return (f'{m.DECLARATION}<w:settings {m.NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
            '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
            'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
            '<w:themeFontLang w:val="en-GB"/></w:settings>')


def _core(title: str) -> str:
    return (f'{m.DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>' + f"{escape(title)}</dc:title>"
            "<dc:language>en-GB</dc:language></cp:coreProperties>")


def _content_types() -> str:
    kinds = {"document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings",
             "header1": "header", "footer1": "footer", "header2": "header", "footer2": "footer"}
    overrides = "".join(f'<Override PartName="/word/{part}.xml" ContentType="{_WORD}.{kind}+xml"/>'
                        for part, kind in kinds.items())
    properties = "".join(
        f'<Override PartName="/docProps/{part}.xml" ContentType="application/vnd.openxmlformats-{kind}-properties+xml"/>'
        for part, kind in (("core", "package.core"), ("app", "officedocument.extended")))
    return (f'{m.DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}{properties}</Types>')


def _relationships(*targets: tuple[str, str], core: str = "") -> str:
    """The relationships rId1, rId2 ... to targets of some kind."""
    items = [f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
             for number, (kind, target) in enumerate(targets, 1)]
    if core:
        items.append(f'<Relationship Id="rId{len(items) + 1}" Type="{_PACKAGE}/relationships/metadata/core-properties" '
                     f'Target="{core}"/>')
    return f'{m.DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(items)}</Relationships>'
