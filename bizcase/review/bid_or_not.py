"""Whether a document that arrived is a bid at all, or minutes, an audit report, a policy, a job advertisement …

Only its words can tell, and they are data (`schemas/words/bid_or_not.yaml`). In doubt it is a bid: a poor one is told so by the
criteria.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bizcase import resources
from bizcase.review.normal import normal
from bizcase.review.submission import Kind, Submission
from bizcase.review.terms import Term, Vocabulary
from bizcase.specification.source import load_data

FILE = "bid_or_not.yaml"
LONGEST_HEADING = 6
"""Words; the headings of minutes and reports are no longer, and a longer one is a sentence."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The file, read. A term of `words` carries the names of the lists that it stands in."""

    words: Vocabulary
    bid: frozenset[str]
    fewest_words: int
    signs_of_another: int
    signs_of_a_bid: int
    headings_of_a_bid: int
    headings: frozenset[tuple[str, ...]]


def is_a_bid(submission: Submission) -> bool:
    """Whether a document asks for something, or is too short to tell. One that does not has no passage in any section."""
    return other_kind(submission) is None


def other_kind(submission: Submission) -> str | None:
    """What a document is if it is no bid: the name of its kind, or "a document of another kind"; None for a bid."""
    signs = load_signs()
    if sum(len(passage.text.split()) for passage in submission.body) < signs.fewest_words:
        return None
    marked = _names(signs.words, _marked(submission))
    kinds = {name: len(terms) for name, terms in marked.items() if name not in signs.bid}
    likeliest = max(kinds, key=kinds.__getitem__, default="")
    headings = _bid_headings(submission)
    suspected = kinds.get(likeliest, 0) >= max(signs.signs_of_another, headings + 1)
    anywhere = _names(signs.words, (passage.text for passage in submission.body), "" if suspected else "asking")
    asking = len(anywhere.get("asking", ()))
    if suspected and kinds[likeliest] > 2 * asking:
        return likeliest
    if asking or headings >= signs.headings_of_a_bid:
        return None
    shown = sum(name in anywhere for name in signs.bid)
    asks_for_money = "£" in anywhere.get("money", ()) and shown >= signs.signs_of_a_bid
    return None if asks_for_money else "a document of another kind"


def _bid_headings(submission: Submission) -> int:
    """How many different headings of a bid a document has."""
    wanted = load_signs().headings
    found = {normal(passage.text) for passage in submission.body if passage.kind is Kind.HEADING}
    return len({heading for heading in wanted for text in found if _holds(text, heading)})


def _holds(text: tuple[str, ...], heading: tuple[str, ...]) -> bool:
    """Whether the words of a heading stand in a short text, one after the other."""
    return len(text) <= LONGEST_HEADING and any(
        text[at:at + len(heading)] == heading for at in range(len(text) - len(heading) + 1))


def _marked(submission: Submission) -> Iterator[str]:
    """What a document says of itself: its title and headings, and how its lines begin."""
    yield submission.title
    for at, passage in enumerate(submission.body):
        if passage.kind is Kind.HEADING or at == 0:
            yield passage.text
        elif not passage.table:
            yield passage.text.split(":")[0] if ":" in passage.text[:40] else ""


def _names(words: Vocabulary, texts: Iterable[str], until: str = "") -> Mapping[str, set[str]]:
    """For each list the terms of it that the texts have; no text is read after the first that has a term of the list `until`."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for term, _ in words.found(normal(text)).values():
            for name in term.weights:
                found.setdefault(name, set()).add(term.words)
        if until in found:
            break
    return found


@cache
def load_signs() -> Signs:
    content = load_data((resources.folder("schemas") / "words" / FILE).read_text("utf-8"), FILE)
    names: dict[tuple[str, ...], dict[str, float]] = {}
    written: dict[tuple[str, ...], str] = {}
    for group in ("bid", "another"):
        for name, terms in content[group].items():
            for term in terms:
                written.setdefault(normal(term), term)
                names.setdefault(normal(term), {})[name] = 1.0
    words = Vocabulary({keys: Term(written[keys], len(keys), lists) for keys, lists in names.items()})
    return Signs(words, frozenset(content["bid"]), content["fewest_words"], content["signs_of_another"],
                 content["signs_of_a_bid"], content["headings_of_a_bid"], frozenset(map(normal, content["headings"])))
