"""The measures of value: NPSV, BCR, ROI and payback, as functions of yearly flows (FIELD 1.5 and 7.3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


def benefit_cost_ratio(benefits: float, costs: float) -> float | None:
    """PVB / PVC, or None where nothing is spent. It is reported; it is never a pass mark (Green Book Review 2025)."""
    return benefits / costs if costs else None


def return_on_investment(benefits: Sequence[float], costs: Sequence[float]) -> tuple[float | None, ...]:
    """(B - C) / C to date for each year, undiscounted; None while nothing has been spent."""
    pairs = zip(accumulate(benefits), accumulate(costs), strict=True)
    return tuple((gained - spent) / spent if spent else None for gained, spent in pairs)


HALF_A_PENNY = 0.005
"""A running total nearer to zero than this is zero: the rest is noise of the last digits."""


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
