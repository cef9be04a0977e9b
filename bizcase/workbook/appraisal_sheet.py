"""The Appraisal sheet: the measures of value, and return on investment year by year."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from bizcase.appraisal.appraise import MONETISED, Appraisal
from bizcase.appraisal.figures import NO_COST, NOT_WITHIN
from bizcase.appraisal.measures import HALF_A_PENNY
from bizcase.workbook.benefits_sheets import present_values
from bizcase.workbook.book import Book, Sheet
from bizcase.workbook.cash_flow_sheet import CLASS_COLUMN, FlowRows
from bizcase.workbook.costs_sheets import RowRanges

ROI_HEADINGS = ("To the end of", "Cash-releasing", "With non-cash-releasing")
NOTES = {
    "npsv": "PVB less PVC",
    "bcr": "PVB ÷ PVC. Reported for information: a ratio is never a pass mark",
    "payback": "Years after year 0 until the running total of all benefits less costs reaches zero",
    "payback.discounted": "The same with discounted flows",
}


def add_appraisal(book: Book, appraisal: Appraisal, flow: FlowRows, benefits: RowRanges) -> None:
    sheet = book.sheet("Appraisal", "Appraisal", "Each measure is worked out from the Cash flow sheet.", (64, 18, 24, 70))
    sheet.columns(4, ["Measure", "Value", "How"], numbers=["Value"])
    present = present_values(benefits)
    rows = [("pvb", f"SUM({flow.across('present_benefit')})"), ("pvc", f"SUM({flow.across('present_cost')})"),
            ("npsv", "B5-B6"), ("bcr", f'IF(B6=0,"{NO_COST}",B5/B6)')]
    rows += [(f"pvb.{kind.name}", f'SUMIFS({present},{benefits.down(CLASS_COLUMN)},"{kind.value}")') for kind in MONETISED]
    rows += [("payback", _first_crossing(flow, "crossing")), ("payback.discounted", _first_crossing(flow, "crossing_present"))]
    for row, (name, formula) in enumerate(rows, 5):
        _line(sheet, row, name, formula)
    _return_on_investment(sheet, 5 + len(rows) + 1, flow, appraisal)
    sheet.freeze(5, 1)


def _first_crossing(flow: FlowRows, name: str) -> str:
    cells, running = flow.across(name), flow.across("cumulative" if name == "crossing" else "present_cumulative")
    return f'IF(MIN({running})>=-{HALF_A_PENNY},0,IF(COUNT({cells})=0,"{NOT_WITHIN}",MIN({cells})))'


def _line(sheet: Sheet, row: int, name: str, formula: str) -> None:
    sheet.text(row, 1, sheet.book.figures[name].label, "bc label")
    sheet.figure(row, 2, name, formula, "bc headline" if name == "npsv" else "bc calc")
    sheet.text(row, 3, NOTES.get(name, ""), "bc remark")


def _return_on_investment(sheet: Sheet, row: int, flow: FlowRows, appraisal: Appraisal) -> None:
    sheet.text(row, 1, "Return on investment to date, undiscounted: (benefits − costs) ÷ costs", "bc heading")
    sheet.headings(row + 1, ROI_HEADINGS, numbers=ROI_HEADINGS[1:])
    first = flow.years.span[0]
    for year, (column, label) in enumerate(zip(flow.years.columns, appraisal.timeframe.labels, strict=True)):
        at = row + 2 + year
        letter = get_column_letter(column)
        cost, cash, capacity = (f"SUM('Cash flow'!${first}${flow.row[name]}:{letter}${flow.row[name]})"
                                for name in ("cost", "benefit.CRB", "benefit.NCRB"))
        sheet.text(at, 1, f"year {year} ({label})", "bc label")
        sheet.figure(at, 2, f"roi_cash.{year}", f'IF({cost}=0,"{NO_COST}",({cash}-{cost})/{cost})')
        sheet.figure(at, 3, f"roi.{year}", f'IF({cost}=0,"{NO_COST}",({cash}+{capacity}-{cost})/{cost})')
