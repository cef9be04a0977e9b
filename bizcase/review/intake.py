"""What there is to review in the files and folders that somebody names: bids, each with its workbook if it has one.

A bid and a workbook belong together if their names do (`x-bid.docx` and `x-benefits.xlsx`, or `x.docx` and `x.xlsx`), if they
are the only two of a folder, or if they alone were named. Nothing is opened here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bizcase.errors import Finding, Place, Severity
from bizcase.package import BID_ENDING, COMMENTED_ENDING, REVIEW_ENDING, WORKBOOK_ENDING

WORD = (".docx", ".docm", ".dotx", ".dotm")
EXCEL = (".xlsx", ".xlsm", ".xltx", ".xltm")
MOST_FILES = 5_000
"""Files; who names a folder with more has named the wrong one."""

_SPECIFICATIONS = (".yaml", ".yml", ".json")
_OURS = (COMMENTED_ENDING, REVIEW_ENDING)
_WORD_AGAIN = "in Word choose File > Save As > Word Document (*.docx)"
_EXCEL_AGAIN = "in Excel choose File > Save As > Excel Workbook (*.xlsx)"
_OTHERS = {
    ".pdf": ("this is a PDF", "give the Word file that it was made from"),
    ".doc": ("this is a Word file of the old kind", _WORD_AGAIN),
    ".odt": ("this is an OpenDocument text", f"{_WORD_AGAIN} (LibreOffice: File > Save As > Word 2007-365)"),
    ".rtf": ("this is a Rich Text file", _WORD_AGAIN),
    ".pages": ("this is a Pages document", "in Pages choose File > Export To > Word"),
    ".xls": ("this is an Excel file of the old kind", _EXCEL_AGAIN),
    ".xlsb": ("this is a binary workbook", _EXCEL_AGAIN),
    ".ods": ("this is an OpenDocument sheet", f"{_EXCEL_AGAIN} (LibreOffice: File > Save As > Excel 2007-365)"),
    ".csv": ("this is a text file with values", "give the Excel workbook that it was made from"),
    ".numbers": ("this is a Numbers sheet", "in Numbers choose File > Export To > Excel"),
    ".pptx": ("this is a PowerPoint presentation", "give the bid as a Word file"),
    ".txt": ("this is a text file", "give the bid as a Word file"),
    ".html": ("this is a web page", "give the bid as a Word file"),
    ".htm": ("this is a web page", "give the bid as a Word file"),
    ".zip": ("this is an archive", "unpack it, and give the folder"),
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """One submission: a bid, a workbook, or both; never neither."""

    bid: Path | None
    workbook: Path | None

    @property
    def name(self) -> str:
        """The file by which the submission is known."""
        return str(self.bid or self.workbook)


@dataclass(frozen=True, slots=True)
class Intake:
    """What to review, in the order of names; `notes` say what was passed over on purpose, `findings` what cannot be reviewed."""

    arrivals: tuple[Arrival, ...]
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]


def take_in(given: Sequence[Path]) -> Intake:
    """What there is to review in these files and folders, and in the folders within them."""
    sorting = _Sorting()
    for path in given:
        if path.is_dir():
            sorting.add_folder(path)
        else:
            sorting.add(path)
    together = len(given) == 2 and not any(path.is_dir() for path in given)
    arrivals = sorted(_paired(sorting.bids, sorting.workbooks, together), key=lambda found: found.name.casefold())
    return Intake(tuple(arrivals), tuple(sorting.notes), tuple(sorting.findings))


class _Sorting:
    """Sorts files by their names into bids, workbooks and what is neither."""

    def __init__(self) -> None:
        self.bids: list[Path] = []
        self.workbooks: list[Path] = []
        self.notes: list[str] = []
        self.findings: list[Finding] = []
        self._seen: set[str] = set()

    def add_folder(self, folder: Path) -> None:
        """The files in a folder and below it; links to folders are not followed."""
        count = 0
        for place, folders, files in os.walk(folder, onerror=lambda problem: self._cannot_open(problem)):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files, key=str.casefold):
                count += 1
                if count > MOST_FILES:
                    self._refuse(folder, "B02", Severity.ERROR, f"the folder holds more than {MOST_FILES:,} files; the others "
                                 "are not reviewed", "name the folder that holds the bids")
                    return
                self.add(Path(place) / name, Path(place), files)

    def add(self, path: Path, folder: Path | None = None, beside: Sequence[str] = ()) -> None:
        """A file; `folder` is that in which it was found, with the names of those beside it, if nobody named it."""
        name, ending = path.name, path.suffix.casefold()
        real = os.path.realpath(path)
        if real in self._seen:
            return
        self._seen.add(real)
        if name.startswith("~$"):
            self.notes.append(f"{path}: a mark that Word or Excel leaves while a file is open")
        elif folder is not None and name.startswith("."):
            self.notes.append(f"{path}: a hidden file")
        elif name.casefold().endswith(_OURS):
            self.notes.append(f"{path}: made by a review")
        elif folder is not None and ending in _SPECIFICATIONS:
            self.notes.append(f"{path}: a specification; bizcase check looks at it")
        elif folder is not None and ending == ".pdf" and any(f"{path.stem}{word}" in beside for word in WORD):
            self.notes.append(f"{path}: the Word file beside it is reviewed")
        elif path.exists() and not path.is_file():
            self._refuse(path, "B02", Severity.ERROR, "this is no file that can be read", "give the Word file")
        elif ending in WORD:
            self.bids.append(path)
        elif ending in EXCEL:
            self.workbooks.append(path)
        else:
            told, hint = _OTHERS.get(ending, ("this is neither a Word file nor an Excel workbook", "give the bid as a Word file"))
            self._refuse(path, "B02", Severity.ERROR if ending in _OTHERS or folder is None else Severity.ADVISORY,
                         f"{told}, and is not reviewed", hint)

    def _cannot_open(self, problem: OSError) -> None:
        self._refuse(Path(problem.filename or "."), "E01", Severity.ERROR,
                     f"the folder cannot be opened: {problem.strerror or problem}", "")

    def _refuse(self, path: Path, code: str, severity: Severity, message: str, hint: str) -> None:
        self.findings.append(Finding(Place(str(path)), code, severity, message, hint))


def _paired(bids: Sequence[Path], workbooks: Sequence[Path], together: bool) -> Iterator[Arrival]:
    """Each bid with its workbook, then the workbooks that are left."""
    left = {path: _key(path, WORKBOOK_ENDING) for path in workbooks}
    alone = _only_two(bids, workbooks)
    for bid in bids:
        by_name = [path for path, key in left.items() if path.parent == bid.parent and key == _key(bid, BID_ENDING)]
        partner = next(iter(by_name), alone.get(bid))
        if partner is None and together and len(workbooks) == 1:
            partner = workbooks[0]
        if partner is not None:
            left.pop(partner, None)
        yield Arrival(bid, partner)
    yield from (Arrival(None, path) for path in left)


def _only_two(bids: Iterable[Path], workbooks: Iterable[Path]) -> dict[Path, Path]:
    """The bid and the workbook of each folder that holds one of each."""
    folders: dict[Path, tuple[list[Path], list[Path]]] = {}
    for position, paths in enumerate((bids, workbooks)):
        for path in paths:
            folders.setdefault(path.parent, ([], []))[position].append(path)
    return {bids[0]: books[0] for bids, books in folders.values() if len(bids) == len(books) == 1}


def _key(path: Path, ending: str) -> str:
    """What the names of a bid and its workbook have in common."""
    name = path.name.casefold()
    return name.removesuffix(ending) if name.endswith(ending) else path.stem.casefold()
