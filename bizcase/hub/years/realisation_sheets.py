"""The sheets of the realisation report that hold measurements: each with its file and cell, each benefit, and what is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import quote

from bizcase.appraisal.figure import Unit
from bizcase.appraisal.inputs import BenefitClass
from bizcase.hub.years.realisation import NOT_MEASURED, NOT_RATED, RATINGS, Benefit, Rated, State, late
from bizcase.specification.characters import UNHOLDABLE
from bizcase.workbook.book import Book, Sheet
from bizcase.workbook.measurement_sheet import colour_ratings
from bizcase.workbook.measurement_sheet import rated as rating_formulas
from bizcase.workbook.style import DATE_FORMAT, RIGHT, money_format
from bizcase.workbook.table import Column, Table, new_table

LONGEST = 16_000
"""Characters of a text from a file; a cell holds 32,767 units, of which some characters take two."""
MEASUREMENTS = (
    Column("title", "Innovation", 24), Column("organisation", "Organisation", 19), Column("id", "ID", 7),
    Column("benefit", "Benefit", 24), Column("class", "Class", 18), Column("owner", "Owner", 18), Column("unit", "Unit", 13),
    Column("direction", "Should", 10), Column("month", "Month", 8, True), Column("due", "Due", 12, True),
    Column("baseline", "Baseline", 10, True), Column("target", "Target", 10, True), Column("actual", "Actual", 10, True),
    Column("realised", "Realised", 10, True), Column("score", "Score", 9, True), Column("rating", "Rating", 21),
    Column("currency", "In", 5), Column("forecast", "Forecast", 12, True), Column("measured", "Forecast, if measured", 12, True),
    Column("value", "Realised amount", 12, True), Column("state", "State", 13), Column("days", "Days late", 8, True),
    Column("open", "Still to measure by", 12, True), Column("done", "Month, if measured", 10, True), Column("file", "File", 30),
    Column("cells", "Its cells: baseline, target, actual, forecast", 27),
)
BENEFITS = (
    Column("title", "Innovation", 24), Column("organisation", "Organisation", 19), Column("id", "ID", 7),
    Column("benefit", "Benefit", 24), Column("class", "Class", 18), Column("owner", "Owner", 18), Column("currency", "In", 5),
    Column("plan", "Plan of the whole", 13, True), Column("measured", "Forecast of what was measured", 13, True),
    Column("value", "Realised", 13, True), Column("share", "Realisation", 11, True),
    Column("outlook", "Outlook of the whole", 13, True), Column("month", "Last month measured", 10, True),
    Column("actual", "Last actual", 10, True), Column("realised", "Last realised", 10, True), Column("rag", "RAG", 21),
    Column("done", "Done", 7, True), Column("due", "Due", 7, True), Column("late", "Late", 7, True),
    Column("next", "Next due", 12, True), Column("file", "File", 30),
)
LATE = (
    Column("owner", "Owner", 20), Column("title", "Innovation", 26), Column("organisation", "Organisation", 19),
    Column("id", "ID", 7), Column("benefit", "What is to be measured", 30), Column("month", "Month", 8, True),
    Column("due", "Was due", 12, True), Column("days", "Days late", 9, True), Column("file", "File", 30),
    Column("cell", "Type it into", 20),
)
STATE = (f'IF(ISNUMBER({{actual}}),"{State.MEASURED}",IF(NOT(ISNUMBER({{due}})),"{State.NO_DATE}",IF({{due}}<ON,"{State.LATE}",'
         f'IF({{due}}=ON,"{State.TODAY}","{State.AHEAD}"))))')
ROW_FORMULAS: Mapping[str, tuple[str, Unit]] = {
    "state": (STATE, Unit.NUMBER), "days": (f'IF({{state}}="{State.LATE}",ON-{{due}},0)', Unit.NUMBER),
    "open": ('IF(AND(ISNUMBER({due}),NOT(ISNUMBER({actual}))),{due},"–")', Unit.NUMBER),
    "done": ('IF(ISNUMBER({actual}),{month},"–")', Unit.NUMBER),
}
WORDS = ("rating", "state", "rag")
NOTHING = "–"


def money(sheet: Sheet, row: int, column: int, currency: str) -> None:
    """Shows a cell as an amount in that currency; words in its place stand to the right."""
    cell = sheet.worksheet.cell(row, column)
    cell.number_format, cell.alignment = money_format(currency.replace('"', "")), RIGHT


def safe(text: str) -> str:
    """A text from a file as a cell can hold it."""
    return UNHOLDABLE.sub(" ", text)[:LONGEST]


def add_measurements(book: Book, rows: Sequence[Rated], on: str, thresholds: tuple[str, str], folder: str) -> Table:
    """Every measurement. `on` and `thresholds` are the references of their cells; `folder` is the way to the workbooks."""
    table = new_table(book, "Measurements", "Every measurement",
                      "Baseline, target, actual and forecast are those of the workbook that came back; its name leads there. The "
                      "rest follows, by the thresholds of the Summary.", MEASUREMENTS, len(rows))
    for position, row in enumerate(rows):
        _texts(table, position, row)
        _numbers(table, position, row)
        cells = {column.key: table.here(column.key, position) for column in MEASUREMENTS}
        formulas = {**rating_formulas(row.of.direction, *thresholds), **ROW_FORMULAS}
        for key, (formula, unit) in formulas.items():
            _calculated(table, key, position, formula.replace("ON", on).format(**cells) if key in ROW_FORMULAS
                        else formula.format(**cells), unit)
        for key in ("forecast", "measured", "value"):
            money(table.sheet, table.row(position), table.column(key), row.source.currency)
        _link(table, position, row, folder, "actual")
    finish(table, "rating")
    return table


def add_benefits(book: Book, found: Sequence[Benefit], measurements: Table, on: str, folder: str) -> Table:
    """One row a benefit, from its rows among the measurements."""
    table = new_table(book, "Benefits", "Every benefit",
                      "Outlook: what was realised, and of the periods without a measurement the share of their forecast that "
                      "was realised so far. Plan: the forecast of all periods.", BENEFITS, len(found))
    first = 0
    for position, benefit in enumerate(found):
        _texts(table, position, benefit.first)
        last = first + len(benefit.rows) - 1
        for key, (formula, unit) in _of_benefit(table, position, measurements, first, last, on).items():
            _calculated(table, key, position, formula, unit)
        _amounts(table, position, measurements, first, last, benefit)
        _link(table, position, benefit.first, folder, "id")
        first = last + 1
    finish(table, "rag")
    return table


def add_late(book: Book, rows: Sequence[Rated], folder: str) -> Table:
    """Who has not measured what was due, the longest late first."""
    found = late(rows)
    table = new_table(book, "Late", "Late in measuring",
                      "Measurements whose due day has passed without a number, the longest late first." if found else
                      "Nothing is late.", LATE, len(found))
    for position, row in enumerate(found):
        sheet, number = table.sheet, table.row(position)
        for key, text in (("owner", row.of.owner or "nobody named"), ("title", row.source.title),
                          ("organisation", row.source.organisation), ("id", row.of.benefit), ("benefit", row.of.title),
                          ("cell", f"{row.source.sheet}!{row.of.cells['actual']}")):
            sheet.text(number, table.column(key), safe(text))
        _constant(table, "month", position, row.of.month)
        _day(table, "due", position, row.of.due)
        _constant(table, "days", position, row.days_late)
        _link(table, position, row, folder, "actual")
    finish(table)
    return table


def _texts(table: Table, position: int, row: Rated) -> None:
    texts = {"title": row.source.title, "organisation": row.source.organisation, "id": row.of.benefit, "benefit": row.of.title,
             "class": row.of.benefit_class, "owner": row.of.owner, "unit": row.of.unit, "direction": row.of.direction,
             "currency": row.source.currency,
             "cells": f"{row.source.sheet}: " + ", ".join(row.of.cells[name] for name in ("baseline", "target", "actual",
                                                                                          "forecast"))}
    for column in table.columns:
        if column.key in texts:
            table.sheet.text(table.row(position), table.column(column.key), safe(texts[column.key]))


def _numbers(table: Table, position: int, row: Rated) -> None:
    _constant(table, "month", position, row.of.month)
    _day(table, "due", position, row.of.due)
    for key in ("baseline", "target", "actual"):
        _constant(table, key, position, getattr(row.of, key))
    _constant(table, "forecast", position, row.of.forecast)


def _constant(table: Table, key: str, position: int, value: float | None) -> None:
    row, column = table.row(position), table.column(key)
    if value is None:
        table.sheet.text(row, column, "", "bc calc")
    else:
        table.sheet.reference_value(row, column, value, Unit.NUMBER)


def _day(table: Table, key: str, position: int, day: date | None) -> None:
    row, column = table.row(position), table.column(key)
    if day is None:
        table.sheet.text(row, column, NOTHING, "bc calc")
        table.sheet.worksheet.cell(row, column).alignment = RIGHT
        return
    table.sheet.day(row, column, day)


def _calculated(table: Table, key: str, position: int, formula: str, unit: Unit) -> None:
    row, column = table.row(position), table.column(key)
    table.sheet.formula(row, column, formula, unit, "bc calc text" if key in WORDS else "bc calc")
    cell = table.sheet.worksheet.cell(row, column)
    if key not in WORDS:
        cell.alignment = RIGHT
    if key in ("open", "next"):
        cell.number_format = DATE_FORMAT


def _of_benefit(table: Table, position: int, measurements: Table, first: int, last: int, on: str
                ) -> dict[str, tuple[str, Unit]]:
    """The formulas of a benefit's row that are not pounds."""
    def down(key: str) -> str:
        return measurements.sheet.down(measurements.column(key), measurements.row(first), measurements.row(last))

    def newest(key: str, otherwise: str) -> str:
        return f'IF(ISNUMBER({month}),INDEX({down(key)},MATCH({month},{down("month")},0)),"{otherwise}")'

    month = table.here("month", position)
    rating = newest("rating", NOT_MEASURED)
    known = ",".join(f'{rating}="{words}"' for words in RATINGS)
    return {
        "month": (f'IF(COUNT({down("done")})=0,"{NOTHING}",MAX({down("done")}))', Unit.NUMBER),
        "actual": (newest("actual", NOTHING), Unit.NUMBER), "realised": (newest("realised", NOTHING), Unit.SHARE),
        "rag": (f'IF(OR({known}),{rating},"{NOT_RATED}")', Unit.NUMBER),
        "done": (f'COUNT({down("done")})', Unit.NUMBER), "due": (f'COUNTIF({down("due")},"<="&{on})', Unit.NUMBER),
        "late": (f'COUNTIF({down("days")},">0")', Unit.NUMBER),
        "next": (f'IF(COUNT({down("open")})=0,"{NOTHING}",MIN({down("open")}))', Unit.NUMBER),
    }


def _amounts(table: Table, position: int, measurements: Table, first: int, last: int, benefit: Benefit) -> None:
    """Plan, forecast, realised, realisation and outlook; nothing for what cannot be put in pounds."""
    row = table.row(position)
    if benefit.first.of.benefit_class == BenefitClass.UB:
        for key in ("plan", "measured", "value", "share", "outlook"):
            table.sheet.text(row, table.column(key), NOTHING, "bc calc")
            table.sheet.worksheet.cell(row, table.column(key)).alignment = RIGHT
        return
    currency = benefit.first.source.currency

    def pounds(key: str, formula: str) -> None:
        table.sheet.formula(row, table.column(key), formula)
        money(table.sheet, row, table.column(key), currency)

    for key, column in (("plan", "forecast"), ("measured", "measured"), ("value", "value")):
        down = measurements.sheet.down(measurements.column(column), measurements.row(first), measurements.row(last))
        pounds(key, f"SUM({down})")
    plan, measured, value, realised = (table.here(key, position) for key in ("plan", "measured", "value", "realised"))
    _calculated(table, "share", position, f'IF({measured}<>0,{value}/{measured},"{NOTHING}")', Unit.SHARE)
    share = (f'IF({measured}<>0,{value}/{measured},IF(ISNUMBER({realised}),{realised},IF({realised}="held",1,'
             f'IF({realised}="not held",0,"{NOTHING}"))))')
    pounds("outlook", f'IF(ISNUMBER({share}),{value}+({plan}-{measured})*{share},"{NOTHING}")')


def _link(table: Table, position: int, row: Rated, folder: str, key: str) -> None:
    """The name of the file, which leads to the cell."""
    number, column = table.row(position), table.column("file")
    table.sheet.text(number, column, safe(row.source.file))
    title = row.source.sheet.replace("'", "''")
    place = f"'{title}'!{row.of.cells[key]}"
    way = "/".join(filter(None, (folder, row.source.file)))
    table.sheet.worksheet.cell(number, column).hyperlink = f"{quote(way)}#{quote(place)}"


def finish(table: Table, rating: str = "") -> None:
    """Freezes the headings and the first column, and lets the user filter; `rating` is a column to colour."""
    sheet = table.sheet
    sheet.freeze(table.first, 2)
    sheet.worksheet.auto_filter.ref = f"A{table.first - 1}:{sheet.worksheet.cell(table.last, len(table.columns)).coordinate}"
    sheet.worksheet.protection.autoFilter = sheet.worksheet.protection.sort = False
    if rating:
        colour_ratings(sheet, table.column(rating), table.first, table.last)
