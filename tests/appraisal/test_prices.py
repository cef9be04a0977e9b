"""Prices of other years brought to the base year, and real amounts turned into cash (FIELD 1.2 and 7.3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.appraisal.prices import Prices
from tests.appraisal.making import GREEN_BOOK, appraised, cost, often

INDEX = {2020: 80.0, 2021: 90.0, 2022: 100.0}


@pytest.mark.parametrize(("base", "price_year", "times"), [
    (2022, 2020, 1.25), (2022, 2021, 100 / 90), (2020, 2022, 0.8), (2022, 2022, 1), (2022, None, 1),
])
def test_an_amount_is_multiplied_by_the_base_years_level_over_that_of_its_own_year(base: int, price_year: int | None,
                                                                                  times: float) -> None:
    assert Prices(base, INDEX).to_base(price_year) == pytest.approx(times, rel=1e-15)


def test_the_level_goes_on_after_its_last_year_with_the_assumed_inflation() -> None:
    prices = Prices(2025, INDEX, 0.1)
    assert [prices.level(year) for year in (2022, 2023, 2024, 2025)] == pytest.approx([100, 110, 121, 133.1])
    assert prices.to_base(2020) == pytest.approx(133.1 / 80)
    assert prices.to_base(2024) == pytest.approx(1.1)


def test_published_deflators_bring_2019_prices_to_those_of_2024() -> None:
    # HM Treasury, December 2025: 2019 stands at 81.1085 and 2024 at 100
    assert Prices(2024, GREEN_BOOK.deflator.index).to_base(2019) * 1000 == pytest.approx(1232.92, abs=0.005)


@pytest.mark.parametrize(("prices", "year"), [
    (Prices(2025, INDEX), 2023),        # no inflation to go on with
    (Prices(2025, INDEX, 0.02), 2019),  # before the index begins
    (Prices(2025), 2025),               # no index at all
    (Prices(2025, {}, 0.02), 2025),
])
def test_a_year_without_a_level_is_not_guessed(prices: Prices, year: int) -> None:
    with pytest.raises(LookupError, match=f"no price index for {year}"):
        prices.level(year)


def test_a_base_year_without_a_level_matters_only_where_another_year_is_named() -> None:
    assert Prices(2025, INDEX).to_base(2025) == Prices(2025, INDEX).to_base(None) == 1
    with pytest.raises(LookupError, match="no price index for 2025"):
        Prices(2025, INDEX).to_base(2022)


years = st.integers(2020, 2040)


@given(years, years, years, st.floats(-0.05, 0.25))
@often
def test_going_by_way_of_a_third_year_changes_nothing(one: int, two: int, three: int, inflation: float) -> None:
    direct = Prices(three, INDEX, inflation).to_base(one)
    by_way = Prices(two, INDEX, inflation).to_base(one) * Prices(three, INDEX, inflation).to_base(two)
    assert by_way == pytest.approx(direct, rel=1e-9)


@given(st.integers(2023, 2060), st.floats(-0.05, 0.25))
@often
def test_after_the_index_cash_and_prices_grow_alike(year: int, inflation: float) -> None:
    prices = Prices(2022, INDEX, inflation)
    assert prices.to_cash(year) == pytest.approx(prices.level(year) / prices.level(2022), rel=1e-9)


def test_cash_is_the_real_amount_where_no_inflation_is_assumed() -> None:
    assert [Prices(2026).to_cash(year) for year in (2020, 2026, 2040)] == [1, 1, 1]
    assert [Prices(2026, {}, 0.5).to_cash(year) for year in (2025, 2026, 2028)] == pytest.approx([1 / 1.5, 1, 2.25])


def test_a_cost_in_prices_of_a_year_without_a_level_is_refused() -> None:
    with pytest.raises(LookupError, match="no price index for 2026"):
        appraised(cost(100, price_year=2023), prices=Prices(2026, INDEX))
