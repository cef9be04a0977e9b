"""The Simulation sheet: the distribution of the NPSV when every driver with a range is drawn at once."""

from __future__ import annotations

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Unit
from bizcase.workbook.book import Book

NOTE = ("Worked out when the workbook was built; unlike all other sheets it does not follow the inputs. Build again to renew it.")
NOTHING = "No figure of the bid has a range, so nothing was simulated. Give low and high values to the figures that matter."


def add_simulation(book: Book, analysis: Analysis, npsv: str) -> None:
    """`npsv` is the reference of the central case's NPSV: when it moves, the simulation is out of date and says so."""
    sheet = book.sheet("Simulation", "Simulation (Monte Carlo)", NOTE, (58, 20, 20, 40), landscape=False)
    found = analysis.simulation
    if found is None:
        sheet.text(4, 1, NOTHING)
        return
    sheet.columns(4, ["Result", "Value"], numbers=["Value"])
    names = ["simulation.above_zero", "simulation.mean", *(f"simulation.p{share}" for share in found.percentiles)]
    for row, name in enumerate(names, 5):
        sheet.text(row, 1, book.figures[name].label, "bc label")
        sheet.reference(row, 2, name)
    row = 5 + len(names)
    for label, value in (("Draws", found.draws), ("Seed of the draws", found.seed), ("Drivers drawn", found.drivers)):
        sheet.text(row, 1, label, "bc label")
        sheet.reference_value(row, 2, value, Unit.NUMBER)
        row += 1
    sheet.text(row, 1, "Central NPSV at the time", "bc label")
    sheet.reference_value(row, 2, analysis.scenarios[0].measures.npsv, Unit.POUNDS)
    sheet.formula(row + 1, 1, f'IF(ABS(B{row}-{npsv})<=0.000001*MAX(1,ABS(B{row})),"These results belong to the inputs as they '
                              'stand.","The inputs have changed since: these results are out of date.")', style="bc total label")
    sheet.text(row + 2, 1, "Each range is drawn as a triangle with its peak at the central value, independently of the others.",
               "bc note")
    first = row + 5
    sheet.headings(first - 1, ("NPSV from", "Draws", "Share of draws"), numbers=("NPSV from", "Draws", "Share of draws"))
    for bar, count in enumerate(found.counts, 1):
        line = first + bar - 1
        sheet.reference(line, 1, f"simulation.from.{bar}")
        sheet.reference_value(line, 2, count, Unit.NUMBER)
        sheet.figure(line, 3, f"simulation.share.{bar}", f"B{line}/$B${row - 3}")
