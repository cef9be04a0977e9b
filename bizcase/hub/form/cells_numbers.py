"""Numbers as people type them into a form: £12k, 30%, 1.2 million, about 40, `30% (estimate; low 20%; source: audit)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bizcase.appraisal.figure import Unit
from bizcase.hub.form.answers import Answer, Unread, folded, word_set, words
from bizcase.specification.given import unit_of
from bizcase.specification.shape import Field

NUMBER = (r"(?:[-−+]\s?)?(?:£|€|\$|GBP\s?)?\s?[-−]?"
          r"(?:\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:\.\d+)?|\d{1,40}(?:\.\d{1,40})?|\.\d{1,40})(?:[eE][-+]?\d{1,3})?"
          r"(?:\s?(?:k|bn|thousand|million|billion|per ?cent|percent|%)(?![^\W_])|mn?(?![^\W_]))?(?![\d.,]*\d)")
"""The pattern of one number, without groups."""

_PARTS = re.compile(r"(?P<before>[-−+\s]*)(?P<currency>£|€|\$|GBP)?(?P<sign>[-−\s]*)(?P<digits>[\d.,\s\u00a0\u202f]*\d)"
                    r"(?P<power>e[-+]?\d{1,3})?\s?(?P<scale>[^\W\d]+(?:\s?cent)?|%)?", re.IGNORECASE)
_SCALES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000,
           "billion": 1_000_000_000}
_LEADS = re.compile(rf"({NUMBER})(.*)", re.IGNORECASE | re.DOTALL)
_RANGE = re.compile(rf"(?:range:?\s*|between\s*|from\s*)?({NUMBER})\s*(?:-|–|—|to|and)\s*({NUMBER})", re.IGNORECASE)
_BOUND = re.compile(rf"(low|high|lowest|highest|min|max|at least|at most)\.?\s*[:=]?\s*({NUMBER})", re.IGNORECASE)
_BOUNDS = {"low": "low", "lowest": "low", "min": "low", "at least": "low", "high": "high", "highest": "high", "max": "high",
           "at most": "high"}
_NAMED = re.compile(r"(source|unit|value|status)\s*[:=]\s*(.+)", re.IGNORECASE | re.DOTALL)
_WITH_DETAILS = re.compile(r"([^(]*)\((.*)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what was typed around it: whether it is an estimate, the sign of a currency, and what follows."""

    value: int | float
    is_about: bool
    currency: str
    rest: str


def value_of(text: str) -> int | float:
    """The value of a text that matches `NUMBER`."""
    found = _PARTS.fullmatch(text.strip())
    assert found is not None, text
    digits = re.sub(r"[,\s\u00a0\u202f]", "", found["digits"])
    exact = Decimal(digits + (found["power"] or ""))
    scale = (found["scale"] or "").casefold()
    exact = exact * _SCALES[scale] if scale in _SCALES else exact / 100 if scale else exact
    exact = -exact if any(sign in f"{found['before']}{found['sign']}" for sign in "-−") else exact
    return int(exact) if exact == exact.to_integral_value() and abs(exact) < 10**20 else float(exact)


def number_in(text: str) -> Number | None:
    """The number with which a text begins, `about` before it or not; nothing where it begins with none."""
    about = next((word for word in sorted(words("about"), key=len, reverse=True) if _begins(text, word)), "")
    found = _LEADS.fullmatch(text[len(about):].lstrip(". ") if about else text)
    if not found:
        return None
    currency = re.search("£|€|\\$|GBP", found[1], re.IGNORECASE)
    return Number(value_of(found[1]), bool(about), currency[0] if currency else "", found[2].strip())


def _begins(text: str, word: str) -> bool:
    return text[:len(word)].casefold() == word and not (word[-1].isalpha() and text[len(word):len(word) + 1].isalnum())


def plain_number(text: str, field: Field) -> Answer | Unread:
    """The answer to a field of type number or integer."""
    if folded(text) in word_set("zero"):
        return Answer(0)
    found = number_in(text)
    if found is None or _is_range(text):
        return _not_a_number(text, field)
    if field.type == "integer" and found.value != int(found.value):
        return Unread(f"it says {text}; a whole number is wanted", "write a number without a fraction, like 12")
    if _may_be_months(text):
        return Unread(f"“{text}” could be months or millions", "write the number alone, like 18")
    rest = found.rest.strip(" .,;")
    left = "" if not rest or _says_nothing_new(rest, field) else rest
    told = [f"{left} has no place beside the number"] if left else []
    told += ["the number is taken, and that it is an estimate is left out"] if found.is_about else []
    return Answer(found.value, "; ".join(told), text if told else "")


def quantity_answer(text: str, field: Field) -> Answer | Unread:
    """The answer to a field that takes a number with its unit, status, range and source."""
    if folded(text) in word_set("zero"):
        return Answer(0)
    found = number_in(text)
    if found is None or _is_range(text):
        return _not_a_number(text, field)
    value: dict[str, Any] = {"value": found.value}
    notes: list[str] = []
    unit, details = _split(found.rest)
    if unit and not (unit[0].isalpha() or unit[0] in "£€$%°"):
        return _not_a_number(text, field)
    if found.is_about:
        value["status"] = "estimate"
    status = _status(unit)
    if status:
        value["status"] = status
    elif unit:
        value["unit"] = unit
        notes += [f"“{unit}” is taken as the unit"] if re.search(r"\d", unit) else []
    if field.unit != "£" and not found.currency and _may_be_months(text):
        notes.append(f"“{text}” is taken as {written_number(found.value)}")
    if found.currency and field.unit != "£" and "unit" not in value:
        value["unit"] = found.currency
    for part in _parts(details):
        note = _take(part, value)
        if note is None:
            return Unread(f"“{part}” is said twice, or beside another", _QUANTITY_HINT)
        notes += [note] if note else []
    return Answer(value if len(value) > 1 else value["value"], "; ".join(notes))


_QUANTITY_HINT = "write one figure and what is known of it, like 30% (estimate; low 20%; high 40%; source: audit 2025)"


def _split(rest: str) -> tuple[str, str]:
    """The unit, and what stands in brackets or after a stop behind it."""
    found = _WITH_DETAILS.fullmatch(rest)
    if found:
        return found[1].strip(" ,;:"), found[2]
    if rest[:1] in (",", ";", ":", "–", "-"):
        return "", rest[1:].strip()
    unit, _, details = rest.partition(";")
    return unit.strip(), details.strip()


def _parts(details: str) -> Iterator[str]:
    """The details one by one. A source is the last of them, since it may hold a semicolon."""
    rest = details.strip()
    while rest:
        if re.match(r"source\s*[:=]", rest, re.IGNORECASE):
            yield rest
            return
        part, _, rest = rest.partition(";")
        if part.strip():
            yield part.strip()
        rest = rest.strip()


def _take(part: str, value: dict[str, Any]) -> str | None:
    """Puts a detail where it belongs; gives what was guessed, or nothing at all where its place is taken."""
    named = _NAMED.fullmatch(part)
    bound = _BOUND.fullmatch(part)
    both = _RANGE.fullmatch(part)
    status = _status(named[2] if named and named[1].casefold() == "status" else part)
    if status:
        new: dict[str, Any] = {"status": status}
    elif bound:
        new = {_BOUNDS[bound[1].casefold()]: value_of(bound[2])}
    elif both:
        new = {"low": value_of(both[1]), "high": value_of(both[2])}
    elif named and named[1].casefold() in ("source", "unit"):
        new = {named[1].casefold(): named[2].strip()}
    else:
        new = {"source": part}
    if new.keys() & value.keys() and any(value.get(key) != inner for key, inner in new.items()):
        return None
    value.update(new)
    return f"“{part}” is taken as the source" if new == {"source": part} else ""


def _status(text: str) -> str:
    plain = folded(text)
    return next((status for status, known in words("statuses").items() if plain in known), "")


def _is_range(text: str) -> bool:
    return _RANGE.match(text) is not None and not re.match(rf"{NUMBER}\s*\(", text)


def _says_nothing_new(rest: str, field: Field) -> bool:
    plain = folded(rest).removesuffix("s")
    return plain in words("counted") or plain in (folded(field.unit), folded(field.label))


def _may_be_months(text: str) -> bool:
    return re.match(r"\d{1,3}m(?![^\W_])", text, re.IGNORECASE) is not None


def _not_a_number(text: str, field: Field) -> Unread:
    if _is_range(text):
        return Unread(f"“{text}” is a range; one best figure is wanted",
                      _QUANTITY_HINT if field.type == "quantity" else "write the one figure that you would defend")
    return Unread(f"“{text}” is not a number", _QUANTITY_HINT if field.type == "quantity" else "write the number alone, like 12")


def written_number(value: float) -> str:
    """A number as people write it, every digit kept: 24,000 or 0.35."""
    return f"{value:,}" if "e" not in repr(value) else repr(value)


def written_share(value: float) -> str:
    """A share as a percentage, exactly: 0.3 is 30%."""
    return f"{(Decimal(repr(value)) * 100).normalize():f}%"


def written_quantity(value: dict[str, Any], field: Field) -> str:
    """A quantity with its unit, status, range and source, in one line."""
    write = written_share if unit_of(field) is Unit.SHARE else written_number
    details = [str(value["status"])] if "status" in value else []
    details += [f"{bound} {write(value[bound])}" for bound in ("low", "high") if bound in value]
    details += [f"source: {value['source']}"] if "source" in value else []
    unit = f" {value['unit']}" if "unit" in value else ""
    return f"{write(value['value'])}{unit}" + (f" ({'; '.join(details)})" if details else "")
