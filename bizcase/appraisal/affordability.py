"""Affordability: the cash that each payer needs in each year, what funding is firm, and the cliff after the grant.

Cash, not value: with the inflation that the bid assumes and the VAT that cannot be recovered, before optimism bias.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bizcase.appraisal.appraise import Appraisal, minus, settled, total
from bizcase.appraisal.inputs import Cost, CostType, Funding, Inputs
from bizcase.appraisal.lines import CostLine
from bizcase.appraisal.money import Flow

NOBODY = ""
"""The payer of what nobody pays."""


@dataclass(frozen=True, slots=True)
class FundingLine:
    funding: Funding
    amounts: Flow
    needed: Flow
    """The cash that the costs put on this payer in each year."""

    @property
    def short(self) -> Flow:
        """What is needed beyond the funding; nothing in a year with more funding than need."""
        return tuple(max(0.0, need - amount) for need, amount in zip(self.needed, self.amounts, strict=True))


@dataclass(frozen=True, slots=True)
class Cliff:
    """What happens when the grants end. All flows are nothing up to that year; `first_year` is None without a cliff.

    `recurrent` is the cash cost that comes back each year; `nobody` is what of it has no payer or no funding, so that
    it is paid from neither `confirmed` nor `unconfirmed` funding.
    """

    grant_ends: int | None
    first_year: int | None
    recurrent: Flow
    confirmed: Flow
    unconfirmed: Flow
    nobody: Flow


@dataclass(frozen=True, slots=True)
class Affordability:
    """What has to be met in each year beside its funding: `gap` is what is not funded, `surplus` what is funded beyond it.

    A surplus of one year never covers the gap of another. `in_kind` is the part of the cost that is time, not money.
    """

    funding: tuple[FundingLine, ...]
    cash_cost: Flow
    confirmed: Flow
    unconfirmed: Flow
    funded: Flow
    gap: Flow
    surplus: Flow
    in_kind: Flow
    no_payer: Flow
    cliff: Cliff


def affordability(appraisal: Appraisal) -> Affordability:
    inputs, years = appraisal.inputs, appraisal.timeframe.years + 1
    cash = [cash_cost(line, inputs) for line in appraisal.costs]
    paid = payers_by_year(inputs)
    funding = tuple(FundingLine(row, row.money.series(inputs.timeframe), charged(cash, paid, row.id, years))
                    for row in inputs.funding)
    cost = total(cash, years)
    confirmed = total((line.amounts for line in funding if line.funding.confirmed), years)
    unconfirmed = total((line.amounts for line in funding if not line.funding.confirmed), years)
    funded = total((confirmed, unconfirmed), years)
    short = settled(minus(cost, funded))
    return Affordability(funding, cost, confirmed, unconfirmed, funded, tuple(max(0.0, amount) for amount in short),
                         tuple(max(0.0, -amount) for amount in short), _in_kind(appraisal, cash),
                         settled(charged(cash, paid, NOBODY, years)), _cliff(appraisal, cash, confirmed, unconfirmed))


def _in_kind(appraisal: Appraisal, cash: Sequence[Flow]) -> Flow:
    return total((flow for line, flow in zip(appraisal.costs, cash, strict=True) if line.cost.type is CostType.IN_KIND),
                 appraisal.timeframe.years + 1)


def cash_cost(line: CostLine, inputs: Inputs) -> Flow:
    """A cost in the cash of each year: with assumed inflation and VAT that cannot be recovered, before optimism bias."""
    return _in_cash(line.planned, line.cost, inputs)


def cash_by_year(cost: Cost, inputs: Inputs) -> Flow:
    """The same for a cost as the bid gives it, before any appraisal."""
    price = inputs.prices.to_base(cost.price_year)
    return _in_cash(tuple(amount * price for amount in cost.money.series(inputs.timeframe)), cost, inputs)


def _in_cash(real: Flow, cost: Cost, inputs: Inputs) -> Flow:
    return tuple(amount * inputs.prices.to_cash(year) * (1 + cost.vat)
                 for amount, year in zip(real, inputs.timeframe.calendar, strict=True))


def payers_by_year(inputs: Inputs) -> list[tuple[str, ...]]:
    """Who pays each cost in each year, by the id of the funding.

    Its payer pays up to the last year in which that funding has an amount, then its payer after the grant, and nobody
    where none is named.
    """
    last = {row.id: last_funded(row, inputs) for row in inputs.funding}
    return [_payers(cost, last, inputs.timeframe.years) for cost in inputs.costs]


def _payers(cost: Cost, last: Mapping[str, int], years: int) -> tuple[str, ...]:
    until, after = last.get(cost.payer, -1), cost.payer_after_grant if cost.payer_after_grant in last else NOBODY
    return tuple(cost.payer if year <= until else after for year in range(years + 1))


def last_funded(funding: Funding, inputs: Inputs) -> int:
    """The last year t in which a funding has an amount; -1 where it has none."""
    return max((year for year, amount in enumerate(funding.money.series(inputs.timeframe)) if amount), default=-1)


def charged(flows: Sequence[Flow], paid: Sequence[tuple[str, ...]], payer: str, years: int) -> Flow:
    """The part of some costs that falls on one payer, year by year."""
    return tuple(sum(flow[year] for flow, names in zip(flows, paid, strict=True) if names[year] == payer)
                 for year in range(years))


def _cliff(appraisal: Appraisal, cash: Sequence[Flow], confirmed: Flow, unconfirmed: Flow) -> Cliff:
    inputs, years = appraisal.inputs, appraisal.timeframe.years + 1
    ends = max((last_funded(row, inputs) for row in inputs.funding if row.is_grant), default=-1)
    after = tuple(float(0 <= ends < year) for year in range(years))
    recurrent = _masked(total((flow for line, flow in zip(appraisal.costs, cash, strict=True) if line.cost.recurrent), years),
                        after)
    firm = tuple(map(min, recurrent, _masked(confirmed, after)))
    hoped = tuple(map(min, minus(recurrent, firm), _masked(unconfirmed, after)))
    first = next((year for year, amount in enumerate(recurrent) if amount), None)
    return Cliff(ends if ends >= 0 else None, first, recurrent, firm, hoped, settled(minus(minus(recurrent, firm), hoped)))


def _masked(flow: Flow, mask: Flow) -> Flow:
    return tuple(a * b for a, b in zip(flow, mask, strict=True))
