"""The Measurement sheet: what was measured becomes a share of the way, a rating and pounds, each worked out here by hand."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bizcase.case import Built, build
from bizcase.workbook.measurement_sheet import FIRST_ROW, LETTER
from bizcase.workbook.recalculate import recalculated
from tests.building import built_sample, case_of

GREEN, AMBER, RED = "green: on target", "amber: below target", "red: well below target"
Edit = Callable[[Workbook], None]
Office = Callable[[Path, str], Path]

LAUNCH = {"start": "2026-07-01"}
BY_YEAR = {"2026/27": 600, "2027/28": 1200, "2028/29": 2400, "2029/30": 3600}


def benefit(name: str, direction: str | None = "increase", baseline: float | None = 0,
            targets: Mapping[int, float | None] | None = None, by_year: Mapping[str, float] | None = BY_YEAR) -> dict[str, Any]:
    """A benefit as a specification gives it; what is None is left out."""
    row: dict[str, Any] = {"id": name, "title": f"Benefit {name}", "class": "societal", "measure": "Count", "status": "estimate"}
    if direction:
        row["direction"] = direction
    if baseline is not None:
        row["baseline"] = {"value": baseline}
    given = {month: value for month, value in (targets or {}).items() if value is not None}
    if given:
        row["targets"] = [{"month": month, "value": value} for month, value in given.items()]
    return {**row, "value": {"by_year": dict(by_year)}} if by_year else {**row, "class": "unmonetisable"}


def built_with(*register: dict[str, Any], schedule: Mapping[str, Any] | None = None) -> Built:
    """A draft that appraises 2026/27 to 2029/30; without a schedule, months 6, 12 and 24 after 1 July 2026."""
    return build(case_of({
        "profile": "ideas-den", "appraisal": {"price_base_year": "2026/27", "first_year": "2026/27", "years": 3},
        "benefits": {"register": list(register), "schedule": dict(schedule or {**LAUNCH, "end_year": 2})}}), draft=True)


def after(built: Built, edit: Edit) -> Worksheet:
    """The Measurement sheet with its values, once the workbook is edited and worked out again."""
    return opened(recalculated(edited(built, edit)))


def edited(built: Built, edit: Edit) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(built.workbook))
    edit(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def opened(content: bytes, *, values: bool = True) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=values)["Measurement"]
    assert isinstance(sheet, Worksheet)
    return sheet


def rows_of(sheet: Worksheet) -> dict[tuple[str, int], int]:
    """The row of each benefit and month; the block of latest standings below has a heading of its own."""
    found: dict[tuple[str, int], int] = {}
    for row in range(FIRST_ROW, sheet.max_row + 1):
        name, month = sheet[f"{LETTER['id']}{row}"].value, sheet[f"{LETTER['month']}{row}"].value
        if name == "Each benefit to date":
            break
        if isinstance(month, int):
            found[str(name), month] = row
    return found


def latest_of(sheet: Worksheet, name: str) -> dict[str, object]:
    """A benefit's line in the block of latest standings."""
    start = next(row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet[f"A{row}"].value == "Each benefit to date")
    line = next(row for row in range(start + 1, sheet.max_row + 1) if sheet[f"A{row}"].value == name)
    return {column: sheet[f"{letter}{line}"].value for column, letter in LETTER.items()}


def pounds_of(sheet: Worksheet) -> dict[str, tuple[object, object]]:
    """Realised to date, and forecast of the same periods, by class."""
    found = {}
    for row, name in enumerate(("cash-releasing", "non-cash-releasing", "societal"), 4):
        assert sheet[f"{LETTER['direction']}{row}"].value == f"Forecast of the same periods: {name} £"
        assert sheet[f"{LETTER['rating']}{row}"].value == f"Realised to date: {name} £"
        found[name] = (sheet[f"{LETTER['value']}{row}"].value, sheet[f"{LETTER['due']}{row}"].value)
    return found


def totals_of(sheet: Worksheet) -> list[object]:
    """Realised to date, forecast of the same periods, measurements done, measurements due; where all pounds are societal."""
    assert [sheet[f"{LETTER['rating']}{row}"].value for row in (7, 8)] == ["Measurements done", "Due by this day (blank: all)"]
    pounds = pounds_of(sheet)
    assert pounds["cash-releasing"] == pounds["non-cash-releasing"] == (0, 0)
    return [*pounds["societal"], *(sheet[f"{LETTER['value']}{row}"].value for row in (7, 8))]


def typed(built: Built, actuals: Mapping[tuple[str, int], float | None], column: str = "actual") -> Edit:
    """Types numbers into a column, by benefit and month."""
    places = rows_of(opened(built.workbook))

    def edit(workbook: Workbook) -> None:
        for key, value in actuals.items():
            workbook["Measurement"][f"{LETTER[column]}{places[key]}"] = value

    return edit


# Direction, baseline, target, actual; then the share realised, the rating, and the share of the forecast that counts as realised.
RATED: dict[str, tuple[str | None, float | None, float | None, float | None, float | str, str, float]] = {
    "nine tenths is green": ("increase", 10, 20, 19, 0.9, GREEN, 0.9),
    "nine tenths of small numbers too": ("decrease", 0.08, 0.06, 0.062, 0.9, GREEN, 0.9),
    "a little less is amber": ("increase", 10, 20, 18.9, 0.89, AMBER, 0.89),
    "seven tenths is amber": ("decrease", 20, 10, 13, 0.7, AMBER, 0.7),
    "less is red": ("decrease", 20, 10, 13.1, 0.69, RED, 0.69),
    "more than the target counts as it is": ("increase", 10, 20, 25, 1.5, GREEN, 1.5),
    "the wrong way is negative": ("decrease", 20, 10, 22, -0.2, RED, -0.2),
    "an actual of zero is measured": ("decrease", 4, 0, 0, 1, GREEN, 1),
    "without a direction the target tells it": (None, 20, 10, 11, 0.9, GREEN, 0.9),
    "half of a drawback that is allowed": ("decrease", 24, 28, 26, 0.5, GREEN, 0.5),
    "the whole drawback": ("decrease", 24, 28, 28, 1, GREEN, 1),
    "a tenth more of it": ("increase", 30, 20, 19, 1.1, GREEN, 1.1),
    "a tenth more of one that should fall": ("decrease", 20, 30, 31, 1.1, GREEN, 1.1),
    "three tenths more of it": ("increase", 30, 20, 17, 1.3, AMBER, 1.3),
    "double the drawback": ("decrease", 24, 28, 32, 2, RED, 2),
    "held": ("maintain", 95, 95, 95, "held", GREEN, 1),
    "not held, lower": ("maintain", 95, 95, 94.9, "not held", RED, 0),
    "not held, higher": ("maintain", 95, 95, 95.1, "not held", RED, 0),
    "held between baseline and target": ("maintain", 95, 93, 94, "held", GREEN, 1),
    "held at the baseline, no target given": ("maintain", 95, None, 95, "held", GREEN, 1),
    "held at the target, no baseline given": ("maintain", None, 95, 95, "held", GREEN, 1),
    "nothing to hold": ("maintain", None, None, 95, "no baseline", "no baseline", 0),
    "target equals baseline, better": ("increase", 10, 10, 12, "held", GREEN, 1),
    "target equals baseline, worse": ("increase", 10, 10, 9, "not held", RED, 0),
    "target equals baseline, fewer is better": ("decrease", 10, 10, 9, "held", GREEN, 1),
    "target equals baseline, no direction": (None, 10, 10, 10, "held", GREEN, 1),
    "no target": ("increase", 10, None, 12, "no target", "no target", 0),
    "no baseline": ("increase", None, 20, 20, "no baseline", "no baseline", 0),
    "not measured": ("increase", 10, 20, None, "–", "not measured yet", 0),
    "nothing at all": ("increase", None, None, None, "–", "not measured yet", 0),
}


def all_rated() -> tuple[Built, Edit]:
    """One benefit for each line of RATED, measured once, 12 months after launch: 9 of £600 a year and 3 of £1,200, so £750."""
    built = built_with(*(benefit(f"B{number}", direction, baseline, {12: target}) for number, (direction, baseline, target, *_)
                         in enumerate(RATED.values(), 1)), schedule={**LAUNCH, "year1_months": 12, "end_year": 1})
    return built, typed(built, {(f"B{number}", 12): line[3] for number, line in enumerate(RATED.values(), 1)})


def assert_rated(sheet: Worksheet) -> None:
    places = rows_of(sheet)
    assert len(places) == len(RATED)
    realised, forecast = 0.0, 0.0
    for number, (case, (*_, share, rating, counted)) in enumerate(RATED.items(), 1):
        line = {name: sheet[f"{letter}{places[f'B{number}', 12]}"].value for name, letter in LETTER.items()}
        rated = rating in (GREEN, AMBER, RED)
        assert line["realised"] == (share if isinstance(share, str) else pytest.approx(share, abs=1e-9)), case
        assert line["rating"] == rating, case
        assert (line["forecast"], line["measured"]) == (750, 750 if rated else 0), case
        assert line["value"] == pytest.approx(750 * counted, abs=1e-5), case
        realised, forecast = realised + 750 * counted, forecast + 750 * rated
    assert totals_of(sheet) == [pytest.approx(realised, abs=1e-4), forecast, len(RATED) - 2, len(RATED)]


def test_realised_rating_and_pounds_of_every_kind_of_measurement() -> None:
    assert_rated(after(*all_rated()))


@pytest.mark.needs("soffice")
def test_libreoffice_comes_to_the_same_rating_and_pounds(office: Office, tmp_path: Path) -> None:
    built, edit = all_rated()
    path = tmp_path / "measured.xlsx"
    path.write_bytes(edited(built, edit))
    assert_rated(opened(office(path, "xlsx").read_bytes()))


def three_months() -> Built:
    """Due on 1 January 2027, 1 July 2027 and 1 July 2028, so each period but the first falls in two financial years."""
    return built_with(benefit("B1", "decrease", 100, {6: 90, 12: 80, 24: 60}), benefit("B2", "increase", 0, {24: 10}),
                      benefit("B3", "increase", 0, {6: 1, 12: 2, 24: 4}, by_year=None))


def test_a_forecast_is_split_by_months_between_the_financial_years_since_the_planned_measurement_before() -> None:
    sheet = opened(three_months().workbook)
    found = {key: (sheet[f"{LETTER['due']}{row}"].value.strftime("%Y-%m-%d"), sheet[f"{LETTER['months']}{row}"].value,
                   sheet[f"{LETTER['forecast']}{row}"].value) for key, row in rows_of(sheet).items()}
    assert found["B1", 6] == ("2027-01-01", 6, 600 * 6 / 12)
    assert found["B1", 12] == ("2027-07-01", 6, 600 * 3 / 12 + 1200 * 3 / 12)
    assert found["B1", 24] == ("2028-07-01", 12, 1200 * 9 / 12 + 2400 * 3 / 12)
    assert [found["B3", month][2] for month in (6, 12, 24)] == [0, 0, 0], "not in pounds"


PLANNED = {
    # What the plan has for the 36 months from a launch, counted month by month.
    "2025-12-01": 4 * 0 + 12 * 50 + 12 * 100 + 8 * 200, "2026-04-30": 12 * 50 + 12 * 100 + 12 * 200,
    "2026-07-15": 9 * 50 + 12 * 100 + 12 * 200 + 3 * 300, "2027-10-31": 6 * 100 + 12 * 200 + 12 * 300 + 6 * 0,
    "2029-03-01": 1 * 200 + 12 * 300 + 23 * 0, "2022-04-01": 0, "2030-04-01": 0,
}


def spanning(launch: str) -> Built:
    """Measured 6, 12 and 36 months after launch: the last period is one of 24 months, in three financial years."""
    return built_with(benefit("B1"), schedule={"start": launch, "year1_months": 6, "later_months": 24, "end_year": 3})


def assert_spanning(sheet: Worksheet, launch: str) -> None:
    periods = [sheet[f"{LETTER['forecast']}{row}"].value for row in rows_of(sheet).values()]
    assert len(periods) == 3
    assert latest_of(sheet, "B1")["forecast"] == sum(periods) == PLANNED[launch]
    if launch == "2026-07-15":
        assert periods == [6 * 50, 3 * 50 + 3 * 100, 9 * 100 + 12 * 200 + 3 * 300]


@pytest.mark.parametrize("launch", PLANNED)
def test_all_forecasts_since_launch_come_to_what_the_plan_has_for_these_months(launch: str) -> None:
    assert_spanning(opened(spanning(launch).workbook), launch)


@pytest.mark.needs("soffice")
def test_libreoffice_splits_by_months_alike(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "spanning.xlsx"
    path.write_bytes(edited(spanning("2026-07-15"), lambda workbook: None))
    assert_spanning(opened(office(path, "xlsx").read_bytes()), "2026-07-15")


def test_cash_non_cash_and_societal_pounds_have_totals_of_their_own() -> None:
    names = ("cash-releasing", "non-cash-releasing", "societal")
    built = built_with(*({**benefit(f"B{number}", targets={6: 10}), "class": name} for number, name in enumerate(names, 1)))
    sheet = after(built, typed(built, {("B1", 6): 5, ("B2", 6): 10, ("B1", 12): 9}))
    # £300 in the first six months, £450 in the next six.
    assert pounds_of(sheet) == {"cash-releasing": (150 + 405, 300 + 450), "non-cash-releasing": (300, 300), "societal": (0, 0)}
    assert [sheet[f"{LETTER['class']}{row}"].value for (_, month), row in rows_of(sheet).items() if month == 6] == [*names]


def test_a_row_without_a_target_takes_over_the_one_before_until_another_is_typed() -> None:
    built = built_with(benefit("B1", "decrease", 100, {12: 80}))
    rows, column = rows_of(opened(built.workbook)), LETTER["target"]
    sheet = opened(built.workbook, values=False)
    cells = {month: sheet[f"{column}{rows['B1', month]}"] for month in (6, 12, 24)}
    assert (cells[6].value, cells[12].value) == (None, 80)
    assert cells[24].data_type == "f"
    assert {cell.style for cell in cells.values()} == {"bc input"}
    assert not any(cell.protection.locked for cell in cells.values())
    assert cells[24].number_format == cells[12].number_format
    measure = typed(built, {("B1", 24): 82})

    def at_24(target: Mapping[tuple[str, int], float | None]) -> tuple[object, ...]:
        retarget = typed(built, target, "target")

        def edit(workbook: Workbook) -> None:
            measure(workbook)
            retarget(workbook)

        sheet = after(built, edit)
        latest = latest_of(sheet, "B1")
        return latest["realised"], latest["rating"], latest["value"], sheet[f"{column}{rows['B1', 24]}"].value

    assert at_24({}) == (0.9, GREEN, 0.9 * 1500, 80)
    assert at_24({("B1", 12): 75}) == (0.72, AMBER, 0.72 * 1500, 75), "the first is changed"
    assert at_24({("B1", 24): 70}) == (0.6, RED, 0.6 * 1500, 70), "another is typed"
    assert at_24({("B1", 12): None}) == ("no target", "no target", 0, "–"), "not a target of nought"


def test_what_only_another_option_brings_is_not_measured() -> None:
    options = {"usual": "business as usual", "best": "preferred", "other": "other"}
    named = (None, ["best"], ["other"], ["usual"], ["usual", "best"], ["best", "other"])
    register = [{**benefit(f"B{number}", targets={6: 10}), **({"options": names} if names else {})}
                for number, names in enumerate(named, 1)]
    built = build(case_of({
        "profile": "ideas-den", "appraisal": {"price_base_year": "2026/27", "first_year": "2026/27", "years": 3},
        "options": {"items": [{"id": name, "name": name, "kind": kind, "description": name} for name, kind in options.items()]},
        "benefits": {"register": register, "schedule": {**LAUNCH, "end_year": 1}}}), draft=True)
    assert [name for name, month in rows_of(opened(built.workbook)) if month == 6] == ["B1", "B2", "B4", "B5", "B6"]


def test_each_benefit_to_date_tells_the_latest_measurement_and_adds_up_the_pounds() -> None:
    built = three_months()
    sheet = after(built, typed(built, {("B1", 6): 95, ("B1", 12): 82, ("B2", 24): 12, ("B3", 6): 0.5}))
    # B1 at 6: 5 of 10, half of £300. B1 at 12: 18 of 20, nine tenths of £450. B2 at 24: 12 of 10, of £1,500. B3: no pounds.
    one, two, three = (latest_of(sheet, name) for name in ("B1", "B2", "B3"))
    assert (one["month"], one["actual"], one["realised"], one["rating"]) == (12, 82, 0.9, GREEN)
    assert (one["forecast"], one["measured"], one["value"]) == (300 + 450 + 1500, 750, 150 + 405)
    assert (one["months"], one["due"]) == (2, 3), "done, and due"
    assert (two["month"], two["realised"], two["rating"], two["value"]) == (24, 1.2, GREEN, 1800)
    assert (three["month"], three["realised"], three["rating"], three["value"]) == (6, 0.5, RED, 0)
    assert totals_of(sheet) == [150 + 405 + 1800, 750 + 1500, 4, 9]


def test_before_anything_is_measured_the_sheet_says_so() -> None:
    sheet = opened(three_months().workbook)
    assert totals_of(sheet) == [0, 0, 0, 9]
    assert [latest_of(sheet, "B1")[name] for name in ("month", "actual", "realised", "rating")] == [
        "–", "–", "–", "not measured yet"]


@pytest.mark.parametrize(("day", "due"), [("2026-12-31", 0), ("2027-01-01", 3), ("2028-06-30", 6), ("2030-01-01", 9)])
def test_measurements_due_are_counted_up_to_the_day_that_is_typed(day: str, due: int) -> None:
    built = three_months()
    sheet = after(built, lambda workbook: workbook["Measurement"].__setitem__(
        f"{LETTER['measured']}8", datetime.fromisoformat(day)))
    assert totals_of(sheet)[3] == due
    assert latest_of(sheet, "B1")["due"] == due / 3


@pytest.mark.parametrize(("launch", "forecast"), [
    ("2026-09-30", 6 * 50), ("2026-10-01", 6 * 50), ("2026-11-01", 5 * 50 + 1 * 100), ("2027-03-31", 1 * 50 + 5 * 100),
    ("2027-04-01", 6 * 100), ("2025-09-30", 0), ("2025-11-01", 1 * 50), ("2029-10-31", 6 * 300), ("2030-03-31", 1 * 300),
    ("2030-04-01", 0)])
def test_a_financial_year_begins_in_april_and_outside_the_years_appraised_nothing_is_forecast(
        launch: str, forecast: float) -> None:
    sheet = opened(built_with(benefit("B1", targets={6: 10}), schedule={"start": launch, "end_year": 1}).workbook)
    assert sheet[f"{LETTER['forecast']}{rows_of(sheet)['B1', 6]}"].value == forecast


def test_the_thresholds_are_inputs_and_said_to_be_a_house_rule() -> None:
    built = three_months()
    assert [opened(built.workbook)[f"{LETTER['unit']}{row}"].value for row in (6, 7)] == [0.9, 0.7]
    assert opened(built.workbook)[f"{LETTER['direction']}7"].value == "* a house rule, not guidance"
    measure = typed(built, {("B1", 12): 82, ("B2", 24): 6})

    def edit(workbook: Workbook) -> None:
        measure(workbook)
        workbook["Measurement"][f"{LETTER['unit']}6"], workbook["Measurement"][f"{LETTER['unit']}7"] = 0.95, 0.6

    sheet = after(built, edit)
    assert (latest_of(sheet, "B1")["rating"], latest_of(sheet, "B2")["rating"]) == (AMBER, AMBER)


def test_a_baseline_or_a_target_that_the_specification_lacks_can_be_typed() -> None:
    built = built_with(benefit("B1", "increase", None, {24: 40}))
    baseline, target, actual = (typed(built, {("B1", 6): value}, column) for column, value in (
        ("baseline", 10), ("target", 20), ("actual", 18)))

    def edit(workbook: Workbook) -> None:
        for step in (baseline, target, actual):
            step(workbook)

    assert (latest_of(after(built, edit), "B1")["realised"], latest_of(after(built, actual), "B1")["realised"]) == (
        0.8, "no target")


def test_a_baseline_changed_in_the_register_is_followed() -> None:
    built = three_months()
    place, address = built.cells["benefits.register.B1.baseline.value"]
    measure = typed(built, {("B1", 12): 85})

    def edit(workbook: Workbook, value: float | None) -> None:
        measure(workbook)
        workbook[place][address] = value

    assert place == "Benefits register"
    assert latest_of(after(built, lambda workbook: edit(workbook, 90)), "B1")["realised"] == 0.5
    assert latest_of(after(built, lambda workbook: edit(workbook, None)), "B1")["realised"] == "no baseline"


def test_a_changed_amount_of_a_benefit_moves_its_forecast() -> None:
    built = three_months()
    place, address = built.cells["benefits.register.B1.value.by_year.2028/29"]
    sheet = after(built, lambda workbook: workbook[place].__setitem__(address, 1000))
    assert sheet[f"{LETTER['forecast']}{rows_of(sheet)['B1', 24]}"].value == 1200 * 9 / 12 + 1000 * 3 / 12


def test_the_forecast_is_that_of_the_central_case_whichever_scenario_is_shown() -> None:
    built, shown = three_months(), set()
    place, address = built.cells["line.B1"]
    scenarios = openpyxl.load_workbook(io.BytesIO(built.workbook), data_only=True)["Scenarios"]
    rule = next(rule for rule in scenarios.data_validations.dataValidation if "A4" in rule.sqref)
    for (cell,) in scenarios[str(rule.formula1).rsplit("!")[-1].replace("$", "")]:

        def edit(workbook: Workbook, name: str = str(cell.value)) -> None:
            workbook["Scenarios"]["A4"] = name

        content = recalculated(edited(built, edit))
        assert latest_of(opened(content), "B1")["forecast"] == 300 + 450 + 1500, cell.value
        shown.add(openpyxl.load_workbook(io.BytesIO(content), data_only=True)[place][address].value)
    assert len(shown) > 1, "what the other sheets show does change"


def test_a_drawback_takes_pounds_away_as_far_as_it_has_come() -> None:
    drawback = {**benefit("B1", "decrease", 24, {6: 28}), "disbenefit": True}
    built = built_with(drawback)
    sheet = after(built, typed(built, {("B1", 6): 25}))
    assert totals_of(sheet)[:2] == [-300 / 4, -300]
    assert latest_of(sheet, "B1")["rating"] == GREEN


def test_without_a_launch_nothing_is_due_or_forecast_until_its_day_is_typed() -> None:
    built = built_with(benefit("B1", targets={6: 10}), schedule={"end_year": 1})
    sheet = opened(built.workbook)
    row = rows_of(sheet)["B1", 6]
    assert [sheet[f"{LETTER[name]}{row}"].value for name in ("due", "forecast")] == ["not set", 0]
    later = after(built, lambda workbook: workbook["Measurement"].__setitem__(f"{LETTER['unit']}4", datetime(2026, 7, 1)))
    assert [later[f"{LETTER[name]}{row}"].value for name in ("due", "forecast")] == [datetime(2027, 1, 1), 300]


def test_without_benefits_the_sheet_says_that_there_is_nothing_to_measure() -> None:
    sheet = opened(build(case_of({"profile": "ideas-den"}), draft=True).workbook)
    assert sheet[f"A{FIRST_ROW}"].value == "The specification names no benefits to measure."
    assert totals_of(sheet) == [0, 0, 0, 0]


def test_each_rating_has_its_colour_and_every_actual_is_open_to_the_user() -> None:
    sheet = opened(built_sample("remote-monitoring").workbook, values=False)
    rules = {rule.formula[0]: str(found.sqref) for found in sheet.conditional_formatting for rule in found.rules}
    assert set(rules) == {f'"{words}"' for words in (GREEN, AMBER, RED)}
    places = rows_of(sheet)
    assert len(places) == 48, "eight benefits at six times; the ninth is of another option"
    for row in places.values():
        assert not sheet[f"{LETTER['actual']}{row}"].protection.locked
        assert not sheet[f"{LETTER['note']}{row}"].protection.locked
    last = sheet.max_row
    assert set(rules.values()) == {f"{LETTER['rating']}{FIRST_ROW}:{LETTER['rating']}{last}"}


def test_text_that_looks_like_a_formula_stays_text_on_the_measurement_sheet() -> None:
    row = {**benefit("B1", targets={6: 1}), "title": "=1+1", "measure": "-5 a week", "unit": "@here", "owner": "+44 20"}
    sheet = opened(built_with(row).workbook, values=False)
    for at_row in (rows_of(sheet)["B1", 6], sheet.max_row):
        cells = [sheet[f"{LETTER[name]}{at_row}"] for name in ("title", "measure", "unit", "owner")]
        assert [cell.value for cell in cells] == ["=1+1", "-5 a week", "@here", "+44 20"]
        assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)
