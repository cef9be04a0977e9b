"""What a panel should ask a submission, the most important first: the Den's three questions and those of the panel's lens."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bizcase.completeness.lens import LensResult, Score
from bizcase.completeness.verdict import Verdict
from bizcase.errors import Severity
from bizcase.hub.entry import Question
from bizcase.hub.rules import load_rules

_WORST_FIRST = {severity: place for place, severity in enumerate(Severity)}


def questions_of(verdicts: Sequence[Verdict], panel: LensResult) -> tuple[Question, ...]:
    """The questions that the bid does not answer, each with the code of the criterion that it lacks most. What would stop the
    bid comes first; of two that weigh the same, the Den's own."""
    rules = load_rules()
    failed = {verdict.criterion.code: verdict for verdict in verdicts if verdict.to_tell}
    of_the_den = [(asked, [failed[code] for code in asked.criteria if code in failed]) for asked in rules.den_questions]
    found = [(lacking, asked.asks) for asked, lacking in of_the_den if lacking]
    replaced = {asked.instead_of for asked, lacking in of_the_den if lacking}
    asked_already = {verdict.criterion.code for lacking, _ in found for verdict in lacking}
    unanswered = {question.code for question in panel.questions if not question.answered} - replaced
    arising = {verdict.criterion.code for verdict in verdicts if verdict.met or verdict.failed}
    for score in panel.scores:
        new = [verdict for verdict in score.lacking if verdict.criterion.code not in asked_already]
        if score.item.code in unanswered and new and _can_be_asked(score, arising):
            found.append((new, score.item.asks))
    in_order = sorted(found, key=lambda pair: min(map(_rank, pair[0])))
    return tuple(Question(min(lacking, key=_rank).criterion.code, asks) for lacking, asks in in_order)[:rules.most_questions]


def _can_be_asked(score: Score, arising: Collection[str]) -> bool:
    """Whether the bid had room to answer: the criterion that an item names first is the heart of it, and a short form that has
    no place for that is not asked, unless what it lacks stops the bid."""
    stops = any(verdict.severity is Severity.BLOCKER for verdict in score.lacking)
    return stops or score.item.criteria[0] in arising


def _rank(verdict: Verdict) -> int:
    return _WORST_FIRST[verdict.severity]
