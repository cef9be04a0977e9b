"""A small case in which every chart has something to show, and its Figures by id."""

from __future__ import annotations

from functools import cache

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Figure
from bizcase.appraisal.figures import analysis_figures
from bizcase.appraisal.inputs import BenefitClass, Chain, Range, Status, Step
from bizcase.charts.definition import Chart, charts_of
from tests.appraisal.making import FIRST_YEAR, analysed, benefit, chained, cost, funding

NAMES = ("cash_flow", "cumulative", "classes", "funding", "cliff", "adoption", "tornado", "simulation")


@cache
def full_case() -> Analysis:
    ranged = chained(Chain(100, 0.5, 4000), start=1, ranges={"effect": Range(0.4, 0.7)}, status=Status.ILLUSTRATIVE)
    later = benefit(0, 0, 50_000, name="B2", kind=BenefitClass.NCRB, steps=("X1",))
    return analysed(
        cost(250_000), cost(0, 60_000, 60_000, 60_000, name="C2", recurrent=True, payer="F1", payer_after_grant="F2"), ranged,
        later, funding(250_000, 60_000), funding(0, 0, 20_000, 30_000, name="F2", kind="host", status="expected"), years=3,
        steps=(Step("X1", "Eastfield", 4, FIRST_YEAR + 2, (0.5, 1)),), scenarios=())


def by_id(analysis: Analysis) -> dict[str, Figure]:
    return {found.id: found for found in analysis_figures(analysis)}


def by_name(analysis: Analysis) -> dict[str, Chart]:
    return {chart.name: chart for chart in charts_of(analysis)}
