"""What the appraisal computes with, taken from a specification: typed costs, benefits, funding, options, steps and risks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    OptimismBias,
    Option,
    Range,
    Risk,
    Status,
    Step,
    weakest,
)
from bizcase.appraisal.lines import AMOUNT
from bizcase.appraisal.money import Money, Timeframe
from bizcase.appraisal.parameters import ParameterSet
from bizcase.appraisal.prices import Prices
from bizcase.appraisal.scenario import Scenario
from bizcase.specification.amounts import money, quantity, quantity_range, quantity_status, yearly
from bizcase.specification.parameters import scenario
from bizcase.specification.references import as_excel_reads
from bizcase.specification.shape import Rules
from bizcase.specification.values import parse_date

DEFAULT_YEARS = 5
UNDATED = "2026-04-01"
"""The day of a document that gives none; the core asks no clock."""

SOCIETY, THE_HOST = "Patients and society", "The host organisation"


def appraisal_inputs(data: Rules, parameters: ParameterSet) -> Inputs:
    """The inputs of a specification whose shape is sound."""
    years = timeframe(data)
    reader = _Reader(data, parameters, years, steps(data))
    resources = data.get("resources", {})
    return Inputs(
        years,
        tuple(map(reader.cost, resources.get("costs", []))),
        tuple(map(reader.benefit, data.get("benefits", {}).get("register", []))),
        tuple(map(reader.funding, resources.get("funding", []))),
        money(resources.get("gap", {}), years.first_year),
        tuple(map(_option, data.get("options", {}).get("items", []))), tuple(reader.steps.values()),
        tuple(reader.risk(row) for row in data.get("risks", {}).get("register", [])
              if {"exposure", "probability"} <= row.keys()),
        scenarios(data, parameters),
        Prices(years.price_base_year, parameters.deflator.index, data.get("appraisal", {}).get("inflation")))


def timeframe(data: Rules) -> Timeframe:
    """The years appraised. Where the specification does not say, the earliest year that any amount names."""
    settings = data.get("appraisal", {})
    base = parse_year(settings["price_base_year"]) if "price_base_year" in settings else _earliest_year(data)
    first = parse_year(settings["first_year"]) if "first_year" in settings else base
    return Timeframe(base, first, settings.get("years", DEFAULT_YEARS))


def steps(data: Rules) -> dict[str, Step]:
    """The steps of scale-up by id, in their order."""
    rows = sorted(data.get("scale_up", {}).get("steps", []), key=lambda row: row["order"])
    return {row["id"]: Step(row["id"], row["setting"], row.get("sites", 0),
                            parse_year(row["start"]) if "start" in row else None, tuple(row.get("ramp", ())),
                            row["outside_host"]) for row in rows}


def scenarios(data: Rules, parameters: ParameterSet) -> tuple[Scenario, ...]:
    """The scenarios of the house, then those of the bid; one with the same id takes the other's place."""
    own = {as_excel_reads(row["id"]): scenario(row) for row in data.get("appraisal", {}).get("scenarios", [])}
    return tuple({**{as_excel_reads(row.id): row for row in parameters.conventions.scenarios}, **own}.values())


@dataclass(frozen=True, slots=True)
class _Reader:
    data: Rules
    parameters: ParameterSet
    years: Timeframe
    steps: dict[str, Step]

    @property
    def step_of(self) -> dict[str, str]:
        """The step that names a cost among its own, where the cost itself does not say."""
        return {cost: row["id"] for row in self.data.get("scale_up", {}).get("steps", []) for cost in row.get("costs", ())}

    def cost(self, row: Rules) -> Cost:
        step = row.get("scale_step") or self.step_of.get(row["id"], "")
        spread = row.get("range")
        return Cost(row["id"], row["item"], row["category"], CostType(row["type"]), row["recurrent"],
                    money(row["amount"], self.years.first_year, self._latest([step])),
                    row.get("payer", ""), row.get("payer_after_grant", ""), self._bias(row.get("optimism_bias", {})),
                    Status(row["status"]), row["source"], tuple(row.get("options", ())),
                    parse_year(row["price_year"]) if "price_year" in row else None,
                    self.parameters.vat.rate if row.get("vat") == "not recoverable" else 0.0,
                    Range(float(spread["low"]), float(spread["high"])) if spread else None, step)

    def _latest(self, names: Iterable[str]) -> Step | None:
        """The step among some that starts last, with which what waits for all of them begins."""
        found = [(step.start, position, step) for position, step in enumerate(self.steps.values())
                 if step.id in names and step.start is not None]
        return max(found)[2] if found else None

    def _bias(self, row: Rules) -> OptimismBias:
        category = row.get("category", "")
        upper = {bias.name: bias.upper for bias in self.parameters.optimism_bias}.get(category, 0.0)
        return OptimismBias(category, float(row.get("rate", upper)), float(row.get("mitigation", 0.0)), row.get("reason", ""),
                            upper)

    def benefit(self, row: Rules) -> Benefit:
        value = row.get("value", {})
        chain = _chain(value) if "volume" in value else None
        waits_for = tuple(row.get("depends_on_scale", ()))
        status = weakest([Status(row.get("status", Status.ESTIMATE)), *map(quantity_status, value.values())])
        return Benefit(row["id"], row["title"], BenefitClass(row["class"]), chain, self._value(value, chain, waits_for),
                       row.get("disbenefit", False), value.get("health", False), waits_for, status, row.get("source", ""),
                       tuple(row.get("options", ())), _ranges(value), self._gainer(row))

    def _value(self, value: Rules, chain: Chain | None, waits_for: tuple[str, ...]) -> Money | None:
        if chain is not None:
            return yearly(chain.full_year_value, value, self.years.first_year, self._latest(waits_for))
        return money(value["by_year"]) if "by_year" in value else None

    def _gainer(self, row: Rules) -> str:
        """The organisation that gains: named, else society, else that of the first stakeholder who gains, else the host."""
        host = str(self.data.get("document", {}).get("organisation", THE_HOST))
        if "accrues_to" in row or row["class"] == BenefitClass.SB:
            return str(row.get("accrues_to", SOCIETY))
        people = {person["id"]: person for person in self.data.get("stakeholders", {}).get("map", [])}
        named = (people[name].get("organisation", host) for name in row.get("beneficiaries", ()) if name in people)
        return str(next(named, host))

    def funding(self, row: Rules) -> Funding:
        return Funding(row["id"], row["source"], row["kind"], money(row["amount"], self.years.first_year), row["status"],
                       row.get("organisation", ""))

    def risk(self, row: Rules) -> Risk:
        year = parse_year(row["year"]) if "year" in row else self.years.first_year
        return Risk(row["id"], row["title"], float(row["probability"]), quantity(row["exposure"]), year,
                    quantity_status(row["exposure"]))


def _option(row: Rules) -> Option:
    return Option(row["id"], row["name"], row["kind"], row.get("decision", ""), row.get("reason", ""), row.get("life"))


def _chain(value: Rules) -> Chain:
    """The factors that are given; the others change nothing."""
    return Chain(**{factor.name: quantity(value[factor.name]) for factor in fields(Chain) if factor.name in value})


def _ranges(value: Rules) -> Mapping[str, Range]:
    """The ranges of a benefit's factors; of its amounts where they are spelled out."""
    if "by_year" in value:
        spread: Any = value.get("range")
        return {AMOUNT: Range(float(spread["low"]), float(spread["high"]))} if spread else {}
    found = {factor.name: quantity_range(value.get(factor.name)) for factor in fields(Chain)}
    return {name: ends for name, ends in found.items() if ends is not None}


def _earliest_year(data: Rules) -> int:
    """The earliest year that any amount names; without one, the year of the document."""
    resources, register = data.get("resources", {}), data.get("benefits", {}).get("register", [])
    amounts = [row["amount"] for name in ("costs", "funding") for row in resources.get(name, [])]
    amounts += [resources.get("gap", {}), *(row.get("value", {}).get("by_year", {}) for row in register)]
    amounts += [{"per_year": 0, "from": row["value"]["from"]} for row in register if "from" in row.get("value", {})]
    named = [year for amount in amounts for year in money(amount).years_named()]
    return min(named, default=year_of(parse_date(data.get("document", {}).get("date", UNDATED))))
