"""What was changed in a bid of ours since it was built: its text, its figures, its tables, its headings and its charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bizcase.errors import Finding, Place, Severity
from bizcase.provenance import PassageAsBuilt, Provenance
from bizcase.review.alignment import aligned
from bizcase.review.edited_figures import FigureNow, compared
from bizcase.review.lines import Line, aligned_cells, alike, differing, lines_of
from bizcase.review.naming import quoted
from bizcase.review.story import Story

CHANGED, ADDED, REMOVED, MOVED, FIGURE = "B10", "B11", "B12", "B13", "B14"
LONG_ENOUGH_TO_KNOW = 12
"""Letters; a shorter text that stands elsewhere may be another."""
_ASK = "change it in the specification too, and build again"


@dataclass(frozen=True, slots=True)
class BidChanges:
    """What to tell; the passages that were taken out, by their number as built, and those that were changed with what they say
    now; and the text that each changed Figure has now, by its id."""

    findings: tuple[Finding, ...]
    removed: frozenset[int] = frozenset()
    changed: Mapping[int, str] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(finding.code for finding in self.findings)


def word_changes(was: Provenance, now: Story, name: str) -> BidChanges:
    """Compares a bid with what it was when it was built."""
    return _Comparison(was, now, name).changes()


class _Comparison:
    def __init__(self, was: Provenance, now: Story, name: str) -> None:
        self.was, self.now, self.name = was, now, name
        self.before, self.after = lines_of(was.passages), lines_of(now.passages)
        pairs = aligned(self.before, self.after, lambda line: line.text, alike)
        self.pairs = [(one, other) for one, other in pairs if one is not None and other is not None]
        lost = [one for one, other in pairs if other is None and one is not None]
        new = [other for one, other in pairs if one is None and other is not None]
        self.moved = self._moved(lost, new)
        self.lost = [line for line in lost if line not in self.moved]
        self.new = sorted(set(new) - set(self.moved.values()))
        self.changed: dict[int, str] = {}
        self.figures: dict[str, str] = {}

    def changes(self) -> BidChanges:
        findings = [*self._in_place(), *self._removals(), *self._additions(), *self._moves(), *self._margins(), *self._charts()]
        removed = frozenset(passage for line in self.lost for passage in self.before[line].passages)
        return BidChanges(tuple(findings), removed | self._lost_cells, self.changed, self.figures)

    def _finding(self, where: str, code: str, severity: Severity, message: str, hint: str = _ASK) -> Finding:
        return Finding(Place(self.name, where=where), code, severity, message, hint)

    def _moved(self, lost: list[int], new: list[int]) -> dict[int, int]:
        """Lines that stand elsewhere: known by their text, where it is long enough and stands once on either side."""
        def once(lines: list[Line], places: Iterable[int]) -> dict[str, int]:
            found: dict[str, int] = {}
            twice = set()
            for place in places:
                text = lines[place].text
                twice |= {text} & found.keys()
                found[text] = place
            return {text: place for text, place in found.items() if text not in twice and len(text) >= LONG_ENOUGH_TO_KNOW}

        before, after = once(self.before, lost), once(self.after, new)
        return {place: after[text] for text, place in before.items() if text in after}

    def _in_place(self) -> Iterator[Finding]:
        """Lines that stand where they stood and read differently."""
        self._lost_cells: frozenset[int] = frozenset()
        for one, other in self.pairs:
            if self.before[one].text != self.after[other].text:
                yield from self._line(self.before[one], self.after[other])

    def _line(self, before: Line, after: Line) -> Iterator[Finding]:
        was, now = self.was.passages, self.now.passages
        place = now[after.passages[0]].where
        for one, other in aligned_cells([was[p] for p in before.passages], [now[p] for p in after.passages]):
            if one is None:
                assert other is not None
                added = now[after.passages[other]]
                yield self._finding(added.where, ADDED, Severity.ADVISORY, f"text was added: {quoted(added.text)}")
            elif other is None:
                gone = before.passages[one]
                self._lost_cells |= {gone}
                yield self._finding(_cell_of(place, was[gone]), REMOVED, Severity.MAJOR,
                                    f"{'the cell was emptied' if was[gone].table else 'text was removed'}: "
                                    f"was {quoted(was[gone].text)}")
            elif was[before.passages[one]].text != now[after.passages[other]].text:
                yield from self._passage(before.passages[one], now[after.passages[other]])

    def _passage(self, number: int, now: PassageAsBuilt) -> Iterator[Finding]:
        was = self.was.passages[number]
        self.changed[number] = now.text
        figures, text_changed = compared(was, now, self.was.figures)
        for found in figures:
            self.figures[found.id] = found.now
            yield self._figure(found, now.where)
        if text_changed:
            what = "the heading was renamed" if was.level else "the cell was changed" if was.table else "the text was changed"
            before, after = (was.text, now.text) if was.level else differing(was.text, now.text)
            yield self._finding(now.where, CHANGED, Severity.ADVISORY, f"{what}: was {quoted(before)}, now {quoted(after)}")

    def _figure(self, found: FigureNow, where: str) -> Finding:
        printed = self.was.figures[found.id]
        now = quoted(found.now) if found.now else "nothing"
        return self._finding(where, FIGURE, Severity.MAJOR,
                             f"{printed.label} ({found.id}): was {found.was}, now {now}; the workbook was built with "
                             f"{printed.text} ({printed.sheet}!{printed.cell})",
                             "a figure follows the specification: change it there, and build both files again")

    def _removals(self) -> Iterator[Finding]:
        """Sections, tables, rows and paragraphs that are gone; what went with a section or a table is not told again."""
        lost, told = set(self.lost), set()
        for line in self.lost:
            if line in told:
                continue
            before, passage = self.before[line], self.was.passages[self.before[line].passages[0]]
            whole = self._section(line) if passage.level else self._table(self.before, line)
            if (passage.level or passage.table) and len(whole) > 1 and set(whole) <= lost:
                told |= set(whole)
                what = (f"the section {quoted(passage.text)} was deleted, with all under it" if passage.level
                        else f"the table that begins {quoted(before.shown)} was deleted, {len(whole)} rows")
            else:
                what = (f"the heading {quoted(passage.text)} was removed" if passage.level
                        else f"{'the row' if passage.table else 'the paragraph'} was removed: {quoted(before.shown)}")
            yield self._finding(f"{passage.where}, as it was built", REMOVED, Severity.MAJOR, what, "ask why it was taken out")

    def _section(self, line: int) -> range:
        level = self.was.passages[self.before[line].passages[0]].level
        end = line + 1
        while end < len(self.before) and not 0 < self.was.passages[self.before[end].passages[0]].level <= level:
            end += 1
        return range(line, end)

    def _table(self, lines: list[Line], line: int) -> list[int]:
        table = lines[line].table
        return [place for place in range(line, len(lines)) if lines[place].table == table] if table and (
            line == 0 or lines[line - 1].table != table) else [line]

    def _additions(self) -> Iterator[Finding]:
        new, told = set(self.new), set()
        for line in self.new:
            if line in told:
                continue
            after, passage = self.after[line], self.now.passages[self.after[line].passages[0]]
            whole = self._table(self.after, line)
            if len(whole) > 1 and set(whole) <= new:
                told |= set(whole)
                what = f"a table was added that begins {quoted(after.shown)}, {len(whole)} rows"
            else:
                kind = "a heading" if passage.level else "a row" if passage.table else "a paragraph"
                what = f"{kind} was added: {quoted(after.shown)}"
            yield self._finding(passage.where, ADDED, Severity.ADVISORY, what)

    def _moves(self) -> Iterator[Finding]:
        """What stands elsewhere; lines that moved together are told with the first of them."""
        before: tuple[int, int] | None = None
        for line, place in sorted(self.moved.items()):
            if before != (line - 1, place - 1):
                was, now = self.was.passages[self.before[line].passages[0]], self.now.passages[self.after[place].passages[0]]
                yield self._finding(now.where, MOVED, Severity.ADVISORY,
                                    f"{quoted(was.text)} was moved; it was {was.where}, as it was built",
                                    "no fault in itself")
            before = (line, place)

    def _margins(self) -> Iterator[Finding]:
        """Headers and footers: each different text counts once, wherever a program repeats it."""
        was = dict.fromkeys(passage.text for passage in self.was.passages if passage.margin)
        now = {passage.text: passage.where for passage in self.now.passages if passage.margin}
        lost, new = [text for text in was if text not in now], [text for text in now if text not in was]
        for one, other in zip(lost, new, strict=False):
            yield self._finding(now[other], CHANGED, Severity.ADVISORY,
                                f"the text was changed: was {quoted(one)}, now {quoted(other)}")
        for text in new[len(lost):]:
            yield self._finding(now[text], ADDED, Severity.ADVISORY, f"text was added: {quoted(text)}")
        for text in lost[len(new):]:
            yield self._finding("in a header or footer", REMOVED, Severity.ADVISORY, f"text was removed: was {quoted(text)}")

    def _charts(self) -> Iterator[Finding]:
        was, now = [numbers for _, numbers in self.was.drawn], [numbers for _, numbers in self.now.drawn]
        hint = "a chart follows the specification: change it there, and build both files again"
        for one, other in aligned(was, now, lambda numbers: numbers, _alike_charts):
            if other is None and one is not None:
                yield self._finding(f"{self.was.drawn[one][0]}, as it was built", REMOVED, Severity.MAJOR, "a chart was removed",
                                    "ask why it was taken out")
            elif one is None and other is not None:
                yield self._finding(self.now.drawn[other][0], ADDED, Severity.ADVISORY, "a chart was added", hint)
            elif one is not None and other is not None and was[one] != now[other]:
                first = next((f"was {a:,.10g}, now {b:,.10g}" for a, b in zip(was[one], now[other], strict=False) if a != b),
                             f"was {len(was[one])} points, now {len(now[other])}")
                yield self._finding(self.now.drawn[other][0], FIGURE, Severity.MAJOR,
                                    f"the numbers of a chart were changed: {first}", hint)


def _alike_charts(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum(a == b for a, b in zip(one, other, strict=False)) / max(len(one), len(other), 1)


def _cell_of(place: str, was: PassageAsBuilt) -> str:
    """The place of a cell that is empty now: in the row in which it stood, by the column it had."""
    row, comma, _ = place.rpartition(", column")
    return f"{row}, column {was.column}" if comma and was.table else f"{was.where}, as it was built"
