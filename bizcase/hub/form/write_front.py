"""Writes the first sheet of a form of many pages: how to fill it in, how far one has got, and what comes next on each sheet."""

from __future__ import annotations

from bizcase.hub.form.counting import answered, bar, next_one, progress, wanted
from bizcase.hub.form.questions import Form
from bizcase.hub.form.words import form_words
from bizcase.hub.form.write_page import Places
from bizcase.workbook.form_book import FormBook, FormSheet

WIDTHS = (4, 36, 12, 12, 60)
NUMBER, TEXT, NEEDS, HAS, NEXT = 2, 3, 4, 5, 6
"""The columns: of a step or of a sheet, its number, its text, what it needs, what it has, what comes next."""


def start_front(book: FormBook) -> FormSheet:
    """The first sheet, empty: it counts what the others hold, and is written after them."""
    return book.sheet(form_words()["front"], WIDTHS, landscape=False)


def fill_front(sheet: FormSheet, form: Form, places: Places) -> None:
    """Writes the first sheet. `places` tells where the words of each page's status column and its labels stand."""
    words = form_words()
    heads = 6 + len(words["steps"])
    first, last = heads + 1, heads + len(places.status)
    has, needs = (f"SUM({sheet.reference(first, column, last)})" for column in (HAS, NEEDS))
    sheet.text(1, NUMBER, form.profile.title, "bc title")
    sheet.text(2, NUMBER, words["fill"], "bc note")
    sheet.formula(3, NUMBER, progress(has, needs), "bc table")
    sheet.formula(3, NEXT, bar(has, needs), "bc bar")
    for number, step in enumerate(words["steps"], 1):
        sheet.text(4 + number, NUMBER, f"{number}.", "bc question")
        sheet.text(4 + number, TEXT, step, "bc plain")
    for column, head in zip((TEXT, NEEDS, HAS, NEXT), words["sheets"], strict=True):
        sheet.text(heads, column, head, "bc form column")
    for row, (title, (status, labels)) in enumerate(places.status.items(), first):
        sheet.link(row, TEXT, title)
        sheet.formula(row, NEEDS, wanted(status), "bc calc")
        sheet.formula(row, HAS, answered(status), "bc calc")
        sheet.formula(row, NEXT, next_one(status, labels, words["nothing"]), "bc calc text")
