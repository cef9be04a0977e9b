"""What a hub remembers: nothing is built twice, nobody's work is replaced, and no moment is a bad one to be ended."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bizcase.errors import Finding, OutputRefused, Place, Severity
from bizcase.hub.batch.kept import Memory, Standing
from bizcase.hub.entry import Entry, Outcome
from bizcase.package import sweep
from tests.conftest import TOP
from tests.hub.submitting import contents

ENTRY = Entry("ward/idea.yaml", "key of today", Outcome.BUILT, bid="ward/idea-bid.docx", workbook="ward/idea-benefits.xlsx")
FILES = (ENTRY.bid, ENTRY.workbook)
TODAY = {ENTRY.bid: b"the bid of today", ENTRY.workbook: b"the workbook of today"}
LATER, NEW = replace(ENTRY, key="key of tomorrow"), {ENTRY.bid: b"the bid of tomorrow", ENTRY.workbook: b"the workbook of then"}
STATE = ".bizcase/submissions"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A hub's folder with one submission in it."""
    Memory(tmp_path).keep(ENTRY, TODAY, force=False)
    return tmp_path


def standing(out: Path, key: str = ENTRY.key, files: tuple[str, ...] = FILES) -> Standing:
    return Memory(out).standing(ENTRY.name, key, files=files)


def refusals(out: Path, entry: Entry, files: dict[str, bytes]) -> list[tuple[str, str]]:
    with pytest.raises(OutputRefused) as caught:
        Memory(out).keep(entry, files, force=False)
    return [(finding.code, finding.place.file) for finding in caught.value.findings]


def test_what_has_not_changed_is_kept_with_its_entry(out: Path) -> None:
    assert standing(out) is Standing.KEPT
    assert Memory(out).entry(ENTRY.name) == ENTRY
    assert contents(out) == TODAY


def spoil(change: Callable[[Path], object]) -> Callable[[Path], None]:
    def apply(out: Path) -> None:
        [change(path) for path in (out / STATE).iterdir()]
    return apply


@pytest.mark.parametrize("change", [
    lambda out: (out / ENTRY.bid).unlink(),
    lambda out: (out / ENTRY.workbook).unlink(),
    spoil(lambda path: path.write_bytes(path.read_bytes()[:-9])),
    spoil(lambda path: path.write_text("[1, 2]")),
    spoil(lambda path: path.write_text("[" * 100_000)),
    spoil(lambda path: path.write_text(json.dumps({**json.loads(path.read_text()), "form": 99}))),
    spoil(lambda path: path.write_text(json.dumps({**json.loads(path.read_text()), "files": {"../outside.docx": "0" * 64}}))),
    spoil(lambda path: path.write_text(json.dumps({**json.loads(path.read_text()), "name": "another.yaml"}))),
    spoil(lambda path: path.unlink()),
])
def test_what_is_missing_or_remembered_wrongly_is_built_again_without_a_question(out: Path, change: Callable[[Path], object]
                                                                               ) -> None:
    change(out)
    assert standing(out) is Standing.TO_BUILD
    Memory(out).keep(ENTRY, TODAY, force=False)
    assert standing(out) is Standing.KEPT


def test_another_key_or_other_names_for_its_files_are_built_again(out: Path) -> None:
    assert standing(out, "key of tomorrow") is Standing.TO_BUILD
    assert standing(out, files=("idea-yaml-bid.docx", ENTRY.workbook)) is Standing.TO_BUILD
    Memory(out).keep(LATER, NEW, force=False)
    assert standing(out, LATER.key) is Standing.KEPT
    assert contents(out) == NEW


def test_what_somebody_changed_is_never_replaced_unless_they_say_so(out: Path) -> None:
    (out / ENTRY.bid).write_bytes(b"with a correction by hand")
    assert standing(out) is Standing.EDITED
    assert standing(out, LATER.key) is Standing.EDITED_AND_OUT_OF_DATE
    assert Memory(out).edited(ENTRY.name) == [ENTRY.bid]
    assert refusals(out, LATER, NEW) == [("G04", ENTRY.bid)]
    assert contents(out) == {**TODAY, ENTRY.bid: b"with a correction by hand"}
    Memory(out).keep(LATER, NEW, force=True)
    assert contents(out) == NEW
    assert standing(out, LATER.key) is Standing.KEPT


def test_a_file_from_elsewhere_is_refused_and_one_that_is_the_same_is_adopted(tmp_path: Path) -> None:
    for content, refused in ((b"somebody else's", True), (TODAY[ENTRY.bid], False)):
        (tmp_path / "ward").mkdir(exist_ok=True)
        (tmp_path / ENTRY.bid).write_bytes(content)
        if refused:
            assert refusals(tmp_path, ENTRY, TODAY) == [("E80", ENTRY.bid)]
            assert contents(tmp_path) == {ENTRY.bid: content}
        else:
            Memory(tmp_path).keep(ENTRY, TODAY, force=False)
            assert standing(tmp_path) is Standing.KEPT


def test_an_open_file_is_refused_and_written_once_it_is_closed(out: Path) -> None:
    lock = out / "ward" / f"~${Path(ENTRY.workbook).name}"
    lock.touch()
    assert refusals(out, LATER, NEW) == [("E81", str(out / ENTRY.workbook))]
    assert {file: (out / file).read_bytes() for file in FILES} == TODAY
    assert standing(out, LATER.key) is Standing.TO_BUILD
    lock.unlink()
    Memory(out).keep(LATER, NEW, force=False)
    assert contents(out) == NEW


def test_a_submission_that_no_longer_builds_keeps_its_files_and_may_replace_them_once_it_does(out: Path) -> None:
    finding = Finding(Place(ENTRY.name, 2, 1), "E10", Severity.ERROR, "m")
    Memory(out).keep(Entry(ENTRY.name, "key of a slip", Outcome.FAILED, (finding,)), {}, force=False)
    assert standing(out, "key of a slip") is Standing.KEPT
    assert Memory(out).records[ENTRY.name].findings == (finding,)
    assert contents(out) == TODAY
    Memory(out).keep(LATER, NEW, force=False)
    assert contents(out) == NEW


def test_a_file_of_one_submission_may_become_that_of_another(out: Path) -> None:
    """A new submission comes first by its name, and takes the shorter name for its files."""
    memory = Memory(out)
    memory.keep(replace(LATER, name="ward/idea.xlsx"), NEW, force=False)
    moved = {file.replace("idea-", "idea-yaml-"): content for file, content in TODAY.items()}
    memory.keep(replace(ENTRY, key="another"), moved, force=False)
    assert contents(out) == {**NEW, **moved}


def test_a_comparison_that_somebody_edited_is_kept_under_another_name(out: Path) -> None:
    Memory(out).keep_comparison("all of today", {"portfolio.xlsx": b"ranked"}, force=False)
    assert Memory(out).standing_of_comparison("all of today") is Standing.KEPT
    assert Memory(out).standing_of_comparison("all of tomorrow") is Standing.TO_BUILD
    for number, typed in enumerate((b"with weights of our own", b"with others"), 1):
        (out / "portfolio.xlsx").write_bytes(typed)
        aside = Memory(out).keep_comparison("all of tomorrow", {"portfolio.xlsx": b"ranked anew"}, force=False)
        assert aside == (f"portfolio-edited-{number}.xlsx",)
        assert (out / aside[0]).read_bytes() == typed
        assert (out / "portfolio.xlsx").read_bytes() == b"ranked anew"
    assert Memory(out).keep_comparison("later", {"portfolio.xlsx": b"again"}, force=False) == ()
    assert standing(out) is Standing.KEPT


def test_a_comparison_from_elsewhere_is_never_replaced(out: Path) -> None:
    (out / "portfolio.xlsx").write_bytes(b"somebody else's")
    with pytest.raises(OutputRefused):
        Memory(out).keep_comparison("all", {"portfolio.xlsx": b"ours"}, force=False)
    assert (out / "portfolio.xlsx").read_bytes() == b"somebody else's"


def test_leftovers_of_writing_are_swept_and_nothing_else(out: Path) -> None:
    others = [out / "ward" / name for name in (".bizcase-notes", ".bizcase-toolong_99", "bizcase-abcdefgh", ".other-abcdefgh")]
    leftovers = [out / ".bizcase-abcd_123", out / "ward" / ".bizcase-00000000", out / STATE / ".bizcase-zzzzzzzz"]
    for path in (*others, *leftovers):
        path.write_bytes(b"x")
    sweep(Memory(out).folders())
    assert [path for path in leftovers if path.exists()] == []
    assert all(path.exists() for path in others)
    assert standing(out) is Standing.KEPT


ENDED_AT_EVERY_STEP = """
import os, pathlib, sys
from dataclasses import replace
from bizcase import package
from bizcase.hub.batch.kept import Memory
from tests.hub.test_kept import ENTRY, LATER, NEW, TODAY

def counted(function):
    def step(*arguments, **named):
        global left
        left -= 1
        if not left:
            os._exit(9)
        return function(*arguments, **named)
    return step

out, wanted = pathlib.Path(sys.argv[1]), int(sys.argv[2])
left = -1
os.fsync, os.fdopen, package.tempfile.mkstemp = map(counted, (os.fsync, os.fdopen, package.tempfile.mkstemp))
for name in ("replace", "unlink", "chmod", "mkdir"):
    setattr(pathlib.Path, name, counted(getattr(pathlib.Path, name)))
for step in range(1, wanted):
    place = out / str(step)
    child = os.fork()
    if not child:
        Memory(place).keep(ENTRY, TODAY, force=False)
        left = step
        Memory(place).keep(LATER, NEW, force=False)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_ended_at_any_step_of_writing_no_file_is_half_written_and_the_next_run_completes_the_rest(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", ENDED_AT_EVERY_STEP, str(tmp_path), "48"], cwd=TOP, capture_output=True,
                         text=True, check=True)
    codes = [int(line) for line in ran.stdout.split()]
    ended = codes.count(9)
    assert codes == [9] * ended + [0] * (47 - ended), "ended at each step, until there were no more"
    assert ended > 15
    left_behind = 0
    for step in range(1, 48):
        out = tmp_path / str(step)
        found = contents(out)
        left_behind += sum(".bizcase-" in name for name in found)
        for file in FILES:
            assert found[file] in (TODAY[file], NEW[file]), f"{file} after step {step}"
        assert standing(out, LATER.key) in (Standing.TO_BUILD, Standing.KEPT)
        assert (standing(out, LATER.key) is Standing.KEPT) == ({file: found[file] for file in FILES} == NEW)
        memory = Memory(out)
        sweep(memory.folders())
        memory.keep(LATER, NEW, force=False)
        assert contents(out) == NEW
        assert standing(out, LATER.key) is Standing.KEPT
    assert left_behind > 5
