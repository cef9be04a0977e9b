"""What must stay, and what must move, when an appraisal is changed in a known way (FIELD 7.5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bizcase.appraisal.appraise import Appraisal, appraise
from bizcase.appraisal.inputs import Benefit, BenefitClass, Cost, CostType, OptimismBias
from bizcase.appraisal.money import Money
from bizcase.appraisal.scenario import Scenario
from bizcase.appraisal.sensitivity import drivers
from tests.appraisal.making import FIRST_YEAR, appraised, benefit, by_year, often

YEARS = 5
amounts = st.lists(st.integers(0, 1_000_000), min_size=YEARS + 1, max_size=YEARS + 1)
shares = st.integers(0, 100).map(lambda percent: percent / 100)


@dataclass(frozen=True, slots=True)
class Rows:
    """Costs and benefits with amounts in every year."""

    costs: tuple[Cost, ...]
    benefits: tuple[Benefit, ...]

    def appraised(self, years: int = YEARS) -> Appraisal:
        return appraised(*self.costs, *self.benefits, years=years)

    def with_money(self, change: dict[int, int] | None = None, times: int = 1) -> Rows:
        """The same rows, each year moved as `change` says, each amount so many times as large."""
        def moved(money: Money) -> Money:
            return Money(by_year={(change or {}).get(year, year): times * amount for year, amount in money.by_year.items()})

        return Rows(tuple(replace(row, money=moved(row.money)) for row in self.costs),
                    tuple(replace(row, money=moved(row.money)) for row in self.benefits if row.money is not None))


cost_rows = st.builds(
    lambda flow, kind, rate, mitigation: (flow, kind, OptimismBias(rate=rate, mitigation=mitigation)),
    amounts, st.sampled_from(list(CostType)), shares, shares)
benefit_rows = st.tuples(
    amounts, st.sampled_from([BenefitClass.CRB, BenefitClass.NCRB, BenefitClass.SB]), st.booleans(), st.booleans())


@st.composite
def some_rows(draw: st.DrawFn, *, health: bool = True) -> Rows:
    """One to four costs, some with optimism bias, and as many benefits of any class, some of them dis-benefits."""
    costs = draw(st.lists(cost_rows, min_size=1, max_size=4))
    benefits = draw(st.lists(benefit_rows, min_size=1, max_size=4))
    return Rows(
        tuple(Cost(f"C{number}", "Item", "other", kind, False, by_year(*flow), optimism_bias=bias)
              for number, (flow, kind, bias) in enumerate(costs)),
        tuple(Benefit(f"B{number}", "Gain", kind, money=by_year(*flow), disbenefit=worse, health=healthy and health)
              for number, (flow, kind, worse, healthy) in enumerate(benefits)))


@given(some_rows(health=False))
@often
def test_a_delay_of_one_year_divides_npsv_by_one_plus_the_rate(rows: Rows) -> None:
    later = rows.with_money({year: year + 1 for year in range(FIRST_YEAR, FIRST_YEAR + YEARS + 1)}).appraised(YEARS + 1)
    assert later.measures.npsv == pytest.approx(rows.appraised().measures.npsv / 1.035, rel=1e-9, abs=1e-6)


@given(amounts)
@often
def test_a_delay_of_one_year_divides_a_health_benefit_by_one_plus_its_own_rate(flow: list[int]) -> None:
    now, later = (appraised(Benefit("B1", "Gain", BenefitClass.SB, money=money, health=True), years=YEARS + 1).measures.pvb
                  for money in (by_year(*flow), by_year(0, *flow)))
    assert later == pytest.approx(now / 1.015, rel=1e-9)


@given(some_rows())
@often
def test_twice_the_amounts_give_twice_the_npsv_and_the_same_ratio_rates_and_payback(rows: Rows) -> None:
    once, twice = rows.appraised().measures, rows.with_money(times=2).appraised().measures
    assert twice.npsv == 2 * once.npsv
    assert (twice.bcr, twice.roi, twice.roi_cash) == (once.bcr, once.roi, once.roi_cash)
    assert (twice.payback, twice.discounted_payback) == (once.payback, once.discounted_payback)
    assert (twice.eanb, twice.eac) == (2 * once.eanb, 2 * once.eac)
    assert twice.irr == once.irr


@given(some_rows())
@often
def test_classes_and_types_sum_to_the_totals(rows: Rows) -> None:
    made = rows.appraised()
    assert sum(made.measures.pvb_by_class.values()) == pytest.approx(made.measures.pvb, rel=1e-9, abs=1e-6)
    assert made.measures.npsv == pytest.approx(made.measures.pvb - made.measures.pvc, rel=1e-12)
    assert sum(line.present_value for line in made.costs) == pytest.approx(made.measures.pvc, rel=1e-9)
    assert made.flow.present_cumulative[-1] == pytest.approx(made.measures.npsv, rel=1e-9, abs=1e-6)
    for year in range(YEARS + 1):
        assert sum(row[year] for row in made.flow.benefits.values()) == pytest.approx(made.flow.total_benefit[year], rel=1e-9)
        assert sum(row[year] for row in made.flow.costs.values()) == pytest.approx(made.flow.total_cost[year], rel=1e-9)


@given(some_rows(), st.integers(1, 1_000_000))
@often
def test_calling_capacity_cash_changes_the_cash_return_and_nothing_else(rows: Rows, amount: int) -> None:
    gain = Benefit("X", "Gain", BenefitClass.CRB, money=by_year(amount))
    as_cash, as_capacity = (Rows(rows.costs, (*rows.benefits, replace(gain, benefit_class=kind))).appraised().measures
                            for kind in (BenefitClass.CRB, BenefitClass.NCRB))
    assert as_capacity.npsv == pytest.approx(as_cash.npsv, rel=1e-9, abs=1e-6)
    for cash, capacity in zip(as_cash.roi, as_capacity.roi, strict=True):
        assert (cash is None) == (capacity is None)
        assert cash is None or cash == pytest.approx(capacity, rel=1e-9, abs=1e-9)
    for with_it, without in zip(as_cash.roi_cash, as_capacity.roi_cash, strict=True):
        assert (with_it is None) == (without is None)
        assert with_it is None or without is None or with_it > without


@given(some_rows(), st.integers(0, YEARS), st.integers(1, 1_000_000))
@often
def test_npsv_falls_by_the_present_value_of_a_further_cost(rows: Rows, year: int, amount: int) -> None:
    more = Cost("X", "Item", "other", CostType.REVENUE, False, Money(by_year={FIRST_YEAR + year: amount}))
    before, after = rows.appraised().measures, Rows((*rows.costs, more), rows.benefits).appraised().measures
    assert after.npsv < before.npsv
    assert before.npsv - after.npsv == pytest.approx(amount / 1.035**year, rel=1e-6, abs=1e-6)


@given(some_rows())
@often
def test_npsv_falls_as_optimism_bias_rises(rows: Rows) -> None:
    assume(any(amount for row in rows.costs for amount in row.money.by_year.values()))
    found = [Rows(tuple(replace(row, optimism_bias=OptimismBias(rate=rate)) for row in rows.costs), rows.benefits)
             .appraised().measures.npsv for rate in (0.0, 0.5, 2.0)]
    assert all(later < earlier for earlier, later in pairwise(found))


@given(some_rows())
@often
def test_the_order_of_rows_does_not_matter(rows: Rows) -> None:
    shuffled = Rows(tuple(reversed(rows.costs)), tuple(reversed(rows.benefits)))
    one, other = rows.appraised(), shuffled.appraised()
    assert other.measures.npsv == pytest.approx(one.measures.npsv, rel=1e-9, abs=1e-6)
    assert other.flow.net == pytest.approx(one.flow.net, rel=1e-9, abs=1e-6)
    assert {line.cost.id: line.present_value for line in other.costs} == {
        line.cost.id: line.present_value for line in one.costs}


@given(some_rows())
@often
def test_a_disbenefit_takes_away_what_the_same_benefit_would_bring(rows: Rows) -> None:
    turned = Rows(rows.costs, tuple(replace(row, disbenefit=not row.disbenefit) for row in rows.benefits))
    assert turned.appraised().measures.pvb == -rows.appraised().measures.pvb


@given(some_rows())
@often
def test_years_without_money_after_the_end_change_nothing_but_the_length(rows: Rows) -> None:
    short, long = rows.appraised().measures, rows.appraised(YEARS + 30).measures
    assert long.npsv == pytest.approx(short.npsv, rel=1e-12)
    assert long.payback == short.payback
    assert long.roi[YEARS] == short.roi[YEARS] == long.roi[-1]


@given(some_rows(), st.integers(0, YEARS))
@often
def test_npsv_is_zero_where_a_driver_stands_at_its_switching_value(rows: Rows, position: int) -> None:
    """The case is really appraised again with the other amounts."""
    made = rows.appraised()
    every: list[Cost | Benefit] = [*rows.costs, *rows.benefits]
    chosen = every[position % len(every)]
    [driver] = [driver for driver in drivers(made) if driver.id == f"{chosen.id}.amount"]
    if driver.switching_value is None:
        return
    assert chosen.money is not None
    share = driver.switching_value
    money = Money(by_year={year: amount * share for year, amount in chosen.money.by_year.items()})
    turned = Rows(tuple(replace(row, money=money) if row is chosen else row for row in rows.costs),
                  tuple(replace(row, money=money) if row is chosen else row for row in rows.benefits)).appraised()
    size = sum(abs(line.present_value) for line in turned.benefits) + turned.measures.pvc
    assert turned.measures.npsv == pytest.approx(0, abs=1e-9 * size + 1e-6)


def test_the_factor_of_year_31_is_that_of_year_30_at_the_later_rate() -> None:
    early, late = (appraised(benefit(*[0.0] * year, 1_000_000), years=31).measures.pvb for year in (30, 31))
    assert late / early == pytest.approx(1 / 1.03, rel=1e-12)
    assert late / early != pytest.approx(1 / 1.035, rel=1e-4)


@given(some_rows())
@often
def test_delaying_the_benefits_alone_costs_their_worth_of_a_year(rows: Rows) -> None:
    """Costs stay; what was gained in the last year is lost."""
    plain = Rows(rows.costs, tuple(replace(row, health=False) for row in rows.benefits)).appraised()
    late = appraise(plain.inputs, plain.parameters, Scenario("x", "X", delay=1)).measures
    lost = plain.flow.total_benefit[-1] / 1.035**YEARS
    assert late.pvb == pytest.approx((plain.measures.pvb - lost) / 1.035, rel=1e-9, abs=1e-6)
    assert late.pvc == plain.measures.pvc
