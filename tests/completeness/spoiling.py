"""Takes something out of the improved sample, to see what is then said about it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import yaml

from bizcase.case import Case, open_case
from tests.conftest import sample_case

Data = dict[str, Any]
Change = Callable[[Data], None]

IMPROVED = "remote-monitoring"


def spoiled_text(*changes: Change) -> str:
    data = deepcopy(sample_case(IMPROVED).checked.source.data)
    for change in changes:
        change(data)
    return yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=1000)


def spoiled(*changes: Change, profile: str = "") -> Case:
    """The improved sample, changed; it must still be sound, or nothing could be said about its completeness."""
    case = open_case(spoiled_text(*changes), "spoiled.yaml", profile)
    assert case.errors == (), [f"{finding.code} {finding.message}" for finding in case.errors]
    return case


def unmet(case: Case) -> dict[str, str]:
    """What is missing, by the code of the criterion."""
    return {verdict.criterion.code: verdict.missing for verdict in case.verdicts if verdict.to_tell}


def without(path: str) -> Change:
    """Takes out the field at a dotted path."""
    *parents, last = path.split(".")

    def change(data: Data) -> None:
        here = data
        for step in parents:
            here = here[step]
        del here[last]

    return change


def with_value(path: str, value: Any) -> Change:
    """Writes another value at a dotted path."""
    *parents, last = path.split(".")

    def change(data: Data) -> None:
        here = data
        for step in parents:
            here = here[step]
        here[last] = value

    return change


def in_rows(path: str, change_row: Callable[[Data], object], **where: Any) -> Change:
    """Changes each row of a list, or those whose fields are as given."""
    section, name = path.split(".")

    def change(data: Data) -> None:
        rows = [row for row in data[section][name] if all(row.get(key) == value for key, value in where.items())]
        assert rows, f"{path} has no row with {where}"
        for row in rows:
            change_row(row)

    return change


def without_rows(path: str, **where: Any) -> Change:
    """Takes out the rows whose fields are as given."""
    section, name = path.split(".")

    def change(data: Data) -> None:
        rows = data[section][name]
        kept = [row for row in rows if any(row.get(key) != value for key, value in where.items())]
        assert len(kept) < len(rows), f"{path} has no row with {where}"
        data[section][name] = kept

    return change
