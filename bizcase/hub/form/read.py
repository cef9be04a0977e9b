"""Reads an intake form that came back into a specification, tolerant of how people fill in forms. Nothing typed is lost: what
cannot be placed is kept under `document.remarks`, and told with its cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bizcase.errors import Finding, Place, Severity, UnreadableFile
from bizcase.hub.form.answers import Unread, clean
from bizcase.hub.form.as_yaml import as_yaml
from bizcase.hub.form.cells import as_shown
from bizcase.hub.form.cells_words import row_of
from bizcase.hub.form.questions import PARENT, REMARKS
from bizcase.hub.form.read_answers import GUESSED, NO_PARENT, Account, Remark, Spot, got, put
from bizcase.hub.form.read_kind import Kind, kind_of
from bizcase.hub.form.read_layout import layout_of
from bizcase.hub.form.read_rows import Ids, RowAt, lead_of, rows_of
from bizcase.hub.form.read_sheet import keep_strays, read_questions
from bizcase.hub.form.read_words import Wording
from bizcase.specification.json_schema import SCHEMA_FILE
from bizcase.specification.shape import Field, load_shape
from bizcase.specification.source import read
from bizcase.specification.words import shown
from bizcase.strangers import DAMAGED
from bizcase.workbook.embedded import TITLE
from bizcase.workbook.form_book import LISTS
from bizcase.workbook.typed import TypedSheet, address, typed_sheets

NO_FORM = "F01"
MOST_UNPACKED, MOST_PARTS = 4_000_000, 100
"""Bytes of a part, and parts, that a glance looks into."""
_WITH_KEYS = ("xl/sharedStrings", "xl/worksheets/sheet")
FEWEST = 3
"""Questions that must be found by their words alone, to take a workbook for a form."""
_KEY = re.compile(rb">(?:table:[a-z_]+\.[a-z_]+|document\.title)<")


@dataclass(frozen=True, slots=True)
class Open:
    """A needed answer that is not there: the words of the question, and its cell."""

    label: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What a form says. `text` is the specification as YAML and `data` the same as data; `cells` leads from a path in it
    (`resources.costs[2].amount`) to sheet and cell; `open` are the needed answers that are still to come; `taken` counts the
    answers. `profile_text` is the file of a hub's own profile, where the form carries one."""

    name: str
    text: str
    data: Mapping[str, Any]
    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...]
    cells: Mapping[str, tuple[str, str]]
    open: tuple[Open, ...]
    taken: int
    profile_text: str = ""

    def placed(self, finding: Finding) -> Finding:
        """A finding about a line of the specification, as one about the cell of the form that it came from, or should be in."""
        path = finding.place.path
        found = next((self.cells[outer] for outer in _outwards(path) if outer in self.cells), None) or next(
            (at for inner, at in self.cells.items() if inner.startswith((f"{path}.", f"{path}["))), None)
        where = f"sheet {found[0]}, cell {found[1]}" if found and path else ""
        return replace(finding, place=Place(self.name, path=path, where=where))


def is_form(content: bytes) -> bool:
    """Whether a file is an intake form: a quick look, without parsing it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [entry for entry in archive.infolist() if entry.filename.startswith(_WITH_KEYS)
                     and entry.file_size <= MOST_UNPACKED]
            return any(_KEY.search(archive.read(entry)) for entry in parts[:MOST_PARTS])
    except DAMAGED:
        return False


def read_form(content: bytes, name: str) -> ReadForm:
    """The specification that a form holds, with all that is to be told of it.

    Raises UnreadableFile, with one finding, for what is no form, is not safe to open or is damaged.
    """
    sheets = typed_sheets(content, name)
    kind = kind_of(sheets, name)
    return _Reader(kind, [sheet for sheet in sheets if sheet.title not in (TITLE, LISTS)], name).done()


class _Reader:
    """Reads one form: first what is asked where, then the rows and their ids, then every cell."""

    def __init__(self, kind: Kind, sheets: list[TypedSheet], name: str) -> None:
        self.kind, self.name = kind, name
        self.shape = load_shape()
        self.wording = Wording(kind.form, kind.keys)
        known = frozenset(path for path, found in self.shape.known.items() if isinstance(found, Field) and "." in path)
        self.layouts = [layout_of(sheet, self.wording, known) for sheet in sheets]
        found = sum(len(layout.questions) + len(layout.tables) for layout in self.layouts)
        if not found or (found < FEWEST and not kind.keys.labels and not any(layout.keys for layout in self.layouts)):
            raise UnreadableFile(Finding(Place(name), NO_FORM, Severity.ERROR,
                                         "this is no intake form: none of its questions is there",
                                         "give the form that bizcase form wrote, filled in"))
        self.account = Account(name, findings=list(kind.findings))
        self.data: dict[str, Any] = {}
        self.cells: dict[str, tuple[str, str]] = {}
        self.kept: list[dict[str, str]] = []

    def done(self) -> ReadForm:
        rows = self._rows()
        self._ids(rows)
        self.account.known = {table: {row.id: self._name(row) for row in found if row.id} for table, found in rows.items()}
        for table in sorted(rows, key=lambda path: path.count("[]")):
            self._place(table, rows)
        answered = read_questions(self.layouts, self.shape, self.wording, self.account, self.data, self.cells)
        for layout in self.layouts:
            keep_strays(layout, self.wording, self.account)
        self.account.finish()
        return self._read(rows, answered)

    def _rows(self) -> dict[str, list[RowAt]]:
        """The filled rows of every table, by its path; a row that a copy of its sheet repeats counts once."""
        found: dict[str, list[RowAt]] = {}
        seen: dict[tuple[str, frozenset[tuple[str, str]]], str] = {}
        for layout in self.layouts:
            for table in layout.tables:
                self.cells.setdefault(table.path, (layout.sheet.title, address(table.heads, min(table.columns, default=1))))
                for row in rows_of(layout.sheet, table, self.wording, self.account, layout.keys):
                    if seen.setdefault((table.path, row.texts), row.sheet) == row.sheet:
                        found.setdefault(table.path, []).append(row)
                    else:
                        self.account.used |= {spot for _, spot in row.cells.values()}
        for row in found.pop(REMARKS, []):
            self._remark(row)
        return found

    def _remark(self, row: RowAt) -> None:
        """Takes over what an earlier form could not place."""
        self.account.used |= {spot for _, spot in row.cells.values()}
        said = {name: clean(as_shown(cell.value, cell.look)) for name, (cell, _) in row.cells.items() if cell.value is not None}
        if said.get("text"):
            self.kept.append(said)

    def _ids(self, rows: Mapping[str, list[RowAt]]) -> None:
        offered: dict[str, set[str]] = {}
        for layout in self.layouts:
            for table in layout.tables:
                columns = [at for at, path in table.columns.items() if path == "id"]
                offered.setdefault(table.path, set()).update(
                    str(cell.value) for number in table.rows for at, cell in layout.sheet.row(number).items()
                    if at in columns and isinstance(cell.value, str))
        ids = Ids(self.account, offered)
        for path, found in rows.items():
            fields = self.shape.find(path)
            if isinstance(fields, Field) and any(inner.name == "id" for inner in fields.fields):
                ids.give(found, fields, self.wording)

    def _name(self, row: RowAt) -> str:
        fields = self.shape.find(row.table)
        cell = row.cells.get(lead_of(fields)) if isinstance(fields, Field) else None
        return clean(str(cell[0].value)) if cell and cell[0].value is not None else ""

    def _place(self, table: str, rows: Mapping[str, list[RowAt]]) -> None:
        """Reads the rows of a table and puts them where they belong."""
        parent, _, inner = table.rpartition("[].")
        fields = self.shape.find(table)
        before: RowAt | None = None
        for number, row in enumerate(rows[table], 1):
            row.named = f"{table.replace('[]', '')}[{row.id or number}]"
            if not isinstance(fields, Field):
                self._unknown(row)
                continue
            around = self._around(row, parent, rows.get(parent, []), before) if parent else None
            if parent and around is None:
                self._homeless(row, fields)
                continue
            before = around
            row.named = f"{around.named}.{inner}[{row.id or number}]" if around else row.named
            self._values(row, fields)
            if row.id or row.values:
                self._add(row, around, inner)

    def _values(self, row: RowAt, fields: Field) -> None:
        if row.id:
            row.values["id"] = row.id
            self.account.used |= {row.cells["id"][1]} if "id" in row.cells else set()
        for path, (cell, spot) in row.cells.items():
            if path in ("id", PARENT):
                continue
            asked = self.shape.find(f"{fields.path}[].{path}")
            label = self.wording.head_of(row.table, path)
            if not isinstance(asked, Field):
                self.account.no_field(as_shown(cell.value, cell.look), spot, f"{row.named}.{path}",
                                      f"“{shown(label)}” is not asked any more")
                continue
            value = self.account.answer(cell, spot, asked, f"{row.named}.{path}", label)
            if value is not None:
                put(row.values, path, value)

    def _add(self, row: RowAt, around: RowAt | None, inner: str) -> None:
        holder: dict[str, Any] = around.values if around else self.data
        path = inner if around else row.table
        *steps, last = path.split(".")
        for step in steps:
            holder = holder.setdefault(step, {})
        listed: list[Any] = holder.setdefault(last, [])
        listed.append(row.values)
        row.dotted = f"{around.dotted}.{inner}[{len(listed)}]" if around else f"{row.table}[{len(listed)}]"
        self.cells[row.dotted] = (row.sheet, address(row.row, min(row.columns.values())))
        for name, at in row.columns.items():
            self.cells[f"{row.dotted}.{name}"] = (row.sheet, address(row.row, at))

    def _around(self, row: RowAt, parent: str, outer: list[RowAt], before: RowAt | None) -> RowAt | None:
        """The row that a nested row belongs to; where it does not say, the only one there is, or that of the row above."""
        fields = self.shape.find(parent)
        assert isinstance(fields, Field)
        cell, spot = row.cells.get(PARENT, (None, Spot(row.sheet, row.row, row.columns.get(PARENT, 1))))
        self.account.used.add(spot)
        outer = [each for each in outer if each.dotted]
        if cell is None or cell.value is None:
            guess = outer[0] if len(outer) == 1 else before
            if guess is not None:
                self.account.tell(GUESSED, Severity.ADVISORY, spot,
                                  f"the row does not say where it belongs; it is put to {guess.id}",
                                  "write the id in its first column", row.named)
            return guess
        asked = replace(fields.child("id"), refers_to=parent)
        reading = row_of(clean(as_shown(cell.value, cell.look)), asked, self.account.known)
        return None if isinstance(reading, Unread) else next((each for each in outer if each.id == reading.value), None)

    def _homeless(self, row: RowAt, fields: Field) -> None:
        """Keeps a row of which nobody can tell where it belongs."""
        for path, (cell, spot) in row.cells.items():
            self.account.used.add(spot)
            if cell.value is not None:
                self.account.keep(f"{row.named}.{path}" if path != PARENT else row.named, as_shown(cell.value, cell.look), spot)
        spot = next(iter(row.cells.values()))[1]
        given = row.cells[PARENT][0].value if PARENT in row.cells else None
        said = "the row does not say where" if given is None else f"“{shown(given)}” names no row there"
        self.account.tell(NO_PARENT, Severity.MAJOR, spot, f"{fields.label}: {said}; it is kept as a remark",
                          "write the id of the row that it belongs to in its first column", row.named)

    def _unknown(self, row: RowAt) -> None:
        for path, (cell, spot) in row.cells.items():
            if cell.value is not None and path != "id":
                self.account.no_field(as_shown(cell.value, cell.look), spot, f"{row.named}.{path}",
                                      "the table is not asked any more")
            self.account.used.add(spot)

    def _read(self, rows: Mapping[str, list[RowAt]], answered: int) -> ReadForm:
        remarks = [*self.kept, *({"field": each.field, "text": each.text, "from": each.source} for each in self.account.remarks
                                 if not any((each.field, each.text) == (old.get("field", ""), old["text"]) for old in self.kept))]
        if remarks:
            put(self.data, REMARKS, [{key: text for key, text in remark.items() if text} for remark in remarks])
        whole = {"bizcase": 1, "profile": self.kind.profile, **self.data}
        text = as_yaml(whole, SCHEMA_FILE)
        source, _ = read(text, self.name)
        taken = answered + sum(len(row.cells.keys() - {"id", PARENT}) for found in rows.values() for row in found if row.dotted)
        return ReadForm(self.name, text, source.data, tuple(self._sorted()), tuple(self.account.remarks), self.cells,
                        tuple(self._open(rows)), taken, self.kind.keys.profile_text)

    def _sorted(self) -> list[Finding]:
        """The findings as they stand on the sheets."""
        order = {layout.sheet.title: number for number, layout in enumerate(self.layouts)}

        def place(finding: Finding) -> tuple[int, int, str]:
            sheet, _, cell = finding.place.where.removeprefix("sheet ").rpartition(", cell ")
            return order.get(sheet, -1), int("".join(filter(str.isdigit, cell)) or 0), finding.code

        return sorted(dict.fromkeys(self.account.findings), key=place)

    def _open(self, rows: Mapping[str, list[RowAt]]) -> Iterator[Open]:
        """The needed answers that are not there."""
        for question in self.kind.form.questions:
            if question.needed and got(self.data, question.path) is None and question.path in self.cells:
                yield Open(question.label, *self.cells[question.path])
        for table in self.kind.form.tables:
            begun = [row for row in rows.get(table.path, []) if row.dotted]
            if table.needed and not begun and table.path in self.cells:
                yield Open(table.label, *self.cells[table.path])
            for row in begun:
                for column in table.columns:
                    cell = self.cells.get(f"{row.dotted}.{column.path}")
                    if cell and column.needed and column.path not in ("id", PARENT) and got(row.values, column.path) is None:
                        yield Open(f"{table.label}: {column.label}", *cell)


def _outwards(path: str) -> list[str]:
    """A path and all around it: `a.b[2].c`, `a.b[2]`, `a.b`, `a`."""
    found = [path]
    while found[-1]:
        last = found[-1]
        found.append(last.rpartition("[")[0] if last.endswith("]") else last.rpartition(".")[0])
    return found[:-1]
