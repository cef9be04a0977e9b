"""How a chart is drawn: its ranges, the values it has before anything is worked out, its axes."""

from __future__ import annotations

from typing import Any

import pytest

from bizcase.appraisal.figure import Figure
from bizcase.appraisal.inputs import Step
from bizcase.charts.definition import Chart, Kind, charts_of
from bizcase.charts.draw import Places, draw, reference
from tests.appraisal.making import FIRST_YEAR, analysed
from tests.charts.making import NAMES, by_id, by_name, full_case


def places(chart: Chart) -> Places:
    """Each series in a row of its own."""
    rows = {name: ("Sheet", f"{chr(66 + column)}{row}") for row, series in enumerate(chart.series, 2)
            for column, name in enumerate(series.figures)}
    names = {name: ("Sheet", f"{chr(66 + column)}1") for column, name in enumerate(chart.names)}
    return Places({**rows, **names}, "Sheet!$B$1:$E$1")


def drawn(name: str) -> tuple[Chart, Any]:
    chart = by_name(full_case())[name]
    return chart, draw(chart, by_id(full_case()), places(chart))


def test_cells_side_by_side_or_one_below_another_are_a_range() -> None:
    assert reference([("Cash flow", "G6"), ("Cash flow", "H6")]) == "'Cash flow'!$G$6:$H$6"
    assert reference([("Data", "Y7"), ("Data", "Z7"), ("Data", "AA7")]) == "'Data'!$Y$7:$AA$7"
    assert reference([("Data", "A9"), ("Data", "A10")]) == "'Data'!$A$9:$A$10"
    assert reference([("Data", "B2")]) == "'Data'!$B$2:$B$2"


@pytest.mark.parametrize("cells", [
    [("Data", "A1"), ("Data", "C1")], [("Data", "A1"), ("Other", "B1")], [("Data", "B1"), ("Data", "A1")],
    [("Data", "A1"), ("Data", "B2")], [("Data", "A1"), ("Data", "A3")]])
def test_cells_that_are_no_range_are_refused(cells: list[tuple[str, str]]) -> None:
    with pytest.raises(AssertionError, match="no range"):
        reference(cells)


@pytest.mark.parametrize("name", NAMES)
def test_every_series_holds_the_values_of_its_figures_and_their_number(name: str) -> None:
    chart, made = drawn(name)
    known: dict[str, Figure] = by_id(full_case())
    seen: list[Any] = []
    for part in made._charts:
        for series in part.series:
            cache = series.val.numRef.numCache
            assert cache.ptCount == len(chart.categories)
            seen.append((series.tx.v, [point.v for point in cache.pt]))
            of_names = series.cat.numRef.numCache if chart.names else series.cat.strRef.strCache
            assert of_names.ptCount == len(chart.categories)
            wanted: list[Any] = [known[figure].value for figure in chart.names] if chart.names else list(chart.categories)
            assert [point.v for point in of_names.pt] == wanted
    assert sorted(seen) == sorted((series.label, [known[figure].value for figure in series.figures]) for series in chart.series)


def test_each_kind_is_drawn_as_its_name_says() -> None:
    shapes = {}
    for name in NAMES:
        chart, made = drawn(name)
        shapes[chart.kind] = [(part.tagname, getattr(part, "barDir", None), part.grouping) for part in made._charts]
    assert shapes == {
        Kind.COLUMNS: [("barChart", "col", "clustered"), ("lineChart", None, "standard")],
        Kind.LINES: [("lineChart", None, "standard")], Kind.STACKED: [("barChart", "col", "stacked")],
        Kind.BARS: [("barChart", "bar", "clustered")], Kind.HISTOGRAM: [("barChart", "col", "clustered")]}


@pytest.mark.parametrize("name", NAMES)
def test_axes_are_small_level_and_in_pounds_unless_the_chart_says_otherwise(name: str) -> None:
    chart, made = drawn(name)
    assert made.y_axis.number_format.formatCode == chart.number_format
    assert ("£" in chart.number_format and "," in chart.number_format) == (name not in ("adoption", "simulation"))
    for axis in (made.x_axis, made.y_axis):
        assert not axis.delete
        assert axis.txPr.p[0].pPr.defRPr.sz == 900
    assert made.y_axis.txPr.bodyPr.rot == 0
    assert (made.x_axis.txPr.bodyPr.rot == 0) == (name != "simulation")
    assert (made.legend is None) == (name == "simulation")
    assert made.x_axis.tickLblPos == "low"


def test_many_years_are_turned_and_very_many_are_thinned_out() -> None:
    for years, rot, skip in ((11, 0, None), (12, -5_400_000, None), (60, -5_400_000, 2)):
        analysis = analysed(years=years, steps=(Step("X1", "Eastfield", 4, FIRST_YEAR, ()),))
        (chart,) = charts_of(analysis)
        cells = {name: ("Sheet", f"A{row}") for row, name in enumerate(chart.figures, 1)}
        made = draw(chart, by_id(analysis), Places(cells, "Sheet!$B$1:$B$61"))
        assert (made.x_axis.txPr.bodyPr.rot, made.x_axis.tickLblSkip) == (rot, skip)


def test_the_longest_bar_stands_at_the_top_and_the_amounts_below() -> None:
    _, made = drawn("tornado")
    assert (made.x_axis.scaling.orientation, made.y_axis.crosses) == ("maxMin", "max")


def test_a_chart_names_a_font_only_where_it_is_told_to() -> None:
    chart, themed = drawn("cash_flow")
    own = draw(chart, by_id(full_case()), places(chart), "Arial")
    assert themed.x_axis.txPr.p[0].pPr.defRPr.latin is None
    assert own.x_axis.txPr.p[0].pPr.defRPr.latin.typeface == own.title.tx.rich.p[0].r[0].rPr.latin.typeface == "Arial"


def test_lines_and_fills_look_as_their_series_say() -> None:
    chart, made = drawn("cumulative")
    plain, dashed = made.series
    assert (plain.marker.symbol, dashed.marker.symbol) == ("circle", "diamond")
    assert (plain.spPr.ln.prstDash, dashed.spPr.ln.prstDash) == ("solid", "dash")
    chart, made = drawn("cliff")
    assert [series.spPr.pattFill.prst if series.spPr.pattFill else None for series in made.series] == [None, "wdUpDiag", None]
    assert made.series[0].spPr.solidFill.srgbClr == chart.series[0].look.colour
