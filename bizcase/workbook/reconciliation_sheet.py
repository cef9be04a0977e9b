"""The Reconciliation sheet: from the cost of the economic case to the cash of the financial case."""

from __future__ import annotations

from bizcase.appraisal.analysis import Analysis
from bizcase.workbook.book import Book, settled
from bizcase.workbook.costs_sheets import CostCells
from bizcase.workbook.discounting_sheet import CASH, FactorCells
from bizcase.workbook.options_sheet import Membership

NOTE = "Why the two cases show different totals. All years, in the scenario shown."
WHY = {
    "economic": "Real terms at base-year prices, as the increment on business as usual, without VAT",
    "optimism_bias": "An allowance of the appraisal, not money anyone is asked for",
    "set_off": "The appraisal counts the difference from business as usual; the payer pays all of it",
    "inflation": "Cash is paid in the prices of its year",
    "vat": "A transfer within government, so left out of the economic case; but cash for the payer",
    "cash": "What the Funding sheet sets against the money",
}


def add_reconciliation(book: Book, analysis: Analysis, costs: CostCells, membership: Membership, factors: FactorCells) -> str:
    """Writes the sheet; gives the reference of the cash at its end."""
    sheet = book.sheet("Reconciliation", "Economic and financial case reconciled", NOTE, (62, 20, 80))
    sheet.columns(4, ["Step", "All years", "Why"], numbers=["All years"])
    table, count = costs.table, len(analysis.appraisal.costs)
    if count:
        borne, counts = (membership.sheet.down(column, membership.first, membership.first + count - 1)
                         for column in (membership.counts_column + 1, membership.counts_column))
        uplift, vat = table.down("uplift"), table.down("vat")
        formulas = {
            "economic": book.ref("total.cost"),
            "optimism_bias": settled(f"SUMPRODUCT(-1*{costs.adjusted.totals},{uplift}/(1+{uplift}))"),
            "set_off": settled(f"SUMPRODUCT({costs.base.totals},{table.down('change')},{borne}-{counts})"),
            "inflation": settled(f"SUMPRODUCT({costs.planned},{factors.across(CASH)}-1)"),
            "vat": settled(f"SUMPRODUCT({costs.cash.totals},{vat}/(1+{vat}))")}
    else:
        formulas = dict.fromkeys(("economic", "optimism_bias", "set_off", "inflation", "vat"), "0")
    formulas["cash"] = "SUM(B5:B9)"
    for row, (name, formula) in enumerate(formulas.items(), 5):
        ends = name in ("economic", "cash")
        sheet.text(row, 1, book.figures[f"reconcile.{name}"].label, "bc total label" if ends else "bc label")
        sheet.figure(row, 2, f"reconcile.{name}", formula, "bc total" if ends else "bc calc")
        sheet.text(row, 3, WHY[name], "bc remark")
    return sheet.at(10, 2)
