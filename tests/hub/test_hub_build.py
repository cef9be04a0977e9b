"""`bizcase hub build`: what a hub manager sees, in what order it happens, and what happens again the day after."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from bizcase.cli import hub_commands
from bizcase.cli.main import main
from bizcase.hub.batch import job
from bizcase.hub.batch.job import Job, Product, product_of, program
from bizcase.hub.entry import Entry, Outcome
from bizcase.hub.form.questions import form_of
from bizcase.hub.form.write import write_form
from bizcase.specification.profile import load_profile
from tests.conftest import TOP
from tests.hub.submitting import BROKEN, contents, hub_build, put, small
from tests.hub.works import quick_content

OUR_PROFILE = """\
title: Our den
purpose: Ideas of our own wards.
parameters: green-book-2026
short: true
parts:
  - sections: [summary]
required: [document.title]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two submissions: one names a profile beside it, one a profile that ships."""
    folder = tmp_path / "in"
    put(folder, tablets=small("Tablets"), ward_7__falls=small("Falls", "ours.yaml"), ward_7__ours=OUR_PROFILE)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what is built. To be quick, what comes of it is a few bytes by which it can be told apart."""
    names: list[str] = []

    def quickly(jobs: Iterable[Job], *_: object, **__: object) -> Iterator[Product]:
        for one in jobs:
            names.append(one.name)
            if b"[" in one.content:
                yield product_of(one)
                continue
            entry = Entry(one.name, one.key, Outcome.BUILT, title="T", bid=one.bid, workbook=one.workbook)
            yield Product(entry, f"bid {one.key}".encode(), f"workbook {one.key}".encode())

    def listed(entries: list[Entry], title: str, judgement: object) -> dict[str, bytes]:
        return {"portfolio.csv": "\n".join([title, *(entry.name for entry in entries)]).encode()}

    monkeypatch.setattr(hub_commands, "run", quickly)
    monkeypatch.setattr(hub_commands, "comparison_files", listed)
    return names


def test_a_hub_reads_what_came_of_its_folder(folder: Path, out: Path) -> None:
    put(folder, broken=BROKEN, ward_7__unknown=small("A", "den-2026"))
    (folder / "letter.msg").write_bytes(b"x")
    result = hub_build(folder, out)
    assert result.output == f"""\
Not built (2)
broken.yaml:4:1: E10 the text cannot be read here: a value is missing before this sign
    hint: put text that begins with a bracket or a comma in quotes
ward_7/unknown.yaml:2:10: E26 profile is 'den-2026'; there are: five-case, ideas-den, innovation-fund or ten-questions

Passed over or renamed (2)
letter.msg: G02 advisory: passed over: it is a message
    hint: save what is attached to it into the folder
ward_7/ours.yaml: G02 advisory: passed over: it is the file of a profile

4 submissions: 1 built, 1 built as draft (what is missing is marked), 2 not built
Bids and workbooks: {out}
Comparison:         {out}/portfolio.xlsx
As a table:         {out}/portfolio.csv
Pack for the panel: {out}/ideas-den-pack.docx
"""
    assert result.exit_code == 1
    assert set(contents(out)) == {"portfolio.xlsx", "portfolio.csv", "ideas-den-pack.docx", "tablets-bid.docx",
                                  "tablets-benefits.xlsx", "ward_7/falls-bid.docx", "ward_7/falls-benefits.xlsx"}
    lines = (out / "portfolio.csv").read_text("utf-8-sig")
    assert all(name in lines for name in ("tablets.yaml", "ward_7/falls.yaml"))


def test_a_second_run_builds_what_is_new_and_touches_nothing_else(folder: Path, out: Path, built: list[str]) -> None:
    put(folder, broken=BROKEN)
    hub_build(folder, out)
    assert sorted(built) == ["broken.yaml", "tablets.yaml", "ward_7/falls.yaml"]
    built.clear()
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    result = hub_build(folder, out)
    assert built == []
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
    assert "3 of them unchanged since the last time, and not built again" in result.output
    assert "broken.yaml:4:1: E10" in result.output, "what is wrong is told again"
    put(folder, new=small("New"))
    result = hub_build(folder, out)
    assert built == ["new.yaml"]
    assert (out / "portfolio.csv").read_text() == "In\nbroken.yaml\nnew.yaml\ntablets.yaml\nward_7/falls.yaml"


def change_template(folder: Path) -> tuple[str, ...]:
    return "--template", str(TOP / "templates/ideas-den/bid.docx")


def changed(file: str, old: str, new: str) -> Callable[[Path], tuple[str, ...]]:
    def apply(folder: Path) -> tuple[str, ...]:
        path = folder / file
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        return ()
    return apply


@pytest.mark.parametrize(("change", "again"), [
    (changed("tablets.yaml", "Tablets", "Tablet computers"), ["tablets.yaml"]),
    (changed("tablets.yaml", "\n", "\r\n"), ["tablets.yaml"]),
    (changed("ward_7/ours.yaml", "Our den", "The den of ours"), ["ward_7/falls.yaml"]),
    (changed("ward_7/falls.yaml", "profile: ours.yaml", "profile: ideas-den"), ["ward_7/falls.yaml"]),
    (lambda _: ("--parameters", "green-book-2018"), ["tablets.yaml", "ward_7/falls.yaml"]),
    (lambda _: ("--profile", "ideas-den"), ["tablets.yaml", "ward_7/falls.yaml"]),
    (change_template, ["tablets.yaml", "ward_7/falls.yaml"]),
    (lambda folder: (folder / "ward_7/ours.yaml").rename(folder / "ward_7/theirs.yaml") and (), ["ward_7/falls.yaml"]),
])
def test_a_change_builds_exactly_what_depends_on_it(folder: Path, out: Path, built: list[str],
                                                    change: Callable[[Path], tuple[str, ...]], again: list[str]) -> None:
    hub_build(folder, out)
    built.clear()
    more = change(folder)
    assert hub_build(folder, out, *more).exit_code == 0
    assert built == again
    built.clear()
    hub_build(folder, out, *more)
    assert built == []


@pytest.mark.parametrize("change", [
    lambda patch: patch.setattr(job, "__version__", "99.0"),
    lambda patch: patch.setattr("bizcase.resources.folder", lambda name: TOP / name / "profiles"),
])
def test_another_version_or_other_words_of_the_program_build_everything(folder: Path, out: Path, built: list[str],
                                                                        change: Callable[[pytest.MonkeyPatch], None]) -> None:
    hub_build(folder, out)
    built.clear()
    program.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        change(patch)
        program()
    hub_build(folder, out)
    program.cache_clear()
    assert built == ["tablets.yaml", "ward_7/falls.yaml"]


def test_a_file_that_was_changed_by_hand_is_told_of_and_left_until_its_submission_is_forced(
        folder: Path, out: Path, built: list[str]) -> None:
    hub_build(folder, out)
    (out / "tablets-bid.docx").write_bytes(b"corrected in Word")
    result = hub_build(folder, out)
    assert result.exit_code == 0
    assert "To look at (1)\ntablets-bid.docx: G04 advisory: the file was changed since it was built" in result.output
    put(folder, tablets=small("Tablets again"))
    built.clear()
    result = hub_build(folder, out)
    assert (result.exit_code, built) == (1, [])
    assert "Not built (1)\ntablets-bid.docx: G04 the file was changed" in result.output
    assert (out / "tablets-bid.docx").read_bytes() == b"corrected in Word"
    assert hub_build(folder, out, "--force").exit_code == 0
    assert built == ["tablets.yaml"]
    assert (out / "tablets-bid.docx").read_bytes().startswith(b"bid ")


def test_what_the_hub_typed_into_the_portfolio_is_taken_over_and_the_file_kept_beside_it(folder: Path, out: Path) -> None:
    hub_build(folder, out)
    book = load_workbook(out / "portfolio.xlsx")
    book["Ranking"]["F5"], book["Ranking"]["H5"] = 0, "a lot"
    book["Decisions"]["C7"], book["Decisions"]["D8"], book["Decisions"]["E8"] = 5, "endorsed", "in part"
    book.save(out / "portfolio.xlsx")
    typed = (out / "portfolio.xlsx").read_bytes()
    put(folder, a_new_one=small("New"))
    result = hub_build(folder, out)
    assert result.exit_code == 1
    assert "sheet Ranking, cell H5: G21 major: “a lot” is not taken over; a weight is a number from 0 to 10" in result.output
    assert f"As you left it:     {out / 'portfolio-edited-1.xlsx'}" in result.output
    assert (out / "portfolio-edited-1.xlsx").read_bytes() == typed
    after = load_workbook(out / "portfolio.xlsx")
    assert (after["Ranking"]["F5"].value, after["Ranking"]["H5"].value) == (0, 1)
    rows = {row[1]: row[2:5] for row in after["Decisions"].iter_rows(min_row=7, max_row=9, values_only=True)}
    assert rows == {"New": (None, None, None), "Tablets": (5, None, None), "Falls": (None, "endorsed", "in part")}
    assert "edited" not in hub_build(folder, out).output
    assert not (out / "portfolio-edited-2.xlsx").exists()


def test_what_was_typed_about_a_submission_outlives_its_absence_and_another_name(folder: Path, out: Path) -> None:
    hub_build(folder, out)
    type_into(out, {"Decisions": {"C7": "4", "D7": "Endorsed ", "E7": "no"}})
    put(folder, tablets="bizcase: [")
    told = hub_build(folder, out).output
    assert "Judged, and not in the comparison now; what you typed about them is remembered (1)\n  tablets.yaml\n" in told
    assert all(row[1] != "Tablets" for row in decisions(out))
    (folder / "tablets.yaml").unlink()
    put(folder, a_better_name=small("Tablets"))
    assert "is remembered" not in hub_build(folder, out).output
    assert ["Tablets", 4, "endorsed", "no"] in [row[1:5] for row in decisions(out)]
    type_into(out, {"Decisions": {"C7": None, "D7": None, "E7": None}})
    put(folder, z=small("Z"))
    hub_build(folder, out)
    assert ["Tablets", None, None, None] in [row[1:5] for row in decisions(out)], "what is taken out again stays out"


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"garbage")])
def test_weights_and_marks_outlive_a_portfolio_that_is_lost(folder: Path, out: Path, harm: Callable[[Path], object]) -> None:
    hub_build(folder, out)
    type_into(out, {"Ranking": {"F5": 0}, "Decisions": {"C7": 5}})
    hub_build(folder, out)
    harm(out / "portfolio.xlsx")
    hub_build(folder, out)
    assert load_workbook(out / "portfolio.xlsx")["Ranking"]["F5"].value == 0
    assert decisions(out)[0][2] == 5


def test_a_comparison_is_left_where_nothing_could_be_built(folder: Path, out: Path) -> None:
    hub_build(folder, out)
    before = (out / "portfolio.xlsx").read_bytes()
    put(folder, tablets="bizcase: [", ward_7__falls="bizcase: [")
    assert "Nothing could be built, so the comparison is left as it is" in hub_build(folder, out).output
    assert (out / "portfolio.xlsx").read_bytes() == before


def test_a_template_that_is_none_is_told_once_and_nothing_is_written(folder: Path, out: Path) -> None:
    template = folder.parent / "house.docx"
    template.write_bytes(b"garbage")
    result = CliRunner().invoke(main, ["hub", "build", str(folder), "-o", str(out), "--template", str(template)])
    assert (result.exit_code, result.output.count("T01")) == (2, 1)
    assert not out.exists()


def test_a_form_in_which_nothing_is_filled_in_is_not_ranked(folder: Path, out: Path) -> None:
    (folder / "blank.xlsx").write_bytes(write_form(form_of(load_profile("ideas-den")), None, "1"))
    assert "blank.xlsx: F05 nothing is filled in in this form" in hub_build(folder, out).output
    assert len(decisions(out)) == 2


def type_into(out: Path, cells: dict[str, dict[str, Any]]) -> None:
    book = load_workbook(out / "portfolio.xlsx")
    for sheet, typed in cells.items():
        for address, value in typed.items():
            book[sheet][address] = value
    book.save(out / "portfolio.xlsx")


def decisions(out: Path) -> list[list[object]]:
    rows = load_workbook(out / "portfolio.xlsx")["Decisions"].iter_rows(min_row=7, max_col=5, values_only=True)
    return [list(row) for row in rows if row[0] is not None]


def test_a_portfolio_that_is_none_any_more_is_kept_and_made_anew(folder: Path, out: Path) -> None:
    hub_build(folder, out)
    (out / "portfolio.xlsx").write_bytes(b"our weights")
    result = hub_build(folder, out)
    assert result.exit_code == 1
    assert "portfolio.xlsx: E08" in result.output
    assert (out / "portfolio-edited-1.xlsx").read_bytes() == b"our weights"
    assert load_workbook(out / "portfolio.xlsx").sheetnames[0] == "Summary"
    assert hub_build(folder, out).exit_code == 0


def test_a_comparison_that_is_open_is_told_of_and_made_once_it_is_closed(folder: Path, out: Path, built: list[str]) -> None:
    out.mkdir()
    (out / ".~lock.portfolio.csv#").touch()
    result = hub_build(folder, out)
    assert result.exit_code == 1
    assert "portfolio.csv: E81" in result.output
    assert (out / "tablets-bid.docx").is_file()
    assert not (out / "portfolio.csv").exists()
    (out / ".~lock.portfolio.csv#").unlink()
    built.clear()
    assert hub_build(folder, out).exit_code == 0
    assert (out / "portfolio.csv").is_file()
    assert built == []


def test_what_stands_in_the_way_stops_one_submission_and_not_the_others(folder: Path, out: Path, built: list[str]) -> None:
    put(folder, c=small("C"))
    out.mkdir()
    (out / "c-bid.docx").write_bytes(b"of somebody else")
    (out / "~$blets-bid.docx").write_bytes(b"open in Word")
    result = hub_build(folder, out)
    assert result.exit_code == 1
    assert "c-bid.docx: E80" in result.output
    assert "tablets-bid.docx: E81" in result.output
    assert set(contents(out)) == {"c-bid.docx", "~$blets-bid.docx", "portfolio.csv", "ward_7/falls-bid.docx",
                                  "ward_7/falls-benefits.xlsx"}
    (out / "~$blets-bid.docx").unlink()
    built.clear()
    hub_build(folder, out)
    assert built == ["c.yaml", "tablets.yaml"]
    assert (out / "tablets-bid.docx").is_file()


def test_what_is_no_longer_in_the_folder_keeps_its_files_and_leaves_the_comparison(folder: Path, out: Path, built: list[str]
                                                                                  ) -> None:
    hub_build(folder, out)
    (folder / "tablets.yaml").unlink()
    result = hub_build(folder, out)
    assert "left out of the comparison (1)\n  tablets.yaml\n" in result.output
    assert (out / "tablets-bid.docx").is_file()
    assert (out / "portfolio.csv").read_text() == "In\nward_7/falls.yaml"
    put(folder, tablets=small("Tablets"))
    built.clear()
    hub_build(folder, out)
    assert built == [], "it is back, as it was"


def test_what_was_built_before_a_submission_went_wrong_is_told_of(folder: Path, out: Path, built: list[str]) -> None:
    hub_build(folder, out)
    put(folder, tablets=BROKEN)
    for _ in range(2):
        told = hub_build(folder, out).output
        assert "    still there from an earlier version: tablets-benefits.xlsx, tablets-bid.docx\n" in told
    put(folder, tablets=small("Tablets, corrected"))
    assert "still there" not in hub_build(folder, out).output


def test_a_file_that_cannot_be_read_is_told_of_and_stops_nothing(folder: Path, out: Path, built: list[str],
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def refuses(path: Path, mode: str = "r", *more: Any, **named: Any) -> object:
        if path.name == "tablets.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(path, mode, *more, **named)

    monkeypatch.setattr(Path, "open", refuses)
    result = hub_build(folder, out)
    assert "tablets.yaml: E01 the file cannot be opened: Permission denied" in result.output
    assert built == ["ward_7/falls.yaml"]


@pytest.mark.parametrize(("arguments", "told"), [
    (("nowhere", "-o", "out"), "nowhere: G07 there is no such folder"),
    (("in", "-o", "in"), "in: G07 what is built cannot go into the folder of the submissions itself\n    hint: try -o in/built"),
    (("in/ward_7/deep", "-o", "out"), "in/ward_7/deep: G07 there is nothing to build in this folder"),
    (("in", "-o", "in/tablets.yaml"), "in/tablets.yaml: G07 -o names a folder, and this is a file"),
    (("in", "-o", "out", "--profile", "den"), "bizcase: E26 there is no profile 'den'"),
    (("in", "-o", "out", "--parameters", "green-book-2025"), "bizcase: E90 there is no parameter set 'green-book-2025'"),
    (("in", "-o", "out", "--template", "house.docx"), "house.docx: E01 there is no such file"),
    (("in", "-o", "out", "--engine", "cluster"), "bizcase: G05 'cluster' is not the address of an engine"),
])
def test_what_cannot_begin_says_why(folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str) -> None:
    (folder / "ward_7/deep").mkdir()
    monkeypatch.chdir(folder.parent)
    result = CliRunner().invoke(main, ["hub", "build", *arguments])
    assert result.output.startswith(told)
    assert result.exit_code == 2
    assert not (folder.parent / "out").exists()


def test_the_result_is_the_same_one_at_a_time_and_two_at_a_time(folder: Path, tmp_path: Path) -> None:
    put(folder, broken=BROKEN, more=small("More"))
    one, two = tmp_path / "one", tmp_path / "two"
    told = hub_build(folder, one)
    again = hub_build(folder, two, jobs=2)
    assert told.output.replace(str(one), "OUT") == again.output.replace(str(two), "OUT")
    assert contents(one) == contents(two)
    assert len(contents(one)) == 9


MANY = 60


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    put(folder, **{f"idea_{number}": small(f"Idea {number}") for number in range(MANY)})
    return folder


def quickly(folder: Path, out: Path) -> subprocess.Popen[str]:
    """The whole of it, in processes of its own, but for the building of each submission."""
    return subprocess.Popen([sys.executable, "-m", "tests.hub.works", str(folder), str(out)], cwd=TOP, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)


def wait_for(files: int, out: Path, process: subprocess.Popen[str]) -> None:
    """Waits until so many submissions are built."""
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until and len(list(out.glob("*.docx"))) < files:
        time.sleep(0.002)


def test_ctrl_c_keeps_what_is_finished_and_the_next_run_goes_on(many: Path, out: Path) -> None:
    with quickly(many, out) as process:
        wait_for(5, out, process)
        process.send_signal(signal.SIGINT)
        told, _ = process.communicate(timeout=60)
    done = len(list(out.glob("*.docx")))
    assert process.returncode == 130
    assert 5 <= done < MANY
    assert f"Stopped after {done} of {MANY}; run it again to go on" in told
    assert "Traceback" not in told
    assert not (out / "portfolio.csv").exists()
    assert list(out.rglob(".bizcase-*")) == []
    with quickly(many, out) as process:
        told, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert f"{done} of them unchanged since the last time, and not built again" in told
    assert len(contents(out)) == 2 * MANY + 1


def test_killed_at_several_moments_nothing_is_half_written_and_the_next_run_completes_the_rest(many: Path, out: Path) -> None:
    for files in (2, 25):
        with quickly(many, out) as process:
            wait_for(files, out, process)
            process.kill()
            process.communicate(timeout=60)
        assert files <= len(list(out.glob("*.docx"))) < MANY
        assert [path.name for path in [*out.glob("*.docx"), *out.glob("*.xlsx")] if not is_whole(path)] == []
    with quickly(many, out) as process:
        told, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert f"{MANY} submissions: {MANY} built" in told
    assert all(is_whole(path) for path in [*out.glob("*.docx"), *out.glob("*.xlsx")])
    assert len(contents(out)) == 2 * MANY + 1


def is_whole(path: Path) -> bool:
    content = path.read_bytes()
    key = content.split(b" of ")[1][:64].decode()
    return content in (quick_content(key, "bid"), quick_content(key, "workbook"))
