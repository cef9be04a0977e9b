"""The Cash flow sheet: costs and benefits of each year, the running total, and both discounted."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.appraise import MONETISED
from bizcase.appraisal.figure import Unit
from bizcase.appraisal.inputs import CostType
from bizcase.appraisal.measures import HALF_A_PENNY
from bizcase.workbook.benefits_sheets import CLASS_COLUMN, SCHEDULE_COLUMN
from bizcase.workbook.book import Book
from bizcase.workbook.costs_sheets import TYPE_COLUMN
from bizcase.workbook.discounting_sheet import USED, FactorCells
from bizcase.workbook.years import HEADER_ROW, LABEL_ROW, Block, YearSheet, year_sheet


@dataclass(frozen=True, slots=True)
class FlowRows:
    """Which row of the Cash flow sheet holds which flow."""

    years: YearSheet
    row: dict[str, int]

    def across(self, name: str) -> str:
        return self.years.across(self.row[name])


def add_cash_flow(book: Book, analysis: Analysis, costs: Block, benefits: Block, factors: FactorCells,
                  first_year: str) -> FlowRows:
    """`costs` and `benefits` are the blocks of adjusted costs and of amounts in the scenario shown."""
    years = year_sheet(book, analysis.appraisal.timeframe, "Cash flow", "Cash flow",
                       "In the scenario shown, real terms at base-year prices, as the increment on business as usual. Costs "
                       "include optimism bias. Benefits that are not cash are shown apart.",
                       ["Flow", "", "", ""], first_year)
    writer = _Writer(years)
    for kind in CostType:
        writer.line(f"cost.{kind.name}", f"{kind.capitalize()} cost", _sumifs(costs, TYPE_COLUMN, kind.value))
    writer.line("cost", "Total cost", writer.sum_of(*(f"cost.{kind.name}" for kind in CostType)), total=True)
    for benefit_class in MONETISED:
        writer.line(f"benefit.{benefit_class.name}", f"{benefit_class.capitalize()} benefit ({benefit_class.name})",
                    _sumifs(benefits, CLASS_COLUMN, benefit_class.value))
    writer.line("benefit", "Total benefit", writer.sum_of(*(f"benefit.{kind.name}" for kind in MONETISED)), total=True)
    writer.line("on_health", "of which discounted on the health schedule",
                _sumifs(benefits, SCHEDULE_COLUMN, "health"), is_figure=False)
    row = writer.row
    writer.line("net", "Net benefit", f"@{row['benefit']}-@{row['cost']}", total=True)
    writer.line("cumulative", "Cumulative net benefit", f"N(@-{row['net'] + 1})+@{row['net']}")
    standard, health = (factors.in_year(name) for name in (USED, "health"))
    writer.line("present_cost", "Present value of cost", f"@{row['cost']}*{standard}")
    writer.line("present_benefit", "Present value of benefit",
                f"(@{row['benefit']}-@{row['on_health']})*{standard}+@{row['on_health']}*{health}")
    writer.line("present_net", "Present value of net benefit",
                f"@{row['present_benefit']}-@{row['present_cost']}", total=True)
    writer.line("present_cumulative", "Cumulative present value",
                f"N(@-{row['present_net'] + 1})+@{row['present_net']}")
    writer.line("net_cash", "Cash-releasing benefits less costs", f"@{row['benefit.CRB']}-@{row['cost']}", is_figure=False)
    writer.line("cumulative_cash", "Cumulative, cash-releasing alone", f"N(@-{row['net_cash'] + 1})+@{row['net_cash']}",
                is_figure=False)
    for name, label, net, running in (
            ("crossing", "Payback, years after year 0", "net", "cumulative"),
            ("crossing_present", "Payback, discounted, years after year 0", "present_net", "present_cumulative"),
            ("crossing_cash", "Payback, cash-releasing alone, years after year 0", "net_cash", "cumulative_cash")):
        writer.line(name, label, _crossing(row[net], row[running]), is_figure=False, unit=Unit.YEARS)
    net = f"@{row['net']}"
    writer.line("sign", "Sign of the net benefit so far", f"IF(ABS({net})>{HALF_A_PENNY},SIGN({net}),N(@-{writer.next}))",
                is_figure=False, unit=Unit.NUMBER)
    years.hide_labels(44)
    return FlowRows(years, writer.row)


@dataclass
class _Writer:
    years: YearSheet

    def __post_init__(self) -> None:
        self.row: dict[str, int] = {}

    @property
    def next(self) -> int:
        """The row that the next line takes."""
        return LABEL_ROW + 1 + len(self.row)

    def line(self, name: str, label: str, formula: str, *, total: bool = False, is_figure: bool = True,
             unit: Unit = Unit.POUNDS) -> None:
        row = self.next
        self.row[name] = row
        style = "bc total" if total else "bc calc"
        self.years.sheet.text(row, 1, label, style)
        self.years.row(row, formula, f"flow.{name}" if is_figure else "", unit, style)
        figure_id = f"total.{name}"
        if figure_id in self.years.sheet.book.figures:
            self.years.total(row, figure_id=figure_id, style=style)

    def sum_of(self, *names: str) -> str:
        return f"SUM(@{self.row[names[0]]}:@{self.row[names[-1]]})"


def _sumifs(block: Block, column: int, wanted: str) -> str:
    return f'SUMIFS({block.column},{block.down(column)},"{wanted}")'


def _crossing(net: int, running: int) -> str:
    """The moment in years at which the running total comes back to zero, in the column of its year; else a dash."""
    earlier = f"N(@-{running})"
    return (f'IF(AND(@{running}>=-{HALF_A_PENNY},{earlier}<-{HALF_A_PENNY}),'
            f'MIN(@${HEADER_ROW},@${HEADER_ROW}-1-{earlier}/@{net}),"–")')
