"""Edits of a bid in memory, each with what must be told of it: the code, the place, and words of the message."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from bizcase.document.accepted import story_paragraphs
from bizcase.document.ooxml import W, parsed, serialised, val
from bizcase.provenance import Provenance
from bizcase.review.provenance import of_word_parts
from bizcase.review.story import Story, read_story
from tests.review.sealing import Parts, bid_parts

MAIN = "word/document.xml"
Told = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Bid:
    """A bid with its body as a tree, and the paragraph of each passage."""

    parts: Parts
    root: Any
    was: Provenance
    story: Story
    nodes: tuple[Any, ...]

    @property
    def edited(self) -> Parts:
        return {**self.parts, MAIN: serialised(self.root)}

    def sections(self) -> list[range]:
        """The passages of each section of the first level, without its heading."""
        starts = [n for n, passage in enumerate(self.story.passages) if passage.level == 1]
        body = sum(not passage.margin for passage in self.story.passages)
        return [range(first + 1, last) for first, last in zip(starts, [*starts[1:], body], strict=True)]


@cache
def _as_built() -> tuple[Provenance, Story]:
    was = of_word_parts(bid_parts())
    assert was is not None
    return was, read_story(bid_parts(), "bid.docx")


def opened_bid() -> Bid:
    """The bid of the sample, with a tree of its own to edit."""
    was, story = _as_built()
    root = parsed(bid_parts()[MAIN])
    paragraphs = story_paragraphs(root)
    return Bid(bid_parts(), root, was, story, tuple(paragraphs[anchor] if anchor >= 0 else None for anchor in story.anchors))


def write(paragraph: Any, text: str) -> None:
    """Puts a text into the first run of a paragraph, and empties the others; its controls stay."""
    first, *others = paragraph.iter(f"{W}t")
    first.text = text
    for other in others:
        other.text = ""


def _word_changed(bid: Bid, n: int) -> Told:
    node = next(text for text in bid.nodes[n].iter(f"{W}t") if text.text and text.text.strip())
    node.text = f"{node.text} amended"
    return "B10", bid.story.passages[n].where, "amended"


def _rewritten(bid: Bid, n: int) -> Told:
    write(bid.nodes[n], "Nothing of this is as it was.")
    return "B10", bid.story.passages[n].where, "Nothing of this"


def _paragraph_deleted(bid: Bid, n: int) -> Told:
    bid.nodes[n].getparent().remove(bid.nodes[n])
    passage = bid.story.passages[n]
    return "B12", f"{passage.where}, as it was built", passage.text[:30]


def _paragraph_added(bid: Bid, n: int) -> Told:
    new = copy.deepcopy(bid.nodes[n])
    for control in list(new.iter(f"{W}sdt")):
        control.getparent().remove(control)
    for child in [child for child in new if child.tag != f"{W}pPr"]:
        new.remove(child)
    run = new.makeelement(f"{W}r")
    run.append(new.makeelement(f"{W}t"))
    run[0].text = "Quite another thought altogether."
    new.append(run)
    bid.nodes[n].addprevious(new)
    return "B11", bid.story.passages[n].where, "Quite another thought"


def _row_deleted(bid: Bid, n: int) -> Told:
    row = next(bid.nodes[n].iterancestors(f"{W}tr"))
    first = next(passage for passage in bid.story.passages
                 if (passage.table, passage.row) == (bid.story.passages[n].table, bid.story.passages[n].row))
    row.getparent().remove(row)
    return "B12", f"{first.where}, as it was built", first.text[:30]


def _row_added(bid: Bid, n: int) -> Told:
    row = next(bid.nodes[n].iterancestors(f"{W}tr"))
    new = copy.deepcopy(row)
    for position, paragraph in enumerate(p for p in new.iter(f"{W}p") if any(t.text for t in p.iter(f"{W}t"))):
        write(paragraph, f"Novelty {position}")
    row.addprevious(new)
    first = next(passage for passage in bid.story.passages
                 if (passage.table, passage.row) == (bid.story.passages[n].table, bid.story.passages[n].row))
    return "B11", first.where, "Novelty 0"


def _cell_emptied(bid: Bid, n: int) -> Told:
    write(bid.nodes[n], "")
    return "B12", bid.story.passages[n].where, "emptied"


def _figure_changed(bid: Bid, n: int) -> Told:
    passage = bid.story.passages[n]
    span = next(span for span in passage.spans if span.tag in bid.was.figures)
    control = next(control for control in bid.nodes[n].iter(f"{W}sdt") if val(control, "sdtPr/tag") == span.tag)
    write(control, "£7,654,321")
    return "B14", passage.where, f"({span.tag}): was {span.text}, now “£7,654,321”"


def _heading_renamed(bid: Bid, n: int) -> Told:
    write(bid.nodes[n], "A different name")
    return "B10", "the heading “A different name”", "the heading was renamed"


Edit = Callable[[Bid, int], Told]


EDITS: tuple[Edit, ...] = (_word_changed, _rewritten, _paragraph_deleted, _paragraph_added, _row_deleted, _row_added,
                           _cell_emptied, _figure_changed, _heading_renamed)


def possible(bid: Bid, n: int) -> list[Edit]:
    """The edits that a passage allows."""
    passage = bid.story.passages[n]
    if bid.nodes[n] is None or next(bid.nodes[n].iter(f"{W}fldChar", f"{W}drawing"), None) is not None:
        return []
    if passage.level:
        return [_heading_renamed]
    figure: list[Edit] = [_figure_changed] if any(span.tag in bid.was.figures for span in passage.spans) else []
    if passage.table:
        table = [other for other in bid.story.passages[max(0, n - 200):n + 200] if other.table == passage.table]
        row = [other for other in table if other.row == passage.row]
        alone = sum(other.column == passage.column for other in row) == 1
        inside = len(list(bid.nodes[n].iterancestors(f"{W}tbl"))) == 1
        rows = len({other.row for other in table}) > 2
        words = [] if figure else [_word_changed, *([_rewritten] if alone else []), *([_cell_emptied] if alone and len(row) > 1
                                                                                     else [])]
        return [*figure, *words, *([_row_deleted, _row_added] if rows and inside else [])]
    held = bid.nodes[n].getparent().tag == f"{W}sdtContent" and len(bid.nodes[n].getparent()) == 1
    return [*figure, _paragraph_added, *([] if held else [_paragraph_deleted]), *([] if figure else [_word_changed, _rewritten])]


def one_a_section(bid: Bid, seed: int) -> Iterator[Told]:
    """Makes one edit in every section of the bid, another with every seed; gives what must be told."""
    chance = random.Random(seed)
    for section in bid.sections():
        n = chance.choice(section)
        edits = possible(bid, n)
        if edits:
            yield chance.choice(edits)(bid, n)
