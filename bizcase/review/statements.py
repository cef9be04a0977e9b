"""Cuts a bid into statements: one sentence of a paragraph, or one row of a table read together with its headings.

A statement keeps what its writer expects the reader to carry down to it: the heading above, the caption of the table, the
question of a form, the line that opens a list. Those words say what a statement is about, not that it is so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from bizcase import resources
from bizcase.review.mapping import Placed
from bizcase.review.submission import Kind, Passage
from bizcase.specification.source import load_data

LONGEST_HEADING = 60
"""Characters. The first row of a table with a longer cell is no row of headings."""

LONGEST_ENTRY = 40
"""Words. What stands beside a label in a table is read as text of its own if it is longer."""

LONGEST_LEAD = 12
"""Passages. A line that ends in a colon opens no longer list than this."""

LONGEST_SENTENCE = 2_000
"""Characters. A sentence without end is cut here, so that looking at what stands near what costs no more than its length."""

_SPACES = re.compile(r"[^\S\n]+")
_ENDS = re.compile(r"(?<=[.!?;])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9£])|\n+|\s+(?=[•▪‣]\s)")
_SHORTENED = re.compile(r"(?:\b(?:Dr|Prof|Mr|Mrs|Ms|St|No|no|approx|incl|vs|cf|al|ie|eg|[A-Z])|i\.e|e\.g)\.$")
_SET_ASIDE = re.compile(r"Missing(?: \([A-Z]+[\d.]+\))?:|\[[^\]]*\]\s*$|<[^>]*>\s*$|_{4,}")
"""What is not the writer's own: the gaps that our drafts mark, and the places that a form leaves to be filled."""
_ASKED = re.compile(r"(?:please|describe|explain|outline|set out|provide|state|tell us|list|summarise|who|what|when|where|why|"
                    r"how|have you|do you|is there|are there|will you)\b[^?]*\?\s*$|"
                    r"(?:please|describe|explain|outline|provide|tell us|summarise|set out)\s+(?:\w+\s+){0,2}"
                    r"(?:how|what|who|why|which|whether|the|your|any|details|briefly)\b", re.IGNORECASE)
_BLANK = re.compile(r"[\W_]*(?:n/?a|tb[acd]|nil|to be (?:confirmed|agreed|decided|determined|completed))?[\W_]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """`label` are the words above it. `sections` are those its passage speaks to. Statements of one `group` stand in one
    passage, those of one `block` under one heading. A `row` is one of a table."""

    text: str
    label: str
    passage: Passage
    sections: tuple[str, ...]
    group: int
    block: int
    row: bool


@dataclass(slots=True)
class _Above:
    """What the writer said above the passage that is being read."""

    heading: str = ""
    caption: str = ""
    lead: str = ""
    since: int = 0
    block: int = 0

    def label(self, *, in_table: bool) -> str:
        return ". ".join(filter(None, (self.heading, self.caption if in_table else "", self.lead)))

    def takes(self, passage: Passage) -> bool:
        """Whether a passage only says what is to come."""
        text = passage.text
        if passage.kind is Kind.HEADING:
            self.heading, self.caption, self.lead, self.block = text, "", "", self.block + 1
        elif passage.kind is Kind.CAPTION:
            self.caption = text
        elif _ASKED.match(text):
            self.lead, self.since = text, 0
        else:
            return False
        return True

    def passes(self, passage: Passage) -> None:
        """The list that a line opened ends after a while, or where the next one is opened."""
        self.since += 1
        if passage.text.rstrip().endswith(":"):
            self.lead, self.since = passage.text, 0
        elif self.since > LONGEST_LEAD:
            self.lead = ""


def statements_of(placed: Sequence[Placed]) -> tuple[Statement, ...]:
    """The statements of a bid, in order, without headers, footers and what is not the writer's own."""
    found: list[Statement] = []
    above = _Above()
    own = (each for each in placed if each.passage.kind is not Kind.MARGIN and not _SET_ASIDE.match(each.passage.text))
    for group, (table, run) in enumerate(groupby(own, key=_table_of)):
        if table:
            found += _rows(list(run), above, group)
            continue
        for number, each in enumerate(run):
            if above.takes(each.passage):
                continue
            label = above.label(in_table=False)
            sections = _sections(each)
            found += [Statement(text, label, each.passage, sections, group * 10_000 + number, above.block, False)
                      for text in sentences(each.passage.text)]
            above.passes(each.passage)
    return tuple(found)


def _table_of(placed: Placed) -> int:
    return placed.passage.table


def _sections(placed: Placed) -> tuple[str, ...]:
    return tuple(filter(None, (placed.section, placed.second)))


def _sections_of_row(row: Sequence[Placed]) -> tuple[str, ...]:
    """Those that at least half of its cells speak to."""
    counts = Counter(section for each in row for section in _sections(each))
    return tuple(section for section, count in counts.items() if 2 * count >= len(row))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a passage; a full stop after a shortened word ends none."""
    held = ""
    for piece in _ENDS.split(_SPACES.sub(" ", text)):
        held = f"{held} {piece}".strip()
        if held and (len(held) > LONGEST_SENTENCE or not _SHORTENED.search(held)):
            yield from _pieces(held)
            held = ""
    if held:
        yield held


def _pieces(text: str) -> Iterator[str]:
    yield from (text[start:start + LONGEST_SENTENCE] for start in range(0, len(text), LONGEST_SENTENCE))


def _rows(cells: list[Placed], above: _Above, group: int) -> Iterator[Statement]:
    """The rows of one table. With three columns or more, the first row names what stands in each; with two, the first
    column does, unless all words of the first row are such as name columns."""
    rows = [list(row) for _, row in groupby(cells, key=lambda each: each.passage.row)]
    headings = _headings(rows)
    for number, row in enumerate(rows[1:] if headings else rows):
        place = group * 10_000 + number
        if all(each.passage.kind is Kind.HEADING for each in row):
            above.takes(row[-1].passage)
        elif row[0].passage.kind is Kind.HEADING and len(_answer(row).split()) > LONGEST_ENTRY:
            above.takes(row[0].passage)
            yield from (Statement(text, above.label(in_table=False), each.passage, _sections(each), place, above.block, False)
                        for each in row[1:] for text in sentences(each.passage.text))
        else:
            yield from _row(row, headings, above, place)
    above.caption = ""


def _answer(row: Sequence[Placed]) -> str:
    return " ".join(each.passage.text for each in row[1:])


def _row(row: list[Placed], headings: dict[int, str], above: _Above, place: int) -> Iterator[Statement]:
    """A row as one statement; what a form asks stands above its answer."""
    asked = row[0].passage.text if _ASKED.match(row[0].passage.text) else ""
    text = _in_words(row[1:] if asked and len(row) > 1 else row, headings)
    if text and not _ASKED.match(text):
        label = ". ".join(filter(None, (above.label(in_table=True), asked)))
        passage = next((each.passage for each in row if each.passage.kind is not Kind.HEADING), row[0].passage)
        yield from (Statement(piece, label, passage, _sections_of_row(row), place, above.block, True) for piece in _pieces(text))


def _headings(rows: list[list[Placed]]) -> dict[int, str]:
    first = {each.passage.column: each.passage.text for each in rows[0]}
    columns = {each.passage.column for row in rows for each in row}
    if len(rows) < 2 or len(first) < 2 or any(len(text) > LONGEST_HEADING for text in first.values()):
        return {}
    return first if len(columns) > 2 or _name_columns(" ".join(first.values())) else {}


def _name_columns(text: str) -> bool:
    return all(word.lower() in _column_heads() for word in re.findall(r"[^\W\d_]+", text))


@cache
def _column_heads() -> frozenset[str]:
    path = resources.folder("schemas") / "words" / "column_heads.yaml"
    return frozenset(load_data(path.read_text("utf-8"), path.name)["words"])


def _in_words(row: list[Placed], headings: dict[int, str]) -> str:
    """`Step: Haematology; Owner: Jo Hale`. A heading over an empty cell says nothing."""
    filled = [(column, " / ".join(each.passage.text for each in cell))
              for column, cell in groupby(row, key=lambda each: each.passage.column)]
    filled = [(column, text) for column, text in filled if not _BLANK.fullmatch(text)]
    if headings:
        return "; ".join(f"{headings[column]}: {text}" if column in headings else text for column, text in filled)
    if len(filled) == 1 and len({each.passage.column for each in row}) > 1:
        return ""
    texts = [text for _, text in filled]
    return f"{texts[0]}: {'; '.join(texts[1:])}" if len(texts) > 1 else "".join(texts)
