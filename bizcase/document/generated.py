"""The tables and pictures of a bid that are computed, not typed: their captions, their columns and their source."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.specification.layout import load_layout


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that a bid prints: `chart` names its definition where it is one, else it is made of words and boxes.

    A chart has its caption from its definition. `above` puts the caption above it, where it is a table of figures. `note`
    names the sheet of the workbook.
    """

    name: str
    caption: str
    note: str
    chart: str = ""
    above: bool = False

    @property
    def shows(self) -> tuple[str, ...]:
        """The fields of the specification that are printed in it."""
        return load_layout().made_of.get(self.name, ())


@dataclass(frozen=True, slots=True)
class GeneratedTable:
    """`columns` are (key, heading); the first is the row's label. `note` names the workbook sheet it comes from."""

    name: str
    caption: str
    columns: tuple[tuple[str, str], ...]
    weights: tuple[float, ...]
    note: str


def _source(sheet: str, more: str = "") -> str:
    return f"Source: benefits workbook, sheet {sheet}. {more}".strip()


_TABLES = (
    GeneratedTable("key_figures", "The case in figures", (("label", "Measure"), ("value", "Value")), (5, 3),
                   _source("Summary", "Freed capacity is not cash: the two are shown apart.")),
    GeneratedTable("options", "The options against business as usual",
                   (("label", "Option"), ("pvc", "Costs, present value"), ("pvb", "Benefits, present value"),
                    ("npsv", "NPSV"), ("eanb", "Net benefit a year")), (4, 2, 2, 2, 2),
                   _source("Options", "Net benefit a year: spread evenly over the years that an option lasts.")),
    GeneratedTable("cost_lines", "Costs over all years, before and after optimism bias",
                   (("label", "Cost"), ("base", "As given"), ("uplift", "Uplift"), ("adjusted", "With optimism bias")),
                   (5, 2, 1.3, 2), _source("Costs by year", "Uplift: the guidance's rate, less the share mitigated.")),
    GeneratedTable("affordability", "Affordability: the cost to be met, before optimism bias, and the funding it meets",
                   (("label", "Year"), ("cash_cost", "Cost to be met"), ("in_kind", "of which in kind"),
                    ("confirmed", "Confirmed funding"), ("unconfirmed", "Not yet confirmed"), ("gap", "Not funded")),
                   (2, 2, 2, 2, 2, 2),
                   _source("Funding", "Not yet confirmed: applied for, under discussion or expected.")),
    GeneratedTable("reconciliation", "From the cost of the economic case to that of the financial case",
                   (("label", "Step"), ("value", "All years")), (5, 2), _source("Reconciliation")),
    GeneratedTable("benefit_lines", "Benefits in money",
                   (("label", "Benefit"), ("full_year", "Full year"), ("all_years", "All years"),
                    ("present", "Present value")), (5, 2, 2, 2),
                   _source("Benefits by year", "A dis-benefit is negative.")),
    GeneratedTable("headlines", "What the case comes to", (("label", "Measure"), ("value", "Value")), (5, 3),
                   _source("Appraisal", "The benefit-cost ratio is reported for information; it is not a pass mark.")),
    GeneratedTable("classes", "Benefits by class, not to be added without showing the split",
                   (("label", "Class"), ("all_years", "All years"), ("present", "Present value")), (5, 2, 2),
                   _source("Appraisal")),
    GeneratedTable("roi", "Return on investment to date, undiscounted",
                   (("label", "To the end of"), ("cash", "Cash-releasing alone"), ("both", "With non-cash-releasing")),
                   (3, 3, 3), _source("Appraisal")),
    GeneratedTable("cash_flow", "Costs and benefits by year, with optimism bias, real terms",
                   (("label", "Year"), ("cost", "Costs"), ("CRB", "Cash-releasing"), ("NCRB", "Non-cash-releasing"),
                    ("SB", "Societal"), ("net", "Net"), ("cumulative", "Cumulative")), (1.3, 1.4, 1.4, 1.6, 1.4, 1.4, 1.5),
                   _source("Cash flow")),
    GeneratedTable("scenario_values", "What if: the value in each scenario",
                   (("label", "Scenario"), ("npsv", "NPSV"), ("change", "Change")), (5, 2, 2),
                   _source("Scenarios", "Scenarios that would change nothing here are left out.")),
    GeneratedTable("switching", "Sensitivity and switching values of the preferred option",
                   (("label", "Driver"), ("central", "Central"), ("low", "NPSV at its low end"),
                    ("high", "NPSV at its high end"), ("switch", "NPSV is zero at")), (4, 1.5, 2, 2, 1.8),
                   _source("Sensitivity", "One driver at a time. 100% is the amount as it stands. The workbook has all "
                           "drivers.")),
    GeneratedTable("simulation", "All ranges drawn at once (simulation)", (("label", "Result"), ("value", "Value")), (5, 2),
                   _source("Simulation", "Each range is drawn as a triangle, independently of the others.")),
    GeneratedTable("parties", "Who pays and who gains, present values",
                   (("label", "Organisation"), ("pays", "Pays"), ("CRB", "Gains, cash-releasing"),
                    ("NCRB", "Gains, non-cash-releasing"), ("SB", "Gains, societal"),
                    ("net_cash", "Net, cash alone"), ("net", "Net, all benefits")),
                   (3, 1.6, 1.6, 1.6, 1.6, 1.6, 1.6),
                   _source("Who pays, who gains", "With optimism bias.")),
    GeneratedTable("stages", "What the pilot alone delivers, and what each step adds",
                   (("label", "Up to and including"), ("added", "NPSV added"), ("npsv", "NPSV so far"),
                    ("roi_cash", "ROI at year 3 so far, cash-releasing"), ("roi", "With non-cash-releasing")),
                   (4, 2, 2, 2, 2),
                   _source("Scale-up", "Where fewer than three years are appraised, ROI is that of the last one.")),
    GeneratedTable("cliff", "After the grant: recurrent cost, and who pays it",
                   (("label", "Year"), ("recurrent", "Recurrent cost"), ("confirmed", "Confirmed funding"),
                    ("unconfirmed", "Not yet confirmed"), ("nobody", "Nobody")), (2, 2, 2, 2, 2), _source("Funding")),
)

GENERATED = {table.name: table for table in _TABLES}

_PICTURES = (
    Drawn("cash_flow_chart", "", _source("Cash flow"), "cash_flow"),
    Drawn("cumulative", "", _source("Cash flow"), "cumulative"),
    Drawn("benefits_by_class", "", _source("Cash flow"), "classes"),
    Drawn("funding_by_payer", "", _source("Funding"), "funding"),
    Drawn("after_the_grant", "", _source("Funding"), "cliff"),
    Drawn("adoption", "", _source("Adoption"), "adoption"),
    Drawn("tornado", "", _source("Sensitivity"), "tornado"),
    Drawn("costs_by_year", "Costs by line and year, before optimism bias", _source("Costs by year", "Real terms."), above=True),
    Drawn("headline_strip", "", ""),
    Drawn("power_interest_grid", "Power and influence: whom to work with closely", "High is 4 or 5 of 5."),
    Drawn("timeline_chart", "Milestones by quarter", "Quarters of the financial year: Q1 is April to June.", above=True),
    Drawn("governance_chart", "Who answers to whom", ""),
)

PICTURES = {picture.name: picture for picture in _PICTURES}
