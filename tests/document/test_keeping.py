"""What is read together stays on a page together."""

from __future__ import annotations

from typing import Any

from lxml import etree

from bizcase.document.keeping import SMALL, keep_together
from bizcase.document.markup import NAMESPACES, cell, header_cell, line, table, table_row
from tests.word_text import W


def body_of(rows: int, *after: str) -> Any:
    lines = "".join(table_row(cell(line(str(number), "TableText"), 9000)) for number in range(rows))
    root = etree.fromstring(f"<x {NAMESPACES}>{table([9000], header_cell('Head', 9000), lines, 'A table')}{''.join(after)}</x>")
    keep_together(root)
    return root


def kept(root: Any) -> list[bool]:
    """Which rows stay with what follows them."""
    return [all(p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(f"{W}p")) for row in root.iter(f"{W}tr")]


def test_a_small_table_stays_in_one_piece() -> None:
    assert kept(body_of(3)) == [True, True, True, False]


def test_a_long_table_may_break_but_not_after_its_first_or_before_its_last_row() -> None:
    found = kept(body_of(20))
    assert found == [True, True, *[False] * 17, True, False]
    assert len(found) > SMALL


def test_a_note_stays_with_the_table_above_it() -> None:
    root = body_of(20, line("Source: the workbook.", "Note"))
    assert kept(root) == [True, True, *[False] * 17, True, True]
    between = root.findall(f"{W}p")[0]
    assert between.find(f"{W}pPr/{W}keepNext") is not None
    assert root.findall(f"{W}p")[1].find(f"{W}pPr/{W}keepNext") is None


def test_other_text_after_a_table_is_not_pulled_to_it() -> None:
    root = body_of(20, line("The next paragraph.", "BodyText"))
    assert kept(root)[-1] is False


def lead_is_kept(text: str, *before_and_after: str) -> bool:
    before, after = before_and_after
    root = etree.fromstring(f"<x {NAMESPACES}>{before}{line(text, 'BodyText')}{after}</x>")
    keep_together(root)
    return root[1].find(f"{W}pPr/{W}keepNext") is not None


def test_a_short_text_between_a_heading_and_a_table_goes_with_both() -> None:
    heading, caption = line("Timeline", "Heading1"), line("Table 1: Milestones", "Caption")
    whole = table([9000], header_cell("Head", 9000), "", "A table")
    assert lead_is_kept("Eighteen months in all.", heading, caption)
    assert lead_is_kept("Eighteen months in all.", heading, whole)
    assert lead_is_kept("Eighteen months in all.", line("Plan", "AnnexHeading1"), whole)
    assert not lead_is_kept("x" * 401, heading, caption)
    assert not lead_is_kept("Eighteen months in all.", line("Text.", "BodyText"), caption)
    assert not lead_is_kept("Eighteen months in all.", heading, line("More text.", "BodyText"))


def test_marking_twice_changes_nothing() -> None:
    root = body_of(3)
    once = etree.tostring(root)
    keep_together(root)
    assert etree.tostring(root) == once


def test_a_table_stays_with_the_caption_of_the_figure_that_it_is() -> None:
    assert kept(body_of(20, line("Figure 1: Power and influence", "FigureCaption")))[-1] is True


def test_a_note_never_stands_alone_on_the_next_page() -> None:
    texts = (("The last words of a section.", "BodyText"), ("More in Annex A.", "Note"), ("Another note.", "Note"),
             ("Text.", "BodyText"))
    root = etree.fromstring(f"<x {NAMESPACES}>{''.join(line(text, style) for text, style in texts)}</x>")
    keep_together(root)
    assert [p.find(f"{W}pPr/{W}keepNext") is not None for p in root] == [True, True, False, False]
