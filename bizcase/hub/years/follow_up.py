"""What came of a hub's submissions, as at a day: the files of the report, and what there is to tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bizcase.errors import Finding, Place, Severity
from bizcase.hub.years.kept_specifications import Carried, carried_by_workbook, kept
from bizcase.hub.years.realisation import Benefit, Rated, Thresholds, benefits, counted, rated_rows
from bizcase.hub.years.realisation_workbook import realisation_workbook
from bizcase.hub.years.returned import Returned
from bizcase.hub.years.tracker import Event, Kind, Standing, State, Tracker, standings
from bizcase.hub.years.tracker_csv import tally_text, tracker_text
from bizcase.package import file_stem

REPORT, TRACKER, TALLY, KEPT = "benefits-realisation.xlsx", "tracker.csv", "tally.csv", "kept"
UNDECIDED, NOT_COUNTED = "G18", "G19"
MOST_NAMED = 3
"""Innovations named in one finding; of more, their number."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The report as at a day: the workbooks that count, their measurements and benefits, the list with where each innovation
    stands, the files to write by their names, and the findings."""

    on: date
    returned: tuple[Returned, ...]
    rows: tuple[Rated, ...]
    benefits: tuple[Benefit, ...]
    standings: tuple[Standing, ...]
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


def follow_up(returned: Sequence[Returned], tracker: Tracker, on: date, thresholds: Thresholds, *, name: str = TRACKER,
              folder: str = "", missing: Collection[str] = (), carried: Sequence[Carried] = ()) -> FollowUp:
    """The report of these workbooks and this list. `name` is the list's file, `folder` the way from the report to the workbooks,
    `missing` the files of the list that are not there, `carried` what bids that came back carry."""
    those, twice = counted(returned)
    tracker = with_returned(tracker, those, on, folder)
    found = standings(tracker, on)
    specifications = kept(found, [*filter(None, map(carried_by_workbook, those)), *carried])
    rows = rated_rows(those, thresholds, on)
    files = {
        REPORT: realisation_workbook(those, tracker, on, thresholds=thresholds, folder=folder, missing=tuple(missing)),
        TRACKER: tracker_text(tracker), TALLY: tally_text(found, tracker.delimiter),
        **{f"{KEPT}/{file}": content for file, content in specifications.items()},
    }
    told = [*(finding for each in those for finding in each.findings), *twice,
            *_of_the_list(tracker, found, on, name, missing, specifications)]
    return FollowUp(on, tuple(those), tuple(rows), tuple(benefits(rows)), found, files, tuple(told))


def files_named(tracker: Tracker) -> list[str]:
    """The kept files that a list names, each once; addresses on the web are left out."""
    return list(dict.fromkeys(event.file for event in tracker.events if event.file and "://" not in event.file))


def with_returned(tracker: Tracker, returned: Sequence[Returned], on: date, folder: str = "") -> Tracker:
    """The list with a first row for each submission that is not on it: of the day of its launch, or of the report if that is
    before."""
    names = {text.casefold() for event in tracker.events for text in (event.id, event.title) if text}
    new: list[Event] = []
    for each in returned:
        if not {each.title.casefold(), each.reference.casefold()} & (names - {""}):
            day = each.launch if each.launch is not None and each.launch <= on else on
            new.append(Event(each.reference or file_stem(each.title), each.title, each.organisation, on=day, event=Kind.ADDED,
                             file="/".join(filter(None, (folder, each.file)))))
    return replace(tracker, events=(*tracker.events, *new))


def _of_the_list(tracker: Tracker, found: Sequence[Standing], on: date, name: str, missing: Collection[str],
                 specifications: Mapping[str, bytes]) -> Iterator[Finding]:
    """What there is to tell of the list beside what could not be read in it."""
    for each in found:
        refusal = next((event for event in reversed(each.events) if event.event is Kind.REFUSED), None)
        if each.state is State.REFUSED and refusal is not None and not each.outcome:
            yield _told(name, refusal.line, UNDECIDED, f"{each.title or each.id} was refused, and nobody says what comes next",
                        "write under outcome: drop, seek other funds, or revise and re-apply")
    yield from _not_there([each for each in found if each.file in missing
                           and f"{file_stem(each.title or each.id)}.yaml" not in specifications], name)
    ahead = [event for event in tracker.events if event.on is not None and event.on > on]
    if ahead:
        rows = "a row happens" if len(ahead) == 1 else f"{len(ahead)} rows happen"
        yield _told(name, ahead[0].line, NOT_COUNTED, f"{rows} after the day of the report, the first on "
                    f"{min(filter(None, (event.on for event in ahead))).isoformat()}, and do not count yet",
                    "correct the dates, or give a later day with --on")


def _not_there(standings: Sequence[Standing], name: str) -> Iterator[Finding]:
    """The kept files that are gone, each once with all that it was kept for."""
    for file in dict.fromkeys(each.file for each in standings):
        those = [each for each in standings if each.file == file]
        titles = [each.title or each.id for each in those]
        more = f" and {len(titles) - MOST_NAMED} more" if len(titles) > MOST_NAMED else ""
        yield _told(name, those[0].events[-1].line, UNDECIDED,
                    f"the file kept for {', '.join(titles[:MOST_NAMED])}{more} is not there: {file}",
                    "put it back, or write where it is; a refused bid can be used again")


def _told(name: str, line: int, code: str, message: str, hint: str) -> Finding:
    return Finding(Place(name, line, 1 if line else 0), code, Severity.ADVISORY, message, hint)
