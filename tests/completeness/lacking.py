"""What can be taken out of the improved sample, and what must then be said: one entry, or several, for each criterion."""

from __future__ import annotations

from dataclasses import dataclass

from tests.completeness.spoiling import Change


@dataclass(frozen=True, slots=True)
class Lack:
    """What is taken out, the criterion that must then fail, and the words in which it is told."""

    code: str
    what: str
    change: tuple[Change, ...]
    says: str
    also: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.code} {self.what}"


def lack(code: str, what: str, *change: Change, says: str, also: str = "") -> Lack:
    return Lack(code, what, change, says, frozenset(also.split()))
