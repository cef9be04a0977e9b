"""Checks what Cerberus cannot say exactly about one value: its form, and whether Word and Excel can hold it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from bizcase.appraisal.financial_year import parse_year, write_year
from bizcase.specification.characters import LIKE_AN_ESCAPE, first_unholdable
from bizcase.specification.shape import Field
from bizcase.specification.source import FieldPath
from bizcase.specification.words import nearest, shown

EXCEL_CELL = 32_767
CORE_PROPERTY = 255
EXCEL_DIGITS = 15
EARLIEST, LATEST = date(1900, 3, 1), date(2200, 12, 31)
YEARS = range(1990, 2151)
"""The financial years that a specification may name, by the year in which they begin."""
IN_CORE_PROPERTIES = {"document.title", "document.organisation", "document.author"}

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,19}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHORT_FORM = {"per_year", "from", "to", "ramp"}
_ONCE = {"once", "in"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a value: a code, a message, a hint, the steps from the field to it; of a key, where it stands."""

    code: str
    message: str
    hint: str = ""
    steps: FieldPath = ()
    about_the_key: bool = False


def faults_of(value: Any, field: Field) -> Iterator[Fault]:
    """What is wrong with the value of a field whose general type is right."""
    kind = field.item_type if field.type == "list" else field.type
    check = _CHECKS.get(kind)
    if check is None:
        return
    if field.type == "list":
        for index, item in enumerate(value if isinstance(value, list) else []):
            for fault in check(item, field):
                yield replace(fault, steps=(index, *fault.steps))
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
    found = first_unholdable(value)
    if found:
        yield Fault("E70", found.message, found.hint)
        return
    if field and field.path in IN_CORE_PROPERTIES and len(value) > CORE_PROPERTY:
        yield Fault("E71", f"the text holds {len(value):,} characters; here Word keeps {CORE_PROPERTY}",
                    "shorten it")


def _string(value: Any, field: Field | None) -> Iterator[Fault]:
    yield from _text(value, field)
    if isinstance(value, str) and units_in_excel(value) > EXCEL_CELL:
        yield Fault("E71", f"the text holds {len(value):,} characters; an Excel cell holds {EXCEL_CELL:,}",
                    "shorten it, or move the story to a narrative field")


def units_in_excel(text: str) -> int:
    """How much of a cell a text takes: two units for a character such as 😀, and six more to keep what looks like _x0041_."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 + 6 * len(LIKE_AN_ESCAPE.findall(text))


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
    if day > LATEST:
        yield Fault("E73", f"{shown(value)} is after {LATEST}", "check the year")


def _year(value: Any, field: Field | None) -> Iterator[Fault]:
    if isinstance(value, str):
        yield from _year_faults(value, ())


def _year_faults(value: Any, steps: FieldPath) -> Iterator[Fault]:
    text = shown(value)
    try:
        start = parse_year(text)
        if text != text.strip():
            raise ValueError(f"{text!r} has blanks around the year")
        if start not in YEARS:
            raise ValueError(f"{text} lies outside {write_year(YEARS[0])} to {write_year(YEARS[-1])}")
    except ValueError as error:
        digits = text.strip()
        meant = re.fullmatch(r"((?:19|20)[0-9]{2})([/-].*)?", digits)
        hint = f"{digits} could be {write_year(int(meant[1]))}" if meant else ""
        yield Fault("E28", str(error), hint or "a financial year runs from April to March", steps)


def _identifier(value: Any, field: Field | None) -> Iterator[Fault]:
    if isinstance(value, str) and not _IDENTIFIER.fullmatch(value):
        yield Fault("E30", f"{shown(value)} is not an id", "a letter, then at most 19 letters, digits, - or _, like B1")


def _number(value: Any, field: Field | None) -> Iterator[Fault]:
    if isinstance(value, dict):
        for name in ("unit", "source"):
            for fault in _string(value.get(name), None):
                yield replace(fault, steps=(name,))
        for name in ("value", "low", "high"):
            for fault in _number(value.get(name), None):
                yield replace(fault, steps=(name,))
        yield from _range(value)
    elif _is_number(value) and abs(value) >= 10**EXCEL_DIGITS:
        yield Fault("E72", f"{shown(value)} has more than {EXCEL_DIGITS} digits; Excel would change the last ones",
                    "check it, or use a larger unit")


def _range(value: dict[str, Any]) -> Iterator[Fault]:
    ordered = [(name, value[name]) for name in ("low", "value", "high") if _is_number(value.get(name))]
    for (name, smaller), (next_name, larger) in pairwise(ordered):
        if smaller > larger:
            yield Fault("E66", f"{name} is {shown(smaller)}, above {next_name}, which is {shown(larger)}",
                        "low is at most the value, and high at least", (name,))


def _money(value: Any, field: Field | None) -> Iterator[Fault]:
    if not isinstance(value, dict):
        return
    keys = {str(key) for key in value}
    if "per_year" in keys or (keys & _SHORT_FORM and not keys & _ONCE):
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
                for fault in _year_faults(key, (key,)):
                    yield replace(fault, about_the_key=True)
                yield from _amount(amount, key)


def _money_fields(value: dict[str, Any], known: set[str], amount: str, years: tuple[str, ...]) -> Iterator[Fault]:
    for key, content in value.items():
        if content is None:
            yield _no_amount(key)
        elif key not in known:
            word = nearest(str(key), known)
            yield Fault("E27", f"{shown(key)} does not belong beside {amount}",
                        f"did you mean {word}?" if word else "use this form or spell the years out, not both", (key,), True)
    if value.get(amount) is not None:
        yield from _amount(value[amount], amount)
    elif amount == "per_year" and amount not in value:
        yield Fault("E21", "per_year is missing beside from, to or ramp", "write `per_year: 24000`")
    for key in years:
        if value.get(key) is not None:
            yield from _year_faults(value[key], (key,))
    if all(_is_year(value.get(key)) for key in ("from", "to")) and parse_year(value["to"]) < parse_year(value["from"]):
        yield Fault("E50", f"to {value['to']} comes before from {value['from']}", "check both", ("to",))


def _no_amount(key: str) -> Fault:
    if key in ("from", "to", "in"):
        return Fault("E27", f"{key} stands without a year", "write a financial year like 2026/27, or leave it out", (key,), True)
    return Fault("E27", f"{shown(key)} stands without an amount", "write amounts without commas: 108000, not 108,000", (key,),
                 about_the_key=True)


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
            yield replace(fault, steps=(key,))


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
