"""Finds the word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

LONGEST_WORD = 60
MOST_WORDS = 200
"""Beyond these nobody is helped by a guess, and a hostile file could buy hours of guessing."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word closest to a misspelt one, or "" where none is close."""
    return _nearest(word, tuple(islice(known, MOST_WORDS))) if len(word) <= LONGEST_WORD else ""


@lru_cache(maxsize=10_000)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    by_folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), list(by_folded), n=1, cutoff=0.6)
    return by_folded[close[0]] if close else ""


def listed(words: Iterable[str], limit: int = 60) -> str:
    """Words as a list in a sentence: `a, b or c`; of very many, the first and how many more."""
    items = list(words)
    if len(items) > limit:
        items = [*items[:limit], f"{len(items) - limit:,} more"]
    return " or ".join(filter(None, [", ".join(items[:-1]), items[-1]])) if items else "nothing"


def shown(value: object, limit: int = 60) -> str:
    """A found value as it can stand in one line of a message, control characters made visible."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    text = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
