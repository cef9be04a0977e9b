"""The realisation report: reckoned here by hand, in Python, in its own formulas and by LibreOffice, all the same."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from bizcase.case import build
from bizcase.document.ooxml import parts_of
from bizcase.errors import WorkbookDisagrees
from bizcase.hub.years import realisation_workbook as module
from bizcase.hub.years.realisation import (
    State,
    benefits,
    class_totals,
    counted,
    is_due,
    late,
    rag,
    rated_rows,
)
from bizcase.hub.years.realisation_workbook import realisation_workbook
from bizcase.hub.years.returned import Measurement, Returned, read_returned
from bizcase.hub.years.tracker import Event, Kind, Tracker
from bizcase.hub.years.tracker_csv import read_tracker
from bizcase.review.sealing import sealed
from bizcase.workbook.measurement_sheet import AMBER, GREEN, RED
from bizcase.workbook.recalculate import recalculated
from tests.building import case_of
from tests.hub.returning import THRESHOLDS, by_key, measurement, opened, rows_of, saved, sent_back
from tests.hub.test_tracker import CASE_2
from tests.workbook.recalculating import bare, worked_out
from tests.workbook.test_measurement import LAUNCH, RATED, benefit

ON = date(2028, 6, 1)
TYPED = {("B1", 12): 34.8, ("B2", 12): 49, ("B3", 12): 178, ("B3", 24): 170, ("B5", 12): 0.15}
SMALL = {"profile": "ideas-den", "document": {"title": "Walking aids that come back"},
         "appraisal": {"price_base_year": "2026/27", "first_year": "2026/27", "years": 3},
         "benefits": {"schedule": {**LAUNCH, "end_year": 2}, "register": [
             {**benefit("B1", targets={12: 10}), "class": "cash-releasing"}, benefit("B2", "decrease", 20, {6: 15, 24: 10}),
             benefit("B3", "maintain", 5, by_year=None)]}}
"""Measured at months 6, 12 and 24 after 1 July 2026."""


@cache
def sent() -> dict[str, bytes]:
    """Two workbooks as they came back, by file."""
    case = case_of(SMALL)
    built = build(case, draft=True)
    small = opened(sealed(case, built, built.bid, draft=True).workbook)
    for address, value in (("M11", 4), ("M12", "n/a"), ("M14", 17), ("M15", 13), ("M17", 5)):
        measurement(small)[address] = value
    return {"leads/stronger.xlsx": sent_back(TYPED), "leads/walking aids.xlsx": saved(small)}


@cache
def two_back() -> tuple[Returned, ...]:
    return tuple(read_returned(content, file) for file, content in sent().items())


def one(actual: float | None, *, due: date | None = ON, forecast: float = 100.0, benefit: str = "B1", month: int = 12,
        benefit_class: str = "cash-releasing", target: float | None = 20.0, baseline: float | None = 10.0,
        direction: str = "increase") -> Measurement:
    cells = {name: f"{name[0].upper()}{month}" for name in ("id", "baseline", "target", "actual", "forecast")}
    return Measurement(benefit, "Fewer falls", benefit_class, "falls", direction, "A. Owner", month, due, baseline, target,
                       actual, "", "", forecast, 0.0, cells)


def back(*measurements: Measurement, file: str = "one.xlsx", title: str = "Falls", currency: str = "£") -> Returned:
    return Returned(file, title, "A trust", "", currency, date(2027, 6, 1), "Measurement", measurements)


def report(returned: Sequence[Returned], tracker: Tracker | None = None, on: date = ON) -> openpyxl.Workbook:
    content = realisation_workbook(returned, tracker or Tracker(), on, thresholds=THRESHOLDS)
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def sheet(workbook: openpyxl.Workbook, title: str) -> Worksheet:
    found = workbook[title]
    assert isinstance(found, Worksheet)
    return found


def table(workbook: openpyxl.Workbook, title: str, heading: str) -> list[dict[str, Any]]:
    """The rows of a table under the row that begins with this heading, down to a blank line."""
    rows = list(sheet(workbook, title).iter_rows(values_only=True))
    start = next(number for number, row in enumerate(rows) if row[0] == heading)
    found = []
    for row in rows[start + 1:]:
        if row[0] is None:
            break
        found.append({str(name): value for name, value in zip(rows[start], row, strict=False) if name is not None})
    return found


def test_every_rating_of_the_measurement_sheet_is_reckoned_the_same() -> None:
    seen = 0
    for direction, baseline, target, actual, realised, rating, share in RATED.values():
        of = one(actual, baseline=baseline, target=target, direction=direction or "", forecast=750.0)
        [found] = rated_rows([back(of)], THRESHOLDS, ON)
        assert found.realised == (realised if isinstance(realised, str) else pytest.approx(realised))
        assert found.rating == rating
        assert found.value == pytest.approx(share * 750)
        seen += 1
    assert seen > 25


def test_on_its_due_day_a_measurement_is_due_and_not_late_and_the_next_day_it_is() -> None:
    rows = [one(None, due=ON + timedelta(days), month=month) for month, days in ((6, -1), (12, 0), (24, 1))]
    returned = back(*rows, one(None, due=None, month=36), one(12, due=ON - timedelta(9), month=48))
    found = rated_rows([returned], THRESHOLDS, ON)
    assert [row.state for row in found] == [State.LATE, State.TODAY, State.AHEAD, State.NO_DATE, State.MEASURED]
    assert [is_due(row, ON) for row in found] == [True, True, False, False, True]
    assert [(row.of.month, row.days_late) for row in late(found)] == [(6, 1)]
    in_the_sheet = table(report([returned]), "Measurements", "Innovation")
    assert [row["State"] for row in in_the_sheet] == [row.state.value for row in found]
    assert [row["Days late"] for row in in_the_sheet] == [row.days_late for row in found]


def test_the_outlook_takes_what_is_left_at_the_share_realised_so_far() -> None:
    """£200 measured of a plan of £500, £120 realised: of the £300 that are left, three fifths are expected."""
    rows = [one(16, month=6, forecast=100), one(16, month=12, forecast=100), one(None, month=24, forecast=300)]
    [found] = benefits(rated_rows([back(*rows)], THRESHOLDS, ON))
    assert (found.plan, found.measured, round(found.value, 9)) == (500, 200, 120)
    assert found.outlook == pytest.approx(120 + 300 * 0.6)
    assert found.rating == RED


def test_a_benefit_whose_pounds_come_later_is_looked_at_by_how_far_it_got() -> None:
    rows = [one(15, month=6, forecast=0), one(None, month=12, forecast=400)]
    [found] = benefits(rated_rows([back(*rows)], THRESHOLDS, ON))
    assert found.outlook == pytest.approx(200)
    [unmeasured] = benefits(rated_rows([back(one(None))], THRESHOLDS, ON))
    assert unmeasured.outlook is None


def test_classes_and_currencies_are_never_added() -> None:
    returned = [back(one(20), one(20, benefit="B2", benefit_class="societal"),
                     one(20, benefit="B3", benefit_class="unmonetisable", forecast=0)),
                back(one(15), file="two.xlsx", title="Elsewhere", currency="€")]
    totals = class_totals(benefits(rated_rows(returned, THRESHOLDS, ON)))
    assert [(each.currency, each.benefit_class.value, each.value) for each in totals] == [
        ("£", "cash-releasing", 100), ("£", "societal", 100), ("€", "cash-releasing", 50)]
    workbook = report(returned)
    rows = table(workbook, "Summary", "Class")
    assert [(row["Class"], row["In"], row["Realised"]) for row in rows[:3]] == [
        ("cash-releasing", "£", 100), ("societal", "£", 100), ("cash-releasing", "€", 50)]
    assert "€" in sheet(workbook, "Summary").cell(17, 5).number_format
    parts = parts_of(realisation_workbook(returned, Tracker(), ON, thresholds=THRESHOLDS))
    assert sum(name.startswith("xl/charts/chart") for name in parts) == 3, "one for each currency, and the ratings"


def test_of_two_workbooks_of_one_submission_the_fuller_counts_and_the_other_is_told() -> None:
    first = back(one(12), one(None, month=24), file="a.xlsx")
    second = back(one(12), one(14, month=24), file="b.xlsx")
    other = back(one(12), file="c.xlsx", title="Something else")
    kept, findings = counted([second, first, other])
    assert [each.file for each in kept] == ["b.xlsx", "c.xlsx"]
    assert [(each.code, each.place.file) for each in findings] == [("G14", "a.xlsx")]


def test_what_is_realised_is_what_the_workbooks_themselves_say() -> None:
    found = benefits(rated_rows(two_back(), THRESHOLDS, ON))
    own = 0.0
    for returned in two_back():
        content = recalculated(sent()[returned.file])
        of_its_own = measurement(openpyxl.load_workbook(io.BytesIO(content), data_only=True))
        for row, kind in enumerate(("cash-releasing", "non-cash-releasing", "societal"), 4):
            those = [each for each in found if (each.first.source, each.first.of.benefit_class) == (returned, kind)]
            assert sum(each.value for each in those) == pytest.approx(of_its_own[f"T{row}"].value)
            assert sum(each.measured for each in those) == pytest.approx(of_its_own[f"K{row}"].value)
            own += of_its_own[f"T{row}"].value
    assert own > 10_000
    assert {row.state for row in rated_rows(two_back(), THRESHOLDS, ON)} == {State.MEASURED, State.LATE, State.AHEAD}


def test_each_measurement_of_the_report_names_its_file_and_leads_to_its_cell() -> None:
    content = realisation_workbook(two_back(), Tracker(), ON, thresholds=THRESHOLDS, folder="../my workbooks")
    found = sheet(openpyxl.load_workbook(io.BytesIO(content)), "Measurements")
    seen = 0
    for row in range(5, found.max_row + 1):
        source = next(each for each in two_back() if each.file == found.cell(row, 25).value)
        of = by_key(source)[str(found.cell(row, 3).value), int(str(found.cell(row, 9).value))]
        assert found.cell(row, 26).value == "Measurement: " + ", ".join(
            of.cells[name] for name in ("baseline", "target", "actual", "forecast"))
        assert (found.cell(row, 11).value, found.cell(row, 12).value, found.cell(row, 13).value) == (
            of.baseline, of.target, of.actual)
        link = found.cell(row, 25).hyperlink
        place = f"{source.file.replace(' ', '%20')}#%27Measurement%27%21{of.cells['actual']}"
        assert link is not None and link.target == f"../my%20workbooks/{place}"
        seen += 1
    assert seen == len(rows_of()) + 9 == 29


def test_who_is_late_stands_in_order_with_owner_and_cell() -> None:
    rows = table(report(two_back()), "Late", "Owner")
    assert [row["Days late"] for row in rows] == sorted((row["Days late"] for row in rows), reverse=True)
    assert len(rows) == len(late(rated_rows(two_back(), THRESHOLDS, ON))) == 6 + 2
    worst = next(row for row in rows if (row["ID"], row["Month"], row["Innovation"]) == ("B3", 6, "Stronger through treatment"))
    assert (worst["Owner"], worst["Days late"]) == ("Grace Tandoh", (ON - date(2027, 10, 5)).days)
    assert worst["Type it into"] == f"Measurement!M{rows_of()['B3', 6]}"


def test_the_thresholds_in_their_cells_rate_every_measurement() -> None:
    content = realisation_workbook([back(one(18), one(15, benefit="B2"))], Tracker(), ON, thresholds=THRESHOLDS)
    changed = openpyxl.load_workbook(io.BytesIO(content))
    sheet(changed, "Summary")["C5"], sheet(changed, "Summary")["C6"] = 0.75, 0.4
    buffer = io.BytesIO()
    changed.save(buffer)
    again = openpyxl.load_workbook(io.BytesIO(recalculated(buffer.getvalue())), data_only=True)
    assert [row["RAG"] for row in table(again, "Benefits", "Innovation")] == [GREEN, AMBER]
    assert [(row["RAG of the benefits"], row["All"]) for row in table(again, "Summary", "RAG of the benefits")][:3] == [
        (GREEN, 1), (AMBER, 1), (RED, 0)]
    assert rag(benefits(rated_rows([back(one(18), one(15, benefit="B2"))], THRESHOLDS, ON)), RED) == 1


def test_a_formula_that_gives_another_number_than_the_reckoning_stops_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def off(*given: Any) -> Any:
        return [replace(each, value=each.value + 1) for each in class_totals(*given)]

    monkeypatch.setattr(module, "class_totals", off)
    with pytest.raises(WorkbookDisagrees):
        report([back(one(20))])


def test_texts_that_look_like_formulas_or_cannot_be_held_stay_texts() -> None:
    odd = replace(one(20), title="=1+1", owner="+44", unit="@x")
    content = realisation_workbook([back(odd, title="-\x07=cmd", file="it's, 100%#1.xlsx")], Tracker(), ON, thresholds=THRESHOLDS)
    found = sheet(openpyxl.load_workbook(io.BytesIO(content)), "Measurements")
    assert [found.cell(5, column).value for column in (1, 4, 6, 7)] == ["- =cmd", "=1+1", "+44", "@x"]
    assert {found.cell(5, column).data_type for column in (1, 4, 6, 7)} == {"s"}
    link = found.cell(5, 25).hyperlink
    assert link is not None and str(link.target).startswith("it%27s%2C%20100%25%231.xlsx#")


def test_without_workbooks_or_without_a_tracker_there_is_a_report_all_the_same() -> None:
    tracker, _ = read_tracker(CASE_2.read_bytes(), "tracker.csv")
    alone = report([], tracker, date(2020, 11, 1))
    assert [row["Code 3"] for row in table(alone, "Tally by pillar", "Pillar")] == [1, 6, 6, 13]
    empty = report([back(one(20))])
    assert table(empty, "Tracker", "ID") == [] and table(empty, "Summary", "Class")[0]["Realised"] == 100


def test_the_same_gives_the_same_bytes() -> None:
    first, again = (realisation_workbook([back(one(20))], Tracker(), ON, thresholds=THRESHOLDS) for _ in range(2))
    assert first == again


ODD = st.sampled_from(["Quality", "quality", "QUALITY ", "*", "?", "<5", "=1+1", "1", "1.0", "TRUE", "–", "", "a\x07", "a ", "ß",
                       "SS", "İ", "~*", "#N/A", "\u202e", "'x", "x" * 300])
NUMBERS = st.sampled_from([None, 0.0, 1.0, -3.5, 1e-9, 1e12, -1e12, 0.3, 0.30000000000001, 97 / 1024])


@given(st.lists(st.builds(one, actual=NUMBERS, baseline=NUMBERS, target=NUMBERS, benefit_class=ODD | st.sampled_from(
                    ["cash-releasing", "societal", "unmonetisable"]), direction=ODD | st.sampled_from(["increase", "maintain"]),
                    due=st.none() | st.dates(date(1901, 1, 1), date(2199, 12, 31))), min_size=1, max_size=3),
       st.sampled_from(["£", "€", "kr", "Kr", "'", "CHF"]), st.lists(ODD, min_size=1, max_size=4))
@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_whatever_stands_in_the_files_the_formulas_and_the_reckoning_agree(
        rows: list[Measurement], currency: str, pillars: list[str]) -> None:
    returned = [back(*(replace(each, month=12 * (place + 1)) for place, each in enumerate(rows)), currency=currency),
                back(one(15), file="two.xlsx", title="Elsewhere", currency="kr")]
    tracker = Tracker(tuple(Event(f"I{place}", pillar, pillar=pillar, on=ON, event=Kind.ADDED, code=1 + place % 3)
                            for place, pillar in enumerate(pillars)))
    assert realisation_workbook(returned, tracker, ON, thresholds=THRESHOLDS)


@pytest.mark.needs("soffice")
def test_libreoffice_reckons_every_cell_of_the_report_the_same(tmp_path: Path) -> None:
    tracker, _ = read_tracker(CASE_2.read_bytes(), "tracker.csv")
    euros = back(one(15), one(None, month=24, due=ON), file="two.xlsx", title="Elsewhere", currency="€")
    content = realisation_workbook([*two_back(), euros], tracker, ON, thresholds=THRESHOLDS)
    theirs = worked_out({"report": bare(content)}, tmp_path)["report"]
    assert theirs.errors == []
    ours = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    seen = 0
    for title, address in theirs.formulas:
        value, text = sheet(ours, title)[address].value, theirs.text(title, address)
        if isinstance(value, (int, float)):
            assert float(text) == pytest.approx(value, rel=1e-9, abs=1e-9), f"{title}!{address}"
        elif isinstance(value, str):
            assert text == value, f"{title}!{address}"
        else:
            assert value is not None, f"{title}!{address}"
        seen += 1
    assert seen > 400
