"""Page numbers inside a bid: where its references lead, what a layout says of that, and the numbers written in.

`probe` gives a copy for the layout, in which each place referred to has a bookmark of a plain name: a layout program may
spell any other name as it likes. `with_page_numbers` takes what the layout found. Fields are worked out the way Word does,
in the numbering of the section that a place stands in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bizcase.archive import packed
from bizcase.document.fields import fields_of, write_result
from bizcase.document.ooxml import OFFICE, W, edges, element, main_part, parsed, parts_of, related, serialised
from bizcase.pdf import Pages

PROBE = "bizcaseplace"
_PAGEREF = re.compile(r'^\s*PAGEREF\s+(?:"(?P<quoted>[^"]+)"|(?P<plain>\S+))(?P<switches>.*)$', re.I | re.S)
_NUMPAGES = re.compile(r"^\s*NUMPAGES\b", re.I)
_AFTER_UPDATE_FIELDS = (
    "hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang",
    "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions",
    "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol",
    "listSeparator",
)
"""What the schema lets stand after `updateFields` in the settings."""
_LONGEST = 2
"""Digits of a page number that the layout leaves room for; a longer one needs another look."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A bid with its page numbers: whether every reference found its page, and whether the pages are sure to have stayed."""

    bid: bytes
    complete: bool
    settled: bool


def refers_to_pages(bid: bytes) -> bool:
    """Whether anything in the bid is the page number of another place."""
    parts = parts_of(bid)
    root = parsed(parts[main_part(parts)])
    return any(_target(found.instruction) for found in fields_of(root))


def left_to_word(bid: bytes) -> bytes:
    """The bid as it goes out when nothing has laid it out: where it gives page numbers, Word is asked to work them out."""
    return asks_for_update(bid) if refers_to_pages(bid) else bid


def probe(bid: bytes) -> bytes:
    """A copy to lay out: plain bookmarks where references lead and where sections begin, and room for the numbers."""
    parts = parts_of(bid)
    name = main_part(parts)
    root = parsed(parts[name])
    number = max((int(mark.get(f"{W}id") or 0) for mark in root.iter(f"{W}bookmarkStart")), default=0)
    marks = _marks(root)
    for position, mark in enumerate(marks):
        _insert(mark.getparent(), mark.getparent().index(mark) + 1, position, number)
    for position, (paragraph, _) in enumerate(_sections(root), len(marks)):
        _insert(paragraph, int(paragraph.find(f"{W}pPr") is not None), position, number)
    for found in fields_of(root):
        if _target(found.instruction):
            write_result(found, "0" * _LONGEST)
    parts[name] = serialised(root)
    return packed(parts)


def with_page_numbers(bid: bytes, pages: Pages) -> Numbered:
    """The bid with the page of each place it refers to, and the number of pages, as `probe`'s layout has them.

    A reference whose place the layout does not tell keeps what it says, and Word is asked to work it out.
    """
    parts = parts_of(bid)
    name = main_part(parts)
    root = parsed(parts[name])
    numbers = _numbers(root, pages)
    targets = [(found, target) for found in fields_of(root) if (target := _target(found.instruction))]
    for found, target in targets:
        if target.casefold() in numbers:
            write_result(found, numbers[target.casefold()])
    _write_count(root, pages.count)
    parts[name] = serialised(root)
    for edge in edges(parts):
        root_of_edge = parsed(parts[edge])
        _write_count(root_of_edge, pages.count)
        parts[edge] = serialised(root_of_edge)
    missing = [target for _, target in targets if target.casefold() not in numbers]
    settled = all(len(number) <= _LONGEST for number in numbers.values())
    return Numbered(asks_for_update(packed(parts)) if missing else packed(parts), not missing, settled)


def asks_for_update(bid: bytes) -> bytes:
    """The bid whose fields Word offers to work out when it is opened."""
    parts = parts_of(bid)
    name = next(iter(related(parts, main_part(parts), f"{OFFICE}/settings")), "")
    if not name:
        return bid
    settings = parsed(parts[name])
    for old in settings.findall(f"{W}updateFields"):
        settings.remove(old)
    later = next((child for child in settings if _local(child) in _AFTER_UPDATE_FIELDS), None)
    switch = element("updateFields", val="true")
    if later is None:
        settings.append(switch)
    else:
        later.addprevious(switch)
    parts[name] = serialised(settings)
    return packed(parts)


def _marks(root: Any) -> list[Any]:
    """The bookmarks that page numbers refer to; of two with one name, Word knows the first."""
    wanted = {target.casefold() for found in fields_of(root) if (target := _target(found.instruction))}
    marks: dict[str, Any] = {}
    for mark in root.iter(f"{W}bookmarkStart"):
        marks.setdefault(_name(mark), mark)
    return [mark for name, mark in marks.items() if name in wanted]


def _name(mark: Any) -> str:
    """A bookmark's name as Word compares it."""
    return str(mark.get(f"{W}name") or "").casefold()


def _insert(parent: Any, index: int, position: int, highest_id: int) -> None:
    """Puts the plain bookmark of a place before the child of that index."""
    identity = str(highest_id + position + 1)
    parent.insert(index, element("bookmarkEnd", id=identity))
    parent.insert(index, element("bookmarkStart", id=identity, name=f"{PROBE}{position}"))


def _sections(root: Any) -> list[tuple[Any, Any]]:
    """The first paragraph of each section with the section's properties."""
    found = []
    first = None
    for node in root.iter(f"{W}p", f"{W}sectPr"):
        if node.tag == f"{W}p":
            first = node if first is None and not _in_a_box(node) else first
        elif first is not None and node.getparent().tag in (f"{W}pPr", f"{W}body"):
            found.append((first, node))
            first = None
    return found


def _in_a_box(node: Any) -> bool:
    return any(above.tag == f"{W}txbxContent" for above in node.iterancestors())


def _numbers(root: Any, pages: Pages) -> dict[str, str]:
    """What Word prints as the page of each bookmark referred to, by its name as Word compares it."""
    marks, sections = _marks(root), _sections(root)
    on_paper = [pages.places.get(f"{PROBE}{position}", 0) for position in range(len(marks) + len(sections))]
    starts = list(zip(on_paper[len(marks):], (properties for _, properties in sections), strict=True))
    return {_name(mark): _printed(page, starts) for mark, page in zip(marks, on_paper, strict=False) if page}


def _printed(page: int, starts: list[tuple[int, Any]]) -> str:
    """A page's number as it is printed: sections may begin again, and count in roman numerals or letters."""
    shift, style = 0, "decimal"
    for start, properties in starts:
        if not start or start > page:
            continue
        numbering = properties.find(f"{W}pgNumType")
        style = "decimal" if numbering is None else numbering.get(f"{W}fmt", "decimal")
        begins = None if numbering is None else numbering.get(f"{W}start")
        if begins is not None:
            shift = int(begins) - start
    return _FORMATS.get(style, str)(page + shift)


def _roman(number: int) -> str:
    letters = ""
    for size, sign in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
                       (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        letters += sign * (number // size)
        number %= size
    return letters


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "lowerRoman": _roman, "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letter, "upperLetter": lambda number: _letter(number).upper(),
}


def _target(instruction: str) -> str:
    """The bookmark whose page number a field prints; "" for another field, and for one that prints `above` or `below`."""
    found = _PAGEREF.match(instruction)
    if found is None or re.search(r"\\p\b", found["switches"], re.I):
        return ""
    return found["quoted"] or found["plain"]


def _write_count(root: Any, count: int) -> None:
    for found in fields_of(root):
        if _NUMPAGES.match(found.instruction):
            write_result(found, str(count))


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]
