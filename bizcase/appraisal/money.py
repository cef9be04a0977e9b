"""Amounts of money over the financial years appraised.

All amounts are pounds. Years are financial years, counted by their starting year; t = 0 is the first year appraised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bizcase.appraisal.financial_year import write_year

Flow = tuple[float, ...]
"""One amount for each year appraised, t = 0 first."""


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
    not expanded, so that the workbook can hold it as inputs and a formula. `start_step` and `ramp_step` are the step of
    scale-up from which start and ramp are taken, where the amount has none of its own.
    """

    by_year: Mapping[int, float] = field(default_factory=dict)
    per_year: float | None = None
    start: int | None = None
    end: int | None = None
    ramp: tuple[float, ...] = ()
    start_step: str = ""
    ramp_step: str = ""

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
