"""Doubts: each rule beside what it should tell and what it should not, on a bid about which nothing is found."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from bizcase.case import open_case
from bizcase.codes import explanations
from bizcase.errors import Finding, Severity
from bizcase.specification import doubts
from bizcase.specification.parameters import load_parameters
from tests.conftest import sample_case
from tests.specification.checking import EXAMPLES, code_of, data_of, invalid_examples

GONE = object()
"""In place of a value: the field is taken out."""

Change = dict[str, Any]


@cache
def sound_bid() -> str:
    """As JSON: a full case with three options, two steps and a grant, about which nothing is found."""
    return json.dumps(data_of((EXAMPLES / "valid" / "five-case-nothing-to-find.yaml").read_text("utf-8")))


def changed(change: Change) -> str:
    """The sound bid with some fields changed, each named by its path, rows by their position."""
    data = json.loads(sound_bid())
    for path, value in change.items():
        *outer, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        inner = data
        for step in outer:
            inner = inner[step]
        if value is GONE:
            del inner[last]
        else:
            inner[last] = value
    return json.dumps(data)


def doubts_of(change: Change, profile: str = "") -> list[Finding]:
    case = open_case(changed(change), "bid.json", profile)
    assert case.project is not None, [(found.place.path, found.message) for found in case.errors]
    return [found for found in case.findings if found.code.startswith("A")]


def told(change: Change, *codes: str) -> list[str]:
    """The doubts of these codes: `A01 major benefits.register[1]: …`."""
    return [f"{found.code} {found.severity} {found.place.path}: {found.message}"
            for found in doubts_of(change) if found.code in codes]


B1, B2, B3 = "benefits.register.0", "benefits.register.1", "benefits.register.2"
C1, C2 = "resources.costs.0", "resources.costs.1"


def test_every_rule_is_tried_below() -> None:
    assert [rule.__name__ for rule in doubts._RULES] == [
        "_released_cash_has_a_budget_line", "_nothing_is_counted_twice", "_benefits_follow_the_launch",
        "_targets_lie_on_the_better_side", "_an_effect_above_one_says_what_it_is", "_optimism_bias_fits_its_cost",
        "_something_is_uncertain", "_the_return_does_not_rest_on_spread", "_spread_has_its_price",
        "_someone_pays_after_the_grant",
        "_the_parameters_are_of_their_time", "_the_preferred_option_is_worth_most", "_what_it_needs_has_a_standard",
        "_no_commissioner_has_said_no", "_remarks_have_found_their_place"]


def test_about_the_bid_that_is_changed_below_there_is_no_doubt() -> None:
    assert doubts_of({}) == []


NO_BUDGET = f"{B1}.budget_line"
NO_LINE = "A01 major benefits.register[1]: B1 is cash-releasing and names no budget_line"
IN_TIME = "A02 major benefits.register[1]: B1 counts time saved ({}) as cash, and names no budget that is cut"


@pytest.mark.parametrize(("change", "findings"), [
    ({NO_BUDGET: GONE}, [NO_LINE]),
    ({NO_BUDGET: GONE, f"{B1}.unit": "hours a week"}, [IN_TIME.format("hours")]),
    ({NO_BUDGET: GONE, f"{B1}.value.volume": {"value": 200, "unit": "Minutes a year"}}, [IN_TIME.format("Minutes")]),
    ({NO_BUDGET: GONE, f"{B1}.value.effect": {"value": 0.5, "low": 0.3, "unit": "days of nursing"}}, [IN_TIME.format("days of")]),
    ({NO_BUDGET: GONE, f"{B1}.unit": "clinic sessions"}, [IN_TIME.format("sessions")]),
    ({NO_BUDGET: GONE, f"{B1}.unit": "nurse-hours"}, [IN_TIME.format("hours")]),
    ({f"{B1}.unit": "hours"}, ["A02 advisory benefits.register[1]: B1 is cash-releasing and is measured in time (hours)"]),
    ({NO_BUDGET: GONE, f"{B1}.unit": "full-time posts"}, [NO_LINE]),
    ({NO_BUDGET: GONE, f"{B1}.unit": "out-of-hours calls"}, [NO_LINE]),
    ({f"{B1}.unit": "out of hours calls"}, []),
    ({f"{B1}.unit": "meantimes"}, []),
    ({NO_BUDGET: GONE, f"{B1}.disbenefit": True}, []),
    ({NO_BUDGET: GONE, f"{B1}.value": GONE}, []),
    ({NO_BUDGET: GONE, f"{B1}.class": "non-cash-releasing", f"{B1}.unit": "hours"}, []),
    ({NO_BUDGET: GONE, f"{B1}.class": "societal"}, []),
])
def test_released_cash_has_a_budget_line_and_is_not_time(change: Change, findings: list[str]) -> None:
    assert told(change, "A01", "A02") == findings


TWICE = "A03 major benefits.register[3]: B3 and B2 value the same measure for the same people"
SAME_PLACE = f"{B3}.depends_on_scale"


@pytest.mark.parametrize(("change", "findings"), [
    ({SAME_PLACE: GONE}, [TWICE]),
    ({SAME_PLACE: GONE, f"{B3}.measure": "  hours SPENT on  stable patients"}, [TWICE]),
    ({SAME_PLACE: GONE, f"{B2}.beneficiaries": ["S1", "S2"], f"{B3}.beneficiaries": ["S2", "S1"]}, [TWICE]),
    ({}, []),                                                           # the same elsewhere, once scale-up is there
    ({SAME_PLACE: GONE, f"{B3}.beneficiaries": ["S2"]}, []),
    ({SAME_PLACE: GONE, f"{B3}.options": ["A3"]}, []),
    ({SAME_PLACE: GONE, f"{B3}.disbenefit": True}, []),
    ({SAME_PLACE: GONE, f"{B2}.disbenefit": True}, []),
    ({SAME_PLACE: GONE, f"{B3}.value": GONE}, []),
    ({SAME_PLACE: GONE, f"{B3}.measure": "Hours spent on stable patients in Vale"}, []),
])
def test_nothing_is_counted_twice(change: Change, findings: list[str]) -> None:
    assert told(change, "A03") == findings


LAUNCH, START = "timeline.pilot.launch", "benefits.schedule"
EARLY = "A04 major benefits.register[1].value: B1 counts from 2026/27; the launch is on {}"


def by_year(amount: dict[str, Any]) -> Change:
    return {LAUNCH: "2027-04-01", f"{B1}.value": {"by_year": amount}}


@pytest.mark.parametrize(("change", "findings"), [
    ({LAUNCH: "2027-03-31"}, []),
    ({LAUNCH: "2027-04-01"}, [EARLY.format("2027-04-01")]),
    ({START: {"start": "2027-07-01"}}, [EARLY.format("2027-07-01")]),   # the schedule of benefits goes before the pilot
    ({LAUNCH: "2027-07-01", START: {"start": "2026-07-01"}}, []),
    ({LAUNCH: "2027-04-01", f"{B1}.value.from": GONE}, [EARLY.format("2027-04-01")]),
    ({LAUNCH: "2027-04-01", f"{B1}.value.from": "2027/28"}, []),
    ({LAUNCH: "2027-04-01", f"{B1}.value.ramp": [0, 1]}, []),
    ({LAUNCH: "2027-04-01", f"{B1}.disbenefit": True}, []),
    ({LAUNCH: "2027-04-01", f"{B1}.value": GONE}, []),
    (by_year({"2026/27": 5}), [EARLY.format("2027-04-01")]),
    (by_year({"once": 5, "in": "2026/27"}), [EARLY.format("2027-04-01")]),
    (by_year({"per_year": 5}), [EARLY.format("2027-04-01")]),           # it begins with the first year
    (by_year({"per_year": 5, "from": "2026/27"}), [EARLY.format("2027-04-01")]),
    (by_year({"2026/27": 0, "2027/28": 5}), []),
    ({"timeline.pilot": GONE}, []),
])
def test_benefits_follow_the_launch(change: Change, findings: list[str]) -> None:
    assert told(change, "A04") == findings


WORSE = "A05 major benefits.register[1].targets[{}]: B1 should {}, and its target {} for month {} is worse than its baseline {}"


@pytest.mark.parametrize(("change", "findings"), [
    ({f"{B1}.baseline": {"value": 99}}, [WORSE.format(1, "decrease", 100, 12, 99)]),
    ({f"{B1}.baseline": {"value": {"value": 99.5, "status": "estimate"}}}, [WORSE.format(1, "decrease", 100, 12, 99.5)]),
    ({f"{B1}.direction": "increase"}, [WORSE.format(1, "increase", 100, 12, 200)]),
    ({f"{B1}.targets": [{"month": 6, "value": 200}, {"month": 12, "value": {"value": 250, "status": "estimate"}}]},
     [WORSE.format(2, "decrease", 250, 12, 200)]),
    ({f"{B1}.baseline": {"value": 100}}, []),
    ({f"{B1}.baseline": {"value": 100}, f"{B1}.direction": "increase"}, []),
    ({f"{B1}.baseline": {"value": 20}, f"{B1}.direction": "maintain"}, []),
    ({f"{B1}.baseline": {"value": 20}, f"{B1}.direction": GONE}, []),
    ({f"{B1}.baseline": {"value": 20}, f"{B1}.disbenefit": True}, []),
    ({f"{B1}.baseline": {"date": "2026-03-31"}, f"{B1}.direction": "increase"}, []),
    ({f"{B1}.baseline": {"value": 20}, f"{B1}.targets": GONE}, []),
])
def test_targets_lie_on_the_better_side_of_the_baseline(change: Change, findings: list[str]) -> None:
    assert told(change, "A05") == findings


@pytest.mark.parametrize(("effect", "findings"), [
    (1, []), ({"value": 1, "low": 0.5}, []), (0.3, []),
    (1.01, ["A06 advisory benefits.register[1].value.effect: the effect of B1 is 1.01 for each that is counted, without a unit"]),
    ({"value": 30, "low": 20},
     ["A06 advisory benefits.register[1].value.effect: the effect of B1 is 30 for each that is counted, without a unit"]),
    ({"value": 30, "low": 20, "unit": "days for each patient"}, []),
    (GONE, []),
])
def test_an_effect_above_one_says_what_it_is(effect: Any, findings: list[str]) -> None:
    assert told({f"{B1}.value.effect": effect}, "A06") == findings


UPLIFT = "equipment and development"
ANOTHER_TYPE = "A07 advisory resources.costs[{}].optimism_bias: {} is {} cost, and the uplift for {} was found for {} cost"


@pytest.mark.parametrize(("change", "findings"), [
    ({f"{C2}.optimism_bias": {"category": UPLIFT}}, [ANOTHER_TYPE.format(2, "C2", "revenue", UPLIFT, "capital")]),
    ({f"{C1}.optimism_bias.category": "outsourcing"}, [ANOTHER_TYPE.format(1, "C1", "capital", "outsourcing", "revenue")]),
    ({f"{C2}.optimism_bias": {"category": "outsourcing"}}, []),
    ({f"{C2}.optimism_bias": {"category": UPLIFT, "rate": 0.2}}, []),   # a rate of its own needs no table
    ({f"{C2}.optimism_bias": {"rate": 0.2}}, []),
    ({f"{C2}.optimism_bias": {"category": UPLIFT}, f"{C2}.type": "in kind"}, []),
])
def test_an_uplift_is_used_for_the_type_of_cost_it_was_found_for(change: Change, findings: list[str]) -> None:
    assert told(change, "A07") == findings


NONE_AT_ALL = "A08 advisory resources.costs: no cost carries an uplift for optimism"


@pytest.mark.parametrize(("change", "findings"), [
    ({f"{C1}.optimism_bias": {"category": UPLIFT, "mitigation": 0.9}},
     ["A08 advisory resources.costs[1].optimism_bias: C1 takes 90% off its uplift without a reason"]),
    ({f"{C1}.optimism_bias": {"rate": 0.2, "mitigation": 0.05}},
     ["A08 advisory resources.costs[1].optimism_bias: C1 takes 5% off its uplift without a reason"]),
    ({f"{C1}.optimism_bias": {"category": UPLIFT, "mitigation": 0}}, []),
    ({f"{C1}.optimism_bias": {"category": UPLIFT}}, []),
    ({f"{C2}.optimism_bias": {"mitigation": 0.5, "reason": "A"}},
     ["A08 advisory resources.costs[2].optimism_bias: C2 mitigates an uplift that it does not have, so nothing is added"]),
    ({f"{C1}.optimism_bias": GONE}, [NONE_AT_ALL]),
    ({f"{C1}.optimism_bias": {"rate": 0, "reason": "A"}}, [NONE_AT_ALL]),
    ({f"{C1}.optimism_bias": GONE, f"{C2}.optimism_bias": {"rate": 0.2}}, []),
    ({f"{C1}.optimism_bias": GONE, f"{C1}.type": "revenue"}, []),       # nothing of it is capital cost
])
def test_optimism_bias_is_there_and_its_reduction_explained(change: Change, findings: list[str]) -> None:
    assert told(change, "A08") == findings


NO_RANGE = {f"{B1}.value.effect": 0.5}
NO_COST = {"resources.costs": GONE, "resources.funding": GONE, "summary.ask": GONE, "evaluation.budget": GONE,
           "scale_up.steps.0.costs": GONE}
NOTHING_RANGES = ["A09 advisory benefits.register: no figure has a range, so every driver is varied by the same default"]


@pytest.mark.parametrize(("change", "findings"), [
    (NO_RANGE, NOTHING_RANGES),
    ({**NO_RANGE, f"{C2}.range": {"low": 0.9, "high": 1.3}}, []),
    ({**NO_RANGE, f"{B3}.value.volume": {"value": 1000, "high": 1100}}, []),
    ({f"{B1}.value": {"by_year": {"2027/28": 5}}}, NOTHING_RANGES),
    ({f"{B1}.value": {"by_year": {"2027/28": 5}, "range": {"low": 0.7, "high": 1}}}, []),
    ({**NO_COST, **NO_RANGE}, []),
    ({f"benefits.register.{number}.value": GONE for number in range(4)}, []),
])
def test_some_figure_has_a_range(change: Change, findings: list[str]) -> None:
    assert told(change, "A09") == findings


# The host alone, to the end of year 3: costs 30,000 × 1.2 + 4 × 20,000 = 116,000; benefits 9,000 + 3 × 18,000
# + 3 × 4,000 = 75,000.
# With X2: costs 116,000 + 2 × 4,000 = 124,000; benefits 75,000 + 2 × 90,000 = 255,000. Present values: −£41,397 and £116,452.
WEAK_HOST = {f"{B1}.value.effect": {"value": 0.2, "low": 0.1}, f"{B2}.value.volume": 400}
STRONG_SPREAD = {**WEAK_HOST, f"{B3}.value.volume": 9000}


@pytest.mark.parametrize(("change", "findings"), [
    (STRONG_SPREAD, ["A10 major scale_up: ROI at year 3 is 105.6%; if scale-up is not funded it becomes −35.3%"]),
    ({**STRONG_SPREAD, f"{B3}.class": "societal"},
     ["A10 major scale_up: the NPSV is £116,452; if scale-up is not funded it becomes −£41,397"]),
    ({f"{B3}.value.volume": 9000}, []),                                 # the return is there without scale-up too
    (WEAK_HOST, []),                                                    # and here it is there with scale-up no more than without
    ({**STRONG_SPREAD, SAME_PLACE: GONE, f"{B3}.value.from": "2028/29"}, []),
    ({**WEAK_HOST, SAME_PLACE: GONE, "resources.costs.2.scale_step": GONE, "scale_up": GONE, f"{B3}.value.from": "2028/29",
      "resources.costs.2.amount": {"per_year": 4000, "from": "2028/29"}}, []),
])
def test_the_return_does_not_rest_on_spread(change: Change, findings: list[str]) -> None:
    assert told(change, "A10") == findings


def paid_later(amount: float, **more: str) -> Change:
    """The recurrent 24,000 a year after the grant, of which so much is funded."""
    row = {"id": "F2", "source": "ICB", "kind": "commissioner", "amount": {"per_year": amount, "from": "2028/29"},
           "status": "confirmed", **more}
    gap = {"resources.gap": {"per_year": round(24000 - amount, 2), "from": "2028/29"}} if amount < 24000 else {}
    return {"resources.funding.1": row, **gap}


UNPAID = "A11 major resources.funding: from 2028/29, when the grants have ended, {} of recurrent cost has no funding"


@pytest.mark.parametrize(("change", "findings"), [
    (paid_later(24000), []),
    (paid_later(9000), [UNPAID.format("£30,000")]),
    (paid_later(23999), [UNPAID.format("£2")]),
    (paid_later(23999.6), []),                                          # not worth a sentence
    (paid_later(24000, status="under discussion"), []),
    (paid_later(24000, status="expected", kind="host"), []),
    ({**paid_later(9000), "resources.funding.0.kind": "host"}, []),     # no grant ends
    ({**paid_later(24000, kind="grant"), "summary.ask": 118000}, []),
    ({**paid_later(9000), f"{C2}.recurrent": False, "resources.costs.2.recurrent": False}, []),
])
def test_someone_pays_after_the_grant(change: Change, findings: list[str]) -> None:
    assert told(change, "A11") == findings


OF_2018, OF_2026 = "green-book-2018", "green-book-2026"


def dated(day: str, parameters: str) -> Change:
    return {"document.date": day, "appraisal.parameters": parameters}


def of_another_time(day: str, parameters: str, place: str = "appraisal.parameters") -> list[str]:
    found = load_parameters(parameters)
    until = f"until {found.ends}" if found.ends else "on"
    return [f"A12 advisory {place}: the rates are those of {found.title}, in force from {found.starts} {until}; "
            f"the bid is dated {day}"]


@pytest.mark.parametrize(("change", "findings"), [
    (dated("2018-03-15", OF_2018), of_another_time("2018-03-15", OF_2018)),
    (dated("2018-03-16", OF_2018), []),
    (dated("2020-11-24", OF_2018), []),
    (dated("2020-11-25", OF_2018), of_another_time("2020-11-25", OF_2018)),
    (dated("2026-01-31", OF_2026), of_another_time("2026-01-31", OF_2026)),
    (dated("2026-02-01", OF_2026), []),
    ({"document.date": "2025-12-01"}, of_another_time("2025-12-01", OF_2026, "document.date")),
    ({"appraisal.parameters": OF_2018, "document.date": GONE}, []),
])
def test_the_rates_are_those_in_force_on_the_day_of_the_bid(change: Change, findings: list[str]) -> None:
    assert told(change, "A12", "A13") == findings


@pytest.mark.parametrize(("days", "stale"), [(-1, False), (366, False), (367, True)])
def test_the_rates_have_been_checked_within_the_last_year(days: int, stale: bool) -> None:
    checked = load_parameters(OF_2026).checked
    day = date.fromisoformat(checked) + timedelta(days)
    assert told({"document.date": str(day)}, "A12", "A13") == [
        f"A13 advisory document.date: the rates of {OF_2026} were last compared with the guidance on {checked}, "
        "more than a year before the bid"][: stale]


NO_PRICE = {"resources.costs.2.scale_step": GONE, "resources.costs.2.amount.from": "2028/29"}


@pytest.mark.parametrize(("change", "findings"), [
    ({}, []),
    (NO_PRICE, ["A15 major scale_up.steps[2]: X2 brings benefits of {} (present value) and has no cost"]),
    ({**NO_PRICE, f"{B3}.disbenefit": True}, []),
])
def test_a_step_that_brings_benefit_has_its_price(change: Change, findings: list[str]) -> None:
    found = told(change, "A15")
    assert [re.sub("£[0-9,]+", "{}", text) for text in found] == findings


# The preferred option: £131,603. The other: 160,000 × 2.801638 − 10,000 × 3.801638 = £410,246.
DEARER = {"resources.costs.3.amount": {"per_year": 10000}, "benefits.register.3.value.unit_value": 400}


WORSE_THAN_NOTHING = ["A14 advisory options: A1 has an NPSV of £0, the preferred A2 of −£30,384"]


@pytest.mark.parametrize(("change", "findings"), [
    (DEARER, ["A14 advisory options: A3 has an NPSV of £410,246, the preferred A2 of £131,603"]),
    (WEAK_HOST, WORSE_THAN_NOTHING),
    ({**DEARER, "benefits.register.3.value.unit_value": 120}, []),      # worth £96,462, and so less than the preferred one
    ({**WEAK_HOST, "resources.costs.3": GONE, "benefits.register.3": GONE}, WORSE_THAN_NOTHING),   # the third is not known
    ({**WEAK_HOST, "options.items.2": GONE, "resources.costs.3": GONE, "benefits.register.3": GONE}, WORSE_THAN_NOTHING),
    ({"options.items.2": GONE, "resources.costs.3": GONE, "benefits.register.3": GONE}, []),
    ({**WEAK_HOST, "options": {"success_factors": ["Safe"]}, "resources.costs.3": GONE, "benefits.register.3": GONE}, []),
])
def test_the_preferred_option_is_worth_most(change: Change, findings: list[str]) -> None:
    assert told(change, "A14") == findings


OF_A_LIMIT = "A16"
"""Told by the word limits of a profile, which are those of a short bid too: see test_limits.py."""


@pytest.mark.parametrize("path", [path for path in invalid_examples() if code_of(path).startswith("A")
                                  and code_of(path) != OF_A_LIMIT], ids=lambda path: path.stem)
def test_a_doubt_is_as_grave_as_explained_and_advice_in_a_short_bid(path: Any) -> None:
    text, code = path.read_text("utf-8"), code_of(path)
    full = [found for found in open_case(text, path.name, "five-case").findings if found.code == code]
    short = [found for found in open_case(text, path.name, "ideas-den").findings if found.code == code]
    assert full[0].severity == explanations()[code].severity
    assert {found.severity for found in short} == (set() if code == "A09" else {Severity.ADVISORY})


def test_doubts_never_stop_a_build() -> None:
    case = open_case(changed({**STRONG_SPREAD, **paid_later(9000), NO_BUDGET: GONE}), "bid.json")
    assert {found.code for found in case.findings} >= {"A01", "A10", "A11"}
    assert (case.errors, case.blockers) == ((), ())


def test_the_answered_sample_gives_no_doubt_and_the_refused_one_those_of_its_panel() -> None:
    assert sample_case("remote-monitoring").findings == ()
    found = [found for found in sample_case("remote-monitoring-as-submitted").findings if found.code.startswith("A")]
    assert sorted(doubt.code for doubt in found) == ["A08", "A09", "A10", "A11", "A15"]
    [spread] = [doubt for doubt in found if doubt.code == "A10"]
    assert spread.message == "ROI at year 3 is 20.0%; if scale-up is not funded it becomes −12.3%"
    assert spread.severity is Severity.MAJOR


def test_what_rests_on_a_standard_that_nobody_has_agreed_is_told() -> None:
    none = {"name": "Outcome questionnaire", "status": "none", "plan": "We wait"}
    assert told({"evidence.standards": [none]}, "A17") == [
        "A17 advisory evidence.standards[1]: no standard is agreed for “Outcome questionnaire”"]
    assert told({"evidence.standards": [{**none, "status": "in force"}]}, "A17") == []
    assert told({"evidence.standards": [{**none, "plan": "Two tools are tried in 2027"}]}, "A17") == []


@pytest.mark.parametrize(("outcome", "words"), [
    ("Not commissioned beyond the directory", "not commissioned"), ("Turned down; may come back", "turned down"),
    ("Direction set", ""), ("They refused nothing", "refused"), ("Approved", ""), ("Notfunded", ""),
])
def test_a_commissioner_who_said_no_is_told_with_the_topic(outcome: str, words: str) -> None:
    change = {"commissioner_plan.commissioners.0.meetings": [{"date": "2026-01-14", "topic": "Wider panel", "outcome": outcome}]}
    found = told(change, "A18")
    assert len(found) == bool(words)
    assert not words or f"said of “Wider panel”: {words}" in found[0]


def test_the_third_case_draws_patient_reported_outcomes_and_genomics() -> None:
    """What was not adopted there, and why: no agreed standard, and no commissioner (manual §8.4)."""
    said = [f"{found.code} {found.message}" for found in sample_case("breast-service").findings if found.code in ("A17", "A18")]
    assert said == [
        "A17 no standard is agreed for “A standard set of patient-reported outcomes for breast care”",
        "A18 M2 (Specialised commissioning, Mid-Shires) said of “Wider genetic panel”: not commissioned",
        "A18 M3 (Thornmere and Hollowdale Cancer Alliance) said of “Wider genetic panel”: turned down"]


def test_a_remark_of_a_form_is_told_until_it_is_gone() -> None:
    remarks = [{"field": "resources.costs[C2].amount", "text": "tbc", "from": "Form!F29 of form.xlsx"}, {"text": "see email"}]
    assert told({"document.remarks": remarks}, "A19") == [
        "A19 advisory document.remarks[1]: a remark from the form about resources.costs[C2].amount has found no place yet: tbc",
        "A19 advisory document.remarks[2]: a remark from the form has found no place yet: see email"]
    assert told({"document.remarks": []}, "A19") == []
