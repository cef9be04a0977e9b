"""The evaluation of how the innovation is put to use (manual S14)."""

from __future__ import annotations

from bizcase.completeness.sections.looking import first_at, rows_at, told
from bizcase.specification.doubts import launch_of
from bizcase.specification.project import Project
from bizcase.specification.shape import Field, load_shape
from bizcase.specification.signs import shows

ABOUT_AI = ("E7", "E8")
"""The objectives that ask of artificial intelligence, and of nothing where there is none."""


def somebody_outside_leads_the_evaluation(project: Project) -> str | None:
    """A lead is named who is independent, or comes from a partner in academia (C14.1)."""
    lead, organisation = first_at(project, "evaluation.lead"), str(first_at(project, "evaluation.organisation") or "")
    if lead is None:
        return "evaluation.lead is not filled in"
    academic = {row["name"] for row in rows_at(project, "partnerships.partners") if row["sector"] == "academia"}
    if first_at(project, "evaluation.independent") or organisation in academic or shows("academia", f"{organisation} {lead}"):
        return None
    return "the lead is not said to be independent, and evaluation.organisation is no academic partner"


def the_evaluation_starts_by_the_launch(project: Project) -> str | None:
    """The evaluation begins no later than the service (C14.2)."""
    start, launch = first_at(project, "evaluation.start"), launch_of(project)
    if start is None:
        return "evaluation.start is not filled in"
    if launch is not None and start > launch.isoformat():
        return f"the evaluation starts on {start}, after the launch on {launch}"
    return None


def every_objective_is_addressed_or_waived(project: Project) -> str | None:
    """Each objective of both lists has an approach, or a reason for leaving it out (C14.3)."""
    without_ai = not first_at(project, "assurance.ai.used")
    answered = {row["code"] for path in _LISTS for row in rows_at(project, path) if "approach" in row or "waived" in row}
    missing = [code for path in _LISTS for code in _codes(path)
               if code not in answered and not (without_ai and code in ABOUT_AI)]
    return f"neither an approach nor a waiver for {', '.join(missing)}" if missing else None


_LISTS = ("evaluation.objectives_end_user", "evaluation.objectives_implementation")


def _codes(path: str) -> tuple[str, ...]:
    field = load_shape().find(f"{path}[].code")
    return tuple(field.allowed) if isinstance(field, Field) else ()


def users_and_staff_are_part_of_the_evaluation(project: Project) -> str | None:
    """Patients, carers and staff each have a role in the evaluation, or are asked in it (C14.4)."""
    asked = " ".join(str(row.get(name, "")) for row in rows_at(project, "evaluation.data")
                     for name in ("source", "method", "sample"))
    return told(f"{group} have no role in the evaluation and are not asked" for group in ("patients", "carers", "staff")
                if first_at(project, f"evaluation.user_roles.{group}") is None and not shows(f"evaluated {group}", asked))


FUNCTIONS = (somebody_outside_leads_the_evaluation, the_evaluation_starts_by_the_launch,
             every_objective_is_addressed_or_waived, users_and_staff_are_part_of_the_evaluation)
