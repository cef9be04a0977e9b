"""Reads the questions outside tables, and keeps what was written beside, over and under them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from bizcase.errors import Finding, Place, Severity, UnreadableFile
from bizcase.hub.form.answers import clean, folded
from bizcase.hub.form.cells import as_shown
from bizcase.hub.form.read_answers import GUESSED, KEPT, TWICE, Account, Spot, put
from bizcase.hub.form.read_layout import END, QuestionAt, SheetLayout
from bizcase.hub.form.read_words import Wording
from bizcase.specification.shape import Field, Shape
from bizcase.specification.words import shown
from bizcase.workbook.typed import Typed, TypedSheet, address

TOO_MUCH = "F02"
MOST_STRAYS = 2_000
"""Rows with something beside the questions; who has more has pasted in another file."""


def read_questions(layouts: Iterable[SheetLayout], shape: Shape, wording: Wording, account: Account, data: dict[str, Any],
                   cells: dict[str, tuple[str, str]]) -> int:
    """Puts the answers to all questions into the data, and their cells beside; gives how many there are."""
    answered: dict[str, object] = {}
    for layout in layouts:
        for question in layout.questions:
            spot = Spot(layout.sheet.title, question.row, question.answer)
            cell, spot = _answer_cell(layout.sheet, question, spot, wording, account)
            asked, label = shape.find(question.path), wording.label_of(question.path)
            if asked is None and (path := _renamed(layout.sheet, question, cell, spot, wording, account)):
                question, asked = replace(question, path=path), shape.find(path)
            if not isinstance(asked, Field) or asked.fields:
                if cell is not None and cell.value is not None:
                    account.no_field(as_shown(cell.value, cell.look), spot, question.path,
                                     f"“{shown(label)}” is not asked any more")
                continue
            if question.path in answered and cell is not None and cell.value is not None:
                account.used.add(spot)
                if cell.value == answered[question.path]:
                    continue
                account.keep(question.path, as_shown(cell.value, cell.look), spot)
                account.tell(TWICE, Severity.MAJOR, spot, f"“{shown(label)}” is answered further up already; {KEPT}",
                             "decide which of the two holds", question.path)
                continue
            value = account.answer(cell, spot, asked, question.path, label)
            if question.path not in cells or value is not None:
                cells[question.path] = (layout.sheet.title, address(spot.row, spot.column))
            if value is not None:
                put(data, question.path, value)
                answered[question.path] = cell.value if cell is not None else None
    return len(answered)


def _renamed(sheet: TypedSheet, question: QuestionAt, cell: Typed | None, spot: Spot, wording: Wording, account: Account) -> str:
    """The path of a question whose key is not known any more, by its words; empty where those are not asked either."""
    words = sheet.row(question.row).get(question.label, Typed(None)).value
    path = wording.path_now(words)
    if path and _says(cell):
        account.tell(GUESSED, Severity.ADVISORY, spot, f"“{shown(words)}” had another key, and is read by its words",
                     "correct it if that is wrong", path)
    return path


def _answer_cell(sheet: TypedSheet, question: QuestionAt, spot: Spot, wording: Wording, account: Account
                 ) -> tuple[Typed | None, Spot]:
    """The cell of an answer and its place: where it belongs, where a merged cell begins, beside it, or over the question."""
    line = sheet.row(question.row)
    cell = line.get(question.answer)
    if _says(cell):
        return cell, spot
    label = line.get(question.label)
    told = wording.label_of(question.path)
    for at, found in line.items():
        merged = sheet.merged.get((question.row, at))
        covers = merged is not None and at <= question.answer <= merged[1]
        beside = question.label < at < question.answer
        if (covers or beside) and _says(found) and not found.formula and not wording.is_own(found.value):
            here = Spot(sheet.title, question.row, at)
            if not covers:
                account.tell(GUESSED, Severity.ADVISORY, here,
                             f"what stands beside the cell for “{shown(told)}” is taken as its answer",
                             f"write it into {spot.address}", question.path)
            return found, here
    if label is not None and isinstance(label.value, str) and not wording.is_own(label.value) and clean(label.value):
        here = Spot(sheet.title, question.row, question.label)
        account.tell(GUESSED, Severity.ADVISORY, here,
                     f"what is written over the question “{shown(told)}” is taken as its answer",
                     f"write it into {spot.address}", question.path)
        return Typed(_without(told, label.value), label.look, "", label.note), here
    return cell, spot


def _without(label: str, text: str) -> str:
    """What was typed behind the words of a question."""
    found = re.match(rf"\s*{re.escape(label)}\s*[:?.–-]*\s*", text, re.IGNORECASE)
    return text[found.end():] if found and text[found.end():].strip() else text


def _says(cell: Typed | None) -> bool:
    return cell is not None and (cell.formula != "" or (cell.value is not None and bool(str(cell.value).strip())))


def keep_strays(layout: SheetLayout, wording: Wording, account: Account) -> None:
    """Keeps what stands on a sheet where nothing is asked, a remark a row.

    Raises UnreadableFile where that is more than remarks can be.
    """
    sheet = layout.sheet
    is_page = bool(layout.questions or layout.tables)
    if sheet.is_hidden and not is_page:
        return
    strays = [(number, found) for number in sheet.rows if (found := list(_strays(layout, number, wording, account)))]
    if len(strays) > MOST_STRAYS:
        raise UnreadableFile(Finding(Place(account.file, where=f"sheet {sheet.title}"), TOO_MUCH, Severity.ERROR,
                                     f"{len(strays):,} rows hold something beside the questions; at most {MOST_STRAYS:,} "
                                     "are kept",
                                     "take what was pasted in out of the form"))
    for number, found in strays:
        path = _near(layout, number)
        what = _what(path, wording) if is_page else f"what stands on the sheet {shown(sheet.title)}"
        account.aside(" | ".join(clean(text) for _, text in found), found[0][0], path, what)


def _strays(layout: SheetLayout, number: int, wording: Wording, account: Account) -> Iterator[tuple[Spot, str]]:
    for at, cell in layout.sheet.row(number).items():
        spot = Spot(layout.sheet.title, number, at)
        if spot in account.used:
            continue
        is_key = at == layout.keys and isinstance(cell.value, str) and (cell.value == END or "." in cell.value)
        if cell.value is not None and not cell.formula and not is_key and not wording.is_own(cell.value):
            text = as_shown(cell.value, cell.look)
            if clean(text):
                yield spot, text
        if cell.note:
            yield spot, cell.note


def _near(layout: SheetLayout, row: int) -> str:
    """The question or the table on a row or above it."""
    above = [(question.row, question.path) for question in layout.questions if question.row <= row]
    above += [(table.heads - 1, table.path) for table in layout.tables if table.heads - 1 <= row]
    return max(above, default=(0, ""))[1]


def _what(path: str, wording: Wording) -> str:
    label = wording.label_of(path)
    label = wording.label_of(f"table:{path}") if label == path else label
    return f"what stands near “{shown(label)}”" if path and folded(label) != folded(f"table:{path}") else "what stands there"
