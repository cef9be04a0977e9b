"""A chart for a document: its part, and the small workbook that opens in Word when somebody edits its data."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.xml.constants import REL_NS
from openpyxl.xml.functions import Element, SubElement, tostring

from bizcase.appraisal.figure import Figure
from bizcase.archive import steady
from bizcase.charts.definition import Chart, values_of
from bizcase.charts.draw import Places, draw
from bizcase.charts.words import value_of
from bizcase.specification.characters import escaped

SHEET = "Data"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FIXED_TIME = datetime(2026, 1, 1)
NAMES_WIDTH, VALUES_WIDTH = 40, 18


@dataclass(frozen=True, slots=True)
class Embedded:
    """The chart's part, which finds its workbook by the relationship it was given, and that workbook."""

    chart: bytes
    workbook: bytes


def embedded(chart: Chart, figures: Mapping[str, Figure], relationship: str) -> Embedded:
    """A chart and the workbook of its numbers; the same definition and Figures give the same bytes."""
    drawn = draw(chart, figures, _places(chart))
    tree = drawn._write()
    link: Any = Element("externalData", {f"{{{REL_NS}}}id": relationship})
    SubElement(link, "autoUpdate", {"val": "0"})
    tree.append(link)
    return Embedded(DECLARATION + tostring(tree), _workbook(chart, figures))


def _places(chart: Chart) -> Places:
    """Categories stand in the first column, each series in one of its own under its name."""
    last = len(chart.categories) + 1
    columns = [chart.names, *(series.figures for series in chart.series)]
    cells = {name: (SHEET, f"{get_column_letter(column)}{row}")
             for column, names in enumerate(columns, 1) for row, name in enumerate(names, 2)}
    return Places(cells, f"{SHEET}!$A$2:$A${last}",
                  tuple(f"{SHEET}!${get_column_letter(column)}$1" for column in range(2, len(chart.series) + 2)))


def _workbook(chart: Chart, figures: Mapping[str, Figure]) -> bytes:
    workbook = Workbook()
    sheet: Any = workbook.worksheets[0]
    sheet.title = SHEET
    for row, name in enumerate(chart.categories, 2):
        if chart.names:
            sheet.cell(row, 1, value_of(figures[chart.names[row - 2]])).number_format = chart.name_format
        else:
            _text(sheet.cell(row, 1), name)
    for column, series in enumerate(chart.series, 2):
        _text(sheet.cell(1, column), series.label)
        sheet.cell(1, column).font = Font(bold=True)
        for row, value in enumerate(values_of(series, figures), 2):
            sheet.cell(row, column, value).number_format = chart.number_format
        sheet.column_dimensions[get_column_letter(column)].width = VALUES_WIDTH
    sheet.column_dimensions["A"].width = NAMES_WIDTH
    workbook.properties.created = workbook.properties.modified = FIXED_TIME
    buffer = io.BytesIO()
    workbook.save(buffer)
    return steady(buffer.getvalue())


def _text(cell: Cell, text: str) -> None:
    """User text, which never becomes a formula."""
    cell.value = escaped(text)
    cell.data_type, cell.quotePrefix = "s", text.startswith(("=", "+", "-", "@", "#"))
