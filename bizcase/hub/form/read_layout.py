"""Finds the questions and tables on the sheets of a form that came back: by the keys in the hidden column, or by their words.

Rows and columns may have been inserted or taken out anywhere, and the hidden column may be lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bizcase.hub.form.answers import folded
from bizcase.hub.form.read_words import Wording
from bizcase.workbook.typed import TypedSheet

END, TABLE = "end", "table:"
LABELS, ANSWERS = 2, 4
"""How far to the right of the keys the labels and the answers of a form stand that nobody has changed."""
FARTHEST = 12
"""Columns to the right of the labels in which answers are looked for."""
MOST_HEADS = 200
_PATH = re.compile(r"[a-z][a-z_]*(?:\.[a-z_]+(?:\[\])?)+")


@dataclass(frozen=True, slots=True)
class QuestionAt:
    """A question's path, its row, and the columns of its label and its answer."""

    path: str
    row: int
    label: int
    answer: int


@dataclass(frozen=True, slots=True)
class TableAt:
    """A table's path, the row of its heads, the paths of its columns by their numbers, the rows that may hold answers, and the
    heads that are not known, by their columns."""

    path: str
    heads: int
    columns: Mapping[int, str]
    rows: range
    unknown: Mapping[int, str]
    guessed: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet with what is asked on it. `keys` is the column of the keys, 0 where it is lost."""

    sheet: TypedSheet
    keys: int
    questions: tuple[QuestionAt, ...]
    tables: tuple[TableAt, ...]


def layout_of(sheet: TypedSheet, wording: Wording, known: frozenset[str]) -> SheetLayout:
    """What is asked on a sheet; nothing where it is no page of a form. `known` are the paths of fields."""
    column = _key_column(sheet, known)
    keyed = _by_keys(sheet, column, known)
    ends = sorted(row for (row, at), cell in sheet.cells if at == column and cell.value == END) if column else []
    stops = _by_words(sheet, column, keyed, wording)
    labels = _label_column(sheet, column, keyed, wording)
    asked = {row: key for row, key in keyed.items() if not key.startswith(TABLE)}
    answers = _answer_column(sheet, asked, labels)
    questions = tuple(QuestionAt(key, row, labels, answers) for row, key in sorted(asked.items()))
    tables = tuple(_table(sheet, key.removeprefix(TABLE), row, _rows(sheet, row, keyed, ends, stops), column, wording)
                   for row, key in sorted(keyed.items()) if key.startswith(TABLE))
    return SheetLayout(sheet, column, questions, tables)


def _key_column(sheet: TypedSheet, known: frozenset[str]) -> int:
    """The column that holds the most keys; 0 where there are none."""
    counts = Counter(column for (_, column), cell in sheet.cells if _is_key(cell.value, known))
    return min(counts, key=lambda column: (-counts[column], column)) if counts else 0


def _is_key(value: object, known: frozenset[str]) -> bool:
    if not isinstance(value, str):
        return False
    return value in known or (value.startswith(TABLE) and _PATH.fullmatch(value.removeprefix(TABLE)) is not None) or (
        _PATH.fullmatch(value) is not None)


def _by_keys(sheet: TypedSheet, column: int, known: frozenset[str]) -> dict[int, str]:
    return {row: str(cell.value) for (row, at), cell in sheet.cells
            if column and at == column and _is_key(cell.value, known)}


def _by_words(sheet: TypedSheet, column: int, keyed: dict[int, str], wording: Wording) -> set[int]:
    """Adds the rows whose keys are lost and whose words are there; gives the rows of the tables' titles."""
    words = wording.of_questions(sheet.title)
    have = set(keyed.values())
    titles: set[int] = set()
    for (row, at), cell in sheet.cells:
        key = words.get(folded(cell.value), "") if isinstance(cell.value, str) and at != column and not cell.is_input else ""
        if key.startswith(TABLE):
            if key not in have and _heads_in(sheet, row + 1, key, wording) > 0:
                keyed[row + 1] = key
                have.add(key)
            titles.add(row)
        elif key and key not in have and row not in keyed and not _heads_in_any(sheet, row, keyed, wording):
            keyed[row] = key
            have.add(key)
    return titles


def _heads_in(sheet: TypedSheet, row: int, key: str, wording: Wording) -> int:
    heads = wording.of_columns(key.removeprefix(TABLE))
    return sum(isinstance(cell.value, str) and folded(cell.value) in heads for cell in sheet.row(row).values())


def _heads_in_any(sheet: TypedSheet, row: int, keyed: Mapping[int, str], wording: Wording) -> bool:
    """Whether a row with the words of a question is rather a row of heads."""
    return any(_heads_in(sheet, row, key, wording) > 1 for key in keyed.values() if key.startswith(TABLE))


def _label_column(sheet: TypedSheet, column: int, keyed: Mapping[int, str], wording: Wording) -> int:
    """The column in which the words of most questions stand."""
    counts: Counter[int] = Counter()
    for (row, at), cell in sheet.cells:
        key = keyed.get(row, TABLE)
        if at != column and not key.startswith(TABLE) and isinstance(cell.value, str) and (
                folded(cell.value) == folded(wording.label_of(key))):
            counts[at] += 1
    return min(counts, key=lambda at: (-counts[at], at)) if counts else column + LABELS


def _answer_column(sheet: TypedSheet, asked: Mapping[int, str], labels: int) -> int:
    """The column with the most cells to fill in, on the rows of questions."""
    counts: Counter[int] = Counter(at for (row, at), cell in sheet.cells
                                   if cell.is_input and row in asked and labels < at <= labels + FARTHEST)
    return min(counts, key=lambda at: (-counts[at], at)) if counts else labels + ANSWERS - LABELS


def _rows(sheet: TypedSheet, heads: int, keyed: Mapping[int, str], ends: list[int], titles: set[int]) -> range:
    """The rows that may hold a table's answers: up to its end, and beyond where somebody has gone on writing."""
    last = max(sheet.rows, default=heads)
    stop = min((row for row in (*keyed, *titles) if row > heads), default=last + 1)
    end = next((row for row in ends if heads < row < stop), 0)
    if not end:
        return range(heads + 1, stop)
    filled = {row for (row, at), cell in sheet.cells if cell.value is not None and cell.value != END and not cell.formula
              and str(cell.value).strip()}
    while end in filled or (end + 1 in filled and end + 1 < stop and _goes_on(sheet, heads, end + 1)):
        end += 1
    return range(heads + 1, min(end + 1, stop))


def _goes_on(sheet: TypedSheet, heads: int, row: int) -> bool:
    """Whether a row below a table's end was filled in as one of its rows: in more than one of its columns."""
    columns = {at for at, cell in sheet.row(heads).items() if cell.value}
    filled = {at for at, cell in sheet.row(row).items() if cell.value is not None}
    return len(filled & columns) > 1


def _table(sheet: TypedSheet, path: str, heads: int, rows: range, keys: int, wording: Wording) -> TableAt:
    texts = {at: cell.value for at, cell in sheet.row(heads).items()
             if at != keys and isinstance(cell.value, str) and cell.value.strip()}
    columns, unknown = matched(texts, path, wording)
    order = wording.columns_in_order(path)
    guessed = {}
    for at in sorted(unknown):
        place = _expected(at, columns, order)
        if place and place not in columns.values() and not wording.is_own(unknown[at]):
            guessed[at] = place
    still_unknown = {at: text for at, text in unknown.items() if at not in guessed}
    return TableAt(path, heads, {**columns, **guessed}, rows, still_unknown, guessed)


def matched(texts: Mapping[int, str], path: str, wording: Wording) -> tuple[dict[int, str], dict[int, str]]:
    """The columns whose heads are known, each once, and the heads that are not."""
    heads = wording.of_columns(path)
    columns: dict[int, str] = {}
    unknown: dict[int, str] = {}
    for at, text in list(texts.items())[:MOST_HEADS]:
        found = heads.get(folded(text)) or heads.get(folded(text.rstrip("*: ")))
        if found and found not in columns.values():
            columns[at] = found
        else:
            unknown[at] = text
    return columns, unknown


def _expected(at: int, columns: Mapping[int, str], order: list[str]) -> str:
    """The column that should stand there, going by its neighbour."""
    for neighbour, step in ((at - 1, 1), (at + 1, -1)):
        if neighbour in columns and columns[neighbour] in order:
            place = order.index(columns[neighbour]) + step
            return order[place] if 0 <= place < len(order) else ""
    return ""
