"""The measures of `quality.py` against answers known by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from bizcase.completeness.criterion import load_criteria
from bizcase.completeness.verdict import Degree, Verdict
from bizcase.review.submission import Kind, Passage
from tests.review.bids import LabelledBid, all_bids
from tests.review.quality import Answer, Score, confusion, macro, overall, scores, section_answers, verdict_answers

EACH = pytest.mark.parametrize("bid", all_bids(), ids=lambda bid: bid.name)


@dataclass(frozen=True)
class Given:
    passage: Passage
    section: str
    second: str = ""


def passage(text: str) -> Passage:
    return Passage(text, Kind.PARAGRAPH, (), "", -1)


def as_labelled(bid: LabelledBid) -> list[Given]:
    """What a program gives that reads every part and makes no mistake."""
    return [Given(passage(f"• {part}"), (*piece.sections, "")[0]) for piece in bid.pieces for part in piece.parts]


@EACH
def test_a_program_without_mistakes_has_none(bid: LabelledBid) -> None:
    answers = list(section_answers(bid, as_labelled(bid)))
    assert len(answers) == len(list(bid.pieces)) > 5
    assert [answer for answer in answers if not answer.correct] == []


@EACH
def test_headings_and_words_split_over_passages_do_no_harm(bid: LabelledBid) -> None:
    given = [Given(passage("Executive summary"), "risks")]
    for one in as_labelled(bid):
        words = one.passage.text.split(" ")
        half = len(words) // 2
        halves = (words[:half], words[half:]) if min(len(" ".join(w)) for w in (words[:half], words[half:])) > 20 else (words,)
        given += [replace(one, passage=passage(" ".join(part))) for part in halves]
    wrong = [answer for answer in section_answers(bid, given) if not answer.correct]
    assert wrong == []


def test_what_was_not_read_is_missed() -> None:
    bid = next(bid for bid in all_bids() if bid.name == "letter-ambulance")
    answers = list(section_answers(bid, [given for given in as_labelled(bid) if "Of 918 patients" not in given.passage.text]))
    missed = [answer for answer in answers if not answer.correct]
    assert [(answer.right, answer.said, answer.unread) for answer in missed] == [(("problem",), "", True)]


def test_scores_are_counted_by_class() -> None:
    answers = [Answer("a", ("problem",), "problem", ""), Answer("a", ("problem",), "risks", ""),
               Answer("a", ("risks", "summary"), "summary", ""), Answer("a", (), "risks", ""), Answer("a", (), "", "")]
    found = scores(answers, ("problem", "risks", "summary"))
    assert found == {"problem": Score(1, 0, 1), "risks": Score(0, 2, 0), "summary": Score(1, 0, 0)}
    assert overall(found) == Score(2, 2, 1)
    assert (overall(found).precision, overall(found).recall) == pytest.approx((0.5, 2 / 3))
    assert macro(found) == pytest.approx(((1 + 0 + 1) / 3, (0.5 + 1 + 1) / 3))
    assert confusion(answers) == {("problem", "problem"): 1, ("problem", "risks"): 1, ("summary", "summary"): 1,
                                  ("", "risks"): 1, ("", ""): 1}


def test_verdicts_are_compared_where_there_is_a_label() -> None:
    bid = next(bid for bid in all_bids() if bid.name == "refused-dialysis-caps")
    register = {criterion.code: criterion for criterion in load_criteria()}
    assert {bid.verdicts["C09.1"], bid.verdicts["C16.2"]} == {Degree.ABSENT, Degree.FULLY}
    given = [Verdict(register[code], register[code].severity, Degree.FULLY) for code in ("C09.1", "C16.2")]
    answers = {answer.what: answer for answer in verdict_answers(bid, given)}
    assert set(answers) == set(bid.verdicts)
    assert (answers["C16.2"].correct, answers["C09.1"].correct, answers["C05.1"].said) == (True, False, "not judged")
    fully = scores(answers.values(), ["fully"])["fully"]
    assert (fully.hits, fully.false) == (1, 1)
    assert fully.missed == sum(degree is Degree.FULLY for degree in bid.verdicts.values()) - 1


def test_where_little_is_said_absent_is_as_right_as_partly() -> None:
    bid = next(bid for bid in all_bids() if bid.name == "intentions-virtual-hub")
    criterion = next(criterion for criterion in load_criteria() if criterion.code == "C09.1")
    assert "C09.1" in bid.slight
    said = {degree: next(answer for answer in verdict_answers(bid, [Verdict(criterion, criterion.severity, degree)])
                         if answer.what == "C09.1").correct for degree in Degree}
    assert {degree for degree, correct in said.items() if correct} == {Degree.PARTLY, Degree.ABSENT}
