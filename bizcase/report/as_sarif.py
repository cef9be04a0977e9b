"""Reports as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines of a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

from bizcase import __version__
from bizcase.codes import explanations
from bizcase.errors import Finding, Severity
from bizcase.report.report import Report

_LEVELS = {Severity.ERROR: "error", Severity.BLOCKER: "error", Severity.MAJOR: "warning", Severity.ADVISORY: "note"}


def reports_sarif(reports: Sequence[Report]) -> str:
    """One run that holds the findings of all files, and the rule behind each code that occurs."""
    findings = [found for report in reports for found in report.findings]
    codes = sorted({found.code for found in findings})
    driver = {"name": "bizcase", "version": __version__, "rules": [_rule(code) for code in codes]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints",
           "results": [_result(found, codes.index(found.code)) for found in findings]}
    return json.dumps({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]},
                      ensure_ascii=False, indent=2)


def _rule(code: str) -> dict[str, object]:
    known = explanations().get(code)
    if known is None:
        return {"id": code}
    return {"id": code, "shortDescription": {"text": known.title}, "fullDescription": {"text": known.why},
            "help": {"text": known.remedy}}


def _result(found: Finding, rule: int) -> dict[str, object]:
    text = f"{found.message} Hint: {found.hint}" if found.hint else found.message
    return {"ruleId": found.code, "ruleIndex": rule, "level": _LEVELS[found.severity], "message": {"text": text},
            "locations": [_location(found)], "properties": {"severity": found.severity.value}}


def _location(found: Finding) -> dict[str, object]:
    place = found.place
    physical: dict[str, object] = {"artifactLocation": {"uri": quote(PurePath(place.file).as_posix(), safe="/:")}}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": max(1, place.column)}
    logical = [{"fullyQualifiedName": name} for name in (place.path, place.where) if name]
    return {"physicalLocation": physical, **({"logicalLocations": logical} if logical else {})}
