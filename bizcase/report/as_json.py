"""Findings and reports as JSON, for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bizcase.completeness.lens import LensResult, Score
from bizcase.completeness.verdict import Evidence, Verdict
from bizcase.errors import Finding
from bizcase.report.report import Report


def findings_json(findings: Sequence[Finding], summary: dict[str, object]) -> str:
    """The findings alone, and facts beside them."""
    return _written({"findings": [_finding(found) for found in findings], **summary})


def report_json(report: Report) -> str:
    """One file's report."""
    return _written(_report(report))


def reports_json(reports: Sequence[Report]) -> str:
    """The reports of several files."""
    return _written({"reports": [_report(report) for report in reports]})


def _written(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def _report(report: Report) -> dict[str, object]:
    return {"file": report.file, "title": report.title, "findings": [_finding(found) for found in report.findings],
            "summary": report.summary, "verdicts": [_verdict(each) for each in report.verdicts],
            "lenses": [_lens(each) for each in report.lenses]}


def _finding(found: Finding) -> dict[str, object]:
    place = found.place
    return {"file": place.file, "line": place.line, "column": place.column, "path": place.path, "where": place.where,
            "code": found.code, "severity": found.severity.value, "message": found.message, "hint": found.hint}


def _verdict(each: Verdict) -> dict[str, object]:
    return {"code": each.criterion.code, "section": each.criterion.section, "requirement": each.criterion.requirement,
            "severity": each.severity.value, "degree": each.degree.value, "missing": each.missing, "waived": each.waived,
            "evidence": [_evidence(found) for found in each.evidence]}


def _evidence(found: Evidence) -> dict[str, object]:
    return {"place": str(found.place), "path": found.place.path, "text": found.text}


def _lens(result: LensResult) -> dict[str, object]:
    return {"lens": result.lens.name, "title": result.lens.title, "headline": result.headline, "met": result.met,
            "of": result.of, "nearest": str(result.nearest or ""), "items": [_score(score) for score in result.scores],
            "questions": [{"code": each.code, "question": each.asks, "answered": each.answered,
                           "evidence": [_evidence(found) for found in each.evidence]} for each in result.questions]}


def _score(score: Score) -> dict[str, object]:
    return {"code": score.item.code, "title": score.item.title, "word": score.word, "degree": score.degree.value,
            "met": score.met, "of": score.of, "lacking": [each.criterion.code for each in score.lacking],
            "evidence": [_evidence(found) for found in score.evidence], "raises": list(score.raises),
            "nearest": str(score.nearest or "")}
