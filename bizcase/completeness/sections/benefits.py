"""The register of benefits (manual S13): what is gained, from when, who answers for it and what would have come anyway."""

from __future__ import annotations

from collections.abc import Iterator

from bizcase.completeness.sections.looking import own_benefits, rows_at, told
from bizcase.specification.doubts import launch_of
from bizcase.specification.project import Project
from bizcase.specification.signs import shows
from bizcase.specification.walk import values_at

QUALITY = ("quality", "safety", "experience", "effectiveness", "responsiveness", "access", "equity", "workforce")
"""The dimensions that people who give or receive care would call better care."""


def a_quick_win_for_quality(project: Project) -> str | None:
    """A benefit that shows soon and that patients or staff would feel (C13.4)."""
    quick = [row for row in own_benefits(project) if row.get("horizon") == "quick"]
    if any(row.get("dimension") in QUALITY for row in quick):
        return None
    found = f"{', '.join(row['id'] for row in quick)} alone, and none in quality of care" if quick else "none"
    return f"of the benefits with horizon: quick there is {found}"


def steps_that_are_counted_have_sites(project: Project) -> str | None:
    """A step of scale-up on which a benefit depends says how many sites join (C13.7)."""
    steps = {row["id"]: row for row in rows_at(project, "scale_up.steps")}
    return told(f"{row['id']} counts on {step}, which has no sites" for row in own_benefits(project)
                for step in row.get("depends_on_scale", ()) if not steps.get(step, {}).get("sites"))


def a_clinician_owns_a_benefit(project: Project) -> str | None:
    """Somebody with a clinical role, or named among the clinicians of the project, owns a benefit (C13.8)."""
    owned = [row for row in own_benefits(project) if "owner" in row]
    named = _clinicians(project)
    for row in owned:
        words = f"{row['owner']} {row.get('owner_role', '')}"
        if shows("clinicians", words) or any(name in words.casefold() for name in named):
            return None
    return "no owner of a benefit has a clinical role" if owned else "no benefit has an owner"


def _clinicians(project: Project) -> list[str]:
    lists = ("coleads", "kols", "champions")
    names = [name for each in lists for name in values_at(project.data, f"clinical_engagement.{each}[].name")]
    return [str(name).casefold() for name in (*names, *values_at(project.data, "governance.clinical_lead"))]


def baselines_come_before_the_launch(project: Project) -> str | None:
    """Each baseline is dated, and taken before the service begins; elsewhere it may be taken later (C13.9)."""
    return told(_late_baselines(project))


def _late_baselines(project: Project) -> Iterator[str]:
    launch = launch_of(project)
    for row in own_benefits(project):
        if "baseline" not in row:
            continue
        taken = row["baseline"].get("date")
        if taken is None:
            yield f"the baseline of {row['id']} has no date"
        elif launch is not None and taken > launch.isoformat() and not row.get("depends_on_scale"):
            yield f"the baseline of {row['id']} is dated {taken}, and the launch is on {launch}"


def every_benefit_serves_an_objective(project: Project) -> str | None:
    """Each benefit names an objective that it serves (N06)."""
    return told(f"{row['id']} names no objective" for row in own_benefits(project) if not row.get("objectives"))


def what_would_come_anyway_is_stated(project: Project) -> str | None:
    """A benefit worked out from factors says how much of it is due to the project; none is an answer (N07)."""
    counted = [row["value"] | {"id": row["id"]} for row in own_benefits(project) if "volume" in row.get("value", {})]
    return told(f"{row['id']} states neither deadweight nor attribution" for row in counted
                if "deadweight" not in row and "attribution" not in row)


FUNCTIONS = (a_quick_win_for_quality, steps_that_are_counted_have_sites, a_clinician_owns_a_benefit,
             baselines_come_before_the_launch, every_benefit_serves_an_objective, what_would_come_anyway_is_stated)
