"""Puts a bid together: what the template may print for one appraised project, rendered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bizcase import __version__, resources
from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.figure import Figure
from bizcase.appraisal.financial_year import write_year
from bizcase.document.appraised import appraised
from bizcase.document.gap import Gap
from bizcase.document.template import bookmark_of
from bizcase.document.value import figure_value, value
from bizcase.document.view import marks_of, section_views, warning_of
from bizcase.document.word import Properties, render
from bizcase.specification.project import Project
from bizcase.specification.shape import Shape


def write_bid(project: Project, analysis: Analysis, shape: Shape, figures: Mapping[str, Figure], gaps: Iterable[Gap],
              *, draft: bool) -> bytes:
    """The Word bid of an appraised project, from its profile's template. Raises TemplateFault."""
    template = resources.folder("templates") / project.profile.template / "bid.docx"
    document = project.section("document")
    properties = Properties(project.title[:255], str(document.get("author", ""))[:255], project.profile.title)
    return render(template.read_bytes(), str(template.name), context(project, analysis, shape, figures, gaps, draft=draft),
                  properties)


def context(project: Project, analysis: Analysis, shape: Shape, figures: Mapping[str, Figure], gaps: Iterable[Gap],
            *, draft: bool) -> dict[str, Any]:
    """Everything a template may name: each section, and `bid`, `show`, `gaps`, `contents`, `appraised`, `figure`."""
    appraisal = analysis.appraisal
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
        "gaps": gaps_shown, "contents": _contents(project, shape, show), "appraised": appraised(analysis, figures),
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
