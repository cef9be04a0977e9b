"""How the workbook looks: a few named cell styles, used by their meaning."""

from __future__ import annotations

import re

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

from bizcase.appraisal.currency import POUND
from bizcase.appraisal.figure import Figure, Unit

NAVY, PALE, INPUT_FILL = "003087", "E8EDEE", "FFF8DC"
FONT = "Arial"

_NUMBER_FORMATS = {
    Unit.SHARE: "0.0%;[Red]-0.0%", Unit.RATIO: "0.00",
    Unit.YEARS: '0.0" years"', Unit.FACTOR: "0.0000", Unit.NUMBER: "General",
    Unit.CALENDAR: "0",
}
DATE_FORMAT = "d mmm yyyy"
RIGHT = Alignment(horizontal="right", vertical="top")
"""Words that stand where a number would."""
WORDS_TO_THE_RIGHT = Alignment(horizontal="right", vertical="top", wrap_text=True)
"""The same in a column that is no wider than its numbers."""


def format_of(unit: Unit, currency: str = POUND) -> str:
    """The format of a number of that unit whose decimals nobody has chosen."""
    return money_format(currency) if unit is Unit.POUNDS else _NUMBER_FORMATS[unit]


def money_format(currency: str = POUND, places: str = "") -> str:
    """The format of an amount of money; `places` are its decimals, such as ".00"."""
    return f'"{currency}"#,##0{places};[Red]-"{currency}"#,##0{places}'


def number_format(found: Figure, currency: str = POUND) -> str:
    """The format in which a Figure's cell reads as its printed text."""
    decimals = re.search(r"\.(\d+)", found.text) if found.value is not None else None
    places = f".{'0' * len(decimals[1])}" if decimals else ""
    match found.unit if found.value is not None else None:
        case Unit.POUNDS:
            return money_format(currency, places)
        case Unit.SHARE:
            return f"#,##0{places}%;[Red]-#,##0{places}%"
        case Unit.NUMBER | Unit.RATIO:
            return f"#,##0{places}"
        case _:
            return format_of(found.unit, currency)


_THIN = Side(style="thin", color="C8CED3")


def _style(name: str, *, bold: bool = False, color: str = "212B32", size: int = 10, fill: str = "",
           wrap: bool = False, border: bool = True, locked: bool = True, italic: bool = False, indent: int = 0,
           horizontal: str | None = None, vertical: str = "top") -> NamedStyle:
    style = NamedStyle(name=name)
    style.font = Font(name=FONT, size=size, bold=bold, italic=italic, color=color)
    style.alignment = Alignment(horizontal=horizontal or ("left" if indent else None), vertical=vertical, wrap_text=wrap,
                                indent=indent)
    style.protection = Protection(locked=locked)
    if fill:
        style.fill = PatternFill("solid", fgColor=fill)
    if border:
        style.border = Border(bottom=_THIN)
    return style


def add_styles(workbook: Workbook) -> None:
    """Registers the named styles that the sheets use."""
    for style in (
        _style("bc title", bold=True, color=NAVY, size=16, border=False),
        _style("bc note", italic=True, color="425563", border=False),
        _style("bc remark", italic=True, color="425563", border=False, indent=1),
        _style("bc heading", bold=True, color=NAVY, size=12, border=False),
        _style("bc column", bold=True, color="FFFFFF", fill=NAVY, wrap=True, indent=1),
        _style("bc column number", bold=True, color="FFFFFF", fill=NAVY, wrap=True, horizontal="right"),
        _style("bc text", wrap=True, indent=1),
        _style("bc label", indent=1),
        _style("bc total", bold=True, fill=PALE),
        _style("bc total label", bold=True, fill=PALE, indent=1),
        _style("bc calc"),
        _style("bc calc text", indent=1),
        _style("bc headline", bold=True, color=NAVY, size=12),
        _style("bc input", color="0000C0", fill=INPUT_FILL, locked=False),
        _style("bc input text", color="0000C0", fill=INPUT_FILL, locked=False, wrap=True, indent=1),
    ):
        workbook.add_named_style(style)


ANSWER_FILL, GREEN, AMBER = "FFF2B3", "DDEFD9", "FCE0B8"


def add_form_styles(workbook: Workbook) -> None:
    """Registers the named styles of a form to be filled in, beside those of every workbook."""
    edge = Side(style="thin", color="C9A227")
    answer = _style("bc answer", fill=ANSWER_FILL, wrap=True, locked=False, horizontal="left")
    answer.border = Border(left=edge, right=edge, top=edge, bottom=edge)
    for style in (
        answer,
        _style("bc question", bold=True, border=False),
        _style("bc guidance", color="425563", size=9, border=False, indent=1),
        _style("bc status", color="425563", size=9, border=False, horizontal="center"),
        _style("bc table", bold=True, color=NAVY, size=11, border=False),
        _style("bc form column", bold=True, color="FFFFFF", size=9, fill=NAVY, wrap=True),
        _style("bc row id", color="425563", size=9, border=False, horizontal="center", vertical="center"),
        _style("bc line", fill="C8CED3", border=False, size=2),
        _style("bc plain", border=False),
        _style("bc link", color="005EB8"),
        _style("bc bar", color="2E7D32", border=False),
    ):
        workbook.add_named_style(style)
