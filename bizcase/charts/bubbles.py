"""A bubble chart: what lies farther to the right and higher up is better on both axes, and the size says how much is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BubbleChart
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumFmt, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.series import SeriesLabel, XYSeries
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties

from bizcase.charts import draw
from bizcase.charts.draw import AXIS_WIDTH, EDGE_WIDTH, LEVEL, TEXT_SIZE, TITLE_SIZE
from bizcase.charts.look import GRID, INK, NAVY, ORANGE, RUST, TEAL

COLOURS, EDGE = (NAVY, ORANGE, TEAL, RUST), "FFFFFF"
"""A white edge keeps a bubble apart from one behind it."""
SCALE_NAMED, SCALE_MANY = 40, 15
"""How large the bubbles are, as a percentage of the usual: a few with names, or very many."""

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bubbles:
    """One series of bubbles. Each of its cells (sheet and address) stands below the one before it; `name` is that of its name."""

    name: Cell
    label: str
    across: Sequence[Cell]
    up: Sequence[Cell]
    size: Sequence[Cell]
    values: Sequence[tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class BubbleWords:
    """The title and the titles of both axes, whose numbers run from 0 to 1."""

    title: str
    across: str
    up: str


def draw_bubbles(words: BubbleWords, series: Sequence[Bubbles], font: str = "") -> Any:
    """The chart as openpyxl holds it, the first series behind the others. A bubble that is a series of its own carries its name.
    """
    drawn: Any = BubbleChart()
    named = all(len(each.values) == 1 for each in series)
    drawn.series = [_plotted(position, each, font, named=named) for position, each in enumerate(series)]
    drawn.bubbleScale, drawn.showNegBubbles, drawn.sizeRepresents = SCALE_NAMED if named else SCALE_MANY, False, "area"
    drawn.style, drawn.legend, drawn.roundedCorners = 2, None, False
    draw.put_title(drawn, words.title, draw.letters(TITLE_SIZE, font, bold=True))
    for axis, title in ((drawn.x_axis, words.across), (drawn.y_axis, words.up)):
        _dress(axis, title, font)
    drawn.layout = Layout(ManualLayout(layoutTarget="inner", xMode="edge", yMode="edge", x=0.1, y=0.15, w=0.78, h=0.68))
    return drawn


def _plotted(position: int, each: Bubbles, font: str, *, named: bool) -> Any:
    columns = list(zip(*each.values, strict=True)) or [(), (), ()]
    across, up, size = (draw.number_cells(cells, column, "General")
                        for cells, column in zip((each.across, each.up, each.size), columns, strict=True))
    name = StrRef(draw.reference([each.name]), draw.text_cache([each.label]))
    made = XYSeries(idx=position, order=position, tx=SeriesLabel(strRef=name),
                    xVal=AxDataSource(numRef=across), yVal=NumDataSource(numRef=up), bubbleSize=NumDataSource(numRef=size))
    made.graphicalProperties = GraphicalProperties(solidFill=COLOURS[position % len(COLOURS)],
                                                   ln=LineProperties(solidFill=EDGE, w=EDGE_WIDTH))
    made.invertIfNegative, made.bubble3D = False, False
    if named:
        labels = DataLabelList(showSerName=True, showVal=False, showCatName=False, showLegendKey=False, showPercent=False,
                               showBubbleSize=False, txPr=draw.letters_at(draw.letters(TEXT_SIZE - 100, font)))
        labels.position = "r"
        made.dLbls = labels
    return made


def _dress(axis: Any, title: str, font: str) -> None:
    draw.put_title(axis, title, draw.letters(TEXT_SIZE, font, bold=True))
    axis.delete, axis.majorTickMark, axis.minorTickMark = False, None, None
    axis.scaling.min, axis.scaling.max, axis.majorUnit = 0, 1, 0.25
    axis.numFmt, axis.tickLblPos = NumFmt("0%", sourceLinked=False), "low"
    axis.txPr = draw.letters_at(draw.letters(TEXT_SIZE, font), LEVEL)
    axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=GRID))
    axis.spPr = GraphicalProperties(ln=LineProperties(solidFill=INK, w=AXIS_WIDTH))
