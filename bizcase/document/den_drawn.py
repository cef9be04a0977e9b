"""The tables of a Den pack in which a panel writes: how high their rows are, their page decides and no template can know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bizcase.document import den_styles as styles
from bizcase.document import markup as m
from bizcase.document.den_styles import Text
from bizcase.document.den_template import pack_words
from bizcase.document.escaping import as_typed
from bizcase.document.picture import Picture

QUESTION_WIDTHS = m.shared_widths([0.5, 5.7, 3.4])
_STYLE = "GridTable"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to ask, and how high its row is, in twips."""

    text: str
    height: int


def questions_table(questions: Iterable[Asked]) -> Picture:
    """The questions, numbered, each with room for what was answered."""
    words = pack_words()
    labels = [words["questions"][name] for name in ("number", "asks", "answer")]
    rows = "".join(_row((str(number), question.text, ""), QUESTION_WIDTHS, question.height)
                   for number, question in enumerate(questions, 1))
    return Picture(m.table(QUESTION_WIDTHS, _header(labels, QUESTION_WIDTHS), rows, words["headings"]["questions"], _STYLE))


def marks_table(allowed: Mapping[str, object], height: int) -> Picture:
    """Room for the mark, the decision and the notes. `allowed` says, by name, what may be given."""
    words = pack_words()
    widths = m.shared_widths([column["weight"] for column in words["marks"]])
    header = _header([column["label"].format(**allowed) for column in words["marks"]], widths)
    return Picture(m.table(widths, header, _row([""] * len(widths), widths, height), words["headings"]["notes"], _STYLE))


def _header(labels: Sequence[str], widths: Sequence[int]) -> str:
    return _cells(labels, widths, styles.COLUMN)


def _row(texts: Sequence[str], widths: Sequence[int], height: int) -> str:
    return (f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>'
            f"{_cells(texts, widths, styles.CELL)}</w:tr>")


def _cells(texts: Sequence[str], widths: Sequence[int], style: Text) -> str:
    return "".join(m.cell(m.paragraph(m.raw_run(as_typed(text)) if text else "", style.id), width)
                   for text, width in zip(texts, widths, strict=True))
