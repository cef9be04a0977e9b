"""How a lens counts: on verdicts made by hand, and as properties that hold for any verdicts."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.completeness.lens import LensResult, look, whole_percent
from bizcase.completeness.lens_data import doubts_as_criteria
from bizcase.completeness.lens_panel import Stance, Word
from bizcase.completeness.verdict import Degree, Verdict
from bizcase.errors import Severity
from tests.completeness.lenses import CODES, LENSES, doubt, scores_of, verdict

CRITERIA = [code for code in CODES if not code.startswith("A")]
DOUBTS = [code for code in CODES if code.startswith("A")]
BLOCKERS = {"C18.1", "C18.2", "C09.1", "C16.1"}

any_verdicts = st.fixed_dictionaries({code: st.sampled_from(Degree) for code in CRITERIA})
any_doubts = st.sets(st.sampled_from(DOUBTS))
any_lens = st.sampled_from(list(LENSES))


def made(degrees: Mapping[str, Degree]) -> list[Verdict]:
    return [verdict(code, degree, Severity.BLOCKER if code in BLOCKERS else Severity.MAJOR) for code, degree in degrees.items()]


def through(name: str, degrees: Mapping[str, Degree], doubted: Iterable[str] = (), *,
            weights: Mapping[str, float] | None = None) -> LensResult:
    return look(LENSES[name], made(degrees), {code: doubt(code) for code in doubted}, weights or {})


def test_an_item_counts_its_criteria_and_says_what_lacks_the_most_severe_first() -> None:
    verdicts = [verdict("C18.1", Degree.PARTLY, Severity.ADVISORY), verdict("C18.2", Degree.FULLY, Severity.BLOCKER),
                verdict("C18.3", Degree.ABSENT, Severity.BLOCKER), verdict("C18.5", Degree.CANNOT_TELL)]
    score = scores_of(look(LENSES["panel"], verdicts))["R1"]
    assert (score.degree, score.met, score.of) == (Degree.PARTLY, 1, 3)
    assert [each.criterion.code for each in score.lacking] == ["C18.3", "C18.1"]
    assert [each.criterion.code for each in score.untold] == ["C18.5"]
    assert score.raises == ("Do C18.3.", "Do C18.1.")
    assert [evidence.text for evidence in score.evidence] == ["words on C18.2", "words on C18.1"]


@pytest.mark.parametrize(("degrees", "degree"), [
    ({}, Degree.DOES_NOT_ARISE),
    ({"C10.5": Degree.DOES_NOT_ARISE}, Degree.DOES_NOT_ARISE),
    ({"C10.5": Degree.CANNOT_TELL}, Degree.CANNOT_TELL),
    ({"C10.5": Degree.ABSENT}, Degree.ABSENT),
    ({"C10.5": Degree.PARTLY}, Degree.PARTLY),
    ({"C10.5": Degree.FULLY}, Degree.FULLY),
])
def test_an_item_that_does_not_arise_or_cannot_be_told_says_so(degrees: dict[str, Degree], degree: Degree) -> None:
    assert scores_of(through("panel", degrees))["L5"].degree is degree


@pytest.mark.parametrize(("degrees", "stance"), [
    ({"C16.1": Degree.PARTLY, "C16.2": Degree.FULLY}, Stance.REFUSE),
    ({"C16.1": Degree.FULLY, "C16.2": Degree.ABSENT}, Stance.WORRY),
    ({"C16.1": Degree.CANNOT_TELL, "C16.2": Degree.FULLY}, Stance.CANNOT_TELL),
    ({"C16.1": Degree.FULLY, "C16.2": Degree.CANNOT_TELL}, Stance.ANSWERED),
    ({"C16.1": Degree.FULLY, "C16.2": Degree.FULLY}, Stance.ANSWERED),
    ({}, Stance.NOT_ASKED),
])
def test_a_panel_refuses_for_a_blocker_and_worries_over_what_is_major(degrees: dict[str, Degree], stance: Stance) -> None:
    assert scores_of(through("panel", degrees))["R9"].word == stance


def test_a_panel_gives_advice_where_no_more_than_half_is_there_and_none_of_the_rest_matters_yet() -> None:
    half = [verdict("C16.1", Degree.FULLY, Severity.ADVISORY), verdict("C16.2", Degree.ABSENT, Severity.ADVISORY)]
    seen = look(LENSES["panel"], half)
    assert scores_of(seen)["R9"].word == Stance.ADVICE
    assert {question.code: question.answered for question in seen.questions}["R9"] is False
    more = [*half, verdict("C16.5", Degree.FULLY, Severity.ADVISORY)]
    seen = look(LENSES["panel"], more)
    assert scores_of(seen)["R9"].word == Stance.ANSWERED
    assert {question.code: question.answered for question in seen.questions}["R9"] is True


@pytest.mark.parametrize(("changed", "word"), [
    ({}, Word.SUPPORT), ({"C16.2": Degree.ABSENT}, Word.CLOSE), ({"C16.1": Degree.ABSENT}, Word.REFUSE),
    ({"C02.1": Degree.ABSENT}, Word.CLOSE), ({"C09.1": Degree.CANNOT_TELL}, Word.CLOSE),
    (dict.fromkeys(CRITERIA, Degree.CANNOT_TELL), Word.CANNOT_TELL),
])
def test_one_reason_to_refuse_is_enough(changed: dict[str, Degree], word: Word) -> None:
    result = through("panel", {**dict.fromkeys(CRITERIA, Degree.FULLY), **changed})
    assert result.decision is not None
    assert result.decision.word is word
    assert result.headline.startswith(word.capitalize())


def test_a_strength_is_praised_only_if_all_of_it_is_there() -> None:
    full = dict.fromkeys(CRITERIA, Degree.FULLY)
    assert scores_of(through("panel", full))["L3"].word == Stance.PRAISE
    assert scores_of(through("panel", {**full, "C08.5": Degree.ABSENT}))["L3"].word == Stance.WORRY
    advised = [verdict("C08.1", Degree.FULLY), verdict("C08.2", Degree.FULLY), verdict("C08.5", Degree.ABSENT, Severity.ADVISORY)]
    assert scores_of(look(LENSES["panel"], advised))["L3"].word == Stance.ANSWERED


def test_a_doubt_counts_as_met_unless_it_was_raised_or_nobody_looked() -> None:
    there = {"C18.4": Degree.FULLY}
    of_r13 = {verdicts: scores_of(look(LENSES["panel"], made(there), raised))["R13"]
              for verdicts, raised in (("none", {}), ("raised", {"A10": doubt("A10")}), ("nobody", None))}
    assert [(score.met, score.of) for score in of_r13.values()] == [(3, 3), (2, 3), (1, 1)]
    assert [each.missing for each in of_r13["raised"].lacking] == ["A10 is hard to believe"]
    assert [each.criterion.code for each in of_r13["nobody"].untold] == ["A10", "A15"]


def test_where_there_is_nothing_to_doubt_no_doubt_is_a_merit() -> None:
    score = scores_of(through("panel", {"C18.4": Degree.ABSENT}))["R13"]
    assert (score.met, score.of, score.degree) == (0, 1, Degree.ABSENT)


def test_what_is_waived_counts_for_nothing_and_is_told() -> None:
    waived = verdict("C10.5", Degree.DOES_NOT_ARISE, waived="No university works in this field")
    result = look(LENSES["panel"], [waived])
    score = scores_of(result)["L5"]
    assert (result.met, result.of, result.share) == (0, 0, None)
    assert (score.met, score.of, score.lacking) == (0, 0, ())
    assert [each.waived for each in score.waived] == ["No university works in this field"]


def test_a_lens_puts_it_in_its_own_words() -> None:
    degrees = {"C14.1": Degree.FULLY, "C14.2": Degree.ABSENT, "C03.4": Degree.ABSENT, "C15.1": Degree.FULLY}
    words = {code: score.word for code, score in scores_of(through("nhs-quality", degrees)).items()}
    assert (words["K7"], words["K3"], words["K6"]) == ("Partly", "Fails", "Fully")


@pytest.mark.parametrize(("met", "side"), [(0, "barrier"), (1, "barrier"), (2, "enabler"), (3, "enabler")])
def test_a_line_is_an_enabler_where_more_is_met_than_is_not(met: int, side: str) -> None:
    codes = ("C01.1", "C01.2", "C01.3")
    degrees = {code: Degree.FULLY if place < met else Degree.ABSENT for place, code in enumerate(codes)}
    assert scores_of(through("enablers", degrees))["B3"].word == side


def test_a_tie_holds_back() -> None:
    assert scores_of(through("enablers", {"C11.3": Degree.FULLY, "X5": Degree.ABSENT}))["B19"].word == "barrier"


@pytest.mark.parametrize(("degrees", "cases"), [
    ({"C13.1": Degree.ABSENT, "C13.3": Degree.ABSENT}, ("Case 2",)),
    ({"C13.1": Degree.FULLY, "C13.3": Degree.ABSENT}, ("Case 3",)),
    ({"C13.1": Degree.FULLY, "C13.3": Degree.FULLY}, ("Case 1",)),
])
def test_the_nearest_case_is_the_one_whose_degree_lies_nearest(degrees: dict[str, Degree], cases: tuple[str, ...]) -> None:
    nearest = scores_of(through("panel", degrees))["L4"].nearest
    assert nearest is not None and nearest.cases == cases
    assert "§" in nearest.why


def test_equally_near_cases_are_all_named_and_far_ones_are_not() -> None:
    both = scores_of(through("panel", {"C11.3": Degree.FULLY}))["R11"].nearest
    assert both is not None and both.cases == ("Case 2", "Case 3")
    assert scores_of(through("panel", {"C10.6": Degree.FULLY}))["R10"].nearest is None, "Case 1 had none of it"


def test_what_a_panel_refuses_is_near_to_a_case_that_had_none_of_it() -> None:
    most = {"C09.1": Degree.ABSENT, "C09.2": Degree.FULLY, "C09.4": Degree.FULLY, "C09.6": Degree.FULLY}
    nearest = scores_of(through("panel", most))["R2"].nearest
    assert nearest is not None and nearest.cases == ("Case 1",)


@pytest.mark.parametrize(("share", "percent"), [(0, 0), (0.295, 29), (0.999, 99), (2 / 3, 66), (0.29, 29), (1, 100)])
def test_a_share_is_never_rounded_up(share: float, percent: int) -> None:
    assert whole_percent(share) == percent


def test_a_profile_weighs_the_share_and_not_the_count() -> None:
    degrees = {"C10.5": Degree.FULLY, "C02.1": Degree.ABSENT}
    plain, heavy = through("panel", degrees), through("panel", degrees, weights={"C10.5": 3})
    assert (plain.share, heavy.share) == (0.5, 0.75)
    assert (plain.met, plain.of) == (heavy.met, heavy.of) == (1, 2)


@given(any_lens, any_verdicts, any_doubts)
def test_the_scores_sum(name: str, degrees: dict[str, Degree], doubted: set[str]) -> None:
    result = through(name, degrees, doubted)
    counted: dict[str, bool] = {}
    for score in result.scores:
        codes = [code for code in score.item.criteria if degrees.get(code) in (Degree.FULLY, Degree.PARTLY, Degree.ABSENT)]
        lacking = {each.criterion.code for each in score.lacking}
        assert score.met + len(score.lacking) == score.of
        assert len(codes) <= score.of <= len(score.item.criteria)
        assert len(score.untold) == sum(degrees.get(code) is Degree.CANNOT_TELL for code in score.item.criteria)
        counted |= {code: code not in lacking for code in codes}
        counted |= dict.fromkeys(lacking, False)
        if any(degrees.get(code) in (Degree.FULLY, Degree.PARTLY) for code in score.item.criteria):
            counted |= {code: code not in doubted for code in score.item.criteria if code in doubts_as_criteria()}
    assert (result.met, result.of) == (sum(counted.values()), len(counted))
    assert result.share == (pytest.approx(result.met / result.of) if result.of else None)


@given(any_lens, any_verdicts, any_doubts, st.sampled_from(CRITERIA))
def test_to_meet_one_more_criterion_never_lowers_a_score(name: str, degrees: dict[str, Degree], doubted: set[str],
                                                          code: str) -> None:
    before, after = through(name, degrees, doubted), through(name, {**degrees, code: Degree.FULLY}, doubted)
    assert (after.share or 0) >= (before.share or 0)
    assert after.met >= before.met
    for old, new in zip(before.scores, after.scores, strict=True):
        assert new.met >= old.met
        assert new.met * max(old.of, 1) >= old.met * max(new.of, 1)


@given(any_verdicts, any_doubts, st.sampled_from(CRITERIA))
def test_to_meet_one_more_criterion_never_makes_a_panel_harsher(degrees: dict[str, Degree], doubted: set[str], code: str) -> None:
    told = {**dict.fromkeys(CRITERIA, Degree.ABSENT),
            **{code: degree for code, degree in degrees.items() if degree in (Degree.FULLY, Degree.ABSENT)}}
    order = [Word.REFUSE, Word.CLOSE, Word.SUPPORT]
    before, after = through("panel", told, doubted).decision, through("panel", {**told, code: Degree.FULLY}, doubted).decision
    assert before is not None and after is not None
    assert order.index(after.word) >= order.index(before.word)


@given(any_lens, any_verdicts, st.randoms())
def test_the_order_of_the_verdicts_does_not_matter(name: str, degrees: dict[str, Degree], shuffler: random.Random) -> None:
    shuffled = list(degrees.items())
    shuffler.shuffle(shuffled)
    assert through(name, dict(shuffled)) == through(name, degrees)
