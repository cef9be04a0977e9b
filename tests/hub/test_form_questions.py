"""What a form asks: everything that is needed, once, in words that tell questions apart; and what was answered already."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bizcase.hub.form.keys import as_texts, from_texts, keys_of
from bizcase.hub.form.leaves import is_leaf
from bizcase.hub.form.questions import PARENT, REMARKS, Form, Heading, Table, form_of
from bizcase.specification.printed import prints
from bizcase.specification.profile import load_profile, profile_names
from bizcase.specification.shape import Field, load_shape
from bizcase.specification.source import read
from bizcase.specification.walk import fields_with_values, pattern
from tests.conftest import SAMPLES, sample_names

FORMS = {name: form_of(load_profile(name)) for name in profile_names()}


def asked(form: Form) -> list[str]:
    """The pattern of every field that a form asks."""
    columns = [column.field.path for table in form.tables for column in table.columns if column.path != PARENT]
    return [question.path for question in form.questions] + columns


def needed(form: Form) -> set[str]:
    return {question.path for question in form.questions if question.needed} | \
        {table.path for table in form.tables if table.needed} | \
        {column.field.path for table in form.tables for column in table.columns if column.needed and column.path != PARENT}


@pytest.mark.parametrize("name", FORMS)
def test_every_required_field_is_asked_and_marked_as_needed(name: str) -> None:
    form, shape = FORMS[name], load_shape()
    marked, seen = needed(form), 0
    for path in load_profile(name).required:
        field = shape.find(path)
        if isinstance(field, Field) and (is_leaf(field) or field.is_rows):
            assert path in marked, path
            seen += 1
        else:
            assert any(found.startswith((f"{path}.", f"{path}[")) for found in marked), f"nothing of {path} is needed"
    assert seen > 15


@pytest.mark.parametrize("name", FORMS)
def test_a_table_asks_whatever_its_rows_cannot_do_without(name: str) -> None:
    for table in FORMS[name].tables:
        columns = {column.path for column in table.columns if column.needed}
        own = {field.name for field in load_shape().known[table.path].fields if field.required and is_leaf(field)}
        assert own <= columns, table.path


@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_asked_twice_and_labels_tell_questions_apart(name: str) -> None:
    form = FORMS[name]
    assert len(asked(form)) == len(set(asked(form))) > 40
    for page in form.pages:
        labels = [block.label.lower() for block in page.blocks if not isinstance(block, Heading)]
        assert len(labels) == len(set(labels)) > 0, page.title
        assert 0 < len(page.title) <= 31 and not re.search(r"[\[\]:*?/\\']", page.title), page.title
    for table in form.tables:
        heads = [column.label.lower() for column in table.columns]
        assert len(heads) == len(set(heads)), table.path
    assert len({page.title.lower() for page in form.pages}) == len(form.pages)


@pytest.mark.parametrize("name", [name for name in FORMS if not load_profile(name).short])
def test_a_long_form_asks_all_that_its_bid_prints(name: str) -> None:
    profile = load_profile(name)
    printed = {field.path for field in load_shape().walk()
               if is_leaf(field) and prints(profile, field.path) and not field.path.startswith(REMARKS)}
    assert len(printed) > 200
    assert printed <= set(asked(FORMS[name]))


def test_a_short_form_is_one_page_that_asks_what_is_needed_and_what_its_profile_adds() -> None:
    form = FORMS["ideas-den"]
    assert len(form.pages) == 1
    extra = {path for path in asked(form) if path not in needed(form)}
    assert extra == {
        "document.sro", "summary.decision", "resources.costs[].payer", "resources.costs[].payer_after_grant",
        "benefits.register[].baseline.value", "benefits.register[].value.volume", "benefits.register[].value.effect",
        "benefits.register[].value.unit_value", "readiness.executive_commitment[].amount"}


def test_what_a_profile_adds_under_a_path_is_asked_too() -> None:
    small = replace(load_profile("ideas-den"), form=("inclusion.impact_assessment", "governance.sro"))
    paths = asked(form_of(small))
    assert {"inclusion.impact_assessment.status", "inclusion.impact_assessment.date", "governance.sro"} <= set(paths)
    assert "benefits.register[].value.volume" not in paths


@pytest.mark.parametrize("profile", ["ideas-den", "ten-questions"])
@pytest.mark.parametrize("sample", sample_names())
def test_a_form_grows_by_what_a_specification_has_answered_beyond_it(sample: str, profile: str) -> None:
    data = read((SAMPLES / f"{sample}.yaml").read_text("utf-8"), sample)[0].data
    form = form_of(load_profile(profile), data)
    answered = {pattern(path) for path, field, _ in fields_with_values(data, load_shape()) if is_leaf(field)}
    assert len(answered) > 100
    assert answered <= set(asked(form))
    assert set(asked(FORMS[profile])) <= set(asked(form))
    assert len(asked(form)) == len(set(asked(form)))


def test_a_hub_s_own_words_and_currency_are_those_of_its_form() -> None:
    ours = replace(load_profile("ideas-den"), terms={"commissioner": "integrated care board"}, currency="€")
    form = form_of(ours)
    [question] = [question for question in form.questions if question.path == "commissioner_plan.overview"]
    assert question.label == "Integrated care boards in brief"
    [ask] = [question for question in form.questions if question.path == "summary.ask"]
    assert ask.field.guidance == "The total you ask of this fund, in €."


def test_rows_within_rows_name_the_row_around_them_first() -> None:
    found = {table.path: table for table in FORMS["innovation-fund"].tables if table.parent}
    assert set(found) == {"stakeholders.map[].contacts", "commissioner_plan.commissioners[].meetings",
                          "benefits.register[].targets", "scale_up.steps[].gate"}
    for table in found.values():
        first = table.columns[0]
        assert (first.path, first.field.refers_to, first.needed) == (PARENT, table.parent, True)


def test_remarks_of_an_earlier_form_are_shown_last_and_never_asked() -> None:
    data = {"document": {"remarks": [{"field": "summary.ask", "text": "about twelve thousand", "from": "Form!E9"}]}}
    assert not any(path.startswith(REMARKS) for form in FORMS.values() for path in asked(form))
    for profile in profile_names():
        last = form_of(load_profile(profile), data).pages[-1].blocks[-1]
        assert isinstance(last, Table)
        assert last.path == REMARKS


@pytest.mark.parametrize("name", FORMS)
def test_the_keys_of_a_form_come_back_and_hold_every_label(name: str) -> None:
    form = FORMS[name]
    keys = keys_of(replace(form, profile=replace(form.profile, text="title: Ours")), "1.2", ["Fill in"])
    assert from_texts(as_texts(keys)) == keys
    assert (keys.version, keys.profile, keys.profile_text, keys.words) == ("1.2", name, "title: Ours", ("Fill in",))
    known = {(label.table, label.path) for label in keys.labels}
    assert {("", question.path) for question in form.questions} <= known
    assert {(table.path, column.path) for table in form.tables for column in table.columns} <= known


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1, "profile": "a", "schema": "b", "labels": []}', "{" * 9_999,
                                  '{"version": "1", "profile": "a", "schema": "b", "labels": [["only", "three", "texts", 4]]}'])
def test_keys_that_are_not_ours_are_no_keys(text: str) -> None:
    assert from_texts({"form": text}) is None
