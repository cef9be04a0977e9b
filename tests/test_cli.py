"""The command line as a user meets it: what each command prints, where it writes, and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bizcase.case import build
from bizcase.cli.finishing import Finished
from bizcase.cli.main import main
from bizcase.completeness.criterion import load_criteria
from bizcase.pdf import pages_of
from tests.conftest import SAMPLES
from tests.document.writing import field, heading, line, row, table, word_file
from tests.word_text import paragraphs

ALL = sum(not criterion.sums for criterion in load_criteria())

SMALL = """\
profile: ideas-den
document: {title: Walking aids that come back, organisation: Northmoor, author: Dr Asha Renwick}
summary: {proposition: Lend walking aids with a text message that asks for them back., ask: 4000}
problem: {summary: One aid in three never comes back.}
innovation: {unique_proposition: It needs no new system.}
stakeholders:
  map:
    - {id: S1, name: Physiotherapists, group: allied health professionals, power: 3, influence: 4, stance: champion}
resources:
  costs:
    - {id: C1, item: Text messages, category: licence, type: revenue, recurrent: true, amount: {per_year: 2000, from: 2026/27, to: 2027/28}, status: known, source: Quotation}
appraisal: {price_base_year: 2026/27, years: 3}
benefits:
  register:
    - {id: B1, title: Fewer aids bought, class: cash-releasing, measure: Aids bought, owner: Ward manager, status: estimate, value: {volume: 300, unit_value: 20, from: 2026/27}}
risks: {register: [{id: R1, title: Nobody answers, category: adoption, likelihood: 2, impact: 2, owner: Ward manager, mitigation: Ring}]}
inclusion: {groups: [{id: Q1, group: People without a phone, reason: No phone, mitigation: A postcard}], alternative_route: A postcard}
commissioner_plan: {overview: The trust pays for itself.}
scale_up: {overview: Two more hospitals next year.}
sustainability: {payer: The therapy budget, exit_plan: Stop the texts}
assurance: {withdrawal_position: Nobody loses an aid}
"""  # noqa: E501


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def without_libreoffice(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command prints depends on whether LibreOffice is there: it is where a test asks for it, and nowhere else."""
    if request.node.get_closest_marker("needs") is None:
        monkeypatch.setattr("bizcase.office.find_office", lambda: None)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small sound specification, alone in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = Path("aids.yaml")
    path.write_text(SMALL, "utf-8")
    return path


def test_a_clean_file_gets_a_summary_and_exit_code_0() -> None:
    result = run("check", SAMPLES / "remote-monitoring.yaml")
    assert result.exit_code == 0
    assert result.output == f"""\
Title:                        Safe at home during chemotherapy
Profile:                      innovation-fund
Sections filled in:           28 of 28
Stakeholders:                 24
Costs:                        14
Benefits:                     9
Evidence:                     6
Risks:                        8
NPSV:                         £639,727
ROI at year 3:                −5.6%
Cash-releasing ROI at year 3: −86.7%
These figures are:            illustrative
Criteria met:                 {ALL} of {ALL}

Nothing to fix. Next: bizcase build {SAMPLES / "remote-monitoring.yaml"}
"""


def test_findings_are_told_with_place_code_and_hint_and_exit_code_1(small: Path) -> None:
    small.write_text(SMALL.replace("years: 3", "yaers: 3").replace("ask: 4000", "ask: lots"), "utf-8")
    result = run("check", small)
    assert result.exit_code == 1
    assert result.output == """\
aids.yaml:3:93: E22 ask is lots; it should be a number, or a mapping with `value:`
    hint: write the number alone, without £, %, commas or words
aids.yaml:12:39: E20 the field 'yaers' is not known in appraisal
    hint: did you mean years?

2 errors. Correct the errors; then more can be checked. `bizcase explain CODE` says why.
"""


def test_json_holds_the_same_findings_and_a_summary(small: Path) -> None:
    clean = json.loads(run("check", small, "--format", "json").output)
    assert clean["summary"]["npsv"].startswith("£")
    assert {finding["severity"] for finding in clean["findings"]} <= {"advisory", "blocker"}
    small.write_text(SMALL.replace("years: 3", "yaers: 3"), "utf-8")
    result = run("check", small, "--format", "json")
    assert result.exit_code == 1
    found = json.loads(result.output)["findings"]
    assert [(row["line"], row["column"], row["code"], row["severity"]) for row in found] == [(12, 39, "E20", "error")]


def test_other_rates_than_those_of_the_specification_can_be_given(small: Path) -> None:
    small.write_text(SMALL.replace("author: Dr", "date: 2026-06-01, author: Dr"), "utf-8")
    assert " A12 " not in run("check", small).output
    result = run("check", small, "--parameters", "green-book-2018")
    assert result.exit_code == 1
    assert "A12 advisory: the rates are those of HM Treasury Green Book, edition of 2018" in result.output
    assert result.output.endswith("Nothing stops the build: bizcase build aids.yaml --parameters green-book-2018\n")


def test_rates_that_are_not_there_are_refused_with_the_nearest(small: Path) -> None:
    for command in ("check", "build"):
        result = run(command, small, "--parameters", "green-book-2025")
        assert (result.exit_code, result.output) == (2, (
            "bizcase: E90 there is no parameter set 'green-book-2025'; there are: green-book-2018 or green-book-2026\n"
            "    hint: did you mean green-book-2026?\n"))
    assert [path.name for path in Path().iterdir()] == ["aids.yaml"]


@pytest.mark.parametrize(("name", "content", "expected"), [
    ("missing.yaml", None, "missing.yaml: E01 there is no such file\n    hint: check the name and the folder\n"),
    ("empty.yaml", b"", "empty.yaml: E02 the file is empty\n    hint: `bizcase new` writes a specification to start from\n"),
    ("bid.xlsx", b"PK\x03\x04rest", "bid.xlsx: E03 this is a Word, Excel or zip file, not the text of a specification\n"
                                    "    hint: give the .yaml file\n"),
    ("big.yaml", b"a: b\n" * 300_000, "big.yaml: E05 the file holds 1,500,000 bytes; a specification holds at most 1,000,000\n"
                                      "    hint: is this the right file?\n"),
    ("latin.yaml", "title: caf\xe9".encode("latin-1"), "latin.yaml:1:11: E04 the byte 0xE9 is not UTF-8 text\n"
                                                      "    hint: save the file again with the encoding UTF-8\n"),
])
def test_a_file_that_cannot_be_read_gets_one_line_and_exit_code_2(
        name: str, content: bytes | None, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path(name).write_bytes(content)
    for command in ("check", "build"):
        result = run(command, name)
        assert (result.exit_code, result.output) == (2, expected)
    assert [path.name for path in tmp_path.iterdir()] == ([name] if content is not None else [])


def test_of_very_many_findings_the_first_are_told_and_how_many_more(small: Path) -> None:
    small.write_text("profile: ideas-den\nproblem: {" + ", ".join(f"field{number}: 1" for number in range(300)) + "}\n", "utf-8")
    lines = run("check", small).output.splitlines()
    assert sum(" E20 " in line for line in lines) <= 200
    assert any(line.startswith("and 1") and line.endswith("more; --format json lists all") for line in lines)
    assert len(json.loads(run("check", small, "--format", "json").output)["findings"]) > 300


def test_a_folder_is_not_a_specification(tmp_path: Path) -> None:
    result = run("check", tmp_path)
    assert result.exit_code == 2
    assert "E01 this is a folder, not a file" in result.output


def test_a_misspelt_file_name_gets_the_nearest(small: Path) -> None:
    assert "did you mean aids.yaml?" in run("check", "aid.yaml").output


# NPSV by hand: 6,000 × (1 + 0.966184 + 0.933511 + 0.901943) − 2,000 × (1 + 0.966184); ROI: (24,000 − 4,000) ÷ 4,000.
def test_build_writes_both_files_beside_the_specification_and_says_what_they_say(small: Path) -> None:
    found = json.loads(run("check", small, "--format", "json").output)["findings"]
    advice = [finding for finding in found if finding["severity"] == "advisory"]
    assert 0 < len(advice) == len(found)
    result = run("build", small)
    assert result.exit_code == 0
    assert result.output == f"""\
Bid:                     aids-bid.docx
Workbook:                aids-benefits.xlsx
Accessible:              all rules met
NPSV:                    £18,877
ROI at year 3:           500.0%
  cash-releasing alone:  500.0%
Blockers:                0
Advice:                  {len(advice)}; see bizcase check
"""
    assert sorted(path.name for path in Path().iterdir()) == ["aids-benefits.xlsx", "aids-bid.docx", "aids.yaml"]


def test_build_never_writes_over_a_file_unless_told(small: Path) -> None:
    Path("aids-benefits.xlsx").write_text("mine")
    result = run("build", small)
    assert result.exit_code == 2
    assert result.output == ("aids-benefits.xlsx: E80 the file exists already\n"
                             "    hint: add --force to replace it, or choose another name or folder\n")
    assert Path("aids-benefits.xlsx").read_text() == "mine"
    assert not Path("aids-bid.docx").exists()
    assert run("build", small, "--force").exit_code == 0
    assert Path("aids-benefits.xlsx").read_bytes().startswith(b"PK")


def test_a_file_open_in_word_is_not_touched(small: Path) -> None:
    run("build", small)
    before = Path("aids-bid.docx").read_bytes()
    Path("~$ds-bid.docx").write_text("lock")
    result = run("build", small, "--force")
    assert result.exit_code == 2
    assert "aids-bid.docx: E81 the file is open in Word" in result.output
    assert Path("aids-bid.docx").read_bytes() == before


def test_build_makes_the_folder_it_is_given(small: Path) -> None:
    assert run("build", small, "-o", Path("out") / "today").exit_code == 0
    assert (Path("out") / "today" / "aids-bid.docx").is_file()


def test_blockers_stop_the_build_and_a_draft_goes_on(small: Path) -> None:
    small.write_text(SMALL.replace("payer: The therapy budget, ", ""), "utf-8")
    stopped = run("build", small)
    assert stopped.exit_code == 1
    assert "aids.yaml:20:1: C19.1 blocker: Somebody pays after the funding ends" in stopped.output
    assert stopped.output.endswith("For a draft that marks them: bizcase build aids.yaml --draft\n")
    assert not Path("aids-bid.docx").exists()
    draft = run("build", small, "--draft")
    assert draft.exit_code == 0
    assert Path("aids-bid.docx").is_file()


def test_errors_stop_even_a_draft(small: Path) -> None:
    small.write_text(SMALL.replace("ask: 4000", "ask: lots"), "utf-8")
    result = run("build", small, "--draft")
    assert result.exit_code == 1
    assert "Nothing was written: 1 error. Correct these first." in result.output


def test_new_writes_a_skeleton_that_check_can_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("new", "my-bid.yaml", "--profile", "ideas-den")
    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bizcase.schema.json", "my-bid.yaml"]
    assert (tmp_path / "my-bid.yaml").read_text("utf-8").startswith("# yaml-language-server: $schema=bizcase.schema.json\n")
    checked = run("check", "my-bid.yaml", "--format", "json")
    findings = json.loads(checked.output)["findings"]
    assert findings
    assert {finding["severity"] for finding in findings} == {"blocker", "advisory"}
    again = run("new", "my-bid.yaml")
    assert (again.exit_code, "E80" in again.output) == (2, True)


def test_new_copies_a_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "remote-monitoring" in run("new", "x.yaml", "--sample", "list").output.split()
    assert run("new", "mine.yaml", "--sample", "remote-monitoring").exit_code == 0
    assert run("check", "mine.yaml").exit_code == 0
    assert "did you mean remote-monitoring?" in run("new", "b.yaml", "--sample", "remote-monitorin").output


def test_new_asks_for_a_yaml_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("new", "bid.docx")
    assert result.exit_code == 2
    assert "hint: try bid.yaml" in result.output


def test_explain_prints_one_code_in_full_and_lists_all() -> None:
    found = run("explain", "c18.1").output
    assert found.startswith("C18.1 (blocker)\n")
    assert "main reason" in found
    assert "E41" in run("explain", "all").output
    unknown = run("explain", "C18.9")
    assert unknown.exit_code == 2
    assert "did you mean C18." in unknown.output


def test_schema_goes_to_the_terminal_or_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert json.loads(run("schema").output)["title"] == "bizcase specification"
    assert run("schema", "-o", "s.json").exit_code == 0
    assert json.loads(Path("s.json").read_text("utf-8"))["$schema"].startswith("https://json-schema.org")


def test_an_unknown_profile_gets_the_nearest(small: Path) -> None:
    for command in (["check", small], ["build", small], ["new", "n.yaml"]):
        result = run(*command, "--profile", "ideas-dem")
        assert result.exit_code == 2
        assert "did you mean ideas-den?" in result.output


def test_hostile_text_reaches_the_terminal_made_visible(small: Path) -> None:
    small.write_text(SMALL.replace("Northmoor", '"North\\u202Emoor\\u001b[31m"').replace("years: 3", "years: x"), "utf-8")
    output = run("check", small).output
    assert "\x1b" not in output
    assert "\u202e" not in output
    assert "U+001B after 'North\\u202emoor'" in output


def test_help_needs_none_of_the_heavy_libraries() -> None:
    heavy = ("docx", "docxtpl", "openpyxl", "pypdf", "yaml", "cerberus", "formualizer", "rich", "jinja2", "lxml")
    code = f"import sys, bizcase.cli.main; print([name for name in {heavy!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_python_m_bizcase_is_the_command(small: Path) -> None:
    result = subprocess.run([sys.executable, "-m", "bizcase", "check", str(small)], capture_output=True, text=True, check=False,
                            env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert "Walking aids that come back" in result.stdout
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.output) > 150


@pytest.mark.needs("soffice")
def test_with_libreoffice_the_bid_is_laid_out_and_printed(small: Path) -> None:
    result = run("build", small, "--pdf")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[:3] == ["Bid:                     aids-bid.docx", "PDF:                     aids-bid.pdf",
                         "Workbook:                aids-benefits.xlsx"]
    assert sorted(path.name for path in Path().iterdir()) == ["aids-benefits.xlsx", "aids-bid.docx", "aids-bid.pdf", "aids.yaml"]
    pages = pages_of(Path("aids-bid.pdf").read_bytes())
    assert lines[3] == f"Pages:                   {pages.count}"
    assert " ".join(paragraphs(Path("aids-bid.docx").read_bytes(), "word/footer1.xml")).endswith(f" of {pages.count}")


@pytest.mark.needs("soffice")
def test_the_same_specification_gives_the_same_three_files(small: Path) -> None:
    run("build", small, "--pdf", "-o", "one")
    run("build", small, "--pdf", "-o", "two")
    names = sorted(path.name for path in Path("one").iterdir())
    assert len(names) == 3
    assert all((Path("one") / name).read_bytes() == (Path("two") / name).read_bytes() for name in names)


@pytest.mark.needs("soffice")
def test_without_a_layout_nothing_is_said_of_pages(small: Path) -> None:
    assert "Pages:" in run("build", small).output
    assert "Pages:" not in run("build", small, "--force", "--no-layout").output


def test_a_pdf_without_libreoffice_is_refused_before_anything_is_built_or_written(
        small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("bizcase.cli.commands.build")
    result = run("build", small, "--pdf")
    assert result.exit_code == 2
    assert result.output == (
        "bizcase: E95 LibreOffice is not there, and it makes the PDF\n"
        "    hint: install it from libreoffice.org (on Debian or Ubuntu: apt-get install libreoffice-writer); Word makes a PDF "
        "too: File > Save As > PDF\n")
    assert [path.name for path in Path().iterdir()] == ["aids.yaml"]


def test_a_pdf_is_a_layout(small: Path) -> None:
    result = run("build", small, "--pdf", "--no-layout")
    assert result.exit_code == 2
    assert "a PDF is a layout: leave out --pdf or --no-layout" in result.output


def test_a_pdf_in_the_way_stops_all_three_files(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bizcase.office.find_office", lambda: Path("soffice"))
    monkeypatch.setattr("bizcase.cli.commands.finished", lambda bid, **_: Finished(bid, b"%PDF-", (("Pages", "5"),)))
    Path("aids-bid.pdf").write_text("mine")
    result = run("build", small, "--pdf")
    assert (result.exit_code, "aids-bid.pdf: E80 the file exists already" in result.output) == (2, True)
    assert sorted(path.name for path in Path().iterdir()) == ["aids-bid.pdf", "aids.yaml"]
    assert run("build", small, "--pdf", "--force").exit_code == 0
    assert Path("aids-bid.pdf").read_bytes() == b"%PDF-"


def test_what_word_is_asked_and_what_is_not_accessible_is_said_and_stops_nothing(
        small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoiled = word_file(line("Pale", look='<w:color w:val="BBBBBB"/>') + f"<w:p>{field('PAGEREF x')}</w:p>")
    monkeypatch.setattr("bizcase.cli.commands.build", lambda case, **more: replace(build(case, **more), bid=spoiled))
    result = run("build", small)
    assert result.exit_code == 0
    assert "Contents:                Word asks to update the fields when you open the bid; say Yes\n" in result.output
    assert "Accessible:              1 major\n" in result.output
    assert result.output.endswith(
        "\n\naids-bid.docx: H14 major: text of colour BBBBBB on FFFFFF has a contrast of 1.9; at least 4.5 is needed: “Pale”, "
        "before the first heading\n    hint: in Word: Home > Font Color, Automatic or a darker colour; or change the style, and "
        "all its text follows\n")


@pytest.fixture
def word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Word file with two things that are not accessible."""
    monkeypatch.chdir(tmp_path)
    path = Path("theirs.docx")
    path.write_bytes(word_file(heading("Risks") + table(row("Risk", "Owner"), row("A", "B")) + heading("Details", 3)))
    return path


def test_a_word_file_is_checked_for_accessibility(word: Path) -> None:
    result = run("check", word)
    assert result.exit_code == 1
    assert result.output == """\
theirs.docx: H04 major: the heading “Details” is of level 3 and follows one of level 1, “Risks”
    hint: in Word: click in it, then Home > Styles > Heading 2
theirs.docx: H07 major: the table that begins “Risk”, under “Risks”, has no header row that is repeated on each page
    hint: in Word: click in its first row, then Table Layout > Repeat Header Rows (for labels in the first column: Table Design, tick First Column and untick Header Row)

2 major. `bizcase explain CODE` says why.
"""  # noqa: E501


def test_its_findings_come_as_json_too(word: Path) -> None:
    result = run("check", word, "--format", "json")
    assert result.exit_code == 1
    rows = json.loads(result.output)["findings"]
    assert [(found["file"], found["path"], found["code"], found["severity"]) for found in rows] == [
        ("theirs.docx", "headings", "H04", "major"), ("theirs.docx", "table 1", "H07", "major")]


def test_an_accessible_word_file_gets_exit_code_0(small: Path) -> None:
    run("build", small)
    Path("aids-bid.docx").rename("Bid (final).DOCX")
    result = run("check", "Bid (final).DOCX")
    assert (result.exit_code, result.output) == (0, "Nothing to fix: it is accessible, as far as a program can tell.\n")
    assert json.loads(run("check", "Bid (final).DOCX", "--format", "json").output)["findings"] == []


@pytest.mark.parametrize(("name", "content", "expected"), [
    ("a.docx", b"PK\x03\x04rest",
     "a.docx: E08 the file is damaged: it cannot be unpacked\n    hint: get it again from where it came from\n"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99),
     "a.doc: E08 this is a Word file of the old kind (.doc)\n    hint: in Word choose File > Save As > Word Document (*.docx)\n"),
    ("~$a.docx", b"Me", "~$a.docx: E08 this is the mark that Word leaves while a document is open, not the document\n"
                        "    hint: give the file without ~$\n"),
    ("b.docx", None, "b.docx: E01 there is no such file\n    hint: check the name and the folder\n"),
])
def test_a_word_file_that_cannot_be_looked_into_gets_one_line_and_exit_code_2(
        name: str, content: bytes | None, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path(name).write_bytes(content)
    result = run("check", name)
    assert (result.exit_code, result.output) == (2, expected)


def test_a_word_file_is_not_built_and_has_no_profile(word: Path) -> None:
    assert "E03 this is a Word, Excel or zip file" in run("build", word).output
    result = run("check", word, "--profile", "five-case")
    assert (result.exit_code, "a Word file is checked for accessibility alone" in result.output) == (2, True)
