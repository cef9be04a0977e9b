"""Rules about headings: they are made with styles, begin at level 1, skip none and are never empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bizcase.document.ooxml import W, is_on
from bizcase.document.reading import Paragraph, Reading, has_picture, paragraph_of, shortened
from bizcase.errors import Finding, Severity

LONG_WITHOUT_HEADINGS = 15
"""Paragraphs; what is shorter is a letter and needs none."""
_MOST_WORDS = 12
_NOT_A_HEADING = ("title", "subtitle", "caption", "toc ", "list", "header", "footer", "quote")
_SET_A_STYLE = "in Word: click in it, then Home > Styles > Heading {level}"


def heading_findings(reading: Reading) -> Iterator[Finding]:
    body = [paragraph for paragraph in reading.paragraphs if paragraph.in_body]
    headings = [paragraph for paragraph in body if paragraph.level and not _is_empty(paragraph)]
    yield from _start(reading, body, headings)
    yield from _order(reading, headings)
    for paragraph in body:
        if paragraph.level and _is_empty(paragraph):
            yield reading.finding("H05", Severity.MAJOR, "headings", f"a heading {paragraph.where} is empty",
                                  "in Word: delete the line, or give it the style Normal; View > Navigation Pane shows it")
    yield from _bold_lines(reading, body)


def _is_empty(paragraph: Paragraph) -> bool:
    return not paragraph.text and not has_picture(paragraph.node)


def _start(reading: Reading, body: Sequence[Paragraph], headings: Sequence[Paragraph]) -> Iterator[Finding]:
    if headings and headings[0].level != 1:
        first = headings[0]
        yield reading.finding("H03", Severity.MAJOR, "headings",
                              f"the first heading, “{shortened(first.text)}”, is of level {first.level}; it should be of level 1",
                              _SET_A_STYLE.format(level=1))
    if not headings and sum(bool(paragraph.text) for paragraph in body) >= LONG_WITHOUT_HEADINGS:
        yield reading.finding("H03", Severity.MAJOR, "headings", "the document has no headings", _SET_A_STYLE.format(level=1))


def _order(reading: Reading, headings: Sequence[Paragraph]) -> Iterator[Finding]:
    for before, heading in pairwise(headings):
        if heading.level > before.level + 1:
            yield reading.finding(
                "H04", Severity.MAJOR, "headings",
                f"the heading “{shortened(heading.text)}” is of level {heading.level} and follows one of level {before.level}, "
                f"“{shortened(before.text)}”", _SET_A_STYLE.format(level=before.level + 1))


def _bold_lines(reading: Reading, body: Sequence[Paragraph]) -> Iterator[Finding]:
    """Short bold lines before a paragraph that is not bold: headings for the eye alone."""
    lines = [paragraph for paragraph in body if paragraph.text and not paragraph.in_table]
    for line, after in pairwise(lines):
        if _looks_like_a_heading(reading, line) and not after.level and not _is_bold(after):
            yield reading.finding("H06", Severity.ADVISORY, "headings",
                                  f"“{shortened(line.text)}”, {line.where}, is bold text and looks like a heading",
                                  _SET_A_STYLE.format(level="1, 2 or 3"))


def _looks_like_a_heading(reading: Reading, line: Paragraph) -> bool:
    names = reading.styles.style_names(line.node)
    return (not line.level and len(line.text.split()) <= _MOST_WORDS and not line.text.endswith((".", ",", ";", ":"))
            and not (names and names[0].startswith(_NOT_A_HEADING)) and line.node.find(f"{W}pPr/{W}numPr") is None
            and _is_bold(line))


def _is_bold(paragraph: Paragraph) -> bool:
    """Whether all text is made bold by hand, run by run."""
    runs = [run for run in paragraph.node.iter(f"{W}r") if paragraph_of(run) is paragraph.node
            and any((text.text or "").strip() for text in run.iter(f"{W}t"))]
    return bool(runs) and all(is_on(run.find(f"{W}rPr"), "b") for run in runs)
