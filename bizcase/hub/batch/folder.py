"""What there is to build in a folder: specifications and filled forms, by their names within it, and what was passed over.

Links are not followed, and nothing outside the folder is read: what people send may hold links that lead anywhere.
"""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from bizcase.errors import Finding, Place, Severity
from bizcase.hub.batch.engine import limits
from bizcase.package import BID_ENDING, COMMENTED_ENDING, FORM_ENDING, REVIEW_ENDING, WORKBOOK_ENDING, file_stem
from bizcase.specification.json_schema import SCHEMA_FILE
from bizcase.specification.shape import load_profile_shape, load_shape

STATE = ".bizcase"
"""The folder, within the one that is written to, by which an earlier build is known."""
SPECIFICATION_ENDINGS = (".yaml", ".yml")
PASSED_OVER, SAME_NAME, CANNOT_OPEN = "G02", "G03", "E01"

OF_PROGRAMS = (SCHEMA_FILE, "Thumbs.db", "desktop.ini")
"""What our own commands and Windows leave in folders; nobody need be told of it."""
_HEAD = 64_000
"""Bytes of a file that tell what it is."""
_KEY = re.compile(r"""^["']?(\w+)["']?\s*:""", re.MULTILINE)
_SAVE_AGAIN = "in Excel choose File > Save As > Excel Workbook (*.xlsx)"
_OTHERS = {
    ".docx": ("a Word file", "bizcase review looks at bids that were written elsewhere"),
    ".xls": ("an Excel file of the old kind", _SAVE_AGAIN), ".xlsm": ("a workbook with macros", _SAVE_AGAIN),
    ".xlsb": ("a binary workbook", _SAVE_AGAIN), ".ods": ("an OpenDocument sheet", _SAVE_AGAIN),
    ".numbers": ("a Numbers sheet", "in Numbers choose File > Export To > Excel"),
    ".zip": ("an archive", "unpack it into the folder"), ".msg": ("a message", "save what is attached to it into the folder"),
    ".eml": ("a message", "save what is attached to it into the folder"),
}


@dataclass(frozen=True, slots=True)
class Input:
    """A file to build: its name within the folder, with `/` between folders; where it stands; and the name, without endings,
    of the files that are made of it."""

    name: str
    path: Path
    stem: str

    @property
    def is_form(self) -> bool:
        return self.name.casefold().endswith(FORM_ENDING)

    @property
    def bid(self) -> str:
        return self.stem + BID_ENDING

    @property
    def workbook(self) -> str:
        return self.stem + WORKBOOK_ENDING


@dataclass(frozen=True, slots=True)
class Folder:
    """What to build, in the order of names, and what to tell: what was passed over, and names that had to change."""

    inputs: tuple[Input, ...]
    findings: tuple[Finding, ...]


def look_into(folder: Path, out: Path) -> Folder:
    """What there is to build in a folder and the folders within it. `out`, and what earlier builds wrote, is left aside."""
    findings: list[Finding] = []
    found: dict[str, Path] = {}
    for name, path in _files(folder, out, findings):
        told = _told_aside(path)
        if told is None:
            found[name] = path
        else:
            findings.append(_finding(name, PASSED_OVER, f"passed over: it is {told[0]}", told[1]))
    inputs, renamed = _named(found)
    return Folder(inputs, tuple(sorted([*findings, *renamed], key=lambda finding: finding.place.file)))


def is_a_profile(path: Path) -> bool:
    """Whether a file holds a hub's own profile."""
    wanted = path.suffix.casefold() in SPECIFICATION_ENDINGS and path.is_file() and not path.is_symlink()
    return wanted and _kind(_keys(path)) == "profile"


def _files(folder: Path, out: Path, findings: list[Finding]) -> Iterator[tuple[str, Path]]:
    """Every ordinary file with its name within the folder, sorted; hidden ones and those of earlier builds are left aside."""
    root, aside = os.path.realpath(folder), os.path.realpath(out)

    def cannot_open(problem: OSError) -> None:
        name = os.path.relpath(problem.filename or folder, folder).replace(os.sep, "/")
        findings.append(Finding(Place(name), CANNOT_OPEN, Severity.ERROR,
                                f"the folder cannot be opened: {problem.strerror or problem}"))

    for place, folders, files in os.walk(root, onerror=cannot_open):
        here = Path(place)
        inner = PurePosixPath(*here.relative_to(root).parts)
        for name in [*folders, *files]:
            if _leads_elsewhere(here / name) and not name.startswith("."):
                findings.append(_finding(str(inner / name), PASSED_OVER, "passed over: it is a link, and links are not followed",
                                         "put the file or folder itself there"))
        folders[:] = sorted(name for name in folders if not _left_aside(here / name, aside))
        for name in sorted(files):
            if not name.startswith((".", "~$")) and name not in OF_PROGRAMS and not _leads_elsewhere(here / name):
                yield str(inner / name), here / name


def _left_aside(path: Path, aside: str) -> bool:
    return path.name.startswith(".") or str(path) == aside or _leads_elsewhere(path) or (path / STATE).is_dir()


def _leads_elsewhere(path: Path) -> bool:
    """Whether a path within a real folder is a link, or a junction of Windows."""
    return os.path.realpath(path) != str(path)


def _told_aside(path: Path) -> tuple[str, str] | None:
    """Why a file is not built, with a hint; None where it is."""
    name, ending = path.name.casefold(), path.suffix.casefold()
    if not path.is_file():
        return "no ordinary file", ""
    if name.endswith((WORKBOOK_ENDING, BID_ENDING, COMMENTED_ENDING, REVIEW_ENDING)):
        return "written by bizcase", ""
    if ending in SPECIFICATION_ENDINGS:
        return _aside_as_text(path)
    if ending == FORM_ENDING:
        return _aside_as_workbook(path)
    return _OTHERS.get(ending, ("neither a specification (.yaml) nor a form (.xlsx)", ""))


def _aside_as_text(path: Path) -> tuple[str, str] | None:
    kind = _kind(_keys(path))
    if kind == "profile":
        return "the file of a profile", ""
    return ("no specification: it has none of its fields", "bizcase new writes one to start from") if kind == "other" else None


def _keys(path: Path) -> set[str]:
    """The names at the left edge of a file of text, be it sound or not; none where it cannot be read."""
    try:
        with path.open("rb") as handle:
            return set(_KEY.findall(handle.read(_HEAD).decode("utf-8-sig", "replace").replace("\r", "\n")))
    except OSError:
        return set()


def _kind(keys: set[str]) -> str:
    """What fields of these names make. A file without any is taken for a broken specification, so that it is told about."""
    sections, of_a_profile = _known()
    if not keys or keys & sections:
        return "specification"
    return "profile" if "parts" in keys or len(keys & of_a_profile) > 1 else "other"


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset({"bizcase", *load_shape().names}), frozenset(field.name for field in load_profile_shape().fields)


def _aside_as_workbook(path: Path) -> tuple[str, str] | None:
    """A workbook that is sound and no form is left; what cannot be opened at all is not, so that it is told about."""
    from bizcase.hub.form.read import is_form

    try:
        if path.stat().st_size > limits().form or not zipfile.is_zipfile(path) or is_form(path.read_bytes()):
            return None
    except OSError:
        return None
    return "a workbook, and no form of ours", "if it was one, copy the answers into a new form: bizcase form"


def _named(found: dict[str, Path]) -> tuple[tuple[Input, ...], list[Finding]]:
    """The inputs with the names of what is made of them, no two alike, also where capitals do not count."""
    taken: dict[str, str] = {}
    inputs, findings = [], []
    for name in sorted(found):
        first, *others = _stems(name)
        stem = next(stem for stem in (first, *others) if stem.casefold() not in taken)
        if stem != first:
            findings.append(_finding(name, SAME_NAME, f"what is made of it would take the place of what is made of "
                                     f"{taken[first.casefold()]}; its files are named {PurePosixPath(stem).name}",
                                     "if both are one submission, keep one of the two in the folder"))
        taken[stem.casefold()] = name
        inputs.append(Input(name, found[name], stem))
    return tuple(inputs), findings


def _stems(name: str) -> Iterator[str]:
    """Names for the files made of an input, the best first; the last is its own beyond doubt."""
    path = PurePosixPath(name)
    best = str(PurePosixPath(*map(file_stem, path.parent.parts), file_stem(path.stem)))
    yield best
    yield f"{best}-{path.suffix[1:].casefold()}"
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()
    yield from (f"{best}-{digest[:length]}" for length in (6, 64))


def _finding(name: str, code: str, message: str, hint: str) -> Finding:
    return Finding(Place(name), code, Severity.ADVISORY, message, hint)
