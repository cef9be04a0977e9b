"""Shares of one whole that come to more than a hundred, told in one sentence: `60% from women, 38% from men and 17% unknown`."""

from __future__ import annotations

import re
from itertools import pairwise

from bizcase.errors import Finding, Place, Severity
from bizcase.review.amounts_in_text import Amount, shares_in
from bizcase.review.lexicon import any_of, clauses, words_file
from bizcase.review.submission import Kind, Submission
from bizcase.review.sums import SHARES

_LIST = re.compile(r"[^.;:%]{0,60}?(?:,|\band\b|&)[^.;:%]{0,40}", re.IGNORECASE)
FEWEST, MOST = 3, 150
"""Two shares in a sentence are seldom all of a whole; what comes to more than the second is no list of parts."""


def split_findings(submission: Submission) -> list[Finding]:
    """Each sentence that splits a whole into shares that do not come to it."""
    apart = any_of(words_file("figures")["not_a_split"])
    found = []
    for passage in submission.body:
        if passage.kind is Kind.HEADING:
            continue
        for sentence in clauses(passage.text):
            shares = tuple(shares_in(sentence))
            total = sum(share.value for share in shares)
            if len(shares) >= FEWEST and 100.5 < total <= MOST and _is_a_list(sentence, shares) and not apart.search(sentence):
                found.append(Finding(Place(submission.name, where=passage.where), SHARES, Severity.MAJOR,
                                     f"{', '.join(share.text for share in shares)} come to {total:g}%",
                                     "correct a share, or say of which whole each is a part"))
    return found


def _is_a_list(sentence: str, shares: tuple[Amount, ...]) -> bool:
    """Whether only a few words, and a comma or `and`, stand between each share and the next."""
    return all(_LIST.fullmatch(sentence[first.end:second.start]) for first, second in pairwise(shares))
