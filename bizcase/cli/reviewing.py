"""What `bizcase review` does: takes bids in, has each reviewed in a bounded process, and reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from textwrap import wrap

from bizcase.bounded import Worker
from bizcase.cli.files import read_bytes, read_office, read_text, refusal
from bizcase.cli.finishing import Say
from bizcase.cli.profiles import chosen_profile
from bizcase.cli.reporting import Telling, chosen_lenses, told
from bizcase.completeness.lens import look
from bizcase.completeness.lens_data import Lens
from bizcase.completeness.lens_text import lens_lines
from bizcase.errors import BizcaseError, Finding, Severity
from bizcase.package import COMMENTED_ENDING, write_all
from bizcase.report.earlier import earlier_findings
from bizcase.report.report import Report
from bizcase.report.text import by_severity, counted
from bizcase.review.comments import commented, remarks_of
from bizcase.review.intake import Arrival, Intake, take_in
from bizcase.review.reviewing import Asked, Reviewed, reviewed_bid, reviewed_workbook
from bizcase.review.rounds import Earlier, Entry, Standing, compared, counts, of_file

MOST_EARLIER = 50_000_000
"""Bytes of an earlier report."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked on the command line beside the files and the form of the report."""

    profile: str = ""
    specification: Path | None = None
    earlier: Path | None = None
    lenses: tuple[str, ...] = ()
    comments: bool = False


def review_files(given: Sequence[Path], options: Options, telling: Telling, today: str, say: Say) -> tuple[str, bool]:
    """The reports of all that was given, and whether anything as bad as was asked for was found."""
    lenses, asked = chosen_lenses(options.lenses), _asked(options)
    earlier = _earlier(options.earlier) if options.earlier is not None else None
    intake = take_in(given)
    if not intake.arrivals:
        raise _nothing_to_review(intake, given)
    reports = []
    copies: dict[Path, bytes] = {}
    with Worker() as worker:
        for number, arrival in enumerate(intake.arrivals, 1):
            say(f"Reviewing {arrival.name} ({number} of {len(intake.arrivals)})")
            report, copy = _one(worker, arrival, asked, lenses, comments=options.comments, today=today)
            reports.append(_with_rounds(report, earlier, intake) if earlier is not None else report)
            copies |= copy
    if all(report.unread for report in reports):
        raise BizcaseError(*(finding for report in reports for finding in report.findings), *intake.findings)
    reports += [_passed_over(finding) for finding in intake.findings]
    if copies:
        write_all(copies, force=telling.force)
    first = Path(intake.arrivals[0].name)
    stem = first.with_name(f"{first.stem}-review") if len(reports) == 1 else Path("bids-review")
    heading = "Review of bids" if len(reports) > 1 else f"Review of {reports[0].title or first.name}"
    text, found = told(reports, telling, stem, heading, _text, in_a_list=True)
    return "\n".join([text, *_afterwards(reports, intake, copies, telling)]), found


def _asked(options: Options) -> Asked:
    from bizcase.case import open_case
    from bizcase.provenance import section_digests

    profile = chosen_profile(options.profile) if options.profile else None
    if options.specification is None:
        return Asked(profile)
    case = open_case(read_text(options.specification), str(options.specification))
    if case.project is None:
        raise BizcaseError(*case.errors)
    return Asked(profile, case.project.digest, section_digests(case.project.data))


def _one(worker: Worker, arrival: Arrival, asked: Asked, lenses: Sequence[Lens], *, comments: bool, today: str
         ) -> tuple[Report, dict[Path, bytes]]:
    """One submission's report, and the copy with comments if one is wanted; a file that cannot be read is a report too."""
    try:
        content = read_office(arrival.bid or arrival.workbook or Path())
        workbook = (read_office(arrival.workbook), str(arrival.workbook)) if arrival.bid and arrival.workbook else None
        reader: Callable[[bytes, str], Reviewed] = (
            partial(reviewed_bid, asked=asked, workbook=workbook) if arrival.bid else partial(reviewed_workbook, asked=asked))
        found = worker.run(reader, content, arrival.name)
    except BizcaseError as error:
        return Report(arrival.name, "", (), error.findings, conclusion="It could not be reviewed.", unread=True), {}
    report = _report(found, lenses)
    if not comments or found.submission is None or arrival.bid is None:
        return report, {}
    remarks = remarks_of(found.findings, found.submission)
    return report, {_copy_of(arrival.bid): commented(content, remarks, today)} if remarks else {}


def _copy_of(bid: Path) -> Path:
    return bid.with_name(f"{bid.stem}{COMMENTED_ENDING}")


def _report(found: Reviewed, lenses: Sequence[Lens]) -> Report:
    results = tuple(look(lens, found.verdicts, found.doubts, found.profile.weights) for lens in lenses) if found.verdicts else ()
    worst_first = sorted(found.findings, key=lambda finding: list(Severity).index(finding.severity))
    facts = tuple((label, text) for label, text in found.facts if text)
    return Report(found.name, found.title, facts, tuple(worst_first), found.verdicts, results, _conclusion(found),
                  summary={"profile": found.profile.name, **dict(facts)})


def _conclusion(found: Reviewed) -> str:
    if not found.findings:
        return "Nothing to say against it."
    return f"{counted(found.findings)}. `bizcase explain CODE` says why a panel would mind."


def _passed_over(finding: Finding) -> Report:
    return Report(finding.place.file, "", (), (finding,), conclusion="It was not reviewed.")


def _text(report: Report) -> list[str]:
    """A bid's report in a terminal: what was found, or what the lenses show; the log of the rounds; then the facts."""
    lines = [f"{report.file}: {report.title}" if report.title else report.file]
    if report.lenses:
        lines += [line for result in report.lenses for line in ("", *lens_lines(result))]
    else:
        lines += by_severity(report.findings)
    if report.log:
        lines += ["", "Since the last round", *(line for entry in _answered_first(report.log) for line in _logged(entry))]
    width = max((len(label) for label, _ in report.facts), default=0)
    lines += ["", *(f"{label + ':':<{width + 1}} {text}" for label, text in report.facts)] if report.facts else []
    return [*lines, "", report.conclusion]


def _answered_first(log: Sequence[Entry]) -> list[Entry]:
    """What was answered, what is new, and, of what is still open, that to which the author said something."""
    order = (Standing.ANSWERED, Standing.NEW, Standing.OPEN)
    return sorted((entry for entry in log if entry.standing is not Standing.OPEN or entry.answer),
                  key=lambda entry: order.index(entry.standing))


def _logged(entry: Entry) -> list[str]:
    answer = f" (answer: {entry.answer})" if entry.answer else ""
    return wrap(f"{entry.message}{answer}", 100, initial_indent=f"  {entry.standing:<11} {entry.code:<6} ",
                subsequent_indent=" " * 8)


def _with_rounds(report: Report, earlier: Sequence[Earlier], intake: Intake) -> Report:
    log = compared(of_file(earlier, report.file, [arrival.name for arrival in intake.arrivals]), report.findings)
    return replace(report, log=log, facts=(*report.facts, *counts(log)))


def _earlier(file: Path) -> tuple[Earlier, ...]:
    content, size = read_bytes(file, MOST_EARLIER, ".xlsx")
    if size > MOST_EARLIER:
        raise refusal(str(file), f"the file holds {size:,} bytes and is no report", "name the report of the last round")
    return earlier_findings(content, str(file))


def _afterwards(reports: Sequence[Report], intake: Intake, copies: Sequence[Path] | dict[Path, bytes], telling: Telling
                ) -> list[str]:
    """What a person wants to know at the end: the copies, what was passed over, and one line a bid where there are several."""
    if telling.form in ("json", "sarif") and telling.output is None:
        return []
    lines = [f"Comments are in {path}" for path in copies]
    lines += [f"Passed over: {note}" for note in intake.notes]
    if len(reports) > 1 and telling.form == "text" and telling.output is None:
        width = max(len(report.file) for report in reports)
        lines += [f"{len(reports)} files:", *(f"  {report.file:<{width}}  {counted(report.findings)}" for report in reports)]
    return ["", *lines] if lines else []


def _nothing_to_review(intake: Intake, given: Sequence[Path]) -> BizcaseError:
    if intake.findings:
        return BizcaseError(*intake.findings)
    hint = f"passed over: {intake.notes[0]}" if intake.notes else "give a Word file, its workbook, or a folder that holds bids"
    return refusal(str(given[0]), "there is no bid to review", hint, "B02")
