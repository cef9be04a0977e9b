"""What each chart shows: its Figures, its words and its look, for the workbook and the bid alike.

Every number that is plotted is a Figure. A chart with nothing to draw does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.appraise import MONETISED
from bizcase.appraisal.currency import POUND, in_currency
from bizcase.appraisal.figure import Figure
from bizcase.appraisal.figures import analysis_figures
from bizcase.appraisal.inputs import Status, weakest
from bizcase.appraisal.sensitivity import tornado
from bizcase.appraisal.uncertainty_figures import driver_label
from bizcase.charts import look
from bizcase.charts.look import Look
from bizcase.charts.words import above_zero, first_and_last, highest, listed, lowest, shortened, value_of

POUNDS, SHARE, COUNT = '"£"#,##0;"−£"#,##0', "0%", "General"
USUAL_HEIGHT, LOW, HIGH, PER_BAR, PER_NAME = 6.0, 5.2, 10.0, 0.45, 0.4
"""Centimetres: a picture is as high as its bars and the names in its legend need."""


class Kind(Enum):
    """How the columns of a chart stand; `LINES` has none. A series can be a line over the columns of any kind."""

    COLUMNS = "columns side by side"
    STACKED = "columns on top of one another"
    LINES = "lines"
    BARS = "bars to either side of zero"
    HISTOGRAM = "columns without gaps"


@dataclass(frozen=True, slots=True)
class Series:
    """What is plotted under one name: the ids of its Figures, one for each category. `as_line` sets it over the columns."""

    label: str
    figures: tuple[str, ...]
    look: Look
    as_line: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `title` holds whatever is typed into the workbook; `caption` and `alt` say what this case comes to.

    `sheet` is the sheet of the workbook on which the Figures stand, `status` that of the least certain of them, `height`
    in centimetres that of the picture in the bid. `names` are the ids of the Figures that name the categories, where
    those are numbers.
    """

    name: str
    title: str
    caption: str
    alt: str
    kind: Kind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    sheet: str
    status: Status
    number_format: str = POUNDS
    name_format: str = POUNDS
    height: float = USUAL_HEIGHT
    names: tuple[str, ...] = ()
    in_bid: bool = True

    @property
    def figures(self) -> tuple[str, ...]:
        """The ids of all Figures that are plotted."""
        return tuple(name for series in self.series for name in series.figures)


def charts_of(analysis: Analysis, figures: Mapping[str, Figure] | None = None, currency: str = POUND) -> tuple[Chart, ...]:
    """Every chart of a case that has something to show, in the order in which they are read.

    `figures` are the Figures by id, where the caller has them already; `currency` is the sign before amounts.
    """
    known = figures if figures is not None else {found.id: found for found in analysis_figures(analysis, currency)}
    return tuple(replace(chart, number_format=in_currency(chart.number_format, currency),
                         name_format=in_currency(chart.name_format, currency)) for chart in _Charts(analysis, known).all())


@dataclass(frozen=True, slots=True)
class _Charts:
    analysis: Analysis
    known: Mapping[str, Figure]

    def all(self) -> Iterator[Chart]:
        makers = (self._cash_flow, self._cumulative, self._classes, self._funding, self._cliff, self._adoption, self._tornado,
                  self._simulation)
        for made in (chart for maker in makers for chart in maker()):
            if any(self.known[name].value for name in made.figures):
                yield made

    @property
    def years(self) -> tuple[str, ...]:
        return self.analysis.appraisal.timeframe.labels

    def _text(self, name: str) -> str:
        return self.known[name].text

    def _by_year(self, label: str, name: str, looks: Look, *, as_line: bool = False) -> Series:
        """A series over the years; `name` is the id of its Figures without the year that ends it."""
        return Series(label, tuple(f"{name}.{year}" for year in self.years), looks, as_line)

    def _row(self, series: Series) -> list[Figure]:
        return [self.known[name] for name in series.figures]

    def _status(self, series: Sequence[Series]) -> Status:
        return weakest([self.known[name].status for each in series for name in each.figures])

    def _told(self, words: str, series: Sequence[Series]) -> str:
        """A description, and a warning where what it describes must not be relied on."""
        status = self._status(series)
        return f"{words} Some of the figures are {status}." if status in (Status.ILLUSTRATIVE, Status.DISPUTED) else words

    def _of_years(self, name: str, title: str, caption: str, kind: Kind, series: Sequence[Series], sheet: str, alt: str, *,
                  number_format: str = POUNDS, height: float = USUAL_HEIGHT) -> Chart:
        return Chart(name, title, caption, self._told(alt, series), kind, self.years, tuple(series), sheet, self._status(series),
                     number_format, height=height)

    def _cash_flow(self) -> Iterator[Chart]:
        series = (self._by_year("Costs", "flow.cost", look.COST), self._by_year("Benefits", "flow.benefit", look.BENEFIT),
                  self._by_year("Net benefit", "flow.net", look.NET, as_line=True))
        costs, benefits, net = map(self._row, series)
        yield self._of_years(
            "cash_flow", "Costs, benefits and net benefit by year",
            "Costs, benefits and net benefit by year: real terms, not discounted", Kind.COLUMNS, series, "Cash flow",
            f"Columns by year: costs are {highest(costs, self.years)}, benefits {highest(benefits, self.years)}. "
            f"The net benefit is {first_and_last(net, self.years)}.")

    def _cumulative(self) -> Iterator[Chart]:
        series = (self._by_year("Not discounted", "flow.cumulative", look.UNDISCOUNTED, as_line=True),
                  self._by_year("Discounted", "flow.present_cumulative", look.DISCOUNTED, as_line=True))
        plain, present = map(self._row, series)
        yield self._of_years(
            "cumulative", "Cumulative net benefit: payback at the zero line",
            f"Cumulative net benefit. {self._payback()}", Kind.LINES, series, "Cash flow",
            f"Cumulative net benefit by year: {lowest(plain, self.years)}; {above_zero(plain, self.years)}; {plain[-1].text} in "
            f"{self.years[-1]}. Discounted it is {above_zero(present, self.years)} and {present[-1].text} in {self.years[-1]}. "
            f"{self._payback()}.")

    def _payback(self) -> str:
        plain, present = self.known["payback"], self.known["payback.discounted"]
        if plain.value is None and present.value is None:
            return f"Payback: {plain.text}"
        after = " after year 0" if plain.value is not None else ""
        return f"Payback: {plain.text}{after}; discounted: {present.text}"

    def _classes(self) -> Iterator[Chart]:
        there = {line.benefit.benefit_class for line in self.analysis.appraisal.benefits}
        kinds = [kind for kind in MONETISED if kind in there]
        series = [self._by_year(f"{kind.capitalize()} ({kind.name})", f"flow.benefit.{kind.name}", look.CLASSES[kind.name])
                  for kind in kinds]
        totals = listed([f"{kind} {self._text(f'total.benefit.{kind.name}')}" for kind in kinds])
        yield self._of_years(
            "classes", "Benefits by class and year", "Benefits by class and year: real terms, not discounted", Kind.STACKED,
            series, "Cash flow", f"Stacked columns by year. Benefits of all years together: {totals}.", height=LOW)

    def _funding(self) -> Iterator[Chart]:
        sources = [line.funding for line in self.analysis.affordability.funding]
        if not sources:
            return
        series = [self._by_year(shortened(row.source) + ("" if row.confirmed else " (not confirmed)"), f"line.{row.id}",
                                look.stacked(position, hatched=not row.confirmed)) for position, row in enumerate(sources)]
        series.append(self._by_year("Cost to be met", "flow.cash_cost", look.TO_BE_MET, as_line=True))
        totals = listed([f"{shortened(row.source)} {self._text(f'line.{row.id}')}" for row in sources])
        yield self._of_years(
            "funding", "Funding by source beside the cost to be met",
            "Funding by source and year beside the cost to be met: with inflation and VAT, before optimism bias", Kind.STACKED,
            series, "Funding",
            f"Stacked columns by year, with a line for the cost to be met. Of all years together: {totals}; cost to be met "
            f"{self._text('total.cash_cost')}, not funded {self._text('total.gap')}.",
            height=min(HIGH, LOW + PER_NAME * len(series)))

    def _cliff(self) -> Iterator[Chart]:
        if self.analysis.affordability.cliff.grant_ends is None:
            return
        ends, parts = self._text("cliff.grant_ends"), ("confirmed", "unconfirmed", "nobody")
        labels = ("Confirmed funding", "Funding not yet confirmed", "Nobody")
        series = [self._by_year(label, f"flow.cliff.{part}", looks)
                  for label, part, looks in zip(labels, parts, (look.FIRM, look.HOPED, look.NOBODY), strict=True)]
        firm, hoped, nobody = (self._text(f"total.cliff.{part}") for part in parts)
        yield self._of_years(
            "cliff", "Recurrent cost after the grants, by who pays it",
            f"The cliff: recurrent cost after the grants end in {ends}, by who pays it", Kind.STACKED,
            series, "Funding",
            f"Stacked columns by year. The grants end in {ends}; of the {self._text('total.cliff.recurrent')} of recurrent cost "
            f"after that, confirmed funding pays {firm}, funding not yet confirmed would pay {hoped}, and nobody pays {nobody}.",
            height=LOW)

    def _adoption(self) -> Iterator[Chart]:
        steps = self.analysis.appraisal.inputs.steps
        series = [self._by_year(shortened(step.setting), f"adoption.{step.id}", look.stacked(position))
                  for position, step in enumerate(steps)]
        if not series:
            return
        total = [self.known[f"adoption.{year}"] for year in self.years]
        last = listed([f"{shortened(step.setting)} {self._text(f'adoption.{step.id}.{self.years[-1]}')}" for step in steps])
        yield self._of_years(
            "adoption", "Sites that have joined, by step of scale-up",
            "Sites that have joined beside the pilot's own, by step of scale-up and year", Kind.STACKED, series, "Adoption",
            f"Stacked columns by year. Sites that have joined beside the pilot's own: {first_and_last(total, self.years)}, "
            f"of which {last}.", number_format=COUNT, height=LOW)

    def _tornado(self) -> Iterator[Chart]:
        found = [(f"driver.{driver.id}", shortened(driver_label(driver, self.analysis)))
                 for driver in tornado(self.analysis.drivers)]
        if not found:
            return
        series = tuple(Series(f"At the {end} end of its range", tuple(f"{name}.change_{end}" for name, _ in found), looks)
                       for end, looks in (("low", look.LOW_END), ("high", look.HIGH_END)))
        told = " and ".join(f"{label} ({self._text(f'{name}.change_low')} at the low end, "
                            f"{self._text(f'{name}.change_high')} at the high end)" for name, label in found[:2])
        yield Chart("tornado", "Change of NPSV at the ends of each driver's range",
                    "Tornado: how far the NPSV moves when one driver at a time goes to the ends of its range",
                    self._told(f"Bars to either side of zero, the longest first. The NPSV moves most with {told}.", series),
                    Kind.BARS, tuple(label for _, label in found), series, "Sensitivity", self._status(series),
                    height=max(LOW, 3 + PER_BAR * len(found)))

    def _simulation(self) -> Iterator[Chart]:
        found = self.analysis.simulation
        if found is None:
            return
        bars = range(1, len(found.counts) + 1)
        starts = tuple(f"simulation.from.{bar}" for bar in bars)
        series = (Series("Share of draws", tuple(f"simulation.share.{bar}" for bar in bars), look.SHARE),)
        yield Chart("simulation", "Simulation: share of draws by NPSV", "Simulation: how often each NPSV was drawn",
                    self._told(f"Columns: the share of draws by NPSV. {self._text('simulation.above_zero')} of draws are above "
                               f"zero; the middle nine tenths lie between {self._text('simulation.p5')} and "
                               f"{self._text('simulation.p95')}.", series),
                    Kind.HISTOGRAM, tuple(map(self._text, starts)), series, "Simulation", self._status(series), SHARE,
                    names=starts, in_bid=False)


def values_of(series: Series, figures: Mapping[str, Figure]) -> list[float]:
    """The numbers that a series plots."""
    return [value_of(figures[name]) for name in series.figures]
