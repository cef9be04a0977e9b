"""Benefits realisation over many submissions: what was planned, measured and realised, and who is late in measuring.

The same reckoning stands as formulas in the workbook of the report; both are compared when it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from itertools import groupby

from bizcase.appraisal.inputs import BenefitClass
from bizcase.errors import Finding, Place, Severity
from bizcase.hub.years.returned import Measurement, Returned
from bizcase.workbook.measurement_sheet import AMBER, CLASSES, GREEN, RED

_AS_A_SPREADSHEET = Context(prec=100, rounding=ROUND_HALF_UP)
TWICE = "G14"
NOT_RATED, NOT_MEASURED = "not rated", "not measured yet"
RATINGS = (GREEN, AMBER, RED, NOT_RATED, NOT_MEASURED)
ALL_CLASSES = (*CLASSES, BenefitClass.UB)


class State(StrEnum):
    """Where a measurement stands on a day. On its due day it is not late yet."""

    MEASURED = "measured"
    LATE = "late"
    TODAY = "due today"
    AHEAD = "not due yet"
    NO_DATE = "no date"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which share of the way to the target a benefit is green, and from which amber."""

    green: float
    amber: float


@dataclass(frozen=True, slots=True)
class Rated:
    """A measurement as at a day. `share` is what counts of its forecast as realised, `measured` the forecast that it is compared
    with: nothing where there is no target or no baseline. Pounds of the currency of its workbook."""

    source: Returned
    of: Measurement
    realised: float | str
    score: float | None
    rating: str
    measured: float
    value: float
    state: State
    days_late: int


@dataclass(frozen=True, slots=True)
class Benefit:
    """One benefit of one submission: all its measurements, by month. `outlook` is what was realised, and of the periods without
    a measurement as great a share as was realised so far; None where nothing tells that share."""

    rows: tuple[Rated, ...]
    plan: float
    measured: float
    value: float
    outlook: float | None
    rating: str

    @property
    def first(self) -> Rated:
        return self.rows[0]


@dataclass(frozen=True, slots=True)
class ClassTotal:
    """The pounds of one class in one currency. `unmeasured` is the forecast of periods that are due and not measured; `told_plan`
    and `told_outlook` are plan and outlook of those benefits alone whose outlook is known."""

    currency: str
    benefit_class: BenefitClass
    plan: float
    measured: float
    value: float
    unmeasured: float
    told_plan: float
    told_outlook: float

    @property
    def share(self) -> float | None:
        return self.value / self.measured if self.measured else None


def counted(returned: Sequence[Returned]) -> tuple[list[Returned], list[Finding]]:
    """The workbooks that count, by name: of two of one submission the one with more measurements, then the later name. Nothing is
    counted twice, and what is left out is told."""
    kept: list[Returned] = []
    findings = []
    order = sorted(returned, key=lambda each: each.file.casefold())
    for _, group in groupby(sorted(order, key=lambda each: each.key), key=lambda each: each.key):
        *others, best = sorted(group, key=lambda each: each.done)
        kept.append(best)
        findings += [Finding(Place(other.file), TWICE, Severity.MAJOR,
                             f"it is of the same submission as {best.file}, which counts with {best.done} measurements; this "
                             f"one, with {other.done}, is left out", "keep only the newest in the folder") for other in others]
    return sorted(kept, key=lambda each: each.file.casefold()), findings


def rated_rows(returned: Iterable[Returned], thresholds: Thresholds, on: date) -> list[Rated]:
    """Every measurement, by file, benefit in the order of the workbook, and month."""
    rows = []
    for source in returned:
        order = {name: place for place, name in enumerate(dict.fromkeys(each.benefit for each in source.measurements))}
        rows += [_rated(source, each, thresholds, on)
                 for each in sorted(source.measurements, key=lambda each: (order[each.benefit], each.month))]
    return rows


def benefits(rows: Iterable[Rated]) -> list[Benefit]:
    """The benefits of these measurements, in their order."""
    return [_benefit(tuple(group)) for _, group in groupby(rows, key=lambda row: (row.source.file, row.of.benefit))]


def class_totals(found: Sequence[Benefit]) -> list[ClassTotal]:
    """The totals of each currency and class that occurs; nothing is added across them."""
    totals = []
    signs = {each.first.source.currency.lower(): each.first.source.currency for each in reversed(found)}
    for plain, currency in reversed(signs.items()):
        for name in CLASSES:
            those = [each for each in found if (each.first.source.currency.lower(), each.first.of.benefit_class) == (plain, name)]
            if those:
                totals.append(_total(currency, name, those))
    return totals


def rag(found: Iterable[Benefit], rating: str, benefit_class: str = "") -> int:
    """How many benefits have that rating, of one class or of all."""
    return sum(each.rating == rating and benefit_class in ("", each.first.of.benefit_class) for each in found)


def late(rows: Iterable[Rated]) -> list[Rated]:
    """The measurements that are late, the longest first."""
    return sorted((row for row in rows if row.state is State.LATE), key=lambda row: -row.days_late)


def is_due(row: Rated, on: date) -> bool:
    return row.of.due is not None and row.of.due <= on


def _rated(source: Returned, of: Measurement, thresholds: Thresholds, on: date) -> Rated:
    realised = _realised(of)
    score = _score(of, realised)
    share = realised if isinstance(realised, float) else float(realised == "held")
    state = _state(of, on)
    days = (on - of.due).days if state is State.LATE and of.due else 0
    return Rated(source, of, realised, score, _rating(of, realised, score, thresholds),
                 of.forecast if score is not None else 0.0, of.forecast * share, state, days)


def _state(of: Measurement, on: date) -> State:
    if of.actual is not None:
        return State.MEASURED
    if of.due is None:
        return State.NO_DATE
    return State.LATE if of.due < on else State.TODAY if of.due == on else State.AHEAD


def _realised(of: Measurement) -> float | str:
    """The share of the way from baseline to target, or words."""
    actual, baseline, target = of.actual, of.baseline, of.target
    if actual is None:
        return "–"
    if of.direction == "maintain":
        ends = [each for each in (baseline, target) if each is not None]
        return ("held" if min(ends) <= actual <= max(ends) else "not held") if ends else "no baseline"
    if target is None:
        return "no target"
    if baseline is None:
        return "no baseline"
    if target == baseline:
        held = {"increase": actual >= baseline, "decrease": actual <= baseline}.get(of.direction, actual == baseline)
        return "held" if held else "not held"
    return _nine_places((actual - baseline) / (target - baseline))


def _score(of: Measurement, realised: float | str) -> float | None:
    if isinstance(realised, str):
        return {"held": 1.0, "not held": 0.0}.get(realised)
    assert of.baseline is not None and of.target is not None
    for_the_worse = {"increase": of.target < of.baseline, "decrease": of.target > of.baseline}.get(of.direction, False)
    return _nine_places(2 - realised) if for_the_worse else realised


def _rating(of: Measurement, realised: float | str, score: float | None, thresholds: Thresholds) -> str:
    if score is None:
        return NOT_MEASURED if of.actual is None else str(realised)
    return GREEN if score >= thresholds.green else AMBER if score >= thresholds.amber else RED


def _nine_places(value: float) -> float:
    """Rounded half away from zero, as a spreadsheet does."""
    return float(Decimal(f"{value:.15g}").quantize(Decimal("1e-9"), context=_AS_A_SPREADSHEET))


def _benefit(rows: tuple[Rated, ...]) -> Benefit:
    plan, measured, value = (sum(numbers) for numbers in
                             zip(*((row.of.forecast, row.measured, row.value) for row in rows), strict=True))
    last = next((row for row in reversed(rows) if row.of.actual is not None), None)
    share = _share_so_far(measured, value, last)
    rating = NOT_MEASURED if last is None else last.rating if last.rating in RATINGS else NOT_RATED
    return Benefit(rows, plan, measured, value, None if share is None else value + (plan - measured) * share, rating)


def _share_so_far(measured: float, value: float, last: Rated | None) -> float | None:
    """What was realised of each pound that was forecast; where none was yet, how far the last measurement got."""
    if last is None:
        return None
    if measured:
        return value / measured
    return last.realised if isinstance(last.realised, float) else {"held": 1.0, "not held": 0.0}.get(last.realised)


def _total(currency: str, name: BenefitClass, those: Sequence[Benefit]) -> ClassTotal:
    told = [each for each in those if each.outlook is not None]
    return ClassTotal(
        currency, name, sum(each.plan for each in those), sum(each.measured for each in those), sum(each.value for each in those),
        sum(_unmeasured(those)), sum(each.plan for each in told), sum(each.outlook or 0 for each in told))


def _unmeasured(those: Iterable[Benefit]) -> Iterator[float]:
    for each in those:
        yield from (row.of.forecast for row in each.rows if row.state in (State.LATE, State.TODAY))
