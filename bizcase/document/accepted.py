"""A part as it reads once every tracked change is accepted, and what those changes were.

Inserted text stays, deleted text goes, what was moved stands where it was moved to; the copies kept for old versions of Word
go too, and what differs only in look stays as it is now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bizcase.document.ooxml import COMPATIBILITY, W

_FORMER_LOOKS = {W + name for name in ("pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange",
                                       "tcPrChange", "tblPrExChange", "numberingChange")}
_NOT_ON_THE_PAGE = (f"{COMPATIBILITY}Fallback", f"{W}del", f"{W}moveFrom", *sorted(_FORMER_LOOKS))
_TOLD = {f"{W}ins": "insertion", f"{W}del": "deletion", f"{W}moveFrom": "move", f"{W}cellIns": "insertion",
         f"{W}cellDel": "deletion", **dict.fromkeys(_FORMER_LOOKS, "change of look")}
"""What a tracked change is called. Where moved text has gone to is not told again."""


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change: what it does, who made it, its text, and the paragraph it is in or else comes before or after."""

    what: str
    author: str
    text: str
    paragraph: Any


def story_paragraphs(root: Any) -> list[Any]:
    """The paragraphs of a part in their order, without the copies for old versions of Word: what an anchor counts, from 0."""
    copies = {inner for copy in root.iter(f"{COMPATIBILITY}Fallback") for inner in copy.iter(f"{W}p")}
    return [paragraph for paragraph in root.iter(f"{W}p") if paragraph not in copies]


def changes_in(root: Any) -> Iterator[Change]:
    """The tracked changes of a part that is as it was saved."""
    paragraph = None
    for node in root.iter(f"{W}p", *_TOLD):
        if node.tag == f"{W}p":
            paragraph = node
        else:
            own = next(node.iterancestors(f"{W}p"), paragraph)
            text = "".join(found.text or "" for found in node.iter(f"{W}t", f"{W}delText"))
            yield Change(_TOLD[node.tag], node.get(f"{W}author") or "", " ".join(text.split()), own)


def accept(root: Any) -> None:
    """Accepts every change of a part, in place."""
    joined = []
    for mark in list(root.iter(f"{W}del", f"{W}moveFrom", f"{W}cellDel")):
        properties = mark.getparent()
        if properties.tag == f"{W}rPr" and properties.getparent().tag == f"{W}pPr":
            joined.append(properties.getparent().getparent())
        elif properties.tag in (f"{W}trPr", f"{W}tcPr"):
            _take_out(properties.getparent())
    for dead in list(root.iter(*_NOT_ON_THE_PAGE)):
        _take_out(dead)
    for paragraph in reversed(joined):
        _join_with_the_next(paragraph)


def _take_out(node: Any) -> None:
    """Takes a row, a cell or a change out, and with its last row a table."""
    holder = node.getparent()
    if holder is not None:
        holder.remove(node)
        if node.tag == f"{W}tr" and holder.tag == f"{W}tbl" and next(holder.iter(f"{W}tr"), None) is None:
            _take_out(holder)


def _join_with_the_next(paragraph: Any) -> None:
    """Where the mark at its end is deleted, what is left of a paragraph begins the next."""
    following = paragraph.getnext()
    rest = [child for child in paragraph if child.tag != f"{W}pPr"]
    if next(paragraph.iter(f"{W}t", f"{W}drawing", f"{W}pict", f"{W}object"), None) is not None:
        if following is None or following.tag != f"{W}p":
            return
        properties = following.find(f"{W}pPr")
        if properties is None:
            properties = following.makeelement(f"{W}pPr")
            following.insert(0, properties)
        for child in reversed(rest):
            properties.addnext(child)
    elif following is None:
        return
    paragraph.getparent().remove(paragraph)
