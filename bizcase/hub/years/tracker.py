"""The tracker of a hub: what became of each innovation over the years, as a list of events that nobody overwrites.

Status codes at 12 months and later, pillars, phases, what was dropped and added, the review at 18 months, and what came after a
refusal are the manual's (§5.7, §6.2, §6.5, §7.1, §8.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from bizcase import resources
from bizcase.specification.characters import UNHOLDABLE
from bizcase.specification.source import load_data

CODES = (3, 2, 1)
NO_PILLAR, LONGEST_PILLAR = "no pillar", 100


class Kind(StrEnum):
    """What happened to an innovation."""

    ADDED = "added"
    STATUS = "status"
    REVIEWED = "reviewed"
    DROPPED = "dropped"
    REFUSED = "refused"
    ENDORSED = "endorsed"


class State(StrEnum):
    """Where an innovation stands: on the list, off it, or refused."""

    ACTIVE = "active"
    DROPPED = "dropped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Event:
    """One row: what happened to one innovation on one day. `unread` holds what was typed where it was not understood, by column;
    `extra` the cells of columns that are not ours; `line` the line of the file, 0 for a row that was made."""

    id: str
    title: str = ""
    organisation: str = ""
    pillar: str = ""
    phase: str = ""
    version: str = ""
    on: date | None = None
    event: Kind | None = None
    code: int | None = None
    status: str = ""
    reason: str = ""
    outcome: str = ""
    next_date: date | None = None
    file: str = ""
    unread: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Tracker:
    """All events in the order of the file; the headings of the columns that are not ours; the sign between the cells."""

    events: tuple[Event, ...] = ()
    extra: tuple[str, ...] = ()
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do about an innovation by a day, and how many days late it is (0 on the day and before)."""

    what: str
    on: date
    days_late: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An innovation as at a day. `code` and `status` are its newest, `first_code` is that at 12 months, `status_on` the day of
    the newest; `reason` says why it stands so; `events` are those up to the day."""

    id: str
    title: str
    organisation: str
    pillar: str
    phase: str
    version: str
    state: State
    added: date | None
    code: int | None
    status: str
    status_on: date | None
    first_code: int | None
    reason: str
    outcome: str
    file: str
    due: tuple[Due, ...]
    events: tuple[Event, ...]

    @property
    def next_due(self) -> Due | None:
        return min(self.due, key=lambda due: due.on, default=None)


@cache
def words() -> Mapping[str, Any]:
    """What `schemas/hub-tracker.yaml` says."""
    path = resources.folder("schemas") / "hub-tracker.yaml"
    return load_data(path.read_text("utf-8"), path.name)


def meaning(code: int) -> str:
    """What a status code means, in words."""
    return str(words()["codes"][str(code)]["means"])


def standings(tracker: Tracker, on: date) -> tuple[Standing, ...]:
    """Each innovation as at a day, in the order in which the list first names it. Later events do not count; an innovation of
    which nothing had happened by then is not there."""
    rows: dict[str, list[Event]] = {}
    for event in filter(lambda event: event.id, tracker.events):
        rows.setdefault(event.id.casefold(), []).append(event)
    pillars = _spelling(event.pillar for event in tracker.events)
    found = []
    for events in rows.values():
        known = sorted((event for event in events if event.on is None or event.on <= on), key=lambda e: e.on or date.min)
        if known:
            found.append(_standing(known, pillars, on))
    return tuple(found)


def tally(found: Iterable[Standing], *, first: bool = False) -> dict[str, dict[int | None, int]]:
    """How many innovations have each status code, by pillar in the order of the list; None counts those without a code.

    `first` counts the codes at 12 months, also of those dropped or refused since; else what is still on the list counts.
    """
    counts: dict[str, dict[int | None, int]] = {}
    for each in found:
        row = counts.setdefault(each.pillar, dict.fromkeys((*CODES, None), 0))
        code = each.first_code if first else each.code
        if each.state is State.ACTIVE or (first and code is not None):
            row[code] += 1
    return counts


def in_words(counts: Mapping[str, Mapping[int | None, int]]) -> str:
    """A tally of all pillars together: `13 × code 3, 5 × code 2, 6 × code 1`."""
    return ", ".join(f"{sum(row[code] for row in counts.values())} × code {code}" for code in CODES)


def late(found: Iterable[Standing]) -> list[tuple[Standing, Due]]:
    """What should have been done by now, the longest late first."""
    return sorted(((each, due) for each in found for due in each.due if due.days_late > 0), key=lambda pair: -pair[1].days_late)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month, as EDATE counts."""
    number = day.year * 12 + day.month - 1 + months
    for last in range(day.day, 0, -1):
        try:
            return date(number // 12, number % 12 + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def _standing(events: Sequence[Event], pillars: Mapping[str, str], on: date) -> Standing:
    added = next((event.on for event in events if event.event is Kind.ADDED and event.on), events[0].on)
    state = _state(events)
    coded = [event for event in events if event.code is not None]
    statuses = [event for event in events if event.event is Kind.STATUS or event.code is not None]
    last = statuses[-1] if statuses else None
    told = next((event for event in reversed(events) if event.status or event.code is not None), None)
    refused = next((event for event in reversed(events) if event.event is Kind.REFUSED), None)
    outcome = next((event.outcome for event in reversed(events) if event.outcome), "") if refused else ""
    due = tuple(Due(what, day, max(0, (on - day).days)) for what, day in _due(events, state, added, last, outcome))
    pillar = pillars.get(_pillar(_newest(events, "pillar")).lower(), NO_PILLAR)
    return Standing(
        events[0].id, _newest(events, "title"), _newest(events, "organisation"), pillar, _newest(events, "phase"),
        _newest(events, "version"), state, added, coded[-1].code if coded else None, _newest(events, "status"),
        told.on if told else None,
        _first_code(coded, added), _reason(events), outcome, _newest(events, "file"), due, tuple(events))


def _state(events: Sequence[Event]) -> State:
    state = State.ACTIVE
    for event in events:
        if event.event is Kind.DROPPED:
            state = State.DROPPED
        elif event.event is Kind.REFUSED:
            state = State.REFUSED
        elif event.event in (Kind.ENDORSED, Kind.ADDED):
            state = State.ACTIVE
    return state


def _first_code(coded: Sequence[Event], added: date | None) -> int | None:
    """The code given nearest to 12 months after the innovation was added, and not long before."""
    if added is None:
        return coded[0].code if coded else None
    months = words()["months"]
    earliest, wanted = months_after(added, months["not_before"]), months_after(added, months["status"])
    there = [event for event in coded if event.on is not None and event.on >= earliest]
    return min(there, key=lambda event: abs((event.on or wanted) - wanted)).code if there else None


def _due(events: Sequence[Event], state: State, added: date | None, last: Event | None, outcome: str
         ) -> Iterator[tuple[str, date]]:
    """What is to be done next, and by when: a status a year after the last one, or on the day that was set; the review at 18
    months, once; of a refused bid, what was decided to do with it."""
    dated = next((event for event in reversed(events) if event.next_date), None)
    months = words()["months"]
    if state is State.REFUSED and dated is not None and dated.next_date and outcome != "drop":
        yield outcome or "decide after refusal", dated.next_date
    if state is not State.ACTIVE or added is None:
        return
    since = last.on if last is not None and last.on else None
    usual = months_after(since, months["again"]) if since else months_after(added, months["status"])
    set_by = dated.next_date if dated is not None and (since is None or (dated.on or added) >= since) else None
    yield "status" if since is None else "re-status", set_by or usual
    if not any(event.event is Kind.REVIEWED for event in events):
        yield f"{months['review']}-month review", months_after(added, months["review"])


def _reason(events: Sequence[Event]) -> str:
    """Why it stands as it does: the newest reason given since its code, or whether it is on the list, last changed."""
    reason, before = "", None
    for event in events:
        if event.code is not None and event.code != before:
            reason, before = "", event.code
        reason = event.reason or ("" if event.event in (Kind.DROPPED, Kind.REFUSED, Kind.ENDORSED) else reason)
    return reason


def _newest(events: Sequence[Event], name: str) -> str:
    return next((str(getattr(event, name)) for event in reversed(events) if getattr(event, name)), "")


def _spelling(pillars: Iterable[str]) -> dict[str, str]:
    """Each pillar in the spelling in which it first stands."""
    found: dict[str, str] = {}
    for pillar in map(_pillar, pillars):
        if pillar:
            found.setdefault(pillar.lower(), pillar)
    return found


def _pillar(text: str) -> str:
    """A pillar's name as a cell can hold it."""
    return " ".join(UNHOLDABLE.sub(" ", text).split())[:LONGEST_PILLAR]
