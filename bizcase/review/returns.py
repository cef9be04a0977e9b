"""A return or a payback that contradicts the bid's own table of costs and benefits by year (B22)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from bizcase.errors import Finding, Place, Severity
from bizcase.review.amounts_in_text import number_in_cell
from bizcase.review.lexicon import any_of, words_file
from bizcase.review.said_twice import Mention, mentions
from bizcase.review.submission import Submission, Table

CONTRADICTED = "B22"
_TOTAL = re.compile(r"\btotals?\b|\bsum\b", re.IGNORECASE)
_APART = re.compile(r"\bnet\b|\bcumulative\b|\bdiscount", re.IGNORECASE)
SLACK = 1.0
"""Percentage points by which a stated return may differ: it may have been rounded, and so may the table."""


@dataclass(frozen=True, slots=True)
class Flows:
    """Costs and benefits by year, as one table of the bid gives them."""

    costs: tuple[float, ...]
    benefits: tuple[float, ...]
    where: str

    def returns(self, year: int) -> tuple[float, ...]:
        """The return in percent at the end of a year (0: of the whole table): the net benefit over the cost; none without one."""
        years = year or len(self.costs)
        cost, benefit = sum(self.costs[:years]), sum(self.benefits[:years])
        return ((benefit - cost) / cost * 100,) if cost else ()

    def payback(self) -> tuple[float, float] | None:
        """The months between which the benefits so far overtake the costs so far; None where they never do."""
        spent, gained = list(accumulate(self.costs)), list(accumulate(self.benefits))
        year = next((number for number in range(len(spent)) if gained[number] >= spent[number]), None)
        return None if year is None else (year * 12.0, year * 12.0 + 12)


@cache
def _costs() -> re.Pattern[str]:
    return any_of(words_file("figures")["cost_row"])


@cache
def _benefits() -> re.Pattern[str]:
    return any_of(words_file("figures")["benefit_row"])


def contradicted_returns(submission: Submission) -> list[Finding]:
    """Each stated return and payback that no table with costs and benefits by year bears out."""
    tables = [flows for table in submission.tables if (flows := flows_of(table)) is not None]
    said = list(mentions(submission)) if tables else []
    return [finding for mention in said if (finding := _finding(mention, tables, submission.name)) is not None]


def flows_of(table: Table) -> Flows | None:
    """The costs and benefits by year of a table with one row for each, and a column for each year."""
    if len(table.rows) < 3 or len(table.rows[0]) < 3:
        return None
    years = [number for number, heading in enumerate(table.rows[0]) if number and not _TOTAL.search(heading)]
    costs = _row(table.rows[1:], _costs(), years)
    benefits = _row(table.rows[1:], _benefits(), years)
    return Flows(costs, benefits, table.where) if costs and benefits and len(costs) >= 2 else None


def _row(rows: Sequence[tuple[str, ...]], name: re.Pattern[str], years: Sequence[int]) -> tuple[float, ...]:
    """The one row of that name, a total before any other; none where several have the same right."""
    named = [row for row in rows if name.search(row[0]) and not _APART.search(row[0])]
    totals = [row for row in named if _TOTAL.search(row[0])]
    chosen = totals or named
    if len(chosen) != 1 or (not totals and len(rows) > 6):
        return ()
    amounts = [number_in_cell(chosen[0][number]) for number in years if number < len(chosen[0])]
    return tuple(abs(amount.value) for amount in amounts if amount is not None) if None not in amounts else ()


def _finding(mention: Mention, tables: Sequence[Flows], file: str) -> Finding | None:
    if mention.quantity == "roi":
        told = list(_returns(mention, tables))
    elif mention.quantity == "payback":
        told = list(_paybacks(mention, tables))
    else:
        return None
    if not told or None in told:
        return None
    return Finding(Place(file, where=mention.where), CONTRADICTED, Severity.MAJOR, str(told[0]),
                   "correct the sentence or the table; a finance reviewer works it out")


def _returns(mention: Mention, tables: Sequence[Flows]) -> Iterator[str | None]:
    """For each table that reaches the year: None where it bears the return out, else what it says."""
    for flows in tables:
        found = flows.returns(mention.year) if mention.year <= len(flows.costs) else ()
        if found:
            fits = any(abs(mention.amount.value - each) <= max(SLACK, mention.amount.step) for each in found)
            at = f" at year {mention.year}" if mention.year else ""
            yield None if fits else (f"a return of {mention.amount.text}{at} is stated here; the table {flows.where} gives "
                                     f"{found[0]:.1f}% (benefits less costs, over costs)".replace("-", "−"))


def _paybacks(mention: Mention, tables: Sequence[Flows]) -> Iterator[str | None]:
    for flows in tables:
        between = flows.payback()
        low, high = mention.amount.value - mention.amount.step, mention.amount.value + mention.amount.step
        if between is None:
            yield (f"a payback of {mention.amount.text} is stated here; in the table {flows.where} the benefits never overtake "
                   "the costs")
        else:
            fits = high >= between[0] and low <= between[1]
            yield None if fits else (f"a payback of {mention.amount.text} is stated here; in the table {flows.where} the "
                                     f"benefits overtake the costs in year {between[1] / 12:.0f}")
