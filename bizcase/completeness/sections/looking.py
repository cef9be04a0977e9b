"""How the functions of the sections look at a project: rows, values, names and dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bizcase.specification.project import Project
from bizcase.specification.source import FieldPath
from bizcase.specification.walk import values_at

Rows = list[Mapping[str, Any]]


def rows_at(project: Project, path: str) -> Rows:
    """The rows of the list at a path; none where there is no list."""
    return [row for row in values_at(project.data, f"{path}[]") if isinstance(row, Mapping)]


def first_at(project: Project, path: str) -> Any:
    """The value at a path, or None."""
    return next(iter(values_at(project.data, path)), None)


def name_of(row: Mapping[str, Any], number: int, path: str) -> str:
    """What a row of the list at a path is called in a message: its id, else its number counted from 1 and the path."""
    return str(row.get("id", f"row {number} of {path}"))


def before_submission(project: Project, rows: Rows) -> Rows:
    """The rows whose date comes before the bid goes in; all of them where the bid does not say when that is."""
    submission = first_at(project, "document.submission_date")
    return [row for row in rows if submission is None or row["date"] < submission]


def told(shortfalls: Iterable[str]) -> str | None:
    """What is missing as one message; None where nothing is."""
    return "; ".join(dict.fromkeys(shortfalls)) or None


def own_benefits(project: Project) -> Rows:
    """The benefits of the preferred option: no drawbacks, and nothing that another option would bring."""
    inputs = project.inputs
    return [row for row, benefit in zip(rows_at(project, "benefits.register"), inputs.benefits, strict=True)
            if not benefit.disbenefit and inputs.bears(benefit, inputs.preferred)]


def paths_at(data: Any, pattern: str) -> list[FieldPath]:
    """The path of every value at a field pattern, in order: `benefits.register[].title` gives that of each title."""
    found: list[tuple[FieldPath, Any]] = [((), data)]
    for step in pattern.split("."):
        name, rows = step.removesuffix("[]"), step.endswith("[]")
        found = [((*path, name), item[name]) for path, item in found if isinstance(item, Mapping) and name in item]
        if rows:
            found = [((*path, index), row) for path, item in found if isinstance(item, list)
                     for index, row in enumerate(item) if row is not None]
    return [path for path, _ in found]
