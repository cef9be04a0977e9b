"""What a draft lacks, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a draft lacks: the section it belongs to, what to say there, and why a reader looks for it."""

    section: str
    text: str
    why: str
