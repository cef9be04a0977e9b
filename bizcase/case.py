"""One specification from text to finished files: the calls that the command line, and any other edge, makes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from bizcase.appraisal.analysis import Analysis, analyse
from bizcase.appraisal.figure import Figure
from bizcase.appraisal.figures import analysis_figures
from bizcase.completeness.assess import assess, findings_of, said_by_a_criterion
from bizcase.completeness.criterion import load_criteria
from bizcase.completeness.own_tests import faults_of_test
from bizcase.completeness.verdict import Verdict
from bizcase.document.gap import Gap
from bizcase.errors import Finding, IncompleteBid, Severity, TemplateFault, UnsoundProfile, UnsoundSpecification, in_reading_order
from bizcase.specification.blocks import Vocabulary
from bizcase.specification.check import MISSING, Checked, check_source, check_text
from bizcase.specification.doubts import doubts, unplaced_remarks
from bizcase.specification.given import given_figures
from bizcase.specification.layout import load_layout
from bizcase.specification.limits import limit_findings
from bizcase.specification.profile import Profile, load_profile, profile_names, template_path
from bizcase.specification.profile_file import read_profile
from bizcase.specification.project import Project
from bizcase.specification.shape import Section, Shape, load_shape
from bizcase.specification.source import Source
from bizcase.specification.terms import in_terms


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
    """The finished files, the figures they share with the cell of each, and the digest of the template that was used."""

    bid: bytes
    workbook: bytes
    figures: dict[str, Figure]
    cells: dict[str, tuple[str, str]]
    template: str


def open_profile(text: str, name: str, has_file: Callable[[str], bool]) -> Profile:
    """The profile of a hub's own file; `has_file` tells whether a file stands in its folder, or below it.

    Raises UnsoundProfile, with all that is wrong, or UnreadableFile.
    """
    profile, findings = read_profile(text, name, vocabulary(), has_file)
    if profile is None:
        raise UnsoundProfile(*in_reading_order(findings))
    return replace(profile, text=text)


@cache
def vocabulary() -> Vocabulary:
    """What a profile may name beside sections and fields."""
    return Vocabulary(load_layout().blocks, tuple(criterion.code for criterion in load_criteria()), profile_names(),
                      lambda test: faults_of_test(test, load_shape()))


@dataclass(frozen=True, slots=True)
class HouseTemplate:
    """A Word template that a house made its own: its name, for messages, and its bytes."""

    name: str
    content: bytes


def open_case(text: str, name: str, profile: Profile | str = "", parameters: str = "") -> Case:
    """Checks, analyses and assesses a specification's text, with the profile and the parameter set it names unless others
    are given.

    Raises UnreadableFile where it cannot be read at all, and KeyError for an unknown profile or parameter set.
    """
    return _opened(check_text(text, name, profile, parameters))


def open_source(source: Source, profile: Profile | str = "", parameters: str = "") -> Case:
    """The case of a specification that has been read, without anything wrong with it as text; else as `open_case`."""
    return _opened(check_source(source, [], profile, parameters))


def _opened(checked: Checked) -> Case:
    project = checked.project
    if project is None:
        return Case(checked, None, (), tuple(in_reading_order([*checked.findings, *unplaced_remarks(checked.source)])))
    verdicts = assess(project, checked.source)
    of_the_file = [finding for finding in checked.findings
                   if finding.code != MISSING or not said_by_a_criterion(finding.place.path, verdicts)]
    analysis = analyse(project.inputs, project.parameters)
    too_long = limit_findings(project, checked.source, load_shape())
    findings = in_reading_order([*of_the_file, *findings_of(verdicts, checked.source),
                                 *doubts(project, checked.source, analysis), *too_long])
    return Case(checked, analysis, verdicts, tuple(findings))


def build(case: Case, *, draft: bool = False, template: HouseTemplate | None = None) -> Built:
    """The bid and the workbook of a case, in the profile's own template or in that of the house.

    Raises UnsoundSpecification while there are errors, IncompleteBid while there are blockers (unless `draft`),
    TemplateFault or WorkbookDisagrees where a file would not be right. A house's template is checked before it is opened.
    """
    from bizcase.document.bid import write_bid
    from bizcase.workbook.write import write_workbook

    project, analysis = case.project, case.analysis
    if project is None or analysis is None:
        raise UnsoundSpecification(*case.errors)
    if case.blockers and not draft:
        raise IncompleteBid(*case.blockers)
    template = template or own_template(project.profile)
    if template is not None and (faults := _template_faults(template, project.profile)):
        raise TemplateFault(*faults)
    template = template or _shipped_template(project.profile)
    shape = in_terms(load_shape(), project.profile.terms)
    given = given_figures(project, shape)
    figures = {found.id: found for found in (*given, *analysis_figures(analysis, project.profile.currency))}
    workbook = write_workbook(project, analysis, given)
    bid = write_bid(project, analysis, shape, figures, _gaps(case, shape), template.content, template.name, draft=draft)
    return Built(bid, workbook.content, figures, dict(workbook.cells), hashlib.sha256(template.content).hexdigest())


@lru_cache(maxsize=8)
def _template_faults(template: HouseTemplate, profile: Profile) -> tuple[Finding, ...]:
    """What keeps a house's template from being used; kept, since many bids are built with one."""
    from bizcase.document.lint import template_errors

    return tuple(template_errors(template.content, template.name, profile, load_shape()))


def own_template(profile: Profile) -> HouseTemplate | None:
    """The Word file that a hub's own profile names; None for a profile that ships, or that has its template made for it."""
    path = template_path(profile)
    return HouseTemplate(str(path), path.read_bytes()) if path is not None and profile.template != path.parent.name else None


def _shipped_template(profile: Profile) -> HouseTemplate:
    """The template that ships for a profile. One with other parts, a hub's own, gets the same style with its own parts."""
    path = template_path(profile)
    if path is None or _printed_by(profile) != _printed_by(load_profile(profile.template)):
        return HouseTemplate(profile.name, _made(profile))
    return HouseTemplate(path.name, path.read_bytes())


def _printed_by(profile: Profile) -> tuple[object, ...]:
    """What of a profile goes into its template."""
    return profile.parts, profile.annexes, profile.short, profile.terms


@lru_cache(maxsize=8)
def _made(profile: Profile) -> bytes:
    from bizcase.document.stylesheet import House
    from bizcase.document.template import make_template

    return make_template(profile, load_shape(), House())


def _gaps(case: Case, shape: Shape) -> Iterator[Gap]:
    """What a draft says is missing, in its section: the missing fields, then the criteria that are not met."""
    for finding in case.findings:
        section = finding.place.path.split(".")[0]
        if finding.code == MISSING and section in shape.names:
            found = shape.find(re.sub(r"\[\d+\]", "[]", finding.place.path))
            yield Gap(section, f"Missing: {_label(finding.place.path, shape)}. {finding.hint}", found.why if found else "")
    for verdict in case.verdicts:
        if verdict.to_tell:
            criterion = verdict.criterion
            yield Gap(criterion.section, f"Missing ({criterion.code}): {verdict.missing}. {criterion.remedy}", criterion.why)


def _label(path: str, shape: Shape) -> str:
    """What people call the field at a path, with the row where it is one of many: `Owner (row 3)`."""
    found = shape.find(re.sub(r"\[\d+\]", "[]", path))
    rows = re.findall(r"\[(\d+)\]", path)
    if found is None:
        return path
    name = "this section" if isinstance(found, Section) else found.label
    return name + (f" (row {rows[-1]})" if rows else "")
