"""The accessibility gate: what in a finished Word file would keep somebody from reading it.

The rules are those of the public sector's accessibility regulations (WCAG 2.2 AA) as far as they can be told from a file.
They hold for any .docx: one of ours, one that was edited in Word, somebody else's. Each finding says what to do in Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bizcase.document.contrast_rules import contrast_findings
from bizcase.document.heading_rules import heading_findings
from bizcase.document.link_rules import link_findings
from bizcase.document.picture_rules import picture_findings
from bizcase.document.preflight import word_parts
from bizcase.document.reader import read_word
from bizcase.document.reading import Reading
from bizcase.document.table_rules import table_findings
from bizcase.errors import Finding, Severity

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def accessibility_findings(document: bytes, name: str) -> list[Finding]:
    """What is not accessible in a Word file, rule by rule, in the order of the file.

    Raises UnreadableFile where the bytes are not a Word file, or not one that is safe to open.
    """
    reading = read_word(word_parts(document, name), name)
    return [*_properties(reading), *heading_findings(reading), *table_findings(reading), *picture_findings(reading),
            *contrast_findings(reading), *link_findings(reading)]


def _properties(reading: Reading) -> Iterator[Finding]:
    if not reading.title:
        yield reading.finding("H01", Severity.MAJOR, "properties", "the document has no title",
                              "in Word: File > Info > Properties > Title; it is what a screen reader says first")
    if not _LANGUAGE.fullmatch(reading.language) or reading.language.casefold().startswith("x-"):
        yield reading.finding("H02", Severity.MAJOR, "properties", "the document does not say its language",
                              "in Word: Review > Language > Set Proofing Language > English (United Kingdom) > Set As Default")
