"""The sheets of the realisation report that hold the tracker: where each innovation stands, the tally by pillar, the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bizcase.appraisal.figure import Figure, Unit, figure
from bizcase.appraisal.inputs import Status
from bizcase.charts.definition import COUNT, Chart, Kind, Series
from bizcase.charts.draw import Places, draw
from bizcase.charts.look import NAVY, ORANGE, RUST, Look
from bizcase.hub.years.realisation_sheets import NOTHING, finish, safe
from bizcase.hub.years.tracker import CODES, Due, Standing, State, Tracker, meaning, tally
from bizcase.workbook.book import Book, Sheet
from bizcase.workbook.style import FONT, RIGHT
from bizcase.workbook.table import Column, Table, new_table

TRACKER = (
    Column("id", "ID", 14), Column("title", "Innovation", 30), Column("organisation", "Organisation", 20),
    Column("pillar", "Pillar", 13), Column("state", "State", 10), Column("phase", "Phase", 9), Column("version", "Version", 9),
    Column("added", "Added", 12, True), Column("first", "Code at 12 months", 10, True), Column("code", "Code now", 8, True),
    Column("means", "What the code means", 22), Column("status", "Status in words", 34), Column("on", "Status of", 12, True),
    Column("next", "Next due", 12, True), Column("what", "What is due", 18), Column("days", "Days late", 8, True),
    Column("reason", "Reason", 34), Column("outcome", "After refusal", 18), Column("file", "File kept", 28),
)
HISTORY = (
    Column("date", "Date", 12, True), Column("id", "ID", 14), Column("title", "Innovation", 30), Column("event", "Event", 11),
    Column("code", "Code", 7, True), Column("status", "Status in words", 40), Column("reason", "Reason", 36),
    Column("outcome", "After refusal", 18), Column("phase", "Phase", 9), Column("version", "Version", 9),
    Column("next", "Next date", 12, True), Column("line", "Line of the list", 9, True),
)
TALLY_WIDTHS = (24, 13, 15, 15, 12, 12)
CODE_LOOKS = {3: Look(NAVY), 2: Look(ORANGE), 1: Look(RUST, pattern="wdUpDiag")}
FIRST_TALLY = 4
WIDTH, HEIGHT, ROWS_OF_A_CHART = 18.6, 6.6, 13
"""Centimetres, and the rows that a chart covers."""


def tally_figures(found: Sequence[Standing]) -> dict[str, Figure]:
    """The counts of both tallies as Figures, by pillar in its order, code by code, and their totals."""
    made = []
    for name, first in (("first", True), ("now", False)):
        counts = tally(found, first=first)
        for place, (pillar, row) in enumerate(counts.items()):
            made += [_count(f"tally.{name}.{place}.{code or 0}", f"{pillar}: {_heading(code)}", row[code])
                     for code in (*CODES, None)]
        made += [_count(f"tally.{name}.all.{code or 0}", f"All pillars: {_heading(code)}",
                        sum(row[code] for row in counts.values())) for code in (*CODES, None)]
    return {each.id: each for each in made}


def add_tracker(book: Book, found: Sequence[Standing], missing: Sequence[str]) -> Table:
    """Where each innovation stands. `missing` are kept files that are not where the list says."""
    table = new_table(book, "Tracker", "Every innovation of the list",
                      "Codes: " + "; ".join(f"{code} {meaning(code)}" for code in CODES) + ".", TRACKER, len(found))
    for position, each in enumerate(found):
        due = each.next_due
        texts = {"id": each.id, "title": each.title, "organisation": each.organisation, "pillar": each.pillar,
                 "state": each.state.value, "phase": each.phase, "version": each.version,
                 "means": meaning(each.code) if each.code else "no code yet", "status": each.status, "reason": each.reason,
                 "outcome": each.outcome, "what": due.what if due else "",
                 "file": f"{each.file} (not there)" if each.file in missing else each.file}
        _row(table, position, texts, {"first": each.first_code, "code": each.code, "days": _late(each.due)},
             {"added": each.added, "on": each.status_on, "next": due.on if due else None})
    finish(table)
    return table


def add_history(book: Book, tracker: Tracker) -> Table:
    """Every event of the list, the newest first."""
    events = sorted(tracker.events, key=lambda event: event.on or date.min, reverse=True)
    titles = {event.id.casefold(): event.title for event in reversed(tracker.events) if event.title}
    table = new_table(book, "History", "Every event", "As the list has it, the newest first.", HISTORY, len(events))
    for position, event in enumerate(events):
        texts = {"id": event.id, "title": event.title or titles.get(event.id.casefold(), ""), "status": event.status,
                 "event": event.event.value if event.event else event.unread.get("event", ""), "reason": event.reason,
                 "outcome": event.outcome, "phase": event.phase, "version": event.version}
        _row(table, position, texts, {"code": event.code, "line": event.line or None},
             {"date": event.on, "next": event.next_date})
    finish(table)
    return table


def add_tally(book: Book, found: Sequence[Standing], table: Table) -> Sheet:
    """The tally by pillar at 12 months and now, each with its chart, and what was dropped, refused or added later."""
    sheet = book.sheet("Tally by pillar", "How many innovations have which code, by pillar",
                       "At 12 months: all that had a code by then. Now: those on the list today.", TALLY_WIDTHS, landscape=False)
    row, charts = FIRST_TALLY, []
    for name, heading in (("first", "At 12 months"), ("now", "Now")):
        pillars = tuple(tally(found, first=name == "first"))
        end = _tally(sheet, row, name, heading, pillars, table)
        charts.append((name, heading, pillars, row + 2))
        row = end + 2
    for name, heading, pillars, first in charts:
        if pillars:
            _chart(sheet, row, name, heading, pillars, first)
            row += ROWS_OF_A_CHART
    _comings_and_goings(sheet, row, found)
    return sheet


def _tally(sheet: Sheet, row: int, name: str, heading: str, pillars: Sequence[str], table: Table) -> int:
    """One tally from a row on; gives the row of its total."""
    headings = ("Pillar", *(_heading(code) for code in (*CODES, None)), "All with a code")
    sheet.text(row, 1, heading, "bc heading")
    sheet.headings(row + 1, headings, numbers=headings[1:])
    first = row + 2
    column = "first" if name == "first" else "code"
    for place, pillar in enumerate(pillars):
        sheet.text(first + place, 1, safe(pillar), "bc label")
        for at, code in enumerate((*CODES, None), 2):
            sheet.figure(first + place, at, f"tally.{name}.{place}.{code or 0}",
                         _counting(table, column, f"$A{first + place}", code))
        sheet.formula(first + place, 6, f"SUM(B{first + place}:D{first + place})")
    total = first + len(pillars)
    sheet.text(total, 1, "All pillars", "bc total label")
    for at, code in enumerate((*CODES, None), 2):
        letter = "ABCDEF"[at - 1]
        sheet.figure(total, at, f"tally.{name}.all.{code or 0}", f"SUM({letter}{first}:{letter}{total - 1})" if pillars else "0",
                     "bc total")
    sheet.formula(total, 6, f"SUM(B{total}:D{total})", style="bc total")
    return total


def _counting(table: Table, column: str, pillar: str, code: int | None) -> str:
    """How many rows of the tracker are of that pillar and code; now, and without a code, those on the list alone."""
    of_pillar = f"({table.down('pillar')}={pillar})"
    of_code = f"({table.down(column)}={code})" if code else f"({table.down(column)}=\"{NOTHING}\")"
    active = f"*({table.down('state')}=\"{State.ACTIVE}\")" if column == "code" or code is None else ""
    return f"SUMPRODUCT({of_pillar}*{of_code}{active})"


def _comings_and_goings(sheet: Sheet, row: int, found: Sequence[Standing]) -> None:
    """Innovations that were added after the first, dropped or refused."""
    start = min((each.added for each in found if each.added), default=None)
    told = [(each, "added later") for each in found if each.added and start and each.added > start]
    told += [(each, each.state.value) for each in found if each.state is not State.ACTIVE]
    if not told:
        return
    sheet.text(row, 1, "Added later, dropped, refused", "bc heading")
    sheet.headings(row + 1, ("Innovation", "What", "When", "Reason", "After refusal", "Kept"))
    for place, (each, what) in enumerate(told, row + 2):
        last = each.added if what == "added later" else each.events[-1].on
        gone = what != "added later"
        for column, text in enumerate((each.title or each.id, what, _written(last), each.reason if gone else "",
                                       each.outcome if gone else "", each.file if gone else ""), 1):
            sheet.text(place, column, safe(text))


def _chart(sheet: Sheet, row: int, name: str, heading: str, pillars: Sequence[str], first: int) -> None:
    book, last = sheet.book, first + len(pillars) - 1
    series = tuple(Series(_heading(code), tuple(f"tally.{name}.{place}.{code}" for place in range(len(pillars))),
                          CODE_LOOKS[code]) for code in CODES)
    title = f"Innovations by pillar and code, {heading[0].lower()}{heading[1:]}"
    chart = Chart(f"tally.{name}", title, title, title, Kind.STACKED, tuple(map(safe, pillars)), series, sheet.title,
                  Status.KNOWN, COUNT)
    drawn = draw(chart, book.figures, Places(book.cells, sheet.down(1, first, last)), FONT)
    drawn.width, drawn.height = WIDTH, HEIGHT
    sheet.worksheet.add_chart(drawn, f"A{row}")


def _row(table: Table, position: int, texts: Mapping[str, str], numbers: Mapping[str, int | None],
         days: Mapping[str, date | None]) -> None:
    sheet, row = table.sheet, table.row(position)
    for column in table.columns:
        place = table.column(column.key)
        number, day = numbers.get(column.key), days.get(column.key)
        if number is not None:
            sheet.reference_value(row, place, number, Unit.NUMBER)
        elif day is not None:
            sheet.day(row, place, day)
        elif column.key in texts:
            sheet.text(row, place, safe(texts[column.key]))
        else:
            sheet.text(row, place, NOTHING, "bc calc")
            sheet.worksheet.cell(row, place).alignment = RIGHT


def _late(due: Sequence[Due]) -> int | None:
    days = max((each.days_late for each in due), default=0)
    return days or None


def _heading(code: int | None) -> str:
    return f"Code {code}" if code else "No code yet"


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _count(name: str, label: str, number: int) -> Figure:
    return figure(name, label, float(number), Unit.NUMBER, Status.KNOWN)
