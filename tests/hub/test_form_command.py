"""`bizcase form` as its users meet it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from bizcase.cli.main import main
from tests.hub.filling import answer, question_row

OURS = """\
title: Ward fund
purpose: Two pages for the ward fund.
parameters: green-book-2026
short: true
terms: {commissioner: integrated care board}
parts: [{sections: [problem, commissioner_plan]}]
required: [problem.summary, commissioner_plan.overview]
form: [governance.sro]
"""
BID = """\
profile: ours.yaml
document: {title: Walking aids that come back}
problem: {summary: One aid in three never comes back.}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a hub's own profile and a bid begun, from which the commands are run."""
    monkeypatch.chdir(tmp_path)
    Path("ours.yaml").write_text(OURS, "utf-8")
    Path("bid.yaml").write_text(BID, "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["form", *arguments])


def test_without_a_name_it_is_the_form_of_one_page() -> None:
    result = run("-o", "form.xlsx")
    assert (result.exit_code, result.output) == (0, """\
form.xlsx is written: one page for Ideas Den submission.
Next: fill it in with Excel or LibreOffice, then bizcase import form.xlsx -o my-bid.yaml
""")
    assert load_workbook("form.xlsx").worksheets[0]["C1"].value == "Ideas Den submission"


def test_a_hub_s_own_profile_makes_its_own_form() -> None:
    result = run("--profile", "ours.yaml", "-o", "form.xlsx")
    assert result.exit_code == 0, result.output
    cells = [[cell.value for cell in row] for row in load_workbook("form.xlsx").worksheets[0].iter_rows(max_col=3)]
    assert [key for key, _, _ in cells if key] == [
        "problem.summary", "commissioner_plan.overview", "governance.sro"]
    assert "Integrated care boards in brief" in [label for _, _, label in cells]


def test_a_specification_is_continued_in_the_form_of_the_profile_that_it_names() -> None:
    result = run("bid.yaml", "-o", "form.xlsx")
    assert result.exit_code == 0, result.output
    assert "2 sheets for Ward fund, filled in from bid.yaml.\n" in result.output
    book = load_workbook("form.xlsx")
    assert answer(book, "problem.summary").value == "One aid in three never comes back."
    assert question_row(book, "document.title")[0].title == "More answers"


def test_what_stands_there_already_is_replaced_only_when_asked() -> None:
    Path("form.xlsx").write_text("mine", "utf-8")
    assert "E80" in run("-o", "form.xlsx").output
    assert Path("form.xlsx").read_text("utf-8") == "mine"
    assert run("-o", "form.xlsx", "--force").exit_code == 0


@pytest.mark.parametrize(("text", "code"), [
    ("problem: {sumary: x}", "E20"), ("problem: all of it", "E22"), ("problem: {summary: [}", "E10"),
    ("stakeholders: {map: everybody}", "E22")])
def test_what_a_form_would_lose_is_told_first(text: str, code: str) -> None:
    Path("bid.yaml").write_text(text, "utf-8")
    result = run("bid.yaml", "-o", "form.xlsx")
    assert result.exit_code == 2
    assert f" {code} " in result.output
    assert not Path("form.xlsx").exists()


def test_the_remarks_of_an_earlier_form_are_counted() -> None:
    Path("bid.yaml").write_text("document: {remarks: [{text: ask Jo}]}", "utf-8")
    result = run("bid.yaml", "--profile", "ideas-den", "-o", "form.xlsx")
    assert "It holds 1 remark of an earlier form.\n" in result.output


@pytest.mark.parametrize(("arguments", "told"), [
    (("-o", "form.xls"), "a form's name ends in .xlsx"),
    (("--profile", "idea-den", "-o", "form.xlsx"), "did you mean ideas-den?"),
    (("none.yaml", "-o", "form.xlsx"), "there is no such file")])
def test_what_cannot_be_done_is_told(arguments: tuple[str, ...], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.output
