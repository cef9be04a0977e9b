"""What `bizcase check` reports in each form, through each lens, and when it counts as found."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from bizcase.cli.main import main
from bizcase.completeness.lens_data import load_lenses
from bizcase.report.as_workbook import COLUMNS, FIRST_ROW
from tests.specification.checking import EXAMPLES

SMALL = EXAMPLES / "valid" / "ideas-den.yaml"
SOUND = EXAMPLES / "valid" / "five-case-nothing-to-find.yaml"


@pytest.fixture
def bid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small bid about which there is only advice, alone in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = Path("bid.yaml")
    path.write_text(SMALL.read_text("utf-8"), "utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def codes_in_text(bid: Path) -> list[str]:
    found = re.findall(r"^bid\.yaml:\d+:\d+: (\w[\w.]*) ", run(bid).output, re.MULTILINE)
    assert len(found) > 20
    return found


def test_every_form_tells_the_same_findings(bid: Path) -> None:
    told = sorted(codes_in_text(bid))
    data = json.loads(run(bid, "--format", "json").output)
    assert sorted(row["code"] for row in data["findings"]) == told
    [sarif] = json.loads(run(bid, "--format", "sarif").output)["runs"]
    assert sorted(row["ruleId"] for row in sarif["results"]) == told
    assert run(bid, "--format", "xlsx").output.startswith("bid-check.xlsx is written.\n")
    sheet = openpyxl.load_workbook("bid-check.xlsx")["Findings"]
    column = COLUMNS.index("Code") + 1
    assert sorted(str(sheet.cell(FIRST_ROW + 1 + number, column).value) for number in range(len(told))) == told
    assert run(bid, "--format", "html").output.startswith("bid-check.html is written.\n")
    page = Path("bid-check.html").read_text("utf-8")
    assert all(code in page for code in told)


def test_sarif_names_for_each_result_its_rule_and_its_place(bid: Path) -> None:
    [sarif] = json.loads(run(bid, "--format", "sarif").output)["runs"]
    rules = [rule["id"] for rule in sarif["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules)) > 20
    for result in sarif["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] == "note"
        [place] = result["locations"]
        assert place["physicalLocation"]["artifactLocation"]["uri"] == "bid.yaml"
        assert place["physicalLocation"]["region"]["startLine"] >= 1


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_needs_nothing_beside_it_and_takes_nothing_for_markup(bid: Path) -> None:
    text = bid.read_text("utf-8").replace("title: Walking aids that come back", "title: <script>alert(1)</script> & aids")
    bid.write_text(text, "utf-8")
    assert "<script>" in text
    run(bid, "--format", "html", "--lens", "all", "-o", "page.html")
    page = _Page()
    page.feed(Path("page.html").read_text("utf-8"))
    assert len(page.tags) > 200
    assert {tag for tag, _ in page.tags} & {"script", "iframe", "object", "link"} == set()
    assert not [value for _, attributes in page.tags for name, value in attributes.items()
                if name in ("src", "href") and value and not value.startswith("#")]


@pytest.mark.parametrize("name", [lens.name for lens in load_lenses()])
def test_a_lens_heads_its_items_in_text_and_counts_the_same_in_json(bid: Path, name: str) -> None:
    text = run(bid, "--lens", name).output
    lens = next(lens for lens in load_lenses() if lens.name == name)
    assert text.lstrip().startswith(lens.title)
    assert " C05.1 advisory: " not in text, "a lens shows its items in place of the list of findings"
    [told] = json.loads(run(bid, "--lens", name, "--format", "json").output)["lenses"]
    assert (told["lens"], len(told["items"])) == (name, len(lens.items))
    assert told["headline"] in " ".join(text.split())


def test_all_is_every_lens_once_in_one_order(bid: Path) -> None:
    found = json.loads(run(bid, "--lens", "all", "--lens", "panel", "--format", "json").output)["lenses"]
    assert [row["lens"] for row in found] == [lens.name for lens in load_lenses()]


def test_a_lens_that_is_not_there_gets_the_nearest(bid: Path) -> None:
    result = run(bid, "--lens", "pannel")
    assert result.exit_code == 2
    assert result.output.startswith("bizcase: E98 there is no lens 'pannel'; there are: ")
    assert result.output.endswith("    hint: did you mean panel?\n")


@pytest.mark.parametrize(("level", "code"), [("advisory", 1), ("major", 0), ("blocker", 0), ("error", 0), ("never", 0)])
def test_advice_counts_as_found_only_where_advice_is_asked_for(bid: Path, level: str, code: int) -> None:
    assert run(bid, "--fail-on", level).exit_code == code


@pytest.mark.parametrize(("level", "code"), [("advisory", 1), ("error", 1), ("never", 0)])
def test_an_error_counts_unless_nothing_does(bid: Path, level: str, code: int) -> None:
    bid.write_text(bid.read_text("utf-8").replace("profile: ideas-den", "profile: ideas-den\nproblems: {}"), "utf-8")
    result = run(bid, "--fail-on", level)
    assert (result.exit_code, " E20 " in result.output) == (code, True)


def test_a_bid_about_which_nothing_is_found_has_a_report_too(tmp_path: Path) -> None:
    result = run(SOUND, "--format", "xlsx", "-o", tmp_path / "report.xlsx")
    assert result.exit_code == 0
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "report.xlsx").read_bytes()))
    assert book["Findings"].max_row <= FIRST_ROW + 1
    assert book["Criteria"].max_row > 100


def test_a_report_never_replaces_a_file_unless_told(bid: Path) -> None:
    Path("report.html").write_text("mine", "utf-8")
    result = run(bid, "--format", "html", "-o", "report.html")
    assert (result.exit_code, Path("report.html").read_text("utf-8")) == (2, "mine")
    assert "report.html: E80 the file exists already" in result.output
    assert run(bid, "--format", "html", "-o", "report.html", "--force").exit_code == 1
    assert "<html" in Path("report.html").read_text("utf-8")


def test_a_report_is_the_same_each_time(bid: Path) -> None:
    for form in ("xlsx", "html", "json", "sarif"):
        for name in ("one", "two"):
            run(bid, "--format", form, "--lens", "all", "-o", f"{name}.{form}")
        assert Path(f"one.{form}").read_bytes() == Path(f"two.{form}").read_bytes(), form
