"""On the labelled bids more than nine verdicts in ten are right, and what is there or absent is found as often."""

from __future__ import annotations

from bizcase.completeness.verdict import Degree
from bizcase.review.judging import judge
from bizcase.review.mapping import placed
from bizcase.review.word_reader import read_submission
from bizcase.specification.profile import load_profile
from tests.review.bids import all_bids, docx_of
from tests.review.quality import Answer, overall, scores, verdict_answers


def answers() -> list[Answer]:
    profile = load_profile("innovation-fund")
    found: list[Answer] = []
    for bid in all_bids():
        submission = read_submission(docx_of(bid), f"{bid.name}.docx")
        found += verdict_answers(bid, judge(placed(submission), submission, profile))
    return found


def test_verdicts_on_the_labelled_bids_have_a_precision_and_a_recall_above_nine_in_ten() -> None:
    found = answers()
    assert len(found) > 2000
    for degree in (Degree.FULLY, Degree.ABSENT):
        score = overall(scores(found, [degree.value]))
        assert score.hits > 500
        assert score.precision > 0.9 and score.recall > 0.9, (degree, score)
