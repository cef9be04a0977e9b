"""Figures: the numbers that may be printed. The bid prints nothing else, and each has a cell in the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bizcase.appraisal.appraise import Appraisal, Flow
from bizcase.appraisal.inputs import Status


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


NOT_WITHIN = "not within the years appraised"
NO_COST = "no cost to compare with"


def written(value: float, unit: Unit) -> str:
    """A value as it is printed: rounded for reading; the workbook holds it in full."""
    match unit:
        case Unit.POUNDS:
            text = f"£{abs(value):,.0f}" if abs(value) >= 100 or float(value).is_integer() else f"£{abs(value):,.2f}"
            return f"−{text}" if value < 0 and text not in ("£0", "£0.00") else text
        case Unit.SHARE:
            return f"{value * 100:,.1f}%".replace("-", "−")
        case Unit.RATIO:
            return f"{value:,.2f}".replace("-", "−")
        case Unit.YEARS:
            return f"{value:,.1f} years"
        case Unit.FACTOR:
            return f"{value:.4f}"
        case Unit.NUMBER:
            return _plain(value)
        case Unit.CALENDAR:
            return f"{value:.0f}"


def _plain(value: float) -> str:
    text = f"{value:,.4f}".rstrip("0").rstrip(".") if not float(value).is_integer() else f"{value:,.0f}"
    return text.replace("-", "−")


def figure(name: str, label: str, value: float | None, unit: Unit, status: Status, otherwise: str = "") -> Figure:
    """A figure with its printed text."""
    return Figure(name, label, value, unit, otherwise if value is None else written(value, unit), status)


def appraisal_figures(appraisal: Appraisal) -> tuple[Figure, ...]:
    """Every figure of an appraisal: the measures, the flows by year, and each line."""
    return (*_measures(appraisal), *_flows(appraisal), *_lines(appraisal), *_factors(appraisal))


def _measures(appraisal: Appraisal) -> Iterator[Figure]:
    measures, status = appraisal.measures, appraisal.inputs.status
    yield figure("npsv", "Net present social value (NPSV)", measures.npsv, Unit.POUNDS, status)
    yield figure("pvb", "Present value of benefits (PVB)", measures.pvb, Unit.POUNDS, status)
    yield figure("pvc", "Present value of costs (PVC)", measures.pvc, Unit.POUNDS, status)
    yield figure("bcr", "Benefit-cost ratio (BCR)", measures.bcr, Unit.RATIO, status, NO_COST)
    for kind, amount in measures.pvb_by_class.items():
        yield figure(f"pvb.{kind.name}", f"Present value of {kind} benefits ({kind.name})", amount, Unit.POUNDS, status)
    yield figure("payback", "Payback", measures.payback, Unit.YEARS, status, NOT_WITHIN)
    yield figure("payback.discounted", "Payback, discounted", measures.discounted_payback, Unit.YEARS, status, NOT_WITHIN)
    labels = appraisal.timeframe.labels
    for year, (cash, both) in enumerate(zip(measures.roi_cash, measures.roi, strict=True)):
        yield figure(f"roi_cash.{year}", f"Cash-releasing ROI to the end of year {year} ({labels[year]})", cash,
                     Unit.SHARE, status, NO_COST)
        yield figure(f"roi.{year}", f"ROI to the end of year {year} ({labels[year]})", both, Unit.SHARE, status, NO_COST)


def _flows(appraisal: Appraisal) -> Iterator[Figure]:
    flow, afford = appraisal.flow, appraisal.affordability
    rows: list[tuple[str, str, Flow]] = [
        *((f"cost.{kind.name}", f"{kind.capitalize()} cost", row) for kind, row in flow.costs.items()),
        ("cost", "Total cost", flow.total_cost),
        *((f"benefit.{kind.name}", f"{kind.capitalize()} benefit ({kind.name})", row)
          for kind, row in flow.benefits.items()),
        ("benefit", "Total benefit", flow.total_benefit),
        ("net", "Net benefit", flow.net), ("cumulative", "Cumulative net benefit", flow.cumulative),
        ("present_cost", "Present value of cost", flow.present_cost),
        ("present_benefit", "Present value of benefit", flow.present_benefit),
        ("present_net", "Present value of net benefit", flow.present_net),
        ("present_cumulative", "Cumulative present value", flow.present_cumulative),
        ("base_cost", "Cost before optimism bias", afford.cost), ("funding", "Funding", afford.funding),
        ("gap", "Not funded", afford.gap),
    ]
    for name, label, row in rows:
        yield from _by_year(f"flow.{name}", label, row, appraisal)
    for name, label, row in rows:
        if name.split(".")[0] in ("cost", "benefit", "base_cost", "funding", "gap", "net"):
            yield figure(f"total.{name}", f"{label}, all years", sum(row), Unit.POUNDS, appraisal.inputs.status)


def _by_year(name: str, label: str, row: Sequence[float], appraisal: Appraisal) -> Iterator[Figure]:
    for year, amount in zip(appraisal.timeframe.labels, row, strict=True):
        yield figure(f"{name}.{year}", f"{label}, {year}", amount, Unit.POUNDS, appraisal.inputs.status)


def _lines(appraisal: Appraisal) -> Iterator[Figure]:
    for line in appraisal.costs:
        yield figure(f"line.{line.cost.id}", f"{line.cost.item}, all years", sum(line.base), Unit.POUNDS, line.cost.status)
        yield figure(f"line.{line.cost.id}.adjusted", f"{line.cost.item}, with optimism bias", sum(line.adjusted),
                     Unit.POUNDS, line.cost.status)
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
