"""The steps beyond the pilot (manual S18)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bizcase.appraisal.financial_year import parse_year
from bizcase.completeness.sections.looking import rows_at, told
from bizcase.specification.project import Project


def every_gate_rests_on_a_measured_benefit(project: Project) -> str | None:
    """Each step has a gate that names a benefit, or a measure, of the register (C18.3)."""
    measures = {_plain(row["measure"]) for row in rows_at(project, "benefits.register")}
    steps = rows_at(project, "scale_up.steps")
    return told(f"the gate of {row['id']} names no measure of the register" if row.get("gate") else f"{row['id']} has no gate"
                for row in steps if not any(_is_measured(gate, measures) for gate in row.get("gate", ()))) if steps else \
        "scale_up.steps has no row"


def _is_measured(gate: Mapping[str, Any], measures: set[str]) -> bool:
    return "benefit" in gate or _plain(gate.get("measure", "")) in measures or _plain(gate["criterion"]) in measures


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


PRICED_YEARS = 5
"""Measurement runs to year 5 (manual §5.4); a step that starts later is priced at its gate."""


def every_step_is_costed(project: Project) -> str | None:
    """Each step that starts within the first five years appraised has a cost (C18.4)."""
    steps = rows_at(project, "scale_up.steps")
    costed = {step for cost in project.inputs.costs for step in cost.steps}
    priced_until = project.inputs.timeframe.first_year + PRICED_YEARS
    later = {row["id"] for row in steps if "start" in row and parse_year(row["start"]) >= priced_until}
    return told(f"{row['id']} has no cost" for row in steps
                if not (row.get("costs") or row["id"] in costed | later)) if steps else "scale_up.steps has no row"


FUNCTIONS = (every_gate_rests_on_a_measured_benefit, every_step_is_costed)
