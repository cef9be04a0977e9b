"""The comparison as comma-separated values, for whoever wants to go on with them elsewhere (manual F95)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from bizcase.hub.csv_text import guarded
from bizcase.hub.entry import Entry
from bizcase.hub.portfolio.rows import COLUMNS, Column, mark_of, numbers_of, shown_of


def portfolio_csv(entries: Sequence[Entry]) -> bytes:
    """One row for each submission that was built, in the order of their names, with the columns of the comparison; UTF-8 with
    the mark by which Excel knows it. Numbers are plain; the column Marked names those that
    rest on illustrative or disputed figures. Text that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*(column.heading for column in COLUMNS), "Currency", "Price base year"])
    for entry in shown_of(entries).built:
        writer.writerow([*(_cell(column, entry) for column in COLUMNS), guarded(entry.currency), guarded(entry.price_base_year)])
    return out.getvalue().encode("utf-8-sig")


def _cell(column: Column, entry: Entry) -> str:
    if column.text is not None:
        return guarded(column.text(entry))
    assert column.number is not None
    number = numbers_of(entry).get(column.number(entry))
    if number is None:
        return ""
    return guarded(f"{number.text}{mark_of(number)}") if number.value is None else repr(number.value)
