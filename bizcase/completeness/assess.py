"""Assesses a project against the register of criteria: which are met, which are not, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bizcase.completeness.criterion import Criterion, load_criteria
from bizcase.completeness.tests import shortfall
from bizcase.errors import Finding, Severity
from bizcase.specification.profile import Profile
from bizcase.specification.project import Project
from bizcase.specification.source import Source


@dataclass(frozen=True, slots=True)
class Verdict:
    """One criterion held against one project; `missing` is empty where it is met."""

    criterion: Criterion
    severity: Severity
    missing: str

    @property
    def met(self) -> bool:
        return not self.missing


def assess(project: Project) -> tuple[Verdict, ...]:
    """A verdict for each criterion whose section belongs to the project's profile."""
    profile = project.profile
    return tuple(Verdict(criterion, severity_for(criterion, profile), shortfall(criterion.test, project) or "")
                 for criterion in load_criteria() if criterion.section in profile.sections)


def severity_for(criterion: Criterion, profile: Profile) -> Severity:
    """A criterion's severity; a profile may ask for some things only as advice at its stage."""
    return Severity.ADVISORY if criterion.code in profile.advisory else criterion.severity


def weighted(verdicts: tuple[Verdict, ...], weights: Mapping[str, float]) -> float | None:
    """The share of criteria that are met, from 0 to 1, each counting what the weights say of its code, else of its section,
    else 1. None where nothing counts."""
    counts = [(weights.get(each.criterion.code, weights.get(each.criterion.section, 1)), each.met) for each in verdicts]
    whole = sum(weight for weight, _ in counts)
    return sum(weight for weight, met in counts if met) / whole if whole else None


def findings_of(verdicts: tuple[Verdict, ...], source: Source) -> list[Finding]:
    """The unmet criteria as findings, at the section that would answer them."""
    return [Finding(source.key_place((verdict.criterion.section,)), verdict.criterion.code, verdict.severity,
                    f"{verdict.criterion.requirement} Found: {verdict.missing}.", verdict.criterion.remedy)
            for verdict in verdicts if not verdict.met]


def said_by_a_criterion(path: str, verdicts: tuple[Verdict, ...]) -> bool:
    """Whether an unmet criterion that blocks the bid already asks for the field or section at a path, and says why."""
    asked = (field for verdict in verdicts if not verdict.met and verdict.severity is Severity.BLOCKER
             for field in verdict.criterion.fields)
    return any(field == path or field.startswith(f"{path}.") for field in asked)
