"""The smallest package that is a Word template, for tests of what happens to its parts."""

from __future__ import annotations

import io
import zipfile

from bizcase.archive import packed
from bizcase.document import markup as m

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ROOTS = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes", "styles": "styles", "numbering": "numbering"}


def template_of(body: str, **others: str) -> bytes:
    """A template with this body and what other parts hold: header, footer, footnotes, styles, numbering."""
    others = {"styles": "", **others}
    section = "".join(f'<w:{edge}Reference w:type="default" r:id="{edge}"/>' for edge in ("header", "footer") if edge in others)
    kinds = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>'
                    for name, kind in (("document", "document.main"), *((name, name) for name in others)))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{kinds}</Types>',
        "_rels/.rels": _relationships({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"<w:document {m.NAMESPACES}><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>",
        "word/_rels/document.xml.rels": _relationships({name: (name, f"{name}.xml") for name in others}),
        **{f"word/{name}.xml": f"<w:{ROOTS[name]} {m.NAMESPACES}>{content}</w:{ROOTS[name]}>"
           for name, content in others.items()},
    }
    return packed({name: f"{m.DECLARATION}{content}".encode() for name, content in parts.items()})


def _relationships(targets: dict[str, tuple[str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                    for name, (kind, target) in targets.items())
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
