"""Words made alike, so that they can be compared: capitals, plurals, hyphens, British and American spelling, -ing and -ed.

The rules of spelling are data (`schemas/words/spelling.yaml`). What comes out is for comparing only, never for reading. The rules
of endings are few on purpose: stemmers of the usual kind make one of commission and commissioning committees, of general and
generation, of policy and police, and a wrong match here puts a passage under a wrong section.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bizcase import resources
from bizcase.specification.source import load_data

FILE = "spelling.yaml"
NUMBER = "#"
"""Stands for every number, so that `month 3` and `month 18` are alike."""
_TOKEN = re.compile(r"[£%]|\d(?:[\d.,:/]*\d)?|[^\W\d_]+(?:['’][^\W\d_]+)?")
_RULED = 5
"""Letters that a word must have for the rules of spelling."""
_STEM = 3
"""Letters that an -ing or -ed must leave behind."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """`letters` are changed in longer words, in order; a word in `alike` is read as the words it maps to."""

    left_out: frozenset[str]
    letters: tuple[tuple[re.Pattern[str], str], ...]
    alike: dict[str, str]


@cache
def load_spelling() -> Spelling:
    content = load_data((resources.folder("schemas") / "words" / FILE).read_text("utf-8"), FILE)
    letters = tuple((re.compile(f"{re.escape(old[1:])}(?=s?$)" if old.startswith("~") else re.escape(old)), new)
                    for old, new in content["letters"].items())
    return Spelling(frozenset(content["left_out"]), letters, dict(content["alike"]))


def normal(text: str) -> tuple[str, ...]:
    """The words of a text, made alike, without those that say nothing."""
    found: list[str] = []
    for token in _TOKEN.findall(text.casefold()):
        found += _keys(token)
    return tuple(found)


@lru_cache(maxsize=20_000)
def _keys(token: str) -> tuple[str, ...]:
    spelling = load_spelling()
    if token[0].isdigit():
        return (NUMBER,)
    word = token.replace("’", "'").removesuffix("'s")
    read_as = spelling.alike.get(word) or spelling.alike.get(_singular(word), word)
    return tuple(_stem(_spelt(part, spelling)) for part in read_as.split() if part not in spelling.left_out)


def _spelt(word: str, spelling: Spelling) -> str:
    if len(word) < _RULED:
        return word
    for old, new in spelling.letters:
        word = old.sub(new, word)
    return word


def _stem(word: str) -> str:
    """The word without its plural's s, its -ing or -ed, and a last e."""
    word = _singular(word)
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _STEM and not word.endswith("eed") and any(letter in "aeiouy" for letter in stem):
            return _undoubled(stem)
    return word[:-1] if word.endswith("e") and len(word) > _STEM + 1 else word


def _undoubled(stem: str) -> str:
    """`plann` as `plan`, `shar` and `staff` as they are."""
    doubled = len(stem) > _STEM and stem[-1] == stem[-2] and stem[-1] in "bdgmnprt"
    return stem[:-1] if doubled else stem.removesuffix("e")


def _singular(word: str) -> str:
    if len(word) <= _STEM or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > _STEM + 1:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "ches", "shes", "xes")) else word[:-1]
