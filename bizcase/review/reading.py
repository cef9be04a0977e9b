"""The statements of a bid with the words that were found in each, so that every criterion reads them without searching again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bizcase.review.hedges import Strength, strength_of, strength_under
from bizcase.review.shapes import shapes_in
from bizcase.review.signals import HEDGES, Need
from bizcase.review.statements import Statement
from bizcase.review.word_tree import Found, Span, Terms, Words, words_of

OPENING = 6
"""Words. A statement that denies the heading above it does so at once."""


@dataclass(frozen=True, slots=True)
class Read:
    """A statement, its words, where each list was found in it, the hedges in it, and what was found in its label."""

    statement: Statement
    words: tuple[str, ...]
    found: Mapping[str, Sequence[Span]]
    hedges: tuple[Found, ...]
    above: frozenset[str]

    def strength(self, claim: Need, *, with_label: bool) -> Strength | None:
        """How strongly a claim is made here, by its strongest mention; None where it is not made. The words above count
        only where the statement itself is silent."""
        own = [place for name in claim for place in self.found.get(name, ())]
        if own:
            strength = self._strongest(own)
            planned = "planned_above" in self.above and "over_and_done" not in self.found
            return min(strength, Strength.INTENDED) if planned else strength
        if with_label and not self.above.isdisjoint(claim):
            return strength_under(self.above, [hedge for hedge in self.hedges if hedge.end <= OPENING])
        return None

    def _strongest(self, places: Sequence[Span]) -> Strength:
        best = Strength.DENIED
        for place in places:
            best = max(best, strength_of(place, self.hedges, self.words))
            if best is Strength.STATED:
                break
        return best

    def has(self, need: Need) -> bool:
        return any(name in self.found for name in need)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole bid as it was read. `where` gives the numbers of the statements that have a list, in themselves or above;
    `blocks` what was found under each heading."""

    all: tuple[Read, ...]
    where: Mapping[str, tuple[int, ...]]
    blocks: Mapping[int, frozenset[str]]

    def having(self, need: Need) -> list[int]:
        if len(need) == 1:
            return list(self.where.get(need[0], ()))
        return sorted({number for name in need for number in self.where.get(name, ())})


def read(statements: Sequence[Statement], terms: Terms) -> Reading:
    """Each statement with what was found in it."""
    known: dict[str, tuple[str, ...]] = {}
    labels: dict[str, frozenset[str]] = {}
    found = tuple(_read(each, terms, known, labels) for each in statements)
    where: dict[str, list[int]] = {}
    blocks: dict[int, set[str]] = {}
    for number, each in enumerate(found):
        blocks.setdefault(each.statement.block, set()).update(each.found)
        for name in each.above.union(each.found):
            where.setdefault(name, []).append(number)
    return Reading(found, {name: tuple(numbers) for name, numbers in where.items()},
                   {block: frozenset(names) for block, names in blocks.items()})


def _read(statement: Statement, terms: Terms, known: dict[str, tuple[str, ...]], labels: dict[str, frozenset[str]]) -> Read:
    text = words_of(statement.text)
    found = terms.found_in(text.words, known)
    for name, start, end in _shapes(statement.text, text):
        found[name] = (*found.get(name, ()), Span(start, end))
    if statement.label not in labels:
        labels[statement.label] = frozenset(terms.found_in(words_of(statement.label).words, known))
    return Read(statement, text.words, found, _hedges(found), labels[statement.label])


def _hedges(found: Mapping[str, Sequence[Span]]) -> tuple[Found, ...]:
    """The hedges of a statement in order. `may` in a date is none."""
    dates = found.get("date", ())
    hedges = (Found(name, *span) for name in HEDGES for span in found.get(name, ()) if not _within(span, dates))
    return tuple(sorted(hedges, key=lambda place: place.start))


def _within(place: Span, others: Sequence[Span]) -> bool:
    return any(other.start <= place.start and place.end <= other.end for other in others)


def _shapes(text: str, words: Words) -> Iterator[Found]:
    for name, start, end in shapes_in(text):
        first = bisect_left(words.starts, start)
        yield Found(name, first, max(first + 1, bisect_left(words.starts, end)))
