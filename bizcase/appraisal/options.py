"""The options side by side, each as the increment on business as usual (Green Book, economic case), in the central case."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.discounting import annuity
from bizcase.appraisal.inputs import Benefit, Cost, Option, Status, weakest
from bizcase.appraisal.lines import benefit_line, cost_line
from bizcase.appraisal.measures import benefit_cost_ratio


@dataclass(frozen=True, slots=True)
class OptionValue:
    """What an option comes to against business as usual; `known` is False where it has no costs and no benefits.

    `eanb` and `eac` spread NPSV and PVC over the option's own life, so that options of unequal lives compare.
    """

    option: Option
    known: bool
    pvc: float
    pvb: float
    bcr: float | None
    eanb: float
    eac: float
    status: Status

    @property
    def npsv(self) -> float:
        return self.pvb - self.pvc


def option_values(appraisal: Appraisal) -> tuple[OptionValue, ...]:
    """Every option of the bid in its order; none where no option is preferred, and so none is the case itself."""
    inputs = appraisal.inputs
    return tuple(_value(option, appraisal) for option in inputs.options if inputs.preferred is not None)


def _value(option: Option, appraisal: Appraisal) -> OptionValue:
    inputs, factors = appraisal.inputs, appraisal.factors
    standard = factors.of(appraisal.scenario)
    pvc = sum(cost_line(line.cost, inputs, appraisal.scenario, standard, option).present_value for line in appraisal.costs)
    pvb = sum(benefit_line(line.benefit, inputs, appraisal.scenario, factors.health if line.benefit.health else standard,
                           option).present_value for line in appraisal.benefits)
    rows: list[Cost | Benefit] = [*(line.cost for line in appraisal.costs), *(line.benefit for line in appraisal.benefits)]
    known = option == inputs.business_as_usual or any(inputs.bears(row, option) for row in rows)
    status = weakest([row.status for row in rows if inputs.weight(row, option)])
    years = annuity(standard[:life(option, appraisal.timeframe.years) + 1])
    return OptionValue(option, known, pvc, pvb, benefit_cost_ratio(pvb, pvc), (pvb - pvc) / years, pvc / years, status)


def life(option: Option, years: int) -> int:
    """The years over which an option's equivalents are spread: its own life, at most the years appraised."""
    return min(option.life or years, years)
