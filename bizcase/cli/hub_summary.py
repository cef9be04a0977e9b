"""What a hub reads at the end of a build: what came of each submission, and where the files about all of them are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bizcase.cli.files import quoted
from bizcase.errors import Finding, Severity
from bizcase.hub.batch.comparison import PACK, PORTFOLIO, TABLE
from bizcase.hub.entry import Outcome
from bizcase.package import FORM_ENDING
from bizcase.report.text import finding_text

Item = TypeVar("Item")
COMPARED = {PORTFOLIO: "Comparison", TABLE: "As a table", PACK: "Pack for the panel"}
MOST_TOLD = 25
"""Lines of one kind; a terminal shows no more at once."""


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one submission; `told` is what there is to say about one that is as it was, and `earlier` are files that were
    built of it before it went wrong."""

    name: str
    outcome: Outcome
    findings: tuple[Finding, ...]
    unchanged: bool = False
    told: tuple[Finding, ...] = ()
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What there is to tell of a run. `gone` are submissions that are no longer in the folder, `comparison` the files about all
    of them, `refused` what could not be written or taken over, `aside` the names under which files that somebody edited are
    kept, `judged` whether weights, marks or decisions were taken over, `waiting` the submissions of which they are remembered
    until they are there again; `left` says that nothing was built, and the comparison left; `stopped` after how many of how
    many it was stopped."""

    folder: Path
    out: Path
    lines: tuple[Line, ...]
    passed_over: tuple[Finding, ...]
    gone: tuple[str, ...] = ()
    comparison: tuple[str, ...] = ()
    refused: tuple[Finding, ...] = ()
    aside: tuple[str, ...] = ()
    judged: bool = False
    waiting: tuple[str, ...] = ()
    left: bool = False
    stopped: tuple[int, int] | None = None

    @property
    def wants_attention(self) -> bool:
        return bool(self.refused) or any(line.outcome is Outcome.FAILED for line in self.lines)


def summary_text(summary: Summary) -> str:
    """The summary as a terminal shows it."""
    return "\n".join(_lines(summary))


def _lines(summary: Summary) -> Iterator[str]:
    failed = [line for line in summary.lines if line.outcome is Outcome.FAILED]
    told = [finding for line in summary.lines for finding in line.told]
    unread = [finding for line in summary.lines if line.outcome is not Outcome.FAILED for finding in line.findings
              if finding.severity is not Severity.BLOCKER]
    if failed:
        yield from _under("Not built", failed, lambda line: _failed(line, summary.folder))
    yield from _listed("Built without", unread)
    yield from _listed("To look at", [*told, *summary.refused])
    yield from _listed("Passed over or renamed", summary.passed_over)
    if summary.gone:
        yield from _under("No longer in the folder; their files stay, and are left out of the comparison", summary.gone,
                          lambda name: [f"  {name}"])
    yield from _counted(summary)
    if summary.stopped:
        done, of = summary.stopped
        yield f"Stopped after {done:,} of {of:,}; run it again to go on"
        return
    yield f"Bids and workbooks: {summary.out}"
    yield from (f"{COMPARED.get(file, '') + ':':<20}{summary.out / file}" for file in summary.comparison)
    if summary.judged:
        yield "Your weights, marks and decisions were taken over from the last portfolio"
    if summary.left:
        yield "Nothing could be built, so the comparison is left as it is"
    if summary.waiting:
        yield from _under("Judged, and not in the comparison now; what you typed about them is remembered", summary.waiting,
                          lambda name: [f"  {name}"])
    yield from (f"As you left it:     {summary.out / file}" for file in summary.aside)


def _counted(summary: Summary) -> Iterator[str]:
    counts = Counter(line.outcome for line in summary.lines)
    words = {Outcome.BUILT: "built", Outcome.DRAFT: "built as draft (what is missing is marked)", Outcome.FAILED: "not built"}
    kinds = ", ".join(f"{counts[outcome]:,} {word}" for outcome, word in words.items() if counts[outcome])
    unchanged = sum(line.unchanged for line in summary.lines)
    number = len(summary.lines)
    yield f"{number:,} submission{'' if number == 1 else 's'}: {kinds or 'none built'}"
    if unchanged:
        yield f"{unchanged:,} of them unchanged since the last time, and not built again"


def _failed(line: Line, folder: Path) -> list[str]:
    """The first finding of a submission, and how to come by the others."""
    first, *others = line.findings
    look = "import" if line.name.casefold().endswith(FORM_ENDING) else "check"
    more = [f"    and {len(others):,} more: bizcase {look} {quoted(folder / line.name)}"] if others else []
    stale = [f"    still there from an earlier version: {', '.join(line.earlier)}"] if line.earlier else []
    return [finding_text(first), *more, *stale]


def _listed(heading: str, findings: Sequence[Finding]) -> Iterator[str]:
    if findings:
        yield from _under(heading, findings, lambda finding: [finding_text(finding)])


def _under(heading: str, items: Sequence[Item], told: Callable[[Item], list[str]]) -> Iterator[str]:
    yield f"{heading} ({len(items):,})"
    for item in items[:MOST_TOLD]:
        yield from told(item)
    if len(items) > MOST_TOLD:
        yield f"  and {len(items) - MOST_TOLD:,} more"
    yield ""
