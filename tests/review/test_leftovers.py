"""What was forgotten in a bid is told once, at its place; a finished bid of ours draws nothing."""

from __future__ import annotations

import pytest

from bizcase.case import build
from bizcase.codes import explanations
from bizcase.document.accessibility import accessibility_findings
from bizcase.errors import Finding, Severity
from bizcase.review.identifiers import nhs_numbers
from bizcase.review.leftovers import hygiene, over_limits
from bizcase.review.word_reader import read_submission
from bizcase.specification.limits import Counted
from bizcase.specification.profile import Profile, load_profile, profile_of
from tests.building import built_sample
from tests.conftest import sample_case, sample_names
from tests.document.writing import cell, heading, line, picture, row, run, table, word_file

PROSE = line("We will train twelve nurses in the first year and measure what changes every six months.")
COMMENTS = ('<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="7" '
            f'w:author="Dr Ash">{line("Is this so?")}</w:comment></w:comments>')


def profile(**more: object) -> Profile:
    parts = [{"title": "Costs", "limit": 5, "sections": ["resources"]}, {"title": "Risks", "sections": ["risks"]}]
    return profile_of({"title": "x", "purpose": "x", "parameters": "green-book-2026", "parts": parts, **more}, "x")


def found(body: str, known: Profile | None = None, **parts: str) -> list[Finding]:
    return hygiene(read_submission(word_file(body, **parts), "bid.docx"), known)


def told(body: str, known: Profile | None = None, **parts: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.place.where) for finding in found(body, known, **parts)]


HERE = "under “Costs”, paragraph 1"
FORGOTTEN = {
    "words to come": (line("The lead is TBC."), "B30", HERE),
    "a bracket to fill in": (line("The lead is [insert name]."), "B30", HERE),
    "dummy text": (line("Lorem ipsum dolor sit amet."), "B30", HERE),
    "a field to fill in": (PROSE + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + line("Click here") +
                           "</w:sdtContent></w:sdt>", "B30", HERE),
    "a cell to fill in": (table(row("a", "b", "c"), row("d", "xxx", "e")), "B30", "under “Costs”, table 1, row 2, column 2"),
    "a tag of a template": (line("We ask for {{ summary.ask }}."), "B31", HERE),
    "a field of a letter": (line("Dear «Name»"), "B31", HERE),
    "an empty section": (PROSE + heading("Risks") + heading("Plan") + PROSE, "B33", "the heading “Risks”"),
    "an empty section at the end": (PROSE + heading("Plan"), "B33", "the heading “Plan”"),
    "an empty section of its parent's name": (heading("Costs", 2) + heading("Staff", 2) + PROSE, "B33", "the heading “Costs”"),
    "a question without answer": (table(row("What is the need?", "Much, and more than a year ago."), row("Who leads?", "")),
                                  "B33", "under “Costs”, table 1, row 2, column 1"),
    "a tracked change": (f'<w:p><w:ins w:id="1" w:author="A">{run("More.")}</w:ins></w:p>', "B34", HERE),
    "hidden text": (PROSE + line("secret", look="<w:vanish/>"), "B36", HERE),
    "an NHS number": (line("Patient 943 476 5919 was readmitted."), "B39", HERE),
}


@pytest.mark.parametrize("what", FORGOTTEN)
def test_what_was_forgotten_is_told_once_at_its_place(what: str) -> None:
    body, code, where = FORGOTTEN[what]
    assert told(heading("Costs") + body) == [(code, where)]


def test_a_comment_is_told_with_its_author_and_its_words() -> None:
    body = heading("Costs") + f'<w:p>{run("We ask.")}<w:r><w:commentReference w:id="7"/></w:r></w:p>'
    (finding,) = found(body, comments=COMMENTS)
    assert (finding.code, finding.place.where, finding.message) == ("B35", HERE, "a comment is left by Dr Ash: “Is this so?”")


def test_tracked_changes_are_told_together() -> None:
    body = heading("Costs") + "".join(f'<w:p>{run("x")}<w:ins w:id="{n}" w:author="{who}">{run(f"more {n}")}</w:ins></w:p>'
                                      for n, who in enumerate(("Ms Elm", "Dr Ash", "Ms Elm")))
    (finding,) = found(body)
    assert finding.message == "3 tracked changes are neither accepted nor rejected, by Dr Ash, Ms Elm; the first puts in “more 0”"


SOUND = {
    "a section with a picture alone": heading("Plan") + f"<w:p>{picture('A chart of the plan')}</w:p>",
    "a heading above a deeper one": heading("Plan") + heading("Staff", 2) + PROSE,
    "a section that is a table": heading("Plan") + table(row("a", "b", "c")),
    "a section that is a text box": heading("Plan") + "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + PROSE
    + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
    "guidance of the funder": heading("Plan") + line("Set out the plan [insert dates] (max 300 words)") + PROSE,
    "a telephone number": line("Call 020 7946 0958 or 0161 496 0001."),
    "a number that is no NHS number": line("Patient 943 476 5918 was readmitted."),
    "an amount of ten digits": line("The national programme costs £4010232137."),
    "a link": line("See https://example.org/4010232137/x and 10.1016/4010232137."),
}


@pytest.mark.parametrize("what", SOUND)
def test_what_is_sound_draws_nothing(what: str) -> None:
    assert told(SOUND[what]) == []


def test_the_markings_that_a_profile_names_are_told_also_in_headers() -> None:
    namespaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    known = profile(markings=["OFFICIAL-SENSITIVE", "patient identifiable"])
    body = heading("Costs") + line("Contains patient  Identifiable data.") + line("Unofficial-sensitive matters.")
    assert told(body, known, header=f"<w:hdr {namespaces}>{line('Official-Sensitive')}</w:hdr>") == [
        ("B38", HERE), ("B38", "in a header")]
    assert told(body) == []


def test_a_number_of_a_patient_is_not_printed_again() -> None:
    (finding,) = found(line("943 476 5919"))
    assert finding.severity is Severity.BLOCKER
    assert "476" not in finding.message


@pytest.mark.parametrize(("text", "numbers"), [
    ("943 476 5919", ["9434765919"]), ("9434765919", ["9434765919"]), ("943-476-5919", ["9434765919"]),
    ("943 4765919", []), ("19434765919", []), ("9434765919.5", []), ("0434765919", []), ("4444444444", []),
])
def test_nhs_numbers_have_the_right_check_digit(text: str, numbers: list[str]) -> None:
    assert nhs_numbers(text) == numbers


def test_parts_over_their_limit_are_told() -> None:
    counted = [Counted("Costs", "resources", 9, 5, True), Counted("Risks", "risks", 5, 5, True)]
    (finding,) = over_limits("bid.docx", counted)
    assert (finding.code, finding.message) == ("B37", "Costs has 9 words; at most 5 are allowed")


def test_pictures_without_words_are_told_by_the_accessibility_gate_alone() -> None:
    document = word_file(heading("Costs") + f"<w:p>{picture()}</w:p>" + table(row("a", "b")))
    of_the_gate = accessibility_findings(document, "bid.docx")
    assert {finding.code for finding in of_the_gate} > {"H12"}
    assert [finding.code for finding in hygiene(read_submission(document, "bid.docx"), None, of_the_gate)] == ["H12"]


@pytest.mark.parametrize("name", [name for name in sample_names() if not sample_case(name).blockers])
def test_a_finished_bid_of_ours_draws_nothing(name: str) -> None:
    assert hygiene(read_submission(built_sample(name).bid, "bid.docx"), load_profile("innovation-fund")) == []


def test_a_draft_of_ours_is_told_once() -> None:
    document = build(sample_case("remote-monitoring-as-submitted"), draft=True).bid
    submission = read_submission(document, "bid.docx")
    drafts = [finding for finding in hygiene(submission) if finding.code == "B32"]
    assert len(drafts) == 1
    assert not any(passage.text.startswith("Missing") for passage in submission.body)


def test_every_code_is_explained() -> None:
    assert {"B01", "B02", *(f"B{number}" for number in range(30, 40))} <= explanations().keys()


def test_a_cell_beside_a_question_may_hold_a_picture_alone() -> None:
    answer = cell(f"<w:p>{picture('The map')}</w:p>")
    assert told(table(row("What is the need?", "Much, and more than a year ago."), row("Where?", answer))) == []
