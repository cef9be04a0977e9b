"""The first two sheets: Summary, what the case comes to, and Read me, how to use the workbook."""

from __future__ import annotations

from bizcase import __version__
from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.figures import HEADLINES, Unit
from bizcase.appraisal.inputs import Status
from bizcase.specification.project import Project
from bizcase.workbook.book import Book

SPLIT = ("CRB", "NCRB", "SB")

STATUS_WARNING = {
    Status.ILLUSTRATIVE: "Illustrative: at least one figure behind these results stands in for a real one.",
    Status.DISPUTED: "Disputed: at least one figure behind these results is disputed.",
}


def add_summary(book: Book, project: Project, appraisal: Appraisal, failing_checks: str) -> None:
    sheet = book.sheet("Summary", project.title, "What the case comes to. Every number is a formula that follows the inputs.",
                       (56, 22, 26), landscape=False)
    sheet.text(3, 1, STATUS_WARNING.get(appraisal.inputs.status, ""), "bc note")
    sheet.columns(5, ["Measure", "Value"], numbers=["Value"])
    row = 6
    for name in HEADLINES:
        sheet.text(row, 1, book.figures[name].label, "bc label")
        sheet.shown(row, 2, name, "bc headline")
        row += 1
    row += 1
    sheet.headings(row, ("Benefits by class", "All years", "Present value"), numbers=("All years", "Present value"))
    for name in SPLIT:
        row += 1
        sheet.text(row, 1, book.figures[f"total.benefit.{name}"].label, "bc label")
        sheet.shown(row, 2, f"total.benefit.{name}")
        sheet.shown(row, 3, f"pvb.{name}")
    row += 2
    sheet.headings(row, ("Return on investment, to the end of", "Cash-releasing", "With non-cash-releasing"),
                   numbers=("Cash-releasing", "With non-cash-releasing"))
    for year, label in enumerate(appraisal.timeframe.labels[:6]):
        row += 1
        sheet.text(row, 1, f"year {year} ({label})", "bc label")
        sheet.shown(row, 2, f"roi_cash.{year}")
        sheet.shown(row, 3, f"roi.{year}")
    row += 2
    sheet.text(row, 1, "Not funded, all years", "bc total label")
    sheet.shown(row, 2, "total.gap", "bc total")
    sheet.text(row + 1, 1, "Checks that fail (see Checks)", "bc total label")
    sheet.formula(row + 1, 2, failing_checks, Unit.NUMBER, "bc total")


def add_read_me(book: Book, project: Project) -> None:
    sheet = book.sheet("Read me", "How to use this workbook", project.title, (28, 92), landscape=False)
    rows = (
        ("Yellow cells", "are inputs. Change them, and every other sheet follows."),
        ("White cells", "are calculated. They are protected without a password, against slips; unprotect them if you must."),
        ("Summary", "what the case comes to."),
        ("Inputs", "the years, the price base and the discount rates, each with its source."),
        ("Costs, Costs by year", "the register of costs, and each cost by year before and after optimism bias."),
        ("Benefits register", "every benefit with its measure, baseline, owner and source."),
        ("Benefit calculation", "the factors behind each benefit in pounds."),
        ("Benefits by year", "each benefit by year with its ramp and present value."),
        ("Funding", "who pays in which year, and what is not funded."),
        ("Cash flow, Discounting", "the yearly flows and the discount factors."),
        ("Appraisal", "NPSV, BCR, payback and return on investment."),
        ("Measurement", "when each benefit is measured; type the results there."),
        ("Numbers", "every other number that the bid prints."),
        ("Checks", "what must hold; the Summary counts what fails."),
        ("Terms", "CRB: cash-releasing benefit. NCRB: non-cash-releasing. SB: societal. UB: cannot be put in pounds. "
                  "Never add CRB and NCRB without showing both."),
        ("Specification", f"content {project.digest[:16]}; profile {project.profile.name}"),
        ("Guidance", f"parameter set {project.parameters.name}, compared with the guidance on {project.parameters.checked}"),
        ("Made with", f"bizcase {__version__}"),
    )
    for row, (label, meaning) in enumerate(rows, 4):
        sheet.text(row, 1, label, "bc total label")
        sheet.text(row, 2, meaning)
    sheet.worksheet.cell(4, 1).style = "bc input"
