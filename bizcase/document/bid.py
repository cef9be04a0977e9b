"""Puts a bid together: what the template may print for one appraised project, rendered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bizcase import __version__, resources
from bizcase.appraisal.appraise import MONETISED, Appraisal
from bizcase.appraisal.figures import HEADLINES, Figure
from bizcase.appraisal.financial_year import write_year
from bizcase.document.gap import Gap
from bizcase.document.template import bookmark_of
from bizcase.document.value import Value, figure_value, value
from bizcase.document.view import marks_of, section_views, warning_of
from bizcase.document.word import Properties, render
from bizcase.specification.project import Project
from bizcase.specification.shape import Shape


def write_bid(project: Project, appraisal: Appraisal, shape: Shape, figures: Mapping[str, Figure], gaps: Iterable[Gap],
              *, draft: bool) -> bytes:
    """The Word bid of an appraised project, from its profile's template. Raises TemplateFault."""
    template = resources.folder("templates") / project.profile.template / "bid.docx"
    document = project.section("document")
    properties = Properties(project.title[:255], str(document.get("author", ""))[:255], project.profile.title)
    return render(template.read_bytes(), str(template.name), context(project, appraisal, shape, figures, gaps, draft=draft),
                  properties)


def context(project: Project, appraisal: Appraisal, shape: Shape, figures: Mapping[str, Figure], gaps: Iterable[Gap],
            *, draft: bool) -> dict[str, Any]:
    """Everything a template may name: each section, and `bid`, `show`, `gaps`, `contents`, `appraised`, `figure`."""
    by_section: dict[str, list[str]] = {name: [] for name in shape.names}
    for gap in gaps:
        by_section[gap.section].append(gap.text)
    gaps_shown = by_section if draft else {name: [] for name in shape.names}
    show = {name: bool(project.data.get(name)) or bool(gaps_shown[name]) or (name == "appraisal" and bool(appraisal.costs))
            for name in shape.names}
    sections = section_views(project, shape, figures)
    sections["document"]["title"] = sections["document"]["title"] or value(project.title, "document.title", "Title")
    return {
        **sections, "bid": _facts(project, appraisal, draft=draft), "show": show,
        "gaps": gaps_shown, "contents": _contents(project, shape, show), "appraised": _appraised(appraisal, figures),
        "figure": {name: figure_value(found) for name, found in figures.items()},
    }


def _facts(project: Project, appraisal: Appraisal, *, draft: bool) -> dict[str, Any]:
    parameters = project.parameters
    status = str(project.section("document").get("status", ""))
    return {
        "kind": project.profile.title, "draft": draft, "warning": warning_of(appraisal.inputs.status),
        "marks": marks_of(appraisal.inputs.status),
        "standing": "Draft" if draft else status[:1].upper() + status[1:],
        "specification": f"content {project.digest[:16]}, profile {project.profile.name}",
        "guidance": f"{parameters.title} (set {parameters.name}, compared with the guidance on {parameters.checked})",
        "prices": f"real terms, {write_year(appraisal.timeframe.price_base_year)} prices",
        "made_with": f"bizcase {__version__}",
    }


def _contents(project: Project, shape: Shape, show: Mapping[str, bool]) -> list[dict[str, Any]]:
    """The headings of levels 1 and 2 that are shown, numbered as Word numbers them."""
    entries: list[dict[str, Any]] = []
    chapter = 0
    for part in project.profile.parts:
        shown = [name for name in part.sections if show[name]]
        if part.title and shown:
            chapter += 1
            entries.append({"number": f"{chapter}", "title": part.title, "level": 1,
                            "bookmark": bookmark_of(f"part {part.title}")})
        for position, name in enumerate(shown, 1):
            number = f"{chapter}.{position}" if part.title else f"{chapter + position}"
            entries.append({"number": number, "title": shape.section(name).title, "level": 2 if part.title else 1,
                            "bookmark": bookmark_of(name)})
        chapter += 0 if part.title else len(shown)
    return entries


def _key_figures(appraisal: Appraisal) -> list[tuple[str, str]]:
    """What stands on the first page: what it costs, what it brings in cash and in capacity, and when it pays."""
    year = appraisal.headline_year
    label = appraisal.timeframe.labels[year]
    return [
        ("total.base_cost", "Cost over all years"), ("total.cost", "Cost over all years, with optimism bias"),
        ("total.funding", "Funding over all years, confirmed or not"),
        ("total.benefit.CRB", "Cash-releasing benefits over all years (CRB)"),
        ("total.benefit.NCRB", "Non-cash-releasing benefits over all years (NCRB)"),
        ("total.benefit.SB", "Societal benefits over all years (SB)"), ("npsv", "Net present social value (NPSV)"),
        ("payback", "Payback, years after year 0, all benefits"),
        (f"roi_cash.{year}", f"ROI to the end of year {year} ({label}), cash-releasing alone"),
        (f"roi.{year}", f"ROI to the end of year {year} ({label}), with non-cash-releasing"),
    ]


def _appraised(appraisal: Appraisal, figures: Mapping[str, Figure]) -> dict[str, list[dict[str, Any]]]:
    """The rows of the generated tables; none where there is nothing to appraise."""
    names = ("key_figures", "headlines", "classes", "roi", "cash_flow", "affordability", "cost_lines", "benefit_lines")
    if not appraisal.costs and not appraisal.benefits:
        return {name: [] for name in names}

    def figure(name: str) -> Value:
        return figure_value(figures[name]) if name in figures else value("–", name, name)

    def row(label: str, **cells: str) -> dict[str, Any]:
        return {"label": label, **{key: figure(name) for key, name in cells.items()}}

    years = appraisal.timeframe.labels
    flows = {"cost": "cost", "CRB": "benefit.CRB", "NCRB": "benefit.NCRB", "SB": "benefit.SB", "net": "net",
             "cumulative": "cumulative"}
    return {
        "key_figures": [row(label, value=name) for name, label in _key_figures(appraisal)],
        "headlines": [row(figures[name].label, value=name) for name in HEADLINES],
        "classes": [row(f"{kind.capitalize()} ({kind.name})", all_years=f"total.benefit.{kind.name}", present=f"pvb.{kind.name}")
                    for kind in MONETISED],
        "roi": [row(f"year {number} ({year})", cash=f"roi_cash.{number}", both=f"roi.{number}")
                for number, year in enumerate(years)],
        "cash_flow": [row(year, **{key: f"flow.{name}.{year}" for key, name in flows.items()}) for year in years],
        "affordability": [row(year, **{name: f"flow.{name}.{year}" for name in ("base_cost", "funding", "gap")})
                          for year in years] + [row("All years", base_cost="total.base_cost", funding="total.funding",
                                                    gap="total.gap")],
        "cost_lines": [row(f"{line.cost.id} {line.cost.item}", base=f"line.{line.cost.id}",
                           uplift=f"line.{line.cost.id}.uplift", adjusted=f"line.{line.cost.id}.adjusted")
                       for line in appraisal.costs],
        "benefit_lines": [row(f"{line.benefit.id} {line.benefit.title}", full_year=f"line.{line.benefit.id}.full_year",
                              all_years=f"line.{line.benefit.id}", present=f"line.{line.benefit.id}.present")
                          for line in appraisal.benefits],
    }
