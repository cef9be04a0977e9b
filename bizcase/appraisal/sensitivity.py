"""One driver at a time: what the NPSV becomes at the ends of its range, and the value at which the NPSV is zero.

Showing sensitivity and switching values of the preferred option is a stated minimum (Green Book 2018, para 5.61).
The central case is linear in each driver, so that two points settle a line; the delay of benefits is tried year by year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from bizcase.appraisal.appraise import MONETISED, Appraisal, minus, settled, total
from bizcase.appraisal.discounting import present_value
from bizcase.appraisal.inputs import Benefit, Chain, Range, Status
from bizcase.appraisal.lines import AMOUNT, BenefitLine, CostLine, delayed
from bizcase.appraisal.measures import HALF_A_PENNY

NEUTRAL = {factor.name: factor.default for factor in fields(Chain) if factor.name != "volume"}
SHARES = ("attribution", "deadweight", "take_up")
UPLIFT = "uplift"
MOST_BARS, PLACES = 10, 4
"""How many drivers a tornado compares, and to how many decimals of a pound."""
NO_SLOPE = 1e-9
"""What is nearer to zero is zero: the rest is noise of the last digits."""


@dataclass(frozen=True, slots=True)
class Driver:
    """Something the NPSV depends on: its central value, its range, and how far the NPSV moves for one more of it.

    `stated` tells a range that the bid gives from the default one. `lowest` and `highest` bound what is possible at all.
    """

    line: str
    name: str
    central: float
    range: Range
    stated: bool
    slope: float
    npsv: float
    lowest: float | None
    highest: float | None
    status: Status
    is_cost: bool = False
    in_tornado: bool = False
    """Whether it is one of those compared by how far they move the NPSV: stated ranges, and whole lines without any."""

    @property
    def id(self) -> str:
        return f"{self.line}.{self.name}"

    @property
    def at_low(self) -> float:
        return self.npsv_at(self.range.low)

    @property
    def at_high(self) -> float:
        return self.npsv_at(self.range.high)

    @property
    def change_at_low(self) -> float:
        return self.change_at(self.range.low)

    @property
    def change_at_high(self) -> float:
        return self.change_at(self.range.high)

    def npsv_at(self, value: float) -> float:
        return settled((self.npsv + self.slope * (value - self.central),))[0]

    def change_at(self, value: float) -> float:
        """How far the NPSV moves from the central case: from the driver alone, not the small difference of two totals."""
        return settled((self.slope * (value - self.central),))[0]

    @property
    def switching_value(self) -> float | None:
        """The value at which the NPSV is zero; None where there is none within what is possible.

        A value at the very bound of what is possible is the bound: the last digits must not push it out.
        """
        if abs(self.slope) < NO_SLOPE:
            return None
        value, near = self.central - self.npsv / self.slope, NO_SLOPE * max(1.0, abs(self.central))
        for bound in (self.lowest, self.highest):
            if bound is not None and abs(value - bound) <= near:
                return bound
        low_enough = self.highest is None or value < self.highest
        return value if low_enough and (self.lowest is None or value > self.lowest) else None

    @property
    def swing(self) -> float:
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class Delays:
    """The NPSV with all benefits so many years late, from 0 on; `switching` is the first delay that turns its sign."""

    npsv: tuple[float, ...]

    @property
    def switching(self) -> int | None:
        losses = [value < -HALF_A_PENNY for value in self.npsv]
        return next((years for years, loss in enumerate(losses) if loss != losses[0]), None)


def drivers(appraisal: Appraisal) -> tuple[Driver, ...]:
    """Every driver of the central case: all costs, all benefits, each class, then each line with the factors it has."""
    counts = appraisal.inputs.in_the_case
    return (*_totals(appraisal),
            *(driver for line in appraisal.costs if counts(line.cost) for driver in _of_cost(line, appraisal)),
            *(driver for line in appraisal.benefits if counts(line.benefit) for driver in _of_benefit(line, appraisal)))


def tornado(found: Sequence[Driver]) -> tuple[Driver, ...]:
    """The drivers that move the NPSV most, largest first; of equal ones the later first, as the workbook puts them."""
    order = sorted(enumerate(found), key=lambda placed: (round(placed[1].swing, PLACES), placed[0]), reverse=True)
    return tuple(driver for _, driver in order if driver.in_tornado)[:MOST_BARS]


def delays(appraisal: Appraisal) -> Delays:
    """The delay of all benefits, by 0 years up to one year more than are appraised; costs stay where they are."""
    years = appraisal.timeframe.years + 1
    of_health = total((line.amounts for line in appraisal.benefits if line.benefit.health), years)
    others = minus(appraisal.flow.total_benefit, of_health)
    factors = appraisal.factors
    return Delays(tuple(present_value(delayed(others, late), factors.of(appraisal.scenario))
                        + present_value(delayed(of_health, late), factors.health) - appraisal.measures.pvc
                        for late in range(years + 1)))


def _totals(appraisal: Appraisal) -> Iterator[Driver]:
    measures, inputs, npsv = appraisal.measures, appraisal.inputs, appraisal.measures.npsv
    rows = [("costs", -measures.pvc, inputs.status_of_costs()), ("benefits", measures.pvb, inputs.status_of_benefits())]
    rows += [(kind.name, measures.pvb_by_class[kind], inputs.status_of_benefits(kind)) for kind in MONETISED
             if any(line.benefit.benefit_class is kind for line in appraisal.benefits)]
    for name, slope, status in rows:
        yield Driver("all", name, 1.0, _around(1.0, appraisal), False, slope, npsv, 0.0, None, status)


def _of_cost(line: CostLine, appraisal: Appraisal) -> Iterator[Driver]:
    cost, npsv = line.cost, appraisal.measures.npsv
    yield Driver(cost.id, AMOUNT, 1.0, cost.spread or _around(1.0, appraisal), cost.spread is not None, -line.present_value, npsv,
                 0.0, None, cost.status, is_cost=True, in_tornado=True)
    if cost.optimism_bias.rate:
        yield Driver(cost.id, UPLIFT, line.uplift, Range(0.0, cost.optimism_bias.at_the_upper_bound), True,
                     -line.present_value / (1 + line.uplift), npsv, 0.0, None, cost.status, is_cost=True, in_tornado=True)


def _of_benefit(line: BenefitLine, appraisal: Appraisal) -> Iterator[Driver]:
    benefit, npsv = line.benefit, appraisal.measures.npsv
    own = benefit.ranges.get(AMOUNT)
    yield Driver(benefit.id, AMOUNT, 1.0, own or _around(1.0, appraisal), own is not None, line.present_value, npsv, 0.0, None,
                 benefit.status, in_tornado=benefit.chain is None or not benefit.ranges)
    if benefit.chain is None:
        return
    one = present_value_of_one(line, appraisal)
    for name in factors_of(benefit):
        central = getattr(benefit.chain, name)
        lowest, highest = bounds_of(name)
        given = benefit.ranges.get(name)
        yield Driver(benefit.id, name, central, given or _around(central, appraisal, lowest, highest), given is not None,
                     one * _slope(benefit.chain, name), npsv, lowest, highest, benefit.status, in_tornado=bool(benefit.ranges))


def _around(central: float, appraisal: Appraisal, lowest: float | None = 0.0, highest: float | None = None) -> Range:
    """The house's range: so much to either side of the central value, within what is possible."""
    reach = appraisal.parameters.conventions.default_range * abs(central)
    low = central - reach if lowest is None else max(lowest, central - reach)
    return Range(low, central + reach if highest is None else min(highest, central + reach))


def factors_of(benefit: Benefit) -> tuple[str, ...]:
    """The factors that a benefit's chain really has: volume, what changes something, and what has a range."""
    assert benefit.chain is not None
    return tuple(factor.name for factor in fields(Chain) if factor.name == "volume" or factor.name in benefit.ranges
                 or getattr(benefit.chain, factor.name) != NEUTRAL[factor.name])


def bounds_of(name: str) -> tuple[float | None, float | None]:
    """The lowest and the highest value a factor can have; None where there is no bound."""
    if name in SHARES:
        return 0.0, 1.0
    return (-1.0, 0.0) if name == "confidence_adjustment" else (0.0, None)


def present_value_of_one(line: BenefitLine, appraisal: Appraisal) -> float:
    """What one pound of a benefit's full year is worth: the sum of its discounted shares, with its sign and weight."""
    factors = appraisal.factors.health if line.benefit.health else appraisal.factors.of(appraisal.scenario)
    share = sum(part * factor for part, factor in zip(line.share, factors, strict=True))
    return line.benefit.sign * appraisal.inputs.weight(line.benefit) * share


def _slope(chain: Chain, name: str) -> float:
    """How far the full-year value moves for one more of a factor: its value at two points, as it is linear in each."""
    low, high = (-1.0, 0.0) if name == "confidence_adjustment" else (0.0, 1.0)
    return replace(chain, **{name: high}).full_year_value - replace(chain, **{name: low}).full_year_value
