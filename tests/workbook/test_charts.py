"""The workbook's charts draw the cells of the Figures that their definitions name, and those cells hold the same numbers."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from bizcase.appraisal.sensitivity import tornado
from bizcase.charts.definition import Chart, charts_of
from bizcase.workbook.recalculate import agrees
from bizcase.workbook.years import LABEL_ROW
from tests.building import built_sample
from tests.conftest import sample_case, sample_names


def drawn(name: str) -> tuple[tuple[Chart, ...], list[Any], Any]:
    """The definitions of a sample's charts, the charts of its workbook, and the workbook with its values."""
    analysis = sample_case(name).analysis
    assert analysis is not None
    workbook: Any = openpyxl.load_workbook(io.BytesIO(built_sample(name).workbook), data_only=True)
    return charts_of(analysis), workbook["Charts"]._charts, workbook


def series_of(chart: Any) -> list[Any]:
    return [series for part in chart._charts for series in part.series]


def values(workbook: Any, reference: str) -> list[Any]:
    title, _, cells = reference.replace("$", "").rpartition("!")
    return [cell.value for line in workbook[title.strip("'")][cells] for cell in line]


@pytest.mark.parametrize("name", sample_names())
def test_every_chart_stands_in_the_workbook_and_draws_the_cells_of_its_figures(name: str) -> None:
    charts, found, workbook = drawn(name)
    figures, cells, seen = built_sample(name).figures, built_sample(name).cells, 0
    assert len(found) == len(charts) >= 6
    for chart, made in zip(charts, found, strict=True):
        assert made.title.tx.rich.p[0].r[0].t == chart.title
        in_order = sorted(chart.series, key=lambda series: series.as_line)
        for series, plotted in zip(in_order, series_of(made), strict=True):
            assert plotted.tx.v == series.label
            inside = values(workbook, plotted.val.numRef.f)
            for figure_id, value, point in zip(series.figures, inside, plotted.val.numRef.numCache.pt, strict=True):
                assert agrees(figures[figure_id], value), (chart.name, figure_id, value)
                assert agrees(figures[figure_id], point.v)
                seen += 1
            first = plotted.val.numRef.f.split(":")[0].replace("$", "").replace("'", "").split("!")
            assert chart.name == "tornado" or tuple(first) == cells[series.figures[0]]
    assert seen > 60


@pytest.mark.parametrize("name", sample_names())
def test_the_names_at_the_axis_are_the_categories(name: str) -> None:
    charts, found, workbook = drawn(name)
    for chart, made in zip(charts, found, strict=True):
        for series in series_of(made):
            at = series.cat.numRef.f if chart.names else series.cat.strRef.f
            inside = values(workbook, at)
            if chart.names:
                assert inside == pytest.approx([built_sample(name).figures[figure].value for figure in chart.names])
            else:
                assert inside == list(chart.categories), chart.name
            assert chart.name in ("tornado", "simulation") or f"${LABEL_ROW}:" in at


def test_the_bars_of_the_tornado_keep_their_order_by_formula() -> None:
    """They are not the cells of the drivers, which stand where they stand, but those that look for the largest."""
    analysis = sample_case("remote-monitoring").analysis
    assert analysis is not None
    workbook: Any = openpyxl.load_workbook(io.BytesIO(built_sample("remote-monitoring").workbook))
    chart = next(made for made in workbook["Charts"]._charts if "NPSV at the ends" in made.title.tx.rich.p[0].r[0].t)
    for series in chart.series:
        formulas = values(workbook, series.val.numRef.f)
        assert len(formulas) == len(tornado(analysis.drivers)) == 10
        assert all(formula.startswith("=INDEX(") for formula in formulas)
