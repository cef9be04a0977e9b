"""Whether the dates of a plan rise from each milestone to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bizcase.review.dates_in_text import Dated, dates_in
from bizcase.review.hedges import Strength

FEWEST = 3
"""Dates. Fewer make no plan whose order could be looked at."""

LONGEST = 100
"""Days. A longer stretch, such as a financial year, is no date of a milestone."""

_WITHOUT_YEAR = re.compile(r"\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
                           r"(?!,?\s+20\d\d)|"
                           r"\b[Mm]onths?\s+\d|\b[Ww]eeks?\s+\d")


def order_of(texts: Sequence[str]) -> tuple[Strength, int]:
    """How far these milestones are shown to stand in the order of their dates, and how many dates there are. A month without
    its year is counted and cannot be out of order."""
    dates = [each for text in texts for each in dates_in(text) if (each.last - each.first).days <= LONGEST]
    count = len(dates) + sum(len(_WITHOUT_YEAR.findall(text)) for text in texts)
    if not count:
        return Strength.DENIED, 0
    return (Strength.STATED if count >= FEWEST and _rise(dates) else Strength.PART), count


def _rise(dates: Sequence[Dated]) -> bool:
    return all(earlier.first <= later.last for earlier, later in pairwise(dates))
