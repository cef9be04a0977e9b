"""A look at a Word file from a stranger before anything parses it."""

from __future__ import annotations

from bizcase.strangers import WORD, safe_parts


def word_parts(content: bytes, name: str) -> dict[str, bytes]:
    """The XML parts of a Word file by name; pictures and the like are left out.

    Raises UnreadableFile, with one finding, where it is not a Word file (E02, E08) or not one to be opened (E09).
    """
    return safe_parts(content, name, WORD)
