"""Discount factors from a stepped schedule (Green Book, discounting; FIELD 1.2)."""

from __future__ import annotations

from collections.abc import Sequence

from bizcase.appraisal.parameters import Schedule


def discount_factors(schedule: Schedule, years: int) -> tuple[float, ...]:
    """DF[0] = 1 and DF[t] = DF[t-1] / (1 + rate[t]), for t = 0 … years.

    The factors are chained rather than raised to a power, because the rate steps down with time.
    """
    factors = [1.0]
    for year in range(1, years + 1):
        factors.append(factors[-1] / (1 + schedule.rate(year)))
    return tuple(factors)


def present_value(flow: Sequence[float], factors: Sequence[float]) -> float:
    """The sum of each year's amount times its discount factor."""
    return sum(amount * factor for amount, factor in zip(flow, factors, strict=True))


def annuity(factors: Sequence[float]) -> float:
    """The present value of one pound in every year after year 0: what turns a present value into a yearly equivalent."""
    return sum(factors[1:])
