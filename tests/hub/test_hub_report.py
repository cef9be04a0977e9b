"""`bizcase hub report`: a folder that came back, a list, and what the board gets."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from bizcase.case import open_case
from bizcase.cli.hub_report import BOARD_REPORT
from bizcase.cli.main import main
from bizcase.hub.years.follow_up import REPORT, TALLY, TRACKER
from tests.conftest import sample_case
from tests.hub.returning import SAMPLE, cell_of, typed_into
from tests.hub.test_tracker import CASE_2
from tests.review.sealing import sealed_sample

TYPED = {cell_of(("B2", 12)): 49, cell_of(("B3", 12)): 178, cell_of(("B4", 12)): "about 200"}


@cache
def workbook() -> bytes:
    return typed_into(TYPED)


@pytest.fixture
def back(tmp_path: Path) -> Path:
    """A folder with one workbook that came back."""
    folder = tmp_path / "back"
    folder.mkdir()
    (folder / "stronger-benefits.xlsx").write_bytes(workbook())
    return folder


def run(folder: Path, *arguments: str, on: str = "2028-06-01") -> Result:
    return CliRunner().invoke(main, ["hub", "report", str(folder), "-o", str(folder.parent / "out"), "--on", on, *arguments])


def test_a_folder_becomes_a_report_a_list_and_a_tally(back: Path) -> None:
    result = run(back)
    out = back.parent / "out"
    assert result.exit_code == 1, result.output
    assert f"sheet Measurement, cell {cell_of(('B4', 12))}: G12 major" in result.output
    assert "1 workbook as at 2028-06-01: 2 of 10 measurements due are done, 8 late\n" in result.output
    assert "  non-cash-releasing: £2,514 realised of £3,352 forecast (75.0%)\n" in result.output
    assert "  240 days: Grace Tandoh: Stronger through treatment, Fewer chairs lost at short notice, month 6\n" in result.output
    assert {path.name for path in out.iterdir()} == {REPORT, BOARD_REPORT, TRACKER, TALLY}
    assert all(f"{out / name} is written." in result.output for name in (REPORT, BOARD_REPORT, TRACKER, TALLY))
    assert openpyxl.load_workbook(out / REPORT).sheetnames == [
        "Summary", "Benefits", "Measurements", "Late", "Tracker", "Tally by pillar", "History"]
    assert (out / TRACKER).read_text("utf-8-sig").splitlines()[1] == (
        "TIF-2026-03,Stronger through treatment,Tamarisk Cancer Care,,,,2027-04-05,added,,,,,,../back/stronger-benefits.xlsx")


def test_the_list_of_the_last_report_goes_on_in_the_next(back: Path) -> None:
    run(back)
    listed = (back.parent / "out" / TRACKER).read_text("utf-8-sig")
    (back / TRACKER).write_text(listed + "TIF-2026-03,,,Quality,,,1/4/2028,status,2,one centre,,,,\n", "utf-8-sig")
    result = run(back, "--force")
    assert "at 12 months 0 × code 3, 1 × code 2, 0 × code 1; now 0 × code 3, 1 × code 2, 0 × code 1" in result.output
    rows = (back.parent / "out" / TRACKER).read_text("utf-8-sig").splitlines()
    assert len(rows) == 3 and rows[2].startswith("TIF-2026-03,,,Quality,,,2028-04-01,status,2,one centre")


def test_the_tally_of_the_manual_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "back").mkdir()
    result = run(tmp_path / "back", "--tracker", str(CASE_2), on="2020-11-02")
    assert result.exit_code == 0, result.output
    assert ("24 innovations on the list: at 12 months 13 × code 3, 5 × code 2, 6 × code 1; "
            "now 16 × code 3, 5 × code 2, 3 × code 1\n") in result.output


def test_a_list_of_any_name_is_found_if_it_is_the_only_one(back: Path) -> None:
    (back / "sums.csv").write_text("a;b\n1;2\n")
    (back / "Liste 2027.csv").write_bytes("Nr;Name;Datum\n".replace("Datum", "Date").encode("cp1252")
                                          + "A1;Café für alle;03/10/2026\n".encode("cp1252"))
    assert "2 innovations on the list" in run(back).output
    (back / "other.csv").write_text("title,date\nB,2026-10-03\n")
    assert "1 innovation on the list" in run(back, "--force").output


def test_one_bad_file_stops_nothing_and_files_that_hold_no_results_are_nobody_s_concern(back: Path) -> None:
    (back / "broken-benefits.xlsx").write_bytes(b"PK\x03\x04")
    (back / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (back / "own sums.csv").write_bytes(b"a,b\n")
    (back / "letter.pdf").write_bytes(b"%PDF")
    (back / "stronger-benefits (2).xlsx").write_bytes(typed_into({}))
    result = run(back)
    assert result.exit_code == 1
    for told in ("broken-benefits.xlsx: E08", "old.xls: G10", "own sums.csv: G10", "stronger-benefits (2).xlsx: G14"):
        assert told in result.output
    assert "letter.pdf" not in result.output
    assert "1 workbook as at" in result.output


def test_what_an_earlier_report_wrote_is_not_taken_for_something_that_came_back(back: Path) -> None:
    into = [run(back, "-o", str(out), "--force") for out in (back, back, back / "report", back / "report")]
    assert all("G10" not in each.output and each.exit_code == 1 for each in into)
    assert into[0].output == into[1].output and into[2].output == into[3].output


def test_nothing_is_replaced_unasked(back: Path) -> None:
    run(back)
    result = run(back)
    assert result.exit_code == 2
    assert result.output.count("E80") == 4


def test_what_somebody_wrote_into_the_list_of_an_earlier_report_is_kept(back: Path) -> None:
    run(back)
    out = back.parent / "out"
    with (out / TRACKER).open("a") as file:
        file.write("B7,By hand,,,,,2027-05-01,added,,,,,,\n")
    by_hand = (out / TRACKER).read_bytes()
    run(back, "--force")
    assert (out / "tracker-earlier-1.csv").read_bytes() == by_hand
    assert b"By hand" not in (out / TRACKER).read_bytes()
    run(back, "--force")
    assert not (out / "tracker-earlier-2.csv").exists(), "nothing was written into it since"


@pytest.mark.parametrize("kind", ["bid", "workbook"])
def test_the_specification_of_a_refused_bid_comes_back_from_its_file(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "back"
    folder.mkdir()
    files = {"bid": ("stronger-bid.docx", sealed_sample(SAMPLE).bid), "workbook": ("stronger-benefits.xlsx", workbook())}
    (folder / files[kind][0]).write_bytes(files[kind][1])
    (folder / TRACKER).write_text("id,title,date,event,outcome,file\nTIF-2026-03,Stronger,2026-11-02,refused,reapply,lost.yaml\n")
    result = run(folder)
    kept = tmp_path / "out" / "kept" / "Stronger.yaml"
    assert f"{kept} is written." in result.output and "G18" not in result.output
    again, built = open_case(kept.read_text("utf-8"), kept.name), sample_case(SAMPLE)
    assert again.project is not None and built.project is not None
    assert again.project.data == built.project.data
    assert kept.read_text("utf-8").startswith("bizcase: 1\nprofile: ideas-den\n"), "as a person edits it"


def test_a_refusal_that_nobody_answered_and_a_file_that_is_gone_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "back"
    folder.mkdir()
    (folder / "there.yaml").write_text("")
    (folder / TRACKER).write_text("id,date,event,file\nA1,2026-11-02,refused,there.yaml\nA2,2026-11-02,added,gone.yaml\n"
                                  "A3,2031-01-01,added,\nA4,2028-06-01,added,\n")
    result = run(folder)
    told = [line.split(f"{TRACKER}:")[1][:8] for line in result.output.splitlines() if TRACKER in line and "advisory" in line]
    assert told == ["2:1: G18", "3:1: G18", "4:1: G19"]
    assert "A1 was refused, and nobody says what comes next" in result.output
    assert "the file kept for A2 is not there: gone.yaml" in result.output
    assert "a row happens after the day of the report, the first on 2031-01-01" in result.output


def test_without_anything_to_report_the_command_says_so(tmp_path: Path) -> None:
    (tmp_path / "back").mkdir()
    for folder, told in ((tmp_path / "back", "it holds no benefits workbook and no tracker"),
                         (tmp_path / "none", "there is no such folder")):
        result = run(folder)
        assert (result.exit_code, told in result.output) == (2, True)
        assert not (tmp_path / "out").exists()
    result = run(tmp_path / "back", on="soon")
    assert result.exit_code == 2 and "--on 'soon' is not a day" in result.output
