"""Turns findings and results into text for a terminal and into JSON. Returns text; prints nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.figures import analysis_figures
from bizcase.case import Case
from bizcase.completeness.assess import weighted
from bizcase.errors import Finding, Severity

MOST_SHOWN = 200
"""More findings than this nobody reads in a terminal."""


def visible(text: str) -> str:
    """Text from a file as it may reach a terminal: control and direction characters made visible."""
    return "".join(c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in text)


def finding_text(finding: Finding) -> str:
    """`file:line:column: CODE message`, then the hint on a line of its own. What is less than an error says so."""
    grade = "" if finding.severity is Severity.ERROR else f"{finding.severity}: "
    text = f"{finding.place}: {finding.code} {grade}{finding.message}"
    return visible(text + (f"\n    hint: {finding.hint}" if finding.hint else ""))


def first_of(findings: Sequence[Finding]) -> list[str]:
    """The findings as a terminal shows them: of very many the first, and how many more."""
    more = [f"and {len(findings) - MOST_SHOWN:,} more; --format json lists all"] if len(findings) > MOST_SHOWN else []
    return [*map(finding_text, findings[:MOST_SHOWN]), *more]


def findings_json(findings: Sequence[Finding], summary: dict[str, object]) -> str:
    """The findings as JSON, for other programs."""
    rows = [{"file": f.place.file, "line": f.place.line, "column": f.place.column, "path": f.place.path, "code": f.code,
             "severity": f.severity.value, "message": f.message, "hint": f.hint} for f in findings]
    return json.dumps({"findings": rows, **summary}, ensure_ascii=False, indent=2)


def counted(findings: Sequence[Finding]) -> str:
    """How many findings of each severity: `2 errors, 1 blocker`."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(_number_of(severity, counts[severity]) for severity in Severity if counts[severity]) or "no findings"


def _number_of(severity: Severity, count: int) -> str:
    takes_an_s = severity in (Severity.ERROR, Severity.BLOCKER) and count > 1
    return f"{count} {severity.value}{'s' if takes_an_s else ''}"


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
    met = f"{sum(verdict.met for verdict in case.verdicts)} of {len(case.verdicts)}"
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
