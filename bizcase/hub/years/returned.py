"""Reads a benefits workbook that came back with what was measured typed into it, in whatever program.

Its formulas are worked out anew: a value that a program left in a cell may be old, or missing. Nothing that was typed counts
silently as something else: what is no number is told with its cell, and what was read with help is told too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bizcase.appraisal.inputs import BenefitClass
from bizcase.archive import packed
from bizcase.document.ooxml import parsed, parts_of, serialised
from bizcase.errors import BizcaseError, Finding, Place, Severity, UnreadableFile
from bizcase.hub.years.measurement_table import MeasurementTable, measurement_table
from bizcase.hub.years.tracker import words
from bizcase.hub.years.typed import FIRST_YEAR, LAST_YEAR, can_be_measured, day_of, number_of
from bizcase.provenance import Provenance
from bizcase.review.cells import NAMESPACE, Book, Cell, read_book, without_twin_names
from bizcase.review.provenance import of_book
from bizcase.review.workbook_changes import workbook_changes
from bizcase.review.workbook_open import Opened, opened
from bizcase.specification.words import shown
from bizcase.workbook.preflight import excel_parts
from bizcase.workbook.recalculate import recalculated

PASSED_OVER, NO_NUMBER, HELPED, CHANGED, NO_TABLE, FAR_OFF = "G10", "G12", "G13", "G15", "G17", "G22"
FIRST_DAY = date(1899, 12, 30)
"""Day 0 of Excel's count of days."""
MOST_CHANGES = 20
FOLLOWED = ("Measurement", "Benefits register", "Benefit calculation", "Benefits by year")
"""The sheets whose changes move what a report compares."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measurement of one benefit, as its workbook has it. `due` is None without a launch, a number None where the cell
    holds none. `forecast` is the central case's amount for the months that it covers, `value` what of it was realised;
    `realised` is the share of the way from baseline to target, or words. `cells` are the addresses by column."""

    benefit: str
    title: str
    benefit_class: str
    unit: str
    direction: str
    owner: str
    month: int
    due: date | None
    baseline: float | None
    target: float | None
    actual: float | None
    realised: float | str
    rating: str
    forecast: float
    value: float
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that came back: what it is about, its measurements, and what there is to tell of it. `file` is its name within
    the folder, `sheet` the title of the sheet with the measurements, `specification` what it was built from, as JSON."""

    file: str
    title: str
    organisation: str
    reference: str
    currency: str
    launch: date | None
    sheet: str
    measurements: tuple[Measurement, ...]
    findings: tuple[Finding, ...] = ()
    specification: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What two returns of one submission have in common."""
        return self.title.casefold(), self.organisation.casefold(), self.reference.casefold()

    @property
    def done(self) -> int:
        return sum(each.actual is not None for each in self.measurements)


def read_returned(content: bytes, name: str) -> Returned:
    """The measurements of a workbook. Run it in a bounded process.

    Raises UnreadableFile where it is none that can be opened, and BizcaseError with G10 or G17 where it is not ours, or holds
    no measurements any more.
    """
    parts = excel_parts(content, name)
    try:
        book = read_book(parts)
    except ValueError:
        raise UnreadableFile(Finding(Place(name), "E08", Severity.ERROR, "its sheets cannot be read",
                                     "open it in Excel and save it as a new file")) from None
    was = of_book(book)
    if was is None:
        raise BizcaseError(Finding(
            Place(name), PASSED_OVER, Severity.MAJOR, "it is not a benefits workbook of ours: it does not say how it was built",
            "ask for the workbook that `bizcase build` wrote, with the results typed into it and nothing copied out"))
    table = measurement_table(book, was)
    if table is None:
        raise BizcaseError(Finding(Place(name), NO_TABLE, Severity.MAJOR, "no sheet has the headings of the measurements any "
                                   "more", "ask for the sheet Measurement with all its columns"))
    typed = _Typed(name, book, table)
    return _Reading(name, _worked_out(typed.mended(parts), was), table, tuple(typed.findings)).done()


def specification_of(was: Provenance) -> tuple[dict[str, Any], str]:
    """The specification that a file carries, and its text as JSON; empty where it carries none."""
    try:
        data = json.loads(was.specification) if was.specification else {}
    except (ValueError, RecursionError):
        return {}, ""
    return (data, was.specification) if isinstance(data, dict) and isinstance(data.get("document", {}), dict) else ({}, "")


class _Typed:
    """Looks at what was typed: the number or day of each cell that holds it as text, and what counts as nothing."""

    def __init__(self, name: str, book: Book, table: MeasurementTable) -> None:
        self.name, self.book, self.table = name, book, table
        self.cells = book.sheets[table.sheet]
        self.findings: list[Finding] = []
        self.instead: dict[str, float | None] = {}
        self._launch()
        for row in table.rows:
            for column in ("baseline", "target", "actual"):
                self._number(column, row)

    def mended(self, parts: Mapping[str, bytes]) -> dict[str, bytes]:
        """The parts of the workbook with numbers where texts could be read as such, and nothing where they could not."""
        part = self.book.parts[self.table.sheet]
        return {**parts, part: _with_numbers(parts[part], self.instead)} if self.instead else dict(parts)

    def _launch(self) -> None:
        address = self.table.launch
        cell = self.cells.get(address, _NOTHING)
        if isinstance(cell.value, str) and cell.value.strip() not in ("", "not set"):
            try:
                day = day_of(cell.value)
            except ValueError:
                self._told(address, NO_NUMBER, f"the launch is {shown(cell.value)}, which is no day",
                           "type it as a day, such as 1 April 2027")
            else:
                self.instead[address] = float((day - FIRST_DAY).days)
                self._told(address, HELPED, f"the launch {shown(cell.value)} is text, and is read as {day.isoformat()}",
                           "type it again, so that Excel takes it for a day")

    def _number(self, column: str, row: int) -> None:
        address = self.table.at(column, row)
        cell = self.cells.get(address, _NOTHING)
        if cell.formula or cell.value is None or (isinstance(cell.value, str) and not cell.value.strip(" –-\u00a0")):
            return
        of_what = f"{column} of {self._text('id', row)}, month {self.cells[self.table.at('month', row)].value:g}"
        sign = self.book.look(cell).sign
        number = isinstance(cell.value, float)
        if isinstance(cell.value, bool) or (number and (sign == "date" or not can_be_measured(float(cell.value)))):
            self._no_number(address, of_what, "it is a day" if sign == "date" else "it cannot be a measurement", cell)
        elif isinstance(cell.value, str):
            self._from_text(address, of_what, cell, row)
        elif column == "actual" and sign == "%" and any(abs(found) > 1 for found in self._beside(row)):
            self._told(address, HELPED, f"{of_what}: it shows as per cent and counts as {cell.value:g}, beside numbers above 1",
                       "see whether a hundred times as much is meant, and type it without the sign")

    def _from_text(self, address: str, of_what: str, cell: Cell, row: int) -> None:
        try:
            number = number_of(str(cell.value), self._text("unit", row), self._beside(row))
        except ValueError as problem:
            self._no_number(address, of_what, str(problem), cell)
        else:
            self.instead[address] = number
            self._told(address, HELPED, f"{of_what}: {shown(str(cell.value))} is text, and is read as {number:g}",
                       "type the number alone")

    def _no_number(self, address: str, of_what: str, why: str, cell: Cell) -> None:
        self.instead[address] = None
        self._told(address, NO_NUMBER, f"{of_what}: {shown(str(cell.value))} does not count: {why}",
                   "type the number alone; words belong under Evidence or note", Severity.MAJOR)

    def _told(self, address: str, code: str, message: str, hint: str, severity: Severity = Severity.ADVISORY) -> None:
        self.findings.append(_finding(self.name, self.table.sheet, address, code, severity, message, hint))

    def _text(self, column: str, row: int) -> str:
        value = self.cells.get(self.table.at(column, row), _NOTHING).value
        return f"{value:g}" if isinstance(value, float) else str(value or "")

    def _beside(self, row: int) -> tuple[float, ...]:
        """The baseline and the target of a row, as far as they are numbers."""
        values = (self.cells.get(self.table.at(column, row), _NOTHING).value for column in ("baseline", "target"))
        return tuple(value for value in values if isinstance(value, float))


class _Reading:
    """Reads the measurements of a workbook that was worked out."""

    def __init__(self, name: str, found: Opened, table: MeasurementTable, findings: Sequence[Finding]) -> None:
        self.name, self.found, self.table = name, found, table
        self.cells = found.book.sheets[table.sheet]
        self.findings = list(findings)

    def done(self) -> Returned:
        data, text = specification_of(self.found.provenance)
        document = data.get("document", {})
        launch = _day(self.cells.get(self.table.launch, _NOTHING).value)
        measurements = tuple(self._measurements())
        self._tell(launch, measurements)
        return Returned(self.name, _line(document.get("title")) or self._title(), _line(document.get("organisation")),
                        _line(document.get("reference")), self.table.currency, launch, self.table.sheet, measurements,
                        tuple(self.findings), text)

    def _title(self) -> str:
        """The heading of the Summary, in a workbook that does not carry its specification."""
        value = self.found.book.sheets.get("Summary", {}).get("A1", _NOTHING).value
        return _line(value) or self.name

    def _measurements(self) -> Iterator[Measurement]:
        seen: set[tuple[str, int]] = set()
        for row in self.table.rows:
            found = self._measurement(row)
            if (found.benefit, found.month) in seen:
                self.findings.append(_finding(
                    self.name, self.table.sheet, self.table.at("id", row), CHANGED, Severity.MAJOR,
                    f"{found.benefit}, month {found.month} stands there twice; only the first counts", "delete one of the rows"))
                continue
            seen.add((found.benefit, found.month))
            yield found

    def _measurement(self, row: int) -> Measurement:
        value = {name: self.cells.get(self.table.at(name, row), _NOTHING).value for name in self.table.columns}
        text = {name: f"{found:g}" if isinstance(found, float) else _line(found) for name, found in value.items()}
        realised = value["realised"]
        return Measurement(
            text["id"], text["title"], _class(text["class"]), text["unit"], text["direction"], text["owner"],
            int(_number(value["month"]) or 0), _day(value["due"]), _number(value["baseline"]), _number(value["target"]),
            _number(value["actual"]), realised if isinstance(realised, float) else text["realised"], text["rating"],
            _number(value["forecast"]) or 0.0, _number(value["value"]) or 0.0,
            {name: self.table.at(name, row) for name in self.table.columns})

    def _tell(self, launch: date | None, measurements: Sequence[Measurement]) -> None:
        """What there is to tell of the workbook as a whole."""
        if measurements and launch is None:
            self.findings.append(_finding(self.name, self.table.sheet, self.table.launch, NO_TABLE, Severity.MAJOR,
                                          "the launch is not set, so nobody can say what is due", "type the day of the launch"))
        nearest, farthest = (words()["believed"][end] for end in ("from", "to"))
        self.findings += [
            _finding(self.name, self.table.sheet, each.cells["actual"], FAR_OFF, Severity.MAJOR,
                     f"{each.benefit}, month {each.month}: the result is {each.realised:.0%} of the way to the target",
                     "look at the number and at its unit; it counts as it stands")
            for each in measurements if isinstance(each.realised, float) and not nearest <= each.realised <= farthest]
        if self.found.not_worked_out:
            self.findings.append(Finding(Place(self.name), NO_TABLE, Severity.MAJOR, "its formulas cannot be worked out, so the "
                                         f"values that it was saved with are used: {self.found.not_worked_out}",
                                         "open it in Excel, save it, and send it again"))
        self.findings += list(_changes(self.found, self.name))


def _changes(found: Opened, name: str) -> Iterator[Finding]:
    """What was changed since the workbook was built that moves the comparison: baselines, targets, thresholds, amounts."""
    if not found.provenance.sheets:
        return
    told = [each for each in workbook_changes(found.provenance, found.book, name, found.chosen).findings
            if any(each.place.where.startswith(f"sheet {title}") for title in FOLLOWED)]
    for each in told[:MOST_CHANGES]:
        yield Finding(each.place, CHANGED, each.severity, each.message, "ask who agreed to it; the report takes it as it is now")
    if len(told) > MOST_CHANGES:
        yield Finding(Place(name), CHANGED, Severity.MAJOR, f"{len(told) - MOST_CHANGES} more cells of its plan were changed",
                      "compare it with the workbook that was built: bizcase review")


def _worked_out(parts: Mapping[str, bytes], was: Provenance) -> Opened:
    """The workbook with the value of every formula; one that does not carry how it was built too."""
    found = opened(parts)
    assert found is not None
    if was.sheets:
        return found
    try:
        return Opened(was, read_book(parts_of(recalculated(packed(without_twin_names(parts))))))
    except BizcaseError as problem:
        return Opened(was, found.book, not_worked_out=problem.findings[0].message)


def _with_numbers(sheet: bytes, cells: Mapping[str, float | None]) -> bytes:
    """A sheet with these numbers, or nothing, in its cells."""
    root = parsed(sheet)
    for cell in root.iter(f"{NAMESPACE}c"):
        if cell.get("r") in cells:
            for child in list(cell):
                cell.remove(child)
            cell.attrib.pop("t", None)
            number = cells[cell.get("r")]
            if number is not None:
                cell.append(cell.makeelement(f"{NAMESPACE}v"))
                cell[0].text = repr(number)
    return serialised(root)


_NOTHING = Cell("", None)


def _number(value: object) -> float | None:
    """A number with the 15 digits that a spreadsheet compares: 0.1 + 0.2 is 0.3."""
    return float(f"{value:.15g}") if isinstance(value, float) and can_be_measured(value) else None


def _day(value: object) -> date | None:
    if isinstance(value, float) and 0 < value <= (date(LAST_YEAR, 12, 31) - FIRST_DAY).days:
        day = FIRST_DAY + timedelta(int(value))
        return day if day.year >= FIRST_YEAR else None
    if isinstance(value, str):
        try:
            return day_of(value)
        except ValueError:
            return None
    return None


def _class(text: str) -> str:
    """The class as we write it, however its letters are written there."""
    return next((name.value for name in BenefitClass if name.value == text.lower()), text)


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _finding(file: str, sheet: str, address: str, code: str, severity: Severity, message: str, hint: str) -> Finding:
    where = f"sheet {sheet}, cell {address}" if address else f"sheet {sheet}"
    return Finding(Place(file, where=where), code, severity, message, hint)
