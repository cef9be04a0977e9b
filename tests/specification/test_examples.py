"""The examples: valid files that give no error, and for every fault and doubt a file with all that `bizcase check` says of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from bizcase.case import open_case
from bizcase.cli.main import main
from bizcase.codes import explanations
from bizcase.completeness.criterion import load_criteria
from bizcase.errors import Severity
from bizcase.specification.file_text import decode
from bizcase.specification.profile import profile_names
from bizcase.specification.source import read
from tests.conftest import sample_case, sample_names
from tests.specification.checking import code_of, errors_of, invalid_examples, places_of, valid_examples

ELSEWHERE = {
    "E01": "no file at all: tests/test_cli.py",
    "E08": "a Word file that is none: tests/document/test_preflight.py",
    "E09": "a Word file that is not safe: tests/document/test_preflight.py",
    "E74": "a case of thousands of rows: tests/workbook",
    "E80": "an output that exists: tests/test_cli.py",
    "E81": "an output that is open: tests/test_package.py",
    "E82": "an output that cannot be written: tests/test_package.py",
    "E83": "a workbook that disagrees: tests/workbook",
    "E84": "a template that cannot be rendered: tests/document",
    "E91": "a name in a profile: tests/specification/test_profile_file.py",
    "E92": "a block that a profile prints twice: tests/specification/test_profile_file.py",
    "E93": "the template of a profile: tests/specification/test_profile_file.py",
    "E94": "a sign or a term of a profile: tests/specification/test_profile_file.py",
    "E95": "no LibreOffice: tests/test_office.py",
    "E96": "a LibreOffice that hangs: tests/test_office.py",
    "E97": "a LibreOffice that gives nothing: tests/test_office.py",
    "E98": "a lens on the command line: tests/test_report_commands.py",
    "E99": "the report of an earlier round: tests/test_review_command.py",
    "E85": "a font, colour or logo that cannot be used: tests/test_template_commands.py",
}
"""Faults that no specification can cause, and where they are tested."""

GENERATED = {
    "E02-empty.yaml": b"",
    "E02-nothing-but-comments.yaml": b"# My bid\n\n# to be written\n",
    "E03-word-file.yaml": b"PK\x03\x04\x14\x00\x06\x00" + bytes(400),
    "E03-old-word-file.yaml": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(400),
    "E03-pdf.yaml": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "E03-binary-data.yaml": b"document:\x00title",
    "E04-saved-for-windows.yaml": "profile: ideas-den\ndocument:\n  author: Zoë O’Connor\n".encode("cp1252"),
    "E04-utf-16.yaml": "document:\n  title: Walking aids\n".encode("utf-16"),
    "E05-too-large.yaml": b"# a book\n" * 120_000,
    "E06-nested-too-deep.yaml": b"document: " + b"[" * 30_000,
    "E06-nested-too-deep-in-json.json": b'{"document": ' + b"[" * 30_000,
    "E07-too-many-values.yaml": b"document: [" + b"1, " * 50_001 + b"]\n",
}
"""Files that are too large or too strange to lie in a folder of texts."""


def checked_at_the_terminal(name: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["check", name])
    return result.exit_code, result.output


@pytest.mark.parametrize("path", invalid_examples(), ids=lambda path: path.name)
def test_an_invalid_file_is_told_what_is_wrong_with_it(
        path: Path, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]) -> None:
    monkeypatch.chdir(path.parent)
    exit_code, output = checked_at_the_terminal(path.name)
    assert exit_code == 1
    assert f": {code_of(path)} " in output
    golden(f"../examples/invalid/{path.stem}.txt", output)


@pytest.mark.parametrize("name", GENERATED)
def test_an_unreadable_file_is_refused_in_one_line(
        name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(GENERATED[name])
    exit_code, output = checked_at_the_terminal(name)
    assert exit_code == 2
    assert f": {name.split('-')[0]} " in output
    assert len(output.splitlines()) == 2, "one line and its hint"
    golden(f"../examples/invalid/{Path(name).stem}.txt", output)


def test_no_fault_is_without_an_example() -> None:
    faults = {code for code in explanations() if code.startswith(("E", "A"))}
    shown = {code_of(path) for path in invalid_examples()} | {name.split("-")[0] for name in GENERATED}
    assert len([code for code in shown if code.startswith("E")]) > 35
    assert len([code for code in shown if code.startswith("A")]) == 19
    assert shown == faults - ELSEWHERE.keys()


@pytest.mark.parametrize("path", [path for path in invalid_examples() if path.name.startswith("A")], ids=lambda path: path.name)
def test_a_file_about_a_doubt_shows_that_doubt_alone(path: Path) -> None:
    """A criterion may be told beside it in a short bid, where it is advice too."""
    found = open_case(path.read_text("utf-8"), path.name).findings
    criteria = {criterion.code for criterion in load_criteria()}
    assert {finding.code for finding in found} - criteria == {code_of(path)}
    assert {finding.severity for finding in found} <= {Severity.MAJOR, Severity.ADVISORY}


def test_no_text_of_an_example_is_left_behind() -> None:
    folder = invalid_examples()[0].parent
    files = [*invalid_examples(), *map(Path, GENERATED)]
    assert len({path.stem for path in files}) == len(files), "two files share one text"
    assert {path.stem for path in folder.glob("*.txt")} == {path.stem for path in files}


def test_one_run_tells_all_errors_of_a_text_that_cannot_be_read_through() -> None:
    text = next(path for path in invalid_examples() if path.name == "E10-and-many-more.yaml").read_text("utf-8")
    assert places_of(text) == ["6:3 E11", "8:3 E20", "11:24 E10", "17:50 E22", "20:23 E12", "21:13 E12", "25:47 E23",
                               "25:111 E27", "26:12 E40", "26:90 E28", "35:55 E66", "35:80 E50", "38:38 E29", "41:10 E10"]


def test_one_run_tells_all_errors_of_shape_references_and_order() -> None:
    text = next(path for path in invalid_examples() if path.name == "E41-among-many.yaml").read_text("utf-8")
    assert places_of(text) == ["7:3 E20", "12:8 E22", "17:16 E20", "24:83 E24", "24:108 E23", "34:14 E41", "46:7 E21",
                               "54:12 E40", "70:38 E50", "72:22 E29"]


def test_one_run_tells_all_sums_that_do_not_add_up() -> None:
    text = next(path for path in invalid_examples() if path.name == "E60-and-other-sums.yaml").read_text("utf-8")
    assert places_of(text) == ["12:8 E62", "33:15 E51", "38:5 E60", "52:14 E63", "64:23 E61", "75:71 E50"]


@pytest.mark.parametrize("path", valid_examples(), ids=lambda path: path.name)
def test_a_valid_file_gives_no_error(path: Path) -> None:
    case = open_case(path.read_text("utf-8"), path.name)
    assert errors_of(path.read_text("utf-8")) == []
    assert case.project is not None
    assert case.analysis is not None


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_gives_no_error(name: str) -> None:
    assert sample_case(name).errors == ()


def test_a_file_about_which_there_is_nothing_to_say_says_so() -> None:
    [path] = [path for path in valid_examples() if path.stem == "five-case-nothing-to-find"]
    assert open_case(path.read_text("utf-8"), path.name).findings == ()


def test_every_profile_has_a_valid_file() -> None:
    texts = [path.read_text("utf-8") for path in valid_examples()]
    for name in profile_names():
        assert any(f"profile: {name}" in text for text in texts), name


@pytest.mark.parametrize("name", ["ideas-den", "five-case"])
def test_a_small_bid_can_hold_all_that_its_profile_needs(name: str) -> None:
    text = next(path for path in valid_examples() if path.stem == name).read_text("utf-8")
    assert text.count("\n") < 100
    assert "E21" not in {finding.code for finding in open_case(text, "bid.yaml").findings}


def test_ten_short_answers_are_a_whole_application() -> None:
    text = next(path for path in valid_examples() if path.stem == "ten-questions").read_text("utf-8")
    assert {finding.severity for finding in open_case(text, "bid.yaml").findings} == {Severity.ADVISORY}


def test_a_small_bid_to_a_competition_meets_advice_but_no_blocker() -> None:
    case = open_case(next(path for path in valid_examples() if path.stem == "ideas-den").read_text("utf-8"), "bid.yaml")
    assert {finding.severity for finding in case.findings} == {Severity.ADVISORY}
    assert case.analysis is not None
    assert round(case.analysis.appraisal.measures.npsv) == 23_842


@pytest.mark.parametrize("path", valid_examples(), ids=lambda path: path.name)
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    plain = read(text, "bid")[0]
    for raw in (b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n").encode(), text.replace("\n", "\r").encode(),
                b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()):
        other = read(decode(raw, "bid"), "bid")[0]
        assert (other.data, other.keys, other.values) == (plain.data, plain.keys, plain.values)
