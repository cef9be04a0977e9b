"""Explains a code: the faults of a file, a profile or a template, the doubts about a bid, what is not accessible, what is
found in a bid or a form that arrives, what is told to a hub (`schemas/faults.yaml`), and the criteria of a complete bid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bizcase import resources
from bizcase.completeness.criterion import load_criteria
from bizcase.errors import Severity
from bizcase.specification.source import load_data

GROUPS = ("faults", "templates", "accessibility", "doubts", "review", "forms", "hub")
"""Those of `schemas/faults.yaml`."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code means, why it matters, what to do, and an example of it done well."""

    code: str
    title: str
    severity: Severity
    why: str
    remedy: str
    example: str


@cache
def explanations() -> dict[str, Explanation]:
    """Every code the product can give, in order."""
    path = resources.folder("schemas") / "faults.yaml"
    content = load_data(path.read_text("utf-8"), path.name)
    faults = [Explanation(code, row["title"], Severity(row.get("severity", Severity.ERROR)), row["why"].strip(),
                          row["remedy"].strip(), str(row["example"]).strip())
              for group in GROUPS for code, row in content[group].items()]
    criteria = [Explanation(criterion.code, criterion.requirement, criterion.severity, criterion.why, criterion.remedy,
                            criterion.example) for criterion in load_criteria()]
    return {found.code: found for found in sorted([*faults, *criteria], key=lambda found: found.code)}
