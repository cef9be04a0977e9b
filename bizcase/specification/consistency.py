"""What must agree between fields of a sound specification: dates in order, money inside the years, sums that add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from bizcase.appraisal.affordability import cash_by_year
from bizcase.appraisal.currency import POUND, in_currency
from bizcase.appraisal.financial_year import parse_year, write_year
from bizcase.appraisal.inputs import Benefit, Cost, Inputs
from bizcase.appraisal.measurement import measurement_months
from bizcase.appraisal.measures import HALF_A_PENNY
from bizcase.errors import Finding, Severity
from bizcase.specification.amounts import money, quantity
from bizcase.specification.shape import Rules
from bizcase.specification.source import FieldPath, Source

MOST_CELLS = 12_000
MOST_MEASUREMENTS = 5_000
MOST_LINES = 1_000
MOST_COMPARED = 40_000
MOST_YEARS = 5


_SUMS = {"E60", "E61", "E62"}
"""Faults whose messages name amounts of money, and nothing that a user wrote."""


def inconsistencies(data: Rules, source: Source, inputs: Inputs, currency: str = POUND) -> list[Finding]:
    """All disagreements. The data must be of the right shape."""
    found = [finding for rule in _RULES for finding in rule(data, source, inputs)]
    return [replace(finding, message=in_currency(finding.message, currency)) if finding.code in _SUMS else finding
            for finding in found]


def _milestones_follow_what_they_depend_on(data: Rules, source: Source, inputs: Inputs) -> Iterator[Finding]:
    rows = data.get("timeline", {}).get("milestones", [])
    dates = {row["id"]: row["date"] for row in rows}
    for index, row in enumerate(rows):
        for position, earlier in enumerate(row.get("depends_on", [])):
            if earlier in dates and row["date"] < dates[earlier]:
                yield _error(source, ("timeline", "milestones", index, "depends_on", position), "E50",
                             f"{row['id']} is dated {row['date']}, before {earlier} ({dates[earlier]}), on which it depends",
                             "move one of the dates, or drop the dependence")


def _money_stays_inside_the_appraisal(data: Rules, source: Source, inputs: Inputs) -> Iterator[Finding]:
    calendar = inputs.timeframe.calendar
    for path, value in _monies(data):
        outside = [write_year(year) for year in sorted(set(money(value).years_named())) if year not in calendar]
        if outside:
            years = _the_first(outside, ", ")
            yield _error(source, path, "E51",
                         f"the amount names {years}; the appraisal covers {write_year(calendar[0])} to "
                         f"{write_year(calendar[-1])}",
                         "change the years here, or appraisal.first_year and appraisal.years")


def _years_named_elsewhere_are_inside_too(data: Rules, source: Source, inputs: Inputs) -> Iterator[Finding]:
    calendar = inputs.timeframe.calendar
    rows = [(("risks", "register", index, "year"), row["year"], True)
            for index, row in enumerate(data.get("risks", {}).get("register", [])) if "year" in row]
    rows += [(("scale_up", "steps", index, "start"), row["start"], False)
             for index, row in enumerate(data.get("scale_up", {}).get("steps", [])) if "start" in row]
    for path, year, must_end in rows:
        start = parse_year(year)
        if start < calendar[0] or (must_end and start > calendar[-1]):
            yield _error(source, path, "E51",
                         f"{path[-1]} is {year}; the appraisal covers {write_year(calendar[0])} to {write_year(calendar[-1])}",
                         "change the year here, or appraisal.first_year and appraisal.years")


def _monies(data: Rules) -> Iterator[tuple[FieldPath, Any]]:
    resources = data.get("resources", {})
    for name in ("costs", "funding"):
        for index, row in enumerate(resources.get(name, [])):
            yield ("resources", name, index, "amount"), row["amount"]
    if "gap" in resources:
        yield ("resources", "gap"), resources["gap"]
    for index, row in enumerate(data.get("partnerships", {}).get("funds_flow", [])):
        yield ("partnerships", "funds_flow", index, "amount"), row["amount"]
    for index, row in enumerate(data.get("benefits", {}).get("register", [])):
        value = row.get("value", {})
        path: FieldPath = ("benefits", "register", index, "value")
        if "by_year" in value:
            yield (*path, "by_year"), value["by_year"]
        yield path, {"per_year": 0, **{key: value[key] for key in ("from", "to") if key in value}}


def _a_benefit_is_valued_one_way(data: Rules, source: Source, inputs: Inputs) -> Iterator[Finding]:
    for index, row in enumerate(data.get("benefits", {}).get("register", [])):
        value = row.get("value", {})
        path: FieldPath = ("benefits", "register", index, "value")
        if "by_year" in value and len(value.keys() - {"by_year", "health", "range"}) > 0:
            yield _error(source, path, "E63", f"{row['id']} is valued both by_year and by factors",
                         "keep by_year alone, or volume and the factors that follow it")
        elif value and "by_year" not in value and "volume" not in value:
            yield _error(source, path, "E63", f"{row['id']} has a value without volume or by_year",
                         "give volume (what is counted in a year), or the amounts by_year")
        elif value and row["class"] == "unmonetisable":
            yield _error(source, path, "E63", f"{row['id']} is unmonetisable and yet has a value in pounds",
                         "choose another class, or take the value out")
        elif "volume" in value and "unit_value" not in value:
            yield _error(source, path, "E63", f"{row['id']} counts a volume and does not say what one of it is worth",
                         "give unit_value in pounds, or spell the amounts out by_year")


def _a_range_has_amounts_by_year(data: Rules, source: Source, inputs: Inputs) -> Iterator[Finding]:
    for index, row in enumerate(data.get("benefits", {}).get("register", [])):
        value = row.get("value", {})
        if "range" in value and "volume" in value and "by_year" not in value:
            yield _error(source, ("benefits", "register", index, "value", "range"), "E66",
                         f"{row['id']} gives a range for amounts by year and has none",
                         "give low and high to the factors instead, such as volume and effect")


def _prices_can_be_brought_to_the_base_year(data: Rules, source: Source, inputs: Inputs) -> Iterator[Finding]:
    for index, cost in enumerate(inputs.costs):
        problem = _price_problem(cost, inputs)
        if problem:
            yield _error(source, ("resources", "costs", index, "price_year"), "E67",
                         f"{cost.id} is in prices of {write_year(cost.price_year or 0)}, and there is {problem}",
                         f"give {'appraisal.inflation, or ' if inputs.prices.inflation is None else ''}the amount in prices of "
                         f"{write_year(inputs.timeframe.price_base_year)}")


def _price_problem(cost: Cost, inputs: Inputs) -> str:
    """Why a cost cannot be brought to base-year prices; nothing where it can."""
    try:
        inputs.prices.to_base(cost.price_year)
    except LookupError as problem:
        return str(problem.args[0])
    return ""


def _an_option_is_preferred(data: Rules, source: Source, inputs: Inputs) -> Iterator[Finding]:
    rows: tuple[tuple[str, str, tuple[Cost | Benefit, ...]], ...] = (
        ("resources", "costs", inputs.costs), ("benefits", "register", inputs.benefits))
    for section, name, lines in rows:
        for index, line in enumerate(lines):
            if _lacks_a_preferred_option(line, inputs):
                yield _error(source, (section, name, index, "options"), "E68",
                             f"{line.id} names options, and no option is preferred",
                             "give one option the decision preferred")


def _lacks_a_preferred_option(line: Cost | Benefit, inputs: Inputs) -> bool:
    """Whether a line names options while no option is preferred, so that it is unclear what is counted."""
    return bool(line.options) and inputs.preferred is None


def _one_target_a_month(data: Rules, source: Source, inputs: Inputs) -> Iterator[Finding]:
    for index, row in enumerate(data.get("benefits", {}).get("register", [])):
        seen: set[int] = set()
        for position, target in enumerate(row.get("targets", [])):
            if target["month"] in seen:
                yield _error(source, ("benefits", "register", index, "targets", position), "E65",
                             f"{row['id']} has two targets for month {target['month']}", "keep one of them")
            seen.add(target["month"])


def _a_workbook_can_hold_it(data: Rules, source: Source, inputs: Inputs) -> Iterator[Finding]:
    rows = len(inputs.costs) + len(inputs.benefits) + len(inputs.funding)
    cells, compared = rows * (inputs.timeframe.years + 1), rows * (len(inputs.scenarios) + len(inputs.options))
    schedule = data.get("benefits", {}).get("schedule", {})
    lines = sum(len(measurement_months(schedule, [target["month"] for target in row.get("targets", [])]))
                for row in data.get("benefits", {}).get("register", []))
    for count, limit, what in ((cells, MOST_CELLS, "amounts by year"), (lines, MOST_MEASUREMENTS, "measurements"),
                               (rows, MOST_LINES, "lines of cost, benefit and funding"),
                               (compared, MOST_COMPARED, "lines times scenarios and options")):
        if count > limit:
            yield _error(source, ("benefits",) if what == "measurements" else ("resources",), "E74",
                         f"the case has {count:,} {what}; a workbook of this kind holds {limit:,}",
                         "group small rows, or take fewer years, scenarios or options")


def _funding_and_gap_meet_the_costs(data: Rules, source: Source, inputs: Inputs) -> Iterator[Finding]:
    unclear = any(_price_problem(cost, inputs) or _lacks_a_preferred_option(cost, inputs) for cost in inputs.costs)
    if not inputs.funding or not inputs.costs or unclear:
        return
    short, wrong = {}, []
    cash = [cash_by_year(row, inputs) for row in inputs.costs if inputs.bears(row, inputs.preferred)]
    for position, year in enumerate(inputs.timeframe.calendar):
        cost = sum(row[position] for row in cash)
        funded = sum(row.money.in_year(year) for row in inputs.funding)
        gap = inputs.declared_gap.in_year(year)
        if abs(cost - funded) > HALF_A_PENNY:
            short[year] = round(cost - funded, 2)
        if abs(cost - funded - gap) > HALF_A_PENNY:
            declared = f" and a gap of {_pounds(gap)}" if gap else ""
            wrong.append(f"in {write_year(year)} costs of {_pounds(cost)} meet funding of {_pounds(funded)}{declared}")
    if wrong:
        yield _error(source, ("resources", "funding"), "E60", _the_first(wrong, "; "), _gap_hint(short))


def _gap_hint(short: dict[int, float]) -> str:
    """The gap as it would have to be declared, ready to copy; a surplus cannot be declared."""
    if not short or min(short.values()) < 0:
        return "correct the amounts: what is not needed cannot be asked for, and a gap is only what costs more than is funded"
    amounts = ", ".join(f"{write_year(year)}: {amount:.15g}" for year, amount in short.items())
    return f"correct the amounts, or declare under resources the line gap: {{{amounts}}}"


def _the_shared_ask_adds_up(data: Rules, source: Source, inputs: Inputs) -> Iterator[Finding]:
    ask = data.get("commissioner_plan", {}).get("shared_ask", {})
    parts = [name for name in ("grant", "commissioner", "host", "other") if name in ask]
    if "total" in ask and parts:
        total, summed = quantity(ask["total"]), sum(quantity(ask[name]) for name in parts)
        if abs(total - summed) > HALF_A_PENNY:
            make = "make" if len(parts) > 1 else "makes"
            yield _error(source, ("commissioner_plan", "shared_ask", "total"), "E61",
                         f"the total is {_pounds(total)}, but {' + '.join(parts)} {make} {_pounds(summed)}",
                         "correct the total or its parts")


def _the_ask_is_the_grant_in_the_funding(data: Rules, source: Source, inputs: Inputs) -> Iterator[Finding]:
    grants = [row for row in inputs.funding if row.kind == "grant"]
    if "ask" in data.get("summary", {}) and grants:
        ask = quantity(data["summary"]["ask"])
        granted = sum(row.money.in_year(year) for row in grants for year in inputs.timeframe.calendar)
        if abs(ask - granted) > HALF_A_PENNY:
            yield _error(source, ("summary", "ask"), "E62",
                         f"the ask is {_pounds(ask)}, but the grant rows under resources.funding make {_pounds(granted)}",
                         "correct the ask or the funding")


def _the_first(items: list[str], separator: str) -> str:
    """As many items as can be read in a message, and how many more there are."""
    more = [f"and {len(items) - MOST_YEARS} more"] if len(items) > MOST_YEARS else []
    return separator.join([*items[:MOST_YEARS], *more])


def _pounds(amount: float) -> str:
    return f"£{amount:,.0f}" if float(amount).is_integer() else f"£{amount:,.2f}"


def _error(source: Source, path: FieldPath, code: str, message: str, hint: str) -> Finding:
    return Finding(source.place(path), code, Severity.ERROR, message, hint)


_RULES: tuple[Callable[[Rules, Source, Inputs], Iterator[Finding]], ...] = (
    _milestones_follow_what_they_depend_on, _money_stays_inside_the_appraisal, _years_named_elsewhere_are_inside_too,
    _a_benefit_is_valued_one_way, _a_range_has_amounts_by_year, _prices_can_be_brought_to_the_base_year,
    _an_option_is_preferred, _one_target_a_month, _a_workbook_can_hold_it, _funding_and_gap_meet_the_costs,
    _the_shared_ask_adds_up, _the_ask_is_the_grant_in_the_funding,
)
