"""What its author forgot in a bid: placeholders, empty sections, changes and comments, hidden text, words over a limit, and
what must not leave the house.

Codes B30 to B39 (`schemas/faults.yaml`). What is told of pictures without alt text is the accessibility gate's own finding
(H12, H13), so that nothing is said twice under two codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bizcase.document.reading import shortened
from bizcase.errors import Finding, Place, Severity
from bizcase.review.headings import DRAFT
from bizcase.review.identifiers import nhs_numbers
from bizcase.review.submission import Kind, Left, Leftover, Passage, Submission
from bizcase.specification.left_in import placeholders_in
from bizcase.specification.limits import Counted
from bizcase.specification.profile import Profile

OF_THE_GATE = ("H12", "H13")
"""The codes of the accessibility gate that belong to what was forgotten; its others are told by `bizcase check` alone."""

_TAG = re.compile(r"\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}|«[^«»]{1,60}»|<<[^<>]{1,60}>>")
_CHANGES = (Left.INSERTION, Left.DELETION, Left.MOVE, Left.LOOK)
_ACCEPT = "in Word: Review > Accept or Reject, until none is left"
_MOST_NAMES = 4


def hygiene(submission: Submission, profile: Profile | None = None, accessibility: Iterable[Finding] = ()) -> list[Finding]:
    """What was left in a bid, in the order of the bid where it has one.

    `profile` names the markings that must not be in it; `accessibility` is what the gate found in the same file.
    """
    markings = {marking: _as_marking(marking) for marking in (profile.markings if profile is not None else ())}
    found = [finding for passage in submission.passages for finding in _in_passage(submission.name, passage, markings)]
    return [*found, *_draft(submission), *_empty_sections(submission), *_changes(submission), *_left(submission),
            *(finding for finding in accessibility if finding.code in OF_THE_GATE)]


def over_limits(name: str, counted: Iterable[Counted]) -> list[Finding]:
    """The parts of a bid, or sections in them, with more words than the profile allows."""
    return [_finding(name, f"under “{shortened(each.title)}”", "B37", Severity.MAJOR,
                     f"{each.title} has {each.words:,} words; at most {each.limit:,} are allowed",
                     f"take out {each.over:,} words") for each in counted if each.over]


def _in_passage(name: str, passage: Passage, markings: Mapping[str, re.Pattern[str]]) -> Iterator[Finding]:
    if passage.kind is not Kind.GUIDANCE:
        words = list(dict.fromkeys(placeholders_in(passage.text)))
        if words:
            yield _finding(name, passage.where, "B30", Severity.MAJOR, f"{_quoted(words)} stands for words still to come",
                           "write what belongs there, or take it out")
    tags = list(dict.fromkeys(_TAG.findall(passage.text)))
    if tags:
        yield _finding(name, passage.where, "B31", Severity.MAJOR, f"{_quoted(tags)} is a field of a template, never filled in",
                       "write what belongs there, or build the bid again")
    for marking, pattern in markings.items():
        if pattern.search(passage.text):
            yield _finding(name, passage.where, "B38", Severity.MAJOR, f"it is marked “{marking}”",
                           "take the text out, or ask its owner whether it may be shared")
    for number in nhs_numbers(passage.text):
        yield _finding(name, passage.where, "B39", Severity.BLOCKER,
                       f"a number that ends in {number[-3:]} can be an NHS number of a patient",
                       "take it out; if it is another kind of number, say which before it")


def _draft(submission: Submission) -> Iterator[Finding]:
    """Our own drafts say in each section what is still missing; that is told once."""
    gaps = [passage for passage in submission.passages if passage.kind is Kind.GUIDANCE and DRAFT.match(passage.text)]
    if gaps:
        places = "1 place" if len(gaps) == 1 else f"{len(gaps):,} places"
        yield _finding(submission.name, gaps[0].where, "B32", Severity.MAJOR, f"this is a draft: at {places} it says what is "
                       "still missing; here is the first", "fill the gaps, and build it without --draft")


def _empty_sections(submission: Submission) -> Iterator[Finding]:
    """Headings with nothing below them, neither text nor a picture nor a deeper heading."""
    passages = [passage for passage in submission.passages if passage.kind not in (Kind.MARGIN, Kind.GUIDANCE, Kind.NOTE)]
    for passage, after in zip(passages, [*passages[1:], None], strict=True):
        chain = (*passage.headings, passage.text)
        if passage.kind is Kind.HEADING and (after is None or after.headings[:len(chain)] != chain):
            what = "is not answered" if passage.table else "has nothing below it"
            yield _finding(submission.name, passage.where, "B33", Severity.MAJOR, f"“{shortened(passage.text)}” {what}",
                           "write it, or take the heading out")


def _changes(submission: Submission) -> Iterator[Finding]:
    """Tracked changes are told together: how many, by whom, and where the first is."""
    changes = [left for left in submission.leftovers if left.what in _CHANGES]
    if changes:
        many = "1 tracked change is" if len(changes) == 1 else f"{len(changes):,} tracked changes are"
        yield _finding(submission.name, changes[0].where, "B34", Severity.MAJOR,
                       f"{many} neither accepted nor rejected{_by(changes)}; the first {_said(changes[0])}", _ACCEPT)


def _by(changes: list[Leftover]) -> str:
    names = sorted({left.author for left in changes if left.author})
    if not names:
        return ""
    more = f" and {len(names) - _MOST_NAMES} others" if len(names) > _MOST_NAMES else ""
    return f", by {', '.join(names[:_MOST_NAMES])}{more}"


def _said(change: Leftover) -> str:
    verb = {Left.INSERTION: "puts in", Left.DELETION: "takes out", Left.MOVE: "moves"}.get(change.what, "changes the look")
    return f"{verb} “{shortened(change.text)}”" if change.text and change.what is not Left.LOOK else verb


def _left(submission: Submission) -> Iterator[Finding]:
    """Comments, hidden text, and fields of a form that nobody filled in, each at its place."""
    for left in submission.leftovers:
        if left.what in _TOLD:
            code, told, hint = _TOLD[left.what]
            by = f" by {left.author}" if left.author else ""
            yield _finding(submission.name, left.where, code, Severity.MAJOR, f"{told}{by}: “{shortened(left.text)}”", hint)


_TOLD = {
    Left.COMMENT: ("B35", "a comment is left", "answer it, then in Word: Review > Delete"),
    Left.HIDDEN: ("B36", "text is hidden", "in Word: Home > Show, then delete it, or clear Hidden under Home > Font"),
    Left.UNFILLED: ("B30", "a field is not filled in", "fill it in, or take it out"),
}


def _as_marking(marking: str) -> re.Pattern[str]:
    """The marking as whole words, whatever the capitals and the blanks between."""
    return re.compile(r"(?<!\w)" + r"\s+".join(re.escape(word) for word in marking.split()) + r"(?!\w)", re.I)


def _quoted(words: list[str]) -> str:
    return ", ".join(f"“{shortened(word)}”" for word in words)


def _finding(name: str, where: str, code: str, severity: Severity, message: str, hint: str) -> Finding:
    return Finding(Place(name, where=where), code, severity, message, hint)
