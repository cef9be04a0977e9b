"""How clinicians are engaged (manual S06)."""

from __future__ import annotations

from datetime import timedelta

from bizcase.completeness.sections.answers import counts_doctors_only, counts_others_only
from bizcase.completeness.sections.looking import rows_at
from bizcase.specification.project import Project
from bizcase.specification.values import parse_date

EVENTS, A_YEAR = 3, timedelta(days=366)
"""So many events within a year: the rhythm of the workshops of the manual's Case 2."""


def engagement_is_repeated(project: Project) -> str | None:
    """Three events fall within twelve months, held or planned (C06.4)."""
    dates = sorted(parse_date(row["date"]) for row in rows_at(project, "clinical_engagement.events"))
    if not dates:
        return "clinical_engagement.events has no row"
    if len(dates) < EVENTS:
        return f"clinical_engagement.events has {len(dates)} of the {EVENTS} events needed"
    if any(last - first <= A_YEAR for first, last in zip(dates, dates[EVENTS - 1:], strict=False)):
        return None
    return f"no {EVENTS} events under clinical_engagement.events fall within 12 months"


def doctors_are_counted_apart(project: Project) -> str | None:
    """The engagement of doctors and that of other professions are told in rows of their own (C06.6)."""
    groups = [row["discipline"] for row in rows_at(project, "clinical_engagement.engaged")]
    if len(groups) < 2:
        return f"clinical_engagement.engaged has only {groups[0]}" if groups else "clinical_engagement.engaged has no row"
    if all(map(counts_others_only, groups)):
        return "clinical_engagement.engaged has no row for doctors"
    if all(map(counts_doctors_only, groups)):
        return "clinical_engagement.engaged has no row for nurses or other professions"
    return None


FUNCTIONS = (engagement_is_repeated, doctors_are_counted_apart)
