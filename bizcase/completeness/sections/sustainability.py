"""Who pays once the funding ends (manual S19)."""

from __future__ import annotations

from bizcase.specification.project import Project
from bizcase.specification.walk import values_at


def someone_pays_after_the_funding(project: Project) -> str | None:
    """A payer is named, or a decision is dated before the funding ends (C19.1)."""
    if values_at(project.data, "sustainability.payer"):
        return None
    decision = values_at(project.data, "sustainability.decision_date")
    end = values_at(project.data, "sustainability.funding_end")
    if decision and end and decision[0] <= end[0]:
        return None
    late = f"the decision on {decision[0]} comes after the funding ends on {end[0]}" if decision and end else ""
    return f"sustainability.payer is not filled in, and {late or 'no decision is dated before the funding ends'}"


FUNCTIONS = (someone_pays_after_the_funding,)
