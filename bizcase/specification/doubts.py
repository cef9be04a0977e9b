"""Doubts: what is sound in form and yet hard to believe, or rests on something the host cannot deliver.

They never stop a build. At the stage of an idea, in a short bid, all of them are advice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Unit, written
from bizcase.appraisal.financial_year import write_year, year_of
from bizcase.appraisal.inputs import BenefitClass, CostType
from bizcase.errors import Finding, Severity
from bizcase.specification.amounts import quantity
from bizcase.specification.project import Project
from bizcase.specification.signs import shown_by, shows
from bizcase.specification.source import FieldPath, Source
from bizcase.specification.values import parse_date
from bizcase.specification.words import shown

TIME = re.compile(r"\b((?<!out of )(?<!out-of-)hours?|minutes?|mins?|days? of|sessions?|(?<!-)time)\b", re.IGNORECASE)
"""A unit of time; a full-time post and an out-of-hours call are none."""


@dataclass(frozen=True, slots=True)
class _Case:
    project: Project
    source: Source
    analysis: Analysis

    def rows(self, section: str, name: str) -> Iterator[tuple[FieldPath, Mapping[str, Any]]]:
        for index, row in enumerate(self.project.section(section).get(name, [])):
            yield (section, name, index), row

    def pounds(self, amount: float) -> str:
        """An amount of money as it is printed."""
        return written(amount, Unit.POUNDS, self.project.profile.currency)

    def doubt(self, path: FieldPath, code: str, severity: Severity, message: str, hint: str) -> Finding:
        advice = self.project.profile.short
        return Finding(self.source.place(path), code, Severity.ADVISORY if advice else severity, message, hint)

    def major(self, path: FieldPath, code: str, message: str, hint: str) -> Finding:
        return self.doubt(path, code, Severity.MAJOR, message, hint)

    def advice(self, path: FieldPath, code: str, message: str, hint: str) -> Finding:
        return self.doubt(path, code, Severity.ADVISORY, message, hint)


def doubts(project: Project, source: Source, analysis: Analysis) -> list[Finding]:
    """All doubts about an analysed project."""
    case = _Case(project, source, analysis)
    return [finding for rule in _RULES for finding in rule(case)]


def _released_cash_has_a_budget_line(case: _Case) -> Iterator[Finding]:
    for path, row in case.rows("benefits", "register"):
        if row["class"] != BenefitClass.CRB or row.get("disbenefit") or "value" not in row:
            continue
        words = _words(row)
        in_time = TIME.search(words)
        if in_time and "budget_line" in row:
            yield case.advice(path, "A02", f"{row['id']} is cash-releasing and is measured in time ({in_time[0]})",
                              "say in activities which shift, session or contract is no longer paid; else class it as "
                              "non-cash-releasing")
        elif in_time:
            yield case.major(path, "A02",
                             f"{row['id']} counts time saved ({in_time[0]}) as cash, and names no budget that is cut",
                             "class it as non-cash-releasing, or name the budget_line and what is no longer paid from it")
        elif "budget_line" not in row:
            yield case.major(path, "A01", f"{row['id']} is cash-releasing and names no budget_line",
                             "name the budget that will be cut, agreed with its holder; else class it as non-cash-releasing")


def _words(row: Mapping[str, Any]) -> str:
    """What a benefit counts: its unit and that of its volume and effect."""
    units = [row.get("unit", "")]
    units += [value.get("unit", "") for name in ("volume", "effect") if isinstance(value := row["value"].get(name), Mapping)]
    return "; ".join(units)


def _nothing_is_counted_twice(case: _Case) -> Iterator[Finding]:
    seen: dict[tuple[object, ...], str] = {}
    for path, row in case.rows("benefits", "register"):
        if "value" not in row or row.get("disbenefit"):
            continue
        key = (" ".join(row["measure"].casefold().split()),
               *(tuple(sorted(row.get(name, []))) for name in ("beneficiaries", "options", "depends_on_scale")))
        if key in seen:
            yield case.major(path, "A03", f"{row['id']} and {seen[key]} value the same measure for the same people",
                             "keep one of them, or say in the measures how they differ")
        seen.setdefault(key, row["id"])


def _benefits_follow_the_launch(case: _Case) -> Iterator[Finding]:
    launch = launch_of(case.project)
    if launch is None:
        return
    inputs = case.project.inputs
    for (path, row), benefit in zip(case.rows("benefits", "register"), inputs.benefits, strict=True):
        amounts = benefit.money.series(inputs.timeframe) if benefit.money is not None and not benefit.disbenefit else ()
        first = next((year for year, amount in zip(inputs.timeframe.calendar, amounts, strict=False) if amount), None)
        if first is not None and first < year_of(launch):
            yield case.major((*path, "value"), "A04", f"{row['id']} counts from {write_year(first)}; the launch is on {launch}",
                             "begin it in the year of the launch or later")


def launch_of(project: Project) -> date | None:
    """The day from which the service is used: that of the measuring schedule, else that of the pilot."""
    found = project.section("benefits").get("schedule", {}).get("start")
    found = found or project.section("timeline").get("pilot", {}).get("launch")
    return parse_date(found) if found else None


def _targets_lie_on_the_better_side(case: _Case) -> Iterator[Finding]:
    better = {"increase": 1, "decrease": -1}
    for path, row in case.rows("benefits", "register"):
        sign, baseline = better.get(row.get("direction", "")), row.get("baseline", {}).get("value")
        if sign is None or baseline is None or row.get("disbenefit"):
            continue
        for position, target in enumerate(row.get("targets", [])):
            if sign * (quantity(target["value"]) - quantity(baseline)) < 0:
                yield case.major((*path, "targets", position), "A05",
                                 f"{row['id']} should {row['direction']}, and its target {quantity(target['value']):g} for month "
                                 f"{target['month']} is worse than its baseline {quantity(baseline):g}",
                                 "correct the target, the baseline or the direction")


def _an_effect_above_one_says_what_it_is(case: _Case) -> Iterator[Finding]:
    for path, row in case.rows("benefits", "register"):
        effect = row.get("value", {}).get("effect")
        has_unit = isinstance(effect, Mapping) and "unit" in effect
        if effect is not None and not has_unit and quantity(effect) > 1:
            yield case.advice((*path, "value", "effect"), "A06",
                              f"the effect of {row['id']} is {quantity(effect):g} for each that is counted, without a unit",
                              "a share that is avoided is at most 1; for anything else give the unit, such as days for each "
                              "patient")


def _optimism_bias_fits_its_cost(case: _Case) -> Iterator[Finding]:
    found_for = {bias.name: bias.applies_to for bias in case.project.parameters.optimism_bias}
    for path, row in case.rows("resources", "costs"):
        bias = row.get("optimism_bias", {})
        category = bias.get("category", "")
        uplifted = category in found_for and "rate" not in bias and row["type"] != CostType.IN_KIND
        if uplifted and found_for[category] != row["type"]:
            yield case.advice((*path, "optimism_bias"), "A07",
                              f"{row['id']} is {row['type']} cost, and the uplift for {category} was found for "
                              f"{found_for[category]} cost",
                              "give a rate of your own from past overruns, or another kind of project")
        if "mitigation" in bias and not category and "rate" not in bias:
            yield case.advice((*path, "optimism_bias"), "A08",
                              f"{row['id']} mitigates an uplift that it does not have, so nothing is added",
                              "name the category, or give a rate")
        elif bias.get("mitigation") and "reason" not in bias:
            yield case.advice((*path, "optimism_bias"), "A08",
                              f"{row['id']} takes {bias['mitigation']:.0%} off its uplift without a reason",
                              "say what has been done to deserve it")
    costs = [line.cost for line in case.analysis.appraisal.costs]
    if any(cost.type is CostType.CAPITAL for cost in costs) and not any(cost.optimism_bias.rate for cost in costs):
        yield case.advice(("resources", "costs"), "A08", "no cost carries an uplift for optimism",
                          "give optimism_bias for capital costs, with the share mitigated and the reason")


def _something_is_uncertain(case: _Case) -> Iterator[Finding]:
    inputs = case.analysis.appraisal.inputs
    ranged = any(cost.spread for cost in inputs.costs) or any(benefit.ranges for benefit in inputs.benefits)
    if inputs.costs and any(benefit.monetised for benefit in inputs.benefits) and not ranged and not case.project.profile.short:
        yield case.advice(("benefits", "register"), "A09", "no figure has a range, so every driver is varied by the same default",
                          "give low and high to the figures that matter most, such as volume and effect")


def _the_return_does_not_rest_on_spread(case: _Case) -> Iterator[Finding]:
    reached, year = case.analysis.scale_up.reached, case.analysis.appraisal.headline_year
    host, whole = reached[0], reached[-1]
    if host.roi is not None and whole.roi is not None and host.roi < 0 <= whole.roi:
        yield case.major(("scale_up",), "A10",
                         f"ROI at year {year} is {written(whole.roi, Unit.SHARE)}; if scale-up is not funded it becomes "
                         f"{written(host.roi, Unit.SHARE)}", _SPREAD_HINT)
    elif host.npsv < 0 <= whole.npsv:
        yield case.major(("scale_up",), "A10",
                         f"the NPSV is {case.pounds(whole.npsv)}; if scale-up is not funded it becomes "
                         f"{case.pounds(host.npsv)}", _SPREAD_HINT)


_SPREAD_HINT = "show both figures, and a plan, a payer and an owner for each step on which the return rests"


def _spread_has_its_price(case: _Case) -> Iterator[Finding]:
    for stage in case.analysis.scale_up.added[1:]:
        if stage.step is not None and stage.pvb > 0 and not stage.pvc:
            index = next(index for index, (_, row) in enumerate(case.rows("scale_up", "steps")) if row["id"] == stage.step.id)
            value = case.pounds(stage.pvb)
            yield case.major(("scale_up", "steps", index), "A15",
                             f"{stage.step.id} brings benefits of {value} (present value) and has no cost",
                             "give its costs, with scale_step; a place that joins needs set-up, training and support")


def _someone_pays_after_the_grant(case: _Case) -> Iterator[Finding]:
    cliff = case.analysis.affordability.cliff
    unpaid = sum(cliff.nobody)
    if cliff.first_year is not None and unpaid > 1:
        label = case.analysis.appraisal.timeframe.labels[cliff.first_year]
        yield case.major(("resources", "funding"), "A11",
                         f"from {label}, when the grants have ended, {case.pounds(unpaid)} of recurrent cost has no "
                         "funding",
                         "name who pays it, from when, and how firm that is; until then say in gap_plan who decides, and when")


def _the_parameters_are_of_their_time(case: _Case) -> Iterator[Finding]:
    parameters, written_on = case.project.parameters, case.project.section("document").get("date")
    if not written_on:
        return
    day = parse_date(written_on)
    path: FieldPath = ("appraisal", "parameters") if "parameters" in case.project.section("appraisal") else ("document", "date")
    if day < parse_date(parameters.starts) or (parameters.ends and day > parse_date(parameters.ends)):
        until = f"until {parameters.ends}" if parameters.ends else "on"
        yield case.advice(path, "A12", f"the rates are those of {parameters.title}, in force from {parameters.starts} {until}; "
                          f"the bid is dated {day}", "choose the set in force on that day, or ask your finance team")
    elif (day - parse_date(parameters.checked)).days > parameters.conventions.stale_after_days:
        yield case.advice(path, "A13",
                          f"the rates of {parameters.name} were last compared with the guidance on {parameters.checked}, "
                          "more than a year before the bid", "compare them again before you rely on them")


def _the_preferred_option_is_worth_most(case: _Case) -> Iterator[Finding]:
    values = [value for value in case.analysis.options if value.known]
    chosen = next((value for value in values if value.option == case.analysis.appraisal.inputs.preferred), None)
    best = max(values, key=lambda value: value.npsv, default=None)
    if chosen is None or best is None or len(values) < 2 or best.npsv <= chosen.npsv:
        return
    yield case.advice(("options",), "A14",
                      f"{best.option.id} has an NPSV of {case.pounds(best.npsv)}, the preferred {chosen.option.id} of "
                      f"{case.pounds(chosen.npsv)}", "say in the reasons what outweighs the difference")


def _what_it_needs_has_a_standard(case: _Case) -> Iterator[Finding]:
    for path, row in case.rows("evidence", "standards"):
        if row["status"] == "none" and ("plan" not in row or shows("waiting", row["plan"])):
            yield case.advice(path, "A17", f"no standard is agreed for “{row['name']}”",
                              "keep it out of what the first benefits rest on, and say who will bring a standard about and when")


def _no_commissioner_has_said_no(case: _Case) -> Iterator[Finding]:
    for path, row in case.rows("commissioner_plan", "commissioners"):
        for number, meeting in enumerate(row.get("meetings", [])):
            words = shown_by("refusals", meeting.get("outcome", ""))
            if words:
                topic = meeting.get("topic", "")
                yield case.advice((*path, "meetings", number), "A18",
                                  f"{row['id']} ({row['body']}) said of “{topic or meeting['outcome']}”: {words.lower()}",
                                  "say what happens to this part without them, or leave it out of costs and benefits")


def _remarks_have_found_their_place(case: _Case) -> Iterator[Finding]:
    yield from unplaced_remarks(case.source)


def unplaced_remarks(source: Source) -> Iterator[Finding]:
    """What a form could not place, told also of a specification that has errors: the words may be what mends them."""
    document = source.data.get("document")
    remarks = document.get("remarks") if isinstance(document, dict) else None
    for index, row in enumerate(remarks if isinstance(remarks, list) else ()):
        if isinstance(row, dict) and isinstance(row.get("text"), str):
            about = f" about {row['field']}" if isinstance(row.get("field"), str) else ""
            yield Finding(source.place(("document", "remarks", index)), "A19", Severity.ADVISORY,
                          f"a remark from the form{about} has found no place yet: {shown(row['text'])}",
                          "put it where it belongs, then delete the remark")


_RULES: tuple[Callable[[_Case], Iterator[Finding]], ...] = (
    _released_cash_has_a_budget_line, _nothing_is_counted_twice, _benefits_follow_the_launch, _targets_lie_on_the_better_side,
    _an_effect_above_one_says_what_it_is, _optimism_bias_fits_its_cost, _something_is_uncertain,
    _the_return_does_not_rest_on_spread, _spread_has_its_price, _someone_pays_after_the_grant, _the_parameters_are_of_their_time,
    _the_preferred_option_is_worth_most, _what_it_needs_has_a_standard, _no_commissioner_has_said_no,
    _remarks_have_found_their_place,
)
