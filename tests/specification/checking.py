"""Reads and checks small texts for tests, and gives what was found in a form that stands beside its input."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bizcase.case import open_case
from bizcase.errors import Finding, Severity, UnreadableFile
from bizcase.specification.check import Checked, check_text
from bizcase.specification.file_text import decode
from bizcase.specification.project import Project
from bizcase.specification.source import read

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def valid_examples() -> list[Path]:
    return sorted(path for path in (EXAMPLES / "valid").iterdir() if path.suffix in (".yaml", ".json"))


def invalid_examples() -> list[Path]:
    return sorted(path for path in (EXAMPLES / "invalid").iterdir() if path.suffix in (".yaml", ".json"))


def code_of(path: Path) -> str:
    """The fault that an invalid example is named by."""
    return path.name.split("-")[0]


def data_of(text: str) -> dict[str, Any]:
    """The data of a text that reads without findings."""
    source, findings = read(text, "bid.yaml")
    assert not findings, told(findings)
    return source.data


def findings_of(text: str, name: str = "bid.yaml") -> tuple[Finding, ...]:
    """All findings of a text, from reading to assessing; a text that cannot be read at all gives its one finding."""
    try:
        return open_case(text, name).findings
    except UnreadableFile as error:
        return error.findings


def errors_of(text: str) -> list[str]:
    """What is wrong with a text, in reading order: `2:10 E22 …`. What is only missing from a small text is left out."""
    return told(finding for finding in findings_of(text) if finding.severity is Severity.ERROR)


def told(findings: Any) -> list[str]:
    return [f"{found.place.line}:{found.place.column} {found.code} {found.message}" for found in findings]


def places_of(text: str) -> list[str]:
    """Where the errors of a text stand and their codes, without their words."""
    return [" ".join(line.split()[:2]) for line in errors_of(text)]


def refusal_of(raw: bytes) -> str:
    """The one line with which a file's bytes are refused."""
    try:
        read(decode(raw, "bid.yaml"), "bid.yaml")
    except UnreadableFile as error:
        [finding] = error.findings
        return f"{finding.place}: {finding.code} {finding.message}"
    raise AssertionError("the bytes were not refused")


def sound(text: str) -> Checked:
    """A text that must have no errors, checked."""
    checked = check_text(text, "bid.yaml")
    assert checked.project is not None, told(checked.findings)
    return checked


def project_of(text: str) -> Project:
    """The project of a text that must have no errors."""
    project = sound(text).project
    assert project is not None
    return project
