"""The formulas that count a form as it is filled in: the word beside each question and row, and how far one has got.

They use what Excel 2007 and LibreOffice both know, and take in rows that are inserted later.
"""

from __future__ import annotations

from collections.abc import Sequence

from bizcase.hub.form.words import form_words
from bizcase.workbook.book import at

NEEDED, DONE, OPTIONAL, FILLED, COMPLETE, UNFINISHED = "needed", "done", "optional", "filled", "complete", "unfinished"
"""The words of the status column. The first two are counted; rows have words of their own, so as not to be counted too."""
BLOCKS = 20
"""The length of the bar of progress."""


def question_status(cell: str, *, needed: bool) -> str:
    """The word beside a question."""
    return f'IF(LEN(TRIM({cell}))=0,"{NEEDED if needed else OPTIONAL}","{DONE if needed else FILLED}")'


def row_status(row: int, counted: tuple[int, int], needed: Sequence[int]) -> str:
    """The word beside a row: nothing while it is empty. `counted` are the first and last column of its answers."""
    first, last = counted
    these = _across(row, needed)
    return (f'IF(COUNTA({at(row, first)}:{at(row, last)})=0,"",'
            f'IF(COUNTA({these})={len(needed)},"{COMPLETE}","{UNFINISHED}"))')


def table_status(rows: tuple[int, int], counted: tuple[int, int], needed: Sequence[int], *, is_needed: bool) -> str:
    """The word beside a table: done when every row that is begun has what it needs, and there is one."""
    begun = "+".join(_given(rows, column) for column in range(counted[0], counted[1] + 1))
    whole = "*".join(_given(rows, column) for column in needed)
    begun_rows, whole_rows = f"SUMPRODUCT(--(({begun})>0))", f"SUMPRODUCT(1*{whole})"
    if is_needed:
        return f'IF(AND({whole_rows}>0,{whole_rows}={begun_rows}),"{DONE}","{NEEDED}")'
    return f'IF({begun_rows}=0,"{OPTIONAL}",IF({whole_rows}={begun_rows},"{FILLED}","{UNFINISHED}"))'


def progress(done: str, all_of_them: str) -> str:
    """How many of the needed answers are there, in words; both are formulas of a number."""
    return f'({done})&" of "&({all_of_them})&" {form_words()["progress"]}"'


def bar(done: str, all_of_them: str) -> str:
    """The same as a bar of blocks."""
    full = f"ROUND({BLOCKS}*({done})/MAX(1,{all_of_them}),0)"
    return f'REPT("█",{full})&REPT("░",{BLOCKS}-{full})'


def answered(statuses: str) -> str:
    """How many of the needed answers of a sheet are there."""
    return f'COUNTIF({statuses},"{DONE}")'


def wanted(statuses: str) -> str:
    """How many answers a sheet needs, with those that are there."""
    return f'{answered(statuses)}+COUNTIF({statuses},"{NEEDED}")'


def next_one(statuses: str, labels: str, nothing: str) -> str:
    """The first needed answer of a sheet that is missing, by its label, or the words that nothing is."""
    return f'IFERROR("{form_words()["next"]} "&INDEX({labels},MATCH("{NEEDED}",{statuses},0)),"{nothing}")'


def _across(row: int, columns: Sequence[int]) -> str:
    """Cells of a row as few ranges, parted by commas."""
    found: list[list[int]] = []
    for column in sorted(columns):
        if found and found[-1][1] == column - 1:
            found[-1][1] = column
        else:
            found.append([column, column])
    return ",".join(at(row, first) if first == last else f"{at(row, first)}:{at(row, last)}" for first, last in found)


def _given(rows: tuple[int, int], column: int) -> str:
    return f'({at(rows[0], column)}:{at(rows[1], column)}<>"")'
