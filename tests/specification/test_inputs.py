"""From sound data to what is computed with: years, costs, benefits, funding, options, steps, risks, scenarios and prices."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bizcase.appraisal.inputs import BenefitClass, Inputs, OptimismBias, Option, Range, Risk, Status, Step
from bizcase.appraisal.lines import AMOUNT
from bizcase.appraisal.money import Money, Timeframe
from bizcase.appraisal.scenario import Bias, Discounting, Ends, Scenario
from bizcase.specification.inputs import DEFAULT_YEARS, SOCIETY, THE_HOST, appraisal_inputs, timeframe
from bizcase.specification.parameters import load_conventions, load_parameters
from tests.specification.checking import project_of

GREEN_BOOK = load_parameters("green-book-2026")
FROM_2026 = {"price_base_year": "2026/27"}


def inputs_of(**data: Any) -> Inputs:
    return appraisal_inputs({"appraisal": FROM_2026, **data}, GREEN_BOOK)


def a_cost(**more: Any) -> dict[str, Any]:
    return {"id": "C1", "item": "A", "category": "other", "type": "revenue", "recurrent": True, "status": "known", "source": "B",
            "amount": {"per_year": 9}, **more}


def a_benefit(**more: Any) -> dict[str, Any]:
    return {"id": "B1", "title": "A", "class": "cash-releasing", "measure": "B", **more}


@pytest.mark.parametrize(("data", "years"), [
    ({"appraisal": {"price_base_year": "2025/26", "first_year": "2026/27", "years": 3}}, Timeframe(2025, 2026, 3)),
    ({"appraisal": {"price_base_year": "2025/26"}}, Timeframe(2025, 2025, DEFAULT_YEARS)),
    ({"resources": {"costs": [{"amount": {"2028/29": 1}}], "funding": [{"amount": {"per_year": 1, "from": "2027/28"}}]}},
     Timeframe(2027, 2027, DEFAULT_YEARS)),
    ({"resources": {"costs": [{"amount": {"per_year": 1}}], "gap": {"2030/31": 1}}}, Timeframe(2030, 2030, DEFAULT_YEARS)),
    ({"resources": {"costs": [{"amount": {"2028/29": 1}}]},
      "benefits": {"register": [{"value": {"by_year": {"2026/27": 5}}}, {}]}}, Timeframe(2026, 2026, DEFAULT_YEARS)),
    ({"resources": {"costs": [{"amount": {"2028/29": 1}}]},
      "benefits": {"register": [{"value": {"volume": 1, "from": "2027/28"}}]}}, Timeframe(2027, 2027, DEFAULT_YEARS)),
    ({"document": {"date": "2026-03-31"}}, Timeframe(2025, 2025, DEFAULT_YEARS)),
    ({"document": {"date": "2026-04-01"}}, Timeframe(2026, 2026, DEFAULT_YEARS)),
    ({}, Timeframe(2026, 2026, DEFAULT_YEARS)),
])
def test_the_years_appraised_are_those_given_or_those_that_the_amounts_name(data: dict[str, Any], years: Timeframe) -> None:
    assert timeframe(data) == years


@pytest.mark.parametrize(("written", "bias"), [
    ("{}", OptimismBias()),
    ("{category: equipment and development}", OptimismBias("equipment and development", 2.0, upper=2.0)),
    ("{category: equipment and development, rate: 0.4, mitigation: 0.5, reason: A}",
     OptimismBias("equipment and development", 0.4, 0.5, "A", upper=2.0)),
    ("{category: our own kind, rate: 0.3}", OptimismBias("our own kind", 0.3)),
])
def test_the_uplift_is_the_guidances_unless_the_bid_gives_its_own(written: str, bias: OptimismBias) -> None:
    text = ("resources: {costs: [{id: C1, item: A, category: other, type: capital, recurrent: false, amount: {2026/27: 5}, "
            f"status: known, source: B, optimism_bias: {written}}}]}}")
    assert project_of(text).inputs.costs[0].optimism_bias == bias


def test_a_benefit_is_no_surer_than_its_weakest_factor() -> None:
    text = ("benefits: {register: [{id: B1, title: A, class: societal, measure: B, status: %s, "
            "value: {volume: %s, unit_value: 5}}]}")
    for status, volume, weakest in (("known", "1", "known"), ("known", "{value: 1, status: illustrative}", "illustrative"),
                                    ("disputed", "{value: 1, status: estimate}", "disputed")):
        assert project_of(text % (status, volume)).inputs.benefits[0].status == weakest


def test_a_benefit_begins_in_the_first_year_and_a_benefit_that_waits_begins_with_its_latest_step() -> None:
    steps = [{"id": "X2", "order": 2, "setting": "Far", "start": "2029/30", "outside_host": True},
             {"id": "X1", "order": 1, "setting": "Near", "start": "2028/29", "ramp": [0.5, 1], "sites": 3, "outside_host": False},
             {"id": "X3", "order": 3, "setting": "Farther", "outside_host": True}]
    value = {"volume": 10, "unit_value": 5}
    found = inputs_of(scale_up={"steps": steps}, benefits={"register": [
        a_benefit(value=value), a_benefit(value=value, depends_on_scale=["X1"]),
        a_benefit(value=value, depends_on_scale=["X2", "X1"]), a_benefit(value=value, depends_on_scale=["X3"]),
        a_benefit(value={**value, "from": "2027/28"}, depends_on_scale=["X1"])]})
    assert [row.money for row in found.benefits] == [
        Money(per_year=50, start=2026), Money(per_year=50, start=2028, ramp=(0.5, 1), start_step="X1", ramp_step="X1"),
        Money(per_year=50, start=2029, start_step="X2", ramp_step="X2"), Money(per_year=50, start=2026),
        Money(per_year=50, start=2027)]
    assert [row.steps for row in found.benefits] == [(), ("X1",), ("X2", "X1"), ("X3",), ("X1",)]
    assert found.steps == (Step("X1", "Near", 3, 2028, (0.5, 1)), Step("X2", "Far", 0, 2029, (), True),
                           Step("X3", "Farther", 0, None, (), True))


def test_of_steps_that_start_together_the_later_one_in_order_sets_the_pace() -> None:
    steps = [{"id": "X2", "order": 1, "setting": "A", "start": "2028/29", "ramp": [0.2, 1], "outside_host": True},
             {"id": "X1", "order": 2, "setting": "B", "start": "2028/29", "ramp": [0.5, 1], "outside_host": True}]
    found = inputs_of(scale_up={"steps": steps}, benefits={"register": [
        a_benefit(value={"volume": 1, "unit_value": 1}, depends_on_scale=["X1", "X2"])]})
    money = found.benefits[0].money
    assert money is not None
    assert (money.start_step, money.ramp) == ("X1", (0.5, 1))


def test_a_cost_belongs_to_the_step_it_names_or_to_the_one_that_names_it() -> None:
    steps = [{"id": "X1", "order": 1, "setting": "Near", "start": "2028/29", "outside_host": False, "costs": ["C2", "C3"]},
             {"id": "X2", "order": 2, "setting": "Far", "start": "2029/30", "outside_host": True}]
    found = inputs_of(scale_up={"steps": steps}, resources={"costs": [
        a_cost(), a_cost(id="C2"), a_cost(id="C3", scale_step="X2")]})
    assert [(row.step, row.steps, row.money.start) for row in found.costs] == [
        ("", (), 2026), ("X1", ("X1",), 2028), ("X2", ("X2",), 2029)]


@pytest.mark.parametrize(("vat", "rate"), [({}, 0), ({"vat": "none"}, 0), ({"vat": "recoverable"}, 0),
                                           ({"vat": "not recoverable"}, 0.2)])
def test_vat_comes_on_top_only_where_it_cannot_be_recovered(vat: dict[str, str], rate: float) -> None:
    assert inputs_of(resources={"costs": [a_cost(**vat)]}).costs[0].vat == rate


def test_a_cost_keeps_its_price_year_its_range_its_options_and_its_payers() -> None:
    plain, full = inputs_of(resources={"costs": [a_cost(), a_cost(
        price_year="2023/24", range={"low": 0.9, "high": 1.3}, options=["A1", "A2"], payer="F1", payer_after_grant="F2")]}).costs
    assert (plain.price_year, plain.spread, plain.options, plain.payer, plain.payer_after_grant) == (None, None, (), "", "")
    assert (full.price_year, full.spread, full.options) == (2023, Range(0.9, 1.3), ("A1", "A2"))
    assert (full.payer, full.payer_after_grant) == ("F1", "F2")


def test_the_upper_bound_of_a_category_is_kept_beside_the_bids_own_rate() -> None:
    bias = {"category": "standard buildings", "rate": 0.1, "mitigation": 0.5, "reason": "C"}
    found = inputs_of(resources={"costs": [a_cost(optimism_bias=bias)]}).costs[0].optimism_bias
    assert (found.rate, found.uplift, found.upper, found.at_the_upper_bound) == (0.1, 0.05, 0.24, 0.24)


def test_the_ranges_of_a_benefit_are_those_of_its_factors_or_of_its_amounts() -> None:
    factors = {"volume": {"value": 10, "low": 8}, "unit_value": 5, "deadweight": {"value": 0.1, "low": 0, "high": 0.2}}
    spelled_out = {"by_year": {"2026/27": 5}, "range": {"low": 0.5, "high": 1.2}}
    found = inputs_of(benefits={"register": [a_benefit(value=factors), a_benefit(value=spelled_out), a_benefit()]}).benefits
    assert [row.ranges for row in found] == [
        {"volume": Range(8.0, 10.0), "deadweight": Range(0.0, 0.2)}, {AMOUNT: Range(0.5, 1.2)}, {}]


@pytest.mark.parametrize(("row", "gainer"), [
    ({"accrues_to": "Ambulance service"}, "Ambulance service"),
    ({"class": "societal", "accrues_to": "Ambulance service"}, "Ambulance service"),
    ({"class": "societal", "beneficiaries": ["S1"]}, SOCIETY),
    ({"beneficiaries": ["S1", "S2"]}, "Eastfield"),
    ({"beneficiaries": ["S2", "S1"]}, "Northmoor"),      # a person without an organisation is of the host
    ({"beneficiaries": ["S9"]}, "Northmoor"),
    ({}, "Northmoor"),
])
def test_who_gains_is_named_or_society_or_the_first_who_benefits_or_the_host(row: dict[str, Any], gainer: str) -> None:
    people = {"map": [{"id": "S1", "organisation": "Eastfield"}, {"id": "S2"}]}
    found = inputs_of(document={"organisation": "Northmoor"}, stakeholders=people, benefits={"register": [a_benefit(**row)]})
    assert found.benefits[0].accrues_to == gainer


def test_a_host_without_a_name_gains_all_the_same() -> None:
    assert inputs_of(benefits={"register": [a_benefit()]}).benefits[0].accrues_to == THE_HOST


def test_funding_keeps_the_organisation_whose_money_it_is() -> None:
    row = {"id": "F1", "source": "Fund", "kind": "grant", "amount": {"2026/27": 5}, "status": "confirmed"}
    plain, named = inputs_of(resources={"funding": [row, {**row, "organisation": "Northmoor"}]}).funding
    assert (plain.payer, named.payer) == ("Fund", "Northmoor")


def test_options_come_in_their_order_with_their_lives() -> None:
    items = [{"id": "A1", "name": "As now", "kind": "business as usual"},
             {"id": "A2", "name": "Portal", "kind": "other", "decision": "preferred", "reason": "Best", "life": 4}]
    found = inputs_of(options={"items": items})
    assert found.options == (Option("A1", "As now", "business as usual"),
                             Option("A2", "Portal", "other", "preferred", "Best", 4))
    assert found.preferred == found.options[1]


def test_only_a_risk_with_a_probability_and_a_cost_is_priced() -> None:
    rows = [{"id": "R1", "title": "Late", "probability": 0.3, "year": "2028/29",
             "exposure": {"value": 400, "status": "disputed"}},
            {"id": "R2", "title": "Dear", "probability": 1, "exposure": 50},
            {"id": "R3", "title": "Vague", "probability": 0.5}, {"id": "R4", "title": "Vaguer", "exposure": 50}]
    assert inputs_of(risks={"register": rows}).risks == (
        Risk("R1", "Late", 0.3, 400.0, 2028, Status.DISPUTED), Risk("R2", "Dear", 1.0, 50.0, 2026, Status.KNOWN))


HOUSE = load_conventions().scenarios


def test_the_scenarios_are_those_of_the_house_where_the_bid_gives_none() -> None:
    assert inputs_of().scenarios == HOUSE
    assert len(HOUSE) > 5
    assert len({row.id for row in HOUSE}) == len(HOUSE)


def test_a_scenario_of_the_bid_comes_last_or_takes_the_place_of_the_one_with_its_id() -> None:
    rows = [{"id": "Z1", "name": "Half join", "benefits": -0.5}, {"id": "late", "name": "Two years late", "delay": 2}]
    found = inputs_of(appraisal={**FROM_2026, "scenarios": rows}).scenarios
    assert [row.id for row in found] == [*(row.id for row in HOUSE), "Z1"]
    assert found[-1] == Scenario("Z1", "Half join", benefits=-0.5)
    assert [row for row in found if row.id == "late"] == [Scenario("late", "Two years late", delay=2)]
    assert [row for row in found if row.id not in ("late", "Z1")] == [row for row in HOUSE if row.id != "late"]


def test_a_scenario_says_everything_it_can_say() -> None:
    row = {"id": "Z1", "name": "All", "costs": 0.1, "benefits": -0.1, "delay": 3, "deadweight": 0.2,
           "optimism_bias": "upper bound", "scale_up": False, "discounting": "reduced", "ranges": "unfavourable"}
    assert inputs_of(appraisal={**FROM_2026, "scenarios": [row]}).scenarios[-1] == Scenario(
        "Z1", "All", 0.1, -0.1, 3, 0.2, Bias.UPPER, False, Discounting.REDUCED, Ends.UNFAVOURABLE)


def test_prices_have_the_index_of_the_parameters_and_the_inflation_of_the_bid() -> None:
    found = inputs_of(appraisal={"price_base_year": "2025/26", "first_year": "2026/27", "inflation": 0.02}).prices
    assert (found.base_year, found.inflation, found.index) == (2025, 0.02, GREEN_BOOK.deflator.index)
    assert inputs_of().prices.inflation is None


def test_a_written_specification_reaches_the_inputs_with_all_it_says() -> None:
    cost = a_cost(vat="not recoverable", price_year="2024/25", range={"low": 0.9, "high": 1.2}, options=["A2"])
    gain = a_benefit(accrues_to="Eastfield", options=["A2"], depends_on_scale=["X1"],
                     value={"by_year": {"2028/29": 7}, "range": {"low": 0.5, "high": 1.5}})
    data = {"appraisal": {**FROM_2026, "inflation": 0.02}, "resources": {"costs": [cost]}, "benefits": {"register": [gain]},
            "options": {"items": [{"id": "A2", "name": "Portal", "kind": "preferred", "description": "A", "decision": "preferred",
                                   "reason": "B", "life": 3}]},
            "scale_up": {"steps": [{"id": "X1", "order": 1, "setting": "Near", "outside_host": False}]}}
    found = project_of(json.dumps(data)).inputs
    assert (found.costs[0].vat, found.costs[0].price_year, found.costs[0].spread) == (0.2, 2024, Range(0.9, 1.2))
    assert (found.benefits[0].benefit_class, found.benefits[0].steps, found.benefits[0].options) == (
        BenefitClass.CRB, ("X1",), ("A2",))
    assert found.benefits[0].ranges == {AMOUNT: Range(0.5, 1.5)}
    assert (found.options[0].life, found.prices.inflation) == (3, 0.02)
