"""The file of a profile: all that is wrong with it is told at once, with line and column, and what ships has nothing wrong."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bizcase import resources
from bizcase.case import open_case, open_profile, vocabulary
from bizcase.codes import explanations
from bizcase.errors import Finding, UnreadableFile, UnsoundProfile
from bizcase.specification.profile import Profile, load_profile, profile_names
from bizcase.specification.profile_file import read_profile
from bizcase.specification.shape import load_profile_shape, load_shape
from tests.conftest import SAMPLES, TOP

SOUND = """\
title: Regional fund
purpose: Six pages.
parameters: green-book-2026
parts:
  - sections: [problem, resources]
"""


def read(text: str, *files: str) -> tuple[Profile | None, list[Finding]]:
    return read_profile(text, "ours.yaml", vocabulary(), lambda name: name in files)


def told(text: str, *files: str) -> list[tuple[str, str, str]]:
    """What is wrong with a profile, in reading order: place and code, message, hint."""
    profile, findings = read(text, *files)
    assert (profile is None) == bool(findings)
    ordered = sorted(findings, key=lambda found: (found.place.line, found.place.column))
    return [(f"{found.place.line}:{found.place.column} {found.code}", found.message, found.hint) for found in ordered]


def test_the_smallest_profile_is_sound() -> None:
    profile, findings = read(SOUND)
    assert findings == []
    assert profile is not None
    assert (profile.name, profile.sections) == ("ours.yaml", ("problem", "resources"))


@pytest.mark.parametrize("name", profile_names())
def test_what_ships_goes_through_the_same_rules(name: str) -> None:
    text = (resources.folder("schemas") / "profiles" / f"{name}.yaml").read_text("utf-8")
    profile, findings = read_profile(text, name, vocabulary(), lambda name: False)
    assert findings == []
    assert profile == load_profile(name)


def test_the_example_of_the_page_is_sound_and_its_keys_are_all_explained_there() -> None:
    page = (TOP / "docs" / "profiles.md").read_text("utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    profile, findings = read(example)
    assert findings == []
    assert profile is not None and profile.annexes and profile.terms and profile.weights and profile.currency == "€"
    keys = [field.path for field in load_profile_shape().walk() if not field.path.startswith("annexes[]")]
    assert len(keys) > 15
    for key in keys:
        assert f"| `{key}` | **" in page, key


def test_every_key_has_words_and_an_example_that_its_own_rules_accept() -> None:
    whole = {field.name: field.example for field in load_profile_shape().fields}
    text = json.dumps(whole, ensure_ascii=False)
    assert [message for _, message, _ in told(text, "ours.docx")] == [
        "benefits.register[].owner is required, but no part prints benefits"]
    for field in load_profile_shape().walk():
        assert field.label and field.guidance.endswith(".") and field.why.endswith("."), field.path


def test_all_faults_are_told_at_once_with_their_places() -> None:
    assert told("""\
titel: Regional fund
purpose: Six pages.
parameters: green-book-2027
template: ten-question
currency: "£1"
terms: {commissioner: "", trust: "(body"}
parts:
  - title: One
    limit: 0
    sections: [problems, document, {section: problem, show: [sumary, local_data], limit: -4}]
  - sections:
      - {section: problem, show: [do_nothing, local_data]}
      - risks
      - risks
annexes:
  - sections: [{section: stakeholders, show: [map, power_interest_gird]}]
required: [problem.sumary, problme.summary, benefits.register, "risks.register[].owners"]
advisory: [C5.1, C05.1]
weights: {C9.2: 2, scaleup: 3, risks: 1, C05.1: 2}
form: [benefits.register, governance.sroo]
""") == [
        ("1:1 E20", "the field 'titel' is not known", "did you mean title?"),
        ("3:13 E90", "there is no parameter set green-book-2027", "did you mean green-book-2026?"),
        ("4:11 E93", "no template called ten-question ships with the product", "did you mean ten-questions?"),
        ("5:11 E94", "£1 cannot stand before an amount", "write a sign of up to five letters or symbols, such as €, US$ or CHF"),
        ("6:23 E94", "'' is not a term",
         "a term begins and ends with a letter or digit, on one line of up to a hundred characters"),
        ("6:34 E94", "'(body' is not a term",
         "a term begins and ends with a letter or digit, on one line of up to a hundred characters"),
        ("9:12 E24", "limit is 0; the least allowed is 1", ""),
        ("10:16 E91", "the section 'problems' is not known", "did you mean problem?"),
        ("10:26 E91", "every bid prints the document control by itself", "leave it out"),
        ("10:62 E91", "'sumary' is no block of problem", "did you mean summary?"),
        ("10:90 E24", "limit is -4; the least allowed is 1", ""),
        ("12:47 E92", "local_data of problem is printed twice; the first is on line 10",
         "keep one of them, or say with `show` what each prints"),
        ("14:9 E92", "risks is printed twice; the first is on line 13", "keep one of them, or say with `show` what each prints"),
        ("16:5 E21", "title is missing in row 1 of annexes", "The heading of the annex."),
        ("16:52 E91", "'power_interest_gird' is no block of stakeholders", "did you mean power_interest_grid?"),
        ("17:12 E91", "there is no field problem.sumary", "did you mean problem.summary?"),
        ("17:28 E91", "there is no field problme.summary", "did you mean problem.summary?"),
        ("17:45 E91", "benefits.register is required, but no part prints benefits",
         "add the section to a part or an annex, or do not require the field"),
        ("17:64 E91", "there is no field risks.register[].owners", "did you mean risks.register[].owner?"),
        ("18:12 E91", "there is no criterion C5.1", "did you mean C05.1?"),
        ("19:11 E91", "'C9.2' is neither a criterion nor a section", "did you mean C09.2?"),
        ("19:20 E91", "'scaleup' is neither a criterion nor a section", "did you mean scale_up?"),
        ("20:27 E91", "there is no field governance.sroo", "did you mean governance.sro?"),
    ]


@pytest.mark.parametrize(("text", "place"), [
    ("title: [A]\npurpose: B\nparameters: green-book-2026\nparts: [{sections: [problem]}]\n", "1:8 E22"),
    ("title: A\npurpose: B\nparameters: green-book-2026\n", "1:1 E21"),
    ("title: A\npurpose: B\nparameters: green-book-2026\nparts: []\n", "4:1 E21"),
    (SOUND.replace("- sections: [problem, resources]", "- {title: A, sections: []}"), "5:16 E21"),
    (SOUND.replace("[problem, resources]", "problem"), "5:15 E22"),
    (SOUND.replace("[problem, resources]", "[problem, 4]"), "5:25 E22"),
    (SOUND.replace("[problem, resources]", "[{show: [summary]}]"), "5:16 E21"),
    (SOUND.replace("[problem, resources]", "[{section: problem, shows: [summary]}]"), "5:35 E20"),
    (SOUND + "short: yes\n", "6:8 E22"),
    (SOUND + "weights: {problem: lots}\n", "6:20 E22"),
    (SOUND + "weights: {problem: -1}\n", "6:20 E24"),
    (SOUND + "terms: {commissioner: 3}\n", "6:23 E22"),
    (SOUND + "currency: euros\n" * 2, "7:1 E11"),
    (SOUND + "required: problem\n", "6:11 E22"),
    (SOUND + 'title2: "a\n', "6:9 E10"),
    ("- a\n", "1:1 E16"),
])
def test_a_slip_is_told_at_its_place(text: str, place: str) -> None:
    assert place in [found[0] for found in told(text)]


def test_what_is_missing_cannot_be_told_of_a_text_that_is_not_read_to_its_end() -> None:
    assert {found[0].split()[1] for found in told('title: "A\npurpose: B\n')} == {"E10"}


def test_what_a_bid_cannot_hold_is_refused_in_its_profile_too() -> None:
    assert [found[0] for found in told(SOUND.replace("title: Regional fund", 'title: "Regional\\x01 fund"'))] == ["1:8 E70"]


@pytest.mark.parametrize("sign", ["€", "US$", "CHF", "kr", "zł", "CA$", "Rs "])
def test_a_sign_of_a_currency_is_letters_or_symbols(sign: str) -> None:
    assert told(f"{SOUND}currency: {json.dumps(sign, ensure_ascii=False)}\n") == []


@pytest.mark.parametrize("sign", ["", "5", "€5", "dollars", '"', "-", "−", "a b", ".", "[$€]", ";", "\t"])
def test_what_would_spoil_an_amount_is_no_sign(sign: str) -> None:
    found = told(f"{SOUND}currency: {json.dumps(sign, ensure_ascii=False)}\n")
    assert found == [] if not sign.strip() else "E94" in found[0][0]


@pytest.mark.parametrize(("name", "problem"), [
    ("ours.docx", None), ("templates/ours.docx", None), ("five-case", None),
    ("theirs.docx", "there is no file theirs.docx in the folder of the profile"),
    ("../ours.docx", "the template ../ours.docx lies outside the folder of the profile"),
    ("a/../../ours.docx", "the template a/../../ours.docx lies outside the folder of the profile"),
    ("/etc/ours.docx", "the template /etc/ours.docx lies outside the folder of the profile"),
    ("C:/ours.docx", "the template C:/ours.docx lies outside the folder of the profile"),
    ("ours.dotx", "no template called ours.dotx ships with the product"),
])
def test_a_template_ships_or_lies_with_the_profile(name: str, problem: str | None) -> None:
    anywhere = ("ours.docx", "templates/ours.docx", "../ours.docx", "a/../../ours.docx", "/etc/ours.docx", "C:/ours.docx")
    assert [message for _, message, _ in told(f"{SOUND}template: {name}\n", *anywhere)] == ([problem] if problem else [])


def test_a_section_may_stand_in_several_parts_as_long_as_no_block_is_printed_twice() -> None:
    text = SOUND.replace("[problem, resources]", "[{section: problem, show: [summary]}, resources]")
    assert told(text + "  - sections: [{section: problem, show: [do_nothing]}, problem]\n") == []
    assert [found[0] for found in told(text + "  - sections: [{section: problem, show: [summary]}]\n")] == ["6:42 E92"]
    assert [found[0] for found in told(SOUND + "annexes:\n  - {title: A, sections: [problem]}\n")] == ["7:27 E92"]


def test_a_block_is_a_field_a_table_or_a_picture_of_its_section() -> None:
    known = vocabulary()
    seen = 0
    for section in load_shape().sections:
        for name in (*(field.name for field in section.fields), *known.layout.get(section.name, ())):
            if section.name != "document":
                seen += 1
                other = SOUND.replace("[problem, resources]", f"[{{section: {section.name}, show: [{name}]}}]")
                assert told(other) == [], name
    assert seen > 150
    of_another = told(SOUND.replace("problem, res", "{section: problem, show: [cash_flow]}, res"))
    assert [found[0] for found in of_another] == ["5:42 E91"]


def test_a_profile_with_faults_is_refused_with_all_of_them() -> None:
    with pytest.raises(UnsoundProfile) as refused:
        open_profile("titel: A\nparts: [{sections: [problems]}]\n", "ours.yaml", lambda name: False)
    assert [found.place.line for found in refused.value.findings] == sorted(found.place.line for found in refused.value.findings)
    assert {"E20", "E21", "E91"} <= {found.code for found in refused.value.findings}


@pytest.mark.parametrize("code", ["E91", "E92", "E93", "E94"])
def test_every_fault_of_a_profile_is_explained(code: str) -> None:
    assert explanations()[code].severity == "error"


def test_a_bid_is_checked_against_a_profile_given_as_a_value() -> None:
    profile, _ = read(SOUND + "required: [problem.condition]\n")
    assert profile is not None
    case = open_case("problem: {summary: A}\n", "bid.yaml", profile)
    assert [(found.code, found.place.path) for found in case.findings if found.code == "E21"] == [("E21", "problem.condition")]
    assert case.project is not None and case.project.profile is profile


words = st.one_of(st.none(), st.booleans(), st.integers(-3, 500), st.text(max_size=5), st.sampled_from(
    ["problem", "summary", "stakeholders", "map", "document", "C05.1", "problem.summary", "risks.register[].owner", "€",
     "a.docx"]))
shapes = st.recursive(words, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(
    ["title", "sections", "section", "show", "limit", "guidance", "x"]), inner, max_size=4)), max_leaves=10)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*(field.name for field in load_profile_shape().fields), "x"]), shapes, max_size=8))
def test_any_data_gives_findings_or_a_profile(data: dict[str, Any]) -> None:
    try:
        profile, findings = read(json.dumps(data))
    except UnreadableFile:
        return
    assert (profile is None) == bool(findings)
    for found in findings:
        assert found.place.line == 1 and found.message and found.code in explanations()


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_shipped_profile_with_a_line_lost_or_doubled_never_breaks_the_reader(data: st.DataObject) -> None:
    lines = (resources.folder("schemas") / "profiles" / "ten-questions.yaml").read_text("utf-8").split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at:at + 1] = data.draw(st.sampled_from([[], [lines[at]] * 2, [f" {lines[at]}"], [lines[at][:-3]]]))
    profile, findings = read("\n".join(lines))
    assert (profile is None) == bool(findings)
    if profile is not None:
        assert open_case((SAMPLES / "remote-monitoring.yaml").read_text("utf-8"), "bid.yaml", profile).errors == ()
