"""Whether what a sentence claims is so, is meant to be, is wished for, or is denied.

After NegEx (Chapman and others, 2001, Journal of Biomedical Informatics 34): a word of denial reaches a few words on, or
back, and no further than the clause it stands in. The words are data: `schemas/words/lexicons/hedges.yaml`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from enum import IntEnum

from bizcase.review.word_tree import BREAK, Found, Span

REACH = 8
"""Words. How far a hedge bears on a claim that follows or precedes it."""


class Strength(IntEnum):
    """How far a claim holds, the weakest first. A part of what is asked may be stated, and the rest not."""

    DENIED = 0
    WISHED = 1
    PART = 2
    INTENDED = 3
    STATED = 4


_KINDS = (("denied", Strength.DENIED), ("wished", Strength.WISHED), ("intended", Strength.INTENDED))


def strength_of(claim: Span, hedges: Sequence[Found], words: Sequence[str]) -> Strength:
    """How a claim is meant, by the hedges around it, which come in order. Hedges that share words with the claim belong to
    it: `no conflicts` is what is claimed."""
    first_near = bisect_left(hedges, claim.start - 3 * REACH, key=_start)
    near = hedges[first_near:bisect_right(hedges, claim.end + 2 * REACH, key=_start)]
    if not any(_bears(hedge, claim) for hedge in near):
        return Strength.STATED
    first, last = _clause(claim, near, words)
    names = {hedge.name for hedge in near
             if first <= hedge.start and hedge.end <= last and _bears(hedge, claim)}
    return next((strength for kind, strength in _KINDS if not names.isdisjoint((f"{kind}_before", f"{kind}_after"))),
                Strength.STATED)


def _start(hedge: Found) -> int:
    return hedge.start


def _bears(hedge: Found, claim: Span) -> bool:
    if hedge.name.endswith("_before"):
        return hedge.end <= claim.start <= hedge.end + REACH
    return hedge.name.endswith("_after") and claim.end <= hedge.start <= claim.end + REACH


def _clause(claim: Span, hedges: Sequence[Found], words: Sequence[str]) -> tuple[int, int]:
    """The first and last word of the clause around a claim."""
    ends = [hedge for hedge in hedges if hedge.name == "clause_ends"]
    first = max((end.end for end in ends if end.end <= claim.start), default=0)
    last = min((end.start for end in ends if end.start >= claim.end), default=len(words))
    for at in range(claim.start - 1, max(first, claim.start - 2 * REACH) - 1, -1):
        if words[at] == BREAK:
            first = at
            break
    for at in range(claim.end, min(last, claim.end + 2 * REACH)):
        if words[at] == BREAK:
            last = at
            break
    return first, last


def strength_under(label: Collection[str], opening: Sequence[Found]) -> Strength:
    """How a statement is meant whose claim stands only in the words above it: `Exit plan`, then `None yet`. `opening` are
    the hedges among its first words; `label` the names found above."""
    names = {hedge.name for hedge in opening}
    for kind, strength in _KINDS[:2]:
        if not names.isdisjoint((f"{kind}_before", f"{kind}_after")):
            return strength
    return Strength.INTENDED if "planned_above" in label else Strength.STATED
