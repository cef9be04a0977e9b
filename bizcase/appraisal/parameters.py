"""A dated set of rates and values from guidance. The rows stand in `schemas/parameters/`, never in code."""

from __future__ import annotations

from dataclasses import dataclass


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
    source: str

    def rate(self, year: int) -> float:
        """The rate of year t (t >= 1). Raises LookupError outside the schedule."""
        for band in self.bands:
            if band.start <= year and (band.end is None or year <= band.end):
                return band.rate
        raise LookupError(f"the schedule {self.name!r} has no rate for year {year}")


@dataclass(frozen=True, slots=True)
class BiasCategory:
    """Recommended uplift of capital cost for one kind of project, as fractions."""

    name: str
    upper: float
    lower: float
    source: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A value from guidance, such as a QALY, with what must stand beside it wherever it is printed."""

    name: str
    value: float
    unit: str
    price_year: str
    source: str


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """All parameters of one edition of the guidance; `checked` is the day they were last compared with it."""

    name: str
    title: str
    edition: str
    checked: str
    standard: Schedule
    health: Schedule
    optimism_bias: tuple[BiasCategory, ...]
    constants: tuple[Constant, ...]
