"""Findings as text for a terminal. Returns text; prints nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from textwrap import wrap

from bizcase.errors import Finding, Severity

HEADINGS = {Severity.ERROR: "Errors", Severity.BLOCKER: "Blockers", Severity.MAJOR: "Major gaps", Severity.ADVISORY: "Advice"}
MOST_SHOWN = 200
"""More findings than this nobody reads in a terminal."""


def visible(text: str) -> str:
    """Text from a file as it may reach a terminal: control and direction characters made visible."""
    return "".join(c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in text)


def finding_text(finding: Finding) -> str:
    """`file:line:column: CODE message`, then the hint on a line of its own. What is less than an error says so."""
    grade = "" if finding.severity is Severity.ERROR else f"{finding.severity}: "
    text = f"{finding.place}: {finding.code} {grade}{finding.message}"
    return visible(text + (f"\n    hint: {finding.hint}" if finding.hint else ""))


def first_of(findings: Sequence[Finding]) -> list[str]:
    """The findings as a terminal shows them: of very many the first, and how many more."""
    more = [f"and {len(findings) - MOST_SHOWN:,} more; --format json lists all"] if len(findings) > MOST_SHOWN else []
    return [*map(finding_text, findings[:MOST_SHOWN]), *more]


def counted(findings: Sequence[Finding]) -> str:
    """How many findings of each severity: `2 errors, 1 blocker`."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(_number_of(severity, counts[severity]) for severity in Severity if counts[severity]) or "no findings"


def _number_of(severity: Severity, count: int) -> str:
    takes_an_s = severity in (Severity.ERROR, Severity.BLOCKER) and count > 1
    return f"{count} {severity.value}{'s' if takes_an_s else ''}"


def by_severity(findings: Sequence[Finding], width: int = 100) -> list[str]:
    """The findings of one file under a heading for each severity, without its name and without hints; advice is counted alone."""
    lines: list[str] = []
    for severity in (Severity.ERROR, Severity.BLOCKER, Severity.MAJOR):
        found = [finding for finding in findings if finding.severity is severity]
        if found:
            lines += ["", f"{HEADINGS[severity]} ({len(found)})"]
            lines += [line for finding in found[:MOST_SHOWN] for line in _under_its_code(finding, width)]
            lines += [f"  and {len(found) - MOST_SHOWN:,} more"] if len(found) > MOST_SHOWN else []
    advice = sum(finding.severity is Severity.ADVISORY for finding in findings)
    if advice:
        lines += ["", f"{HEADINGS[Severity.ADVISORY]} ({advice}): --format html or xlsx has all, with what to do"]
    return lines


def _under_its_code(finding: Finding, width: int) -> list[str]:
    where = f" [{finding.place.where}]" if finding.place.where else ""
    return wrap(visible(f"{finding.message}{where}"), width, initial_indent=f"  {finding.code:<6}", subsequent_indent=" " * 8)
