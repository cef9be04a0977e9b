"""A look at an Office file from a stranger before anything parses it: is it one, and is it of a size that such a file has?

Only the zip directory is believed in, and that no further than the bytes agree with it. What no document needs is refused.
`bizcase.document.preflight` and `bizcase.workbook.preflight` say what is asked of a document and of a workbook.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from xml.etree import ElementTree
from xml.parsers import expat

from bizcase.errors import Finding, Place, Severity, UnreadableFile

MAX_FILE = 100_000_000
MAX_PARTS = 2_000
MAX_UNPACKED = 200_000_000
MAX_XML = 32_000_000
MAX_RATIO, RATIO_MATTERS_FROM = 100, 1_000_000
MAX_ELEMENTS = 1_000_000
DEEPEST = 100
"""Beyond what thousands of real documents hold; more is a trap."""

Start = Callable[[str, dict[str, str]], None]
Seen = Callable[[str], None]

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = b"http://purl.oclc.org/ooxml/officeDocument"
_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError)
"""What Python's zip reader raises for a file that is none, or broken."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of Office file: the program and its word for the file, the folder and root of its main part, and how to save it."""

    program: str
    thing: str
    folder: str
    root: str
    save_as: str

    @property
    def a_file(self) -> str:
        return f"{'an' if self.program[0] in 'AEIOU' else 'a'} {self.program} file"


WORD = Wanted("Word", "document", "word/", "document", "in Word choose File > Save As > Word Document (*.docx)")
EXCEL = Wanted("Excel", "workbook", "xl/", "workbook",
               "in Excel choose File > Save As > Excel Workbook (*.xlsx)")
_OTHER_MAIN_PARTS = {"word/": "a Word document", "xl/": "an Excel workbook", "ppt/": "a PowerPoint presentation",
                     "visio/": "a Visio drawing"}
_OLD_STREAMS = {"WordDocument": "a Word file of the old kind (.doc)", "Workbook": "an Excel file of the old kind (.xls)",
                "PowerPoint Document": "a PowerPoint file of the old kind (.ppt)"}
_OTHERS = {b"%PDF-": "this is a PDF", b"{\\rtf": "this is a Rich Text file", b"<": "this is a web page or XML file"}


class Trap(ValueError):
    """A part that must not be parsed, or cannot be: why, in words that follow its name, and what to do about it."""

    def __init__(self, told: str, hint: str = "") -> None:
        super().__init__(told, hint)
        self.told, self.hint = told, hint


def safe_parts(content: bytes, name: str, wanted: Wanted, start: Start | None = None) -> dict[str, bytes]:
    """The XML parts of an Office file by name; pictures and the like are left out. `start` is as for `elements_of`.

    Raises UnreadableFile, with one finding, where it is not the kind that is wanted (E02, E08) or not one to be opened (E09).
    """
    def refuse(code: str, message: str, hint: str) -> UnreadableFile:
        return UnreadableFile(Finding(Place(name), code, Severity.ERROR, message, hint))

    other = _another_kind(content, name, wanted)
    if other:
        raise refuse(*other)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            odd = next(oddities(archive.infolist()), "")
            if odd:
                raise refuse("E09", odd, f"open it in {wanted.program} and save it as a new {wanted.thing}; if {wanted.program} "
                             "refuses too, do not trust it")
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist() if is_xml(entry.filename)}
    except DAMAGED:
        raise refuse("E08", "the file is damaged: it cannot be unpacked", "get it again from where it came from") from None
    try:
        for part, data in parts.items():
            elements_of(part, data, start=start)
    except Trap as trap:
        raise refuse("E09", trap.told, trap.hint or f"{wanted.program} writes no such thing; do not trust the file") from None
    unwanted = _unwanted(parts, wanted)
    if unwanted:
        raise refuse("E08", *unwanted)
    return parts


def _another_kind(content: bytes, name: str, wanted: Wanted) -> tuple[str, str, str] | None:
    """Code, message and hint for what is no package at all; nothing for what may be one."""
    if PurePath(name).name.startswith("~$"):
        return "E08", (f"this is the mark that {wanted.program} leaves while a {wanted.thing} is open, not the {wanted.thing}"
                       ), "give the file without ~$"
    if not content:
        return "E02", "the file is empty", f"save the {wanted.thing} again"
    if content.startswith(_OLD_OFFICE):
        return _of_the_old_kind(content, wanted)
    if content.startswith(b"PK"):
        return None
    start = content[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    told = next((told for mark, told in _OTHERS.items() if start.startswith(mark)), "")
    if told == _OTHERS[b"%PDF-"]:
        return "E08", told, f"give the {wanted.program} file that it was made from"
    if not told and wanted is EXCEL and b"\0" not in content[:1_000]:
        told = "this is a text file, such as CSV, whatever its name ends in"
    return "E08", told or f"this is not {wanted.a_file}", wanted.save_as


def _of_the_old_kind(content: bytes, wanted: Wanted) -> tuple[str, str, str]:
    if "EncryptedPackage".encode("utf-16-le") in content:
        protect = f"File > Info > Protect {wanted.thing.capitalize()} > Encrypt with Password"
        return "E08", f"the {wanted.thing} is locked with a password", f"in {wanted.program} choose {protect} and empty the box"
    what = next((what for stream, what in _OLD_STREAMS.items() if stream.encode("utf-16-le") in content), "")
    usual = next(what for what in _OLD_STREAMS.values() if wanted.program in what)
    return "E08", f"this is {what or usual}", wanted.save_as


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
    (lambda entry: is_xml(entry.filename) and entry.file_size > MAX_XML, f"is larger than {MAX_XML // 1_000_000} MB"),
    (lambda entry: entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size),
     f"grows to more than {MAX_RATIO} times its size"),
)


def is_xml(name: str) -> bool:
    return name.casefold().endswith((".xml", ".rels"))


def elements_of(part: str, content: bytes, *, start: Start | None = None, unseen: Seen | None = None) -> int:
    """How many elements a part has. `start` is told of each, by its name as written and its attributes, and `unseen` of each
    comment and instruction; both may raise Trap.

    Raises Trap, with the name of the part, for what a parser could be harmed by and for what is not well formed.
    """
    count = depth = 0

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count, depth
        count, depth = count + 1, depth + 1
        if depth > DEEPEST:
            raise Trap(f"is nested more than {DEEPEST} deep")
        if count > MAX_ELEMENTS:
            raise Trap(f"holds more than {MAX_ELEMENTS:,} elements")
        if start is not None:
            start(tag, attributes)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise Trap("declares a document type")

    def aside(*texts: str) -> None:
        if unseen is not None:
            unseen(" ".join(texts))

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = doctype
    parser.CommentHandler = parser.ProcessingInstructionHandler = aside
    try:
        parser.Parse(content, True)
    except Trap as trap:
        raise Trap(f"its part {part[:100]} {trap.told}", trap.hint) from None
    except (expat.ExpatError, ValueError) as problem:
        raise Trap(f"its part {part[:100]} is not well formed ({problem})") from None
    return count


def _unwanted(parts: Mapping[str, bytes], wanted: Wanted) -> tuple[str, str] | None:
    """Message and hint where a sound package is not of the kind that is wanted."""
    links = parts.get("_rels/.rels", b"")
    if _STRICT in links:
        return f"this is {wanted.a_file} of the Strict kind", (
            f"{wanted.save_as}, not Strict Open XML {wanted.thing.capitalize() if wanted is WORD else 'Spreadsheet'}")
    if "META-INF/manifest.xml" in parts and "content.xml" in parts:
        usual = "Word 2007-365" if wanted is WORD else "Excel 2007-365"
        return "this is an OpenDocument file", f"{wanted.save_as} (LibreOffice: File > Save As > {usual})"
    main = next((posixpath.normpath(posixpath.join("/", link.get("Target") or "")).lstrip("/")
                 for link in (ElementTree.fromstring(links) if links else ()) if link.get("Type") == _MAIN), "")
    if main.casefold().endswith(".bin"):
        return "this is a binary workbook (.xlsb)", EXCEL.save_as
    other = next((what for folder, what in _OTHER_MAIN_PARTS.items() if main.startswith(folder) and folder != wanted.folder), "")
    if other:
        return f"this is {other}", f"give the {wanted.program} file"
    if main not in parts or _root_of(parts[main]) != wanted.root:
        return f"this is a zip file, and no {wanted.program} {wanted.thing} is in it", wanted.save_as
    return None


def _root_of(content: bytes) -> str:
    """The name of a sound part's outermost element, without its namespace; the rest is not read."""
    _, root = next(iter(ElementTree.iterparse(io.BytesIO(content), events=("start",))))
    return str(root.tag).rpartition("}")[2]
