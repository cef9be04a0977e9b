"""From the cost of the economic case to that of the financial case, step by step (FIELD 1.2)."""

from __future__ import annotations

import pytest
from hypothesis import given

from bizcase.appraisal.affordability import affordability
from bizcase.appraisal.appraise import appraise
from bizcase.appraisal.inputs import Inputs, OptimismBias
from bizcase.appraisal.prices import Prices
from bizcase.appraisal.reconciliation import reconcile
from tests.appraisal.generating import some_inputs
from tests.appraisal.making import CHOSEN, GREEN_BOOK, USUAL, appraised, cost, often


def test_a_reconciliation_by_hand() -> None:
    #             economic            bias    real   as now     +10 % a year   × 1.2
    # C1  (1,000 + 1,000) × 1.5 = 3,000  −1,000  2,000               + 100        + 420   = 2,520
    # C2  business as usual has it too: 0           0   + 300        +  30                =   330
    # C3  saved: −200                                   + 200                             =     0
    found = reconcile(appraised(
        cost(1000, 1000, bias=OptimismBias(rate=0.5), vat=0.2), cost(0, 300, name="C2", options=("A1", "A2")),
        cost(200, name="C3", options=("A1",)), years=1, options=(USUAL, CHOSEN), prices=Prices(2026, {}, 0.1)))
    assert found.economic == pytest.approx(2800)
    assert found.optimism_bias == pytest.approx(-1000)
    assert found.set_off == pytest.approx(500)
    assert found.inflation == pytest.approx(130)
    assert found.vat == pytest.approx(420)
    assert found.cash == pytest.approx(2850)


def test_where_nothing_lies_between_the_cases_their_totals_are_one() -> None:
    found = reconcile(appraised(cost(100, 50)))
    assert (found.economic, found.cash) == (150, 150)
    assert (found.optimism_bias, found.set_off, found.inflation, found.vat) == (0, 0, 0, 0)


@given(some_inputs())
@often
def test_the_parts_add_up_to_the_cash_of_the_financial_case(inputs: Inputs) -> None:
    made = appraise(inputs, GREEN_BOOK)
    found = reconcile(made)
    assert found.economic == pytest.approx(sum(made.flow.total_cost), rel=1e-9, abs=1e-6)
    assert found.cash == pytest.approx(sum(affordability(made).cash_cost), rel=1e-9, abs=0.05)


@given(some_inputs())
@often
def test_without_options_bias_and_vat_only_inflation_is_left(inputs: Inputs) -> None:
    plain = appraise(Inputs(inputs.timeframe, tuple(
        cost(*row.money.series(inputs.timeframe), name=row.id) for row in inputs.costs), prices=inputs.prices), GREEN_BOOK)
    found = reconcile(plain)
    assert (found.optimism_bias, found.set_off, found.vat) == (0, 0, 0)
    if not inputs.prices.inflation:
        assert found.inflation == 0
    assert found.inflation >= 0
