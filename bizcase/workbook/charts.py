"""The Charts sheet: native charts that follow the scenario shown. Each draws cells of another sheet and holds no numbers.

What they show is said in `bizcase/charts/`; here they find their cells and their places on the page.
"""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.utils import quote_sheetname
from openpyxl.utils.cell import absolute_coordinate, coordinate_to_tuple

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.sensitivity import tornado
from bizcase.charts.definition import Chart, charts_of
from bizcase.charts.draw import Places, draw
from bizcase.workbook.book import Book, Sheet, at
from bizcase.workbook.style import FONT
from bizcase.workbook.table import Table
from bizcase.workbook.years import LABEL_ROW

WIDTH, HEIGHT = 17.2, 7.6
"""Centimetres: the width of a printed page, and a height of which three stand on it."""
ROWS_APART, ON_A_PAGE = 15, 3
PRINT_SCALE = 92
FIRST_ROW = 4


def add_charts(book: Book, analysis: Analysis, bars: Table) -> None:
    """`bars` is the tornado's table, which keeps its order whatever is typed."""
    sheet = book.sheet("Charts", "Charts", "They follow the inputs and the scenario shown; tornado, adoption and simulation are "
                       "those of the central case.", [10.5] * 8, landscape=False)
    cells = {**book.cells, **_in_order(analysis, bars)}
    charts = charts_of(analysis, book.figures, book.currency)
    for position, chart in enumerate(charts):
        drawn = draw(chart, book.figures, Places(cells, _categories(chart, cells)), FONT)
        drawn.width, drawn.height = WIDTH, HEIGHT
        sheet.worksheet.add_chart(drawn, f"A{FIRST_ROW + position * ROWS_APART}")
    _break_pages(sheet, len(charts))


def _in_order(analysis: Analysis, bars: Table) -> dict[str, tuple[str, str]]:
    """The cells of the tornado: not those of its drivers, but those in which they stand by how far they move the NPSV."""
    return {f"driver.{driver.id}.change_{key}": (bars.sheet.title, bars.here(key, position))
            for position, driver in enumerate(tornado(analysis.drivers)) for key in ("low", "high")}


def _categories(chart: Chart, cells: Mapping[str, tuple[str, str]]) -> str:
    """The names of the years above a row of Figures, or those in the first column beside Figures one below another."""
    sheet, first = cells[chart.series[0].figures[0]]
    last = cells[chart.series[0].figures[-1]][1]
    (top, left), (bottom, right) = coordinate_to_tuple(first), coordinate_to_tuple(last)
    ends = (at(top, 1), at(bottom, 1)) if left == right else (at(LABEL_ROW, left), at(LABEL_ROW, right))
    return f"{quote_sheetname(sheet)}!{absolute_coordinate(':'.join(ends))}"


def _break_pages(sheet: Sheet, charts: int) -> None:
    """Three charts on each printed page, in their own size."""
    sheet.own_scale(PRINT_SCALE)
    for page in range(1, -(-charts // ON_A_PAGE)):
        sheet.break_page(FIRST_ROW + page * ON_A_PAGE * ROWS_APART)
    sheet.worksheet.print_area = f"A1:H{FIRST_ROW + charts * ROWS_APART}"
