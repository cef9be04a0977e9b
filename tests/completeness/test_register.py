"""The register of criteria: complete against the manual, and each entry something that a tired clinician can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bizcase.completeness.assess import severity_for
from bizcase.completeness.criterion import Criterion, load_criteria
from bizcase.completeness.sections import FUNCTIONS
from bizcase.completeness.sections.stakeholders import REQUIRED_GROUPS
from bizcase.errors import Severity
from bizcase.specification.profile import load_profile, profile_names
from bizcase.specification.shape import Field, load_shape
from bizcase.specification.source import load_data
from tests.completeness.lacks import LACKS
from tests.completeness.spoiling import spoiled, with_value, without

# The Check lines marked [B] in section 1 of the manual's digest: what the panel of Case 1 refused or worried over.
BLOCKERS = ["C05.1", "C06.1", "C09.1", "C09.2", "C09.3", "C10.1", "C10.3", "C11.1", "C11.2", "C11.3", "C12.3", "C15.1", "C16.1",
            "C16.2", "C17.3", "C18.1", "C18.2", "C19.1", "C19.2", "C21.2"]

each_criterion = pytest.mark.parametrize("criterion", load_criteria(), ids=lambda criterion: criterion.code)
SHAPE = load_shape()
FIELD_NAMES = {field.name for field in SHAPE.walk()} | set(SHAPE.names)


def test_everything_the_manual_calls_a_blocker_is_a_blocker_here() -> None:
    assert len(BLOCKERS) == 20
    severities = {criterion.code: criterion.severity for criterion in load_criteria()}
    assert {code: severities.get(code) for code in BLOCKERS} == dict.fromkeys(BLOCKERS, Severity.BLOCKER)


def test_no_criterion_blocks_that_the_manual_does_not_call_a_blocker() -> None:
    blocking = [criterion for criterion in load_criteria() if criterion.severity is Severity.BLOCKER]
    assert [criterion.code for criterion in blocking if not criterion.sums] == BLOCKERS


# The Check lines of sections S01 to S12 in their order: blocker, major or advice.
CHECKS = {"C01": "MMMA", "C02": "MMMAMA", "C03": "MMMAM", "C04": "MMMMA", "C05": "BMMMMM", "C06": "BMMMMM", "C07": "MMMM",
          "C08": "MMMMA", "C09": "BBBMMMA", "C10": "BMBMMMA", "C11": "BBBMMM", "C12": "MMBMA"}
LETTERS = {"B": Severity.BLOCKER, "M": Severity.MAJOR, "A": Severity.ADVISORY}


@pytest.mark.parametrize("section", CHECKS)
def test_everything_the_manual_checks_in_a_section_is_here_with_its_severity(section: str) -> None:
    wanted = {f"{section}.{number}": LETTERS[letter] for number, letter in enumerate(CHECKS[section], 1)}
    assert {each.code: each.severity for each in load_criteria() if each.code.startswith(section)} == wanted


def test_a_code_stands_once_and_in_order() -> None:
    codes = [criterion.code for criterion in load_criteria()]
    assert len(codes) >= 75
    assert codes == sorted(set(codes))


@each_criterion
def test_a_criterion_says_what_is_asked_why_what_to_do_and_how_it_looks(criterion: Criterion) -> None:
    assert re.fullmatch(r"C\d\d\.\d|N\d\d|X\d", criterion.code)
    assert re.fullmatch(r"[A-Z][^\n]{20,160}\.", criterion.requirement)
    assert re.fullmatch(r"[A-Z][^\n]{30,400}\.", criterion.why)
    assert re.fullmatch(r"[A-Z][^\n]{20,200}\.", criterion.remedy)
    assert len(criterion.example) > 10


@each_criterion
def test_the_reason_names_the_section_of_the_manual_or_of_the_guidance_it_comes_from(criterion: Criterion) -> None:
    guidance = r"\((Green Book|HM Treasury|Linton and others|NHS England)[^()]*, [^()]+\)\.$"
    assert re.search(guidance if criterion.code.startswith("N") else r"manual §\d", criterion.why)


from_one_section = pytest.mark.parametrize("criterion", [each for each in load_criteria() if each.code.startswith("C")],
                                           ids=lambda criterion: criterion.code)


@from_one_section
def test_the_code_bears_the_number_of_the_manual_section_that_its_section_answers(criterion: Criterion) -> None:
    if criterion.code.startswith("C"):
        assert SHAPE.section(criterion.section).manual == f"S{criterion.code[1:3]}"
    assert criterion.section in SHAPE.names


def names_in(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield name
            yield from names_in(value)
    elif isinstance(data, list):
        for item in data:
            yield from names_in(item)


@each_criterion
def test_the_example_can_be_read_and_names_fields_that_exist(criterion: Criterion) -> None:
    example = load_data(f"example: {criterion.example}" if criterion.example.startswith("{") else criterion.example, "example")
    names = set(names_in(example)) - {"example"}
    assert names
    assert {name for name in names if name not in FIELD_NAMES and not re.fullmatch(r"\d{4}/\d\d", name)} == set()


@each_criterion
def test_the_remedy_and_what_is_missing_name_only_fields_that_exist(criterion: Criterion) -> None:
    said = [criterion.remedy, *(each.says for each in LACKS if each.code == criterion.code)]
    for path in re.findall(r"\b[a-z_]+(?:\.[a-z_]+)+\b", " ".join(said)):
        assert SHAPE.find(path) is not None, path


def simple_tests(test: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    inner = test.get("all_of") or test.get("any_of")
    for each in inner or ():
        yield from simple_tests(each)
    if not inner:
        yield test


def all_tests(criterion: Criterion) -> Iterator[Mapping[str, Any]]:
    yield from simple_tests(criterion.test)
    yield from simple_tests(criterion.when) if criterion.when is not None else ()


def rows_of(path: str) -> Field:
    field = SHAPE.find(path)
    assert isinstance(field, Field), path
    assert field.is_rows, path
    return field


@each_criterion
def test_a_test_asks_for_fields_and_words_that_the_specification_knows(criterion: Criterion) -> None:
    """A misspelt path or choice would be a criterion that nobody can meet."""
    for test in all_tests(criterion):
        match test:
            case {"function": name, **rest}:
                assert name in FUNCTIONS
                assert not rest
            case {"present": path, **rest}:
                assert isinstance(SHAPE.find(path), Field), path
                assert not rest
            case {"is": path, "one_of": wanted, **rest}:
                field = SHAPE.find(path)
                assert isinstance(field, Field), path
                assert_choices(field, wanted)
                assert not rest
            case {"words": path, "between": [low, high], **rest}:
                assert isinstance(SHAPE.find(path), Field), path
                assert 0 <= low < high
                assert not rest
            case {"number": path, "at_most": limit, **rest}:
                field = SHAPE.find(path)
                assert isinstance(field, Field), path
                assert field.type in ("number", "integer", "quantity")
                assert limit > 0
                assert not rest
            case {"follows": "blockers", **rest}:
                assert not rest
            case {"at_least": number, "rows": path, **rest}:
                assert number >= 1
                assert_where(path, rest)
            case {"any_row": path, **rest}:
                assert_where(path, rest)
            case {"every": path, "has": names, **rest}:
                assert names
                assert [rows_of(path).child(name).name for name in names] == names
                assert_where(path, rest)
            case _:
                pytest.fail(f"{criterion.code}: no test is written {test}")


@each_criterion
def test_the_fields_that_a_criterion_looks_at_are_there(criterion: Criterion) -> None:
    assert criterion.fields or criterion.sums
    for path in criterion.fields:
        assert SHAPE.find(path) is not None, path


def assert_where(path: str, rest: dict[str, Any]) -> None:
    assert rest.keys() <= {"where"}
    for name, wanted in rest.get("where", {}).items():
        field = rows_of(path).child(name)
        if wanted not in ("given", "missing"):
            assert_choices(field, wanted)


def assert_choices(field: Field, wanted: list[Any]) -> None:
    known = (True, False) if field.type == "boolean" else field.allowed
    assert set(wanted) <= set(known), (field.path, wanted)


def test_every_function_is_asked_for_by_a_criterion() -> None:
    asked = {test.get("function") for criterion in load_criteria() for test in all_tests(criterion)} - {None}
    assert asked == set(FUNCTIONS)


def test_the_groups_asked_for_are_those_that_a_stakeholder_can_belong_to() -> None:
    allowed = rows_of("stakeholders.map").child("group").allowed
    assert set(REQUIRED_GROUPS) == set(allowed) - {"other"}
    assert set(REQUIRED_GROUPS) <= set(rows_of("stakeholders.not_applicable").child("group").allowed)
    assert len(set(REQUIRED_GROUPS)) == len(REQUIRED_GROUPS) == 25


@pytest.mark.parametrize("name", profile_names())
def test_what_a_profile_only_advises_is_a_criterion_of_its_sections(name: str) -> None:
    profile = load_profile(name)
    in_profile = {criterion.code for criterion in load_criteria() if criterion.section in profile.sections}
    assert len(in_profile) > 10
    assert len(set(profile.advisory)) == len(profile.advisory)
    assert set(profile.advisory) <= {criterion.code for criterion in load_criteria()}


@pytest.mark.parametrize("name", profile_names())
def test_a_profile_may_turn_a_blocker_into_advice_and_leaves_the_others(name: str) -> None:
    """In a short bid all but the blockers are advice."""
    profile = load_profile(name)
    for criterion in load_criteria():
        eased = criterion.code in profile.advisory or (profile.short and criterion.severity is not Severity.BLOCKER)
        wanted = Severity.ADVISORY if eased else criterion.severity
        assert severity_for(criterion, profile) is wanted


def test_a_national_bid_is_held_up_by_what_a_first_submission_is_only_advised_of() -> None:
    change = without("commissioner_plan.post_pilot.position")
    severities = {name: next(finding.severity for finding in spoiled(change, profile=name).findings if finding.code == "C09.3")
                  for name in profile_names()}
    assert severities == {"innovation-fund": Severity.BLOCKER, "five-case": Severity.BLOCKER, "ideas-den": Severity.ADVISORY,
                          "ten-questions": Severity.BLOCKER}


def test_even_a_first_submission_is_held_up_where_nobody_would_be_let_in_without_a_device() -> None:
    case = spoiled(without("inclusion.alternative_route"), profile="ideas-den")
    assert [(finding.code, finding.severity) for finding in case.findings] == [("C16.2", Severity.BLOCKER)]
    assert case.blockers


def test_a_section_that_a_profile_does_not_print_is_not_asked_for() -> None:
    case = spoiled(with_value("readiness.capabilities", []), without("timeline"), profile="ideas-den")
    sections = {verdict.criterion.section for verdict in case.verdicts}
    assert "scale_up" in sections
    assert not {"readiness", "timeline", "partnerships"} & sections
    assert case.findings == ()
