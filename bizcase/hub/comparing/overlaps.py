"""Duplicates and overlaps between submissions: the same content, or much the same measured for much the same people.

Two gains that are one must not be counted twice, and two teams with one idea should meet. Words are compared, not meanings:
what is told here is for a person to look at, and what is not told may overlap all the same.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bizcase.hub.entry import Entry
from bizcase.hub.rules import OverlapRules, load_rules

Words = frozenset[str]
Key = tuple[Words, Words]


class Likeness(StrEnum):
    """How two or more submissions are alike."""

    SAME_CONTENT = "same content"
    SAME_MEASURE = "same measure and people"
    MUCH_THE_SAME = "much the same measure and people"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Submissions that are alike, by their names, and what they share: measures as the first of them writes them."""

    likeness: Likeness
    submissions: tuple[str, ...]
    shares: tuple[str, ...]


def overlaps(entries: Sequence[Entry]) -> tuple[Overlap, ...]:
    """All overlaps between submissions that were built, the same content first, then in the order of the submissions."""
    built = [entry for entry in entries if entry.is_built]
    by_digest: dict[str, list[Entry]] = defaultdict(list)
    for entry in built:
        by_digest[entry.digest].append(entry)
    same = [Overlap(Likeness.SAME_CONTENT, tuple(entry.name for entry in alike), ("the whole specification",))
            for digest, alike in by_digest.items() if digest and len(alike) > 1]
    first = [alike[0] for digest, alike in by_digest.items() if digest] + by_digest.get("", [])
    return (*same, *_measuring_alike(first))


def telling_words(text: str) -> Words:
    """The words of a text that say something, in lower case and without the endings of plurals."""
    return _telling(text)


@lru_cache(maxsize=20_000)
def _telling(text: str) -> Words:
    idle = load_rules().idle_words
    return frozenset(_singular(word) for word in re.findall(r"\w+", text.casefold()) if word not in idle)


def _singular(word: str) -> str:
    """A plural's singular, near enough to compare: the weak stemmer of Harman (1991)."""
    if len(word) > 3 and word.endswith("ies") and not word.endswith(("eies", "aies")):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("us", "ss")):
        return word[:-1]
    return word


def _measuring_alike(entries: Sequence[Entry]) -> Iterator[Overlap]:
    """The overlaps by measure, one for each set of submissions and likeness."""
    rules, holders = load_rules().overlaps, _holders(entries)
    shared: dict[tuple[Likeness, tuple[str, ...]], list[str]] = defaultdict(list)
    for rows in holders.values():
        _note(shared, Likeness.SAME_MEASURE, rows)
    for one, other in _alike(list(holders), rules):
        _note(shared, Likeness.MUCH_THE_SAME, [*holders[one], *holders[other]])
    place = {entry.name: number for number, entry in enumerate(entries)}
    for (likeness, names), measures in sorted(shared.items(), key=lambda row: [place[name] for name in row[0][1]]):
        yield Overlap(likeness, names, tuple(dict.fromkeys(measures)))


def _note(shared: Mapping[tuple[Likeness, tuple[str, ...]], list[str]], likeness: Likeness,
          rows: Sequence[tuple[str, str]]) -> None:
    names = tuple(dict.fromkeys(name for name, _ in rows))
    if len(names) > 1:
        shared[likeness, names].append(rows[0][1])


def _holders(entries: Sequence[Entry]) -> dict[Key, list[tuple[str, str]]]:
    """Who measures the same for the same people, to the word: the submission and the measure as it writes it."""
    found: dict[Key, list[tuple[str, str]]] = defaultdict(list)
    least = load_rules().overlaps.least_words
    for entry in entries:
        own = telling_words(entry.organisation)
        for row in entry.measured:
            measure, people = telling_words(row.measure), telling_words(row.population)
            if len(measure) >= least and people:
                found[measure, (people - own) or people].append((entry.name, row.measure))
    return found


def _alike(keys: Sequence[Key], rules: OverlapRules) -> Iterator[tuple[Key, Key]]:
    """The pairs of different keys that are alike.

    Two sets that share so much hold one of each other's rarest words: only those are looked up (prefix filtering, Chaudhuri
    and others 2006), so that not everything is compared with everything.
    """
    counts = Counter(word for measure, _ in keys for word in measure)
    seen_with: dict[str, list[int]] = defaultdict(list)
    for number, (measure, people) in enumerate(keys):
        by_rarity = sorted(measure, key=lambda word: (counts[word], word))
        rare = by_rarity[:len(measure) - math.ceil(rules.measure * len(measure)) + 1]
        for other in sorted({candidate for word in rare for candidate in seen_with[word]}):
            if likeness(measure, keys[other][0]) >= rules.measure and likeness(people, keys[other][1]) >= rules.population:
                yield keys[other], keys[number]
        for word in rare:
            seen_with[word].append(number)


def likeness(one: Words, other: Words) -> float:
    """The words that both hold as a share of those that either holds (Jaccard)."""
    return len(one & other) / len(one | other) if one or other else 0.0
