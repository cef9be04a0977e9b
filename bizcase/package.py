"""The files of a package, their names, and how they are written: all of them or none. The only writer."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from bizcase.errors import Finding, OutputRefused, Place, Severity

BID_ENDING, WORKBOOK_ENDING = "-bid.docx", "-benefits.xlsx"


def file_stem(name: str) -> str:
    """A file name made of a specification's name that every system accepts."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.") or "bizcase"


def write_all(files: Mapping[Path, bytes], *, force: bool = False) -> None:
    """Writes all files or none: each beside its target first, then moved into place.

    Raises OutputRefused, with every reason at once, where a file exists (without `force`), is open in Word or Excel,
    or cannot be written.
    """
    refusals = [finding for path in files for finding in _refusals(path, force=force)]
    if refusals:
        raise OutputRefused(*refusals)
    waiting: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            waiting[path] = _write_beside(path, content)
        for path, temporary in waiting.items():
            os.replace(temporary, path)
    except OSError as problem:
        raise OutputRefused(_cannot_write(path, problem)) from problem
    finally:
        for temporary in waiting.values():
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _refusals(path: Path, *, force: bool) -> list[Finding]:
    lock = path.with_name(f"~${path.name[2:]}"), path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")
    if any(candidate.exists() for candidate in lock):
        return [_refusal(path, "E81", "the file is open in Word, Excel or LibreOffice", "close it there, then build again")]
    if path.is_dir():
        return [_refusal(path, "E82", "a folder of this name is in the way", "choose another name with -o")]
    if path.exists() and not force:
        return [_refusal(path, "E80", "the file exists already", "add --force to replace it, or choose a folder with -o")]
    if path.exists() and not os.access(path, os.W_OK):
        return [_refusal(path, "E82", "the file is read-only", "make it writable, or choose a folder with -o")]
    return []


def _write_beside(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary = Path(name)
    temporary.chmod(0o666 & ~_umask())
    return temporary


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _cannot_write(path: Path, problem: OSError) -> Finding:
    return _refusal(path, "E82", f"the file cannot be written: {problem.strerror or problem}",
                    "choose a folder that you may write to with -o")


def _refusal(path: Path, code: str, message: str, hint: str) -> Finding:
    return Finding(Place(str(path)), code, Severity.ERROR, message, hint)
