"""The rule about contrast: text stands out from what is behind it for those who see little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bizcase.document.colour import ENOUGH, ENOUGH_FOR_LARGE, contrast
from bizcase.document.look import Look, is_color
from bizcase.document.ooxml import W
from bizcase.document.reading import Paragraph, Reading, paragraph_of, shortened
from bizcase.errors import Finding, Severity

Pair = tuple[str, str, bool]
"""The colour of text, that behind it, and whether the text is large."""


def contrast_findings(reading: Reading) -> Iterator[Finding]:
    """Each pair of colours that is too close, once, with the first place where it stands."""
    first: dict[Pair, Paragraph] = {}
    counts: Counter[Pair] = Counter()
    for paragraph in reading.paragraphs:
        for pair in {pair for look in _looks(reading, paragraph) if (pair := _too_close(look))}:
            first.setdefault(pair, paragraph)
            counts[pair] += 1
    for (color, background, large), paragraph in first.items():
        least = ENOUGH_FOR_LARGE if large else ENOUGH
        more = counts[(color, background, large)] - 1
        elsewhere = f", and {more:,} other paragraph{'s' if more > 1 else ''}" if more else ""
        yield reading.finding(
            "H14", Severity.MAJOR, "text",
            f"text of colour {color} on {background} has a contrast of {contrast(color, background):.1f}; at least {least:g} is "
            f"needed: “{shortened(paragraph.text)}”, {paragraph.where}{elsewhere}",
            "in Word: Home > Font Color, Automatic or a darker colour; or change the style, and all its text follows")


def _looks(reading: Reading, paragraph: Paragraph) -> Iterator[Look]:
    for run in paragraph.node.iter(f"{W}r"):
        if paragraph_of(run) is paragraph.node and any((text.text or "").strip() for text in run.iter(f"{W}t")
                                                       if paragraph_of(text) is paragraph.node):
            yield reading.styles.look(run, paragraph.node)


def _too_close(look: Look) -> Pair | None:
    if look.hidden or not is_color(look.color) or not is_color(look.background):
        return None
    least = ENOUGH_FOR_LARGE if look.is_large else ENOUGH
    return None if contrast(look.color, look.background) >= least else (look.color, look.background, look.is_large)
