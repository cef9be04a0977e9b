"""Ranking: pounds, counts and shares weighed against one another by the share of the others that each beats."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bizcase.hub.comparing.ranking import AXES, ranked, shares_beaten
from bizcase.hub.entry import Axis, Entry, Number, Outcome
from bizcase.hub.rules import load_rules
from tests.hub.making import made


def entry(name: str, clinical: float | None, roi: float | None = None, readiness: float | None = None) -> Entry:
    numbers = {} if roi is None else {"roi.3": Number("ROI", roi, "", "%", "known", "Appraisal", "B1")}
    return Entry(name, "k", Outcome.BUILT, numbers=numbers, clinical=Axis(clinical, ""), readiness=Axis(readiness, ""))


def test_shares_by_hand() -> None:
    assert shares_beaten([10, 20, 20, 5]) == pytest.approx([1 / 3, 2.5 / 3, 2.5 / 3, 0])
    assert shares_beaten([None, 7, None]) == [0, 1, 0]
    assert shares_beaten([7]) == [0]
    assert shares_beaten([]) == []


def test_a_ranking_by_hand() -> None:
    """Clinical 1, 0.5, 0; return 0, 1, 0.5; with weights 3 and 1: 0.75, 0.625, 0.125."""
    three = [entry("c", 1, 0.5), entry("a", 4, 0.1), entry("b", 2, 2.0)]
    found = ranked(three, {"clinical": 3, "organisational": 1})
    assert [(each.entry.name, each.place, each.total) for each in found] == [("a", 1, 0.75), ("b", 2, 0.625), ("c", 3, 0.125)]
    assert [each.entry.name for each in ranked(three, {"clinical": 1, "organisational": 3})] == ["b", "c", "a"]


def test_equals_share_a_place_and_the_next_comes_after_them() -> None:
    found = ranked([entry("a", 1), entry("b", 3), entry("c", 3)], {"clinical": 1})
    assert [(each.entry.name, each.place) for each in found] == [("b", 1), ("c", 1), ("a", 3)]


def test_an_axis_that_nobody_can_be_told_on_does_not_count_and_a_mark_counts_once_it_is_given() -> None:
    two = [entry("a", 1), entry("b", 2)]
    weights = {"clinical": 1, "organisational": 5, "mark": 4}
    assert [each.total for each in ranked(two, weights)] == [1.0, 0.0]
    found = ranked(two, weights, {"a": 5})
    assert [(each.entry.name, each.total) for each in found] == [("a", 0.8), ("b", 0.2)]


def test_without_any_weight_all_are_equal() -> None:
    assert {each.place for each in ranked([entry("a", 1), entry("b", 2)], {})} == {1}


def test_what_was_not_built_has_no_place() -> None:
    assert [each.entry.name for each in ranked([entry("a", 1), Entry("b", "k", Outcome.FAILED)])] == ["a"]


def test_the_two_axes_of_an_ideas_den_weigh_most_until_the_hub_says_otherwise() -> None:
    weights = load_rules().weights
    assert set(weights) == set(AXES)
    assert weights["clinical"] == weights["organisational"] > max(weights[axis] for axis in AXES[2:])


def test_the_unit_of_an_axis_does_not_matter_and_more_is_never_worse() -> None:
    entries = [made(number) for number in range(40)]
    before = {each.entry.name: each for each in ranked(entries)}
    scaled = [replace(each, readiness=Axis((each.readiness.score or 0) ** 3 * 7, "")) for each in entries]
    assert {each.entry.name: each.total for each in ranked(scaled)} == {name: each.total for name, each in before.items()}
    better = [replace(entries[7], clinical=Axis(99.0, "")), *(each for each in entries if each is not entries[7])]
    after = {each.entry.name: each for each in ranked(better)}
    assert after[entries[7].name].place <= before[entries[7].name].place


def test_each_share_is_what_comparing_everything_with_everything_gives() -> None:
    chance = random.Random(3)
    for _ in range(50):
        values = [chance.choice([None, 1.0, 2.0, chance.random()]) for _ in range(chance.randrange(2, 12))]
        slow = []
        for here, value in enumerate(values):
            others = [other for there, other in enumerate(values) if there != here]
            beaten = 0.0 if value is None else sum(1.0 if other is None or other < value else 0.5 if other == value else 0.0
                                                   for other in others)
            slow.append(beaten / len(others))
        assert shares_beaten(values) == pytest.approx(slow)
