"""Where the Funding sheet keeps its sources, for the sheets that are filled before it."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.workbook.years import OWN_COLUMN, TOTAL_COLUMN, Block, YearSheet

KIND_COLUMN, STATUS_COLUMN = 3, 4


@dataclass(frozen=True, slots=True)
class FundingCells:
    """The sources with their amounts; what the costs put on each; and the same in terms of value."""

    years: YearSheet
    sources: Block
    needed: Block
    borne: Block

    @property
    def ids(self) -> str:
        return self.sources.down(1)

    @property
    def nobody_row(self) -> int:
        """The row below what each source bears, of what none does."""
        return self.borne.last + 1

    @property
    def bearers(self) -> str:
        """For each source, and for nobody below them, the number of the organisation that pays."""
        return self.years.sheet.down(OWN_COLUMN, self.borne.first, self.nobody_row)

    @property
    def borne_totals(self) -> str:
        return self.years.sheet.down(TOTAL_COLUMN, self.borne.first, self.nobody_row)

    @property
    def last_years(self) -> str:
        """For each source, the last year t in which it has an amount."""
        return self.sources.down(OWN_COLUMN)
