"""The commissioner plan (manual S09), and when the commissioner was first met (S21)."""

from __future__ import annotations

from bizcase.specification.project import Project
from bizcase.specification.walk import values_at


def a_commissioner_met_before_submission(project: Project) -> str | None:
    """At least one meeting with a commissioner is dated before the bid goes in (C09.2, C21.2)."""
    dates = sorted(values_at(project.data, "commissioner_plan.commissioners[].meetings[].date"))
    if not dates:
        return "no meeting with a commissioner is recorded"
    submission = values_at(project.data, "document.submission_date")
    if submission and dates[0] >= submission[0]:
        return f"the first meeting with a commissioner is {dates[0]}, not before submission on {submission[0]}"
    return None


FUNCTIONS = (a_commissioner_met_before_submission,)
