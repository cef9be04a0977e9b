"""The tracker: what each innovation's events come to as at a day, and the manual's own tally."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bizcase.hub.years.tracker import (
    Due,
    Event,
    Kind,
    Standing,
    State,
    Tracker,
    in_words,
    late,
    meaning,
    months_after,
    standings,
    tally,
)
from bizcase.hub.years.tracker_csv import read_tracker
from tests.conftest import SAMPLES

START = date(2025, 1, 31)
CASE_2, MORE = SAMPLES / "portfolio-case2" / "tracker.csv", SAMPLES / "tracker-dropped-added-refused.csv"


def standing(*events: Event, on: date = date(2030, 1, 1)) -> Standing:
    [found] = standings(Tracker(tuple(events)), on)
    return found


def added(on: date = START) -> Event:
    return Event("I1", "Tablets", pillar="Quality", on=on, event=Kind.ADDED)


def status(on: date, code: int | None = None, next_date: date | None = None) -> Event:
    return Event("I1", on=on, event=Kind.STATUS, code=code, status=f"code {code}", next_date=next_date)


def happened(kind: Kind, on: date, reason: str = "", outcome: str = "", next_date: date | None = None) -> Event:
    return Event("I1", on=on, event=kind, reason=reason, outcome=outcome, next_date=next_date)


def case_2(on: date) -> Sequence[Standing]:
    tracker, findings = read_tracker(CASE_2.read_bytes(), CASE_2.name)
    assert findings == ()
    return standings(tracker, on)


def with_more() -> bytes:
    """The list of the sample, and below it that of the other one."""
    return CASE_2.read_bytes() + MORE.read_bytes().partition(b"\n")[2]


def test_the_manual_s_24_innovations_come_to_its_tally_by_pillar() -> None:
    """Manual §4.2: at 12 months 13 diffused, 5 delayed in diffusion, 6 delayed or none; nine, seven and eight by pillar."""
    found = case_2(date(2019, 12, 31))
    counts = tally(found, first=True)
    assert counts == {"Quality": {3: 1, 2: 4, 1: 4, None: 0}, "Access": {3: 6, 2: 1, 1: 0, None: 0},
                      "Efficiency": {3: 6, 2: 0, 1: 2, None: 0}}
    assert in_words(counts) == in_words(tally(found)) == "13 × code 3, 5 × code 2, 6 × code 1"
    assert [sum(row.values()) for row in counts.values()] == [9, 7, 8]
    assert len(found) == 24


def test_a_year_on_registries_trials_and_the_portal_have_spread_and_the_first_tally_stays() -> None:
    """Manual §7.1."""
    found = case_2(date(2020, 11, 1))
    spread = {each.title for each in found if each.code == 3 and each.first_code == 1}
    assert spread == {"Registries and large data", "Clinical trials", "Portal for patients at home"}
    assert in_words(tally(found, first=True)) == "13 × code 3, 5 × code 2, 6 × code 1"
    assert in_words(tally(found)) == "16 × code 3, 5 × code 2, 3 × code 1"


def test_the_samples_show_all_that_a_tracker_holds() -> None:
    tracker, findings = read_tracker(with_more(), CASE_2.name)
    found = standings(tracker, date(2020, 11, 1))
    assert findings == ()
    events = [event for each in found for event in each.events]
    assert {event.event for event in events} >= {Kind.ADDED, Kind.STATUS, Kind.REVIEWED, Kind.DROPPED, Kind.REFUSED}
    assert {each.state for each in found} == set(State)
    assert {each.phase for each in found} == {"1", "2"} and {each.version for each in found} >= {"1.0", "2.0"}
    dropped = next(each for each in found if each.state is State.DROPPED)
    assert (dropped.title, dropped.reason) == ("Key worker for each patient", "Teams already gave each patient a key worker")
    refused = next(each for each in found if each.state is State.REFUSED)
    assert (refused.outcome, refused.next_due) == ("revise and re-apply", Due("revise and re-apply", date(2021, 2, 1), 0))
    assert all((CASE_2.parent / each.file).is_file() for each in case_2(date(2020, 11, 1)) if each.file)
    more = standings(read_tracker(MORE.read_bytes(), MORE.name)[0], date(2020, 11, 1))
    assert all((MORE.parent / each.file).is_file() for each in more if each.file)


def test_a_day_later_nothing_of_the_future_counts() -> None:
    assert {each.code for each in case_2(date(2019, 10, 6))} == {None}
    assert sum(each.code is not None for each in case_2(date(2019, 10, 7))) == 24
    assert case_2(date(2018, 9, 30)) == ()


def test_the_code_at_12_months_is_the_one_nearest_to_them_and_none_that_is_too_early() -> None:
    early, at_ten, at_thirteen = status(date(2025, 7, 1), 1), status(date(2025, 11, 30), 2), status(date(2026, 3, 1), 3)
    assert standing(added(), early).first_code is None and standing(added(), early).code == 1
    assert standing(added(), early, at_ten).first_code == 2
    assert standing(added(), at_ten, at_thirteen).first_code == 3
    assert standing(added(), early, status(date(2027, 9, 1), 3)).first_code == 3, "late, and the only one"
    assert standing(status(date(2025, 7, 1), 2)).first_code is None, "without a first day it counts from the first event"


def test_a_status_is_due_on_the_day_and_late_on_the_next() -> None:
    due = months_after(START, 12)
    assert due == date(2026, 1, 31)
    assert late([standing(added(), on=due)]) == []
    [(_, found)] = late([standing(added(), on=due + timedelta(1))])
    assert found == Due("status", due, 1)


def test_a_re_status_is_due_a_year_after_the_last_or_when_it_was_set() -> None:
    first = status(date(2026, 2, 2), 2)
    assert Due("re-status", date(2027, 2, 2), 0) in standing(added(), first, on=date(2026, 3, 1)).due
    earlier = status(date(2026, 2, 2), 2, next_date=date(2026, 8, 3))
    assert Due("re-status", date(2026, 8, 3), 0) in standing(added(), earlier, on=date(2026, 3, 1)).due
    assert Due("re-status", date(2027, 9, 1), 0) in standing(added(), earlier, status(date(2026, 9, 1), 3),
                                                             on=date(2026, 10, 1)).due, "the day that was set has passed"


def test_the_review_at_18_months_is_due_once() -> None:
    due = Due("18-month review", months_after(START, 18), 0)
    assert due in standing(added(), on=date(2026, 7, 31)).due
    assert standing(added(), on=date(2026, 8, 1)).due[-1].days_late == 1
    assert all(each.what != due.what for each in standing(added(), happened(Kind.REVIEWED, date(2026, 7, 1))).due)


def test_what_was_dropped_is_late_with_nothing_and_comes_back_when_it_is_endorsed() -> None:
    dropped = happened(Kind.DROPPED, date(2025, 6, 1), "no money")
    found = standing(added(), dropped)
    assert (found.state, found.due, found.reason) == (State.DROPPED, (), "no money")
    again = standing(added(), dropped, happened(Kind.ENDORSED, date(2025, 9, 1)))
    assert (again.state, again.reason, len(again.due)) == (State.ACTIVE, "", 2)


@pytest.mark.parametrize(("outcome", "what"), [("revise and re-apply", ["revise and re-apply"]), ("drop", []),
                                               ("seek other funds", ["seek other funds"]), ("", ["decide after refusal"])])
def test_after_a_refusal_one_of_three_things_comes(outcome: str, what: list[str]) -> None:
    refused = happened(Kind.REFUSED, date(2025, 6, 1), "no payer", outcome, date(2025, 12, 1))
    found = standing(added(), refused)
    assert (found.state, found.outcome, [due.what for due in found.due]) == (State.REFUSED, outcome, what)


def test_the_tally_now_leaves_out_what_is_off_the_list_and_that_at_12_months_does_not() -> None:
    events = (added(), status(date(2026, 1, 31), 2), happened(Kind.DROPPED, date(2027, 1, 1)))
    found = [standing(*events)]
    assert in_words(tally(found)) == "0 × code 3, 0 × code 2, 0 × code 1"
    assert in_words(tally(found, first=True)) == "0 × code 3, 1 × code 2, 0 × code 1"


def test_one_innovation_and_one_pillar_keep_together_however_they_are_spelt() -> None:
    events = (added(), Event("i1", on=date(2026, 1, 31), event=Kind.STATUS, code=3, pillar="QUALITY"),
              Event("I2", on=START, event=Kind.ADDED, pillar="quality"), Event("I3", on=START, event=Kind.ADDED))
    found = standings(Tracker(events), date(2026, 2, 1))
    assert [(each.id, each.pillar) for each in found] == [("I1", "Quality"), ("I2", "Quality"), ("I3", "no pillar")]


def test_each_code_has_its_meaning() -> None:
    assert [meaning(code) for code in (1, 2, 3)] == ["delayed or not implemented", "implemented, diffusion delayed",
                                                     "implemented and diffused"]


@pytest.mark.parametrize(("day", "months", "later"), [
    (date(2024, 2, 29), 12, date(2025, 2, 28)), (date(2025, 8, 31), 18, date(2027, 2, 28)), (date(2025, 12, 31), 12,
                                                                                             date(2026, 12, 31))])
def test_months_are_counted_as_a_spreadsheet_counts_them(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later
