"""The form as a workbook: it counts as it is filled in, offers what the schema allows, and shows what was answered before."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from bizcase.hub.form.cells import to_cell
from bizcase.hub.form.keys import from_texts, keys_of
from bizcase.hub.form.questions import PARENT, REMARKS, Question, form_of
from bizcase.hub.form.read import read_form
from bizcase.hub.form.words import offered
from bizcase.hub.form.write import write_form
from bizcase.hub.form.write_page import END
from bizcase.specification.profile import load_profile, profile_names
from bizcase.specification.source import read
from bizcase.workbook.embedded import TITLE, texts_of
from bizcase.workbook.recalculate import recalculated
from tests.conftest import SAMPLES
from tests.hub.filling import answer, form_named, keys, put_row, question_row, saved, table, untouched, written

Office = Callable[[Path, str], Path]
NEEDED = 16
"""The answers that an Ideas Den submission cannot do without; a table is one."""


def values(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content), data_only=True)


def status(book: Workbook, key: str) -> Any:
    """The word beside a question, or beside the title of a table."""
    [found] = [sheet.cell(row - key.startswith("table:"), 2).value for sheet in book.worksheets for found, row in keys(sheet)
               if found == key]
    return found


def partly_filled() -> bytes:
    """A form on which somebody has answered three questions and four tables, two of those not to the end."""
    _, book = form_named("ideas-den")
    answer(book, "document.title").value = "Walking aids that come back"
    answer(book, "summary.ask").value = 12000
    answer(book, "document.author").value = "   "
    answer(book, "summary.decision").value = "Pay for the texts"
    put_row(book, "stakeholders.map", 1, {"Name": "Dr Asha Renwick", "Group": "peer doctors"})
    put_row(book, "risks.register", 2, {"Risk": "Nobody rings"})
    put_row(book, "resources.funding", 1, {"Source": "Ward fund"})
    put_row(book, "inclusion.groups", 1, {"Group": "People without a telephone", "Reason": "No text", "Mitigation": "A card"})
    put_row(book, "inclusion.groups", 3, {"Reason": "Unknown"})
    put_row(book, "benefits.register[].targets", 1, {"For": "B1", "Month after launch": 12, "Target": 40})
    return saved(book)


def assert_counted(book: Workbook) -> None:
    sheet = book.worksheets[0]
    assert sheet["C3"].value == f"3 of {NEEDED} needed answers filled"
    assert sheet["E3"].value == "█" * 4 + "░" * 16
    assert sheet["F3"].value == "Next: Organisation"
    words = {"document.title": "done", "document.author": "needed", "summary.decision": "filled", "document.sro": "optional",
             "table:stakeholders.map": "done", "table:risks.register": "needed", "table:resources.funding": "unfinished",
             "table:inclusion.groups": "needed", "table:benefits.register[].targets": "filled",
             "table:readiness.executive_commitment": "optional"}
    assert {key: status(book, key) for key in words} == words
    groups, heads, _ = table(book, "inclusion.groups")
    assert [groups.cell(heads + row, 2).value or "" for row in (1, 2, 3)] == ["complete", "", "unfinished"]


def test_the_form_counts_what_is_filled_in() -> None:
    assert_counted(values(recalculated(partly_filled())))


@pytest.mark.needs("soffice")
def test_libreoffice_counts_the_same(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "partly.xlsx"
    path.write_bytes(partly_filled())
    assert_counted(values(office(path, "xlsx").read_bytes()))


@pytest.mark.needs("soffice")
def test_the_shortest_form_is_one_page_of_a4(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "den.xlsx"
    path.write_bytes(written("ideas-den"))
    [page] = PdfReader(office(path, "pdf")).pages
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
    text = page.extract_text()
    assert f"0 of {NEEDED} needed answers filled" in text
    assert "Executive commitment" in text, "the last table is on the page"
    assert load_workbook(path).worksheets[0].page_setup.fitToHeight == 0, "the page is full size, and not made to fit"


def test_a_finished_form_says_so() -> None:
    data = read((SAMPLES / "exercise-medicine.yaml").read_text("utf-8"), "s")[0].data
    book = values(write_form(form_of(load_profile("ideas-den"), data), data, "1.0"))
    assert book["Ideas Den submission"]["C3"].value == f"{NEEDED} of {NEEDED} needed answers filled"
    assert book["Ideas Den submission"]["F3"].value == "Everything that is needed is there. Save the file and send it back."
    assert book["Ideas Den submission"]["E3"].value == "█" * 20


@pytest.mark.parametrize("name", ["innovation-fund", "ten-questions"])
def test_the_first_sheet_of_a_long_form_adds_up_the_others(name: str) -> None:
    form, book = untouched(name)[0], values(written(name))
    front = book.worksheets[0]
    needed = sum(question.needed for question in form.questions) + sum(found.needed for found in form.tables)
    assert front["B3"].value == f"0 of {needed} needed answers filled"
    assert [row[2] for row in front.iter_rows(values_only=True) if row[2] in {page.title for page in form.pages}] == [
        page.title for page in form.pages]
    links = {cell.hyperlink.location for row in front.iter_rows() for cell in row if cell.hyperlink}
    assert len(links) == len(form.pages)


def validation(sheet: Worksheet, at: str) -> DataValidation:
    """What Excel shows and offers in a cell; one rule a cell."""
    found: list[DataValidation] = [rule for rule in sheet.data_validations.dataValidation if at in rule.sqref]
    assert len(found) == 1
    return found[0]


def choices(book: Workbook, rule: DataValidation) -> list[Any]:
    title, area = str(rule.formula1).replace("'", "").split("!")
    cells = book[title][area.replace("$", "")]
    return [cell.value for [cell] in cells]


@pytest.mark.parametrize("name", profile_names())
def test_every_cell_says_how_to_answer_it_and_offers_the_words_that_the_schema_allows(name: str) -> None:
    form, book = untouched(name)
    places: list[tuple[Question, Worksheet, str]] = []
    for question in form.questions:
        sheet, row = question_row(book, question.path)
        places.append((question, sheet, f"E{row}"))
    for each in form.tables:
        sheet, heads, columns = table(book, each.path)
        places += [(column, sheet, sheet.cell(heads + 1, columns[column.label]).coordinate) for column in each.columns]
    offered_to = 0
    for question, sheet, at in places:
        rule = validation(sheet, at)
        assert 0 < len(str(rule.prompt)) <= 255
        assert 0 < len(str(rule.promptTitle)) <= 32
        if offered(question.field):
            assert choices(book, rule) == list(offered(question.field)), question.path
            assert rule.errorStyle == ("warning" if question.field.type != "list" else None)
            offered_to += 1
    assert offered_to > 8
    assert sum(bool(question.field.allowed) for question, _, _ in places) > 6


def test_a_cell_that_names_a_row_offers_the_ids_on_the_form() -> None:
    _, book = form_named("ideas-den")
    sheet, heads, columns = table(book, "resources.costs")
    assert choices(book, validation(sheet, sheet.cell(heads + 1, columns["Payer"]).coordinate)) == ["F1", "F2", "F3", None]
    sheet, heads, columns = table(book, "benefits.register[].targets")
    assert choices(book, validation(sheet, sheet.cell(heads + 1, columns["For"]).coordinate)) == ["B1", "B2", "B3", None]


@pytest.mark.parametrize(("profile", "sample"), [
    ("ideas-den", "exercise-medicine"), ("innovation-fund", "remote-monitoring"), ("ideas-den", "remote-monitoring")])
def test_a_form_to_be_continued_shows_every_answer_in_its_cell(profile: str, sample: str) -> None:
    data = read((SAMPLES / f"{sample}.yaml").read_text("utf-8"), sample)[0].data
    form, book = form_named(profile, data)
    seen = 0
    for question in form.questions:
        wanted = data
        for step in question.path.split("."):
            wanted = wanted.get(step, {})
        if wanted != {}:
            assert shown(answer(book, question.path).value) == shown(to_cell(wanted, question.field)), question.path
            seen += 1
    assert seen > 20
    costs = next(found for found in form.tables if found.path == "resources.costs")
    sheet, heads, columns = table(book, "resources.costs")
    for number, row in enumerate(data["resources"]["costs"], heads + 1):
        for column in costs.columns:
            if column.path in row:
                assert shown(sheet.cell(number, columns[column.label]).value) == shown(to_cell(row[column.path], column.field))


def shown(value: Any) -> Any:
    """A value as a cell gives it back."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date()
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def test_dates_are_dates_and_what_excel_would_take_for_one_is_text() -> None:
    _, book = form_named("innovation-fund", {"document": {"date": "2026-09-15"}, "appraisal": {"price_base_year": "2026/27"}})
    assert answer(book, "document.date").value == datetime(2026, 9, 15)
    assert answer(book, "document.date").number_format == answer(book, "document.submission_date").number_format == "d mmm yyyy"
    assert answer(book, "appraisal.price_base_year").value == "2026/27"
    assert answer(book, "appraisal.price_base_year").number_format == "@"


def test_empty_rows_go_on_with_the_ids_and_rows_end_where_the_line_says() -> None:
    data = {"stakeholders": {"map": [{"id": "P7", "name": "Dr Asha Renwick", "group": "peer doctors"}]}}
    _, book = form_named("ideas-den", data)
    sheet, heads, columns = table(book, "stakeholders.map")
    assert [sheet.cell(heads + row, columns["Id"]).value for row in range(1, 4)] == ["P7", "P8", "P9"]
    assert sheet.cell(heads + 4, 1).value == END


def test_rows_within_rows_name_the_row_around_them() -> None:
    data = {"benefits": {"register": [{"id": "B1", "title": "Fewer falls"},
                                      {"id": "B4", "title": "Sleep", "targets": [{"month": 6, "value": 0.3}]}]}}
    _, book = form_named("ideas-den", data)
    sheet, heads, columns = table(book, "benefits.register[].targets")
    assert [sheet.cell(heads + 1, columns[head]).value for head in ("For", "Month after launch")] == ["B4", 6]


@pytest.mark.parametrize("typed", ["=1+1", "+44 7700 900123", "-cost", "@ward", "#4", "_x0041_", "=HYPERLINK(\"http://a\")"])
def test_what_somebody_typed_never_becomes_a_formula(typed: str) -> None:
    _, book = form_named("ideas-den", {"document": {"title": typed}, "risks": {"register": [{"id": "R1", "title": typed}]}})
    sheet, heads, columns = table(book, "risks.register")
    for cell in (answer(book, "document.title"), sheet.cell(heads + 1, columns["Risk"])):
        assert cell.data_type == "s"
        assert cell.value in (typed, typed.replace("_x0041_", "_x005F_x0041_"))


def test_a_remark_stands_again_in_the_cell_that_it_was_meant_for_and_the_others_at_the_end() -> None:
    remarks = [{"field": "summary.ask", "text": "about 12k?", "from": "Form!E10"},
               {"field": "document.title", "text": "Or: Sticks", "from": "Form!E5"},
               {"field": "resources.costs[C2].amount", "text": "ask Jo", "from": "Form!F26"},
               {"field": "benefits.register[B1].targets[1].value", "text": "half", "from": "Form!E43"},
               {"text": "We also need a bench", "from": "Form!N3"}]
    data = {"document": {"title": "Walking aids", "remarks": remarks},
            "resources": {"costs": [{"id": "C2", "item": "Texts"}]},
            "benefits": {"register": [{"id": "B1", "targets": [{"month": 12}]}]}}
    _, book = form_named("ideas-den", data)
    assert answer(book, "summary.ask").value == "about 12k?"
    assert answer(book, "document.title").value == "Walking aids"
    costs, heads, columns = table(book, "resources.costs")
    assert costs.cell(heads + 1, columns["Amount"]).value == "ask Jo"
    targets, heads, columns = table(book, "benefits.register[].targets")
    assert targets.cell(heads + 1, columns["Target"]).value == "half"
    sheet, heads, columns = table(book, REMARKS)
    assert [[sheet.cell(heads + row, column).value for column in columns.values()] for row in (1, 2)] == [
        ["document.title", "Or: Sticks", "Form!E5"], [None, "We also need a bench", "Form!N3"]]
    assert sheet.cell(heads + 3, 1).value == END


@pytest.mark.parametrize("data", [
    {"document": "all of it"}, {"stakeholders": {"map": "everybody"}}, {"stakeholders": {"map": [None, "S1", 4]}},
    {"summary": {"ask": {"value": "lots"}}}, {"resources": {"costs": [{"id": 7, "amount": [1, 2]}]}},
    {"document": {"remarks": "none"}}, {"document": {"date": "soon", "title": None}}])
def test_a_specification_that_is_not_sound_yet_still_gives_a_form(data: dict[str, Any]) -> None:
    content = write_form(form_of(load_profile("ideas-den"), data), data, "1.0")
    assert values(content).worksheets


def test_the_form_carries_what_it_is_in_a_sheet_that_only_a_macro_can_show() -> None:
    _, book = untouched("ideas-den")
    assert {sheet.title: sheet.sheet_state for sheet in book.worksheets} == {
        "Ideas Den submission": "visible", "Lists": "hidden", TITLE: "veryHidden"}
    found = from_texts(texts_of({cell.coordinate: cell.value for row in book[TITLE].iter_rows() for cell in row}))
    assert found is not None
    assert (found.version, found.profile) == ("1.0", "ideas-den")
    visible = {cell.value for row in book.worksheets[0].iter_rows(min_col=3) for cell in row if cell.data_type == "s"}
    ids = {f"{letter}{number}" for letter in "SCFBRQ" for number in (1, 2, 3)}
    assert visible - ids <= {*found.words, *(label.text for label in found.labels)}
    assert len(found.words) > 50
    sheet = book.worksheets[0]
    assert sheet.column_dimensions["A"].hidden
    assert not sheet.protection.sheet, "rows must be inserted, and cells pasted"


def test_the_same_form_gives_the_same_bytes() -> None:
    assert write_form(form_of(load_profile("ten-questions")), None, "1.0") == written("ten-questions")


def test_no_formula_is_longer_or_newer_than_excel_2007_takes() -> None:
    known = {"IF", "LEN", "TRIM", "COUNTA", "COUNTIF", "SUMPRODUCT", "AND", "REPT", "ROUND", "MAX", "IFERROR", "INDEX", "MATCH",
             "SUM"}
    seen: set[str] = set()
    for name in profile_names():
        for sheet in untouched(name)[1].worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        assert len(str(cell.value)) < 8_000
                        seen |= set(re.findall(r"([A-Z]+)\(", str(cell.value)))
    assert seen == known


def test_the_words_of_a_hub_are_on_its_form() -> None:
    ours = replace(load_profile("ideas-den"), terms={"commissioner": "ICB"}, title="Spark: ideas/2027", text="title: Spark")
    book = load_workbook(io.BytesIO(write_form(form_of(ours), None, "1.0")))
    sheet = book.worksheets[0]
    assert (sheet.title, sheet["C1"].value) == ("Spark ideas 2027", "Spark: ideas/2027")
    assert "ICBs in brief" in {cell.value for cell in sheet["C"]}
    assert PARENT not in {cell.value for cell in sheet["A"]}
    assert date(2026, 1, 1) == book.properties.created.date()


def test_the_message_of_a_cell_says_how_an_answer_is_written_with_an_example() -> None:
    _, book = untouched("ideas-den")
    sheet, heads, columns = table(book, "resources.costs")
    said = {head: validation(sheet, sheet.cell(heads + 1, column).coordinate).prompt for head, column in columns.items()}
    assert said["Id"] == "A short code for this cost, such as C1.\nExample: C1"
    assert said["Recurrent"] == "Whether it comes back each year once the service runs. Yes or no.\nExample: yes"
    assert said["Amount"] == (
        "How much in each financial year, at base-year prices, without VAT. Write each amount with its financial year, or so "
        "much a year.\nExample: 24,000 a year from 2026/27 to 2030/31")
    sheet, heads, columns = table(book, "benefits.register[].targets")
    assert validation(sheet, sheet.cell(heads + 1, columns["For"]).coordinate).prompt == (
        "The id of the row of Benefits register that this belongs to. Choose or type the id.\nExample: B1")


def test_words_that_have_changed_since_are_not_taken_for_answers() -> None:
    earlier = replace(load_profile("ideas-den"), terms={"commissioner": "clinical group", "benefit": "gain", "bid": "paper"})
    form = form_of(earlier, {})
    then, now = ({label.text for label in keys_of(each, "").labels} for each in (form, untouched("ideas-den")[0]))
    assert len(then - now) > 2
    found = read_form(write_form(form, None, "0.9"), "form.xlsx")
    assert [finding.message for finding in found.findings] == []
    assert found.data.keys() <= {"bizcase", "profile"}


def test_what_the_form_does_not_ask_stands_on_a_sheet_of_its_own_by_section() -> None:
    data = {"governance": {"sro": "Helen Marsh"}, "innovation": {"name": "Northmoor Beacon"}}
    _, book = form_named("ideas-den", data)
    sheet, _ = question_row(book, "governance.sro")
    assert (sheet.title, sheet["C1"].value) == ("More answers", "More answers")
    labels = [cell.value for cell in sheet["C"] if cell.value]
    assert [label for label in labels if label in ("Innovation and unique proposition", "Governance and leadership", "Name")] == [
        "Innovation and unique proposition", "Name", "Governance and leadership"]
