"""How well a program that reviews bids does on the labelled set: sections found and verdicts given, beside the labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bizcase.completeness.verdict import Degree, Verdict
from bizcase.review.submission import Passage, Submission
from bizcase.specification.profile import Profile
from tests.review.labelled import LabelledBid, Piece

NOWHERE = ""
SHORT = 12
"""A passage shorter than this is the same as a part only if it is equal to it: `High` stands in many places."""


class Placed(Protocol):
    """A passage with the section that a program gives it, and the next best."""

    @property
    def passage(self) -> Passage: ...
    @property
    def section(self) -> str: ...
    @property
    def second(self) -> str: ...


Place = Callable[[Submission], Sequence[Placed]]
Judge = Callable[[Sequence[Placed], Submission, Profile], Iterable[Verdict]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program says of one thing that is labelled: the labels that are right, what it said, and the words at issue.

    For sections `what` is empty; for verdicts it is the code of the criterion. `unread` words were in no passage, which is
    right for words that belong nowhere.
    """

    bid: str
    right: tuple[str, ...]
    said: str
    text: str
    what: str = ""
    second: str = ""
    unread: bool = False

    @property
    def correct(self) -> bool:
        return self.said in (self.right or (NOWHERE,)) and not (self.unread and self.right)


@dataclass(frozen=True, slots=True)
class Score:
    """How often one answer was rightly given, wrongly given and wrongly not given."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the answers given that are right; 1 where none was given."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of what should be found that was found; 1 where there is nothing to find."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.false + other.false, self.missed + other.missed)


def section_answers(bid: LabelledBid, placed: Sequence[Placed]) -> Iterator[Answer]:
    """For each labelled piece of the bid the section that most of its words were given."""
    pieces = list(bid.pieces)
    found = matched(pieces, placed)
    for number, piece in enumerate(pieces):
        own = found.get(number, [])
        said, second = _most(own, lambda p: p.section), _most(own, lambda p: p.second)
        yield Answer(bid.name, piece.sections, said, piece.text, second=second, unread=not own)


def matched(pieces: Sequence[Piece], placed: Sequence[Placed]) -> dict[int, list[Placed]]:
    """The placed passages of each piece, by its number. Where equal words stand in several pieces, the next in order is meant."""
    parts = [(number, _plain(part)) for number, piece in enumerate(pieces) for part in piece.parts]
    found: dict[int, list[Placed]] = {}
    used: set[int] = set()
    at = 0
    for one in placed:
        text = _plain(one.passage.text)
        choices = [n for n, (_, part) in enumerate(parts) if part == text and n not in used] or [
            n for n, (_, part) in enumerate(parts) if min(len(part), len(text)) >= SHORT and (part in text or text in part)]
        if choices:
            chosen = next((n for n in choices if n >= at), choices[0])
            used.add(chosen)
            at = chosen
            found.setdefault(parts[chosen][0], []).append(one)
    return found


def _plain(text: str) -> str:
    """The text without what a reader may rightly take away: white space, marks of bullets."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()).lstrip("-•– ").casefold()


def _most(placed: Iterable[Placed], chosen: Callable[[Placed], str]) -> str:
    weights: Counter[str] = Counter()
    for one in placed:
        weights[chosen(one)] += len(one.passage.text.split())
    return weights.most_common(1)[0][0] if weights else NOWHERE


def verdict_answers(bid: LabelledBid, verdicts: Iterable[Verdict]) -> Iterator[Answer]:
    """For each labelled criterion what the program says; `not judged` where it says nothing."""
    given: Mapping[str, Verdict] = {verdict.criterion.code: verdict for verdict in verdicts}
    for code, degree in bid.verdicts.items():
        verdict = given.get(code)
        said = verdict.degree.value if verdict else "not judged"
        evidence = verdict.evidence if verdict else ()
        right = (degree.value, Degree.ABSENT.value) if code in bid.slight else (degree.value,)
        text = " / ".join(bid.shown.get(code, ()) if degree is not Degree.ABSENT else [e.text for e in evidence])
        yield Answer(bid.name, right, said, text, what=code)


def scores(answers: Iterable[Answer], classes: Iterable[str]) -> dict[str, Score]:
    """A score for each class. Of two labels that are both fair, the one that was said counts, else the first."""
    hits: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for answer in answers:
        if answer.correct:
            hits[answer.said] += 1
            continue
        false[answer.said] += 1
        missed[answer.right[0] if answer.right else NOWHERE] += 1
    return {name: Score(hits[name], false[name], missed[name]) for name in classes}


def overall(by_class: Mapping[str, Score]) -> Score:
    """All classes as one: the sums behind micro precision and recall."""
    return sum(by_class.values(), Score())


def macro(by_class: Mapping[str, Score]) -> tuple[float, float]:
    """Precision and recall, each class counting alike."""
    return (sum(score.precision for score in by_class.values()) / len(by_class),
            sum(score.recall for score in by_class.values()) / len(by_class))


def confusion(answers: Iterable[Answer]) -> Counter[tuple[str, str]]:
    """How often each label (the first that is fair, or the one that was said) met each answer."""
    return Counter((answer.said if answer.correct else answer.right[0] if answer.right else NOWHERE, answer.said)
                   for answer in answers)
