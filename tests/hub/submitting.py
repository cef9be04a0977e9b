"""Folders of small submissions for tests, and the command run over them."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from bizcase.cli.main import main

SMALL = """\
bizcase: 1
profile: {profile}
document:
  title: {title}
  organisation: Northmoor Hospitals
  author: Dr A. Example
summary:
  proposition: {title} for the ward.
"""
BROKEN = "bizcase: 1\ndocument:\n  title: [\n"


def small(title: str, profile: str = "ideas-den") -> str:
    """A specification that builds quickly, as a draft."""
    return SMALL.format(title=title, profile=profile)


def put(folder: Path, **texts: str) -> None:
    """Writes files: `__` in a name stands for a folder."""
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def hub_build(folder: Path, out: Path, *more: str, jobs: int | None = 1) -> Result:
    """The command; with one job it does all the work in this process."""
    chosen = ["--jobs", str(jobs)] if jobs else []
    return CliRunner().invoke(main, ["hub", "build", str(folder), "-o", str(out), *chosen, *more], catch_exceptions=False)


def contents(folder: Path) -> dict[str, bytes]:
    """All that was built, without what is remembered of it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and ".bizcase" not in path.parts}
