"""Funders' forms: tables in which a cell asks and the next one, or the one below, answers.

Such a cell is a heading of its answer. Tables of data are left alone: there a row's label names a thing, and asks nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from bizcase.document.look import WHITE, Styles
from bizcase.document.ooxml import W
from bizcase.document.reading import Paragraph
from bizcase.review.dress import dress_of
from bizcase.review.headings import PROMPT

MOST_ROWS = 300
_MOST_WORDS_OF_A_LABEL = 80
_SENTENCE = 8
"""Words; a cell that holds more, on the whole, is prose and not data."""
_MOST = 0.6
_COLUMNS_OF_A_FORM = re.compile(r"(?:your |applicant.?s? )?(?:question|response|answer|section|details?|heading|requirement|"
                                r"criterion|criteria|information|guidance)\b", re.I)
_ASKS = re.compile(r"(?:question|section|part|q)\s?\.?\s?\d{1,2}\b|\d{1,2}(?:\.\d{1,2})*[.)]?\s+[A-Z]", re.I)
_ONLY_A_NUMBER = re.compile(r"(?:question|section|part|q)?\s?\.?\s?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z])[.):]?", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with text: the positions of its paragraphs, its text, and what tells whether it looks like a label. `depth` is 1
    for a question, 0 for a row that stands above several."""

    row: int
    column: int
    positions: tuple[int, ...]
    text: str
    tells_its_look: Callable[[], bool] = field(compare=False, repr=False)
    depth: int = 1

    @property
    def stands_out(self) -> bool:
        """Whether it looks like a label; worked out when it is asked, since most cells are never taken for one."""
        return self.tells_its_look()

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def is_figure(self) -> bool:
        return sum(sign.isalpha() for sign in self.text) < 3

    @property
    def asks(self) -> bool:
        """Whether its words are those of a question or an instruction, or a numbered heading."""
        return bool(self.text.endswith(("?", ":")) or PROMPT.match(self.text) or _ASKS.match(self.text))


def cells_with_text(numbered: Sequence[tuple[int, Paragraph]], styles: Styles) -> list[Cell]:
    """The cells of a table, from its paragraphs with text and their positions."""
    groups: dict[tuple[int, int], list[tuple[int, Paragraph]]] = {}
    for position, paragraph in numbered:
        groups.setdefault((paragraph.row, paragraph.column), []).append((position, paragraph))
    return [Cell(row, column, tuple(position for position, _ in group), " ".join(found.text for _, found in group),
                 partial(_stands_out, group[0][1], styles)) for (row, column), group in sorted(groups.items())]


def questions(cells: Sequence[Cell], shape: Mapping[int, int]) -> dict[int, Cell]:
    """The cells of a form that ask, by the position of their first paragraph; none where a table is not a form.

    `shape` gives the number of cells of each row, also those without text.
    """
    if not cells or not shape or len(shape) > MOST_ROWS:
        return {}
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    widest = max(shape.values())
    found = _stacked(rows, shape) if widest == 1 else _side_by_side(rows, shape) if _is_narrow(rows, shape) else []
    return {cell.positions[0]: cell for cell in found}


def _is_narrow(rows: Mapping[int, list[Cell]], shape: Mapping[int, int]) -> bool:
    """Whether most rows have a question and an answer, with or without a cell for the number."""
    narrow = sum(count <= 2 or (count == 3 and bool(rows.get(row)) and bool(_ONLY_A_NUMBER.fullmatch(rows[row][0].text)))
                 for row, count in shape.items())
    return narrow >= 0.8 * len(shape)


def _stacked(rows: Mapping[int, list[Cell]], shape: Mapping[int, int]) -> list[Cell]:
    """One column: labels are followed by answers."""
    labels = [cells[0] for cells in rows.values() if cells[0].words <= _MOST_WORDS_OF_A_LABEL and (
        cells[0].stands_out or (cells[0].asks and cells[0].words <= 40))]
    answers = [cells[0] for cells in rows.values() if cells[0] not in labels]
    return labels if labels and (answers or len(shape) > len(labels)) else []


def _side_by_side(rows: Mapping[int, list[Cell]], shape: Mapping[int, int]) -> list[Cell]:
    """Two columns: the left asks. Rows of a single cell that stands out are headings of what follows them."""
    pairs = {row: _label_and_answer(cells) for row, cells in rows.items() if shape.get(row, 0) > 1}
    banners = [replace(cells[0], depth=0) for row, cells in rows.items() if shape.get(row) == 1 and cells[0].stands_out
               and cells[0].words <= _MOST_WORDS_OF_A_LABEL]
    label, answer = pairs.get(min(shape), (None, None))
    has_header = label is not None and answer is not None and label.stands_out and answer.stands_out and not label.asks
    says_form = has_header and all(_COLUMNS_OF_A_FORM.match(cell.text) for cell in (label, answer) if cell is not None)
    if has_header:
        del pairs[min(shape)]
    labels = [label for label, _ in pairs.values() if label is not None]
    answers = [answer for _, answer in pairs.values() if answer is not None]
    if not labels or sum(label.words for label in labels) > _MOST_WORDS_OF_A_LABEL * len(labels):
        return []
    are_prose = sum(answer.words for answer in answers) >= _SENTENCE * max(1, len(answers))
    ask = sum(label.asks for label in labels) >= _MOST * len(labels)
    are_figures = sum(answer.is_figure for answer in answers) > len(answers) / 2
    if has_header and not says_form:
        is_form = ask and are_prose
    else:
        is_form = says_form or ask or are_prose or (not are_figures and (bool(banners) or _stand_out(labels)))
    return [*banners, *labels] if is_form else []


def _stand_out(labels: Sequence[Cell]) -> bool:
    return sum(label.stands_out for label in labels) >= _MOST * len(labels)


def _label_and_answer(cells: list[Cell]) -> tuple[Cell | None, Cell | None]:
    """The cell at the left of a row, after that with the number if there is one, and the cell beside it."""
    if len(cells) > 1 and _ONLY_A_NUMBER.fullmatch(cells[0].text):
        number, cells = cells[0], cells[1:]
        cells[0] = replace(cells[0], positions=(*cells[0].positions, *number.positions))
    elif cells and cells[0].column > 1:
        return None, cells[0]
    return (cells[0] if cells else None), (cells[1] if len(cells) > 1 else None)


def _stands_out(paragraph: Paragraph, styles: Styles) -> bool:
    cell: Any = next(paragraph.node.iterancestors(f"{W}tc"), None)
    shaded = cell is not None and styles.cell_shade(cell) not in ("", WHITE)
    dress = dress_of(paragraph, styles)
    return shaded or dress.bold or dress.capitals or dress.underlined
