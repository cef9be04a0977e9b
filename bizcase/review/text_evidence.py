"""What the words of a heading, of a table's columns and of a passage say for each section."""

from __future__ import annotations

import re
from functools import lru_cache

from bizcase.review.normal import normal
from bizcase.review.patterns import load_patterns, sentences_of
from bizcase.review.terms import SILENT, Evidence, evidence, load_words, pooled

LONGEST_QUESTION = 60
LONGEST_RUN_IN = 6
"""Words that a question and a heading within a paragraph may have."""
_PROMPT = re.compile(r"(?:(?:q(?:uestion)?\s*)?\d+(?:\.\d+)*[.):]?\s*)?(?:please|describe|explain|outline|provide|give|how|what"
                     r"|who|why|when|where|which|do you|does|is|are|have|state|list|summari[sz]e|tell us|set out|detail)\b",
                     re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*(?:(?:slide|section|part|question|q|annex|appendix|item|box|step|chapter|no)\.?\s*)?"
                        r"(?:\d{1,2}(?:\.\d+)*|[A-Z]|[ivx]{1,4})\s*[.):–-]\s*|^\s*\d{1,2}(?:\.\d+)*\s+", re.IGNORECASE)
_PARTS = re.compile(r"[,;/&]|\band\b", re.IGNORECASE)
_RUN_IN = re.compile(r"\s*([^.:?!–—]{3,60})(?::|\s[–—]|\.\s)\s*\S")


@lru_cache(maxsize=4096)
def heading_evidence(text: str) -> Evidence:
    """What a heading, question or label says. One that names several things says each of them, and none for sure."""
    words = load_words()
    said = _named(text)
    return Evidence({section: weight if section in words.framing else weight * words.rules["heading"]
                     for section, weight in said.weights.items()}, said.terms)


def _named(text: str) -> Evidence:
    text = _NUMBERING.sub("", text)
    whole = _heading_evidence(text)
    if whole.weights.get("", 0.0) == whole.strength:
        return whole
    parts = [part for part in _PARTS.split(text) if normal(part)]
    if len(parts) > 1 and not _is_one_term(text):
        each = [_heading_evidence(part) for part in parts]
        if len({max(one.weights, key=one.weights.__getitem__) for one in each if one.strength >= load_words().sure / 4}) > 1:
            said = pooled(((one, 1.0) for one in each), load_words().rules["several"])
            return Evidence(said.weights, tuple(term for one in each for term in one.terms))
    return whole


def _is_one_term(text: str) -> bool:
    keys = normal(text)
    return any(term.length == len(keys) for term, _ in load_words().headings.found(keys).values())


def _heading_evidence(text: str) -> Evidence:
    """The more, the more of its words are terms. Where it has no term of headings, the terms of prose speak at half their
    weight."""
    words = load_words()
    keys = normal(text)
    hits = words.headings.found(keys).values()
    found = evidence(hits, 0, words.rules["most"])
    if found.strength:
        covered = sum(term.length * times for term, times in hits) / len(keys)
        share = words.rules["bare"] + (1 - words.rules["bare"]) * covered
        found = Evidence({section: weight * share for section, weight in found.weights.items()}, found.terms)
    if shown := tuple(load_patterns().in_heading(text, keys)):
        both = pooled(((found, 1), (evidence(((term, 1) for term in shown), 0, words.rules["most"]), 1)), words.rules["most"])
        return Evidence(both.weights, (*found.terms, *shown))
    if found.strength:
        return found
    said = evidence(words.prose.found(keys).values(), 0, words.sure)
    return Evidence({section: weight / 2 for section, weight in said.weights.items()}, said.terms) if said.terms else SILENT


@lru_cache(maxsize=1024)
def column_evidence(heads: tuple[str, ...]) -> Evidence:
    """What the heads of a table's columns say together."""
    words = load_words()
    return evidence((hit for head in heads for hit in words.columns.found(normal(head)).values()), 0, words.rules["columns"])


def prose_evidence(text: str, most: float) -> Evidence:
    """What the words of a passage say, the strongest section no more than `most`."""
    words = load_words()
    sentences = sentences_of(text)
    found = [*words.prose.found([key for _, keys in sentences for key in keys]).values(),
             *((term, 1) for term in load_patterns().in_prose(sentences))]
    if unwritten := tuple(term for term, _ in found if term.weights.get("", 0.0) > most):
        return Evidence(unwritten[0].weights, unwritten)
    return evidence(found, words.rules["again"], most)


def run_in(text: str) -> str:
    """The heading that a paragraph brings along: the few words before its first colon, dash or full stop; "" where none are."""
    match = _RUN_IN.match(text)
    return match[1] if match and len(match[1].split()) <= LONGEST_RUN_IN else ""


def is_question(text: str) -> bool:
    """Whether a paragraph asks for an answer below it, as application forms do."""
    if len(text.split()) > LONGEST_QUESTION:
        return False
    return bool(text.rstrip().endswith("?") or (_PROMPT.match(text) and len(text.split()) <= LONGEST_QUESTION // 2
                                                and text.rstrip()[-1:] not in ".!"))
