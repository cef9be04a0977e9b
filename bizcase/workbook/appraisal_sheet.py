"""The Appraisal sheet: the measures of value, and return on investment year by year."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.appraise import MONETISED
from bizcase.appraisal.figures import NO_COST, NOT_WITHIN
from bizcase.appraisal.measures import HALF_A_PENNY
from bizcase.workbook.benefits_sheets import CLASS_COLUMN, BenefitCells
from bizcase.workbook.book import Book, Sheet
from bizcase.workbook.cash_flow_sheet import FlowRows
from bizcase.workbook.discounting_sheet import USED, FactorCells

ROI_HEADINGS = ("To the end of", "Cash-releasing", "With non-cash-releasing")
NOTES = {
    "npsv": "PVB less PVC",
    "bcr": "PVB ÷ PVC. Reported for information: a ratio is never a pass mark",
    "eanb": "NPSV ÷ the sum of the discount factors after year 0",
    "eac": "PVC ÷ the sum of the discount factors after year 0",
    "irr": "The flat discount rate at which the NPSV is zero; given only where the net benefit changes its sign once",
    "payback": "Years after year 0 until the running total of all benefits less costs reaches zero",
    "payback.discounted": "The same with discounted flows",
    "payback.cash": "The same with cash-releasing benefits alone, undiscounted",
    "risk.present": "Probability × cost of each priced risk, discounted (see Risks)",
    "npsv.after_risk": "Beside the NPSV, not in place of it: optimism bias already allows for what goes wrong in general",
}


def add_appraisal(book: Book, analysis: Analysis, flow: FlowRows, benefits: BenefitCells, factors: FactorCells,
                  risk: str, rate: str) -> None:
    """`risk` is the reference of the present value of all expected costs of risk, `rate` the formula of the rate of return."""
    sheet = book.sheet("Appraisal", "Appraisal", "In the scenario shown. Each measure is worked out from the Cash flow sheet.",
                       (64, 34, 24, 70))
    sheet.columns(4, ["Measure", "Value", "How"], numbers=["Value"])
    present, annuity = benefits.present.totals, f"(SUM({factors.across(USED)})-1)"
    rows = [("pvb", f"SUM({flow.across('present_benefit')})"), ("pvc", f"SUM({flow.across('present_cost')})"),
            ("npsv", "B5-B6"), ("bcr", f'IF(ABS(B6)<{HALF_A_PENNY},"{NO_COST}",B5/B6)'),
            ("eanb", f"B7/{annuity}"), ("eac", f"B6/{annuity}"),
            ("irr", rate)]
    rows += [(f"pvb.{kind.name}", f'SUMIFS({present},{benefits.present.down(CLASS_COLUMN)},"{kind.value}")')
             for kind in MONETISED]
    rows += [("payback", _first_crossing(flow, "crossing")), ("payback.discounted", _first_crossing(flow, "crossing_present")),
             ("payback.cash", _first_crossing(flow, "crossing_cash")),
             ("risk.present", risk), ("npsv.after_risk", f"B7-{risk}")]
    for row, (name, formula) in enumerate(rows, 5):
        _line(sheet, row, name, formula)
    _return_on_investment(sheet, 5 + len(rows) + 1, flow, analysis)
    sheet.freeze(5, 1)


def _first_crossing(flow: FlowRows, name: str) -> str:
    running = {"crossing": "cumulative", "crossing_present": "present_cumulative", "crossing_cash": "cumulative_cash"}[name]
    cells, total = flow.across(name), flow.across(running)
    return f'IF(MIN({total})>=-{HALF_A_PENNY},0,IF(COUNT({cells})=0,"{NOT_WITHIN}",MIN({cells})))'


def _line(sheet: Sheet, row: int, name: str, formula: str) -> None:
    sheet.text(row, 1, sheet.book.figures[name].label, "bc label")
    if name in sheet.book.cells:
        sheet.shown(row, 2, name)
    else:
        sheet.figure(row, 2, name, formula, "bc headline" if name == "npsv" else "bc calc")
    sheet.text(row, 3, NOTES.get(name, ""), "bc remark")


def _return_on_investment(sheet: Sheet, row: int, flow: FlowRows, analysis: Analysis) -> None:
    sheet.text(row, 1, "Return on investment to date, undiscounted: (benefits − costs) ÷ costs", "bc heading")
    sheet.headings(row + 1, ROI_HEADINGS, numbers=ROI_HEADINGS[1:])
    first = flow.years.span[0]
    for year, (column, label) in enumerate(zip(flow.years.columns, analysis.appraisal.timeframe.labels, strict=True)):
        at = row + 2 + year
        letter = get_column_letter(column)
        cost, cash, capacity = (f"SUM('Cash flow'!${first}${flow.row[name]}:{letter}${flow.row[name]})"
                                for name in ("cost", "benefit.CRB", "benefit.NCRB"))
        sheet.text(at, 1, f"year {year} ({label})", "bc label")
        sheet.figure(at, 2, f"roi_cash.{year}", f'IF(ABS({cost})<{HALF_A_PENNY},"{NO_COST}",({cash}-{cost})/{cost})')
        sheet.figure(at, 3, f"roi.{year}", f'IF(ABS({cost})<{HALF_A_PENNY},"{NO_COST}",({cash}+{capacity}-{cost})/{cost})')
