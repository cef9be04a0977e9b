"""Reads the cells of a workbook from its parts: what each holds, formula and value, and which are inputs.

Only cells that are written are looked at, so that a cell at the far end of a sheet costs nothing; openpyxl fills up what lies
before it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.formula.translate import Translator, TranslatorError

from bizcase.document.ooxml import OFFICE, main_part, parsed, related, serialised

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = f"{{{OFFICE}}}id"
_LINK = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DATES = {14, 15, 16, 17, 22}
"""The numbers of Excel's own formats of dates."""
_DAY = re.compile(r"d[ /.\\-]*m|m[ /.\\-]*d", re.IGNORECASE)
"""What only the format of a day holds: its day beside its month."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

Content = str | float | bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds: its formula (with =, or nothing), its value (nothing where it is empty), and the number of its look."""

    formula: str
    value: Content | None
    style: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """Whether a cell may be changed on a protected sheet, and the sign of its number: `%`, `£` or another currency, `date`."""

    is_input: bool
    sign: str


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook's sheets by title: the cells by address in the order of the file, and the part of each."""

    sheets: Mapping[str, Mapping[str, Cell]]
    parts: Mapping[str, str]
    looks: tuple[Look, ...]

    def look(self, cell: Cell) -> Look:
        return self.looks[cell.style] if cell.style < len(self.looks) else Look(False, "")


def read_book(parts: Mapping[str, bytes]) -> Book:
    """The cells of all sheets. Raises ValueError where a part is not well formed, or there is no workbook."""
    main = main_part(parts)
    if not main:
        raise ValueError("there is no workbook")
    folder = posixpath.join("/", posixpath.dirname(main))
    links = {link.get("Id"): posixpath.normpath(posixpath.join(folder, link.get("Target") or "")).lstrip("/")
             for link in parsed(parts[_relations(main)]).iter(_LINK)}
    titles = {sheet.get("name") or "": links.get(sheet.get(_R), "") for sheet in parsed(parts[main]).iter(f"{NAMESPACE}sheet")}
    where = {title: part for title, part in titles.items() if part in parts}
    shared = next(iter(related(parts, main, f"{OFFICE}/sharedStrings")), "")
    texts = [_text(item) for item in parsed(parts[shared]).iterfind(f"{NAMESPACE}si")] if shared else []
    styles = next(iter(related(parts, main, f"{OFFICE}/styles")), "")
    return Book({title: dict(_cells(parsed(parts[part]), texts)) for title, part in where.items()}, where,
                tuple(_looks(parsed(parts[styles]))) if styles else ())


def _relations(main: str) -> str:
    folder, name = posixpath.split(main)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _cells(root: Any, texts: list[str]) -> Iterator[tuple[str, Cell]]:
    shared: dict[str, tuple[str, str]] = {}
    for cell in root.iter(f"{NAMESPACE}c"):
        address = cell.get("r") or ""
        formula = _formula(cell.find(f"{NAMESPACE}f"), address, shared)
        style = cell.get("s") or "0"
        if address:
            yield address, Cell(formula, _value(cell, texts), int(style) if style.isdigit() else 0)


def _formula(node: Any, address: str, shared: dict[str, tuple[str, str]]) -> str:
    """A cell's formula; one that is shared is written out for its own cell."""
    if node is None:
        return ""
    text = node.text or ""
    if node.get("t") == "shared":
        group = node.get("si") or ""
        if text:
            shared[group] = (text, address)
        elif group in shared:
            origin, start = shared[group]
            try:
                return str(Translator(f"={origin}", start).translate_formula(address))
            except (TranslatorError, ValueError):
                return f"={origin}"
    return f"={text}" if text else ""


def _value(cell: Any, texts: list[str]) -> Content | None:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inline = cell.find(f"{NAMESPACE}is")
        return (_text(inline) or None) if inline is not None else None
    raw = str(cell.findtext(f"{NAMESPACE}v") or "")
    if not raw:
        return None
    match kind:
        case "s":
            return (texts[int(raw)] or None) if raw.isdigit() and int(raw) < len(texts) else None
        case "b":
            return raw == "1"
        case "n":
            try:
                return float(raw)
            except ValueError:
                return raw
        case _:
            return _unescaped(raw)


def _text(node: Any) -> str:
    """The text of an item, without the reading aids that stand beside it in Asian scripts."""
    return _unescaped("".join(found.text or "" for found in node.iter(f"{NAMESPACE}t")
                              if found.getparent().tag != f"{NAMESPACE}rPh"))


def _unescaped(text: str) -> str:
    """Signs that a workbook writes as _x000A_; a line's end is one sign."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n")


def _looks(root: Any) -> Iterator[Look]:
    formats = {found.get("numFmtId"): found.get("formatCode") or "" for found in root.iter(f"{NAMESPACE}numFmt")}
    for style in root.iterfind(f"{NAMESPACE}cellXfs/{NAMESPACE}xf"):
        lock = style.find(f"{NAMESPACE}protection")
        number = style.get("numFmtId") or "0"
        yield Look(lock is not None and lock.get("locked") in ("0", "false"), _sign(formats.get(number, ""), number))


def _sign(code: str, number: str) -> str:
    quoted = re.match(r'"([^"]{1,6})"', code)
    if quoted:
        return quoted[1]
    if "%" in code or number in ("9", "10"):
        return "%"
    return "date" if (number.isdigit() and int(number) in _DATES) or _DAY.search(code) else ""


def without_twin_names(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a workbook in which each defined name stands once: LibreOffice writes the areas to print twice, and
    formualizer refuses that."""
    main = main_part(parts)
    root = parsed(parts[main])
    seen: set[str] = set()
    for name in list(root.iter(f"{NAMESPACE}definedName")):
        plain = (name.get("name") or "").casefold()
        if plain in seen or plain.startswith("_xlnm."):
            name.getparent().remove(name)
        seen.add(plain)
    return {**parts, main: serialised(root)}
