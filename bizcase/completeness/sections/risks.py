"""Risks, and resistance with its answer (manual S15)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bizcase.completeness.sections.looking import rows_at, told
from bizcase.specification.project import Project

_TELLING = re.compile(r"[^\W\d_]{5,}")
"""Words long enough to tell one story from another."""
_COMMON = frozenset({"about", "after", "again", "could", "doctor", "first", "never", "nurses", "other", "patien", "people",
                     "projec", "servic", "staff", "their", "there", "these", "those", "which", "while", "would"})
"""The stems of words that stand in any bid."""


def resistance_is_answered_with_a_resource(project: Project) -> str | None:
    """Each resistant stakeholder has a row of resistance, and the row a resource (C15.2)."""
    answered = {row["stakeholder"]: row.get("resource") for row in rows_at(project, "risks.resistance")}
    resistant = [row["id"] for row in rows_at(project, "stakeholders.map") if row.get("stance") == "resistant"]
    return told(f"the answer to the resistance of {name} names no resource" if name in answered else
                f"risks.resistance has no row for {name}, who resists" for name in resistant if not answered.get(name))


def earlier_failures_are_carried_in(project: Project) -> str | None:
    """Each earlier attempt with a cause of its failure is met again among risks or resistance: by its id, its year, or words
    of what it was and why it failed (C15.4)."""
    register = [_words_of(row) for name in ("register", "resistance") for row in rows_at(project, f"risks.{name}")]
    return told(f"no risk takes up {row['id']} ({row['what']})" for row in rows_at(project, "innovation.prior_attempts")
                if "cause" in row and not any(_takes_up(text, row) for text in register))


def _takes_up(text: str, attempt: Mapping[str, Any]) -> bool:
    named = [str(attempt[name]) for name in ("id", "when") if name in attempt]
    if any(re.search(rf"\b{re.escape(name)}\b", text) for name in named):
        return True
    return bool(_stems(text) & _stems(f"{attempt['what']} {attempt['cause']}"))


def _stems(text: str) -> set[str]:
    """The telling words of a text without their endings: a threshold and thresholds are one."""
    return {word[:6] for word in _TELLING.findall(text.casefold())} - _COMMON


def _words_of(row: Mapping[str, Any]) -> str:
    return " ".join(str(row[name]) for name in ("title", "cause", "mitigation", "response", "trigger") if name in row)


FUNCTIONS = (resistance_is_answered_with_a_resource, earlier_failures_are_carried_in)
