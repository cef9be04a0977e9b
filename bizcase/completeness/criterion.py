"""The register of criteria: what a complete bid holds, why, how much it matters and how it is tested.

The register is data (`schemas/criteria/`). A test is of one of the simple kinds of `simple.py`, or names a function of
`sections/`. How a criterion shows in the words of somebody else's bid stands in `schemas/words/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bizcase import resources
from bizcase.errors import Severity
from bizcase.specification.profile import Profile
from bizcase.specification.source import load_data

Test = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Criterion:
    """`section` is the top-level key of the specification that answers it; `test` is what `simple.shortfall` reads.

    Where `when` is given, the criterion arises only if that test is met. `fields` are the patterns of the fields that the
    test looks at: those that the row of the register gives, else those that its test names.
    """

    code: str
    section: str
    requirement: str
    severity: Severity
    why: str
    remedy: str
    example: str
    test: Test
    when: Test | None
    fields: tuple[str, ...]

    @property
    def sums(self) -> bool:
        """Whether it only sums the verdicts on the others, and asks for nothing of its own."""
        return "follows" in self.test


@cache
def load_criteria() -> tuple[Criterion, ...]:
    """All criteria, in the order of their codes."""
    found: list[Criterion] = []
    for path in resources.files("schemas", "criteria", ".yaml"):
        content = load_data(path.read_text("utf-8"), path.name)
        found += [criterion_of(row.get("section", content.get("section", "")), row) for row in content["criteria"]]
    return tuple(sorted(found, key=lambda criterion: criterion.code))


def criteria_of(profile: Profile) -> tuple[Criterion, ...]:
    """The criteria that a kind of bid is held against: those of the register whose section it prints, then its own."""
    register = (criterion for criterion in load_criteria() if criterion.section in profile.sections)
    return (*register, *(criterion_of(row["section"], row) for row in profile.criteria))


def criterion_of(section: str, row: Mapping[str, Any]) -> Criterion:
    """The criterion that a sound row of a register describes."""
    return Criterion(row["code"], section, row["requirement"].strip(), Severity(row["severity"]), row["why"].strip(),
                     row["remedy"].strip(), row.get("example", "").strip(), row["test"], row.get("when"),
                     tuple(row.get("fields") or dict.fromkeys(_fields_of(row["test"]))))


def _fields_of(test: Test) -> Iterator[str]:
    """The fields that a test of a simple kind names."""
    yield from (test[kind] for kind in ("present", "rows", "any_row", "every", "words", "number", "is") if kind in test)
    for kind in ("all_of", "any_of"):
        for inner in test.get(kind, ()):
            yield from _fields_of(inner)
