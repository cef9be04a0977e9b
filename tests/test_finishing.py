"""Finishing a bid: how often it is laid out, what is said meanwhile, and what happens where LibreOffice fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import bizcase.office
import bizcase.pdf
from bizcase.cli.finishing import ASKS_TO_UPDATE, Finished, finished
from bizcase.document.paging import PROBE
from bizcase.errors import Finding, OfficeFailed, Place, Severity
from bizcase.pdf import Heading, Pages
from tests.document.writing import field, heading, line, word_file
from tests.word_text import W, paragraphs, part

PLAIN = word_file(line("Text."))
WITH_CONTENTS = word_file(f"<w:p>{field('PAGEREF need')}</w:p>{heading('Need', 1, 'need', 1)}")
FAILED = Finding(Place("bizcase"), "E96", Severity.ERROR, "LibreOffice did not finish within 180 seconds", "try again")

Lay = Callable[..., tuple[Finished, list[str]]]


@pytest.fixture
def lay(monkeypatch: pytest.MonkeyPatch) -> Lay:
    """Finishes a bid with a LibreOffice whose layouts, in turn, have the heading on these pages; gives what was said too."""

    def work(bid: bytes, *on_page: int, pdf: bool = False, layout: bool = True) -> tuple[Finished, list[str]]:
        layouts = iter(on_page)
        said: list[str] = []

        def to_pdf(document: bytes, *, named_places: bool = False, program: Path | None = None) -> bytes:
            assert program == Path("soffice")
            assert marks(document) == named_places, "named places are for the copy alone"
            return str(next(layouts)).encode()

        def pages_of(printed: bytes) -> Pages:
            page = int(printed)
            return Pages(200, (Heading(1, "Need", page),), {f"{PROBE}0": page, f"{PROBE}1": 1})

        monkeypatch.setattr(bizcase.office, "find_office", lambda: Path("soffice"))
        monkeypatch.setattr(bizcase.office, "to_pdf", to_pdf)
        monkeypatch.setattr(bizcase.pdf, "pages_of", pages_of)
        done = finished(bid, layout=layout, pdf=pdf, say=said.append)
        assert next(layouts, None) is None, "a layout was expected and not made"
        return done, said

    return work


def marks(document: bytes) -> bool:
    return any(PROBE in mark.get(f"{W}name", "") for mark in part(document).iter(f"{W}bookmarkStart"))


def asks(bid: bytes) -> bool:
    return part(bid, "word/settings.xml").find(f"{W}updateFields") is not None


def test_a_bid_is_laid_out_once(lay: Lay) -> None:
    done, said = lay(WITH_CONTENTS, 7)
    assert paragraphs(done.bid)[0] == "7"
    assert (done.pdf, done.told, asks(done.bid)) == (None, (("Pages", "200"),), False)
    assert said == ["Laying out the bid"]


def test_a_pdf_is_that_of_the_finished_bid(lay: Lay) -> None:
    done, said = lay(WITH_CONTENTS, 7, 7, pdf=True)
    assert (paragraphs(done.bid)[0], done.pdf) == ("7", b"7")
    assert said == ["Laying out the bid", "Making the PDF"]


def test_a_number_that_needs_more_room_than_was_left_is_looked_at_again(lay: Lay) -> None:
    done, said = lay(WITH_CONTENTS, 107, 107)
    assert (paragraphs(done.bid)[0], done.pdf) == ("107", None)
    assert said == ["Laying out the bid", "Looking at the pages again"]


def test_pages_that_moved_are_laid_out_once_more_and_never_a_third_time(lay: Lay) -> None:
    assert paragraphs(lay(WITH_CONTENTS, 107, 108, 108, 108)[0].bid)[0] == "108"
    assert lay(WITH_CONTENTS, 7, 8, 8, 9, pdf=True)[0].pdf == b"9"


def test_without_a_layout_word_is_asked_where_there_is_something_to_ask(lay: Lay) -> None:
    done, said = lay(WITH_CONTENTS, layout=False)
    assert (done.told, asks(done.bid), said) == ((("Contents", ASKS_TO_UPDATE),), True, [])
    assert lay(PLAIN, layout=False)[0] == Finished(PLAIN)


def test_where_libreoffice_is_not_there_word_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bizcase.office, "find_office", lambda: None)
    done = finished(WITH_CONTENTS, layout=True, pdf=False, say=lambda _: None)
    assert (done.told, asks(done.bid)) == ((("Contents", ASKS_TO_UPDATE),), True)


def test_where_libreoffice_fails_the_bid_is_finished_without_it_and_a_pdf_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> bytes:
        raise OfficeFailed(FAILED)

    monkeypatch.setattr(bizcase.office, "find_office", lambda: Path("soffice"))
    monkeypatch.setattr(bizcase.office, "to_pdf", fails)
    done = finished(WITH_CONTENTS, layout=True, pdf=False, say=lambda _: None)
    assert done.told == (("Not laid out", FAILED.message), ("Contents", ASKS_TO_UPDATE))
    assert asks(done.bid)
    with pytest.raises(OfficeFailed):
        finished(WITH_CONTENTS, layout=True, pdf=True, say=lambda _: None)


def test_a_reference_without_a_page_is_left_to_word(lay: Lay) -> None:
    done, _ = lay(word_file(f"<w:p>{field('PAGEREF nowhere', '3')}</w:p>"), 7)
    assert (paragraphs(done.bid)[0], asks(done.bid)) == ("3", True)
    assert done.told == (("Pages", "200"), ("Contents", ASKS_TO_UPDATE))
