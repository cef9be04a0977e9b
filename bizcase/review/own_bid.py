"""The verdicts on a bid of ours: those of the specification that it carries, as the bid now reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bizcase.case import Case
from bizcase.completeness.verdict import Evidence, Verdict
from bizcase.document.value import shortened
from bizcase.errors import BizcaseError, Finding, Place, Severity
from bizcase.review.changes import OwnBid
from bizcase.review.specification_now import SpecificationNow, specification_now
from bizcase.review.submission import Submission
from bizcase.specification.profile import Profile
from bizcase.specification.words import listed

NO_VERDICTS = "B04"


@dataclass(frozen=True, slots=True)
class OwnVerdicts:
    """Verdicts and findings with their places in the bid; the doubts by code; the sections whose verdicts rest on what was built
    in, since their text was edited in a way that the specification cannot follow."""

    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    doubts: Mapping[str, Finding]
    rests_on: tuple[str, ...]


def own_verdicts(content: bytes, own: OwnBid, submission: Submission, profile: Profile) -> OwnVerdicts | None:
    """None where the bid does not carry its specification: then its words are all there is."""
    now = specification_now(content, own.provenance, own.changes)
    if now is None:
        return None
    places = _Places(submission)
    try:
        case = now.case(own.name, profile, own.provenance.facts.parameters)
    except (BizcaseError, KeyError):
        case = now.case(own.name, profile)
    if case.project is None:
        return OwnVerdicts((), tuple(_unsound(case, now, own.name)), {}, now.as_built)
    verdicts = tuple(replace(verdict, evidence=tuple(places.of_evidence(found) for found in verdict.evidence))
                     for verdict in case.verdicts)
    findings = tuple(replace(found, place=places.of(found.place)) for found in case.findings)
    return OwnVerdicts(verdicts, findings, {found.code: found for found in reversed(findings)}, now.as_built)


def _unsound(case: Case, now: SpecificationNow, name: str) -> Iterator[Finding]:
    """Where so much was taken out that nothing can be worked out any more."""
    gone = f" without {listed(now.left_out, 6)}" if now.left_out else ""
    first = case.errors[0].message if case.errors else "it has errors"
    yield Finding(Place(name), NO_VERDICTS, Severity.BLOCKER, f"no verdict can be given: the bid{gone} is not sound ({first})",
                  "put back what was taken out, or build the bid again from its specification")


class _Places:
    """Where a field of the specification stands in the bid: at its content control, else where its section begins."""

    def __init__(self, submission: Submission) -> None:
        self.name = submission.name
        self.tags: dict[str, str] = {}
        self.sections: dict[str, str] = {}
        for passage in submission.body:
            if passage.tag:
                self.tags.setdefault(passage.tag, passage.where)
                self.sections.setdefault(passage.tag.split(".")[0], passage.where)

    def of(self, place: Place) -> Place:
        exact = self.tags.get(shortened(place.path), "")
        return Place(self.name, path=place.path, where=exact or self.sections.get(place.path.split(".")[0], ""))

    def of_evidence(self, found: Evidence) -> Evidence:
        return replace(found, place=self.of(found.place))
