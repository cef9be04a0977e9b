"""Amounts by year in their short form: pounds a year, from one year to another, with a share for each year of running."""

from __future__ import annotations

from collections.abc import Sequence

from bizcase.appraisal.figure import Unit
from bizcase.appraisal.money import Money, Timeframe, ramp_share
from bizcase.workbook.book import SHARE, Sheet, at
from bizcase.workbook.years import HEADER_ROW, LABEL_ROW, Block, YearSheet, year_labels


def yearly_input(sheet: Sheet, row: int, column: int, given: str, money: Money) -> None:
    """The pounds a year of an amount, as an input; words where the amount is spelled out by year."""
    if money.per_year is None:
        sheet.text(row, column, "by year", "bc note")
        return
    name = next((name for name in (f"{given}.per_year", f"{given}.once") if name in sheet.book.figures), "")
    if name:
        sheet.given(row, column, name)
    else:
        sheet.input(row, column, money.per_year, Unit.POUNDS)


def span_inputs(sheet: Sheet, row: int, column: int, money: Money, timeframe: Timeframe, start: str = "") -> None:
    """First and last year, each to be chosen from the years appraised, and the number of the first one.

    `start` is the reference of the year from which it runs, where another sheet sets it.
    """
    labels = dict(zip(timeframe.calendar, timeframe.labels, strict=True))
    if start:
        sheet.formula(row, column, start, style="bc calc text")
    else:
        sheet.choice(row, column, labels.get(money.start or 0, timeframe.labels[0]), year_labels(timeframe))
    sheet.choice(row, column + 1, labels.get(money.end or 0, timeframe.labels[-1]), year_labels(timeframe))
    sheet.formula(row, column + 2, f"IFERROR(MATCH({at(row, column)},{year_labels(timeframe)},0)-1,{timeframe.years + 1})")


def share_in_force(to: str, start: str, block: Block, position: int) -> str:
    """The formula of the share that falls in a year: nothing before `start` (a number) and after `to` (a year), else the
    share of that year of running."""
    row = block.row(position)
    first, last = block.years.span
    return (f"IF(AND(@${HEADER_ROW}>={start},@${LABEL_ROW}<={to}),"
            f"INDEX(${first}{row}:${last}{row},@${HEADER_ROW}-{start}+1),0)")


def ramp_inputs(block: Block, position: int, ramp: Sequence[float], given: str) -> None:
    """The share of each year of running. Those that the specification gives are its Figures, and the last of them lasts."""
    sheet, row = block.years.sheet, block.row(position)
    for place, column in enumerate(block.years.columns, 1):
        if f"{given}.ramp.{place}" in sheet.book.figures:
            sheet.given(row, column, f"{given}.ramp.{place}", SHARE)
        elif place == 1 or place <= len(ramp):
            sheet.input(row, column, ramp_share(tuple(ramp), place - 1), Unit.SHARE, SHARE)
        else:
            sheet.formula(row, column, at(row, column - 1), Unit.SHARE)


def spelled_out(years: YearSheet, row: int, money: Money, given: str) -> None:
    """Amounts that the specification gives year by year, as inputs."""
    for column, year, label in zip(years.columns, years.timeframe.calendar, years.timeframe.labels, strict=True):
        if f"{given}.{label}" in years.sheet.book.figures:
            years.sheet.given(row, column, f"{given}.{label}")
        else:
            years.sheet.input(row, column, money.in_year(year), Unit.POUNDS)
