"""The figures of an analysis: all that may be printed of it, each with its id, label and status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.currency import POUND
from bizcase.appraisal.figure import Figure, Unit, figure, worded
from bizcase.appraisal.inputs import BenefitClass, CostType, Status, weakest
from bizcase.appraisal.money import Flow
from bizcase.appraisal.uncertainty_figures import uncertainty_figures

HEADLINES = ("npsv", "pvb", "pvc", "bcr", "eanb", "irr", "payback", "payback.discounted", "payback.cash")
"""The measures with which every summary begins."""

NOT_WITHIN = "not within the years appraised"
NO_COST = "no cost to compare with"
NO_RATE = "no single rate"
NO_GRANT = "no grant"
NO_CLIFF = "none within the years appraised"
NOT_APPRAISED = "not appraised"


def analysis_figures(analysis: Analysis, currency: str = POUND) -> tuple[Figure, ...]:
    """Every figure of an analysis, money with the sign of that currency."""
    appraisal = analysis.appraisal
    found = (*_measures(appraisal), *_risk(analysis), *_flows(analysis), *_lines(analysis), *_factors(appraisal),
             *_options(analysis), *_affordability(analysis), *_reconciliation(analysis), *_parties(analysis),
             *_scale_up(analysis), *uncertainty_figures(analysis))
    return tuple(each.in_currency(currency) for each in found)


def _measures(appraisal: Appraisal) -> Iterator[Figure]:
    measures, inputs, status = appraisal.measures, appraisal.inputs, appraisal.inputs.status
    yield figure("npsv", "Net present social value (NPSV)", measures.npsv, Unit.POUNDS, status)
    yield figure("pvb", "Present value of benefits (PVB)", measures.pvb, Unit.POUNDS, inputs.status_of_benefits())
    yield figure("pvc", "Present value of costs (PVC)", measures.pvc, Unit.POUNDS, inputs.status_of_costs())
    yield figure("bcr", "Benefit-cost ratio (BCR)", measures.bcr, Unit.RATIO, status, NO_COST)
    yield figure("eanb", "Net benefit spread evenly over the years (EANB)", measures.eanb, Unit.POUNDS, status)
    yield figure("eac", "Cost spread evenly over the years (EAC)", measures.eac, Unit.POUNDS, inputs.status_of_costs())
    yield figure("irr", "Internal rate of return (IRR), all benefits", measures.irr, Unit.SHARE, status, NO_RATE)
    for kind, amount in measures.pvb_by_class.items():
        yield figure(f"pvb.{kind.name}", f"Present value of {kind} benefits ({kind.name})", amount, Unit.POUNDS,
                     inputs.status_of_benefits(kind))
    yield figure("payback", "Payback, years after year 0, all benefits", measures.payback, Unit.YEARS, status, NOT_WITHIN)
    yield figure("payback.discounted", "Payback, discounted, years after year 0", measures.discounted_payback, Unit.YEARS,
                 status, NOT_WITHIN)
    labels = appraisal.timeframe.labels
    of_cash = weakest([inputs.status_of_costs(), inputs.status_of_benefits(BenefitClass.CRB)])
    yield figure("payback.cash", "Payback, years after year 0, cash-releasing benefits alone", measures.payback_in_cash,
                 Unit.YEARS, of_cash, NOT_WITHIN)
    of_both = weakest([of_cash, inputs.status_of_benefits(BenefitClass.NCRB)])
    for year, (cash, both) in enumerate(zip(measures.roi_cash, measures.roi, strict=True)):
        yield figure(f"roi_cash.{year}", f"Cash-releasing ROI to the end of year {year} ({labels[year]})", cash,
                     Unit.SHARE, of_cash, NO_COST)
        yield figure(f"roi.{year}", f"ROI to the end of year {year} ({labels[year]})", both, Unit.SHARE, of_both, NO_COST)


def _risk(analysis: Analysis) -> Iterator[Figure]:
    risk, status = analysis.risk, weakest([analysis.risk.status, analysis.appraisal.inputs.status])
    for line in risk.lines:
        yield figure(f"risk.{line.risk.id}.expected", f"{line.risk.title}, expected cost", line.expected, Unit.POUNDS,
                     line.risk.status)
        yield figure(f"risk.{line.risk.id}.present", f"{line.risk.title}, present value of the expected cost",
                     line.present_value, Unit.POUNDS, line.risk.status)
    yield figure("risk.expected", "Expected cost of all priced risks", risk.expected, Unit.POUNDS, risk.status)
    yield figure("risk.present", "Present value of the expected cost of risks", risk.present_value, Unit.POUNDS, risk.status)
    yield figure("npsv.after_risk", "NPSV less the expected cost of risks", risk.npsv, Unit.POUNDS, status)


def _flows(analysis: Analysis) -> Iterator[Figure]:
    flow, inputs = analysis.appraisal.flow, analysis.appraisal.inputs
    costs, benefits, status = inputs.status_of_costs(), inputs.status_of_benefits(), inputs.status
    rows: list[tuple[str, str, Flow, Status]] = [
        *((f"cost.{kind.name}", f"{kind.capitalize()} cost", row, inputs.status_of_costs(kind))
          for kind, row in flow.costs.items()),
        ("cost", "Total cost", flow.total_cost, costs),
        *((f"benefit.{kind.name}", f"{kind.capitalize()} benefit ({kind.name})", row, inputs.status_of_benefits(kind))
          for kind, row in flow.benefits.items()),
        ("benefit", "Total benefit", flow.total_benefit, benefits), ("net", "Net benefit", flow.net, status)]
    running = [
        ("cumulative", "Cumulative net benefit", flow.cumulative, status),
        ("present_cost", "Present value of cost", flow.present_cost, costs),
        ("present_benefit", "Present value of benefit", flow.present_benefit, benefits),
        ("present_net", "Present value of net benefit", flow.present_net, status),
        ("present_cumulative", "Cumulative present value", flow.present_cumulative, status)]
    yield from _by_name([*rows, *running], analysis)
    yield from _totals(rows)
    planned = [sum(amounts) for amounts in zip(*(line.planned for line in analysis.appraisal.costs), strict=True)]
    label = "Cost at base-year prices, before optimism bias"
    labels = analysis.appraisal.timeframe.labels
    yield from _by_year("flow.planned", label, zip(labels, planned or [0.0] * len(labels), strict=True), costs)
    yield figure("total.planned", f"{label}, all years", sum(planned), Unit.POUNDS, costs)


def _affordability(analysis: Analysis) -> Iterator[Figure]:
    found, costs = analysis.affordability, analysis.appraisal.inputs.status_of_costs()
    cliff, labels = found.cliff, analysis.appraisal.timeframe.labels
    rows: list[tuple[str, str, Flow, Status]] = [
        ("cash_cost", "Cost to be met, before optimism bias", found.cash_cost, costs),
        ("in_kind", "of which in kind (time, not money)", found.in_kind,
         analysis.appraisal.inputs.status_of_costs(CostType.IN_KIND)),
        ("confirmed", "Confirmed funding", found.confirmed, Status.KNOWN),
        ("unconfirmed", "Funding not yet confirmed", found.unconfirmed, Status.KNOWN),
        ("funding", "Funding", found.funded, Status.KNOWN), ("gap", "Not funded", found.gap, costs),
        ("surplus", "Funding above the cost", found.surplus, costs),
        ("no_payer", "Cost for which no payer is named", found.no_payer, costs),
        ("cliff.recurrent", "Recurrent cost after the grants end", cliff.recurrent, costs),
        ("cliff.confirmed", "of which confirmed funding pays", cliff.confirmed, costs),
        ("cliff.unconfirmed", "of which unconfirmed funding would pay", cliff.unconfirmed, costs),
        ("cliff.nobody", "of which nobody pays", cliff.nobody, costs)]
    yield from _by_name(rows, analysis)
    yield from _totals(rows)
    yield worded("cliff.grant_ends", "Last year of the grants",
                 NO_GRANT if cliff.grant_ends is None else labels[cliff.grant_ends])
    yield worded("cliff.first_year", "First year in which costs go on without a grant",
                 NO_CLIFF if cliff.first_year is None else labels[cliff.first_year])
    for line in found.funding:
        yield from _by_year(f"need.{line.funding.id}", f"Needed from {line.funding.source}",
                            zip(labels, line.needed, strict=True), costs)
        yield figure(f"total.need.{line.funding.id}", f"Needed from {line.funding.source}, all years", sum(line.needed),
                     Unit.POUNDS, costs)


def _by_name(rows: Iterable[tuple[str, str, Flow, Status]], analysis: Analysis) -> Iterator[Figure]:
    for name, label, row, status in rows:
        yield from _by_year(f"flow.{name}", label, zip(analysis.appraisal.timeframe.labels, row, strict=True), status)


def _totals(rows: Iterable[tuple[str, str, Flow, Status]]) -> Iterator[Figure]:
    for name, label, row, status in rows:
        yield figure(f"total.{name}", f"{label}, all years", sum(row), Unit.POUNDS, status)


def _by_year(name: str, label: str, amounts: Iterable[tuple[str, float]], status: Status, unit: Unit = Unit.POUNDS,
             ) -> Iterator[Figure]:
    for year, amount in amounts:
        yield figure(f"{name}.{year}", f"{label}, {year}", amount, unit, status)


def _lines(analysis: Analysis) -> Iterator[Figure]:
    appraisal = analysis.appraisal
    for line in appraisal.costs:
        yield figure(f"line.{line.cost.id}", f"{line.cost.item}, all years", sum(line.base), Unit.POUNDS, line.cost.status)
        yield from _by_year(f"line.{line.cost.id}.base", line.cost.item, zip(appraisal.timeframe.labels, line.base, strict=True),
                            line.cost.status)
        yield figure(f"line.{line.cost.id}.adjusted", f"{line.cost.item}, with optimism bias", sum(line.adjusted),
                     Unit.POUNDS, line.cost.status)
        yield figure(f"line.{line.cost.id}.uplift", f"{line.cost.item}, uplift for optimism bias", line.uplift, Unit.SHARE,
                     line.cost.status)
    for gain in appraisal.benefits:
        benefit = gain.benefit
        yield figure(f"line.{benefit.id}", f"{benefit.title}, all years", sum(gain.amounts), Unit.POUNDS, benefit.status)
        yield figure(f"line.{benefit.id}.present", f"{benefit.title}, present value", gain.present_value, Unit.POUNDS,
                     benefit.status)
        if benefit.chain is not None:
            yield figure(f"line.{benefit.id}.full_year", f"{benefit.title}, full year", gain.full_year, Unit.POUNDS,
                         benefit.status)
    for fund in analysis.affordability.funding:
        yield figure(f"line.{fund.funding.id}", f"{fund.funding.source}, all years", sum(fund.amounts), Unit.POUNDS,
                     Status.KNOWN)
        yield from _by_year(f"line.{fund.funding.id}", fund.funding.source,
                            zip(appraisal.timeframe.labels, fund.amounts, strict=True), Status.KNOWN)


def _factors(appraisal: Appraisal) -> Iterator[Figure]:
    factors = appraisal.factors
    for name, row in (("standard", factors.standard), ("health", factors.health), ("reduced", factors.reduced)):
        yield from _by_year(f"factor.{name}", f"Discount factor ({name})", zip(appraisal.timeframe.labels, row, strict=True),
                            Status.KNOWN, Unit.FACTOR)


def _options(analysis: Analysis) -> Iterator[Figure]:
    for value in analysis.options:
        name, label, known = f"option.{value.option.id}", value.option.name, value.known
        for key, words, amount, unit in (
                ("pvc", "present value of costs", value.pvc, Unit.POUNDS),
                ("pvb", "present value of benefits", value.pvb, Unit.POUNDS),
                ("npsv", "NPSV against business as usual", value.npsv, Unit.POUNDS),
                ("bcr", "benefit-cost ratio", value.bcr, Unit.RATIO),
                ("eanb", "net benefit a year of its life", value.eanb, Unit.POUNDS),
                ("eac", "cost a year of its life", value.eac, Unit.POUNDS)):
            yield figure(f"{name}.{key}", f"{label}, {words}", amount if known else None, unit, value.status,
                         NO_COST if known else NOT_APPRAISED)


def _reconciliation(analysis: Analysis) -> Iterator[Figure]:
    found, status = analysis.reconciliation, analysis.appraisal.inputs.status_of_costs()
    for name, label, amount in (
            ("economic", "Cost of the economic case: real terms, with optimism bias", found.economic),
            ("optimism_bias", "less optimism bias", found.optimism_bias),
            ("set_off", "plus cost that business as usual bears too", found.set_off),
            ("inflation", "plus inflation", found.inflation), ("vat", "plus VAT that cannot be recovered", found.vat),
            ("cash", "Cost of the financial case, in money and in kind", found.cash)):
        yield figure(f"reconcile.{name}", label, amount, Unit.POUNDS, status)


def _parties(analysis: Analysis) -> Iterator[Figure]:
    for number, party in enumerate(analysis.parties, 1):
        yield figure(f"party.{number}.pays", f"{party.name} pays", party.pays, Unit.POUNDS, party.status)
        for kind, amount in party.gains.items():
            yield figure(f"party.{number}.{kind.name}", f"{party.name} gains, {kind}", amount, Unit.POUNDS, party.status)
        yield figure(f"party.{number}.net_cash", f"{party.name}, net, cash-releasing benefits alone", party.net_cash, Unit.POUNDS,
                     party.status)
        yield figure(f"party.{number}.net", f"{party.name}, net, all benefits", party.net, Unit.POUNDS, party.status)


def _scale_up(analysis: Analysis) -> Iterator[Figure]:
    found, labels, year = analysis.scale_up, analysis.appraisal.timeframe.labels, analysis.appraisal.headline_year
    for added, reached in zip(found.added, found.reached, strict=True):
        key = reached.step.id if reached.step else "host"
        where = reached.step.setting if reached.step else "The pilot alone"
        for name, amount in (("pvc", added.pvc), ("pvb", added.pvb), ("npsv", added.npsv)):
            yield figure(f"added.{key}.{name}", f"{where}, {name.upper()} added", amount, Unit.POUNDS, added.status)
        yield figure(f"stage.{key}.npsv", f"NPSV up to {where}", reached.npsv, Unit.POUNDS, reached.status)
        yield figure(f"stage.{key}.roi", f"ROI to the end of year {year}, up to {where}", reached.roi, Unit.SHARE, reached.status,
                     NO_COST)
        yield figure(f"stage.{key}.roi_cash", f"Cash-releasing ROI to the end of year {year}, up to {where}", reached.roi_cash,
                     Unit.SHARE, reached.status, NO_COST)
    for step, row in zip(analysis.appraisal.inputs.steps, found.adoption, strict=True):
        yield from _by_year(f"adoption.{step.id}", f"Sites joined, {step.setting}", zip(labels, row, strict=True), Status.KNOWN,
                            Unit.NUMBER)
    if found.adoption:
        yield from _by_year("adoption", "Sites joined beside the host's own", zip(labels, found.sites, strict=True),
                            Status.KNOWN, Unit.NUMBER)
