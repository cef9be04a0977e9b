"""What in a file would act or reach out when somebody opens it: macros, controls, links to templates or data elsewhere.

Nothing of it is opened or passed on; it is named, so that whoever opens the file in Word or Excel knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bizcase.document.ooxml import PACKAGE, parsed
from bizcase.errors import Finding, Place, Severity
from bizcase.specification.words import shown

ACTIVE = "B06"
_MACROS = (b"vbaProject", b"macroEnabled")
_HARMLESS = ("http://", "https://", "mailto:")
_WORDS = {
    "attachedTemplate": "a template", "image": "a picture", "oleObject": "an object", "externalLinkPath": "another workbook",
    "externalLink": "another workbook", "subDocument": "a part of the document", "frame": "a frame", "aFChunk": "a document",
    "hyperlink": "a link"}


def active_content(parts: Mapping[str, bytes], name: str) -> Iterator[Finding]:
    """Each thing that acts or reaches out, with its target."""
    kinds = parts.get("[Content_Types].xml", b"")
    if any(mark in kinds for mark in _MACROS):
        yield _finding(name, "it holds macros; they were neither run nor read", "ask for the file without them (.docx or .xlsx)")
    if b"activeX" in kinds:
        yield _finding(name, "it holds ActiveX controls; they were neither run nor read", "ask for the file without them")
    told: set[tuple[str, str]] = set()
    for part, content in parts.items():
        for link in parsed(content).iter(f"{{{PACKAGE}/relationships}}Relationship") if part.endswith(".rels") else ():
            kind, target = (link.get("Type") or "").rpartition("/")[2], link.get("Target") or ""
            harmless = kind == "hyperlink" and target.casefold().startswith(_HARMLESS)
            if link.get("TargetMode") == "External" and not harmless and (kind, target) not in told:
                told.add((kind, target))
                yield _finding(name, f"it reaches for {_WORDS.get(kind, 'something')} outside of it: {shown(target, 120)}",
                               "break the link, or put what is meant into the file")


def _finding(name: str, message: str, hint: str) -> Finding:
    return Finding(Place(name), ACTIVE, Severity.MAJOR, message, hint)
