"""A dated set of rates and values from guidance. The rows stand in `schemas/parameters/`, never in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bizcase.appraisal.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a row comes from: source, edition, the year of its prices (empty for a rate) and the day it was last checked."""

    source: str
    edition: str
    price_year: str
    checked: str


@dataclass(frozen=True, slots=True)
class Band:
    """One step of a discount schedule: the rate of the years `start` to `end`; `end` is None where it does not end."""

    start: int
    end: int | None
    rate: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """A stepped discount schedule (Green Book, discounting): rates fall as years become distant."""

    name: str
    bands: tuple[Band, ...]
    provenance: Provenance

    def rate(self, year: int) -> float:
        """The rate of year t (t >= 1). Raises LookupError outside the schedule."""
        for band in self.bands:
            if band.start <= year and (band.end is None or year <= band.end):
                return band.rate
        raise LookupError(f"the schedule {self.name!r} has no rate for year {year}")


@dataclass(frozen=True, slots=True)
class BiasCategory:
    """Recommended uplift of cost for one kind of project, as fractions; `applies_to` is the type of cost it was found for."""

    name: str
    upper: float
    lower: float
    applies_to: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Constant:
    """A value from guidance, such as a QALY, with what must stand beside it wherever it is printed."""

    name: str
    value: float
    unit: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Deflator:
    """An index of the general price level by year."""

    index: Mapping[int, float]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Vat:
    """The standard rate of value added tax, as a fraction."""

    rate: float
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Conventions:
    """House rules of the analysis, which no guidance sets: scenarios, the default range, the simulation, and RAG.

    `default_range` is the share by which a driver without a stated range is varied. A measured benefit is green from
    the share `green` of the way to its target, amber from `amber`. Rates not compared with the guidance for more than
    `stale_after_days` before a bid are told.
    """

    scenarios: tuple[Scenario, ...]
    default_range: float
    draws: int
    seed: int
    green: float
    amber: float
    stale_after_days: int


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """All parameters of one edition of the guidance.

    The edition was in force from `starts` until `ends` (empty while it still is), both as dates; `checked` is the day the
    set was last compared with it.
    """

    name: str
    title: str
    edition: str
    checked: str
    starts: str
    ends: str
    standard: Schedule
    health: Schedule
    reduced: Schedule
    optimism_bias: tuple[BiasCategory, ...]
    constants: tuple[Constant, ...]
    deflator: Deflator
    vat: Vat
    conventions: Conventions
