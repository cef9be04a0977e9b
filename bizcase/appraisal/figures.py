"""Figures: the numbers that may be printed. The bid prints nothing else, and each has a cell in the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from bizcase.appraisal.appraise import Appraisal, Flow
from bizcase.appraisal.inputs import BenefitClass, Status, weakest


class Unit(StrEnum):
    POUNDS = "£"
    SHARE = "%"
    RATIO = "ratio"
    YEARS = "years"
    FACTOR = "factor"
    NUMBER = "number"
    CALENDAR = "year"


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is None where there is no answer; `text` then says why. `status` is that of what the figure rests on."""

    id: str
    label: str
    value: float | None
    unit: Unit
    text: str
    status: Status = Status.KNOWN

    @property
    def flagged(self) -> bool:
        """Whether the reader must be told not to rely on it."""
        return self.status in (Status.ILLUSTRATIVE, Status.DISPUTED)


HEADLINES = ("npsv", "pvb", "pvc", "bcr", "payback", "payback.discounted")
"""The measures with which every summary begins."""

NOT_WITHIN = "not within the years appraised"
NO_COST = "no cost to compare with"

_AS_EXCEL_SHOWS = Context(prec=400, rounding=ROUND_HALF_UP)


def written(value: float, unit: Unit) -> str:
    """A value as it is printed: rounded for reading; the workbook holds it in full."""
    match unit:
        case Unit.POUNDS:
            text = _rounded(value, 0 if abs(value) >= 100 or float(value).is_integer() else 2)
            return f"−£{text[1:]}" if text.startswith("−") else f"£{text}"
        case Unit.SHARE:
            return f"{_rounded(value * 100, 1)}%"
        case Unit.RATIO:
            return _rounded(value, 2)
        case Unit.YEARS:
            return f"{_rounded(value, 1)} years"
        case Unit.FACTOR:
            return _rounded(value, 4)
        case Unit.NUMBER:
            return _plain(value)
        case Unit.CALENDAR:
            return f"{value:.0f}"


def as_given(value: float, unit: Unit) -> str:
    """A value as it was typed, with all its digits: who multiplies the factors of a benefit must reach its result."""
    number = Decimal(repr(value)) * (100 if unit is Unit.SHARE else 1)
    places = max(0, -int(number.normalize().as_tuple().exponent))
    if unit is Unit.CALENDAR:
        return f"{value:.0f}"
    if unit is Unit.POUNDS:
        text = _rounded(value, max(2, places) if places else 0)
        return f"−£{text[1:]}" if text.startswith("−") else f"£{text}"
    return _rounded(float(number), places) + ("%" if unit is Unit.SHARE else "")


def _rounded(value: float, places: int) -> str:
    """Rounded half away from zero at 15 digits, as Excel shows the same number; never minus zero."""
    number = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), context=_AS_EXCEL_SHOWS)
    return f"{number or abs(number):,f}".replace("-", "−")


def _plain(value: float) -> str:
    """At most four decimals, or eight for a number so small that four would hide it."""
    text = _rounded(value, 0 if float(value).is_integer() else 4 if abs(value) >= 0.01 else 8)
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(name: str, label: str, value: float | None, unit: Unit, status: Status, otherwise: str = "") -> Figure:
    """A figure with its printed text."""
    return Figure(name, label, value, unit, otherwise if value is None else written(value, unit), status)


def given_figure(name: str, label: str, value: float, unit: Unit, status: Status) -> Figure:
    """A figure that the specification gives."""
    return Figure(name, label, value, unit, as_given(value, unit), status)


def appraisal_figures(appraisal: Appraisal) -> tuple[Figure, ...]:
    """Every figure of an appraisal: the measures, the flows by year, and each line."""
    return (*_measures(appraisal), *_flows(appraisal), *_lines(appraisal), *_factors(appraisal))


def _measures(appraisal: Appraisal) -> Iterator[Figure]:
    measures, inputs, status = appraisal.measures, appraisal.inputs, appraisal.inputs.status
    yield figure("npsv", "Net present social value (NPSV)", measures.npsv, Unit.POUNDS, status)
    yield figure("pvb", "Present value of benefits (PVB)", measures.pvb, Unit.POUNDS, inputs.status_of_benefits())
    yield figure("pvc", "Present value of costs (PVC)", measures.pvc, Unit.POUNDS, inputs.status_of_costs())
    yield figure("bcr", "Benefit-cost ratio (BCR)", measures.bcr, Unit.RATIO, status, NO_COST)
    for kind, amount in measures.pvb_by_class.items():
        yield figure(f"pvb.{kind.name}", f"Present value of {kind} benefits ({kind.name})", amount, Unit.POUNDS,
                     inputs.status_of_benefits(kind))
    yield figure("payback", "Payback, years after year 0, all benefits", measures.payback, Unit.YEARS, status, NOT_WITHIN)
    yield figure("payback.discounted", "Payback, discounted, years after year 0", measures.discounted_payback, Unit.YEARS, status,
                 NOT_WITHIN)
    labels = appraisal.timeframe.labels
    of_cash = weakest([inputs.status_of_costs(), inputs.status_of_benefits(BenefitClass.CRB)])
    of_both = weakest([of_cash, inputs.status_of_benefits(BenefitClass.NCRB)])
    for year, (cash, both) in enumerate(zip(measures.roi_cash, measures.roi, strict=True)):
        yield figure(f"roi_cash.{year}", f"Cash-releasing ROI to the end of year {year} ({labels[year]})", cash,
                     Unit.SHARE, of_cash, NO_COST)
        yield figure(f"roi.{year}", f"ROI to the end of year {year} ({labels[year]})", both, Unit.SHARE, of_both, NO_COST)


def _flows(appraisal: Appraisal) -> Iterator[Figure]:
    flow, afford, inputs = appraisal.flow, appraisal.affordability, appraisal.inputs
    costs, benefits, status = inputs.status_of_costs(), inputs.status_of_benefits(), inputs.status
    rows: list[tuple[str, str, Flow, Status]] = [
        *((f"cost.{kind.name}", f"{kind.capitalize()} cost", row, inputs.status_of_costs(kind))
          for kind, row in flow.costs.items()),
        ("cost", "Total cost", flow.total_cost, costs),
        *((f"benefit.{kind.name}", f"{kind.capitalize()} benefit ({kind.name})", row, inputs.status_of_benefits(kind))
          for kind, row in flow.benefits.items()),
        ("benefit", "Total benefit", flow.total_benefit, benefits),
        ("net", "Net benefit", flow.net, status), ("cumulative", "Cumulative net benefit", flow.cumulative, status),
        ("present_cost", "Present value of cost", flow.present_cost, costs),
        ("present_benefit", "Present value of benefit", flow.present_benefit, benefits),
        ("present_net", "Present value of net benefit", flow.present_net, status),
        ("present_cumulative", "Cumulative present value", flow.present_cumulative, status),
        ("base_cost", "Cost before optimism bias", afford.cost, costs),
        ("funding", "Funding", afford.funding, Status.KNOWN), ("gap", "Not funded", afford.gap, costs),
    ]
    labels = appraisal.timeframe.labels
    for name, label, row, weakest_part in rows:
        yield from _by_year(f"flow.{name}", label, zip(labels, row, strict=True), weakest_part)
    for name, label, row, weakest_part in rows:
        if name.split(".")[0] in ("cost", "benefit", "base_cost", "funding", "gap", "net"):
            yield figure(f"total.{name}", f"{label}, all years", sum(row), Unit.POUNDS, weakest_part)


def _by_year(name: str, label: str, amounts: Iterable[tuple[str, float]], status: Status) -> Iterator[Figure]:
    for year, amount in amounts:
        yield figure(f"{name}.{year}", f"{label}, {year}", amount, Unit.POUNDS, status)


def _lines(appraisal: Appraisal) -> Iterator[Figure]:
    for line in appraisal.costs:
        yield figure(f"line.{line.cost.id}", f"{line.cost.item}, all years", sum(line.base), Unit.POUNDS, line.cost.status)
        yield figure(f"line.{line.cost.id}.adjusted", f"{line.cost.item}, with optimism bias", sum(line.adjusted),
                     Unit.POUNDS, line.cost.status)
        yield figure(f"line.{line.cost.id}.uplift", f"{line.cost.item}, uplift for optimism bias",
                     line.cost.optimism_bias.uplift, Unit.SHARE, line.cost.status)
    for gain in appraisal.benefits:
        benefit = gain.benefit
        yield figure(f"line.{benefit.id}", f"{benefit.title}, all years", sum(gain.amounts), Unit.POUNDS, benefit.status)
        yield figure(f"line.{benefit.id}.present", f"{benefit.title}, present value", gain.present_value, Unit.POUNDS,
                     benefit.status)
        if benefit.chain is not None:
            yield figure(f"line.{benefit.id}.full_year", f"{benefit.title}, full year",
                         benefit.sign * benefit.chain.full_year_value, Unit.POUNDS, benefit.status)
    for fund in appraisal.funding:
        yield figure(f"line.{fund.funding.id}", f"{fund.funding.source}, all years", sum(fund.amounts), Unit.POUNDS,
                     Status.KNOWN)


def _factors(appraisal: Appraisal) -> Iterator[Figure]:
    for name, row in (("standard", appraisal.factors), ("health", appraisal.health_factors)):
        for year, factor in zip(appraisal.timeframe.labels, row, strict=True):
            yield figure(f"factor.{name}.{year}", f"Discount factor ({name}), {year}", factor, Unit.FACTOR, Status.KNOWN)
