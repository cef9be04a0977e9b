"""The Rate of return sheet: finds the internal rate of return by halving an interval, step by step, in plain formulas.

IRR() is not used: it stops at seven digits, depends on a first guess, and answers also where there are several rates.
"""

from __future__ import annotations

from bizcase.appraisal.figure import Unit
from bizcase.appraisal.figures import NO_RATE
from bizcase.appraisal.measures import HIGHEST_RATE, LOWEST_RATE, RATE_STEPS
from bizcase.workbook.book import Book
from bizcase.workbook.cash_flow_sheet import FlowRows
from bizcase.workbook.years import HEADER_ROW

NOTE = ("Working sheet. The interval that holds the rate is halved again and again; the rate is given only where the net benefit "
        "changes its sign once.")
FIRST_ROW = 5
RATE_FORMAT = "0.000000%"


def add_rate_of_return(book: Book, flow: FlowRows) -> str:
    """Writes the sheet; gives the formula of the rate, or of the words that say that there is no single one."""
    sheet = book.sheet("Rate of return", "Working of the internal rate of return", NOTE, (40, 20, 20, 34), landscape=False)
    headings = ("Step", "Lower end", "Upper end", "Net present value in the middle, as a share of the flows")
    sheet.columns(FIRST_ROW - 1, headings, numbers=headings[1:])
    net, years, last = flow.across("net"), flow.years.across(HEADER_ROW), FIRST_ROW + RATE_STEPS
    # As a share, what is left of sums of millions near the rate is nothing in every engine.
    size = f"MAX(1,SUMPRODUCT({net},{net})^0.5)"
    for step, row in enumerate(range(FIRST_ROW, last + 1)):
        sheet.text(row, 1, f"step {step}", "bc label")
        if step:
            falls, middle = f"(D{row - 1}>0)=($B${last + 1}>0)", f"(B{row - 1}+C{row - 1})/2"
            sheet.formula(row, 2, f"IF({falls},{middle},B{row - 1})")
            sheet.formula(row, 3, f"IF({falls},C{row - 1},{middle})")
        else:
            sheet.constant(row, 2, LOWEST_RATE)
            sheet.constant(row, 3, HIGHEST_RATE)
        for column in (2, 3):
            sheet.worksheet.cell(row, column).number_format = RATE_FORMAT
        sheet.formula(row, 4, f"SUMPRODUCT({net},(1+(B{row}+C{row})/2)^(-{years}))/{size}", Unit.FACTOR)
    for row, label, end in ((last + 1, "Net present value at the lowest rate", f"$B${FIRST_ROW}"),
                            (last + 2, "Net present value at the highest rate", f"$C${FIRST_ROW}")):
        sheet.text(row, 1, label, "bc label")
        sheet.formula(row, 2, f"SUMPRODUCT({net},(1+{end})^(-{years}))", Unit.POUNDS)
    columns = flow.years.columns
    earlier, later = (flow.years.sheet.across(flow.row["sign"], *ends)
                      for ends in ((columns[0], columns[-2]), (columns[1], columns[-1])))
    sheet.text(last + 3, 1, "Changes of sign of the net benefit", "bc label")
    sheet.formula(last + 3, 2, f"SUMPRODUCT(({earlier}<>0)*({earlier}<>{later}))")
    sheet.freeze(FIRST_ROW, 1)
    changes, lowest, highest, low, high = (sheet.at(row, column) for row, column in (
        (last + 3, 2), (last + 1, 2), (last + 2, 2), (last, 2), (last, 3)))
    return f'IF(OR({changes}<>1,SIGN({lowest})*SIGN({highest})>0),"{NO_RATE}",({low}+{high})/2)'
