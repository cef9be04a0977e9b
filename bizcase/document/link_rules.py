"""The rule about links: their words say where they lead, also to somebody who hears nothing but the links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bizcase.document.fields import fields_of
from bizcase.document.ooxml import W
from bizcase.document.reading import Reading, has_picture, paragraph_of, shortened, text_in
from bizcase.errors import Finding, Severity

_ADDRESS = re.compile(r"(https?://|ftp://|file:|www\.)\S+", re.I)
_SAYS_NOTHING = {
    "click", "click here", "here", "this", "link", "this link", "this page", "page", "more", "read more", "see more", "see here",
    "find out more", "learn more", "more information", "more info", "further information", "details", "website", "download",
    "go", "document", "this document", "continue",
}


def link_findings(reading: Reading) -> Iterator[Finding]:
    where = {paragraph.node: paragraph.where for paragraph in reading.paragraphs}
    for text, node in (link for root in reading.roots for link in _links(root)):
        told = _wrong(text)
        if told:
            place = where.get(paragraph_of(node), "")
            yield reading.finding("H15", Severity.ADVISORY, "links", f"the link “{shortened(text)}”, {place}, {told}" if text else
                                  f"a link {place} {told}",
                                  "in Word: right-click it, then Edit Hyperlink > Text to display: the name of what it leads to")


def _links(root: Any) -> Iterator[tuple[str, Any]]:
    """The text of each link, with an element in it."""
    for link in root.iter(f"{W}hyperlink"):
        if not has_picture(link):
            yield text_in(link), link
    for field in fields_of(root):
        if field.instruction.strip().upper().startswith("HYPERLINK") and field.texts:
            yield " ".join(field.result.split()), field.texts[0]


def _wrong(text: str) -> str:
    if not text:
        return "has no text"
    if _ADDRESS.fullmatch(text):
        return "is a bare address"
    return "does not say where it leads" if text.casefold().strip(" .…:>»→") in _SAYS_NOTHING else ""
