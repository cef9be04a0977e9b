"""A second round says which findings of the first are answered, which are open, and what is new."""

from __future__ import annotations

from bizcase.errors import Finding, Place, Severity
from bizcase.review.rounds import Earlier, Standing, compared, counts, of_file


def found(code: str, message: str) -> Finding:
    return Finding(Place("bid.docx", where="under “Costs”"), code, Severity.MAJOR, message)


EARLIER = [Earlier("v1.docx", "C18.1", "scale_up", "At least two steps. Found: no step.", "A plan follows"),
           Earlier("v1.docx", "B20", "table 1", "“Total” says 76,000, and the rows above it come to 75,000"),
           Earlier("v1.docx", "B21", "paragraph 2", "the total cost is £1 here and £2 there")]


def test_what_is_gone_is_answered_what_is_there_is_open_and_the_rest_is_new() -> None:
    log = compared(EARLIER, [found("C18.1", "At least two steps. Found: one step."),
                             found("B20", "“Total” says 86,000, and the rows above it come to 75,500"),
                             found("B20", "the row “Nurse” says 5, and its columns come to 6")])
    assert [(entry.standing, entry.code) for entry in log] == [
        (Standing.OPEN, "C18.1"), (Standing.OPEN, "B20"), (Standing.NEW, "B20"), (Standing.ANSWERED, "B21")]
    assert log[0].answer == "A plan follows"
    assert list(counts(log)) == [("Answered since the last round", "1"), ("Still open", "2"), ("New in this round", "1")]


def test_two_findings_that_read_the_same_are_matched_one_by_one() -> None:
    twice = [EARLIER[1], EARLIER[1]]
    assert [entry.standing for entry in compared(twice, [found("B20", EARLIER[1].message)])] == [
        Standing.OPEN, Standing.ANSWERED]


def test_nothing_changed_leaves_all_open_and_nothing_left_answers_all() -> None:
    now = [found(each.code, each.message) for each in EARLIER]
    assert {entry.standing for entry in compared(EARLIER, now)} == {Standing.OPEN}
    assert {entry.standing for entry in compared(EARLIER, [])} == {Standing.ANSWERED}


def test_a_renamed_file_is_the_same_where_there_was_one_in_each_round() -> None:
    assert of_file(EARLIER, "out/v2.docx", ["out/v2.docx"]) == tuple(EARLIER)
    assert of_file(EARLIER, "out/v2.docx", ["out/v2.docx", "w.docx"]) == ()
    assert of_file(EARLIER, "C:\\in\\V1.docx", ["C:\\in\\V1.docx", "w.docx"]) == tuple(EARLIER)
