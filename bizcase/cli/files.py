"""Reads files at the left edge: what cannot be read is told in one line, with what may have been meant."""

from __future__ import annotations

from pathlib import Path

from bizcase.errors import BizcaseError, Finding, Place, Severity, UnreadableFile
from bizcase.specification.file_text import MAX_BYTES, decode
from bizcase.specification.words import nearest
from bizcase.strangers import MAX_FILE


def refusal(file: str, message: str, hint: str, code: str = "E01") -> BizcaseError:
    """Why a command cannot go on: about a file, or, without one, about what was typed."""
    return BizcaseError(Finding(Place(file or "bizcase"), code, Severity.ERROR, message, hint))


def quoted(name: object) -> str:
    """A name as it is typed in a terminal."""
    return f'"{name}"' if " " in str(name) else str(name)


def read_bytes(file: Path, most: int, kind: str = ".yaml") -> tuple[bytes, int]:
    """The bytes of a file, up to one more than are wanted, and its size. `kind` is the ending that is wanted.

    Raises UnreadableFile, one line, where there is none.
    """
    try:
        if file.is_dir():
            raise _unreadable(file, "this is a folder, not a file", f"name the {kind} file in it")
        with file.open("rb") as handle:
            return handle.read(most + 1), file.stat().st_size
    except FileNotFoundError:
        raise _unreadable(file, "there is no such file", _similar(file)) from None
    except OSError as problem:
        raise _unreadable(file, f"the file cannot be opened: {problem.strerror or problem}", "") from None


def read_office(file: Path, kind: str = ".docx") -> bytes:
    """The bytes of a Word or Excel file; `kind` is the ending that is wanted.

    Raises UnreadableFile, one line, where there is none or it is too large.
    """
    raw, size = read_bytes(file, MAX_FILE, kind)
    if size > MAX_FILE:
        told = f"the file holds {size:,} bytes; at most {MAX_FILE:,} are looked into"
        raise UnreadableFile(Finding(Place(str(file)), "E05", Severity.ERROR, told, "in Word: File > Compress Pictures"))
    return raw


def read_text(file: Path) -> str:
    """The text of a file. Raises UnreadableFile."""
    raw, size = read_bytes(file, MAX_BYTES)
    return decode(raw, str(file), size)


def _similar(file: Path) -> str:
    folder = file.parent if file.parent.is_dir() else Path()
    try:
        word = nearest(file.name, (path.name for path in folder.iterdir()))
    except OSError:
        word = ""
    return f"did you mean {folder / word}?" if word else "check the name and the folder"


def _unreadable(file: Path, message: str, hint: str) -> UnreadableFile:
    return UnreadableFile(Finding(Place(str(file)), "E01", Severity.ERROR, message, hint))
