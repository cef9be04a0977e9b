"""Prices: from the year in which something was priced to the price base year, and from real terms to cash (FIELD 1.2, 7.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Prices:
    """`index` is the GDP deflator by year, `inflation` the general inflation that the bid assumes beyond it and for cash."""

    base_year: int = 0
    index: Mapping[int, float] = field(default_factory=dict)
    inflation: float | None = None

    def level(self, year: int) -> float:
        """The price level of a year: the index, or the last known level carried on with the assumed inflation.

        Raises LookupError before the first known year, and after the last where no inflation is assumed.
        """
        if year in self.index:
            return self.index[year]
        last = max(self.index, default=None)
        if last is None or year < last or self.inflation is None:
            raise LookupError(f"no price index for {year}")
        return float(self.index[last] * (1 + self.inflation) ** (year - last))

    def to_base(self, price_year: int | None) -> float:
        """What an amount in the prices of a year is multiplied by to stand in base-year prices. Raises LookupError."""
        if price_year is None or price_year == self.base_year:
            return 1.0
        return self.level(self.base_year) / self.level(price_year)

    def to_cash(self, year: int) -> float:
        """What a real amount is multiplied by to be the cash of its year: 1 where the bid assumes no inflation."""
        return float((1 + (self.inflation or 0.0)) ** (year - self.base_year))
