"""Findings become comments at their passages in a copy; the text of the copy is the text of the file."""

from __future__ import annotations

from typing import Any

import pytest

from bizcase.document.accepted import story_paragraphs
from bizcase.document.ooxml import OFFICE, W, main_part, parsed, parts_of, related
from bizcase.errors import Finding, Place, Severity
from bizcase.review.comments import Remark, commented, remarks_of
from bizcase.review.submission import Left
from bizcase.review.word_reader import read_submission
from tests.document.test_accessibility import box
from tests.document.writing import heading, line, row, table, word_file

DATE = "2026-11-26T09:00:00Z"
BODY = (heading("Costs") + line("We ask for £5.") + table(row("Item", "£") + row("Total", "7")) + heading("Risks")
        + line("None.") + box(line("A box with words")))


def finding(code: str, where: str, message: str = "something") -> Finding:
    return Finding(Place("bid.docx", where=where), code, Severity.MAJOR, message, "do this")


def comments_of(document: bytes) -> list[tuple[str, str]]:
    """Each comment with the text of the paragraph that it stands at."""
    parts = parts_of(document)
    main = main_part(parts)
    [name] = related(parts, main, f"{OFFICE}/comments")
    said: dict[str, Any] = {each.get(f"{W}id"): each for each in parsed(parts[name]).iter(f"{W}comment")}
    found = []
    for paragraph in story_paragraphs(parsed(parts[main])):
        for start in paragraph.findall(f"{W}commentRangeStart"):
            number = start.get(f"{W}id")
            assert paragraph.find(f"{W}commentRangeEnd[@{W}id='{number}']") is not None
            assert paragraph.find(f"{W}r/{W}commentReference[@{W}id='{number}']") is not None
            found.append(("".join(text.text or "" for text in paragraph.iter(f"{W}t")),
                          " | ".join("".join(text.text or "" for text in each.iter(f"{W}t"))
                                     for each in said.pop(number).iter(f"{W}p"))))
    assert not said
    return found


def test_each_finding_stands_at_its_passage_and_what_is_about_the_whole_bid_at_its_beginning() -> None:
    document = word_file(BODY)
    submission = read_submission(document, "bid.docx")
    places = {passage.text: passage.where for passage in submission.passages}
    remarks = remarks_of([finding("B20", places["7"]), finding("B21", places["We ask for £5."]), finding("C18.1", ""),
                          finding("C19.1", ""), finding("B30", f"{submission.tables[0].where}, row 1")], submission)
    assert comments_of(commented(document, remarks, DATE)) == [
        ("Costs", "C18.1 (major): something. Do this | C19.1 (major): something. Do this"),
        ("We ask for £5.", "B21 (major): something. Do this"),
        ("Item", "B30 (major): something. Do this"), ("7", "B20 (major): something. Do this")]


def test_nothing_that_is_read_changes() -> None:
    document = word_file(BODY)
    before = read_submission(document, "bid.docx")
    remarks = tuple(Remark(passage.anchor, ("x",)) for passage in before.passages if passage.anchor >= 0)
    after = read_submission(commented(document, remarks, DATE), "bid.docx")
    assert len(remarks) > 6
    assert (after.passages, after.tables) == (before.passages, before.tables)
    assert [each.text for each in after.leftovers if each.what is Left.COMMENT] == ["x"] * len(remarks)


def test_a_second_round_adds_to_the_comments_that_are_there() -> None:
    document = commented(word_file(BODY), [Remark(0, ("first",))], DATE)
    assert comments_of(commented(document, [Remark(0, ("second",)), Remark(1, ("third",))], DATE)) == [
        ("Costs", "second"), ("Costs", "first"), ("We ask for £5.", "third")]


def test_a_comment_on_a_box_stands_at_the_paragraph_that_holds_it_since_word_takes_none_inside() -> None:
    document = word_file(BODY)
    submission = read_submission(document, "bid.docx")
    boxed = next(passage for passage in submission.passages if passage.text == "A box with words")
    root = parsed(parts_of(commented(document, [Remark(boxed.anchor, ("x",))], DATE))["word/document.xml"])
    [start] = root.iter(f"{W}commentRangeStart")
    assert not any(True for _ in start.iterancestors(f"{W}txbxContent"))


@pytest.mark.parametrize("remarks", [[], [Remark(10_000, ("x",))]])
def test_without_a_place_there_is_no_comment(remarks: list[Remark]) -> None:
    document = word_file(BODY)
    assert b"commentRangeStart" not in parts_of(commented(document, remarks, DATE))["word/document.xml"]


def test_the_same_remarks_give_the_same_bytes() -> None:
    document = word_file(BODY)
    assert commented(document, [Remark(0, ("x",))], DATE) == commented(document, [Remark(0, ("x",))], DATE)
