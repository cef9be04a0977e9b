"""The simulation: the same draws for the same case, and a distribution that theory foretells."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bizcase.appraisal.appraise import Appraisal, appraise
from bizcase.appraisal.inputs import Benefit, BenefitClass, Chain, Cost, Inputs, Range, Status
from bizcase.appraisal.lines import AMOUNT
from bizcase.appraisal.money import Money
from bizcase.appraisal.scenario import Ends, Scenario
from bizcase.appraisal.simulation import BARS, PERCENTILES, Simulation, simulate
from tests.appraisal.generating import some_inputs
from tests.appraisal.making import CHOSEN, FIRST_YEAR, GREEN_BOOK, USUAL, appraised, benefit, chained, cost, often

DRAWS = GREEN_BOOK.conventions.draws


def made(appraisal: Appraisal, seed: int | None = None, draws: int = DRAWS) -> Simulation:
    house = replace(GREEN_BOOK.conventions, draws=draws, seed=GREEN_BOOK.conventions.seed if seed is None else seed)
    found = simulate(replace(appraisal, parameters=replace(GREEN_BOOK, conventions=house)))
    assert found is not None
    return found


def of(*rows: Cost | Benefit, **changes: Any) -> Simulation:
    return made(appraised(*rows, **changes))


UNCERTAIN = benefit(0, 500, name="B1", ranges={AMOUNT: Range(0.5, 1.2)})
DEAR = cost(100, 50, name="C1", spread=Range(0.8, 1.5))


def test_the_same_case_and_seed_give_the_same_result() -> None:
    assert of(DEAR, UNCERTAIN) == of(DEAR, UNCERTAIN)
    assert (of(DEAR, UNCERTAIN).seed, of(DEAR, UNCERTAIN).draws) == (GREEN_BOOK.conventions.seed, 5000)


def test_another_seed_gives_other_draws_and_nearly_the_same_mean() -> None:
    one, other = (made(appraised(DEAR, UNCERTAIN), seed) for seed in (1, 2))
    assert one.counts != other.counts
    assert one.mean != other.mean
    assert one.mean == pytest.approx(other.mean, abs=10)


def test_without_a_stated_range_there_is_nothing_to_draw() -> None:
    assert simulate(appraised(cost(100), benefit(0, 500), chained(Chain(10, 0.5, 8), name="B2"))) is None


def test_a_range_of_a_line_that_does_not_count_is_nothing_to_draw() -> None:
    rows = (replace(DEAR, options=("A3",)), replace(UNCERTAIN, options=("A1", "A2")))
    assert simulate(appraised(*rows, options=(USUAL, CHOSEN))) is None


def triangle(low: float, peak: float, high: float) -> tuple[float, float]:
    """Mean and standard deviation of the triangular distribution."""
    mean = (low + peak + high) / 3
    return mean, sqrt((low**2 + peak**2 + high**2 - low * peak - low * high - peak * high) / 18)


def above(value: float, low: float, peak: float, high: float) -> float:
    """The chance that a triangular draw lies above a value."""
    if value <= peak:
        return 1 - (value - low) ** 2 / ((high - low) * (peak - low))
    return (high - value) ** 2 / ((high - low) * (high - peak))


@pytest.mark.parametrize("seed", [1, 2, 3, GREEN_BOOK.conventions.seed])
@pytest.mark.parametrize(("low", "high", "spent"), [(0.5, 1.2, 350.0), (0.2, 1.0, 280.0), (1.0, 2.0, 620.0), (0.9, 1.1, 495.0)])
def test_one_driver_has_the_mean_the_chance_and_the_percentiles_of_its_triangle(low: float, high: float, spent: float,
                                                                                 seed: int) -> None:
    # A benefit of £500 in year 0 from `low` to `high` times as much, peak at 1, against a cost that is sure
    case = appraised(cost(spent), benefit(500, ranges={AMOUNT: Range(low, high)}))
    found = made(case, seed)
    mean, deviation = triangle(500 * low, 500, 500 * high)
    assert found.mean == pytest.approx(mean - spent, abs=3 * deviation / sqrt(DRAWS))
    chance = above(spent, 500 * low, 500, 500 * high)
    assert 0.05 < chance < 0.95
    assert found.above_zero == pytest.approx(chance, abs=3 * sqrt(chance * (1 - chance) / DRAWS))
    for share, value in found.percentiles.items():
        below = 1 - above(value + spent, 500 * low, 500, 500 * high)
        assert below == pytest.approx(share / 100, abs=4 * sqrt(share / 100 * (1 - share / 100) / DRAWS))
    assert found.drivers == 1


def test_a_cost_a_factor_and_an_amount_of_equal_reach_have_equal_distributions() -> None:
    # Each moves the NPSV between −100 and 200 about 0: mean 100 ÷ 3, and a chance of 2 in 3 to come out above
    amount = of(cost(300), benefit(300, ranges={AMOUNT: Range(2 / 3, 5 / 3)}))
    spent = of(cost(300, spread=Range(1 / 3, 4 / 3)), benefit(300))
    once = Money(per_year=300, end=FIRST_YEAR)
    factor = of(cost(300), chained(Chain(10, unit_value=30), ranges={"volume": Range(20 / 3, 50 / 3)}, money=once))
    deviation = triangle(-100, 0, 200)[1]
    for found in (amount, spent, factor):
        assert found.mean == pytest.approx(100 / 3, abs=3 * deviation / sqrt(DRAWS))
        assert found.above_zero == pytest.approx(2 / 3, abs=3 * sqrt(2 / 9 / DRAWS))


def test_two_factors_of_one_benefit_are_drawn_apart_and_multiplied() -> None:
    ranges = {"volume": Range(50, 150), "effect": Range(0.2, 0.8)}      # symmetrical about 100 and 0.5
    found = of(chained(Chain(100, 0.5), start=0, ranges=ranges), years=1)
    both = 50 * (1 + 1 / 1.035)
    # Of two independent factors the mean of the product is the product of the means
    of_volume, of_effect = triangle(0.5, 1, 1.5)[1], triangle(0.4, 1, 1.6)[1]
    deviation = both * sqrt((1 + of_volume**2) * (1 + of_effect**2) - 1)
    assert found.mean == pytest.approx(both, abs=3 * deviation / sqrt(DRAWS))
    assert found.drivers == 2


def test_two_drivers_are_independent() -> None:
    # The variance of a sum of independent drivers is the sum of their variances; what lies between the 5th and the 95th
    # percentile of many such sums is close to 3.29 deviations of a normal distribution.
    rows = [benefit(100, name=f"B{number}", ranges={AMOUNT: Range(0, 2)}) for number in range(12)]
    found = of(cost(1200), *rows)
    deviation = sqrt(12) * triangle(0, 100, 200)[1]
    assert found.percentiles[95] - found.percentiles[5] == pytest.approx(3.29 * deviation, rel=0.05)
    assert found.above_zero == pytest.approx(0.5, abs=3 * sqrt(0.25 / DRAWS))


def test_a_further_driver_leaves_the_draws_of_the_others_alone() -> None:
    alone, other = of(UNCERTAIN), of(DEAR)
    both = of(DEAR, UNCERTAIN)
    worth = {name: appraised(*rows).measures.npsv for name, rows in
             (("alone", (UNCERTAIN,)), ("other", (DEAR,)), ("both", (DEAR, UNCERTAIN)))}
    # Draw by draw the two add up, and so do their means to the last digits: 5,000 fresh draws would differ by pounds
    assert both.mean - worth["both"] == pytest.approx(alone.mean - worth["alone"] + other.mean - worth["other"], abs=1e-9)


def test_a_driver_that_is_worth_nothing_changes_nothing() -> None:
    idle = (cost(0, name="C0", spread=Range(0.5, 2)), benefit(0, name="B0", ranges={AMOUNT: Range(0.5, 2)}))
    before, after = of(DEAR, UNCERTAIN), of(idle[0], DEAR, idle[1], UNCERTAIN)
    assert replace(after, drivers=before.drivers) == before
    assert after.drivers == 4


def test_the_order_of_rows_changes_no_draw() -> None:
    further = benefit(0, 90, name="B2", ranges={AMOUNT: Range(0, 3)})
    one, other = of(UNCERTAIN, further), of(further, UNCERTAIN)
    assert one.percentiles == pytest.approx(other.percentiles, rel=1e-12)
    assert one.mean == pytest.approx(other.mean, rel=1e-12)


def test_a_range_without_width_gives_the_central_case_each_time() -> None:
    case = appraised(cost(100, spread=Range(1, 1)), benefit(150))
    found = made(case)
    assert (found.mean, found.above_zero, found.width) == (50, 1, 0)
    assert set(found.percentiles.values()) == {50}
    assert found.counts == (DRAWS, *[0] * (BARS - 1))


def test_a_benefit_that_business_as_usual_has_alone_is_drawn_as_a_loss() -> None:
    found = of(replace(UNCERTAIN, options=("A1",)), options=(USUAL, CHOSEN))
    assert found.starts[0] >= -1.2 * 500 / 1.035 - 1e-6
    assert found.above_zero == 0


def test_a_simulation_is_no_surer_than_its_case() -> None:
    assert of(DEAR, UNCERTAIN).status is Status.KNOWN
    assert of(DEAR, replace(UNCERTAIN, status=Status.ILLUSTRATIVE)).status is Status.ILLUSTRATIVE
    assert of(DEAR, benefit(5, kind=BenefitClass.SB, status=Status.DISPUTED)).status is Status.DISPUTED


@given(some_inputs(), st.integers(1, 300))
@settings(often, max_examples=60)
def test_a_distribution_is_in_order_and_all_its_draws_lie_between_the_two_ends_of_all_ranges(inputs: Inputs, draws: int) -> None:
    case = appraise(inputs, GREEN_BOOK)
    if simulate(case) is None:
        return
    found = made(case, draws=draws)
    assert found.draws == draws == sum(found.counts)
    assert len(found.counts) == len(found.starts) == BARS
    assert tuple(found.percentiles) == PERCENTILES
    assert all(earlier <= later for earlier, later in pairwise(found.percentiles.values()))
    assert found.starts[0] <= found.percentiles[5]
    assert found.percentiles[95] <= found.starts[-1] + found.width + 1e-6
    assert found.starts[0] - 1e-6 <= found.mean <= found.starts[-1] + found.width + 1e-6
    assert 0 <= found.above_zero <= 1


@given(some_inputs())
@settings(often, max_examples=60)
def test_no_draw_is_worse_than_all_ranges_at_their_worse_end_or_better_than_at_their_better(inputs: Inputs) -> None:
    plain = replace(inputs, options=(), costs=tuple(replace(row, options=()) for row in inputs.costs),
                    benefits=tuple(replace(row, options=()) for row in inputs.benefits))
    case = appraise(plain, GREEN_BOOK)
    if simulate(case) is None:
        return
    found = made(case, draws=100)
    worse, better = (appraise(plain, GREEN_BOOK, Scenario("x", "X", ranges=ends)).measures.npsv
                     for ends in (Ends.UNFAVOURABLE, Ends.FAVOURABLE))
    assert worse - 1e-6 <= found.starts[0]
    assert found.starts[-1] + found.width <= better + 1e-6


def test_the_bars_count_the_draws_between_their_ends() -> None:
    found = of(DEAR, UNCERTAIN)
    assert all(later - earlier == pytest.approx(found.width) for earlier, later in pairwise(found.starts))
    # As many draws lie below a percentile as the bars up to it hold, give or take those of its own bar
    for share, value in found.percentiles.items():
        bar = min(BARS - 1, int((value - found.starts[0]) / found.width))
        assert sum(found.counts[:bar]) <= DRAWS * share // 100 <= sum(found.counts[:bar + 1])
