"""Reads and writes the tracker as CSV, as Excel saves it in any country. Nothing that was typed is lost.

A text that Excel would take for a formula gets an apostrophe before it when it is written, and loses it when it is read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bizcase.errors import Finding, Place, Severity, UnreadableFile
from bizcase.hub.csv_text import guarded, unguarded
from bizcase.hub.years.tracker import Event, Kind, Standing, Tracker, tally, words
from bizcase.hub.years.typed import day_of
from bizcase.specification.words import listed, shown

NO_LIST, READ_WITH_HELP, NOT_UNDERSTOOD = "G11", "G13", "G16"
COLUMNS = ("id", "title", "organisation", "pillar", "phase", "version", "date", "event", "code", "status", "reason", "outcome",
           "next_date", "file")
TEXTS = ("title", "organisation", "pillar", "phase", "version", "status", "reason", "file")
MOST_BYTES = 20_000_000
DELIMITERS = (",", ";", "\t")

_BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")


def read_tracker(content: bytes, name: str) -> tuple[Tracker, tuple[Finding, ...]]:
    """The events of a list, and what in it was not understood, each with line and column.

    Raises UnreadableFile where it is no list of innovations at all.
    """
    text = _text(content, name)
    try:
        delimiter, rows = _rows(text)
    except csv.Error as problem:
        raise _no_list(name, f"its cells cannot be told apart ({problem})") from None
    if not rows:
        raise _no_list(name, "it is empty")
    (line, headings), *rest = rows
    places = _places(headings)
    if not {"id", "title"} & places.keys():
        raise _no_list(name, "no heading says what the innovations are called", line)
    others = [number for number in range(len(headings)) if number not in places.values()]
    widest = max((len(cells) for _, cells in rest), default=0)
    beyond = range(len(headings), widest)
    reading = _Rows(name, places, (*others, *beyond))
    events = tuple(reading.event(line, cells) for line, cells in rest)
    return Tracker(events, (*(headings[number] for number in others), *("" for _ in beyond)), delimiter), \
        tuple(reading.findings)


def tracker_text(tracker: Tracker) -> bytes:
    """The list as CSV that Excel opens with all its letters: days as 2026-10-03, one word for one thing, extra columns last."""
    wanted = len(tracker.extra)
    rows = [[_written(event, column) for column in COLUMNS] + _padded(event.extra, wanted) for event in tracker.events]
    return _csv([[*COLUMNS, *tracker.extra], *rows], tracker.delimiter)


def tally_text(found: Iterable[Standing], delimiter: str = ",") -> bytes:
    """How many innovations have each code, by pillar, at 12 months and now, as CSV."""
    found = tuple(found)
    rows = [[when, pillar, *(str(counts[code]) for code in (3, 2, 1, None))]
            for when, first in (("at 12 months", True), ("now", False)) for pillar, counts in tally(found, first=first).items()]
    return _csv([["when", "pillar", "code 3", "code 2", "code 1", "no code yet"], *rows], delimiter)


def _text(content: bytes, name: str) -> str:
    if len(content) > MOST_BYTES:
        raise _no_list(name, f"it holds {len(content):,} bytes; a list holds at most {MOST_BYTES:,}")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise _no_list(name, "it is not a CSV file")
    try:
        if content.startswith(_BYTE_ORDERS):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\x00" in content:
        raise _no_list(name, "it is not text")
    return content.decode("cp1252", errors="replace")


def _rows(text: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """The sign between the cells, and the filled rows with the line on which each begins. It is the sign that gives the most
    headings that are known."""
    declared = re.match(r"sep=(.)\r?\n", text)
    if declared:
        found = _cut(text[declared.end():], declared[1])
        return declared[1], [(line + 1, cells) for line, cells in found]
    first = {sign: next(iter(_cut(text, sign, most=1)), (0, []))[1] for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: (len(_places(first[sign])), len(first[sign])))
    return best, _cut(text, best)


def _cut(text: str, delimiter: str, most: int = 0) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            rows.append((line, cells))
            if most and len(rows) == most:
                break
        line = reader.line_num + 1
    return rows


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text).casefold().split())


def _places(headings: Sequence[str]) -> dict[str, int]:
    """Where each of our columns stands: under its own name first, then under another word for it."""
    plain = [_plain(heading) for heading in headings]
    found = {column: plain.index(_plain(column)) for column in COLUMNS if _plain(column) in plain}
    for column, others in words()["columns"].items():
        if column not in found:
            place = next((number for number, heading in enumerate(plain) if number not in found.values()
                          and heading in map(_plain, others)), None)
            if place is not None:
                found[column] = place
    return found


@dataclass
class _Rows:
    """Reads rows into events; keeps what was not understood as it was typed."""

    name: str
    places: Mapping[str, int]
    others: Sequence[int]

    def __post_init__(self) -> None:
        self.findings: list[Finding] = []
        self.ids: dict[str, str] = {}

    def event(self, line: int, cells: Sequence[str]) -> Event:
        typed = {column: unguarded(cells[place]).strip() if place < len(cells) else ""
                 for column, place in self.places.items()}
        unread: dict[str, str] = {}

        def understood(column: str, reader: Any, hint: str) -> Any:
            text = typed.get(column, "")
            if not text:
                return None
            try:
                return reader(text)
            except ValueError:
                unread[column] = text
                self._told(line, column, f"{_plain(column)} {shown(text)} is not understood", hint)
                return None

        code = understood("code", _code, "write 1, 2 or 3")
        code = code if code is not None or "code" in unread else self._said_in_words(line, typed)
        event = understood("event", lambda text: Kind(_word(text, "events")), f"write {listed([kind.value for kind in Kind])}")
        outcome = understood("outcome", lambda text: _word(text, "outcomes"), f"write {listed(list(words()['outcomes']))}")
        if event is None and "event" not in unread:
            event = Kind.STATUS if code is not None else Kind.ADDED
        day = understood("date", day_of, "write the day as 2026-10-03 or 3/10/2026")
        if day is None and "date" not in unread:
            self._told(line, "date", "the row has no date, so it cannot be put in order", "write the day as 2026-10-03")
        following = understood("next_date", day_of, "write the day as 2026-10-03 or 3/10/2026")
        return Event(self._id(line, typed), **{column: typed.get(column, "") for column in TEXTS}, on=day, event=event,
                     code=code, outcome=outcome or "", next_date=following, unread=unread, line=line,
                     extra=tuple(unguarded(cells[place]) if place < len(cells) else "" for place in self.others))

    def _said_in_words(self, line: int, typed: Mapping[str, str]) -> int | None:
        """The code of a row without one whose status is the words for it, which is told."""
        try:
            code = _code(typed.get("status", ""))
        except ValueError:
            return None
        place = Place(self.name, line, self.places["status"] + 1, "status")
        self.findings.append(Finding(place, READ_WITH_HELP, Severity.ADVISORY,
                                     f"the status “{shown(typed['status'])}” is read as code {code}", f"write {code} under code"))
        return code

    def _id(self, line: int, typed: Mapping[str, str]) -> str:
        """The id; where none is given, that of the row before with the same title, or the title itself."""
        title = typed.get("title", "")
        found = typed.get("id", "") or self.ids.get(title.casefold(), "") or title
        if not found:
            self._told(line, "id", "the row names no innovation, so it does not count", "write its id or its title")
            return ""
        if title:
            self.ids.setdefault(title.casefold(), found)
        return found

    def _told(self, line: int, column: str, message: str, hint: str) -> None:
        self.findings.append(Finding(Place(self.name, line, self.places.get(column, 0) + 1, column), NOT_UNDERSTOOD,
                                     Severity.MAJOR, message, hint))


def _code(text: str) -> int:
    """A status code from 1, 3.0, "code 2" or its words. Raises ValueError."""
    plain = _plain(text)
    number = re.fullmatch(r"(?:code )?([123])(?: 0)?", plain)
    if number:
        return int(number[1])
    for code, row in words()["codes"].items():
        if plain in (_plain(row["means"]), *map(_plain, row["words"])):
            return int(code)
    raise ValueError(text)


def _word(text: str, group: str) -> str:
    """The word of ours for what was typed. Raises ValueError."""
    known = {_plain(other): word for word, others in words()[group].items() for other in (word, *others)}
    plain = _plain(text)
    if plain in known:
        return str(known[plain])
    raise ValueError(text)


def _written(event: Event, column: str) -> str:
    if column in event.unread:
        return event.unread[column]
    value = getattr(event, "on" if column == "date" else column)
    return "" if value is None else value.isoformat() if column in ("date", "next_date") else str(value)


def _padded(extra: Sequence[str], wanted: int) -> list[str]:
    return [*extra, *("" for _ in range(wanted - len(extra)))]


def _csv(rows: Iterable[Sequence[str]], delimiter: str) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows([guarded(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig", "replace")


def _no_list(name: str, message: str, line: int = 0) -> UnreadableFile:
    return UnreadableFile(Finding(Place(name, line, 1 if line else 0), NO_LIST, Severity.ERROR, message,
                                  "give a list with headings such as id, title, pillar, date, event, code; in Excel choose "
                                  "File > Save As > CSV UTF-8"))

