"""Dates that contradict each other: what belongs to the grant and comes after its end (B23), an end before its start (B25), a
length that its dates do not have (B26), a day that no calendar has (B28)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise

from bizcase.errors import Finding, Place, Severity
from bizcase.review.amounts_in_text import months_in
from bizcase.review.dates_in_text import Dated, dates_in, impossible_dates_in
from bizcase.review.lexicon import any_of, words_file
from bizcase.review.submission import Kind, Submission, Table

AFTER_THE_GRANT, BACKWARDS, LENGTH, NO_SUCH_DAY = "B23", "B25", "B26", "B28"
LONGEST_HEADING = 25
"""Characters of a heading of a column of dates."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(])|\n+")
_RANGE = re.compile(r"\s*(?:to|until|till|through|[–—-])\s*", re.IGNORECASE)
_THEN_ENDS = re.compile(r"[\s,;.|)]*(?:and\s+|it\s+|will\s+)*(?:ends?|finish(?:es)?|clos(?:es|ing)|complet(?:es|ion))\b[\s:|]*"
                        r"(?:on\s+|in\s+|date\s*)?:?\s*", re.IGNORECASE)
_STARTS = re.compile(r"\b(?:start|begin|from)", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:end|finish|to|until|complet)", re.IGNORECASE)


@cache
def _words(name: str) -> re.Pattern[str]:
    return any_of(words_file("figures")[name])


def time_findings(submission: Submission) -> list[Finding]:
    """All dates that contradict each other."""
    lines = list(_lines(submission))
    end = _end_of_the_grant(lines)
    found = [finding for text, where in lines for finding in (*_of_ranges(text, where, submission.name),
                                                              *_impossible(text, where, submission.name))]
    found += [finding for table in submission.tables for finding in _of_columns(table, submission.name)]
    if end is not None:
        found += [finding for text, where in lines for finding in _late(text, where, end, submission.name)]
    return found


def _lines(submission: Submission) -> Iterator[tuple[str, str]]:
    """Sentences of the text and rows of the tables, each with its place."""
    for passage in submission.body:
        if passage.kind not in (Kind.CELL, Kind.HEADING):
            for sentence in _SENTENCE.split(passage.text):
                yield sentence, passage.where
    for table in submission.tables:
        for number, row in enumerate(table.rows, 1):
            yield " | ".join(row), f"{table.where}, row {number}"


def _end_of_the_grant(lines: list[tuple[str, str]]) -> tuple[Dated, str] | None:
    """The last date that is called the end of the grant or the funding, or ends its period, if one is."""
    ends = [(found, where) for text, where in lines for found in (*_ends_in(text), *_ends_of_periods_in(text))]
    return max(ends, key=lambda end: end[0].last, default=None)


def _ends_in(text: str) -> Iterator[Dated]:
    for words in _words("grant_end").finditer(text):
        yield from [found for found in dates_in(text) if 0 <= found.start - words.end() <= 30][:1]


def _ends_of_periods_in(text: str) -> Iterator[Dated]:
    """`Grant period: 1 June 2026 to 31 May 2027`, and `April 2027 last night of the grant`."""
    dates = dates_in(text)
    for words in _words("grant_period").finditer(text):
        after = [found for found in dates if 0 <= found.start - words.end() <= 30]
        ranges = [second for first, second in pairwise(dates)
                  if after and first == after[0] and _RANGE.fullmatch(text[first.end:second.start])]
        before = [found for found in dates if 0 <= words.start() - found.end <= 2] if words[0].startswith("last") else []
        yield from (ranges or before)[:1]


def _late(text: str, where: str, end: tuple[Dated, str], file: str) -> Iterator[Finding]:
    """What is part of the funded work, or said to come before its end, and is dated after it; what lies beyond the grant by
    its nature is left alone."""
    promised = _words("before_the_end").search(text) is not None
    funded = _words("within_the_grant").search(text) and not _words("beyond_the_grant").search(text)
    if not (promised or funded) or (_words("grant_end").search(text) and not promised):
        return
    late = [found for found in dates_in(text) if found.first > end[0].last]
    if late:
        yield Finding(Place(file, where=where), AFTER_THE_GRANT, Severity.MAJOR,
                      f"{late[0].text} is after the end of the grant ({end[0].text}, {end[1]}): “{_short(text)}”",
                      "bring it forward, or say who pays for it after the grant")


def _of_ranges(text: str, where: str, file: str) -> Iterator[Finding]:
    dates = dates_in(text)
    for first, second in pairwise(dates):
        between = text[first.end:second.start]
        if not _RANGE.fullmatch(between) and not _THEN_ENDS.fullmatch(between):
            continue
        if second.last < first.first:
            yield Finding(Place(file, where=where), BACKWARDS, Severity.MAJOR, f"{second.text} is before {first.text}",
                          "correct one of the two dates")
        else:
            yield from _of_length(text, first, second, where, file)


def _impossible(text: str, where: str, file: str) -> Iterator[Finding]:
    for written in impossible_dates_in(text):
        yield Finding(Place(file, where=where), NO_SUCH_DAY, Severity.MAJOR, f"there is no {written}", "correct the date")


def _of_columns(table: Table, file: str) -> Iterator[Finding]:
    """A table with a column for the start and one for the end, row by row."""
    header = table.rows[0] if table.rows else ()
    starts = [at for at, cell in enumerate(header) if _STARTS.search(cell) and len(cell) < LONGEST_HEADING]
    ends = [at for at, cell in enumerate(header) if _ENDS.search(cell) and len(cell) < LONGEST_HEADING]
    if len(starts) != 1 or len(ends) != 1 or starts == ends:
        return
    for number, row in enumerate(table.rows[1:], 2):
        first, second = (dates_in(row[at])[:1] if at < len(row) else () for at in (starts[0], ends[0]))
        if first and second and second[0].last < first[0].first:
            yield Finding(Place(file, where=f"{table.where}, row {number}"), BACKWARDS, Severity.MAJOR,
                          f"{second[0].text} is before {first[0].text}", "correct one of the two dates")


def _of_length(text: str, first: Dated, second: Dated, where: str, file: str) -> Iterator[Finding]:
    """A length named in the same sentence, just before or after the two dates."""
    near = [months for months in months_in(text) if months.start - first.start >= -60 and months.start - second.end <= 30]
    if len(near) != 1:
        return
    shortest, longest = _months(first.last, second.first), _months(first.first, second.last) + 1
    if not shortest - 1 <= near[0].value <= longest + 1:
        yield Finding(Place(file, where=where), LENGTH, Severity.MAJOR,
                      f"{near[0].text} are stated, and from {first.text} to {second.text} there are {longest}",
                      "correct the length or a date")


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:89]}…"
