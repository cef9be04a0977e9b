"""Reads a parameter set from `schemas/parameters/`, and the house rules of the analysis from `schemas/conventions.yaml`."""

from __future__ import annotations

from functools import cache

from bizcase import resources
from bizcase.appraisal.parameters import (
    Band,
    BiasCategory,
    Constant,
    Conventions,
    Deflator,
    ParameterSet,
    Provenance,
    Schedule,
    Vat,
)
from bizcase.appraisal.scenario import Bias, Discounting, Ends, Scenario
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
    schedules, deflator, vat = content["discount_schedules"], content["deflator"], content["vat"]
    return ParameterSet(
        name, content["title"], content["edition"], content["checked"], content["in_force"]["from"],
        content["in_force"].get("to") or "",
        _schedule("standard", schedules["standard"], content), _schedule("health", schedules["health"], content),
        _schedule("reduced", schedules["reduced"], content),
        tuple(BiasCategory(row["name"], row["upper"], row["lower"], row["applies_to"], _provenance(row, content))
              for row in content["optimism_bias"]),
        tuple(Constant(row["name"], row["value"], row["unit"], _provenance(row, content)) for row in content["constants"] or ()),
        Deflator({int(year): level for year, level in deflator["index"].items()}, _provenance(deflator, content)),
        Vat(vat["rate"], _provenance(vat, content)),
        load_conventions())


@cache
def load_conventions() -> Conventions:
    """The house rules of the analysis."""
    path = resources.folder("schemas") / "conventions.yaml"
    content = load_data(path.read_text("utf-8"), path.name)
    simulation, rag = content["simulation"], content["rag"]
    return Conventions(tuple(scenario(row) for row in content["scenarios"]), content["default_range"],
                       simulation["draws"], simulation["seed"], rag["green"], rag["amber"], content["stale_after_days"])


def scenario(row: Rules) -> Scenario:
    """A scenario from its row, in `schemas/conventions.yaml` or in a specification; what it does not name stays as it is."""
    return Scenario(row["id"], row["name"], float(row.get("costs", 0)), float(row.get("benefits", 0)), row.get("delay", 0),
                    float(row.get("deadweight", 0)), Bias(row.get("optimism_bias", Bias.AS_SET)), row.get("scale_up", True),
                    Discounting(row.get("discounting", Discounting.STANDARD)), Ends(row.get("ranges", Ends.CENTRAL)))


def _schedule(name: str, content: Rules, of_the_set: Rules) -> Schedule:
    bands = tuple(Band(band["from"], band.get("to"), band["rate"]) for band in content["bands"])
    return Schedule(name, bands, _provenance(content, of_the_set))


def _provenance(row: Rules, of_the_set: Rules) -> Provenance:
    """A row's own edition and date of check, or else those of its set."""
    return Provenance(row["source"], str(row.get("edition", of_the_set["edition"])), str(row.get("price_year", "")),
                      str(row.get("checked", of_the_set["checked"])))
