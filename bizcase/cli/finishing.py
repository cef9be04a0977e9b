"""Finishes a bid with LibreOffice where it is there: the page numbers from a real layout, and the PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bizcase.errors import OfficeFailed

Say = Callable[[str], None]
ASKS_TO_UPDATE = "Word asks to update the fields when you open the bid; say Yes"


@dataclass(frozen=True, slots=True)
class Finished:
    """A bid with its page numbers, its PDF if one was wanted, and what to tell about them: lines of label and text."""

    bid: bytes
    pdf: bytes | None = None
    told: tuple[tuple[str, str], ...] = ()


def finished(bid: bytes, *, layout: bool, pdf: bool, say: Say) -> Finished:
    """The bid as it is handed in. Where nothing lays it out, Word is asked to work the page numbers out.

    Raises OfficeFailed where a PDF is wanted and cannot be made.
    """
    from bizcase.office import find_office

    program = find_office() if layout else None
    if program is None and not pdf:
        return _left_to_word(bid)
    try:
        return _laid_out(bid, program, pdf=pdf, say=say)
    except OfficeFailed as failure:
        if pdf:
            raise
        left = _left_to_word(bid)
        return replace(left, told=(("Not laid out", failure.findings[0].message), *left.told))


def _left_to_word(bid: bytes) -> Finished:
    from bizcase.document.paging import left_to_word

    left = left_to_word(bid)
    return Finished(left, told=() if left is bid else (("Contents", ASKS_TO_UPDATE),))


def _laid_out(bid: bytes, program: Path | None, *, pdf: bool, say: Say) -> Finished:
    """Lays the bid out and writes the numbers in. Where these need more room than was left, or a PDF is made, the result is
    laid out too; should its pages have moved, both are done once more."""
    from bizcase.document.paging import probe, with_page_numbers
    from bizcase.office import to_pdf
    from bizcase.pdf import pages_of

    printed = None
    for _ in range(2):
        say("Laying out the bid")
        pages = pages_of(to_pdf(probe(bid), named_places=True, program=program))
        numbered = with_page_numbers(bid, pages)
        bid = numbered.bid
        if numbered.settled and not pdf:
            break
        say("Making the PDF" if pdf else "Looking at the pages again")
        printed = to_pdf(bid, program=program)
        again = pages_of(printed)
        if (again.count, again.headings) == (pages.count, pages.headings):
            break
    told = (("Pages", str(pages.count)), *(() if numbered.complete else (("Contents", ASKS_TO_UPDATE),)))
    return Finished(bid, printed if pdf else None, told)
