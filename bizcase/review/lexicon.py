"""Words kept as data, made ready for searching: whole words, whatever their capitals, the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from bizcase import resources
from bizcase.specification.source import load_data


@cache
def words_file(name: str) -> Mapping[str, Any]:
    """The content of a file of `schemas/words/`."""
    return load_data((resources.folder("schemas") / "words" / f"{name}.yaml").read_text("utf-8"), f"{name}.yaml")


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of these words or phrases; a hyphen and a space are the same. Their first letters are asked for before
    the words are tried, since most places of a text have none of them."""
    longest_first = sorted({word.casefold() for word in words}, key=len, reverse=True)
    inner = "|".join(re.escape(word).replace("\\-", "[\\s\\-\u2010\u2011]").replace("\\ ", "[\\s\\-\u2010\u2011]")
                     for word in longest_first)
    first = "".join(sorted({re.escape(word[0]) if word[0] not in " -" else r"\s\-\u2010\u2011" for word in longest_first}))
    return re.compile(rf"(?<!\w)(?=[{first}])(?:{inner})(?!\w)", re.IGNORECASE)


_CLAUSE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z£“\"(])|\n+")


def clauses(text: str) -> list[str]:
    """The sentences of a text, parted at semicolons and ends of lines too: a figure belongs to the words in its own clause."""
    return _CLAUSE_END.split(text)
