"""The Charts sheet: native charts that follow the scenario shown. Each draws cells of another sheet and holds no numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from bizcase.appraisal.analysis import Analysis
from bizcase.workbook.adoption_sheet import AdoptionCells
from bizcase.workbook.book import Book, Sheet
from bizcase.workbook.cash_flow_sheet import FlowRows
from bizcase.workbook.funding_cells import FundingCells
from bizcase.workbook.funding_sheet import cliff_row, sum_row
from bizcase.workbook.simulation_sheet import SimulationCells
from bizcase.workbook.table import Table
from bizcase.workbook.years import LABEL_ROW, YearSheet

NAVY, BLUE, AQUA, GREEN, AMBER, RED, GREY = "003087", "0072CE", "41B6E6", "009639", "ED8B00", "8A1538", "768692"
SHADES = (NAVY, AQUA, GREEN, AMBER, GREY, BLUE, RED)
WIDTH, HEIGHT = 17.2, 7.6
"""Centimetres: the width of a printed page, and a height of which three stand on it."""
ROWS_APART, ON_A_PAGE = 15, 3
PRINT_SCALE = 92
FIRST_ROW = 4
POUNDS = '"£"#,##0'


@dataclass(frozen=True, slots=True)
class Charted:
    """Where the charts find their cells."""

    flow: FlowRows
    funding: FundingCells
    adoption: AdoptionCells
    tornado: Table
    simulation: SimulationCells


def add_charts(book: Book, analysis: Analysis, cells: Charted) -> None:
    sheet = book.sheet("Charts", "Charts", "They follow the inputs and the scenario shown; tornado, adoption and simulation are "
                       "those of the central case.", [10.5] * 8, landscape=False)
    years = cells.flow.years
    row = cells.flow.row
    charts: list[Any] = [
        _columns_and_line("Costs, benefits and net benefit by year", years, [row["cost"], row["benefit"]], row["net"]),
        _lines("Cumulative net benefit: payback is where the line crosses zero", years,
               [row["cumulative"], row["present_cumulative"]], POUNDS),
        _stacked("Benefits by class", years, [row[f"benefit.{name}"] for name in ("CRB", "NCRB", "SB")]),
    ]
    if cells.tornado.count:
        charts.append(_tornado(cells.tornado))
    charts.append(_funding(cells.funding, len(analysis.affordability.funding)))
    charts.append(_cliff(cells.funding))
    if analysis.appraisal.inputs.steps:
        charts.append(_stacked("Sites that have joined, by step of scale-up", cells.adoption.years,
                               list(range(cells.adoption.sites.first, cells.adoption.sites.last + 1)), number_format="0"))
    if cells.simulation.last >= cells.simulation.first:
        charts.append(_histogram(cells.simulation))
    for position, chart in enumerate(charts):
        sheet.worksheet.add_chart(chart, f"A{FIRST_ROW + position * ROWS_APART}")
    _break_pages(sheet, len(charts))


def _break_pages(sheet: Sheet, charts: int) -> None:
    """Three charts on each printed page, in their own size: a sheet that is fitted to a page ignores its breaks."""
    set_up = sheet.worksheet.sheet_properties.pageSetUpPr
    assert set_up is not None
    set_up.fitToPage = False
    sheet.worksheet.page_setup.scale = PRINT_SCALE
    for page in range(1, -(-charts // ON_A_PAGE)):
        sheet.worksheet.row_breaks.append(Break(id=FIRST_ROW - 1 + page * ON_A_PAGE * ROWS_APART))
    sheet.worksheet.print_area = f"A1:H{FIRST_ROW + charts * ROWS_APART}"


def _set_up(chart: Any, title: str, number_format: str) -> None:
    chart.title, chart.width, chart.height = title, WIDTH, HEIGHT
    chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=CharacterProperties(sz=1200, b=True, solidFill=NAVY))
    for run in chart.title.tx.rich.p[0].r:
        run.rPr = CharacterProperties(sz=1200, b=True, solidFill=NAVY)
    chart.title.overlay = False
    chart.legend.position = "b"
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        small = CharacterProperties(sz=900)
        axis.txPr = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=small), endParaRPr=small)])
    chart.y_axis.number_format = number_format
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="D8DDE0"))
    chart.x_axis.tickLblPos = "low"


def _series(chart: Any, years: YearSheet, rows: list[int], label_column: int = 1) -> None:
    """One series for each row, named by its label, over the years."""
    worksheet = years.sheet.worksheet
    first, last = years.columns[0], years.columns[-1]
    for row in rows:
        series = Series(Reference(worksheet, min_col=first, max_col=last, min_row=row), title_from_data=False)
        series.tx = SeriesLabel(strRef=StrRef(f"'{worksheet.title}'!${get_column_letter(label_column)}${row}"))
        chart.series.append(series)
    chart.set_categories(Reference(worksheet, min_col=first, max_col=last, min_row=LABEL_ROW))


def _fill(chart: Any, colours: tuple[str, ...]) -> None:
    for position, series in enumerate(chart.series):
        series.graphicalProperties = GraphicalProperties(solidFill=colours[position % len(colours)])
        series.invertIfNegative = False


def _draw(chart: Any, colours: tuple[str, ...], dashed: tuple[int, ...] = ()) -> None:
    for position, series in enumerate(chart.series):
        line = LineProperties(solidFill=colours[position % len(colours)], w=28575)
        if position in dashed:
            line.dashStyle = "dash"
        series.graphicalProperties = GraphicalProperties(ln=line)
        series.smooth = False
        series.marker.symbol = "circle"
        series.marker.graphicalProperties = GraphicalProperties(solidFill=colours[position % len(colours)])


def _bars(title: str, years: YearSheet, rows: list[int], number_format: str, *, stacked: bool, label_column: int) -> BarChart:
    chart = BarChart()
    chart.type, chart.grouping, chart.gapWidth = "col", "stacked" if stacked else "clustered", 60
    chart.overlap = 100 if stacked else 0
    _set_up(chart, title, number_format)
    _series(chart, years, rows, label_column)
    return chart


def _stacked(title: str, years: YearSheet, rows: list[int], number_format: str = POUNDS) -> BarChart:
    labelled = 2 if years.sheet.title == "Adoption" else 1
    chart = _bars(title, years, rows, number_format, stacked=True, label_column=labelled)
    _fill(chart, SHADES)
    return chart


def _columns_and_line(title: str, years: YearSheet, columns: list[int], line: int) -> BarChart:
    chart = _bars(title, years, columns, POUNDS, stacked=False, label_column=1)
    _fill(chart, (GREY, AQUA))
    chart += _over(years, [line], (NAVY,), 1)
    return chart


def _over(years: YearSheet, rows: list[int], colours: tuple[str, ...], label_column: int) -> LineChart:
    """Lines that are drawn over the columns of another chart."""
    chart = LineChart()
    _series(chart, years, rows, label_column)
    _draw(chart, colours)
    return chart


def _lines(title: str, years: YearSheet, rows: list[int], number_format: str) -> LineChart:
    chart = LineChart()
    _set_up(chart, title, number_format)
    _series(chart, years, rows)
    _draw(chart, (NAVY, GREEN), dashed=(1,))
    return chart


def _funding(cells: FundingCells, sources: int) -> BarChart:
    rows = list(range(cells.sources.first, cells.sources.first + sources)) or [sum_row(cells, "funding")]
    chart = _bars("Funding by source beside the cash cost", cells.years, rows, POUNDS, stacked=True, label_column=2)
    _fill(chart, SHADES)
    chart += _over(cells.years, [sum_row(cells, "cash_cost")], (RED,), 2)
    return chart


def _cliff(cells: FundingCells) -> BarChart:
    rows = [cliff_row(cells, name) for name in ("confirmed", "unconfirmed", "nobody")]
    chart = _bars("The cliff: recurrent cost after the grants, and who pays it", cells.years, rows, POUNDS, stacked=True,
                  label_column=2)
    _fill(chart, (GREEN, AMBER, RED))
    return chart


def _tornado(table: Table) -> BarChart:
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "clustered", 100, 40
    _set_up(chart, "Tornado: change of NPSV at the ends of each range", POUNDS)
    worksheet = table.sheet.worksheet
    for key in ("low", "high"):
        column = table.column(key)
        chart.add_data(Reference(worksheet, min_col=column, min_row=table.first - 1, max_row=table.last), titles_from_data=True)
    chart.set_categories(Reference(worksheet, min_col=1, min_row=table.first, max_row=table.last))
    chart.x_axis.scaling.orientation = "maxMin"
    _fill(chart, (AMBER, NAVY))
    return chart


def _histogram(cells: SimulationCells) -> BarChart:
    chart = BarChart()
    chart.type, chart.gapWidth = "col", 4
    _set_up(chart, "Simulation: share of draws by NPSV", "0%")
    worksheet = cells.sheet.worksheet
    chart.add_data(Reference(worksheet, min_col=3, min_row=cells.first - 1, max_row=cells.last), titles_from_data=True)
    chart.set_categories(Reference(worksheet, min_col=1, min_row=cells.first, max_row=cells.last))
    chart.x_axis.number_format = POUNDS
    chart.legend = None
    _fill(chart, (AQUA,))
    return chart
