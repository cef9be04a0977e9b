"""How much of a template is read: what is longer, deeper or more than anybody writes is refused before it takes for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bizcase.document.linting.story import Story
from bizcase.document.linting.tags import Tag
from bizcase.document.linting.told import told
from bizcase.errors import Finding

MOST_TAGS, MOST_ROW_TAGS, MOST_PARAGRAPHS = 20_000, 4_000, 20_000
LONGEST_TAG = 500
MOST_BRACKETS = 20
DEEPEST_BLOCKS = 30


def beyond_bounds(stories: Iterable[Story], name: str) -> Iterator[Finding]:
    """What goes beyond the bounds; if anything does, nothing else can be said of the tags."""
    stories = list(stories)
    tags, paragraphs = sum(len(story.tags) for story in stories), sum(len(story.paragraphs) for story in stories)
    in_rows = sum(tag.prefix in ("tr", "tc") for story in stories for tag in story.tags)
    if tags > MOST_TAGS or in_rows > MOST_ROW_TAGS or paragraphs > MOST_PARAGRAPHS:
        yield told(name, None, "T06", f"the template has {tags:,} tags, {in_rows:,} of them for rows and cells, in "
                   f"{paragraphs:,} paragraphs; at most {MOST_TAGS:,}, {MOST_ROW_TAGS:,} and {MOST_PARAGRAPHS:,} are read",
                   "repeat with {%p for … %} what is written out")
        return
    for story in stories:
        yield from _too_deep(story, name)
        for tag in story.tags:
            if len(tag.body) > LONGEST_TAG or _brackets(tag) > MOST_BRACKETS:
                yield told(name, tag.paragraph, "T06", f"{tag.raw} is longer than {LONGEST_TAG} characters, or has more than "
                           f"{MOST_BRACKETS} brackets inside one another", "shorten it", tag.raw)


def _too_deep(story: Story, name: str) -> Iterator[Finding]:
    """The first tag that stands inside more blocks than anybody could follow."""
    depth = 0
    for tag in story.tags:
        depth += (tag.keyword in ("for", "if")) - (tag.keyword in ("endfor", "endif"))
        if depth > DEEPEST_BLOCKS:
            yield told(name, tag.paragraph, "T06", f"{tag.raw} stands inside {DEEPEST_BLOCKS} others; that is not read",
                       "end the blocks before it", tag.raw)
            return


def _brackets(tag: Tag) -> int:
    """How many brackets stand inside one another at most."""
    depth = most = 0
    for sign in tag.body:
        depth += (sign in "([{") - (sign in ")]}")
        most = max(most, depth)
    return most
