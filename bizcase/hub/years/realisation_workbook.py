"""The workbook of a realisation report: live formulas over every measurement that came back, charts, and the tracker."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

from bizcase.appraisal.figure import Figure, Unit, figure
from bizcase.appraisal.inputs import Status
from bizcase.archive import steady
from bizcase.charts.definition import COUNT, POUNDS, Chart, Kind, Series
from bizcase.charts.draw import Places, draw
from bizcase.charts.look import NAVY, ORANGE, Look
from bizcase.hub.years.realisation import (
    ALL_CLASSES,
    RATINGS,
    Benefit,
    ClassTotal,
    Rated,
    State,
    Thresholds,
    benefits,
    class_totals,
    is_due,
    late,
    rag,
    rated_rows,
)
from bizcase.hub.years.realisation_sheets import NOTHING, add_benefits, add_late, add_measurements, money, safe
from bizcase.hub.years.returned import Returned
from bizcase.hub.years.tracker import Tracker, standings
from bizcase.hub.years.tracker_sheets import HEIGHT, ROWS_OF_A_CHART, add_history, add_tally, add_tracker, tally_figures
from bizcase.workbook.book import SHARE, Book, Sheet
from bizcase.workbook.recalculate import verified
from bizcase.workbook.style import FONT
from bizcase.workbook.table import Table

FIXED_TIME = datetime(2026, 1, 1)
ON_ROW, GREEN_ROW, AMBER_ROW, COUNTS_ROW = 4, 5, 6, 8
LEFT_WIDTH, RIGHT_HALF, RIGHT_WIDTH = 15.8, "F", 13.2
"""Where the second chart stands, and how wide each is, in centimetres."""
WIDTHS = (36, 5, 14, 14, 14, 12, 15, 15, 15)
TOTALS = ("Class", "In", "Plan of the whole", "Forecast of what was measured", "Realised", "Realisation", "Due but not measured",
          "Plan of the benefits measured", "Their outlook")
AMOUNTS = ("plan", "measured", "value", "share", "unmeasured", "told_plan", "told_outlook")
COUNTS = (("scheduled", "Measurements planned"), ("due", "Due by that day"), ("done", "Of these measured"),
          ("late", "Of these late"), ("early", "Measured before they were due"))
RATING_LOOKS = dict(zip(RATINGS, (Look("2E7D32"), Look("E6A700", pattern="wdUpDiag"), Look("B3261E"),
                                  Look("6B7780", pattern="horz"), Look("C8CED3")), strict=True))


def realisation_workbook(returned: Sequence[Returned], tracker: Tracker, on: date, *, thresholds: Thresholds, folder: str = "",
                         missing: Sequence[str] = ()) -> bytes:
    """The report as at a day. `returned` are the workbooks that count, none twice; `folder` is the way from the report to them,
    `missing` the kept files of the tracker that are not where it says. The same input gives the same bytes.

    Raises WorkbookDisagrees where a formula gives another number than the reckoning in `realisation`.
    """
    rows = rated_rows(returned, thresholds, on)
    found, standing = benefits(rows), standings(tracker, on)
    totals = class_totals(found)
    figures = {**_figures(rows, found, totals, on), **tally_figures(standing)}
    book = Book(figures)
    summary = book.sheet("Summary", "Benefits realised", f"What {len(returned)} workbook{'s' * (len(returned) != 1)} that came "
                         "back hold, beside what was planned. Classes and currencies are never added together.", WIDTHS)
    _settings(summary, on, thresholds)
    at_day = summary.at(ON_ROW, 3)
    measurements = add_measurements(book, rows, at_day, (summary.at(GREEN_ROW, 3), summary.at(AMBER_ROW, 3)), folder)
    of_benefits = add_benefits(book, found, measurements, at_day, folder)
    _Summary(summary, measurements, of_benefits, at_day).fill(totals)
    book.workbook.move_sheet("Benefits", -1)
    add_late(book, rows, folder)
    table = add_tracker(book, standing, missing)
    add_tally(book, standing, table)
    add_history(book, tracker)
    return _saved(book)


def _saved(book: Book) -> bytes:
    book.finish()
    properties = book.workbook.properties
    properties.title, properties.creator, properties.language = "Benefits realised", "bizcase", "en-GB"
    properties.created = properties.modified = FIXED_TIME
    buffer = io.BytesIO()
    book.workbook.save(buffer)
    return steady(verified(buffer.getvalue(), book.workbook, list(book.figures.values()), book.cells))


def _figures(rows: Sequence[Rated], found: Sequence[Benefit], totals: Sequence[ClassTotal], on: date) -> dict[str, Figure]:
    """What the Summary shows, reckoned without a workbook."""
    due = [row for row in rows if is_due(row, on)]
    done = [row for row in rows if row.state is State.MEASURED]
    counts = {"scheduled": len(rows), "due": len(due), "done": sum(row.state is State.MEASURED for row in due),
              "late": len(late(rows)), "early": sum(not is_due(row, on) for row in done)}
    made = [_number(f"count.{name}", label, counts[name]) for name, label in COUNTS]
    made += [_number(f"rag.{place}.{name.name}", f"{rating}: {name}", rag(found, rating, name))
             for place, rating in enumerate(RATINGS) for name in ALL_CLASSES]
    for number, total in enumerate(totals):
        label = f"{total.benefit_class} {total.currency}"
        made += [figure(f"class.{number}.{name}", f"{label}: {name}", getattr(total, name),
                        Unit.SHARE if name == "share" else Unit.POUNDS, Status.KNOWN, NOTHING) for name in AMOUNTS]
    return {each.id: each for each in made}


def _settings(sheet: Sheet, on: date, thresholds: Thresholds) -> None:
    for row, label in ((ON_ROW, "As at"), (GREEN_ROW, "Green from this share of the way to the target *"),
                       (AMBER_ROW, "Amber from this share (below it red) *")):
        sheet.text(row, 1, label, "bc label")
        sheet.text(row, 2, "", "bc label")
    sheet.day(ON_ROW, 3, on)
    sheet.input(GREEN_ROW, 3, thresholds.green, Unit.SHARE, SHARE)
    sheet.input(AMBER_ROW, 3, thresholds.amber, Unit.SHARE, SHARE)
    sheet.text(ON_ROW, 4, "For another day: bizcase hub report --on", "bc remark")
    sheet.text(GREEN_ROW, 4, "* a house rule, not guidance; all workbooks are rated by it", "bc remark")


class _Summary:
    """Fills the Summary, once the sheets that it counts are there."""

    def __init__(self, sheet: Sheet, measurements: Table, of_benefits: Table, on: str) -> None:
        self.sheet, self.measurements, self.benefits, self.on = sheet, measurements, of_benefits, on
        self.row = COUNTS_ROW

    def fill(self, totals: Sequence[ClassTotal]) -> None:
        self._counts()
        first = self._totals(totals)
        ratings = self._ratings()
        self._charts(totals, first, ratings)

    def _counts(self) -> None:
        due, state, month = (self.measurements.down(key) for key in ("due", "state", "month"))
        by = f'"<="&{self.on}'
        measured = f'COUNTIFS({due},{by},{state},"{State.MEASURED}")'
        formulas = {"scheduled": f"COUNT({month})", "due": f"COUNTIF({due},{by})", "done": measured,
                    "late": f'COUNTIF({state},"{State.LATE}")', "early": f'COUNTIF({state},"{State.MEASURED}")-{measured}'}
        for name, label in COUNTS:
            self.sheet.text(self.row, 1, label, "bc label")
            self.sheet.text(self.row, 2, "", "bc label")
            self.sheet.figure(self.row, 3, f"count.{name}", formulas[name])
            self.row += 1

    def _totals(self, totals: Sequence[ClassTotal]) -> int:
        """The pounds by currency and class; gives the first row."""
        self.row += 1
        self.sheet.headings(self.row, TOTALS, numbers=TOTALS[2:])
        first = self.row = self.row + 1
        for number, total in enumerate(totals):
            self._total(number, total)
            self.row += 1
        if not totals:
            self.sheet.text(self.row, 1, "No benefit in pounds came back.", "bc note")
            self.row += 1
        self.sheet.text(self.row, 1, "Outlook: what was realised, and of the periods without a measurement the same share of "
                        "their forecast. A benefit nobody has measured yet has none.", "bc remark")
        self.row += 2
        return first

    def _total(self, number: int, total: ClassTotal) -> None:
        sheet, row = self.sheet, self.row
        sheet.text(row, 1, total.benefit_class.value, "bc label")
        sheet.text(row, 2, safe(total.currency), "bc label")
        formulas = {
            "plan": self._sum(self.benefits, "plan"), "measured": self._sum(self.benefits, "measured"),
            "value": self._sum(self.benefits, "value"), "share": f'IF(D{row}<>0,E{row}/D{row},"{NOTHING}")',
            "unmeasured": "+".join(self._sum(self.measurements, "forecast", f'"{state}"') for state in (State.LATE, State.TODAY)),
            "told_plan": self._told("plan"), "told_outlook": self._told("outlook"),
        }
        for column, name in enumerate(AMOUNTS, 3):
            sheet.figure(row, column, f"class.{number}.{name}", formulas[name])
            if name != "share":
                money(sheet, row, column, total.currency)

    def _sum(self, table: Table, key: str, state: str = "") -> str:
        only = f",{table.down('state')},{state}" if state else ""
        return f"SUMIFS({table.down(key)},{table.down('class')},$A{self.row},{table.down('currency')},$B{self.row}{only})"

    def _told(self, key: str) -> str:
        """The sum over the benefits that have an outlook."""
        down = self.benefits.down
        return (f"SUMIFS({down(key)},{down('class')},$A{self.row},{down('currency')},$B{self.row},{down('outlook')},"
                f'"<>{NOTHING}")')

    def _ratings(self) -> int:
        """The tally of ratings by class; gives its first row."""
        headings = ("RAG of the benefits", "", *(name.capitalize() for name in ALL_CLASSES), "All")
        self.sheet.headings(self.row, headings, numbers=headings[2:])
        first = self.row = self.row + 1
        ratings, classes = self.benefits.down("rag"), self.benefits.down("class")
        for place, rating in enumerate(RATINGS):
            self.sheet.text(self.row, 1, rating, "bc label")
            self.sheet.text(self.row, 2, "", "bc label")
            for column, name in enumerate(ALL_CLASSES, 3):
                self.sheet.figure(self.row, column, f"rag.{place}.{name.name}",
                                  f'COUNTIFS({ratings},$A{self.row},{classes},"{name}")')
            self.sheet.formula(self.row, 3 + len(ALL_CLASSES), f"SUM(C{self.row}:F{self.row})", style="bc total")
            self.row += 1
        return first

    def _charts(self, totals: Sequence[ClassTotal], first: int, ratings: int) -> None:
        """Two charts side by side: pounds by class, one for each currency below the other, and ratings by class."""
        top = self.row + 1
        series = tuple(Series(rating, tuple(f"rag.{place}.{name.name}" for name in ALL_CLASSES), RATING_LOOKS[rating])
                       for place, rating in enumerate(RATINGS))
        self._chart(f"{RIGHT_HALF}{top}", RIGHT_WIDTH, "Benefits by class and rating", Kind.STACKED,
                    tuple(name.capitalize() for name in ALL_CLASSES), series,
                    self.sheet.across(ratings - 1, 3, 2 + len(ALL_CLASSES)), COUNT)
        for place, currency in enumerate(dict.fromkeys(total.currency for total in totals)):
            those = [number for number, total in enumerate(totals) if total.currency == currency]
            series = tuple(Series(label, tuple(f"class.{number}.{name}" for number in those), look) for name, label, look in (
                ("measured", "Forecast of what was measured", Look(ORANGE)), ("value", "Realised", Look(NAVY))))
            self._chart(f"A{top + place * ROWS_OF_A_CHART}", LEFT_WIDTH, f"Realised against forecast, by class ({currency})",
                        Kind.COLUMNS, tuple(totals[number].benefit_class.value for number in those), series,
                        self.sheet.down(1, first + those[0], first + those[-1]), POUNDS.replace("£", currency.replace('"', "")))
        self.sheet.worksheet.page_setup.fitToHeight = 1

    def _chart(self, place: str, width: float, title: str, kind: Kind, categories: tuple[str, ...], series: tuple[Series, ...],
               names: str, number_format: str) -> None:
        figures = self.sheet.book.figures
        if not any(figures[name].value for each in series for name in each.figures):
            return  # an empty chart says nothing
        chart = Chart("", title, title, title, kind, categories, series, self.sheet.title, Status.KNOWN, number_format)
        drawn = draw(chart, figures, Places(self.sheet.book.cells, names), FONT)
        drawn.width, drawn.height = width, HEIGHT
        self.sheet.worksheet.add_chart(drawn, place)


def _number(name: str, label: str, number: int) -> Figure:
    return figure(name, label, float(number), Unit.NUMBER, Status.KNOWN)
