"""The registers: stakeholders, risks, milestones, benefits that have no value in pounds, and where the figures come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.styles import Alignment

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Unit
from bizcase.specification.project import Project
from bizcase.specification.values import parse_date
from bizcase.workbook.book import ANY, SHARE, Book, Sheet, at
from bizcase.workbook.book import SCORE as FROM_1_TO_5
from bizcase.workbook.discounting_sheet import USED, FactorCells
from bizcase.workbook.style import DATE_FORMAT, RIGHT
from bizcase.workbook.years import year_labels

FIRST_ROW = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register: the field it shows; with `typed` an input of that unit, which may be left blank.

    `path` is empty where the sheet itself fills the column.
    """

    heading: str
    path: str
    width: float
    number: bool = False
    date: bool = False
    typed: Unit | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a register: its fields, and the name by which the ids of its Figures begin, such as `risks.register.R1`."""

    name: str
    fields: Mapping[str, Any]


STAKEHOLDERS = (
    Column("ID", "id", 6), Column("Stakeholder", "name", 20), Column("Group", "group", 14),
    Column("Organisation", "organisation", 16), Column("People", "count", 9, number=True),
    Column("Role in the work", "role_in_process", 20), Column("Leadership role", "leadership_role", 16),
    Column("How engaged", "engagement_method", 17), Column("Engaged from", "stage_from", 14),
    Column("Power", "power", 9, number=True), Column("Influence", "influence", 10, number=True),
    Column("Stance now", "stance", 12), Column("Stance needed", "stance_wanted", 14), Column("Concern", "concern", 20),
    Column("Gain", "gain", 20), Column("Response", "response", 22), Column("Owner", "owner", 17),
    Column("How often", "frequency", 12), Column("Last contact", "last.date", 12, date=True),
    Column("What came of it", "last.outcome", 22), Column("Next contact due", "contact_due", 12, date=True))

SCORE, EXPECTED, YEAR, PRESENT = "Score", "Expected cost £", "In the year", "Present value £"
RISKS = (
    Column("ID", "id", 6), Column("Risk", "title", 26), Column("Category", "category", 16), Column("Cause", "cause", 26),
    Column("Likelihood", "likelihood", 11, typed=Unit.NUMBER), Column("Impact", "impact", 9, typed=Unit.NUMBER),
    Column(SCORE, "", 8, number=True), Column("Cost if it happens £", "exposure", 15, typed=Unit.POUNDS),
    Column("How sure of the cost", "exposure.status", 12), Column("Probability", "probability", 12, typed=Unit.SHARE),
    Column(EXPECTED, "", 13, number=True), Column(YEAR, "", 10), Column(PRESENT, "", 13, number=True),
    Column("Mitigation", "mitigation", 32), Column("Warning sign", "trigger", 26), Column("Owner", "owner", 17),
    Column("Status", "status", 10))
WITHIN = {"likelihood": FROM_1_TO_5, "impact": FROM_1_TO_5, "probability": SHARE}
PLACE = {column.path or column.heading: number for number, column in enumerate(RISKS, 1)}

MILESTONES = (
    Column("ID", "id", 7), Column("Date", "date", 14, date=True), Column("Milestone", "title", 46),
    Column("Stage", "stage", 16), Column("Phase", "phase", 18), Column("Owner", "owner", 26),
    Column("Depends on", "depends_on", 14), Column("Quick win", "quick_win", 9))

NON_MONETISED = (
    Column("ID", "id", 7), Column("Impact", "title", 30), Column("Gain or drawback", "effect", 12),
    Column("Dimension", "dimension", 16), Column("Horizon", "horizon", 11), Column("Measure", "measure", 36),
    Column("Unit", "unit", 16), Column("Measure should", "direction", 12),
    Column("Baseline", "baseline.value", 11, number=True), Column("Evidence", "evidence", 12), Column("Owner", "owner", 20),
    Column("Options", "options", 10))

SOURCES = (
    Column("ID", "id", 7), Column("Kind", "kind", 12), Column("What it says or is for", "what", 44),
    Column("Study", "study", 30), Column("Reference", "source", 42), Column("Date", "year", 16),
    Column("Design or grade", "design", 24), Column("Status", "status", 15), Column("Checked at source", "verified", 11))


def add_stakeholders(book: Book, project: Project) -> None:
    """Everyone who can help, hinder or be affected; below them the groups that have nobody, with the reason."""
    section = project.section("stakeholders")
    entries = [Entry(entry.name, {**entry.fields, "last": _last_contact(entry.fields)})
               for entry in _entries("stakeholders.map", section.get("map", []))]
    sheet, row = _register(book, "Stakeholders", "Stakeholders", "Who can help, hinder or be affected, where they stand and "
                           "what is done about it. Power and influence run from 1 to 5.", STAKEHOLDERS, entries,
                           "The specification names no stakeholders.")
    left_out = section.get("not_applicable", [])
    if left_out:
        sheet.text(row + 1, 1, "Groups with nobody on the map, and why", "bc heading")
    for offset, group in enumerate(left_out, row + 2):
        sheet.text(offset, 2, group.get("group"), "bc label")
        sheet.text(offset, 3, group.get("reason"), "bc label")


def _last_contact(stakeholder: Mapping[str, Any]) -> Mapping[str, Any]:
    """The latest of the contacts so far: dates are written so that the latest sorts last."""
    contacts: Sequence[Mapping[str, Any]] = stakeholder.get("contacts", [])
    return max(contacts, key=lambda contact: str(contact.get("date", "")), default={})


def add_risks(book: Book, project: Project, analysis: Analysis, factors: FactorCells) -> str:
    """The risk register; gives the reference of the present value of all expected costs."""
    entries = _entries("risks.register", project.section("risks").get("register", []))
    sheet, end = _register(book, "Risks", "Risks", "Score = likelihood × impact, each from 1 to 5. Expected cost = probability × "
                           "cost if it happens, discounted from its year. A dash stands where one of the two is not given.",
                           RISKS, entries, "The specification names no risks.")
    first_year, labels = analysis.appraisal.timeframe.labels[0], year_labels(analysis.appraisal.timeframe)
    for row, entry in enumerate(entries, FIRST_ROW):
        risk = f"risk.{entry.fields['id']}"
        _calculated(sheet, row, SCORE, f"{risk}.score", _product(row, "likelihood", "impact"), Unit.NUMBER)
        _calculated(sheet, row, EXPECTED, f"{risk}.expected", _product(row, "probability", "exposure"), Unit.POUNDS)
        sheet.choice(row, PLACE[YEAR], entry.fields.get("year", first_year), labels)
        factor = f"INDEX({factors.across(USED)},IFERROR(MATCH({at(row, PLACE[YEAR])},{labels},0),1))"
        expected = at(row, PLACE[EXPECTED])
        _calculated(sheet, row, PRESENT, f"{risk}.present", f'IF(ISNUMBER({expected}),{expected}*{factor},"–")', Unit.POUNDS)
    for number in PLACE.values():
        sheet.text(end, number, "All risks" if number == PLACE["title"] else None, "bc total label")
    _total(sheet, end, EXPECTED, "risk.expected")
    _total(sheet, end, PRESENT, "risk.present")
    return book.ref("risk.present")


def _product(row: int, one: str, other: str) -> str:
    first, second = at(row, PLACE[one]), at(row, PLACE[other])
    return f'IF(COUNT({first},{second})=2,{first}*{second},"–")'


def _calculated(sheet: Sheet, row: int, heading: str, figure_id: str, formula: str, unit: Unit) -> None:
    """A calculated cell, which holds its Figure where the appraisal has one."""
    if figure_id in sheet.book.figures:
        sheet.figure(row, PLACE[heading], figure_id, formula)
    else:
        sheet.formula(row, PLACE[heading], formula, unit)
    sheet.worksheet.cell(row, PLACE[heading]).alignment = RIGHT


def _total(sheet: Sheet, row: int, heading: str, figure_id: str) -> None:
    """The sum over the rows above; words in it count as nothing."""
    number = PLACE[heading]
    sheet.figure(row, number, figure_id, f"SUM({at(FIRST_ROW, number)}:{at(row - 1, number)})", "bc total")


def add_milestones(book: Book, project: Project) -> None:
    entries = _entries("timeline.milestones", project.section("timeline").get("milestones", []))
    _register(book, "Milestones", "Milestones", "What will have been done by when, and who sees that it is.", MILESTONES,
              entries, "The specification names no milestones.")


def add_non_monetised(book: Book, project: Project) -> None:
    """The benefits and drawbacks that the measures of value leave out; goes after the Benefits register, for its baselines."""
    in_pounds = {benefit.id for benefit in project.inputs.benefits if benefit.monetised}
    entries = [Entry(entry.name, {**entry.fields, "effect": "drawback" if entry.fields.get("disbenefit") else "gain"})
               for entry in _entries("benefits.register", project.section("benefits").get("register", []))
               if entry.fields["id"] not in in_pounds]
    _register(book, "Non-monetised", "Benefits that are not in pounds", "They count in the decision, but NPSV, BCR and "
              "return on investment leave them out.", NON_MONETISED, entries,
              "Every benefit of the specification has a value in pounds, or it names no benefits.")


def add_sources(book: Book, project: Project) -> None:
    """Where every figure comes from: evidence, assumptions, documents, then each cost, funding and benefit."""
    _register(book, "Sources", "Sources", "Where the figures come from, and how sure they are. An empty reference is a gap.",
              SOURCES, list(_sources(project)), "The specification names no evidence, assumptions or sources.")


def _sources(project: Project) -> Iterator[Entry]:
    """The rows of the Sources sheet; what a section calls its fields is put under the names of the columns."""
    for section, rows, kind, names in (
            ("evidence", "items", "evidence", {"what": "claim"}),
            ("assumptions", "items", "assumption", {"what": "statement"}),
            ("assumptions", "sources", "document", {"source": "citation", "year": "date", "design": "grade"}),
            ("resources", "costs", "cost", {"what": "item"}),
            ("resources", "funding", "funding", {"what": "source", "source": "evidence"}),
            ("benefits", "register", "benefit", {"what": "title"})):
        for entry in _entries(f"{section}.{rows}", project.section(section).get(rows, [])):
            shown = {name: entry.fields.get(field) for name, field in names.items()}
            yield Entry(entry.name, {**entry.fields, "kind": kind, **shown})


def _entries(name: str, rows: Sequence[Mapping[str, Any]]) -> list[Entry]:
    """The rows of a list, named as their Figures are: by id, else by position from 1."""
    return [Entry(f"{name}.{row.get('id', position)}", row) for position, row in enumerate(rows, 1)]


def _register(book: Book, title: str, heading: str, note: str, columns: Sequence[Column], entries: Sequence[Entry],
              nothing: str) -> tuple[Sheet, int]:
    """A sheet with a line for each entry, or one that says that there is nothing; gives the row below them."""
    sheet = book.sheet(title, book.own(heading), note, [column.width for column in columns])
    sheet.columns(FIRST_ROW - 1, [book.own(column.heading) for column in columns],
                  numbers=[book.own(column.heading) for column in columns if column.number or column.typed])
    for row, entry in enumerate(entries, FIRST_ROW):
        for number, column in enumerate(columns, 1):
            _cell(sheet, row, number, column, entry)
    if not entries:
        sheet.text(FIRST_ROW, 1, book.own(nothing), "bc note")
    sheet.freeze(FIRST_ROW, 3)
    return sheet, FIRST_ROW + max(1, len(entries))


def _cell(sheet: Sheet, row: int, number: int, column: Column, entry: Entry) -> None:
    """One field: a Figure in its own cell, or repeated from there where another sheet has it; a date; or text."""
    figure_id = f"{entry.name}.{column.path}"
    value = _value(entry.fields, column.path)
    if figure_id in sheet.book.cells:
        sheet.shown(row, number, figure_id)
    elif figure_id in sheet.book.figures:
        if column.typed:
            sheet.given(row, number, figure_id, WITHIN.get(column.path, ANY))
        else:
            sheet.reference(row, number, figure_id)
        if not (column.number or column.typed):
            sheet.worksheet.cell(row, number).alignment = Alignment(horizontal="left", vertical="top", indent=1)
    elif column.typed:
        sheet.input(row, number, None, column.typed, WITHIN.get(column.path, ANY))
    elif column.date and value:
        _date(sheet, row, number, value)
    else:
        sheet.text(row, number, _written(value))


def _value(fields: Mapping[str, Any], path: str) -> Any:
    """The field at a path of steps joined by points; None where it is not given."""
    value: Any = fields
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _date(sheet: Sheet, row: int, number: int, written: str) -> None:
    """A date that sorts and reads as one."""
    sheet.text(row, number, None)
    cell = sheet.worksheet.cell(row, number)
    cell.value, cell.number_format = parse_date(written), DATE_FORMAT


def _written(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else value
