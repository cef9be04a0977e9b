"""The grammar of one answer in one cell, by the type of its field: writing and reading.

What is written is read back at once. Where that does not give the same value, the value is written as one line of YAML in
brackets, which the reader takes too; so no sound value is lost on its way through a form. A text that ends in a line end, as a
block of YAML does, is the same as one that does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from bizcase.appraisal.figure import Unit
from bizcase.errors import UnreadableFile
from bizcase.hub.form.answers import (
    Answer,
    CellValue,
    Known,
    NoAnswer,
    Reading,
    Unread,
    clean,
    is_no_answer,
)
from bizcase.hub.form.cells_dates import date_answer, spoken, spoken_month, year_answer
from bizcase.hub.form.cells_money import money_answer, written_money
from bizcase.hub.form.cells_numbers import plain_number, quantity_answer, written_number, written_quantity, written_share
from bizcase.hub.form.cells_words import choice_of, items_of, row_of, rows_of, written_items, yes_or_no
from bizcase.specification.given import unit_of
from bizcase.specification.shape import Field
from bizcase.specification.skeleton import on_one_line
from bizcase.specification.source import read
from bizcase.specification.validate import TYPE_WORDS
from bizcase.specification.values import parse_date
from bizcase.specification.words import shown

MOST_SIGNS = 600
"""Characters of an answer that is no free text."""
_FREE = ("string", "text", "list of string")
_BLANKS = re.compile(r"[^\S\n]+")
PARAGRAPH = 100
"""Characters; a longer text is written as a block, which ends with a line end."""
ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA", "Err:")
_ONE_TEXT = re.compile(r'\["(?:[^"\\]|\\.)*"\]', re.DOTALL)
_MONTH_ALONE = re.compile(r"(?:\[[^]]*\])*[^dD]*m[^dD]*y[^dD]*", re.IGNORECASE)
"""A number format that shows month and year."""
_IN_BRACKETS = re.compile(r"\{.*\}|\[.*\]", re.DOTALL)


def from_cell(value: CellValue, field: Field, known: Known | None = None, look: str = "General") -> Reading:
    """What a cell answers to a field. `known` are the rows that an id may name (where it is None, any id will do), and `look`
    is the cell's number format."""
    if isinstance(value, str):
        value = clean(value)
        if not value:
            return None
        if value.startswith(ERRORS) and not value.startswith("#N/A"):
            return Unread(f"it shows the error {shown(value)}", "type the answer itself, without a formula")
        exact = _in_brackets(value, field)
        if exact is not None:
            return exact
        if is_no_answer(value) and value.casefold() not in field.allowed:
            return NoAnswer(value)
    if value is None:
        return None
    kind = _kind(field)
    if isinstance(value, str) and kind not in _FREE:
        if len(value) > MOST_SIGNS:
            return Unread(f"it holds {len(value):,} characters, too many for {expected(field)}", "write the answer alone")
        value = _BLANKS.sub(" ", value)
    return _READERS[kind](value, field, known, look)


def to_cell(value: Any, field: Field) -> CellValue:
    """What to write into a cell for a value of a field; nothing for nothing. A value of the wrong kind, as an unfinished
    specification may hold, is written as it is, and told of when the form is read."""
    if value is None:
        return None
    for attempt in (_natural, _one_line, _plain_json):
        try:
            written = attempt(value, field)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            continue
        if written is not None and _same(from_cell(written, field), value, field):
            return written
    return value if isinstance(value, (str, int, float, bool)) else _plain_json(value, field)


def _kind(field: Field) -> str:
    if field.type == "list":
        return f"list of {'choice' if field.allowed else field.item_type}"
    return "choice" if field.allowed else field.type


def _same(reading: Reading, value: Any, field: Field) -> bool:
    if not isinstance(reading, Answer) or reading.left:
        return False
    if field.type == "text" and isinstance(value, str) and isinstance(reading.value, str):
        return reading.value.removesuffix("\n") == value.removesuffix("\n")
    return bool(reading.value == value) and _kinds(reading.value) == _kinds(value)


def _kinds(value: Any) -> Any:
    """What kinds of values there are, to tell true from 1."""
    if isinstance(value, dict):
        return {key: _kinds(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_kinds(inner) for inner in value]
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value)


def _in_brackets(text: str, field: Field) -> Answer | None:
    """The value of a text that is one line of YAML, where it is of the kind that the field takes."""
    wanted = {"quantity": dict, "money": dict, "list": list}.get(field.type)
    if wanted is None:
        return Answer(_of_json(text)[0]) if _ONE_TEXT.fullmatch(text) and _of_json(text) else None
    if not _IN_BRACKETS.fullmatch(text):
        return None
    value = _of_json(text)
    if value is None:
        try:
            source, findings = read(f"value: {text}", "cell")
        except UnreadableFile:
            return None
        value = None if findings else source.data.get("value")
    return Answer(value) if isinstance(value, wanted) else None


def _of_json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _text(value: CellValue, field: Field, known: Known | None, look: str) -> Reading:
    text = as_shown(value, look)
    return Answer(f"{text}\n" if field.type == "text" and ("\n" in text or len(text) > PARAGRAPH) else text)


def as_shown(value: CellValue, look: str = "General") -> str:
    """A cell as a text: a number with the sign of its format, a date in words."""
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime() | date():
            day = value.date() if isinstance(value, datetime) else value
            return spoken_month(day) if day.day == 1 and _MONTH_ALONE.fullmatch(look) else spoken(day)
        case int() | float():
            whole = int(value) if value == int(value) else value
            sign = next((sign for sign in "£€$" if sign in look), "")
            return written_share(whole) if "%" in look else f"{sign}{whole:,}" if sign else str(whole)
        case time():
            return value.isoformat("minutes")
        case _:
            return str(value)


def _number(value: CellValue, field: Field, known: Known | None, look: str) -> Reading:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if field.type == "integer" and value != int(value):
            return plain_number(str(value), field)
        return Answer(int(value) if value == int(value) else value)
    if not isinstance(value, str):
        told = f"it holds {as_shown(value, look)}, which is not a number"
        return Unread(told, "Excel makes a date of 3/4; write 0.75, and give the cell the format General"
                      if isinstance(value, (date, datetime)) else "write the number alone")
    return quantity_answer(value, field) if field.type == "quantity" else plain_number(value, field)


def _identifier(value: CellValue, field: Field, known: Known | None, look: str) -> Reading:
    return row_of(as_shown(value, look), field, known if field.refers_to else None)


def _list_of_rows(value: CellValue, field: Field, known: Known | None, look: str) -> Reading:
    return rows_of(as_shown(value, look), field, known)


def _list_of_texts(value: CellValue, field: Field, known: Known | None, look: str) -> Reading:
    return Answer(items_of(as_shown(value, look)))


def _list_of_choices(value: CellValue, field: Field, known: Known | None, look: str) -> Reading:
    text = as_shown(value, look)
    items = [inner for item in items_of(text) for inner in _apart(item, field)]
    return _joined([choice_of(item, field) for item in items], text)


def _apart(item: str, field: Field) -> list[str]:
    """An item, or those that it joins with `and`, where each of them is a choice."""
    parts = re.split(r"\s*(?:[&/+]|\band\b)\s*", item)
    return parts if len(parts) > 1 and all(choice_of(part, field) == Answer(part.casefold()) for part in parts) else [item]


def _list_of_numbers(value: CellValue, field: Field, known: Known | None, look: str) -> Reading:
    text = as_shown(value, look)
    return _joined([plain_number(item, field) for item in items_of(text.replace(" and ", "; "))], text)


def _joined(found: list[Answer | Unread], text: str) -> Reading:
    """The answers of a list; a cell of which nothing can be read is unread as a whole."""
    read_ones = [each for each in found if isinstance(each, Answer)]
    lost = [each for each in found if isinstance(each, Unread)]
    if not read_ones:
        return lost[0] if lost else None
    notes = [*(each.note for each in read_ones if each.note), *(each.message for each in lost)]
    is_left = bool(lost) or any(each.left for each in read_ones)
    return Answer([each.value for each in read_ones], "; ".join(notes), text if is_left else "")


_Reader = Callable[[CellValue, Field, Known | None, str], Reading]
_READERS: dict[str, _Reader] = {
    "string": _text, "text": _text, "integer": _number, "number": _number, "quantity": _number, "identifier": _identifier,
    "boolean": lambda value, field, known, look: yes_or_no(value),
    "choice": lambda value, field, known, look: choice_of(as_shown(value, look), field),
    "date": lambda value, field, known, look: date_answer(value),
    "year": lambda value, field, known, look: year_answer(value),
    "money": lambda value, field, known, look: money_answer(value),
    "list of string": _list_of_texts, "list of identifier": _list_of_rows, "list of choice": _list_of_choices,
    "list of number": _list_of_numbers,
}


def _natural(value: Any, field: Field) -> CellValue:
    """A value as a person would type it."""
    match _kind(field):
        case "boolean":
            return ("no", "yes")[value] if isinstance(value, bool) else None
        case "date":
            return parse_date(value)
        case "quantity" if isinstance(value, dict):
            return written_quantity(value, field)
        case "money":
            return written_money(value)
        case "list of string" | "list of identifier":
            return written_items(value)
        case "list of number":
            write = written_share if unit_of(field) is Unit.SHARE else written_number
            return "; ".join(map(write, value))
        case "choice":
            return str(field.choices.get(value, value)) if isinstance(value, str) else None
        case "list of choice":
            return written_items([field.choices.get(item, item) for item in value])
        case "text":
            return str(value).removesuffix("\n")
        case "integer" | "number" | "quantity":
            return value if isinstance(value, (int, float)) else None
        case _:
            return value if isinstance(value, str) else None


def _one_line(value: Any, field: Field) -> CellValue:
    return on_one_line(value) if isinstance(value, (dict, list)) else None


def _plain_json(value: Any, field: Field) -> CellValue:
    """A value in brackets, with every sign written so that Excel keeps it."""
    inner = value if isinstance(value, (dict, list)) else [value]
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", r"\\u005f", json.dumps(inner))


def expected(field: Field) -> str:
    """What a field takes, in words."""
    return TYPE_WORDS.get(field.type, field.type)
