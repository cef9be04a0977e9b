"""Checks what Cerberus cannot say exactly about one value: its form, and whether Word and Excel can hold it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from bizcase.appraisal.financial_year import parse_year, write_year
from bizcase.specification.shape import Field
from bizcase.specification.source import FieldPath
from bizcase.specification.words import nearest, shown

EXCEL_CELL = 32_767
CORE_PROPERTY = 255
EXCEL_DIGITS = 15
EARLIEST = date(1900, 3, 1)
IN_CORE_PROPERTIES = {"document.title", "document.organisation", "document.author"}

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,19}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHORT_FORM = {"per_year", "from", "to", "ramp"}
_ONCE = {"once", "in"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a value: the steps from the field to it, a code, a message, a hint."""

    code: str
    message: str
    hint: str = ""
    steps: FieldPath = ()


def faults_of(value: Any, field: Field) -> Iterator[Fault]:
    """What is wrong with the value of a field whose general type is right."""
    kind = field.item_type if field.type == "list" else field.type
    check = _CHECKS.get(kind)
    if check is None:
        return
    if field.type == "list":
        for index, item in enumerate(value if isinstance(value, list) else []):
            for fault in check(item, field):
                yield Fault(fault.code, fault.message, fault.hint, (index, *fault.steps))
    else:
        yield from check(value, field)


def parse_date(text: str) -> date:
    """The date of "2026-03-12". Raises ValueError."""
    if not _DATE.fullmatch(text):
        raise ValueError(f"{text!r} is not a date")
    return date.fromisoformat(text)


def _text(value: Any, field: Field | None) -> Iterator[Fault]:
    if not isinstance(value, str):
        return
    for position, character in enumerate(value):
        if _unholdable(character):
            before = shown(value[max(0, position - 20) : position])
            yield Fault("E70", f"the character U+{ord(character):04X} after '{before}' cannot be kept in a Word or "
                               "Excel file", "delete it; it often comes from copying out of a PDF")
            return
    if field and field.path in IN_CORE_PROPERTIES and len(value) > CORE_PROPERTY:
        yield Fault("E71", f"the text holds {len(value):,} characters; a document property holds {CORE_PROPERTY}",
                    "shorten it")


def _string(value: Any, field: Field | None) -> Iterator[Fault]:
    yield from _text(value, field)
    if isinstance(value, str) and len(value.encode("utf-16-le", "surrogatepass")) // 2 > EXCEL_CELL:
        yield Fault("E71", f"the text holds {len(value):,} characters; an Excel cell holds {EXCEL_CELL:,}",
                    "shorten it, or move the story to a narrative field")


def _unholdable(character: str) -> bool:
    code = ord(character)
    return (code < 0x20 and character not in "\t\n") or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF)


def _date(value: Any, field: Field | None) -> Iterator[Fault]:
    if not isinstance(value, str):
        return
    try:
        day = parse_date(value)
    except ValueError:
        yield Fault("E29", f"{shown(value)} is not a date", "write year-month-day, like 2026-03-12")
        return
    if day < EARLIEST:
        yield Fault("E73", f"{shown(value)} is before {EARLIEST}, the first date Excel counts rightly",
                    "check the year")


def _year(value: Any, field: Field | None) -> Iterator[Fault]:
    if isinstance(value, str):
        yield from _year_faults(value, ())


def _year_faults(value: Any, steps: FieldPath) -> Iterator[Fault]:
    try:
        parse_year(str(value))
    except ValueError as error:
        digits = str(value).strip()
        hint = f"{digits} could be {write_year(int(digits))}" if re.fullmatch(r"(19|20)\d\d", digits) else ""
        yield Fault("E28", str(error), hint or "a financial year runs from April to March", steps)


def _identifier(value: Any, field: Field | None) -> Iterator[Fault]:
    if isinstance(value, str) and not _IDENTIFIER.fullmatch(value):
        yield Fault("E30", f"{shown(value)} is not an id", "a letter, then at most 19 letters, digits, - or _, like B1")


def _number(value: Any, field: Field | None) -> Iterator[Fault]:
    if isinstance(value, dict):
        for name in ("unit", "source"):
            for fault in _string(value.get(name), None):
                yield Fault(fault.code, fault.message, fault.hint, (name,))
        for name in ("value", "low", "high"):
            for fault in _number(value.get(name), None):
                yield Fault(fault.code, fault.message, fault.hint, (name,))
        yield from _range(value)
    elif isinstance(value, int) and not isinstance(value, bool) and len(str(abs(value))) > EXCEL_DIGITS:
        yield Fault("E72", f"{shown(value)} has more than {EXCEL_DIGITS} digits; Excel would change the last ones",
                    "use a larger unit, or write it as text")


def _range(value: dict[str, Any]) -> Iterator[Fault]:
    ordered = [(name, value[name]) for name in ("low", "value", "high") if _is_number(value.get(name))]
    for (name, smaller), (next_name, larger) in pairwise(ordered):
        if smaller > larger:
            yield Fault("E24", f"{name} is {shown(smaller)}, above {next_name}, which is {shown(larger)}",
                        "low is at most the value, and high at least", (name,))


def _money(value: Any, field: Field | None) -> Iterator[Fault]:
    if not isinstance(value, dict):
        return
    keys = {str(key) for key in value}
    if keys & _SHORT_FORM:
        yield from _money_fields(value, _SHORT_FORM, "per_year", ("from", "to"))
        yield from _ramp(value.get("ramp"))
    elif keys & _ONCE:
        yield from _money_fields(value, _ONCE, "once", ("in",))
        for key in sorted(_ONCE - keys):
            yield Fault("E21", f"{key} is missing beside {next(iter(keys & _ONCE))}", "write `once: 60000` and `in: 2026/27`")
    else:
        for key, amount in value.items():
            if amount is None:
                yield _no_amount(key)
            else:
                yield from _year_faults(key, (key,))
                yield from _amount(amount, key)


def _money_fields(value: dict[str, Any], known: set[str], amount: str, years: tuple[str, ...]) -> Iterator[Fault]:
    for key, content in value.items():
        if content is None:
            yield _no_amount(key)
        elif key not in known:
            word = nearest(str(key), known)
            yield Fault("E27", f"{shown(key)} does not belong beside {amount}",
                        f"did you mean {word}?" if word else "use this form or spell the years out, not both", (key,))
    if amount in value:
        yield from _amount(value[amount], amount)
    elif amount == "per_year":
        yield Fault("E21", "per_year is missing beside from, to or ramp", "write `per_year: 24000`")
    for key in years:
        if key in value:
            yield from _year_faults(value[key], (key,))
    if all(_is_year(value.get(key)) for key in ("from", "to")) and parse_year(value["to"]) < parse_year(value["from"]):
        yield Fault("E50", f"to {value['to']} comes before from {value['from']}", "swap them", ("to",))


def _no_amount(key: str) -> Fault:
    return Fault("E27", f"{shown(key)} stands without an amount", "write amounts without commas: 108000, not 108,000", (key,))


def _is_year(value: Any) -> bool:
    try:
        return bool(parse_year(value))
    except (ValueError, AttributeError):
        return False


def _amount(value: Any, key: str) -> Iterator[Fault]:
    if not _is_number(value):
        yield Fault("E22", f"{shown(value)} is not an amount of money", "write a plain number of pounds, like 12500",
                    (key,))
    elif value < 0:
        yield Fault("E24", f"{shown(value)} is below zero", "costs, benefits and funding are positive amounts", (key,))
    else:
        for fault in _number(value, None):
            yield Fault(fault.code, fault.message, fault.hint, (key,))


def _ramp(value: Any) -> Iterator[Fault]:
    if value is None:
        return
    shares = value if isinstance(value, list) else [value]
    for index, share in enumerate(shares):
        if not isinstance(value, list) or not _is_number(share) or not 0 <= share <= 1:
            yield Fault("E27", f"the ramp holds {shown(share)}", "write shares from 0 to 1, like [0.5, 1]",
                        ("ramp", index) if isinstance(value, list) else ("ramp",))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_CHECKS: dict[str, Callable[[Any, Field | None], Iterator[Fault]]] = {
    "text": _text, "string": _string, "date": _date, "year": _year, "identifier": _identifier,
    "number": _number, "integer": _number, "quantity": _number, "money": _money,
}
