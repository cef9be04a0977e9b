"""A hub's own profile as its users meet it: a file given on the command line, or named by a specification beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from bizcase.cli.main import main
from bizcase.specification.source import read
from tests.word_text import paragraphs

OURS = """\
title: Ward fund
purpose: Two pages for the ward fund.
parameters: green-book-2018
template: ideas-den
currency: €
parts:
  - {title: The need, guidance: "Whose need is it, and why now?", limit: 8, sections: [problem]}
  - {title: The money, sections: [summary, resources]}
annexes:
  - {title: Risks, sections: [risks]}
required: [problem.summary, problem.condition]
weights: {risks: 3}
"""
BID = """\
profile: ours.yaml
document: {title: Walking aids that come back, organisation: Northmoor, author: Dr Asha Renwick}
problem: {summary: One aid in three never comes back.}
resources:
  costs:
    - {id: C1, item: Text messages, category: licence, type: revenue, recurrent: false, amount: {once: 2000, in: 2026/27}, status: known, source: Quotation}
appraisal: {price_base_year: 2026/27, years: 3}
"""  # noqa: E501


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a profile and a bid that names it, from which the commands are run."""
    monkeypatch.chdir(tmp_path)
    Path("ours.yaml").write_text(OURS, "utf-8")
    Path("bid.yaml").write_text(BID, "utf-8")
    return tmp_path


def test_a_bid_is_checked_against_the_profile_that_it_names(folder: Path) -> None:
    result = run("check", "bid.yaml")
    assert result.exit_code == 1
    assert "bid.yaml:3:1: E21 blocker: condition is missing in problem\n" in result.output
    assert "Profile:                      ours.yaml\n" in result.output
    assert "NPSV:                         −€2,000\n" in result.output
    assert "Sections filled in:           2 of 4\n" in result.output
    assert result.output.endswith("bizcase build bid.yaml --draft. `bizcase explain CODE` says why a panel would mind.\n")


def test_it_is_the_same_from_another_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = run("check", "bid.yaml").output
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir(folder / "elsewhere")
    there = run("check", folder / "bid.yaml").output
    assert "Profile:                      ours.yaml\n" in there
    assert there.replace(f"{folder}/", "") == here


def test_a_profile_can_be_given_by_its_file_whatever_the_bid_names(folder: Path) -> None:
    Path("our forms").mkdir()
    other = Path("our forms") / "theirs.yml"
    other.write_text(OURS.replace("[problem.summary, problem.condition]", "[problem.do_nothing]"), "utf-8")
    result = run("check", "bid.yaml", "--profile", other)
    assert "E21 blocker: do_nothing is missing in problem" in result.output
    assert f'bizcase build bid.yaml --profile "{other}" --draft.' in result.output


def test_a_shipped_profile_takes_the_place_of_the_one_that_is_named(folder: Path) -> None:
    Path("ours.yaml").unlink()
    assert "Profile:                      ideas-den" in run("check", "bid.yaml", "--profile", "ideas-den").output


def test_a_text_over_the_limit_is_told_and_the_criteria_are_weighted(folder: Path) -> None:
    Path("bid.yaml").write_text(BID.replace("never comes back.", "never comes back and nobody knows where it is."), "utf-8")
    found = json.loads(run("check", "bid.yaml", "--format", "json").output)
    [too_long] = [row for row in found["findings"] if row["code"] == "A16"]
    assert (too_long["line"], too_long["severity"], too_long["message"]) == (
        3, "major", "13 words, 5 over the limit of 8 (The need)")
    met, of, share = map(int, re.findall(r"\d+", found["summary"]["criteria_met"]))
    assert 0 < share < 100 * met // of, "the risks, which are not there, count three times"
    assert found["summary"]["profile"] == "ours.yaml"


def test_a_bid_is_built_with_it(folder: Path) -> None:
    result = run("build", "bid.yaml", "--draft")
    assert result.exit_code == 0, result.output
    assert "NPSV:                    −€2,000\n" in result.output
    assert Path("bid-bid.docx").read_bytes().startswith(b"PK")
    told = [text for text in paragraphs(Path("bid-bid.docx").read_bytes()) if text]
    for heading in ("The need", "The money"):
        assert heading in told
    assert "Whose need is it, and why now?" in told and "7 of 8 words" in told
    assert not [text for text in told if text.startswith("Evidence")], "what its parts do not name is not printed"


def test_a_profile_with_faults_is_refused_with_all_of_them(folder: Path) -> None:
    Path("ours.yaml").write_text(OURS.replace("[problem]", "[problems]").replace("{risks: 3}", "{risk: 3}"), "utf-8")
    expected = """\
ours.yaml:7:88: E91 the section 'problems' is not known
    hint: did you mean problem?
ours.yaml:11:12: E91 problem.summary is required, but no part prints problem
    hint: add the section to a part or an annex, or do not require the field
ours.yaml:11:29: E91 problem.condition is required, but no part prints problem
    hint: add the section to a part or an annex, or do not require the field
ours.yaml:12:11: E91 'risk' is neither a criterion nor a section
    hint: did you mean risks?
"""
    for command in (["check", "bid.yaml"], ["build", "bid.yaml", "--draft"], ["schema", "--profile", "ours.yaml"],
                    ["new", "other.yaml", "--profile", "ours.yaml"]):
        result = run(*command)
        assert (result.exit_code, result.output) == (2, expected), command
    assert sorted(path.name for path in folder.iterdir()) == ["bid.yaml", "ours.yaml"]


@pytest.mark.parametrize("name", ["none.yaml", "../ours.yaml", "/ours.yml", "folder\\ours.yaml", "C:ours.yaml"])
def test_a_bid_can_only_name_a_profile_beside_it(folder: Path, name: str) -> None:
    (folder.parent / "ours.yaml").write_text(OURS, "utf-8")
    Path("bid.yaml").write_text(BID.replace("profile: ours.yaml", f"profile: '{name}'"), "utf-8")
    result = run("check", "bid.yaml")
    assert result.exit_code == 1
    assert f"bid.yaml:1:10: E26 there is no file {name} beside the specification\n" in result.output


def test_a_profile_that_is_not_there_gets_the_nearest(folder: Path) -> None:
    for command in (["check", "bid.yaml"], ["build", "bid.yaml"], ["schema"], ["new", "other.yaml"]):
        result = run(*command, "--profile", "our.yaml")
        assert (result.exit_code, result.output) == (
            2, "our.yaml: E01 there is no such file\n    hint: did you mean ours.yaml?\n")


def test_a_file_that_is_no_text_is_no_profile(folder: Path) -> None:
    Path("ours.yaml").write_bytes(b"PK\x03\x04rest")
    result = run("check", "bid.yaml")
    assert result.exit_code == 2
    assert result.output.startswith("ours.yaml: E03 ")


def test_new_writes_a_specification_that_names_it_and_asks_what_the_funder_asks(folder: Path) -> None:
    result = run("new", "mine.yaml", "--profile", "ours.yaml")
    assert result.exit_code == 0
    text = Path("mine.yaml").read_text("utf-8")
    source, findings = read(text, "mine.yaml")
    assert findings == []
    assert source.data == {"bizcase": 1, "profile": "ours.yaml", "problem": {"summary": None, "condition": None}}
    assert "# Ward fund. Two pages for the ward fund.\n" in text
    assert "# Asked in The need (8 words): Whose need is it, and why now?\n" in text
    assert "# Amount asked for: The total you ask of this fund, in €.\n" in text
    assert "pounds" not in text
    assert "beside it too" not in result.output
    checked = run("check", "mine.yaml")
    assert "the section problem is missing" in checked.output
    assert "Profile:                      ours.yaml" in checked.output


def test_new_says_so_where_the_profile_lies_elsewhere(folder: Path) -> None:
    Path("bids").mkdir()
    result = run("new", "bids/mine.yaml", "--profile", "ours.yaml")
    assert "Put a copy of ours.yaml beside it too: it is named there as the profile.\n" in result.output
    Path("bids/ours.yaml").write_text(OURS, "utf-8")
    assert run("check", "bids/mine.yaml").exit_code == 1


def test_the_schema_of_a_profile_requires_what_it_requires(folder: Path) -> None:
    schema = json.loads(run("schema", "--profile", "ours.yaml").output)
    problem = Draft202012Validator(schema["properties"]["problem"])
    assert not problem.is_valid({"summary": "A"})
    assert problem.is_valid({"summary": "A", "condition": "B"})
    assert Draft202012Validator(schema["properties"]["profile"]).is_valid("ours.yaml")
    assert "in pounds" not in json.dumps(schema, ensure_ascii=False)


def test_a_template_of_a_profile_must_be_there(folder: Path) -> None:
    Path("ours.yaml").write_text(OURS.replace("template: ideas-den", "template: ours.docx"), "utf-8")
    assert "ours.yaml:4:11: E93 there is no file ours.docx in the folder of the profile\n" in run("check", "bid.yaml").output
    Path("ours.docx").write_bytes(b"PK")
    assert run("check", "bid.yaml").exit_code == 1
