"""Work for the tests of a batch, at the top of a module so that other processes find it: what a name asks for is done."""

from __future__ import annotations

import os
import signal
import sys
import time
from functools import partial
from pathlib import Path

from bizcase.hub.batch.engine import begin_one
from bizcase.hub.batch.job import Job, Product
from bizcase.hub.entry import Entry, Outcome


def job(name: str, content: bytes = b"") -> Job:
    return Job(name, f"key of {name}", content, f"{name}-bid.docx", f"{name}-benefits.xlsx")


def does_as_named(job: Job) -> Product:
    begin_one()
    if job.name.startswith("ends"):
        os.kill(os.getpid(), signal.SIGKILL)
    if job.name.startswith("computes"):
        while True:
            pass
    if job.name.startswith("raises"):
        raise KeyError("a fault of ours")
    if job.name.startswith("exits"):
        sys.exit(2)
    if job.name.startswith("interrupted"):
        os.kill(os.getpid(), signal.SIGINT)
    return Product(Entry(job.name, job.key, Outcome.BUILT), bid=str(os.getpid()).encode())


def is_quick(job: Job) -> Product:
    """Files of a usual size, in a moment, without a bid in them: by their key they can be told apart."""
    time.sleep(0.02)
    entry = Entry(job.name, job.key, Outcome.BUILT, title="T", bid=job.bid, workbook=job.workbook)
    return Product(entry, quick_content(job.key, "bid"), quick_content(job.key, "workbook"))


def quick_content(key: str, kind: str) -> bytes:
    return f"{kind} of {key}".encode() * 3_000


if __name__ == "__main__":
    from bizcase.cli import hub_commands
    from bizcase.cli.hub_commands import Options, build_folder
    from bizcase.cli.screen import counting
    from bizcase.hub.batch.run import run

    setattr(hub_commands, "run", partial(run, work=is_quick))  # noqa: B010
    setattr(hub_commands, "comparison_files", lambda entries, title, judgement: {"portfolio.csv": title.encode()})  # noqa: B010
    told, code = build_folder(Path(sys.argv[1]), Path(sys.argv[2]), Options(jobs=2), partial(counting, "Building"))
    print(told)
    sys.exit(code)
