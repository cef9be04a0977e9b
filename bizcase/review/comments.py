"""Puts findings into a copy of a Word file as comments at the passage; nothing else in the file changes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from bizcase.archive import packed
from bizcase.document.accepted import story_paragraphs
from bizcase.document.ooxml import MAIN, OFFICE, PACKAGE, W, element, main_part, parsed, parts_of, related, serialised
from bizcase.errors import Finding
from bizcase.review.submission import Passage, Submission

AUTHOR, INITIALS = "bizcase", "bc"
_KIND = f"{OFFICE}/comments"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said in one comment, line by line, and the paragraph it stands at: an anchor of the file's passages."""

    anchor: int
    lines: tuple[str, ...]


def remarks_of(findings: Iterable[Finding], submission: Submission) -> tuple[Remark, ...]:
    """The findings by the paragraph at which they stand; those about the whole bid at its first paragraph."""
    places = {passage.where: passage.anchor for passage in reversed(submission.passages) if passage.anchor >= 0}
    first = min((passage.anchor for passage in submission.body if passage.anchor >= 0), default=0)
    gathered: dict[int, list[str]] = {}
    for found in findings:
        anchor = _anchor(found.place.where, places, submission.passages)
        hint = f". {found.hint[:1].upper()}{found.hint[1:]}" if found.hint else ""
        said = f"{found.code} ({found.severity}): {found.message.rstrip('.')}{hint}"
        gathered.setdefault(first if anchor < 0 else anchor, []).append(said)
    return tuple(Remark(anchor, tuple(lines)) for anchor, lines in sorted(gathered.items()))


def _anchor(where: str, places: dict[str, int], passages: Sequence[Passage]) -> int:
    """The paragraph at a place; of a table or a row, the first that stands in it."""
    if not where or where in places:
        return places.get(where, -1)
    inside = (passage.anchor for passage in passages if passage.where.startswith(f"{where},") and passage.anchor >= 0)
    return next(inside, -1)


def commented(content: bytes, remarks: Sequence[Remark], date: str) -> bytes:
    """The Word file with a comment for each remark, dated `date` (ISO 8601)."""
    if not remarks:
        return content
    parts = parts_of(content)
    main = main_part(parts)
    root = parsed(parts[main])
    comments, name = _comments_of(parts, main)
    number = 1 + max((int(each.get(f"{W}id", "0")) for each in comments.iter(f"{W}comment")), default=-1)
    paragraphs = story_paragraphs(root)
    for remark in remarks:
        if remark.anchor < len(paragraphs):
            comments.append(_comment(number, remark, date))
            _mark(_outside_of_boxes(paragraphs[remark.anchor]), number)
            number += 1
    parts[main], parts[name] = serialised(root), serialised(comments)
    return packed(parts)


def _comments_of(parts: dict[str, bytes], main: str) -> tuple[Any, str]:
    """The tree of the comments, and the name of its part: that which is there, or a new one that the file knows of."""
    there = next(iter(related(parts, main, _KIND)), "")
    if there:
        return parsed(parts[there]), there
    folder, file = posixpath.split(main)
    name = next(found for number in range(len(parts) + 1)
                if (found := posixpath.join(folder, f"comments{number or ''}.xml")) not in parts)
    links_name = posixpath.join(folder, "_rels", f"{file}.rels")
    links = parsed(parts[links_name]) if links_name in parts else etree.Element(
        f"{{{PACKAGE}/relationships}}Relationships", nsmap={None: f"{PACKAGE}/relationships"})  # type: ignore[dict-item]
    taken = {link.get("Id") for link in links}
    link = etree.SubElement(links, f"{{{PACKAGE}/relationships}}Relationship")
    link.set("Id", next(free for number in range(len(taken) + 1) if (free := f"rIdReview{number}") not in taken))
    link.set("Type", _KIND)
    link.set("Target", posixpath.basename(name))
    types = parsed(parts["[Content_Types].xml"])
    override = etree.SubElement(types, f"{{{PACKAGE}/content-types}}Override")
    override.set("PartName", f"/{name}")
    override.set("ContentType", _CONTENT_TYPE)
    parts[links_name], parts["[Content_Types].xml"] = serialised(links), serialised(types)
    return etree.Element(f"{W}comments", nsmap={"w": MAIN}), name


def _comment(number: int, remark: Remark, date: str) -> Any:
    comment = element("comment", id=str(number), author=AUTHOR, date=date, initials=INITIALS)
    for line in remark.lines:
        paragraph = etree.SubElement(comment, f"{W}p")
        text = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return comment


def _outside_of_boxes(paragraph: Any) -> Any:
    """Word takes no comment in a text box: the paragraph that holds the box."""
    box = next(paragraph.iterancestors(f"{W}txbxContent"), None)
    while box is not None:
        paragraph = next(box.iterancestors(f"{W}p"))
        box = next(paragraph.iterancestors(f"{W}txbxContent"), None)
    return paragraph


def _mark(paragraph: Any, number: int) -> None:
    """Begins the comment's range after the paragraph's properties, and ends it, with the comment's sign, at its end."""
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, element("commentRangeStart", id=str(number)))
    paragraph.append(element("commentRangeEnd", id=str(number)))
    sign = etree.SubElement(paragraph, f"{W}r")
    sign.append(element("commentReference", id=str(number)))
