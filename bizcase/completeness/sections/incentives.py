"""What staff gain, and what it does to their work (manual S07)."""

from __future__ import annotations

from bizcase.completeness.sections.answers import says_no_rise, says_rise
from bizcase.completeness.sections.looking import rows_at, told
from bizcase.specification.project import Project

CLINICIANS = ("peer doctors", "nurses", "allied health professionals", "pharmacy", "primary care", "affected departments")


def each_clinician_group_is_answered(project: Project) -> str | None:
    """Each group of clinicians that will use it has an incentive, and a row on its work (C07.1)."""
    users = [row for row in rows_at(project, "stakeholders.map") if row.get("end_user")]
    if not users:
        return "stakeholders.map has no row with end_user: true, so nobody can tell whose work changes"
    answered = {name: {row["group"] for row in rows_at(project, f"incentives.{name}")} for name in ("rows", "workload")}
    return told(f"{row['id']} ({row['name']}) has no row under incentives.{name}"
                for row in users if row["group"] in CLINICIANS for name in answered if row["id"] not in answered[name])


def a_rise_in_work_is_relieved(project: Project) -> str | None:
    """Where work rises, soon or for good, something relieves it (C07.2)."""
    return told(f"the work of {row['group']} rises, and relief is not filled in"
                for row in rows_at(project, "incentives.workload")
                if "relief" not in row and (not says_no_rise(row["short_term"]) or says_rise(row["long_term"])))


FUNCTIONS = (each_clinician_group_is_answered, a_rise_in_work_is_relieved)
