"""The whole analysis of a case: its value, and everything a finance director asks next."""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.appraisal.affordability import Affordability, affordability
from bizcase.appraisal.appraise import Appraisal, appraise
from bizcase.appraisal.inputs import Inputs
from bizcase.appraisal.options import OptionValue, option_values
from bizcase.appraisal.parameters import ParameterSet
from bizcase.appraisal.parties import Party, parties
from bizcase.appraisal.reconciliation import Reconciliation, reconcile
from bizcase.appraisal.risk import RiskAdjustment, risk_adjustment
from bizcase.appraisal.scale_up import ScaleUp, scale_up
from bizcase.appraisal.scenario import CENTRAL, Scenario
from bizcase.appraisal.sensitivity import Delays, Driver, delays, drivers
from bizcase.appraisal.simulation import Simulation, simulate


@dataclass(frozen=True, slots=True)
class Analysis:
    """`appraisal` is the central case; `scenarios` holds it first, then each scenario of the bid."""

    appraisal: Appraisal
    scenarios: tuple[Appraisal, ...]
    options: tuple[OptionValue, ...]
    scale_up: ScaleUp
    affordability: Affordability
    parties: tuple[Party, ...]
    reconciliation: Reconciliation
    risk: RiskAdjustment
    drivers: tuple[Driver, ...]
    delays: Delays
    simulation: Simulation | None


def analyse(inputs: Inputs, parameters: ParameterSet, shown: Scenario = CENTRAL) -> Analysis:
    """Everything that is printed about a case.

    `shown` is the scenario of the flows, measures, affordability and parties, as the workbook's selector chooses it;
    options, scale-up, drivers, delays and simulation are always those of the central case.
    """
    chosen, central = appraise(inputs, parameters, shown), appraise(inputs, parameters)
    scenarios = (central, *(appraise(inputs, parameters, scenario) for scenario in inputs.scenarios))
    return Analysis(chosen, scenarios, option_values(central), scale_up(central), affordability(chosen), parties(chosen),
                    reconcile(chosen), risk_adjustment(chosen), drivers(central), delays(central), simulate(central))
