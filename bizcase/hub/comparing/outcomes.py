"""Clinical and societal value: outcomes of care that a submission names, counted by how far anybody could hold it to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bizcase.hub.entry import Axis
from bizcase.hub.rules import load_rules
from bizcase.specification.amounts import quantity
from bizcase.specification.project import Project

Row = Mapping[str, Any]


def clinical_value(project: Project) -> Axis:
    """How many outcomes of care are named to improve: each counts by its measure, its baseline and its target."""
    rules = load_rules()
    named = [row for row in gains_of(project) if row.get("dimension") in rules.clinical_dimensions]
    if not named:
        return Axis(0.0, "no outcome of care is named")
    measured = [row for row in named if row.get("measure")]
    based, aimed = [row for row in measured if _baseline(row) is not None], [row for row in measured if _improves(row)]
    counts = rules.outcome_counts
    score = len(measured) * counts["measure"] + len(based) * counts["baseline"] + len(aimed) * counts["target"]
    dimensions = ", ".join(dict.fromkeys(str(row["dimension"]) for row in named))
    return Axis(score, f"{len(named)} named ({dimensions}): {len(measured)} with a measure, {len(based)} with a baseline, "
                       f"{len(aimed)} with a better target")


def societal_value(project: Project) -> Axis:
    """How many benefits are marked as a gain for society, or are of that class."""
    marked = [str(row["id"]) for row in gains_of(project) if row.get("societal") or row.get("class") == "societal"]
    return Axis(float(len(marked)), f"gains for society: {', '.join(marked)}" if marked else "no gain for society is named")


def gains_of(project: Project) -> Sequence[Row]:
    """The rows of the benefits register that the preferred option brings about, without the drawbacks."""
    gained = {benefit.id for benefit in project.inputs.benefits if project.inputs.weight(benefit) > 0}
    return [row for row in project.section("benefits").get("register", []) if row["id"] in gained and not row.get("disbenefit")]


def _baseline(row: Row) -> float | None:
    value = row.get("baseline", {}).get("value")
    return None if value is None else quantity(value)


def _improves(row: Row) -> bool:
    """Whether its last target is better than its baseline. Without a baseline, a target is a target; to keep something as it
    is improves nothing."""
    targets = [target["value"] for target in row.get("targets", []) if target.get("value") is not None]
    direction, baseline = row.get("direction"), _baseline(row)
    if not targets or direction == "maintain":
        return False
    last = quantity(targets[-1])
    if baseline is None or direction is None:
        return baseline is None or last != baseline
    return last > baseline if direction == "increase" else last < baseline
