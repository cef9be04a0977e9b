"""Lines up two sequences, such as the passages of a bid as built and as it is now: which stand on both sides, and where.

Anchors are items that occur once on both sides ("patience"), so that the cost grows with n log n, whatever was changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")
SMALL = 250
"""Stretches without anchors up to this long are compared item by item; longer ones by the order of equal items."""
ALIKE = 0.5
Pair = tuple[int | None, int | None]
"""Places in the first and in the second sequence; nothing on the side where an item is missing."""


def aligned(was: Sequence[T], now: Sequence[T], key: Callable[[T], Hashable], alike: Callable[[T, T], float]) -> list[Pair]:
    """Every item of both sequences once, in order: pairs of equal or similar items, and items of one side alone.

    `alike` says from 0 to 1 how similar two different items are; from a half on they count as one item that was changed. So do
    two that stand alone at one place, unless `alike` is below 0: they are of different kinds.
    """
    one, two = [key(item) for item in was], [key(item) for item in now]
    pairs: list[Pair] = []
    first, second = 0, 0
    for left, right in [*_equal(one, two), (len(one), len(two))]:
        pairs += _between(was, now, (first, left), (second, right), alike)
        if left < len(one):
            pairs.append((left, right))
        first, second = left + 1, right + 1
    return pairs


def _equal(one: Sequence[Hashable], two: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of equal items, rising on both sides."""
    found: list[tuple[int, int]] = []
    waiting = [(0, len(one), 0, len(two))]
    while waiting:
        left, left_end, right, right_end = waiting.pop()
        while left < left_end and right < right_end and one[left] == two[right]:
            found.append((left, right))
            left, right = left + 1, right + 1
        while left < left_end and right < right_end and one[left_end - 1] == two[right_end - 1]:
            left_end, right_end = left_end - 1, right_end - 1
            found.append((left_end, right_end))
        if left == left_end or right == right_end:
            continue
        anchors = _anchors(one, two, (left, left_end), (right, right_end))
        if not anchors:
            found += _without_anchors(one, two, (left, left_end), (right, right_end))
            continue
        found += anchors
        before = (left - 1, right - 1)
        for after in [*anchors, (left_end, right_end)]:
            waiting.append((before[0] + 1, after[0], before[1] + 1, after[1]))
            before = after
    return sorted(found)


def _anchors(one: Sequence[Hashable], two: Sequence[Hashable], left: tuple[int, int], right: tuple[int, int]
             ) -> list[tuple[int, int]]:
    """Items that occur once in both stretches, as many as rise on both sides."""
    times, others = Counter(one[slice(*left)]), Counter(two[slice(*right)])
    places = {two[place]: place for place in range(*right) if others[two[place]] == 1}
    candidates = [(place, places[one[place]]) for place in range(*left) if times[one[place]] == 1 and one[place] in places]
    return _rising(candidates)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, given in order of the first, whose second rises too."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        at = bisect_left(ends, second)
        before.append(tails[at - 1] if at else -1)
        ends[at:at + 1], tails[at:at + 1] = [second], [index]
    found = []
    index = tails[-1] if tails else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _without_anchors(one: Sequence[Hashable], two: Sequence[Hashable], left: tuple[int, int], right: tuple[int, int]
                     ) -> Iterator[tuple[int, int]]:
    if left[1] - left[0] <= SMALL and right[1] - right[0] <= SMALL:
        matcher = SequenceMatcher(None, one[slice(*left)], two[slice(*right)], autojunk=False)
        for start, other, size in matcher.get_matching_blocks():
            yield from ((left[0] + start + step, right[0] + other + step) for step in range(size))
        return
    places: dict[Hashable, list[int]] = {}
    for place in range(*right):
        places.setdefault(two[place], []).append(place)
    last = right[0] - 1
    for place in range(*left):
        later = places.get(one[place], [])
        at = bisect_left(later, last + 1)
        if at < len(later):
            last = later[at]
            yield place, last


def _between(was: Sequence[T], now: Sequence[T], left: tuple[int, int], right: tuple[int, int],
             alike: Callable[[T, T], float]) -> list[Pair]:
    """Pairs what stands between equal items: similar ones, in order; the rest stands alone."""
    one, two = range(*left), range(*right)
    if len(one) == len(two) == 1 and alike(was[one[0]], now[two[0]]) >= 0:
        return [(one[0], two[0])]
    if not one or not two or len(one) * len(two) > SMALL * SMALL:
        return [*((place, None) for place in one), *((None, place) for place in two)]
    best = _best(was, now, one, two, alike)
    pairs: list[Pair] = []
    first, second = left[0], right[0]
    for place, other in [*best, (left[1], right[1])]:
        pairs += [(alone, None) for alone in range(first, place)]
        pairs += [(None, alone) for alone in range(second, other)]
        if place < left[1]:
            pairs.append((place, other))
        first, second = place + 1, other + 1
    return pairs


def _best(was: Sequence[T], now: Sequence[T], one: range, two: range, alike: Callable[[T, T], float]) -> list[tuple[int, int]]:
    """The pairs of similar items, in order on both sides, whose similarities add up to most."""
    width = len(two) + 1
    scores = [[0.0] * width for _ in range(len(one) + 1)]
    likeness = [[alike(was[place], now[other]) for other in two] for place in one]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(two) - 1, -1, -1):
            paired = scores[i + 1][j + 1] + likeness[i][j] if likeness[i][j] >= ALIKE else 0.0
            scores[i][j] = max(paired, scores[i + 1][j], scores[i][j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(one) and j < len(two):
        if likeness[i][j] >= ALIKE and scores[i][j] == scores[i + 1][j + 1] + likeness[i][j]:
            found.append((one[i], two[j]))
            i, j = i + 1, j + 1
        elif scores[i][j] == scores[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
