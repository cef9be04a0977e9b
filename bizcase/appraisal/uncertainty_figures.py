"""The figures of what is uncertain: scenarios, drivers, delays and the simulation."""

from __future__ import annotations

from collections.abc import Iterator

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.appraise import Appraisal, settled
from bizcase.appraisal.figure import Figure, Unit, figure
from bizcase.appraisal.inputs import Status
from bizcase.appraisal.lines import AMOUNT
from bizcase.appraisal.sensitivity import UPLIFT, Driver

NONE_IN_RANGE = "none in range"
NO_COST_IN_SCENARIO = "no cost"

UNITS = {"volume": Unit.NUMBER, "effect": Unit.NUMBER, "unit_value": Unit.POUNDS}
"""The units of a benefit's factors; all other drivers are shares."""


def uncertainty_figures(analysis: Analysis) -> Iterator[Figure]:
    yield from _scenarios(analysis)
    for driver in analysis.drivers:
        yield from _driver(driver, driver_label(driver, analysis), analysis.appraisal.inputs.status)
    yield from _delays(analysis)
    yield from _simulation(analysis)


def _scenarios(analysis: Analysis) -> Iterator[Figure]:
    for found in analysis.scenarios:
        name, measures, inputs = f"scenario.{found.scenario.id}", found.measures, found.inputs
        label = found.scenario.name
        yield figure(f"{name}.pvc", f"{label}, PVC", measures.pvc, Unit.POUNDS, inputs.status_of_costs())
        yield figure(f"{name}.pvb", f"{label}, PVB", measures.pvb, Unit.POUNDS, inputs.status_of_benefits())
        yield figure(f"{name}.npsv", f"{label}, NPSV", measures.npsv, Unit.POUNDS, inputs.status)
        yield figure(f"{name}.bcr", f"{label}, BCR", measures.bcr, Unit.RATIO, inputs.status, NO_COST_IN_SCENARIO)
        yield figure(f"{name}.change", f"{label}, change of NPSV", _change(found, analysis.scenarios[0]), Unit.POUNDS,
                     inputs.status)


def _change(found: Appraisal, central: Appraisal) -> float:
    """What a scenario adds to the NPSV, summed from the lines it changes: not the small difference of two large totals."""
    benefits = zip(found.benefits, central.benefits, strict=True)
    costs = zip(found.costs, central.costs, strict=True)
    return settled((sum(line.present_value - other.present_value for line, other in benefits)
                    - sum(line.present_value - other.present_value for line, other in costs),))[0]


def unit_of_driver(driver: Driver) -> Unit:
    return UNITS.get(driver.name, Unit.SHARE)


def driver_label(driver: Driver, analysis: Analysis) -> str:
    """What a driver is called: the line it belongs to and what of it is varied."""
    if driver.line == "all":
        return {"costs": "All costs", "benefits": "All benefits"}.get(driver.name, f"All {driver.name} benefits")
    titles = {**{line.cost.id: line.cost.item for line in analysis.appraisal.costs},
              **{line.benefit.id: line.benefit.title for line in analysis.appraisal.benefits}}
    what = {AMOUNT: "amount", UPLIFT: "optimism bias", "unit_value": "unit value"}.get(driver.name, driver.name.replace("_", " "))
    return f"{driver.line} {titles[driver.line]}: {what}"


def _driver(driver: Driver, label: str, case: Status) -> Iterator[Figure]:
    """A driver has its own status; what the NPSV becomes rests on the whole case."""
    name, unit = f"driver.{driver.id}", unit_of_driver(driver)
    yield figure(f"{name}.central", label, driver.central, unit, driver.status)
    yield figure(f"{name}.npsv_low", f"{label}, NPSV at low", driver.at_low, Unit.POUNDS, case)
    yield figure(f"{name}.npsv_high", f"{label}, NPSV at high", driver.at_high, Unit.POUNDS, case)
    if driver.in_tornado:
        yield figure(f"{name}.change_low", f"{label}, change of NPSV at low", driver.change_at_low, Unit.POUNDS, case)
        yield figure(f"{name}.change_high", f"{label}, change of NPSV at high", driver.change_at_high, Unit.POUNDS, case)
    yield figure(f"{name}.switch", f"{label}, switching value", driver.switching_value, unit, case, NONE_IN_RANGE)


def _delays(analysis: Analysis) -> Iterator[Figure]:
    status, late = analysis.appraisal.inputs.status, analysis.delays
    for years, npsv in enumerate(late.npsv):
        yield figure(f"delay.{years}", f"NPSV with all benefits {years} years late", npsv, Unit.POUNDS, status)
    yield figure("delay.switch", "Delay of all benefits, in years, that turns the NPSV", late.switching, Unit.NUMBER, status,
                 NONE_IN_RANGE)


def _drawable(analysis: Analysis) -> int:
    """How many single drivers there are: those of lines, whole lines that have factors apart."""
    return sum(driver.in_tornado for driver in analysis.drivers)


def _simulation(analysis: Analysis) -> Iterator[Figure]:
    found = analysis.simulation
    if found is None:
        return
    drawn = f"{found.drivers} of {_drawable(analysis)} drivers drawn"
    yield figure("simulation.above_zero", f"Share of draws with an NPSV above zero ({drawn})", found.above_zero, Unit.SHARE,
                 found.status)
    yield figure("simulation.mean", "Mean NPSV of all draws", found.mean, Unit.POUNDS, found.status)
    for share, value in found.percentiles.items():
        yield figure(f"simulation.p{share}", f"NPSV that {share}% of draws stay below", value, Unit.POUNDS, found.status)
    for bar, (start, count) in enumerate(zip(found.starts, found.counts, strict=True), 1):
        yield figure(f"simulation.from.{bar}", f"Bar {bar} of the distribution, NPSV from", start, Unit.POUNDS, found.status)
        yield figure(f"simulation.share.{bar}", f"Bar {bar} of the distribution, share of draws", count / found.draws, Unit.SHARE,
                     found.status)
