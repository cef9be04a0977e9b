"""Everything that can be said of a Word template before a bid is built from it: all findings at once, in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.document.linting.bounds import beyond_bounds
from bizcase.document.linting.coverage import misnamed_controls, missing, unreachable
from bizcase.document.linting.dangers import dangers
from bizcase.document.linting.found import Use
from bizcase.document.linting.leftovers import broken_frame, leftovers
from bizcase.document.linting.names import resolve_names
from bizcase.document.linting.package import opened
from bizcase.document.linting.placement import misplaced
from bizcase.document.linting.sentinel import Sentinel, sentinel
from bizcase.document.linting.story import Story, read_stories
from bizcase.document.linting.styles import style_faults
from bizcase.document.linting.syntax import parse, refused
from bizcase.document.linting.told import told
from bizcase.document.linting.trial import trial
from bizcase.errors import Finding, Severity
from bizcase.specification.profile import Profile
from bizcase.specification.shape import Shape

_BLOCKS = ("T10", "T11", "T13")


def template_findings(template: bytes, name: str, profile: Profile, shape: Shape) -> list[Finding]:
    """What is misspelt, missing, unreachable or unsafe in a template for a profile, and what goes wrong when it is tried.

    It is rendered only if nothing else is wrong, and never opened by Word's library if it is not safe to open.
    """
    read, findings = _read(template, name)
    if read is None:
        return findings
    known = sentinel(profile)
    about_tags, uses = _about_tags(read, known, name)
    findings += about_tags
    findings += [*style_faults(read.parts, read.stories, name), *leftovers(read.stories, name),
                 *broken_frame(read.stories, known.names, name), *misnamed_controls(read.stories, name),
                 *unreachable(uses, profile, shape, name)]
    if not _errors(about_tags):
        findings += missing(uses, known.names, profile, shape, name)
    if not _errors(findings):
        styles = {(kind, style) for story in read.stories for kind, style, _ in story.styles}
        findings += trial(template, name, known, uses, styles)
    return list(dict.fromkeys(findings))


def template_errors(template: bytes, name: str, profile: Profile, shape: Shape) -> list[Finding]:
    """What would stop a bid from being built from a template, or make it unsafe; without trying it."""
    read, findings = _read(template, name)
    if read is not None:
        findings += _about_tags(read, sentinel(profile), name)[0]
        findings += broken_frame(read.stories, sentinel(profile).names, name)
    return _errors(list(dict.fromkeys(findings)))


@dataclass(frozen=True, slots=True)
class _Template:
    parts: dict[str, bytes]
    stories: list[Story]


def _read(template: bytes, name: str) -> tuple[_Template | None, list[Finding]]:
    """The template's rendered parts; none where it is not safe to go on."""
    parts, findings = opened(template, name)
    if findings:
        return None, findings
    stories = read_stories(parts)
    if not any(story.tags for story in stories):
        return None, [told(name, None, "T01", "no {{ tag }} stands in it: this is a finished document, not a template",
                           "start from one made by bizcase template new")]
    return _Template(parts, stories), list(dangers(parts, stories, name))


def _about_tags(read: _Template, known: Sentinel, name: str) -> tuple[list[Finding], list[Use]]:
    uses: list[Use] = []
    findings = list(beyond_bounds(read.stories, name))
    if findings:
        return findings, uses
    findings = list(misplaced(read.parts, read.stories, name))
    for story in read.stories:
        blocks_told = any(finding.code in _BLOCKS and finding.place.path.startswith(story.part) for finding in findings)
        parsed, problems = parse(story, name, blocks_told=blocks_told)
        resolved = resolve_names(parsed, known.names, name)
        findings += [*problems, *refused(parsed, name), *resolved.findings]
        uses += resolved.uses
    return findings, uses


def _errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]
