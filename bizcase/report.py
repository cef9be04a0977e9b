"""Turns findings and results into text for a terminal and into JSON. Returns text; prints nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from bizcase.case import Case
from bizcase.errors import Finding, Severity


def visible(text: str) -> str:
    """Text from a file as it may reach a terminal: control and direction characters made visible."""
    return "".join(c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in text)


def finding_text(finding: Finding) -> str:
    """`file:line:column: CODE message`, then the hint on a line of its own."""
    text = f"{finding.place}: {finding.code} {finding.message}"
    return visible(text + (f"\n    hint: {finding.hint}" if finding.hint else ""))


def findings_json(findings: Sequence[Finding], summary: dict[str, object]) -> str:
    """The findings as JSON, for other programs."""
    rows = [{"file": f.place.file, "line": f.place.line, "column": f.place.column, "path": f.place.path, "code": f.code,
             "severity": f.severity.value, "message": f.message, "hint": f.hint} for f in findings]
    return json.dumps({"findings": rows, **summary}, ensure_ascii=False, indent=2)


def counted(findings: Sequence[Finding]) -> str:
    """How many findings of each severity: `2 errors, 1 blocker`."""
    counts = Counter(finding.severity for finding in findings)
    words = [f"{counts[severity]} {severity.value if severity in (Severity.MAJOR, Severity.ADVISORY) else _plural(severity, counts)}"
             for severity in Severity if counts[severity]]
    return ", ".join(words) or "no findings"


def _plural(severity: Severity, counts: Counter[Severity]) -> str:
    return severity.value if counts[severity] == 1 else f"{severity.value}s"


def overview(case: Case) -> dict[str, object]:
    """What a specification holds, in counts, and the answers of its appraisal."""
    project, appraisal = case.project, case.appraisal
    if project is None or appraisal is None:
        return {}
    from bizcase.appraisal.figures import appraisal_figures

    figures = {found.id: found.text for found in appraisal_figures(appraisal)}
    filled = [name for name in project.profile.sections if project.data.get(name)]
    year = appraisal.headline_year
    return {
        "title": project.title, "profile": project.profile.name,
        "sections": f"{len(filled)} of {len(project.profile.sections)}",
        "stakeholders": len(project.section("stakeholders").get("map", [])), "costs": len(appraisal.costs),
        "benefits": len(project.inputs.benefits), "evidence": len(project.section("evidence").get("items", [])),
        "risks": len(project.section("risks").get("register", [])),
        "npsv": figures["npsv"], f"roi_year_{year}": figures[f"roi.{year}"],
        f"roi_cash_year_{year}": figures[f"roi_cash.{year}"],
        "criteria_met": f"{sum(verdict.met for verdict in case.verdicts)} of {len(case.verdicts)}",
        "not_printed": [name for name in project.data
                        if name not in (*project.profile.sections, "document", "bizcase", "profile")],
    }


LABELS = {
    "title": "Title", "profile": "Profile", "sections": "Sections filled in", "stakeholders": "Stakeholders", "costs": "Costs",
    "benefits": "Benefits", "evidence": "Evidence", "risks": "Risks", "npsv": "NPSV", "criteria_met": "Blocking criteria met",
    "not_printed": "Not printed by this profile",
}


def overview_lines(case: Case) -> list[tuple[str, str]]:
    """The overview as lines of label and text; what is empty is left out."""
    lines = []
    for name, content in overview(case).items():
        label = LABELS.get(name) or name.replace("roi_cash_year_", "Cash-releasing ROI at year ").replace("roi_year_", "ROI at year ")
        text = ", ".join(content) if isinstance(content, list) else str(content)
        if text:
            lines.append((label, visible(text)))
    return lines
