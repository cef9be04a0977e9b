"""Where a bid and its workbook come from, as a value that both files carry: facts, the specification, and how they were built.

What is read back comes from a stranger's file: it is bounded, of the right shape or nothing, and never believed without a check.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

FORM = 1
"""Raised when the shape of what is embedded changes; another one is not read."""
MAX_TEXT = 16_000_000
"""The most characters of one text that is read back; the largest specification builds less than half of it."""

Constant = str | float | bool
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file was built from: versions, digests (SHA-256) and names. `profile_text` is the file of a hub's own profile,
    empty for one that ships; `sections` holds the digest of each section; `build` is the same in a bid and its workbook."""

    version: str
    digest: str
    template: str
    profile: str
    parameters: str
    checked: str
    date: str
    draft: bool
    sections: Mapping[str, str]
    profile_text: str = ""

    @property
    def build(self) -> str:
        return digest_of(asdict(self))[:16]


@dataclass(frozen=True, slots=True)
class Printed:
    """A Figure as both files have it: its cell, its value there (nothing where it is words), and its text in the bid. `given`
    is one that the specification gives, printed with all its digits."""

    label: str
    sheet: str
    cell: str
    value: float | None
    unit: str
    text: str
    given: bool


@dataclass(frozen=True, slots=True)
class SheetAsBuilt:
    """The cells of a sheet: a formula begins with =, a text with ', all else is a number. `inputs` are those meant to be
    changed, each with the sign of its number (`%`, `£`, `date`, or none)."""

    cells: Mapping[str, Constant]
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Span:
    """A value within a passage: where its text begins, and the tag, the alias and the text of its content control."""

    start: int
    tag: str
    alias: str
    text: str


@dataclass(frozen=True, slots=True)
class PassageAsBuilt:
    """A paragraph of the bid with text: where it stands in words, the level of heading that it is (0 for none), the number of
    its table with its row and column (0 outside), and whether it is of a header or footer. Its text is without the results of
    fields, which Word works out anew: page numbers, numbers of tables."""

    text: str
    where: str
    level: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    margin: bool = False
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """All that a file carries; what was left out, or belongs to the other file, is empty. `specification` is JSON; `drawn` holds
    the numbers of each chart of the bid, in their order; `selector` is the cell that chooses the scenario."""

    facts: Facts
    specification: str = ""
    passages: tuple[PassageAsBuilt, ...] = ()
    drawn: tuple[tuple[str, tuple[float, ...]], ...] = ()
    figures: Mapping[str, Printed] = field(default_factory=dict)
    sheets: Mapping[str, SheetAsBuilt] = field(default_factory=dict)
    selector: tuple[str, str] = ("", "")

    @property
    def bare(self) -> Provenance:
        """The facts alone: nothing of what the bid says."""
        return Provenance(self.facts)


def digest_of(data: Any) -> str:
    """SHA-256 of a value's canonical JSON."""
    return hashlib.sha256(_json(data, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


def section_digests(data: Mapping[str, Any]) -> dict[str, str]:
    """A short digest of each section, by which a changed one is known without its content."""
    return {name: digest_of(content)[:16] for name, content in data.items()}


def as_texts(provenance: Provenance) -> dict[str, str]:
    """The provenance as named texts of JSON, in the order in which a file holds them; empty ones are left out."""
    facts = {"form": FORM, "build": provenance.facts.build, **asdict(provenance.facts)}
    passages = [[found.text, found.where, found.level, found.table, found.row, found.column, found.margin,
                 [[span.start, len(span.text), span.tag, span.alias] for span in found.spans]] for found in provenance.passages]
    figures = {name: [found.label, found.sheet, found.cell, found.value, found.unit, found.text, found.given]
               for name, found in provenance.figures.items()}
    sheets = {title: [dict(found.cells), dict(found.inputs)] for title, found in provenance.sheets.items()}
    texts = {"facts": _json(facts), "specification": provenance.specification,
             "figures": _json(figures) if figures else "",
             "bid": _json({"passages": passages, "drawn": provenance.drawn}) if passages else "",
             "workbook": _json({"sheets": sheets, "selector": provenance.selector}) if sheets else ""}
    return {name: text for name, text in texts.items() if text}


def from_texts(texts: Mapping[str, str]) -> Provenance | None:
    """The provenance of a file's texts; nothing where its facts are not of our making. A part that is not sound is left out."""
    facts = _sound(texts.get("facts", ""), _facts)
    if facts is None:
        return None
    figures = _sound(texts.get("figures", ""), _figures) or {}
    found = Provenance(facts, specification=texts.get("specification", "")[:MAX_TEXT], figures=figures)
    bid, workbook = _sound(texts.get("bid", ""), _bid), _sound(texts.get("workbook", ""), _workbook)
    if bid is not None:
        found = replace(found, passages=bid[0], drawn=bid[1])
    if workbook is not None:
        found = replace(found, sheets=workbook[0], selector=workbook[1])
    return found


def _json(value: Any, *, sort_keys: bool = False) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys)


def _sound(text: str, make: Callable[[Any], T]) -> T | None:
    if not text or len(text) > MAX_TEXT:
        return None
    try:
        return make(json.loads(text))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def _facts(data: Any) -> Facts:
    if data["form"] != FORM:
        raise ValueError(data["form"])
    version, digest, template, profile, parameters, checked, day = (
        _text(data[name]) for name in ("version", "digest", "template", "profile", "parameters", "checked", "date"))
    return Facts(version, digest, template, profile, parameters, checked, day, data["draft"] is True, _texts(data["sections"]),
                 _text(data["profile_text"]))


def _bid(data: Any) -> tuple[tuple[PassageAsBuilt, ...], tuple[tuple[str, tuple[float, ...]], ...]]:
    passages = tuple(PassageAsBuilt(_text(text), _text(where), _whole(level), _whole(table), _whole(row), _whole(column),
                                    margin is True, tuple(_span(text, *span) for span in spans))
                     for text, where, level, table, row, column, margin, spans in data["passages"])
    return passages, tuple((_text(name), tuple(map(float, values))) for name, values in data["drawn"])


def _span(line: str, start: Any, length: Any, tag: Any, alias: Any) -> Span:
    first = _whole(start)
    return Span(first, _text(tag), _text(alias), line[first:first + _whole(length)])


def _figures(data: Any) -> dict[str, Printed]:
    return {_text(name): Printed(_text(label), _text(sheet), _text(cell), None if value is None else float(value), _text(unit),
                                 _text(text), given is True)
            for name, (label, sheet, cell, value, unit, text, given) in data.items()}


def _workbook(data: Any) -> tuple[dict[str, SheetAsBuilt], tuple[str, str]]:
    sheets = {_text(title): SheetAsBuilt({_text(at): _constant(content) for at, content in cells.items()}, _texts(inputs))
              for title, (cells, inputs) in data["sheets"].items()}
    sheet, cell = map(_text, data["selector"])
    return sheets, (sheet, cell)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _texts(value: Any) -> dict[str, str]:
    return {_text(name): _text(content) for name, content in value.items()}


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _constant(value: Any) -> Constant:
    if not isinstance(value, (str, int, float)):
        raise TypeError(value)
    return value if isinstance(value, (str, bool)) else float(value)


def joined(chunks: Iterable[str]) -> str:
    """Chunks put together again, as long as they stay within what is read."""
    found: list[str] = []
    length = 0
    for chunk in chunks:
        length += len(chunk)
        if length > MAX_TEXT:
            return ""
        found.append(chunk)
    return "".join(found)
