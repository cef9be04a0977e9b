"""The register of criteria: what a complete bid holds, why, how much it matters and how it is tested.

The register is data (`schemas/criteria/`). A test is of one of the simple kinds below, or names a function in `tests.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from bizcase import resources
from bizcase.errors import Severity
from bizcase.specification.source import load_data


@dataclass(frozen=True, slots=True)
class Criterion:
    """`section` is the top-level key of the specification that answers it; `test` is what `tests.shortfall` reads.

    `fields` are the patterns of the fields that the test looks at.
    """

    code: str
    section: str
    requirement: str
    severity: Severity
    why: str
    remedy: str
    example: str
    test: dict[str, Any]
    fields: tuple[str, ...]


@cache
def load_criteria() -> tuple[Criterion, ...]:
    """All criteria, in the order of their codes."""
    found = []
    for path in resources.files("schemas", "criteria", ".yaml"):
        content = load_data(path.read_text("utf-8"), path.name)
        found += [_criterion(content["section"], row) for row in content["criteria"]]
    return tuple(sorted(found, key=lambda criterion: criterion.code))


def _criterion(section: str, row: dict[str, Any]) -> Criterion:
    return Criterion(row["code"], section, row["requirement"].strip(), Severity(row["severity"]), row["why"].strip(),
                     row["remedy"].strip(), row["example"].strip(), row["test"],
                     (*row.get("fields", ()), *_fields_of(row["test"])))


def _fields_of(test: dict[str, Any]) -> Iterator[str]:
    """The fields that a test of a simple kind names."""
    yield from (test[kind] for kind in ("present", "rows", "every") if kind in test)
    for inner in test.get("all_of", ()):
        yield from _fields_of(inner)
