"""Where the work of a hub is done: here, in processes of this machine, or on a Dask cluster, all as one kind of executor."""

from __future__ import annotations

import logging
import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Any, ParamSpec, TypeVar

from bizcase import __version__, resources
from bizcase.bounded import bound_computing, bound_memory
from bizcase.errors import BizcaseError, Finding, Place, Severity
from bizcase.specification.source import load_data

ENGINE = "G05"
_ADDRESS = re.compile(r"dask://([^\s/:]+|\[[0-9a-fA-F:]+\]):(\d{1,5})/?")
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of memory of a process that builds, seconds of computing for one submission, seconds until a cluster answers, and
    bytes of a filled form."""

    memory: int
    computing: int
    answering: float
    form: int


@cache
def limits() -> Limits:
    """Those of `schemas/limits.yaml`."""
    path = resources.folder("schemas") / "limits.yaml"
    row = load_data(path.read_text("utf-8"), path.name)["builder"]
    return Limits(row["megabytes"] * 1_000_000, row["computing"], row["answering"], row["form"])


@dataclass(frozen=True, slots=True)
class Engine:
    """How to come by an executor, and how many jobs it is given at a time: so many that no process waits, so few that memory
    stays flat. One whose processes can end takes them with it, and is then started again."""

    start: Callable[[], Executor]
    window: int


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def local(jobs: int) -> Engine:
    """So many processes of this machine; for a single job none but this one."""
    if jobs < 2:
        return Engine(Here, 1)
    return processes(jobs)


def processes(count: int) -> Engine:
    """So many processes of this machine, each with bounds on memory and computing. They end with the one that started them."""

    def start() -> Executor:
        bounds = limits()
        return ProcessPoolExecutor(count, get_context("spawn"), _begin, (bounds.memory, bounds.computing))

    return Engine(start, 2 * count)


class Here(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:
            future.set_exception(problem)
        return future


@contextmanager
def cluster(address: str) -> Iterator[Engine]:
    """A Dask cluster that is at work already, by its address `dask://HOST:PORT`.

    Raises BizcaseError where it cannot be used: a wrong address, nobody who answers, no workers, or another version there.
    """
    scheduler = _scheduler(address)
    try:
        from distributed import Client
    except ImportError:
        raise _unusable("the library for Dask clusters is not installed", "pip install bizcase[dask]; or leave --engine out") \
            from None
    for name in ("distributed", "distributed.client"):  # what it logs on the way is told as a finding
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    patience = limits().answering
    try:
        client = Client(scheduler, timeout=patience, set_as_default=False, name="bizcase")
    except (OSError, TimeoutError, ValueError) as problem:
        raise _unusable(f"no Dask scheduler answers at {address} within {patience:g} seconds ({type(problem).__name__})",
                        "is it started, and is this its address? `dask scheduler` prints it") from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise _unusable(f"the cluster at {address} has no workers", f"start some: dask worker {scheduler}")
        _check_versions(client.run(_version, on_error="return"))
        yield Engine(client.get_executor, 2 * threads)


def _scheduler(address: str) -> str:
    found = _ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found[2]) < 65_536:
        raise _unusable(f"{address!r} is not the address of an engine", "write dask://HOST:PORT, such as dask://10.0.0.5:8786")
    return f"tcp://{found[1]}:{found[2]}"


def _check_versions(versions: dict[str, Any]) -> None:
    """All workers must build as this program does, or the same submission would give another bid on another worker."""
    others = {worker: found for worker, found in versions.items() if found != __version__}
    if others:
        worker, found = next(iter(sorted(others.items())))
        has = f"bizcase {found}" if isinstance(found, str) else "no bizcase"
        raise _unusable(f"{len(others)} of {len(versions)} workers of the cluster do not have bizcase {__version__}; {worker} "
                        f"has {has}", f"on each machine of the cluster: pip install bizcase=={__version__}")


def _version() -> str:
    return __version__


def _unusable(message: str, hint: str) -> BizcaseError:
    return BizcaseError(Finding(Place("bizcase"), ENGINE, Severity.ERROR, message, hint))


_computing: int | None = None


def _begin(memory: int, computing: int) -> None:
    """Prepares a process of this machine: the one that started it answers to Ctrl-C, and it ends with that one."""
    global _computing
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    bound_memory(memory)
    _computing = computing
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def begin_one() -> None:
    """Gives the next submission its share of computing, in a process of this machine."""
    if _computing is not None:
        bound_computing(_computing)
