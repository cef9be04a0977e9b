"""The Measurement sheet: when each benefit is measured, its target then, and room for what was found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill

from bizcase.appraisal.figures import Unit
from bizcase.appraisal.measurement import measurement_months
from bizcase.specification.project import Project, quantity
from bizcase.specification.values import parse_date
from bizcase.workbook.book import Book, Sheet
from bizcase.workbook.style import DATE_FORMAT

HEADINGS = ["ID", "Benefit", "Measure", "Unit", "Owner", "Baseline", "Month", "Due", "Target", "Actual", "Variance",
            "Standing"]
FIRST_ROW = 7


def add_measurement(book: Book, project: Project) -> None:
    """One line for each benefit and month of the schedule, with the baseline beside it."""
    sheet = book.sheet("Measurement", "Measurement schedule",
                       "Type what was measured under Actual; the variance from the target follows.",
                       (8, 34, 34, 14, 18, 12, 9, 13, 12, 12, 12, 16))
    benefits = project.section("benefits")
    schedule = benefits.get("schedule", {})
    sheet.text(4, 1, "Launch (month 0)", "bc label")
    start = launch_date(project)
    sheet.input(4, 3, start if start else "not set")
    sheet.columns(FIRST_ROW - 1, HEADINGS, numbers=HEADINGS[5:11])
    row = FIRST_ROW
    for benefit in benefits.get("register", []):
        for month in measurement_months(schedule, [target["month"] for target in benefit.get("targets", [])]):
            _line(sheet, row, benefit, month)
            row += 1
    words = FormulaRule([f'$L{FIRST_ROW}="short of target"'], fill=PatternFill("solid", bgColor="FBE3D6"))  # type: ignore[no-untyped-call]
    sheet.worksheet.conditional_formatting.add(f"L{FIRST_ROW}:L{max(row, FIRST_ROW + 1)}", words)
    sheet.freeze(FIRST_ROW, 3)


def launch_date(project: Project) -> date | None:
    """The day from which months are counted: the benefit schedule's start, else the pilot's launch."""
    written = project.section("benefits").get("schedule", {}).get("start")
    written = written or project.section("timeline").get("pilot", {}).get("launch")
    return parse_date(written) if written else None


def _line(sheet: Sheet, row: int, benefit: Mapping[str, Any], month: int) -> None:
    for column, name in ((1, "id"), (2, "title"), (3, "measure"), (4, "unit"), (5, "owner")):
        sheet.text(row, column, benefit.get(name))
    _baseline(sheet, row, benefit)
    sheet.constant(row, 7, month)
    sheet.formula(row, 8, f'IF(ISNUMBER($C$4),EDATE($C$4,G{row}),"not set")')
    sheet.worksheet.cell(row, 8).number_format = DATE_FORMAT
    _target(sheet, row, benefit, month)
    sheet.input(row, 10, None)
    sheet.formula(row, 11, f'IF(OR(J{row}="",I{row}=""),"–",J{row}-I{row})')
    better = f"K{row}*{-1 if benefit.get('direction') == 'decrease' else 1}"
    reached = f'IF({better}>=0,"on target","short of target")'
    sheet.formula(row, 12, f'IF(J{row}="","not measured yet",IF(I{row}="","no target",{reached}))', style="bc calc text")


def _baseline(sheet: Sheet, row: int, benefit: Mapping[str, Any]) -> None:
    if "value" in benefit.get("baseline", {}):
        sheet.formula(row, 6, sheet.book.ref(f"benefits.register.{benefit['id']}.baseline.value"))


def _target(sheet: Sheet, row: int, benefit: Mapping[str, Any], month: int) -> None:
    for position, target in enumerate(benefit.get("targets", []), 1):
        name = f"benefits.register.{benefit['id']}.targets.{position}.value"
        if target["month"] == month:
            if name in sheet.book.cells:
                sheet.input(row, 9, quantity(target["value"]), Unit.NUMBER)
            else:
                sheet.given(row, 9, name)
            return
    sheet.input(row, 9, None)
