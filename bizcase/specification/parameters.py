"""Reads a parameter set from `schemas/parameters/`."""

from __future__ import annotations

from functools import cache

from bizcase import resources
from bizcase.appraisal.parameters import Band, BiasCategory, Constant, ParameterSet, Schedule
from bizcase.specification.shape import Rules
from bizcase.specification.source import load_data


@cache
def parameter_set_names() -> tuple[str, ...]:
    return tuple(path.stem for path in resources.files("schemas", "parameters", ".yaml"))


@cache
def load_parameters(name: str) -> ParameterSet:
    """The parameter set of that name. Raises KeyError for a name that `parameter_set_names` does not hold."""
    if name not in parameter_set_names():
        raise KeyError(name)
    path = resources.folder("schemas") / "parameters" / f"{name}.yaml"
    content = load_data(path.read_text("utf-8"), path.name)
    schedules = content["discount_schedules"]
    return ParameterSet(
        name, content["title"], content["edition"], content["checked"],
        _schedule("standard", schedules["standard"]), _schedule("health", schedules["health"]),
        tuple(BiasCategory(row["name"], row["upper"], row["lower"], row["source"]) for row in content["optimism_bias"]),
        tuple(Constant(row["name"], row["value"], row["unit"], row["price_year"], row["source"])
              for row in content["constants"]))


def _schedule(name: str, content: Rules) -> Schedule:
    bands = tuple(Band(band["from"], band.get("to"), band["rate"]) for band in content["bands"])
    return Schedule(name, bands, content["source"])
