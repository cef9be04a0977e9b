"""How a paragraph looks as a whole: what of it makes a reader take it for a heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bizcase.document.look import WHITE, Look, Styles
from bizcase.document.ooxml import W
from bizcase.document.reading import Paragraph, paragraph_of

_MEASURED = 2_000
"""Paragraphs; the size of the text of a longer document is known by then."""
_USUAL = 11.0


@dataclass(frozen=True, slots=True, order=True)
class Dress:
    """What holds for all text of a paragraph; `points` is the size of its smallest letters."""

    points: float = 0
    capitals: bool = False
    bold: bool = False
    underlined: bool = False
    shaded: bool = False
    italic: bool = False

    def stands_out(self, usual: float) -> bool:
        """Whether it is dressed as headings are, beside text of the usual size."""
        return self.bold or self.underlined or self.capitals or self.shaded or self.points >= usual + 1


def dress_of(paragraph: Paragraph, styles: Styles) -> Dress:
    """The dress of a paragraph with text."""
    looks = [look for _, look in _runs(paragraph, styles)]
    letters = [sign for sign in paragraph.text if sign.isalpha()]
    if not looks:
        return Dress()
    return Dress(min(look.points for look in looks),
                 all(look.capitals for look in looks) or (len(letters) > 3 and all(sign.isupper() for sign in letters)),
                 all(look.bold for look in looks), all(look.underlined for look in looks),
                 all(look.background not in ("", WHITE) for look in looks), all(look.italic for look in looks))


def lead_in(paragraph: Paragraph, styles: Styles) -> str:
    """The bold words that a paragraph begins with, where it goes on in plain ones; "" where there are none."""
    lead = ""
    for text, look in _runs(paragraph, styles):
        if not look.bold:
            return " ".join(lead.split())
        lead += text
    return ""


def usual_size(paragraphs: Iterable[Paragraph], styles: Styles) -> float:
    """The size in points of most text of a document."""
    sizes: Counter[float] = Counter()
    measured = 0
    for paragraph in paragraphs:
        if len(paragraph.text) > 60 and measured < _MEASURED:
            measured += 1
            first = next(_runs(paragraph, styles), None)
            if first is not None:
                sizes[first[1].points] += len(paragraph.text)
    return sizes.most_common(1)[0][0] if sizes else _USUAL


def _runs(paragraph: Paragraph, styles: Styles) -> Iterator[tuple[str, Look]]:
    """The runs of a paragraph that show text."""
    for run in paragraph.node.iter(f"{W}r"):
        text = "".join(found.text or "" for found in run.iterchildren(f"{W}t"))
        if text.strip() and paragraph_of(run) is paragraph.node:
            look = styles.look(run, paragraph.node)
            if not look.hidden:
                yield text, look
