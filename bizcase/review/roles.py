"""What each paragraph of a document is to its reader: a heading, a question of a form, a caption, a line of the contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bizcase.document.reader import BODY
from bizcase.document.reading import Paragraph, Reading
from bizcase.review.forms import MOST_ROWS, Cell, cells_with_text, questions
from bizcase.review.headings import Heading, headings_among, is_caption, is_guidance, is_of_a_draft, leads_among

_CONTENTS = re.compile(r"(?:table of )?contents", re.I)
_LINE_OF_CONTENTS = re.compile(r".*(?:\.{3,}|…|\s)\s*\d{1,3}")


@dataclass(frozen=True, slots=True)
class Roles:
    """By the number of a paragraph in the reading: headings, cells that ask, leads of paragraphs, captions, guidance below
    a heading, contents."""

    headings: dict[int, Heading] = field(default_factory=dict)
    questions: dict[int, Cell] = field(default_factory=dict)
    parts_of_questions: frozenset[int] = frozenset()
    leads: dict[int, str] = field(default_factory=dict)
    captions: frozenset[int] = frozenset()
    guidance: frozenset[int] = frozenset()
    contents: frozenset[int] = frozenset()


def roles_of(reading: Reading) -> Roles:
    """The roles of the paragraphs of the body."""
    numbered = [(number, paragraph) for number, paragraph in enumerate(reading.paragraphs)
                if paragraph.story == BODY and paragraph.text]
    numbers = [number for number, _ in numbered]
    paragraphs = [paragraph for _, paragraph in numbered]
    by_table: dict[int, list[tuple[int, Paragraph]]] = {}
    for number, paragraph in numbered:
        if paragraph.table:
            by_table.setdefault(paragraph.table, []).append((number, paragraph))
    position = {number: position for position, number in enumerate(numbers)}
    banners = {position[found[0][0]] for table, found in by_table.items() if len(found) == 1 and _is_one_cell(reading, table)}
    headings = headings_among(paragraphs, reading.styles, banners)
    asked: dict[int, Cell] = {}
    for table, found in by_table.items():
        rows = reading.tables[table - 1].rows
        if len(rows) <= MOST_ROWS and not any(position[number] in headings for number, _ in found):
            shape = {row: len(cells) for row, (_, cells) in enumerate(rows, 1)}
            asked.update(questions(cells_with_text(found, reading.styles), shape))
    return Roles(
        {numbers[found]: heading for found, heading in headings.items()}, asked,
        frozenset(number for cell in asked.values() for number in cell.positions),
        {numbers[found]: lead for found, lead in leads_among(paragraphs, reading.styles, headings).items()},
        frozenset(number for number, paragraph in numbered if not paragraph.table and is_caption(paragraph, reading.styles)),
        frozenset(number for number, paragraph in numbered if is_of_a_draft(paragraph, reading.styles)) | frozenset(
            after for (before, _), (after, paragraph) in pairwise(numbered)
            if (position[before] in headings or before in asked) and position[after] not in headings and after not in asked
            and is_guidance(paragraph, reading.styles)),
        frozenset(_contents(numbered, {numbers[found] for found in headings})))


def _is_one_cell(reading: Reading, table: int) -> bool:
    rows = reading.tables[table - 1].rows
    return len(rows) == 1 and len(rows[0][1]) == 1


def _contents(numbered: Sequence[tuple[int, Paragraph]], headings: set[int]) -> set[int]:
    """Lists of contents, made by Word or typed: lines after “Contents” that end with a page."""
    found, typed = set(), False
    for number, paragraph in numbered:
        if _CONTENTS.fullmatch(paragraph.text.strip(" :")):
            typed = True
            found.add(number)
        elif paragraph.contents or (typed and _LINE_OF_CONTENTS.fullmatch(paragraph.text) and not paragraph.level):
            found.add(number)
        else:
            typed = False
    return found
