"""The labelled set is what it claims to be: varied, labelled with known names, and written into real Word files."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree

from bizcase.completeness.verdict import Degree
from bizcase.specification.shape import load_shape
from bizcase.specification.source import load_data
from tests.review import bids
from tests.review.bids import LabelledBid, all_bids, apart, docx_of, held_out
from tests.review.labelled import CODES, CONDITIONAL, SECTIONS, UNDECIDABLE, Rows
from tests.word_text import W, single_spaced

EVERY = (*all_bids(), *held_out(), *apart())
EACH = pytest.mark.parametrize("bid", EVERY, ids=lambda bid: bid.name)
DECIDABLE = sorted(set(CODES) - UNDECIDABLE)
SUM_ROW = re.compile(r"total|all|sum|total cost|new money in all", re.IGNORECASE)
AMOUNT = re.compile(r"-?£?-?[\d,]+(?:\.\d+)?")


def raw(bid: LabelledBid) -> dict[str, Any]:
    path = next(path for folder in (bids.FOLDER, bids.HELD_OUT, bids.APART) if (path := folder / f"{bid.name}.yaml").exists())
    return load_data(path.read_text("utf-8"), path.name)


def words_in(bid: LabelledBid) -> int:
    return len(" ".join(bid.words).split())


def test_the_set_is_large_and_varied() -> None:
    everything = all_bids()
    assert len(everything) >= 24
    assert Counter(bid.style for bid in everything).keys() >= {
        "styles", "bold lines", "caps", "numbered", "list numbers", "underlined", "big letters", "form table", "no headings"}
    assert {block.kind for bid in everything for block in bid.blocks} >= set(bids.KINDS)
    assert all(300 <= words_in(bid) <= 2000 for bid in everything), {bid.name: words_in(bid) for bid in everything}


def test_the_held_out_bids_are_others_and_varied_too() -> None:
    assert len(held_out()) == 16
    assert {bid.name for bid in held_out()} & {bid.name for bid in all_bids()} == set()
    assert {bid.style for bid in held_out()} == {bid.style for bid in all_bids()}
    assert {section for bid in held_out() for piece in bid.pieces for section in piece.sections} == set(SECTIONS)
    assert all(250 <= words_in(bid) <= 1500 for bid in held_out()), {bid.name: words_in(bid) for bid in held_out()}


def test_the_bids_set_apart_are_others_again_and_varied_too() -> None:
    assert len(apart()) == 10
    assert len({bid.name for bid in EVERY}) == len(EVERY)
    assert {bid.style for bid in apart()} == {bid.style for bid in all_bids()}
    assert {section for bid in apart() for piece in bid.pieces for section in piece.sections} == set(SECTIONS)
    assert all(250 <= words_in(bid) <= 600 for bid in apart()), {bid.name: words_in(bid) for bid in apart()}


def test_each_section_occurs_in_at_least_six_bids() -> None:
    found = Counter(section for bid in all_bids() for section in {s for piece in bid.pieces for s in piece.sections})
    assert {section: found[section] for section in SECTIONS if found[section] < 6} == {}


def test_the_sections_are_those_of_a_specification() -> None:
    assert set(SECTIONS) == set(load_shape().names)


@pytest.mark.parametrize("degree", [Degree.FULLY, Degree.ABSENT])
def test_each_criterion_that_words_can_show_is_fully_met_in_three_bids_and_absent_in_three(degree: Degree) -> None:
    found = Counter(code for bid in all_bids() for code, said in bid.verdicts.items() if said is degree)
    assert len(DECIDABLE) == 110
    assert {code: found[code] for code in DECIDABLE if found[code] < 3} == {}


@EACH
def test_labels_are_known_names_and_codes(bid: LabelledBid) -> None:
    assert {section for piece in bid.pieces for section in piece.sections} <= set(SECTIONS)
    assert set(bid.verdicts) | set(bid.shown) <= set(DECIDABLE)
    assert len(bid.verdicts) > len(DECIDABLE) - len(CONDITIONAL) - 15
    assert {c.kind for c in bid.contradictions} <= {"total", "two values", "roi", "payback", "date", "share"}
    assert {left.what for left in bid.leftovers} <= {"placeholder", "guidance", "comment", "tracked change", "empty section",
                                                     "hidden text"}


@EACH
def test_no_label_contradicts_another(bid: LabelledBid) -> None:
    data = raw(bid)
    named = Counter(code for key in (*Degree, "slight") for code in data.get(key, "").split())
    assert {code for code, times in named.items() if times > 1} == set()
    assert set(data.get("absent", "").split()) & set(bid.shown) == set()
    assert set(data.get("cannot tell", "").split()) & set(bid.shown) == set()
    assert {bid.verdicts[code] for code in bid.slight} <= {Degree.PARTLY}


def test_where_nothing_is_said_nothing_is_met() -> None:
    empty = {bid.name: bid for bid in EVERY if bid.name in ("audit-report", "minutes-board", "patient-transport-leaflet")}
    assert len(empty) == 3
    assert {degree for bid in empty.values() for degree in bid.verdicts.values()} == {Degree.ABSENT}
    intent = next(bid for bid in all_bids() if bid.name == "intentions-virtual-hub")
    assert Degree.FULLY not in intent.verdicts.values()


@EACH
def test_contradictions_and_leftovers_stand_in_the_bid(bid: LabelledBid) -> None:
    text = single_spaced(" ".join(bid.words))
    assert [c.text for c in bid.contradictions if c.text not in text] == []
    assert [left.text for left in bid.leftovers if left.text not in text] == []


def test_some_bids_contradict_themselves_and_most_hold_many_figures_that_do_not() -> None:
    kinds = Counter(c.kind for bid in all_bids() for c in bid.contradictions)
    assert kinds.keys() >= {"total", "two values", "roi", "date", "share"}
    sound = [bid for bid in all_bids() if not bid.contradictions and len(re.findall(r"\d+", " ".join(bid.words))) > 40]
    assert len(sound) >= 12


def tables_of(bid: LabelledBid) -> Iterator[Rows]:
    for block in bid.blocks:
        if block.rows:
            yield block.rows
        for answer in block.answers:
            yield from (part for part in answer.parts if not isinstance(part, str))


def amount(cell: str) -> float | None:
    return float(cell.replace("£", "").replace(",", "")) if AMOUNT.fullmatch(cell) else None


def wrong_totals(rows: Rows) -> Iterator[str]:
    """The cells of a row of totals that are not the sum of those above, where all those are amounts or empty."""
    for number, row in enumerate(rows):
        if not SUM_ROW.fullmatch(row[0]):
            continue
        for column in range(1, len(row)):
            above = [line[column] for at, line in enumerate(rows[:number])
                     if len(line) == len(row) and line[column] and (at or line[column].startswith("£"))]
            amounts = [amount(cell) for cell in above]
            told = amount(row[column])
            if told is not None and len(above) > 1 and None not in amounts and abs(sum(filter(None, amounts)) - told) > 0.05:
                yield row[column]


def test_totals_add_up_unless_they_are_labelled() -> None:
    looked = sum(SUM_ROW.fullmatch(row[0]) is not None for bid in EVERY for rows in tables_of(bid) for row in rows)
    assert looked >= 20
    wrong = {(bid.name, cell) for bid in EVERY for rows in tables_of(bid) for cell in wrong_totals(rows)}
    labelled = {(bid.name, c.text) for bid in EVERY for c in bid.contradictions if c.kind == "total"}
    assert wrong == labelled


def text_in(content: bytes) -> str:
    """All text of the file's story, notes and comments, deleted words and both copies of text boxes included."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if re.fullmatch(r"word/(document|footnotes|comments)\.xml", name)]
        roots: list[Any] = [etree.fromstring(archive.read(name)) for name in names]
    paragraphs = ("".join(node.text or "" for node in paragraph.iter(f"{W}t", f"{W}delText"))
                  for root in roots for paragraph in root.iter(f"{W}p"))
    return single_spaced(" ".join(paragraphs))


@EACH
def test_the_word_file_holds_every_word_and_is_the_same_each_time(bid: LabelledBid) -> None:
    content = docx_of(bid)
    text = text_in(content)
    assert [word for word in bid.words if single_spaced(word) not in text] == []
    assert content == docx_of(bid)


def test_the_files_have_the_oddities_that_the_set_asks_for() -> None:
    def parts(name: str) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(docx_of(next(bid for bid in all_bids() if bid.name == name)))) as archive:
            return {entry: archive.read(entry) for entry in archive.namelist()}

    boxes, tracked, controls = parts("boxes-asthma"), parts("tracked-frailty"), parts("controls-camhs")
    assert boxes["word/document.xml"].count(b"<w:txbxContent>") == 6
    assert b"44 of 310 pupils" in boxes["word/footnotes.xml"]
    assert all(mark in tracked["word/document.xml"] for mark in (b"<w:ins ", b"<w:del ", b"<w:vanish/>", b"<w:commentReference "))
    assert controls["word/document.xml"].count(b"<w:sdt>") >= 10
    assert b"<w:showingPlcHdr/>" in controls["word/document.xml"]
    assert b"<w:pStyle" not in parts("letter-ambulance")["word/document.xml"]
