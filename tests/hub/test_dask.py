"""The same work on a Dask cluster: a real scheduler and two workers, each a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from bizcase import __version__
from bizcase.errors import BizcaseError, Finding
from bizcase.hub.batch import engine
from bizcase.hub.batch.engine import cluster
from bizcase.hub.batch.run import run
from tests.conftest import TOP
from tests.hub.submitting import BROKEN, contents, hub_build, put, small
from tests.hub.works import does_as_named
from tests.hub.works import job as job_of


def start(stack: ExitStack, command: str, *arguments: str) -> None:
    process = subprocess.Popen([sys.executable, "-m", f"distributed.cli.dask_{command}", *arguments, "--no-dashboard"], cwd=TOP,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(process.wait, 30)
    stack.callback(process.terminate)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler without workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with ExitStack() as stack:
        start(stack, "scheduler", "--host", "127.0.0.1", "--port", str(port))
        wait_until(lambda: answers(port))
        yield f"127.0.0.1:{port}"


@pytest.fixture(scope="module")
def workers(scheduler: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the engine, once two workers are at work."""
    with ExitStack() as stack:
        for number in range(2):
            start(stack, "worker", f"tcp://{scheduler}", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1",
                  "--local-directory", str(tmp_path_factory.mktemp(f"worker-{number}")))
        wait_until(lambda: number_of_workers(f"dask://{scheduler}") == 2)
        yield f"dask://{scheduler}"


def answers(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def number_of_workers(address: str) -> int:
    try:
        with cluster(address) as found:
            return found.window // 2
    except BizcaseError:
        return 0


def wait_until(there: object) -> None:
    assert callable(there)
    until = time.monotonic() + 60
    while not there():
        assert time.monotonic() < until
        time.sleep(0.2)


def refused(address: str) -> Finding:
    with pytest.raises(BizcaseError) as caught, cluster(address):
        pass
    return caught.value.findings[0]


def test_a_cluster_without_workers_is_refused_with_how_to_start_one(scheduler: str) -> None:
    found = refused(f"dask://{scheduler}")
    assert (found.code, found.message) == ("G05", f"the cluster at dask://{scheduler} has no workers")
    assert found.hint == f"start some: dask worker tcp://{scheduler}"


def test_an_address_where_nobody_answers_is_refused_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    known = engine.limits()
    monkeypatch.setattr(engine, "limits", lambda: replace(known, answering=0.5))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"dask://127.0.0.1:{taken.getsockname()[1]}"
        assert refused(address).message.startswith(f"no Dask scheduler answers at {address} within 0.5 seconds")


def test_a_cluster_gives_the_same_files_as_this_machine(workers: str, tmp_path: Path) -> None:
    folder, here, there = tmp_path / "in", tmp_path / "here", tmp_path / "there"
    put(folder, a=small("A"), ward__b=small("B"), ward__c=small("C"), broken=BROKEN)
    told = hub_build(folder, here)
    again = hub_build(folder, there, "--engine", workers, jobs=None)
    assert told.output.replace(str(here), "OUT") == again.output.replace(str(there), "OUT")
    assert contents(here) == contents(there)
    assert len(contents(here)) == 9


def test_what_goes_wrong_on_a_cluster_stops_no_other(workers: str) -> None:
    with cluster(workers) as found:
        products = list(run(map(job_of, ["a", "raises", "b"]), found, work=does_as_named))
    assert {product.entry.name: product.entry.outcome.value for product in products} == {
        "a": "built", "b": "built", "raises": "not built"}


def test_a_cluster_with_another_version_is_refused(workers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "__version__", "99.0")
    found = refused(workers)
    assert found.message.startswith("2 of 2 workers of the cluster do not have bizcase 99.0; tcp://127.0.0.1:")
    assert found.message.endswith(f" has bizcase {__version__}")
    assert found.hint == "on each machine of the cluster: pip install bizcase==99.0"
