"""Columns get other widths where one cell holds far more than its column was made for, and only there."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bizcase.document.fitting import PADDING, fit_columns, fitting_widths
from bizcase.document.markup import NAMESPACES, cell, header_cell, line, table, table_row
from tests.word_text import W

USUAL = [3000, 1500, 1500, 3638]


def test_columns_of_usual_texts_stay_as_they_are() -> None:
    texts = [["A stakeholder of some length"], ["4"], ["Cooperative"], ["Losing the human voice at the end of the line"]]
    assert fitting_widths(USUAL, texts) == USUAL


def test_columns_stay_where_all_cells_are_long() -> None:
    long = " ".join(["word"] * 300)
    assert fitting_widths(USUAL, [[long]] * 4) == USUAL


def test_a_cell_with_three_thousand_words_gets_most_of_the_room() -> None:
    texts = [["A stakeholder"], ["4"], [" ".join(["word"] * 3000)], ["Cooperative"]]
    fitted = fitting_widths(USUAL, texts)
    assert fitted[2] > sum(USUAL) / 2
    assert sum(fitted) == sum(USUAL)
    assert min(fitted) > PADDING


@given(st.lists(st.tuples(st.integers(400, 6000), st.lists(st.text("ab ", max_size=4000), max_size=3)), min_size=1, max_size=9))
def test_the_table_stays_as_wide_as_it_was_and_no_column_vanishes(columns: list[tuple[int, list[str]]]) -> None:
    widths, texts = [width for width, _ in columns], [texts for _, texts in columns]
    fitted = fitting_widths(widths, texts)
    assert sum(fitted) == sum(widths)
    assert min(fitted) > 0


def widths_of(style: str, text: str) -> tuple[list[Any], list[Any]]:
    row = table_row(cell(line("Short", "TableText"), 8000) + cell(line(text, "TableText"), 1638))
    head = header_cell("One", 8000) + header_cell("Two", 1638)
    root = etree.fromstring(f"<x {NAMESPACES}>{table([8000, 1638], head, row, 'A table', style)}</x>")
    fit_columns(root)
    return ([column.get(f"{W}w") for column in root.iter(f"{W}gridCol")], [own.get(f"{W}w") for own in root.iter(f"{W}tcW")])


def test_grid_and_cells_get_the_same_widths() -> None:
    grid, cells = widths_of("BidTable", "many words " * 200)
    assert grid != ["8000", "1638"]
    assert cells == grid * 2


def test_tables_of_other_styles_are_left_alone() -> None:
    assert widths_of("GridTable", "many words " * 200)[0] == ["8000", "1638"]
