"""Words by which people, roles, answers and refusals are recognised in free text (`schemas/words/signs.yaml`)."""

from __future__ import annotations

import re
from functools import cache

from bizcase import resources
from bizcase.specification.source import load_data


def shows(sign: str, text: str) -> bool:
    """Whether a text holds a word of that sign: `shows("clinicians", "Lead nurse")`."""
    return bool(shown_by(sign, text))


def shown_by(sign: str, text: str) -> str:
    """The first words of that sign in a text, as they stand there; empty where there are none."""
    found = re.search(rf"\b(?:{_words(sign)})", text, re.IGNORECASE)
    return found[0] if found else ""


def begins_with(sign: str, text: str) -> bool:
    """Whether a text begins with a word of that sign."""
    return re.match(rf"\s*(?:{_words(sign)})", text, re.IGNORECASE) is not None


def is_all(sign: str, text: str) -> bool:
    """Whether a text is a word of that sign, alone or before a stop or a comma: `None: all posts are filled`, but not
    `None of us`."""
    return re.match(rf"\s*(?:{_words(sign)})\s*(?:[.,;:(–-].*)?$", text, re.IGNORECASE | re.DOTALL) is not None


@cache
def _words(sign: str) -> str:
    """The words of a sign as alternatives of a pattern."""
    path = resources.folder("schemas") / "words" / "signs.yaml"
    return "|".join(map(_pattern, load_data(path.read_text("utf-8"), path.name)[sign]))


def _pattern(word: str) -> str:
    return re.escape(word[:-1]) if word.endswith("-") else rf"{re.escape(word)}\b"
