"""The words of a bid give each criterion the verdict that a careful reader would give, and no more than they show."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pytest

from bizcase.completeness.criterion import Criterion, load_criteria
from bizcase.completeness.verdict import Degree, Verdict
from bizcase.errors import Severity
from bizcase.review.judging import judge
from bizcase.review.submission import Passage
from bizcase.specification.profile import load_profile
from tests.review.phrases import SECTIONS, phrases, placed, submission

PROFILE = load_profile("innovation-fund")

ALL = tuple(phrases())

WORST = 0.98
"""Share of all passages judged as labelled; single ones may be misread, none may drag the rest down with it."""


def judged(code: str, given: Any, *skipped: str) -> Verdict:
    """The verdict on one criterion by the words of one passage."""
    passages = placed(given, SECTIONS[code])
    verdicts = judge(passages, submission(passages, *skipped), PROFILE)
    return next(verdict for verdict in verdicts if verdict.criterion.code == code)


def test_each_criterion_has_passages_that_meet_it_and_passages_that_do_not() -> None:
    degrees: dict[str, Counter[Degree]] = defaultdict(Counter)
    for phrase in ALL:
        degrees[phrase.code][phrase.degree] += 1
    assert len(degrees) > 100
    assert [code for code, found in degrees.items() if code != "C05.1" and found[Degree.FULLY] < 3] == []
    assert [code for code, found in degrees.items() if found.total() - found[Degree.FULLY] < 2] == []


def test_nearly_all_passages_are_judged_as_they_are_labelled() -> None:
    wrong = [(phrase.code, phrase.degree, phrase.given) for phrase in ALL
             if judged(phrase.code, phrase.given).degree is not phrase.degree]
    assert len(wrong) <= (1 - WORST) * len(ALL), wrong


BLOCKERS = [phrase for phrase in ALL if phrase.degree is not Degree.FULLY
            and next(each for each in load_criteria() if each.code == phrase.code).severity is Severity.BLOCKER]


def test_no_passage_that_falls_short_meets_a_criterion_that_blocks() -> None:
    assert len(BLOCKERS) > 80
    assert [phrase for phrase in BLOCKERS if judged(phrase.code, phrase.given).met] == []


@pytest.mark.parametrize(("code", "intended", "done"), [
    ("C09.2", "We will meet Northshire ICB on 14 May 2027.", "We met Northshire ICB on 14 May 2026."),
    ("C11.3", "The board endorsed the bid in principle.", "The board has released a project manager for two years."),
    ("C06.1", "Consultants are supportive.", "Dr Amara Okafor has agreed to co-lead and gives one session a week."),
    ("C18.1", "In time other trusts could use it.",
     "We extend to haematology in 2028 and then to two partner trusts in 2029."),
    ("C09.7", "A letter of support from the ICB will follow.", "A letter of support from the ICB is attached at annex C."),
])
def test_an_intention_or_a_kind_word_shows_a_fact_in_part_at_best(code: str, intended: str, done: str) -> None:
    assert judged(code, intended).degree is Degree.PARTLY
    assert judged(code, done).degree is Degree.FULLY


@pytest.mark.parametrize(("code", "denied"), [
    ("C09.2", "No meeting with the ICB has taken place."),
    ("C09.2", "The ICB has not been approached."),
    ("C19.2", "There is no exit plan."),
    ("C10.1", "The trust does not have a commercial lead."),
    ("C19.1", "Nobody has agreed to pay after the grant."),
    ("C18.1", "There is no plan to extend the service beyond the pilot site."),
])
def test_what_is_denied_does_not_count(code: str, denied: str) -> None:
    assert judged(code, denied).degree is Degree.ABSENT


def test_a_denial_reaches_no_further_than_its_clause() -> None:
    assert judged("C09.2", "We met the ICB on 14 May 2026, which has not yet decided.").met
    assert judged("C19.2", "If funding is not secured we will wind the service down and transfer patients to usual care.").met


def test_what_has_been_is_no_plan_though_it_stands_under_next_steps() -> None:
    assert judged("C09.2", {"heading": "Next steps", "text": "We met Northshire ICB on 14 May 2026."}).met
    assert not judged("C09.2", {"heading": "Next steps", "text": "Meeting with Northshire ICB on 14 May 2027."}).met


def test_may_in_a_date_is_no_doubt() -> None:
    assert judged("C09.2", "On 4 May 2026 we met the cancer lead of Northshire ICB.").met


def test_it_in_capitals_is_a_department_and_in_small_letters_is_not() -> None:
    assert judged("C11.1", "The IT team has confirmed an engineer for nine months.").met
    assert not judged("C11.1", "We have confirmed it for nine months.").met


def test_a_heading_over_an_empty_cell_says_nothing() -> None:
    rows = [["Step", "Start", "Owner", "Commissioner"], ["Haematology", "April 2028", "Dr Okafor", "Northmoor ICB"],
            ["Two partner trusts", "April 2029", "Dr Rao", "Northmoor ICB"]]
    assert judged("C18.2", {"heading": "Steps of scale-up", "rows": rows}).met
    for empty in ("", "–", "TBC", "n/a", "To be agreed"):
        short = [*rows[:2], [*rows[2][:3], empty]]
        assert judged("C18.2", {"heading": "Steps of scale-up", "rows": short}).degree is Degree.PARTLY, empty


def test_the_question_of_a_form_is_no_answer() -> None:
    asked = "Please describe how the service will be paid for after the grant and which ICB will pay from April 2029."
    assert judged("C19.1", asked).degree is Degree.ABSENT
    assert judged("C19.1", {"text": [asked, "From April 2029 Northshire ICB pays for the service."]}).met


def test_what_a_draft_marks_as_missing_is_no_answer() -> None:
    gap = "Missing (C19.1): nobody pays. From April 2029 Northshire ICB pays for the service."
    assert judged("C19.1", gap).degree is Degree.ABSENT


def test_a_verdict_shows_the_passages_that_decided_and_says_what_is_missing() -> None:
    texts = ["The pilot is in oncology.", "After the pilot the service will be extended to haematology."]
    partly = judged("C18.1", {"text": texts})
    assert [(each.place.file, each.place.where, each.text) for each in partly.evidence] == [
        ("theirs.docx", "passage 2", "After the pilot the service will be extended to haematology.")]
    assert "a step outside the host" in partly.missing
    absent = judged("C18.1", "The pilot is in oncology.")
    assert (absent.evidence, absent.missing.startswith("not found: at least two steps")) == ((), True)
    met = judged("C09.2", "We met Northshire ICB on 14 May 2026.")
    assert (met.missing, len(met.evidence)) == ("", 1)


def test_no_verdict_shows_more_than_three_passages() -> None:
    many = {"text": [f"We met Northshire ICB on {day} May 2026." for day in range(1, 20)]}
    assert len(judged("C09.2", many).evidence) == 3


def test_nothing_is_absent_from_a_bid_that_was_not_read_whole() -> None:
    passages = placed("The pilot is in oncology.", "scale_up")
    whole = judge(passages, submission(passages), PROFILE)
    partial = judge(passages, submission(passages, "an embedded document"), PROFILE)
    assert Degree.ABSENT in {verdict.degree for verdict in whole}
    assert {verdict.degree for verdict in partial}.isdisjoint({Degree.ABSENT, Degree.DOES_NOT_ARISE})
    assert "could not be read" in next(each for each in partial if each.criterion.code == "C18.1").missing


def test_a_criterion_that_words_cannot_show_says_why() -> None:
    verdict = judged("C12.1", "Costs are met by funding in every year.")
    assert verdict.degree is Degree.CANNOT_TELL
    assert len(verdict.missing) > 40


def test_there_is_a_verdict_for_each_criterion_of_the_profile_in_order() -> None:
    def asked(name: str) -> list[Criterion]:
        return [criterion for criterion in load_criteria() if criterion.section in load_profile(name).sections]

    for name in ("innovation-fund", "ideas-den"):
        verdicts = judge((), submission(()), load_profile(name))
        assert [verdict.criterion for verdict in verdicts] == asked(name)
    assert len(asked("ideas-den")) < len(asked("innovation-fund"))


def test_a_short_bid_is_only_advised_where_a_long_one_must() -> None:
    passages = placed("The pilot is in oncology.", "scale_up")
    short = judge(passages, submission(passages), load_profile("ideas-den"))
    assert {verdict.severity for verdict in short} <= {Severity.BLOCKER, Severity.ADVISORY}


def test_an_empty_bid_meets_nothing() -> None:
    assert not any(verdict.met for verdict in judge((), submission(()), PROFILE))


def test_words_of_another_section_do_not_answer() -> None:
    elsewhere = {"section": "dissemination", "text": "The gap is in data analysis, and Ms Reed will recruit an analyst."}
    assert not judged("C11.4", elsewhere).met
    assert judged("C11.4", elsewhere["text"]).met


def test_a_passage_of_great_length_is_read_in_time_that_grows_with_it() -> None:
    """Ten thousand repeats of what searches dislike: no stop, many capitals, many hedges."""
    for text in ("Northmoor And Vale " * 10_000, "not " * 10_000, "met not ICB 14 May " * 10_000, "£1,0" * 10_000):
        assert judged("C09.2", text + "We met Northshire ICB on 14 May 2026.").criterion.code == "C09.2"


def test_a_passage_is_typed_as_the_reader_gives_it() -> None:
    assert all(isinstance(each.passage, Passage) for each in placed("Some words.", "ppi"))
