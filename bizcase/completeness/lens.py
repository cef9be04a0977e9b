"""Looks at verdicts through a lens: counts, for each of its items, the criteria that are met, and says what would raise it.

It works the same for the verdicts of a specification and for those of a bid that arrived. Nothing is judged here: the same
verdict counts the same under every lens.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bizcase.completeness.assess import MOST_EVIDENCE, weighted
from bizcase.completeness.lens_data import Item, Lens, Shown, Voice, doubts_as_criteria, lens_names, load_lenses
from bizcase.completeness.lens_panel import Decision, Stance, decision, stance_of
from bizcase.completeness.verdict import Degree, Evidence, Verdict
from bizcase.errors import Finding, Severity
from bizcase.specification.words import shown

__all__ = ["SHARES", "Item", "Lens", "LensResult", "Nearest", "Question", "Score", "lens_names", "load_lenses", "look",
           "whole_percent"]

NO_WEIGHTS: Mapping[str, float] = MappingProxyType({})
BY_SEVERITY = {severity: place for place, severity in enumerate(Severity)}
SHARES = {Degree.FULLY: 1.0, Degree.PARTLY: 0.5, Degree.ABSENT: 0.0}
FARTHEST = 0.5
"""A case farther off than this, from none met (0) to all met (1), is no likeness."""

SIDES = {True: "enabler", False: "barrier"}


@dataclass(frozen=True, slots=True)
class Nearest:
    """The cases of the manual that lie nearest, and why; of several equally near, all are named."""

    cases: tuple[str, ...]
    why: str

    def __str__(self) -> str:
        return f"{' and '.join(filter(None, (', '.join(self.cases[:-1]), self.cases[-1])))}: {self.why}"


@dataclass(frozen=True, slots=True)
class Score:
    """An item of a lens and how it stands: `met` of the `of` criteria that arise and can be told.

    `word` is the lens's own word for it. `lacking` are the failed verdicts and `raises` their remedies, the most severe
    first; `untold` are those that cannot be told, `waived` those that the profile does not ask.
    """

    item: Item
    degree: Degree
    met: int
    of: int
    word: str
    evidence: tuple[Evidence, ...]
    lacking: tuple[Verdict, ...]
    untold: tuple[Verdict, ...]
    waived: tuple[Verdict, ...]
    raises: tuple[str, ...]
    nearest: Nearest | None


@dataclass(frozen=True, slots=True)
class Question:
    """What would be asked at interview: whether the bid answers it, at which places, and where an answer belongs."""

    code: str
    asks: str
    answered: bool
    evidence: tuple[Evidence, ...]
    belongs_under: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LensResult:
    """A lens and its scores. Each criterion counts once in `met` of `of`, also where several items name it; `share` is
    weighted by the profile, None where nothing counts. `decision` is that of a panel, for the lens that speaks like one."""

    lens: Lens
    scores: tuple[Score, ...]
    headline: str
    met: int
    of: int
    share: float | None
    nearest: Nearest | None
    decision: Decision | None

    @property
    def questions(self) -> tuple[Question, ...]:
        """What would be asked at interview, in the order of the items; what does not arise is not asked."""
        return tuple(Question(score.item.code, score.item.asks, _is_answered(score), score.evidence, score.item.answered_by)
                     for score in self.scores if score.degree is not Degree.DOES_NOT_ARISE)


def _is_answered(score: Score) -> bool:
    """Whether more is met than is not, and nothing but advice is lacking."""
    return score.met > len(score.lacking) and all(verdict.severity is Severity.ADVISORY for verdict in score.lacking)


def look(lens: Lens, verdicts: Iterable[Verdict], doubts: Mapping[str, Finding] | None = None,
         weights: Mapping[str, float] = NO_WEIGHTS) -> LensResult:
    """The verdicts seen through a lens.

    `doubts` are those that were raised, by code: one that is not among them is met. None means that nobody looked for
    doubts, as in somebody else's bid: then none can be told. `weights` are the profile's.
    """
    known = {verdict.criterion.code: verdict for verdict in verdicts}
    by_item = [_verdicts_for(item, known, doubts) for item in lens.items]
    scores = tuple(_score(lens, item, found) for item, found in zip(lens.items, by_item, strict=True))
    seen = list({verdict.criterion.code: verdict for found in by_item for verdict in found}.values())
    counted = [verdict for verdict in seen if _counts(verdict)]
    share, nearest = weighted(counted, weights), _nearest_of_all(scores)
    decided = decision([(score.item.title, Stance(score.word), score.item.group) for score in scores]) \
        if lens.voice is Voice.PANEL else None
    met = sum(verdict.met for verdict in counted)
    return LensResult(lens, scores, _headline(scores, met, len(counted), share, decided), met, len(counted), share, nearest,
                      decided)


def whole_percent(share: float) -> int:
    """A share from 0 to 1 as a whole percentage, never rounded up."""
    return int(share * 100 + 1e-9)


def _verdicts_for(item: Item, known: Mapping[str, Verdict], doubts: Mapping[str, Finding] | None) -> list[Verdict]:
    """The verdicts that an item counts. Where none of its criteria is met in any part there is nothing to doubt, and a doubt
    that nobody raised is no merit."""
    found = [known[code] for code in item.criteria if code in known]
    doubted = [_doubt(code, doubts) for code in item.criteria if code in doubts_as_criteria()]
    is_there = any(verdict.degree in (Degree.FULLY, Degree.PARTLY) for verdict in found)
    return found + [verdict for verdict in doubted if is_there or not verdict.met]


def _doubt(code: str, doubts: Mapping[str, Finding] | None) -> Verdict:
    criterion = doubts_as_criteria()[code]
    if doubts is None:
        return Verdict(criterion, criterion.severity, Degree.CANNOT_TELL)
    if code not in doubts:
        return Verdict(criterion, criterion.severity, Degree.FULLY)
    found = doubts[code]
    return Verdict(criterion, found.severity, Degree.ABSENT, found.message, (Evidence(found.place, shown(found.message, 80)),))


def _counts(verdict: Verdict) -> bool:
    return (verdict.met or verdict.failed) and not verdict.criterion.sums


def _score(lens: Lens, item: Item, verdicts: Sequence[Verdict]) -> Score:
    asked = [verdict for verdict in verdicts if not verdict.waived]
    met = [verdict for verdict in asked if verdict.met]
    lacking = tuple(sorted((verdict for verdict in asked if verdict.failed),
                           key=lambda verdict: (BY_SEVERITY[verdict.severity], verdict.criterion.code)))
    untold = tuple(verdict for verdict in asked if verdict.degree is Degree.CANNOT_TELL)
    degree = _degree(len(met), lacking, untold)
    word = _word(lens, item, degree, met, lacking, untold)
    return Score(item, degree, len(met), len(met) + len(lacking), word, _first_evidence([*met, *lacking]), lacking, untold,
                 tuple(verdict for verdict in verdicts if verdict.waived),
                 tuple(dict.fromkeys(verdict.criterion.remedy for verdict in lacking)),
                 _nearest(item.cases, _level(len(met), len(met) + len(lacking), word)))


def _level(met: int, of: int, word: str) -> float | None:
    """How far an item is there, from 0 to 1, as the cases are told: what a panel refuses is not there for it."""
    if not of:
        return None
    return 0.0 if word == Stance.REFUSE else met / of


def _degree(met: int, lacking: Sequence[Verdict], untold: Sequence[Verdict]) -> Degree:
    if not met and not lacking:
        return Degree.CANNOT_TELL if untold else Degree.DOES_NOT_ARISE
    if not lacking:
        return Degree.FULLY
    return Degree.PARTLY if met or any(verdict.degree is Degree.PARTLY for verdict in lacking) else Degree.ABSENT


def _word(lens: Lens, item: Item, degree: Degree, met: Sequence[Verdict], lacking: Sequence[Verdict],
          untold: Sequence[Verdict]) -> str:
    """The lens's own word for an item."""
    if lens.voice is Voice.PANEL:
        return stance_of(degree, len(met), lacking, untold, is_strength=item.group == "strengths")
    if lens.voice is Voice.SIDES and degree in SHARES:
        return SIDES[len(met) > len(lacking)]
    return lens.words.get(degree, degree)


def _first_evidence(verdicts: Sequence[Verdict]) -> tuple[Evidence, ...]:
    """A few places that bear on an item: the first of each verdict before the second of any."""
    deepest = max((len(verdict.evidence) for verdict in verdicts), default=0)
    in_turn = [verdict.evidence[depth] for depth in range(deepest) for verdict in verdicts if depth < len(verdict.evidence)]
    return tuple(dict.fromkeys(in_turn))[:MOST_EVIDENCE]


def _nearest(cases: Sequence[Shown], level: float | None) -> Nearest | None:
    """The case, or cases, whose degree lies nearest to how far the item is there; None where no case is near."""
    away = {case.case: abs(SHARES[case.degree] - level) for case in cases if level is not None}
    least = min(away.values(), default=math.inf)
    if least > FARTHEST:
        return None
    near = [case for case in cases if away[case.case] == least]
    return Nearest(tuple(case.case for case in near), "; ".join(f"{case.what} ({case.source})" for case in near))


def _nearest_of_all(scores: Sequence[Score]) -> Nearest | None:
    """The case that lies nearest over all items of which it says something, by the mean distance."""
    away: dict[str, list[float]] = {}
    for score in scores:
        level = _level(score.met, score.of, score.word)
        for found in score.item.cases if level is not None else ():
            away.setdefault(found.case, []).append(abs(SHARES[found.degree] - (level or 0)))
    if not away:
        return None
    mean = {case: sum(distances) / len(distances) for case, distances in away.items()}
    near = tuple(sorted(case for case, distance in mean.items() if distance == min(mean.values())))
    alike = sum(1 for score in scores if score.nearest and near[0] in score.nearest.cases)
    return Nearest(near, f"nearest on {alike} of the {len(away[near[0]])} points on which the manual compares it")


def _headline(scores: Sequence[Score], met: int, of: int, share: float | None, decided: Decision | None) -> str:
    if decided is not None:
        return decided.headline
    if share is None:
        return "Nothing here can be told" if any(score.untold for score in scores) else "Nothing here is asked of this bid"
    return f"{met} of {of} criteria met ({whole_percent(share)}%)"
