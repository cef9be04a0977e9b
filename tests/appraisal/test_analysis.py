"""The whole analysis: which parts follow the scenario that is shown, and which are always those of the central case."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from bizcase.appraisal.affordability import affordability
from bizcase.appraisal.analysis import analyse
from bizcase.appraisal.appraise import appraise
from bizcase.appraisal.figures import analysis_figures
from bizcase.appraisal.inputs import Inputs
from bizcase.appraisal.options import option_values
from bizcase.appraisal.parties import parties
from bizcase.appraisal.reconciliation import reconcile
from bizcase.appraisal.risk import risk_adjustment
from bizcase.appraisal.scale_up import scale_up
from bizcase.appraisal.scenario import CENTRAL, Scenario
from bizcase.appraisal.sensitivity import delays, drivers
from bizcase.appraisal.simulation import simulate
from tests.appraisal.generating import some_inputs
from tests.appraisal.making import GREEN_BOOK, often
from tests.conftest import sample_case, sample_names

WORSE = Scenario("worse", "Worse", costs=0.5, benefits=-0.5, delay=1)
few = settings(often, max_examples=15)


@given(some_inputs())
@few
def test_the_scenario_shown_changes_value_and_cash_and_nothing_that_compares(inputs: Inputs) -> None:
    found = analyse(inputs, GREEN_BOOK, WORSE)
    shown, central = appraise(inputs, GREEN_BOOK, WORSE), appraise(inputs, GREEN_BOOK)
    assert found.appraisal == shown
    assert (found.affordability, found.parties) == (affordability(shown), parties(shown))
    assert (found.reconciliation, found.risk) == (reconcile(shown), risk_adjustment(shown))
    assert (found.options, found.scale_up) == (option_values(central), scale_up(central))
    assert (found.drivers, found.delays, found.simulation) == (drivers(central), delays(central), simulate(central))


@given(some_inputs())
@few
def test_the_central_case_comes_first_and_then_every_scenario(inputs: Inputs) -> None:
    found = analyse(inputs, GREEN_BOOK)
    assert [made.scenario for made in found.scenarios] == [CENTRAL, *inputs.scenarios]
    assert found.scenarios[0] == found.appraisal
    for made in found.scenarios:
        assert made == appraise(inputs, GREEN_BOOK, made.scenario)


@given(some_inputs())
@few
def test_the_same_inputs_give_the_same_figures_each_with_an_id_of_its_own(inputs: Inputs) -> None:
    figures = analysis_figures(analyse(inputs, GREEN_BOOK))
    assert figures == analysis_figures(analyse(inputs, GREEN_BOOK))
    assert len({figure.id for figure in figures}) == len(figures)


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_is_analysed_from_its_own_inputs(name: str) -> None:
    case = sample_case(name)
    assert case.project is not None
    assert case.analysis == analyse(case.project.inputs, case.project.parameters)
