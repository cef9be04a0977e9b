"""The Scale-up sheet: what the host alone delivers, what each step adds, and what the case is worth up to each step."""

from __future__ import annotations

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.appraise import MONETISED
from bizcase.appraisal.figure import Unit
from bizcase.appraisal.figures import NO_COST
from bizcase.appraisal.measures import HALF_A_PENNY
from bizcase.workbook.adoption_sheet import SITES_COLUMN, AdoptionCells
from bizcase.workbook.book import Book, absolute
from bizcase.workbook.lines_sheet import LineCells
from bizcase.workbook.table import Column, new_table

NOTE = ("Central case. The pilot alone is what the host delivers without any step of scale-up; a return that rests on steps is "
        "not its own.")


def add_scale_up(book: Book, analysis: Analysis, lines: LineCells, adoption: AdoptionCells) -> None:
    """One row for the host alone and one for each step, from the lines that belong to it."""
    year = analysis.appraisal.headline_year
    columns = (Column("stage", "No.", 7, True), Column("setting", "Up to and including", 44),
               Column("sites", "Sites joining", 10, True), Column("start", "Start", 12),
               Column("pvc", "PVC added", 15, True), Column("pvb", "PVB added", 15, True),
               Column("npsv_added", "NPSV added", 15, True), Column("npsv", "NPSV so far", 16, True),
               Column("roi", f"ROI to year {year} so far", 14, True),
               Column("roi_cash", f"Cash ROI to year {year} so far", 14, True),
               Column("spent", f"Costs to year {year} so far", 16, True), Column("cash", f"CRB to year {year} so far", 16, True),
               Column("gained", f"CRB and NCRB to year {year} so far", 16, True))
    table = new_table(book, "Scale-up", "Scale-up, step by step", NOTE, columns, len(analysis.scale_up.reached))
    sheet = table.sheet
    for position, stage in enumerate(analysis.scale_up.reached):
        row, key = table.row(position), stage.step.id if stage.step else "host"
        here = {column.key: table.here(column.key, position) for column in columns}
        sheet.constant(row, 1, position)
        sheet.text(row, 2, f"{stage.step.id} {stage.step.setting}" if stage.step else "The pilot alone")
        if stage.step:
            joined = adoption.joined.row(adoption.position[stage.step.id])
            sheet.formula(row, 3, adoption.years.sheet.at(joined, SITES_COLUMN))
            sheet.formula(row, 4, adoption.start(stage.step.id), style="bc calc text")
        costs, benefits = (f"SUMPRODUCT(({of('step')}={here['stage']})*{of('scenario_0')})"
                           for of in (lines.of_costs, lines.of_benefits))
        sheet.figure(row, table.column("pvc"), f"added.{key}.pvc", costs)
        sheet.figure(row, table.column("pvb"), f"added.{key}.pvb", benefits)
        sheet.figure(row, table.column("npsv_added"), f"added.{key}.npsv", f"{here['pvb']}-{here['pvc']}")
        sheet.figure(row, table.column("npsv"), f"stage.{key}.npsv",
                     f"SUM({absolute(table.here('npsv_added', 0))}:{here['npsv_added']})", "bc headline")
        for name, formula in _to_the_year(lines, here["stage"]).items():
            sheet.formula(row, table.column(name), formula, Unit.POUNDS)
        for name, gain in (("roi", "gained"), ("roi_cash", "cash")):
            sheet.figure(row, table.column(name), f"stage.{key}.{name}",
                         f'IF(ABS({here["spent"]})<{HALF_A_PENNY},"{NO_COST}",({here[gain]}-{here["spent"]})/{here["spent"]})')
    sheet.freeze(table.first, 3)


def _to_the_year(lines: LineCells, stage: str) -> dict[str, str]:
    """Undiscounted sums to the headline year of all lines up to a stage: costs, and benefits by class."""
    benefits, upto, kind = lines.of_benefits("to_year"), f"({lines.of_benefits('step')}<={stage})", lines.of_benefits("class")
    cash, capacity = (f'SUMPRODUCT({upto}*({kind}="{found.value}")*{benefits})' for found in MONETISED[:2])
    return {"spent": f"SUMPRODUCT(({lines.of_costs('step')}<={stage})*{lines.of_costs('to_year')})", "cash": cash,
            "gained": f"{cash}+{capacity}"}
