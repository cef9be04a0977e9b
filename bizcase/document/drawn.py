"""The pictures of a bid that are made of words and boxes: tables and paragraphs of Word, which can be edited and read aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Figure
from bizcase.charts.definition import Chart
from bizcase.document import markup as m
from bizcase.document.chart_part import chart_picture
from bizcase.document.escaping import as_typed
from bizcase.document.generated import PICTURES
from bizcase.document.picture import Picture
from bizcase.document.value import Value, figure_value
from bizcase.document.view import written_date
from bizcase.specification.project import Project
from bizcase.specification.values import parse_date

HEADLINES = (("summary.ask", "Asked for"), ("total.cost", "Cost, all years"), ("total.benefit.CRB", "Cash released"),
             ("total.benefit.NCRB", "Capacity freed"), ("npsv", "Net value (NPSV)"))
HIGH = 4
"""From here on, power or influence of 1 to 5 is high."""
QUADRANTS = (((True, False), "Keep satisfied"), ((True, True), "Work with closely"),
             ((False, False), "Keep in view"), ((False, True), "Keep informed"))
MOST_PERIODS = 14
"""Columns of time that fit beside the milestones."""
MOST_YEARS = 6
"""Columns of years that fit on an upright page beside a label and a total."""
QUARTER_WORDS = {1: "Q", 2: "H", 4: ""}


def pictures(project: Project, analysis: Analysis, charts: Mapping[str, Chart], figures: Mapping[str, Figure],
             ) -> dict[str, Picture | None]:
    """Every picture by its name; None where there is nothing to show."""
    made = {"power_interest_grid": power_interest_grid(project), "timeline_chart": timeline(project),
            "governance_chart": governance(project), "costs_by_year": costs_by_year(analysis, figures),
            "headline_strip": headline_strip(analysis, figures)}
    made.update({name: chart_picture(charts[drawn.chart], figures) for name, drawn in PICTURES.items() if drawn.chart in charts})
    return {name: made.get(name) for name in PICTURES}


def headline_strip(analysis: Analysis, figures: Mapping[str, Figure]) -> Picture | None:
    """The figures that a reader looks for first, large, in one row."""
    year = analysis.appraisal.headline_year
    wanted = (*HEADLINES, (f"roi.{year}", f"ROI to year {year}"))
    found = [(label, figures[name]) for name, label in wanted if name in figures]
    if not any(figure.value for _, figure in found):
        return None
    widths = m.shared_widths([1] * len(found))
    header = "".join(m.cell(m.line(label, "StripLabel"), width) for (label, _), width in zip(found, widths, strict=True))
    cells = "".join(m.cell(m.paragraph(_figure(figure_value(figure)), "StripNumber"), width)
                    for (_, figure), width in zip(found, widths, strict=True))
    return Picture(m.table(widths, header, m.table_row(cells), "The case in figures", "StripTable"))


def power_interest_grid(project: Project) -> Picture | None:
    """Four quadrants with the stakeholders whose power and influence are known; the stance follows each name."""
    rows = [row for row in project.section("stakeholders").get("map", ()) if "power" in row and "influence" in row]
    if not rows:
        return None
    widths = m.shared_widths((1.6, 4, 4))
    header = "".join(m.header_cell(label, width)
                     for label, width in zip(("Power", "Influence 1 to 3", "Influence 4 or 5"), widths, strict=True))
    lines = ""
    for high, label in ((True, "4 or 5"), (False, "1 to 3")):
        cells = [m.cell(m.line(label, "GridTitle"), widths[0])]
        for position, wide in enumerate((False, True), 1):
            inside = [row for row in rows if (row["power"] >= HIGH, row["influence"] >= HIGH) == (high, wide)]
            cells.append(m.cell(_quadrant(dict(QUADRANTS)[high, wide], inside), widths[position]))
        lines += m.table_row("".join(cells))
    return Picture(m.figures_table(widths, header, lines, "Stakeholders by power and influence", "GridTable"))


def _quadrant(title: str, rows: Sequence[Mapping[str, Any]]) -> str:
    named = [m.paragraph(_words(f"{row['id']} {row['name']}" if "id" in row else row["name"])
                         + (_words(f" ({row['stance']})", "Flag") if row.get("stance") in ("resistant", "champion") else
                            _words(f" ({row['stance']})") if "stance" in row else ""), "TableText") for row in rows]
    return m.line(title, "GridTitle") + ("".join(named) or m.line("nobody", "TableText"))


def costs_by_year(analysis: Analysis, figures: Mapping[str, Figure]) -> Picture | None:
    """Each cost of the preferred option by year, with totals; where the years are many, one table after another."""
    inputs, labels = analysis.appraisal.inputs, analysis.appraisal.timeframe.labels
    borne = [line.cost for line in analysis.appraisal.costs if inputs.bears(line.cost, inputs.preferred)]
    if not borne:
        return None
    rows = [(f"{cost.id} {cost.item}", f"line.{cost.id}.base", f"line.{cost.id}") for cost in borne]
    rows.append(("All costs", "flow.planned", "total.planned"))
    starts = range(0, len(labels), MOST_YEARS)
    return Picture("".join(_year_table(rows, labels[start:start + MOST_YEARS], figures, last=start == starts[-1])
                           for start in starts))


def _year_table(rows: Sequence[tuple[str, str, str]], years: Sequence[str], figures: Mapping[str, Figure], *, last: bool) -> str:
    """Rows of a label, the name of their figures by year, and that of their total, which stands in the last table."""
    widths = m.shared_widths([3.2, *[1.75] * len(years), *[2.0] * last])
    header = m.header_cell("Cost", widths[0]) + "".join(
        m.header_cell(label, width, numeric=True) for label, width in zip([*years, *["Total"][:last]], widths[1:], strict=True))
    lines = ""
    for label, name, total in rows:
        found = [figures[f"{name}.{year}"] for year in years] + ([figures[total]] if last else [])
        cells = m.cell(m.paragraph(_words(label), "TableLead" if total == "total.planned" else "TableText"), widths[0])
        for figure, width in zip(found, widths[1:], strict=True):
            cells += m.cell(m.paragraph(_figure(figure_value(figure)), "TableFigure"), width)
        lines += m.table_row(cells)
    return m.table(widths, header, lines, f"Costs from {years[0]} to {years[-1]}")


ROLES = ((("reporting_to", "Reports to"),), (("sro", "Senior responsible owner"),), (("sponsors", "Executive sponsors"),),
         (("meso_leader", "Meso-level leader"), ("clinical_lead", "Clinical lead")), (("project_manager", "Project manager"),))
"""The boxes of the governance chart from the top down; those who work side by side share one."""


def governance(project: Project) -> Picture | None:
    """Who answers to whom, as boxes from the body that is reported to down to the project manager."""
    content = project.section("governance")
    boxes = [[_role(content[key], key, label) for key, label in level if key in content] for level in ROLES]
    drawn = [m.paragraph("<w:r><w:br/></w:r>".join(box), "ChartBox") for box in boxes if box]
    return Picture(m.line("▼", "ChartArrow").join(drawn)) if drawn else None


def _role(who: str | Sequence[str], key: str, label: str) -> str:
    """A role and who holds it, each name in its content control."""
    names = [(f"governance.{key}", who)] if isinstance(who, str) else [
        (f"governance.{key}.{number}", name) for number, name in enumerate(who, 1)]
    return _words(f"{label}: ", "Label") + _words("; ").join(m.fixed_control(tag, label, _words(name)) for tag, name in names)


def timeline(project: Project) -> Picture | None:
    """The milestones as rows and quarters as columns, each day in its quarter; half-years or years where time is long."""
    rows = sorted(((parse_date(row["date"]), row) for row in project.section("timeline").get("milestones", ()) if "date" in row),
                  key=lambda pair: pair[0])
    if not rows:
        return None
    pilot = _pilot(project)
    first = min([rows[0][0], *pilot[:1]])
    last = max([rows[-1][0], *pilot[1:]])
    span = next(span for span in (2 ** power for power in count()) if len(_periods(first, last, span)) <= MOST_PERIODS)
    periods = _periods(first, last, span)
    widths = m.shared_widths([4.6] + [max(0.9, 12.4 / MOST_PERIODS)] * len(periods))
    header = m.header_cell("Milestone", widths[0])
    for period, width in zip(periods, widths[1:], strict=True):
        header += m.cell(m.line(_period_name(period, span), "SmallHeading"), width)
    lines = "".join(_milestone(row["title"], {_period(day, span): _short(day)}, periods, widths) for day, row in rows)
    if pilot:
        inside = dict.fromkeys(_periods(pilot[0], pilot[1], span), "pilot")
        lines = _milestone("Pilot", inside, periods, widths) + lines
    return Picture(m.figures_table(widths, header, lines, "Milestones by quarter", "GridTable"))


def _milestone(title: str, marks: Mapping[int, str], periods: Sequence[int], widths: Sequence[int]) -> str:
    cells = m.cell(m.paragraph(_words(title), "TableText"), widths[0])
    for period, width in zip(periods, widths[1:], strict=True):
        mark = marks.get(period, "")
        cells += m.cell(m.line(mark, "SmallNumber"), width, shade="D3E4F3" if mark else "")
    return m.table_row(cells)


def _pilot(project: Project) -> list[date]:
    """The first and the last day of the pilot; nothing where either is unknown."""
    pilot = project.section("timeline").get("pilot", {})
    if "start" not in pilot or "months" not in pilot:
        return []
    start, months = parse_date(pilot["start"]), int(pilot["months"])
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return [start, date(year, month + 1, 1) - timedelta(days=1)]


def _period(day: date, span: int) -> int:
    """The number of a period of `span` quarters that begins with April of year 0."""
    quarters = (day.year * 12 + day.month - 4) // 3
    return quarters // span


def _periods(first: date, last: date, span: int) -> list[int]:
    return list(range(_period(first, span), _period(last, span) + 1))


def _period_name(period: int, span: int) -> str:
    """Q2 26/27, H1 26/27 or 26/27."""
    year, part = divmod(period * span, 4)
    word = f"{QUARTER_WORDS[span]}{part // span + 1} " if span < 4 else ""
    return f"{word}{year % 100:02d}/{(year + 1) % 100:02d}"


def _short(day: date) -> str:
    return " ".join(part[:3] for part in written_date(day).split()[:2])


def _words(text: str, style: str = "") -> str:
    return m.raw_run(as_typed(text), style)


def _figure(printed: Value) -> str:
    return m.fixed_control(printed.tag, printed.alias, _words(printed)) + (_words(printed.mark, "Flag") if printed.mark else "")
