"""Short ways to write down a small appraisal in a test: amounts in pounds from year 0, which is 2026/27."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import settings

from bizcase.appraisal.appraise import Appraisal, appraise
from bizcase.appraisal.inputs import (
    Benefit,
    BenefitClass,
    Cost,
    CostType,
    Funding,
    Inputs,
    Money,
    OptimismBias,
    Status,
    Timeframe,
)
from bizcase.specification.parameters import load_parameters

GREEN_BOOK = load_parameters("green-book-2026")
FIRST_YEAR = 2026

often = settings(max_examples=100, deadline=None, derandomize=True)
"""How properties are tried: the same examples on every machine, and no failure because one is slow."""


def by_year(*amounts: float) -> Money:
    return Money(by_year={FIRST_YEAR + t: amount for t, amount in enumerate(amounts)})


def cost(*amounts: float, name: str = "C1", kind: CostType = CostType.REVENUE, bias: OptimismBias | None = None,
         status: Status = Status.KNOWN) -> Cost:
    return Cost(name, f"Item {name}", "other", kind, False, by_year(*amounts), optimism_bias=bias or OptimismBias(),
                status=status)


def benefit(*amounts: float, name: str = "B1", kind: BenefitClass = BenefitClass.CRB, health: bool = False,
            worse: bool = False, status: Status = Status.KNOWN) -> Benefit:
    return Benefit(name, f"Gain {name}", kind, money=by_year(*amounts), health=health, disbenefit=worse, status=status)


def funding(*amounts: float, name: str = "F1") -> Funding:
    return Funding(name, f"Source {name}", "grant", by_year(*amounts), "confirmed")


def appraised(*rows: Cost | Benefit | Funding, years: int = 5, **changes: Any) -> Appraisal:
    """The appraisal of these rows over year 0 and the years that follow it."""
    inputs = Inputs(Timeframe(FIRST_YEAR, FIRST_YEAR, years),
                    tuple(row for row in rows if isinstance(row, Cost)),
                    tuple(row for row in rows if isinstance(row, Benefit)),
                    tuple(row for row in rows if isinstance(row, Funding)))
    return appraise(replace(inputs, **changes), GREEN_BOOK)
