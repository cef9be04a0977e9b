"""Costs and who pays them (manual S12)."""

from __future__ import annotations

from bizcase.appraisal.affordability import cash_by_year
from bizcase.appraisal.financial_year import year_of
from bizcase.appraisal.inputs import CostType
from bizcase.completeness.sections.looking import first_at, rows_at, told
from bizcase.specification.project import Project
from bizcase.specification.signs import shows
from bizcase.specification.values import parse_date
from bizcase.specification.walk import values_at

ALWAYS_ASKED = ("evaluation", "training", "clinician time")
ASKED_IF_DIGITAL = ("licence", "integration")
"""Heads of cost that were forgotten or argued over in the manual's Case 1."""


def costs_are_met_or_the_gap_is_planned_for(project: Project) -> str | None:
    """Somebody pays the costs of each year, or the gap is declared, with what is done about it (C12.1).

    Where there is funding, costs less funding is the declared gap in each year: else the specification has an error.
    """
    inputs, labels = project.inputs, project.inputs.timeframe.labels
    if not inputs.costs:
        return None if rows_at(project, "resources.zero_costs") else "resources.costs has no row"
    gap = inputs.declared_gap.series(inputs.timeframe)
    if not inputs.funding:
        costs = [sum(year) for year in zip(*(cash_by_year(cost, inputs) for cost in inputs.costs
                                             if inputs.bears(cost, inputs.preferred)), strict=True)]
        unmet = [label for label, cost, open_ in zip(labels, costs, gap, strict=False) if cost > open_]
        if unmet:
            return f"resources.funding has no row, and resources.gap does not cover the costs of {', '.join(unmet)}"
    if any(gap) and first_at(project, "resources.gap_plan") is None:
        without = ", ".join(label for label, amount in zip(labels, gap, strict=True) if amount)
        return f"resources.gap leaves {without} short of money, and resources.gap_plan is not filled in"
    return None


def no_usual_cost_is_forgotten(project: Project) -> str | None:
    """The heads of cost that are easily forgotten each have a row, or a reason why they cost nothing (C12.2)."""
    inputs = project.inputs
    named = {cost.category for cost in inputs.costs if inputs.bears(cost, inputs.preferred)}
    named |= {row["category"].strip().casefold() for row in rows_at(project, "resources.zero_costs")}
    asked = ALWAYS_ASKED if first_at(project, "innovation.digital") is False else (*ASKED_IF_DIGITAL, *ALWAYS_ASKED)
    missing = [category for category in asked if category not in named]
    return f"neither resources.costs nor resources.zero_costs has a row for {', '.join(missing)}" if missing else None


def recurring_costs_have_a_later_payer(project: Project) -> str | None:
    """Each recurrent cost that outlives the funding names who pays then (C12.3)."""
    end = values_at(project.data, "sustainability.funding_end")
    if not end:
        return "sustainability.funding_end is not filled in, so costs after it cannot be told"
    last = year_of(parse_date(end[0]))
    later = [year for year in project.inputs.timeframe.calendar if year > last]
    inputs = project.inputs
    missing = [f"{cost.id} ({cost.item})" for cost in inputs.costs if inputs.bears(cost, inputs.preferred)
               if cost.recurrent and not cost.payer_after_grant and any(cost.money.in_year(year) for year in later)]
    return f"nobody is named to pay {', '.join(missing)} after {end[0]}" if missing else None


def what_is_assumed_is_marked(project: Project) -> str | None:
    """No cost is marked known whose source speaks of an assumption (C12.4)."""
    return told(f"{row['id']} ({row['item']}) is marked known, and its source speaks of an assumption"
                for row in rows_at(project, "resources.costs") if row["status"] == "known" and shows("assumed", row["source"]))


def what_is_given_in_kind_is_confirmed(project: Project) -> str | None:
    """Each cost in kind of the preferred option is borne by funding that is confirmed (N09)."""
    inputs = project.inputs
    confirmed = {row.id for row in inputs.funding if row.confirmed}
    unsure = [f"{cost.id} ({cost.item})" for cost in inputs.costs if cost.type is CostType.IN_KIND
              and inputs.bears(cost, inputs.preferred) and cost.payer not in confirmed]
    return f"nobody has confirmed {', '.join(unsure)}" if unsure else None


FUNCTIONS = (costs_are_met_or_the_gap_is_planned_for, no_usual_cost_is_forgotten, recurring_costs_have_a_later_payer,
             what_is_assumed_is_marked, what_is_given_in_kind_is_confirmed)
