"""The files of a package, their names, and how they are written: all of them or none. The only writer."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bizcase.errors import Finding, OutputRefused, Place, Severity

BID_ENDING, WORKBOOK_ENDING, PDF_ENDING = "-bid.docx", "-benefits.xlsx", "-bid.pdf"
COMMENTED_ENDING, REVIEW_ENDING = "-comments.docx", "-review.xlsx"
FORM_ENDING = ".xlsx"
"""How the file of an intake form ends, whatever it is called."""
_PREFIX = ".bizcase-"
_TEMPORARY = re.compile(re.escape(_PREFIX) + "[a-z0-9_]{8}")
"""The name of a file that is being written, as `tempfile` makes it."""


def file_stem(name: str) -> str:
    """A file name made of a specification's name that every system accepts."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.") or "bizcase"


def write_all(files: Mapping[Path, bytes], *, force: bool = False) -> None:
    """Writes all files or none: each beside its target first, then all moved into place.

    A symbolic link stays a link; the file behind it is written. Raises OutputRefused, with every reason at once, where
    a file exists (without `force`), is open in Word or Excel, or cannot be written; every file is then as it was.
    """
    refusals = [finding for path in files for finding in _refusals(path, force=force)]
    if refusals:
        raise OutputRefused(*refusals)
    path = Path()
    try:
        with contextlib.ExitStack() as leftovers, contextlib.ExitStack() as undo:
            waiting: dict[Path, Path] = {}
            for path, content in files.items():
                waiting[path] = _write_beside(_behind_link(path), content, leftovers)
            for path, temporary in waiting.items():
                _move(temporary, _behind_link(path), undo, leftovers)
            undo.pop_all()
    except OSError as problem:
        raise OutputRefused(_cannot_write(path, problem)) from problem


def sweep(folders: Iterable[Path]) -> None:
    """Removes what writing left in these folders when it was ended from outside: temporary files of `write_all`, no others."""
    for folder in folders:
        with contextlib.suppress(OSError):
            for path in folder.iterdir():
                if _TEMPORARY.fullmatch(path.name) and path.is_file() and not path.is_symlink():
                    _remove(path)


@contextlib.contextmanager
def scratch(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A temporary folder with these files, for another program to work in; it is gone afterwards with all that is in it."""
    with tempfile.TemporaryDirectory(prefix="bizcase-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for inside, content in files.items():
            path = folder / inside
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield folder


def _refusals(path: Path, *, force: bool) -> list[Finding]:
    try:
        return list(_in_the_way(path, force=force))
    except OSError as problem:
        return [_cannot_write(path, problem)]


def _in_the_way(path: Path, *, force: bool) -> Iterator[Finding]:
    lock = next((lock for lock in [*_locks(path), *_locks(_behind_link(path))] if lock.exists()), None)
    if lock is not None:
        yield _refusal(path, "E81", "the file is open in Word, Excel or LibreOffice",
                       f"close it there, then build again; if it is open nowhere, delete {lock.name} beside it")
    elif path.is_dir():
        yield _refusal(path, "E82", "a folder of this name is in the way", "choose another name with -o")
    elif path.exists() and not force:
        yield _refusal(path, "E80", "the file exists already", "add --force to replace it, or choose another name or folder")
    elif path.exists() and not os.access(path, os.W_OK):
        yield _refusal(path, "E82", "the file is read-only", "make it writable, or choose a folder with -o")


def _locks(path: Path) -> list[Path]:
    """What stands beside a file while it is open: Excel's lock, LibreOffice's and Word's.

    Word writes its ~$ over the first two letters of a long name, over one of a name of seven letters, before a shorter one.
    """
    covered = min(2, max(0, len(path.stem) - 6))
    return [path.with_name(name) for name in (f"~${path.name}", f".~lock.{path.name}#", f"~${path.name[covered:]}")]


def _behind_link(path: Path) -> Path:
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _write_beside(path: Path, content: bytes, leftovers: contextlib.ExitStack) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=_PREFIX, dir=path.parent)
    temporary = Path(name)
    leftovers.callback(_remove, temporary)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.chmod(0o666 & ~_umask())
    return temporary


def _move(temporary: Path, path: Path, undo: contextlib.ExitStack, leftovers: contextlib.ExitStack) -> None:
    """Moves a file into place, and tells `undo` how to bring back what stands there now."""
    if path.exists():
        kept = _write_beside(path, path.read_bytes(), leftovers)
        shutil.copystat(path, kept)
        undo.callback(kept.replace, path)
    else:
        undo.callback(_remove, path)
    temporary.replace(path)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _cannot_write(path: Path, problem: OSError) -> Finding:
    return _refusal(path, "E82", f"the file cannot be written: {problem.strerror or problem}",
                    "choose a folder that you may write to with -o")


def _refusal(path: Path, code: str, message: str, hint: str) -> Finding:
    return Finding(Place(str(path)), code, Severity.ERROR, message, hint)
