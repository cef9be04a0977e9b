"""The benefit sheets: the register (Green Book 2018, Box 9, with baseline and owner added) and each benefit by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bizcase.appraisal.appraise import Appraisal, BenefitLine
from bizcase.appraisal.figures import Unit
from bizcase.appraisal.inputs import Benefit, Chain
from bizcase.specification.project import Project
from bizcase.workbook.book import Book, Sheet
from bizcase.workbook.costs_sheets import RowRanges, shares, spelled_out
from bizcase.workbook.discounting_sheet import FactorCells
from bizcase.workbook.years import LABEL_ROW, YearSheet, year_sheet

REGISTER = [("ID", "id"), ("Benefit", "title"), ("Class", "class"), ("Dis-benefit", "disbenefit"), ("Measure", "measure"),
            ("Unit", "unit"), ("Direction", "direction"), ("Baseline", "baseline.value"), ("Baseline date", "baseline.date"),
            ("Data source", "data_source"), ("How often", "frequency"), ("Owner", "owner"), ("Owner's role", "owner_role"),
            ("Budget line", "budget_line"), ("Status", "status"), ("Source", "source")]
REGISTER_WIDTHS = (8, 36, 20, 10, 34, 16, 12, 12, 13, 28, 14, 20, 20, 24, 13, 44)

FACTORS: tuple[tuple[str, str, Unit, float], ...] = (
    ("Volume a year", "volume", Unit.NUMBER, 0.0), ("Effect", "effect", Unit.NUMBER, 1.0),
    ("Unit value £", "unit_value", Unit.POUNDS, 1.0), ("Attribution", "attribution", Unit.SHARE, 1.0),
    ("Deadweight", "deadweight", Unit.SHARE, 0.0), ("Take-up", "take_up", Unit.SHARE, 1.0),
    ("Confidence adjustment", "confidence_adjustment", Unit.SHARE, 0.0),
)
CHAIN = ["ID", "Benefit", "Class", "Schedule", "Sign", *(label for label, *_ in FACTORS), "Full year £", "From", "To"]
CHAIN_WIDTHS = (8, 36, 20, 11, 7, 13, 11, 13, 12, 12, 11, 12, 15, 10, 10)
FULL_YEAR = 6 + len(FACTORS)
FIRST_ROW = 5


def add_register(book: Book, project: Project) -> None:
    """The register of all benefits, also those that cannot be put in pounds."""
    sheet = book.sheet("Benefits register", "Benefits register", "Every benefit with its measure, baseline and owner.",
                       REGISTER_WIDTHS)
    sheet.columns(FIRST_ROW - 1, [label for label, _ in REGISTER], numbers=["Baseline"])
    for offset, row in enumerate(project.section("benefits").get("register", [])):
        for column, (_, path) in enumerate(REGISTER, 1):
            _register_cell(sheet, FIRST_ROW + offset, column, path, row)
    sheet.freeze(FIRST_ROW, 3)


def _register_cell(sheet: Sheet, row: int, column: int, path: str, benefit: Mapping[str, Any]) -> None:
    if path == "baseline.value":
        name = f"benefits.register.{benefit['id']}.baseline.value"
        if name in sheet.book.figures:
            sheet.given(row, column, name)
            return
    value: Any = benefit
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    sheet.text(row, column, {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value)


def add_calculation(book: Book, appraisal: Appraisal) -> Sheet:
    """The chain of factors of each monetised benefit, and its value in a full year."""
    sheet = book.sheet("Benefit calculation", "Benefit calculation",
                       "Full year £ = volume × effect × unit value × attribution × (1 − deadweight) × take-up × "
                       "(1 + confidence adjustment)", CHAIN_WIDTHS)
    sheet.columns(FIRST_ROW - 1, CHAIN, numbers=("Sign", *(label for label, *_ in FACTORS), "Full year £"))
    for offset, line in enumerate(appraisal.benefits):
        row, benefit = FIRST_ROW + offset, line.benefit
        _labels(sheet, row, benefit)
        sheet.constant(row, 5, benefit.sign)
        if benefit.chain is None:
            sheet.text(row, 6, "by year", "bc note")
            continue
        _factors(sheet, row, benefit, benefit.chain)
        _span(sheet, row, benefit, appraisal)
    sheet.freeze(FIRST_ROW, 3)
    return sheet


def _labels(sheet: Sheet, row: int, benefit: Benefit) -> None:
    schedule = "health" if benefit.health else "standard"
    for column, text in enumerate((benefit.id, benefit.title, benefit.benefit_class, schedule), 1):
        sheet.text(row, column, text)


def _factors(sheet: Sheet, row: int, benefit: Benefit, chain: Chain) -> None:
    for column, (_, name, unit, _otherwise) in enumerate(FACTORS, 6):
        given = f"benefits.register.{benefit.id}.value.{name}"
        if given in sheet.book.figures:
            sheet.given(row, column, given)
        else:
            sheet.input(row, column, getattr(chain, name), unit)
    v, e, u, a, d, t, c = (f"{letter}{row}" for letter in "FGHIJKL")
    sheet.figure(row, FULL_YEAR, f"line.{benefit.id}.full_year", f"E{row}*{v}*{e}*{u}*{a}*(1-{d})*{t}*(1+{c})")


def _span(sheet: Sheet, row: int, benefit: Benefit, appraisal: Appraisal) -> None:
    assert benefit.money is not None
    labels = dict(zip(appraisal.timeframe.calendar, appraisal.timeframe.labels, strict=True))
    sheet.input(row, FULL_YEAR + 1, labels.get(benefit.money.start or 0, appraisal.timeframe.labels[0]))
    sheet.input(row, FULL_YEAR + 2, labels.get(benefit.money.end or 0, appraisal.timeframe.labels[-1]))


def add_by_year(book: Book, appraisal: Appraisal, calculation: Sheet, factors: FactorCells, first_year: str) -> RowRanges:
    """Each monetised benefit by year, with its present value; gives the block of amounts."""
    years = year_sheet(book, appraisal.timeframe, "Benefits by year", "Benefits by year",
                       "The ramp of each benefit, and its value in pounds by year. A dis-benefit is negative.",
                       ["ID", "Benefit", "Class", "Schedule"], first_year)
    count = max(1, len(appraisal.benefits))
    ramp, amounts = LABEL_ROW + 2, LABEL_ROW + 4 + count
    present = amounts + count + 2
    for row, heading in ((ramp, "Ramp (share of the full effect), or the amounts given by year"), (amounts, "Benefit, £"),
                         (present, "Present value, £ (in the total column)")):
        years.sheet.text(row - 1, 1, heading, "bc heading")
    for offset, line in enumerate(appraisal.benefits):
        for block in (ramp, amounts, present):
            _labels(years.sheet, block + offset, line.benefit)
        _amounts(years, calculation, FIRST_ROW + offset, ramp + offset, amounts + offset, line)
        years.total(amounts + offset, figure_id=f"line.{line.benefit.id}")
        own = f"{years.span[0]}{amounts + offset}:{years.span[1]}{amounts + offset}"
        schedule = factors.health if line.benefit.health else factors.standard
        years.sheet.figure(present + offset, 5, f"line.{line.benefit.id}.present", f"SUMPRODUCT({own},{schedule})")
    return RowRanges(years, amounts, amounts + count - 1)


def _amounts(years: YearSheet, calculation: Sheet, source: int, ramp_row: int, row: int, line: BenefitLine) -> None:
    money = line.benefit.money
    assert money is not None
    if line.benefit.chain is not None:
        years.inputs(ramp_row, shares(money, years.timeframe.calendar), Unit.SHARE)
        value, start, end = (calculation.at(source, FULL_YEAR + step) for step in range(3))
        years.row(row, f"IF(AND(@${LABEL_ROW}>={start},@${LABEL_ROW}<={end}),{value}*@{ramp_row},0)")
        return
    sign = calculation.at(source, 5)
    spelled_out(years, ramp_row, money, f"benefits.register.{line.benefit.id}.value.by_year")
    years.row(row, f"{sign}*@{ramp_row}")
