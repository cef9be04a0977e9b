"""What stands around the passages of a bid: titles, questions, labels, captions, rows, lists and neighbours, each in one walk."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bizcase.review.submission import Kind, Passage, Table
from bizcase.review.terms import SILENT, Evidence, load_words, pooled
from bizcase.review.text_evidence import heading_evidence, is_question

LONGEST_LABEL = 12
LONGEST_LINE = 28
"""Words that a form's label and a line of a list may have."""
FEWEST_LINES = 3
"""Short lines that make a list."""


def title(body: Sequence[Passage]) -> str:
    """The heading that stands over all others, which is the bid's title and places nothing; "" where there is none."""
    outermost = {passage.headings[0] if passage.headings else "" for passage in body if passage.kind is not Kind.HEADING}
    deeper = any(len(passage.headings) > 1 for passage in body)
    return outermost.pop() if len(outermost) == 1 and deeper else ""


def questions(body: Sequence[Passage]) -> list[str]:
    """For each passage the question it answers: the last one under the same heading, or itself; "" where none was asked."""
    asked = ""
    headings: tuple[str, ...] = ()
    found = []
    for passage in body:
        if passage.headings != headings or passage.kind is Kind.HEADING:
            asked, headings = "", passage.headings
        if passage.kind in (Kind.PARAGRAPH, Kind.BOX) and is_question(passage.text):
            asked = passage.text
        found.append("" if passage.kind is Kind.HEADING else asked)
    return found


def heads(table: Table) -> tuple[str, ...]:
    """The texts of a table's first row, or of its second where the first holds but a title."""
    rows = [row for row in table.rows if any(cell.strip() for cell in row)]
    titled = len(rows) > 1 and len({cell for cell in rows[0] if cell.strip()}) == 1 and len(rows[1]) > 1
    first = rows[1 if titled else 0] if rows else ()
    return tuple(cell for cell in first if len(cell.split()) <= LONGEST_LABEL)


def table_title(table: Table) -> str:
    """What a table of several columns is called by itself: the only text of its first row, or the first of its column heads."""
    first = next((row for row in table.rows if any(cell.strip() for cell in row)), ())
    return next((cell for cell in first if cell.strip()), "")


def labels(body: Sequence[Passage], tables: dict[int, Table]) -> dict[tuple[int, int], str]:
    """The label of each row of a form: its first cell in a table of two columns; in one of a single column the last question or
    short line."""
    found: dict[tuple[int, int], str] = {}
    last: dict[int, str] = {}
    for passage in body:
        table = tables.get(passage.table)
        width = max((len(row) for row in table.rows), default=0) if table else 0
        row = (passage.table, passage.row)
        if width == 1 or (width == 2 and row not in found):
            labelling = is_question(passage.text) or len(passage.text.split()) <= LONGEST_LABEL
            if labelling and heading_evidence(passage.text).strength:
                last[passage.table] = passage.text
            elif width == 2:
                last.pop(passage.table, None)
            if passage.table in last:
                found[row] = last[passage.table]
    return found


def captions(body: Sequence[Passage]) -> dict[int, str]:
    """The caption of each table: right above it, or else right below."""
    found: dict[int, str] = {}
    above = {at for at, (before, after) in enumerate(pairwise(body)) if before.kind is Kind.CAPTION and after.table}
    for at, passage in enumerate(body):
        if at in above:
            found[body[at + 1].table] = passage.text
        elif passage.kind is Kind.CAPTION and at and body[at - 1].table:
            found.setdefault(body[at - 1].table, passage.text)
    return found


def rows(body: Sequence[Passage], own: Sequence[Evidence]) -> dict[tuple[int, int], Evidence]:
    """What the cells of each row of a table say together."""
    cells: dict[tuple[int, int], list[tuple[Evidence, float]]] = {}
    for passage, said in zip(body, own, strict=True):
        if passage.table:
            cells.setdefault((passage.table, passage.row), []).append((said, 1.0))
    most = load_words().rules["cell"]
    return {row: pooled(parts, most) for row, parts in cells.items()}


def tables_said(body: Sequence[Passage], own: Sequence[Evidence], most: float) -> dict[int, Evidence]:
    """What the cells of each table say together."""
    cells: dict[int, list[tuple[Evidence, float]]] = {}
    for passage, said in zip(body, own, strict=True):
        if passage.table:
            cells.setdefault(passage.table, []).append((said, 1.0))
    return {number: pooled(parts, most) for number, parts in cells.items()}


def lists(body: Sequence[Passage], own: Sequence[Evidence], most: float) -> list[Evidence]:
    """For each passage what the short lines that it stands among say together; SILENT for those that stand in no list."""
    found = [SILENT] * len(body)
    start = 0
    while start < len(body):
        end = start
        while end < len(body) and _in_list(body[end]) and body[end].headings == body[start].headings:
            end += 1
        if end - start >= FEWEST_LINES:
            found[start:end] = [pooled(((said, 1.0) for said in own[start:end]), most)] * (end - start)
        start = max(end, start + 1)
    return found


def _in_list(passage: Passage) -> bool:
    return passage.kind is Kind.PARAGRAPH and len(passage.text.split()) <= LONGEST_LINE


def beside(body: Sequence[Passage], own: Sequence[Evidence], fading: float) -> list[Evidence]:
    """What the passages before and after one under the same heading say, the nearer the more; tables do not count."""
    before = _before(list(zip(body, own, strict=True)), fading)
    after = _before(list(zip(body, own, strict=True))[::-1], fading)[::-1]
    return [pooled(((one, 1), (other, 1))) for one, other in zip(before, after, strict=True)]


def _before(passages: Sequence[tuple[Passage, Evidence]], fading: float) -> list[Evidence]:
    so_far: dict[tuple[str, ...], Evidence] = {}
    found = []
    for passage, said in passages:
        if passage.table or passage.kind is Kind.HEADING:
            found.append(SILENT)
            continue
        earlier = so_far.get(passage.headings, SILENT)
        found.append(earlier)
        so_far[passage.headings] = pooled(((said, 1), (earlier, fading)))
    return found


def below(body: Sequence[Passage], own: Sequence[Evidence], most: float) -> list[Evidence]:
    """What stands under each heading, down to the next of its level; SILENT for other passages."""
    parts: dict[tuple[str, ...], list[tuple[Evidence, float]]] = {}
    for passage, said in zip(body, own, strict=True):
        content = heading_evidence(passage.text) if passage.kind is Kind.HEADING else said
        if not content.weights:
            continue
        for depth in range(1, len(passage.headings) + 1):
            parts.setdefault(passage.headings[:depth], []).append((content, 1.0))
    whole = {path: pooled(found, most) for path, found in parts.items()}
    return [whole.get((*passage.headings, passage.text), SILENT) if passage.kind is Kind.HEADING else SILENT
            for passage in body]
