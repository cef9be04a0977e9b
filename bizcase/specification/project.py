"""A checked specification as a value: what is computed with is typed; what is only printed stays a mapping."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from bizcase.appraisal.financial_year import parse_year, year_of
from bizcase.appraisal.inputs import (
    Benefit,
    BenefitClass,
    Chain,
    Cost,
    CostType,
    Funding,
    Inputs,
    Money,
    OptimismBias,
    Status,
    Timeframe,
    weakest,
)
from bizcase.appraisal.parameters import ParameterSet
from bizcase.specification.profile import Profile
from bizcase.specification.shape import Rules
from bizcase.specification.values import parse_date

DEFAULT_YEARS = 5
UNDATED = "2026-04-01"
"""The day of a document that gives none; the core asks no clock."""


@dataclass(frozen=True, slots=True)
class Project:
    """`data` is the specification without blanks; `digest` identifies its content, however it is laid out."""

    profile: Profile
    data: Mapping[str, Any]
    inputs: Inputs
    parameters: ParameterSet
    digest: str

    @property
    def title(self) -> str:
        return str(self.section("document").get("title", "Untitled bid"))

    def section(self, name: str) -> Mapping[str, Any]:
        """A section's fields; nothing where it is not filled in."""
        content: Mapping[str, Any] = self.data.get(name, {})
        return content


def make_project(data: Rules, profile: Profile, parameters: ParameterSet) -> Project:
    """The project of data that has no errors."""
    return Project(profile, data, appraisal_inputs(data, parameters), parameters, digest_of(data))


def digest_of(data: Rules) -> str:
    """SHA-256 of the specification's content."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def appraisal_inputs(data: Rules, parameters: ParameterSet) -> Inputs:
    """The typed costs, benefits and funding of a specification."""
    resources, years = data.get("resources", {}), timeframe(data)
    first = years.first_year
    return Inputs(
        years,
        tuple(_cost(row, parameters, first) for row in resources.get("costs", [])),
        tuple(_benefit(row, first) for row in data.get("benefits", {}).get("register", [])),
        tuple(_funding(row, first) for row in resources.get("funding", [])),
        money(resources.get("gap", {}), first))


def timeframe(data: Rules) -> Timeframe:
    """The years appraised. Where the specification does not say, the earliest year that any amount names."""
    settings = data.get("appraisal", {})
    base = parse_year(settings["price_base_year"]) if "price_base_year" in settings else _earliest_year(data)
    first = parse_year(settings["first_year"]) if "first_year" in settings else base
    return Timeframe(base, first, settings.get("years", DEFAULT_YEARS))


def money(value: Rules, first_year: int | None = None) -> Money:
    """The amounts of a `money` field, its short form kept; `first_year` is where it begins unless it says."""
    if "per_year" in value:
        return _yearly(float(value["per_year"]), value, first_year)
    if "once" in value:
        year = parse_year(value["in"])
        return Money(per_year=float(value["once"]), start=year, end=year)
    return Money(by_year={parse_year(year): float(amount) for year, amount in value.items()})


def _yearly(amount: float, value: Rules, first_year: int | None) -> Money:
    start = parse_year(value["from"]) if "from" in value else first_year
    end = parse_year(value["to"]) if "to" in value else None
    return Money(per_year=amount, start=start, end=end, ramp=tuple(value.get("ramp", ())))


def quantity(value: Any, otherwise: float = 0.0) -> float:
    """The central figure of a quantity, written plainly or as a mapping."""
    if value is None:
        return otherwise
    return float(value["value"] if isinstance(value, Mapping) else value)


def quantity_status(value: Any) -> Status:
    """The status a quantity states, or known where it states none (its row may still state a weaker one)."""
    return Status(value["status"]) if isinstance(value, Mapping) and "status" in value else Status.KNOWN


def _earliest_year(data: Rules) -> int:
    """The earliest year that any amount names; without one, the year of the document."""
    resources, register = data.get("resources", {}), data.get("benefits", {}).get("register", [])
    amounts = [row["amount"] for name in ("costs", "funding") for row in resources.get(name, [])]
    amounts += [resources.get("gap", {}), *(row.get("value", {}).get("by_year", {}) for row in register)]
    amounts += [{"per_year": 0, "from": row["value"]["from"]} for row in register if "from" in row.get("value", {})]
    named = [year for amount in amounts for year in money(amount).years_named()]
    return min(named, default=year_of(parse_date(data.get("document", {}).get("date", UNDATED))))


def _cost(row: Rules, parameters: ParameterSet, first_year: int) -> Cost:
    return Cost(row["id"], row["item"], row["category"], CostType(row["type"]), row["recurrent"],
                money(row["amount"], first_year), row.get("payer", ""), row.get("payer_after_grant", ""),
                _optimism_bias(row.get("optimism_bias", {}), parameters), Status(row["status"]), row["source"])


def _optimism_bias(row: Rules, parameters: ParameterSet) -> OptimismBias:
    category = row.get("category", "")
    recommended = {bias.name: bias.upper for bias in parameters.optimism_bias}
    rate = row.get("rate", recommended.get(category, 0.0))
    return OptimismBias(category, float(rate), float(row.get("mitigation", 0.0)), row.get("reason", ""))


def _benefit(row: Rules, first_year: int) -> Benefit:
    value = row.get("value", {})
    chain = _chain(value) if "volume" in value else None
    status = weakest([Status(row.get("status", Status.ESTIMATE)), *map(quantity_status, value.values())])
    return Benefit(row["id"], row["title"], BenefitClass(row["class"]), chain, _benefit_money(value, chain, first_year),
                   row.get("disbenefit", False), value.get("health", False), "depends_on_scale" in row, status,
                   row.get("source", ""))


def _benefit_money(value: Rules, chain: Chain | None, first_year: int) -> Money | None:
    if chain is not None:
        return _yearly(chain.full_year_value, value, first_year)
    return money(value["by_year"]) if "by_year" in value else None


def _chain(value: Rules) -> Chain:
    """The factors that are given; the others change nothing."""
    return Chain(**{factor.name: quantity(value[factor.name]) for factor in fields(Chain) if factor.name in value})


def _funding(row: Rules, first_year: int) -> Funding:
    return Funding(row["id"], row["source"], row["kind"], money(row["amount"], first_year), row["status"])
