"""Numbers as a specification writes them: quantities, plain or with their status, and money by financial year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bizcase.appraisal.financial_year import parse_year
from bizcase.appraisal.inputs import Range, Status, Step
from bizcase.appraisal.money import Money
from bizcase.specification.shape import Rules


def money(value: Rules, first_year: int | None = None, step: Step | None = None) -> Money:
    """The amounts of a `money` field, its short form kept.

    An amount a year that does not say when it begins does so with `step`, as fast as its sites join, else in `first_year`.
    """
    if "per_year" in value:
        return yearly(float(value["per_year"]), value, first_year, step)
    if "once" in value:
        year = parse_year(value["in"])
        return Money(per_year=float(value["once"]), start=year, end=year)
    return Money(by_year={parse_year(year): float(amount) for year, amount in value.items()})


def yearly(amount: float, value: Rules, first_year: int | None, step: Step | None = None) -> Money:
    """An amount for each year from `from` to `to`."""
    end = parse_year(value["to"]) if "to" in value else None
    own = tuple(value.get("ramp", ()))
    if "from" in value or step is None or step.start is None:
        return Money(per_year=amount, start=parse_year(value["from"]) if "from" in value else first_year, end=end, ramp=own)
    return Money(per_year=amount, start=step.start, end=end, ramp=own or step.ramp, start_step=step.id,
                 ramp_step="" if own else step.id)


def quantity(value: Any, otherwise: float = 0.0) -> float:
    """The central figure of a quantity, written plainly or as a mapping."""
    if value is None:
        return otherwise
    return float(value["value"] if isinstance(value, Mapping) else value)


def quantity_status(value: Any) -> Status:
    """The status a quantity states, or known where it states none (its row may still state a weaker one)."""
    return Status(value["status"]) if isinstance(value, Mapping) and "status" in value else Status.KNOWN


def quantity_range(value: Any) -> Range | None:
    """The range of a quantity; where it gives one end only, the other is its central figure. None where it gives neither."""
    if not isinstance(value, Mapping) or not {"low", "high"} & value.keys():
        return None
    return Range(float(value.get("low", value["value"])), float(value.get("high", value["value"])))
