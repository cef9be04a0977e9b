"""The words of a bid that arrived, by section and against the limits of a profile."""

from __future__ import annotations

from bizcase.review.mapping import placed
from bizcase.review.submission import Kind, Passage, Submission
from bizcase.review.word_limits import counted_parts, words_by_section
from bizcase.specification.profile import load_profile
from bizcase.specification.shape import load_shape


def bid(*under: tuple[str, str]) -> Submission:
    passages = [part for heading, words in under
                for part in (Passage(heading, Kind.HEADING, (), "", 0, 1), Passage(words, Kind.PARAGRAPH, (heading,), "", 0))]
    return Submission("bid.docx", "", (*passages, Passage("a cell of a table", Kind.CELL, ("Risks",), "", 0, table=1)), ())


def test_words_are_counted_by_section_without_headings_and_tables() -> None:
    arrived = bid(("Costs", "It costs four words."), ("Risks", "Two words."), ("Budget", "Three more words."))
    assert words_by_section(placed(arrived)) == {"resources": 7, "risks": 2}


def test_a_part_is_what_stands_under_its_title_with_or_without_a_number() -> None:
    profile = load_profile("ten-questions")
    long = bid(("1. Need or challenge", "word " * 401), ("8. RISKS", "word " * 399), ("Other matters", "word " * 50))
    counted = {one.title: one for one in counted_parts(placed(long), profile, load_shape())}
    assert (counted["Need or challenge"].words, counted["Need or challenge"].over) == (401, 1)
    assert (counted["Risks"].words, counted["Risks"].over) == (399, 0)


def test_nothing_is_said_of_a_part_without_its_heading_whose_sections_stand_in_others_too() -> None:
    profile = load_profile("ten-questions")
    titles = [one.title for one in counted_parts(placed(bid(("Unmet need", "word " * 30))), profile, load_shape())]
    assert "Need or challenge" in titles, "its section stands in no other part"
    assert "Costs and value for money" not in titles, "the summary is shared with another part"
