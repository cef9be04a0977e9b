"""Discount factors against the published table and against closed forms (Green Book, discounting; FIELD 1.2 and 4.4)."""

from __future__ import annotations

from itertools import pairwise
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.appraisal.discounting import discount_factors, present_value
from bizcase.appraisal.parameters import Band, Schedule
from tests.appraisal.making import GREEN_BOOK, MADE_UP, often

# The year, the standard factor and the health factor, to six decimals.
PUBLISHED = """
  0 1.000000 1.000000     1 0.966184 0.985222     2 0.933511 0.970662
  3 0.901943 0.956317     4 0.871442 0.942184     5 0.841973 0.928260
  6 0.813501 0.914542     7 0.785991 0.901027     8 0.759412 0.887711
  9 0.733731 0.874592    10 0.708919 0.861667    11 0.684946 0.848933
 12 0.661783 0.836387    13 0.639404 0.824027    14 0.617782 0.811849
 15 0.596891 0.799852    16 0.576706 0.788031    17 0.557204 0.776385
 18 0.538361 0.764912    19 0.520156 0.753607    20 0.502566 0.742470
 21 0.485571 0.731498    22 0.469151 0.720688    23 0.453286 0.710037
 24 0.437957 0.699544    25 0.423147 0.689206    26 0.408838 0.679021
 27 0.395012 0.668986    28 0.381654 0.659099    29 0.368748 0.649359
 30 0.356278 0.639762    31 0.345901 0.631615    32 0.335827 0.623571
 33 0.326045 0.615629    34 0.316549 0.607788    35 0.307329 0.600048
 36 0.298378 0.592406    37 0.289687 0.584861    38 0.281249 0.577412
 39 0.273058 0.570059    40 0.265105 0.562799    41 0.257383 0.555631
 42 0.249887 0.548555    43 0.242608 0.541568    44 0.235542 0.534671
 45 0.228682 0.527862    46 0.222021 0.521139    47 0.215554 0.514502
 48 0.209276 0.507949    49 0.203181 0.501480    50 0.197263 0.495094
 51 0.191517 0.488788    52 0.185939 0.482563    53 0.180523 0.476417
 54 0.175265 0.470350    55 0.170161 0.464360    56 0.165204 0.458446
 57 0.160393 0.452607    58 0.155721 0.446843    59 0.151185 0.441152
 60 0.146782 0.435534    61 0.142507 0.429987
"""
LATER = """
 75 0.094214 0.359354    76 0.091916 0.355550   100 0.050818 0.275402   125 0.027411 0.211062
"""

LAST = 125
STANDARD = discount_factors(GREEN_BOOK.standard, LAST)
HEALTH = discount_factors(GREEN_BOOK.health, LAST)


def rows(table: str) -> list[tuple[int, float, float]]:
    words = table.split()
    return [(int(words[at]), float(words[at + 1]), float(words[at + 2])) for at in range(0, len(words), 3)]


def test_the_published_table_is_whole() -> None:
    assert [year for year, *_ in rows(PUBLISHED)] == list(range(62))
    assert [year for year, *_ in rows(LATER)] == [75, 76, 100, 125]


@pytest.mark.parametrize(("year", "standard", "health"), rows(PUBLISHED + LATER))
def test_the_factors_are_those_of_the_published_table(year: int, standard: float, health: float) -> None:
    assert round(STANDARD[year], 6) == standard
    assert round(HEALTH[year], 6) == health


def test_year_0_is_not_discounted() -> None:
    assert discount_factors(GREEN_BOOK.standard, 0) == (1.0,)
    assert discount_factors(GREEN_BOOK.health, 0) == (1.0,)


def test_within_30_years_a_factor_is_a_power_of_one_rate() -> None:
    assert STANDARD[30] == pytest.approx(1.035**-30, rel=1e-12)
    assert HEALTH[30] == pytest.approx(1.015**-30, rel=1e-12)


def test_the_rate_steps_down_after_year_30() -> None:
    assert STANDARD[31] == pytest.approx(STANDARD[30] / 1.03, rel=1e-15)
    assert HEALTH[31] == pytest.approx(HEALTH[30] / 1.0129, rel=1e-15)


def test_a_late_factor_chains_the_bands_and_does_not_raise_the_late_rate_to_a_power() -> None:
    assert STANDARD[75] == pytest.approx(1 / (1.035**30 * 1.03**45), rel=1e-12)
    assert STANDARD[75] != pytest.approx(1.03**-75, rel=1e-2)


def test_a_level_amount_for_30_years_is_worth_the_annuity() -> None:
    # (1 - 1.035^-30) / 0.035
    assert present_value([0, *[1] * 30], STANDARD[:31]) == pytest.approx((1 - 1.035**-30) / 0.035, rel=1e-12)
    assert present_value([0, *[1] * 30], HEALTH[:31]) == pytest.approx((1 - 1.015**-30) / 0.015, rel=1e-12)


def test_a_level_amount_for_60_years_is_worth_two_annuities_the_later_one_discounted_to_year_30() -> None:
    first, second = (1 - 1.035**-30) / 0.035, (1 - 1.03**-30) / 0.03
    assert present_value([0, *[1] * 60], STANDARD[:61]) == pytest.approx(first + second * 1.035**-30, rel=1e-12)


@given(st.lists(st.floats(0, 0.2), min_size=1, max_size=40))
@often
def test_each_factor_is_the_one_before_divided_by_one_plus_the_rate_of_its_own_year(rates: list[float]) -> None:
    schedule = Schedule("any", tuple(Band(year, year, rate) for year, rate in enumerate(rates, 1)), MADE_UP)
    factors = discount_factors(schedule, len(rates))
    assert factors[0] == 1
    assert factors[-1] == pytest.approx(1 / prod(1 + rate for rate in rates), rel=1e-12)
    assert all(later <= earlier for earlier, later in pairwise(factors))


amounts = st.lists(st.integers(-1_000_000, 1_000_000), min_size=31, max_size=31)


@given(amounts, amounts, st.integers(-9, 9))
@often
def test_discounting_is_linear(some: list[int], others: list[int], times: int) -> None:
    together = [times * a + b for a, b in zip(some, others, strict=True)]
    apart = times * present_value(some, STANDARD[:31]) + present_value(others, STANDARD[:31])
    assert present_value(together, STANDARD[:31]) == pytest.approx(apart, rel=1e-9, abs=1e-6)


def test_money_later_is_worth_less_and_health_later_loses_less() -> None:
    assert all(later < earlier for earlier, later in pairwise(STANDARD))
    assert all(health > standard for health, standard in zip(HEALTH[1:], STANDARD[1:], strict=True))


def test_a_flow_must_be_as_long_as_its_factors() -> None:
    with pytest.raises(ValueError, match="longer"):
        present_value([1, 2], [1.0, 0.9, 0.8])


def test_a_year_outside_the_schedule_has_no_rate() -> None:
    short = Schedule("short", (Band(0, 5, 0.04),), MADE_UP)
    assert short.rate(5) == 0.04
    with pytest.raises(LookupError, match="'short' has no rate for year 6"):
        discount_factors(short, 6)


@pytest.mark.parametrize(("year", "standard", "health"), [
    (1, 0.035, 0.015), (30, 0.035, 0.015), (31, 0.03, 0.0129), (75, 0.03, 0.0129), (76, 0.025, 0.0107), (125, 0.025, 0.0107),
    (126, 0.02, 0.0086), (200, 0.02, 0.0086), (201, 0.015, 0.0064), (300, 0.015, 0.0064),
    (301, 0.01, 0.0043), (999, 0.01, 0.0043),
])
def test_a_band_holds_up_to_and_including_its_last_year(year: int, standard: float, health: float) -> None:
    assert (GREEN_BOOK.standard.rate(year), GREEN_BOOK.health.rate(year)) == (standard, health)
