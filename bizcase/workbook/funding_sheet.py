"""The Funding sheet: cash cost beside funding, what is confirmed, what each payer must find, and the cliff after the grant."""

from __future__ import annotations

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Unit
from bizcase.appraisal.figures import NO_CLIFF, NO_GRANT
from bizcase.appraisal.inputs import CostType, Funding
from bizcase.appraisal.money import Money
from bizcase.appraisal.parties import NO_PAYER
from bizcase.workbook.amounts import ramp_inputs, share_in_force, span_inputs, spelled_out, yearly_input
from bizcase.workbook.book import Book, at, settled
from bizcase.workbook.costs_sheets import TYPE_COLUMN, CostCells
from bizcase.workbook.discounting_sheet import USED, FactorCells
from bizcase.workbook.funding_cells import FundingCells
from bizcase.workbook.years import HEADER_ROW, LABEL_ROW, OWN_COLUMN, TOTAL_COLUMN, Block, YearSheet, year_labels, year_sheet

SUMS = (("confirmed", "Confirmed funding"), ("unconfirmed", "Funding not yet confirmed"), ("funding", "Funding"),
        ("cash_cost", "Cost to be met, before optimism bias"), ("in_kind", "of which in kind (time, not money)"),
        ("gap", "Not funded"), ("surplus", "Funding above the cost"))
CLIFF = ("recurrent", "confirmed", "unconfirmed", "nobody")
GAP = "resources.gap"
YEARLY = ("ID", "Source", "£ a year", "From", "To", "Starts in year")


def add_funding(book: Book, analysis: Analysis, first_year: str) -> FundingCells:
    """Lays out the sheet."""
    years = year_sheet(book, analysis.appraisal.timeframe, "Funding", "Funding and affordability",
                       "In cash: with inflation and VAT that cannot be recovered, before optimism bias, in the scenario shown.",
                       ["ID", "Source", "Kind", "Status"], first_year, own="Last year with money")
    count = len(analysis.appraisal.inputs.funding)
    sources = Block(years, LABEL_ROW + 1, count)
    needed = Block(years, _rows(sources)["declared"] + 3, count)
    borne = Block(years, _cliff_row(needed) + len(CLIFF) + 4, count)
    return FundingCells(years, sources, needed, borne)


def _rows(sources: Block) -> dict[str, int]:
    """The rows of the sums, directly below the sources, and of the declared gap."""
    rows = {name: sources.last + 1 + offset for offset, (name, _) in enumerate(SUMS)}
    return {**rows, "declared": sources.last + 1 + len(SUMS)}


def _cliff_row(needed: Block) -> int:
    """The first row of the block on the cliff; above it, its heading, the last year of the grants and the marks."""
    return needed.last + 6


def declared_gap(cells: FundingCells) -> str:
    return cells.years.across(_rows(cells.sources)["declared"])


def flow_of(cells: FundingCells, name: str) -> str:
    """The years of one of the sums."""
    return cells.years.across(_rows(cells.sources)[name])


def fill_funding(cells: FundingCells, analysis: Analysis, costs: CostCells, factors: FactorCells) -> None:
    """Writes the sheet: sources, sums, what each payer must find, the cliff, and the short forms of amounts."""
    yearly = _Yearly(cells.years, cells.nobody_row + 3)
    for position, row in enumerate(analysis.appraisal.inputs.funding):
        _source(cells, position, row, yearly)
    _sums(cells, analysis, costs, yearly)
    cells.needed.head("What the costs put on each payer: its own until its money ends, then the payer after the grant, £")
    cells.borne.head("The same in terms of value: with optimism bias, discounted, £ (beside the total, the number of "
                     "the organisation)")
    numbers = {party.name: number for number, party in enumerate(analysis.parties, 1)}
    for position, row in enumerate(analysis.appraisal.inputs.funding):
        _charged(cells, position, row, analysis, costs, factors)
        cells.years.sheet.constant(cells.borne.row(position), OWN_COLUMN, numbers[row.payer])
    _nobody(cells, costs, factors, numbers.get(NO_PAYER, 0))
    _cliff(cells, costs)


def _source(cells: FundingCells, position: int, funding: Funding, yearly: _Yearly) -> None:
    years, row = cells.years, cells.sources.row(position)
    for column, text in enumerate((funding.id, funding.source, funding.kind, funding.status), 1):
        years.sheet.text(row, column, text)
    yearly.amounts(row, funding.id, funding.source, funding.money, f"resources.funding.{funding.id}.amount",
                   f"line.{funding.id}")
    years.total(row, figure_id=f"line.{funding.id}")
    first, last = years.span
    flow = f"{first}{row}:{last}{row}"
    years.sheet.formula(row, OWN_COLUMN, f"SUMPRODUCT(MAX(({flow}<>0)*(${first}${HEADER_ROW}:${last}${HEADER_ROW}+1)))-1")


def _sums(cells: FundingCells, analysis: Analysis, costs: CostCells, yearly: _Yearly) -> None:
    years, rows, sources = cells.years, _rows(cells.sources), cells.sources
    status = f"$D${sources.first}:$D${sources.last}"
    amounts = f"@{sources.first}:@{sources.last}"
    formulas = {
        "confirmed": f'SUMIFS({amounts},{status},"confirmed")', "unconfirmed": f'SUMIFS({amounts},{status},"<>confirmed")',
        "funding": f"@{rows['confirmed']}+@{rows['unconfirmed']}", "cash_cost": f"SUM({costs.cash.column})",
        "in_kind": f'SUMIFS({costs.cash.column},{costs.cash.down(TYPE_COLUMN)},"{CostType.IN_KIND}")',
        "gap": settled(f"MAX(0,@{rows['cash_cost']}-@{rows['funding']})"),
        "surplus": settled(f"MAX(0,@{rows['funding']}-@{rows['cash_cost']})")}
    for name, label in SUMS:
        years.sheet.text(rows[name], 2, label, "bc total label")
        years.row(rows[name], formulas[name], f"flow.{name}", style="bc total")
        years.total(rows[name], figure_id=f"total.{name}", style="bc total")
    years.sheet.text(rows["declared"], 2, "Gap that the bid declares", "bc label")
    yearly.amounts(rows["declared"], "", "Gap that the bid declares", analysis.appraisal.inputs.declared_gap, GAP)


def _charged(cells: FundingCells, position: int, funding: Funding, analysis: Analysis, costs: CostCells,
             factors: FactorCells) -> None:
    years, table = cells.years, costs.table
    for block in (cells.needed, cells.borne):
        for column, text in enumerate((funding.id, funding.source, funding.kind, funding.status), 1):
            years.sheet.text(block.row(position), column, text)

    def charged(block: Block, row: int) -> str:
        until, t = table.down("until"), f"@${HEADER_ROW}"
        return (f"SUMPRODUCT(({table.down('payer')}=$A{row})*({until}>={t})*{block.column})"
                f"+SUMPRODUCT(({table.down('after')}=$A{row})*({until}<{t})*{block.column})")

    row = cells.needed.row(position)
    years.row(row, charged(costs.cash, row) if analysis.appraisal.costs else "0", f"need.{funding.id}")
    years.total(row, figure_id=f"total.need.{funding.id}")
    row = cells.borne.row(position)
    borne = f"({charged(costs.adjusted, row)})*{factors.in_year(USED)}" if analysis.appraisal.costs else "0"
    years.row(row, borne)
    years.total(row)


def _nobody(cells: FundingCells, costs: CostCells, factors: FactorCells, number: int) -> None:
    """What falls on nobody, below both blocks: costs without a payer, and those whose payers' money has ended."""
    years, table, row = cells.years, costs.table, cells.needed.last + 1
    unpaid = f'({table.down("after")}="")*({table.down("until")}<@${HEADER_ROW})'
    years.row(row, settled(f"SUMPRODUCT({unpaid}*{costs.cash.column})"), "flow.no_payer", style="bc total")
    years.row(cells.nobody_row, f"SUMPRODUCT({unpaid}*{costs.adjusted.column})*{factors.in_year(USED)}", style="bc total")
    years.total(row, figure_id="total.no_payer", style="bc total")
    years.total(cells.nobody_row, style="bc total")
    for at_row in (row, cells.nobody_row):
        years.sheet.text(at_row, 2, NO_PAYER, "bc total label")
    years.sheet.constant(cells.nobody_row, OWN_COLUMN, number)


def _cliff(cells: FundingCells, costs: CostCells) -> None:
    """What goes on when the grants have ended, and who pays it."""
    years, sources, first = cells.years, cells.sources, _cliff_row(cells.needed)
    sheet, rows = years.sheet, _rows(cells.sources)
    sheet.text(first - 3, 1, sheet.book.own("The cliff: what goes on when the grants have ended, £"), "bc heading")
    sheet.text(first - 2, 2, "Last year of the grants", "bc label")
    grants = f'SUMPRODUCT(MAX(({sources.down(3)}="grant")*({sources.down(OWN_COLUMN)}+1)))-1'
    sheet.formula(first - 2, OWN_COLUMN, grants)
    ends, labels = f"${at(first - 2, OWN_COLUMN)}".replace(str(first - 2), f"${first - 2}"), year_labels(years.timeframe)
    sheet.figure(first - 2, TOTAL_COLUMN, "cliff.grant_ends", f'IF({ends}<0,"{NO_GRANT}",INDEX({labels},{ends}+1))',
                 "bc calc text")
    sheet.text(first - 1, 2, "The grants have ended (1: yes)", "bc label")
    years.row(first - 1, f"IF({ends}<0,0,IF(@${HEADER_ROW}>{ends},1,0))", unit=Unit.NUMBER)
    recurrent, firm, hoped, nobody = range(first, first + len(CLIFF))
    formulas = (f'SUMPRODUCT(({costs.table.down("recurrent")}="yes")*{costs.cash.column})*@{first - 1}',
                f"MIN(@{recurrent},@{rows['confirmed']}*@{first - 1})",
                f"MIN(@{recurrent}-@{firm},@{rows['unconfirmed']}*@{first - 1})", settled(f"@{recurrent}-@{firm}-@{hoped}"))
    for row, name, formula in zip((recurrent, firm, hoped, nobody), CLIFF, formulas, strict=True):
        figure = f"flow.cliff.{name}"
        sheet.text(row, 2, sheet.book.figures[f"total.cliff.{name}"].label.removesuffix(", all years"), "bc label")
        years.row(row, formula, figure)
        years.total(row, figure_id=f"total.cliff.{name}")
    sheet.text(nobody + 1, 2, "First year in which costs go on without a grant", "bc label")
    span = f"{years.span[0]}{recurrent}:{years.span[1]}{recurrent}"
    numbers = f"{years.span[0]}${HEADER_ROW}:{years.span[1]}${HEADER_ROW}"
    place = f"SUMPRODUCT(MAX(({span}<>0)*({years.timeframe.years + 1}-{numbers})))"
    sheet.figure(nobody + 1, TOTAL_COLUMN, "cliff.first_year",
                 f'IF({place}=0,"{NO_CLIFF}",INDEX({labels},{years.timeframe.years + 2}-{place}))', "bc calc text")


class _Yearly:
    """The block below everything else, in which amounts that recur each year stand as inputs, with their shares by year."""

    def __init__(self, years: YearSheet, row: int) -> None:
        self.years, self.row, self.headed = years, row, False

    def amounts(self, row: int, name: str, source: str, money: Money, given: str, figures: str = "") -> None:
        """One line of funding by year: inputs where it is spelled out, else a formula on a line of this block.

        `figures` is the id of the Figures that the cells hold, without the year that ends it.
        """
        sheet = self.years.sheet
        if money.per_year is None:
            spelled_out(self.years, row, money, given)
            self._place(row, figures)
            return
        self._head()
        block = Block(self.years, self.row, 1)
        sheet.text(self.row, 1, name)
        sheet.text(self.row, 2, source)
        yearly_input(sheet, self.row, 3, given, money)
        span_inputs(sheet, self.row, 4, money, self.years.timeframe)
        ramp_inputs(block, 0, money.ramp, given)
        self.years.row(row, f"$C${self.row}*{share_in_force(f'$E${self.row}', f'$F${self.row}', block, 0)}", figures)
        self.row += 1

    def _place(self, row: int, figures: str) -> None:
        """Inputs that are given year by year are at the same time what the line comes to."""
        if figures:
            for column, label in zip(self.years.columns, self.years.timeframe.labels, strict=True):
                self.years.sheet.place(f"{figures}.{label}", row, column)

    def _head(self) -> None:
        """The headings of the block, once, before its first line."""
        if not self.headed:
            sheet = self.years.sheet
            sheet.text(self.row, 1, "Amounts that recur, and the share of them in each year of running", "bc heading")
            sheet.headings(self.row + 1, map(sheet.book.own, YEARLY), numbers=[sheet.book.own("£ a year"), "Starts in year"])
            Block(self.years, self.row + 2, 1).positions()
            self.row, self.headed = self.row + 2, True
