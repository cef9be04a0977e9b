"""What a specification answers already: the values of a form's questions and rows, and the remarks of an earlier form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from bizcase.hub.form.questions import PARENT, REMARKS, Form, Table
from bizcase.specification.shape import Rules

_NUMBERED = re.compile(r"([A-Za-z_-]*)(\d+)")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table on the form: its values by the columns' paths. An empty one holds no more than its id."""

    values: Rules


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody typed into an earlier form and could not be placed: about which field, the words, and from where."""

    field: str
    text: str
    source: str

    @property
    def row(self) -> Row:
        """The remark in the block of remarks."""
        values = {"field": self.field, "text": self.text, "from": self.source}
        return Row({path: value for path, value in values.items() if value})


def value_of(data: Any, path: str) -> Any:
    """The value at a path of mappings; None where there is none."""
    for step in path.split("."):
        data = data.get(step) if isinstance(data, dict) else None
    return data


def rows_of(table: Table, data: Rules) -> list[Row]:
    """The rows of a table: those that are there, then empty ones with ids that are free."""
    found = [Row({column.path: outer if column.path == PARENT else value_of(row, column.path) for column in table.columns})
             for outer, row in _rows(table, data)]
    empty = range(max(1, table.rows - len(found)))
    if not any(column.path == "id" for column in table.columns):
        return [*found, *(Row({}) for _ in empty)]
    ids = _free_ids(table, [str(row.values.get("id")) for row in found])
    return [*found, *(Row({"id": next(ids)}) for _ in empty)]


def remarks_of(data: Rules) -> list[Remark]:
    """The remarks of a specification, in their order."""
    rows = value_of(data, REMARKS)
    return [Remark(str(row.get("field", "")), str(row.get("text", "")), str(row.get("from", "")))
            for row in (rows if isinstance(rows, list) else []) if isinstance(row, dict)]


def placed(remarks: Iterable[Remark], form: Form, data: Rules) -> dict[str, Remark]:
    """The remarks that can stand in the cell of their field, by its address: it is asked, and has no other answer."""
    empty = {question.path for question in form.questions if value_of(data, question.path) is None}
    for table in form.tables:
        rows = rows_of(table, data)
        empty |= {f"{where}.{column.path}" for where, row in zip(addresses(table, rows), rows, strict=True)
                  for column in table.columns if row.values.get(column.path) is None}
    found: dict[str, Remark] = {}
    for remark in remarks:
        if remark.field in empty:
            found.setdefault(remark.field, remark)
    return found


def addresses(table: Table, rows: Sequence[Row]) -> Iterator[str]:
    """How a remark names each row, by its id, else its number: `resources.costs[C2]`, `benefits.register[B1].targets[1]`."""
    inner = table.path.removeprefix(f"{table.parent}[]")
    for number, row in enumerate(rows, 1):
        around = f"{table.parent}[{row.values.get(PARENT, '')}]" if table.parent else ""
        yield f"{around}{inner}[{row.values.get('id', number)}]"


def _rows(table: Table, data: Rules) -> Iterator[tuple[str, Any]]:
    """The rows of a table, each after the id of the row around it, which is empty outside rows."""
    if not table.parent:
        yield from (("", row) for row in _list(value_of(data, table.path)))
        return
    inner = table.path.removeprefix(f"{table.parent}[].")
    for outer in _list(value_of(data, table.parent)):
        yield from ((str(value_of(outer, "id") or ""), row) for row in _list(value_of(outer, inner)))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _free_ids(table: Table, taken: Iterable[str]) -> Iterator[str]:
    """Ids after the highest there is, in the manner of those there are, else of the example."""
    found = [match for match in map(_NUMBERED.fullmatch, taken) if match]
    manner = found[-1] if found else _NUMBERED.fullmatch(str(table.field.child("id").example))
    letters = manner[1] if manner else table.field.name[:1].upper()
    highest = max((int(match[2]) for match in found if match[1].lower() == letters.lower()), default=0)
    return (f"{letters}{number}" for number in count(highest + 1))
