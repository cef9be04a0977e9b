"""Reads a Word file into what its reader meets: body, headers, footers and notes, each change accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bizcase.document.accepted import accept, changes_in, story_paragraphs
from bizcase.document.look import Styles
from bizcase.document.ooxml import CORE, OFFICE, W, main_part, parsed, related, targets
from bizcase.document.reading import Mark, Picture, Reading, text_in
from bizcase.document.walk import Walk

BODY = "body"
_ELSEWHERE = {"header": "in a header", "footer": "in a footer", "footnotes": "in a footnote", "endnotes": "in an endnote"}
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_DIAGRAM_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def read_word(parts: Mapping[str, bytes], name: str) -> Reading:
    """The Word file of these parts. Raises ValueError where a part is not well formed."""
    main = main_part(parts)
    styles = Styles(_root(parts, main, "styles"))
    stories = [(main, BODY, ""), *((part, kind, words) for kind, words in _ELSEWHERE.items()
                                   for part in related(parts, main, f"{OFFICE}/{kind}"))]
    roots = [parsed(parts[part]) for part, _, _ in stories]
    walk = Walk(styles, styles.can_hide or any(next(root.iter(f"{W}vanish"), None) is not None for root in roots))
    comments = dict(_comments(parts, main))
    marks: list[Mark] = []
    for (_, story, where), root in zip(stories, roots, strict=True):
        as_saved = story_paragraphs(root)
        left = list(_left(root, comments))
        accept(root)
        before = len(walk.paragraphs)
        walk.through(root, story, where, {node: number for number, node in enumerate(as_saved)} if story == BODY else {})
        marks.extend(_placed(left, as_saved, {paragraph.node: number for number, paragraph in
                                              enumerate(walk.paragraphs[before:], before)}))
    return Reading(name, _title(parts), _language(parts, main, styles), styles, tuple(roots), tuple(walk.paragraphs),
                   tuple(walk.tables), tuple(walk.pictures), tuple(marks), tuple(walk.skipped))


def diagram_texts(parts: Mapping[str, bytes], picture: Picture) -> list[str]:
    """What stands in the boxes of a diagram (SmartArt) of the body, in the order in which they were made."""
    main = main_part(parts)
    link = next(picture.node.iter(_DIAGRAM), None)
    data = targets(parts, main).get(link.get(f"{{{OFFICE}}}dm") or "", "") if link is not None else ""
    if data not in parts:
        return []
    texts = (" ".join("".join(found.text or "" for found in paragraph.iter(f"{_DIAGRAM_TEXT}t")).split())
             for paragraph in parsed(parts[data]).iter(f"{_DIAGRAM_TEXT}p"))
    return [text for text in texts if text]


def _left(root: Any, comments: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str, str, Any]]:
    """Comments and tracked changes of a part as it was saved: what, who, the text, and the paragraph."""
    for reference in root.iter(f"{W}commentReference"):
        found = comments.get(reference.get(f"{W}id") or "")
        if found:
            yield "comment", *found, next(reference.iterancestors(f"{W}p"), None)
    for change in changes_in(root):
        yield change.what, change.author, change.text, change.paragraph


def _placed(left: list[tuple[str, str, str, Any]], as_saved: list[Any], numbers: Mapping[Any, int]) -> Iterator[Mark]:
    """Each with the number of its paragraph; where that went with a change, the number of the one before."""
    place, latest = {}, -1
    for node in as_saved:
        latest = numbers.get(node, latest)
        place[node] = latest
    for what, author, text, node in left:
        yield Mark(what, author, text, place.get(node, -1))


def _comments(parts: Mapping[str, bytes], main: str) -> Iterator[tuple[str, tuple[str, str]]]:
    root = _root(parts, main, "comments")
    for comment in root.iter(f"{W}comment") if root is not None else ():
        yield comment.get(f"{W}id") or "", (comment.get(f"{W}author") or "", text_in(comment))


def _language(parts: Mapping[str, bytes], main: str, styles: Styles) -> str:
    settings = _root(parts, main, "settings")
    of_theme = settings.find(f"{W}themeFontLang") if settings is not None else None
    return styles.language() or (of_theme.get(f"{W}val", "") if of_theme is not None else "")


def _root(parts: Mapping[str, bytes], main: str, kind: str) -> Any:
    name = next(iter(related(parts, main, f"{OFFICE}/{kind}")), "")
    return parsed(parts[name]) if name else None


def _title(parts: Mapping[str, bytes]) -> str:
    core = next(iter(related(parts, "", CORE)), "")
    found = parsed(parts[core]).find("{http://purl.org/dc/elements/1.1/}title") if core else None
    return " ".join((found.text or "").split()) if found is not None else ""
