"""Entries go through a file or a cluster and come back the same."""

from __future__ import annotations

import json

import pytest

from bizcase.errors import Finding, Place, Severity
from bizcase.hub.entry import Axis, Entry, Measured, Number, Outcome, Question, SectionScore, as_json, from_json

FULL = Entry(
    "ward 7/tablets.yaml", "abc", Outcome.DRAFT,
    (Finding(Place("tablets.yaml", 3, 1, "risks"), "C15.1", Severity.BLOCKER, "m", "h"),),
    title="Tablets", currency="£", years=("2026/27", "2027/28"),
    numbers={"npsv": Number("NPSV", 12.5, "£13", "£", "estimate", "Appraisal", "B7"),
             "payback": Number("Payback", None, "not within the years appraised", "years", "known", "Appraisal", "B15")},
    sections=(SectionScore("risks", "Risks", 1.5, 4, "part"),), panel="refuse", clinical=Axis(2.0, "two named outcomes"),
    questions=(Question("C15.1", "Who owns each risk?"),), measured=(Measured("B1", "Falls", "Patients over 75"),))


@pytest.mark.parametrize("entry", [FULL, Entry("a.yaml", "k", Outcome.FAILED)])
def test_an_entry_comes_back_from_json_as_it_was(entry: Entry) -> None:
    assert from_json(json.loads(json.dumps(as_json(entry)))) == entry


def test_what_is_not_an_entry_is_refused() -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_json({"name": "a", "outcome": "?"})
