"""What `bizcase check` does: a specification against its rules, its doubts, the register and the lenses; a Word file for
accessibility."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bizcase.case import Case
from bizcase.cli.files import read_office, refusal
from bizcase.cli.opening import build_command, opened
from bizcase.cli.reporting import Telling, chosen_lenses, told
from bizcase.completeness.lens import LensResult, look
from bizcase.completeness.lens_data import Lens
from bizcase.completeness.lens_text import lens_lines
from bizcase.errors import Finding, Severity
from bizcase.report.overview import overview, overview_lines
from bizcase.report.report import Report
from bizcase.report.text import counted, first_of

WORD_ENDINGS = (".docx", ".docm", ".dotx", ".dotm", ".doc")


def check_file(file: Path, profile: str, parameters: str, lenses: Sequence[str], telling: Telling) -> tuple[str, bool]:
    """The report of a check, and whether it found anything as bad as was asked for."""
    if file.suffix.casefold() in WORD_ENDINGS:
        report = _of_a_word_file(file, bool(profile or parameters or lenses))
    else:
        report = _of_a_specification(file, profile, parameters, chosen_lenses(lenses))
    return told([report], telling, file.with_name(f"{file.stem}-check"), f"Check of {report.title or file.name}", _text)


def _of_a_specification(file: Path, profile: str, parameters: str, lenses: Sequence[Lens]) -> Report:
    case = opened(file, profile, parameters)
    doubts = {finding.code: finding for finding in reversed(case.findings)}
    weights = case.project.profile.weights if case.project else {}
    results: tuple[LensResult, ...] = tuple(
        look(lens, case.verdicts, doubts, weights) for lens in lenses) if case.project else ()
    summary = overview(case)
    return Report(str(file), str(summary.get("title", "")), tuple(overview_lines(case)), case.findings, case.verdicts, results,
                  _verdict(case, build_command(file, profile, parameters)), summary=summary)


def _text(report: Report) -> list[str]:
    """What is wrong, or what the lenses show; then the facts and the way on."""
    errors = [found for found in report.findings if found.severity is Severity.ERROR]
    lines: list[str] = []
    if report.lenses:
        lines += first_of(errors)
        for result in report.lenses:
            lines += ["", *lens_lines(result)]
    else:
        lines += first_of(report.findings)
    lines += _waived(report)
    width = max((len(label) for label, _ in report.facts), default=0)
    lines += ["", *(f"{label + ':':<{width + 1}} {text}" for label, text in report.facts)] if report.facts else []
    return [*lines, "", report.conclusion]


def _waived(report: Report) -> list[str]:
    waived = [f"{each.criterion.code} is not asked by this profile: {each.waived}" for each in report.verdicts if each.waived]
    return ["", *waived] if waived else []


def _of_a_word_file(file: Path, for_a_specification: bool) -> Report:
    from bizcase.document.accessibility import accessibility_findings

    if for_a_specification:
        raise refusal(str(file), "a Word file is checked for accessibility alone: it has no profile, parameters or lens here",
                      "leave the option out, or review it: bizcase review")
    findings = tuple(accessibility_findings(read_office(file), str(file)))
    return Report(str(file), "", (), findings, conclusion=_of_accessibility(findings))


def _of_accessibility(findings: Sequence[Finding]) -> str:
    if not findings:
        return "Nothing to fix: it is accessible, as far as a program can tell."
    return f"{counted(findings)}. `bizcase explain CODE` says why."


def _verdict(case: Case, command: str) -> str:
    if case.errors:
        return f"{counted(case.findings)}. Correct the errors; then more can be checked. `bizcase explain CODE` says why."
    if case.blockers:
        return (f"{counted(case.findings)}. A draft can be built: {command} --draft. "
                "`bizcase explain CODE` says why a panel would mind.")
    if case.findings:
        return f"{counted(case.findings)}. Nothing stops the build: {command}"
    return f"Nothing to fix. Next: {command}"
