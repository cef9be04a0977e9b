"""Puts a hub's own terms in the place of ours: its readers say "integrated care board" where we say "commissioner"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from bizcase.specification.shape import Field, Shape, shape_of

_SOUNDS_LIKE_YOU = re.compile(r"(?:uni(?!n|m)|eu|use|one\b|once\b)", re.IGNORECASE)
_BEGINS = re.compile(r"(?:^|[.?!:]\s+)\Z")
_SPELLED_WITH_A_VOWEL_FIRST = "AEFHILMNORSX"


def worded(text: str, terms: Mapping[str, str]) -> str:
    """A text of ours in a hub's terms: whole words, with a capital, a plural s and `a` or `an` as they need to be.

    Never for what a user typed. A term that holds a capital, such as AHSN, is found only as it is written.
    """
    return _replaced(text, tuple(terms.items())) if terms else text


def in_terms(shape: Shape, terms: Mapping[str, str]) -> Shape:
    """The shape with a hub's terms in its titles and labels, and in the words that explain a field."""
    if not terms:
        return shape
    sections = tuple(replace(section, title=worded(section.title, terms), why=worded(section.why, terms),
                             guidance=worded(section.guidance, terms),
                             fields=tuple(_field_in_terms(field, terms) for field in section.fields))
                     for section in shape.sections)
    return shape_of(sections)


def _field_in_terms(field: Field, terms: Mapping[str, str]) -> Field:
    return replace(field, label=worded(field.label, terms), column=worded(field.column, terms), why=worded(field.why, terms),
                   guidance=worded(field.guidance, terms), fields=tuple(_field_in_terms(inner, terms) for inner in field.fields))


@lru_cache(maxsize=4_096)
def _replaced(text: str, terms: tuple[tuple[str, str], ...]) -> str:
    theirs = dict(terms)
    ours = "|".join(re.escape(term) for term in sorted(theirs, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:(an?)(\s+))?({ours})(s?)(?!\w)", lambda found: _said(found, theirs), text, flags=re.IGNORECASE)


def _said(found: re.Match[str], theirs: Mapping[str, str]) -> str:
    article, blank, written, plural = found.groups()
    ours = written if written in theirs else written.lower()
    if ours not in theirs:
        return found[0]
    said = _plural(theirs[ours]) if plural else theirs[ours]
    if article:
        return f"{_article(article, said)}{blank}{said}"
    begins = _BEGINS.search(found.string, 0, found.start()) is not None
    return said[:1].upper() + said[1:] if written[0].isupper() and (ours[0].islower() or begins) else said


def _plural(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(?:s|x|z|ch|sh)$", word) else f"{word}s"


def _article(written: str, following: str) -> str:
    """`a` or `an` before a word, with the capital that was there."""
    first_word = following.split()[0] if following.split() else ""
    if len(first_word) > 1 and first_word.isupper():
        vowel = first_word[0] in _SPELLED_WITH_A_VOWEL_FIRST
    else:
        vowel = first_word[:1].lower() in "aeiou" and not _SOUNDS_LIKE_YOU.match(first_word)
    article = "an" if vowel else "a"
    return article.capitalize() if written[0].isupper() else article
