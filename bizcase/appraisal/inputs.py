"""What an appraisal starts from: costs, benefits and funding in real terms at base-year prices, and the years they cover.

All amounts are pounds. Years are financial years, counted by their starting year; t = 0 is the first year appraised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bizcase.appraisal.financial_year import write_year


class Status(StrEnum):
    """How sure a figure is. What rests on an illustrative or disputed figure is printed as such."""

    KNOWN = "known"
    ESTIMATE = "estimate"
    ILLUSTRATIVE = "illustrative"
    DISPUTED = "disputed"

    @property
    def rank(self) -> int:
        return list(Status).index(self)


def weakest(statuses: list[Status]) -> Status:
    """The least certain of some statuses: a total is no surer than its weakest part."""
    return max(statuses, key=lambda status: status.rank, default=Status.KNOWN)


@dataclass(frozen=True, slots=True)
class Timeframe:
    """The years appraised: year 0 and the `years` that follow it, and the year whose prices are used."""

    price_base_year: int
    first_year: int
    years: int

    @property
    def calendar(self) -> tuple[int, ...]:
        """The starting years of all years appraised, t = 0 first."""
        return tuple(range(self.first_year, self.first_year + self.years + 1))

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(write_year(year) for year in self.calendar)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount for each financial year: either spelled out, or `per_year` from one year to another, with a ramp.

    The ramp holds the share of the amount in the first, second … year; its last share lasts. The short form is kept,
    not expanded, so that the workbook can hold it as inputs and a formula.
    """

    by_year: Mapping[int, float] = field(default_factory=dict)
    per_year: float | None = None
    start: int | None = None
    end: int | None = None
    ramp: tuple[float, ...] = ()

    def in_year(self, year: int) -> float:
        if self.per_year is None:
            return self.by_year.get(year, 0.0)
        if not self.runs_in(year):
            return 0.0
        return self.per_year * self.share(year)

    def runs_in(self, year: int) -> bool:
        return (self.start is None or year >= self.start) and (self.end is None or year <= self.end)

    def share(self, year: int) -> float:
        """The ramp's share in a year: 1 without a ramp."""
        return ramp_share(self.ramp, year - self.start if self.start is not None else 0)

    def series(self, timeframe: Timeframe) -> tuple[float, ...]:
        return tuple(self.in_year(year) for year in timeframe.calendar)

    def years_named(self) -> list[int]:
        """Every year the money names, to see whether it falls inside the appraisal."""
        return [*self.by_year, *(year for year in (self.start, self.end) if year is not None)]


def ramp_share(ramp: tuple[float, ...], index: int) -> float:
    """The share at a position of a ramp, whose last share lasts; 1 where there is no ramp."""
    return ramp[min(max(index, 0), len(ramp) - 1)] if ramp else 1.0


class CostType(StrEnum):
    CAPITAL = "capital"
    REVENUE = "revenue"
    IN_KIND = "in kind"


@dataclass(frozen=True, slots=True)
class OptimismBias:
    """The uplift for optimism: the guidance's rate, less the share that is mitigated (Green Book, FIELD 1.3).

    cost adjusted = cost x (1 + rate x (1 - mitigation))
    """

    category: str = ""
    rate: float = 0.0
    mitigation: float = 0.0
    reason: str = ""

    @property
    def uplift(self) -> float:
        return self.rate * (1 - self.mitigation)


@dataclass(frozen=True, slots=True)
class Cost:
    id: str
    item: str
    category: str
    type: CostType
    recurrent: bool
    money: Money
    payer: str = ""
    payer_after_grant: str = ""
    optimism_bias: OptimismBias = OptimismBias()
    status: Status = Status.ESTIMATE
    source: str = ""


class BenefitClass(StrEnum):
    """The four classes of benefit of NHS appraisals. CRB and NCRB are never summed without showing the split."""

    CRB = "cash-releasing"
    NCRB = "non-cash-releasing"
    SB = "societal"
    UB = "unmonetisable"


@dataclass(frozen=True, slots=True)
class Chain:
    """The calculation of a benefit's yearly value, factor by factor (real terms, pounds a year at full effect)."""

    volume: float
    effect: float = 1.0
    unit_value: float = 1.0
    attribution: float = 1.0
    deadweight: float = 0.0
    take_up: float = 1.0
    confidence_adjustment: float = 0.0

    @property
    def full_year_value(self) -> float:
        return (self.volume * self.effect * self.unit_value * self.attribution * (1 - self.deadweight) * self.take_up
                * (1 + self.confidence_adjustment))


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit; `chain` with the years it runs, or `money` spelled out, or neither where it cannot be monetised."""

    id: str
    title: str
    benefit_class: BenefitClass
    chain: Chain | None = None
    money: Money | None = None
    disbenefit: bool = False
    health: bool = False
    depends_on_scale: bool = False
    status: Status = Status.ESTIMATE
    source: str = ""

    @property
    def sign(self) -> int:
        return -1 if self.disbenefit else 1

    @property
    def monetised(self) -> bool:
        return self.money is not None


@dataclass(frozen=True, slots=True)
class Funding:
    id: str
    source: str
    kind: str
    money: Money
    status: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything one appraisal is computed from, beside the parameters."""

    timeframe: Timeframe
    costs: tuple[Cost, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    funding: tuple[Funding, ...] = ()
    declared_gap: Money = Money()

    @property
    def status(self) -> Status:
        """The weakest status among the monetised rows: what rests on costs and benefits together is no surer."""
        return weakest([self.status_of_costs(), self.status_of_benefits()])

    def status_of_costs(self, *types: CostType) -> Status:
        """The weakest status among the costs of these types, or of all."""
        return weakest([cost.status for cost in self.costs if not types or cost.type in types])

    def status_of_benefits(self, *classes: BenefitClass) -> Status:
        """The weakest status among the monetised benefits of these classes, or of all."""
        return weakest([row.status for row in self.benefits
                        if row.monetised and (not classes or row.benefit_class in classes)])
