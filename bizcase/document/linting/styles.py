"""The styles that paragraphs, text and tables name: each is there, and of the kind that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from xml.etree import ElementTree

from bizcase.document.linting.package import parts_of
from bizcase.document.linting.story import Story, W
from bizcase.document.linting.told import told
from bizcase.errors import Finding
from bizcase.specification.words import nearest

_OF = {"paragraph": "paragraphs", "character": "text", "table": "tables", "numbering": "lists"}


def style_faults(parts: Mapping[str, bytes], stories: Iterable[Story], name: str,
                 apart_from: Set[tuple[str, str]] = frozenset()) -> Iterator[Finding]:
    """Each style that is missing or of another kind, told where it is first used."""
    known = styles_of(parts)
    names = {found_name: style for style, (_, found_name) in known.items()}
    told_of: set[tuple[str, str]] = set(apart_from)
    for story in stories:
        for kind, style, paragraph in story.styles:
            if (kind, style) in told_of:
                continue
            told_of.add((kind, style))
            if style not in known:
                word = nearest(style, (*known, *names))
                meant = known[names.get(word, word)][1] if word else ""
                yield told(name, paragraph, "T40", f"the style {style} is not in the template, so that Word shows plain text",
                           f"choose the style {meant}" if meant else "choose another style")
            elif known[style][0] != kind:
                meant_for = _OF.get(known[style][0], "something else")
                yield told(name, paragraph, "T40", f"the style {known[style][1]} is for {meant_for} and is used on {_OF[kind]}",
                           "choose another style")


def styles_of(parts: Mapping[str, bytes]) -> dict[str, tuple[str, str]]:
    """The styles of a document by id: the kind and the name of each."""
    found = {}
    for part in parts_of(parts, "styles"):
        for style in ElementTree.fromstring(parts[part]).iter(f"{W}style"):
            label = style.find(f"{W}name")
            found[style.get(f"{W}styleId", "")] = (style.get(f"{W}type", "paragraph"),
                                                   label.get(f"{W}val", "") if label is not None else "")
    return found
