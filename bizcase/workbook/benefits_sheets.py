"""The benefit sheets: the register (Green Book 2018, Box 9, with baseline and owner added) and each benefit by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bizcase.appraisal.appraise import Appraisal, BenefitLine
from bizcase.appraisal.figures import Unit
from bizcase.appraisal.inputs import Benefit, Chain
from bizcase.specification.project import Project
from bizcase.workbook.book import Book, Sheet
from bizcase.workbook.costs_sheets import RowRanges, in_span, ramp_inputs, span_inputs, spelled_out
from bizcase.workbook.discounting_sheet import FactorCells
from bizcase.workbook.years import LABEL_ROW, TOTAL_COLUMN, YearSheet, year_sheet

REGISTER = [("ID", "id"), ("Benefit", "title"), ("Class", "class"), ("Dis-benefit", "disbenefit"), ("Measure", "measure"),
            ("Unit", "unit"), ("Direction", "direction"), ("Baseline", "baseline.value"), ("Baseline date", "baseline.date"),
            ("Data source", "data_source"), ("How often", "frequency"), ("Owner", "owner"), ("Owner's role", "owner_role"),
            ("Budget line", "budget_line"), ("Status", "status"), ("Source", "source")]
REGISTER_WIDTHS = (8, 36, 20, 10, 34, 16, 12, 12, 13, 28, 14, 20, 20, 24, 13, 44)

FACTORS: tuple[tuple[str, str, Unit], ...] = (
    ("Volume a year", "volume", Unit.NUMBER), ("Effect", "effect", Unit.NUMBER),
    ("Unit value £", "unit_value", Unit.POUNDS), ("Attribution", "attribution", Unit.SHARE),
    ("Deadweight", "deadweight", Unit.SHARE), ("Take-up", "take_up", Unit.SHARE),
    ("Confidence adjustment", "confidence_adjustment", Unit.SHARE),
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
        assert benefit.money is not None
        span_inputs(sheet, row, FULL_YEAR + 1, benefit.money, appraisal.timeframe)
    sheet.freeze(FIRST_ROW, 3)
    return sheet


def _labels(sheet: Sheet, row: int, benefit: Benefit) -> None:
    schedule = "health" if benefit.health else "standard"
    for column, text in enumerate((benefit.id, benefit.title, benefit.benefit_class, schedule), 1):
        sheet.text(row, column, text)


def _factors(sheet: Sheet, row: int, benefit: Benefit, chain: Chain) -> None:
    for column, (_, name, unit) in enumerate(FACTORS, 6):
        given = f"benefits.register.{benefit.id}.value.{name}"
        if given in sheet.book.figures:
            sheet.given(row, column, given)
        else:
            sheet.input(row, column, getattr(chain, name), unit)
    v, e, u, a, d, t, c = (f"{letter}{row}" for letter in "FGHIJKL")
    sheet.figure(row, FULL_YEAR, f"line.{benefit.id}.full_year", f"E{row}*{v}*{e}*{u}*{a}*(1-{d})*{t}*(1+{c})")


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
        years.sheet.figure(present + offset, TOTAL_COLUMN, f"line.{line.benefit.id}.present", f"SUMPRODUCT({own},{schedule})")
    return RowRanges(years, amounts, amounts + count - 1)


def present_values(block: RowRanges) -> str:
    """The present values of all benefits; their block stands below that of the amounts."""
    offset = block.last - block.first + 3
    return block.years.sheet.down(TOTAL_COLUMN, block.first + offset, block.last + offset)


def _amounts(years: YearSheet, calculation: Sheet, source: int, ramp_row: int, row: int, line: BenefitLine) -> None:
    money = line.benefit.money
    assert money is not None
    given = f"benefits.register.{line.benefit.id}.value"
    if line.benefit.chain is not None:
        ramp_inputs(years, ramp_row, money, given)
        years.row(row, in_span(calculation, source, FULL_YEAR, ramp_row))
        return
    spelled_out(years, ramp_row, money, f"{given}.by_year")
    years.row(row, f"{calculation.at(source, 5)}*@{ramp_row}")
