"""What must agree between the fields of a sound specification: each rule with a text that keeps it and one that breaks it."""

from __future__ import annotations

import pytest

from bizcase.specification import consistency
from bizcase.specification.parameters import load_conventions
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
                     "_years_named_elsewhere_are_inside_too", "_a_benefit_is_valued_one_way", "_a_range_has_amounts_by_year",
                     "_prices_can_be_brought_to_the_base_year", "_an_option_is_preferred", "_one_target_a_month",
                     "_a_workbook_can_hold_it", "_funding_and_gap_meet_the_costs",
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


def a_risk(year: str) -> str:
    return ("appraisal: {price_base_year: 2026/27, years: 2}\nrisks:\n  register: [{id: R1, title: A, category: adoption, "
            f"likelihood: 1, impact: 1, owner: B, mitigation: C, year: {year}}}]\n")


def a_step(start: str) -> str:
    return ("appraisal: {price_base_year: 2026/27, years: 2}\n"
            f"scale_up:\n  steps: [{{id: X1, order: 1, setting: A, outside_host: true, start: {start}}}]\n")


@pytest.mark.parametrize(("text", "errors"), [
    (a_risk("2026/27"), []), (a_risk("2028/29"), []),
    (a_risk("2025/26"), ["3:110 E51 year is 2025/26; the appraisal covers 2026/27 to 2028/29"]),
    (a_risk("2029/30"), ["3:110 E51 year is 2029/30; the appraisal covers 2026/27 to 2028/29"]),
    (a_step("2026/27"), []), (a_step("2028/29"), []),
    (a_step("2029/30"), []),     # a step may come later than what is appraised
    (a_step("2025/26"), ["3:69 E51 start is 2025/26; the appraisal covers 2026/27 to 2028/29"]),
])
def test_the_years_of_risks_and_the_starts_of_steps_are_inside_too(text: str, errors: list[str]) -> None:
    assert errors_of(text) == errors


@pytest.mark.parametrize(("value", "errors"), [
    ("{by_year: {2026/27: 5}, range: {low: 0.7, high: 1.2}}", []),
    ("{by_year: {2026/27: 5}, range: {low: 1, high: 1}}", []),
    ("{volume: 1, unit_value: {value: 5, low: 5, high: 5}}", []),
    ("{volume: {value: 1, low: 0.5}, unit_value: {value: 5, high: 6}}", []),
    ("{volume: 1, unit_value: 5, range: {low: 0.7, high: 1.2}}", ["3:109 E66 B1 gives a range for amounts by year and has none"]),
    ("{range: {low: 0.7, high: 1.2}}", ["3:75 E63 B1 has a value without volume or by_year"]),
    ("{volume: 1, by_year: {2026/27: 5}, range: {low: 0.7, high: 1.2}}", ["3:75 E63 B1 is valued both by_year and by factors"]),
    ("{volume: 1, unit_value: {value: 5, low: 6}}", ["3:115 E66 low is 6, above value, which is 5"]),
    ("{volume: 1, unit_value: {value: 5, high: 4}}", ["3:107 E66 value is 5, above high, which is 4"]),
    ("{by_year: {2026/27: 5}, range: {low: 1.1, high: 1.2}}", ["3:112 E24 low is 1.1; the most allowed is 1"]),
    ("{by_year: {2026/27: 5}, range: {low: 0.7, high: 0.9}}", ["3:123 E24 high is 0.9; the least allowed is 1"]),
])
def test_a_range_holds_its_central_value_and_amounts_have_a_range_of_their_own(value: str, errors: list[str]) -> None:
    assert errors_of(benefit(value)) == errors


def priced(year: str, appraisal: str = "") -> str:
    return resources("{2026/27: 5}", "{2026/27: 5}").replace("amount: {2026/27: 5}}]\n  f", (
        f"amount: {{2026/27: 5}}, price_year: {year}}}]\n  f")).replace("years: 2", f"years: 2{appraisal}")


@pytest.mark.parametrize(("text", "errors", "hint"), [
    (priced("2026/27"), [], ""),                                         # the base year itself needs no index
    (priced("2023/24"), ["3:141 E67 C1 is in prices of 2023/24, and there is no price index for 2026"],
     "give appraisal.inflation, or the amount in prices of 2026/27"),
    (priced("2028/29"), ["3:141 E67 C1 is in prices of 2028/29, and there is no price index for 2026"],
     "give appraisal.inflation, or the amount in prices of 2026/27"),
    (priced("2009/10", ", inflation: 0.02"), ["3:141 E67 C1 is in prices of 2009/10, and there is no price index for 2009"],
     "give the amount in prices of 2026/27"),
])
def test_prices_of_another_year_can_be_brought_to_the_base_year(text: str, errors: list[str], hint: str) -> None:
    assert errors_of(text) == errors
    assert [found.hint for found in findings_of(text) if found.code == "E67"] == ([hint] if hint else [])


def test_with_an_assumed_inflation_an_old_price_meets_funding_that_is_dearer() -> None:
    """100 in prices of 2024/25 are 100 × 1.02² = 104.04 two years later, where 2024 is the last year of the index."""
    text = priced("2024/25", ", inflation: 0.02").replace("{2026/27: 5}", "{2026/27: 100}")
    assert errors_of(text) == ["4:12 E60 in 2026/27 costs of £104.04 meet funding of £100"]
    assert errors_of(text.replace("applied for, amount: {2026/27: 100}", "applied for, amount: {2026/27: 104.04}")) == []


def options(kinds: str, named: str) -> str:
    items = ", ".join(f"{{id: A{number}, name: A, description: B, {kind}}}" for number, kind in enumerate(kinds.split("; "), 1))
    return (f"options: {{items: [{items}]}}\n" + resources("{2026/27: 5}", "{2026/27: 5}").replace(
        "amount: {2026/27: 5}}]\n  f", f"amount: {{2026/27: 5}}, options: {named}}}]\n  f"))


@pytest.mark.parametrize(("text", "errors"), [
    (options("kind: business as usual; kind: preferred", "[A2]"), []),
    (options("kind: business as usual; kind: other, decision: preferred", "[A2]"), []),
    (options("kind: business as usual; kind: other", "[]"), []),        # a line without options belongs to the bid itself
    (options("kind: business as usual; kind: other", "[A2]"), ["4:138 E68 C1 names options, and no option is preferred"]),
    (options("kind: business as usual; kind: other, decision: carried forward", "[A1, A2]"),
     ["4:138 E68 C1 names options, and no option is preferred"]),
])
def test_where_lines_name_options_one_option_is_preferred(text: str, errors: list[str]) -> None:
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
    (resources("{per_year: 5}", "{per_year: 6}").replace("source: Bill", "source: Bill, vat: not recoverable"), []),
    (resources("{per_year: 5}", "{per_year: 5}").replace("source: Bill", "source: Bill, vat: recoverable"), []),
    (resources("{2026/27: 5}", "{2026/27: 5}").replace("source: Bill", "source: Bill, vat: not recoverable"),
     ["4:12 E60 in 2026/27 costs of £6 meet funding of £5"]),
    (resources("{per_year: 100}", "{2026/27: 100, 2027/28: 110, 2028/29: 121}").replace("years: 2", "years: 2, inflation: 0.1"),
     []),
    (resources("{per_year: 100}", "{per_year: 100}").replace("years: 2", "years: 2, inflation: 0.1"),
     ["4:12 E60 in 2027/28 costs of £110.00 meet funding of £100; in 2028/29 costs of £121.00 meet funding of £100"]),
    (options("kind: business as usual; kind: preferred; kind: other", "[A1, A2]"), []),
    (options("kind: business as usual; kind: preferred; kind: other", "[A3]"),
     ["5:12 E60 in 2026/27 costs of £0 meet funding of £5"]),
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


def many(rows: int, years: int, scenarios: int = 0) -> str:
    """A case of so many costs, and of so many scenarios beside those of the house."""
    costs = "\n".join(f"    - {{id: C{number}, item: A, category: other, type: revenue, recurrent: false, "
                      "amount: {2026/27: 1}, status: known, source: B}" for number in range(rows))
    tried = ", ".join(f"{{id: Z{number}, name: A}}" for number in range(scenarios))
    return f"appraisal: {{price_base_year: 2026/27, years: {years}, scenarios: [{tried}]}}\nresources:\n  costs:\n{costs}\n"


@pytest.mark.parametrize(("rows", "years", "scenarios", "errors"), [
    (400, 20, 0, []),
    (400, 40, 0, ["3:3 E74 the case has 16,400 amounts by year; a workbook of this kind holds 12,000"]),
    (1_000, 1, 0, []),
    (1_001, 1, 0, ["3:3 E74 the case has 1,001 lines of cost, benefit and funding; a workbook of this kind holds 1,000"]),
    (1_000, 1, 40 - len(load_conventions().scenarios), []),
    (1_000, 1, 41 - len(load_conventions().scenarios),
     ["3:3 E74 the case has 41,000 lines times scenarios and options; a workbook of this kind holds 40,000"]),
])
def test_a_case_that_no_workbook_can_hold_is_refused_before_it_is_built(
        rows: int, years: int, scenarios: int, errors: list[str]) -> None:
    assert [found for found in errors_of(many(rows, years, scenarios)) if "E74" in found] == errors
