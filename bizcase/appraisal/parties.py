"""Who pays and who gains, by organisation: present values, so that payments and gains of different years compare.

Money often flows from one organisation so that another gains; a payer who gains nothing has no reason to go on (FIELD §3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bizcase.appraisal.affordability import NOBODY, payers_by_year
from bizcase.appraisal.appraise import MONETISED, Appraisal, settled
from bizcase.appraisal.inputs import BenefitClass, Status, weakest

NO_PAYER = "No payer named"


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation: the present value of what it pays and of what it gains, by class."""

    name: str
    pays: float
    gains: dict[BenefitClass, float]
    status: Status

    @property
    def net_cash(self) -> float:
        return self.gains[BenefitClass.CRB] - self.pays

    @property
    def net(self) -> float:
        return sum(self.gains.values()) - self.pays


def parties(appraisal: Appraisal) -> tuple[Party, ...]:
    """Every organisation that pays or gains: payers in the order of the funding, then those who only gain, then nobody."""
    inputs = appraisal.inputs
    paid = payers_by_year(inputs)
    purses: dict[str, set[str]] = {}
    for row in inputs.funding:
        purses.setdefault(row.payer, set()).add(row.id)
    for line in appraisal.benefits:
        purses.setdefault(line.benefit.accrues_to, set())
    if any(NOBODY in names for names in paid):
        purses.setdefault(NO_PAYER, set()).add(NOBODY)
    return tuple(_party(name, ids, appraisal, paid) for name, ids in purses.items())


def _party(name: str, purses: set[str], appraisal: Appraisal, paid: Sequence[tuple[str, ...]]) -> Party:
    own = [line for line in appraisal.benefits if line.benefit.accrues_to == name]
    gains = {kind: sum(line.present_value for line in own if line.benefit.benefit_class is kind) for kind in MONETISED}
    factors = appraisal.factors.of(appraisal.scenario)
    pays = sum(amount * factor for line, names in zip(appraisal.costs, paid, strict=True)
               for amount, factor, payer in zip(line.adjusted, factors, names, strict=True) if payer in purses)
    statuses = [line.cost.status for line, names in zip(appraisal.costs, paid, strict=True) if purses & set(names)]
    return Party(name, settled((pays,))[0], gains, weakest([*statuses, *(line.benefit.status for line in own)]))
