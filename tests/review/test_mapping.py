"""Passages of any bid are placed under the manual's sections by the words of its headings, tables and text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bizcase.resources import folder
from bizcase.review.mapping import Placed, placed, why
from bizcase.review.normal import normal
from bizcase.review.submission import Kind, Passage, Submission, Table
from bizcase.review.terms import NOTHING
from bizcase.review.word_reader import read_submission
from bizcase.specification.shape import load_shape
from bizcase.specification.source import load_data
from tests.building import built_sample
from tests.review.bids import all_bids, docx_of
from tests.review.quality import overall, scores, section_answers

PHRASES = load_data((Path(__file__).parent / "heading_phrases.yaml").read_text("utf-8"), "heading_phrases.yaml")
FILE: dict[str, Any] = load_data((folder("schemas") / "words" / "sections.yaml").read_text("utf-8"), "sections.yaml")
SECTIONS = tuple(section.name for section in load_shape().sections)


def heading(text: str, *above: str) -> Passage:
    return Passage(text, Kind.HEADING, above, "", 0, len(above) + 1)


def text(words: str, *above: str) -> Passage:
    return Passage(words, Kind.PARAGRAPH, above, "", 0)


def bid(*passages: Passage, tables: tuple[Table, ...] = ()) -> Submission:
    return Submission("bid.docx", "", passages, tables)


def table(number: int, *rows: tuple[str, ...], above: tuple[str, ...] = ()) -> tuple[tuple[Passage, ...], Table]:
    cells = tuple(Passage(words, Kind.CELL, above, "", 0, table=number, row=row, column=column)
                  for row, texts in enumerate(rows, 1) for column, words in enumerate(texts, 1))
    return cells, Table(number, above, "", rows)


def section_of(passage: Passage) -> str:
    """Where a passage stands in a bid that has another heading too."""
    return placed(bid(passage, text("The sky is wide.", "Elsewhere")))[0].section


# What the file of words must be like


def terms() -> Iterator[tuple[str, str, str, str]]:
    """Section, kind of text, strength, term."""
    for section, kinds in FILE["sections"].items():
        for kind, strengths in kinds.items():
            for strength, listed in strengths.items():
                yield from ((section, kind, strength, term) for term in listed)


def test_every_section_of_the_specification_has_terms_of_every_kind() -> None:
    assert tuple(FILE["sections"]) == (*SECTIONS, NOTHING) and len(SECTIONS) == 29
    for section, kinds in FILE["sections"].items():
        assert set(kinds) == {"headings", "columns", "prose"} == set(FILE["weights"]), section
        assert len(kinds["headings"]["sure"]) >= 8 and len(kinds["prose"]["sure"]) >= 6, section


def test_no_term_stands_twice_in_a_section_in_any_spelling() -> None:
    seen: dict[tuple[str, str, tuple[str, ...]], str] = {}
    for section, kind, strength, term in terms():
        place = (section, kind, normal(term))
        assert place not in seen, f"{section}, {kind}: {term} ({strength}) is {seen[place]} again"
        seen[place] = f"{term} ({strength})"
    assert len(seen) > 3000


def test_every_term_says_something_after_the_common_words_are_left_out() -> None:
    assert all(normal(term) for *_, term in terms())


# How it does on phrases of many funders


@pytest.mark.parametrize(("kind", "least"), [("headings", 0.95), ("prose", 0.95)])
def test_phrases_of_each_section_are_placed_there(kind: str, least: float) -> None:
    for section in (*SECTIONS, NOTHING):
        assert len(PHRASES[section]["headings"]) >= 8 and len(PHRASES[section]["prose"]) >= 6
    pairs = [("" if section == NOTHING else section, section_of(heading(words) if kind == "headings" else text(words)))
             for section, phrases in PHRASES.items() for words in phrases[kind]]
    assert sum(right == said for right, said in pairs) / len(pairs) >= least
    for section in SECTIONS:
        given = [right for right, said in pairs if said == section]
        wanted = [said for right, said in pairs if right == section]
        assert given.count(section) / len(given) >= 0.8, f"precision of {section}"
        assert wanted.count(section) / len(wanted) >= 0.8, f"recall of {section}"


# Decisions that are not obvious


@pytest.mark.parametrize(("section", "passage"), [
    ("resources", text("A nurse at 1.0 WTE.", "Strategic case", "Question 3")),
    ("assurance", text("A DPIA was signed and the clinical safety officer keeps the hazard log.", "Management case")),
    ("risks", text("It would be unlikely to hold.", "Management case", "Risks")),
    ("risks", text("It may come late.", "Risks", "Financial")),
    ("risks", text("Workload: the clinic may add hours.", "Risk register")),
    ("appraisal", heading("Cost-benefit analysis")),
    ("resources", heading("Costs")),
    ("benefits", heading("Cash-releasing savings and other benefits")),
    ("problem", heading("Evidence of need")),
    ("evidence", heading("Evidence that it works")),
    ("inclusion", heading("Equality impact assessment")),
    ("inclusion", heading("Environmental sustainability")),
    ("sustainability", heading("Sustainability")),
    ("sustainability", heading("Who will pay when the grant ends?")),
    ("incentives", heading("Impact on workload")),
    ("benefits", heading("Impact")),
    ("commissioner_plan", heading("Commissioner engagement")),
    ("clinical_engagement", heading("Clinician engagement")),
    ("ppi", heading("Patient engagement")),
    ("stakeholders", heading("Stakeholder engagement")),
    ("change_plan", heading("Communication and engagement plan")),
    ("commercial", heading("Procurement strategy")),
    ("partnerships", heading("IP strategy")),
    ("alignment", heading("Trust strategy")),
    ("evaluation", heading("Post-project evaluation")),
    ("options", heading("Options appraisal")),
    ("", text("Thank you for reading.", "Background")),
    ("", text("The weather was fine.")),
])
def test_decisions_that_are_not_obvious(section: str, passage: Passage) -> None:
    assert section_of(passage) == section


def test_strong_words_win_under_a_heading_that_says_nothing_and_come_second_under_a_clear_one() -> None:
    exit_plan = "When the grant ends, the exit plan takes patients back to the old pathway and the payer meets recurrent funding."
    for generic in ("Background", "Question 3", "Further details"):
        assert section_of(text(exit_plan, generic)) == "sustainability"
    under_risks = placed(bid(text(exit_plan, "Risk register")))[0]
    assert (under_risks.section, under_risks.second) == ("risks", "sustainability")


def test_a_heading_that_says_nothing_takes_what_stands_below_it() -> None:
    found = placed(bid(heading("Question 7"), text("Two patient forums and a lay panel shaped the letters.", "Question 7")))
    assert [one.section for one in found] == ["ppi", "ppi"]


def test_a_passage_that_says_little_goes_with_those_beside_it() -> None:
    found = placed(bid(text("Dr Lowe and Dr Patel co-lead; twelve of fifteen consultants have agreed.", "Section 4"),
                       text("Both are known in the region.", "Section 4")))
    assert [one.section for one in found] == ["clinical_engagement", "clinical_engagement"]
    apart = placed(bid(text("Dr Lowe and Dr Patel co-lead; twelve of fifteen consultants have agreed.", "Section 4"),
                       text("Both are known in the region.", "Section 5")))
    assert apart[1].section != "clinical_engagement"


def test_the_title_over_all_headings_places_nothing() -> None:
    title = "Evaluation of a risk register"
    found = placed(bid(heading(title), heading("Part A", title), text("The room is blue.", title, "Part A"),
                       heading("Costs", title), text("The room is blue.", title, "Costs")))
    assert [one.section for one in found if one.passage.kind is Kind.PARAGRAPH] == ["", "resources"]


@pytest.mark.parametrize(("section", "heads"), [
    ("risks", ("Risk", "Likelihood", "Impact", "Owner")),
    ("timeline", ("Milestone", "Start date", "Due date", "Owner")),
    ("benefits", ("Benefit", "Baseline", "Target", "Owner")),
    ("resources", ("Item", "Unit cost", "Total cost")),
    ("stakeholders", ("Stakeholder", "Power", "Influence", "Stance")),
])
def test_a_table_is_placed_by_the_heads_of_its_columns(section: str, heads: tuple[str, ...]) -> None:
    cells, shape = table(1, heads, ("A", *("B" for _ in heads[1:])), above=("Annex 2",))
    assert {one.section for one in placed(bid(*cells, tables=(shape,)))} == {section}


def test_a_clear_heading_wins_over_the_heads_of_columns() -> None:
    above = ("Health inequalities",)
    cells, shape = table(1, ("Group", "Reason", "Mitigation", "Owner"), ("A", "B", "C", "D"), above=above)
    assert {one.section for one in placed(bid(*cells, tables=(shape,)))} == {"inclusion"}


def test_a_table_is_placed_by_its_caption() -> None:
    cells, shape = table(1, ("One", "Two", "Three"), ("A", "B", "C"))
    caption = Passage("Table 4: risk register", Kind.CAPTION, (), "", 0)
    for passages in ((caption, *cells), (*cells, caption)):
        assert {one.section for one in placed(bid(*passages, tables=(shape,)))} == {"risks"}


def test_the_labels_of_a_form_place_its_answers() -> None:
    cells, shape = table(1, ("Total cost", "Under discussion"), ("Who will evaluate it?", "Dr Lowe"), ("Line manager", "Ann"))
    assert [one.section for one in placed(bid(*cells, tables=(shape,)))][:4] == ["resources"] * 2 + ["evaluation"] * 2
    cells, shape = table(1, ("How were patients involved?",), ("Not yet.",), ("What are the main risks?",), ("None.",))
    assert [one.section for one in placed(bid(*cells, tables=(shape,)))] == ["ppi"] * 2 + ["risks"] * 2


def test_a_question_in_the_text_places_the_answer_below_it() -> None:
    found = placed(bid(text("4. What are the main risks, and how will you manage them?", "Form"), text("Few, we think.", "Form")))
    assert [one.section for one in found] == ["risks", "risks"]


def test_a_content_control_of_ours_says_where_it_belongs() -> None:
    assert section_of(replace(text("Risks and costs.", "Benefits"), tag="ppi.overview")) == "ppi"
    assert section_of(replace(text("Risks and costs.", "Benefits"), tag="name_of_client")) != "name_of_client"


# Properties


def as_bid(phrases: dict[str, Any]) -> Submission:
    """A bid of one heading and passage for each section, under two parts."""
    passages = [part for number, (_, found) in enumerate(phrases.items())
                for part in (heading(found["headings"][0], f"Part {number % 2}"),
                             *(text(words, f"Part {number % 2}", found["headings"][0]) for words in found["prose"]))]
    return bid(*passages)


def sections(submission: Submission) -> list[tuple[str, str]]:
    return [(one.section, one.second) for one in placed(submission)]


def changed(submission: Submission, change: Any) -> Submission:
    return replace(submission, passages=tuple(
        replace(one, text=change(one.text), headings=tuple(map(change, one.headings))) for one in submission.passages))


def test_every_passage_of_the_body_is_placed_once_and_in_order() -> None:
    margin = Passage("Risk register", Kind.MARGIN, (), "", -1)
    submission = as_bid(PHRASES)
    assert tuple(one.passage for one in placed(replace(submission, passages=(margin, *submission.passages)))) == submission.body


def test_the_order_of_bids_is_irrelevant() -> None:
    bids = [as_bid(PHRASES), as_bid(dict(reversed(PHRASES.items()))), bid(text("Risks", "Costs"))]
    assert [sections(one) for one in bids] == [sections(one) for one in reversed(bids)][::-1]


def test_capitals_do_not_matter() -> None:
    submission = as_bid(PHRASES)
    assert sections(changed(submission, str.upper)) == sections(submission)
    assert sections(changed(submission, str.lower)) == sections(submission)


def test_an_empty_heading_changes_nothing_else() -> None:
    submission = as_bid(PHRASES)
    ends = [at for at, one in enumerate(submission.passages) if one.kind is Kind.HEADING]
    for at in (*ends[::6], len(submission.passages)):
        passages = (*submission.passages[:at], heading("Risk register"), *submission.passages[at:])
        found = sections(replace(submission, passages=passages))
        assert found[:at] + found[at + 1:] == sections(submission)


@pytest.mark.parametrize(("british", "american"), [
    ("Organisational readiness", "Organizational readiness"), ("Programme of work", "Program of work"),
    ("Learning centre", "Learning center"), ("Behaviour change", "Behavior change"), ("Licence fees", "License fees"),
    ("Paediatric anaesthesia", "Pediatric anesthesia"), ("Economic modelling", "Economic modeling"),
    ("Randomised trial, analysed twice", "Randomized trial, analyzed twice"), ("Pseudonymisation", "Pseudonymization"),
    ("Haemoglobin in litres", "Hemoglobin in liters"), ("Lessons learnt", "Lessons learned"), ("Enrolment", "Enrollment"),
    ("A dialogue", "A dialog"), ("Judgement", "Judgment"), ("Scale-up", "Scaleup"), ("Roll-out", "rollout"),
    ("Co-design", "codesign"), ("Stakeholders’ map", "Stakeholder map"), ("Short-listed options", "Shortlisted option"),
])
def test_spellings_are_made_alike(british: str, american: str) -> None:
    assert normal(british) == normal(american)


@pytest.mark.parametrize(("one", "other"), [
    ("commission", "commissioner"), ("partner", "participant"), ("evaluation", "valuation"), ("policy", "police"),
    ("staff", "stage"), ("general", "generation")])
def test_words_that_mean_different_things_stay_apart(one: str, other: str) -> None:
    assert normal(one) != normal(other)


# Why


def test_why_names_the_words_that_decided_and_where_they_stand() -> None:
    found = placed(bid(text("A DPIA was signed; the budget is £40,000.", "Management case", "Information governance")))[0]
    reasons = why(found)
    assert found.section == "assurance"
    assert reasons[0] == "heading “Information governance”: “information governance” (7.0)"
    assert any(reason.startswith("its words: ") and "“dpia”" in reason for reason in reasons)
    assert not any("budget" in reason for reason in reasons)


def test_the_reasons_add_up_to_the_score() -> None:
    for one in placed(as_bid(PHRASES)):
        total = sum(source.evidence.weights.get(one.section, 0) * source.share for source in one.sources)
        assert total == pytest.approx(one.score, abs=0.01) or (one.section, one.score) == ("", 0)


# Bids of ours, and of others


@cache
def ours(sample: str) -> tuple[Placed, ...]:
    """A sample's bid, read without the tags of its content controls."""
    found = read_submission(built_sample(sample).bid, "bid.docx")
    return placed(replace(found, passages=tuple(replace(one, tag="") for one in found.passages)))


def true_headings(sample: str) -> Iterator[tuple[str, Placed]]:
    """The headings of our bid that are a section's title or stand below one, with that section."""
    titles = {section.title: section.name for section in load_shape().sections}
    titles |= {title.replace("scale-up", "roll-out"): name for title, name in titles.items()}
    for one in ours(sample):
        path = (*one.passage.headings, one.passage.text)
        section = next((titles[words] for words in reversed(path) if words in titles), "")
        if section and one.passage.kind is Kind.HEADING:
            yield section, one


@pytest.mark.parametrize("sample", ["remote-monitoring", "breast-service", "exercise-medicine"])
def test_headings_of_our_own_bids_are_placed_right(sample: str) -> None:
    pairs = [(section, one.section) for section, one in true_headings(sample)]
    assert len(pairs) > 15
    assert sum(right == said for right, said in pairs) / len(pairs) >= 0.95


def test_labelled_bids_of_others_are_placed_right() -> None:
    answers = [answer for found in all_bids()
               for answer in section_answers(found, placed(read_submission(docx_of(found), found.name)))]
    assert len(answers) > 400
    whole = overall(scores(answers, SECTIONS))
    assert whole.precision >= 0.9 and whole.recall >= 0.9
    near = sum(answer.correct or answer.second in answer.right for answer in answers)
    assert near / len(answers) >= 0.95
