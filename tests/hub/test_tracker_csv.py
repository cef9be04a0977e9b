"""The tracker as CSV: read however Excel saved it, written so that nothing is lost and nothing becomes a formula."""

from __future__ import annotations

import csv
import io
import string
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bizcase.errors import UnreadableFile
from bizcase.hub.csv_text import guarded, unguarded
from bizcase.hub.years.tracker import Event, Kind, Tracker, standings, words
from bizcase.hub.years.tracker_csv import COLUMNS, TEXTS, read_tracker, tally_text, tracker_text
from tests.hub.test_tracker import CASE_2

PLAIN = "id,title,pillar,date,event,code,status\nA1,Café £,Access,2026-10-03,status,2,half way\n"


def read(text: str, encoding: str = "utf-8") -> Tracker:
    tracker, findings = read_tracker(text.encode(encoding), "list.csv")
    assert findings == (), findings
    return tracker


def test_a_list_is_read_whatever_its_encoding_signs_and_line_ends() -> None:
    wanted = read(PLAIN).events
    assert (wanted[0].title, wanted[0].on, wanted[0].event, wanted[0].code) == ("Café £", date(2026, 10, 3), Kind.STATUS, 2)
    for encoding in ("utf-8-sig", "cp1252", "utf-16"):
        assert read(PLAIN, encoding).events == wanted
    assert read(PLAIN.replace(",", ";")).events == read(PLAIN.replace(",", "\t")).events == wanted
    assert read(PLAIN.replace("\n", "\r\n")).events == wanted
    assert read(f"sep=;\n{PLAIN.replace(',', ';')}").events[0].line == 3
    assert read(f"sep=;\n{PLAIN.replace(',', ';')}").events[0].title == "Café £"


def test_headings_are_known_in_any_order_and_by_other_words() -> None:
    tracker = read("OUTCOME CODE;When;Theme;What happened;Innovation;Ref\n3;3 Oct 2026;Access;update;Portal;A1\n")
    assert tracker.events == (Event("A1", "Portal", pillar="Access", on=date(2026, 10, 3), event=Kind.STATUS, code=3, line=2),)


def test_every_other_word_for_a_column_and_for_an_event_is_known() -> None:
    seen = 0
    for column, others in words()["columns"].items():
        for other in others:
            headings = [*(name for name in ("id", "title") if name != column), other]
            tracker, _ = read_tracker(f"{','.join(headings)}\nx\n".encode(), "list.csv")
            assert not tracker.extra, f"{other} is not known for {column}"
            seen += 1
    for event, others in words()["events"].items():
        for other in others:
            assert read(f"id,date,event\nx,2026-10-03,{other.upper()}\n").events[0].event == event
            seen += 1
    assert seen > 80


@pytest.mark.parametrize(("typed", "code"), [("3", 3), ("3.0", 3), ("Code 2", 2), ("implemented and diffused", 3),
                                             ("Delayed", 1)])
def test_a_code_may_be_a_number_or_its_words(typed: str, code: int) -> None:
    assert read(f"id,date,code\nx,2026-10-03,{typed}\n").events[0].code == code


def test_what_is_not_understood_is_told_with_line_and_column_and_kept() -> None:
    text = ('id,title,date,event,code,outcome,next_date,mine\n'
            'A1,Portal,2026-10-03,status,4,,,kept\n\n'
            'A2,"two\nlines",in spring,not approved,2,perhaps,32/1/2026,=1+1\n'
            ',,2026-10-03,added,,,,\n'
            'A4,,,added,,,,\n')
    tracker, findings = read_tracker(text.encode(), "list.csv")
    assert [(each.code, each.place.line, each.place.column) for each in findings] == [
        ("G16", 2, 5), ("G16", 4, 4), ("G16", 4, 6), ("G16", 4, 3), ("G16", 4, 7), ("G16", 6, 1), ("G16", 7, 3)]
    rows = list(csv.reader(io.StringIO(tracker_text(tracker).decode("utf-8-sig"))))
    assert rows[0] == [*COLUMNS, "mine"]
    by_name = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert (by_name[0]["code"], by_name[0]["mine"]) == ("4", "kept")
    assert [by_name[1][name] for name in ("title", "date", "event", "code", "outcome", "next_date", "mine")] == [
        "two\nlines", "in spring", "not approved", "2", "perhaps", "32/1/2026", "'=1+1"]


def test_a_misspelt_word_is_never_taken_for_its_opposite() -> None:
    _, findings = read_tracker(b"id,date,event\nx,2026-10-03,not endorsed\n", "list.csv")
    assert [each.code for each in findings] == ["G16"]


def test_cells_beyond_the_headings_and_headings_given_twice_are_kept() -> None:
    text = "id,title,title,mine\nx,one,two,three,four\ny\n"
    tracker, _ = read_tracker(text.encode(), "list.csv")
    rows = list(csv.reader(io.StringIO(tracker_text(tracker).decode("utf-8-sig"))))
    assert rows[0][len(COLUMNS):] == ["title", "mine", ""]
    assert rows[1][:2] == ["x", "one"] and rows[1][len(COLUMNS):] == ["two", "three", "four"]
    assert rows[2][0] == "y"


def test_a_row_without_an_id_belongs_to_the_row_before_with_its_title() -> None:
    tracker = read("id,title,date,code\nA1,Portal,2025-10-03,\n,portal,2026-10-03,3\n,Clinic,2026-10-03,1\n")
    assert [(each.id, each.event) for each in tracker.events] == [
        ("A1", Kind.ADDED), ("A1", Kind.STATUS), ("Clinic", Kind.STATUS)]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"a,b\n1,2\n", b"PK\x03\x04xx", b"\xd0\xcf\x11\xe0", b"%PDF-1.7",
                                     b"id,\x00\xff\x00", b'id\n"' + b"x" * 200_000 + b'"\n'])
def test_what_is_no_list_is_refused_in_one_line(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as error:
        read_tracker(content, "list.csv")
    assert [found.code for found in error.value.findings] == ["G11"]


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
CELL = TEXT.map(str.strip)
DAYS = st.dates(date(1901, 1, 1), date(2199, 12, 31))
EVENTS = st.builds(
    Event, id=CELL.filter(bool), **dict.fromkeys(TEXTS, CELL), on=DAYS, event=st.sampled_from(Kind),
    code=st.sampled_from([None, 1, 2, 3]), outcome=st.sampled_from(["", *words()["outcomes"]]), next_date=st.none() | DAYS,
    extra=st.tuples(TEXT, TEXT))


@given(st.lists(EVENTS, max_size=4), st.sampled_from([",", ";", "\t"]))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back_the_same_whatever_anybody_typed(events: list[Event], delimiter: str) -> None:
    tracker = Tracker(tuple(events), ("mine", "and mine"), delimiter)
    content = tracker_text(tracker)
    again, findings = read_tracker(content, "list.csv")
    assert findings == ()
    assert [_without_line(each) for each in again.events] == events
    assert again.delimiter == delimiter and tracker_text(again) == content


def _without_line(event: Event) -> Event:
    return replace(event, line=0)


@given(TEXT)
def test_no_cell_that_is_written_is_a_formula(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(text)) == text
    assert guarded(text) in (text, f"'{text}")


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_a_list_or_one_finding(content: bytes) -> None:
    try:
        read_tracker(content, "list.csv")
    except UnreadableFile as error:
        assert len(error.findings) == 1


@given(st.text(string.printable, max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_rows_below_headings_are_kept(rows: str) -> None:
    try:
        tracker, _ = read_tracker(f"id,mine\n{rows}".encode(), "list.csv")
    except UnreadableFile:
        return
    again, _ = read_tracker(tracker_text(tracker), "list.csv")
    assert [each.extra for each in again.events] == [each.extra for each in tracker.events]


def test_the_sample_is_written_as_it_was_read_and_its_tally_as_csv() -> None:
    content = CASE_2.read_bytes()
    tracker, _ = read_tracker(content, CASE_2.name)
    assert tracker_text(tracker) == content
    assert tally_text(standings(tracker, date(2020, 11, 1))).decode("utf-8-sig").splitlines() == [
        "when,pillar,code 3,code 2,code 1,no code yet",
        "at 12 months,Quality,1,4,4,0", "at 12 months,Access,6,1,0,0", "at 12 months,Efficiency,6,0,2,0",
        "now,Quality,3,4,2,0", "now,Access,6,1,0,0", "now,Efficiency,7,0,1,0"]


def test_a_status_in_the_words_of_a_code_is_read_as_that_code_and_told() -> None:
    content = b"title,date,status\nA,2026-10-03,Implemented and diffused\nB,2026-10-03,going well\n"
    tracker, findings = read_tracker(content, "t.csv")
    assert [event.code for event in tracker.events] == [3, None]
    assert [(found.code, found.place.line, found.message) for found in findings] == [
        ("G13", 2, "the status “Implemented and diffused” is read as code 3")]


def test_a_row_that_names_no_innovation_is_kept_and_does_not_count() -> None:
    content = b"id,title,date,code\nA1,A,2026-10-03,3\n,,2026-10-03,2\n"
    tracker, findings = read_tracker(content, "t.csv")
    assert [found.code for found in findings] == ["G16"]
    assert len(standings(tracker, date(2026, 11, 1))) == 1
    again, _ = read_tracker(tracker_text(tracker), "t.csv")
    assert [(event.id, event.code) for event in again.events] == [("A1", 3), ("", 2)]
