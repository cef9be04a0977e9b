"""Who leads, stage by stage (manual S20).

Fit and flexibility are looked at, never one right style: the manual's cases and its literature differ on style (§7.1, §8.1).
"""

from __future__ import annotations

from collections.abc import Iterator

from bizcase.completeness.sections.looking import Rows, rows_at, told
from bizcase.specification.project import Project
from bizcase.specification.signs import shows
from bizcase.specification.walk import values_at

STAGES = ("ideation", "adoption", "diffusion", "implementation", "sustainability")


def every_stage_has_leads(project: Project) -> str | None:
    """Each of the five stages says who leads it (C20.2)."""
    led = {row["stage"] for row in rows_at(project, "governance.stages") if row.get("leads")}
    missing = [stage for stage in STAGES if stage not in led]
    return f"nobody leads {', '.join(missing)}" if missing else None


def leadership_fits_its_stages(project: Project) -> str | None:
    """No stage is led in a way that plainly does not fit it, and not all stages in one way by the same people (C20.3)."""
    return told(_misfits(project))


def _misfits(project: Project) -> Iterator[str]:
    rows = rows_at(project, "governance.stages")
    for stage in ("adoption", "sustainability"):
        of_the_stage = [row for row in rows if row["stage"] == stage and row.get("leads")]
        if _all_one_way(of_the_stage, "bottom-up") and not _is_led_by("deciders", of_the_stage, _deciders(project)):
            yield f"{stage} is bottom-up, and neither an executive nor a commissioner is among its leads"
    diffusion = [row for row in rows if row["stage"] == "diffusion" and row.get("leads")]
    if _all_one_way(diffusion, "top-down") and not _is_led_by("clinicians", diffusion, _clinicians(project)):
        yield "diffusion is top-down, and no clinician is among its leads"
    if {row["stage"] for row in rows} == set(STAGES) and _is_rigid(rows):
        yield f"every stage is {rows[0]['direction']} and {rows[0]['style']}, and led by the same people"


def _all_one_way(rows: Rows, direction: str) -> bool:
    return bool(rows) and all(row["direction"] == direction for row in rows)


def _is_led_by(sign: str, rows: Rows, names: list[str]) -> bool:
    leads = [str(lead) for row in rows for lead in row["leads"]]
    return any(shows(sign, lead) or any(name in lead.casefold() for name in names) for lead in leads)


def _is_rigid(rows: Rows) -> bool:
    return len({(row["direction"], row["style"], frozenset(map(_person, row.get("leads", ())))) for row in rows}) == 1


def _deciders(project: Project) -> list[str]:
    return _names(project, "governance.sro", "governance.sponsors[]", "document.sro", "governance.meso_leader",
                  "commissioner_plan.commissioners[].body")


def _clinicians(project: Project) -> list[str]:
    return _names(project, "governance.clinical_lead", "governance.meso_leader", "clinical_engagement.coleads[].name",
                  "clinical_engagement.kols[].name", "clinical_engagement.champions[].name", "clinical_engagement.network.name")


def it_does_not_hang_on_one_person(project: Project) -> str | None:
    """The roles, and the leads of the stages, are not all one person (C20.4)."""
    named = _names(project, "governance.sro", "governance.sponsors[]", "governance.meso_leader", "governance.clinical_lead",
                   "governance.project_manager", "clinical_engagement.coleads[].name")
    leads = [row["leads"] for row in rows_at(project, "governance.stages") if row.get("leads")]
    if len(set(named)) < 2:
        return "no two people are named in its roles" if named else "nobody is named in its roles"
    if len(leads) > 1 and len({_person(lead) for stage in leads for lead in stage}) == 1:
        return f"{str(leads[0][0]).partition(',')[0]} alone leads every stage"
    return None


def patients_have_a_voice(project: Project) -> str | None:
    """Patients or carers sit on the board or the committee (C20.5)."""
    committee = [f"{row['role']} {row.get('responsibility', '')}" for row in rows_at(project, "governance.committee")]
    if _names(project, "governance.patient_voice", "ppi.board_representation") or any(shows("patients", r) for r in committee):
        return None
    return "governance.patient_voice is not filled in, and no patient or carer is on the committee"


def _names(project: Project, *paths: str) -> list[str]:
    return [_person(value) for path in paths for value in values_at(project.data, path)]


def _person(text: object) -> str:
    """A name without its title after a comma: `Helen Marsh, Chief Operating Officer` is Helen Marsh."""
    return str(text).partition(",")[0].strip().casefold()


FUNCTIONS = (every_stage_has_leads, leadership_fits_its_stages, it_does_not_hang_on_one_person, patients_have_a_voice)
