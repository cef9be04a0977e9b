"""What the organisation can do, and what it lacks (manual S11)."""

from __future__ import annotations

from bizcase.completeness.sections.looking import rows_at, told
from bizcase.specification.project import Project
from bizcase.specification.signs import is_all


def each_gap_is_being_closed(project: Project) -> str | None:
    """Each gap has an action and somebody who owns it; `none` is no gap (C11.4)."""
    gaps = [row for row in rows_at(project, "readiness.capabilities") if "gap" in row and not is_all("nothing", row["gap"])]
    return told(f"{row['id']} has no {name}" for row in gaps for name in ("action", "owner") if name not in row)


FUNCTIONS = (each_gap_is_being_closed,)
