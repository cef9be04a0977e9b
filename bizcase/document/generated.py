"""The tables of a bid that are computed, not typed: which section they belong to, their columns and their source."""

from __future__ import annotations

from dataclasses import dataclass


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


GENERATED: dict[str, tuple[GeneratedTable, ...]] = {
    "summary": (
        GeneratedTable("key_figures", "The case in figures", (("label", "Measure"), ("value", "Value")), (5, 3),
                       _source("Summary", "Freed capacity is not cash: the two are shown apart.")),
    ),
    "resources": (
        GeneratedTable("cost_lines", "Costs over all years, before and after optimism bias",
                       (("label", "Cost"), ("base", "As given"), ("uplift", "Uplift"), ("adjusted", "With optimism bias")),
                       (5, 2, 1.3, 2), _source("Costs by year", "Uplift: the guidance's rate, less the share mitigated.")),
        GeneratedTable("affordability", "Who pays: costs before optimism bias, funding and what is not funded",
                       (("label", "Year"), ("base_cost", "Cost"), ("funding", "Funding"), ("gap", "Not funded")), (2, 2, 2, 2),
                       _source("Funding", "Funding counts what is applied for or expected as well as what is confirmed.")),
    ),
    "benefits": (
        GeneratedTable("benefit_lines", "Benefits in pounds",
                       (("label", "Benefit"), ("full_year", "Full year"), ("all_years", "All years"),
                        ("present", "Present value")), (5, 2, 2, 2),
                       _source("Benefits by year", "A dis-benefit is negative.")),
    ),
    "appraisal": (
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
    ),
}
