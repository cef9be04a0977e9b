"""Generates whole small specifications, sound by construction, that use every feature of the appraisal in odd combinations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from bizcase.appraisal.affordability import cash_by_year
from bizcase.appraisal.financial_year import write_year
from bizcase.appraisal.inputs import Inputs
from bizcase.case import Case, open_case
from bizcase.specification.inputs import appraisal_inputs
from bizcase.specification.parameters import load_parameters

PARAMETERS = load_parameters("green-book-2026")
FIRST = 2026
"""Year 0 of every specification made here."""
KNOWN_PRICES = (min(PARAMETERS.deflator.index), max(PARAMETERS.deflator.index))

Rules = dict[str, Any]

TEXTS = ("Portal", "PORTAL", "portal", "=1+1", "+44 20", "-5 a week", "@here", "#N/A", "*", "?", "~*", "P*", "~", "yes", "TRUE",
         "2026/27", "by year", "confirmed", "R&D <10%", '"quoted"', "O'Neill", "_x0041_", "{1}", "central", "No payer named",
         "Patients and society", "健康 😀", "a" * 255)
"""What people may be called, among it what looks like a formula, holds wildcards or differs in capitals alone."""

STATUSES = ("known", "estimate", "illustrative", "disputed")
CLASSES = ("cash-releasing", "non-cash-releasing", "societal")


AMOUNTS = (0, 12.5, 999.99, 1234.56, 18000, 60000, 114000, 250000)
UNIT_VALUES = (0, 0.37, 70, 1234.56)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a specification may become. `scales` are what all its pounds may be multiplied by.

    One specification holds no amounts so far apart that the small ones drown in the last digits of the large ones.
    """

    lines: int
    years: tuple[int, ...]
    scales: tuple[float, ...]


USUAL_YEARS = (1, 2, 3, 4, 5, 8)
ANY_SIZE = Size(4, (*USUAL_YEARS * 3, 60), (1, 1, 1, 1e-4, 1e4))
"""Some with sixty years, some with amounts below a penny, and some with billions."""
SMALL = Size(3, USUAL_YEARS, (1,))
"""Quick to work out, with amounts at which no order of adding up matters."""


def specifications(size: Size) -> st.SearchStrategy[Rules]:
    """Specifications that have no errors; much is missing from them, so that they build as drafts."""
    return st.builds(balanced, _drafts(size))


def made_case(data: Rules) -> Case:
    """A specification on the way that every user's takes: from text, checked."""
    return open_case(json.dumps(data, ensure_ascii=False), "made.json")


@dataclass(frozen=True, slots=True)
class _Maker:
    """Draws the rows of one specification."""

    draw: st.DrawFn
    size: Size
    years: int
    scale: float
    indexed: bool
    steps: tuple[str, ...]
    funding: tuple[str, ...]
    options: tuple[str, ...] = ()
    """The options that lines may name: none where the bid prefers none."""

    def some(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def maybe(self, row: Rules, name: str, value: st.SearchStrategy[Any], often: int = 2) -> None:
        """Gives a row a field in one of `often` cases."""
        if self.draw(st.integers(1, often)) == 1:
            row[name] = self.draw(value)

    def pick(self, names: Sequence[str], least: int = 1) -> st.SearchStrategy[list[str]]:
        return st.lists(st.sampled_from(names), min_size=least, max_size=3, unique=True)

    @property
    def text(self) -> st.SearchStrategy[str]:
        return st.sampled_from(TEXTS)

    @property
    def amount(self) -> st.SearchStrategy[float]:
        return st.sampled_from(AMOUNTS).map(self.scaled)

    def scaled(self, amount: float) -> float:
        return amount * self.scale

    @property
    def year(self) -> st.SearchStrategy[str]:
        return st.integers(FIRST, FIRST + self.years).map(write_year)

    @property
    def ramp(self) -> st.SearchStrategy[list[float]]:
        return st.lists(st.sampled_from((0, 0.25, 1 / 3, 0.5, 1)), min_size=1, max_size=self.years + 3)

    def money(self) -> Rules:
        form = self.some("per year", "once", "by year")
        if form == "once":
            return {"once": self.draw(self.amount), "in": self.draw(self.year)}
        if form == "by year":
            return self.draw(st.dictionaries(self.year, self.amount, min_size=1, max_size=4))
        row: Rules = {"per_year": self.draw(self.amount)}
        self.span(row)
        return row

    def span(self, row: Rules) -> None:
        """From, to and ramp: some, all or none of them."""
        ends = sorted(self.draw(st.lists(self.year, min_size=2, max_size=2)))
        for name, value in (("from", st.just(ends[0])), ("to", st.just(ends[1])), ("ramp", self.ramp)):
            self.maybe(row, name, value)

    def cost(self, name: str) -> Rules:
        row: Rules = {"id": name, "item": self.draw(self.text), "category": "other",
                      "type": self.some("capital", "revenue", "in kind"), "recurrent": self.draw(st.booleans()),
                      "amount": self.money(), "status": self.some(*STATUSES), "source": self.draw(self.text)}
        for field in ("payer", "payer_after_grant"):
            if self.funding:
                self.maybe(row, field, st.sampled_from(self.funding))
        self.maybe(row, "optimism_bias", st.just(self.bias()))
        self.maybe(row, "vat", st.sampled_from(("none", "recoverable", "not recoverable")))
        self.maybe(row, "price_year", st.integers(*KNOWN_PRICES if not self.indexed else (2015, 2040)).map(write_year), often=3)
        self.maybe(row, "range", self.spread)
        if self.steps:
            self.maybe(row, "scale_step", st.sampled_from(self.steps))
        if self.options:
            self.maybe(row, "options", self.pick(self.options))
        return row

    @property
    def spread(self) -> st.SearchStrategy[Rules]:
        return st.fixed_dictionaries({"low": st.sampled_from((0, 0.5, 0.9, 1)), "high": st.sampled_from((1, 1.2, 2, 10))})

    def bias(self) -> Rules:
        row: Rules = {}
        self.maybe(row, "category", st.sampled_from([bias.name for bias in PARAMETERS.optimism_bias]))
        self.maybe(row, "rate", st.sampled_from((0, 0.1, 0.24, 0.6, 5)))
        self.maybe(row, "mitigation", st.sampled_from((0, 0.25, 0.9, 1)))
        return row or {"rate": 0.15}

    def benefit(self, name: str) -> Rules:
        kind = self.some(*CLASSES, *CLASSES, "unmonetisable")
        row: Rules = {"id": name, "title": self.draw(self.text), "class": kind, "measure": self.draw(self.text)}
        self.maybe(row, "status", st.sampled_from(STATUSES))
        self.maybe(row, "disbenefit", st.booleans(), often=3)
        self.maybe(row, "accrues_to", self.text)
        if self.steps:
            self.maybe(row, "depends_on_scale", self.pick(self.steps))
        if self.options:
            self.maybe(row, "options", self.pick(self.options))
        if kind != "unmonetisable":
            row["value"] = self.value()
        return row

    def value(self) -> Rules:
        row: Rules = {}
        self.maybe(row, "health", st.booleans(), often=3)
        if self.some("factors", "factors", "by year") == "by year":
            row["by_year"] = self.money()
            self.maybe(row, "range", self.spread)
            return row
        row["volume"] = self.quantity(0, 3, 620, 0.001)
        row["unit_value"] = self.quantity(*map(self.scaled, UNIT_VALUES))
        for name, central in (("effect", (0, 0.2, 1, 1.5)), ("attribution", (0, 0.9, 1)), ("deadweight", (0, 0.1, 0.95, 1)),
                              ("take_up", (0, 0.7, 1)), ("confidence_adjustment", (-1, -0.15, 0))):
            if self.draw(st.booleans()):
                row[name] = self.quantity(*central, lowest=-1 if name == "confidence_adjustment" else 0,
                                          highest={"effect": None, "confidence_adjustment": 0}.get(name, 1))
        self.span(row)
        return row

    def quantity(self, *central: float, lowest: float = 0, highest: float | None = None) -> float | Rules:
        """A number, plain or with its status, with both ends of a range, one of them, or none."""
        value = self.some(*central)
        form = self.some("plain", "plain", "status", "both", "low", "high")
        if form == "plain":
            return float(value)
        row: Rules = {"value": value, "status": self.some(*STATUSES)}
        if form in ("both", "low"):
            row["low"] = self.some(lowest, (lowest + value) / 2, value)
        if form in ("both", "high"):
            most = value * 2 + 1 if highest is None else highest
            row["high"] = self.some(most, (most + value) / 2, value)
        return row

    def source(self, name: str) -> Rules:
        row: Rules = {"id": name, "source": self.draw(self.text), "kind": self.some("grant", "grant", "commissioner", "host"),
                      "amount": self.money(), "status": self.some("confirmed", "applied for", "expected")}
        self.maybe(row, "organisation", st.sampled_from(TEXTS[:6]))
        return row

    def option(self, name: str) -> Rules:
        row: Rules = {"id": name, "name": self.draw(self.text), "description": "…",
                      "kind": self.some("business as usual", "business as usual", "do minimum", "preferred", "other")}
        self.maybe(row, "life", st.sampled_from((1, 2, 5, 60)))
        self.maybe(row, "decision", st.sampled_from(("preferred", "carried forward", "rejected")))
        return row

    def step(self, order: int, name: str) -> Rules:
        row: Rules = {"id": name, "order": order, "setting": self.draw(self.text), "outside_host": self.draw(st.booleans())}
        self.maybe(row, "sites", st.sampled_from((0, 1, 5, 120)))
        self.maybe(row, "start", st.integers(FIRST, FIRST + self.years + 2).map(write_year))
        self.maybe(row, "ramp", self.ramp)
        return row

    def risk(self, name: str) -> Rules:
        row: Rules = {"id": name, "title": self.draw(self.text), "category": "other", "likelihood": 3, "impact": 3,
                      "owner": "…", "mitigation": "…"}
        self.maybe(row, "exposure", st.just(self.quantity(*map(self.scaled, AMOUNTS))))
        self.maybe(row, "probability", st.sampled_from((0, 0.3, 1)))
        self.maybe(row, "year", self.year)
        return row

    def scenario(self, name: str) -> Rules:
        row: Rules = {"id": name, "name": self.draw(self.text)}
        for field, values in (("costs", (-1, -0.2, 0.2, 10)), ("benefits", (-1, -0.2, 0.5)), ("delay", (0, 1, 3, 60)),
                              ("deadweight", (0.1, 1)), ("optimism_bias", ("as set", "upper bound")), ("scale_up", (True, False)),
                              ("discounting", ("standard", "reduced")), ("ranges", ("central", "unfavourable", "favourable"))):
            self.maybe(row, field, st.sampled_from(values), often=3)
        return row


@st.composite
def _drafts(draw: st.DrawFn, size: Size) -> Rules:
    """A specification whose funding and costs need not agree yet."""
    years = draw(st.sampled_from(size.years))
    names = {letter: tuple(f"{letter}{number}" for number in range(1, draw(st.integers(0, most)) + 1))
             for letter, most in (("C", size.lines), ("B", size.lines), ("F", 3), ("A", 4), ("X", 3), ("R", 2), ("Z", 2))}
    settings: Rules = {"first_year": write_year(FIRST), "years": years}
    inflation = draw(st.sampled_from((None, None, 0, 0.02, -0.03, 0.25)))
    if inflation is not None:
        settings["inflation"] = inflation
    last = KNOWN_PRICES[1] if inflation is None else FIRST + 3
    settings["price_base_year"] = write_year(draw(st.sampled_from((2015, 2022, last))))
    maker = _Maker(draw, size, years, draw(st.sampled_from(size.scales)), inflation is not None, names["X"], names["F"])
    settings["scenarios"] = [maker.scenario(name) for name in names["Z"]]
    options = [maker.option(name) for name in names["A"]]
    if any("preferred" in (row["kind"], row.get("decision")) for row in options):
        maker = replace(maker, options=names["A"])
    return {"bizcase": 1, "profile": "ideas-den", "document": {"title": draw(maker.text), "organisation": "Portal"},
            "appraisal": settings,
            "resources": {"costs": [maker.cost(name) for name in names["C"]],
                          "funding": [maker.source(name) for name in names["F"]]},
            "benefits": {"register": [maker.benefit(name) for name in names["B"]]},
            "options": {"items": options},
            "scale_up": {"steps": [maker.step(order, name) for order, name in enumerate(names["X"], 1)]},
            "risks": {"register": [maker.risk(name) for name in names["R"]]}}


def balanced(draft: Rules) -> Rules:
    """The same with what is short declared as a gap, and with one more cost for what is left over."""
    inputs = appraisal_inputs(draft, PARAMETERS)
    if not inputs.costs or not inputs.funding:
        return draft
    short = _shortfall(inputs)
    gap = {write_year(year): amount for year, amount in short.items() if amount > 0}
    left = {write_year(year): -amount / inputs.prices.to_cash(year) for year, amount in short.items() if amount < 0}
    resources = {**draft["resources"], **({"gap": gap} if gap else {})}
    if left:
        rest = {"id": "C9", "item": "Rest", "category": "other", "type": "revenue", "recurrent": True, "amount": left,
                "status": "known", "source": "…"}
        resources["costs"] = [*resources["costs"], rest]
    return {**draft, "resources": resources}


def _shortfall(inputs: Inputs) -> dict[int, float]:
    """The cash that the case needs in each year beyond its funding."""
    cash = [cash_by_year(cost, inputs) for cost in inputs.costs if inputs.bears(cost, inputs.preferred)]
    return {year: sum(row[t] for row in cash) - sum(row.money.in_year(year) for row in inputs.funding)
            for t, year in enumerate(inputs.timeframe.calendar)}
