"""Overlaps: true ones are told, near misses are not, and a thousand submissions are compared without trying every pair."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bizcase.hub.comparing.overlaps import Likeness, Overlap, likeness, overlaps, telling_words
from bizcase.hub.entry import Entry, Measured, Outcome
from bizcase.hub.rules import load_rules

PEOPLE = "Adults on chemotherapy at Aldermoor"


def entry(name: str, *measures: tuple[str, str], organisation: str = "Aldermoor Hospital") -> Entry:
    rows = tuple(Measured(f"B{number}", measure, people) for number, (measure, people) in enumerate(measures, 1))
    return Entry(name, name, Outcome.BUILT, title=name, organisation=organisation, digest=name, measured=rows)


def found(*entries: Entry) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.likeness.value, each.submissions) for each in overlaps(entries)]


@pytest.mark.parametrize(("one", "other"), [
    (("Unplanned admissions with sepsis", PEOPLE), ("Unplanned admission with sepsis, per month", "Chemotherapy patients")),
    (("Inpatient falls with harm", "People over 75 on medical wards"),
     ("Number of inpatient falls with harm", "Patients over 75, medical wards")),
    (("Length of stay after hip fracture", "Hip fracture"),
     ("Mean length of stay after hip fracture (days)", "People with a hip fracture")),
])
def test_much_the_same_for_much_the_same_people_is_told(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert [names for _, names in found(entry("a", one), entry("b", other))] == [("a", "b")]


@pytest.mark.parametrize(("one", "other"), [
    (("Unplanned admissions with sepsis", PEOPLE), ("Unplanned admissions with sepsis", "Adults with diabetes at Aldermoor")),
    (("Unplanned admissions with sepsis", PEOPLE), ("Unplanned admissions with heart failure", PEOPLE)),
    (("Inpatient falls with harm", PEOPLE), ("Inpatient falls prevented by sensors in bays", PEOPLE)),
    (("Visits a month", PEOPLE), ("Number of visits", PEOPLE)),
    (("Days of ordinary activity", PEOPLE), ("Days spent travelling and waiting", PEOPLE)),
    (("Pressure ulcers of grade two", "Inpatients at Aldermoor Hospital"),
     ("Pressure ulcers of grade two", "Outpatients at Aldermoor Hospital")),
    (("Patient satisfaction score", "All patients"), ("Patient satisfaction score", "")),
    (("Time from referral to scan", "People referred with breast symptoms"),
     ("Time from referral to scan", "Children referred with asthma")),
])
def test_a_near_miss_is_not_told(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert found(entry("a", one), entry("b", other)) == []


def test_two_benefits_of_one_submission_do_not_overlap() -> None:
    assert found(entry("a", ("Inpatient falls with harm", PEOPLE), ("Inpatient falls with harm", PEOPLE))) == []


def test_the_same_content_is_told_once_and_its_measures_are_not_told_again() -> None:
    first = entry("a", ("Inpatient falls with harm", PEOPLE))
    assert overlaps([first, replace(first, name="copy")]) == (
        Overlap(Likeness.SAME_CONTENT, ("a", "copy"), ("the whole specification",)),)


def test_three_with_one_measure_are_one_group_and_say_what_they_share() -> None:
    same = ("Inpatient falls with harm", PEOPLE)
    also = ("Pressure ulcers of grade two", PEOPLE)
    assert overlaps([entry("a", same, also), entry("b", same, also), entry("c", same)]) == (
        Overlap(Likeness.SAME_MEASURE, ("a", "b"), (also[0],)), Overlap(Likeness.SAME_MEASURE, ("a", "b", "c"), (same[0],)))


def test_what_was_not_built_overlaps_with_nothing() -> None:
    one = entry("a", ("Inpatient falls with harm", PEOPLE))
    assert overlaps([one, replace(one, name="b", outcome=Outcome.FAILED)]) == ()


def test_endings_and_idle_words_do_not_count() -> None:
    assert telling_words("The number of Falls, per ward, a month") == telling_words("fall; wards")
    assert telling_words("Ulcers in bodies") == {"ulcer", "body"}
    assert "loss" in telling_words("Loss of hearing")


def test_the_index_finds_what_comparing_everything_finds() -> None:
    """Against every pair: the rarest words alone are looked up, and nothing is missed."""
    chance, rules = random.Random(5), load_rules().overlaps
    words = [f"w{number}x" for number in range(9)]

    def text() -> str:
        return " ".join(chance.sample(words, chance.randrange(2, 6)))

    entries = [entry(f"s{number:03}", (text(), f"{chance.choice(words)} {chance.choice(words)}")) for number in range(250)]
    told = {frozenset(pair) for each in overlaps(entries) for pair in _pairs(each.submissions)}
    keys = {one.name: (telling_words(one.measured[0].measure), telling_words(one.measured[0].population)) for one in entries}
    wanted = {frozenset((one, other)) for one in keys for other in keys if one < other
              and likeness(keys[one][0], keys[other][0]) >= rules.measure
              and likeness(keys[one][1], keys[other][1]) >= rules.population}
    assert len(wanted) > 50
    assert told == wanted


def _pairs(names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(one, other) for one in names for other in names if one < other]
