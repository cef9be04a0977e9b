"""Training, communication and change (manual S23)."""

from __future__ import annotations

from bizcase.completeness.sections.looking import rows_at
from bizcase.specification.project import Project


def every_end_user_is_trained(project: Project) -> str | None:
    """Each stakeholder who will use the innovation has training (C23.1)."""
    trained = {row["audience"] for row in rows_at(project, "change_plan.training")}
    missing = [f"{row['id']} ({row['name']})" for row in rows_at(project, "stakeholders.map")
               if row.get("end_user") and row["id"] not in trained]
    return f"change_plan.training has no row for {', '.join(missing)}" if missing else None


FUNCTIONS = (every_end_user_is_trained,)
