"""What a draft lacks, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a draft lacks: the section it belongs to and what to say there."""

    section: str
    text: str
