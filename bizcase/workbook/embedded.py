"""The hidden sheet of a workbook: named texts, packed and cut so that cells can hold them."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from bizcase.provenance import MAX_TEXT, joined

TITLE = "bizcase"
NOTE = "What bizcase needs to tell later what was changed in this workbook. Without this sheet it cannot."
PLAIN = "facts"
"""The text that stays readable; the others are packed."""
CHUNK = 32_000
"""Characters of a cell; Excel keeps 32,767."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BOOK, _LINKS, _TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"


def with_sheet(parts: Mapping[str, bytes], texts: Mapping[str, str]) -> dict[str, bytes]:
    """The parts of a workbook that we wrote, with a last sheet that only a macro can show: a name and a piece of text a row."""
    number = 1 + sum(name.startswith("xl/worksheets/sheet") for name in parts)
    part, link = f"xl/worksheets/sheet{number}.xml", "rIdBizcase"
    identity = 1 + max(map(int, re.findall(rb'sheetId="(\d+)"', parts[_BOOK])))
    sheet = f'<sheet name="{TITLE}" sheetId="{identity}" state="veryHidden" xmlns:r="{_OFFICE}" r:id="{link}"/>'
    relation = f'<Relationship Type="{_OFFICE}/worksheet" Target="/{part}" Id="{link}"/>'
    declared = f'<Override PartName="/{part}" ContentType="{_SHEET_TYPE}"/>'
    return {**{name: _before_end(_before_end(_before_end(content, name, _BOOK, "sheets", sheet), name, _LINKS,
                                             "Relationships", relation), name, _TYPES, "Types", declared)
               for name, content in parts.items()}, part: _sheet(texts).encode("utf-8")}


def texts_of(cells: Mapping[str, object]) -> dict[str, str]:
    """The texts of the hidden sheet, from its cells by address. A text that is damaged or too long is left out."""
    pieces: dict[str, list[str]] = {}
    row = 2
    while isinstance(name := cells.get(f"A{row}"), str) and isinstance(piece := cells.get(f"B{row}"), str):
        pieces.setdefault(name, []).append(piece)
        row += 1
    found = {name: joined(chunks) if name == PLAIN else _unpacked(joined(chunks)) for name, chunks in pieces.items()}
    return {name: text for name, text in found.items() if text}


def _before_end(content: bytes, name: str, wanted: str, element: str, added: str) -> bytes:
    if name != wanted:
        return content
    end = f"</{element}>".encode()
    assert content.count(end) == 1, f"{name} was not written by us"
    return content.replace(end, added.encode() + end)


def _sheet(texts: Mapping[str, str]) -> str:
    rows = [(NOTE, ""), *((name, piece) for name, text in texts.items() for piece in _pieces(name, text))]
    lines = "".join(f'<row r="{row}">{_cell(f"A{row}", name)}{_cell(f"B{row}", piece)}</row>'
                    for row, (name, piece) in enumerate(rows, 1))
    return (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_SHEETS}">'
            f"<sheetData>{lines}</sheetData></worksheet>")


def _pieces(name: str, text: str) -> Iterator[str]:
    """A text in pieces of what a cell holds. Letters outside ASCII are written as JSON escapes them: nothing is lost."""
    plain = _ascii(text) if name == PLAIN else base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")
    yield from (plain[start:start + CHUNK] for start in range(0, len(plain), CHUNK))


def _ascii(text: str) -> str:
    """JSON that no program changes when it opens and saves a cell: in ASCII, and nothing in it that Excel takes for a sign."""
    return json.dumps(json.loads(text), separators=(",", ":")).replace("_x", "\\u005fx")


def _cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>' if text else ""


def _unpacked(text: str) -> str:
    try:
        stream = zlib.decompressobj()
        raw = stream.decompress(base64.b64decode(text, validate=True), MAX_TEXT)
        return raw.decode("utf-8") if stream.eof else ""
    except (binascii.Error, zlib.error, ValueError):
        return ""
