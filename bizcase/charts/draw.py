"""Draws a chart with openpyxl from its definition and the places of its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series as Plotted
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RichTextProperties
from openpyxl.utils import quote_sheetname
from openpyxl.utils.cell import absolute_coordinate, coordinate_to_tuple

from bizcase.appraisal.figure import Figure
from bizcase.charts.definition import Chart, Kind, values_of
from bizcase.charts.look import GRID, INK, Look, tint
from bizcase.charts.words import value_of
from bizcase.specification.characters import unescapable

TITLE_SIZE, TEXT_SIZE = 1100, 900
"""Hundredths of a point."""
LINE_WIDTH, AXIS_WIDTH, EDGE_WIDTH = 28575, 9525, 6350
"""In the English metric units of DrawingML: 12,700 are a point."""
LEVEL, UPRIGHT = 0, -5_400_000
"""Turns of words, in 60,000ths of a degree."""
MOST_LEVEL, MOST_UPRIGHT = 12, 35
"""How many names stand side by side below the columns, and how many if each is turned."""
GAPS = {Kind.COLUMNS: 60, Kind.STACKED: 60, Kind.BARS: 40, Kind.HISTOGRAM: 4}


@dataclass(frozen=True, slots=True)
class Places:
    """Where a chart finds its cells: that of each Figure (sheet and address), the range of the categories, and the cell of
    each series' name; without cells of their own, the names stand in the chart."""

    cells: Mapping[str, tuple[str, str]]
    categories: str
    labels: tuple[str, ...] = ()


def draw(chart: Chart, figures: Mapping[str, Figure], places: Places, font: str = "") -> Any:
    """The chart as openpyxl holds it, with the values it has now, so that it shows before anything is worked out.

    Without a `font` it takes that of the document's theme.
    """
    plotted = [_plotted(chart, position, figures, places) for position in range(len(chart.series))]
    lines = [one for one, series in zip(plotted, chart.series, strict=True) if series.as_line]
    columns = [one for one, series in zip(plotted, chart.series, strict=True) if not series.as_line]
    if not columns:
        drawn = _lines(lines)
    else:
        drawn = _columns(chart.kind, columns)
        if lines:
            drawn += _lines(lines)
    put_title(drawn, chart.title, letters(TITLE_SIZE, font, bold=True))
    _axes(drawn, chart, letters(TEXT_SIZE, font))
    if chart.kind is Kind.HISTOGRAM:
        drawn.legend = None
    else:
        drawn.legend.position, drawn.legend.overlay, drawn.legend.txPr = "b", False, letters_at(letters(TEXT_SIZE, font))
    drawn.roundedCorners = False
    return drawn


def _columns(kind: Kind, columns: Sequence[Any]) -> Any:
    drawn: Any = BarChart()
    drawn.type = "bar" if kind is Kind.BARS else "col"
    drawn.grouping = "stacked" if kind is Kind.STACKED else "clustered"
    drawn.overlap, drawn.gapWidth = (0 if kind is Kind.COLUMNS else 100), GAPS[kind]
    drawn.series = list(columns)
    return drawn


def _lines(lines: Sequence[Any]) -> Any:
    drawn: Any = LineChart()
    drawn.series = list(lines)
    return drawn


def _plotted(chart: Chart, position: int, figures: Mapping[str, Figure], places: Places) -> Any:
    series, label = chart.series[position], places.labels[position] if places.labels else ""
    name = SeriesLabel(strRef=StrRef(label, text_cache([series.label]))) if label else SeriesLabel(v=unescapable(series.label))
    values = number_cells([places.cells[name] for name in series.figures], values_of(series, figures), chart.number_format)
    made = Plotted(idx=position, order=position, tx=name, val=NumDataSource(numRef=values))
    made.cat = _categories(chart, figures, places)
    if series.as_line:
        _dress_line(made, series.look)
    else:
        made.graphicalProperties, made.invertIfNegative = _fill(series.look), False
        made.marker = None
    return made


def number_cells(cells: Sequence[tuple[str, str]], values: Sequence[float], number_format: str) -> NumRef:
    """Cells side by side or one below another, with the values they have now."""
    points = [NumVal(idx=position, v=value) for position, value in enumerate(values)]
    return NumRef(f=reference(cells), numCache=NumData(formatCode=number_format, ptCount=len(points), pt=points))


def text_cache(texts: Sequence[str]) -> StrData:
    """Texts as a chart holds them beside the cells they come from."""
    return StrData(ptCount=len(texts), pt=[StrVal(idx=position, v=unescapable(text)) for position, text in enumerate(texts)])


def _categories(chart: Chart, figures: Mapping[str, Figure], places: Places) -> AxDataSource:
    if not chart.names:
        return AxDataSource(strRef=StrRef(places.categories, text_cache(chart.categories)))
    starts = [value_of(figures[name]) for name in chart.names]
    return AxDataSource(numRef=number_cells([places.cells[name] for name in chart.names], starts, chart.name_format))


def reference(cells: Sequence[tuple[str, str]]) -> str:
    """The range of cells that stand side by side or one below another, in their order: 'Cash flow'!$G$6:$L$6."""
    sheet = cells[0][0]
    places = [coordinate_to_tuple(address) for _, address in cells]
    (row, column), across = places[0], len({row for row, _ in places}) == 1
    wanted = [(row, column + step) if across else (row + step, column) for step in range(len(places))]
    assert places == wanted and {title for title, _ in cells} == {sheet}, f"no range: {cells}"
    return f"{quote_sheetname(sheet)}!{absolute_coordinate(f'{cells[0][1]}:{cells[-1][1]}')}"


def _fill(look: Look) -> GraphicalProperties:
    """A fill. A hatched one has an edge, as dark as the axis, so that nothing shows where there is nothing."""
    if not look.pattern:
        return GraphicalProperties(solidFill=look.colour, ln=LineProperties(noFill=True))
    choice: Any = ColorChoice
    pattern: Any = PatternFillProperties(fgClr=choice(srgbClr=look.colour), bgClr=choice(srgbClr=tint(look.colour)))
    pattern.prst = look.pattern
    return GraphicalProperties(pattFill=pattern, ln=LineProperties(solidFill=INK, w=EDGE_WIDTH))


def _dress_line(made: Any, look: Look) -> None:
    line = LineProperties(solidFill=look.colour, w=LINE_WIDTH)
    if look.dash:
        line.dashStyle = look.dash
    made.graphicalProperties, made.smooth = GraphicalProperties(ln=line), False
    made.marker = Marker(size=7, spPr=GraphicalProperties(solidFill=look.colour, ln=LineProperties(solidFill=look.colour)))
    made.marker.symbol = look.marker


def letters(size: int, font: str, *, bold: bool = False) -> CharacterProperties:
    """How letters look, in hundredths of a point; without a font, in that of the document's theme."""
    return CharacterProperties(sz=size, b=bold, solidFill=INK, latin=Font(typeface=font) if font else None)


def put_title(drawn: Any, title: str, look: CharacterProperties) -> None:
    """Gives a chart, or an axis, its title."""
    drawn.title = title
    paragraph = drawn.title.tx.rich.p[0]
    paragraph.pPr = ParagraphProperties(defRPr=look)
    for run in paragraph.r:
        run.rPr = look
    drawn.title.overlay = False


def _axes(drawn: Any, chart: Chart, look: CharacterProperties) -> None:
    names, values = drawn.x_axis, drawn.y_axis
    for axis in (names, values):
        axis.delete, axis.majorTickMark, axis.minorTickMark = False, None, None
    many = chart.kind is not Kind.BARS and len(chart.categories) > MOST_LEVEL
    names.txPr, values.txPr = letters_at(look, UPRIGHT if many else LEVEL), letters_at(look, LEVEL)
    values.number_format = chart.number_format
    values.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=GRID))
    values.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
    names.spPr = GraphicalProperties(ln=LineProperties(solidFill=INK, w=AXIS_WIDTH))
    names.tickLblPos = "low"
    names.number_format = chart.name_format if chart.names else "General"
    if chart.kind is Kind.BARS:
        names.scaling.orientation, values.crosses = "maxMin", "max"
    elif len(chart.categories) > MOST_UPRIGHT:
        names.tickLblSkip = -(-len(chart.categories) // MOST_UPRIGHT)


def letters_at(look: CharacterProperties, turned: int | None = None) -> RichText:
    """How the words at an axis or in the legend look; `turned` says by how much, whatever room there is."""
    return RichText(bodyPr=None if turned is None else RichTextProperties(rot=turned, vert="horz"),
                    p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])
