"""Short ways to write down a small appraisal in a test: amounts in pounds from year 0, which is 2026/27."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import settings

from bizcase.appraisal.analysis import Analysis, analyse
from bizcase.appraisal.appraise import Appraisal, appraise
from bizcase.appraisal.inputs import (
    BUSINESS_AS_USUAL,
    PREFERRED,
    Benefit,
    BenefitClass,
    Chain,
    Cost,
    CostType,
    Funding,
    Inputs,
    OptimismBias,
    Option,
    Range,
    Status,
)
from bizcase.appraisal.money import Money, Timeframe
from bizcase.appraisal.parameters import Band, Provenance, Schedule
from bizcase.appraisal.scenario import CENTRAL, Scenario
from bizcase.specification.parameters import load_parameters

GREEN_BOOK = load_parameters("green-book-2026")
FIRST_YEAR = 2026
MADE_UP = Provenance("made up for a test", "0", "", "2026-01-01")

USUAL = Option("A1", "As now", BUSINESS_AS_USUAL)
CHOSEN = Option("A2", "The portal", "other", decision=PREFERRED)

often = settings(max_examples=100, deadline=None, derandomize=True)
"""How properties are tried: the same examples on every machine, and no failure because one is slow."""


def by_year(*amounts: float) -> Money:
    return Money(by_year={FIRST_YEAR + t: amount for t, amount in enumerate(amounts)})


def cost(*amounts: float, name: str = "C1", kind: CostType = CostType.REVENUE, bias: OptimismBias | None = None,
         status: Status = Status.KNOWN, **changes: Any) -> Cost:
    made = Cost(name, f"Item {name}", "other", kind, False, by_year(*amounts), optimism_bias=bias or OptimismBias(),
                status=status)
    return replace(made, **changes)


def benefit(*amounts: float, name: str = "B1", kind: BenefitClass = BenefitClass.CRB, health: bool = False,
            worse: bool = False, status: Status = Status.KNOWN, **changes: Any) -> Benefit:
    made = Benefit(name, f"Gain {name}", kind, money=by_year(*amounts), health=health, disbenefit=worse, status=status)
    return replace(made, **changes)


def chained(chain: Chain, name: str = "B1", kind: BenefitClass = BenefitClass.CRB, start: int = 0,
            ramp: tuple[float, ...] = (), ranges: dict[str, Range] | None = None, **changes: Any) -> Benefit:
    """A benefit that is calculated factor by factor, from year `start` on."""
    money = Money(per_year=chain.full_year_value, start=FIRST_YEAR + start, ramp=ramp)
    return replace(Benefit(name, f"Gain {name}", kind, chain, money, ranges=ranges or {}, status=Status.KNOWN), **changes)


def funding(*amounts: float, name: str = "F1", kind: str = "grant", status: str = "confirmed", organisation: str = "",
            ) -> Funding:
    return Funding(name, f"Source {name}", kind, by_year(*amounts), status, organisation)


def inputs_of(*rows: Cost | Benefit | Funding, years: int = 5, **changes: Any) -> Inputs:
    """These rows over year 0 and the years that follow it."""
    made = Inputs(Timeframe(FIRST_YEAR, FIRST_YEAR, years),
                  tuple(row for row in rows if isinstance(row, Cost)),
                  tuple(row for row in rows if isinstance(row, Benefit)),
                  tuple(row for row in rows if isinstance(row, Funding)))
    return replace(made, **changes)


def appraised(*rows: Cost | Benefit | Funding, years: int = 5, scenario: Scenario = CENTRAL, **changes: Any) -> Appraisal:
    """The appraisal of these rows over year 0 and the years that follow it."""
    return appraise(inputs_of(*rows, years=years, **changes), GREEN_BOOK, scenario)


def analysed(*rows: Cost | Benefit | Funding, years: int = 5, **changes: Any) -> Analysis:
    """The whole analysis of these rows."""
    return analyse(inputs_of(*rows, years=years, **changes), GREEN_BOOK)


def flat(rate: float) -> Schedule:
    """A discount schedule of one rate for all years."""
    return Schedule(f"{rate:.4%}", (Band(0, None, rate),), MADE_UP)
