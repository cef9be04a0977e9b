"""The cost sheets: the register of costs, and each cost by year before and after optimism bias."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.appraise import Appraisal, CostLine
from bizcase.appraisal.figures import Unit
from bizcase.appraisal.inputs import Money, Timeframe
from bizcase.workbook.book import Book, Sheet, at
from bizcase.workbook.years import LABEL_ROW, YearSheet, year_labels, year_sheet

HEADINGS = ["ID", "Item", "Category", "Type", "Recurrent", "Payer", "Payer after the grant", "£ a year", "From", "To",
            "Optimism bias", "Mitigated", "Uplift", "Why mitigated", "Status", "Source"]
FIRST_ROW = 5
TYPE_COLUMN = 3
UPLIFT_COLUMN = 13


@dataclass(frozen=True, slots=True)
class RowRanges:
    """Rows `first` to `last` of a block on a year sheet; there is always at least one, blank if need be."""

    years: YearSheet
    first: int
    last: int

    @property
    def column(self) -> str:
        """The block's cells in the year column of the formula."""
        return f"'{self.years.sheet.title}'!@${self.first}:@${self.last}"

    def down(self, column: int) -> str:
        return self.years.sheet.down(column, self.first, self.last)


def add_costs(book: Book, appraisal: Appraisal, first_year: str) -> tuple[RowRanges, RowRanges]:
    """Writes both sheets; gives the blocks of base and of adjusted costs."""
    register = book.sheet("Costs", "Costs",
                          "One line a cost, real terms at base-year prices. Amounts spelled out by year stand on Costs by year.",
                          (8, 34, 18, 12, 11, 10, 12, 14, 10, 10, 11, 11, 10, 30, 13, 44))
    register.columns(FIRST_ROW - 1, HEADINGS, numbers=("£ a year", "Optimism bias", "Mitigated", "Uplift"))
    for offset, line in enumerate(appraisal.costs):
        _register_row(register, FIRST_ROW + offset, line, appraisal)
    register.freeze(FIRST_ROW, 3)
    return _by_year(book, appraisal, register, first_year)


def _register_row(sheet: Sheet, row: int, line: CostLine, appraisal: Appraisal) -> None:
    cost = line.cost
    for column, text in ((1, cost.id), (2, cost.item), (3, cost.category), (4, cost.type), (6, cost.payer),
                         (7, cost.payer_after_grant), (14, cost.optimism_bias.reason), (15, cost.status), (16, cost.source)):
        sheet.text(row, column, text)
    sheet.text(row, 5, "yes" if cost.recurrent else "no")
    money_inputs(sheet, row, 8, f"resources.costs.{cost.id}.amount", cost.money, appraisal.timeframe)
    for column, name, value in ((11, "rate", cost.optimism_bias.rate), (12, "mitigation", cost.optimism_bias.mitigation)):
        given = f"resources.costs.{cost.id}.optimism_bias.{name}"
        if given in sheet.book.figures:
            sheet.given(row, column, given)
        else:
            sheet.input(row, column, value, Unit.SHARE)
    sheet.figure(row, UPLIFT_COLUMN, f"line.{cost.id}.uplift", f"K{row}*(1-L{row})")


def money_inputs(sheet: Sheet, row: int, column: int, given: str, money: Money, timeframe: Timeframe) -> None:
    """The short form of an amount as inputs: pounds a year, first and last year."""
    if money.per_year is None:
        sheet.text(row, column, "by year", "bc note")
        return
    name = next((name for name in (f"{given}.per_year", f"{given}.once") if name in sheet.book.figures), "")
    if name:
        sheet.given(row, column, name)
    else:
        sheet.input(row, column, money.per_year, Unit.POUNDS)
    span_inputs(sheet, row, column + 1, money, timeframe)


def span_inputs(sheet: Sheet, row: int, column: int, money: Money, timeframe: Timeframe) -> None:
    """The first and the last year of an amount, each to be chosen from the years appraised."""
    labels = dict(zip(timeframe.calendar, timeframe.labels, strict=True))
    for step, year, otherwise in ((0, money.start, timeframe.labels[0]), (1, money.end, timeframe.labels[-1])):
        sheet.choice(row, column + step, labels.get(year or 0, otherwise), year_labels(timeframe))


def _by_year(book: Book, appraisal: Appraisal, register: Sheet, first_year: str) -> tuple[RowRanges, RowRanges]:
    years = year_sheet(book, appraisal.timeframe, "Costs by year", "Costs by year",
                       "The share of each amount that falls in a year, the cost before and the cost after optimism bias.",
                       ["ID", "Item", "Type", "Payer"], first_year)
    count = max(1, len(appraisal.costs))
    shares, base, adjusted = (LABEL_ROW + 2 + block * (count + 2) for block in range(3))
    for row, heading in ((shares, "Share of the yearly amount (1 is all of it)"), (base, "Cost before optimism bias, £"),
                         (adjusted, "Cost with optimism bias, £")):
        years.sheet.text(row - 1, 1, heading, "bc heading")
    for offset, line in enumerate(appraisal.costs):
        source = FIRST_ROW + offset
        for block in (shares, base, adjusted):
            _labels(years, block + offset, line)
        short_form(years, register, source, 8, shares + offset, base + offset, line.cost.money,
                   f"resources.costs.{line.cost.id}.amount")
        years.total(base + offset, figure_id=f"line.{line.cost.id}")
        years.row(adjusted + offset, f"@{base + offset}*(1+{register.at(source, UPLIFT_COLUMN)})")
        years.total(adjusted + offset, figure_id=f"line.{line.cost.id}.adjusted")
    return RowRanges(years, base, base + count - 1), RowRanges(years, adjusted, adjusted + count - 1)


def _labels(years: YearSheet, row: int, line: CostLine) -> None:
    for column, text in enumerate((line.cost.id, line.cost.item, line.cost.type, line.cost.payer), 1):
        years.sheet.text(row, column, text)


def short_form(years: YearSheet, register: Sheet, source: int, column: int, share_row: int, amount_row: int, money: Money,
               given: str) -> None:
    """The amounts by year: a formula from the short form and its shares, or inputs where they are spelled out."""
    if money.per_year is None:
        spelled_out(years, amount_row, money, given)
        return
    ramp_inputs(years, share_row, money, given)
    years.row(amount_row, in_span(register, source, column, share_row))


def in_span(register: Sheet, source: int, column: int, share_row: int) -> str:
    """The formula of a year's amount: the yearly amount times the year's share, from the first to the last year."""
    amount, start, end = (register.at(source, column + step) for step in range(3))
    return f"IF(AND(@${LABEL_ROW}>={start},@${LABEL_ROW}<={end}),{amount}*@{share_row},0)"


def ramp_inputs(years: YearSheet, row: int, money: Money, given: str) -> None:
    """The share of each year, as inputs. Those that the specification gives are its Figures, and the last of them lasts."""
    for column, year in zip(years.columns, years.timeframe.calendar, strict=True):
        position = year - money.start + 1 if money.start is not None else 0
        if f"{given}.ramp.{position}" in years.sheet.book.figures:
            years.sheet.given(row, column, f"{given}.ramp.{position}")
        elif money.ramp and position > len(money.ramp) and column > years.columns[0]:
            years.sheet.formula(row, column, at(row, column - 1), Unit.SHARE)
        else:
            years.sheet.input(row, column, money.share(year), Unit.SHARE)


def spelled_out(years: YearSheet, row: int, money: Money, given: str) -> None:
    """Amounts that the specification gives year by year, as inputs."""
    for column, year, label in zip(years.columns, years.timeframe.calendar, years.timeframe.labels, strict=True):
        if f"{given}.{label}" in years.sheet.book.figures:
            years.sheet.given(row, column, f"{given}.{label}")
        else:
            years.sheet.input(row, column, money.in_year(year), Unit.POUNDS)
