"""The finished bid: nothing that was typed is missing, every number is a Figure, and the document is whole."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Any

import pytest

from bizcase.appraisal.inputs import Status
from bizcase.case import build
from bizcase.document.outline import outline as headings_of
from bizcase.document.value import MARKS, TAG_LIMIT, shortened
from bizcase.document.view import written_date
from bizcase.specification.given import named
from bizcase.specification.shape import load_shape
from bizcase.specification.values import parse_date
from tests.building import (
    built_sample,
    case_of,
    is_free_text,
    is_printed,
    is_short,
    least,
    project_of,
    put,
    sample_data,
    values_in,
)
from tests.conftest import sample_case, sample_names
from tests.word_text import W, controls, outline, paragraphs, part, single_spaced, story, text_of

NAMES_FROM_GUIDANCE = ("appraisal.parameters", "resources.costs[].optimism_bias.category")
HARD_TEXT = ' R&D <10% "quoted" \'so\' 😀 مرحبا =1+1 {{ x }} {% raw %} {_{ y }_} _x0041_ #N/A ]]> --> \\n end'


@pytest.mark.parametrize("name", sample_names())
def test_every_text_of_a_sample_is_in_its_bid(name: str) -> None:
    project = project_of(sample_case(name))
    told = story(built_sample(name).bid)
    seen = 0
    for path, field, value in values_in(project.data):
        if not is_printed(path, project):
            continue
        if is_free_text(field) or field.allowed:
            for text in value if isinstance(value, list) else [value]:
                seen += 1
                shown = single_spaced(text if is_free_text(field) or field.choices else text[:1].upper() + text[1:])
                assert shown in told, f"{path}: {shown}"
        elif field.type == "date":
            seen += 1
            assert written_date(parse_date(value)) in told, path
        elif field.type == "list" and field.item_type in ("string", "identifier"):
            seen += len(value)
            assert all(single_spaced(item) in told for item in value), path
    assert seen > least(name, 150, 100)


@pytest.mark.parametrize("name", [name for name in sample_names() if not is_short(name)])
def test_a_long_bid_leaves_out_nothing(name: str) -> None:
    project = project_of(sample_case(name))
    paths = [path for path, field, _ in values_in(project.data)
             if path[0] in (*project.profile.sections, "document") and not field.fields]
    assert len(paths) > 700
    assert [path for path in paths if not is_printed(path, project)] == []


@pytest.mark.parametrize("name", sample_names())
def test_every_number_of_a_sample_is_printed_as_its_figure(name: str) -> None:
    built, project = built_sample(name), project_of(sample_case(name))
    told = story(built.bid)
    printed = {named(project.data, path) for path, field, _ in values_in(project.data)
               if is_printed(path, project) and not field.fields}
    given = [figure for figure_id, figure in built.figures.items()
             if figure_id in printed or any(figure_id.startswith(f"{path}.") for path in printed)]
    assert len(given) > 50
    for figure in given:
        assert figure.text in told, f"{figure.id}: {figure.text}"


def test_hard_texts_neither_vanish_nor_break_the_bid_or_the_workbook() -> None:
    data = sample_data("remote-monitoring")
    texts = [(path, value) for path, field, value in list(values_in(data))
             if is_free_text(field) and field.path not in NAMES_FROM_GUIDANCE]
    assert len(texts) > 900
    for path, value in texts:
        put(data, path, value.strip() + HARD_TEXT)
    long = " ".join(f"word{number}" for number in range(5000))
    data["problem"]["summary"] = data["sustainability"]["support_model"] = long
    case = case_of(data)
    built = build(case)
    told = story(built.bid)
    for path, field, value in values_in(project_of(case).data):
        if is_free_text(field):
            assert single_spaced(value) in told, path


def test_line_breaks_and_blank_lines_of_a_narrative_are_kept() -> None:
    data = sample_data("remote-monitoring")
    data["problem"]["summary"] = "First line\nsecond line\n\nNew paragraph\twith a tab"
    found = paragraphs(build(case_of(data)).bid)
    assert "First line\nsecond line" in found
    assert "New paragraph\twith a tab" in found


@pytest.mark.parametrize("name", sample_names())
def test_a_bid_ends_as_its_template_ends(name: str) -> None:
    body = part(built_sample(name).bid).find(f"{W}body")
    assert body[-1].tag == f"{W}sectPr"
    assert paragraphs(built_sample(name).bid)[-1] == "End of the bid. Every figure has its cell in the benefits workbook."


@pytest.mark.parametrize("name", sample_names())
def test_no_template_tag_is_left_in_a_bid(name: str) -> None:
    bid = built_sample(name).bid
    for piece in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        text = " ".join(paragraphs(bid, piece))
        assert text
        assert not re.search(r"\{\{|\}\}|\{%|%\}", text), piece


@pytest.mark.parametrize("name", sample_names())
def test_narratives_and_figures_stand_in_controls_that_name_them(name: str) -> None:
    built, project = built_sample(name), project_of(sample_case(name))
    found = controls(built.bid)
    narratives = figures = 0
    for path, field, value in values_in(project.data):
        if is_printed(path, project) and field.is_narrative:
            alias, text = found[shortened(named(project.data, path))]
            assert "".join(text.split()) == "".join(value.split()), path
            assert alias
            narratives += 1
    for tag, (_, text) in found.items():
        if tag in built.figures:
            assert text == built.figures[tag].text, tag
            figures += 1
    assert narratives > least(name, 15, 10)
    assert figures > 100


@pytest.mark.parametrize("name", sample_names())
def test_controls_have_unique_ids_and_tags_that_word_can_hold(name: str) -> None:
    ids, tags = [], []
    for control in part(built_sample(name).bid).iter(f"{W}sdtPr"):
        ids.append(control.find(f"{W}id").get(f"{W}val"))
        tags.append(control.find(f"{W}tag").get(f"{W}val"))
    assert len(ids) > 200
    assert len(set(ids)) == len(ids)
    assert max(map(len, tags)) <= TAG_LIMIT


@pytest.mark.parametrize("name", sample_names())
def test_what_is_illustrative_or_disputed_is_printed_as_such(name: str) -> None:
    built = built_sample(name)
    told = {tag: element for element in part(built.bid).iter(f"{W}sdt")
            for tag in [element.find(f"{W}sdtPr/{W}tag").get(f"{W}val")]}
    seen = 0
    for figure_id, figure in built.figures.items():
        if figure.flagged and figure_id in told:
            after = "".join(map(text_of, takewhile(lambda element: element.tag != f"{W}sdt", told[figure_id].itersiblings())))
            assert figure.status.value in after or after.startswith(MARKS[figure.status]), figure_id
            seen += 1
    assert seen > 20


def test_a_disputed_study_is_printed_as_disputed() -> None:
    told = story(built_sample("remote-monitoring").bid)
    assert "Telehealth lowered mortality by 45%" in told
    assert "0.45 (disputed; source: Quoted without its original)" in told
    assert "Status of the figure: Disputed" in told


def test_the_cover_warns_where_results_rest_on_illustrative_figures() -> None:
    case = sample_case("remote-monitoring")
    assert case.analysis is not None and case.analysis.appraisal.inputs.status is Status.ILLUSTRATIVE
    assert any(text.startswith("Illustrative: some figures stand in for real ones") for text in
               paragraphs(built_sample("remote-monitoring").bid)[:12])


@pytest.mark.parametrize("name", sample_names())
def test_building_twice_gives_the_same_bytes(name: str) -> None:
    case = sample_case(name)
    again = build(case, draft=bool(case.blockers))
    assert again.bid == built_sample(name).bid
    assert again.workbook == built_sample(name).workbook


@pytest.mark.parametrize("name", sample_names())
def test_contents_list_the_headings_that_follow_with_their_numbers(name: str) -> None:
    document = part(built_sample(name).bid)
    listed, bookmarks = [], set()
    for paragraph in document.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val").startswith("TOC"):
            number, title, page = text_of(paragraph).split("\t")
            assert page.isdigit()
            listed.append((number, title))
            bookmarks |= {link.get(f"{W}anchor") for link in paragraph.iter(f"{W}hyperlink")}
    if project_of(sample_case(name)).profile.short:
        assert listed == [], "a short bid has no contents"
        return
    assert len(listed) >= 10
    assert _numbered_headings(document, {title for _, title in listed}) == listed
    assert bookmarks <= {mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")}


def _numbered_headings(document: Any, wanted: set[str]) -> list[tuple[str, str]]:
    """The headings as Word numbers them, counted here afresh."""
    counts: dict[str, list[int]] = {"": [0, 0], "Annex": [0, 0]}
    found = []
    for paragraph in document.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        kind = style is not None and re.fullmatch("(Annex)?Heading([12])", style.get(f"{W}val"))
        if not kind:
            continue
        level, count = int(kind[2]), counts[kind[1] or ""]
        count[level - 1] += 1
        if level == 1:
            count[1] = 0
        first = chr(ord("A") + count[0] - 1) if kind[1] else str(count[0])
        number = f"{first}.{count[1]}" if level == 2 else f"Annex {first}" if kind[1] else first
        if text_of(paragraph) in wanted and paragraph.find(f"{W}bookmarkStart") is not None:
            found.append((number, text_of(paragraph)))
    return found


@pytest.mark.parametrize("name", sample_names())
def test_captions_are_numbered_through(name: str) -> None:
    captions = [text for text in paragraphs(built_sample(name).bid) if re.match(r"Table \d+: ", text)]
    assert len(captions) > 10
    assert [int(re.findall(r"\d+", text)[0]) for text in captions] == list(range(1, len(captions) + 1))


@pytest.mark.parametrize("name", sample_names())
def test_tables_can_be_read_by_a_screen_reader(name: str) -> None:
    tables = list(part(built_sample(name).bid).iter(f"{W}tbl"))
    assert len(tables) > least(name, 20, 15)
    for table in tables:
        assert table.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val")
        assert table.find(f".//{W}gridSpan") is None
        assert table.find(f".//{W}vMerge") is None
        widths = {len(row.findall(f"{W}tc")) for row in table.findall(f"{W}tr")}
        assert widths == {len(table.findall(f"{W}tblGrid/{W}gridCol"))}
        if table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "BidTable":
            assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None


@pytest.mark.parametrize("name", sample_names())
def test_headings_step_down_one_level_at_a_time(name: str) -> None:
    levels = [int(style.get(f"{W}val")[-1]) for style in part(built_sample(name).bid).iter(f"{W}pStyle")
              if re.fullmatch(r"(Annex)?Heading\d", style.get(f"{W}val"))]
    assert levels[0] == 1
    assert len(levels) > least(name, 20, 15)
    assert all(after - before <= 1 for before, after in pairwise(levels))


def _field_results(root: Any) -> Iterator[str]:
    """What each field shows, fields within fields before those around them."""
    open_fields: list[list[str] | None] = []
    for element in root.iter(f"{W}fldChar", f"{W}t"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            open_fields.append(None)
        elif kind == "separate":
            open_fields[-1] = []
        elif kind == "end":
            shown = open_fields.pop()
            assert shown is not None
            yield "".join(shown)
        else:
            for shown in open_fields:
                if shown is not None:
                    shown.append(element.text or "")
    assert not open_fields


def test_every_field_shows_a_result_before_word_works_it_out() -> None:
    bid = built_sample("remote-monitoring").bid
    seen = 0
    for name in ("word/document.xml", "word/footer1.xml"):
        for result in _field_results(part(bid, name)):
            assert result
            seen += 1
    assert seen > 20
    assert paragraphs(bid, "word/footer1.xml") == ["Northmoor University Hospitals NHS Trust\tPage 1 of 1"]


def test_the_properties_name_title_author_and_language() -> None:
    data = sample_data("remote-monitoring")
    data["document"]["title"] = "R&D <at home>"
    core = part(build(case_of(data)).bid, "docProps/core.xml")
    found = {element.tag.rpartition("}")[2]: element.text for element in core}
    assert found["title"] == "R&D <at home>"
    assert found["creator"] == "Dr Miriam Adeyemi"
    assert found["language"] == "en-GB"


def test_a_draft_marks_what_is_missing_in_its_section() -> None:
    data = sample_data("remote-monitoring")
    del data["sustainability"]["exit_plan"]
    del data["sustainability"]["payer"]
    case = case_of(data)
    assert case.blockers
    document = part(build(case, draft=True).bid)
    gaps: dict[str, list[str]] = {}
    heading = ""
    for paragraph in document.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        kind = style.get(f"{W}val") if style is not None else ""
        heading = text_of(paragraph) if kind == "Heading1" else heading
        if kind == "Gap" and heading:
            gaps.setdefault(heading, []).append(text_of(paragraph))
    assert list(gaps) == ["Sustainability after funding ends"]
    assert [gap.split(".")[0].split(":")[0] for gap in gaps["Sustainability after funding ends"]] == [
        "Missing", "Missing (C19"]


def test_a_finished_bid_marks_nothing() -> None:
    case = sample_case("remote-monitoring")
    assert not case.blockers
    assert "Draft" not in paragraphs(built_sample("remote-monitoring").bid, "word/header1.xml")[0]


@pytest.mark.parametrize("profile", ["ideas-den", "five-case"])
def test_the_same_specification_builds_in_the_other_profiles(profile: str) -> None:
    data = {**sample_data("remote-monitoring"), "profile": profile}
    case = case_of(data)
    built = build(case, draft=True)
    told = story(built.bid)
    shape = load_shape()
    bookmarks = [mark.get(f"{W}name").lower() for mark in part(built.bid).iter(f"{W}bookmarkStart")]
    assert len(bookmarks) > 10 and len(set(bookmarks)) == len(bookmarks)
    assert project_of(case).profile.name == profile
    entries = headings_of(project_of(case).profile, shape)
    assert {entry.section for entry in entries} >= set(project_of(case).profile.sections)
    for entry in entries:
        assert entry.title in told, entry.key


def test_the_outline_of_the_sample_is_as_approved(golden: Callable[[str, str], None]) -> None:
    golden("remote-monitoring-bid.txt", outline(built_sample("remote-monitoring").bid))


def test_a_blank_specification_still_makes_a_draft() -> None:
    data = {"profile": "ideas-den", "document": {"title": "Only an idea"}}
    built = build(case_of(copy.deepcopy(data)), draft=True)
    told = story(built.bid)
    assert "Only an idea" in told
    assert "Missing: this section. Say" in told


def test_a_hubs_terms_change_our_words_and_never_the_names_of_fields() -> None:
    data = sample_data("remote-monitoring")
    for row in data["commissioner_plan"]["commissioners"]:
        row["type"] = "national"
    case = case_of(data)
    project = project_of(case)
    theirs = replace(project.profile, terms={"commissioner": "integrated care board"})
    built = build(replace(case, checked=replace(case.checked, project=replace(project, profile=theirs))), draft=True)
    told = story(built.bid)
    assert "Integrated care board plan" in told
    assert "commissioner_plan.commissioners" in told and "commissioner_plan.integrated" not in told
