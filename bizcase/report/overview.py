"""What a checked specification holds, in counts, and the answers of its appraisal."""

from __future__ import annotations

from collections.abc import Mapping

from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.figures import analysis_figures
from bizcase.case import Case
from bizcase.completeness.assess import weighted
from bizcase.report.text import visible


def overview(case: Case) -> dict[str, object]:
    """What a specification holds, in counts, and the answers of its appraisal; nothing while there are errors."""
    project, analysis = case.project, case.analysis
    if project is None or analysis is None:
        return {}
    appraisal = analysis.appraisal
    figures = {found.id: found.text for found in analysis_figures(analysis, project.profile.currency)}
    profile, year = project.profile, appraisal.headline_year
    filled = [name for name in profile.sections if project.data.get(name)]
    return {
        "title": project.title, "profile": profile.name, "sections": f"{len(filled)} of {len(profile.sections)}",
        "stakeholders": len(project.section("stakeholders").get("map", [])), "costs": len(appraisal.costs),
        "benefits": len(project.inputs.benefits), "evidence": len(project.section("evidence").get("items", [])),
        "risks": len(project.section("risks").get("register", [])), "npsv": figures["npsv"], "roi_year": year,
        "roi": figures[f"roi.{year}"], "roi_cash": figures[f"roi_cash.{year}"],
        "status": _status(appraisal),
        "criteria_met": _criteria_met(case, profile.weights),
        "not_printed": [name for name in project.data if name not in (*profile.sections, "document", "bizcase", "profile")],
    }


def _criteria_met(case: Case, weights: Mapping[str, float]) -> str:
    """How many criteria are met; where a profile weighs them, the weighted share too, never rounded up."""
    arising = [verdict for verdict in case.verdicts if (verdict.met or verdict.failed) and not verdict.criterion.sums]
    met = f"{sum(verdict.met for verdict in arising)} of {len(arising)}"
    share = weighted(case.verdicts, weights) if weights else None
    return met if share is None else f"{met} (weighted {int(share * 100 + 1e-9)}%)"


def _status(appraisal: Appraisal) -> str:
    """How sure the figures are; nothing where there are none."""
    return appraisal.inputs.status.value if appraisal.costs or appraisal.benefits else ""


LABELS = {
    "title": "Title", "profile": "Profile", "sections": "Sections filled in", "stakeholders": "Stakeholders", "costs": "Costs",
    "benefits": "Benefits", "evidence": "Evidence", "risks": "Risks", "npsv": "NPSV", "roi": "ROI at year {year}",
    "roi_cash": "Cash-releasing ROI at year {year}", "status": "These figures are", "criteria_met": "Criteria met",
    "not_printed": "Not printed by this profile",
}


def overview_lines(case: Case) -> list[tuple[str, str]]:
    """The overview as lines of label and text; what is empty is left out."""
    facts = overview(case)
    lines = []
    for name, label in LABELS.items():
        content = facts.get(name, "")
        text = ", ".join(content) if isinstance(content, list) else str(content)
        if text:
            lines.append((label.format(year=facts["roi_year"]), visible(text)))
    return lines
