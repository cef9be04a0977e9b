"""Writes a form as an Excel workbook: a page on one sheet, or many with a first that says how to fill them in."""

from __future__ import annotations

from bizcase.archive import packed
from bizcase.document.ooxml import parts_of
from bizcase.hub.form.filled import placed, remarks_of
from bizcase.hub.form.keys import as_texts, keys_of
from bizcase.hub.form.questions import Form
from bizcase.hub.form.write_front import fill_front, start_front
from bizcase.hub.form.write_page import PageWriter, Places
from bizcase.specification.shape import Rules
from bizcase.workbook.embedded import with_sheet
from bizcase.workbook.form_book import FormBook, growing


def write_form(form: Form, data: Rules | None, version: str) -> bytes:
    """The form as a workbook: empty, or filled in as far as `data`, a specification, goes. The same input gives the same bytes.

    `data` need not be sound: what is of a wrong kind is shown as it is.
    """
    known = data or {}
    remarks = remarks_of(known)
    in_place = placed(remarks, form, known)
    left = [remark for remark in remarks if remark not in in_place.values()]
    book, places = FormBook(), Places()
    pages = [PageWriter(book, form, page, known, in_place, places, left) for page in form.pages]
    front = start_front(book) if len(pages) > 1 else None
    for page in pages:
        page.write()
    for page in pages:
        page.draw_references()
    if front is not None:
        fill_front(front, form, places)
    content = book.finished(form.profile.title)
    parts = {name: growing(part) if name.startswith("xl/worksheets/sheet") else part
             for name, part in parts_of(content).items()}
    return packed(with_sheet(parts, as_texts(keys_of(form, version, book.words))))
