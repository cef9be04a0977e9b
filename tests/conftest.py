"""What the tests share: the samples, golden texts, and the programs that some tests need."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from bizcase.case import Case, open_case

TOP = Path(__file__).resolve().parent.parent
SAMPLES = TOP / "samples"
GOLDEN = Path(__file__).parent / "golden"

PROGRAMS = {
    "soffice": "libreoffice-writer-nogui libreoffice-calc-nogui",
    "pdftotext": "poppler-utils",
}
"""What a test may need beside Python, and the Debian packages that bring it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden texts again instead of comparing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test marked `needs(program)` is skipped by name where the program is missing; in CI it runs and fails instead."""
    if os.environ.get("BIZCASE_REQUIRE_PROGRAMS"):
        return
    for item in items:
        for mark in item.iter_markers("needs"):
            for program in mark.args:
                if shutil.which(program) is None:
                    item.add_marker(pytest.mark.skip(reason=f"needs {program}: apt-get install {PROGRAMS[program]}"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the approved one of that name; `make golden` approves the present ones."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.is_file(), f"no golden text {path}; make golden writes it"
        assert text == path.read_text("utf-8"), f"differs from {path}; if the change is meant: make golden, read the difference"

    return compare


def sample_names() -> list[str]:
    return sorted(path.stem for path in SAMPLES.glob("*.yaml"))


@cache
def sample_case(name: str) -> Case:
    """A sample, checked, appraised and assessed."""
    path = SAMPLES / f"{name}.yaml"
    return open_case(path.read_text("utf-8"), path.name)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path, str], Path]]:
    """Converts a file with LibreOffice, in a profile of its own and with a time limit; gives the result's path."""
    folder = tmp_path_factory.mktemp("office")

    def convert(path: Path, kind: str) -> Path:
        target = folder / path.stem
        target.mkdir(exist_ok=True)
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind,
                        "--outdir", str(target), str(path)], check=True, timeout=180, capture_output=True)
        made = target / f"{path.stem}.{kind.split(':')[0]}"
        assert made.is_file(), f"LibreOffice did not convert {path.name} to {kind}"
        return made

    yield convert
