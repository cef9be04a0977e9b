"""Reviews one bid, with its workbook if it came along: all that can be said of the two, as one value.

A bid of ours carries how it was built, so its verdicts are those of its specification as the bid now reads. Of anybody else's,
only the words speak. What contradicts itself and what was left in is looked for in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bizcase.completeness.verdict import Degree, Verdict
from bizcase.document.picture_rules import picture_findings
from bizcase.document.preflight import word_parts
from bizcase.document.reader import read_word
from bizcase.errors import Finding, Place, Severity
from bizcase.review.active import active_content
from bizcase.review.bid_or_not import other_kind
from bizcase.review.changes import OwnBid, OwnWorkbook, alone_findings, own_bid, own_workbook, pair_findings, stale_findings
from bizcase.review.judging import judge
from bizcase.review.leftovers import hygiene, over_limits
from bizcase.review.mapping import Placed, placed
from bizcase.review.own_bid import OwnVerdicts, own_verdicts
from bizcase.review.returns import contradicted_returns
from bizcase.review.returns_in_words import returns_in_words
from bizcase.review.said_twice import said_twice
from bizcase.review.sheets import error_findings, sheets_of
from bizcase.review.split import split_findings
from bizcase.review.submission import Kind, Submission
from bizcase.review.sums import sum_findings
from bizcase.review.times import time_findings
from bizcase.review.word_limits import counted_parts
from bizcase.review.word_reader import submission_of
from bizcase.specification.profile import DEFAULT, Profile, load_profile, profile_names
from bizcase.specification.shape import load_shape
from bizcase.workbook.preflight import excel_parts

NOT_READ, NO_BID = "B03", "B05"
THEIRS = "somebody else: judged by its words alone, so look at the passages before you rely on it"
LOOKS = (sum_findings, split_findings, said_twice, contradicted_returns, returns_in_words, time_findings)
"""How figures in the text and tables of a bid are held against each other."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reviewer asks: against which profile (none: that of the bid, else the usual one), and whether the bid still is
    that of a specification, by its digest and those of its sections."""

    profile: Profile | None = None
    digest: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What is said of one bid. `doubts` are those that were raised, by code; None where nobody could look for any."""

    name: str
    title: str
    profile: Profile
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]
    facts: tuple[tuple[str, str], ...]
    doubts: Mapping[str, Finding] | None = None
    submission: Submission | None = None


def reviewed_bid(content: bytes, name: str, asked: Asked, workbook: tuple[bytes, str] | None = None) -> Reviewed:
    """The review of a Word bid, and of the workbook that came with it. Raises UnreadableFile for the bid; a workbook that
    cannot be read is a finding."""
    parts = word_parts(content, name)
    reading = read_word(parts, name)
    submission = submission_of(reading, parts, name)
    own = own_bid(parts, name, reading)
    beside, of_the_workbook = _beside(own, workbook, asked)
    profile = asked.profile or _profile_of(own)
    mine = own_verdicts(content, own, submission, profile) if own is not None else None
    passages = placed(submission) if mine is None else ()
    kind = other_kind(submission) if mine is None else None
    verdicts = mine.verdicts if mine is not None else () if kind else tuple(
        map(_for_a_reader, judge(passages, submission, profile)))
    findings = [
        *active_content(parts, name), *_not_a_bid(kind, name), *_not_read(submission),
        *(own.changes.findings if own else ()), *of_the_workbook,
        *(stale_findings(own.provenance.facts, name, asked.digest, asked.sections) if own else ()),
        *(mine.findings if mine is not None else _unmet(verdicts, name)), *_figures(submission),
        *hygiene(submission, profile, picture_findings(reading)),
        *(over_limits(name, counted_parts(passages, profile, load_shape())) if mine is None else ())]
    return Reviewed(name, submission.title, profile, tuple(dict.fromkeys(findings)), verdicts,
                    tuple(_facts(submission, own, mine, beside, passages, verdicts)), mine.doubts if mine else None, submission)


def reviewed_workbook(content: bytes, name: str, asked: Asked) -> Reviewed:
    """The review of a workbook that came alone. Raises UnreadableFile."""
    parts = excel_parts(content, name)
    own = own_workbook(parts, name)
    profile = asked.profile or load_profile(DEFAULT)
    if own is None:
        sheets = sheets_of(parts, name)
        found = (*active_content(parts, name), *error_findings(sheets), *sum_findings(sheets.submission))
        return Reviewed(name, "", profile, found, (),
                        (("Written by", "somebody else"), ("Sheets", str(len(sheets.titles)))))
    findings = (*active_content(parts, name), *own.changes.findings, *alone_findings(own),
                *stale_findings(own.provenance.facts, name, asked.digest, asked.sections))
    return Reviewed(name, "", profile, findings, (), (("Written by", _built_by(own)),))


def _beside(own: OwnBid | None, workbook: tuple[bytes, str] | None, asked: Asked
            ) -> tuple[OwnWorkbook | None, tuple[Finding, ...]]:
    """The workbook that came along, and what is said of it by itself and beside the bid."""
    from bizcase.errors import UnreadableFile

    if workbook is None:
        return None, ()
    content, name = workbook
    try:
        found = own_workbook(excel_parts(content, name), name)
    except UnreadableFile as unreadable:
        return None, unreadable.findings
    if found is None:
        return None, reviewed_workbook(content, name, asked).findings
    return found, (*found.changes.findings, *(pair_findings(own, found) if own else alone_findings(found)))


def _profile_of(own: OwnBid | None) -> Profile:
    """The profile that a bid of ours was built with, where it is known here; else the usual one."""
    from bizcase.case import open_profile
    from bizcase.errors import BizcaseError

    facts = own.provenance.facts if own else None
    if facts is not None and facts.profile_text:
        try:
            return open_profile(facts.profile_text, facts.profile, lambda _: True)
        except BizcaseError:
            return load_profile(DEFAULT)
    return load_profile(facts.profile if facts is not None and facts.profile in profile_names() else DEFAULT)


def _not_read(submission: Submission) -> Iterator[Finding]:
    for what in submission.skipped:
        yield Finding(Place(submission.name), NOT_READ, Severity.ADVISORY, f"not reviewed: {what}",
                      "put its words into the document itself; until then nothing can be called complete")


def _not_a_bid(kind: str | None, name: str) -> Iterator[Finding]:
    if kind:
        yield Finding(Place(name), NO_BID, Severity.BLOCKER, f"this reads like {kind} and not like a bid; no criterion is judged",
                      "if it is a bid after all, say in it what you ask for, at what cost and for what benefit")


def _for_a_reader(verdict: Verdict) -> Verdict:
    """Who has only a Word file cannot fill in a field: what is to be done is to meet the requirement."""
    return replace(verdict, criterion=replace(verdict.criterion, remedy=verdict.criterion.requirement))


def _unmet(verdicts: tuple[Verdict, ...], name: str) -> Iterator[Finding]:
    """What a stranger's bid lacks, at the passage that comes nearest to it."""
    titles = {section.name: section.title for section in load_shape().sections}
    for verdict in verdicts:
        if verdict.to_tell:
            place = verdict.evidence[0].place if verdict.evidence else Place(name)
            criterion = verdict.criterion
            yield Finding(place, criterion.code, verdict.severity, f"{_found(verdict)} Asked: {criterion.requirement}",
                          f"it belongs under “{titles[criterion.section]}”; `bizcase explain {criterion.code}` shows how")


def _found(verdict: Verdict) -> str:
    degree = "In part" if verdict.degree is Degree.PARTLY else "Absent"
    return f"{degree}; {verdict.missing}." if verdict.missing else f"{degree}."


def _figures(submission: Submission) -> list[Finding]:
    return [found for look in LOOKS for found in look(submission)]


def _facts(submission: Submission, own: OwnBid | None, mine: OwnVerdicts | None, beside: OwnWorkbook | None,
           passages: tuple[Placed, ...], verdicts: tuple[Verdict, ...]) -> Iterator[tuple[str, str]]:
    yield "Title", submission.title
    yield "Written by", _built_by(own) if own else THEIRS
    if own and not own.provenance.passages:
        yield "Changes", "cannot be told: it was built with --no-embed"
    if mine is not None and mine.rests_on:
        yield "As it was built", f"verdicts on {', '.join(mine.rests_on)} rest on what was built in; the text was edited since"
    if beside is not None:
        yield "Workbook", beside.name
    words = sum(len(passage.text.split()) for passage in submission.body if passage.kind is not Kind.HEADING)
    yield "Words", f"{words:,}"
    if passages:
        found = {each.section for each in passages if each.section}
        yield "Sections found", f"{len(found)} of {len(load_shape().sections)}"
    judged = [each for each in verdicts if not each.criterion.sums]
    counts = {degree: sum(each.degree is degree for each in judged) for degree in Degree}
    yield "Criteria", ", ".join(f"{count} {degree.value}" for degree, count in counts.items() if count)
    if submission.skipped:
        yield "Not reviewed", "; ".join(submission.skipped)


def _built_by(own: OwnBid | OwnWorkbook) -> str:
    facts = own.provenance.facts
    return f"bizcase {facts.version}, profile {facts.profile}, rates {facts.parameters}{', a draft' if facts.draft else ''}"
