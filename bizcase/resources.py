"""Finds the templates, schemas and samples: beside the installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder of that name ("schemas", "templates", "samples"), inside the package or beside it."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def files(name: str, subfolder: str, suffix: str) -> list[Path]:
    """The files in a subfolder that end in `suffix`, in the order of their names."""
    return sorted(path for path in (folder(name) / subfolder).iterdir() if path.name.endswith(suffix))
