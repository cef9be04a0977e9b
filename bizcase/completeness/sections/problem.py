"""The problem and the figures that prove it (manual S01)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from bizcase.completeness.sections.looking import Rows, rows_at, told
from bizcase.specification.amounts import quantity
from bizcase.specification.project import Project
from bizcase.specification.walk import values_at
from bizcase.specification.words import shown

Row = Mapping[str, Any]


def a_local_figure_can_be_checked(project: Project) -> str | None:
    """One local figure at least has its period, its source and what it is out of (C01.1).

    The source may stand at the value; a group in words is a denominator as well as a number is.
    """
    missing = [_not_told(row) for row in rows_at(project, "problem.local_data")]
    if not missing:
        return "problem.local_data has no row"
    return None if "" in missing else "; ".join(missing)


def _not_told(row: Row) -> str:
    asked = {"period": ("period",), "source": ("source", "value.source"),
             "denominator": ("denominator", "denominator_described")}
    lacking = [name for name, places in asked.items() if not any(values_at(row, place) for place in places)]
    return f"{row['id']} has no {' and no '.join(lacking)}" if lacking else ""


def a_measure_has_one_denominator(project: Project) -> str | None:
    """Two figures of one measure and one period are out of the same number, or the same group (C01.4)."""
    return told(f"{one['id']} and {other['id']} have the same metric and different denominators: "
                f"{_told(one, other, one)} and {_told(one, other, other)}"
                for one, other in combinations(_figures(project), 2) if _same(one, other, "metric") and _differ(one, other))


def _figures(project: Project) -> Rows:
    """The local figures, and the local evidence with the size of its sample as denominator."""
    evidence = [{"id": row["id"], "metric": row.get("metric", ""), "denominator": row["sample_size"], "year": row.get("year")}
                for row in rows_at(project, "evidence.items") if row["level"] == "local" and "sample_size" in row]
    return [*rows_at(project, "problem.local_data"), *evidence]


def _differ(one: Row, other: Row) -> bool:
    """Numbers are compared where both have one, else words; figures of different periods may well differ."""
    if not _one_period(one, other):
        return False
    if "denominator" in one and "denominator" in other:
        return quantity(one["denominator"]) != quantity(other["denominator"])
    return "denominator_described" in one and "denominator_described" in other and not _same(one, other, "denominator_described")


def _one_period(one: Row, other: Row) -> bool:
    if "period" in one and "period" in other:
        return _same(one, other, "period")
    years = [row["year"] for row in (one, other) if row.get("year") is not None]
    periods = [row["period"] for row in (one, other) if "period" in row]
    return len(set(years)) < 2 and all(str(year) in period for year in years for period in periods)


def _same(one: Row, other: Row, name: str) -> bool:
    first, second = (" ".join(str(row.get(name, "")).casefold().split()) for row in (one, other))
    return first == second != ""


def _told(one: Row, other: Row, row: Row) -> str:
    in_numbers = "denominator" in one and "denominator" in other
    return f"{quantity(row['denominator']):,.15g}" if in_numbers else shown(row["denominator_described"], 100)


FUNCTIONS = (a_local_figure_can_be_checked, a_measure_has_one_denominator)
