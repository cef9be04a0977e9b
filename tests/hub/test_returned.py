"""Workbooks that come back are read whatever happened to them, and nothing that was typed counts as something else in silence."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from bizcase.archive import packed
from bizcase.bounded import bounded
from bizcase.document.ooxml import parts_of
from bizcase.errors import BizcaseError, Severity, UnreadableFile
from bizcase.hub.years.returned import Returned, read_returned
from bizcase.review.cells import read_book
from bizcase.review.sealing import sealed
from bizcase.workbook.embedded import TITLE
from bizcase.workbook.measurement_sheet import AMBER, GREEN, LETTER
from bizcase.workbook.recalculate import recalculated
from tests.building import built_sample
from tests.conftest import sample_case
from tests.hub.returning import (
    SAMPLE,
    by_key,
    cell_of,
    insert,
    measurement,
    opened,
    read_back,
    rows_of,
    saved,
    sent_back,
    typed_into,
)
from tests.review.sealing import sealed_sample

TYPED = {("B1", 6): 33, ("B1", 12): 34.8, ("B2", 12): 49, ("B3", 12): 178, ("B5", 12): 0.15}


@cache
def sent() -> bytes:
    return sent_back(TYPED)


def codes(returned: Returned) -> list[tuple[str, str]]:
    return [(found.code, found.place.where) for found in returned.findings]


def test_a_script_that_leaves_every_formula_without_a_value_is_read_as_excel_would() -> None:
    content = sent()
    assert opened_values(content) == {None}, "the test would show nothing if the values were there"
    found = read_returned(content, "back.xlsx")
    assert (found.title, found.organisation, found.reference) == ("Stronger through treatment", "Tamarisk Cancer Care",
                                                                  "TIF-2026-03")
    assert (found.currency, found.launch, found.done, len(found.measurements)) == ("£", date(2027, 4, 5), 5, 20)
    one = by_key(found)["B2", 12]
    assert (one.title, one.owner, one.due) == ("Ordinary days regained", "Lucy Harcourt", date(2028, 4, 5))
    assert (one.baseline, one.target, one.actual, one.realised) == (46, 51, 49, 0.6)
    assert one.value == pytest.approx(0.6 * one.forecast) and one.forecast > 1000
    assert by_key(found)["B1", 12].rating == GREEN and by_key(found)["B3", 12].rating == AMBER
    assert codes(found) == []


def opened_values(content: bytes) -> set[Any]:
    sheet = measurement(openpyxl.load_workbook(io.BytesIO(content), data_only=True))
    return {sheet[f"{LETTER['rating']}{row}"].value for row in rows_of().values()}


def test_each_number_can_be_followed_to_its_cell() -> None:
    content = recalculated(sent())
    sheet = measurement(openpyxl.load_workbook(io.BytesIO(content), data_only=True))
    seen = 0
    for found in read_returned(content, "back.xlsx").measurements:
        for name in ("baseline", "target", "actual", "forecast", "value"):
            if getattr(found, name) is not None:
                assert sheet[found.cells[name]].value == pytest.approx(getattr(found, name))
                seen += 1
    assert seen > 60


def test_a_workbook_saved_before_it_was_recalculated_is_not_believed() -> None:
    """The values in its cells are those of the day it was built, when nothing was measured."""
    typed = typed_into({cell_of(("B2", 12)): 49})
    assert read_book(parts_of(typed)).sheets["Measurement"][cell_of(("B2", 12), "rating")].value == "not measured yet"
    found = by_key(read_returned(typed, "back.xlsx"))["B2", 12]
    assert (found.actual, found.realised) == (49, 0.6)


def test_a_text_that_can_only_be_one_number_is_read_and_told() -> None:
    typed = {("B2", 12): ("49", 49), ("B2", 24): ("49 days", 49), ("B3", 12): ("1,780", 1780), ("B5", 12): ("15%", 0.15)}
    found = read_returned(typed_into({cell_of(key): text for key, (text, _) in typed.items()}), "back.xlsx")
    for key, (_, number) in typed.items():
        assert by_key(found)[key].actual == pytest.approx(number)
        assert isinstance(by_key(found)[key].realised, float), "the workbook's own formulas see the number"
    assert [told for told in codes(found) if told[0] == "G13"] == [
        ("G13", f"sheet Measurement, cell {cell_of(key)}") for key in typed]


def test_a_result_far_from_what_was_planned_is_doubted_and_counts() -> None:
    """On the way from 46 days to 51: 56 is twice as far, 57 is not believed, and 41 is as far in the other direction."""
    for days, told in ((56, []), (57, ["G22"]), (41, []), (40, ["G22"])):
        found = read_back({("B2", 12): days})
        assert [code for code, _ in codes(found)] == told
        assert by_key(found)["B2", 12].actual == days
    assert "the result is -120% of the way to the target" in found.findings[0].message


def test_what_is_no_number_is_told_with_its_cell_and_counts_as_not_measured() -> None:
    """Also what no spreadsheet can hold, and a day that Excel made of what was typed."""
    values = ["about 40", "n/a", "12 %", "TBC", True, datetime(2028, 4, 1), "#N/A", "40-50", 1e308, "1e999", date(2028, 4, 1)]
    typed = dict(zip(rows_of(), values, strict=False))
    found = read_back(typed)
    assert found.done == 0 and {each.value for each in found.measurements} == {0}
    assert codes(found) == [("G12", f"sheet Measurement, cell {cell_of(key)}") for key in typed]
    assert {each.severity for each in found.findings} == {Severity.MAJOR}


def test_a_blank_or_a_dash_is_nothing_typed() -> None:
    assert codes(read_back(dict(zip(rows_of(), ["", " ", "–", "-", None], strict=False)))) == []


def test_twelve_per_cent_typed_where_the_unit_counts_in_points_is_doubted() -> None:
    """Excel makes 0.12 of 12%, whatever the measure counts in."""
    def edit(workbook: Workbook) -> None:
        measurement(workbook)[cell_of(("B2", 12))].number_format = "0%"

    found = read_back({("B2", 12): 0.12}, edit=edit)
    assert by_key(found)["B2", 12].actual == 0.12
    place = f"sheet Measurement, cell {cell_of(('B2', 12))}"
    assert codes(found) == [("G13", place), ("G22", place)]


def test_rows_and_columns_that_were_inserted_move_nothing() -> None:
    found = read_back(TYPED, edit=lambda workbook: insert(workbook, 6, 4))
    plain = read_returned(sent(), "back.xlsx")
    assert {key: (each.actual, each.realised, each.forecast, each.due) for key, each in by_key(found).items()} == \
        {key: (each.actual, each.realised, each.forecast, each.due) for key, each in by_key(plain).items()}
    assert by_key(found)["B2", 12].cells["actual"] == f"N{rows_of()['B2', 12] + 1}"


def test_rows_may_be_sorted_and_the_sheet_renamed() -> None:
    def edit(workbook: Workbook) -> None:
        sheet = measurement(workbook)
        one, other = rows_of()["B1", 6], rows_of()["B1", 12]
        for name in ("month", "months", "target", "actual"):
            first, second = sheet[f"{LETTER[name]}{one}"], sheet[f"{LETTER[name]}{other}"]
            first.value, second.value = second.value, first.value
        sheet.title = "Our results"

    found = read_back(TYPED, edit=edit)
    assert found.sheet == "Our results"
    assert (by_key(found)["B1", 6].actual, by_key(found)["B1", 12].actual) == (33, 34.8)
    assert by_key(found)["B1", 6].cells["actual"] == cell_of(("B1", 12))


def test_headings_in_words_of_their_own_are_known_by_their_place() -> None:
    heading = min(rows_of().values()) - 1
    found = read_returned(typed_into({f"{LETTER['actual']}{heading}": "Ist", f"{LETTER['owner']}{heading}": "Wer",
                                      cell_of(("B2", 12)): 49}), "back.xlsx")
    assert by_key(found)["B2", 12].actual == 49 and found.currency == "£"


def test_a_target_a_threshold_and_a_baseline_that_were_moved_are_told() -> None:
    def edit(workbook: Workbook) -> None:
        sheet = measurement(workbook)
        sheet[cell_of(("B2", 12), "target")] = 48
        sheet["E6"] = 0.5
        sheet[cell_of(("B3", 12), "baseline")] = 500
        workbook["Benefits register"]["H5"] = 20

    found = read_back(TYPED, edit=edit)
    assert {where for code, where in codes(found) if code == "G15"} == {
        f"sheet Measurement, cell {cell_of(('B2', 12), 'target')}", "sheet Measurement, cell E6",
        "sheet Benefits register, cell H5", f"sheet Measurement, cell {cell_of(('B3', 12), 'baseline')}"}
    assert (by_key(found)["B2", 12].target, by_key(found)["B3", 12].baseline) == (48, 500)


def test_a_launch_typed_as_words_is_read_and_one_that_is_missing_is_told() -> None:
    def launched(value: object) -> Returned:
        return read_returned(typed_into({"E4": value}), "back.xlsx")

    july = launched("1 July 2027")
    assert july.launch == date(2027, 7, 1) and by_key(july)["B1", 6].due == date(2028, 1, 1)
    assert ("G13", "sheet Measurement, cell E4") in codes(july)
    none = launched("not set")
    assert none.launch is None and {each.due for each in none.measurements} == {None}
    assert ("G17", "sheet Measurement, cell E4") in codes(none)
    assert ("G12", "sheet Measurement, cell E4") in codes(launched("in spring"))


def test_a_row_that_stands_there_twice_counts_once() -> None:
    found = read_returned(typed_into({cell_of(("B1", 12), "month"): 6}), "back.xlsx")
    assert len(found.measurements) == 19
    assert ("G15", f"sheet Measurement, cell {cell_of(('B1', 12), 'id')}") in codes(found)


def test_a_workbook_built_without_what_it_was_built_from_is_read_too() -> None:
    case, built = sample_case(SAMPLE), built_sample(SAMPLE)
    workbook = opened(sealed(case, built, built.bid, draft=bool(case.blockers), embed=False).workbook)
    measurement(workbook)[cell_of(("B2", 12))] = 49
    found = read_returned(saved(workbook), "back.xlsx")
    assert (found.title, found.specification) == ("Stronger through treatment", "")
    assert (by_key(found)["B2", 12].realised, by_key(found)["B2", 12].due) == (0.6, date(2028, 4, 5))


def without(title: str) -> bytes:
    workbook = opened(sealed_sample(SAMPLE).workbook)
    del workbook[title]
    return saved(workbook)


def book_of_somebody() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0]["A1"] = "ID"
    return saved(workbook)


def far_away() -> bytes:
    return sent_back(TYPED, edit=lambda workbook: measurement(workbook).__setitem__("XFD1048576", 1))


@pytest.mark.parametrize(("content", "code"), [
    (b"", "E02"), (b"PK\x03\x04nothing", "E08"), (b"a,b\n1,2\n", "E08"), (book_of_somebody(), "G10"), (without(TITLE), "G10"),
    (without("Measurement"), "G17"),
], ids=["empty", "half a zip", "CSV", "somebody's", "hidden sheet gone", "Measurement gone"])
def test_what_is_not_ours_is_passed_over_with_the_reason(content: bytes, code: str) -> None:
    with pytest.raises(BizcaseError) as error:
        read_returned(content, "x.xlsx")
    assert [(found.code, found.place.file) for found in error.value.findings] == [(code, "x.xlsx")]


def test_a_hostile_workbook_costs_a_finding_and_no_more() -> None:
    assert by_key(bounded(read_returned, far_away(), "far.xlsx"))["B2", 12].actual == 49
    bomb = packed({**parts_of(sealed_sample(SAMPLE).workbook), "xl/worksheets/sheet1.xml": b"<a>" * 5000 + b"</a>" * 5000})
    with pytest.raises(UnreadableFile) as error:
        bounded(read_returned, bomb, "deep.xlsx")
    assert error.value.findings[0].code == "E09"


@pytest.mark.needs("soffice")
def test_a_workbook_that_libreoffice_saved_gives_the_same(tmp_path: Path, office: Callable[[Path, str], Path]) -> None:
    path = tmp_path / "back.xlsx"
    path.write_bytes(sent_back({**TYPED, ("B2", 24): "50 days"}))
    found = read_returned(office(path, "xlsx").read_bytes(), "back.xlsx")
    plain = read_returned(path.read_bytes(), "back.xlsx")
    assert by_key(found).keys() == by_key(plain).keys()
    for key, each in by_key(plain).items():
        other = by_key(found)[key]
        assert (other.actual, other.due, other.rating, other.owner) == (each.actual, each.due, each.rating, each.owner)
        assert other.forecast == pytest.approx(each.forecast) and other.value == pytest.approx(each.value)
    assert {code for code, _ in codes(found)} == {"G13"}
