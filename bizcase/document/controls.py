"""Reads the content controls of a bid: what each holds, exactly as it was put in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from bizcase.document.value import PARAGRAPHS_APART

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}


@dataclass(frozen=True, slots=True)
class Control:
    """A content control: `tag` and `alias` say which value it holds. Both may be empty in another's document."""

    tag: str
    alias: str
    text: str


def read_controls(document: bytes) -> tuple[Control, ...]:
    """The controls of a document's body in their order; the same value may stand in several."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"), etree.XMLParser(resolve_entities=False, huge_tree=False))
    return tuple(Control(_property(control, "tag"), _property(control, "alias"), _text(control))
                 for control in root.iter(f"{_W}sdt"))


def _property(control: Any, name: str) -> str:
    found = control.find(f"{_W}sdtPr/{_W}{name}")
    return "" if found is None else str(found.get(f"{_W}val", ""))


def _text(control: Any) -> str:
    """Paragraphs with a blank line between them, line breaks and tabs as such."""
    content = control.find(f"{_W}sdtContent")
    if content is None:
        return ""
    paragraphs = list(content.iter(f"{_W}p"))
    return PARAGRAPHS_APART.join("".join(_letters(paragraph)) for paragraph in paragraphs) if paragraphs else "".join(
        _letters(content))


def _letters(element: Any) -> Iterator[str]:
    for inner in element.iter(f"{_W}t", *_SIGNS):
        yield inner.text or "" if inner.tag == f"{_W}t" else _SIGNS[inner.tag]
