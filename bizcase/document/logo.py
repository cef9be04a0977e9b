"""Puts a logo into the header of a template: a picture with words for it, and a header for the first page where it has none."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bizcase.archive import packed

ALT_TEXT = "Logo of {{ document.organisation }}"
MOST_BYTES = 2_000_000
MOST_PIXELS = 6_000
"""Of each side; Word shows no more on paper."""
HEIGHT, MOST_WIDTH = 432_000, 2_160_000
"""In English Metric Units, 360,000 to a centimetre: 1.2 cm high, at most 6 cm wide."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_SIZES_OF_JPEG = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Image:
    """A picture by its bytes: what kind it is, and its size in pixels."""

    content: bytes
    ending: str
    width: int
    height: int


def image_of(content: bytes) -> Image:
    """The picture that these bytes are, whatever the file was called. Raises ValueError, which says why it is none."""
    if len(content) > MOST_BYTES:
        raise ValueError(f"the picture has {len(content):,} bytes; a logo has at most {MOST_BYTES:,}")
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and content.rstrip().endswith(b"IEND\xaeB`\x82"):
        ending, (width, height) = "png", struct.unpack(">II", content[16:24])
    elif content.startswith(_JPEG):
        ending, (width, height) = "jpeg", _size_of_jpeg(content)
    else:
        raise ValueError("this is neither a PNG nor a JPEG picture, or it is cut off")
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise ValueError(f"the picture has {width:,} × {height:,} pixels; at most {MOST_PIXELS:,} each way")
    return Image(content, ending, width, height)


def _size_of_jpeg(content: bytes) -> tuple[int, int]:
    """Width and height from the first frame's header; (0, 0) where there is none."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2:at + 4], "big")
        if marker in _SIZES_OF_JPEG:
            height, width = struct.unpack(">HH", content[at + 5:at + 9])
            return width, height
        at += 2 + length
    return 0, 0


def with_logo(template: bytes, image: Image) -> bytes:
    """The template with the logo above the text of every header; the same input gives the same bytes."""
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = f"logo.{image.ending}"
    parts = _with_first_header(parts)
    for number, header in enumerate(_headers(parts), 1):
        links = f"word/_rels/{posixpath.basename(header)}.rels"
        relationship = _free_id(parts.get(links, b"").decode())
        parts[header] = _with_picture(parts[header].decode(), _drawing(image, relationship, number)).encode()
        parts[links] = _with_link(parts.get(links, b"").decode(), relationship, "image", f"media/{name}").encode()
    parts["[Content_Types].xml"] = _with_type(parts["[Content_Types].xml"].decode(), image.ending).encode()
    return packed({**parts, f"word/media/{name}": image.content})


def _headers(parts: Mapping[str, bytes]) -> Iterator[str]:
    """The headers, in the order of their names."""
    types = parts["[Content_Types].xml"].decode()
    found = re.findall(rf'PartName="/([^"]+)" ContentType="{re.escape(_HEADER_TYPE)}"', types)
    yield from sorted(name for name in found if name in parts)


def _with_first_header(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Gives a first page that has a header of its own, and none is there, an empty one for the logo."""
    body, links = parts["word/document.xml"].decode(), parts["word/_rels/document.xml.rels"].decode()
    if "<w:titlePg/>" not in body or 'w:headerReference w:type="first"' in body:
        return parts
    relationship, name = _free_id(links), "headerFirst.xml"
    reference = f'<w:headerReference w:type="first" r:id="{relationship}"/>'
    before, title_page, after = body.rpartition("<w:titlePg/>")
    start, section, rest = before.rpartition("<w:sectPr")
    opening = rest.index(">") + 1
    types = parts["[Content_Types].xml"].decode().replace(
        "</Types>", f'<Override PartName="/word/{name}" ContentType="{_HEADER_TYPE}"/></Types>')
    empty = f'{_DECLARATION}<w:hdr xmlns:w="{_W}" xmlns:r="{_OFFICE}"></w:hdr>'
    return {**parts, "[Content_Types].xml": types.encode(), f"word/{name}": empty.encode(),
            "word/_rels/document.xml.rels": _with_link(links, relationship, "header", name).encode(),
            "word/document.xml": (start + section + rest[:opening] + reference + rest[opening:] + title_page + after).encode()}


def _free_id(links: str) -> str:
    """An id that no relationship has yet."""
    numbers = [int(number) for number in re.findall(r'Id="rId(\d+)"', links)]
    return f"rId{max(numbers, default=0) + 1}"


def _with_link(links: str, relationship: str, kind: str, target: str) -> str:
    added = f'<Relationship Id="{relationship}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    if not links:
        return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}">{added}</Relationships>'
    return links.replace("</Relationships>", f"{added}</Relationships>")


def _with_type(types: str, ending: str) -> str:
    if f'Extension="{ending}"' in types:
        return types
    added = f'<Default Extension="{ending}" ContentType="image/{ending}"/>'
    return re.sub(r"(<Types[^>]*>)", rf"\g<1>{added}", types, count=1)


def _with_picture(header: str, drawing: str) -> str:
    """The header with the picture in a paragraph of its own above the rest, and a gap below, since it reaches into the page."""
    paragraph = f'<w:p><w:pPr><w:spacing w:after="60"/></w:pPr><w:r>{drawing}</w:r></w:p>'
    gap = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
    start = re.search(r"<w:hdr[^>]*>", header)
    assert start is not None, "a header part begins with its root"
    return header[:start.end()] + paragraph + header[start.end():].replace("</w:hdr>", f"{gap}</w:hdr>")


def _drawing(image: Image, relationship: str, number: int) -> str:
    """The picture in a line of text, at its height, narrower where it would be too wide."""
    width, height = round(HEIGHT * image.width / image.height), HEIGHT
    if width > MOST_WIDTH:
        width, height = MOST_WIDTH, round(MOST_WIDTH * image.height / image.width)
    identity = f'id="{90_000 + number}" name="Logo {number}" descr="{ALT_TEXT}"'
    return ('<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
            f'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr {identity}/>'
            '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:nvPicPr><pic:cNvPr {identity}/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{relationship}" xmlns:r="{_OFFICE}"/><a:stretch><a:fillRect/></a:stretch>'
            '</pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            '</wp:inline></w:drawing>')
