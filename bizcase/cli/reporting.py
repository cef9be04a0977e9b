"""The edge of every report: in which form it is told, where it goes, and when it counts as found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bizcase.cli.files import refusal
from bizcase.completeness.lens_data import Lens, load_lenses
from bizcase.errors import Severity
from bizcase.package import write_all
from bizcase.report.report import Report
from bizcase.specification.words import listed, nearest

FORMS = ("text", "json", "html", "sarif", "xlsx")
LEVELS = (*(severity.value for severity in Severity), "never")
ALL = "all"


@dataclass(frozen=True, slots=True)
class Telling:
    """How a report is wanted: its form, the file it goes to (none: the terminal, or a file named after what was looked at),
    and from which severity on something counts as found."""

    form: str = "text"
    output: Path | None = None
    fail_on: str = Severity.ADVISORY.value
    force: bool = False


def told(reports: Sequence[Report], telling: Telling, stem: Path, heading: str, text: Callable[[Report], list[str]],
         *, in_a_list: bool = False) -> tuple[str, bool]:
    """What to print, and whether anything as bad as was asked for was found. A form that no terminal shows goes to a file
    beside `stem`. JSON holds a list of reports, be it of one, or that of the one file that there can be. Raises OutputRefused
    where a file is there already."""
    found = any(_counts(finding.severity, telling.fail_on) for report in reports for finding in report.findings)
    content = _written(reports, telling.form, heading, text, in_a_list=in_a_list)
    output = telling.output or (Path(f"{stem}.{telling.form}") if telling.form in ("html", "xlsx") else None)
    if output is None:
        return content.decode("utf-8"), found
    write_all({output: content}, force=telling.force)
    conclusions = [f"{report.file}: {report.conclusion}" if len(reports) > 1 else report.conclusion for report in reports]
    return "\n".join([f"{output} is written.", *conclusions]), found


def _written(reports: Sequence[Report], form: str, heading: str, text: Callable[[Report], list[str]], *, in_a_list: bool
             ) -> bytes:
    match form:
        case "json":
            from bizcase.report.as_json import report_json, reports_json

            return (reports_json(reports) if in_a_list else report_json(reports[0])).encode()
        case "html":
            from bizcase.report.as_html import reports_html

            return reports_html(reports, heading).encode()
        case "sarif":
            from bizcase.report.as_sarif import reports_sarif

            return reports_sarif(reports).encode()
        case "xlsx":
            from bizcase.report.as_workbook import reports_workbook

            return reports_workbook(reports)
        case _:
            return "\n\n".join("\n".join(text(report)).strip("\n") for report in reports).encode()


def _counts(severity: Severity, level: str) -> bool:
    """Whether a finding is at least as bad as a level; an error always is, unless nothing counts."""
    return level != "never" and list(Severity).index(severity) <= LEVELS.index(level)


def chosen_lenses(names: Sequence[str]) -> tuple[Lens, ...]:
    """The lenses of these names, `all` for every one. Raises BizcaseError for a name that is none."""
    known = {lens.name: lens for lens in load_lenses()}
    for name in names:
        if name not in (*known, ALL):
            word = nearest(name, (*known, ALL))
            raise refusal("", f"there is no lens {name!r}; there are: {listed((*known, ALL))}",
                          f"did you mean {word}?" if word else "", "E98")
    return tuple(lens for name, lens in known.items() if name in names or ALL in names)
