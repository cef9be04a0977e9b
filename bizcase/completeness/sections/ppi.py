"""Patient and public involvement (manual S08)."""

from __future__ import annotations

from bizcase.completeness.sections.looking import before_submission, first_at, rows_at, told
from bizcase.specification.project import Project

EVENTS = "ppi.events"


def patients_met_before_submission(project: Project) -> str | None:
    """At least one event with patients or the public is dated before the bid goes in (C08.1)."""
    events = rows_at(project, EVENTS)
    if not events:
        return f"{EVENTS} has no row"
    if before_submission(project, events):
        return None
    first, submission = min(row["date"] for row in events), first_at(project, "document.submission_date")
    return f"the first event under {EVENTS} is on {first}, not before submission on {submission}"


def carers_and_the_less_digital_are_heard(project: Project) -> str | None:
    """The role of carers is told and, unless nothing is digital, how digital those who were heard are (C08.4)."""
    missing = [] if first_at(project, "ppi.carer_role") else ["ppi.carer_role is not filled in"]
    if first_at(project, "innovation.digital") is not False and not any("digital_mix" in row for row in rows_at(project, EVENTS)):
        missing.append(f"{EVENTS} has no row with digital_mix filled in")
    return told(missing)


def those_heard_are_described(project: Project) -> str | None:
    """Each event that was held before the bid goes in says how many came, and of what age (C08.5)."""
    return told(f"{row['id']} has no {name}" for row in before_submission(project, rows_at(project, EVENTS))
                for name in ("participants", "age_range") if name not in row)


FUNCTIONS = (patients_met_before_submission, carers_and_the_less_digital_are_heard, those_heard_are_described)
