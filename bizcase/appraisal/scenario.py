"""A scenario: what is assumed to go differently from the central case. The values are data, in `schemas/parameters/`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Ends(StrEnum):
    """Which end of every stated range holds: the central value, or the worse or the better end for value."""

    CENTRAL = "central"
    UNFAVOURABLE = "unfavourable"
    FAVOURABLE = "favourable"


class Bias(StrEnum):
    """Which uplift for optimism costs carry: as the bid sets it, or the guidance's upper bound without mitigation."""

    AS_SET = "as set"
    UPPER = "upper bound"


class Discounting(StrEnum):
    """Which schedule discounts everything but health: the standard one, or that without catastrophic risk."""

    STANDARD = "standard"
    REDUCED = "reduced"


@dataclass(frozen=True, slots=True)
class Scenario:
    """`costs` and `benefits` are changes as shares (0.2: a fifth more); `deadweight` is added to that of each benefit.

    `delay` is the number of years by which all benefits come later, while costs stay where they are. Without `scale_up`
    no line counts that belongs to a step of scale-up.
    """

    id: str
    name: str
    costs: float = 0.0
    benefits: float = 0.0
    delay: int = 0
    deadweight: float = 0.0
    optimism_bias: Bias = Bias.AS_SET
    scale_up: bool = True
    discounting: Discounting = Discounting.STANDARD
    ranges: Ends = Ends.CENTRAL


CENTRAL = Scenario("central", "Central case")
