"""What came of reading one cell of a form, and the words by which people answer (`schemas/words/answers.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any

from bizcase import resources
from bizcase.specification.characters import UNHOLDABLE
from bizcase.specification.source import load_data

CellValue = str | int | float | bool | date | datetime | time | None
Known = Mapping[str, Mapping[str, str]]
"""For each list of rows (`resources.funding`): the ids of its rows, each with the row's name."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NO_WIDTH = re.compile("[\u200b\u200c\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Answer:
    """A value as a specification holds it. `note` says what was guessed, in words that follow the cell; `left` is what of the
    cell has no place in the value."""

    value: Any
    note: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that cannot be understood: what is wrong, in words that follow the cell, and what to write."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A cell that says that there is no answer yet: n/a, tbc, a dash."""

    text: str


Reading = Answer | Unread | NoAnswer | None
"""None: the cell is empty."""


def clean(text: str) -> str:
    """A text as a bid can hold it: one kind of line end, no control characters, no blanks around it."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: _plain(found[0], chr(int(found[1], 16))), text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").translate({0x2028: "\n", 0x2029: "\n"})
    text = UNHOLDABLE.sub("", _NO_WIDTH.sub("", text))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _plain(written: str, sign: str) -> str:
    """Excel writes a line end as _x000D_; what stands for an ordinary sign was typed as it is."""
    return "" if sign == "\r" else sign if sign in "\t\n" or UNHOLDABLE.match(sign) else written


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """A text for comparing: without capitals, kinds of dashes and quotes, dots at its end and blanks in a row."""
    text = text.casefold().translate({0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2014: "-", 0x2212: "-",
                                      0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    return " ".join(text.split()).rstrip(".,;: ") or text.strip()


@cache
def words(name: str) -> Any:
    """The words of that name in `answers.yaml`."""
    path = resources.folder("schemas") / "words" / "answers.yaml"
    return load_data(path.read_text("utf-8"), path.name)[name]


@cache
def word_set(name: str) -> frozenset[str]:
    """The same for comparing with a folded text."""
    return frozenset(folded(word) for word in words(name))


def is_no_answer(text: str) -> bool:
    return folded(text) in word_set("unanswered")
