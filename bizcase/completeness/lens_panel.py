"""How a panel puts it: what it would refuse for, worry about, call answered and praise, and its overall word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bizcase.completeness.verdict import Degree, Verdict
from bizcase.errors import Severity


class Stance(StrEnum):
    """What a panel says to one point."""

    REFUSE = "refuse"
    WORRY = "worry"
    ADVICE = "advice"
    ANSWERED = "answered"
    PRAISE = "praise"
    CANNOT_TELL = "cannot tell"
    NOT_ASKED = "not asked"


class Word(StrEnum):
    """A panel's overall word. `CLOSE` is what it would support if its worries were answered."""

    REFUSE = "refuse"
    CLOSE = "close"
    SUPPORT = "support"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Decision:
    """A panel's overall word and its reasons in one sentence."""

    word: Word
    headline: str


def stance_of(degree: Degree, met: int, lacking: Sequence[Verdict], untold: Iterable[Verdict], *, is_strength: bool) -> Stance:
    """A blocker that fails is refused, something major is a worry; where most is lacking and none of it matters yet, there is
    advice. What it cannot see, a panel does not call answered."""
    if degree is Degree.DOES_NOT_ARISE:
        return Stance.NOT_ASKED
    failed = {verdict.severity for verdict in lacking}
    if Severity.BLOCKER in failed:
        return Stance.REFUSE
    if Severity.MAJOR in failed:
        return Stance.WORRY
    if degree is Degree.CANNOT_TELL or any(verdict.severity is Severity.BLOCKER for verdict in untold):
        return Stance.CANNOT_TELL
    if met <= len(lacking):
        return Stance.ADVICE
    return Stance.PRAISE if is_strength and degree is Degree.FULLY else Stance.ANSWERED


def decision(points: Sequence[tuple[str, Stance, str]]) -> Decision:
    """The overall word on points of title, stance and group: one reason to refuse is enough, whatever is praised."""
    by_stance = {stance: [title for title, said, _ in points if said is stance] for stance in Stance}
    asked = [said for _, said, _ in points if said not in (Stance.NOT_ASKED, Stance.CANNOT_TELL)]
    if by_stance[Stance.REFUSE]:
        word = Word.REFUSE
    elif not asked:
        word = Word.CANNOT_TELL
    else:
        word = Word.CLOSE if by_stance[Stance.WORRY] or by_stance[Stance.CANNOT_TELL] else Word.SUPPORT
    return Decision(word, _sentence(word, by_stance))


def _sentence(word: Word, by_stance: dict[Stance, list[str]]) -> str:
    counts = {Stance.REFUSE: "to refuse for", Stance.WORRY: "to worry about", Stance.ADVICE: "to advise on",
              Stance.ANSWERED: "answered", Stance.CANNOT_TELL: "that cannot be told"}
    told = [f"{len(by_stance[stance])} {words}" for stance, words in counts.items() if by_stance[stance]]
    praised = by_stance[Stance.PRAISE]
    told += [f"praise for {', '.join(praised).casefold()}"] if praised else []
    return f"{word.capitalize()}: {'; '.join(told) or 'nothing is asked of this bid'}"
