"""Reads the tables of a form into rows: which were filled in, what id each has, and to which row around it each belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bizcase.errors import Severity
from bizcase.hub.form.answers import clean
from bizcase.hub.form.cells import as_shown
from bizcase.hub.form.questions import PARENT
from bizcase.hub.form.read_answers import GUESSED, KEPT, NEW_ID, Account, Spot
from bizcase.hub.form.read_layout import TableAt, matched
from bizcase.hub.form.read_words import Wording
from bizcase.specification.references import KEPT as KEPT_IDS
from bizcase.specification.references import as_excel_reads
from bizcase.specification.shape import Field
from bizcase.specification.words import listed, shown
from bizcase.workbook.typed import Typed, TypedSheet

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,19}")
_OFFERED = re.compile(r"[A-Za-z_-]{1,6}\d{1,4}")
"""An id as a form offers it; alone in a row, it says nothing."""
HEADS_AGAIN = 0.6
"""The share of a row's words that must be heads of the table for it to be a pasted row of heads."""


@dataclass
class RowAt:
    """A row that was filled in: its cells by the paths of their columns, its id, and, once it is placed, its path in the data
    (`stakeholders.map[2]`) and its name for people (`stakeholders.map[S2]`)."""

    table: str
    sheet: str
    row: int
    cells: dict[str, tuple[Typed, Spot]]
    columns: Mapping[str, int]
    id: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    dotted: str = ""
    named: str = ""

    @property
    def texts(self) -> frozenset[tuple[str, str]]:
        """What was typed into the row."""
        return frozenset((path, as_shown(cell.value, cell.look)) for path, (cell, _) in self.cells.items()
                         if cell.value is not None)


def rows_of(sheet: TypedSheet, table: TableAt, wording: Wording, account: Account, keys: int) -> Iterator[RowAt]:
    """The filled rows of a table, in their order. What stands under a head that is not known is kept as a remark."""
    columns, unknown = table.columns, table.unknown
    for at in table.guessed:
        spot = Spot(sheet.title, table.heads, at)
        account.tell(GUESSED, Severity.ADVISORY, spot, f"the head “{shown(sheet.row(table.heads)[at].value)}” is read as "
                     f"“{wording.head_of(table.path, columns[at])}”, which stood there", "correct it if that is wrong")
    account.used |= {Spot(sheet.title, table.heads, at) for at in columns if at not in table.guessed}
    heads = table.heads
    for number in table.rows:
        typed = {at: cell for at, cell in sheet.row(number).items()
                 if at != keys and _holds_something(cell) and (at in columns or not cell.formula)}
        if not typed or all(wording.is_own(cell.value) for cell in typed.values()):
            continue
        texts = {at: clean(cell.value) for at, cell in typed.items() if isinstance(cell.value, str)}
        again, others = matched(texts, table.path, wording)
        if len(again) > 1 and len(again) >= HEADS_AGAIN * len(typed):
            columns, unknown, heads = again, others, number
            account.used |= {Spot(sheet.title, number, at) for at in again}
            continue
        cells = {columns[at]: (cell, Spot(sheet.title, number, at)) for at, cell in typed.items() if at in columns}
        if not cells or _is_offered(cells) or (len(typed) == 1 and columns is not table.columns and _is_offered(
                {table.columns.get(at, ""): (cell, Spot(sheet.title, number, at)) for at, cell in typed.items()})):
            account.used |= {spot for _, spot in cells.values()}
            continue
        _keep_unknown(sheet.title, number, heads, {unknown[at]: (at, cell) for at, cell in typed.items() if at in unknown
                                                   and not cell.formula and not wording.is_own(cell.value)}, table.path, account)
        yield RowAt(table.path, sheet.title, number, cells, {path: at for at, path in columns.items()})


def _keep_unknown(sheet: str, row: int, heads: int, found: Mapping[str, tuple[int, Typed]], path: str, account: Account) -> None:
    """Keeps what stands in a row under heads that are not known, with the heads."""
    if not found:
        return
    first = Spot(sheet, row, min(at for at, _ in found.values()))
    account.used |= {Spot(sheet, line, at) for at, _ in found.values() for line in (row, heads)}
    told = "; ".join(f"{clean(head)}: {clean(as_shown(cell.value, cell.look))}" for head, (_, cell) in found.items()
                     if cell.value is not None)
    columns = listed((f"“{shown(head)}”" for head in found), 5)
    account.no_field(told, first, path, f"the table has no column {columns}")


def _holds_something(cell: Typed) -> bool:
    return bool(cell.note or cell.formula or (cell.value is not None and str(cell.value).strip()))


def _is_offered(cells: Mapping[str, tuple[Typed, Spot]]) -> bool:
    """Whether a row holds no more than the id that the form has given it."""
    if set(cells) != {"id"}:
        return False
    cell, _ = cells["id"]
    return not cell.note and isinstance(cell.value, str) and _OFFERED.fullmatch(cell.value.strip()) is not None


class Ids:
    """Gives every row an id of its own: that which it has, where no other row had it first."""

    def __init__(self, account: Account, offered: Mapping[str, set[str]]) -> None:
        self.account = account
        self.taken: set[str] = set()
        self.offered = {as_excel_reads(name) for names in offered.values() for name in names}
        self.letters: dict[str, str] = {}
        for table, names in offered.items():
            first = next((found for name in sorted(names) if (found := re.match(r"([A-Za-z_-]+)\d", name))), None)
            if first:
                self.letters[table] = first[1]

    def give(self, rows: list[RowAt], fields: Field, wording: Wording) -> None:
        """The ids of a table's rows; each that is new is told."""
        later = []
        for row in rows:
            name = self._own(row)
            if name and as_excel_reads(name) not in self.taken.union(KEPT_IDS):
                row.id = name
                self.taken.add(as_excel_reads(name))
                self.letters.setdefault(row.table, (re.match(r"[A-Za-z_-]*[A-Za-z]", name) or ["X"])[0])
            else:
                later.append((row, name))
        for row, name in later:
            row.id = self._next(row.table, fields)
            typed, spot = row.cells.get("id", (Typed(None), Spot(row.sheet, row.row, row.columns.get("id", 1))))
            was = as_shown(typed.value, typed.look) if typed.value is not None else ""
            told = f"the row has no id, so it is given {row.id}"
            if name:
                told = f"the id {name} stands in another row too, so this row is given {row.id}"
            elif was:
                told = f"“{shown(was)}” is not an id, so the row is given {row.id}; {KEPT}"
            if was and not name:
                self.account.keep(f"{row.table}[{row.id}].id", was, spot)
            self.account.tell(NEW_ID, Severity.ADVISORY, spot, told, "correct the rows that refer to it, if there are any")

    def _own(self, row: RowAt) -> str:
        cell = row.cells.get("id", (Typed(None), None))[0]
        text = clean(as_shown(cell.value, cell.look)) if cell.value is not None else ""
        return text if _ID.fullmatch(text) else ""

    def _next(self, table: str, fields: Field) -> str:
        """The next free id in the manner of the table's own."""
        example = re.match(r"[A-Za-z_-]+", str(fields.child("id").example))
        letters = self.letters.get(table) or (example[0] if example else "X")
        number = 1
        while as_excel_reads(f"{letters}{number}") in self.taken | self.offered:
            number += 1
        self.taken.add(as_excel_reads(f"{letters}{number}"))
        return f"{letters}{number}"


def lead_of(fields: Field) -> str:
    """The column that names a row: the one that leads, or else the first text that is not an id."""
    leads = [inner.name for inner in fields.fields if inner.lead]
    texts = [inner.name for inner in fields.fields if inner.type == "string" and inner.name not in ("id", PARENT)]
    return next(iter((*leads, *texts)), "")
