"""Partnerships, commercial lead and the flow of funds (manual S10)."""

from __future__ import annotations

from bizcase.completeness.sections.looking import rows_at
from bizcase.specification.amounts import money
from bizcase.specification.project import Project


def funds_flow_covers_the_grant(project: Project) -> str | None:
    """The flow of funds names every year in which a grant pays, or, without a grant, in which anybody pays (C10.3)."""
    calendar, funding = project.inputs.timeframe.calendar, project.inputs.funding
    paying = [row for row in funding if row.kind == "grant"] or funding
    granted = {year for row in paying for year in calendar if row.money.in_year(year)}
    if not granted:
        return "nobody pays anything under resources.funding, so no money can be followed"
    flowing = {year for row in rows_at(project, "partnerships.funds_flow") for year in calendar
               if money(row["amount"]).in_year(year)}
    missing = [label for year, label in zip(calendar, project.inputs.timeframe.labels, strict=True)
               if year in granted - flowing]
    return f"partnerships.funds_flow says nothing of {', '.join(missing)}" if missing else None


FUNCTIONS = (funds_flow_covers_the_grant,)
