"""The numbers a specification gives, as Figures: so that what is typed and what is computed are printed alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizcase.appraisal.figure import Figure, Unit, given_figure
from bizcase.appraisal.inputs import Status
from bizcase.specification.amounts import quantity, quantity_status
from bizcase.specification.project import Project
from bizcase.specification.shape import Field, Shape
from bizcase.specification.source import FieldPath
from bizcase.specification.walk import fields_with_values

_STATUSES = {status.value for status in Status}


def given_figures(project: Project, shape: Shape) -> tuple[Figure, ...]:
    """A figure for every number in the specification, in its order. The id is the path, rows by their own ids."""
    return tuple(found.in_currency(project.profile.currency)
                 for path, field, value in fields_with_values(dict(project.data), shape)
                 for found in _figures(named(project.data, path), field, value, _status_of_row(project.data, path)))


def named(data: Any, path: FieldPath) -> str:
    """A path with rows named by their ids where they have one, else by their position from 1: `benefits.register.B1`."""
    steps, here = [], data
    for step in path:
        here = here[step]
        if isinstance(step, int):
            steps.append(str(here.get("id", step + 1)) if isinstance(here, dict) else str(step + 1))
        else:
            steps.append(step)
    return ".".join(steps)


def unit_of(field: Field) -> Unit:
    """Money fields and those marked £ are pounds; what runs from 0 to 1 (or -1 to 0) is a share."""
    if field.type == "money" or field.unit == "£":
        return Unit.POUNDS
    if (field.minimum, field.maximum) in ((0, 1), (-1, 0)) or field.unit == "%":
        return Unit.SHARE
    return Unit.CALENDAR if field.unit == Unit.CALENDAR else Unit.NUMBER


def _status_of_row(data: Any, path: FieldPath) -> Status:
    """What the row that holds a value says of its figures: an amount of money has no status of its own."""
    status, here = Status.KNOWN, data
    for step in path[:-1]:
        here = here[step]
        if isinstance(here, dict) and here.get("status") in _STATUSES:
            status = Status(here["status"])
    return status


def _figures(name: str, field: Field, value: Any, row: Status) -> Iterator[Figure]:
    unit = unit_of(field)
    if field.type in ("number", "integer"):
        yield given_figure(name, field.label, float(value), unit, Status.KNOWN)
    elif field.type == "quantity":
        yield given_figure(name, field.label, quantity(value), unit, quantity_status(value))
        for bound in ("low", "high"):
            if isinstance(value, dict) and bound in value:
                yield given_figure(f"{name}.{bound}", f"{field.label}, {bound}", float(value[bound]), unit,
                             quantity_status(value))
    elif field.type == "money":
        yield from _money_figures(name, field, value, row)
    elif field.item_type == "number":
        for position, item in enumerate(value, 1):
            yield given_figure(f"{name}.{position}", f"{field.label}, {position}", float(item), unit, Status.KNOWN)


def _money_figures(name: str, field: Field, value: dict[str, Any], row: Status) -> Iterator[Figure]:
    for key, amount in value.items():
        if key == "ramp":
            for position, share in enumerate(amount, 1):
                yield given_figure(f"{name}.ramp.{position}", f"{field.label}, share in year {position}", float(share),
                             Unit.SHARE, row)
        elif key not in ("from", "to", "in"):
            yield given_figure(f"{name}.{key}", f"{field.label}, {key.replace('_', ' ')}", float(amount), Unit.POUNDS,
                         row)
