"""Headings are found as a reader finds them: by style, by look, by number, in forms; and little else is taken for one."""

from __future__ import annotations

import re

import pytest

from bizcase.review.submission import Kind, Passage
from bizcase.review.word_reader import read_submission
from tests.document.test_accessibility import box
from tests.document.writing import cell, heading, line, row, run, table, word_file
from tests.review.bids import all_bids, docx_of

PROSE = "We will train twelve nurses in the first year and measure what changes for patients every six months."
BOLD, LARGE, LARGER = "<w:b/>", '<w:sz w:val="28"/>', '<w:sz w:val="36"/>'
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="DDE8F0"/>'
TEXT = line(PROSE)


def read(body: str) -> tuple[Passage, ...]:
    return read_submission(word_file(body), "bid.docx").passages


def outline(body: str) -> list[tuple[int, str]]:
    return [(passage.level, passage.text) for passage in read(body) if passage.kind is Kind.HEADING]


def bold(text: str) -> str:
    return line(text, look=BOLD)


def shaded(text: str, more: str = "") -> str:
    return cell(bold(text), more + SHADE)


OUTLINES: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "styles": (heading("Costs") + TEXT + heading("Staff", 2) + TEXT, [(1, "Costs"), (2, "Staff")]),
    "bold lines": (bold("Costs") + TEXT + bold("Risks") + TEXT, [(1, "Costs"), (1, "Risks")]),
    "bold lines in a numbered list": (
        "".join(line(text, look=BOLD, extra='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') + TEXT
                for text in ("Costs", "Risks")), [(1, "Costs"), (1, "Risks")]),
    "bold lines below styles": (heading("Costs") + bold("Staff") + TEXT, [(1, "Costs"), (2, "Staff")]),
    "a line made by hand to look like a style": (
        line("Costs", "Heading1", BOLD + LARGE) + TEXT + line("Risks", look=BOLD + LARGE) + TEXT + bold("Staff") + TEXT,
        [(1, "Costs"), (1, "Risks"), (2, "Staff")]),
    "capitals above bold lines": (
        (line("PART ONE") + bold("Costs") + TEXT + bold("Risks") + TEXT + line("PART TWO") + bold("Plan") + TEXT),
        [(1, "PART ONE"), (2, "Costs"), (2, "Risks"), (1, "PART TWO"), (2, "Plan")]),
    "sizes": (line("Money", look=LARGER) + line("Costs", look=LARGE) + TEXT + line("People", look=LARGER) + TEXT,
              [(1, "Money"), (2, "Costs"), (1, "People")]),
    "underlined lines": (line("Costs", look='<w:u w:val="single"/>') + TEXT, [(1, "Costs")]),
    "numbers": (line("3 Costs") + TEXT + line("3.2 Staff") + TEXT + line("4. Risks") + TEXT,
                [(1, "3 Costs"), (2, "3.2 Staff"), (1, "4. Risks")]),
    "questions with numbers": (line("Question 4: What will it cost?") + TEXT + line("Question 5: Who leads?") + TEXT,
                               [(1, "Question 4: What will it cost?"), (1, "Question 5: Who leads?")]),
    "no dress at all": (line("Costs") + TEXT + line("Our risks") + TEXT * 2, [(1, "Costs"), (1, "Our risks")]),
    "shaded boxes of one cell": (table(row(cell(line("Costs"), SHADE))) + TEXT, [(1, "Costs")]),
    "a section left empty": (bold("Need") + TEXT + bold("Costs") + bold("Risks") + TEXT + bold("Plan") + TEXT,
                             [(1, "Need"), (1, "Costs"), (1, "Risks"), (1, "Plan")]),
    "a form that asks at the left": (table(row("What is the need?", PROSE), row("Who leads?", "")),
                                     [(1, "What is the need?"), (1, "Who leads?")]),
    "a form with a header": (table(row(shaded("Question"), shaded("Your response")), row("Need", "Much"), row("Cost", "£3")),
                             [(1, "Need"), (1, "Cost")]),
    "a form with numbers": (table(row("1", "Need", PROSE), row("2", "Costs", PROSE)), [(1, "Need"), (1, "Costs")]),
    "a form that asks above": (table(row(shaded("1. Need")), row(PROSE), row(shaded("2. Costs")), row(PROSE)),
                               [(1, "1. Need"), (1, "2. Costs")]),
    "a form in sections": (
        table(row(shaded("About you", '<w:gridSpan w:val="2"/>')), row("Name", "Dr Ash"),
              row(shaded("Your idea", '<w:gridSpan w:val="2"/>')), row("What is the need?", PROSE)),
        [(1, "About you"), (2, "Name"), (1, "Your idea"), (2, "What is the need?")]),
    "a form inside a section": (heading("Costs") + table(row(shaded("Staff"), PROSE), row(shaded("Kit"), PROSE)),
                                [(1, "Costs"), (2, "Staff"), (2, "Kit")]),
}


@pytest.mark.parametrize("kind", OUTLINES)
def test_headings_are_found_with_their_levels(kind: str) -> None:
    body, expected = OUTLINES[kind]
    assert outline(body) == expected


NONE = {
    "a letter": line("Dear panel") + TEXT + line("Yours sincerely") + line("Dr A. Ash"),
    "a bold sentence": TEXT + bold("We ask for £4,000.") + TEXT,
    "a bold word in a sentence": f"<w:p>{run('We ask for ')}{run('£4,000', BOLD)}</w:p>" + TEXT,
    "a short numbered list": line("We will:") + line("1. Train nurses") + line("2. Buy kit") + line("3. Measure") + TEXT,
    "lines of an address": bold("Dr A. Ash") + bold("Ward 4") + bold("Northmoor Hospital") + TEXT,
    "a caption": line("Table 1: Costs by year", look=BOLD) + table(row("a", "b", "c")) + TEXT,
    "a table of figures": table(row(shaded("Item"), shaded("Cost")), row("Staff", "£5"), row("Kit", "£6")),
    "a table of figures with bold names": table(row(shaded("Staff"), "£20,000"), row(shaded("Kit"), "£5,000")),
    "a table of risks": table(row(shaded("Risk"), shaded("What we do")), row("Nurses leave", PROSE), row("Kit breaks", PROSE)),
    "a table of three columns": table(row(shaded("Risk"), shaded("Owner"), shaded("When")), row("Nurses leave", "Dr Ash", "May")),
    "a placeholder": line("TO BE COMPLETED LAST") + TEXT,
    "a quotation in a frame": TEXT + table(row("We are ready to begin")) + TEXT,
}


@pytest.mark.parametrize("kind", NONE)
def test_what_is_no_heading_is_not_taken_for_one(kind: str) -> None:
    assert outline(NONE[kind]) == []


def test_the_title_of_a_document_without_styles_is_above_no_passage() -> None:
    body = line("A nurse on the telephone", look=BOLD + LARGER) + bold("Costs") + TEXT + bold("Risks") + TEXT
    assert outline(body) == [(1, "Costs"), (1, "Risks")]
    assert read_submission(word_file(body, core="<x/>"), "bid.docx").title == "A nurse on the telephone"


def test_the_lines_of_a_cover_are_no_headings() -> None:
    assert outline(bold("Northmoor Hospital") + bold("Version 2") + line("May 2026") + heading("Costs") + TEXT) == [(1, "Costs")]


def test_a_heading_on_the_cover_is_one_if_something_follows_it() -> None:
    cover = line("Northmoor Hospital") + line("Version 2.0") + line(PROSE)
    body = cover + line("Document control", look=BOLD + LARGE) + table(row("Title", "A", "B")) + heading("Costs") + TEXT
    assert outline(body) == [(1, "Document control"), (1, "Costs")]


def test_words_own_styles_are_headings_also_without_a_level() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    passages = read_submission(word_file(line("Costs", "berschrift1") + TEXT, styles=styles), "bid.docx").passages
    assert [passage.kind for passage in passages] == [Kind.HEADING, Kind.PARAGRAPH]


def test_an_answer_stands_under_its_question() -> None:
    answer = next(passage for passage in read(heading("Costs") + table(row("Who pays?", PROSE))) if passage.text == PROSE)
    assert (answer.kind, answer.headings) == (Kind.CELL, ("Costs", "Who pays?"))


def test_an_answer_in_a_table_inside_a_form_stands_under_its_question() -> None:
    inner = table(row("Item", "Year 1", "Year 2"), row("Kit", "£5", "£6"))
    form = table(row("What will it cost?", cell(inner + line(""))), row("Who?", PROSE))
    found = {passage.text: passage for passage in read(form)}
    assert found["Kit"].headings == ("What will it cost?",)


def test_bold_words_before_a_paragraph_are_its_heading() -> None:
    body = "".join(f"<w:p>{run(name + ':', BOLD)}{run(' ' + PROSE)}</w:p>" for name in ("Costs", "Risks")) + line("And so on.")
    assert [passage.headings for passage in read(body)] == [("Costs",), ("Risks",), ("Risks",)]


def test_bold_words_in_a_document_with_headings_hold_for_their_paragraph_alone() -> None:
    body = "".join(heading(name) + TEXT for name in "ABC") + f"<w:p>{run('Staff:', BOLD)}{run(' ' + PROSE)}</w:p>" + line("Next.")
    assert [passage.headings for passage in read(body)][-2:] == [("C", "Staff"), ("C",)]


def test_a_heading_in_a_text_box_ends_with_the_box() -> None:
    body = heading("Costs") + box(bold("Key facts") + TEXT) + line("After.")
    assert {passage.text: passage.headings for passage in read(body)}["After."] == ("Costs",)


def test_a_text_box_that_holds_a_heading_alone_begins_a_section() -> None:
    body = heading("Costs") + TEXT + box(bold("Risks")) + line("After.")
    assert {passage.text: passage.headings for passage in read(body)}["After."][-1] == "Risks"


@pytest.mark.parametrize("told", ["Please set out all costs (max 300 words)", "In no more than 250 words, say who pays."])
def test_a_funders_guidance_below_its_question_is_not_the_answer(told: str) -> None:
    passages = read(bold("Costs") + line(told) + TEXT)
    assert [passage.kind for passage in passages] == [Kind.HEADING, Kind.GUIDANCE, Kind.PARAGRAPH]


def test_of_bids_that_strangers_write_every_heading_is_found_and_hardly_anything_else() -> None:
    """The labelled bids name their headings, and the questions of their forms; many more styles of writing than above."""
    wanted = found = right = 0
    for bid in all_bids():
        expected = {_plain(block.texts[0]) for block in bid.blocks if block.kind == "heading"}
        expected |= {_plain(answer.question) for block in bid.blocks for answer in block.answers}
        seen = {_plain(passage.text) for passage in read_submission(docx_of(bid), bid.name).passages
                if passage.kind is Kind.HEADING and (expected or not passage.table)}
        if bid.style == "no headings":
            continue
        wanted, found, right = wanted + len(expected), found + len(seen), right + len(expected & seen)
    assert wanted > 200
    assert right / wanted > 0.98
    assert right / found > 0.95


def test_of_bids_that_strangers_write_no_word_is_lost() -> None:
    for bid in all_bids():
        submission = read_submission(docx_of(bid), bid.name)
        text = " ".join([*(passage.text for passage in submission.passages), *(left.text for left in submission.leftovers)])
        assert [part for piece in bid.pieces for part in piece.parts if " ".join(part.split()) not in text] == []


def _plain(text: str) -> str:
    return re.sub(r"^[\d.]+\s+", "", " ".join(text.split())).casefold()


def test_contents_typed_by_hand_are_left_out() -> None:
    body = bold("Contents") + line("Costs ........ 2") + line("Risks ........ 3") + bold("Costs") + TEXT
    assert [passage.text for passage in read(body)] == ["Costs", PROSE]
