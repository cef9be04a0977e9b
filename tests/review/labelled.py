"""What a labelled bid is: its blocks with the section each belongs to, and what a strict but fair reviewer says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bizcase.completeness.verdict import Degree

Rows = tuple[tuple[str, ...], ...]

SECTIONS = (
    "document", "summary", "problem", "evidence", "innovation", "alignment", "stakeholders", "clinical_engagement", "incentives",
    "ppi", "commissioner_plan", "partnerships", "readiness", "options", "resources", "appraisal", "benefits", "evaluation",
    "risks", "inclusion", "assurance", "scale_up", "sustainability", "governance", "timeline", "dissemination", "change_plan",
    "commercial", "assumptions",
)
"""The sections of a specification that a passage may belong to; a passage that belongs to none has no section."""

CHECKS_BY_SECTION = (4, 6, 5, 5, 6, 6, 4, 5, 7, 7, 6, 5, 9, 6, 5, 5, 4, 5, 4, 5, 5, 2, 2)
CODES = tuple(f"C{section:02}.{check}" for section, count in enumerate(CHECKS_BY_SECTION, 1) for check in range(1, count + 1))
"""All checks of the manual, C01.1 … C23.2."""

UNDECIDABLE = frozenset({"C01.4", "C02.6", "C05.4", "C12.1", "C13.7", "C14.3", "C15.5", "C20.3"})
"""What no reviewer can decide from the words of one bid: sums over years, a model's fit, twenty objectives, capacity."""

CONDITIONAL = frozenset({"C02.4", "C03.5", "C04.4", "C05.3", "C06.3", "C07.2", "C07.4", "C10.7", "C15.2", "C15.4", "C17.1"})
"""What arises only under a condition (digital, AI, resistance, more than two parties): labelled where it does."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of a form: the question, and the answer as paragraphs and tables inside its cell."""

    question: str
    parts: tuple[str | Rows, ...]
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a paragraph: kept, inserted or deleted by a tracked change."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the bid in reading order. `kind` says which of the other fields speak; `lead` is a bold run-in heading."""

    kind: str
    texts: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    level: int = 0
    lead: str = ""
    title: str = ""
    rows: Rows = ()
    answers: tuple[Answer, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that one label holds for: a paragraph, a bullet, a whole table, an answer of a form. `parts` are the paragraphs
    and cells as they stand in the file; `sections` all that are fair, none for words that belong nowhere."""

    parts: tuple[str, ...]
    sections: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things the bid says that cannot both be true. `kind`: total, two values, roi, payback, date, share."""

    kind: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Something its author left in. `what`: placeholder, guidance, comment, tracked change, empty section, hidden text."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class LabelledBid:
    """A bid as a stranger might write it, with all labels. `verdicts` holds only what its words let a reviewer decide; of
    those partly met, `slight` names the ones that may as fairly be called absent. `shown` gives the passages that carry a
    verdict, where one passage does."""

    name: str
    title: str
    about: str
    style: str
    bullets: str
    header: str
    blocks: tuple[Block, ...]
    verdicts: Mapping[str, Degree]
    slight: frozenset[str]
    shown: Mapping[str, tuple[str, ...]]
    contradictions: tuple[Contradiction, ...]
    leftovers: tuple[Forgotten, ...]

    @property
    def pieces(self) -> Iterator[Piece]:
        """The labelled words in order: no headings and questions, nothing deleted, no comments."""
        for block in self.blocks:
            if block.kind == "table":
                yield Piece(tuple(cell for row in block.rows for cell in row if cell), block.sections)
            elif block.kind == "form":
                for answer in block.answers:
                    yield Piece(tuple(_flat(answer.parts)), answer.sections)
            elif block.kind == "changed":
                yield Piece(("".join(c.text for c in block.changes if c.what != "deleted"),), block.sections)
            elif block.kind not in ("heading", "comment", "deleted", "hidden"):
                for text in block.texts:
                    yield Piece((f"{block.lead} {text}".strip(),), block.sections)

    @property
    def words(self) -> Iterator[str]:
        """Every text that the file must hold, labelled or not."""
        yield self.title
        for block in self.blocks:
            yield from block.texts
            yield from (cell for row in block.rows for cell in row)
            for answer in block.answers:
                yield answer.question
                yield from _flat(answer.parts)
            yield from (change.text for change in block.changes)
            yield from filter(None, (block.lead,))


def _flat(parts: tuple[str | Rows, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        else:
            yield from (cell for row in part for cell in row if cell)
