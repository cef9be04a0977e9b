"""Ranks submissions by several axes at once: pounds, counts and shares can be weighed once each is a share of the others beaten.

On each axis a submission scores the share of the other submissions that it beats, a tie counting half: from 0, the lowest, to
1, the highest. What cannot be told beats none and is beaten by all that can be told. The total is the mean of the scores by
the weights, over the axes on which anything can be told of anybody. The portfolio's sheet Scores holds the same formulas.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bizcase.hub.entry import Entry, Number
from bizcase.hub.rules import load_rules

PLACES = 9
"""Totals that agree to so many decimals share a place: else the last digit of a sum would decide."""

MARK = "mark"
"""The axis of the panel's own mark, which is no part of a submission."""

AXES = ("clinical", "organisational", "societal", "readiness", "completeness", MARK)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A submission's place, from 1, with its total and its score on each axis, from 0 to 1. Equals share a place."""

    entry: Entry
    place: int
    total: float
    scores: Mapping[str, float]


def ranked(entries: Sequence[Entry], weights: Mapping[str, float] | None = None, marks: Mapping[str, float] | None = None,
           ) -> list[Ranked]:
    """The submissions that were built, the best first; equals as they came.

    `weights` are by axis, those of the hub's rules where none are given; `marks` are the panel's own, by the name of the entry.
    """
    built = [entry for entry in entries if entry.is_built]
    wanted = load_rules().weights if weights is None else weights
    given = marks or {}
    values = {axis: [given.get(entry.name) if axis == MARK else value_on(entry, axis) for entry in built] for axis in AXES}
    scores = {axis: shares_beaten(row) for axis, row in values.items()}
    counted = {axis: wanted.get(axis, 0) for axis in AXES if any(value is not None for value in values[axis])}
    totals = [round(_mean({axis: scores[axis][row] for axis in counted}, counted), PLACES) for row in range(len(built))]
    upwards = sorted(totals)
    found = [Ranked(entry, 1 + len(totals) - bisect_right(upwards, totals[row]), totals[row],
                    {axis: scores[axis][row] for axis in AXES}) for row, entry in enumerate(built)]
    return sorted(found, key=lambda each: each.place)


def value_on(entry: Entry, axis: str) -> float | None:
    """What a submission is compared by on an axis; None where that cannot be told."""
    match axis:
        case "clinical":
            return entry.clinical.score
        case "organisational":
            return _value(return_on_investment(entry))
        case "societal":
            return _value(entry.number("pvb.SB"))
        case "readiness":
            return entry.readiness.score
        case "completeness":
            return entry.completeness.score
    raise KeyError(axis)


def return_on_investment(entry: Entry, kind: str = "roi") -> Number | None:
    """The return on investment that is quoted first (year 3, or the last year of a shorter appraisal): `roi` with time and
    capacity that are freed, `roi_cash` with cash alone."""
    return next((number for name, number in entry.numbers.items() if name.rsplit(".", 1)[0] == kind), None)


def shares_beaten(values: Sequence[float | None]) -> list[float]:
    """For each value, the share of the others that it beats; a tie counts half, and None beats none."""
    told = sorted(value for value in values if value is not None)
    untold, others = len(values) - len(told), len(values) - 1
    if others < 1:
        return [0.0] * len(values)
    return [0.0 if value is None else _beaten(told, value, untold) / others for value in values]


def _beaten(told: Sequence[float], value: float, untold: int) -> float:
    less, not_more = bisect_left(told, value), bisect_right(told, value)
    return less + (not_more - less - 1) / 2 + untold


def _mean(scores: Mapping[str, float], weights: Mapping[str, float]) -> float:
    whole = sum(weights.values())
    return sum(weights[axis] * score for axis, score in scores.items()) / whole if whole else 0.0


def _value(number: Number | None) -> float | None:
    return number.value if number is not None else None
