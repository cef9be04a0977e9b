"""Assesses a project against the register of criteria: how far each is met, what shows it, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bizcase.completeness.criterion import Criterion, criteria_of
from bizcase.completeness.sections.looking import paths_at
from bizcase.completeness.simple import shortfall
from bizcase.completeness.verdict import Degree, Evidence, Verdict
from bizcase.errors import Finding, Severity
from bizcase.specification.printed import prints
from bizcase.specification.profile import Profile
from bizcase.specification.project import Project
from bizcase.specification.source import FieldPath, Source
from bizcase.specification.words import listed, shown

MOST_EVIDENCE = 3
"""More places for one verdict nobody follows up."""
MOST_SAID = 1_000
"""More letters of what is missing nobody reads; names in it may be of any length, and hold line breaks."""


def assess(project: Project, source: Source) -> tuple[Verdict, ...]:
    """A verdict for each criterion that the project's profile asks or waives."""
    asked = criteria_of(project.profile)
    own = {criterion.code: _verdict(criterion, project, source) for criterion in asked if not criterion.sums}
    return tuple(own.get(criterion.code) or _ready(criterion, own.values()) for criterion in asked)


def _ready(criterion: Criterion, verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that follows from the others (X7): while a blocker is left, the bid is not ready to be submitted."""
    left = [verdict.criterion.code for verdict in verdicts if verdict.to_tell and verdict.severity is Severity.BLOCKER]
    missing = f"not ready to submit while {listed(left)} is not met" if left else ""
    return Verdict(criterion, criterion.severity, Degree.ABSENT if left else Degree.FULLY, missing)


def _verdict(criterion: Criterion, project: Project, source: Source) -> Verdict:
    severity = severity_for(criterion, project.profile)
    if criterion.code in project.profile.waived:
        return Verdict(criterion, severity, Degree.DOES_NOT_ARISE, waived=project.profile.waived[criterion.code])
    if not has_a_place(criterion, project.profile) or (criterion.when is not None and shortfall(criterion.when, project)):
        return Verdict(criterion, severity, Degree.DOES_NOT_ARISE)
    missing = shown(" ".join((shortfall(criterion.test, project) or "").split()), MOST_SAID)
    paths = [path for pattern in criterion.fields for path in paths_at(project.data, pattern)]
    degree = Degree.PARTLY if missing and paths else Degree.ABSENT if missing else Degree.FULLY
    return Verdict(criterion, severity, degree, missing, _evidence(paths, project, source))


def _evidence(paths: Sequence[FieldPath], project: Project, source: Source) -> tuple[Evidence, ...]:
    """Where the specification speaks of it: the first few places; of a list, its first rows."""
    places = [place for path in paths[:MOST_EVIDENCE] for place in _rows_of(project.data, path)]
    return tuple(Evidence(source.place(path), _text_at(project.data, path)) for path in places[:MOST_EVIDENCE])


def _rows_of(data: object, path: FieldPath) -> list[FieldPath]:
    found = _at(data, path)
    return [(*path, index) for index in range(min(len(found), MOST_EVIDENCE))] if isinstance(found, list) else [path]


def _at(data: Any, path: FieldPath) -> Any:
    for step in path:
        data = data[step]
    return data


def _text_at(data: object, path: FieldPath) -> str:
    """The value at a path in a few words, after the id of its row; of a mapping, the words that it holds."""
    found = _at(data, path)
    if isinstance(found, Mapping):
        return shown(", ".join(str(value) for value in found.values() if isinstance(value, str | int | float)
                               and not isinstance(value, bool)), 80)
    rows = [path[:length] for length in range(len(path) - 1, 0, -1) if isinstance(path[length - 1], int)]
    row = _at(data, rows[0]) if rows else None
    name = f"{row['id']}: " if isinstance(row, Mapping) and "id" in row else ""
    return shown(f"{name}{shown(found, 80)}", 80)


def has_a_place(criterion: Criterion, profile: Profile) -> bool:
    """Whether a kind of bid prints any field that would answer a criterion. A short form cannot ask what it has no place for;
    what would stop the bid is asked all the same, and so is what the form's owner added."""
    own = any(row["code"] == criterion.code for row in profile.criteria)
    return (own or not criterion.fields or severity_for(criterion, profile) is Severity.BLOCKER
            or any(prints(profile, path) for path in criterion.fields))


def severity_for(criterion: Criterion, profile: Profile) -> Severity:
    """A criterion's severity; a profile may ask for some things only as advice at its stage, and a short bid for all but
    the blockers."""
    if criterion.code in profile.advisory or (profile.short and criterion.severity is not Severity.BLOCKER):
        return Severity.ADVISORY
    return criterion.severity


def weighted(verdicts: Iterable[Verdict], weights: Mapping[str, float]) -> float | None:
    """The share of criteria that are met, from 0 to 1, each counting what the weights say of its code, else of its section,
    else 1. What does not arise, cannot be told or only sums the others counts nothing. None where nothing counts."""
    counts = [(weights.get(each.criterion.code, weights.get(each.criterion.section, 1)), each.met) for each in verdicts
              if (each.met or each.failed) and not each.criterion.sums]
    whole = sum(weight for weight, _ in counts)
    return sum(weight for weight, met in counts if met) / whole if whole else None


def findings_of(verdicts: Iterable[Verdict], source: Source) -> list[Finding]:
    """The unmet criteria as findings, at the section that would answer them."""
    return [Finding(source.key_place((verdict.criterion.section,)), verdict.criterion.code, verdict.severity,
                    f"{verdict.criterion.requirement} Found: {verdict.missing}.", verdict.criterion.remedy)
            for verdict in verdicts if verdict.to_tell]


def said_by_a_criterion(path: str, verdicts: Iterable[Verdict]) -> bool:
    """Whether an unmet criterion that blocks the bid already asks for the field or section at a path, and says why."""
    asked = (field for verdict in verdicts if verdict.failed and verdict.severity is Severity.BLOCKER
             for field in verdict.criterion.fields)
    return any(field == path or field.startswith(f"{path}.") for field in asked)
