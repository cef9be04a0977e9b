"""`bizcase review` and the forms of reports, as a reviewer meets them: what is printed, where files go, and exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bizcase.review.submission import Left
from bizcase.review.word_reader import read_submission
from tests.document.writing import heading, line, row, table, word_file
from tests.review.bids import all_bids, docx_of
from tests.review.sealing import sealed_sample
from tests.test_cli import run

THEIRS = (heading("Costs") + line("We ask for £5,000. Costs are TBC in part.")
          + table(row("Item", "£") + row("Pay", "3,000") + row("Kit", "1,000") + row("Total", "5,000"))
          + heading("Risks") + line("Nobody may use it.") + heading("Sustainability") + line("The amount requested is £6,000."))


@pytest.fixture
def theirs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stranger's short bid, alone in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = Path("theirs.docx")
    path.write_bytes(word_file(THEIRS))
    return path


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bid and a workbook of ours in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    folder = Path("ours")
    folder.mkdir()
    sealed = sealed_sample("exercise-medicine")
    (folder / "exercise-bid.docx").write_bytes(sealed.bid)
    (folder / "exercise-benefits.xlsx").write_bytes(sealed.workbook)
    return folder


def findings(output: str) -> dict[str, list[str]]:
    """The messages of a JSON report by code."""
    found: dict[str, list[str]] = {}
    for each in json.loads(output)["reports"][0]["findings"]:
        found.setdefault(each["code"], []).append(each["message"])
    return found


def test_a_strangers_bid_is_told_by_severity_with_what_contradicts_itself(theirs: Path) -> None:
    result = run("review", theirs)
    assert result.exit_code == 1
    assert "Blockers (" in result.output and "Major gaps (" in result.output
    assert "B20" in result.output and "says 5,000, and the rows above it come to 4,000" in " ".join(result.output.split())
    assert "Written by:     somebody else: judged by its words alone" in result.output
    assert "the amount asked for is £6,000 here and £5,000" in " ".join(result.output.split())


def test_as_json_each_finding_has_its_place_and_each_criterion_its_degree(theirs: Path) -> None:
    output = run("review", theirs, "--format", "json").output
    assert {"B20", "B21", "B30", "C18.1", "C19.1"} <= findings(output).keys()
    degrees = {each["code"]: each["degree"] for each in json.loads(output)["reports"][0]["verdicts"]}
    assert degrees["C18.1"] == "absent"
    assert set(degrees.values()) <= {"fully", "partly", "absent", "cannot tell", "does not arise"}
    [total] = [each for each in json.loads(output)["reports"][0]["findings"] if each["code"] == "B20"]
    assert total["where"] == "under “Costs”, table 1, row 4, column 2"


def test_comments_go_into_a_copy_beside_the_bid_and_the_bid_stays_as_it_was(theirs: Path) -> None:
    before = theirs.read_bytes()
    result = run("review", theirs, "--comments")
    assert "Comments are in theirs-comments.docx" in result.output
    assert theirs.read_bytes() == before
    copy = read_submission(Path("theirs-comments.docx").read_bytes(), "copy")
    assert sum("B20" in each.text for each in copy.leftovers if each.what is Left.COMMENT) == 1
    assert run("review", theirs, "--comments").exit_code == 2, "nothing is replaced without --force"
    assert run("review", theirs, "--comments", "--force").exit_code == 1


def test_a_bid_of_ours_is_held_against_its_workbook_and_gets_the_verdicts_of_its_specification(ours: Path) -> None:
    result = run("review", ours, "--format", "json")
    [report] = json.loads(result.output)["reports"]
    assert report["summary"]["Workbook"].endswith("exercise-benefits.xlsx")
    assert not [code for code in findings(result.output) if code.startswith("B")]
    assert {each["degree"] for each in report["verdicts"]} >= {"fully", "absent"}


def test_a_second_round_says_what_was_answered_and_takes_the_authors_answer_over(theirs: Path) -> None:
    assert run("review", theirs, "--format", "xlsx").exit_code == 1
    first = Path("theirs-review.xlsx")
    book = load_workbook(first)
    rows = {row[1].value: row for row in book["Findings"].iter_rows(min_row=5)}
    rows["B21"][6].value = "Which one is being asked of finance"
    book.save(first)
    theirs.write_bytes(word_file(THEIRS.replace("5,000</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
                                                "4,000</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")))
    output = run("review", theirs, "--earlier", first).output
    assert "answered    B20" in output
    assert "(answer: Which one is being asked of finance)" in " ".join(output.split())
    run("review", theirs, "--earlier", first, "--format", "xlsx", "-o", "second.xlsx")
    rows_now = list(load_workbook("second.xlsx")["Findings"].iter_rows(min_row=5))
    answers = {row[1].value: (row[6].value, row[7].value) for row in rows_now}
    assert answers["B21"] == ("Which one is being asked of finance", "still open")
    assert "B20" in {row[1].value for row in load_workbook("second.xlsx")["Answered"].iter_rows(min_row=5)}
    assert "Answered since the last round: 1" in output and "New in this round:" in output
    assert run("review", theirs, "--earlier", theirs).exit_code == 2, "a bid is no report"
    Path("other.json").write_text("{}", "utf-8")
    assert "E99 this is no report of a review" in run("review", theirs, "--earlier", "other.json").output


def test_many_files_give_one_table_and_a_broken_one_stops_nothing(theirs: Path) -> None:
    folder = Path("all")
    folder.mkdir()
    theirs.rename(folder / "a.docx")
    (folder / "b.docx").write_bytes(b"PK\x03\x04broken")
    (folder / "c.pdf").write_bytes(b"%PDF-1.7")
    (folder / "~$a.docx").write_bytes(b"x")
    result = run("review", folder)
    assert result.exit_code == 1
    assert "E08" in result.output and "this is a PDF" in result.output and "Passed over: " in result.output
    assert "3 files:" in result.output
    reports = json.loads(run("review", folder, "--format", "json").output)["reports"]
    assert [Path(report["file"]).name for report in reports] == ["a.docx", "b.docx", "c.pdf"]
    assert "bids-review.xlsx is written" in run("review", folder, "--format", "xlsx").output
    cells = [cell.value for rows in load_workbook("bids-review.xlsx")["Files"].iter_rows() for cell in rows]
    assert "all/a.docx" in [str(cell).replace("\\", "/") for cell in cells]


@pytest.mark.parametrize("form", ["html", "sarif", "xlsx", "json", "text"])
@pytest.mark.parametrize("command", ["check", "review"])
def test_every_form_can_go_to_a_file_of_ones_choice(command: str, form: str, theirs: Path) -> None:
    target = Path(f"told.{form}")
    result = run(command, theirs, "--format", form, "-o", target)
    assert (result.exit_code, target.is_file()) == (1, True)
    assert result.output.startswith(f"{target} is written.")
    assert run(command, theirs, "--format", form, "-o", target).exit_code == 2


def test_the_page_holds_what_was_found_escaped_and_needs_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch
                                                                           ) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.docx").write_bytes(word_file(heading("Costs &amp; &lt;script&gt;") + line("TBC")))
    run("review", "a.docx", "--format", "html", "--lens", "panel", "-o", "a.html")
    page = Path("a.html").read_text("utf-8")
    assert "<script" not in page and "http" not in page.replace("http-equiv", "")
    assert "&lt;script&gt;" in page and "Questions at interview" in page and '<html lang="en-GB">' in page


def test_sarif_names_the_rule_and_the_place_of_each_finding(theirs: Path) -> None:
    [one] = json.loads(run("review", theirs, "--format", "sarif").output)["runs"]
    rules = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    assert {result["ruleId"] for result in one["results"]} == set(rules)
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in one["results"])
    total = next(result for result in one["results"] if result["ruleId"] == "B20")
    assert total["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "under “Costs”, table 1, row 4, column 2"}]


@pytest.mark.parametrize(("level", "code"), [("never", 0), ("error", 0), ("blocker", 1), ("advisory", 1)])
def test_the_exit_code_follows_the_severity_that_one_asked_for(level: str, code: int, theirs: Path) -> None:
    assert run("review", theirs, "--fail-on", level).exit_code == code


@pytest.mark.parametrize(("arguments", "told"), [
    (["review", "nothing.docx"], "E01"), (["review", "."], "there is no bid to review"),
    (["review", "theirs.docx", "--lens", "panle"], "did you mean panel?"),
    (["review", "theirs.docx", "--profile", "idea-den"], "did you mean ideas-den?"),
])
def test_what_cannot_be_done_is_one_line_and_exit_code_2(arguments: list[str], told: str, theirs: Path) -> None:
    if arguments[1] == ".":
        theirs.unlink()
    result = run(*arguments)
    assert (result.exit_code, told in result.output) == (2, True), result.output


def test_a_workbook_of_somebody_elses_is_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import Workbook

    monkeypatch.chdir(tmp_path)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (["Item", "£"], ["Pay", 3000], ["Kit", 1000], ["Total", 5000], [None, None], ["Rate", "#DIV/0!"]):
        sheet.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    Path("money.xlsx").write_bytes(buffer.getvalue())
    told = findings(run("review", "money.xlsx", "--format", "json").output)
    assert told["B20"] == ["“Total” of the column “£” says 5000, and the rows above it come to 4,000"]


def test_what_is_no_bid_is_told_so_and_no_criterion_is_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    minutes = next(bid for bid in all_bids() if bid.name == "minutes-board")
    Path("minutes.docx").write_bytes(docx_of(minutes))
    [report] = json.loads(run("review", "minutes.docx", "--format", "json").output)["reports"]
    assert report["verdicts"] == []
    assert [found["message"] for found in report["findings"] if found["code"] == "B05"] == [
        "this reads like minutes of a meeting and not like a bid; no criterion is judged"]
