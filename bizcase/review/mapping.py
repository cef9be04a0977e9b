"""Places the passages of any bid under the manual's sections, by the words of its headings, tables and text.

The headings above a passage come first: the nearest counts most, those further out less, the more so the surer the nearer one is.
Questions, the labels of a form and the heads of a table's columns count as headings. The passage's own words, and those beside it
under the same heading, decide where the headings say little; the lines of a list and the cells of a table go together. `why` says
which words decided. The words and all weights are data: `schemas/words/sections.yaml` and, for what meets in a sentence,
`patterns.yaml`. The work grows with the length of the bid and not with the number of terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bizcase.review.bid_or_not import is_a_bid
from bizcase.review.submission import Kind, Passage, Submission, Table
from bizcase.review.surroundings import (
    below,
    beside,
    captions,
    heads,
    labels,
    lists,
    questions,
    rows,
    table_title,
    tables_said,
    title,
)
from bizcase.review.terms import SILENT, Evidence, load_words, pooled
from bizcase.review.text_evidence import column_evidence, heading_evidence, prose_evidence, run_in


@dataclass(frozen=True, slots=True)
class Source:
    """Words that say something for a passage: where they stand, what they say, and the share that counts."""

    where: str
    evidence: Evidence
    share: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage and the section of the manual that it belongs to, "" for none; `second` is another that it matters to, or "".

    `score` is what its words weigh for the section: from 5 a clear heading or several clear words say so.
    """

    passage: Passage
    section: str
    score: float
    second: str = ""
    sources: tuple[Source, ...] = field(default=(), repr=False, compare=False)


def placed(submission: Submission) -> tuple[Placed, ...]:
    """Each passage of the bid's body with its section, in order. Nothing in a document that is no bid belongs anywhere."""
    body = submission.body
    if not is_a_bid(submission):
        return tuple(Placed(passage, "", 0.0) for passage in body)
    around = _Around(body, submission.tables)
    return tuple(_placed(passage, around.sources(at, passage)) for at, passage in enumerate(body))


def why(placed: Placed) -> tuple[str, ...]:
    """What decided where a passage stands: for each place that spoke for its section, the terms found there and their weight."""
    return tuple(_reason(source, placed.section) for source in placed.sources
                 if source.evidence.weights.get(placed.section, 0.0) * source.share >= 0.05)


def _reason(source: Source, section: str) -> str:
    terms = ", ".join(f"“{words}”" for words in source.evidence.said(section))
    weight = source.evidence.weights[section] * source.share
    return f"{source.where}: {terms} ({weight:.1f})" if terms else f"{source.where} ({weight:.1f})"


def _placed(passage: Passage, sources: Iterable[Source]) -> Placed:
    words = load_words()
    kept = tuple(source for source in sources if source.evidence.weights)
    scores = pooled((source.evidence, source.share) for source in kept).weights
    ranked = sorted(scores, key=lambda section: (-scores[section], words.sections.index(section)))
    if not ranked or scores[ranked[0]] < words.rules["least"]:
        return Placed(passage, "", 0.0, "", kept)
    first = ranked[0]
    second = next((section for section in ranked[1:] if section), "") if first else ""
    close = second and scores[second] >= max(words.rules["least"], scores[first] * words.rules["second"])
    return Placed(passage, first, round(scores[first], 2), second if close else "", kept)


class _Around:
    """What stands around each passage of a bid: headings, questions, tables and neighbours. Made in a few walks over it."""

    def __init__(self, body: Sequence[Passage], tables: Sequence[Table]) -> None:
        self.rules = load_words().rules
        self.sections = frozenset(load_words().sections) - {""}
        self.has_headings = any(passage.kind is Kind.HEADING for passage in body)
        self.title = title(body)
        self.tables = {table.number: table for table in tables}
        self.wide = {table.number: max((len(row) for row in table.rows), default=0) > 2 for table in tables}
        self.own = [self._own(passage) for passage in body]
        self.captions = captions(body)
        self.labels = labels(body, self.tables)
        self.questions = questions(body)
        self.rows = rows(body, self.own)
        self.whole = tables_said(body, self.own, self.rules["table"])
        self.lists = lists(body, self.own, self.rules["list"])
        self.beside = beside(body, self.own, self.rules["beside_further"])
        self.below = below(body, self.own, self.rules["text"])

    def sources(self, at: int, passage: Passage) -> Iterator[Source]:
        tagged = passage.tag.split(".")[0]
        if tagged in self.sections:
            yield Source("content control", Evidence({tagged: self.rules["tag"]}), 1)
        if self.has_headings and not passage.headings and passage.kind is not Kind.HEADING:
            yield Source("before the first heading", Evidence({"document": self.rules["cover"]}), 1)
        yield from _faded(list(self._above(at, passage)))
        if passage.kind is Kind.HEADING:
            if heading_evidence(passage.text).strength < load_words().sure / 2:
                yield Source("what stands below", self.below[at], self.rules["below"])
            return
        yield Source("its words", self.own[at], 1)
        if passage.table:
            if (table := self.tables.get(passage.table)) is not None:
                yield Source("column heads", column_evidence(heads(table)), 1)
                if self.wide[passage.table]:
                    name = table_title(table)
                    yield Source(f"title of the table “{name}”", heading_evidence(name), self.rules["table_title"])
                    yield Source("its table", self.whole[passage.table], 1)
            label = self.labels.get((passage.table, passage.row), "")
            if label and label not in passage.headings:
                yield Source(f"label “{label}”", heading_evidence(label), self.rules["label"])
            yield Source("its row", self.rows.get((passage.table, passage.row), SILENT), self.rules["row"])
            return
        if label := run_in(passage.text):
            yield Source(f"its first words “{label}”", heading_evidence(label), self.rules["run_in"])
        yield Source("the list it stands in", self.lists[at], 1)
        needy = max(0.0, 1 - self.own[at].strength / self.rules["text"])
        yield Source("the passages beside it", self.beside[at], self.rules["beside"] * needy)

    def _above(self, at: int, passage: Passage) -> Iterator[tuple[str, Evidence]]:
        """The headings over a passage and what counts as such, outermost first."""
        for depth, heading in enumerate(passage.headings):
            if depth or heading != self.title:
                yield f"heading “{heading}”", heading_evidence(heading)
        if passage.kind in (Kind.HEADING, Kind.CAPTION):
            yield f"{passage.kind.value} “{passage.text}”", heading_evidence(passage.text)
        question = self.questions[at]
        if question and question not in passage.headings:
            yield f"question “{question}”", heading_evidence(question)
        if caption := self.captions.get(passage.table):
            yield f"caption “{caption}”", heading_evidence(caption)

    def _own(self, passage: Passage) -> Evidence:
        """What a passage says by itself; the heads of columns speak for their table."""
        wide = self.wide.get(passage.table, False)
        if passage.kind is Kind.HEADING or (wide and passage.row <= 2 and passage.text in heads(self.tables[passage.table])):
            return SILENT
        return prose_evidence(passage.text, self.rules["cell"] if wide else self.rules["text"])


def _faded(above: Sequence[tuple[str, Evidence]]) -> Iterator[Source]:
    """Headings with their shares: the innermost whole, the others less for each one below that says something."""
    words = load_words()
    share = 1.0
    for where, said in reversed(above):
        yield Source(where, said, share)
        sureness = min(1.0, said.strength / words.sure)
        share *= words.rules["generic"] * (1 - (1 - words.rules["fade"]) * sureness)
