"""What was left over from editing, and what a document cannot do without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bizcase.document.linting.story import Story, W
from bizcase.document.linting.told import told
from bizcase.errors import Finding

_LEFT = {
    "comment": ("T50", "a comment is left here, and would stand in every bid", "in Word: Review, Delete"),
    "change": ("T50", "a tracked change is left here, and would stand in every bid", "in Word: Review, Accept or Reject"),
    "hidden": ("T51", "text is hidden here, and nobody would see what is printed", "in Word: Home, Font, clear Hidden"),
}


def leftovers(stories: Iterable[Story], name: str) -> Iterator[Finding]:
    """Comments, tracked changes and hidden text, each told once in a paragraph."""
    for story in stories:
        for what, paragraph in dict.fromkeys(story.marks):
            if what in _LEFT:
                yield told(name, paragraph, *_LEFT[what])


def broken_frame(stories: Iterable[Story], context: Mapping[str, Any], name: str) -> Iterator[Finding]:
    """The end of the document, its contents and the places they lead to."""
    for story in stories:
        if story.kind != "document.main":
            continue
        body = story.root.find(f"{W}body")
        if body is None or not len(body) or body[-1].tag != f"{W}sectPr":
            yield told(name, None, "T34", "the template has no page settings at its end", "save it again in Word")
        elif not any(child.tag == f"{W}p" for child in body):
            yield told(name, None, "T34", "the template has no paragraph of its own", "write a line at its end")
        for code in story.codes:
            if code.instruction.split()[:1] == ["TOC"] and not code.has_result:
                yield told(name, code.paragraph, "T35", "the contents are empty until somebody updates them in Word",
                           "copy the contents of a template made by bizcase template new")
        yield from _lost_places(story, context, name)


def _lost_places(story: Story, context: Mapping[str, Any], name: str) -> Iterator[Finding]:
    """The headings that the contents lead to and whose bookmarks are gone."""
    link = next((tag for tag in story.tags if tag.kind == "print" and tag.body.endswith(".bookmark")), None)
    if link is None:
        return
    for entry in context["contents"]:
        if entry["bookmark"] not in story.bookmarks:
            yield told(name, link.paragraph, "T35", f"the contents lead to {entry['title']}, whose heading has lost its bookmark",
                       f"in Word: select the heading, Insert, Bookmark, {entry['bookmark']}")
