"""Reads the content controls of a bid: what each holds, exactly as it was put in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from bizcase.document.ooxml import W, child, val
from bizcase.document.value import PARAGRAPHS_APART

_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}


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
    return tuple(Control(val(control, "sdtPr/tag"), val(control, "sdtPr/alias"), _text(control))
                 for control in root.iter(f"{W}sdt"))


def _text(control: Any) -> str:
    """Paragraphs with a blank line between them, line breaks and tabs as such."""
    content = child(control, "sdtContent")
    if content is None:
        return ""
    paragraphs = list(content.iter(f"{W}p"))
    return PARAGRAPHS_APART.join("".join(_letters(paragraph)) for paragraph in paragraphs) if paragraphs else "".join(
        _letters(content))


def _letters(element: Any) -> Iterator[str]:
    for inner in element.iter(f"{W}t", *_SIGNS):
        yield inner.text or "" if inner.tag == f"{W}t" else _SIGNS[inner.tag]
