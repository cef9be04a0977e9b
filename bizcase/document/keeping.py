"""Keeps together on a page what is read together: a small table, the ends of a long one, and the note under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SMALL = 6
"""A table of so many rows stays in one piece."""
ENDS = 2
"""So many rows of a longer one stay together at its beginning and at its end."""
LEAD = 400
"""A text of so many characters between a heading and a table is one thing with both."""
_BEFORE_A_NOTE = {"BodyText", "Note", "FigureCaption"}
_FOLLOWS = ({"AfterTable"}, {"Note", "FigureCaption"})


def keep_together(body: Any) -> None:
    """Marks, in a rendered body, the rows that stay with the one after them, the note that stays with what it is about, and the
    few words between a heading and its table that would otherwise stand alone at the foot of a page."""
    blocks = [block for block in body.iter(f"{_W}p", f"{_W}tbl") if next(block.iterancestors(f"{_W}tbl"), None) is None]
    _keep(_leads(blocks))
    _keep(before for before, after in pairwise(blocks) if _style(before) in _BEFORE_A_NOTE and _style(after) == "Note")
    for table in body.iter(f"{_W}tbl"):
        rows = table.findall(f"{_W}tr")
        after = list(_after(table))
        kept = rows if after else rows[:-1]
        for row in kept if len(rows) <= SMALL else [*kept[:ENDS], *kept[1 - ENDS - bool(after):]]:
            _keep(row.iter(f"{_W}p"))
        _keep(after[:-1])


def _leads(blocks: Sequence[Any]) -> Iterator[Any]:
    """The short texts that stand alone between a heading and a caption or a table."""
    for before, lead, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if lead.tag == before.tag == f"{_W}p" and "Heading" in _style(before) and _style(lead) == "BodyText":
            begins_a_table = after.tag == f"{_W}tbl" or _style(after) == "Caption"
            if begins_a_table and sum(len(text.text or "") for text in lead.iter(f"{_W}t")) <= LEAD:
                yield lead


def _after(table: Any) -> Iterator[Any]:
    """The paragraphs up to the note or the caption that belongs to a table; nothing where none follows."""
    found = []
    for wanted, paragraph in zip(_FOLLOWS, table.itersiblings(), strict=False):
        if paragraph.tag != f"{_W}p" or _style(paragraph) not in wanted:
            return
        found.append(paragraph)
    yield from found if len(found) == len(_FOLLOWS) else ()


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else str(style.get(f"{_W}val"))


def _keep(paragraphs: Sequence[Any] | Iterator[Any]) -> None:
    for paragraph in paragraphs:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            properties = etree.Element(f"{_W}pPr")
            paragraph.insert(0, properties)
        if properties.find(f"{_W}keepNext") is None:
            style = properties.find(f"{_W}pStyle")
            properties.insert(0 if style is None else 1, etree.Element(f"{_W}keepNext"))
