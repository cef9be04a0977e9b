"""Approvals of a digital product (manual S17, and what national guidance adds)."""

from __future__ import annotations

from bizcase.completeness.sections.looking import rows_at
from bizcase.specification.project import Project
from bizcase.specification.signs import shows

APPROVALS = ("data protection impact assessment", "digital technology assessment criteria", "evidence standards framework")


def national_approvals_are_answered(project: Project) -> str | None:
    """Each approval that a digital product meets in the NHS has a row; that it is not needed is an answer (N13)."""
    named = [row["name"] for row in rows_at(project, "assurance.approvals")]
    missing = [approval for approval in APPROVALS if not any(shows(approval, name) for name in named)]
    return f"assurance.approvals has no row for {', '.join(missing)}" if missing else None


FUNCTIONS = (national_approvals_are_answered,)
