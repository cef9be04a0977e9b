"""The pictures made of words and boxes: who stands in which quadrant, what falls into which quarter, what each year costs."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from lxml import etree

from bizcase.case import Case
from bizcase.document.drawn import (
    MOST_PERIODS,
    MOST_YEARS,
    costs_by_year,
    governance,
    headline_strip,
    power_interest_grid,
    timeline,
)
from bizcase.document.markup import NAMESPACES
from bizcase.document.picture import Picture
from tests.building import built_sample, case_of, project_of, sample_data
from tests.word_text import W, text_of


def rows_of(picture: Picture | None) -> list[list[str]]:
    """The cells of the tables of a picture, row by row."""
    assert picture is not None
    root = etree.fromstring(f"<x {NAMESPACES}>{picture.xml}</x>")
    return [[" | ".join(text_of(p) for p in cell.iter(f"{W}p")) for cell in row.findall(f"{W}tc")] for row in root.iter(f"{W}tr")]


def with_section(name: str, **fields: Any) -> Case:
    data = copy.deepcopy(sample_data("remote-monitoring"))
    data[name] = {**data[name], **fields}
    return case_of(data)


def stakeholder(number: int, power: int, influence: int) -> dict[str, Any]:
    return {"id": f"S{number}", "name": f"Person {number}", "group": "nurses", "power": power, "influence": influence,
            "stance": "compliant", "owner": "Lead"}


@pytest.mark.parametrize(("power", "influence", "row", "column", "title"), [
    (4, 4, 1, 2, "Work with closely"), (5, 3, 1, 1, "Keep satisfied"), (3, 5, 2, 2, "Keep informed"),
    (1, 1, 2, 1, "Keep in view"), (3, 3, 2, 1, "Keep in view")])
def test_a_stakeholder_stands_in_the_quadrant_of_its_power_and_influence(
        power: int, influence: int, row: int, column: int, title: str) -> None:
    data = copy.deepcopy(sample_data("remote-monitoring"))
    for mapped in data["stakeholders"]["map"]:
        mapped["power"], mapped["influence"] = (5, 1) if (power, influence) == (1, 1) else (1, 1)
    first = data["stakeholders"]["map"][0]
    first["power"], first["influence"] = power, influence
    cells = rows_of(power_interest_grid(project_of(case_of(data))))
    here = [(r, c) for r, line in enumerate(cells) for c, text in enumerate(line) if f"{first['id']} {first['name']}" in text]
    assert here == [(row, column)]
    assert cells[row][column].startswith(title)


def test_every_stakeholder_of_the_sample_is_on_the_grid_once_with_the_stance() -> None:
    project = project_of(case_of(sample_data("remote-monitoring")))
    told = " | ".join(text for row in rows_of(power_interest_grid(project)) for text in row)
    mapped = project.data["stakeholders"]["map"]
    assert len(mapped) > 20
    for row in mapped:
        assert told.count(f"{row['id']} {row['name']} ({row['stance']})") == 1


def test_without_power_and_influence_there_is_no_grid() -> None:
    data = copy.deepcopy(sample_data("remote-monitoring"))
    for row in data["stakeholders"]["map"]:
        del row["power"]
    assert power_interest_grid(project_of(case_of(data))) is None


def test_each_milestone_shows_its_day_in_its_quarter_and_the_pilot_its_span() -> None:
    cells = rows_of(timeline(project_of(case_of(sample_data("remote-monitoring")))))
    header, pilot, *milestones = cells
    assert header[:2] == ["Milestone", "Q1 26/27"]
    assert [header[i] for i, text in enumerate(pilot) if text == "pilot"] == [
        "Q2 27/28", "Q3 27/28", "Q4 27/28", "Q1 28/29", "Q2 28/29", "Q3 28/29"]
    submitted = next(row for row in milestones if row[0] == "Bid submitted")
    assert {header[i]: text for i, text in enumerate(submitted) if i and text} == {"Q2 26/27": "30 Sep"}
    assert all(sum(map(bool, row[1:])) == 1 for row in milestones)


@pytest.mark.parametrize(("last", "first_label"), [("2031-03-31", "H1 26/27"), ("2039-03-31", "26/27"),
                                                   ("2075-03-31", "24/25")])
def test_a_long_time_is_shown_by_half_years_or_years(last: str, first_label: str) -> None:
    milestones = [{"id": "T1", "title": "First", "date": "2026-04-01", "stage": "ideation"},
                  {"id": "T2", "title": "Last", "date": last, "stage": "sustainability"}]
    header, *rows = rows_of(timeline(project_of(with_section("timeline", milestones=milestones))))
    assert header[1] == first_label
    assert len(header) - 1 <= MOST_PERIODS
    assert rows[-1][-1] == "31 Mar"


def test_without_a_milestone_there_is_no_timeline() -> None:
    data = copy.deepcopy(sample_data("remote-monitoring"))
    del data["timeline"]["milestones"]
    assert timeline(project_of(case_of(data))) is None


def test_the_governance_chart_runs_from_the_top_down() -> None:
    project = project_of(case_of(sample_data("remote-monitoring")))
    picture = governance(project)
    assert picture is not None
    root = etree.fromstring(f"<x {NAMESPACES}>{picture.xml}</x>")
    styles = [style for style in root.iter(f"{W}pStyle") if style.get(f"{W}val") == "ChartBox"]
    boxes = [text_of(next(style.iterancestors(f"{W}p"))) for style in styles]
    assert [box.split(":")[0] for box in boxes] == [
        "Reports to", "Senior responsible owner", "Executive sponsors", "Meso-level leader", "Project manager"]
    content = project.section("governance")
    for key in ("reporting_to", "sro", "meso_leader", "clinical_lead", "project_manager"):
        assert any(content[key] in box for box in boxes), key


def test_costs_by_year_hold_each_cost_of_the_preferred_option_and_add_up() -> None:
    case, built = case_of(sample_data("remote-monitoring")), built_sample("remote-monitoring")
    assert case.analysis is not None
    header, *lines, total = rows_of(costs_by_year(case.analysis, built.figures))
    assert header == ["Cost", "2026/27", "2027/28", "2028/29", "2029/30", "2030/31", "2031/32", "Total"]
    assert [line[0].split()[0] for line in lines] == [f"C{number}" for number in range(1, 14)], "C14 belongs to another option"

    def pounds(text: str) -> float:
        return float(text.rstrip("†‡").replace("£", "").replace(",", ""))

    for column in range(1, len(header)):
        assert sum(pounds(line[column]) for line in lines) == pounds(total[column])


def test_many_years_make_one_table_after_another_with_the_total_in_the_last() -> None:
    case = with_section("appraisal", years=15)
    assert case.analysis is not None
    from bizcase.case import build
    built = build(case, draft=True)
    picture = costs_by_year(case.analysis, built.figures)
    headers = [row for row in rows_of(picture) if row[0] == "Cost"]
    assert [len(header) - 1 for header in headers] == [MOST_YEARS, MOST_YEARS, 16 - 2 * MOST_YEARS + 1]
    assert [header[-1] for header in headers] == ["2031/32", "2037/38", "Total"]


def test_the_strip_on_the_cover_shows_what_is_known() -> None:
    case, built = case_of(sample_data("remote-monitoring")), built_sample("remote-monitoring")
    assert case.analysis is not None
    labels, numbers = rows_of(headline_strip(case.analysis, built.figures))
    assert labels[0] == "Asked for" and numbers[0] == "£598,000"
    told = dict(zip(labels, (number.rstrip("†") for number in numbers), strict=True))
    assert (told["Net value (NPSV)"], told["ROI to year 3"]) == (built.figures["npsv"].text, built.figures["roi.3"].text)
    assert headline_strip(case.analysis, {}) is None
