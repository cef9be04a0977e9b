"""What `bizcase hub build` costs for many submissions: time, memory, a second run, and being killed.

All of it with 1,000 submissions takes about half an hour on two cores; `--count 100` about five minutes. Run by hand on a
machine that does nothing else, from the top of a checkout: `.venv-test/bin/python benchmarks/hub_batch.py`. The parts can be
run alone: `--parts whole again`. See README.md here for what is measured.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from hub_submissions import write_folder  # noqa: E402

PARTS = ("speed", "whole", "again", "kill")
LOOKS = 0.5
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Look:
    """A look at a run: seconds since it began, submissions done, and megabytes of the driver and of all its workers together."""

    seconds: float
    done: int
    driver: float
    workers: float


def started(folder: Path, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bizcase", "hub", "build", str(folder), "-o", str(out), "--jobs", str(jobs)]
    return subprocess.Popen(command, cwd=TOP, env={**os.environ, "PYTHONPATH": str(TOP)}, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def done(out: Path) -> int:
    state = out / ".bizcase" / "submissions"
    return sum(path.suffix == ".json" for path in state.iterdir()) if state.is_dir() else 0


def timed(folder: Path, out: Path, jobs: int) -> float:
    begin = time.perf_counter()
    started(folder, out, jobs).wait()
    return time.perf_counter() - begin


def memory(driver: int) -> tuple[float, float]:
    """Megabytes of a process, and of those that it started."""
    rows = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout.splitlines()
    own = workers = 0.0
    for pid, parent, kilobytes in (map(int, row.split()) for row in rows):
        own += kilobytes / 1000 if pid == driver else 0
        workers += kilobytes / 1000 if parent == driver else 0
    return own, workers


def watched(folder: Path, out: Path, jobs: int) -> list[Look]:
    """Looks at a run from its beginning to its end."""
    begin = time.perf_counter()
    process = started(folder, out, jobs)
    looks = []
    while process.poll() is None:
        time.sleep(LOOKS)
        driver, workers = memory(process.pid)
        looks.append(Look(time.perf_counter() - begin, done(out), driver, workers))
    return [*looks, Look(time.perf_counter() - begin, done(out), 0, 0)]


def speed(folder: Path, work: Path, runs: int) -> Iterator[str]:
    """One process against two, in turn."""
    times: dict[int, list[float]] = {1: [], 2: []}
    for run in range(runs):
        for jobs in times:
            times[jobs].append(timed(folder, work / f"speed-{run}-{jobs}", jobs))
            shutil.rmtree(work / f"speed-{run}-{jobs}")
    one, two = median(times[1]), median(times[2])
    number = sum(1 for _ in folder.rglob("*.yaml"))
    yield f"{number} submissions, medians of {runs} runs: one process {one:.1f} s, two {two:.1f} s, ratio {one / two:.2f}."


def whole(folder: Path, out: Path, count: int) -> tuple[float, list[str]]:
    """All of them in two processes: when so many were done, and with how much memory."""
    looks = watched(folder, out, 2)
    lines = ["| submissions | seconds | s each | driver, MB | both workers, MB |", "|---|---|---|---|---|"]
    for share in (0.1, 0.25, 0.5, 0.75, 1.0):
        look = next((look for look in looks if look.done >= share * count and look.driver), looks[-2])
        lines.append(f"| {look.done:,} | {look.seconds:,.1f} | {look.seconds / max(1, look.done):.3f} | {look.driver:,.0f} | "
                     f"{look.workers:,.0f} |")
    most = max(look.driver for look in looks), max(look.workers for look in looks)
    lines.append(f"\nTo the end, with the files about all of them: {looks[-1].seconds:,.1f} s; at most {most[0]:,.0f} MB for the "
                 f"driver and {most[1]:,.0f} MB for both workers.")
    return looks[-1].seconds, lines


def again(folder: Path, out: Path, first: float, runs: int) -> Iterator[str]:
    second = median(timed(folder, out, 2) for _ in range(runs))
    yield f"A second run with nothing changed: {second:.2f} s (median of {runs}), {first / second:.0f} times faster."


def kill(folder: Path, work: Path, kills: int, seed: int) -> Iterator[str]:
    """Killed at random moments spread over the whole of it, then completed, and compared with a run that nobody disturbed."""
    chance, out, undisturbed = random.Random(seed), work / "killed", work / "undisturbed"
    timed(folder, undisturbed, 2)
    half_written, reached = 0, []
    for wanted in sorted(chance.sample(range(done(undisturbed)), kills)):
        process = started(folder, out, 2)
        while done(out) < wanted and process.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 1))
        process.kill()
        process.wait()
        reached.append(done(out))
        half_written += sum(not sound(path) for path in built_in(out))
    timed(folder, out, 2)
    different = digests(out).items() ^ digests(undisturbed).items()
    left = [path for path in out.rglob(".bizcase-*") if path.is_file()]
    yield (f"Killed {kills} times, when {', '.join(map(str, reached))} of {done(undisturbed)} were done: {half_written} files "
           f"half written; after one more run {len(different)} files differ from those of a run that nobody disturbed, and "
           f"{len(left)} temporary files are left.")


def built_in(out: Path) -> list[Path]:
    return [path for path in out.rglob("*") if path.suffix in (".docx", ".xlsx")]


def sound(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except zipfile.BadZipFile:
        return False


def digests(out: Path) -> dict[str, str]:
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in built_in(out)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--few", type=int, default=100, help="submissions for the parts that build them several times")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parts", choices=PARTS, nargs="+", default=list(PARTS))
    parser.add_argument("--work", type=Path, default=None, help="a folder to keep what is built; default: a temporary one")
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, wall-clock time.\n")
    with tempfile.TemporaryDirectory(prefix="hub-batch-") as temporary:
        work = chosen.work or Path(temporary)
        few, many = work / "few", work / "many"
        write_folder(few, min(chosen.few, chosen.count), chosen.seed)
        if "speed" in chosen.parts:
            print(*speed(few, work, chosen.runs), sep="\n", flush=True)
        if "whole" in chosen.parts or "again" in chosen.parts:
            write_folder(many, chosen.count, chosen.seed)
            first, lines = whole(many, work / "built", chosen.count)
            print(*lines, sep="\n", flush=True)
            if "again" in chosen.parts:
                print(*again(many, work / "built", first, chosen.runs), sep="\n", flush=True)
        if "kill" in chosen.parts:
            print(*kill(few, work, chosen.kills, chosen.seed), sep="\n", flush=True)


if __name__ == "__main__":
    main()
