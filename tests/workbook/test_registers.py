"""The registers: every row of the specification in its order, numbers in cells of their own, expected costs alive."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from bizcase.case import Built, build
from bizcase.workbook.recalculate import recalculated
from tests.building import built_sample, case_of, is_free_text, project_of, put, sample_data, values_in
from tests.conftest import sample_case, sample_names

REGISTERS = ("Stakeholders", "Risks", "Milestones", "Non-monetised", "Sources")
SECTIONS = ("stakeholders", "risks", "timeline", "evidence", "assumptions", "resources", "benefits")
DASH = "–"


def opened(content: bytes, *, values: bool = True) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def edited(built: Built, changes: dict[tuple[str, str], Any]) -> bytes:
    """The workbook with other values in some cells, not yet worked out again."""
    workbook = opened(built.workbook, values=False)
    for (sheet, address), value in changes.items():
        workbook[sheet][address] = value
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def lines(workbook: Workbook, title: str) -> list[dict[str, Any]]:
    """The rows below a register's headings, by heading, down to the first that has no id."""
    headings = [str(cell.value) for cell in workbook[title][4]]
    found: list[dict[str, Any]] = []
    for row in workbook[title].iter_rows(min_row=5, values_only=True):
        if row[0] is None:
            break
        found.append(dict(zip(headings, row, strict=True)))
    return found


def total_of_risks(workbook: Workbook, heading: str = "Expected cost £") -> object:
    place = [cell.value for cell in workbook["Risks"][4]].index(heading)
    return next(row[place] for row in workbook["Risks"].iter_rows(values_only=True) if row[1] == "All risks")


@pytest.mark.parametrize("name", sample_names())
def test_every_row_of_the_specification_has_its_line(name: str) -> None:
    data, workbook = sample_data(name), opened(built_sample(name).workbook)
    data = {"timeline": {"milestones": []}, "assumptions": {"items": [], "sources": []}, **data}
    unpriced = [row for row in data["benefits"]["register"] if not row.get("value")]
    registers = [("Stakeholders", data["stakeholders"]["map"]), ("Risks", data["risks"]["register"]),
                 ("Milestones", data["timeline"]["milestones"]), ("Non-monetised", unpriced)]
    assert sum(1 for _, rows in registers if rows) >= (2 if project_of(sample_case(name)).profile.short else 3)
    for title, rows in registers:
        if rows:
            assert [line["ID"] for line in lines(workbook, title)] == [row["id"] for row in rows], title
    sources = [*data["evidence"]["items"], *data["assumptions"]["items"], *data["assumptions"]["sources"],
               *data["resources"]["costs"], *data["resources"]["funding"], *data["benefits"]["register"]]
    assert [line["ID"] for line in lines(workbook, "Sources")] == [row["id"] for row in sources]


@pytest.mark.parametrize("name", sample_names())
def test_numbers_of_a_register_stand_there_and_not_among_the_other_numbers(name: str) -> None:
    built, seen = built_sample(name), 0
    for figure_id, (sheet, _) in built.cells.items():
        for start, home in (("stakeholders.map.", "Stakeholders"), ("risks.register.", "Risks")):
            if figure_id.startswith(start):
                assert sheet == home, figure_id
                seen += 1
        if figure_id.startswith("evidence.items.") and figure_id.endswith(".year"):
            assert sheet == "Sources", figure_id
            seen += 1
    assert seen > 30


def test_a_score_and_an_expected_cost_are_products_and_their_total_counts_what_is_known() -> None:
    one, two = lines(opened(built_sample("remote-monitoring").workbook), "Risks")[:2]
    assert (one["Likelihood"], one["Impact"], one["Score"]) == (3, 4, 12)
    assert (one["Cost if it happens £"], one["Probability"], one["Expected cost £"]) == (50000, 0.3, 15000)
    assert (two["Cost if it happens £"], two["Probability"], two["Expected cost £"]) == (None, None, DASH)
    assert (one["In the year"], one["Present value £"], two["Present value £"]) == ("2026/27", 15000, DASH)
    workbook = opened(built_sample("remote-monitoring").workbook)
    assert (total_of_risks(workbook), total_of_risks(workbook, "Present value £")) == (15000, 15000)


def costs_typed() -> bytes:
    """R1 half as likely again, and two years later; for R2, of which nothing is given, a cost and a probability, and no
    year; for R3 a cost alone; R4 is likelier.
    """
    built = built_sample("remote-monitoring")
    assert built.cells["risks.register.R1.probability"] == ("Risks", "J5")
    return edited(built, {("Risks", "J5"): 0.45, ("Risks", "H6"): 20000, ("Risks", "J6"): 0.5, ("Risks", "H7"): 9000,
                          ("Risks", "L5"): "2028/29", ("Risks", "L6"): None, ("Risks", "E8"): 5})


def assert_costs_follow(workbook: Workbook) -> None:
    found = lines(workbook, "Risks")
    assert [line["Expected cost £"] for line in found[:4]] == [22500, 10000, DASH, DASH]
    assert found[3]["Score"] == 5 * 3
    assert total_of_risks(workbook) == 32500
    assert found[0]["Present value £"] == pytest.approx(22500 / 1.035**2)
    assert found[1]["Present value £"] == 10000, "without a year it falls in the first"
    assert total_of_risks(workbook, "Present value £") == pytest.approx(22500 / 1.035**2 + 10000)


def test_expected_costs_follow_what_the_user_types() -> None:
    assert_costs_follow(opened(recalculated(costs_typed())))


@pytest.mark.needs("soffice")
def test_libreoffice_comes_to_the_same_expected_costs(office: Callable[[Path, str], Path], tmp_path: Path) -> None:
    path = tmp_path / "risks.xlsx"
    path.write_bytes(costs_typed())
    assert_costs_follow(opened(office(path, "xlsx").read_bytes()))


def test_a_stakeholder_s_latest_contact_is_shown_and_who_is_left_out_is_said() -> None:
    data = sample_data("remote-monitoring")
    data["stakeholders"]["map"][1]["contacts"] = [{"date": "2026-05-01", "what": "Call", "outcome": "Came back"},
                                                  {"date": "2026-03-01", "what": "Letter", "outcome": "No answer"}]
    workbook = opened(build(case_of(data)).workbook)
    second = lines(workbook, "Stakeholders")[1]
    assert (second["Last contact"], second["What came of it"]) == (datetime(2026, 5, 1), "Came back")
    assert (second["Power"], second["Influence"]) == (2, 2)
    texts = [row[1] for row in workbook["Stakeholders"].iter_rows(values_only=True)]
    assert [group["group"] for group in data["stakeholders"]["not_applicable"]] == texts[-1:]


def test_a_milestone_s_date_is_a_date_and_its_ids_are_listed() -> None:
    found = {line["ID"]: line for line in lines(opened(built_sample("remote-monitoring").workbook), "Milestones")}
    assert (found["T5"]["Date"], found["T5"]["Depends on"], found["T5"]["Quick win"]) == (datetime(2027, 7, 1), "T3, T4", None)
    assert found["T6"]["Quick win"] == "yes"


def test_a_benefit_without_pounds_shows_the_register_s_baseline_and_a_drawback_is_called_one() -> None:
    data = sample_data("remote-monitoring")
    del data["benefits"]["register"][6]["value"]
    built = build(case_of(data))
    place = built.cells["benefits.register.B6.baseline.value"]
    assert place[0] == "Benefits register"
    gain, drawback = lines(opened(recalculated(edited(built, {place: 7}))), "Non-monetised")
    assert (gain["ID"], gain["Gain or drawback"], gain["Baseline"], gain["Evidence"]) == ("B6", "gain", 7, "E2, E3")
    assert (drawback["ID"], drawback["Gain or drawback"], drawback["Baseline"]) == ("B7", "drawback", 24)


def test_sources_tell_reference_date_grade_and_status() -> None:
    found = {line["ID"]: line for line in lines(opened(built_sample("remote-monitoring").workbook), "Sources")}
    wanted = {
        "E1": ("evidence", "Acute oncology audit", "Audit report 2025/31", 2025, "Retrospective case review", "known", "yes"),
        "U1": ("assumption", None, "Forum and survey", None, None, "estimate", None),
        "U4": ("document", None, "Northmoor acute oncology audit, report 2025/31", "14 November 2025", "Local audit", None,
               None),
        "C1": ("cost", None, "Stands in for the vendor's quotation", None, None, "illustrative", None),
        "F4": ("funding", None, "Board minute of 28 July 2026", None, None, "confirmed", None),
        "B1": ("benefit", None, "Own calculation from the audit", None, None, "illustrative", None),
    }
    headings = ("Kind", "Study", "Reference", "Date", "Design or grade", "Status", "Checked at source")
    assert {name: tuple(found[name][heading] for heading in headings) for name in wanted} == wanted
    assert found["F4"]["What it says or is for"] == "Northmoor University Hospitals"


def test_a_register_without_rows_says_so_under_its_headings() -> None:
    workbook = opened(build(case_of({"profile": "ideas-den"}), draft=True).workbook)
    assert {title: workbook[title]["A5"].value for title in REGISTERS} == {
        "Stakeholders": "The specification names no stakeholders.", "Risks": "The specification names no risks.",
        "Milestones": "The specification names no milestones.",
        "Non-monetised": "Every benefit of the specification has a value in pounds, or it names no benefits.",
        "Sources": "The specification names no evidence, assumptions or sources."}
    assert all(workbook[title]["A4"].value == "ID" for title in REGISTERS)
    assert (total_of_risks(workbook), total_of_risks(workbook, "Present value £")) == (0, 0)


def test_text_that_looks_like_a_formula_stays_text_in_the_registers() -> None:
    data = sample_data("remote-monitoring")
    hard = ("=2+3", "+44 20", "-5 a week", "@here", "#N/A", '=HYPERLINK("http://x")')
    texts = [path for path, field, _ in list(values_in(data))
             if is_free_text(field) and path[0] in SECTIONS and "optimism_bias" not in path]
    for number, path in enumerate(texts):
        put(data, path, hard[number % len(hard)])
    workbook = opened(build(case_of(data)).workbook, values=False)
    seen = 0
    for title in REGISTERS:
        for row in workbook[title].iter_rows():
            for cell in row:
                if cell.value in hard:
                    assert cell.data_type == "s" and cell.quotePrefix, f"{title}!{cell.coordinate}"
                    seen += 1
    assert seen > 300
