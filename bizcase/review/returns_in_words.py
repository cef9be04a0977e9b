"""A return that the bid's own words contradict (B22): no gain that stands beside it, over no cost that the bid names, gives it.

Every pair of a gain and a cost is tried; one that fits is enough. A return is the net benefit over the cost (Green Book); the
whole benefit over the cost is a ratio.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from re import Pattern

from bizcase.errors import Finding, Place, Severity
from bizcase.review.amounts_in_text import Amount, money_in, number_in_cell
from bizcase.review.lexicon import any_of, words_file
from bizcase.review.returns import CONTRADICTED
from bizcase.review.said_twice import Mention, mentions
from bizcase.review.submission import Kind, Submission

TOLERANCE = 3.0
"""Percentage points: figures in words are rounded, and so is a return."""

_CLAUSE = (". ", "; ", "\n")
MOST_YEARS = 10
"""A gain told by the year is tried for so many of them."""


@cache
def _words(name: str) -> Pattern[str]:
    return any_of(words_file("figures")[name])


def returns_in_words(submission: Submission) -> list[Finding]:
    """Each return that is said beside a gain and fits none, whatever cost of the bid it is held against."""
    said = list(mentions(submission))
    costs = [mention.amount for mention in said if mention.quantity in ("ask", "total_cost")] + list(_totals(submission))
    returns = [mention for mention in said if mention.quantity == "roi"]
    return [found for mention in returns if (found := _finding(mention, submission, costs)) is not None]


def _totals(submission: Submission) -> Iterator[Amount]:
    """The numbers of rows that say what all of it costs."""
    for table in submission.tables:
        for row in table.rows:
            if _words("cost_in_all").search(row[0]):
                yield from (amount for cell in row[1:] if (amount := number_in_cell(cell)) is not None and amount.value)


def _finding(mention: Mention, submission: Submission, costs: list[Amount]) -> Finding | None:
    beside = list(_beside(mention, submission))
    gains = [(amount, most) for kind, amount, most in beside if kind == "gain"]
    costs = [*(amount for kind, amount, _ in beside if kind == "loss"), *costs]
    pairs = [(gain, years, cost) for gain, most in gains for years in range(1, most + 1) for cost in costs if cost.value > 0]
    if not pairs or any(_fits(mention.amount, gain.value * years, cost.value) for gain, years, cost in pairs):
        return None
    gain, _, cost = next(((gain, years, cost) for gain, years, cost in pairs if _is_the_ratio(mention.amount, gain, years, cost)),
                         pairs[0])
    worked_out = f"{(gain.value - cost.value) / cost.value * 100:.0f}%".replace("-", "−")
    return Finding(Place(submission.name, where=mention.where), CONTRADICTED, Severity.MAJOR,
                   f"a return of {mention.amount.text} is stated here; {gain.text} against {cost.text} gives {worked_out}",
                   "say which gain is held against which cost, and to the end of which year")


def _is_the_ratio(stated: Amount, gain: Amount, years: int, cost: Amount) -> bool:
    return abs(stated.value - gain.value * years / cost.value * 100) <= max(TOLERANCE, stated.step)


def _fits(stated: Amount, gain: float, cost: float) -> bool:
    return abs(stated.value - (gain - cost) / cost * 100) <= max(TOLERANCE, stated.step)


def _beside(mention: Mention, submission: Submission) -> Iterator[tuple[str, Amount, int]]:
    """The money in the passages under the same heading that is called a gain or a loss, and the most years for which it may be
    counted."""
    headings = next((passage.headings for passage in submission.body if passage.where == mention.where), None)
    for passage in submission.body:
        if passage.headings == headings and passage.kind is not Kind.CELL:
            most = MOST_YEARS if _words("yearly").search(passage.text) else 1
            yield from ((_called(passage.text, amount), amount, most) for amount in money_in(passage.text))


def _called(text: str, amount: Amount) -> str:
    """Which the nearest word of gain or loss in the same clause is; nothing where there is none."""
    start = max((text.rfind(mark, 0, amount.start) for mark in _CLAUSE), default=-1) + 1
    end = min((at for mark in _CLAUSE if (at := text.find(mark, amount.end)) >= 0), default=len(text))
    near = [(min(abs(found.start() - amount.end), abs(amount.start - found.end())), name)
            for name in ("gain", "loss") for found in _words(name).finditer(text, start, end)]
    return min(near)[1] if near else ""
