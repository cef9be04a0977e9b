"""Rules about pictures, charts and shapes: words for those who do not see them, and a place in the line of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bizcase.document.ooxml import DRAWING
from bizcase.document.reading import Picture, Reading, shortened
from bizcase.errors import Finding, Severity

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_OFFICE_VML = "{urn:schemas-microsoft-com:office:office}"
_FILE_NAME = re.compile(r"[^\n]{1,120}\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|heic|pdf|vsdx?|xlsx?)", re.I)
_ONLY_A_KIND = re.compile(r"(picture|image|photo|photograph|graphic|graph|chart|diagram|shape|group|text ?box|object|rectangle"
                          r"|oval|figure|screenshot|screen shot|logo|icon|img|dsc|clip ?art|smartart)[\s_-]*\d*\.?", re.I)
_EDIT = "in Word: right-click it, then View Alt Text; say what it shows, in a sentence or two, or tick Mark as decorative"
_FLOATING = re.compile(r"position\s*:\s*(absolute|relative)", re.I)


def picture_findings(reading: Reading) -> Iterator[Finding]:
    for number, picture in enumerate(reading.pictures, 1):
        if not _is_decorative(picture):
            yield from _words(reading, picture, f"picture {number}")
            yield from _floating(reading, picture, f"picture {number}")


def _words(reading: Reading, picture: Picture, path: str) -> Iterator[Finding]:
    described = picture.description
    if not described and not picture.text:
        yield reading.finding("H12", Severity.MAJOR, path, f"a {picture.kind} {picture.where} has no alt text", _EDIT)
    elif _FILE_NAME.fullmatch(described) or _ONLY_A_KIND.fullmatch(described):
        yield reading.finding("H13", Severity.MAJOR, path,
                              f"the alt text of a {picture.kind} {picture.where} says nothing: “{shortened(described)}”", _EDIT)


def _floating(reading: Reading, picture: Picture, path: str) -> Iterator[Finding]:
    if picture.in_body and _floats(picture.node):
        yield reading.finding("H16", Severity.ADVISORY, path,
                              f"a {picture.kind} {picture.where} floats beside the text, and is read at no certain place",
                              "in Word: click it, then Layout Options > In Line with Text")


def _floats(node: Any) -> bool:
    return node.tag == f"{DRAWING}anchor" or bool(_FLOATING.search(node.get("style") or ""))


def _is_decorative(picture: Picture) -> bool:
    """Marked as decorative, or a line across the page, which says nothing."""
    return (any(mark.get("val") in ("1", "true") for mark in picture.properties.iter(_DECORATIVE))
            or picture.node.get(f"{_OFFICE_VML}hr") in ("t", "true"))
