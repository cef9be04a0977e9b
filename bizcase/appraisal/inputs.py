"""What an appraisal starts from, as the specification gives it: costs, benefits, funding, options, steps of scale-up, risks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bizcase.appraisal.money import Money, Timeframe
from bizcase.appraisal.prices import Prices
from bizcase.appraisal.scenario import Scenario


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
class Range:
    """The lowest and the highest likely value of something uncertain."""

    low: float
    high: float


class CostType(StrEnum):
    CAPITAL = "capital"
    REVENUE = "revenue"
    IN_KIND = "in kind"


@dataclass(frozen=True, slots=True)
class OptimismBias:
    """The uplift for optimism: the guidance's rate, less the share that is mitigated (Green Book, FIELD 1.3).

    cost adjusted = cost x (1 + rate x (1 - mitigation)); `upper` is the guidance's upper bound for the category.
    """

    category: str = ""
    rate: float = 0.0
    mitigation: float = 0.0
    reason: str = ""
    upper: float = 0.0

    @property
    def uplift(self) -> float:
        return self.rate * (1 - self.mitigation)

    @property
    def at_the_upper_bound(self) -> float:
        """The uplift before any mitigation: the guidance's upper bound, or the bid's own rate where that is higher."""
        return max(self.rate, self.upper)


@dataclass(frozen=True, slots=True)
class Cost:
    """One line of cost, without VAT. `options` are the options that bear it (none named: the preferred one alone).

    `price_year` is the year in whose prices it is given, `vat` the share that comes on top and cannot be recovered,
    `spread` the lowest and highest likely cost as shares of the amount, `step` the step of scale-up it belongs to.
    """

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
    options: tuple[str, ...] = ()
    price_year: int | None = None
    vat: float = 0.0
    spread: Range | None = None
    step: str = ""

    @property
    def steps(self) -> tuple[str, ...]:
        return (self.step,) if self.step else ()


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
    def before_deadweight(self) -> float:
        return (self.volume * self.effect * self.unit_value * self.attribution * self.take_up
                * (1 + self.confidence_adjustment))

    @property
    def full_year_value(self) -> float:
        return self.before_deadweight * (1 - self.deadweight)


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit; `chain` with the years it runs, or `money` spelled out, or neither where it cannot be monetised.

    `ranges` are the likely ranges of its factors, by name; for amounts spelled out, `amount` as a share of them.
    It comes only once all `steps` of scale-up that it names are taken. `accrues_to` is the organisation that gains.
    """

    id: str
    title: str
    benefit_class: BenefitClass
    chain: Chain | None = None
    money: Money | None = None
    disbenefit: bool = False
    health: bool = False
    steps: tuple[str, ...] = ()
    status: Status = Status.ESTIMATE
    source: str = ""
    options: tuple[str, ...] = ()
    ranges: Mapping[str, Range] = field(default_factory=dict)
    accrues_to: str = ""

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
    organisation: str = ""

    @property
    def confirmed(self) -> bool:
        return self.status == "confirmed"

    @property
    def is_grant(self) -> bool:
        return self.kind == "grant"

    @property
    def payer(self) -> str:
        """The organisation whose money it is."""
        return self.organisation or self.source


@dataclass(frozen=True, slots=True)
class Option:
    """A way forward. `life` is the number of years after year 0 that it lasts; None where it lasts all years appraised."""

    id: str
    name: str
    kind: str
    decision: str = ""
    reason: str = ""
    life: int | None = None


BUSINESS_AS_USUAL, PREFERRED = "business as usual", "preferred"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of scale-up: so many sites join from a year on; `ramp` is the share of them that have joined by each year."""

    id: str
    setting: str
    sites: int
    start: int | None
    ramp: tuple[float, ...] = ()
    outside_host: bool = False


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk with its probability (0 to 1) and its cost in pounds if it happens, in one financial year."""

    id: str
    title: str
    probability: float
    exposure: float
    year: int
    status: Status = Status.ESTIMATE


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything one appraisal is computed from, beside the parameters."""

    timeframe: Timeframe
    costs: tuple[Cost, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    funding: tuple[Funding, ...] = ()
    declared_gap: Money = field(default_factory=Money)
    options: tuple[Option, ...] = ()
    steps: tuple[Step, ...] = ()
    risks: tuple[Risk, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    prices: Prices = field(default_factory=Prices)

    @property
    def preferred(self) -> Option | None:
        return next((option for option in self.options if option.decision == PREFERRED), None) or next(
            (option for option in self.options if option.kind == PREFERRED), None)

    @property
    def business_as_usual(self) -> Option | None:
        return next((option for option in self.options if option.kind == BUSINESS_AS_USUAL), None)

    def bears(self, line: Cost | Benefit, option: Option | None) -> bool:
        """Whether an option has a cost or a benefit; a line that names no option belongs to the preferred one."""
        if not line.options:
            return option == self.preferred
        return option is not None and option.id in line.options

    def weight(self, line: Cost | Benefit, option: Option | None = None) -> int:
        """1 for a line of an option (the preferred one unless given), less 1 for one that business as usual has as well.

        Value is counted as the increment on business as usual (Green Book, economic case).
        """
        chosen = option if option is not None else self.preferred
        usual = self.business_as_usual
        return int(self.bears(line, chosen)) - int(usual is not None and self.bears(line, usual))

    def in_the_case(self, line: Cost | Benefit) -> bool:
        """Whether a line is one of the case, not only of another option: its range is tried, and it drives the result."""
        return self.bears(line, self.preferred) or self.weight(line) != 0

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
