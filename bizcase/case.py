"""One specification from text to finished files: the calls that the command line, and any other edge, makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bizcase.appraisal.analysis import Analysis, analyse
from bizcase.appraisal.figure import Figure
from bizcase.appraisal.figures import analysis_figures
from bizcase.completeness.assess import Verdict, assess, findings_of, said_by_a_criterion
from bizcase.document.gap import Gap
from bizcase.errors import Finding, IncompleteBid, Severity, UnsoundSpecification, in_reading_order
from bizcase.specification.check import MISSING, Checked, check_text
from bizcase.specification.doubts import doubts
from bizcase.specification.given import given_figures
from bizcase.specification.project import Project
from bizcase.specification.shape import Section, Shape, load_shape


@dataclass(frozen=True, slots=True)
class Case:
    """A checked specification with its analysis and verdicts; the last three are empty while there are errors."""

    checked: Checked
    analysis: Analysis | None
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]

    @property
    def project(self) -> Project | None:
        return self.checked.project

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def blockers(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is Severity.BLOCKER)


@dataclass(frozen=True, slots=True)
class Built:
    """The finished files and the figures they share."""

    bid: bytes
    workbook: bytes
    figures: dict[str, Figure]
    cells: dict[str, tuple[str, str]]


def open_case(text: str, name: str, profile: str = "", parameters: str = "") -> Case:
    """Checks, analyses and assesses a specification's text, with the profile and the parameter set it names unless others
    are given.

    Raises UnreadableFile where it cannot be read at all, and KeyError for an unknown profile or parameter set.
    """
    checked = check_text(text, name, profile, parameters)
    project = checked.project
    if project is None:
        return Case(checked, None, (), checked.findings)
    verdicts = assess(project)
    of_the_file = [finding for finding in checked.findings
                   if finding.code != MISSING or not said_by_a_criterion(finding.place.path, verdicts)]
    analysis = analyse(project.inputs, project.parameters)
    findings = in_reading_order([*of_the_file, *findings_of(verdicts, checked.source),
                                 *doubts(project, checked.source, analysis)])
    return Case(checked, analysis, verdicts, tuple(findings))


def build(case: Case, *, draft: bool = False) -> Built:
    """The bid and the workbook of a case.

    Raises UnsoundSpecification while there are errors, IncompleteBid while there are blockers (unless `draft`),
    TemplateFault or WorkbookDisagrees where a file would not be right.
    """
    from bizcase.document.bid import write_bid
    from bizcase.workbook.write import write_workbook

    project, analysis = case.project, case.analysis
    if project is None or analysis is None:
        raise UnsoundSpecification(*case.errors)
    if case.blockers and not draft:
        raise IncompleteBid(*case.blockers)
    shape = load_shape()
    given = given_figures(project, shape)
    figures = {found.id: found for found in (*given, *analysis_figures(analysis))}
    workbook = write_workbook(project, analysis, given)
    bid = write_bid(project, analysis, shape, figures, _gaps(case, shape), draft=draft)
    return Built(bid, workbook.content, figures, dict(workbook.cells))


def _gaps(case: Case, shape: Shape) -> Iterator[Gap]:
    """What a draft says is missing, in its section: the missing fields, then the criteria that are not met."""
    for finding in case.findings:
        section = finding.place.path.split(".")[0]
        if finding.code == MISSING and section in shape.names:
            yield Gap(section, f"Missing: {_label(finding.place.path, shape)}. {finding.hint}")
    for verdict in case.verdicts:
        if not verdict.met:
            criterion = verdict.criterion
            yield Gap(criterion.section, f"Missing ({criterion.code}): {verdict.missing}. {criterion.remedy}")


def _label(path: str, shape: Shape) -> str:
    """What people call the field at a path, with the row where it is one of many: `Owner (row 3)`."""
    found = shape.find(re.sub(r"\[\d+\]", "[]", path))
    rows = re.findall(r"\[(\d+)\]", path)
    if found is None:
        return path
    name = "this section" if isinstance(found, Section) else found.label
    return name + (f" (row {rows[-1]})" if rows else "")
