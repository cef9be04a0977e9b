"""Which Figures of a changed passage were changed, and whether anything else in it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bizcase.provenance import PassageAsBuilt, Printed, Span

MOST_WORDS = 3_000
_AROUND = ".,;:()†‡ "
_WORD = re.compile(r"\S+")
_Change = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class FigureNow:
    """A Figure that a passage printed and prints otherwise now."""

    id: str
    was: str
    now: str


def compared(was: PassageAsBuilt, now: PassageAsBuilt, figures: Mapping[str, Printed]) -> tuple[list[FigureNow], bool]:
    """The changed Figures of a passage, and whether its other words were changed too.

    A Figure is looked for where its control stood, by the words around it: controls may be lost on the way.
    """
    words, others = list(_WORD.finditer(was.text)), list(_WORD.finditer(now.text))
    if len(words) > MOST_WORDS or len(others) > MOST_WORDS:
        return [], True
    matcher = SequenceMatcher(None, [word[0] for word in words], [word[0] for word in others], autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    found: list[FigureNow] = []
    explained: set[_Change] = set()
    for span in was.spans:
        if span.tag in figures:
            of_span = [change for change in changes if _touches(span, words, change)]
            text = _now(span, was.text, words, now.text, others, of_span)
            if of_span and text != span.text:
                found.append(FigureNow(span.tag, span.text, text))
                explained |= {change for change in of_span if _within(was, words, change, figures)}
    return found, bool(set(changes) - explained)


def _touches(span: Span, words: Sequence[re.Match[str]], change: _Change) -> bool:
    _, first, last, _, _ = change
    return any(word.start() < span.start + len(span.text) and span.start < word.end() for word in words[first:last])


def _within(was: PassageAsBuilt, words: Sequence[re.Match[str]], change: _Change, figures: Mapping[str, Printed]) -> bool:
    """Whether all words that a change takes away belong to Figures."""
    spans = [span for span in was.spans if span.tag in figures]
    return all(any(word.start() < span.start + len(span.text) and span.start < word.end() for span in spans)
               for word in words[change[1]:change[2]])


def _now(span: Span, was: str, words: Sequence[re.Match[str]], now: str, others: Sequence[re.Match[str]],
         changes: Sequence[_Change]) -> str:
    """What stands where a Figure stood, without the letters around it that were not changed."""
    if not changes:
        return span.text
    first, last = changes[0], changes[-1]
    old = was[words[first[1]].start():words[last[2] - 1].end()]
    new = now[others[first[3]].start():others[last[4] - 1].end()] if first[3] < last[4] else ""
    before = old[:max(0, span.start - words[first[1]].start())]
    after = old[len(before) + len(span.text):]
    kept = new.removeprefix(before) if before and new.startswith(before) else new
    kept = kept.removesuffix(after) if after and kept.endswith(after) else kept
    return kept if kept == span.text else kept.strip(_AROUND)


def spans_of(passages: Sequence[PassageAsBuilt]) -> Iterator[tuple[int, Span]]:
    """Every value with the number of its passage."""
    for number, passage in enumerate(passages):
        for span in passage.spans:
            yield number, span
