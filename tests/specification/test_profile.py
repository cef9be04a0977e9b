"""Profiles as values: what their files say, in the form that the rest of the program uses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bizcase import resources
from bizcase.specification.profile import Part, Profile, Shown, load_profile, profile_names, profile_of, template_path
from bizcase.specification.shape import load_shape

SMALL = {"title": "T", "purpose": " P ", "parameters": "green-book-2026", "parts": [{"sections": ["problem"]}]}


def test_a_profile_holds_what_its_file_says() -> None:
    profile = profile_of({
        **SMALL, "short": True, "template": "ours.docx", "currency": "€", "terms": {"commissioner": "board"},
        "parts": [
            {"title": "One", "guidance": " Why? ", "limit": 400,
             "sections": ["problem", {"section": "stakeholders", "show": ["overview", "power_interest_grid"], "limit": 250}]},
            {"sections": [{"section": "stakeholders"}]}],
        "annexes": [{"title": "A", "sections": [{"section": "evidence", "show": ["items"]}]}],
        "required": ["problem", "benefits.register[].owner"], "advisory": ["C05.1"], "weights": {"scale_up": 3}}, "ours.yaml")
    assert profile == Profile(
        name="ours.yaml", title="T", purpose="P",
        parts=(Part("One", (Shown("problem"), Shown("stakeholders", ("overview", "power_interest_grid"), 250)), 400, "Why?"),
               Part("", (Shown("stakeholders"),))),
        annexes=(Part("A", (Shown("evidence", ("items",)),)),),
        required=("problem", "benefits", "benefits.register", "benefits.register[].owner"), parameters="green-book-2026",
        template="ours.docx", advisory=("C05.1",), short=True, currency="€", terms={"commissioner": "board"},
        weights={"scale_up": 3})
    assert profile.sections == ("problem", "stakeholders", "evidence")
    assert profile.parts[0].names == ("problem", "stakeholders")


def test_what_a_file_leaves_out_has_a_meaning() -> None:
    profile = profile_of(SMALL, "ours.yaml")
    assert (profile.currency, profile.short, profile.terms, profile.weights) == ("£", False, {}, {})
    assert (profile.annexes, profile.required, profile.advisory, profile.template) == ((), (), (), "")


def test_profiles_can_be_kept_by_what_they_are() -> None:
    one, other = profile_of(SMALL, "ours.yaml"), profile_of({**SMALL, "terms": {"a": "b"}}, "ours.yaml")
    assert {one: 1, other: 2}[profile_of(SMALL, "ours.yaml")] == 1
    assert one != other


@pytest.mark.parametrize(("required", "whole"), [
    (["a.b"], ("a", "a.b")),
    (["a.b[].c[].d"], ("a", "a.b", "a.b[].c", "a.b[].c[].d")),
    (["a", "a.b", "a.c"], ("a", "a.b", "a.c")),
    (["a.b", "a", "a.b"], ("a", "a.b")),
])
def test_what_is_around_a_required_field_is_required_with_it(required: list[str], whole: tuple[str, ...]) -> None:
    assert profile_of({**SMALL, "required": required}, "ours.yaml").required == whole


def test_a_template_is_a_shipped_one_a_file_or_is_still_to_be_made() -> None:
    profile = profile_of(SMALL, "ours.yaml")
    assert template_path(profile) is None
    assert template_path(replace(profile, template="five-case")) == resources.folder("templates") / "five-case" / "bid.docx"
    assert str(template_path(replace(profile, template="folder/Ours.DOCX"))).endswith("Ours.DOCX")


def test_ten_questions_are_ten_of_four_hundred_words_with_three_appendices() -> None:
    profile = load_profile("ten-questions")
    assert [part.limit for part in profile.parts] == [400] * 10
    assert [part.title for part in profile.parts][::9] == ["Need or challenge", "Costs and value for money"]
    assert all(part.guidance.endswith("?") for part in profile.parts)
    assert len(profile.annexes) == 3
    fields = load_shape()
    for part in profile.parts:
        kinds = [shown.section for shown in part.sections for name in shown.blocks
                 if (found := fields.find(f"{shown.section}.{name}")) is None or found.fields]
        assert len(kinds) <= 2, f"{part.title} shows more than a small table and a picture"
        assert all(shown.blocks for shown in part.sections), part.title


def test_every_profile_that_ships_is_in_pounds() -> None:
    assert {load_profile(name).currency for name in profile_names()} == {"£"}
