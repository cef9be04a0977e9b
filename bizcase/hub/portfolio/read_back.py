"""Reads back what a hub typed into a portfolio, so that one made anew takes it over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from bizcase.errors import Finding, Place, Severity, UnreadableFile
from bizcase.hub.comparing.judgement import Judgement
from bizcase.hub.comparing.ranking import MARK
from bizcase.hub.portfolio.comparison_sheets import TITLE
from bizcase.hub.portfolio.ranking_sheets import DECISIONS, LABELS, LIST_HEAD, NUMBER_HEAD, RANKING, TYPED_HEADS
from bizcase.hub.portfolio.rows import FILE_HEAD, TITLE_HEAD
from bizcase.hub.rules import HubRules, load_rules
from bizcase.workbook.saved_rows import SavedCell, saved_rows

Rows = list[list[SavedCell]]

NOT_TAKEN_OVER = "G21"


def judgement_in(content: bytes, name: str) -> tuple[Judgement, tuple[Finding, ...]]:
    """What stands in the yellow cells of a portfolio that a hub saved, and what in them cannot be taken over.

    Raises UnreadableFile where it is no portfolio of ours any more.
    """
    sheets = saved_rows(content, name, (RANKING, DECISIONS, TITLE))
    if len(sheets) < len((RANKING, DECISIONS, TITLE)):
        raise UnreadableFile(Finding(Place(name), NOT_TAKEN_OVER, Severity.MAJOR, "what was typed into it is not taken over",
                                     f"a portfolio has the sheets {RANKING}, {DECISIONS} and {TITLE}; one of them is gone"))
    reader = _Reader(name, load_rules())
    weights = dict(reader.weights(sheets[RANKING]))
    listed = list(reader.files(sheets[TITLE]))
    files = {number: file for number, file, _ in listed}
    columns = {kind: dict(reader.column(sheets[DECISIONS], kind, files)) for kind in TYPED_HEADS}
    titles = {file: title for _, file, title in listed}
    return Judgement(weights, columns[MARK], columns["decision"], columns["given"], titles), tuple(reader.findings)


class _Reader:
    """Reads by headings, not by places: people insert rows and columns."""

    def __init__(self, name: str, rules: HubRules) -> None:
        self.name, self.rules, self.findings = name, rules, list[Finding]()

    def weights(self, sheet: Rows) -> Iterator[tuple[str, float]]:
        """The weights under the names of the axes, where they are not those of the rules."""
        axes = {label: axis for axis, label in LABELS.items()}
        lowest, highest = self.rules.lowest_weight, self.rules.highest_weight
        for heads, typed in pairwise(sheet[:LIST_HEAD * 2]):
            named = [(axes[str(head.value)], cell) for head, cell in zip(heads, typed, strict=False) if head.value in axes]
            for axis, cell in named if len(named) == len(axes) else ():
                weight = _number(cell.value)
                if weight is not None and lowest <= weight <= highest:
                    if weight != self.rules.weights.get(axis, 0):
                        yield axis, weight
                elif cell.value is not None:
                    self._told(RANKING, cell, f"a weight is a number from {lowest:g} to {highest:g}")
            if named:
                return

    def files(self, sheet: Rows) -> Iterator[tuple[int, str, str]]:
        """The number of each submission in the portfolio, its file and its title."""
        for cells in self._rows(sheet, NUMBER_HEAD, FILE_HEAD, TITLE_HEAD):
            yield cells[NUMBER_HEAD].value, str(cells[FILE_HEAD].value), str(cells[TITLE_HEAD].value)

    def column(self, sheet: Rows, kind: str, files: Mapping[int, str]) -> Iterator[tuple[str, Any]]:
        head = TYPED_HEADS[kind]
        allowed: tuple[Any, ...] = {MARK: self.rules.marks, "decision": self.rules.decisions,
                                    "given": self.rules.resource_given}[kind]
        for cells in self._rows(sheet, NUMBER_HEAD, head):
            value, file = cells[head].value, files.get(cells[NUMBER_HEAD].value)
            if value in (None, "") or file is None:
                continue
            found = _among(value, allowed)
            if found is not None:
                yield file, found
            else:
                self._told(DECISIONS, cells[head], f"there are: {', '.join(map(str, allowed))}")

    def _rows(self, sheet: Rows, *heads: str) -> Iterator[dict[str, SavedCell]]:
        """The cells below these headings, in each row that has a number."""
        columns: dict[str, int] = {}
        for row in sheet:
            if not columns:
                found = {str(cell.value): number for number, cell in enumerate(row) if cell.value in heads}
                columns = found if len(found) == len(heads) else {}
            elif len(row) > max(columns.values()) and isinstance(row[columns[NUMBER_HEAD]].value, int):
                yield {head: row[column] for head, column in columns.items()}

    def _told(self, title: str, cell: SavedCell, allowed: str) -> None:
        place = Place(f"{self.name}, as you left it", where=f"sheet {title}, cell {cell.address}")
        self.findings.append(Finding(place, NOT_TAKEN_OVER, Severity.MAJOR, f"“{cell.value}” is not taken over; {allowed}",
                                     "type it again in the new portfolio"))


def _number(value: Any) -> float | None:
    """A number that was typed, be it as text; nothing where it is none."""
    try:
        return None if isinstance(value, bool) or value is None else float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _among(value: Any, allowed: Sequence[Any]) -> Any:
    """The one of these that was meant, whatever its capitals and spaces; nothing where it is none of them."""
    number, text = _number(value), " ".join(str(value).split()).casefold()
    return next((each for each in allowed if each == number or str(each).casefold() == text), None)
