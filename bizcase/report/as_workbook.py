"""Reports as an Excel workbook that a hub can file, and in which an author can answer."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime

from bizcase.archive import steady
from bizcase.errors import Finding, Severity
from bizcase.report.report import Report
from bizcase.review.rounds import Standing
from bizcase.workbook.book import Book, Sheet

FIXED_TIME = datetime(2026, 1, 1)
FIRST_ROW = 4
FINDINGS = "Findings"
ANSWER = "Answer by the author"
COLUMNS = ("File", "Code", "Severity", "Where", "What was found", "What to do", ANSWER, "Standing")
"""The columns of the sheet of findings; a later round reads the answers from here."""
_WIDTHS = (26, 9, 11, 26, 54, 44, 44, 12)


def reports_workbook(reports: Sequence[Report]) -> bytes:
    """One row a file, one a finding, one a criterion, one an item of a lens."""
    book = Book({})
    _files(book, reports)
    _findings(book, reports)
    if any(report.log for report in reports):
        _answered(book, reports)
    if any(report.lenses for report in reports):
        _lenses(book, reports)
    if any(report.verdicts for report in reports):
        _criteria(book, reports)
    book.finish()
    properties = book.workbook.properties
    properties.title, properties.creator, properties.language = "Review of bids", "bizcase", "en-GB"
    properties.created = properties.modified = FIXED_TIME
    buffer = io.BytesIO()
    book.workbook.save(buffer)
    return steady(buffer.getvalue())


def _files(book: Book, reports: Sequence[Report]) -> None:
    labels = list(dict.fromkeys(label for report in reports for label, _ in report.facts if label != "Title"))
    sheet = book.sheet("Files", "What was looked at", "One row for each file.", [26, 34, 40, *(16 for _ in labels)])
    rows = [[report.file, report.title, report.conclusion, *(dict(report.facts).get(label, "") for label in labels)]
            for report in reports]
    _table(sheet, ("File", "Title", "Conclusion", *labels), rows)


def _findings(book: Book, reports: Sequence[Report]) -> None:
    sheet = book.sheet(FINDINGS, "Findings, and what the author answers",
                       "Type an answer in the yellow column and send the file back: the next review takes it over.", _WIDTHS)
    rows = [(report.file, found.code, found.severity.value, found.place.where or found.place.path, found.message, found.hint,
             *_of_the_last_round(report, found)) for report in reports for found in _worst_first(report)]
    _table(sheet, COLUMNS, rows)
    for number, row in enumerate(rows, FIRST_ROW + 1):
        sheet.input(number, COLUMNS.index(ANSWER) + 1, row[COLUMNS.index(ANSWER)])


def _of_the_last_round(report: Report, found: Finding) -> tuple[str, str]:
    """What the author answered to a finding, and where it stands; nothing in a first round."""
    entry = next((each for each in report.log if (each.code, each.message) == (found.code, found.message)), None)
    return (entry.answer, entry.standing.value) if entry is not None else ("", "")


def _answered(book: Book, reports: Sequence[Report]) -> None:
    sheet = book.sheet("Answered", "Answered since the last round", "Findings of the last round that are there no more.",
                       [26, 9, 26, 64, 54])
    rows = [[report.file, entry.code, entry.where, entry.message, entry.answer] for report in reports for entry in report.log
            if entry.standing is Standing.ANSWERED]
    _table(sheet, ("File", "Code", "Where", "What was found", ANSWER), rows)


def _worst_first(report: Report) -> list[Finding]:
    return sorted(report.findings, key=lambda found: list(Severity).index(found.severity))


def _lenses(book: Book, reports: Sequence[Report]) -> None:
    sheet = book.sheet("Lenses", "What the lenses show", "Counted from the criteria.", [26, 22, 40, 14, 12, 54, 54])
    rows = [[report.file, result.lens.title, f"{score.item.code} {score.item.title}", score.word,
             f"{score.met:g} of {score.of:g}" if score.of else "", "\n".join(f"{e.text} ({e.place})" for e in score.evidence),
             "\n".join(score.raises)] for report in reports for result in report.lenses for score in result.scores]
    _table(sheet, ("File", "Lens", "Item", "Verdict", "Criteria met", "What shows it", "What would raise it"), rows)


def _criteria(book: Book, reports: Sequence[Report]) -> None:
    sheet = book.sheet("Criteria", "Every criterion", "How far each is met, and what shows it.", [26, 9, 54, 11, 14, 44, 54])
    _table(sheet, ("File", "Code", "Criterion", "Severity", "Verdict", "What is missing", "What shows it"),
           list(_criteria_rows(reports)))


def _criteria_rows(reports: Sequence[Report]) -> Iterator[list[str]]:
    for report in reports:
        for each in report.verdicts:
            yield [report.file, each.criterion.code, each.criterion.requirement, each.severity.value,
                   "waived" if each.waived else each.degree.value, each.waived or each.missing,
                   "\n".join(f"{found.text} ({found.place})" for found in each.evidence)]


def _table(sheet: Sheet, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    sheet.columns(FIRST_ROW, headings)
    for number, row in enumerate(rows, FIRST_ROW + 1):
        for column, text in enumerate(row, 1):
            sheet.text(number, column, text)
    sheet.freeze(FIRST_ROW + 1, 3)
    last = max(FIRST_ROW + 1, FIRST_ROW + len(rows))
    sheet.worksheet.auto_filter.ref = sheet.worksheet.dimensions if not rows else \
        f"A{FIRST_ROW}:{sheet.worksheet.cell(last, len(headings)).coordinate}"
    sheet.worksheet.protection.autoFilter = sheet.worksheet.protection.sort = False
