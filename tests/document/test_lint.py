"""The linter of templates: the shipped ones are clean, and one fault at a time is told with its section and paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bizcase import resources
from bizcase.case import HouseTemplate, build
from bizcase.codes import explanations
from bizcase.document.colour import house_of
from bizcase.document.lint import template_errors, template_findings
from bizcase.document.linting.sentinel import OPEN, sentinel, sentinel_data
from bizcase.document.logo import image_of, with_logo
from bizcase.document.template import make_template
from bizcase.document.value import Value
from bizcase.document.word import render
from bizcase.errors import Severity, TemplateFault
from bizcase.specification.profile import load_profile, profile_names
from bizcase.specification.shape import Field
from bizcase.specification.walk import fields_with_values, pattern
from tests.building import case_of, sample_data
from tests.document.house import (
    BODY,
    HEADER,
    NAME,
    PROBLEM,
    SHAPE,
    SMALL,
    STYLES,
    after_the_problem,
    changed,
    codes,
    findings,
    paragraph,
    parts_of,
    replaced,
    small_template,
    told,
    with_paragraphs,
)
from tests.document.test_logo import png
from tests.word_text import story

HERE = f"{PROBLEM}, paragraph 1"
ROWS = "{%p for row in stakeholders.map %}"


@pytest.mark.parametrize("name", profile_names())
def test_a_shipped_template_has_no_finding_in_its_profile(name: str) -> None:
    profile = load_profile(name)
    content = (resources.folder("templates") / profile.template / "bid.docx").read_bytes()
    assert template_findings(content, NAME, profile, SHAPE) == []


def test_the_small_template_of_these_tests_is_clean() -> None:
    assert findings(small_template()) == []
    assert len(SMALL.sections) == 5 and len(SMALL.required) > 5


# What a template may print.


def test_the_sentinel_fills_in_every_field_of_the_shape() -> None:
    filled = {pattern(path) for path, _, _ in fields_with_values(sentinel_data(SHAPE), SHAPE)}
    one_way = {"benefits.register[].value.by_year", "benefits.register[].value.range",
               "benefits.register[].value.range.low", "benefits.register[].value.range.high"}
    assert len(filled) > 400
    assert {field.path for field in SHAPE.walk()} - filled == one_way


def test_every_computed_table_has_rows_in_the_sentinel() -> None:
    tables = sentinel(SMALL).names["appraised"]
    assert len(tables) > 10
    assert [name for name, rows in tables.items() if not rows] == []


def test_sentinel_texts_tell_fields_apart() -> None:
    texts = [value for _, field, value in fields_with_values(sentinel_data(SHAPE), SHAPE)
             if isinstance(field, Field) and isinstance(value, str) and value.startswith(OPEN)]
    assert len(texts) > 250
    assert len(set(texts)) == len(texts)


# Names.


@pytest.mark.parametrize(("tag", "message", "hint"), [
    ("{{ problem.sumary }}", "names problem.sumary, which is not there", "did you mean problem.summary?"),
    ("{{ probelm.summary }}", "names probelm, which is not there", "did you mean problem?"),
    ("{{ author }}", "names author, which is not there", "did you mean document.author?"),
    ("{{ bid.kindd }}", "names bid.kindd, which is not there", "did you mean bid.kind?"),
    ("{{ figure['npvs'] }}", "names figure.npvs, which is not there", "did you mean figure.npsv?"),
    ("{{ document.title.format }}", "names document.title.format, which is not there",
     "there are: alias, mark, paragraphs, pieces, prefix, suffix, tag"),
    ("{{ loop.index }}", "names loop, which is not there", "loop is there inside a for alone"),
    ("{{ zzz }}", "names zzz, which is not there", "names in a template are those of the specification: see docs/fields.md"),
])
def test_a_name_that_is_not_there_is_told_with_the_nearest(tag: str, message: str, hint: str) -> None:
    (found,) = findings(with_paragraphs(tag))
    assert (found.code, found.message, found.hint) == ("T20", f"{HERE}: {tag} {message}", hint)
    assert found.place.file == NAME
    assert re.fullmatch(r"word/document\.xml, paragraph \d+", found.place.path)


def test_names_in_a_loop_are_those_of_the_rows() -> None:
    assert codes(with_paragraphs(ROWS, "{{ row.name }}{{ loop.index }}", "{%p endfor %}")) == []
    (found,) = findings(with_paragraphs(ROWS, "{{ row.nme }}", "{%p endfor %}"))
    assert found.message == (f"{PROBLEM}, paragraph 2: {{{{ row.nme }}}} names row.nme, which is not there (a row of "
                             "stakeholders.map)")
    assert found.hint == "did you mean row.name?"
    assert codes(with_paragraphs(ROWS, "{%p endfor %}", "{{ row.name }}")) == ["T20"]


def test_a_few_words_show_the_paragraph_where_it_holds_more_than_the_tag() -> None:
    text = "Here we say at some length what the problem is, and for whom it is one: {{ problem.sumary }} and so on and on"
    (found,) = findings(with_paragraphs(text))
    quoted = found.message.split('"')[1]
    assert found.message.startswith(f'{HERE} "…')
    assert len(quoted) <= 72 and "{{ problem.sumary }}" in quoted


def test_a_fault_in_a_header_an_attribute_or_a_heading_names_its_place() -> None:
    assert told(replaced(HEADER, "{{ document.title }}", "{{ document.titel }}"))[0].startswith(
        'T20 Header, paragraph 1 "{{ document.titel }}')
    template = replaced(BODY, "{{ document.title.alias }}", "{{ document.titel.alias }}")
    assert told(template)[0].startswith("T20 before the first heading, paragraph 2")
    assert told(replaced(BODY, PROBLEM, PROBLEM + " {{ problem.sumary }}"))[0].startswith(f"T20 the heading {PROBLEM}")


def test_a_tag_that_word_has_split_over_runs_is_read_as_one() -> None:
    split = "".join(f'<w:r><w:t>{piece}</w:t></w:r><w:proofErr w:type="spellStart"/>'
                    for piece in ("{", "{ prob", "lem.sumary }", "}"))
    assert told(after_the_problem(f"<w:p>{split}</w:p>")) == [
        f"T20 {HERE}: {{{{ problem.sumary }}}} names problem.sumary, which is not there"]


@pytest.mark.parametrize(("texts", "code", "message", "hint"), [
    (["{{ problem }}"], "T21", "{{ problem }} would print problem, which is a group of fields", "name one of its fields"),
    (["{{ stakeholders.map }}"], "T21", "{{ stakeholders.map }} would print stakeholders.map, which is a list of rows",
     "write {%p for row in stakeholders.map %}, then {{ row.… }}"),
    (["{{ stakeholders.map.name }}"], "T21",
     "{{ stakeholders.map.name }} asks stakeholders.map for name, but it is a list of rows",
     "write {%p for row in stakeholders.map %}, then {{ row.name }}"),
    (["{%p for x in problem.summary %}", "{{ x }}", "{%p endfor %}"], "T21",
     "{%p for x in problem.summary %} repeats over problem.summary, which is a single value",
     "print it with {{ problem.summary }}, or its paragraphs with {%p for paragraph in problem.summary.paragraphs %}"),
    (["{%p for x in problem %}", "{{ x }}", "{%p endfor %}"], "T21",
     "{%p for x in problem %} repeats over problem, which is a group of fields", "name a list, such as problem.local_data"),
    (["{{p problem.summary }}"], "T13",
     "{{p problem.summary }} prints text in the place of a paragraph, which would break the document",
     "write {{ problem.summary }}"),
])
def test_a_list_a_group_and_a_value_are_told_apart(texts: list[str], code: str, message: str, hint: str) -> None:
    (found,) = findings(with_paragraphs(*texts))
    assert (found.code, found.message, found.hint) == (code, f"{HERE}: {message}", hint)


# Tags.


@pytest.mark.parametrize(("texts", "expected"), [
    (["{{ problem.summary"], ["T10 {here}: {{{{ problem.summary is not closed"]),
    (["{{ problem.", "summary }}"], ["T10 {here} \"{{{{ problem.\": {{{{ problem.summary }}}} begins in this paragraph and ends "
                                     "in another",
                                     "T10 {problem}, paragraph 2 \"summary }}}}\": half of a tag stands here"]),
    (["problem.summary }}"], ["T10 {here} \"problem.summary }}}}\": half of a tag stands here"]),
    (["{% nonsense %}"], ["T12 {here}: {{% nonsense %}} begins with no word that a template knows; there are: for, endfor, if, "
                          "elif, else or endif"]),
    (["{{ a b }}"], ["T12 {here}: {{{{ a b }}}} cannot be read: b is not expected there"]),
    (["{% if problem.summary = 1 %}x{% endif %}"],
     ["T12 {here} \"{{% if problem.summary = 1 %}}x{{% endif %}}\": {{% if problem.summary = 1 %}} cannot be read: = does not "
      "compare"]),
    (["{% tr for row in stakeholders.map %}"], ["T13 {here}: {{% tr for row in stakeholders.map %}} has a space before tr"]),
    (["{%tr if problem.summary %}", "{%tr endif %}"],
     ["T13 {here}: {{%tr if problem.summary %}} is for a row or a cell, and stands outside a table",
      "T13 {problem}, paragraph 2: {{%tr endif %}} is for a row or a cell, and stands outside a table"]),
    (["{%p if problem.summary %}", "x", "{% endif %}"],
     ["T13 {problem}, paragraph 3: {{% endif %}} ends {{%p if problem.summary %}}, which stands for another piece of the "
      "document"]),
    (["{%p if problem.summary %}{%p endif %}"],
     ["T13 {here} \"{{%p if problem.summary %}}{{%p endif %}}\": {{%p endif %}} stands in the same paragraph as "
      "{{%p if problem.summary %}}, which it ends"]),
    (["{%p if problem.summary %} and more", "x", "{%p endif %}"],
     ["T14 {here} \"{{%p if problem.summary %}} and more\": what stands beside {{%p if problem.summary %}} would be lost: "
      "and more"]),
])
def test_a_tag_that_is_not_whole_or_stands_wrongly_is_told(texts: list[str], expected: list[str]) -> None:
    assert told(with_paragraphs(*texts)) == [line.format(here=HERE, problem=PROBLEM) for line in expected]


@pytest.mark.parametrize(("texts", "message"), [
    (["{%p if problem.summary %}", "yes"], "or a block inside it, has no end"),
    (["{%p endif %}"], "ends or divides something that was not begun, or an end before it is one too many"),
    (["{%p endfor %}"], "ends or divides something that was not begun, or an end before it is one too many"),
])
def test_a_block_without_beginning_or_end_is_told_once(texts: list[str], message: str) -> None:
    found = findings(with_paragraphs(*texts))
    assert {finding.code for finding in found} == {"T11"}
    assert message in found[0].message


def test_a_broken_block_does_not_hide_a_misspelt_name() -> None:
    assert set(codes(with_paragraphs("{%p if problem.summary %}", "{{ problem.sumary }}"))) == {"T11", "T20"}


def test_a_tag_that_cannot_be_read_does_not_hide_a_misspelt_name_in_its_block() -> None:
    template = with_paragraphs("{%p if problem.summary = 1 %}", ROWS, "{{ row.nme }}", "{%p endfor %}", "{%p endif %}")
    assert [(found.code, found.hint) for found in findings(template)] == [
        ("T12", "write == to compare"), ("T20", "did you mean row.name?")]


def test_all_faults_are_told_at_once() -> None:
    template = with_paragraphs("{{ problem.sumary }}", "{{ a b }}", "{% set x = 1 %}", "{{ document.titel }}")
    assert sorted(codes(template)) == ["T12", "T20", "T20", "T22"]


@pytest.mark.parametrize("text", [
    "{{ document.title if document.status == “Draft” else document.author }}", "{{ problem.summary | upper }}",
    "{% if document.status in ['Draft', 'Final'] %}x{% endif %}", "{{ 'Prepared by ' ~ document.author }}",
    "{% if not problem.summary %}x{% else %}y{% endif %}", "{# a note #}", "{{ figure.npsv }}{{ figure['npsv'].mark }}",
    "{{ problem.summary or 'nothing yet' }}", "{{ stakeholders.map|length }}", "{%- if bid.draft -%}x{%- endif -%}",
])
def test_what_a_template_may_do_is_not_told(text: str) -> None:
    assert told(with_paragraphs(text)) == []


# What is missing, never reached, or said of another value.


def test_a_section_and_a_needed_field_that_nothing_prints_are_told() -> None:
    missing = changed(BODY, lambda body: body.replace(" problem.summary", " document.reference"))
    label = SHAPE.known["problem.summary"]
    assert isinstance(label, Field)
    assert [(found.code, found.severity, found.message, found.hint) for found in findings(missing)] == [
        ("T30", Severity.MAJOR, f"problem.summary ({label.label}) is needed by the profile and printed nowhere",
         "write {{ problem.summary }} where it belongs")]
    wider = load_profile("ideas-den")
    lacking = template_findings(small_template(), NAME, wider, SHAPE)
    assert [found.message for found in lacking if found.code == "T30"] == [
        f"nothing of the section {name} ({SHAPE.section(name).title}) is printed" for name in wider.sections
        if name not in SMALL.sections]


def test_a_section_that_the_profile_does_not_have_is_told_once() -> None:
    template = with_paragraphs("{{ timeline.overview }}", "{{ timeline.capacity_note }}")
    assert told(template) == [
        f"T31 {HERE}: {{{{ timeline.overview }}}} is never reached: the profile ideas-den has no section timeline"]


def test_a_condition_that_is_never_or_always_true_is_told() -> None:
    assert told(with_paragraphs("{%p if false %}", "x", "{%p endif %}")) == [
        f"T31 {HERE}: {{%p if false %}} is never true, so that nothing up to its end is printed"]
    (found,) = findings(with_paragraphs("{%p if problem.population %}", "x", "{%p endif %}"))
    assert (found.code, found.hint) == ("T31", "ask {% if problem.population.filled %}")


def test_a_value_that_is_printed_only_for_each_row_of_something_else_is_told() -> None:
    template = with_paragraphs(ROWS, "{{ document.reference.alias }}", "{%p endfor %}")
    (found,) = findings(template)
    assert (found.code, found.severity) == ("T32", Severity.ADVISORY)
    assert found.message == (f"{PROBLEM}, paragraph 2: document.reference.alias is printed only where stakeholders.map is "
                             "repeated: once for each row, and not at all where there is none")
    assert codes(with_paragraphs(ROWS, "{{ document.title }}", "{%p endfor %}")) == [], "it is printed elsewhere too"


def test_a_content_control_that_holds_another_value_than_it_is_named_for_is_told() -> None:
    template = replaced(BODY, "{{ document.title }}", "{{ document.author }}")
    assert told(template) == ["T33 before the first heading, paragraph 2 \"{{ document.author }}\": the content control is "
                              "named for document.title and holds another value"]


def test_the_end_of_the_document_and_its_contents_are_looked_for() -> None:
    assert "T34 the template has no page settings at its end" in told(changed(
        BODY, lambda body: re.sub(r"<w:sectPr(?![^<]*Change).*?</w:sectPr>(?=</w:body>)", "", body)))
    field = ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-2" </w:instrText></w:r><w:r>'
             '<w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')
    assert told(after_the_problem(field.format(""))) == [
        f"T35 {HERE}: the contents are empty until somebody updates them in Word"]
    assert told(after_the_problem(field.format("<w:r><w:t>Summary</w:t></w:r>"))) == []


def test_contents_that_lead_to_a_heading_without_its_bookmark_are_told() -> None:
    profile = load_profile("innovation-fund")
    content = (resources.folder("templates") / profile.template / "bid.docx").read_bytes()
    mark = sentinel(profile).names["contents"][1]["bookmark"]
    lost = replaced(BODY, f'w:name="{mark}"', 'w:name="something"', content)
    assert [(found.code, found.hint) for found in template_findings(lost, NAME, profile, SHAPE)] == [
        ("T35", f"in Word: select the heading, Insert, Bookmark, {mark}")]


# Styles and leftovers.


def test_a_style_that_is_missing_or_of_another_kind_is_told() -> None:
    styled = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:rPr><w:rStyle w:val="{}"/></w:rPr><w:t>x</w:t></w:r></w:p>'
    (found,) = findings(after_the_problem(styled.format("BodyTxt", "Label")))
    assert (found.code, found.hint) == ("T40", "choose the style Body Text")
    assert told(after_the_problem(styled.format("Label", "BodyText"))) == [
        f'T40 {HERE} "x": the style Label is for text and is used on paragraphs',
        f'T40 {HERE} "x": the style Body Text is for paragraphs and is used on text']
    assert codes(after_the_problem(styled.format("BodyText", "Label"))) == []
    lacking = changed(STYLES, lambda text: text.replace('w:styleId="Caption"', 'w:styleId="Other"'))
    assert "T40" in codes(lacking)


@pytest.mark.parametrize(("xml", "code"), [
    ('<w:p><w:ins w:id="9" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins></w:p>', "T50"),
    ('<w:p><w:del w:id="9" w:author="A"><w:r><w:delText>old</w:delText></w:r></w:del></w:p>', "T50"),
    ('<w:p><w:moveTo w:id="9" w:author="A"><w:r><w:t>moved</w:t></w:r></w:moveTo></w:p>', "T50"),
    ('<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>said</w:t></w:r></w:p>', "T50"),
    ('<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>', "T51"),
])
def test_comments_tracked_changes_and_hidden_text_are_told(xml: str, code: str) -> None:
    (found,) = findings(after_the_problem(xml))
    assert (found.code, found.severity) == (code, Severity.MAJOR)
    assert found.message.startswith(HERE)


def test_hidden_text_that_is_switched_off_is_none() -> None:
    assert codes(after_the_problem('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>x</w:t></w:r></w:p>')) == []


# The trial, and the build.


def test_a_trial_tells_a_value_that_a_tag_prints_and_the_bid_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def losing(*arguments: Any) -> bytes:
        lost = "⟦problem.summary⟧"
        return changed(BODY, lambda body: body.replace(lost, ""), render(*arguments))

    monkeypatch.setattr("bizcase.document.linting.trial.render", losing)
    (found,) = findings(small_template())
    assert found.code == "T60"
    assert "should have printed problem.summary, and the bid does not hold it" in found.message


def test_a_bid_is_built_in_the_house_s_own_template() -> None:
    template = with_paragraphs("Our house asks: what is the problem for {{ document.organisation }}?")
    data = sample_data("remote-monitoring")
    told_in_bid = story(build(case_of(data), template=HouseTemplate(NAME, template)).bid)
    assert f"Our house asks: what is the problem for {data['document']['organisation']}?" in told_in_bid


def test_a_template_with_errors_stops_a_build_with_section_paragraph_and_nearest_name() -> None:
    with pytest.raises(TemplateFault) as caught:
        build(case_of(sample_data("remote-monitoring")),
              template=HouseTemplate(NAME, with_paragraphs("{{ problem.sumary }}", "{{ stakeholders.mpa }}")))
    assert [(found.place.file, found.message, found.hint) for found in caught.value.findings] == [
        (NAME, f"{HERE}: {{{{ problem.sumary }}}} names problem.sumary, which is not there", "did you mean problem.summary?"),
        (NAME, f"{PROBLEM}, paragraph 2: {{{{ stakeholders.mpa }}}} names stakeholders.mpa, which is not there",
         "did you mean stakeholders.map?")]


def test_advice_about_a_template_stops_no_build() -> None:
    template = after_the_problem('<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>')
    assert template_errors(template, NAME, SMALL, SHAPE) == []
    assert build(case_of(sample_data("remote-monitoring")), template=HouseTemplate(NAME, template)).bid


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", profile_names())
def test_a_template_restyled_in_libreoffice_still_checks(name: str, office: Callable[[Path, str], Path], tmp_path: Path) -> None:
    """Another font and colour, a logo, a line of the house's own, a section moved, and all of it saved by LibreOffice Writer."""
    profile = load_profile(name)
    made = with_logo(make_template(profile, SHAPE, house_of("Georgia", "7B1FA2")), image_of(png(300, 90)))
    path = tmp_path / f"house-{name}.docx"
    path.write_bytes(after_the_problem(paragraph("What our house asks about a problem."), made))
    saved = office(path, "docx").read_bytes()
    assert b"Georgia" in parts_of(saved)[STYLES]
    assert "{{" in story(saved) and "What our house asks about a problem." in story(saved)
    assert template_findings(saved, NAME, profile, SHAPE) == []
    case = case_of({**sample_data("remote-monitoring"), "profile": name})
    bid = build(case, draft=bool(case.blockers), template=HouseTemplate(NAME, saved)).bid
    assert "What our house asks about a problem." in story(bid)


# The codes.


def test_every_code_of_a_template_is_given_with_the_grade_that_explains_it() -> None:
    from bizcase.document.linting.told import told as tell

    known = {code: found.severity for code, found in explanations().items() if code.startswith("T")}
    assert len(known) > 15
    assert {code: tell(NAME, None, code, "x").severity for code in known} == known


def test_a_name_of_the_context_is_a_value_a_mapping_a_list_or_plain() -> None:
    """The linter resolves names in the sentinel: what it does not know how to enter would pass unseen."""
    seen = 0

    def look(value: Any) -> None:
        nonlocal seen
        seen += 1
        if isinstance(value, dict):
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)
        else:
            assert value is None or isinstance(value, (Value, str, int)) or hasattr(value, "xml"), type(value)

    look(sentinel(SMALL).names)
    assert seen > 3_000


def test_a_finished_bid_is_no_template() -> None:
    bid = build(case_of(sample_data("remote-monitoring"))).bid
    (found,) = template_errors(bid, NAME, SMALL, SHAPE)
    assert found.code == "T01" and "this is a finished document, not a template" in found.message
