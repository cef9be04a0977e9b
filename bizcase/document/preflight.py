"""A look at a Word file from a stranger before anything parses it: is it one, and is it of a size that a document has?

Only the zip directory is believed in, and that no further than the bytes agree with it. What no document needs is refused.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePath

from bizcase.document.ooxml import main_part, parsed
from bizcase.errors import Finding, Place, Severity, UnreadableFile

MAX_FILE = 100_000_000
MAX_PARTS = 2_000
MAX_UNPACKED = 200_000_000
MAX_XML = 32_000_000
MAX_RATIO, RATIO_MATTERS_FROM = 100, 1_000_000
MAX_TAGS = 2_000_000
"""Beyond what thousands of real documents hold; more is a trap."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/officeDocument"
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError)
_SAVE_AS = "in Word choose File > Save As > Word Document (*.docx)"
_OTHERS = {
    b"%PDF-": ("this is a PDF", "give the Word file that it was made from"),
    b"{\\rtf": ("this is a Rich Text file", _SAVE_AS),
    b"<": ("this is a web page or XML file", _SAVE_AS),
}
_OTHER_MAIN_PARTS = {"xl/": "an Excel workbook", "ppt/": "a PowerPoint presentation", "visio/": "a Visio drawing"}


def word_parts(content: bytes, name: str) -> dict[str, bytes]:
    """The XML parts of a Word file by name; pictures and the like are left out.

    Raises UnreadableFile, with one finding, where it is not a Word file (E02, E08) or not one to be opened (E09).
    """
    def refuse(code: str, message: str, hint: str) -> UnreadableFile:
        return UnreadableFile(Finding(Place(name), code, Severity.ERROR, message, hint))

    other = _another_kind(content, name)
    if other:
        raise refuse(*other)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            odd = next(oddities(archive.infolist()), "")
            if odd:
                raise refuse("E09", odd, "open it in Word and save it as a new document; if Word refuses too, do not trust it")
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist() if _is_xml(entry.filename)}
    except _DAMAGED:
        raise refuse("E08", "the file is damaged: it cannot be unpacked", "get it again from where it came from") from None
    trap = next((problem for part, data in parts.items() if (problem := _trap(part, data))), "")
    if trap:
        raise refuse("E09", trap, "Word writes no such thing; do not trust the file")
    no_document = _no_document(parts)
    if no_document:
        raise refuse("E08", *no_document)
    return parts


def _another_kind(content: bytes, name: str) -> tuple[str, str, str] | None:
    """Code, message and hint for what is no package at all; nothing for what may be one."""
    if PurePath(name).name.startswith("~$"):
        return "E08", "this is the mark that Word leaves while a document is open, not the document", "give the file without ~$"
    if not content:
        return "E02", "the file is empty", "save the document again"
    if content.startswith(_OLD_OFFICE):
        if _ENCRYPTED in content:
            return "E08", "the document is locked with a password", (
                "in Word choose File > Info > Protect Document > Encrypt with Password and empty the box")
        return "E08", "this is a Word file of the old kind (.doc)", _SAVE_AS
    if content.startswith(b"PK"):
        return None
    start = content[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    told, hint = next((told for mark, told in _OTHERS.items() if start.startswith(mark)), ("this is not a Word file", _SAVE_AS))
    return "E08", told, hint


def oddities(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    """What in a zip directory no document has, as words that follow "it" or "its part"."""
    if len(entries) > MAX_PARTS:
        yield f"it holds {len(entries):,} parts; a document has at most {MAX_PARTS:,}"
    twice = Counter(entry.filename.casefold() for entry in entries)
    yield from (f"its part {name[:100]} is there twice" for name, times in twice.items() if times > 1)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        yield f"unpacked it would be larger than {MAX_UNPACKED // 1_000_000} MB"
    for entry in entries:
        for is_odd, told in _ODD:
            if is_odd(entry):
                yield f"its part {entry.filename[:100]} {told}"
    ends = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < ends:
            yield f"its part {entry.filename[:100]} lies over another"
        ends = entry.header_offset + entry.compress_size


_ODD: tuple[tuple[Callable[[zipfile.ZipInfo], bool], str], ...] = (
    (lambda entry: bool(entry.flag_bits & 1), "is encrypted"),
    (lambda entry: entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED), "is packed in an unknown way"),
    (lambda entry: entry.filename.startswith(("/", "\\")) or ".." in entry.filename.replace("\\", "/").split("/")
     or ":" in entry.filename, "has a name that leads out of it"),
    (lambda entry: _is_xml(entry.filename) and entry.file_size > MAX_XML, f"is larger than {MAX_XML // 1_000_000} MB"),
    (lambda entry: entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size),
     f"grows to more than {MAX_RATIO} times its size"),
)


def _is_xml(name: str) -> bool:
    return name.casefold().endswith((".xml", ".rels"))


def _trap(part: str, data: bytes) -> str:
    """What makes a part dangerous to parse, or impossible."""
    plain = data.replace(b"\0", b"") if data[:4].count(b"\0") else data
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        return f"its part {part[:100]} declares a document type"
    if plain.count(b"<") > MAX_TAGS:
        return f"its part {part[:100]} holds more than {MAX_TAGS:,} tags"
    try:
        parsed(data)
    except ValueError:
        return f"its part {part[:100]} is not well formed"
    return ""


def _no_document(parts: dict[str, bytes]) -> tuple[str, str] | None:
    """Message and hint where a sound package is not a Word document."""
    links = parts.get("_rels/.rels", b"")
    if _STRICT in links:
        return "this is a Word file of the Strict kind", f"{_SAVE_AS}, not Strict Open XML Document"
    if "META-INF/manifest.xml" in parts and "content.xml" in parts:
        return "this is an OpenDocument file", f"{_SAVE_AS} (LibreOffice: File > Save As > Word 2007-365)"
    main = main_part(parts)
    for folder, what in _OTHER_MAIN_PARTS.items():
        if main.startswith(folder):
            return f"this is {what}", "give the Word file"
    if not main or not parsed(parts[main]).tag.endswith("}document"):
        return "this is a zip file, and no Word document is in it", _SAVE_AS
    return None
