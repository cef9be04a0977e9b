"""The portfolio workbook: sums by hand, live order, nothing added in silence, and every number followed to its cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import openpyxl
import pytest

from bizcase.errors import OutputRefused, WorkbookDisagrees
from bizcase.hub.comparing.ranking import AXES, ranked
from bizcase.hub.entry import Axis, Entry, Number, Outcome
from bizcase.hub.portfolio.as_csv import portfolio_csv
from bizcase.hub.portfolio.workbook import portfolio_workbook
from bizcase.hub.rules import load_rules
from bizcase.workbook.recalculate import recalculated
from tests.building import built_sample
from tests.hub.making import failed, made, sample_entry

SAMPLES = ("breast-transformation", "exercise-medicine", "remote-monitoring-as-submitted")


@cache
def of_fakes() -> tuple[Entry, ...]:
    return (*(made(number) for number in range(6)), made(9, first_year=2028, years=5),
            failed("broken.yaml", "=1+1 cannot be read."))


@cache
def book() -> bytes:
    return portfolio_workbook(of_fakes())


def opened(content: bytes, *, values: bool = True) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def rows_of(sheet: Any, head: int) -> list[dict[str, Any]]:
    """The rows below a row of headings, by heading; of two alike, the first."""
    titles = [cell.value for cell in sheet[head]]
    lines = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=head + 1))
    return [dict(reversed(list(zip(titles, line, strict=True)))) for line in lines]


def summary(workbook: Any) -> dict[str, Any]:
    return {row[0].value: row[1].value for row in workbook["Summary"].iter_rows() if row[0].value}


def test_the_sums_are_those_of_the_submissions_by_hand() -> None:
    workbook, built = opened(book()), [entry for entry in of_fakes() if entry.is_built]
    found = summary(workbook)
    assert found["Amount asked for"] == pytest.approx(sum(entry.numbers["summary.ask"].value or 0 for entry in built))
    assert found["Net present social value (NPSV)"] == pytest.approx(sum(entry.numbers["npsv"].value or 0 for entry in built))
    assert found["Handed in"] == 8
    assert found["of which not built"] == 1
    assert found["Checks that fail"] == 0
    years = rows_of(workbook["By year"], 4)[0]
    assert [name for name in years if name and name[0] == "2"][::-1] == ["2026/27", "2027/28", "2028/29", "2029/30", "2030/31",
                                                                         "2031/32", "2032/33"]
    for year in ("2026/27", "2029/30", "2032/33"):
        held = [entry.numbers[f"flow.benefit.CRB.{year}"].value or 0 for entry in built if year in entry.years]
        assert years[year] == pytest.approx(sum(held))


def test_the_comparison_shows_each_number_as_its_submission_gives_it() -> None:
    rows = rows_of(opened(book())["Comparison"], 4)
    for row, entry in zip(rows, sorted((each for each in of_fakes() if each.is_built), key=lambda each: each.name), strict=True):
        assert row["Submission"] == entry.title
        assert row["NPSV"] == pytest.approx(entry.numbers["npsv"].value)
        assert row["Payback"] == "not within the years appraised"
        assert row["The panel would"] == entry.panel
        assert row["Readiness"] == pytest.approx(entry.readiness.score)
        assert row["Marked † ‡"] == "† ROI at year 3"


def test_a_figure_that_cannot_be_relied_on_carries_its_sign_wherever_it_is_shown() -> None:
    sheet = opened(book())["Comparison"]
    column = next(cell.column_letter for cell in sheet[4] if cell.value == "ROI at year 3, cash-releasing")
    sure = next(cell.column_letter for cell in sheet[4] if cell.value == "NPSV")
    assert "†" in sheet[f"{column}5"].number_format
    assert "†" not in sheet[f"{sure}5"].number_format
    figures = rows_of(opened(book())["Figures"], 4)
    assert {row["How sure"] for row in figures if row["Id"] == "roi.3"} == {"illustrative †"}


def test_no_cell_outside_figures_holds_a_number_of_a_submission_that_is_not_a_formula() -> None:
    workbook = opened(book(), values=False)
    known = {number.value for entry in of_fakes() for number in entry.numbers.values() if number.value}
    seen = 0
    for sheet in workbook.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            seen += sheet.title == "Figures" and cell.value in known
            assert sheet.title == "Figures" or not isinstance(cell.value, float) or cell.value not in known
    assert seen > 100


def test_submissions_in_other_money_are_left_out_of_the_sums_and_said_to_be() -> None:
    euro, old = replace(made(1), currency="€", title="In euros"), replace(made(2), price_base_year="2018/19", title="Old prices")
    usual = [made(3), made(4)]
    workbook = opened(portfolio_workbook([euro, old, *usual]))
    found = summary(workbook)
    assert found["Amount asked for"] == sum(entry.numbers["summary.ask"].value or 0 for entry in usual)
    texts = " ".join(str(cell.value) for row in workbook["Summary"].iter_rows() for cell in row if cell.value)
    assert "2 of 4 submissions: those in £, in prices of 2026/27" in texts
    assert "In euros (€, in prices of 2026/27), Old prices (£, in prices of 2018/19)" in texts
    assert found["Checks that fail"] == 1
    assert workbook["Checks"]["D5"].value == "fails"
    assert '"€"' in next(cell for cell in workbook["Comparison"][5] if cell.column == 11).number_format


def test_the_file_is_ranked_as_the_ranking_says() -> None:
    rows = rows_of(opened(book())["Ranking"], 9)
    ranks = ranked(sorted(of_fakes(), key=lambda entry: entry.name))
    assert [(row["Submission"], row["Place"], row["Total"]) for row in rows] == [
        (each.entry.title, each.place, pytest.approx(each.total)) for each in ranks]
    for row, each in zip(rows, ranks, strict=True):
        assert [row["Clinical value"], row["Readiness"]] == pytest.approx([each.scores["clinical"], each.scores["readiness"]])


def edited(content: bytes, cells: dict[tuple[str, str], Any]) -> bytes:
    workbook = opened(content, values=False)
    for (sheet, address), value in cells.items():
        assert not workbook[sheet][address].protection.locked, f"{sheet}!{address} is not to be typed in"
        workbook[sheet][address] = value
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def typed() -> tuple[dict[tuple[str, str], Any], dict[str, float]]:
    """What a hub types: other weights, two marks (5 and 2, for the first and the third) and decisions; and the weights."""
    weights = {"clinical": 1.0, "organisational": 0.0, "societal": 4.0, "readiness": 2.5, "completeness": 0.0, "mark": 3.0}
    columns = dict(zip(AXES, "FGHIJK", strict=True))
    cells: dict[tuple[str, str], Any] = {("Ranking", f"{columns[axis]}5"): weight for axis, weight in weights.items()}
    cells |= {("Decisions", "C7"): 5, ("Decisions", "C9"): 2, ("Decisions", "D7"): "endorsed", ("Decisions", "D8"): "endorsed",
              ("Decisions", "E8"): "yes", ("Decisions", "D9"): "later"}
    return cells, weights


def test_other_weights_marks_and_decisions_put_the_list_in_order_again() -> None:
    entries = sorted((entry for entry in of_fakes() if entry.is_built), key=lambda entry: entry.name)
    cells, weights = typed()
    after = opened(recalculated(edited(book(), cells)))
    wanted = ranked(entries, weights, {entries[0].name: 5, entries[2].name: 2})
    rows = rows_of(after["Ranking"], 9)
    assert [(row["Submission"], row["Place"]) for row in rows] == [(each.entry.title, each.place) for each in wanted]
    assert [row["Total"] for row in rows] == pytest.approx([each.total for each in wanted], abs=1e-8)
    assert [each.entry.name for each in wanted] != [each.entry.name for each in ranked(entries)]
    flags = {row["Submission"]: row["Flag"] for row in rows}
    assert flags[entries[0].title] == "endorsed without resource"
    assert flags[entries[1].title] == "endorsed and resourced"
    assert flags[entries[2].title] == "–"
    assert summary(after)["Endorsed without resource"] == 1


def test_the_order_in_which_submissions_come_changes_no_byte() -> None:
    assert book() == portfolio_workbook(tuple(reversed(of_fakes())))


def test_a_workbook_that_would_add_up_to_something_else_is_not_made() -> None:
    """A year that is not in its own total stops the build."""
    entry = made(1)
    wrong = {**entry.numbers, "total.cost": Number("Total", 1.0, "£1", "£", "known", "Cash flow", "B2")}
    with pytest.raises(WorkbookDisagrees, match="Cost, with optimism bias"):
        portfolio_workbook([replace(entry, numbers=wrong), made(2)])


@pytest.mark.parametrize("entries", [(), (failed("a.yaml"),), (made(1),), (Entry("bare.yaml", "k", Outcome.BUILT),)])
def test_one_submission_or_none_or_one_that_says_nothing_make_a_portfolio(entries: Sequence[Entry]) -> None:
    workbook = opened(portfolio_workbook(entries))
    assert workbook.sheetnames[:3] == ["Summary", "Ranking", "Decisions"]
    assert summary(workbook)["Checks that fail"] == 0


def test_titles_that_look_like_formulas_or_run_on_are_kept_as_text() -> None:
    odd = [replace(made(1), title="=1+1"), replace(made(2), title="@SUM(A1) " + "very long " * 20), replace(made(3), title="-x")]
    workbook = opened(portfolio_workbook(odd), values=False)
    for sheet, column in (("Comparison", "B"), ("Decisions", "B"), ("Figures", "A"), ("Heat map", "A")):
        first = next(cell for cell in workbook[sheet][column] if str(cell.value).startswith("=1"))
        assert (first.data_type, first.quotePrefix) == ("s", True)
    titles = {row["Submission"] for row in rows_of(opened(portfolio_workbook(odd))["Ranking"], 9)}
    assert titles == {entry.title for entry in odd}


def test_what_was_not_built_is_listed_with_what_to_do() -> None:
    row = rows_of(opened(book())["Not built"], 4)[0]
    assert [row[name] for name in ("File", "Code", "Where", "What was found", "What to do")] == [
        "broken.yaml", "E10", "line 3, title", "=1+1 cannot be read.", "Correct it."]


def test_the_heat_map_says_in_words_what_it_colours() -> None:
    sheet = opened(book())["Heat map"]
    rows = rows_of(sheet, 4)
    assert {row["Risks"] for row in rows} == {"complete: 4 of 4"}
    assert {row["Appraisal"] for row in rows} == {"nothing asked"}
    assert all(row["Problem"].startswith("part: ") for row in rows)
    assert sheet.conditional_formatting


def test_every_figure_points_at_the_cell_of_that_value_in_its_own_workbook_and_links_to_it() -> None:
    entries = [sample_entry(name) for name in SAMPLES]
    sheet = opened(portfolio_workbook(entries))["Figures"]
    theirs = {entry.workbook: opened(built_sample(name).workbook) for name, entry in zip(SAMPLES, entries, strict=True)}
    seen = 0
    for line in sheet.iter_rows(min_row=5):
        value, file, title, cell = line[2].value, line[6].value, line[7].value, line[8].value
        link = line[5].hyperlink
        assert link.target == file
        if line[4].value == "counted":
            assert title in (None, "Benefits register")
            continue
        own = theirs[file][title][cell].value
        assert own == (value if isinstance(value, str) else pytest.approx(value)), (line[1].value, file, title, cell)
        assert link.location == f"'{title}'!{cell}"
        seen += 1
    assert seen > 100


def test_charts_draw_cells_that_hold_numbers_and_have_titles() -> None:
    workbook = opened(book())
    charts = workbook["Charts"]._charts
    assert len(charts) == 5
    for chart in charts:
        assert chart.title.tx.rich.p[0].r[0].t
        for series in chart.series:
            values = series.yVal if series.yVal is not None else series.val
            title, _, area = values.numRef.f.replace("$", "").replace("'", "").rpartition("!")
            cells = workbook[title][area]
            held = [cell.value for row in (cells if isinstance(cells, tuple) else ((cells,),)) for cell in row]
            assert held == pytest.approx([point.v for point in values.numRef.numCache.pt], abs=1e-8)


def test_very_many_bubbles_are_one_series_and_their_years_sums_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    few = replace(load_rules(), most_named_bubbles=3, most_by_year=3)
    for room in ("portfolio.charts", "portfolio.years"):
        monkeypatch.setattr(f"bizcase.hub.{room}.load_rules", lambda: few)
    workbook = opened(portfolio_workbook(of_fakes()))
    assert [len(chart.series) for chart in workbook["Charts"]._charts[:2]] == [1, 1]
    assert workbook["By year"].max_row < 12
    assert summary(workbook)["Checks that fail"] == 0


def test_more_submissions_than_a_workbook_holds_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bizcase.hub.portfolio.workbook.load_rules", lambda: replace(load_rules(), most_submissions=2))
    with pytest.raises(OutputRefused, match="3 submissions were built, and one portfolio holds 2"):
        portfolio_workbook([made(1), made(2), made(3)])


def test_the_csv_holds_the_comparison_and_starts_no_formula() -> None:
    odd = replace(made(1), title="=cmd|'/c calc'!A0", organisation="+44", resource=Axis(None, "-"))
    text = portfolio_csv([odd, made(2), failed("a.yaml")]).decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 2
    assert rows[0]["Submission"] == "'=cmd|'/c calc'!A0"
    assert rows[0]["Organisation"] == "'+44"
    assert float(rows[0]["NPSV"]) == odd.numbers["npsv"].value
    assert rows[0]["Payback"] == "not within the years appraised"
    assert rows[0]["Currency"] == "£"
