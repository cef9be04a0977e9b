"""What must agree between the fields of a sound specification: each rule with a text that keeps it and one that breaks it."""

from __future__ import annotations

import pytest

from bizcase.specification import consistency
from tests.conftest import sample_case, sample_names
from tests.specification.checking import errors_of, findings_of

COST = "type: revenue, recurrent: true, category: other, status: known, source: Bill"


def resources(costs: str, funding: str = "", gap: str = "", *, ask: str = "", years: int = 2) -> str:
    """A text with one cost and up to one row of funding and a gap."""
    lines = [f"appraisal: {{price_base_year: 2026/27, years: {years}}}", "resources:",
             f"  costs: [{{id: C1, item: A, {COST}, amount: {costs}}}]"]
    if funding:
        lines.append(f"  funding: [{{id: F1, source: Fund, kind: grant, status: applied for, amount: {funding}}}]")
    if gap:
        lines.append(f"  gap: {gap}")
    if ask:
        lines.append(f"summary: {{ask: {ask}}}")
    return "\n".join(lines) + "\n"


def benefit(value: str, kind: str = "cash-releasing") -> str:
    return ("appraisal: {price_base_year: 2026/27, years: 2}\n"
            f"benefits:\n  register: [{{id: B1, title: A, measure: B, class: {kind}, value: {value}}}]\n")


def milestones(first: str, second: str, depends_on: str = "T1") -> str:
    return (f"timeline:\n  milestones:\n    - {{id: T1, date: {first}, title: A}}\n"
            f"    - {{id: T2, date: {second}, title: B, depends_on: [{depends_on}]}}\n")


def test_every_rule_is_broken_below() -> None:
    rules = [rule.__name__ for rule in consistency._RULES]
    assert rules == ["_milestones_follow_what_they_depend_on", "_money_stays_inside_the_appraisal",
                     "_a_benefit_is_valued_one_way", "_one_target_a_month", "_a_workbook_can_hold_it",
                     "_funding_and_gap_meet_the_costs",
                     "_the_shared_ask_adds_up", "_the_ask_is_the_grant_in_the_funding"]


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_keeps_them_all(name: str) -> None:
    assert sample_case(name).errors == ()


@pytest.mark.parametrize(("text", "errors"), [
    (milestones("2026-05-01", "2026-05-02"), []),
    (milestones("2026-05-01", "2026-05-01"), []),
    (milestones("2026-05-02", "2026-05-01", ""), []),
    (milestones("2026-05-02", "2026-05-01"), ["4:57 E50 T2 is dated 2026-05-01, before T1 (2026-05-02), on which it depends"]),
    (milestones("2026-05-02", "2026-05-01", "T2, T1"),
     ["4:61 E50 T2 is dated 2026-05-01, before T1 (2026-05-02), on which it depends"]),
])
def test_milestones_follow_what_they_depend_on(text: str, errors: list[str]) -> None:
    assert errors_of(text) == errors


@pytest.mark.parametrize(("text", "errors"), [
    (resources("{2026/27: 5, 2028/29: 5}"), []),
    (resources("{per_year: 5, from: 2026/27, to: 2028/29}"), []),
    (resources("{per_year: 5}"), []),
    (resources("{2025/26: 5, 2026/27: 5}"), ["3:115 E51 the amount names 2025/26; the appraisal covers 2026/27 to 2028/29"]),
    (resources("{2025/26: 5, 2029/30: 5}"),
     ["3:115 E51 the amount names 2025/26, 2029/30; the appraisal covers 2026/27 to 2028/29"]),
    (resources("{per_year: 5, from: 2025/26}"), ["3:115 E51 the amount names 2025/26; the appraisal covers 2026/27 to 2028/29"]),
    (resources("{per_year: 5, to: 2029/30}"), ["3:115 E51 the amount names 2029/30; the appraisal covers 2026/27 to 2028/29"]),
    (resources("{once: 5, in: 2029/30}"), ["3:115 E51 the amount names 2029/30; the appraisal covers 2026/27 to 2028/29"]),
    (benefit("{volume: 1, unit_value: 5, from: 2025/26}"),
     ["3:75 E51 the amount names 2025/26; the appraisal covers 2026/27 to 2028/29"]),
    (benefit("{volume: 1, unit_value: 5, to: 2030/31}"),
     ["3:75 E51 the amount names 2030/31; the appraisal covers 2026/27 to 2028/29"]),
    (benefit("{by_year: {2030/31: 5}}"), ["3:85 E51 the amount names 2030/31; the appraisal covers 2026/27 to 2028/29"]),
    (resources("{" + ", ".join(f"{year}/{year - 1999}: 5" for year in range(2010, 2019)) + "}"),
     ["3:115 E51 the amount names 2010/11, 2011/12, 2012/13, 2013/14, 2014/15, and 4 more; "
      "the appraisal covers 2026/27 to 2028/29"]),
    ("appraisal: {price_base_year: 2026/27, years: 2}\n"
     "partnerships: {funds_flow: [{id: W1, from: A, to: B, amount: {2030/31: 5}}]}\n",
     ["2:62 E51 the amount names 2030/31; the appraisal covers 2026/27 to 2028/29"]),
])
def test_money_stays_inside_the_years_appraised(text: str, errors: list[str]) -> None:
    assert errors_of(text) == errors


@pytest.mark.parametrize(("text", "errors"), [
    (benefit("{volume: 1, unit_value: 5}"), []),
    (benefit("{by_year: {2026/27: 5}}"), []),
    (benefit("{by_year: {2026/27: 5}, health: true}"), []),
    (benefit("{volume: 1, by_year: {2026/27: 5}}"), ["3:75 E63 B1 is valued both by_year and by factors"]),
    (benefit("{by_year: {2026/27: 5}, ramp: [1]}"), ["3:75 E63 B1 is valued both by_year and by factors"]),
    (benefit("{volume: 1}"), ["3:75 E63 B1 counts a volume and does not say what one of it is worth"]),
    (benefit("{unit_value: 5}"), ["3:75 E63 B1 has a value without volume or by_year"]),
    (benefit("{from: 2026/27}"), ["3:75 E63 B1 has a value without volume or by_year"]),
    (benefit("{volume: 1}", "unmonetisable"), ["3:74 E63 B1 is unmonetisable and yet has a value in pounds"]),
    (benefit("{}", "unmonetisable"), []),
])
def test_a_benefit_is_valued_one_way(text: str, errors: list[str]) -> None:
    assert errors_of(text) == errors


@pytest.mark.parametrize(("text", "errors"), [
    (resources("{per_year: 5}"), []),
    (resources("{per_year: 5}", "{per_year: 5}"), []),
    (resources("{2026/27: 0.1}", "{2026/27: 0.1001}"), []),
    (resources("{2026/27: 0.1}", "{2026/27: 0.11}"), ["4:12 E60 in 2026/27 costs of £0.10 meet funding of £0.11"]),
    (resources("{per_year: 5}", "{per_year: 3}", "{per_year: 2}"), []),
    (resources("{per_year: 5}", "{2026/27: 5}", "{2027/28: 5, 2028/29: 5}"), []),
    (resources("{per_year: 5}", "{2026/27: 5}"),
     ["4:12 E60 in 2027/28 costs of £5 meet funding of £0; in 2028/29 costs of £5 meet funding of £0"]),
    (resources("{2026/27: 1234.5}", "{2026/27: 1000}", "{2026/27: 200}"),
     ["4:12 E60 in 2026/27 costs of £1,234.50 meet funding of £1,000 and a gap of £200"]),
    (resources("{2026/27: 5}", "{2026/27: 7}"), ["4:12 E60 in 2026/27 costs of £5 meet funding of £7"]),
    (resources("{2026/27: 5}", "{2026/27: 5}", "{2026/27: 1}"),
     ["4:12 E60 in 2026/27 costs of £5 meet funding of £5 and a gap of £1"]),
    (resources("{per_year: 5}", "{2026/27: 5}", years=9),
     ["4:12 E60 " + "; ".join(f"in {year}/{year - 1999} costs of £5 meet funding of £0" for year in range(2027, 2032))
      + "; and 4 more"]),
])
def test_funding_and_gap_meet_the_costs_of_each_year(text: str, errors: list[str]) -> None:
    assert errors_of(text) == errors


def test_the_gap_that_is_missing_can_be_copied_from_the_hint() -> None:
    text = resources("{per_year: 1000, from: 2026/27}", "{2026/27: 1000, 2027/28: 800.50}")
    [hint] = [found.hint for found in findings_of(text) if found.code == "E60"]
    assert hint == "correct the amounts, or declare under resources the line gap: {2027/28: 199.5, 2028/29: 1000}"
    assert errors_of(text + "  " + hint.partition("the line ")[2] + "\n") == []


def test_a_surplus_cannot_be_declared_as_a_gap() -> None:
    [hint] = [found.hint for found in findings_of(resources("{2026/27: 5}", "{2026/27: 7}")) if found.code == "E60"]
    assert hint.startswith("correct the amounts: ")
    assert "-" not in hint


@pytest.mark.parametrize(("ask", "errors"), [
    ("{total: 300, grant: 250, host: 50}", []),
    ("{total: {value: 300, status: estimate}, grant: {value: 250, status: known}, host: 50}", []),
    ("{total: 300}", []),
    ("{grant: 250, host: 50}", []),
    ("{total: 300, grant: 250, commissioner: 20, host: 20, other: 10, note: Agreed in May}", []),
    ("{total: 300, grant: 250}", ["1:41 E61 the total is £300, but grant makes £250"]),
    ("{total: 0.5, grant: 0.25, other: 0.5}", ["1:41 E61 the total is £0.50, but grant + other make £0.75"]),
])
def test_the_shared_ask_adds_up(ask: str, errors: list[str]) -> None:
    assert errors_of(f"commissioner_plan: {{shared_ask: {ask}}}\n") == errors


@pytest.mark.parametrize(("text", "errors"), [
    (resources("{per_year: 5}", "{per_year: 5}", ask="15"), []),
    (resources("{per_year: 5}", "{per_year: 5}", ask="{value: 15, status: estimate}"), []),
    (resources("{per_year: 5}", ask="99"), []),
    (resources("{per_year: 5}", "{per_year: 5}").replace("kind: grant", "kind: host") + "summary: {ask: 99}\n", []),
    (resources("{per_year: 5}", "{per_year: 5}", ask="10"),
     ["5:16 E62 the ask is £10, but the grant rows under resources.funding make £15"]),
])
def test_the_ask_is_the_grant_in_the_funding(text: str, errors: list[str]) -> None:
    assert errors_of(text) == errors


@pytest.mark.parametrize(("text", "errors"), [
    ("governance: {stages: [{stage: adoption, direction: mixed, style: agile, start: 2026-01-01, end: 2026-01-01}]}\n", []),
    ("governance: {stages: [{stage: adoption, direction: mixed, style: agile, start: 2026-01-02, end: 2026-01-01}]}\n",
     ["1:97 E50 end 2026-01-01 comes before start 2026-01-02"]),
    ("timeline: {pilot: {start: 2026-03-01, launch: 2026-02-28}}\n",
     ["1:47 E50 launch 2026-02-28 comes before start 2026-03-01"]),
    ("resources: {team: [{id: H1, role: A, from: 2027/28, to: 2026/27}]}\n", ["1:57 E50 to 2026/27 comes before from 2027/28"]),
    ("resources: {gap: {per_year: 5, from: 2027/28, to: 2026/27}}\n", ["1:51 E50 to 2026/27 comes before from 2027/28"]),
    (benefit("{volume: 1, from: 2028/29, to: 2027/28}"), ["3:106 E50 to 2027/28 comes before from 2028/29"]),
    ("timeline: {pilot: {start: 2026-03-01, launch: 1 March}}\n", ["1:47 E29 1 March is not a date"]),
    ("resources: {team: [{id: H1, role: A, from: 2027, to: 2026/27}]}\n",
     ["1:44 E22 from is 2027; it should be a financial year like 2026/27"]),
])
def test_an_end_does_not_come_before_its_beginning(text: str, errors: list[str]) -> None:
    assert errors_of(text) == errors


def test_two_targets_for_one_month_are_told() -> None:
    text = ("benefits: {register: [{id: B1, title: A, class: unmonetisable, measure: B, targets: [{month: 6, value: 1}, %s]}]}")
    assert errors_of(text % "{month: 12, value: 1}") == []
    assert errors_of(text % "{month: 6, value: 2}") == ["1:108 E65 B1 has two targets for month 6"]


def test_a_case_that_no_workbook_can_hold_is_refused_before_it_is_built() -> None:
    rows = "\n".join(f"    - {{id: C{number}, item: A, category: other, type: revenue, recurrent: false, amount: {{2026/27: 1}}, "
                     "status: known, source: B}" for number in range(400))
    text = f"appraisal: {{price_base_year: 2026/27, years: %d}}\nresources:\n  costs:\n{rows}\n"
    assert errors_of(text % 20) == []
    assert errors_of(text % 40) == ["3:3 E74 the case has 16,400 amounts by year; a workbook of this kind holds 12,000"]
