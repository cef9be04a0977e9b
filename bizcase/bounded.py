"""Runs a function on a stranger's file in a process of its own, with bounds on time and memory.

Whatever the file does to the libraries that read it, one finding is the worst that comes back. The process is started once
for many files, and again after one of them ended it.
"""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Self, TypeVar

from bizcase import resources
from bizcase.errors import BizcaseError, Finding, Place, Severity, UnreadableFile
from bizcase.specification.source import load_data

Result = TypeVar("Result")
Reader = Callable[[bytes, str], Result]
"""A function at the top level of a module, which takes the bytes of a file and its name."""

_DO_NOT_TRUST = "open it in Word or Excel and save it as a new file; if that fails too, do not trust it"
_ENDS_IN = 2.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of computing and seconds in all for one file, and bytes of memory for the process."""

    computing: int
    waiting: float
    memory: int


@cache
def usual_limits() -> Limits:
    """Those of `schemas/limits.yaml`."""
    path = resources.folder("schemas") / "limits.yaml"
    row = load_data(path.read_text("utf-8"), path.name)["reader"]
    return Limits(row["computing"], row["waiting"], row["megabytes"] * 1_000_000)


class Worker:
    """A process that reads files one after the other. Use it in a `with` statement; it ends with it."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or usual_limits()
        self._process: Any = None
        self._ours: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, reader: Reader[Result], content: bytes, name: str) -> Result:
        """What the function gives for this file.

        Raises what it raises if that is one of our errors, and UnreadableFile with B01 for all else: another exception, too
        much time or memory, the end of the process.
        """
        connection = self._started()
        try:
            connection.send((reader, content, name))
            if not connection.poll(self._limits.waiting):
                raise self._given_up(name, f"reading it takes more than {self._limits.waiting:g} seconds")
            outcome, value = connection.recv()
        except (EOFError, OSError):
            raise self._given_up(name, self._how_it_ended()) from None
        if outcome == "result":
            return value  # type: ignore[no-any-return]
        if outcome == "error":
            raise value
        if outcome == "memory":
            raise self._given_up(name, self._too_much_memory())
        raise _unreadable(name, f"what is in it cannot be read ({value})")

    def close(self) -> None:
        """Ends the process."""
        if self._ours is not None:
            self._ours.close()
        if self._process is not None:
            self._process.join(_ENDS_IN)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
        self._process = self._ours = None

    def _started(self) -> Connection:
        if self._ours is None or not self._process.is_alive():
            self.close()
            context = get_context("spawn")
            self._ours, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, self._limits), daemon=True)
            self._process.start()
            theirs.close()
        return self._ours

    def _given_up(self, name: str, why: str) -> UnreadableFile:
        """The finding about a file that was too much; the process is ended, and the next file gets a new one."""
        if self._process is not None:
            self._process.kill()
        self.close()
        return _unreadable(name, why)

    def _how_it_ended(self) -> str:
        self._process.join(_ENDS_IN)
        if sys.platform != "win32" and self._process.exitcode == -signal.SIGXCPU:
            return f"reading it takes more than {self._limits.computing} seconds of computing"
        return "reading it ended the program that reads"

    def _too_much_memory(self) -> str:
        return f"reading it takes more than {self._limits.memory / 1e9:g} GB of memory"


def bounded(reader: Reader[Result], content: bytes, name: str) -> Result:
    """What the function gives for one file, within the usual limits. Raises as `Worker.run` does."""
    with Worker() as worker:
        return worker.run(reader, content, name)


def _serve(connection: Connection, limits: Limits) -> None:
    """Reads files until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    bound_memory(limits.memory)
    while True:
        try:
            reader, content, name = connection.recv()
        except EOFError:
            return
        bound_computing(limits.computing)
        connection.send(_outcome(reader, content, name))


def _outcome(reader: Reader[Any], content: bytes, name: str) -> tuple[str, Any]:
    try:
        return "result", reader(content, name)
    except BizcaseError as error:
        return "error", error
    except MemoryError:
        return "memory", None
    except Exception as problem:  # whatever a library makes of a hostile file must not end the batch
        return "fault", type(problem).__name__


def bound_memory(most: int) -> None:
    """Bounds this process's memory to so many bytes, where the system can."""
    if sys.platform != "win32":
        import resource

        for what, limit in ((resource.RLIMIT_AS, most), (resource.RLIMIT_CORE, 0)):
            with contextlib.suppress(ValueError, OSError):  # macOS knows the first of them and does not take it
                resource.setrlimit(what, (limit, limit))


def bound_computing(seconds: int) -> None:
    """Gives this process so many seconds of computing from now on, where the system can; then it ends.

    The system counts all that the process has used: what it used for earlier files is added.
    """
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, hard))


def _unreadable(name: str, message: str) -> UnreadableFile:
    return UnreadableFile(Finding(Place(name), "B01", Severity.ERROR, message, _DO_NOT_TRUST))
