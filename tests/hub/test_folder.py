"""What there is to build in a folder: everything people send, told of once, and nothing from outside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bizcase.errors import Finding
from bizcase.hub.batch.folder import _named, is_a_profile, look_into
from tests.building import built_sample
from tests.conftest import TOP
from tests.hub.filling import saved, written
from tests.hub.submitting import BROKEN, put, small


def told(findings: tuple[Finding, ...]) -> dict[str, str]:
    return {finding.place.file: finding.message for finding in findings}


def names(folder: Path, out: str = "built") -> list[str]:
    return [found.name for found in look_into(folder, folder / out).inputs]


def test_specifications_and_forms_are_found_in_all_folders_by_name(tmp_path: Path) -> None:
    put(tmp_path, ward_7__tablets=small("a"), ward_7__deep__rounds=small("b"), first=small("c"))
    (tmp_path / "form.xlsx").write_bytes(b"cut short")
    (tmp_path / "LOUD.YML").write_text(small("d"))
    found = look_into(tmp_path, tmp_path / "built")
    assert [made.name for made in found.inputs] == ["LOUD.YML", "first.yaml", "form.xlsx", "ward_7/deep/rounds.yaml",
                                                    "ward_7/tablets.yaml"]
    assert [made.is_form for made in found.inputs] == [False, False, True, False, False]
    assert found.inputs[4].bid == "ward_7/tablets-bid.docx"
    assert found.findings == ()


@pytest.mark.parametrize(("name", "content", "why"), [
    ("notes.docx", b"PK", "it is a Word file"),
    ("old.xls", b"x", "it is an Excel file of the old kind"),
    ("photo.jpg", b"x", "it is neither a specification (.yaml) nor a form (.xlsx)"),
    ("idea-benefits.xlsx", b"PK", "it is written by bizcase"),
    ("compose.yaml", b"services:\n  web: {}\n", "it is no specification: it has none of its fields"),
    ("ours.yaml", (TOP / "schemas/profiles/ideas-den.yaml").read_bytes(), "it is the file of a profile"),
    ("answers.json", b"{}", "it is neither a specification (.yaml) nor a form (.xlsx)"),
])
def test_what_is_neither_is_passed_over_with_its_reason(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(content)
    put(tmp_path, idea=small("a"))
    found = look_into(tmp_path, tmp_path / "built")
    assert [made.name for made in found.inputs] == ["idea.yaml"]
    assert told(found.findings) == {name: f"passed over: {why}"}


def test_a_workbook_is_built_if_it_is_a_form_or_cannot_be_opened_and_passed_over_otherwise(tmp_path: Path) -> None:
    (tmp_path / "figures.xlsx").write_bytes(built_sample("exercise-medicine").workbook)
    (tmp_path / "budget.xlsx").write_bytes(saved(Workbook()))
    (tmp_path / "form.xlsx").write_bytes(written("ideas-den"))
    (tmp_path / "cut.xlsx").write_bytes(written("ideas-den")[:9_000])
    (tmp_path / "empty.xlsx").write_bytes(b"")
    found = look_into(tmp_path, tmp_path / "built")
    assert [made.name for made in found.inputs] == ["cut.xlsx", "empty.xlsx", "form.xlsx"]
    why = "passed over: it is a workbook, and no form of ours"
    assert told(found.findings) == {"budget.xlsx": why, "figures.xlsx": why}


@pytest.mark.parametrize("text", ["", BROKEN, "\ufeff" + small("a"), small("a").replace("\n", "\r\n"), '{"bizcase": 1}',
                                  "- a\n- b\n"])
def test_a_specification_with_something_wrong_is_no_less_a_submission(tmp_path: Path, text: str) -> None:
    put(tmp_path, idea=text)
    assert names(tmp_path) == ["idea.yaml"]


def test_marks_of_open_files_and_hidden_ones_are_left_aside(tmp_path: Path) -> None:
    put(tmp_path, idea=small("a"))
    for name in ("~$form.xlsx", ".~lock.form.xlsx#", ".hidden.yaml", ".git/config.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = look_into(tmp_path, tmp_path / "built")
    assert ([made.name for made in found.inputs], found.findings) == (["idea.yaml"], ())


@pytest.mark.parametrize("name", ["bizcase.schema.json", "Thumbs.db", "desktop.ini"])
def test_what_programs_leave_in_a_folder_is_nobody_s_concern(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"{}")
    put(tmp_path, idea=small("a"))
    found = look_into(tmp_path, tmp_path / "built")
    assert ([made.name for made in found.inputs], found.findings) == (["idea.yaml"], ())


def test_what_is_written_to_and_what_was_written_earlier_is_left_aside(tmp_path: Path) -> None:
    put(tmp_path, idea=small("a"), built__copy=small("b"), last_year__copy=small("c"))
    (tmp_path / "last_year" / ".bizcase").mkdir()
    assert names(tmp_path) == ["idea.yaml"]


def test_links_are_told_of_and_not_followed(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "in", tmp_path / "elsewhere"
    put(folder, idea=small("a"))
    put(elsewhere, secret=small("b"))
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "out").symlink_to(elsewhere, target_is_directory=True)
    (folder / "secret.yaml").symlink_to(elsewhere / "secret.yaml")
    found = look_into(folder, folder / "built")
    assert [made.name for made in found.inputs] == ["idea.yaml"]
    assert set(told(found.findings)) == {"loop", "out", "secret.yaml"}
    assert set(told(found.findings).values()) == {"passed over: it is a link, and links are not followed"}
    assert not is_a_profile(folder / "secret.yaml")


def test_a_folder_that_is_reached_by_a_link_itself_is_looked_into(tmp_path: Path) -> None:
    put(tmp_path / "in", idea=small("a"))
    (tmp_path / "link").symlink_to(tmp_path / "in", target_is_directory=True)
    assert names(tmp_path / "link") == ["idea.yaml"]


def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path) -> None:
    put(tmp_path, idea=small("a"))
    os.mkfifo(tmp_path / "pipe.yaml")
    assert told(look_into(tmp_path, tmp_path / "built").findings) == {"pipe.yaml": "passed over: it is no ordinary file"}


def test_inputs_that_would_write_the_same_files_get_names_of_their_own_and_are_told_of(tmp_path: Path) -> None:
    put(tmp_path, a=small("a"), Ärzte=small("b"), Arzte=small("c"))
    (tmp_path / "a.xlsx").write_bytes(b"x")
    found = look_into(tmp_path, tmp_path / "built")
    assert {made.name: made.bid for made in found.inputs} == {
        "Arzte.yaml": "Arzte-bid.docx", "a.xlsx": "a-bid.docx", "a.yaml": "a-yaml-bid.docx", "Ärzte.yaml": "Arzte-yaml-bid.docx"}
    assert told(found.findings) == {
        "a.yaml": "what is made of it would take the place of what is made of a.xlsx; its files are named a-yaml",
        "Ärzte.yaml": "what is made of it would take the place of what is made of Arzte.yaml; its files are named Arzte-yaml"}


@given(st.lists(st.text("aA-äé漢. ", min_size=1, max_size=4).map(lambda name: f"{name}.yaml"), unique=True, max_size=12))
def test_no_two_inputs_ever_write_the_same_file(given_names: list[str]) -> None:
    inputs, findings = _named({name: Path(name) for name in given_names})
    assert [made.name for made in inputs] == sorted(given_names)
    assert len({made.bid.casefold() for made in inputs}) == len(given_names)
    assert len(findings) == sum(made.stem.casefold() != first_choice(made.name) for made in inputs)


def first_choice(name: str) -> str:
    (only,), _ = _named({name: Path(name)})
    return only.stem.casefold()
