"""How a fault of a template is told: always with the section, the paragraph and a few of its words."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.errors import Finding, Place, Severity
from bizcase.specification.words import shown

FEW_WORDS = 70
LONGEST_TAG_SHOWN = 120
SEVERITIES = {**dict.fromkeys(("T30", "T31", "T33", "T35", "T40", "T50", "T51"), Severity.MAJOR), "T32": Severity.ADVISORY}
"""What is less than an error; a template with no worse finding can be built with."""


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph of a part, numbered from 1 within the part and (`position`) from 0, the heading, within its section."""

    part: str
    number: int
    section: str
    position: int
    in_table: bool = False
    text: str = ""


def told(name: str, where: Paragraph | None, code: str, message: str, hint: str = "", about: str = "") -> Finding:
    """A finding about the template of that name; `about` are the words of the paragraph that matter."""
    if len(about) > LONGEST_TAG_SHOWN:
        message = message.replace(about, shown(about, LONGEST_TAG_SHOWN))
    severity = SEVERITIES.get(code, Severity.ERROR)
    if where is None:
        return Finding(Place(name), code, severity, message, hint)
    path = f"{where.part}, paragraph {where.number}"
    return Finding(Place(name, path=path), code, severity, f"{_place(where, about)}: {message}", hint)


def _place(where: Paragraph, about: str) -> str:
    words = "" if _same(where.text, about) else shown(_few(where.text, about), FEW_WORDS)
    quoted = f' "{words}"' if words else ""
    if not where.position:
        return f"the heading {where.section}{quoted if about else ''}"
    return f"{where.section}, paragraph {where.position}{quoted}"


def _same(text: str, about: str) -> bool:
    """Whether the paragraph holds nothing but what the message names anyway."""
    return " ".join(text.split()) == " ".join(about.split())


def _few(text: str, about: str) -> str:
    """The words around what matters, on one line."""
    text, about = " ".join(text.split()), " ".join(about.split())
    start = text.find(about) if about else 0
    if len(text) <= FEW_WORDS or start <= 0:
        return text
    before = max(0, min(start - 10, len(text) - FEW_WORDS + 1))
    return f"…{text[before:]}" if before else text
