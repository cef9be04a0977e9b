"""What was changed in files of ours since they were built, and whether a bid and a workbook belong together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bizcase import __version__
from bizcase.document.reader import read_word
from bizcase.document.reading import Reading
from bizcase.errors import Finding, Place, Severity
from bizcase.provenance import Facts, Provenance
from bizcase.review.provenance import of_word_parts
from bizcase.review.story import story_of
from bizcase.review.word_changes import BidChanges, word_changes
from bizcase.review.workbook_changes import FORMULA, Stale, WorkbookChanges, figures_finding, workbook_changes
from bizcase.review.workbook_open import opened
from bizcase.specification.parameters import load_parameters, parameter_set_names
from bizcase.specification.words import listed

NOT_A_PAIR, STALE = "B18", "B19"


@dataclass(frozen=True, slots=True)
class OwnBid:
    """A bid of ours: what it carries, and what was changed in it. `changes` is empty where it was built with --no-embed."""

    name: str
    provenance: Provenance
    changes: BidChanges


@dataclass(frozen=True, slots=True)
class OwnWorkbook:
    """A workbook of ours, in the same way."""

    name: str
    provenance: Provenance
    changes: WorkbookChanges


def own_bid(parts: Mapping[str, bytes], name: str, reading: Reading | None = None) -> OwnBid | None:
    """A bid compared with what it was, from its parts as `word_parts` gives them, and its reading if there is one already;
    nothing where it is not ours."""
    was = of_word_parts(parts)
    if was is None:
        return None
    story = story_of(reading or read_word(parts, name), parts)
    return OwnBid(name, was, word_changes(was, story, name) if was.passages else BidChanges(()))


def own_workbook(parts: Mapping[str, bytes], name: str) -> OwnWorkbook | None:
    """A workbook compared with what it was, worked out anew, from its parts; nothing where it is not ours.

    Raises ValueError where it is no workbook.
    """
    found = opened(parts)
    if found is None:
        return None
    if not found.provenance.sheets:
        return OwnWorkbook(name, found.provenance, WorkbookChanges((), ()))
    changes = workbook_changes(found.provenance, found.book, name, found.chosen)
    if found.not_worked_out:
        unsure = _finding(name, FORMULA, Severity.MAJOR,
                          f"{found.not_worked_out}; its values are taken as they were saved",
                          "open it in Excel, correct the formulas that show an error, and save it")
        changes = WorkbookChanges((unsure, *changes.findings), changes.stale)
    return OwnWorkbook(name, found.provenance, changes)


def alone_findings(workbook: OwnWorkbook) -> tuple[Finding, ...]:
    """The figures of a workbook without its bid that are no longer what both were built with."""
    return (figures_finding(workbook.name, workbook.changes.stale),) if workbook.changes.stale else ()


def pair_findings(bid: OwnBid, workbook: OwnWorkbook) -> tuple[Finding, ...]:
    """Whether a bid and a workbook belong together, and which figures the one prints and the other does not give."""
    apart = tuple(_apart(bid, workbook))
    if apart:
        return apart
    stale = figures_that_differ(bid, workbook)
    return (figures_finding(workbook.name, stale),) if stale else ()


def figures_that_differ(bid: OwnBid, workbook: OwnWorkbook) -> tuple[Stale, ...]:
    """The Figures whose text in the bid, as it is now, is not what the workbook, as it is now, gives."""
    given = {found.id: found for found in workbook.changes.stale}
    printed = bid.changes.figures
    found = []
    for name, figure in workbook.provenance.figures.items():
        told = given.get(name) or Stale(name, figure.label, figure.text, figure.text, figure.sheet, figure.cell)
        text = printed.get(name, figure.text)
        if text != told.workbook and (name in printed or name in bid.provenance.figures):
            found.append(Stale(name, figure.label, text, told.workbook, told.sheet, told.cell))
    return tuple(found)


def _apart(bid: OwnBid, workbook: OwnWorkbook) -> Iterator[Finding]:
    one, other = bid.provenance.facts, workbook.provenance.facts
    if one.build == other.build:
        return
    if one.digest != other.digest:
        sections = _different(one.sections, other.sections)
        which = f"they differ in {listed(sections)}" if sections else "they are written differently"
        yield _finding(bid.name, NOT_A_PAIR, Severity.MAJOR,
                       f"it does not belong to {workbook.name}: the two were built from different specifications; {which}",
                       "take the two files of one build, or build both again")
        return
    others = [words for words, a, b in (
        ("the parameter set", (one.parameters, one.checked), (other.parameters, other.checked)),
        ("the profile", (one.profile, one.profile_text), (other.profile, other.profile_text)),
        ("the version of bizcase", one.version, other.version), ("draft or finished", one.draft, other.draft)) if a != b]
    if others:
        yield _finding(bid.name, NOT_A_PAIR, Severity.ADVISORY,
                       f"it was not built together with {workbook.name}: the specification is the same, and {listed(others)} "
                       f"{'differs' if len(others) == 1 else 'differ'}", "build both again from one specification")


def stale_findings(facts: Facts, name: str, digest: str = "", sections: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """How old a file is: built by another version or with a parameter set that is not as it was. `digest` and `sections` are
    those of the specification as it is now, where it is at hand."""
    return tuple(_stale(facts, name, digest, sections))


def _stale(facts: Facts, name: str, digest: str, sections: Mapping[str, str] | None) -> Iterator[Finding]:
    again = "build it again"
    if facts.version != __version__:
        yield _finding(name, STALE, Severity.ADVISORY, f"it was built with bizcase {facts.version}; this is {__version__}", again)
    if facts.parameters not in parameter_set_names():
        yield _finding(name, STALE, Severity.ADVISORY,
                       f"it was built with the parameter set {facts.parameters}, which this version does not have", again)
    elif str(load_parameters(facts.parameters).checked) != facts.checked:
        yield _finding(name, STALE, Severity.ADVISORY,
                       f"it was built with the parameter set {facts.parameters} as it stood on {facts.checked}; "
                       f"it has been compared again on {load_parameters(facts.parameters).checked}", again)
    if digest and digest != facts.digest:
        changed = _different(facts.sections, sections or {})
        yield _finding(name, STALE, Severity.MAJOR,
                       "the specification has changed since it was built" + (f": {listed(changed)}" if changed else ""), again)


def _different(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]


def _finding(name: str, code: str, severity: Severity, message: str, hint: str) -> Finding:
    return Finding(Place(name), code, severity, message, hint)

