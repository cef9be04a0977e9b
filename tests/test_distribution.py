"""What is handed out: an sdist, a wheel made from it, and an installed command that works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import TOP


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from it (not from the checkout)."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(folder), str(TOP)], check=True, capture_output=True,
                   timeout=300)
    return folder


def data_files() -> list[str]:
    """The data that must travel with the program."""
    return sorted(str(path.relative_to(TOP)) for name in ("schemas", "templates", "samples") for path in (TOP / name).rglob("*")
                  if path.is_file())


def test_the_wheel_holds_the_program_and_its_data_and_nothing_else(distributions: Path) -> None:
    (wheel,) = distributions.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    held = [name for name in names if not name.startswith("bizcase/") and ".dist-info/" not in name]
    assert held == []
    assert len(data_files()) > 40
    assert {f"bizcase/{name}" for name in data_files()} <= set(names)
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name]


def test_the_sdist_holds_tests_documents_and_tools(distributions: Path) -> None:
    (sdist,) = distributions.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"README.md", "LICENSE", "Makefile", "tests/conftest.py", "docs/guide.md", "tools/set_up.py", *data_files()} <= names
    assert not [name for name in names if name.startswith((".git/", ".venv"))]


def test_an_installed_wheel_builds_a_sample_from_another_folder(distributions: Path, tmp_path: Path) -> None:
    (wheel,) = distributions.glob("*.whl")
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=True)
    subprocess.run([environment / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", str(wheel)],
                   check=True, capture_output=True, timeout=300)
    elsewhere = tmp_path / "Documents"
    elsewhere.mkdir()
    clean = {"PATH": os.defpath, "HOME": str(tmp_path), "LANG": "C.UTF-8"}

    def bizcase(*arguments: str) -> str:
        done = subprocess.run([environment / "bin" / "bizcase", *arguments], cwd=elsewhere, env=clean, capture_output=True,
                              text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    bizcase("new", "mine.yaml", "--sample", "remote-monitoring")
    assert "Nothing to fix" in bizcase("check", "mine.yaml")
    assert "NPSV:" in bizcase("build", "mine.yaml")
    assert sorted(path.name for path in elsewhere.iterdir()) == [
        "bizcase.schema.json", "mine-benefits.xlsx", "mine-bid.docx", "mine.yaml"]
