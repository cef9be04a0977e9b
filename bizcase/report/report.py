"""What is told of one file, whatever the form in which it is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from bizcase.completeness.lens import LensResult
from bizcase.completeness.verdict import Verdict
from bizcase.errors import Finding
from bizcase.review.rounds import Entry


@dataclass(frozen=True, slots=True)
class Report:
    """Of one file: its title, facts as lines of label and text, findings, verdicts, what the lenses show, and a closing line.

    `log` says where the findings of an earlier round stand; a file is `unread` if nothing could be said of it. `summary`
    holds the facts under names, for other programs.
    """

    file: str
    title: str
    facts: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...] = ()
    lenses: tuple[LensResult, ...] = ()
    conclusion: str = ""
    log: tuple[Entry, ...] = ()
    unread: bool = False
    summary: dict[str, object] = field(default_factory=dict, hash=False)
