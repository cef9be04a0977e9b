"""A chart as a native picture of the bid: it can be edited in Word, and its numbers open in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from bizcase.appraisal.figure import Figure
from bizcase.charts.definition import Chart
from bizcase.charts.embedded import embedded
from bizcase.document.picture import Part, Picture

STYLE = "Chart"
WIDTH = 6_120_130
"""The width of the text, in the English metric units of DrawingML."""
PER_CENTIMETRE = 360_000

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NUMBERS = "rId1"


def chart_picture(chart: Chart, figures: Mapping[str, Figure]) -> Picture:
    """A paragraph that shows the chart, its part and the workbook of its numbers; the same bytes each time."""
    made, link = embedded(chart, figures, NUMBERS), f"rIdChart_{chart.name}"
    numbers = (NUMBERS, f"{OFFICE}/package", f"../embeddings/{chart.name}.xlsx")
    return Picture(_paragraph(chart, link), ((link, f"{OFFICE}/chart", f"charts/{chart.name}.xml"),), (
        Part(f"word/charts/{chart.name}.xml", made.chart, CHART_TYPE, (numbers,)),
        Part(f"word/embeddings/{chart.name}.xlsx", made.workbook, WORKBOOK_TYPE)))


def _paragraph(chart: Chart, link: str) -> str:
    described = f"name={quoteattr(f'Chart {chart.name}')} descr={quoteattr(chart.alt)} title={quoteattr(chart.title)}"
    return (f'<w:p><w:pPr><w:pStyle w:val="{STYLE}"/></w:pPr><w:r><w:drawing>'
            f'<wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{WIDTH}" cy="{round(chart.height * PER_CENTIMETRE)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f'<wp:docPr id="1" {described}/><wp:cNvGraphicFramePr/>'
            f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/chart">'
            f'<c:chart xmlns:c="{DRAWING}/chart" xmlns:r="{OFFICE}" r:id="{link}"/>'
            f'</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>')
