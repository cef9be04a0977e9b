"""The rows of the tables that are computed: Figures by the ids they have in the workbook, put beside their labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.appraise import MONETISED
from bizcase.appraisal.figure import Figure
from bizcase.appraisal.figures import HEADLINES
from bizcase.appraisal.sensitivity import Driver
from bizcase.appraisal.uncertainty_figures import driver_label
from bizcase.document.generated import GENERATED
from bizcase.document.value import Value, figure_value, value

Rows = list[dict[str, Any]]

MOST_DRIVERS = 8
"""Drivers that a bid shows beside the totals; the workbook has them all."""
FLOWS = {"cost": "cost", "CRB": "benefit.CRB", "NCRB": "benefit.NCRB", "SB": "benefit.SB", "net": "net",
         "cumulative": "cumulative"}
FUNDS = ("cash_cost", "in_kind", "confirmed", "unconfirmed", "gap")
CLIFF = ("recurrent", "confirmed", "unconfirmed", "nobody")


def appraised(analysis: Analysis, figures: Mapping[str, Figure]) -> dict[str, Rows]:
    """The rows of every generated table; none where there is nothing to appraise, or nothing to say."""
    if not analysis.appraisal.costs and not analysis.appraisal.benefits:
        return {name: [] for name in GENERATED}
    maker = _Maker(analysis, figures)
    return {name: getattr(maker, name)() for name in GENERATED}


@dataclass(frozen=True, slots=True)
class _Maker:
    analysis: Analysis
    figures: Mapping[str, Figure]

    @property
    def years(self) -> tuple[str, ...]:
        return self.analysis.appraisal.timeframe.labels

    def row(self, label: str, **cells: str) -> dict[str, Any]:
        """A row of Figures by their ids."""
        return {"label": label, **{key: self._cell(name) for key, name in cells.items()}}

    def _cell(self, name: str) -> Value:
        return figure_value(self.figures[name]) if name in self.figures else value("–", name, name)

    def is_zero(self, name: str) -> bool:
        return not self.figures[name].value

    def key_figures(self) -> Rows:
        """What stands on the first page: what it costs, what it brings in cash and in capacity, and when it pays."""
        year = self.analysis.appraisal.headline_year
        label = self.years[year]
        rows = [
            ("total.cash_cost", "Cost to be met over all years, in money and in kind"),
            ("total.cost", "Cost over all years, with optimism bias"),
            ("total.confirmed", "Confirmed funding over all years"),
            ("total.unconfirmed", "Funding over all years not yet confirmed"),
            ("total.benefit.CRB", "Cash-releasing benefits over all years (CRB)"),
            ("total.benefit.NCRB", "Non-cash-releasing benefits over all years (NCRB)"),
            ("total.benefit.SB", "Societal benefits over all years (SB)"), ("npsv", "Net present social value (NPSV)"),
            ("payback", "Payback, years after year 0, all benefits"),
            ("payback.cash", "Payback, years after year 0, cash-releasing benefits alone"),
            (f"roi_cash.{year}", f"ROI to the end of year {year} ({label}), cash-releasing alone"),
            (f"roi.{year}", f"ROI to the end of year {year} ({label}), with non-cash-releasing")]
        if self.analysis.appraisal.inputs.steps:
            rows.append(("stage.host.roi", f"The same, if scale-up is not funded (year {year})"))
        return [self.row(text, value=name) for name, text in rows]

    def options(self) -> Rows:
        return [self.row(f"{found.option.id} {found.option.name}",
                         **{key: f"option.{found.option.id}.{key}" for key in ("pvc", "pvb", "npsv", "eanb")})
                for found in self.analysis.options]

    def cost_lines(self) -> Rows:
        inputs = self.analysis.appraisal.inputs
        rows = [self.row(f"{line.cost.id} {line.cost.item}", base=f"line.{line.cost.id}", uplift=f"line.{line.cost.id}.uplift",
                         adjusted=f"line.{line.cost.id}.adjusted")
                for line in self.analysis.appraisal.costs
                if inputs.bears(line.cost, inputs.preferred) or inputs.weight(line.cost)]
        return [*rows, self.row("All costs", base="total.planned", adjusted="total.cost", uplift="")]

    def affordability(self) -> Rows:
        return [*(self.row(year, **{name: f"flow.{name}.{year}" for name in FUNDS}) for year in self.years),
                self.row("All years", **{name: f"total.{name}" for name in FUNDS})]

    def reconciliation(self) -> Rows:
        names = [name for name in ("economic", "optimism_bias", "set_off", "inflation", "vat", "cash")
                 if name in ("economic", "cash") or not self.is_zero(f"reconcile.{name}")]
        return [self.row(self.figures[f"reconcile.{name}"].label, value=f"reconcile.{name}") for name in names]

    def benefit_lines(self) -> Rows:
        inputs = self.analysis.appraisal.inputs
        rows = [self.row(f"{line.benefit.id} {line.benefit.title}", full_year=f"line.{line.benefit.id}.full_year",
                         all_years=f"line.{line.benefit.id}", present=f"line.{line.benefit.id}.present")
                for line in self.analysis.appraisal.benefits
                if inputs.bears(line.benefit, inputs.preferred) or inputs.weight(line.benefit)]
        return [*rows, self.row("All benefits, cash and not cash", all_years="total.benefit", present="pvb", full_year="")]

    def headlines(self) -> Rows:
        rows = [self.row(self.figures[name].label, value=name) for name in HEADLINES]
        risk = [self.row(self.figures["npsv.after_risk"].label, value="npsv.after_risk")] if self.analysis.risk.lines else []
        return [*rows, *risk, self.row("Years by which all benefits may come late before the NPSV is zero", value="delay.switch")]

    def classes(self) -> Rows:
        return [self.row(f"{kind.capitalize()} ({kind.name})", all_years=f"total.benefit.{kind.name}", present=f"pvb.{kind.name}")
                for kind in MONETISED]

    def roi(self) -> Rows:
        return [self.row(f"year {number} ({year})", cash=f"roi_cash.{number}", both=f"roi.{number}")
                for number, year in enumerate(self.years)]

    def cash_flow(self) -> Rows:
        return [self.row(year, **{key: f"flow.{name}.{year}" for key, name in FLOWS.items()}) for year in self.years]

    def scenario_values(self) -> Rows:
        """The central case, then each scenario that changes anything: where nothing is varied, nothing is shown to hold."""
        central, *others = self.analysis.scenarios
        telling = [found for found in others if not self.is_zero(f"scenario.{found.scenario.id}.change")]
        return [self.row(found.scenario.name, npsv=f"scenario.{found.scenario.id}.npsv",
                         change=f"scenario.{found.scenario.id}.change") for found in (central, *telling)]

    def switching(self) -> Rows:
        """All costs, all benefits, then the drivers that move the NPSV most."""
        totals = [driver for driver in self.analysis.drivers if driver.line == "all" and driver.name in ("costs", "benefits")]
        lines = sorted((driver for driver in self.analysis.drivers if driver.in_tornado), key=lambda driver: -driver.swing)
        return [self._driver(driver) for driver in [*totals, *lines[:MOST_DRIVERS]]]

    def _driver(self, driver: Driver) -> dict[str, Any]:
        name = f"driver.{driver.id}"
        return self.row(driver_label(driver, self.analysis), central=f"{name}.central", low=f"{name}.npsv_low",
                        high=f"{name}.npsv_high", switch=f"{name}.switch")

    def simulation(self) -> Rows:
        if self.analysis.simulation is None:
            return []
        names = ["above_zero", "mean", *(f"p{share}" for share in self.analysis.simulation.percentiles)]
        return [self.row(self.figures[f"simulation.{name}"].label, value=f"simulation.{name}") for name in names]

    def parties(self) -> Rows:
        """Who pays and who gains; nobody is left out where nothing is unpaid."""
        rows = []
        for number, party in enumerate(self.analysis.parties, 1):
            keys = ("pays", "CRB", "NCRB", "SB", "net_cash", "net")
            if any(not self.is_zero(f"party.{number}.{key}") for key in keys):
                rows.append(self.row(party.name, **{key: f"party.{number}.{key}" for key in keys}))
        return rows

    def stages(self) -> Rows:
        if len(self.analysis.scale_up.reached) < 2:
            return []
        rows = []
        for stage in self.analysis.scale_up.reached:
            key = stage.step.id if stage.step else "host"
            label = f"{stage.step.id} {stage.step.setting}" if stage.step else "The pilot alone"
            rows.append(self.row(label, added=f"added.{key}.npsv", npsv=f"stage.{key}.npsv", roi_cash=f"stage.{key}.roi_cash",
                                 roi=f"stage.{key}.roi"))
        return rows

    def cliff(self) -> Rows:
        """The years after the grants; none where no grant ends within the years appraised."""
        first = self.analysis.affordability.cliff.first_year
        if first is None:
            return []
        return [self.row(year, **{name: f"flow.cliff.{name}.{year}" for name in CLIFF}) for year in self.years[first:]]
