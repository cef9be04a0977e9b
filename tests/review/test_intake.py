"""From files and folders to submissions: bids find their workbooks, and one odd file stops nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bizcase.errors import Severity
from bizcase.review import intake
from bizcase.review.intake import Intake, take_in


def folder_with(tmp_path: Path, *names: str) -> Path:
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"PK")
    return tmp_path


def pairs(found: Intake, folder: Path) -> list[tuple[str, str]]:
    def name(path: Path | None) -> str:
        return path.relative_to(folder).as_posix() if path is not None else ""
    return [(name(arrival.bid), name(arrival.workbook)) for arrival in found.arrivals]


PAIRS = {
    "our own names": (("falls-bid.docx", "falls-benefits.xlsx", "other-bid.docx"),
                      [("falls-bid.docx", "falls-benefits.xlsx"), ("other-bid.docx", "")]),
    "the same name": (("Falls.docx", "falls.xlsm", "x.docm", "y.xlsx"),
                      [("Falls.docx", "falls.xlsm"), ("x.docm", ""), ("", "y.xlsx")]),
    "the only two of a folder": (("a/Bid.docx", "a/Costs.xlsx", "b/Bid.docx", "b/Costs.xlsx"),
                                 [("a/Bid.docx", "a/Costs.xlsx"), ("b/Bid.docx", "b/Costs.xlsx")]),
    "no pair across folders": (("a/falls.docx", "a/x.docx", "b/falls.xlsx"),
                               [("a/falls.docx", ""), ("a/x.docx", ""), ("", "b/falls.xlsx")]),
    "many bids and a list": (("a.docx", "b.docx", "list.xlsx"), [("a.docx", ""), ("b.docx", ""), ("", "list.xlsx")]),
    "a template": (("form.dotx",), [("form.dotx", "")]),
}


@pytest.mark.parametrize("kind", PAIRS)
def test_bids_find_their_workbooks(kind: str, tmp_path: Path) -> None:
    names, expected = PAIRS[kind]
    found = take_in([folder_with(tmp_path, *names)])
    assert pairs(found, tmp_path) == expected
    assert not found.findings


def test_a_bid_and_a_workbook_that_alone_are_named_belong_together(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "a/Bid.docx", "b/Costs.xlsx", "b/More.xlsx")
    found = take_in([folder / "a/Bid.docx", folder / "b/Costs.xlsx"])
    assert pairs(found, folder) == [("a/Bid.docx", "b/Costs.xlsx")]


@pytest.mark.parametrize("name", ["~$falls.docx", ".hidden.docx", ".git/falls.docx", "falls-comments.docx", "falls-review.xlsx",
                                  "falls.yaml"])
def test_what_is_no_submission_is_passed_over(name: str, tmp_path: Path) -> None:
    found = take_in([folder_with(tmp_path, "a.docx", name)])
    assert pairs(found, tmp_path) == [("a.docx", "")]
    assert not found.findings
    assert [note.partition(": ")[0] for note in found.notes] == ([] if name.startswith(".git") else [str(tmp_path / name)])


@pytest.mark.parametrize(("name", "told"), [
    ("falls.pdf", "this is a PDF"), ("falls.doc", "this is a Word file of the old kind"),
    ("falls.odt", "this is an OpenDocument text"),
    ("falls.XLS", "this is an Excel file of the old kind"), ("falls.xlsb", "this is a binary workbook"),
    ("falls.txt", "this is a text file"), ("falls.csv", "this is a text file with values"),
])
def test_what_cannot_be_reviewed_is_one_finding_and_the_rest_goes_on(name: str, told: str, tmp_path: Path) -> None:
    found = take_in([folder_with(tmp_path, "a.docx", name)])
    assert pairs(found, tmp_path) == [("a.docx", "")]
    (finding,) = found.findings
    assert (finding.code, finding.severity, finding.place.file) == ("B02", Severity.ERROR, str(tmp_path / name))
    assert finding.message == f"{told}, and is not reviewed"
    assert finding.hint


def test_a_picture_in_a_folder_is_advice_and_a_picture_that_was_named_an_error(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "logo.png")
    assert [finding.severity for finding in take_in([folder]).findings] == [Severity.ADVISORY]
    assert [finding.severity for finding in take_in([folder / "logo.png"]).findings] == [Severity.ERROR]


def test_the_pdf_of_a_word_file_is_no_fault(tmp_path: Path) -> None:
    found = take_in([folder_with(tmp_path, "falls-bid.docx", "falls-bid.pdf")])
    assert not found.findings
    assert len(found.notes) == 1


def test_a_file_named_twice_is_reviewed_once(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "a.docx")
    assert len(take_in([folder, folder / "a.docx", folder / ".." / folder.name / "a.docx"]).arrivals) == 1


def test_a_file_that_is_not_there_is_left_to_the_reader_of_files(tmp_path: Path) -> None:
    assert [arrival.name for arrival in take_in([tmp_path / "none.docx"]).arrivals] == [str(tmp_path / "none.docx")]


def test_what_only_looks_like_a_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.docx")
    found = take_in([tmp_path])
    assert not found.arrivals
    assert [finding.code for finding in found.findings] == ["B02"]


def test_a_folder_without_end_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_FILES", 2)
    found = take_in([folder_with(tmp_path, "a.docx", "b.docx", "c.docx")])
    assert len(found.arrivals) == 2
    assert [finding.message[:34] for finding in found.findings] == ["the folder holds more than 2 files"]
