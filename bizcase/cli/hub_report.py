"""What `bizcase hub report` does: takes workbooks and the tracker back, and writes the report of what came of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from bizcase.bounded import Worker
from bizcase.cli.files import read_bytes, read_office, refusal
from bizcase.cli.finishing import Say
from bizcase.errors import BizcaseError, Finding, Place, Severity, in_reading_order
from bizcase.hub.years.board_report import board_report
from bizcase.hub.years.follow_up import REPORT, TALLY, TRACKER, FollowUp, files_named, follow_up
from bizcase.hub.years.kept_specifications import Carried, carried_by_bid
from bizcase.hub.years.realisation import Thresholds
from bizcase.hub.years.returned import PASSED_OVER, Returned, read_returned
from bizcase.hub.years.tracker import Kind, Tracker
from bizcase.hub.years.tracker_csv import MOST_BYTES, read_tracker
from bizcase.hub.years.typed import day_of
from bizcase.package import write_all
from bizcase.report.follow_up_text import follow_up_lines
from bizcase.report.text import counted, first_of
from bizcase.review.intake import Arrival, take_in
from bizcase.specification.parameters import load_conventions

BOARD_REPORT = "benefits-realisation.docx"
OURS = (REPORT, BOARD_REPORT, TRACKER, TALLY)
TABLES = (".xls", ".xlsb", ".ods", ".csv", ".numbers")
"""Files that may hold results, in a form that cannot be read; other files of the folder are nobody's concern here."""


def report_folder(folder: Path, output: Path, list_file: Path | None, on: date, say: Say, *, force: bool) -> tuple[str, bool]:
    """Writes the report of what is in a folder; gives what to print, and whether anything was found."""
    if not folder.is_dir():
        raise refusal(str(folder), "there is no such folder", "name the folder with the workbooks that came back")
    list_file = list_file or _list_in(folder)
    tracker, findings = _tracker(list_file)
    arrivals, passed_over = _arrivals(folder, output, list_file)
    with Worker() as worker:
        returned, told = _returned(worker, [each for each in arrivals if each.workbook], folder, say)
        carried = _carried(worker, arrivals, tracker, say)
    findings += [*passed_over, *told]
    if not returned and list_file is None:
        raise BizcaseError(*findings) if findings else refusal(
            str(folder), "it holds no benefits workbook and no tracker", "put the workbooks there, or name a list with --tracker")
    conventions = load_conventions()
    say("Writing the report")
    report = follow_up(returned, tracker, on, Thresholds(conventions.green, conventions.amber), name=str(list_file or TRACKER),
                       folder=_way(output, folder), missing=_missing(tracker, folder, list_file), carried=carried)
    files = {**report.files, BOARD_REPORT: board_report(report), **_set_aside(output / TRACKER, report.files[TRACKER], list_file)}
    write_all({output / name: content for name, content in files.items()}, force=force)
    findings = in_reading_order([*findings, *report.findings])
    lines = [*first_of(findings), *([""] if findings else []), *_summary(report, files, output, findings)]
    return "\n".join(lines), bool(findings)


def _set_aside(before: Path, new: bytes, list_file: Path | None) -> dict[str, bytes]:
    """The list of an earlier report that somebody may have written into since, under a name of its own."""
    if not before.is_file() or (list_file is not None and before.resolve() == list_file.resolve()):
        return {}
    content = before.read_bytes()
    names = (f"{before.stem}-earlier-{number}{before.suffix}" for number in count(1))
    return {} if content == new else {next(name for name in names if not before.with_name(name).exists()): content}


def _list_in(folder: Path) -> Path | None:
    """The hub's list in a folder: tracker.csv, or the one CSV file there that is such a list."""
    if (folder / TRACKER).is_file():
        return folder / TRACKER
    lists = [path for path in sorted(folder.glob("*.csv")) if path.name not in OURS and _is_list(path)]
    return lists[0] if len(lists) == 1 else None


def _is_list(path: Path) -> bool:
    try:
        read_tracker(read_bytes(path, MOST_BYTES, ".csv")[0], path.name)
    except BizcaseError:
        return False
    return True


def day_given(text: str, today: date) -> date:
    """The day that was given, or today. Raises BizcaseError where it is none."""
    try:
        return day_of(text) if text else today
    except ValueError:
        raise refusal("", f"--on {text!r} is not a day", "write it as 2026-10-03") from None


def _tracker(file: Path | None) -> tuple[Tracker, list[Finding]]:
    if file is None:
        return Tracker(), []
    tracker, findings = read_tracker(read_bytes(file, MOST_BYTES, ".csv")[0], str(file))
    return tracker, list(findings)


def _arrivals(folder: Path, output: Path, list_file: Path | None) -> tuple[list[Arrival], list[Finding]]:
    """The files of a folder, without what an earlier report wrote, and what was passed over."""
    intake = take_in([folder])
    written = output.resolve() if output.resolve() != folder.resolve() else None

    def is_ours(file: Path | str) -> bool:
        real = Path(file).resolve()
        return real.name in OURS or written in real.parents or (list_file is not None and real == list_file.resolve())

    arrivals = [each for each in intake.arrivals if not is_ours(each.workbook or each.name)]
    left = [found for found in intake.findings if not is_ours(found.place.file)]
    tables = [replace(found, place=Place(_inside(folder, found.place.file)), code=PASSED_OVER, severity=Severity.MAJOR,
                      message=found.message.removesuffix(", and is not reviewed"))
              for found in left if Path(found.place.file).suffix.casefold() in TABLES or Path(found.place.file).is_dir()]
    return arrivals, tables


def _returned(worker: Worker, arrivals: Sequence[Arrival], folder: Path, say: Say) -> tuple[list[Returned], list[Finding]]:
    """The workbooks that could be read, and why others could not; one bad file stops nothing."""
    returned: list[Returned] = []
    findings: list[Finding] = []
    for number, arrival in enumerate(arrivals, 1):
        assert arrival.workbook is not None
        name = _inside(folder, arrival.workbook)
        say(f"Reading {name} ({number} of {len(arrivals)})")
        try:
            returned.append(worker.run(read_returned, read_office(arrival.workbook), name))
        except BizcaseError as error:
            findings += error.findings
    return returned, findings


def _carried(worker: Worker, arrivals: Sequence[Arrival], tracker: Tracker, say: Say) -> list[Carried]:
    """What the bids in the folder carry, where something on the list was refused; a bid that cannot be read carries nothing."""
    found = []
    if any(event.event is Kind.REFUSED for event in tracker.events):
        for arrival in arrivals:
            if arrival.bid is not None:
                say(f"Reading {arrival.bid.name}")
                try:
                    found.append(worker.run(carried_by_bid, read_office(arrival.bid), str(arrival.bid)))
                except BizcaseError:
                    continue
    return [each for each in found if each is not None]


def _missing(tracker: Tracker, folder: Path, list_file: Path | None) -> set[str]:
    """The kept files that are neither beside the list nor in the folder."""
    places = [folder, *([list_file.parent] if list_file else [])]
    return {name for name in files_named(tracker) if not any(_exists(place / name) for place in places)}


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _inside(folder: Path, file: Path | str) -> str:
    """The name of a file within the folder."""
    path = Path(file)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(file)


def _way(output: Path, folder: Path) -> str:
    """The way from the report to the workbooks; the whole path where there is none, as between two drives."""
    try:
        way = Path(os.path.relpath(folder, output)).as_posix()
    except ValueError:
        return folder.resolve().as_posix()
    return "" if way == "." else way


def _summary(report: FollowUp, files: Iterable[str], output: Path, findings: Sequence[Finding]) -> list[str]:
    lines = follow_up_lines(report)
    lines += [f"{output / name} is written." for name in files]
    return [*lines, f"{counted(findings)}. `bizcase explain CODE` says what each means."] if findings else lines
