"""Scale-up by steps: what the host alone delivers, what each step adds, and how many sites have joined by when.

The first bid of the manual was refused because its return rested on spread that the host could not bring about
(manual §7.1; R13). All values are those of the central case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.inputs import BenefitClass, Status, Step, weakest
from bizcase.appraisal.lines import BenefitLine, CostLine
from bizcase.appraisal.measures import is_nothing
from bizcase.appraisal.money import Flow, Timeframe, ramp_share


@dataclass(frozen=True, slots=True)
class Stage:
    """The case up to a step: `step` is None for the host alone. Costs and benefits to the headline year are undiscounted."""

    step: Step | None
    pvc: float
    pvb: float
    spent: float
    cash: float
    gained: float
    status: Status

    @property
    def npsv(self) -> float:
        return self.pvb - self.pvc

    @property
    def roi_cash(self) -> float | None:
        return None if is_nothing(self.spent) else (self.cash - self.spent) / self.spent

    @property
    def roi(self) -> float | None:
        """Return on investment to the headline year, cash-releasing and non-cash-releasing benefits together."""
        return None if is_nothing(self.spent) else (self.gained - self.spent) / self.spent


@dataclass(frozen=True, slots=True)
class ScaleUp:
    """`added` is what each step brings by itself, `reached` the case with all steps up to it; the host comes first."""

    added: tuple[Stage, ...]
    reached: tuple[Stage, ...]
    adoption: tuple[Flow, ...]

    @property
    def sites(self) -> Flow:
        """The sites of all steps that have joined by each year."""
        return tuple(map(sum, zip(*self.adoption, strict=True)))

    @property
    def host(self) -> Stage:
        return self.reached[0]


def scale_up(appraisal: Appraisal) -> ScaleUp:
    """The stages of scale-up in the order of the steps."""
    steps = appraisal.inputs.steps
    order = {step.id: position for position, step in enumerate(steps, 1)}

    def position(names: tuple[str, ...]) -> int:
        """The stage in which a line first counts: that of the latest of its steps, 0 for the host's own."""
        return max((order[name] for name in names if name in order), default=0)

    def stage(at: int, first: int) -> Stage:
        """What counts first in one of the stages from `first` to `at`."""
        return _stage((None, *steps)[at], appraisal, lambda names: first <= position(names) <= at)

    stages = range(len(steps) + 1)
    return ScaleUp(tuple(stage(at, at) for at in stages), tuple(stage(at, 0) for at in stages),
                   tuple(adoption(step, appraisal.timeframe) for step in steps))


def _stage(step: Step | None, appraisal: Appraisal, counts: Callable[[tuple[str, ...]], bool]) -> Stage:
    costs = [line for line in appraisal.costs if counts(line.cost.steps)]
    benefits = [line for line in appraisal.benefits if counts(line.benefit.steps)]
    return Stage(step, sum(line.present_value for line in costs), sum(line.present_value for line in benefits),
                 sum(sum(line.adjusted[:_until(appraisal)]) for line in costs),
                 _gained(benefits, appraisal, BenefitClass.CRB),
                 _gained(benefits, appraisal, BenefitClass.CRB) + _gained(benefits, appraisal, BenefitClass.NCRB),
                 _status(costs, benefits))


def _gained(lines: list[BenefitLine], appraisal: Appraisal, kind: BenefitClass) -> float:
    return sum(sum(line.amounts[:_until(appraisal)]) for line in lines if line.benefit.benefit_class is kind)


def _until(appraisal: Appraisal) -> int:
    return appraisal.headline_year + 1


def _status(costs: list[CostLine], benefits: list[BenefitLine]) -> Status:
    return weakest([*(line.cost.status for line in costs), *(line.benefit.status for line in benefits)])


def adoption(step: Step, timeframe: Timeframe) -> Flow:
    """The sites of a step that have joined by each year; none where it has no start."""
    return tuple(step.sites * joined(step, year) for year in timeframe.calendar)


def joined(step: Step, year: int) -> float:
    """The share of a step's sites that have joined by a year."""
    return ramp_share(step.ramp, year - step.start) if step.start is not None and year >= step.start else 0.0
