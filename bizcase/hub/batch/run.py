"""Builds many submissions on an engine: one that fails, or ends the process that builds it, stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait

from bizcase.errors import BizcaseError, Finding, Place, Severity
from bizcase.hub.batch.engine import ENGINE, Engine, begin_one
from bizcase.hub.batch.job import Job, Product, failed, product_of

ENDED = "G06"
_LOOKS_UP = 0.3
"""Seconds after which a wait looks up, to see whether the work was stopped."""

Work = Callable[[Job], Product]


def work(job: Job) -> Product:
    """What is done with each submission, wherever that is."""
    begin_one()
    return product_of(job)


def run(jobs: Iterable[Job], engine: Engine, *, stopped: Callable[[], bool] = lambda: False, work: Work = work
        ) -> Iterator[Product]:
    """The products of all jobs, each as soon as it is there. Jobs are taken as they are needed, so that memory stays flat.

    Once `stopped` says so, no more are begun, and those under way still come. Raises BizcaseError where the engine is lost.
    """
    return _Run(iter(jobs), engine, stopped, work).products()


class _Run:
    """Keeps the engine busy; where its processes end, what was under way is built one at a time, to find which ended them."""

    def __init__(self, jobs: Iterator[Job], engine: Engine, stopped: Callable[[], bool], work: Work) -> None:
        self.jobs, self.engine, self.stopped, self.work = jobs, engine, stopped, work
        self.executor: Executor = engine.start()
        self.under_way: dict[Future[Product], Job] = {}

    def products(self) -> Iterator[Product]:
        try:
            while True:
                suspects = self._fill()
                if not self.under_way and not suspects:
                    return
                done, _ = wait(self.under_way, _LOOKS_UP, FIRST_COMPLETED)
                if self.stopped():
                    self._give_up_what_waits()
                for future in done & self.under_way.keys():
                    job = self.under_way.pop(future)
                    try:
                        yield self._result(future, job)
                    except BrokenExecutor:
                        suspects.append(job)
                if suspects:
                    yield from self._one_by_one(suspects)
        finally:
            self._give_up_what_waits()
            self.executor.shutdown(wait=True)

    def _fill(self) -> list[Job]:
        """Submits jobs up to what the engine is given at a time; gives back one that found its processes ended."""
        while len(self.under_way) < self.engine.window and not self.stopped():
            job = next(self.jobs, None)
            if job is None:
                break
            try:
                self.under_way[self.executor.submit(self.work, job)] = job
            except BrokenExecutor:
                return [job]
        return []

    def _give_up_what_waits(self) -> None:
        for future in [future for future in self.under_way if future.cancel()]:
            del self.under_way[future]

    def _result(self, future: Future[Product], job: Job) -> Product:
        """What came of a job. Raises BrokenExecutor where its process ended, and BizcaseError where the engine is lost."""
        try:
            problem = future.exception()
        except CancelledError:
            raise BizcaseError(Finding(Place("bizcase"), ENGINE, Severity.ERROR, "the cluster was lost while it was building",
                                       "run the command again, once it is back: what is finished is kept")) from None
        if problem is None:
            return future.result()
        if isinstance(problem, BrokenExecutor):
            raise problem
        if type(problem).__name__ == "KilledWorker":  # of Dask: the workers that tried it ended
            return _ended(job)
        return failed(job, f"building it failed ({type(problem).__name__})", "please report it, with this submission")

    def _one_by_one(self, suspects: list[Job]) -> Iterator[Product]:
        """Starts the processes anew, and builds alone what was under way when they ended."""
        for future, job in list(self.under_way.items()):
            wait([future])
            try:
                yield self._result(future, job)
            except BrokenExecutor:
                suspects.append(job)
        self.under_way.clear()
        self._start_again()
        for job in sorted(suspects, key=lambda job: job.name):
            if self.stopped():
                return
            try:
                yield self._result(self.executor.submit(self.work, job), job)
            except BrokenExecutor:
                yield _ended(job)
                self._start_again()

    def _start_again(self) -> None:
        self.executor.shutdown(wait=True)
        self.executor = self.engine.start()


def _ended(job: Job) -> Product:
    return failed(job, "building it ended the program that builds: too much memory, too much computing, or a fault of ours",
                  "look for what makes it so large; if there is nothing, please report it", ENDED)
