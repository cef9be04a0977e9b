"""Puts a bid together: what the template may print for one appraised project, rendered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bizcase import __version__
from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.figure import Figure
from bizcase.appraisal.financial_year import write_year
from bizcase.charts.definition import charts_of
from bizcase.document.appraised import appraised
from bizcase.document.drawn import pictures
from bizcase.document.gap import Gap
from bizcase.document.generated import PICTURES
from bizcase.document.outline import Entry, numbered, outline, stands_first, with_parts
from bizcase.document.value import figure_value, value
from bizcase.document.view import marks_of, section_views, warning_of
from bizcase.document.word import Properties, render
from bizcase.specification.layout import Layout, layout_of
from bizcase.specification.limits import limit_texts
from bizcase.specification.project import Project
from bizcase.specification.shape import Shape
from bizcase.specification.terms import worded


def write_bid(project: Project, analysis: Analysis, shape: Shape, figures: Mapping[str, Figure], gaps: Iterable[Gap],
              template: bytes, name: str, *, draft: bool) -> bytes:
    """The Word bid of an appraised project, from the template of that name. Raises TemplateFault."""
    document = project.section("document")
    properties = Properties(project.title[:255], str(document.get("author", ""))[:255], project.profile.title)
    return render(template, name, context(project, analysis, shape, figures, gaps, draft=draft), properties)


def context(project: Project, analysis: Analysis, shape: Shape, figures: Mapping[str, Figure], gaps: Iterable[Gap],
            *, draft: bool) -> dict[str, Any]:
    """Everything a template may name: each section, and `bid`, `show`, `number`, `gaps`, `contents`, `appraised`, `picture`,
    `caption`, `limits`, `figure`. `shape` is in the terms of the project's profile."""
    profile = project.profile
    layout, entries = layout_of(shape, profile.terms), outline(profile, shape)
    missing: dict[str, list[dict[str, str]]] = {name: [] for name in shape.names}
    for gap in gaps if draft else ():
        missing[gap.section].append({"text": gap.text, "why": worded(gap.why, profile.terms)})
    sections = section_views(project, shape, layout, figures)
    sections["document"]["title"] = sections["document"]["title"] or value(project.title, "document.title", "Title")
    charts = {chart.name: chart for chart in charts_of(analysis, figures, profile.currency)}
    computed = {"appraised": appraised(analysis, figures), "picture": pictures(project, analysis, charts, figures)}
    content = _Content(layout, sections, computed)
    lacking = {entry.key for entry in entries if stands_first(entry, entries) and missing.get(entry.section)}
    show = with_parts(entries, {entry.key: content.any_of(entry) or entry.key in lacking for entry in entries})
    number = numbered(entries, show)
    return {
        **sections, **computed, "bid": _facts(project, analysis.appraisal, draft=draft), "show": show, "number": number,
        "gaps": missing, "contents": _contents(entries, number),
        "figure": {name: figure_value(found) for name, found in figures.items()},
        "caption": {name: worded(charts[drawn.chart].caption, profile.terms) if drawn.chart in charts else ""
                    for name, drawn in PICTURES.items()},
        "limits": _limits(project, shape, entries) if draft else {entry.key: "" for entry in entries},
    }


@dataclass(frozen=True, slots=True)
class _Content:
    """What there is to print: the fields of the sections, the computed tables and the pictures."""

    layout: Layout
    sections: Mapping[str, Any]
    computed: Mapping[str, Any]

    def any_of(self, entry: Entry) -> bool:
        """Whether any block under a heading has something to print."""
        return any(self._filled(entry, block) for block in entry.blocks)

    def _filled(self, entry: Entry, block: str) -> bool:
        if block in PICTURES:
            return bool(self.computed["picture"][block])
        section = self.sections[entry.section]
        if block not in section:
            return bool(self.computed["appraised"][block])
        content, answer = section[block], self.layout.annexed_if.get(f"{entry.section}.{block}")
        if not isinstance(content, Mapping):
            return bool(content)
        conditional = answer is not None and (entry.annex or block in entry.unless)
        return bool(content["filled"]) and (not conditional or (content[answer] == "Yes") is entry.annex)


def _limits(project: Project, shape: Shape, entries: tuple[Entry, ...]) -> dict[str, str]:
    """How many of the words that may be used are used: of a part beside its heading, of a section beside its own."""
    texts, titles = limit_texts(project, shape), {entry.key: entry.title for entry in entries}
    return {entry.key: texts.get(f"{titles[entry.part]}: {entry.section}" if entry.part else entry.section or entry.title, "")
            for entry in entries}


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


def _contents(entries: tuple[Entry, ...], number: Mapping[str, str]) -> list[dict[str, Any]]:
    """The headings that are shown, with their numbers and bookmarks."""
    return [{"number": number[entry.key], "title": entry.title, "level": entry.level, "bookmark": entry.bookmark}
            for entry in entries if entry.key in number]
