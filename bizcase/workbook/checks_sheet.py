"""The Checks sheet: what must hold in a sound workbook, tested live; the Summary shows how many fail."""

from __future__ import annotations

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill

from bizcase.appraisal.appraise import MONETISED
from bizcase.appraisal.figures import Unit
from bizcase.workbook.benefits_sheets import present_values
from bizcase.workbook.book import Book
from bizcase.workbook.cash_flow_sheet import FlowRows
from bizcase.workbook.costs_sheets import RowRanges
from bizcase.workbook.discounting_sheet import FactorCells


def add_checks(book: Book, flow: FlowRows, adjusted: RowRanges, benefits: RowRanges, factors: FactorCells,
               declared_gap: str) -> str:
    """Writes the sheet; gives the reference of the cell that counts the failures."""
    sheet = book.sheet("Checks", "Checks", "Each line compares two ways of reaching the same number.", (70, 18, 18, 14),
                       landscape=False)
    sheet.columns(4, ["What must hold", "One way", "Another way", "Result"],
                  numbers=["One way", "Another way"])
    by_class = "+".join(book.ref(f"pvb.{kind.name}") for kind in MONETISED)
    last = flow.years.span[1]
    total = "SUM('{0}'!{1}{2}:{3}{4})"
    first = flow.years.span[0]
    rows = [
        ("NPSV is the present value of all benefit lines less that of all costs", book.ref("npsv"),
         f"SUM({present_values(benefits)})-SUMPRODUCT({flow.across('cost')},{factors.standard})"),
        ("PVB is the sum of its classes", book.ref("pvb"), by_class),
        ("The last cumulative present value is the NPSV", f"'Cash flow'!{last}{flow.row['present_cumulative']}",
         book.ref("npsv")),
        ("All cost lines are in the cash flow", f"SUM({flow.across('cost')})",
         total.format("Costs by year", first, adjusted.first, last, adjusted.last)),
        ("All benefit lines are in the cash flow", f"SUM({flow.across('benefit')})",
         total.format("Benefits by year", first, benefits.first, last, benefits.last)),
        ("What is not funded is what the bid declares (where it names any funding)", book.ref("total.gap"),
         f"IF({book.ref('total.funding')}=0,{book.ref('total.gap')},SUM({declared_gap}))"),
        ("Optimism bias never lowers a cost", f"MIN(0,{book.ref('total.cost')}-{book.ref('total.base_cost')})", "0"),
        ("Year 0 is not discounted", f"INDEX({factors.standard},1)+INDEX({factors.health},1)", "1+1"),
    ]
    for row, (label, one, other) in enumerate(rows, 5):
        sheet.text(row, 1, label)
        sheet.formula(row, 2, one, Unit.NUMBER)
        sheet.formula(row, 3, other, Unit.NUMBER)
        holds = f"ABS(B{row}-C{row})<=0.000001*MAX(1,ABS(B{row}))"
        sheet.formula(row, 4, f'IFERROR(IF({holds},"holds","fails"),"fails")', style="bc calc text")
    end = 4 + len(rows)
    failing = CellIsRule("equal", ['"fails"'], font=Font(bold=True, color="9C0006"),  # type: ignore[no-untyped-call]
                         fill=PatternFill("solid", bgColor="FFC7CE"))
    sheet.worksheet.conditional_formatting.add(f"D5:D{end}", failing)
    sheet.text(end + 2, 1, "Checks that fail", "bc total label")
    sheet.formula(end + 2, 4, f'COUNTIF(D5:D{end},"fails")', Unit.NUMBER, "bc total")
    sheet.freeze(5, 1)
    return sheet.at(end + 2, 4)
