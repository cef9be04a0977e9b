"""What meets in a sentence shows what a passage is about, whatever its subject; documents of other kinds are told from bids."""

from __future__ import annotations

from typing import Any

import pytest

from bizcase.resources import folder
from bizcase.review.bid_or_not import is_a_bid, other_kind
from bizcase.review.mapping import placed
from bizcase.review.normal import normal
from bizcase.review.submission import Kind, Passage, Submission
from bizcase.review.terms import NOTHING
from bizcase.review.text_evidence import prose_evidence
from bizcase.specification.shape import load_shape
from bizcase.specification.source import load_data

FILE: dict[str, Any] = load_data((folder("schemas") / "words" / "patterns.yaml").read_text("utf-8"), "patterns.yaml")
SECTIONS = {section.name for section in load_shape().sections}


def text(words: str, *above: str) -> Passage:
    return Passage(words, Kind.PARAGRAPH, above, "", 0)


def document(*parts: tuple[str, str]) -> Submission:
    """A document of headings with a paragraph below each."""
    passages = [each for heading, words in parts
                for each in (Passage(heading, Kind.HEADING, (), "", 0, 1), text(words, heading))]
    return Submission("some.docx", "", tuple(passages), ())


def test_patterns_are_made_of_ideas_and_shapes_that_exist_and_each_is_used() -> None:
    rows = [(section, row) for part in ("patterns", "headings") for section, found in FILE[part].items() for row in found]
    named = {need.split("*")[0] for _, row in rows for need in row["all"]}
    known = {*FILE["ideas"], *FILE["shapes"]}
    assert len(rows) > 60 and named <= known
    assert {section for section, _ in rows} <= SECTIONS | {NOTHING}
    assert set(FILE["patterns"]) >= SECTIONS


def test_every_word_of_an_idea_says_something_after_the_common_words_are_left_out() -> None:
    assert [word for words in FILE["ideas"].values() for word in words if not normal(str(word))] == []


@pytest.mark.parametrize(("section", "words"), [
    ("benefits", "Falls on the ward: 31 in 2025; 20 in 2027; incident system; ward manager"),
    ("timeline", "February 2027 contract; April first clinic; October all clinics; December 2028 end."),
    ("evidence", "A registry in Norway halved the rate (Halvorsen, 2020, n = 812)."),
    ("sustainability", "Once the grant ends the council pays £20,000 a year."),
    ("innovation", "An earlier register was given up in 2017 since nobody used it."),
    ("change_plan", "Each nurse has an hour of training and a refresher in the second month."),
    ("dissemination", "Our findings go to a national conference and into the hospital newsletter."),
    ("risks", "If the supplier fails, a second firm covers; if uptake is too low we extend recruitment."),
    ("scale_up", "Then two further hospitals adopt it, and later every trust in the region."),
    ("ppi", "Nine parents told us that the form was too long, so we dropped a page."),
])
def test_ideas_that_meet_in_a_sentence_place_it_under_a_heading_that_says_nothing(section: str, words: str) -> None:
    found = placed(Submission("bid.docx", "", (text(words, "Part 4"), text("The sky is wide.", "Part 5")), ()))
    assert found[0].section == section


def test_ideas_in_different_sentences_do_not_meet() -> None:
    meets = "findings with made known"
    assert meets in prose_evidence("The evaluation report is read out at the club.", 8).said("dissemination")
    assert meets not in prose_evidence("The evaluation report is long. The story is read out.", 8).said("dissemination")


@pytest.mark.parametrize("words", ["[Say who will lead the work and how often the group will meet.]", "To be completed",
                                   "Guidance: describe your risks in 100 words."])
def test_what_stands_for_words_still_to_come_belongs_nowhere(words: str) -> None:
    assert placed(Submission("bid.docx", "", (text(words, "Risks"), text("It may be late.", "Risks")), ()))[0].section == ""


def test_a_line_of_a_list_goes_with_the_list() -> None:
    lines = ("Falls: 31 in 2025; 20 in 2027; incident system; ward manager",
             "Days in hospital: 410; 300; bed system; ward manager", "Staff survey each spring",
             "Visits: 91 in 2025; 60 in 2027; clinic diary; clinic clerk")
    found = placed(Submission("bid.docx", "", tuple(text(line, "Part 4") for line in lines), ()))
    assert {one.section for one in found} == {"benefits"}


LONG = "The group spoke about the boiler, the lift and the parking of bicycles at some length and agreed to come back to it. " * 8
MINUTES = document(("Present and apologies", "Ms Hale, Mr Roe. " + LONG), ("Minutes of the last meeting", "Agreed."),
                   ("Matters arising", "None."), ("Any other business", "The risk register was noted."),
                   ("Date of next meeting", "May."))


def test_minutes_are_no_bid_and_nothing_in_them_has_a_section() -> None:
    assert (is_a_bid(MINUTES), other_kind(MINUTES)) == (False, "minutes of a meeting")
    assert {one.section for one in placed(MINUTES)} == {""}


def test_a_bid_with_the_headings_of_a_study_is_still_a_bid() -> None:
    found = document(("Introduction", "We apply for a grant of £40,000 and request funding for a nurse. " + LONG),
                     ("Method", "We propose a pilot."), ("Results", "Fewer falls."), ("Discussion", "The bid helps patients."),
                     ("Conclusion", "We ask the fund to approve this proposal."))
    assert is_a_bid(found)


def test_a_text_too_short_to_tell_is_taken_for_part_of_a_bid() -> None:
    assert is_a_bid(document(("Minutes of the last meeting", "Agreed."), ("Matters arising", "None.")))
