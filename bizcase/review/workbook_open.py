"""Opens a workbook of ours for comparison: worked out anew, in the scenario that it was built with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bizcase.archive import packed
from bizcase.document.ooxml import parsed, parts_of, serialised
from bizcase.errors import WorkbookDisagrees
from bizcase.provenance import Provenance
from bizcase.review.cells import NAMESPACE, Book, read_book, without_twin_names
from bizcase.review.provenance import of_book
from bizcase.workbook.recalculate import recalculated


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook with its provenance: `book` is worked out anew, `chosen` the scenario it shows if that is not the one built.
    `not_worked_out` says why its values are those that it was saved with."""

    provenance: Provenance
    book: Book
    chosen: str = ""
    not_worked_out: str = ""


def opened(parts: Mapping[str, bytes]) -> Opened | None:
    """A workbook from its parts, which have passed the look at a stranger's file; nothing where it is not ours. One that does
    not carry how it was built is not worked out. Raises ValueError where it is no workbook."""
    book = read_book(parts)
    was = of_book(book)
    if was is None or not was.sheets:
        return Opened(was, book) if was is not None else None
    sheet, cell = was.selector
    built = str(was.sheets[sheet].cells.get(cell, "")).removeprefix("'") if sheet in was.sheets else ""
    found = book.sheets.get(sheet, {}).get(cell)
    chosen = str(found.value) if built and found is not None and not found.formula and found.value != built else ""
    ready = without_twin_names(parts)
    if chosen:
        part = book.parts[sheet]
        ready[part] = _with_text(ready[part], cell, built)
    try:
        return Opened(was, read_book(parts_of(recalculated(packed(ready)))), chosen)
    except WorkbookDisagrees as problem:
        return Opened(was, book, chosen, problem.findings[0].message)


def _with_text(sheet: bytes, address: str, text: str) -> bytes:
    root = parsed(sheet)
    for cell in root.iter(f"{NAMESPACE}c"):
        if cell.get("r") == address:
            for child in list(cell):
                cell.remove(child)
            cell.set("t", "inlineStr")
            inline = cell.makeelement(f"{NAMESPACE}is")
            inline.append(cell.makeelement(f"{NAMESPACE}t"))
            inline[0].text = text
            cell.append(inline)
    return serialised(root)
