"""The benefits-realisation report for a board: what its workbook reckons, in two or three pages that everybody can read."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from bizcase import resources
from bizcase.appraisal.inputs import BenefitClass
from bizcase.document.accessibility import accessibility_findings
from bizcase.document.board_template import make_board_template
from bizcase.document.ooxml import parts_of
from bizcase.document.stylesheet import House
from bizcase.hub.years.board_report import TEMPLATE, board_report
from bizcase.hub.years.follow_up import FollowUp
from bizcase.hub.years.realisation import Thresholds, benefits, class_totals, rated_rows
from bizcase.hub.years.returned import Measurement, Returned
from bizcase.hub.years.tracker import Tracker, standings
from bizcase.hub.years.tracker_csv import read_tracker
from tests.hub.test_tracker import CASE_2, with_more
from tests.word_text import W, paragraphs, part, story, text_of

ON = date(2026, 10, 3)


def measurement(benefit: str, month: int, due: date, actual: float | None, name: BenefitClass = BenefitClass.CRB,
                owner: str = "Ward manager") -> Measurement:
    """One that is to come down from 100 to 50 and is worth £1,000."""
    return Measurement(benefit, f"Fewer {benefit}", name, "count", "decrease", owner, month, due, 100.0, 50.0, actual, 0.0, "",
                       1000.0, 0.0)


def returned(title: str, *rows: Measurement, currency: str = "£") -> Returned:
    return Returned(f"{title.split()[0]}.xlsx", title, "Northmoor", title, currency, date(2025, 10, 1), "Measurement", rows)


def follow_up(those: Sequence[Returned], tracker: Tracker | None = None) -> FollowUp:
    rows = rated_rows(those, Thresholds(0.9, 0.7), ON)
    return FollowUp(ON, tuple(those), tuple(rows), tuple(benefits(rows)), standings(tracker or Tracker(), ON), {}, ())


CALLS = returned("Calls after discharge", measurement("readmissions", 6, date(2026, 4, 1), 55.0),
                 measurement("readmissions", 12, date(2026, 10, 1), None),
                 measurement("complaints", 6, date(2026, 4, 1), 95.0, BenefitClass.NCRB),
                 measurement("complaints", 12, date(2027, 4, 1), None, BenefitClass.NCRB))
ROOM = returned("Room <b> {{ x }} R&D", measurement("falls", 6, date(2026, 3, 1), None, BenefitClass.SB, owner=""))


def tracker() -> Tracker:
    return read_tracker(with_more(), CASE_2.name)[0]


def tables(content: bytes) -> list[list[list[str]]]:
    return [[[" / ".join(map(text_of, cell.iter(f"{W}p"))) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
            for table in part(content).iter(f"{W}tbl")]


def table(content: bytes, first: str) -> list[list[str]]:
    """The rows of the table whose second heading is that."""
    return next(found[1:] for found in tables(content) if found[0][1] == first)


def test_the_shipped_template_is_the_one_that_is_made() -> None:
    shipped = resources.folder("templates") / "board-report" / TEMPLATE
    assert shipped.read_bytes() == make_board_template(House()), "its words or styles have changed: run make templates"


def test_what_came_of_it_is_said_in_short() -> None:
    assert paragraphs(board_report(follow_up([CALLS, ROOM]), "Northmoor hub"))[1:9] == [
        "Northmoor hub", "Benefits realised as at 3 October 2026", "In short",
        "2 workbooks came back. 2 of 4 measurements due by that day are done, 2 late.",
        "Cash-releasing: £900 realised of £1,000 forecast for what was measured, 90.0%.",
        "Non-cash-releasing: £100 realised of £1,000 forecast for what was measured, 10.0%.",
        "Societal: nothing that is forecast has been measured yet.",
        "Of 3 benefits 1 green, 1 red, 1 not measured yet."]


def test_money_ratings_and_lateness_stand_in_tables() -> None:
    content = board_report(follow_up([CALLS, ROOM]))
    assert table(content, "Plan of the whole") == [
        ["Cash-releasing, £", "£2,000", "£1,000", "£900", "90.0%", "£1,000", "£1,800"],
        ["Non-cash-releasing, £", "£2,000", "£1,000", "£100", "10.0%", "£0", "£200"],
        ["Societal, £", "£1,000", "£0", "£0", "–", "£1,000", "£0"]]
    assert [row for row in table(content, "Cash-releasing") if row[-1] != "0"] == [
        ["green: on target", "1", "0", "0", "0", "1"], ["red: well below target", "0", "1", "0", "0", "1"],
        ["not measured yet", "0", "0", "1", "0", "1"]]
    assert table(content, "Benefit") == [
        ["Room <b> {{ x }} R&D", "Fewer falls", "6", "1 March 2026", "216", "nobody named"],
        ["Calls after discharge", "Fewer readmissions", "12", "1 October 2026", "2", "Ward manager"]]
    assert table(content, "Measured of due") == [
        ["Calls after discharge", "2 of 3", "1", "£900 of £1,000 cash-releasing; £100 of £1,000 non-cash-releasing",
         "1 green, 1 red"],
        ["Room <b> {{ x }} R&D", "0 of 1", "1", "nothing measured yet", "1 not measured yet"]]


def test_the_manuals_24_innovations_come_out_by_pillar() -> None:
    content = board_report(follow_up([], tracker()))
    *pillars, whole = table(content, "3 at 12 months")
    assert whole[:4] == ["All pillars", "13", "5", "6"]
    assert [sum(int(row[column]) for row in pillars) for column in range(1, 9)] == [int(cell) for cell in whole[1:]]
    assert "at 12 months 13 × code 3, 5 × code 2, 6 × code 1" in story(content)
    assert "No workbook came back." in story(content)
    assert "implemented and diffused" in story(content)
    gone = {row[0]: row[1:] for row in table(content, "State")}
    assert {state for state, *_ in gone.values()} == {"dropped", "refused"}


def test_a_long_table_says_how_many_rows_more_there_are() -> None:
    many = [returned(f"Idea{number:02} of many", measurement("falls", 6, date(2026, 3, 1), None)) for number in range(15)]
    content = board_report(follow_up(many))
    assert len(table(content, "Benefit")) == 12
    assert "And 3 more, in benefits-realisation.xlsx." in paragraphs(content)


def test_the_picture_is_of_one_currency_and_says_its_numbers() -> None:
    euros = returned("Elsewhere", measurement("falls", 6, date(2026, 4, 1), 60.0), currency="€")
    shown = part(board_report(follow_up([CALLS])))
    (alt,) = [node.get("descr") for node in shown.iter() if str(node.tag).endswith("}docPr")]
    assert alt.endswith("cash-releasing: £900 of £1,000; non-cash-releasing: £100 of £1,000.")
    assert "word/charts/realised.xml" in parts_of(board_report(follow_up([euros])))
    both = follow_up([CALLS, euros])
    assert len({total.currency for total in class_totals(both.benefits)}) == 2
    assert "word/charts/realised.xml" not in parts_of(board_report(both))
    assert "word/charts/realised.xml" not in parts_of(board_report(follow_up([ROOM])))


def test_the_report_is_accessible_and_the_same_each_time() -> None:
    for found in (follow_up([]), follow_up([CALLS, ROOM], tracker()), follow_up([], tracker())):
        content = board_report(found, "Hub \x07R&D")
        assert accessibility_findings(content, "report.docx") == []
        assert content == board_report(found, "Hub \x07R&D")
        assert b"<dc:title>Hub R&amp;D</dc:title>" in parts_of(content)["docProps/core.xml"]


@pytest.mark.needs("soffice")
def test_a_board_gets_two_or_three_pages(office: Callable[[Path, str], Path], tmp_path: Path) -> None:
    those = [returned(f"Idea{number} of many", *(measurement(f"benefit {row}", 6, date(2026, 4, 1), 60.0) for row in range(3)))
             for number in range(12)]
    path = tmp_path / "report.docx"
    path.write_bytes(board_report(follow_up(those, tracker())))
    assert len(PdfReader(io.BytesIO(office(path, "pdf").read_bytes())).pages) in (2, 3)
