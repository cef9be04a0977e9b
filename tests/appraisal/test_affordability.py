"""Cash beside funding: who pays in which year, what is confirmed, and the cliff when the grants end."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from bizcase.appraisal.affordability import (
    NOBODY,
    Affordability,
    affordability,
    cash_by_year,
    cash_cost,
    last_funded,
    payers_by_year,
)
from bizcase.appraisal.appraise import appraise
from bizcase.appraisal.inputs import Benefit, Cost, Funding, Inputs, OptimismBias
from bizcase.appraisal.prices import Prices
from bizcase.appraisal.scenario import Scenario
from tests.appraisal.generating import some_inputs
from tests.appraisal.making import CHOSEN, GREEN_BOOK, USUAL, appraised, cost, funding, inputs_of, often


def of(*rows: Cost | Benefit | Funding, **settings: Any) -> Affordability:
    return affordability(appraised(*rows, **settings))


def test_what_is_not_funded_is_cost_before_bias_less_funding() -> None:
    made = appraised(cost(100, 50), funding(80, 20, name="F1"), funding(0, 30, name="F2"), years=1)
    assert affordability(made).cash_cost == (100, 50)
    assert affordability(made).funded == (80, 50)
    assert affordability(made).gap == (20, 0)
    assert [line.amounts for line in affordability(made).funding] == [(80, 20), (0, 30)]


def test_a_surplus_of_one_year_does_not_cover_the_gap_of_another() -> None:
    found = of(cost(100, 100), funding(50, 150), years=1)
    assert (found.gap, found.surplus) == ((50, 0), (0, 50))


def test_optimism_bias_leaves_affordability_alone_for_nobody_is_asked_to_fund_it() -> None:
    made = appraised(cost(100, bias=OptimismBias(rate=2.0)))
    assert (made.flow.total_cost[0], affordability(made).cash_cost[0]) == (300, 100)


def test_a_payer_pays_while_it_has_money_then_the_payer_after_the_grant_then_nobody() -> None:
    inputs = inputs_of(
        cost(9, 9, 9, 9, name="C1", payer="F1", payer_after_grant="F2"), cost(9, 9, 9, 9, name="C2", payer="F1"),
        cost(9, 9, 9, 9, name="C3", payer_after_grant="F2"), cost(9, 9, 9, 9, name="C4"),
        cost(9, 9, 9, 9, name="C5", payer="F9", payer_after_grant="F8"),
        funding(5, 0, 5), funding(0, 0, 0, 7, name="F2", kind="host"), years=3)
    assert payers_by_year(inputs) == [
        ("F1", "F1", "F1", "F2"),                   # up to the last year in which the grant has an amount
        ("F1", "F1", "F1", NOBODY), ("F2", "F2", "F2", "F2"), (NOBODY,) * 4, (NOBODY,) * 4]


@pytest.mark.parametrize(("amounts", "last"), [((5, 0, 5), 2), ((5,), 0), ((), -1), ((0, 0, 0), -1), ((0, 0, 0, 0, 9), -1)])
def test_a_funding_lasts_until_its_last_amount_within_the_years(amounts: tuple[float, ...], last: int) -> None:
    assert last_funded(funding(*amounts), inputs_of(years=3)) == last


def test_what_each_payer_needs_is_set_beside_what_it_gives() -> None:
    found = of(cost(80, 50, 50, payer="F1", payer_after_grant="F2"), cost(20, 20, 20, name="C2", payer="F2"),
               cost(1, 2, 3, name="C3"), funding(100, 30), funding(10, 20, 60, name="F2", kind="host"), years=2)
    grant, host = found.funding
    assert (grant.needed, host.needed, found.no_payer) == ((80, 50, 0), (20, 20, 70), (1, 2, 3))
    assert grant.short == (0, 20, 0)                # 20 too much in year 0 pays nothing in year 1
    assert host.short == (10, 0, 10)
    assert found.cash_cost == (101, 72, 73)


def test_confirmed_funding_is_told_from_what_is_hoped_for() -> None:
    found = of(cost(100, 100), funding(40, 10), funding(30, 20, name="F2", status="expected"),
               funding(5, 5, name="F3", status="applied for"), years=1)
    assert (found.confirmed, found.unconfirmed, found.funded, found.gap) == ((40, 10), (35, 25), (75, 35), (25, 65))


def test_the_cliff_by_hand() -> None:
    found = of(cost(500, name="C1"), cost(0, 60, 60, 60, 60, name="C2", recurrent=True), cost(0, 0, 0, 40, name="C3"),
               funding(500, 60), funding(0, 0, 25, 25, 0, name="F2", kind="host"),
               funding(0, 0, 0, 50, 50, name="F3", kind="commissioner", status="expected"), years=4)
    cliff = found.cliff
    assert (cliff.grant_ends, cliff.first_year) == (1, 2)
    assert cliff.recurrent == (0, 0, 60, 60, 60)            # the one-off cost of year 3 is none of it
    assert cliff.confirmed == (0, 0, 25, 25, 0)
    assert cliff.unconfirmed == (0, 0, 0, 35, 50)           # 50 is promised where 35 are left to pay
    assert cliff.nobody == (0, 0, 35, 0, 10)


def test_the_last_grant_to_end_is_the_edge_of_the_cliff() -> None:
    found = of(cost(9, 9, 9, 9, recurrent=True), funding(9), funding(0, 9, 9, name="F2"), years=3)
    assert (found.cliff.grant_ends, found.cliff.first_year) == (2, 3)


@pytest.mark.parametrize("rows", [
    (cost(9, 9, recurrent=True), funding(9, 9, kind="host")),       # no grant at all
    (cost(9, 9), funding(9)),                                       # nothing recurs
    (cost(9, 9, recurrent=True), funding(9, 9)),                    # the grant lasts all the years
])
def test_there_is_no_cliff_without_a_grant_that_ends_before_its_costs(rows: tuple[Cost | Funding, ...]) -> None:
    cliff = of(*rows, years=1).cliff
    assert cliff.first_year is None
    assert (cliff.recurrent, cliff.confirmed, cliff.unconfirmed, cliff.nobody) == ((0, 0),) * 4
    assert (cliff.grant_ends is None) == (not any(isinstance(row, Funding) and row.is_grant for row in rows))


def test_cash_has_vat_and_inflation_on_top_and_no_optimism_bias() -> None:
    made = appraised(cost(100, 100, 100, vat=0.2, bias=OptimismBias(rate=0.5)), cost(0, 50, name="C2"), years=2,
                     prices=Prices(2026, {}, 0.1))
    assert cash_cost(made.costs[0], made.inputs) == pytest.approx((120, 132, 145.2))
    assert affordability(made).cash_cost == pytest.approx((120, 187, 145.2))
    assert made.measures.pvc == pytest.approx(150 + (150 + 50) / 1.035 + 150 / 1.035**2)    # value has neither


def test_cash_is_what_the_preferred_option_spends_and_not_its_increment() -> None:
    found = of(cost(50, name="C1", options=("A1", "A2")), cost(9, name="C2", options=("A1",)), options=(USUAL, CHOSEN))
    assert found.cash_cost[0] == 50


def test_the_scenario_shown_changes_the_cash_as_well() -> None:
    assert of(cost(100), scenario=Scenario("x", "X", costs=0.2)).cash_cost[0] == 120
    assert of(cost(100), cost(50, name="C2", step="X1"), scenario=Scenario("x", "X", scale_up=False)).cash_cost[0] == 100


@given(some_inputs())
@often
def test_what_the_payers_need_and_what_nobody_pays_is_the_whole_cash_cost(inputs: Inputs) -> None:
    found = affordability(appraise(inputs, GREEN_BOOK))
    for year, cash in enumerate(found.cash_cost):
        needed = sum(line.needed[year] for line in found.funding) + found.no_payer[year]
        assert needed == pytest.approx(cash, rel=1e-9, abs=0.01)
        assert found.funded[year] == pytest.approx(found.confirmed[year] + found.unconfirmed[year])
        assert found.gap[year] - found.surplus[year] == pytest.approx(cash - found.funded[year], rel=1e-9, abs=0.01)
        assert min(found.gap[year], found.surplus[year]) == 0, "a year is short or has too much, never both"


@given(some_inputs())
@often
def test_the_cliff_is_made_of_recurrent_costs_after_the_last_grant_and_each_pound_of_it_is_paid_once(inputs: Inputs) -> None:
    made = appraise(inputs, GREEN_BOOK)
    found = affordability(made)
    ends = found.cliff.grant_ends
    for year in range(inputs.timeframe.years + 1):
        recurrent = sum(cash_cost(line, inputs)[year] for line in made.costs if line.cost.recurrent)
        assert found.cliff.recurrent[year] == pytest.approx(recurrent if ends is not None and year > ends else 0)
        parts = (found.cliff.confirmed[year], found.cliff.unconfirmed[year], found.cliff.nobody[year])
        assert sum(parts) == pytest.approx(found.cliff.recurrent[year], rel=1e-9, abs=0.01)
        assert min(parts) >= 0
        assert parts[0] <= found.confirmed[year] + 1e-9
        assert parts[1] <= found.unconfirmed[year] + 1e-9


@given(some_inputs())
@often
def test_cash_before_the_appraisal_is_cash_in_it_for_the_lines_that_are_spent(inputs: Inputs) -> None:
    made = appraise(inputs, GREEN_BOOK)
    for line in made.costs:
        spent = inputs.bears(line.cost, inputs.preferred)
        assert cash_cost(line, inputs) == pytest.approx(
            cash_by_year(line.cost, inputs) if spent else [0] * len(inputs.timeframe.calendar))
