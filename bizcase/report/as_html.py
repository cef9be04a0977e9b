"""Reports as one page that needs nothing beside it: no script, no picture, no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from jinja2 import Environment, StrictUndefined, Template

from bizcase import __version__, resources
from bizcase.completeness.lens import Score
from bizcase.errors import Finding
from bizcase.report.report import Report
from bizcase.report.text import HEADINGS, visible


def reports_html(reports: Sequence[Report], heading: str) -> str:
    """The page; text from files is escaped, its control and direction characters made visible."""
    return _page().render(reports=reports, heading=heading, version=__version__)


@cache
def _page() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                              finalize=lambda value: visible(value) if type(value) is str else value)
    environment.globals.update(by_severity=_by_severity, count=_count)
    return environment.from_string((resources.folder("templates") / "report" / "page.html").read_text("utf-8"))


def _by_severity(report: Report) -> Iterator[tuple[str, list[Finding]]]:
    """The findings under words for their severity, the worst first."""
    for severity, heading in HEADINGS.items():
        if found := [finding for finding in report.findings if finding.severity is severity]:
            yield heading, found


def _count(score: Score) -> str:
    """How many criteria are met; nothing where none arises or can be told."""
    return f"{score.met:g} of {score.of:g}" if score.of else ""
