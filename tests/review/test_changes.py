"""Every single edit of a bid of ours is told at its place, and what was not edited is not cried out."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from bizcase.document.ooxml import W, parsed, parts_of, serialised
from bizcase.review.provenance import of_word_parts
from bizcase.review.story import read_story
from bizcase.review.word_changes import BidChanges, word_changes
from tests.conftest import sample_names
from tests.review.editing import EDITS, MAIN, one_a_section, opened_bid, possible, write
from tests.review.sealing import Parts, bid_parts, sealed_sample


def changes(parts: Parts) -> BidChanges:
    was = of_word_parts(parts)
    assert was is not None
    return word_changes(was, read_story(parts, "bid.docx"), "bid.docx")


def told(parts: Parts) -> list[tuple[str, str, str]]:
    return [(found.code, found.place.where, found.message) for found in changes(parts).findings]


@pytest.mark.parametrize("name", sample_names())
def test_a_bid_that_nobody_edited_draws_nothing(name: str) -> None:
    assert told(bid_parts(name)) == []


@pytest.mark.needs("soffice")
def test_a_trip_through_libreoffice_draws_nothing(office: Callable[[Path, str], Path], tmp_path: Path) -> None:
    path = tmp_path / "trip.docx"
    path.write_bytes(sealed_sample().bid)
    assert told(parts_of(office(path, "docx").read_bytes())) == []


def test_hundreds_of_edits_are_each_told_at_their_place_and_nothing_else_is() -> None:
    """A dozen rounds, each with one edit in every section of the bid."""
    done = 0
    for seed in range(12):
        bid = opened_bid()
        wanted = list(one_a_section(bid, seed))
        found = told(bid.edited)
        missed = [edit for edit in wanted if not any(
            (code, where) == edit[:2] and edit[2] in message for code, where, message in found)]
        cried = [one for one in found if not any(one[:2] == edit[:2] and edit[2] in one[2] for edit in wanted)]
        assert (seed, missed, cried) == (seed, [], [])
        assert len(found) == len(wanted)
        done += len(wanted)
    assert done > 250


def test_single_edits_are_told_one_by_one() -> None:
    chance = random.Random(7)
    for edit in EDITS:
        bid = opened_bid()
        passages = list(range(len(bid.story.passages)))
        chance.shuffle(passages)
        n = next(n for n in passages if edit in possible(bid, n))
        code, where, words = edit(bid, n)
        assert [(found[:2], words in found[2]) for found in told(bid.edited)] == [((code, where), True)], edit


def test_a_deleted_section_is_one_finding() -> None:
    bid = opened_bid()
    section = bid.sections()[8]
    heading = bid.story.passages[section.start - 1]
    body = bid.root.find(f"{W}body")
    node = bid.nodes[section.start - 1]
    while node.getparent() is not body:
        node = node.getparent()
    last = bid.nodes[section.stop]
    while last.getparent() is not body:
        last = last.getparent()
    for child in list(body)[body.index(node):body.index(last)]:
        body.remove(child)
    found = told(bid.edited)
    assert [(code, where) for code, where, _ in found if "chart" not in _] == [("B12", f"{heading.where}, as it was built")]
    assert "with all under it" in found[0][2] and heading.text in found[0][2]


def test_a_moved_paragraph_is_told_where_it_stands_now() -> None:
    bid = opened_bid()
    plain = [n for n, passage in enumerate(bid.story.passages) if not passage.table and not passage.level and not passage.margin
             and len(passage.text) > 60 and bid.nodes[n].getparent().tag == f"{W}body"]
    first, last = plain[3], plain[-3]
    bid.nodes[last].addnext(bid.nodes[first])
    (code, _, message), = told(bid.edited)
    assert code == "B13"
    assert bid.story.passages[first].where in message


def test_tracked_changes_count_as_accepted() -> None:
    bid = opened_bid()
    n = next(n for n, passage in enumerate(bid.story.passages) if not passage.table and not passage.level and possible(bid, n))
    run = next(bid.nodes[n].iter(f"{W}r"))
    inserted = run.makeelement(f"{W}ins", {f"{W}id": "9000", f"{W}author": "A"})
    added = copy.deepcopy(run)
    next(added.iter(f"{W}t")).text = "Inserted "
    run.addprevious(inserted)
    inserted.append(added)
    (code, where, message), = told(bid.edited)
    assert (code, where) == ("B10", bid.story.passages[n].where)
    assert "Inserted" in message


def test_fields_that_word_worked_out_anew_draw_nothing() -> None:
    bid = opened_bid()
    depth, seen = 0, 0
    for node in bid.root.iter(f"{W}fldChar", f"{W}t"):
        kind = node.get(f"{W}fldCharType")
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if node.tag == f"{W}t" and depth:
            node.text = f"{node.text}9"
            seen += 1
    assert seen > 100
    assert told(bid.edited) == []


def test_another_look_draws_nothing() -> None:
    bid = opened_bid()
    for paragraph in bid.root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and not style.get(f"{W}val", "").startswith(("TOC", "Heading")):
            style.set(f"{W}val", "Normal")
    for run in list(bid.root.iter(f"{W}r")):
        text = run.find(f"{W}t")
        if text is not None and len(text.text or "") > 8 and run.getparent().tag == f"{W}p":
            again = copy.deepcopy(run)
            run.find(f"{W}t").text, again.find(f"{W}t").text = text.text[:4], text.text[4:]
            run.find(f"{W}t").set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addnext(again)
    assert told(bid.edited) == []


def test_controls_that_were_lost_with_their_text_intact_draw_nothing() -> None:
    bid = opened_bid()
    for control in list(bid.root.iter(f"{W}sdt")):
        content = control.find(f"{W}sdtContent")
        for child in list(content):
            control.addprevious(child)
        control.getparent().remove(control)
    assert told(bid.edited) == []


def test_a_figure_without_its_control_is_still_known() -> None:
    bid = opened_bid()
    for control in list(bid.root.iter(f"{W}sdt")):
        tag = control.find(f"{W}sdtPr/{W}tag")
        if tag is not None and tag.get(f"{W}val") == "npsv":
            write(control, "£999,999")
        for child in list(control.find(f"{W}sdtContent")):
            control.addprevious(child)
        control.getparent().remove(control)
    found = changes(bid.edited)
    assert found.figures == {"npsv": "£999,999"}
    assert set(found.codes) == {"B14"}


def test_the_numbers_of_a_chart_are_looked_at() -> None:
    parts = bid_parts()
    root = parsed(parts["word/charts/cumulative.xml"])
    point = next(root.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}val")).find(".//{*}v")
    point.text = "123456"
    (code, where, message), = told({**parts, "word/charts/cumulative.xml": serialised(root)})
    assert code == "B14" and "now 123,456" in message
    assert "Economic appraisal" in where


def test_a_changed_header_is_told_once() -> None:
    """The same text stands in the header of wide pages: where one of the two is changed, a text has come that was not there."""
    parts = bid_parts()
    for header, code in (("word/header1.xml", "B11"), ("word/header2.xml", "B10")):
        root = parsed(parts[header])
        write(root, "Somebody else’s bid")
        parts = {**parts, header: serialised(root)}
        assert [found[:2] for found in told(parts)] == [(code, "in a header")]


def test_the_bid_is_where_the_tests_look_for_it() -> None:
    assert MAIN in bid_parts()
