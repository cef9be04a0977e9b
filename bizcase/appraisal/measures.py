"""The measures of value: NPSV, BCR, ROI and payback, as functions of yearly flows (FIELD 1.5 and 7.3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

HALF_A_PENNY = 0.005
"""A total nearer to zero than this is zero: the rest is noise of the last digits."""


def is_nothing(amount: float) -> bool:
    """Whether a total comes to nothing: costs that business as usual bears too may cancel all but their last digits."""
    return abs(amount) < HALF_A_PENNY


def benefit_cost_ratio(benefits: float, costs: float) -> float | None:
    """PVB / PVC, or None where nothing is spent. It is reported; it is never a pass mark (Green Book Review 2025)."""
    return None if is_nothing(costs) else benefits / costs


def return_on_investment(benefits: Sequence[float], costs: Sequence[float]) -> tuple[float | None, ...]:
    """(B - C) / C to date for each year, undiscounted; None while nothing has been spent."""
    pairs = zip(accumulate(benefits), accumulate(costs), strict=True)
    return tuple(None if is_nothing(spent) else (gained - spent) / spent for gained, spent in pairs)


def payback(net: Sequence[float]) -> float | None:
    """Years from the start of year 0 until the running total first comes back to zero; None if not within the years given.

    Between two year ends the total is taken to run in a straight line; 0 where it never falls below zero.
    """
    total, lowest = 0.0, 0.0
    for year, amount in enumerate(net):
        before, total = total, total + amount
        if before < -HALF_A_PENNY <= total:
            return min(year, year - 1 - before / amount)
        lowest = min(lowest, total)
    return None if lowest < -HALF_A_PENNY else 0.0


LOWEST_RATE, HIGHEST_RATE = -0.99, 10.0
RATE_STEPS = 64
"""Halvings of the interval above: enough for every digit of a double."""


def sign_changes(net: Sequence[float]) -> int:
    """How often a flow changes its sign, years without an amount apart."""
    signs = [amount > 0 for amount in net if abs(amount) > HALF_A_PENNY]
    return sum(earlier != later for earlier, later in pairwise(signs))


def internal_rate_of_return(net: Sequence[float]) -> float | None:
    """The rate at which the flow's present value is zero, by halving the interval from -99% to 1,000%.

    None unless the flow changes its sign exactly once (otherwise there may be several rates, or none), and where the
    rate lies outside the interval.
    """
    low, high = LOWEST_RATE, HIGHEST_RATE
    if sign_changes(net) != 1 or _worth(net, low) * _worth(net, high) > 0:
        return None
    falling = _worth(net, low) > 0
    for _ in range(RATE_STEPS):
        middle = (low + high) / 2
        if (_worth(net, middle) > 0) == falling:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _worth(net: Sequence[float], rate: float) -> float:
    return float(sum(amount / (1 + rate) ** year for year, amount in enumerate(net)))
