"""The lenses against the manual: its three cases are the ground truth, criterion by criterion."""

from __future__ import annotations

import re

import pytest

from bizcase.completeness.criterion import load_criteria
from bizcase.completeness.lens import Item, lens_names
from bizcase.completeness.lens_data import Voice, doubts_as_criteria
from bizcase.completeness.lens_panel import Stance, Word
from bizcase.completeness.verdict import Degree
from bizcase.errors import Severity
from bizcase.specification.shape import load_shape
from tests.completeness.lenses import CODES, LENSES, scores_of, seen
from tests.conftest import SAMPLES, sample_case

AS_SUBMITTED, ANSWERED, CASE_2 = "remote-monitoring-as-submitted", "remote-monitoring", "breast-transformation"
ITEMS = [(name, item) for name, lens in LENSES.items() for item in lens.items]

WOULD_HAVE_ANSWERED = {
    "R1": {"C18.1", "C18.2"}, "R2": {"C09.1", "C09.2", "C21.2"}, "R3": {"C09.3", "C12.3", "C19.1"}, "R4": {"C17.3", "C19.2"},
    "R5": {"C10.1", "C11.2"}, "R6": {"C11.1", "C15.1"}, "R7": {"C06.1"}, "R8": {"C05.1"}, "R10": {"C10.3"}, "R11": {"C11.3"},
    "R12": {"C18.1"}, "R13": {"C18.1", "C18.2"},
}
"""The panel's reasons (manual §5.6 to §5.8, §7.1), and the blockers that each of them comes to."""

TABLE_7 = {
    (AS_SUBMITTED, "enabler"): {
        "B1": "quantitative evidence", "B2": "involvement and user acceptance", "B3": "proven need", "B4": "partners",
        "B5": "plausible case with evaluation", "B6": "basic mapping"},
    (AS_SUBMITTED, "barrier"): {
        "B7": "no broad mapping", "B8": "no shared vision", "B9": "few champions", "B11": "no commissioner",
        "B12": "no scalable strategy", "B13": "scarce technical and IT people", "B14": "no commercial skill",
        "B15": "unresourced hub", "B16": "no culture of experiment", "B17": "no incentive", "B18": "no empowerment",
        "B19": "no executive alignment", "B20": "immature readiness"},
    (CASE_2, "enabler"): {
        "B8": "shared vision", "B9": "opinion leaders, tenacious executive", "B10": "peers and others",
        "B12": "scalable strategy", "B16": "entrepreneurial culture", "B17": "incentives", "B18": "empowerment",
        "B19": "executive alignment", "B20": "readiness", "B21": "plausible financial case", "B22": "existing resources",
        "B23": "platform solutions", "B24": "knowledge agency"},
    (CASE_2, "barrier"): {
        "B25": "from the top, late clinicians", "B26": "power gap", "B27": "complexity, mixed acceptance",
        "B28": "late clinical adoption", "B29": "execution capacity", "B30": "rigid ambition",
        "B31": "non-financial evaluation undefined"},
}
"""Table 7 of the manual (§7.1): enablers and barriers of Cases 1 and 2, by the line of the lens that stands for each."""


def test_there_are_eight_lenses_and_the_six_discoveries() -> None:
    assert lens_names() == ("panel", "ingredients", "stages", "adoptability", "complexity", "spread", "nhs-quality", "enablers",
                            "discoveries")


def test_each_lens_has_as_many_items_as_its_source_counts() -> None:
    counts = {name: len(lens.items) for name, lens in LENSES.items()}
    assert counts == {"panel": 13 + 5, "ingredients": 8 + 5, "stages": 5 + 1, "adoptability": 5, "complexity": 7, "spread": 8,
                      "nhs-quality": 7, "enablers": 31, "discoveries": 6}


def test_every_code_that_a_lens_names_is_a_criterion_or_a_doubt() -> None:
    known = {criterion.code for criterion in load_criteria()} | doubts_as_criteria().keys()
    assert len(CODES) > 90
    assert [code for code in CODES if code not in known] == []


@pytest.mark.parametrize(("name", "item"), ITEMS, ids=[f"{name} {item.code}" for name, item in ITEMS])
def test_an_item_asks_says_where_its_answer_belongs_and_quotes_the_manual(name: str, item: Item) -> None:
    assert item.criteria and len(set(item.criteria)) == len(item.criteria)
    assert item.asks.endswith("?")
    assert item.answered_by and [path for path in item.answered_by if load_shape().find(path) is None] == []
    assert not item.group or item.group in LENSES[name].groups
    for case in item.cases:
        assert case.case in ("Case 1", "Case 2", "Case 3")
        assert case.degree in (Degree.FULLY, Degree.PARTLY, Degree.ABSENT)
        assert case.what and re.search("§|abstract", case.source)


@pytest.mark.parametrize("name", LENSES)
def test_the_codes_of_a_lens_are_its_own(name: str) -> None:
    codes = [item.code for item in LENSES[name].items]
    assert len(set(codes)) == len(codes) > 4


def test_the_earlier_model_asks_nothing_that_the_final_one_does_not() -> None:
    asked = {group: {code for item in LENSES["ingredients"].items if item.group == group for code in item.criteria}
             for group in ("final", "earlier")}
    assert asked["earlier"] and asked["earlier"] < asked["final"]


def test_the_stages_keep_what_the_literature_and_the_cases_say_apart() -> None:
    for item in LENSES["stages"].items:
        views = dict(item.views)
        assert list(views) == ["literature", "Case 2", "final model"]
        assert len(set(views.values())) == 3


def test_each_reason_of_the_panel_is_tied_to_what_would_have_answered_it() -> None:
    items = {item.code: item for item in LENSES["panel"].items}
    for reason, blockers in WOULD_HAVE_ANSWERED.items():
        assert blockers <= set(items[reason].criteria), reason
    assert {"C16.1", "C16.2"} <= set(items["R9"].criteria)


def test_the_refused_bid_is_refused_for_each_reason_of_its_panel_and_no_other() -> None:
    result = seen(AS_SUBMITTED, "panel")
    assert result.decision is not None and result.decision.word is Word.REFUSE
    refused = {score.item.code for score in result.scores if score.word == Stance.REFUSE}
    assert refused == {f"R{number}" for number in range(1, 14)} - {"R9"}
    assert scores_of(result)["R9"].word == Stance.ANSWERED


@pytest.mark.parametrize("reason", WOULD_HAVE_ANSWERED)
def test_a_reason_of_the_panel_lacks_the_blockers_that_would_have_answered_it(reason: str) -> None:
    score = scores_of(seen(AS_SUBMITTED, "panel"))[reason]
    lacking = {verdict.criterion.code for verdict in score.lacking if verdict.severity is Severity.BLOCKER}
    assert lacking == WOULD_HAVE_ANSWERED[reason]
    assert set(score.raises) >= {criterion.remedy for criterion in load_criteria() if criterion.code in lacking}
    assert score.nearest is not None and score.nearest.cases == ("Case 1",)


def test_the_return_of_the_refused_bid_is_doubted_because_it_rests_on_spread() -> None:
    lacking = {verdict.criterion.code for verdict in scores_of(seen(AS_SUBMITTED, "panel"))["R13"].lacking}
    assert {"A10", "A15"} <= lacking
    assert "A11" in {verdict.criterion.code for verdict in scores_of(seen(AS_SUBMITTED, "panel"))["R3"].lacking}


def test_what_the_panel_liked_in_the_refused_bid_is_praised() -> None:
    praised = [score.item.title for score in seen(AS_SUBMITTED, "panel").scores if score.word == Stance.PRAISE]
    assert praised == ["Need", "Evidence", "Patients and public", "Benefits and their evaluation", "Partners"]


def test_the_panel_asks_every_question_and_says_where_the_refused_bid_answers_it() -> None:
    questions = {question.code: question for question in seen(AS_SUBMITTED, "panel").questions}
    assert len(questions) == 18
    assert [code for code, question in questions.items() if question.answered] == ["R9", "L1", "L2", "L3", "L4", "L5"]
    lines = (SAMPLES / f"{AS_SUBMITTED}.yaml").read_text("utf-8").splitlines()
    for code, words in {"R9": "Q1", "L2": "E1", "L3": "Y1", "L5": "P1"}.items():
        assert words in lines[questions[code].evidence[0].place.line - 1], code


def test_the_strengthened_bid_is_supported_and_lacks_no_blocker() -> None:
    result = seen(ANSWERED, "panel")
    assert result.decision is not None and result.decision.word is Word.SUPPORT
    assert all(score.lacking == () for score in result.scores)


@pytest.mark.parametrize("name", LENSES)
def test_the_strengthened_bid_meets_every_lens(name: str) -> None:
    result = seen(ANSWERED, name)
    assert result.share == 1
    assert {score.degree for score in result.scores} == {Degree.FULLY}


def test_case_2_lacks_an_evaluation_beyond_money_and_early_clinicians() -> None:
    case = sample_case(CASE_2)
    assert not case.errors
    unmet = {verdict.criterion.code for verdict in case.verdicts if verdict.failed}
    assert {"C13.1", "C13.4", "C13.5", "C14.1", "C14.3"} <= unmet, "non-financial evaluation"
    assert "C06.2" in unmet, "late clinicians"
    told = {finding.code for finding in case.findings}
    assert {"C13.1", "C06.2"} <= told
    theme = scores_of(seen(CASE_2, "nhs-quality"))
    assert (theme["K7"].word, theme["K2"].degree) == ("Fails", Degree.PARTLY)


@pytest.mark.parametrize(("sample", "side"), TABLE_7)
def test_table_7_comes_out_of_the_enablers_lens(sample: str, side: str) -> None:
    scores = scores_of(seen(sample, "enablers"))
    wrong = {code: words for code, words in TABLE_7[sample, side].items() if scores[code].word != side}
    assert wrong == {}


def test_every_line_of_the_enablers_lens_stands_in_table_7_on_the_side_that_its_case_shows() -> None:
    assert LENSES["enablers"].voice is Voice.SIDES
    samples, sides = {"Case 1": AS_SUBMITTED, "Case 2": CASE_2}, {Degree.FULLY: "enabler", Degree.ABSENT: "barrier"}
    told = {(samples[case.case], sides[case.degree], item.code) for item in LENSES["enablers"].items for case in item.cases}
    listed = {(sample, side, code) for (sample, side), codes in TABLE_7.items() for code in codes}
    assert listed <= told
    assert {item.code for item in LENSES["enablers"].items} == {code for _, _, code in listed}


@pytest.mark.parametrize(("sample", "case"), [(AS_SUBMITTED, "Case 1"), (CASE_2, "Case 2")])
@pytest.mark.parametrize("name", ["panel", "ingredients", "enablers", "complexity", "discoveries"])
def test_a_case_of_the_manual_is_nearest_to_itself(sample: str, case: str, name: str) -> None:
    nearest = seen(sample, name).nearest
    assert nearest is not None and nearest.cases == (case,)


def test_the_breast_service_is_nearest_to_case_3_in_its_ingredients() -> None:
    nearest = seen("breast-service", "ingredients").nearest
    assert nearest is not None and nearest.cases == ("Case 3",)
