"""What was changed in a workbook of ours since it was built: formulas, inputs, texts, rows, sheets; and which Figures moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from openpyxl.utils.cell import coordinate_from_string

from bizcase.appraisal.figure import Unit, as_given, written
from bizcase.errors import Finding, Place, Severity
from bizcase.provenance import Constant, Printed, Provenance
from bizcase.review.cells import Book, Cell
from bizcase.review.formulas import GONE, Moves, followed, plain
from bizcase.review.naming import in_words, label_of, quoted
from bizcase.review.sheet_moves import Structure, as_built, places, structure
from bizcase.workbook.embedded import TITLE

TOLERANCE = 1e-9
MEASUREMENT = "Measurement"
MOST_CELLS = 25
"""More cells of one sheet than this are counted, not listed."""
FORMULA, INPUT, FIGURES = "B15", "B16", "B17"
NAMED_FIGURES = 5


@dataclass(frozen=True, slots=True)
class Stale:
    """A Figure whose cell no longer gives what the bid prints: its id and label, both texts, and the cell."""

    id: str
    label: str
    bid: str
    workbook: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class WorkbookChanges:
    """What to tell of its cells and sheets, and every Figure that is no longer what it was when the workbook was built: what
    that means depends on the bid beside it (`figures_finding`)."""

    findings: tuple[Finding, ...]
    stale: tuple[Stale, ...]


def workbook_changes(was: Provenance, now: Book, name: str, chosen: str = "") -> WorkbookChanges:
    """Compares a workbook, recalculated with the scenario it was built with, with what it was. `chosen` is the scenario that it
    shows, where that is another."""
    comparison = _Comparison(was, now, name)
    stale = tuple(comparison.stale())
    findings = [*comparison.selected(chosen), *comparison.structural(), *comparison.cells()]
    return WorkbookChanges(tuple(findings), stale)


@dataclass(frozen=True)
class _Comparison:
    was: Provenance
    book: Book
    name: str

    @cached_property
    def now(self) -> Mapping[str, Mapping[str, Cell]]:
        return {title: cells for title, cells in self.book.sheets.items() if title != TITLE}

    @cached_property
    def structure(self) -> Structure:
        return structure(self.was.sheets, self.now)

    @cached_property
    def moved(self) -> bool:
        return any(moves != Moves(old) for old, moves in self.structure.moves.items())

    def finding(self, where: str, code: str, severity: Severity, message: str, hint: str) -> Finding:
        return Finding(Place(self.name, where=where), code, severity, message, hint)

    def selected(self, chosen: str) -> Iterator[Finding]:
        sheet, cell = self.was.selector
        if chosen:
            yield self.finding(_where(sheet, cell), INPUT, Severity.ADVISORY,
                               f"it shows the scenario {quoted(chosen)}; it was built showing "
                               f"{quoted(str(self.was.sheets[sheet].cells.get(cell, ''))[1:])}",
                               "no fault: the figures below are compared in the scenario that it was built with")

    def structural(self) -> Iterator[Finding]:
        found = self.structure
        for title in found.lost:
            yield self.finding(f"sheet {title}", INPUT, Severity.MAJOR, "the sheet was deleted",
                               "take the workbook that was built, or ask why it was taken out")
        for old, moves in found.moves.items():
            if moves.title != old:
                yield self.finding(f"sheet {moves.title}", INPUT, Severity.ADVISORY,
                                   f"the sheet was renamed: was {quoted(old)}, now {quoted(moves.title)}", "no fault in itself")
        for title in found.new:
            yield self.finding(f"sheet {title}", INPUT, Severity.ADVISORY, "the sheet was added",
                               "see whether anything else counts on it")
        for title, line in found.lost_rows:
            yield self.finding(f"sheet {title}, {line} as it was built", INPUT, Severity.MAJOR,
                               f"the {line} was deleted: {self._line(title, line)}", "ask why it was taken out")
        for title, line in found.new_rows:
            yield self.finding(f"sheet {title}, {line}", INPUT, Severity.ADVISORY, f"the {line} was added",
                               "see whether totals take it in")

    def _line(self, title: str, line: str) -> str:
        """What stood in a line that is gone, for a person to know it by."""
        place = line.split()[1]
        texts = [content[1:] for at, content in self.was.sheets[title].cells.items()
                 if place in map(str, coordinate_from_string(at)) and isinstance(content, str) and content.startswith("'")]
        return ", ".join(map(quoted, texts[:2])) or "it held numbers alone"

    def cells(self) -> Iterator[Finding]:
        for old, moves in self.structure.moves.items():
            found = list(self._of_sheet(old))
            yield from found[:MOST_CELLS]
            if len(found) > MOST_CELLS:
                yield self.finding(f"sheet {moves.title}", INPUT, Severity.MAJOR,
                                   f"{len(found) - MOST_CELLS} more of its cells were changed",
                                   "the sheet was rewritten; compare it with the workbook that was built")

    def _of_sheet(self, old: str) -> Iterator[Finding]:
        """The cells of a sheet that were changed: those that were built, then those that were empty."""
        built, moves = self.was.sheets[old], self.structure.moves[old]
        now = self.now[moves.title]
        new_lines = {line for title, line in self.structure.new_rows if title == moves.title}
        seen: set[str] = set()
        for at in built.cells:
            here = moves.cell(at)
            seen.add(here)
            if here and (old, at) != self.was.selector:
                yield from self._changed(old, at, here, now.get(here, _EMPTY))
        meant = {moves.cell(at) for at in built.inputs} if old == MEASUREMENT else set()
        for at in places(now.keys() - seen - meant):
            letters, row = coordinate_from_string(at)
            if as_built(now[at]) is not None and not {f"row {row}", f"column {letters}"} & new_lines:
                yield self._told(moves.title, at, INPUT, Severity.ADVISORY,
                                 f"something was typed where nothing stood: {in_words(as_built(now[at]), '')}")

    def _changed(self, old: str, at: str, here: str, cell: Cell) -> Iterator[Finding]:
        was, now = self.was.sheets[old].cells[at], as_built(cell)
        title = self.structure.moves[old].title
        sign = self.was.sheets[old].inputs.get(at)
        if isinstance(was, str) and was.startswith("="):
            wanted = followed(was, old, self.structure.moves) if self.moved else was
            if now is not None and isinstance(now, str) and now.startswith("="):
                if wanted != now and plain(wanted) != plain(now) and not (GONE in wanted and GONE in now):
                    yield self._told(title, here, FORMULA, Severity.MAJOR, f"its formula was changed: was {was}, now {now}")
            else:
                words = f"overwritten by {in_words(now, '')}" if now is not None else "deleted"
                yield self._told(title, here, FORMULA, Severity.MAJOR, f"its formula was {words}; it was {was}")
        elif not _same(was, now):
            what = "an input" if sign is not None else "a text" if isinstance(was, str) else "a number that is not an input"
            yield self._told(title, here, INPUT, Severity.ADVISORY if sign is not None else Severity.MAJOR,
                             f"{what} was changed: was {in_words(was, sign or '')}, now {in_words(now, sign or '')}")

    def _told(self, title: str, at: str, code: str, severity: Severity, message: str) -> Finding:
        label = label_of(self.now[title], at)
        hints = {FORMULA: "put the formula back, or change the input that it follows",
                 INPUT: "change it in the specification too, and build again"}
        return self.finding(_where(title, at), code, severity, f"{label}: {message}" if label else message, hints[code])

    def stale(self) -> Iterator[Stale]:
        """The Figures whose cells no longer give the text that was built."""
        for name, printed in self.was.figures.items():
            moves = self.structure.moves.get(printed.sheet)
            here = moves.cell(printed.cell) if moves else ""
            cell = self.now[moves.title].get(here, _EMPTY) if moves and here else _EMPTY
            text = figure_text(printed, cell.value)
            if text != printed.text:
                title = moves.title if moves else printed.sheet
                yield Stale(name, printed.label, printed.text, text, title, here or printed.cell)


def figures_finding(name: str, stale: Sequence[Stale]) -> Finding:
    """The Figures that a bid prints and the workbook of that name does not give, the first of them by name."""
    shown = "; ".join(f"{found.label} ({found.id}): the bid {found.bid}, the workbook {found.workbook} "
                      f"({found.sheet}!{found.cell})" for found in stale[:NAMED_FIGURES])
    more = f"; and {len(stale) - NAMED_FIGURES} more" if len(stale) > NAMED_FIGURES else ""
    count = f"{len(stale)} figures of the bid differ" if len(stale) > 1 else "one figure of the bid differs"
    return Finding(Place(name), FIGURES, Severity.MAJOR, f"{count} from the workbook. {shown}{more}",
                   "build both files again from one specification")


_EMPTY = Cell("", None)


def figure_text(printed: Printed, value: object) -> str:
    """What a Figure's cell gives, printed as the bid prints it; a value that is the same keeps its text."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value) if isinstance(value, str) else "nothing"
    if printed.value is not None and _near(printed.value, float(value)):
        return printed.text
    unit = Unit(printed.unit) if printed.unit in set(Unit) else Unit.NUMBER
    text = as_given(float(value), unit) if printed.given else written(float(value), unit)
    return text.replace("£", _currency(printed), 1) if unit is Unit.POUNDS else text


def _currency(printed: Printed) -> str:
    """The sign before an amount, as it was printed."""
    return "".join(sign for sign in printed.text if not sign.isdigit() and sign not in "−-.,").strip() or "£"


def _where(title: str, at: str) -> str:
    return f"sheet {title}, cell {at}"


def _same(was: Constant, now: Constant | None) -> bool:
    if isinstance(was, (int, float)) and isinstance(now, (int, float)):
        return _near(float(was), float(now))
    return was == now


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(1.0, abs(one))
