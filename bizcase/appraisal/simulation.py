"""A Monte Carlo of the central case: every driver with a stated range is drawn at once, and the NPSV worked out each time.

Draws are independent and triangular between the ends of the range, with the peak at the central value. The same seed and
the same inputs give the same draws; each driver has its own stream, so that a new one leaves the others' draws alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import repeat
from random import Random

from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.inputs import Chain, Range, Status, weakest
from bizcase.appraisal.lines import AMOUNT, BenefitLine, CostLine
from bizcase.appraisal.sensitivity import present_value_of_one

BARS = 20
PERCENTILES = (5, 25, 50, 75, 95)


@dataclass(frozen=True, slots=True)
class Simulation:
    """The distribution of the NPSV: mean, percentiles, the share of draws above zero, and counts in bars of equal width.

    `starts` are the lower ends of the bars and `width` is their width in pounds.
    """

    draws: int
    seed: int
    drivers: int
    mean: float
    percentiles: dict[int, float]
    above_zero: float
    starts: tuple[float, ...]
    width: float
    counts: tuple[int, ...]
    status: Status


def simulate(appraisal: Appraisal) -> Simulation | None:
    """The simulation of a case in its central scenario; None where no driver has a stated range."""
    draws, seed = appraisal.parameters.conventions.draws, appraisal.parameters.conventions.seed
    ranged = [line for line in appraisal.costs if line.cost.spread is not None and appraisal.inputs.weight(line.cost)]
    uncertain = [line for line in appraisal.benefits if line.benefit.ranges and appraisal.inputs.weight(line.benefit)]
    if not ranged and not uncertain:
        return None
    fixed = appraisal.measures.npsv + sum(line.present_value for line in ranged) - sum(line.present_value for line in uncertain)
    columns = [*(_cost_draws(line, draws, seed) for line in ranged),
               *(_benefit_draws(line, appraisal, draws, seed) for line in uncertain)]
    statuses = [*(line.cost.status for line in ranged), *(line.benefit.status for line in uncertain), appraisal.inputs.status]
    count = len(ranged) + sum(len(line.benefit.ranges) for line in uncertain)
    return _distribution([fixed + sum(row) for row in zip(*columns, strict=True)], seed, count, weakest(statuses))


def _cost_draws(line: CostLine, draws: int, seed: int) -> list[float]:
    assert line.cost.spread is not None
    return [-line.present_value * share for share in _drawn(f"{line.cost.id}.{AMOUNT}", line.cost.spread, 1.0, draws, seed)]


def _benefit_draws(line: BenefitLine, appraisal: Appraisal, draws: int, seed: int) -> list[float]:
    benefit = line.benefit
    if benefit.chain is None:
        shares = _drawn(f"{benefit.id}.{AMOUNT}", benefit.ranges[AMOUNT], 1.0, draws, seed)
        return [line.present_value * share for share in shares]
    chain, one = benefit.chain, present_value_of_one(line, appraisal)
    columns = [_drawn(f"{benefit.id}.{name}", benefit.ranges[name], getattr(chain, name), draws, seed)
               if name in benefit.ranges else repeat(getattr(chain, name), draws)
               for name in (factor.name for factor in fields(Chain))]
    return [one * Chain(*row).full_year_value for row in zip(*columns, strict=True)]


def _drawn(name: str, found: Range, central: float, draws: int, seed: int) -> list[float]:
    stream = Random(f"{seed} {name}")
    return [stream.triangular(found.low, found.high, central) for _ in range(draws)]


def _distribution(values: Sequence[float], seed: int, drivers: int, status: Status) -> Simulation:
    ordered = sorted(values)
    lowest, width = ordered[0], (ordered[-1] - ordered[0]) / BARS
    bars = [0] * BARS
    for value in ordered:
        bars[min(BARS - 1, int((value - lowest) / width)) if width else 0] += 1
    return Simulation(len(values), seed, drivers, sum(values) / len(values),
                      {share: ordered[min(len(values) - 1, len(values) * share // 100)] for share in PERCENTILES},
                      sum(value > 0 for value in values) / len(values),
                      tuple(lowest + width * bar for bar in range(BARS)), width, tuple(bars), status)
