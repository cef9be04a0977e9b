"""What could make a document do something: macros and objects, links to the outside, fields that read files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree

from bizcase.document.linting.package import content_types
from bizcase.document.linting.story import Story
from bizcase.document.linting.told import told
from bizcase.errors import Finding

_ACTIVE = {"vbaProject": "macros", "wordVbaData": "macros", "oleObject": "an embedded object", "control": "an ActiveX control",
           "aFChunk": "another file's content", "attachedToolbars": "toolbars", "keyMapCustomizations": "keyboard macros"}
_ACTIVE_TYPES = {"vbaProject": "macros", "activeX": "an ActiveX control", "oleObject": "an embedded object"}
_LINKED = {"attachedTemplate": ("another template", "in Word: Developer, Document Template, and put Normal.dotm there"),
           "image": ("a picture that is not in the file", "insert the picture itself: Insert, Pictures"),
           "oleObject": ("an object of another file", "copy its content in as text")}
_SAFE_SCHEMES = ("http://", "https://", "mailto:")
_READING_FIELDS = {"INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "DDE", "DDEAUTO", "LINK", "EMBED", "DATABASE", "RD",
                   "MACROBUTTON", "AUTOTEXT", "ASK", "FILLIN"}
_BOOKMARK = re.compile(r"\{\{\s*\w+\.bookmark\s*\}\}")
"""The one value that may stand in an instruction: the place that an entry of the contents leads to, which nobody types."""


def dangers(parts: Mapping[str, bytes], stories: Iterable[Story], name: str) -> Iterator[Finding]:
    """Everything in a template that could run, be fetched or be read from a disk when a bid is opened."""
    yield from _active_parts(parts, name)
    for part in parts:
        if part.endswith(".rels"):
            yield from _relationships(part, parts[part], name)
    for story in stories:
        yield from _codes(story, name)
        for what, paragraph in story.marks:
            if what == "chunk":
                yield told(name, paragraph, "T03", "holds another file's content", "copy its text in instead")


def _active_parts(parts: Mapping[str, bytes], name: str) -> Iterator[Finding]:
    for part, kind in content_types(parts).items():
        what = next((words for word, words in _ACTIVE_TYPES.items() if word in kind), "")
        if what:
            yield told(name, None, "T03", f"the template holds {what} ({part})", "save it in Word as a plain document (.docx)")


def _relationships(part: str, content: bytes, name: str) -> Iterator[Finding]:
    for link in ElementTree.fromstring(content):
        kind, target = posixpath.basename(link.get("Type", "")), link.get("Target", "")
        if link.get("TargetMode") == "External":
            if kind == "hyperlink" and target.lower().startswith(_SAFE_SCHEMES):
                continue
            what, hint = _LINKED.get(kind, ("something outside the file", "take the link out"))
            yield told(name, None, "T04", f"{_owner(part)} links to {what}: {target[:120]}", hint)
        elif _ACTIVE.get(kind):
            yield told(name, None, "T03", f"{_owner(part)} holds {_ACTIVE[kind]}", "take it out, or copy its content in as text")


def _owner(part: str) -> str:
    """The part that a file of relationships belongs to, in words."""
    owner = posixpath.basename(part).removesuffix(".rels")
    words = {"document.xml": "the body", "settings.xml": "the template", "": "the template"}
    kind = re.match(r"header|footer", owner)
    return words.get(owner, f"a {kind[0]}" if kind else owner)


def _codes(story: Story, name: str) -> Iterator[Finding]:
    for code in story.codes:
        word = code.instruction.split(None, 1)[0].upper() if code.instruction.strip() else ""
        if word in _READING_FIELDS:
            yield told(name, code.paragraph, "T05", f"holds the field {word}, which reads or runs something when a bid is opened",
                       "take the field out")
        elif "{" in _BOOKMARK.sub("", code.instruction):
            yield told(name, code.paragraph, "T05", f"puts a value into the instruction of a field ({word})",
                       "print the value beside the field")
