"""Short passages of invented bids with the verdict that a careful reader would give, and how they become a bid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bizcase.completeness.criterion import load_criteria
from bizcase.completeness.verdict import Degree
from bizcase.review.mapping import Placed
from bizcase.review.submission import Kind, Passage, Submission
from bizcase.specification.source import load_data

FOLDER = Path(__file__).parent / "criteria_phrases"
SECTIONS = {criterion.code: criterion.section for criterion in load_criteria()}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A passage and the degree that it should give to one criterion."""

    code: str
    degree: Degree
    given: Any


def phrases() -> Iterator[Phrase]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for code, degrees in load_data(path.read_text("utf-8"), path.name).items():
            for degree, passages in degrees.items():
                for given in passages:
                    yield Phrase(code, Degree(degree), given)


def placed(given: Any, section: str) -> tuple[Placed, ...]:
    """The passages of a phrase: a text, or a mapping with `heading`, `text` and `rows`."""
    given = {"text": given} if isinstance(given, str) else given
    section, heading = given.get("section", section), given.get("heading", "")
    found: list[Placed] = []

    def add(text: str, kind: Kind, row: int = 0, column: int = 0) -> None:
        above = (heading,) if heading and kind is not Kind.HEADING else ()
        where = f"passage {len(found) + 1}"
        level, table = int(kind is Kind.HEADING), int(kind is Kind.CELL)
        found.append(Placed(Passage(text, kind, above, where, len(found), level, "", table, row, column), section, 1.0, ""))

    if heading:
        add(heading, Kind.HEADING)
    for text in [given["text"]] if isinstance(given.get("text"), str) else given.get("text", ()):
        add(text, Kind.PARAGRAPH)
    for row, cells in enumerate(given.get("rows", ()), 1):
        for column, cell in enumerate(cells, 1):
            if str(cell):
                add(str(cell), Kind.CELL, row, column)
    return tuple(found)


def submission(passages: tuple[Placed, ...], *skipped: str) -> Submission:
    return Submission("theirs.docx", "", tuple(each.passage for each in passages), (), (), skipped)
