"""The shape and everything that hangs on it: words for every field, examples that are valid, and paths that lead somewhere."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from bizcase import resources
from bizcase.codes import explanations
from bizcase.completeness.criterion import load_criteria
from bizcase.specification.check import check_text
from bizcase.specification.parameters import load_parameters, parameter_set_names
from bizcase.specification.profile import load_profile, profile_names
from bizcase.specification.shape import Field, Section, load_shape, quantity_fields
from bizcase.specification.source import read
from bizcase.specification.validate import TYPE_WORDS, SpecificationValidator
from tests.specification.checking import told
from tests.specification.fields import example_of, ways, with_value

SHAPE = load_shape()


def test_the_shape_holds_the_sections_of_the_manual_and_some_hundred_fields() -> None:
    assert len(SHAPE.sections) == 29
    assert len(list(SHAPE.walk())) > 600
    assert SHAPE.names[:2] == ["document", "summary"]
    assert {section.manual for section in SHAPE.sections} >= {f"S{number:02d}" for number in range(1, 24)}


def test_every_field_is_found_by_its_path_and_no_two_share_one() -> None:
    paths = [field.path for field in SHAPE.walk()] + SHAPE.names
    assert [path for path, times in Counter(paths).items() if times > 1] == []
    for field in SHAPE.walk():
        assert SHAPE.find(field.path) is field
    for name in SHAPE.names:
        assert SHAPE.find(name) is SHAPE.section(name)
    for path in ("", "benefit", "benefits.register.title", "benefits.register[]", "summary.ask.value"):
        assert SHAPE.find(path) is None


def test_every_section_says_what_it_is_for_and_why() -> None:
    for section in SHAPE.sections:
        assert section.title and section.guidance.endswith(".") and section.why.endswith("."), section.name
        assert section.fields, section.name


def test_every_field_has_a_label_guidance_a_reason_and_where_it_holds_a_value_an_example() -> None:
    fields = [*SHAPE.walk(), *quantity_fields()]
    for field in fields:
        assert field.label and field.guidance.endswith((".", "?")) and field.why.endswith((".", "?")), field.path
        assert (field.example is None) == bool(field.fields), f"{field.path}: rows and mappings have the examples of their fields"
        assert field.type in TYPE_WORDS, field.path
        assert not field.item_type or field.item_type in TYPE_WORDS, field.path
        assert field.label[0].isupper() and "\n" not in field.label, field.path


def test_every_example_is_a_value_that_its_field_takes() -> None:
    """Beside references, which lead to rows that are not there, and a benefit that is valued by all factors and by year.

    An amount in the prices of another year needs the inflation that stands in another section.
    """
    inflation = SHAPE.find("appraisal.inflation")
    assert isinstance(inflation, Field)
    seen = 0
    for section in SHAPE.sections:
        for steps in ways(section.fields):
            data = with_value(section, steps, example_of(steps[-1], whole=True))
            if section.name == "resources":
                data["appraisal"] = {"inflation": inflation.example}
            wrong = [found for found in check_text(json.dumps(data), "example.json").findings
                     if found.severity == "error" and found.code not in ("E41", "E63")]
            assert not wrong, f"{steps[-1].path}: {told(wrong)}"
            seen += 1
    assert seen > 600


def test_every_example_of_a_choice_is_one_of_the_choices_and_every_code_has_its_words() -> None:
    choices = 0
    for field in SHAPE.walk():
        if field.allowed:
            assert len(set(field.allowed)) == len(field.allowed) > 1, field.path
            assert {*(field.example if isinstance(field.example, list) else [field.example])} <= set(field.allowed), field.path
            assert not field.choices or set(field.choices) == set(field.allowed), field.path
            choices += 1
    assert choices > 50


def test_every_reference_leads_to_rows_that_have_ids() -> None:
    references = 0
    for field in SHAPE.walk():
        if field.refers_to:
            target = SHAPE.find(field.refers_to)
            assert isinstance(target, Field) and target.is_rows and target.child("id").required, field.path
            references += 1
        if field.not_before:
            parent = SHAPE.find(field.path.rsplit(".", 1)[0].removesuffix("[]"))
            assert isinstance(parent, Field) and parent.child(field.not_before).type == field.type, field.path
    assert references > 20


def test_rows_that_have_ids_are_called_by_something() -> None:
    for field in SHAPE.walk():
        if field.is_rows and any(child.name == "id" for child in field.fields):
            assert sum(child.lead for child in field.fields) == 1, field.path


def test_columns_share_their_headings_in_order() -> None:
    local_data = SHAPE.find("problem.local_data")
    assert isinstance(local_data, Field)
    assert {heading: [field.name for field in fields] for heading, fields in local_data.columns.items()} == {
        "Figure": ["id", "metric"], "Value": ["value", "unit"], "Out of": ["numerator", "denominator", "denominator_described"],
        "Period and source": ["period", "source"]}


def test_the_rules_are_a_fresh_copy_that_cerberus_takes() -> None:
    rules = SHAPE.rules()
    SpecificationValidator(rules, ids={})
    rules["document"]["schema"].clear()
    assert SHAPE.rules()["document"]["schema"]


def test_the_bounds_of_a_number_hold_for_its_range_too() -> None:
    rules = SHAPE.rules()["benefits"]["schema"]["register"]["schema"]["schema"]["value"]["schema"]
    for name in ("value", "low", "high"):
        assert (rules["attribution"]["schema"][name]["min"], rules["attribution"]["schema"][name]["max"]) == (0, 1)
        assert "min" not in rules["volume"]["schema"][name]


@pytest.mark.parametrize("name", profile_names())
def test_every_path_that_a_profile_names_is_there(name: str) -> None:
    profile = load_profile(name)
    assert profile.title and profile.purpose
    assert len(set(profile.sections)) == len(profile.sections) > 10
    assert set(profile.sections) <= set(SHAPE.names) - {"document"}
    assert len(set(profile.required)) == len(profile.required) > 20
    for path in profile.required:
        assert SHAPE.find(path), path
        assert path.split(".")[0] in ("document", *profile.sections), f"{path} is required, but its section is not printed"
    assert set(profile.advisory) <= {criterion.code for criterion in load_criteria()}
    assert profile.parameters in parameter_set_names()
    assert (resources.folder("templates") / profile.template).is_dir()


def test_what_is_required_inside_something_is_required_around_it_too() -> None:
    for profile in map(load_profile, profile_names()):
        for path in profile.required:
            around = path.rpartition(".")[0].removesuffix("[]")
            assert not around or around in profile.required, f"{profile.name}: {path} without {around}"


@pytest.mark.parametrize("name", parameter_set_names())
def test_a_parameter_set_is_dated_sourced_and_without_gaps(name: str) -> None:
    parameters = load_parameters(name)
    assert parameters.title and parameters.edition
    assert date.fromisoformat(parameters.checked) > date(2020, 1, 1)
    for schedule in (parameters.standard, parameters.health, parameters.reduced):
        assert schedule.provenance.source and schedule.provenance.edition and schedule.provenance.checked
        assert schedule.bands[0].start == 0
        assert schedule.bands[-1].end is None
        for band, following in zip(schedule.bands, schedule.bands[1:], strict=False):
            assert following.start == (band.end or 0) + 1
            assert 0 < following.rate < band.rate < 0.2
    for bias in parameters.optimism_bias:
        assert 0 <= bias.lower < bias.upper <= 2 and bias.provenance.source
    assert len({bias.name for bias in parameters.optimism_bias}) == len(parameters.optimism_bias) > 3
    for constant in parameters.constants:
        assert constant.value > 0 and constant.unit and constant.provenance.price_year and constant.provenance.source


def test_what_is_not_there_is_a_key_error() -> None:
    for load in (load_profile, load_parameters):
        with pytest.raises(KeyError):
            load("ideas den")
    with pytest.raises(KeyError):
        check_text("bizcase: 1", "bid.yaml", "ideas den")
    with pytest.raises(KeyError):
        check_text("bizcase: 1", "bid.yaml", "ideas-den", "green book")


def test_every_fault_says_why_what_to_do_and_how_it_looks() -> None:
    faults = [found for code, found in explanations().items() if code.startswith(("E", "A"))]
    assert len(faults) > 55
    for fault in faults:
        assert fault.title and fault.why.endswith(".") and fault.remedy.endswith(".") and fault.example, fault.code


def test_no_file_of_the_product_loses_text_after_a_comma_or_holds_a_line_that_cannot_be_read() -> None:
    files = [path for name in ("schemas", "templates", "samples") for path in resources.folder(name).rglob("*.yaml")]
    broken_on_purpose = "night-staff-rest.yaml"
    assert len(files) > 45
    assert [path.parent.name for path in files if path.name == broken_on_purpose] == ["ideas-den"]
    for path in (path for path in files if path.name != broken_on_purpose):
        source, findings = read(path.read_text("utf-8"), path.name)
        assert told(findings) == [], path.name
        assert source.bare == set(), path.name


def test_a_section_and_a_field_are_told_apart() -> None:
    assert isinstance(SHAPE.find("benefits"), Section)
    register = SHAPE.find("benefits.register")
    assert isinstance(register, Field)
    assert (register.is_rows, register.is_group, register.is_narrative) == (True, False, False)
    value = register.child("value")
    assert (value.is_rows, value.is_group) == (False, True)
    assert SHAPE.section("problem").fields[0].is_narrative
