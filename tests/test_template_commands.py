"""The template commands as a hub manager meets them: what they print, what they write, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bizcase import resources
from bizcase.cli.main import main
from bizcase.document.stylesheet import House
from bizcase.document.template import make_template
from bizcase.specification.profile import load_profile, profile_names
from bizcase.specification.shape import load_shape
from tests.conftest import SAMPLES
from tests.document.house import STYLES, parts_of, replaced
from tests.document.test_logo import png
from tests.word_text import story

BODY = "word/document.xml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["template", *(str(argument) for argument in arguments)])


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def damaged(file: Path, old: str, new: str) -> None:
    file.write_bytes(replaced(BODY, old, new, file.read_bytes()))


@pytest.mark.parametrize("name", profile_names())
def test_a_new_template_is_the_shipped_one_until_it_is_made_the_house_s_own(name: str, here: Path) -> None:
    assert run("new", "house.docx", "--profile", name).exit_code == 0
    shipped = resources.folder("templates") / load_profile(name).template / "bid.docx"
    assert Path("house.docx").read_bytes() == shipped.read_bytes() == make_template(load_profile(name), load_shape(), House())


def test_a_template_in_a_house_style_is_made_checked_and_built_with(here: Path) -> None:
    Path("logo.png").write_bytes(png(300, 90))
    made = run("new", "house.docx", "--profile", "ideas-den", "--font", "Georgia", "--colour", "#7B1FA2", "--logo", "logo.png")
    assert made.output == """\
house.docx is written: every section of the profile ideas-den, in Georgia. Restyle it in Word.
Next: bizcase template check house.docx --profile ideas-den
Then: bizcase build my-bid.yaml --template house.docx
"""
    parts = parts_of(Path("house.docx").read_bytes())
    assert b'w:ascii="Georgia"' in parts[STYLES] and b"7B1FA2" in parts[STYLES]
    assert parts["word/media/logo.png"] == png(300, 90)
    checked = run("check", "house.docx", "--profile", "ideas-den")
    assert (checked.exit_code, checked.output) == (0, (
        "Nothing to fix: a trial bid of the profile ideas-den is whole. Next: bizcase build my-bid.yaml --template house.docx\n"))
    damaged(Path("house.docx"), "Document control", "Who answers for this bid")
    built = CliRunner().invoke(main, ["build", str(SAMPLES / "remote-monitoring.yaml"), "--profile", "ideas-den", "-o", str(here),
                                      "--template", "house.docx", "--draft"])
    assert built.exit_code == 0, built.output
    assert "Who answers for this bid" in story(Path("remote-monitoring-bid.docx").read_bytes())


def test_a_check_tells_section_paragraph_and_the_nearest_name(here: Path) -> None:
    run("new", "house.docx", "--profile", "ideas-den")
    damaged(Path("house.docx"), "{{ innovation.one_line }}", "{{ innovation.one_lien }}")
    checked = run("check", "house.docx", "--profile", "ideas-den")
    assert checked.exit_code == 1
    first, hint, *_ = checked.output.splitlines()
    assert first.startswith("house.docx: T20 before the first heading, paragraph ")
    assert first.endswith("{{ innovation.one_lien }} names innovation.one_lien, which is not there")
    assert hint == "    hint: did you mean innovation.one_line?"
    assert checked.output.rstrip().endswith("No bid can be built with this template. `bizcase explain CODE` says why.")


def test_advice_alone_is_told_and_stops_nothing(here: Path) -> None:
    run("new", "house.docx", "--profile", "ideas-den")
    damaged(Path("house.docx"), "<w:body>", "<w:body><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>")
    checked = run("check", "house.docx", "--profile", "ideas-den")
    assert checked.exit_code == 1
    assert "1 major. Nothing stops a build: bizcase build my-bid.yaml --template house.docx" in checked.output


def test_a_check_as_json_holds_place_code_and_hint(here: Path) -> None:
    run("new", "house.docx", "--profile", "ideas-den")
    damaged(Path("house.docx"), "{{ bid.kind }}", "{{ bid.kinds }}")
    report = json.loads(run("check", "house.docx", "--profile", "ideas-den", "--format", "json").output)
    assert report["summary"] == {"profile": "ideas-den", "can_be_built_with": False}
    (found,) = report["findings"]
    assert (found["file"], found["code"], found["hint"]) == ("house.docx", "T20", "did you mean bid.kind?")
    assert found["path"] == "word/document.xml, paragraph 1"


def test_a_build_with_a_faulty_template_writes_nothing_and_names_the_fault(here: Path) -> None:
    run("new", "house.docx")
    damaged(Path("house.docx"), "{{ bid.kind }}", "{{ bid.kinds }}")
    built = CliRunner().invoke(main, ["build", str(SAMPLES / "remote-monitoring.yaml"), "-o", "out", "--template", "house.docx"])
    assert built.exit_code == 2
    assert "house.docx: T20" in built.output and "did you mean bid.kind?" in built.output
    assert not Path("out").exists()


def test_a_draft_is_suggested_in_the_same_template(here: Path) -> None:
    run("new", "our house.docx")
    refused = CliRunner().invoke(main, ["build", str(SAMPLES / "remote-monitoring-as-submitted.yaml"), "-o", "out", "--template",
                                        "our house.docx"])
    assert refused.exit_code == 1
    assert '--template "our house.docx" --draft' in refused.output


@pytest.mark.parametrize(("arguments", "told"), [
    (["new", "house.dotx"], "a template's name ends in .docx\n    hint: try house.docx"),
    (["new", "house.docx", "--profile", "ideas-dem"], "did you mean ideas-den?"),
    (["new", "house.docx", "--colour", "FFDD00"],
     "E85 the colour FFDD00 has a contrast of 1.3 with white; headings need at least 4.5"),
    (["new", "house.docx", "--colour", "yellow"], "E85 'yellow' is not a colour"),
    (["new", "house.docx", "--font", 'A"B'], "is not the name of a font"),
    (["new", "house.docx", "--font", "x" * 32], "is not the name of a font"),
    (["new", "house.docx", "--logo", "none.png"], "none.png: E01 there is no such file"),
    (["new", "house.docx", "--logo", "text.png"], "text.png: E85 this is neither a PNG nor a JPEG picture"),
    (["check", "none.docx"], "none.docx: E01 there is no such file"),
    (["check", "."], "this is a folder, not a file"),
    (["check", "none.docx", "--profile", "five-cases"], "did you mean five-case?"),
])
def test_what_cannot_be_done_is_told_and_nothing_is_written(arguments: list[str], told: str, here: Path) -> None:
    Path("text.png").write_text("a picture of nothing", "utf-8")
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.output
    assert not Path("house.docx").exists()


def test_a_template_is_not_replaced_without_being_asked(here: Path) -> None:
    Path("house.docx").write_bytes(b"mine")
    assert run("new", "house.docx").exit_code == 2
    assert Path("house.docx").read_bytes() == b"mine"
    assert run("new", "house.docx", "--force").exit_code == 0


def test_a_text_file_called_docx_is_told_in_one_line(here: Path) -> None:
    Path("house.docx").write_text("profile: ideas-den", "utf-8")
    checked = run("check", "house.docx")
    assert checked.exit_code == 1
    assert checked.output.startswith("house.docx: T01 this is not a Word file\n")


def test_a_bid_never_takes_the_place_of_its_template(here: Path) -> None:
    run("new", "remote-monitoring-bid.docx", "--profile", "ideas-den")
    before = Path("remote-monitoring-bid.docx").read_bytes()
    built = CliRunner().invoke(main, ["build", str(SAMPLES / "remote-monitoring.yaml"), "--profile", "ideas-den", "-o", str(here),
                                      "--template", "remote-monitoring-bid.docx", "--draft", "--force"])
    assert built.exit_code == 2
    assert "the bid would take the place of its template" in built.output
    assert Path("remote-monitoring-bid.docx").read_bytes() == before
