"""The only writer: all files or none, never over a file without leave, and nothing left behind."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bizcase.errors import Finding, OutputRefused, Severity
from bizcase.package import file_stem, scratch, write_all

OLD_BID, OLD_BOOK = b"the bid of yesterday", b"the workbook of yesterday"
NEW_BID, NEW_BOOK = b"the bid of today", b"the workbook of today, which is longer"


@pytest.fixture
def bid(tmp_path: Path) -> Path:
    return tmp_path / "idea-bid.docx"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "idea-benefits.xlsx"


@pytest.fixture
def written(bid: Path, book: Path) -> dict[Path, bytes]:
    """Both files as they stood yesterday."""
    write_all({bid: OLD_BID, book: OLD_BOOK})
    return {bid: OLD_BID, book: OLD_BOOK}


def files_in(folder: Path) -> dict[Path, bytes]:
    """Everything in a folder, hidden files too."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(files: dict[Path, bytes], *, force: bool = False) -> list[Finding]:
    with pytest.raises(OutputRefused) as caught:
        write_all(files, force=force)
    assert all(finding.severity is Severity.ERROR and finding.hint for finding in caught.value.findings)
    return list(caught.value.findings)


def failing(nth: int, problem: BaseException, real: Callable[..., object]) -> Callable[..., object]:
    """A function that does its work, and raises on its nth call."""
    calls: Iterator[int] = iter(range(1, 1000))

    def work(*arguments: object, **named: object) -> object:
        if next(calls) == nth:
            raise problem
        return real(*arguments, **named)

    return work


DISK_FULL = OSError(errno.ENOSPC, "No space left on device")


def test_all_files_are_written_and_nothing_else(tmp_path: Path, bid: Path, book: Path) -> None:
    write_all({bid: NEW_BID, book: NEW_BOOK})
    assert files_in(tmp_path) == {bid: NEW_BID, book: NEW_BOOK}


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "bids" / "2026" / "idea-bid.docx"
    write_all({path: NEW_BID})
    assert path.read_bytes() == NEW_BID


def test_a_file_that_exists_is_not_replaced_without_force(tmp_path: Path, written: dict[Path, bytes], book: Path) -> None:
    findings = refused({tmp_path / "other.docx": NEW_BID, book: NEW_BOOK})
    assert [(finding.code, finding.place.file) for finding in findings] == [("E80", str(book))]
    assert "--force" in findings[0].hint
    assert files_in(tmp_path) == written


def test_with_force_a_file_is_replaced(tmp_path: Path, written: dict[Path, bytes], bid: Path, book: Path) -> None:
    assert written
    write_all({bid: NEW_BID, book: NEW_BOOK}, force=True)
    assert files_in(tmp_path) == {bid: NEW_BID, book: NEW_BOOK}


def test_every_reason_is_given_at_once(tmp_path: Path, written: dict[Path, bytes], bid: Path, book: Path) -> None:
    folder = tmp_path / "folder.docx"
    folder.mkdir()
    findings = refused({bid: NEW_BID, book: NEW_BOOK, folder: NEW_BID})
    assert [(finding.code, finding.place.file) for finding in findings] == [
        ("E80", str(bid)), ("E80", str(book)), ("E82", str(folder))]
    assert files_in(tmp_path) == written


@pytest.mark.parametrize(("name", "lock"), [
    ("my-bid.docx", "~$my-bid.docx"),                       # Word, a name of up to six letters
    ("abc-bid.docx", "~$bc-bid.docx"),                      # Word, a name of seven letters
    ("abcd-bid.docx", "~$cd-bid.docx"),                     # Word, a longer name
    ("remote-monitoring-bid.docx", "~$mote-monitoring-bid.docx"),
    ("my-benefits.xlsx", "~$my-benefits.xlsx"),             # Excel keeps the whole name
    ("remote-monitoring-bid.docx", ".~lock.remote-monitoring-bid.docx#"),
    ("my-benefits.xlsx", ".~lock.my-benefits.xlsx#"),       # LibreOffice
])
@pytest.mark.parametrize("force", [False, True])
def test_a_file_that_is_open_elsewhere_is_left_alone(tmp_path: Path, name: str, lock: str, force: bool) -> None:
    (tmp_path / name).write_bytes(OLD_BID)
    (tmp_path / lock).touch()
    before = files_in(tmp_path)
    finding, = refused({tmp_path / "first.docx": NEW_BID, tmp_path / name: NEW_BID}, force=force)
    assert (finding.code, finding.place.file) == ("E81", str(tmp_path / name))
    assert lock in finding.hint  # after a crash the lock stays, and somebody must be able to get rid of it
    assert files_in(tmp_path) == before


@pytest.mark.parametrize(("name", "lock_of_another"), [
    ("abc-bid.docx", "~$c-bid.docx"), ("my-bid.docx", "~$-bid.docx"), ("abcd-bid.docx", "~$other-bid.docx"),
])
def test_another_file_that_is_open_does_not_matter(tmp_path: Path, name: str, lock_of_another: str) -> None:
    (tmp_path / lock_of_another).touch()
    write_all({tmp_path / name: NEW_BID})
    assert (tmp_path / name).read_bytes() == NEW_BID


def test_a_folder_in_the_way_is_not_replaced_even_with_force(tmp_path: Path, bid: Path, book: Path) -> None:
    book.mkdir()
    (book / "notes.txt").write_text("keep me")
    finding, = refused({bid: NEW_BID, book: NEW_BOOK}, force=True)
    assert (finding.code, finding.message) == ("E82", "a folder of this name is in the way")
    assert files_in(tmp_path) == {book / "notes.txt": b"keep me"}


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "bids").write_text("not a folder")
    finding, = refused({tmp_path / "bids" / "idea-bid.docx": NEW_BID})
    assert finding.code == "E82"
    assert files_in(tmp_path) == {tmp_path / "bids": b"not a folder"}


def test_a_read_only_file_is_not_replaced_even_with_force(tmp_path: Path, written: dict[Path, bytes], bid: Path, book: Path,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: not (Path(path) == book and mode == os.W_OK))
    finding, = refused({bid: NEW_BID, book: NEW_BOOK}, force=True)
    assert (finding.code, finding.message) == ("E82", "the file is read-only")
    assert files_in(tmp_path) == written


def test_a_read_only_folder_is_told_with_a_way_out(tmp_path: Path, bid: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    denied = PermissionError(errno.EACCES, "Permission denied")
    monkeypatch.setattr("bizcase.package.tempfile.mkstemp", failing(1, denied, lambda: None))
    finding, = refused({bid: NEW_BID})
    assert (finding.code, finding.message) == ("E82", "the file cannot be written: Permission denied")
    assert "-o" in finding.hint
    assert files_in(tmp_path) == {}


def test_a_folder_that_may_not_be_looked_into_is_told_and_not_a_crash(bid: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "exists", denied)
    finding, = refused({bid: NEW_BID})
    assert (finding.code, finding.message) == ("E82", "the file cannot be written: Permission denied")


def test_a_name_too_long_for_the_system_is_told_and_not_a_crash(tmp_path: Path) -> None:
    finding, = refused({tmp_path / f"{'long' * 100}.docx": NEW_BID})
    assert finding.code == "E82"
    assert files_in(tmp_path) == {}


def test_the_longest_name_the_system_takes_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'n' * 240}.docx"
    write_all({path: NEW_BID})
    assert files_in(tmp_path) == {path: NEW_BID}


@pytest.mark.parametrize("call", [1, 2])
def test_a_disk_that_fills_up_while_writing_leaves_everything_as_it_was(
        tmp_path: Path, written: dict[Path, bytes], bid: Path, book: Path, call: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(call, DISK_FULL, os.fsync))
    finding, = refused({bid: NEW_BID, book: NEW_BOOK}, force=True)
    assert (finding.code, finding.message) == ("E82", "the file cannot be written: No space left on device")
    assert finding.place.file == str([bid, book][call - 1])
    assert files_in(tmp_path) == written


def test_a_second_file_that_cannot_be_made_leaves_no_first_one(tmp_path: Path, bid: Path, book: Path,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(2, DISK_FULL, os.fsync))
    assert refused({bid: NEW_BID, book: NEW_BOOK})[0].place.file == str(book)
    assert files_in(tmp_path) == {}


def refuse_to_become(target: Path, problem: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Moving a new file to `target` fails; every other move works."""
    real = Path.replace

    def replace(self: Path, other: Path) -> Path:
        if Path(other) == target:
            raise problem
        return real(self, other)

    monkeypatch.setattr(Path, "replace", replace)


def test_a_failure_in_the_middle_of_replacing_puts_the_old_files_back(
        tmp_path: Path, written: dict[Path, bytes], bid: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_become(book, PermissionError(errno.EACCES, "Permission denied"), monkeypatch)
    finding, = refused({bid: NEW_BID, book: NEW_BOOK}, force=True)
    assert (finding.code, finding.place.file) == ("E82", str(book))
    assert files_in(tmp_path) == written


def test_a_failure_in_the_middle_takes_a_new_file_away_again(tmp_path: Path, bid: Path, book: Path,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_become(book, DISK_FULL, monkeypatch)
    refused({bid: NEW_BID, book: NEW_BOOK})
    assert files_in(tmp_path) == {}


def test_a_failure_in_the_middle_of_three_undoes_both_before_it(tmp_path: Path, written: dict[Path, bytes], bid: Path, book: Path,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    third, fourth = tmp_path / "third.txt", tmp_path / "fourth.txt"
    refuse_to_become(fourth, DISK_FULL, monkeypatch)
    refused({bid: NEW_BID, third: b"3", book: NEW_BOOK, fourth: b"4"}, force=True)
    assert files_in(tmp_path) == written


def test_stopping_in_the_middle_with_the_keyboard_puts_the_old_files_back_too(
        tmp_path: Path, written: dict[Path, bytes], bid: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_become(book, KeyboardInterrupt(), monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        write_all({bid: NEW_BID, book: NEW_BOOK}, force=True)
    assert files_in(tmp_path) == written


def test_what_is_put_back_keeps_its_time_and_its_permissions(written: dict[Path, bytes], bid: Path, book: Path,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    assert written
    bid.chmod(0o640)
    os.utime(bid, (1_700_000_000, 1_700_000_000))
    refuse_to_become(book, DISK_FULL, monkeypatch)
    refused({bid: NEW_BID, book: NEW_BOOK}, force=True)
    assert stat.S_IMODE(bid.stat().st_mode) == 0o640
    assert bid.stat().st_mtime == 1_700_000_000


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_permissions_respect_the_umask(bid: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write_all({bid: NEW_BID})
        assert os.umask(umask) == umask  # and the umask itself is left as it was
    finally:
        os.umask(before)
    assert stat.S_IMODE(bid.stat().st_mode) == mode


def test_a_symbolic_link_stays_a_link_and_what_it_points_to_is_replaced(tmp_path: Path, bid: Path) -> None:
    shared = tmp_path / "shared" / "real.docx"
    shared.parent.mkdir()
    shared.write_bytes(OLD_BID)
    bid.symlink_to(shared)
    assert refused({bid: NEW_BID})[0].code == "E80"
    write_all({bid: NEW_BID}, force=True)
    assert bid.is_symlink()
    assert shared.read_bytes() == NEW_BID
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["idea-bid.docx", "real.docx", "shared"]


def test_a_symbolic_link_to_nothing_makes_the_file_it_points_to(tmp_path: Path, bid: Path) -> None:
    bid.symlink_to(tmp_path / "later.docx")
    write_all({bid: NEW_BID})
    assert bid.is_symlink()
    assert (tmp_path / "later.docx").read_bytes() == NEW_BID


def test_a_file_open_behind_a_symbolic_link_is_left_alone(tmp_path: Path, bid: Path) -> None:
    shared = tmp_path / "shared-copy.docx"
    shared.write_bytes(OLD_BID)
    bid.symlink_to(shared)
    (tmp_path / "~$ared-copy.docx").touch()
    assert refused({bid: NEW_BID}, force=True)[0].code == "E81"
    assert shared.read_bytes() == OLD_BID


@pytest.mark.parametrize(("name", "stem"), [
    ("remote-monitoring", "remote-monitoring"), ("Safe at home (v2)", "Safe-at-home-v2"), ("Überblick – Café", "Uberblick-Cafe"),
    ("bid.final", "bid.final"), ("../../etc/passwd", "etc-passwd"), ("C:\\temp\\x", "C-temp-x"), ("...", "bizcase"),
    ("提案", "bizcase"), ("", "bizcase"), ("a/b:c*d?e", "a-b-c-d-e"),
])
def test_a_file_name_is_one_that_every_system_accepts(name: str, stem: str) -> None:
    assert file_stem(name) == stem


def test_a_scratch_folder_holds_its_files_and_is_gone_afterwards() -> None:
    with scratch({"a.docx": b"a", "inner/b.xcu": b"b"}) as folder:
        assert files_in(folder) == {folder / "a.docx": b"a", folder / "inner" / "b.xcu": b"b"}
        (folder / "left behind").write_bytes(b"c")
    assert not folder.exists()


def test_a_scratch_folder_is_gone_after_an_error_too() -> None:
    with pytest.raises(ZeroDivisionError), scratch({"a": b"a"}) as folder:
        raise ZeroDivisionError
    assert not folder.exists()
