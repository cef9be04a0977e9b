"""Form, specification and form again: the same answers, for every sample; and a form that is sent out again is continued."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl import Workbook

from bizcase.document.ooxml import parts_of
from bizcase.document.stylesheet import House
from bizcase.document.template import make_template
from bizcase.hub.form.read import read_form
from bizcase.specification.printed import prints
from bizcase.specification.profile import load_profile, profile_names
from bizcase.specification.shape import load_shape
from bizcase.specification.source import read
from tests.conftest import SAMPLES, sample_names
from tests.hub.forming import NAME, PAGE, answer, blank, came_back, edited, fill_row, told, written


def without_line_ends(value: Any) -> Any:
    """A text is the same with or without the line end that a block of YAML gives it."""
    if isinstance(value, dict):
        return {key: without_line_ends(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_line_ends(inner) for inner in value]
    return value.removesuffix("\n") if isinstance(value, str) else value


@pytest.mark.parametrize("name", sample_names())
def test_every_answer_of_every_sample_comes_back_from_its_form(name: str) -> None:
    data = read((SAMPLES / f"{name}.yaml").read_text("utf-8"), name)[0].data
    form = read_form(written(data), NAME)
    assert told(form) == []
    assert without_line_ends(form.data) == without_line_ends(data)
    assert form.taken > 400
    assert len(form.cells) > form.taken


def test_a_partly_filled_form_is_continued_in_a_new_one() -> None:
    def begun(book: Workbook) -> None:
        answer(book[PAGE], "document.title", "Safe at home")
        answer(book[PAGE], "summary.ask", "to be agreed with finance")
        fill_row(book[PAGE], "risks.register", 1, Risk="Late", Owner="tbc")

    def gone_on(book: Workbook) -> None:
        answer(book[PAGE], "summary.ask", "£12k (estimate)")
        fill_row(book[PAGE], "risks.register", 1, Owner="Lead nurse")
        fill_row(book[PAGE], "risks.register", 2, Risk="Dear")

    first = came_back(begun, blank())
    assert [row["text"] for row in first.data["document"]["remarks"]] == ["tbc", "to be agreed with finance"]
    second = read_form(edited(written(dict(first.data)), gone_on), NAME)
    assert second.data["summary"] == {"ask": {"value": 12_000, "status": "estimate"}}
    assert second.data["document"]["title"] == "Safe at home"
    assert second.data["risks"]["register"] == [
        {"id": "R1", "title": "Late", "owner": "Lead nurse"},
        {"id": "R2", "title": "Dear"},
    ]
    assert "remarks" not in second.data["document"], "each stood in the cell of its field, and has given way to an answer"
    third = read_form(written(dict(second.data)), NAME)
    assert without_line_ends(third.data) == without_line_ends(second.data)


def test_what_was_written_beside_a_question_never_becomes_its_answer() -> None:
    first = came_back(lambda book: book[PAGE].cell(9, 7, "ask Moira"))
    assert first.data["document"]["remarks"][0]["field"] == "summary.proposition (beside)"
    second = read_form(written(dict(first.data)), NAME)
    assert second.data == first.data


@pytest.mark.parametrize("name", profile_names())
def test_remarks_are_printed_in_no_kind_of_bid(name: str) -> None:
    template = make_template(load_profile(name), load_shape(), House())
    printed = b"".join(parts_of(template).values())
    assert b"document.approvers" in printed
    assert b"remarks" not in printed
    assert not prints(load_profile(name), "document.remarks[].text")
    assert prints(load_profile(name), "document.approvers[].name")
