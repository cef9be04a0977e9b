"""What must hold between the sections of a bid (the manual's cross-section checks)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bizcase.appraisal.financial_year import parse_year, write_year, year_of
from bizcase.appraisal.inputs import Cost
from bizcase.completeness.sections.looking import Rows, first_at, name_of, own_benefits, rows_at, told
from bizcase.specification.doubts import launch_of
from bizcase.specification.given import named
from bizcase.specification.left_in import texts_in
from bizcase.specification.project import Project
from bizcase.specification.shape import Field, load_shape
from bizcase.specification.source import FieldPath
from bizcase.specification.values import parse_date
from bizcase.specification.walk import fields_with_values, values_at

_ENGAGED = ("role_in_process", "leadership_role", "engagement_method", "frequency", "contacts", "contact_due", "partner", "gain",
            "end_user")
_LEGAL_FORM = re.compile(r",?\s+(?:ltd|limited|plc|llp|inc|gmbh|cic)\.?$", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")
_UNSURE = ("illustrative", "disputed")


def nothing_stands_alone(project: Project) -> str | None:
    """No cost without a payer, partner without a part, stakeholder without a reason to be listed, or evidence that nothing
    rests on (X1). Of a benefit that nobody gains from, C05.4 tells.

    A disputed study is listed so that it is not used; a cost may wait for a declared gap to be closed; whatever is named by
    its id, or a partner by its name, anywhere else in the bid has its part.
    """
    mentioned = {word for path, text in texts_in(dict(project.data)) if path[-1] not in ("id", "code")
                 for word in _WORD.findall(text.casefold())}
    return told([*_costs_of_nobody(project), *_partners_apart(project, mentioned),
                 *_stakeholders_apart(project, mentioned), *_evidence_for_nothing(project, mentioned)])


def _costs_of_nobody(project: Project) -> Iterator[str]:
    inputs = project.inputs
    if "gap" in project.section("resources"):
        return
    for cost in inputs.costs:
        if inputs.bears(cost, inputs.preferred) and not (cost.payer or cost.payer_after_grant):
            yield f"nobody pays {cost.id} ({cost.item})"


def _partners_apart(project: Project, mentioned: set[str]) -> Iterator[str]:
    others = "\n".join(text for path, text in texts_in(dict(project.data)) if path[:2] != ("partnerships", "partners")).casefold()
    for row in rows_at(project, "partnerships.partners"):
        name = _LEGAL_FORM.sub("", row["name"]).casefold()
        if name not in others and row["id"].casefold() not in mentioned:
            yield f"{row['id']} ({row['name']}) has no part outside the list of partners"


def _stakeholders_apart(project: Project, mentioned: set[str]) -> Iterator[str]:
    for row in rows_at(project, "stakeholders.map"):
        if not any(name in row for name in _ENGAGED) and row["id"].casefold() not in mentioned:
            yield f"{row['id']} ({row['name']}) has neither a role nor any engagement"


def _evidence_for_nothing(project: Project, mentioned: set[str]) -> Iterator[str]:
    for row in rows_at(project, "evidence.items"):
        if row.get("status") != "disputed" and row["id"].casefold() not in mentioned:
            yield f"nothing rests on {row['id']} ({row['claim']})"


def every_benefit_goes_back_to_problem_and_evidence(project: Project) -> str | None:
    """Each benefit of the preferred option names local data of the problem, or is named there, and evidence (X2). Where none
    goes back to the problem, C01.3 tells."""
    return told(_untraced(own_benefits(project), set(values_at(project.data, "problem.benefits[]"))))


def _untraced(rows: Rows, listed_there: set[Any]) -> Iterator[str]:
    if not rows:
        yield "benefits.register has no row"
    linked = {row["id"] for row in rows if row.get("problem_data")} | listed_there
    for row in rows:
        lacks = [name for name, there in (("data of the problem", not linked or row["id"] in linked),
                                          ("evidence", row.get("evidence"))) if not there]
        if lacks:
            yield f"{row['id']} names no {' and no '.join(lacks)}"


def dates_after_the_funding_agree(project: Project) -> str | None:
    """The end of the funding, decisions, steps of scale-up and licences tell one story (X3)."""
    return told([*_the_grant_ends_with_the_funding(project), *_decisions_come_in_time(project),
                 *_steps_follow_the_launch(project), *_the_licence_lasts(project)])


def _the_grant_ends_with_the_funding(project: Project) -> Iterator[str]:
    end, inputs = first_at(project, "sustainability.funding_end"), project.inputs
    paid = [year for row in inputs.funding if row.is_grant for year in inputs.timeframe.calendar if row.money.in_year(year)]
    if end and paid and year_of(parse_date(end)) < max(paid):
        yield f"the funding ends on {end}, and the grant still pays in {write_year(max(paid))}"


def _decisions_come_in_time(project: Project) -> Iterator[str]:
    """A decision that comes too late where no payer is named is told by C19.1."""
    end = first_at(project, "sustainability.funding_end")
    paths = ["commissioner_plan.post_pilot.decision_date"]
    paths += ["sustainability.decision_date"] if first_at(project, "sustainability.payer") else []
    for path in paths:
        decided = first_at(project, path)
        if end and decided and decided > end:
            yield f"{path} is {decided}, after the funding ends on {end}"


def _steps_follow_the_launch(project: Project) -> Iterator[str]:
    launch = launch_of(project)
    for row in rows_at(project, "scale_up.steps"):
        if launch is not None and "start" in row and parse_year(row["start"]) < year_of(launch):
            yield f"{row['id']} starts in {row['start']}, before the launch on {launch}"


def _the_licence_lasts(project: Project) -> Iterator[str]:
    """Some licence runs as long as the benefits at the host that come with it; a step has licences of its own."""
    inputs = project.inputs
    licences = [cost for cost in _running_costs(project) if cost.category == "licence"]
    gains = [benefit for benefit in inputs.benefits if benefit.money is not None and not benefit.steps
             and not benefit.disbenefit and inputs.bears(benefit, inputs.preferred)]
    years = inputs.timeframe.calendar
    paid = [year for cost in licences for year in years if cost.money.in_year(year)]
    series = [benefit.money.series(inputs.timeframe) for benefit in gains if benefit.money is not None]
    gained = [year for amounts in series for year, amount in zip(years, amounts, strict=True) if amount]
    if paid and gained and max(paid) < max(gained):
        yield (f"the licence ({', '.join(cost.id for cost in licences)}) ends in {write_year(max(paid))}, and benefits run to "
               f"{write_year(max(gained))}")


def _running_costs(project: Project) -> list[Cost]:
    """The recurrent costs of the service itself, without those of scale-up."""
    inputs = project.inputs
    return [cost for cost in inputs.costs if cost.recurrent and not cost.step and inputs.bears(cost, inputs.preferred)]


def the_host_alone_pays_only_if_it_confirmed(project: Project) -> str | None:
    """After the grant the host is not the one payer, unless its money is confirmed (X4)."""
    funding = {row.id: row for row in project.inputs.funding}
    later = {cost.payer_after_grant for cost in _running_costs(project) if cost.payer_after_grant in funding}
    payers = [funding[name] for name in sorted(later)]
    if not payers or any(row.kind not in ("host", "in kind") for row in payers) or all(row.confirmed for row in payers):
        return None
    unsure = ", ".join(f"{row.id} ({row.status})" for row in payers if not row.confirmed)
    return f"after the grant only the host pays, and its money is not confirmed: {unsure}"


def endorsement_comes_with_resource(project: Project) -> str | None:
    """Where leaders of the host stand behind the project, some of the host's money or time is confirmed (X5)."""
    names = [*values_at(project.data, "governance.sponsors[]"), *values_at(project.data, "readiness.executive_commitment[].role")]
    backing = [row["name"] for row in rows_at(project, "stakeholders.map")
               if row["group"] == "executives" and row.get("stance") in ("cooperative", "champion")]
    given = any(row.confirmed and row.kind in ("host", "in kind") for row in project.inputs.funding)
    if given or values_at(project.data, "readiness.executive_commitment[].amount") or not (names or backing):
        return None
    who = ", ".join(dict.fromkeys(str(name).partition(",")[0] for name in backing or names))
    return f"{who} support it, and neither an amount nor confirmed funding of the host stands beside their word"


def doctors_speak_for_themselves(project: Project) -> str | None:
    """Peer doctors on the map have a stance and an engagement of their own, not that of the nurses (X6)."""
    return told(f"{name_of(row, number, 'stakeholders.map')} ({row['name']}) has no {lack}"
                for number, row in enumerate(rows_at(project, "stakeholders.map"), 1) if row["group"] == "peer doctors"
                for lack in _silent(row))


def _silent(row: Mapping[str, Any]) -> Iterator[str]:
    if row.get("stance", "unknown") == "unknown":
        yield "known stance"
    if not (row.get("contacts") or "engagement_method" in row or "contact_due" in row):
        yield "engagement of its own"


def unsure_figures_say_what_they_stand_for(project: Project) -> str | None:
    """Each figure marked illustrative or disputed has a source, its own or that of the row or group it stands in (X8)."""
    missing = [named(project.data, path) for path, field, value in fields_with_values(dict(project.data), load_shape())
               if _is_unsure(field, value) and not _source_around(project.data, path)]
    return f"no source for {', '.join(missing)}" if missing else None


def _is_unsure(field: Field, value: Any) -> bool:
    status = value.get("status") if field.type == "quantity" and isinstance(value, dict) else value
    return status in _UNSURE and (field.name == "status" or field.type == "quantity")


def _source_around(data: Any, path: FieldPath) -> bool:
    """Whether what stands at a path, or anything around it, names a source."""
    here = data
    for step in path:
        if isinstance(here, dict) and "source" in here:
            return True
        here = here[step]
    return isinstance(here, dict) and "source" in here


FUNCTIONS = (nothing_stands_alone, every_benefit_goes_back_to_problem_and_evidence, dates_after_the_funding_agree,
             the_host_alone_pays_only_if_it_confirmed, endorsement_comes_with_resource, doctors_speak_for_themselves,
             unsure_figures_say_what_they_stand_for)
