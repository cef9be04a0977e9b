"""What `bizcase hub build` does: reads a folder, has what changed built, writes each result as it comes, and tells the end."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from bizcase.cli.files import read_office, refusal
from bizcase.cli.hub_inputs import Jobs
from bizcase.cli.hub_summary import Line, Summary, summary_text
from bizcase.errors import BizcaseError, Finding, OutputRefused, Severity
from bizcase.hub.batch.comparison import PORTFOLIO, comparison_files
from bizcase.hub.batch.engine import Engine, cluster, local, processors
from bizcase.hub.batch.folder import Folder, Input, look_into
from bizcase.hub.batch.job import Job, Product, key_of, program
from bizcase.hub.batch.kept import Memory, Standing, edited
from bizcase.hub.batch.run import run
from bizcase.hub.comparing.judgement import Judgement, as_text, from_text
from bizcase.hub.entry import Entry, Outcome
from bizcase.package import sweep

NOT_USABLE = "G07"
DONE, FOUND_SOMETHING, STOPPED = 0, 1, 130
"""Exit codes; the last is that of a program that somebody stopped with Ctrl-C."""

Counting = Callable[[int], AbstractContextManager[Callable[[str], None]]]
"""Shows that so many are to be built, and takes the name of each that was."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked on the command line beside the folders; no `jobs` means as many as there are processors."""

    profile: str = ""
    parameters: str = ""
    template: Path | None = None
    jobs: int = 0
    engine: str = ""
    force: bool = False


def build_folder(folder: Path, out: Path, options: Options, counting: Counting) -> tuple[str, int]:
    """Builds what is new or has changed in a folder; gives what to print, and the exit code."""
    jobs = Jobs(options.profile, options.parameters, options.template)
    found = _looked_into(folder, out)
    memory = Memory(out)
    sweep(memory.folders() | {(out / made.bid).parent for made in found.inputs})
    building = _Building(folder, found, memory, jobs, options)
    with _stoppable() as stopped:
        building.plan()
        building.build(counting, stopped)
        summary = building.compare(stopped=stopped())
    return summary_text(summary), STOPPED if summary.stopped else FOUND_SOMETHING if summary.wants_attention else DONE


def _looked_into(folder: Path, out: Path) -> Folder:
    if not folder.is_dir():
        raise refusal(str(folder), "there is no such folder", "give the folder that holds the submissions", NOT_USABLE)
    if out.resolve() == folder.resolve():
        raise refusal(str(out), "what is built cannot go into the folder of the submissions itself",
                      f"try -o {folder / 'built'}", NOT_USABLE)
    if out.exists() and not out.is_dir():
        raise refusal(str(out), "-o names a folder, and this is a file", "choose another name with -o", NOT_USABLE)
    found = look_into(folder, out)
    if not found.inputs:
        raise BizcaseError(*refusal(str(folder), "there is nothing to build in this folder",
                                    "put the specifications (.yaml) and filled forms (.xlsx) there", NOT_USABLE).findings,
                           *found.findings)
    return found


class _Building:
    """One run over a folder. What was built is written at once and then forgotten, but for what the summary needs."""

    def __init__(self, folder: Path, found: Folder, memory: Memory, jobs: Jobs, options: Options) -> None:
        self.folder, self.found, self.memory, self.jobs, self.options = folder, found, memory, jobs, options
        self.lines: dict[str, Line] = {}
        self.unkept: dict[str, Entry] = {}
        self.keys: dict[str, str] = {}
        self.to_build: list[Input] = []
        self.built = 0

    def plan(self) -> None:
        """Sorts the inputs into those that are as they were, those that cannot or must not be built, and the rest."""
        for made in self.found.inputs:
            job = self._job(made)
            if job is None:
                continue
            match self.memory.standing(made.name, job.key, files=(made.bid, made.workbook)):
                case Standing.KEPT:
                    self._as_it_was(made)
                case Standing.EDITED if not self.options.force:
                    self._as_it_was(made, self._edited(made, Severity.ADVISORY))
                case Standing.EDITED_AND_OUT_OF_DATE if not self.options.force:
                    self._not_kept(Entry(made.name, job.key, Outcome.FAILED, self._edited(made)))
                case _:
                    self.to_build.append(made)

    def build(self, counting: Counting, stopped: Callable[[], bool]) -> None:
        """Builds the rest, and writes each as soon as it is there."""
        if not self.to_build:
            return
        with self._engine() as engine, counting(len(self.to_build)) as say:
            for product in run(self._left_to_build(), engine, stopped=stopped):
                self._take(product)
                self.built += 1
                say(product.entry.name)

    def compare(self, *, stopped: bool) -> Summary:
        """The files about all submissions, unless none of them changed or not all are there; then what there is to tell."""
        gone = tuple(sorted(self.memory.records.keys() - {made.name for made in self.found.inputs}))
        lines = tuple(self.lines[name] for name in sorted(self.lines))
        summary = Summary(self.folder, self.memory.out, lines, self.found.findings, gone)
        if stopped and self.built < len(self.to_build):
            return replace(summary, stopped=(self.built, len(self.to_build)))
        title = re.sub(r"[\s_-]+", " ", self.folder.resolve().name).strip().capitalize() or "Submissions"
        key = key_of(program(), title, *(part for line in lines for part in self._parts(line)))
        if self.memory.standing_of_comparison(key) is Standing.KEPT:
            return replace(summary, comparison=self._compared())
        entries = list(self._entries(lines))
        if self.memory.comparison is not None and not any(entry.is_built for entry in entries):
            return replace(summary, left=True)
        earlier = from_text(self.memory.judgement)
        typed, told = self._typed()
        judgement = (typed.over(earlier) if typed is not None else earlier).of(entries)
        try:
            aside = self.memory.keep_comparison(key, comparison_files(entries, title, judgement), as_text(judgement),
                                                force=self.options.force)
        except BizcaseError as error:
            return replace(summary, refused=(*told, *error.findings))
        waiting = tuple(sorted(judgement.judged - {entry.name for entry in entries if entry.is_built}))
        return replace(summary, comparison=self._compared(), refused=told, aside=aside, judged=judgement.says_something,
                       waiting=waiting)

    def _compared(self) -> tuple[str, ...]:
        return tuple(self.memory.comparison.files) if self.memory.comparison else ()

    def _typed(self) -> tuple[Judgement | None, tuple[Finding, ...]]:
        """What the hub typed into the portfolio that is there, None where none can be read, and what cannot be taken over."""
        path = self.memory.out / PORTFOLIO
        if self.memory.comparison is None or not path.is_file():
            return None, ()
        from bizcase.bounded import bounded
        from bizcase.hub.portfolio.read_back import judgement_in

        try:
            return bounded(judgement_in, read_office(path), str(path))
        except BizcaseError as error:
            return None, error.findings

    def _parts(self, line: Line) -> Iterator[str]:
        """What of a submission shows in the files about all of them."""
        yield from (line.name, line.outcome.value, self.keys.get(line.name, ""))
        yield from (f"{finding.place} {finding.code} {finding.message}" for finding in line.findings)

    def _job(self, made: Input) -> Job | None:
        """The job of an input; None where its file cannot be read, which is told."""
        try:
            job = self.jobs.job(made)
        except BizcaseError as error:
            self._not_kept(Entry(made.name, "", Outcome.FAILED, error.findings))
            return None
        self.keys[made.name] = job.key
        return job

    def _left_to_build(self) -> Iterator[Job]:
        for made in self.to_build:
            job = self._job(made)
            if job is not None:
                yield job
            else:
                self.built += 1

    def _engine(self) -> AbstractContextManager[Engine]:
        if self.options.engine:
            return cluster(self.options.engine)
        return nullcontext(local(min(self.options.jobs or processors(), len(self.to_build))))

    def _take(self, product: Product) -> None:
        entry = product.entry
        if not product.settled:
            self._not_kept(entry)
            return
        contents = {entry.bid: product.bid, entry.workbook: product.workbook} if entry.is_built else {}
        try:
            self.memory.keep(entry, contents, force=self.options.force)
        except OutputRefused as error:
            self._not_kept(Entry(entry.name, entry.key, Outcome.FAILED, error.findings))
        else:
            self.lines[entry.name] = self._line(entry.name)

    def _not_kept(self, entry: Entry) -> None:
        self.unkept[entry.name] = entry
        self.lines[entry.name] = Line(entry.name, entry.outcome, entry.findings)

    def _as_it_was(self, made: Input, told: tuple[Finding, ...] = ()) -> None:
        self.lines[made.name] = replace(self._line(made.name), unchanged=True, told=told)

    def _line(self, name: str) -> Line:
        record = self.memory.records[name]
        return Line(name, record.outcome, record.findings, earlier=() if record.files else tuple(record.before))

    def _edited(self, made: Input, severity: Severity = Severity.ERROR) -> tuple[Finding, ...]:
        return tuple(edited(file, severity) for file in self.memory.edited(made.name))

    def _entries(self, lines: tuple[Line, ...]) -> Iterator[Entry]:
        for line in lines:
            entry = self.unkept.get(line.name) or self.memory.entry(line.name)
            yield entry or Entry(line.name, "", Outcome.FAILED, line.findings)


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Lets Ctrl-C stop the work where nothing is half done; pressed again, it stops at once."""
    pressed = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)
