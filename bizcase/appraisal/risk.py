"""The expected cost of risks: probability times cost (Green Book, risk). Shown beside the value, never inside it.

Optimism bias already allows for what goes wrong in general; adding the priced risks to the headline would count it twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.inputs import Risk, Status, weakest


@dataclass(frozen=True, slots=True)
class RiskCost:
    risk: Risk
    expected: float
    present_value: float


@dataclass(frozen=True, slots=True)
class RiskAdjustment:
    """`npsv` is the case's NPSV less the present value of all expected costs of risk."""

    lines: tuple[RiskCost, ...]
    expected: float
    present_value: float
    npsv: float
    status: Status


def risk_adjustment(appraisal: Appraisal) -> RiskAdjustment:
    lines = tuple(_cost(risk, appraisal) for risk in appraisal.inputs.risks)
    present = sum(line.present_value for line in lines)
    return RiskAdjustment(lines, sum(line.expected for line in lines), present, appraisal.measures.npsv - present,
                          weakest([line.risk.status for line in lines]))


def _cost(risk: Risk, appraisal: Appraisal) -> RiskCost:
    expected = risk.probability * risk.exposure
    factor = appraisal.factors.of(appraisal.scenario)[risk.year - appraisal.timeframe.first_year]
    return RiskCost(risk, expected, expected * factor)
