"""What is found when a criterion is held against a specification or a bid: how far it is met, and what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bizcase.completeness.criterion import Criterion
from bizcase.errors import Place, Severity


class Degree(StrEnum):
    """How far a criterion is met: the scale of reviewers of business cases (New Zealand, Better Business Cases, reviewer
    assessment tool), with two answers more: what a text cannot show, and what does not arise."""

    FULLY = "fully"
    PARTLY = "partly"
    ABSENT = "absent"
    CANNOT_TELL = "cannot tell"
    DOES_NOT_ARISE = "does not arise"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that bears on a verdict: where it stands and what it says, shortened."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One criterion held against one specification or bid.

    `missing` says in words what is not there; it is empty where the criterion is met or does not arise. `waived` is the
    reason for which a profile does not ask it.
    """

    criterion: Criterion
    severity: Severity
    degree: Degree
    missing: str = ""
    evidence: tuple[Evidence, ...] = ()
    waived: str = ""

    @property
    def met(self) -> bool:
        return self.degree is Degree.FULLY

    @property
    def failed(self) -> bool:
        """Whether something is missing. What cannot be told has not failed."""
        return self.degree in (Degree.PARTLY, Degree.ABSENT)

    @property
    def to_tell(self) -> bool:
        """Whether it is a finding: something of its own is missing."""
        return self.failed and not self.criterion.sums
