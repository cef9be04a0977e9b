"""A form that came back, filled in as people fill in forms: nothing typed is lost, and what is told names its cell."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import count
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from bizcase.errors import Finding, Place, Severity, UnreadableFile
from bizcase.hub.form.read import is_form, read_form
from bizcase.specification.check import check_text
from tests.hub.forming import NAME, PAGE, answer, blank, came_back, edited, fill_row, heads, row_of, told

KEPT = "it is kept as a remark"


def remarks(form: Any) -> list[tuple[str, str, str]]:
    return [(row.get("field", ""), row["text"], row["from"]) for row in form.data.get("document", {}).get("remarks", [])]


def page(book: Workbook) -> Worksheet:
    return book[PAGE]


def small(book: Workbook) -> None:
    """A form filled in with a few answers and rows, as it should be."""
    sheet = page(book)
    answer(sheet, "document.title", "Safe at home")
    answer(sheet, "summary.ask", "£12k")
    fill_row(sheet, "stakeholders.map", 1, Name="Patients' panel", Group="patients")
    fill_row(sheet, "stakeholders.map", 2, Name="Chief nurse", Group="executives")
    fill_row(
        sheet,
        "resources.costs",
        1,
        Item="Licence",
        Amount="£12k a year from 26/27",
        Category="licence",
        Type="revenue",
        Recurrent="yes",
        Payer="Trust",
    )
    fill_row(sheet, "resources.funding", 1, Source="Trust", Amount="12,000 a year", Kind="host", Status="confirmed")


SMALL = {
    "bizcase": 1,
    "profile": "ideas-den",
    "document": {"title": "Safe at home"},
    "summary": {"ask": 12_000},
    "stakeholders": {
        "map": [
            {"id": "S1", "name": "Patients' panel", "group": "patients"},
            {"id": "S2", "name": "Chief nurse", "group": "executives"},
        ]
    },
    "resources": {
        "costs": [
            {
                "id": "C1",
                "item": "Licence",
                "category": "licence",
                "type": "revenue",
                "recurrent": True,
                "amount": {"per_year": 12_000, "from": "2026/27"},
                "payer": "F1",
            }
        ],
        "funding": [{"id": "F1", "source": "Trust", "kind": "host", "amount": {"per_year": 12_000}, "status": "confirmed"}],
    },
}


def test_an_empty_form_is_an_empty_specification() -> None:
    form = read_form(blank(), NAME)
    assert form.data == {"bizcase": 1, "profile": "ideas-den"}
    assert (form.findings, form.remarks, form.taken) == ((), (), 0)
    assert len(form.open) > 10
    assert [(each.label, each.cell) for each in form.open[:2]] == [("Title", "E5"), ("Organisation", "E6")]


def test_what_was_filled_in_is_read_and_nothing_else_is_told() -> None:
    form = came_back(small)
    assert form.data == SMALL
    assert told(form) == []
    assert form.taken == 16


@pytest.mark.parametrize(
    "change",
    [
        "a row above",
        "rows between",
        "a column before",
        "a column between",
        "the sheet renamed",
        "the keys lost",
        "the keys and the hidden sheet lost",
        "the hidden sheet lost",
        "unlocked",
        "a column after",
    ],
)
def test_a_form_that_was_changed_around_its_answers_reads_the_same(change: str) -> None:
    def changed(book: Workbook) -> None:
        small(book)
        sheet = page(book)
        match change:
            case "a row above":
                sheet.insert_rows(1)
            case "rows between":
                for row in (22, 21, 10, 6):
                    sheet.insert_rows(row)
            case "a column before":
                sheet.insert_cols(1)
            case "a column between":
                sheet.insert_cols(4)
            case "a column after":
                sheet.insert_cols(6)
            case "the sheet renamed":
                sheet.title = "My idea (final) v2"
            case "unlocked":
                for cells in sheet.iter_rows():
                    for cell in cells:
                        cell.style = "Normal"
        if change.startswith("the keys"):
            sheet.delete_cols(1)
        if change.endswith("hidden sheet lost"):
            del book["bizcase"]

    form = came_back(changed)
    assert form.data == SMALL
    assert told(form) == []


def test_rows_taken_out_take_nothing_else_with_them() -> None:
    def changed(book: Workbook) -> None:
        small(book)
        sheet = page(book)
        sheet.delete_rows(row_of(sheet, "table:stakeholders.map") + 1)
        sheet.delete_rows(row_of(sheet, "document.organisation"))

    form = came_back(changed)
    assert form.data == {**SMALL, "stakeholders": {"map": SMALL["stakeholders"]["map"][1:]}}  # type: ignore[index]
    assert told(form) == []


def test_rows_beyond_those_offered_are_read_and_given_ids() -> None:
    def changed(book: Workbook) -> None:
        sheet = page(book)
        for number in range(1, 6):
            fill_row(sheet, "risks.register", number, Risk=f"Risk {number}", Owner="Lead nurse")

    form = came_back(changed)
    rows = form.data["risks"]["register"]
    assert [(row["id"], row["title"]) for row in rows][:3] == [("R1", "Risk 1"), ("R2", "Risk 2"), ("R3", "Risk 3")]
    assert [row["id"] for row in rows] == ["R1", "R2", "R3", "R4", "R5"]
    assert [line.split(" ", 2)[2] for line in told(form)] == [f"the row has no id, so it is given R{number}" for number in (4, 5)]


def test_inserted_rows_are_rows_of_their_table() -> None:
    def changed(book: Workbook) -> None:
        sheet = page(book)
        sheet.insert_rows(row_of(sheet, "table:risks.register") + 2, 2)
        for number in (1, 2, 3, 5):
            fill_row(sheet, "risks.register", number, Risk=f"Risk {number}")

    form = came_back(changed)
    assert [(row["id"], row["title"]) for row in form.data["risks"]["register"]] == [
        ("R1", "Risk 1"),
        ("R4", "Risk 2"),
        ("R5", "Risk 3"),
        ("R3", "Risk 5"),
    ]
    assert [found.code for found in form.findings] == ["F14", "F14"]


def test_a_pasted_table_with_its_own_heads_in_another_order_is_read_by_its_heads() -> None:
    pasted: list[list[str | None]] = [
        ["Owner", "Risk", "Cost code", "Id"],
        ["Lead nurse", "Supplier fails", "AB12", "R1"],
        ["Finance", "Late interface", None, "R2"],
    ]

    def changed(book: Workbook) -> None:
        sheet = page(book)
        start = row_of(sheet, "table:risks.register") + 1
        sheet.insert_rows(start, 3)
        for row, values in enumerate(pasted, start):
            for column, value in enumerate(values, 3):
                sheet.cell(row, column).value = value

    form = came_back(changed)
    assert form.data["risks"]["register"] == [
        {"id": "R1", "title": "Supplier fails", "owner": "Lead nurse"},
        {"id": "R2", "title": "Late interface", "owner": "Finance"},
    ]
    assert told(form) == [f"F15 E57 the table has no column “Cost code”: “Cost code: AB12”; {KEPT}"]
    assert remarks(form) == [("risks.register", "Cost code: AB12", f"{PAGE}!E57 of form.xlsx")]


def test_answers_merged_over_several_cells_are_read() -> None:
    def changed(book: Workbook) -> None:
        small(book)
        sheet = page(book)
        row = row_of(sheet, "document.author")
        sheet.cell(row, 4).value = "Dr Asha Renwick"
        sheet.merge_cells(start_row=row, start_column=4, end_row=row, end_column=5)
        row = row_of(sheet, "problem.summary")
        sheet.cell(row, 5).value = "Nobody knows"
        sheet.merge_cells(start_row=row, start_column=5, end_row=row + 1, end_column=5)

    form = came_back(changed)
    assert form.data["document"]["author"] == "Dr Asha Renwick"
    assert form.data["problem"] == {"summary": "Nobody knows"}
    assert told(form) == []


def test_an_answer_beside_its_cell_or_over_its_question_is_taken_and_told() -> None:
    def changed(book: Workbook) -> None:
        sheet = page(book)
        sheet.cell(row_of(sheet, "document.title"), 4).value = "Safe at home"
        sheet.cell(row_of(sheet, "document.author"), 3).value = "Author: Dr Asha Renwick"
        sheet.cell(row_of(sheet, "document.organisation"), 3).value = "Northmoor"

    form = came_back(changed)
    assert form.data["document"] == {"title": "Safe at home", "organisation": "Northmoor", "author": "Dr Asha Renwick"}
    assert told(form) == [
        "F11 D5 what stands beside the cell for “Title” is taken as its answer",
        "F11 C6 what is written over the question “Organisation” is taken as its answer",
        "F11 C7 what is written over the question “Author” is taken as its answer",
    ]


def test_what_is_written_beside_under_and_on_an_answer_is_kept_with_its_cell() -> None:
    def changed(book: Workbook) -> None:
        sheet = page(book)
        answer(sheet, "document.title", "Safe at home")
        sheet.cell(5, 7).value = "or Safer at home?"
        sheet.insert_rows(6)
        sheet.cell(6, 5).value = "see the email of 3 May"
        sheet.cell(8, 5).comment = Comment("ask Asha", "a")
        sheet.cell(8, 5).value = "Dr A. Renwick"

    form = came_back(changed)
    assert form.data["document"]["title"] == "Safe at home"
    assert form.data["document"]["author"] == "Dr A. Renwick"
    assert remarks(form) == [
        ("document.author (beside)", "ask Asha", f"{PAGE}!E8 of form.xlsx"),
        ("document.title (beside)", "or Safer at home?", f"{PAGE}!G5 of form.xlsx"),
        ("document.title (beside)", "see the email of 3 May", f"{PAGE}!E6 of form.xlsx"),
    ]
    assert [line[:6] for line in told(form)] == ["F12 G5", "F12 E6", "F12 E8"]
    assert {found.severity for found in form.findings} == {Severity.ADVISORY}


def test_no_answer_yet_is_told_once_and_kept() -> None:
    def changed(book: Workbook) -> None:
        sheet = page(book)
        answer(sheet, "document.title", "none")
        answer(sheet, "document.author", "tbc")
        answer(sheet, "summary.ask", "n/a")
        fill_row(sheet, "risks.register", 1, Risk="Late", Owner="-", Category="?")

    form = came_back(changed)
    assert form.data["document"]["title"] == "none"
    assert "summary" not in form.data
    assert form.data["risks"]["register"] == [{"id": "R1", "title": "Late"}]
    assert told(form) == [
        "F13 F56 these cells say “-”, “?”, “tbc” or “n/a”, which is no answer (F56, G56, E7 and E10); "
        "the fields stay empty, and the words are kept as remarks"
    ]
    assert [(field, text) for field, text, _ in remarks(form)] == [
        ("risks.register[R1].owner", "-"),
        ("risks.register[R1].category", "?"),
        ("document.author", "tbc"),
        ("summary.ask", "n/a"),
    ]


def test_what_cannot_be_read_is_told_with_what_to_write_and_kept() -> None:
    def changed(book: Workbook) -> None:
        sheet = page(book)
        answer(sheet, "summary.ask", "between 10 and 20 thousand")
        answer(sheet, "document.title", "#REF!")
        answer(sheet, "appraisal.price_base_year", "next year")
        fill_row(sheet, "resources.costs", 2, Item="Licence", Amount=12_000, Payer="the trust")

    form = came_back(changed)
    assert told(form) == [
        f"F10 E5 Title: it shows the error #REF!; {KEPT}",
        f"F10 E10 Amount asked for: “between 10 and 20 thousand” is a range; one best figure is wanted; {KEPT}",
        f"F10 E17 Price base year: “next year” is not a financial year; {KEPT}",
        f"F10 F29 Amount: 12,000 does not say in which year; {KEPT}",
        "F10 J29 Payer: “the trust” is not the id or the name of a row in resources.funding; there are no rows there yet; "
        f"{KEPT}",
    ]
    assert {found.severity for found in form.findings} == {Severity.MAJOR}
    assert all(found.hint for found in form.findings)
    assert ("resources.costs[C2].amount", "12000", f"{PAGE}!F29 of form.xlsx") in remarks(form)
    assert form.data["resources"]["costs"] == [{"id": "C2", "item": "Licence"}]


def test_a_formula_gives_its_result_and_one_without_a_result_is_told() -> None:
    def with_formula(book: Workbook) -> None:
        answer(page(book), "summary.ask", "=1200*12")

    content = edited(blank(), with_formula)
    form = read_form(content, NAME)
    assert told(form) == [f"F10 E10 Amount asked for: it holds the formula =1200*12, and no result of it; {KEPT}"]
    assert remarks(form) == [("summary.ask", "=1200*12", f"{PAGE}!E10 of form.xlsx")]
    parts = _parts(content)
    sheet = next(name for name, data in parts.items() if b"1200*12" in data)
    parts[sheet] = re.sub(rb"<f>1200\*12</f><v\s*/>|<f>1200\*12</f><v></v>", b"<f>1200*12</f><v>14400</v>", parts[sheet])
    form = read_form(_packed(parts), NAME)
    assert (form.data["summary"], told(form)) == ({"ask": 14_400}, [])


def test_ids_that_are_given_twice_or_are_none_are_given_anew() -> None:
    def changed(book: Workbook) -> None:
        sheet = page(book)
        for number, name in enumerate(("S1", "S1", "the nurses"), 1):
            row = fill_row(sheet, "stakeholders.map", number, Name=f"Group {number}")
            sheet.cell(row, 3).value = name

    form = came_back(changed)
    assert [row["id"] for row in form.data["stakeholders"]["map"]] == ["S1", "S2", "S3"]
    assert told(form) == [
        "F14 C22 the id S1 stands in another row too, so this row is given S2",
        f"F14 C23 “the nurses” is not an id, so the row is given S3; {KEPT}",
    ]
    assert ("stakeholders.map[S3].id", "the nurses", f"{PAGE}!C23 of form.xlsx") in remarks(form)


def test_nested_rows_find_their_row_by_its_id_or_its_name_or_the_row_above() -> None:
    def changed(book: Workbook) -> None:
        sheet = page(book)
        fill_row(sheet, "benefits.register", 1, Title="Fewer admissions")
        fill_row(sheet, "benefits.register", 2, Title="Shorter stays")
        targets = "benefits.register[].targets"
        fill_row(sheet, targets, 1, For="shorter stays", Month_after_launch=12, Target="20%")
        fill_row(sheet, targets, 2, Month_after_launch="24 months", Target=0.3)
        fill_row(sheet, targets, 3, For="b1", Month_after_launch=12, Target=540)
        fill_row(sheet, targets, 4, For="B9", Month_after_launch=36, Target=500)

    form = came_back(changed)
    assert form.data["benefits"]["register"] == [
        {"id": "B1", "title": "Fewer admissions", "targets": [{"month": 12, "value": 540}]},
        {"id": "B2", "title": "Shorter stays", "targets": [{"month": 12, "value": 0.2}, {"month": 24, "value": 0.3}]},
    ]
    assert told(form) == [
        "F11 C50 the row does not say where it belongs; it is put to B2",
        f"F16 C52 Targets: “B9” names no row there; {KEPT}",
    ]
    assert [text for _, text, _ in remarks(form)] == ["B9", "36", "500"]


def test_a_question_answered_twice_keeps_the_second_answer_as_a_remark() -> None:
    def changed(book: Workbook) -> None:
        sheet = page(book)
        answer(sheet, "document.title", "Safe at home")
        for column in range(1, 7):
            sheet.cell(18, column).value = sheet.cell(5, column).value
        sheet.cell(18, 5).value = "Safer at home"

    form = came_back(changed)
    assert form.data["document"]["title"] == "Safe at home"
    assert told(form) == [f"F17 E18 “Title” is answered further up already; {KEPT}"]
    assert remarks(form) == [("document.title", "Safer at home", f"{PAGE}!E18 of form.xlsx")]


def test_what_an_answer_leaves_over_and_a_note_on_a_question_are_kept() -> None:
    def changed(book: Workbook) -> None:
        sheet = page(book)
        fill_row(sheet, "resources.costs", 1, Item="Licence", Recurrent="Yes - from year 2")
        sheet.cell(5, 3).comment = Comment("which title?", "a")

    form = came_back(changed)
    assert form.data["resources"]["costs"] == [{"id": "C1", "item": "Licence", "recurrent": True}]
    assert [(field, text) for field, text, _ in remarks(form)] == [
        ("resources.costs[C1].recurrent", "Yes - from year 2"),
        ("document.title (beside)", "which title?"),
    ]


def test_a_copy_of_a_sheet_says_nothing_twice() -> None:
    def changed(book: Workbook) -> None:
        small(book)
        copy = book.copy_worksheet(page(book))
        answer(copy, "document.author", "Dr Asha Renwick")
        answer(copy, "document.title", "Safer at home")

    form = came_back(changed)
    assert form.data["stakeholders"] == SMALL["stakeholders"]
    assert form.data["resources"] == SMALL["resources"]
    assert form.data["document"]["author"] == "Dr Asha Renwick"
    assert [(found.code, found.place.where) for found in form.findings] == [("F17", f"sheet {PAGE} Copy, cell E5")]


def test_an_answer_far_too_long_for_its_question_is_kept_and_told() -> None:
    form = came_back(lambda book: answer(page(book), "summary.ask", "about 10 and then " * 100))
    assert [found.code for found in form.findings] == ["F10"]
    assert "too many for a number" in form.findings[0].message
    assert len(remarks(form)[0][1]) == 1_799


def test_a_form_of_another_version_is_placed_by_its_keys_and_keeps_what_has_no_place() -> None:
    def older(book: Workbook) -> None:
        small(book)
        sheet, hidden = page(book), book["bizcase"]
        sheet.cell(8, 1).value, sheet.cell(8, 3).value, sheet.cell(8, 5).value = "document.patron", "Patron", "Dame Hollis"
        sheet.cell(6, 1).value, sheet.cell(6, 5).value = "document.trust", "Northmoor"
        columns = heads(sheet, "stakeholders.map")
        sheet.cell(20, max(columns.values()) + 1).value, sheet.cell(21, max(columns.values()) + 1).value = "Mood", "glad"
        for row in hidden.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and '"schema"' in cell.value:
                    cell.value = re.sub(r'"schema":"[^"]*"', '"schema":"0"', cell.value)

    form = came_back(older)
    assert {key: value for key, value in form.data.items() if key != "document"} == {
        key: value for key, value in SMALL.items() if key != "document"
    }
    lines = told(form)
    assert form.data["document"]["organisation"] == "Northmoor"
    assert "F11 E6 “Organisation” had another key, and is read by its words" in lines
    assert (
        f"F15 E8 “document.patron” is not asked any more: “Dame Hollis”; {KEPT}" in lines
        or f"F15 E8 “Patron” is not asked any more: “Dame Hollis”; {KEPT}" in lines
    )
    assert f"F15 F21 the table has no column “Mood”: “Mood: glad”; {KEPT}" in lines
    assert ("document.patron", "Dame Hollis", f"{PAGE}!E8 of form.xlsx") in remarks(form)


TOKEN = re.compile(r"qz\d+x")


def everywhere(which: str) -> tuple[dict[str, str], Any]:
    """Types a word of its own into every cell in reach, or over every cell of a kind."""
    tokens: dict[str, str] = {}
    numbers = count(1)

    def is_wanted(sheet: Worksheet, row: int, cell: Cell | MergedCell) -> bool:
        key = str(sheet.cell(row, 1).value or "")
        words = isinstance(cell.value, str) and not cell.value.startswith("=")
        return {
            "empty cells": cell.value is None,
            "formulas too": not words,
            "questions": words and cell.column == 3 and "." in key and ":" not in key,
            "heads": words and key.startswith("table:"),
            "guidance": words and int(cell.column or 0) > 5,
            "all": True,
        }[which]

    def typed(book: Workbook) -> None:
        for sheet in (sheet for sheet in book.worksheets if sheet.sheet_state == "visible"):
            for cells in list(sheet.iter_rows(max_row=sheet.max_row + 4, max_col=sheet.max_column + 3, min_col=2)):
                for cell in cells:
                    if is_wanted(sheet, int(cell.row or 0), cell):
                        word = f"qz{next(numbers)}x"
                        tokens[word] = str(cell.coordinate)
                        cell.value = word

    return tokens, came_back(typed)


@pytest.mark.parametrize(
    ("which", "least"),
    [("empty cells", 700), ("formulas too", 800), ("questions", 13), ("heads", 40), ("guidance", 13), ("all", 900)],
)
def test_nothing_that_is_typed_anywhere_on_the_form_is_lost(which: str, least: int) -> None:
    tokens, form = everywhere(which)
    assert len(tokens) >= least
    kept = set(TOKEN.findall(form.text))
    assert [cell for word, cell in tokens.items() if word not in kept] == []
    assert ("F12" in {found.code for found in form.findings}) is (which != "questions")
    assert all(found.place.where.startswith(f"sheet {PAGE}, cell ") for found in form.findings)


def test_a_sheet_of_ones_own_is_kept_row_by_row() -> None:
    def changed(book: Workbook) -> None:
        small(book)
        notes = book.create_sheet("Notes")
        notes["B2"], notes["C2"], notes["B4"] = "Ask the pharmacist", 12, "and the ward"

    form = came_back(changed)
    assert [(text, source) for _, text, source in remarks(form)] == [
        ("Ask the pharmacist | 12", "Notes!B2 of form.xlsx"),
        ("and the ward", "Notes!B4 of form.xlsx"),
    ]
    assert {key: value for key, value in form.data.items() if key != "document"} == {
        key: value for key, value in SMALL.items() if key != "document"
    }


def test_a_finding_about_the_specification_is_placed_in_the_form() -> None:
    def changed(book: Workbook) -> None:
        small(book)
        sheet = page(book)
        fill_row(sheet, "risks.register", 2, Risk="Late", **{"Likelihood_(1_to_5)": 9})

    form = came_back(changed)
    found = {(each.code, each.place.path): form.placed(each).place for each in check_text(form.text, "spec.yaml").findings}
    assert found["E24", "risks.register[1].likelihood"] == Place(
        NAME, path="risks.register[1].likelihood", where=f"sheet {PAGE}, cell H57"
    )
    assert found["E21", "document.author"].where == f"sheet {PAGE}, cell E7"
    assert found["E21", "problem"].where == f"sheet {PAGE}, cell E12"
    assert form.placed(Finding(Place("spec.yaml", 3), "A09", Severity.ADVISORY, "x")).place == Place(NAME)


def test_remarks_of_an_earlier_form_are_taken_over_once() -> None:
    from tests.hub.forming import written

    data = {
        **SMALL,
        "document": {
            "title": "Safe at home",
            "remarks": [
                {"field": "document.author", "text": "tbc", "from": "Form!E7 of old.xlsx"},
                {"text": "see email", "from": "Form!G9 of old.xlsx"},
            ],
        },
    }
    form = read_form(written(data), NAME)
    assert sorted((row["text"]) for row in form.data["document"]["remarks"]) == ["see email", "tbc"]


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _book(**cells: Any) -> bytes:
    book = Workbook()
    for address, value in cells.items():
        book.worksheets[0][address] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"", "E02", "the file is empty"),
        (b"Title,Safe at home\n", "E08", "this is a text file, such as CSV, whatever its name ends in"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "E08", "this is an Excel file of the old kind (.xls)"),
        (b"%PDF-1.7", "E08", "this is a PDF"),
        (_packed({"META-INF/manifest.xml": b"<a/>", "content.xml": b"<a/>"}), "E08", "this is an OpenDocument file"),
        (_packed({"a.txt": b"a"}), "E08", "this is a zip file, and no Excel workbook is in it"),
        (_book(A1="Title", B1="Safe at home"), "F01", "this is no intake form: none of its questions is there"),
    ],
)
def test_what_is_no_form_is_refused_in_one_line(content: bytes, code: str, message: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_form(content, NAME)
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == (code, message)
    assert finding.hint
    assert not is_form(content)


def test_a_damaged_or_hostile_form_is_refused_in_one_line() -> None:
    parts = _parts(blank())
    sheet = "xl/worksheets/sheet1.xml"
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]>' + parts[sheet].split(b"?>", 1)[-1]
    merged = parts[sheet].replace(
        b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    for broken in (
        {**parts, sheet: bomb},
        {**parts, sheet: merged},
        {
            **parts,
            "xl/styles.xml": b"<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
            b"<cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>",
        },
        {**parts, sheet: parts[sheet][:2_000]},
    ):
        with pytest.raises(UnreadableFile) as caught:
            read_form(_packed(broken), NAME)
        assert len(caught.value.findings) == 1


def test_a_paste_of_thousands_of_rows_is_refused() -> None:
    def changed(book: Workbook) -> None:
        notes = book.create_sheet("Notes")
        for row in range(2_100):
            notes.append([row])

    with pytest.raises(UnreadableFile) as caught:
        came_back(changed)
    assert caught.value.findings[0].code == "F02"


def test_a_form_is_known_at_a_glance_and_other_workbooks_are_not_taken_for_one() -> None:
    assert is_form(blank())
    assert is_form(edited(blank(), lambda book: None)), "also when another program saved it"
    assert not is_form(b"")
    assert not is_form(_book(A1="resources", B1="table: costs"))


def test_signs_that_no_bid_can_hold_are_left_out_of_what_was_pasted() -> None:
    form = came_back(
        lambda book: answer(page(book), "summary.proposition", "One_x000D_\r\n\u00a0\r\nTwo\u200b \u201cthree\u201d\u00a0")
    )
    assert form.data["summary"]["proposition"] == "One\n\nTwo \u201cthree\u201d\n"
    assert told(form) == []


def test_the_form_is_read_from_the_cells_that_are_there_and_not_from_how_far_the_sheet_goes() -> None:
    form = came_back(lambda book: page(book).cell(1_048_576, 16_000, "far away"))
    assert remarks(form)[0][1] == "far away"


def test_what_a_form_gives_can_be_sent_between_processes() -> None:
    import pickle

    form = came_back(small)
    assert pickle.loads(pickle.dumps(form)) == form
    assert load_workbook(io.BytesIO(blank())).sheetnames[0] == PAGE
