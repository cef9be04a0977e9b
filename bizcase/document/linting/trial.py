"""Renders a template with the sentinel and looks for what was lost: the last word on whether it works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from bizcase.document.linting.found import Use
from bizcase.document.linting.package import opened
from bizcase.document.linting.sentinel import OPEN, Sentinel
from bizcase.document.linting.story import read_stories
from bizcase.document.linting.styles import style_faults
from bizcase.document.linting.told import told
from bizcase.document.value import Value
from bizcase.document.word import Properties, render
from bizcase.errors import Finding, TemplateFault

TITLE = "A trial"


def trial(template: bytes, name: str, sentinel: Sentinel, uses: Iterable[Use], styles: Set[tuple[str, str]]) -> Iterator[Finding]:
    """What goes wrong in rendering, every value that a tag prints and the result does not hold, and the styles that pictures
    bring along and the template lacks; `styles` are those that it names itself.
    """
    try:
        made = render(template, name, sentinel.names, Properties(TITLE, TITLE, TITLE))
    except TemplateFault as fault:
        for finding in fault.findings:
            yield told(name, None, "T60", f"a bid could not be made: {finding.message}", finding.hint)
        return
    parts, problems = opened(made, name)
    if problems:
        yield from (told(name, None, "T60", f"the bid that was made is not sound: {problem.message}") for problem in problems)
        return
    stories = read_stories(parts)
    text = "\n".join(paragraph.text for story in stories for paragraph in story.paragraphs)
    told_of: set[str] = set()
    for use in uses:
        for value in _sentinels(use):
            if str(value) not in text and value.tag not in told_of:
                told_of.add(value.tag)
                message = f"{use.tag.raw} should have printed {value.tag}, and the bid does not hold it"
                yield told(name, use.tag.paragraph, "T60", message, "put the tag in a paragraph of its own and check again",
                           use.tag.raw)
    yield from style_faults(parts, stories, name, apart_from=styles)


def _sentinels(use: Use) -> list[Value]:
    """The sentinel texts that a use surely prints."""
    if use.how != "print" or not use.sure or use.tag.in_attribute:
        return []
    return [value for value in use.found.values if isinstance(value, Value) and value.startswith(OPEN)]
