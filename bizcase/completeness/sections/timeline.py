"""Dated steps, and what must come before what (manual S21)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bizcase.completeness.sections.looking import Rows, first_at, rows_at, told
from bizcase.specification.doubts import launch_of
from bizcase.specification.project import Project
from bizcase.specification.signs import shows


def evaluation_stands_in_the_plan_before_the_launch(project: Project) -> str | None:
    """A milestone on evaluation or baseline is dated no later than the launch (C21.1)."""
    launch, start = launch_of(project), first_at(project, "evaluation.start")
    dates = sorted(row["date"] for row in rows_at(project, "timeline.milestones")
                   if shows("evaluation", row["title"]) or row["date"] == start)
    if not dates:
        return "timeline.milestones has no row about evaluation or its baseline"
    if launch is not None and dates[0] > launch.isoformat():
        return f"evaluation first stands in the plan on {dates[0]}, after the launch on {launch}"
    return None


def no_buyer_is_first_contacted_after_submission(project: Project) -> str | None:
    """No local or ICS commissioner is first contacted on or after the day of submission, and one is contacted before (C21.2).

    Meetings count, and dated contacts of the commissioners on the map: of the same body; of any, where the plan records no
    meeting with that body.
    """
    submission = first_at(project, "document.submission_date")
    on_map = [row for row in rows_at(project, "stakeholders.map") if row["group"] == "commissioners"]
    bodies = [row for row in rows_at(project, "commissioner_plan.commissioners") if row["type"] in ("local", "ICS")]
    first = {row["body"]: _first_contact(row["body"], row.get("meetings", []), on_map) for row in bodies}
    contacted = [day for day in first.values() if day] or _contacts(on_map)
    if not contacted:
        return "no contact with a local or ICS commissioner is dated"
    return told(_too_late(first or {"the commissioner": min(contacted)}, submission)) if submission else None


def _too_late(first: dict[str, str], submission: str) -> Iterator[str]:
    for body, day in first.items():
        if day and day >= submission:
            yield f"{body} is first contacted on {day}, not before submission on {submission}"


def _first_contact(body: str, meetings: Rows, on_map: Rows) -> str:
    same = [row for row in on_map if _initials(body) in map(_initials, (row["name"], row.get("organisation", "")))]
    dates = [row["date"] for row in meetings] + _contacts(same if same or meetings else on_map)
    return min(dates, default="")


def _contacts(rows: Rows) -> list[str]:
    return [contact["date"] for row in rows for contact in row.get("contacts", ())]


def _initials(body: str) -> str:
    """A body's name so that long and short forms meet: `Vale Integrated Care Board` and `Vale ICB`."""
    short = body.casefold().replace("integrated care board", "icb").replace("integrated care system", "ics")
    return " ".join(re.findall(r"\w+", short))


def a_decision_stands_before_the_funding_ends(project: Project) -> str | None:
    """The plan has a milestone of sustainability no later than the end of the funding (C21.3)."""
    end = first_at(project, "sustainability.funding_end")
    dates = sorted(row["date"] for row in rows_at(project, "timeline.milestones") if row.get("stage") == "sustainability")
    if not dates:
        return "timeline.milestones has no row with stage: sustainability"
    if end is not None and dates[0] > end:
        return f"the first milestone of sustainability is dated {dates[0]}, after the funding ends on {end}"
    return None


def milestones_stand_in_order(project: Project) -> str | None:
    """Milestones are listed by their dates (C21.5)."""
    rows = rows_at(project, "timeline.milestones")
    return told(f"{later['id']} ({later['date']}) stands after {earlier['id']} ({earlier['date']})"
                for earlier, later in pairwise(rows) if later["date"] < earlier["date"])


FUNCTIONS = (evaluation_stands_in_the_plan_before_the_launch, no_buyer_is_first_contacted_after_submission,
             a_decision_stands_before_the_funding_ends, milestones_stand_in_order)
