"""The bid and the workbook say the same: both files are read, and every number of the one is looked up in the other."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from lxml import etree

from bizcase.appraisal.figure import Unit
from bizcase.charts.definition import charts_of
from bizcase.document.controls import read_controls
from tests.building import built_sample, least
from tests.conftest import sample_case, sample_names

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def cells_of(name: str) -> dict[str, Any]:
    """What the workbook's file holds for each Figure, by its id."""
    built = built_sample(name)
    workbook = openpyxl.load_workbook(io.BytesIO(built.workbook), data_only=True)
    return {figure: workbook[sheet][cell].value for figure, (sheet, cell) in built.cells.items()}


def printed_number(text: str) -> tuple[float, float] | None:
    """The number in a printed text and half of its last digit; None where the text is words."""
    plain = text.replace("−", "-").replace("£", "").replace(",", "").removesuffix(" years").removesuffix("%")
    if not re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return None
    return float(plain), 0.5 * 10 ** -len(plain.partition(".")[2])


@pytest.mark.parametrize("name", sample_names())
def test_every_number_printed_in_the_bid_is_that_of_its_cell(name: str) -> None:
    built, cells = built_sample(name), cells_of(name)
    numbers = words = 0
    for control in read_controls(built.bid):
        if control.tag not in built.cells:
            continue
        cell, printed = cells[control.tag], printed_number(control.text)
        if printed is None or not isinstance(cell, (int, float)):
            assert control.text == cell, control.tag
            words += 1
            continue
        number, half = printed
        scale = 100 if built.figures[control.tag].unit is Unit.SHARE else 1
        assert abs(number - cell * scale) <= half * (1 + 1e-9) + 1e-9 * abs(number), control.tag
        numbers += 1
    assert numbers > least(name, 400, 120)
    assert words > least(name, 0, -1)


@pytest.mark.parametrize("name", sample_names())
def test_no_figure_stands_in_the_bid_without_a_cell(name: str) -> None:
    built = built_sample(name)
    tags = {control.tag for control in read_controls(built.bid)} & set(built.figures)
    assert len(tags) > least(name, 300, 100)
    assert tags <= set(built.cells)


@pytest.mark.parametrize("name", sample_names())
def test_every_point_of_a_chart_is_its_cell_to_the_last_digit(name: str) -> None:
    built, cells, analysis = built_sample(name), cells_of(name), sample_case(name).analysis
    assert analysis is not None
    charts = {chart.name: chart for chart in charts_of(analysis, built.figures)}
    seen = 0
    with zipfile.ZipFile(io.BytesIO(built.bid)) as archive:
        parts = [part for part in archive.namelist() if part.startswith("word/charts/") and part.endswith(".xml")]
        assert parts
        for part in parts:
            chart = charts[part.removeprefix("word/charts/").removesuffix(".xml")]
            drawn = etree.fromstring(archive.read(part))
            cached = [[float(point.findtext(f"{C}v") or "nan") for point in values.iter(f"{C}pt")]
                      for values in drawn.iter(f"{C}val")]
            columns_first = sorted(chart.series, key=lambda series: series.as_line)
            wanted = [[cells[figure] for figure in series.figures] for series in columns_first]
            assert cached == [pytest.approx(series, rel=1e-9, abs=1e-6) for series in wanted], part
            seen += sum(map(len, cached))
    assert seen > least(name, 60, 8)
