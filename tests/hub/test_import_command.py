"""`bizcase import`: what it writes, what it says, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bizcase import resources
from bizcase.cli.main import main
from bizcase.specification.source import read
from tests.hub.forming import PAGE, answer, blank, edited, fill_row


@pytest.fixture
def form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("our idea.xlsx")
    path.write_bytes(blank())
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_a_form_becomes_a_specification_beside_it(form: Path) -> None:
    form.write_bytes(edited(blank(), lambda book: answer(book[PAGE], "document.title", "Safe at home")))
    result = run("import", str(form))
    assert result.exit_code == 0, result.output
    assert result.output.startswith("our idea.yaml is written, with 1 answer.\nStill needed: ")
    assert f"  Organisation ({PAGE}, E6)\n" in result.output
    assert result.output.endswith(
        'Next: bizcase check "our idea.yaml"\nOr go on in a form: bizcase form "our idea.yaml" -o "our idea-2.xlsx"\n'
    )
    text = Path("our idea.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=bizcase.schema.json\nbizcase: 1\nprofile: ideas-den\n")
    assert read(text, "x")[0].data["document"] == {"title": "Safe at home"}
    assert Path("bizcase.schema.json").is_file()


def test_findings_name_their_cells_and_the_specification_is_written_all_the_same(form: Path) -> None:
    def filled(book: object) -> None:
        sheet = book[PAGE]  # type: ignore[index]
        answer(sheet, "summary.ask", "lots")
        fill_row(sheet, "resources.costs", 1, Item="Licence", Amount="£12k", Type="revenu")

    form.write_bytes(edited(blank(), filled))
    result = run("import", str(form), "-o", "spec.yaml")
    assert result.exit_code == 1
    assert (
        f"our idea.xlsx, sheet {PAGE}, cell E10: F10 major: Amount asked for: “lots” is not a number; it is kept as a remark\n"
        in result.output
    )
    assert (
        "cell F28: F10 major: Amount: £12k does not say in which year; it is kept as a remark\n    hint: "
        "write the amount with its years"
        in result.output
    )
    assert "cell H28: F11 advisory: Type: “revenu” is taken as revenue\n" in result.output
    assert "To look at: 2 major, 1 advisory, 2 remarks kept under document.remarks." in result.output
    assert [row["text"] for row in read(Path("spec.yaml").read_text("utf-8"), "x")[0].data["document"]["remarks"]] == [
        "£12k",
        "lots",
    ]


def test_nothing_is_replaced_without_being_told_to(form: Path) -> None:
    Path("our idea.yaml").write_text("mine", "utf-8")
    result = run("import", str(form))
    assert result.exit_code == 2
    assert "E80" in result.output
    assert Path("our idea.yaml").read_text("utf-8") == "mine"
    assert run("import", str(form), "--force").exit_code == 0
    assert run("check", "our idea.yaml").exit_code == 1


def test_the_profile_that_a_form_carries_is_put_beside_its_specification(form: Path) -> None:
    ours = (resources.folder("schemas") / "profiles" / "ideas-den.yaml").read_text("utf-8").replace("Ideas Den", "Our Den")
    Path("ours.yaml").write_text(ours, "utf-8")
    assert run("form", "--profile", "ours.yaml", "-o", "ours.xlsx").exit_code == 0
    Path("back").mkdir()
    result = run("import", "ours.xlsx", "-o", "back/spec.yaml")
    assert result.exit_code == 0, result.output
    assert read(Path("back/spec.yaml").read_text("utf-8"), "x")[0].data == {"bizcase": 1, "profile": "ours.yaml"}
    assert Path("back/ours.yaml").read_text("utf-8") == ours
    assert "E26" not in run("check", "back/spec.yaml").output


@pytest.mark.parametrize(
    ("arguments", "code"), [(("none.xlsx",), "E01"), (("our idea.xlsx", "-o", "spec.xlsx"), "E01"), (("text.xlsx",), "E08")]
)
def test_what_cannot_be_read_or_written_ends_with_two(form: Path, arguments: tuple[str, ...], code: str) -> None:
    Path("text.xlsx").write_text("Title,Safe at home", "utf-8")
    result = run("import", *arguments)
    assert result.exit_code == 2
    assert code in result.output
    assert sorted(path.name for path in Path().iterdir()) == ["our idea.xlsx", "text.xlsx"]
