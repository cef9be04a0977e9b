"""Excel files from strangers: what is no workbook, or a trap for openpyxl, gets one clear line and is not opened."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from bizcase.archive import packed
from bizcase.document.ooxml import parts_of
from bizcase.errors import UnreadableFile
from bizcase.workbook.preflight import area, excel_parts
from tests.building import built_sample
from tests.conftest import sample_names
from tests.document.writing import line, word_file

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def saved(merged: str = "", linked: str = "", far: str = "") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = 5
    if far:
        sheet[far] = 6
    out = io.BytesIO()
    book.save(out)
    parts = parts_of(out.getvalue())
    name = "xl/worksheets/sheet1.xml"
    more = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    more += f'<hyperlinks><hyperlink ref="{linked}" location="A1"/></hyperlinks>' if linked else ""
    parts[name] = parts[name].replace(b"</sheetData>", b"</sheetData>" + more.encode())
    return packed(parts)


def changed(name: str, old: bytes, new: bytes) -> bytes:
    parts = parts_of(saved())
    assert old in parts[name]
    return packed({**parts, name: parts[name].replace(old, new)})


REFUSED = {
    "nothing": (b"", "E02", "the file is empty"),
    "a CSV file": (b"Item,Cost\nKit,5\n", "E08", "this is a text file, such as CSV, whatever its name ends in"),
    "a web page": (b"<html><table><tr><td>5</td></tr></table></html>", "E08", "this is a web page or XML file"),
    "an old Excel file": (OLD + bytes(600) + "Workbook".encode("utf-16-le"), "E08",
                          "this is an Excel file of the old kind (.xls)"),
    "a locked file": (OLD + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "E08", "the workbook is locked with a password"),
    "a binary workbook": (changed("_rels/.rels", b"xl/workbook.xml", b"xl/workbook.bin"), "E08",
                          "this is a binary workbook (.xlsb)"),
    "a Strict file": (changed("_rels/.rels", b"http://schemas.openxmlformats.org/officeDocument/2006",
                              b"http://purl.oclc.org/ooxml/officeDocument"), "E08", "this is an Excel file of the Strict kind"),
    "a Word file": (word_file(line("Dear panel")), "E08", "this is a Word document"),
    "a cut file": (saved()[:-60], "E08", "the file is damaged: it cannot be unpacked"),
    "the whole sheet merged": (saved(merged="A1:XFD1048576"), "E09", "merges or links more than 200,000 cells"),
    "the whole sheet linked": (saved(linked="$A$1:$XFD$1048576"), "E09", "merges or links more than 200,000 cells"),
    "a document type": (changed("xl/workbook.xml", b"<workbook", b"<!DOCTYPE x><workbook"), "E09", "declares a document type"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_workbook_or_a_trap_is_refused_in_one_line(name: str) -> None:
    content, code, message = REFUSED[name]
    with pytest.raises(UnreadableFile) as caught:
        excel_parts(content, "benefits.xlsx")
    (finding,) = caught.value.findings
    assert (finding.code, finding.place.file) == (code, "benefits.xlsx")
    assert message in finding.message
    assert finding.hint and "Word" not in finding.hint.replace("Password", "")
    assert "\n" not in finding.message + finding.hint


def test_very_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = saved(far="B2")
    monkeypatch.setattr("bizcase.workbook.preflight.MAX_CELLS", 2)
    assert excel_parts(content, "benefits.xlsx")
    monkeypatch.setattr("bizcase.workbook.preflight.MAX_CELLS", 1)
    with pytest.raises(UnreadableFile, match=r"E09 its part .* brings its cells to more than 1"):
        excel_parts(content, "benefits.xlsx")


def test_a_lock_file_is_named_as_one() -> None:
    with pytest.raises(UnreadableFile, match="the mark that Excel leaves while a workbook is open"):
        excel_parts(b"Me", "folder/~$benefits.xlsx")


@pytest.mark.parametrize("content", [saved(), saved(merged="A1:C3", linked="B2"), saved(far="XFD1048576")],
                         ids=["plain", "merged and linked", "far away"])
def test_a_sound_workbook_passes(content: bytes) -> None:
    assert "xl/workbook.xml" in excel_parts(content, "benefits.xlsx")


@pytest.mark.parametrize("name", sample_names())
def test_our_own_workbooks_pass(name: str) -> None:
    assert "xl/workbook.xml" in excel_parts(built_sample(name).workbook, "benefits.xlsx")


@pytest.mark.parametrize(("reference", "cells"), [("A1", 1), ("A1:B3", 6), ("$A$1:$AA$2", 54), ("a1:xfd1048576", 17_179_869_184),
                                                  ("B3:A1", 6), ("", 0), ("Sheet!A1", 0)])
def test_the_cells_of_a_range_are_counted(reference: str, cells: int) -> None:
    assert area(reference) == cells
