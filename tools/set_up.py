"""Makes a virtual environment with the project (editable) and dependency groups: set_up.py FOLDER [GROUP ...].

Uses the standard library alone, and says in one line what is missing where the machine cannot do it.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
import venv
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)


def main(folder: str, *groups: str) -> None:
    try:
        venv.create(folder, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, ImportError):
        sys.exit("Python's venv is incomplete here. On Debian or Ubuntu: apt-get install python3-venv")
    wanted = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    packages = [package for group in groups for package in wanted[group]]
    pip = [str(Path(folder) / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    print(f"Setting up {folder} (once; about a minute)", flush=True)
    result = subprocess.run([*pip, "--editable", str(TOP), *packages], check=False)
    if result.returncode:
        sys.exit("The packages could not be installed; see above. Is the package index within reach?")


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.exit(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}")
    main(*sys.argv[1:])
