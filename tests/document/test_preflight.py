"""Files from strangers: what is no Word file, or a trap, gets one clear line and is not parsed."""

from __future__ import annotations

import contextlib
import io
import random
import re
import struct
import zipfile
from collections.abc import Callable

import pytest

from bizcase.archive import packed
from bizcase.document.accessibility import accessibility_findings
from bizcase.document.preflight import word_parts
from bizcase.errors import UnreadableFile
from tests.building import built_sample
from tests.conftest import sample_names
from tests.document.writing import heading, line, row, table, word_file

SOUND = word_file(line("Text."))
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def parts_in(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def parts() -> dict[str, bytes]:
    return parts_in(SOUND)


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    content = parts()
    content[name] = change(content[name])
    return packed(content)


def with_part(name: str, content: bytes) -> bytes:
    return packed({**parts(), name: content})


def zipped(*members: tuple[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def with_flag(content: bytes, flag: int) -> bytes:
    """The archive with a bit set for its first member, in its own header and in the directory."""
    changed = bytearray(content)
    for start, offset in ((0, 6), (content.index(b"PK\x01\x02"), 8)):
        (bits,) = struct.unpack_from("<H", changed, start + offset)
        struct.pack_into("<H", changed, start + offset, bits | flag)
    return bytes(changed)


def lying_over(content: bytes) -> bytes:
    """The archive whose second member, in the directory, begins where the first does."""
    changed = bytearray(content)
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 4)
    struct.pack_into("<L", changed, second + 42, 0)
    return bytes(changed)


REFUSED: dict[str, tuple[bytes, str, str]] = {
    "nothing": (b"", "E02", "the file is empty"),
    "text": (b"Dear panel", "E08", "this is not a Word file"),
    "a PDF": (b"%PDF-1.7", "E08", "this is a PDF"),
    "rich text": (b"{\\rtf1 Dear panel}", "E08", "this is a Rich Text file"),
    "a web page": (b"\xef\xbb\xbf<html>Dear panel", "E08", "this is a web page or XML file"),
    "an old Word file": (OLD + bytes(600), "E08", "this is a Word file of the old kind (.doc)"),
    "an old Excel file": (OLD + bytes(600) + "Workbook".encode("utf-16-le"), "E08",
                          "this is an Excel file of the old kind (.xls)"),
    "a file with a password": (OLD + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "E08",
                               "the document is locked with a password"),
    "a cut file": (SOUND[:-40], "E08", "the file is damaged: it cannot be unpacked"),
    "a file cut in the middle": (SOUND[:600], "E08", "the file is damaged: it cannot be unpacked"),
    "a changed part": (SOUND[:60] + b"????" + SOUND[64:], "E08", "the file is damaged: it cannot be unpacked"),
    "a zip file": (zipped(("a.txt", b"Dear panel")), "E08", "this is a zip file, and no Word document is in it"),
    "an empty zip file": (zipped(), "E08", "this is a zip file, and no Word document is in it"),
    "an OpenDocument file": (zipped(("mimetype", b"x"), ("content.xml", b"<a/>"), ("META-INF/manifest.xml", b"<a/>")), "E08",
                             "this is an OpenDocument file"),
    "a workbook": (packed({"xl/workbook.xml": b"<workbook/>",
                           "_rels/.rels": parts()["_rels/.rels"].replace(b"word/document.xml", b"xl/workbook.xml")}), "E08",
                   "this is an Excel workbook"),
    "a Strict file": (changed("_rels/.rels", lambda text: text.replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006", b"http://purl.oclc.org/ooxml/officeDocument")), "E08",
        "this is a Word file of the Strict kind"),
    "a document of another root": (changed("word/document.xml", lambda _: b"<html/>"), "E08",
                                   "this is a zip file, and no Word document is in it"),
    "a document type": (changed("word/styles.xml", lambda text: b'<!DOCTYPE a [<!ENTITY b "c">]>' + text), "E09",
                        "its part word/styles.xml declares a document type"),
    "a document type in UTF-16": (changed("word/styles.xml", lambda text: ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a>'
                                          + text.decode()).encode("utf-16")), "E09",
                                  "its part word/styles.xml declares a document type"),
    "broken XML": (changed("word/styles.xml", lambda text: text[:-5]), "E09", "its part word/styles.xml is not well formed"),
    "deep XML": (with_part("word/deep.xml", b"<a>" * 10_000 + b"</a>" * 10_000), "E09",
                 "its part word/deep.xml is nested more than 100 deep"),
    "a part that grows": (with_part("word/media/a.bin", bytes(20_000_000)), "E09",
                          "its part word/media/a.bin grows to more than 100 times its size"),
    "a part too large": (zipped(("a.xml", b"<a/>" + bytes(33_000_000)), compression=zipfile.ZIP_STORED), "E09",
                         "its part a.xml is larger than 32 MB"),
    "very many elements": (zipped(("a.xml", b"<a>" + b"<b/>" * 2_100_000 + b"</a>"), compression=zipfile.ZIP_STORED), "E09",
                       "its part a.xml holds more than 1,000,000 elements"),
    "very many parts": (zipped(*((f"{number}.txt", b"") for number in range(2_001))), "E09",
                        "it holds 2,001 parts; a document has at most 2,000"),
    "two parts of one name": (zipped(("a.xml", b"<a/>"), ("A.xml", b"<a/>")), "E09", "is there twice"),
    "a way out": (with_part("../../a.xml", b"<a/>"), "E09", "its part ../../a.xml has a name that leads out of it"),
    "a way to a drive": (with_part("C:/a.xml", b"<a/>"), "E09", "its part C:/a.xml has a name that leads out of it"),
    "an encrypted part": (with_flag(SOUND, 1), "E09", "its part [Content_Types].xml is encrypted"),
    "another packing": (zipped(("a.xml", b"<a/>"), compression=zipfile.ZIP_LZMA), "E09",
                        "its part a.xml is packed in an unknown way"),
    "a part over another": (
        lying_over(zipped(("a.txt", b"x" * 400), ("b.txt", b"y" * 400), compression=zipfile.ZIP_STORED)), "E09",
        "lies over another"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_word_file_or_a_trap_is_refused_in_one_line(name: str) -> None:
    content, code, message = REFUSED[name]
    with pytest.raises(UnreadableFile) as caught:
        word_parts(content, "bid.docx")
    (finding,) = caught.value.findings
    assert (finding.code, finding.place.file) == (code, "bid.docx")
    assert message in finding.message
    assert finding.hint
    assert "\n" not in finding.message + finding.hint


def test_the_mark_of_an_open_document_is_not_the_document() -> None:
    with pytest.raises(UnreadableFile, match="E08 this is the mark that Word leaves while a document is open"):
        word_parts(b"Me" + bytes(160), "folder/~$my-bid.docx")


def test_a_word_file_gives_its_xml_parts() -> None:
    assert list(word_parts(with_part("word/media/image1.png", b"\x89PNG"), "bid.docx")) == list(parts())


@pytest.mark.parametrize("name", sample_names())
def test_our_own_bids_pass(name: str) -> None:
    assert "word/document.xml" in word_parts(built_sample(name).bid, "bid.docx")


def test_pictures_may_be_larger_than_text() -> None:
    large = bytes(range(256)) * 200_000
    assert len(large) > 33_000_000
    assert word_parts(zipped(*parts().items(), ("word/media/a.png", large), compression=zipfile.ZIP_STORED), "bid.docx")


def test_the_whole_may_not_be_too_large() -> None:
    many = [(f"word/media/{number}.png", bytes(999_000)) for number in range(210)]
    with pytest.raises(UnreadableFile, match="E09 unpacked it would be larger than 200 MB"):
        word_parts(zipped(*parts().items(), *many), "bid.docx")


@pytest.mark.parametrize("seed", range(20))
def test_a_file_with_bytes_changed_at_random_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    document = word_file(heading("A") + table(row("A", "B", header=True), row("C", "D"))
                         + line("x", look='<w:color w:val="BBBBBB"/>'))
    stored = zipped(*parts_in(document).items(), compression=zipfile.ZIP_STORED)
    for _ in range(40):
        content = bytearray(chance.choice((document, stored)))
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        with contextlib.suppress(UnreadableFile):
            accessibility_findings(bytes(content), "bid.docx")


@pytest.mark.parametrize("seed", range(20))
def test_a_document_with_values_changed_at_random_is_looked_at(seed: int) -> None:
    """Sound XML that no schema allows: whatever stands in an attribute, the gate gives findings and nothing else."""
    chance = random.Random(seed)
    content = parts_in(built_sample(sample_names()[0]).bid)
    odd = ("", "x", "-1", "99999999999", "²", "auto", "GGGGGG", "none", "é")

    def put(found: re.Match[bytes]) -> bytes:
        return found[1] + chance.choice(odd).encode() + b'"' if chance.random() < 0.02 else found[0]

    for name in ("word/document.xml", "word/styles.xml", "word/settings.xml"):
        content[name] = re.sub(rb'( w:\w+=")[^"]*"', put, content[name])
    assert accessibility_findings(packed(content), "bid.docx")
