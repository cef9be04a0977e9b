"""Reads the cells of a form and keeps account: what was taken, what could not be read, what is kept as a remark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from bizcase.errors import Finding, Place, Severity
from bizcase.hub.form.answers import Answer, Known, NoAnswer, Unread, clean
from bizcase.hub.form.cells import as_shown, from_cell
from bizcase.specification.shape import Field
from bizcase.specification.words import listed, shown
from bizcase.workbook.typed import Typed, address

UNREAD, GUESSED, ASIDE, NOT_YET, NEW_ID, NO_FIELD, NO_PARENT, TWICE = "F10", "F11", "F12", "F13", "F14", "F15", "F16", "F17"
KEPT = "it is kept as a remark"
BESIDE = " (beside)"
"""Behind the field of a remark that was no answer to it."""
MOST_TOLD = 12
"""Cells named in one finding."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of the form."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        return address(self.row, self.column)

    @property
    def where(self) -> str:
        return f"sheet {self.sheet}, cell {self.address}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Words of a form that found no place: the field that they were meant for, as far as it is known, and where they stood."""

    field: str
    text: str
    source: str


@dataclass
class Account:
    """What is told and kept while a form is read; `used` are the cells that need no more looking at."""

    file: str
    known: Known = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    used: set[Spot] = field(default_factory=set)
    not_yet: list[tuple[Spot, str]] = field(default_factory=list)

    def tell(self, code: str, severity: Severity, spot: Spot, message: str, hint: str = "", path: str = "") -> None:
        self.findings.append(Finding(Place(self.file, path=path, where=spot.where), code, severity, message, hint))

    def keep(self, path: str, text: str, spot: Spot) -> None:
        """Keeps words as a remark."""
        said = clean(text)
        if said and not any(found.text == said and found.field == path for found in self.remarks):
            self.remarks.append(Remark(path, said, f"{spot.sheet}!{spot.address} of {PurePath(self.file).name}"))

    def answer(self, cell: Typed | None, spot: Spot, asked: Field, path: str, label: str) -> Any:
        """The value that a cell gives to a field; None where it gives none. `path` names the field with its row's id."""
        self.used.add(spot)
        if cell is None:
            return None
        if cell.note:
            self.aside(cell.note, spot, path, f"a note on “{shown(label)}”")
        if cell.value is None:
            if cell.formula:
                self._unread(Unread(f"it holds the formula {shown(cell.formula)}, and no result of it",
                                    "open the form in Excel and save it, or type the answer itself"), cell, spot, path, label)
            return None
        reading = from_cell(cell.value, asked, self.known, cell.look)
        match reading:
            case Answer():
                self._guessed(reading, spot, path, label)
                return reading.value
            case Unread():
                self._unread(reading, cell, spot, path, label)
            case NoAnswer():
                self.keep(path, reading.text, spot)
                self.not_yet.append((spot, reading.text))
        return None

    def aside(self, text: str, spot: Spot, path: str, what: str) -> None:
        """Keeps what was written where nothing is asked. Its field is marked, so that no later form shows it as the answer."""
        self.used.add(spot)
        self.keep(f"{path}{BESIDE}" if path else "", text, spot)
        self.tell(ASIDE, Severity.ADVISORY, spot, f"{what} has no field of its own: “{shown(clean(text))}”; {KEPT}",
                  "put it where it belongs", path)

    def no_field(self, text: str, spot: Spot, path: str, what: str) -> None:
        """Keeps an answer to what is not asked."""
        self.used.add(spot)
        self.keep(path, text, spot)
        self.tell(NO_FIELD, Severity.MAJOR, spot, f"{what}: “{shown(clean(text))}”; {KEPT}",
                  "put it into the field where it belongs", path)

    def finish(self) -> None:
        """Tells once of all cells that say that there is no answer yet."""
        if not self.not_yet:
            return
        by_text: dict[str, list[Spot]] = {}
        for spot, text in self.not_yet:
            by_text.setdefault(text.casefold(), []).append(spot)
        first = self.not_yet[0][0]
        cells = [spot.address if spot.sheet == first.sheet else f"{spot.sheet}!{spot.address}" for spot, _ in self.not_yet]
        words = listed((f"“{text}”" for text in by_text), 5)
        more = f"{'these cells say' if len(cells) > 1 else 'this cell says'} {words}, which is no answer"
        where = listed(cells, MOST_TOLD).replace(" or ", " and ")
        self.tell(NOT_YET, Severity.ADVISORY, first,
                  f"{more} ({where}); the fields stay empty, and the words are kept as remarks",
                  "answer them, or delete the remarks where the question does not arise")

    def _guessed(self, reading: Answer, spot: Spot, path: str, label: str) -> None:
        if reading.left:
            self.keep(path, reading.left, spot)
        if reading.note:
            kept = f"; {KEPT}" if reading.left else ""
            self.tell(GUESSED, Severity.ADVISORY, spot, f"{shown(label)}: {reading.note}{kept}", "correct it if that is wrong",
                      path)

    def _unread(self, reading: Unread, cell: Typed, spot: Spot, path: str, label: str) -> None:
        text = as_shown(cell.value, cell.look) if cell.value is not None else cell.formula
        self.keep(path, text, spot)
        self.tell(UNREAD, Severity.MAJOR, spot, f"{shown(label)}: {reading.message}; {KEPT}", reading.hint, path)


def put(data: dict[str, Any], path: str, value: Any) -> None:
    """Puts a value at a path of mappings."""
    *around, last = path.split(".")
    for step in around:
        data = data.setdefault(step, {})
    data[last] = value


def got(data: Mapping[str, Any], path: str) -> Any:
    """The value at a path of mappings; None where there is none."""
    found: Any = data
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found
