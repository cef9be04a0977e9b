"""Why the economic case and the financial case show different totals (FIELD 1.2), step by step, over all years."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.affordability import cash_cost
from bizcase.appraisal.appraise import Appraisal, settled


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """From the cost of the economic case to the cash of the financial one; the parts add up to `cash`."""

    economic: float
    optimism_bias: float
    set_off: float
    inflation: float
    vat: float

    @property
    def cash(self) -> float:
        return self.economic + self.optimism_bias + self.set_off + self.inflation + self.vat


def reconcile(appraisal: Appraisal) -> Reconciliation:
    """`optimism_bias` is taken off; `set_off` gives back what business as usual spends too; inflation and VAT come on top."""
    inputs, costs = appraisal.inputs, appraisal.costs
    bias = sum(sum(line.adjusted) * line.uplift / (1 + line.uplift) for line in costs)
    set_off = sum(sum(line.planned) - sum(line.adjusted) / (1 + line.uplift) for line in costs)
    inflation = sum(amount * (inputs.prices.to_cash(year) - 1) for line in costs
                    for amount, year in zip(line.planned, appraisal.timeframe.calendar, strict=True))
    vat = sum(sum(cash_cost(line, inputs)) * line.cost.vat / (1 + line.cost.vat) for line in costs)
    return Reconciliation(sum(sum(line.adjusted) for line in costs), *settled((-bias, set_off, inflation, vat)))
