"""The tests that criteria name: the simple kinds a register can state, and functions for the rest.

Simple kinds:  {present: path}                              something stands at the path
               {at_least: 2, rows: path, where: {...}}      that many rows fulfil the conditions
               {every: path, has: [field, …]}               there are rows, and each has these fields
               {all_of: [test, …]}                          all of these
               {function: name}                             a function of this module
A condition in `where` is a list of allowed values, or `given` for any value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bizcase.appraisal.financial_year import year_of
from bizcase.specification.amounts import money
from bizcase.specification.project import Project
from bizcase.specification.values import parse_date
from bizcase.specification.walk import values_at
from bizcase.specification.words import listed, shown

Rows = list[Mapping[str, Any]]

REQUIRED_GROUPS = (
    "patients", "public", "carers", "primary care", "commissioners", "peer doctors", "nurses",
    "allied health professionals", "pharmacy", "affected departments", "operational managers", "meso-level leader",
    "executives", "IT", "finance", "research and development", "innovation hub", "commercial and IP",
    "governance and quality", "academia", "industry", "health innovation network", "voluntary sector", "regulator",
    "neighbouring providers",
)


def shortfall(test: Mapping[str, Any], project: Project) -> str | None:
    """What is missing for a test to be met, in words; None where it is met."""
    if "function" in test:
        return FUNCTIONS[test["function"]](project)
    if "all_of" in test:
        missing = [short for inner in test["all_of"] if (short := shortfall(inner, project))]
        return "; ".join(dict.fromkeys(missing)) or None
    if "present" in test:
        return None if values_at(project.data, test["present"]) else f"{test['present']} is not filled in"
    if "at_least" in test:
        return _at_least(test, project)
    return _every(test, project)


def _at_least(test: Mapping[str, Any], project: Project) -> str | None:
    rows, where, needed = _rows(project, test["rows"]), test.get("where", {}), test["at_least"]
    fitting = sum(all(_fits(row, *condition) for condition in where.items()) for row in rows)
    if fitting >= needed:
        return None
    count = f"{fitting} of the {needed} rows needed" if fitting else "no row"
    return f"{test['rows']} has {count}" + (f" with {_in_words(where)}" if where else "")


def _in_words(where: Mapping[str, Any]) -> str:
    """The conditions as they are written in a specification: `domain: commercial and IP and confirmed: true`."""
    given = [name for name, wanted in where.items() if wanted == "given"]
    chosen = [f"{name}: {listed(map(shown, wanted))}" for name, wanted in where.items() if wanted != "given"]
    return " and ".join(chosen + ([f"{' and '.join(given)} filled in"] if given else []))


def _fits(row: Mapping[str, Any], name: str, wanted: Any) -> bool:
    values = values_at(row, name)
    return bool(values) if wanted == "given" else any(value in wanted for value in values)


def _every(test: Mapping[str, Any], project: Project) -> str | None:
    rows = _rows(project, test["every"])
    if not rows:
        return f"{test['every']} has no row"
    missing = [f"{row.get('id', f'row {number}')} has no {name}"
               for number, row in enumerate(rows, 1) for name in test["has"] if not values_at(row, name)]
    return "; ".join(missing) or None


def _rows(project: Project, path: str) -> Rows:
    return values_at(project.data, f"{path}[]")


def every_group_is_mapped(project: Project) -> str | None:
    """Each required stakeholder group is on the map, or marked not applicable with a reason (C05.1)."""
    answered = {row["group"] for name in ("map", "not_applicable") for row in _rows(project, f"stakeholders.{name}")}
    missing = [group for group in REQUIRED_GROUPS if group not in answered]
    return f"stakeholders.map has no row for {', '.join(missing)}" if missing else None


def funds_flow_covers_the_grant(project: Project) -> str | None:
    """The flow of funds names every year in which a grant pays, or, without a grant, in which anybody pays (C10.3)."""
    calendar, funding = project.inputs.timeframe.calendar, project.inputs.funding
    paying = [row for row in funding if row.kind == "grant"] or funding
    granted = {year for row in paying for year in calendar if row.money.in_year(year)}
    if not granted:
        return "nobody pays anything under resources.funding, so no money can be followed"
    flowing = {year for row in _rows(project, "partnerships.funds_flow") for year in calendar
               if money(row["amount"]).in_year(year)}
    missing = [label for year, label in zip(calendar, project.inputs.timeframe.labels, strict=True)
               if year in granted - flowing]
    return f"partnerships.funds_flow says nothing of {', '.join(missing)}" if missing else None


def recurring_costs_have_a_later_payer(project: Project) -> str | None:
    """Each recurrent cost that outlives the funding names who pays then (C12.3)."""
    end = values_at(project.data, "sustainability.funding_end")
    if not end:
        return "sustainability.funding_end is not filled in, so costs after it cannot be told"
    last = year_of(parse_date(end[0]))
    later = [year for year in project.inputs.timeframe.calendar if year > last]
    inputs = project.inputs
    missing = [f"{cost.id} ({cost.item})" for cost in inputs.costs if inputs.bears(cost, inputs.preferred)
               if cost.recurrent and not cost.payer_after_grant and any(cost.money.in_year(year) for year in later)]
    return f"nobody is named to pay {', '.join(missing)} after {end[0]}" if missing else None


def a_commissioner_met_before_submission(project: Project) -> str | None:
    """At least one meeting with a commissioner is dated before the bid goes in (C09.2, C21.2)."""
    dates = sorted(values_at(project.data, "commissioner_plan.commissioners[].meetings[].date"))
    if not dates:
        return "no meeting with a commissioner is recorded"
    submission = values_at(project.data, "document.submission_date")
    if submission and dates[0] >= submission[0]:
        return f"the first meeting with a commissioner is {dates[0]}, not before submission on {submission[0]}"
    return None


def someone_pays_after_the_funding(project: Project) -> str | None:
    """A payer is named, or a decision is dated before the funding ends (C19.1)."""
    if values_at(project.data, "sustainability.payer"):
        return None
    decision = values_at(project.data, "sustainability.decision_date")
    end = values_at(project.data, "sustainability.funding_end")
    if decision and end and decision[0] <= end[0]:
        return None
    late = f"the decision on {decision[0]} comes after the funding ends on {end[0]}" if decision and end else ""
    return f"sustainability.payer is not filled in, and {late or 'no decision is dated before the funding ends'}"


def nobody_needs_a_device(project: Project) -> str | None:
    """A route without a device is described, or nothing about the innovation is digital (C16.2)."""
    if values_at(project.data, "innovation.digital") == [False] or values_at(project.data, "inclusion.alternative_route"):
        return None
    return "inclusion.alternative_route is not filled in"


FUNCTIONS: dict[str, Callable[[Project], str | None]] = {
    function.__name__: function
    for function in (every_group_is_mapped, funds_flow_covers_the_grant, recurring_costs_have_a_later_payer,
                     a_commissioner_met_before_submission, someone_pays_after_the_funding, nobody_needs_a_device)
}
