"""What can be wrong, as values: a place, a finding, and the error that carries findings when work cannot go on.

This module imports nothing of ours, so that every room can use it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters. `ERROR` means the specification cannot be trusted; the others follow the manual."""

    ERROR = "error"
    BLOCKER = "blocker"
    MAJOR = "major"
    ADVISORY = "advisory"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, a line and column (from 1; 0 is unknown) and the path of the field; or, in a file
    without lines, words for it: `under “Risks”, paragraph 3`, or `sheet Costs, cell D7`."""

    file: str = ""
    line: int = 0
    column: int = 0
    path: str = ""
    where: str = ""

    def __str__(self) -> str:
        if not self.line:
            return ", ".join(filter(None, (self.file, self.where)))
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell about the user's material. `message` says what was found and what is allowed."""

    place: Place
    code: str
    severity: Severity
    message: str
    hint: str = ""


def in_reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without repeats, sorted as the user meets them: by file, line, column, then code."""
    unique = dict.fromkeys(findings)
    return sorted(unique, key=lambda f: (f.place.file, f.place.line, f.place.column, f.code, f.message))


class BizcaseError(Exception):
    """The work cannot go on. The findings say why; they are positional, so that the error survives being pickled."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(f"{f.place}: {f.code} {f.message}" for f in self.findings)


class UnreadableFile(BizcaseError):
    """A file that cannot be read at all: missing, empty, binary, too large, not UTF-8."""


class UnsoundSpecification(BizcaseError):
    """A specification with errors: nothing may be computed from it."""


class UnsoundProfile(BizcaseError):
    """The file of a profile has faults: no specification can be checked against it."""


class IncompleteBid(BizcaseError):
    """Blockers stand between this specification and a finished bid."""


class OutputRefused(BizcaseError):
    """The outputs cannot be written where the user asked."""


class TemplateFault(BizcaseError):
    """A template cannot be rendered, or rendered something that is not whole."""


class WorkbookDisagrees(BizcaseError):
    """A recalculated formula of the workbook and the appraisal give different answers."""


class OfficeFailed(BizcaseError):
    """LibreOffice is not there, or did not do its work."""
