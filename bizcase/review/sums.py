"""Does a table add up? Columns against their total rows, rows against their total column, shares against a hundred.

A table is only faulted where no way of adding that people use gives what it says: with or without the rows of a subtotal, since
the last subtotal or from the top, with or without what is only "of which".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bizcase.errors import Finding, Place, Severity
from bizcase.review.amounts_in_text import Amount, Unit, number_in_cell
from bizcase.review.lexicon import any_of, words_file
from bizcase.review.submission import Submission, Table

WRONG_SUM, SHARES = "B20", "B24"


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column as a line of numbers: its label, and the number of each cell (None where there is none)."""

    label: str
    cells: tuple[Amount | None, ...]

    @property
    def is_total(self) -> bool:
        return bool(_total().search(self.label)) and not self.is_apart

    @property
    def is_subtotal(self) -> bool:
        return bool(_subtotal().search(self.label))

    @property
    def is_apart(self) -> bool:
        return bool(_apart().search(self.label))


@cache
def _total() -> re.Pattern[str]:
    return any_of(words_file("figures")["total"])


@cache
def _grand_total() -> re.Pattern[str]:
    return any_of(words_file("figures")["grand_total"])


@cache
def _subtotal() -> re.Pattern[str]:
    return any_of(words_file("figures")["subtotal"])


@cache
def _apart() -> re.Pattern[str]:
    return any_of(words_file("figures")["not_added"])


def sum_findings(submission: Submission) -> list[Finding]:
    """Every total that its table does not bear out (B20), and shares that do not come to a hundred (B24)."""
    return [found for table in submission.tables for found in _of_table(table, submission.name)]


def _of_table(table: Table, file: str) -> Iterator[Finding]:
    header, rows = _split(table)
    if len(rows) < 2 or not header:
        return
    width = min(len(row) for row in rows)
    lines = [Line(row[0], tuple(number_in_cell(cell) for cell in row[1:width])) for row in rows]
    for column in range(width - 1):
        heading = header[column + 1] if column + 1 < len(header) else ""
        yield from _down(lines, column, heading, table, file)
    across = [Line(header[number] if number < len(header) else "",
                   tuple(number_in_cell(row[number]) for row in rows)) for number in range(1, width)]
    yield from _across(across, [row[0] for row in rows], table, file)


def _split(table: Table) -> tuple[Sequence[str], list[Sequence[str]]]:
    """The header row, and the rows below that have a label; a table whose first row holds numbers has no header."""
    rows = [row for row in table.rows if any(cell.strip() for cell in row)]
    if not rows or len(rows[0]) < 2:
        return (), []
    first = rows[0]
    if any((found := number_in_cell(cell)) is not None and found.text and not _is_a_year(cell) for cell in first[1:]):
        return [""] * len(first), list(rows)
    return first, list(rows[1:])


def _is_a_year(cell: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?", cell.strip()))


def _down(lines: Sequence[Line], column: int, heading: str, table: Table, file: str) -> Iterator[Finding]:
    above: list[int] = []
    for number, line in enumerate(lines):
        claimed = line.cells[column]
        if line.is_total and claimed is not None and claimed.text:
            parts = [index for index in above if lines[index].cells[column] is not None]
            if _can_be_added(lines, parts, line):
                sums = _possible_sums(lines, column, parts)
                if not any(_is_the_sum(claimed, total, step) for total, step in sums):
                    yield _wrong(claimed, sums[0][0], line.label, heading, number, column, table, file)
        above.append(number)
        if line.is_total and not line.is_subtotal:
            above = [number] if _more_follows(lines, number, column) else []


def _can_be_added(lines: Sequence[Line], parts: Sequence[int], total: Line) -> bool:
    """Whether at least two rows are there to add: plain ones, or totals above a grand total."""
    totals = [index for index in parts if lines[index].is_total]
    since = [index for index in parts if not lines[index].is_total and not lines[index].is_apart
             and (not totals or index > totals[-1])]
    return len(since) >= 2 or (len(totals) + len(since) >= 2 and bool(_grand_total().fullmatch(total.label.strip(" :*"))))


def _more_follows(lines: Sequence[Line], number: int, column: int) -> bool:
    return any(line.cells[column] is not None for line in lines[number + 1:])


def _possible_sums(lines: Sequence[Line], column: int, parts: Sequence[int]) -> list[tuple[float, float]]:
    """What the rows above can come to, in the ways in which people add; each with the slack of its rounding."""
    totals = [index for index in parts if lines[index].is_total]
    plain = [index for index in parts if not lines[index].is_total and not lines[index].is_apart]
    since = [index for index in plain if not totals or index > totals[-1]]
    everything = [index for index in parts if not lines[index].is_total]
    ways = [plain, since, totals, [*totals, *since], everything,
            [index for index in parts if index > (totals[-1] if totals else -1)], [*totals[-1:], *since],
            [index for index in plain if (amount := lines[index].cells[column]) is not None and amount.has_sign]]
    return [_summed(lines, column, way) for way in ways if way]


def _summed(lines: Sequence[Line], column: int, rows: Sequence[int]) -> tuple[float, float]:
    amounts = [amount for index in rows if (amount := lines[index].cells[column]) is not None]
    return sum(amount.value for amount in amounts), sum(amount.step for amount in amounts if amount.value)


def _is_the_sum(claimed: Amount, total: float, step: float) -> bool:
    return abs(claimed.value - total) <= (claimed.step + step) * 1.000001


def _wrong(claimed: Amount, total: float, label: str, heading: str, number: int, column: int, table: Table, file: str) -> Finding:
    column_words = f" of the column “{heading.strip()}”" if heading.strip() else ""
    where = f"{table.where}, row {number + 2}, column {column + 2}"
    if claimed.unit is Unit.PERCENT:
        return Finding(Place(file, where=where), SHARES, Severity.MAJOR,
                       f"“{label.strip()}”{column_words} says {claimed.text}, and the shares above it come to {total:g}%",
                       "correct a share or the total")
    return Finding(Place(file, where=where), WRONG_SUM, Severity.MAJOR,
                   f"“{label.strip()}”{column_words} says {claimed.text}, and the rows above it come to {_plain(total)}",
                   "correct the total or the row that is wrong; a panel adds up")


def _across(columns: Sequence[Line], labels: Sequence[str], table: Table, file: str) -> Iterator[Finding]:
    """Each total column against the columns before it, row by row; only of columns that hold the same kind of number."""
    for position, column in enumerate(columns):
        if not column.is_total or position < 2:
            continue
        before = [index for index in range(position) if not columns[index].is_total and not columns[index].is_apart]
        wrong = [found for row, label in enumerate(labels) if (found := _row(columns, before, position, row, label, table, file))]
        right = sum(1 for row in range(len(labels)) if _adds_up(columns, before, position, row))
        if right >= len(wrong):
            yield from wrong


def _row(columns: Sequence[Line], before: Sequence[int], position: int, row: int, label: str, table: Table, file: str
         ) -> Finding | None:
    claimed = columns[position].cells[row]
    amounts = [amount for index in before if (amount := columns[index].cells[row]) is not None]
    if claimed is None or not claimed.text or claimed.unit is Unit.PERCENT or len(amounts) < 2:
        return None
    if _adds_up(columns, before, position, row):
        return None
    total = sum(amount.value for amount in amounts)
    return Finding(Place(file, where=f"{table.where}, row {row + 2}, column {position + 2}"), WRONG_SUM, Severity.MAJOR,
                   f"the row “{label.strip()}” says {claimed.text} under “{columns[position].label.strip()}”, and its columns "
                   f"come to {_plain(total)}", "correct the total or the column that is wrong; a panel adds up")


def _adds_up(columns: Sequence[Line], before: Sequence[int], position: int, row: int) -> bool:
    claimed = columns[position].cells[row]
    amounts = [amount for index in before if (amount := columns[index].cells[row]) is not None]
    return claimed is not None and len(amounts) >= 2 and _is_the_sum(
        claimed, sum(amount.value for amount in amounts), sum(amount.step for amount in amounts if amount.value))


def _plain(number: float) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")
