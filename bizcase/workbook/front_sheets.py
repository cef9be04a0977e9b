"""The first two sheets: Summary, what the case comes to, and Read me, how to use the workbook."""

from __future__ import annotations

from bizcase import __version__
from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Unit
from bizcase.appraisal.figures import HEADLINES
from bizcase.appraisal.inputs import Status
from bizcase.specification.project import Project
from bizcase.workbook.book import Book, Sheet
from bizcase.workbook.measurement_sheet import MeasurementTotals
from bizcase.workbook.scenarios_sheet import ScenarioCells
from bizcase.workbook.style import RIGHT

SPLIT = ("CRB", "NCRB", "SB")
MOST_YEARS_OF_ROI = 6

STATUS_WARNING = {
    Status.ILLUSTRATIVE: "Illustrative: at least one figure behind these results stands in for a real one.",
    Status.DISPUTED: "Disputed: at least one figure behind these results is disputed.",
}


def add_summary(book: Book, project: Project, analysis: Analysis, failing_checks: str, scenarios: ScenarioCells,
                measured: MeasurementTotals) -> None:
    sheet = book.sheet("Summary", project.title, "What the case comes to. Every number is a formula that follows the inputs.",
                       (58, 38, 26), landscape=False)
    sheet.text(3, 1, STATUS_WARNING.get(analysis.appraisal.inputs.status, ""), "bc note")
    sheet.text(4, 1, "Scenario shown (choose another on Scenarios)", "bc total label")
    sheet.formula(4, 2, scenarios.selector, style="bc total")
    sheet.worksheet.print_title_rows = "1:4"
    writer = _Writer(sheet, 6)
    writer.headed(("Measure", "Value"))
    for name in HEADLINES:
        writer.shown(book.figures[name].label, name, style="bc headline")
    if analysis.risk.lines:
        writer.shown(book.figures["npsv.after_risk"].label, "npsv.after_risk")
    writer.headed(("What could turn it (central case)", "NPSV is zero at"))
    for name, label in (("driver.all.costs", "All costs, as a share of the amount"),
                        ("driver.all.benefits", "All benefits, as a share of the amount")):
        writer.shown(label, f"{name}.switch")
    writer.shown("All benefits late by so many years", "delay.switch")
    writer.formula("Lowest NPSV of the scenarios", f"MIN({scenarios.table.down('npsv')})", Unit.POUNDS)
    writer.headed(("Benefits by class", "All years", "Present value"))
    for name in SPLIT:
        writer.shown(book.figures[f"total.benefit.{name}"].label, f"total.benefit.{name}", f"pvb.{name}")
    writer.headed(("Return on investment, to the end of", "Cash-releasing", "With non-cash-releasing"))
    for year, label in enumerate(analysis.appraisal.timeframe.labels[:MOST_YEARS_OF_ROI]):
        writer.shown(f"year {year} ({label})", f"roi_cash.{year}", f"roi.{year}")
    writer.headed(("Without scale-up (central case)", "Value"))
    writer.shown("NPSV of the pilot alone", "stage.host.npsv")
    writer.shown(f"ROI to the end of year {analysis.appraisal.headline_year}, the pilot alone", "stage.host.roi")
    writer.headed(("Affordability", "All years"))
    for name in ("cash_cost", "in_kind", "confirmed", "unconfirmed", "gap"):
        writer.shown(book.figures[f"total.{name}"].label, f"total.{name}")
    writer.shown(book.figures["cliff.first_year"].label, "cliff.first_year")
    writer.shown("Recurrent cost after the grants that nobody pays", "total.cliff.nobody")
    writer.headed(("Measured so far", "Value"))
    writer.formula("Measurements done", f'{measured.done}&" of "&{measured.due}', Unit.NUMBER)
    for kind, realised in measured.realised.items():
        writer.formula(f"{kind.capitalize()} benefit realised to date", realised, Unit.POUNDS)
    writer.row += 1
    sheet.text(writer.row, 1, "Checks that fail (see Checks)", "bc total label")
    sheet.formula(writer.row, 2, failing_checks, Unit.NUMBER, "bc total")
    sheet.text(writer.row, 3, "", "bc total")


class _Writer:
    """Writes lines of the Summary one below the other."""

    def __init__(self, sheet: Sheet, row: int) -> None:
        self.sheet, self.row = sheet, row

    def headed(self, headings: tuple[str, ...]) -> None:
        self.row += 1 if self.row > 6 else 0
        self.sheet.headings(self.row, headings, numbers=headings[1:])
        self.row += 1

    def shown(self, label: str, *names: str, style: str = "bc calc") -> None:
        self.sheet.text(self.row, 1, label, "bc label")
        for column, name in enumerate(names, 2):
            self.sheet.shown(self.row, column, name, style)
        self.row += 1

    def formula(self, label: str, formula: str, unit: Unit) -> None:
        self.sheet.text(self.row, 1, label, "bc label")
        self.sheet.formula(self.row, 2, formula, unit)
        self.sheet.worksheet.cell(self.row, 2).alignment = RIGHT
        self.row += 1


SHEETS = (
    ("Summary, Charts", "what the case comes to, in numbers and as pictures."),
    ("Inputs", "the years, prices, inflation, discount rates, optimism bias and values, each with source and date."),
    ("Scenarios", "what goes differently in each scenario, what each comes to, and which one the workbook shows."),
    ("Options", "the options side by side, and which line belongs to which."),
    ("Costs, Costs by year", "the register of costs, and each by year: at base-year prices, with optimism bias, in cash."),
    ("Benefits register", "every benefit with its measure, baseline, owner and source."),
    ("Benefit calculation", "the factors behind each benefit in pounds, and the ends of their ranges."),
    ("Benefits by year", "each benefit by year with its ramp and present value."),
    ("Non-monetised", "what gets better and cannot be put in pounds."),
    ("Funding", "who pays in which year, what is confirmed, what is not funded, and the cliff after the grants."),
    ("Who pays, who gains", "present values by organisation."),
    ("Reconciliation", "why the economic and the financial case show different totals."),
    ("Scale-up, Adoption", "what the pilot alone delivers, what each step adds, and how many sites have joined by when."),
    ("Cash flow, Discounting", "the yearly flows and the discount factors."),
    ("Appraisal", "NPSV, BCR, EANB, rate of return, payback and return on investment."),
    ("Sensitivity", "one driver at a time: ranges, switching values, the tornado, and what a delay costs."),
    ("Simulation", "the spread of the NPSV when all ranges are drawn at once."),
    ("Lines, Rate of return", "working: the present value of each line in each scenario; how the rate of return is found."),
    ("Measurement", "when each benefit is measured; type the results there."),
    ("Stakeholders, Risks, Milestones, Sources", "the registers of the bid."),
    ("Numbers", "every other number that the bid prints."),
    ("Checks", "what must hold; the Summary counts what fails."),
)


TERMS = ("CRB: cash-releasing benefit. NCRB: non-cash-releasing. SB: societal. UB: cannot be put in pounds. "
         "Never add CRB and NCRB without showing both. NPSV: net present social value. PVB, PVC: present value of "
         "benefits, of costs. BCR: PVB ÷ PVC. EANB: NPSV as an even amount a year.")


def add_read_me(book: Book, project: Project) -> None:
    sheet = book.sheet("Read me", "How to use this workbook", project.title, (34, 96), landscape=False)
    rows = (
        ("Yellow cells", "are inputs. Change them, and every other sheet follows."),
        ("White cells", "are calculated. They are protected without a password, against slips; unprotect them if you must."),
        ("Tabs", "dark blue: what the case comes to. Yellow: what goes in. Grey: how it is worked out. Light blue: records. "
                 "Sheets without content are hidden; right-click a tab to show them."),
        *((label, book.own(meaning)) for label, meaning in SHEETS),
        ("Terms", book.own(TERMS)),
        ("Specification", f"content {project.digest[:16]}; profile {project.profile.name}"),
        ("Guidance", f"parameter set {project.parameters.name}, compared with the guidance on {project.parameters.checked}"),
        ("Made with", f"bizcase {__version__}"),
    )
    for row, (label, meaning) in enumerate(rows, 4):
        sheet.text(row, 1, label, "bc total label")
        sheet.text(row, 2, meaning)
    sheet.worksheet.cell(4, 1).style = "bc input"
