"""A figure with two values, a return that contradicts its table, dates that cannot be: told at their place, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from bizcase.review.dates_in_text import dates_in
from bizcase.review.returns import contradicted_returns, flows_of
from bizcase.review.returns_in_words import returns_in_words
from bizcase.review.reviewing import LOOKS
from bizcase.review.said_twice import said_twice
from bizcase.review.split import split_findings
from bizcase.review.times import time_findings
from bizcase.review.word_reader import read_submission
from tests.review.bids import all_bids, docx_of
from tests.review.making import Rows, made

FLOWS = [["", "Year 1", "Year 2", "Year 3", "Total"], ["Total costs", "£100,000", "£20,000", "£20,000", "£140,000"],
         ["Total benefits", "£10,000", "£60,000", "£98,000", "£168,000"]]


def test_one_figure_with_two_values_is_told_at_the_second_place() -> None:
    [found] = said_twice(made("We ask for £248,000 over two years.", "Something else.", "The amount requested is £260,000."))
    assert (found.code, found.place.where) == ("B21", "paragraph 3")
    assert found.message == "the amount asked for is £260,000 here and £248,000 paragraph 1"


@pytest.mark.parametrize("texts", [
    ("We ask for £248,000.", "The amount requested is £248k."),
    ("The total cost is £1.2 million.", "The total cost is £1,204,311."),
    ("ROI is 20% at year 3.", "ROI is 45% at year 5."),
    ("The total cost is £90,000.", "The total cost per site is £9,000."),
    ("NPV is £2m.", "In the worst case NPV is −£1m."),
    ("Payback is in year 3.", "The payback period is 30 months."),
    ("We request £50,000.", "A published study found a return on investment of 300%."),
    ("ROI 20% at year 3.", "Their ROI elsewhere was 50%."),
])
def test_two_figures_that_differ_for_a_reason_are_no_contradiction(texts: tuple[str, ...]) -> None:
    assert said_twice(made(*texts)) == []


@pytest.mark.parametrize(("texts", "label"), [
    (("ROI is 20% at year 3.", "We expect a return on investment of 35% at year 3."), "the return on investment at year 3"),
    (("The total cost is £90,000.", [["Item", "£"], ["Pay", "90,000"], ["Total cost (£)", "95,000"]]), "the total cost"),
    (("The pilot will run for 18 months.", "Our 12-month pilot starts in May."), "the length of the pilot"),
    (("The payback period is 2 years.", "It breaks even after 40 months."), "the payback period"),
])
def test_a_figure_is_followed_through_its_names_and_into_tables(texts: tuple[str | Rows, ...], label: str) -> None:
    [found] = said_twice(made(*texts))
    assert found.message.startswith(label)


def test_a_return_is_worked_out_from_the_bids_own_table() -> None:
    flows = flows_of(made(FLOWS).tables[0])
    assert flows is not None
    assert flows.returns(3)[0] == pytest.approx(20)
    assert flows.payback() == (24, 36)
    assert contradicted_returns(made("ROI is 20% at year 3 and it pays back in year 3.", FLOWS)) == []
    [found] = contradicted_returns(made("We expect a return on investment of 35% at year 3.", FLOWS))
    assert (found.code, found.place.where) == ("B22", "paragraph 1")
    assert "the table table 1 gives 20.0%" in found.message


def test_a_payback_that_the_table_does_not_bear_out_is_told() -> None:
    [found] = contradicted_returns(made("It pays for itself within 12 months.", FLOWS))
    assert "the benefits overtake the costs in year 3" in found.message
    assert contradicted_returns(made("It pays for itself after 30 months.", FLOWS)) == []


def test_without_a_table_of_costs_and_benefits_nothing_is_contradicted() -> None:
    assert contradicted_returns(made("ROI is 35% at year 3.", [["Item", "£"], ["Pay", "1"], ["Kit", "2"]])) == []


@pytest.mark.parametrize(("text", "first", "last"), [
    ("on 12 March 2026", date(2026, 3, 12), date(2026, 3, 12)), ("12th of March 2026", date(2026, 3, 12), date(2026, 3, 12)),
    ("March 12, 2026", date(2026, 3, 12), date(2026, 3, 12)), ("12/03/2026", date(2026, 3, 12), date(2026, 3, 12)),
    ("2026-03-12", date(2026, 3, 12), date(2026, 3, 12)), ("Mar 2026", date(2026, 3, 1), date(2026, 3, 31)),
    ("in 2026/27", date(2026, 4, 1), date(2027, 3, 31)), ("Q1 2026", date(2026, 1, 1), date(2026, 3, 31)),
])
def test_dates_are_read_as_people_write_them(text: str, first: date, last: date) -> None:
    [found] = dates_in(text)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("text", ["31/02/2026", "2026/29", "chapter 12", "May we ask", "the 2026 plan"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates_in(text) == ()


def test_work_that_the_grant_pays_and_that_comes_after_its_end_is_told() -> None:
    found = time_findings(made("The funding ends on 31 March 2028.", [
        ["Milestone", "Date"], ["Launch", "June 2027"], ["Evaluation report", "September 2028"],
        ["Roll-out to partner trusts", "May 2029"]]))
    assert [(each.code, each.place.where) for each in found] == [("B23", "table 1, row 3")]
    assert "September 2028 is after the end of the grant (31 March 2028, paragraph 1)" in found[0].message


def test_an_end_before_its_start_and_a_length_that_does_not_fit_are_told() -> None:
    assert [each.code for each in time_findings(made("The pilot runs from June 2027 to May 2026."))] == ["B25"]
    [found] = time_findings(made("An 18-month pilot from April 2026 to March 2027 follows."))
    assert (found.code, found.message) == ("B26", "18-month are stated, and from April 2026 to March 2027 there are 12")
    assert time_findings(made("A 12-month pilot from April 2026 to March 2027 follows.")) == []
    assert time_findings(made("18 months, 1 April 2027 to 30 September 2028")) == []


MONEY = ("We ask for £1.5 million over three years.", "# Benefits")


def test_a_return_that_no_figure_beside_it_gives_is_told() -> None:
    [found] = returns_in_words(made(*MONEY, "Savings of £400,000 over three years give a return on investment of 75%."))
    assert (found.code, found.place.where) == ("B22", "paragraph 3")
    assert "£400,000 against £1.5 million gives −73%" in found.message


@pytest.mark.parametrize("said", [
    "Savings of £2.6 million over three years give a return on investment of 75%.",
    "Savings of £900,000 a year give a return on investment of 80%.",
    "The return on investment is 75%.",
    "Savings of £400,000 would give a return on investment of 75% once ten trusts use it.",
])
def test_a_return_that_can_be_worked_out_or_that_stands_alone_is_left_alone(said: str) -> None:
    assert returns_in_words(made(*MONEY, said)) == []


def test_without_a_cost_no_return_is_doubted() -> None:
    assert returns_in_words(made("Savings of £400,000 give a return on investment of 75%.")) == []


@pytest.mark.parametrize(("text", "total"), [
    ("55% came from women, 38% from men and 17% from people who did not say.", 110),
    ("The fund would bear 60% of it, the charity 30% and the budget 15%.", 105),
    ("40% are women, 35% are men and 25% did not say.", 0), ("It fell from 60% to 50% and then 40%.", 0),
    ("Uptake was 80%, 70% and 90% at the three sites in turn.", 0), ("60% were seen and 55% went home.", 0),
])
def test_shares_of_one_whole_that_come_to_more_than_it_are_told(text: str, total: int) -> None:
    found = split_findings(made(text))
    assert [each.message.endswith(f"come to {total}%") for each in found] == [True] * bool(total)


@pytest.mark.parametrize(("texts", "late"), [
    (("Grant period: 1 June 2026 to 31 May 2027.", "September 2027: final count, paid from the grant."), True),
    (("April 2027 last night of the grant.", "It decides on 14 July 2027, before your grant ends."), True),
    (("Grant period: 1 June 2026 to 31 May 2027.", "September 2027: the board decides on lasting funding."), False),
    (("Grant period: 1 June 2026 to 31 May 2027.", "March 2027: final count, paid from the grant."), False),
])
def test_what_is_promised_within_the_grant_is_held_against_its_end(texts: tuple[str, ...], late: bool) -> None:
    assert [found.code for found in time_findings(made(*texts))] == ["B23"] * late


def test_the_labelled_bids_contradict_themselves_where_they_are_labelled_and_nowhere_else() -> None:
    """Each finding is one of a bid with a contradiction; most of the contradictions are found."""
    bids = all_bids()
    found = {bid.name: [finding for look in LOOKS for finding in look(read_submission(docx_of(bid), bid.name))] for bid in bids}
    labelled = {bid.name for bid in bids if bid.contradictions}
    told = {name for name, findings in found.items() if findings}
    assert len(bids) >= 24 and len(labelled) >= 8
    assert told <= labelled
    assert len(told) >= 0.9 * len(labelled)


@pytest.mark.parametrize("content", [
    "The pilot starts on 1 September 2026 and ends on 31 March 2026.", "Start date: 1 September 2026; End date: 31 March 2026",
    [["Step", "Start", "End"], ["Pilot", "1 September 2026", "31 March 2026"]],
    [["Step", "Start date", "End date"], ["Pilot", "2026-09-01", "2026-03-31"]],
])
def test_an_end_before_its_start_is_told_however_it_is_written(content: str | Rows) -> None:
    assert [found.code for found in time_findings(made(content))] == ["B25"]


@pytest.mark.parametrize(("text", "told"), [
    ("on 31 February 2027", ["there is no 31 February 2027"]), ("on 31/02/2027", ["there is no 31/02/2027"]),
    ("on 28 February 2027", []), ("on 02/28/2027", []), ("It starts in May 2026 and ends in May 2027.", []),
])
def test_a_day_that_no_calendar_has_is_told(text: str, told: list[str]) -> None:
    assert [found.message for found in time_findings(made(text))] == told


def test_a_gain_and_a_cost_beside_a_return_are_told_apart() -> None:
    said = "The return on investment is 150% on costs of £200,000 and benefits of £300,000."
    [found] = returns_in_words(made(said))
    assert "£300,000 against £200,000 gives 50%" in found.message
    assert returns_in_words(made(said.replace("is 150%", "is 50%"))) == []
