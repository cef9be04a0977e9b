"""The stakeholder map (manual S05)."""

from __future__ import annotations

from bizcase.completeness.sections.looking import first_at, rows_at, told
from bizcase.specification.project import Project

REQUIRED_GROUPS = (
    "patients", "public", "carers", "primary care", "commissioners", "peer doctors", "nurses",
    "allied health professionals", "pharmacy", "affected departments", "operational managers", "meso-level leader",
    "executives", "IT", "finance", "research and development", "innovation hub", "commercial and IP",
    "governance and quality", "academia", "industry", "health innovation network", "voluntary sector", "regulator",
    "neighbouring providers",
)

MUCH = 4
"""From this power or influence on, of 1 to 5, a stakeholder can carry or stop the work."""

NO_MAP = "stakeholders.map has no row"


def every_group_is_mapped(project: Project) -> str | None:
    """Each required stakeholder group is on the map, or marked not applicable with a reason (C05.1)."""
    answered = {row["group"] for name in ("map", "not_applicable") for row in rows_at(project, f"stakeholders.{name}")}
    missing = [group for group in REQUIRED_GROUPS if group not in answered]
    return f"stakeholders.map has no row for {', '.join(missing)}" if missing else None


def the_powerful_are_looked_after(project: Project) -> str | None:
    """Who has much power has an owner, a way of engaging them, and a contact that was held or is planned (C05.2)."""
    rows = rows_at(project, "stakeholders.map")
    if rows and not any("power" in row for row in rows):
        return "stakeholders.map has no row with power filled in, so those who decide cannot be told from the others"
    powerful = [row for row in rows if row.get("power", 0) >= MUCH]
    missing = [f"{row['id']} has no {name}" for row in powerful for name in ("owner", "engagement_method") if name not in row]
    missing += [f"{row['id']} has neither contacts nor contact_due" for row in powerful
                if not row.get("contacts") and "contact_due" not in row]
    return told(missing) if rows else NO_MAP


def the_map_is_dated_and_reviewed(project: Project) -> str | None:
    """The map has a date, and a review for each stage that the bid still has before it (C05.5).

    Those are the stages under `governance.stages` that begin after that date; where none is dated, one review is enough.
    """
    made = first_at(project, "stakeholders.map_date")
    reviewed = [row["stage"] for row in rows_at(project, "stakeholders.reviews")]
    ahead = [row["stage"] for row in rows_at(project, "governance.stages") if made and row.get("start", "") > made]
    missing = [] if made else ["stakeholders.map_date is not filled in"]
    if not reviewed:
        missing.append("stakeholders.reviews has no row")
    elif unseen := [stage for stage in dict.fromkeys(ahead) if stage not in reviewed]:
        missing.append(f"stakeholders.reviews has no row for the stage of {' or '.join(unseen)}")
    return told(missing)


def those_who_matter_gain(project: Project) -> str | None:
    """Who has much power or influence, or will use it, is told what they gain (C05.6)."""
    rows = rows_at(project, "stakeholders.map")
    if rows and not any(name in row for row in rows for name in ("power", "influence", "end_user")):
        return "stakeholders.map has no row with power, influence or end_user filled in, so nobody can tell who matters most"
    matter = [row for row in rows
              if max(row.get("power", 0), row.get("influence", 0)) >= MUCH or row.get("end_user", False)]
    return told(f"{row['id']} has no gain" for row in matter if "gain" not in row) if rows else NO_MAP


FUNCTIONS = (every_group_is_mapped, the_powerful_are_looked_after, the_map_is_dated_and_reviewed, those_who_matter_gain)
