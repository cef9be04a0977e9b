"""What a portfolio shows of each submission: the same columns for its workbook and for a file of comma-separated values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bizcase.appraisal.currency import POUND
from bizcase.appraisal.figure import Figure, Unit, figure
from bizcase.appraisal.inputs import Status, weakest
from bizcase.document.value import MARKS
from bizcase.hub.comparing.ranking import return_on_investment
from bizcase.hub.comparing.resourcing import resource_word
from bizcase.hub.entry import Axis, Entry, Number, Outcome

COUNTED = "counted"
"""The status of what is counted from a submission's criteria or rows, and is no Figure of its bid."""

MARKS_EXPLAINED = "† rests on illustrative figures, which stand in for real ones. ‡ rests on disputed figures."

REGISTER = "Benefits register"
"""The sheet of a submission's workbook from which outcomes are counted."""

YES, NO = "yes", "no"
HEADLINE_YEAR, MOST_CODES = "3", 5

FLOWS = {
    "benefit.CRB": "Cash-releasing benefit (CRB)", "benefit.NCRB": "Non-cash-releasing benefit (NCRB)",
    "benefit.SB": "Societal benefit (SB)", "cost": "Cost, with optimism bias", "cash_cost": "Cost to be met in cash and in kind",
}
"""What is added up by year: the first four in real terms, the last with inflation and VAT."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the comparison. `number` finds the id of the number that it shows, `text` the words; one of them is given.
    `key` names the column for formulas."""

    key: str
    heading: str
    width: float
    text: Callable[[Entry], str] | None = None
    number: Callable[[Entry], str] | None = None


def numbers_of(entry: Entry) -> dict[str, Number]:
    """The numbers of a submission that a portfolio shows or adds up, by id, each with where it stands; the counts last."""
    wanted = [name for column in COLUMNS if column.number is not None and (name := column.number(entry))]
    wanted += [f"total.{flow}" for flow in FLOWS]
    wanted += [f"flow.{flow}.{year}" for flow in FLOWS for year in entry.years]
    figures = {name: found for name in dict.fromkeys(wanted) if (found := entry.number(name)) is not None}
    return {**figures, **dict(_counts(entry))}


def _counts(entry: Entry) -> Iterator[tuple[str, Number]]:
    for name, axis, label, unit, sheet in (
            ("counted.completeness", entry.completeness, "Completeness", Unit.SHARE, ""),
            ("counted.clinical", entry.clinical, "Outcomes of care", Unit.NUMBER, REGISTER),
            ("counted.societal", entry.societal, "Gains for society", Unit.NUMBER, REGISTER),
            ("counted.readiness", entry.readiness, "Readiness", Unit.SHARE, "")):
        yield name, _count(axis, label, unit, sheet)


def _count(axis: Axis, label: str, unit: Unit, sheet: str) -> Number:
    text = "cannot tell" if axis.score is None else f"{axis.score:.0%}" if unit is Unit.SHARE else f"{axis.score:g}"
    return Number(f"{label}: {axis.text}", axis.score, text, unit.value, COUNTED, sheet, "A1" if sheet else "")


def _named(name: str) -> Callable[[Entry], str]:
    return lambda entry: name


def _return_of(kind: str) -> Callable[[Entry], str]:
    def found(entry: Entry) -> str:
        number = return_on_investment(entry, kind)
        return next((name for name, each in entry.numbers.items() if each is number), "") if number is not None else ""

    return found


def _worst_of_the_cliff(entry: Entry) -> str:
    """The year in which nobody pays most of what goes on after the grant."""
    amounts = {name: entry.numbers[name].value or 0.0 for year in entry.years
               if (name := f"flow.cliff.nobody.{year}") in entry.numbers}
    return max(amounts, key=lambda name: amounts[name], default="")


TITLE_HEAD, FILE_HEAD = "Submission", "File"

COLUMNS = (
    Column("title", TITLE_HEAD, 40, text=lambda entry: entry.title),
    Column("organisation", "Organisation", 24, text=lambda entry: entry.organisation),
    Column("file", FILE_HEAD, 24, text=lambda entry: entry.name),
    Column("profile", "Kind of bid", 15, text=lambda entry: entry.profile),
    Column("state", "State", 9, text=lambda entry: entry.outcome.value),
    Column("completeness", "Completeness", 14, number=_named("counted.completeness")),
    Column("ask", "Amount asked for", 13, number=_named("summary.ask")),
    Column("npsv", "NPSV", 13, number=_named("npsv")),
    Column("roi_cash", "ROI at year 3, cash-releasing", 13, number=_return_of("roi_cash")),
    Column("roi", "ROI at year 3, with non-cash-releasing", 14, number=_return_of("roi")),
    Column("payback", "Payback", 18, number=_named("payback")),
    Column("cliff", "Costs go on without a grant from", 16, number=_named("cliff.first_year")),
    Column("nobody", "Nobody pays, in the worst year", 14, number=_worst_of_the_cliff),
    Column("clinical", "Outcomes of care named", 11, number=_named("counted.clinical")),
    Column("societal", "Societal benefits, present value", 14, number=_named("pvb.SB")),
    Column("gains", "Gains for society named", 11, number=_named("counted.societal")),
    Column("readiness", "Readiness", 11, number=_named("counted.readiness")),
    Column("resource", "Money and people", 15, text=lambda entry: resource_word(entry.resource)),
    Column("panel", "The panel would", 12, text=lambda entry: entry.panel),
    Column("marked", "Marked † ‡", 22, text=lambda entry: marked(entry)),
    Column("remarks", "Remarks", 44, text=lambda entry: remarks(entry)),
)


def remarks(entry: Entry) -> str:
    """What must be known to compare a submission fairly."""
    said = [entry.resource.text[:1].upper() + entry.resource.text[1:]]
    roi = _return_of("roi")(entry).rpartition(".")[2]
    if roi and roi != HEADLINE_YEAR:
        said.append(f"ROI is to the end of year {roi}, its last")
    if entry.outcome is Outcome.DRAFT:
        codes = list(dict.fromkeys(found.code for found in entry.findings))
        more = f" and {len(codes) - MOST_CODES} more" if len(codes) > MOST_CODES else ""
        said.append(f"A draft, since it does not meet {', '.join(codes[:MOST_CODES])}{more}")
    return ". ".join(filter(None, said))


def marked(entry: Entry) -> str:
    """The columns whose number rests on illustrative or disputed figures, each group after its sign."""
    signs: dict[str, list[str]] = {}
    for column in COLUMNS:
        number = entry.number(column.number(entry)) if column.number is not None else None
        if number is not None and (sign := mark_of(number)):
            signs.setdefault(sign, []).append(column.heading.split(",")[0])
    return "; ".join(f"{sign} {', '.join(dict.fromkeys(names))}" for sign, names in sorted(signs.items()))


def mark_of(number: Number) -> str:
    """The sign of a number that must not be relied on, as bids print it; empty for any other."""
    return "" if number.status == COUNTED else MARKS.get(Status(number.status), "")


@dataclass(frozen=True)
class Shown:
    """The submissions of a portfolio in the order of their names: those that were built, and those that were not.

    Money is added up over the submissions in one currency and in prices of one year alone: those that most of them use.
    """

    built: tuple[Entry, ...]
    failed: tuple[Entry, ...]

    @cached_property
    def money(self) -> tuple[str, str]:
        """The currency and the price base year of most submissions; of two equally common, that of the first."""
        counts = Counter((entry.currency, entry.price_base_year) for entry in self.built)
        return max(counts, key=lambda pair: counts[pair], default=(POUND, ""))

    def in_sums(self, entry: Entry) -> bool:
        """Whether its money is added up with that of the others."""
        return (entry.currency, entry.price_base_year) == self.money

    @property
    def left_out(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.built if not self.in_sums(entry))

    @property
    def counted(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.built if self.in_sums(entry))

    @cached_property
    def years(self) -> tuple[str, ...]:
        """Every financial year from the first of any submission to the last, also one that none of them has."""
        return _from_first_to_last(self.built)

    @cached_property
    def years_of_sums(self) -> tuple[str, ...]:
        """The same of the submissions in the sums."""
        return _from_first_to_last(self.counted)


def _from_first_to_last(entries: Sequence[Entry]) -> tuple[str, ...]:
    starts = [int(year[:4]) for entry in entries for year in entry.years]
    return tuple(f"{year}/{(year + 1) % 100:02}" for year in range(min(starts), max(starts) + 1)) if starts else ()


def shown_of(entries: Sequence[Entry]) -> Shown:
    """The submissions in the order of their names, whatever order they came in."""
    in_order = sorted(entries, key=lambda entry: entry.name)
    return Shown(tuple(entry for entry in in_order if entry.is_built), tuple(entry for entry in in_order if not entry.is_built))


def added_up(name: str, label: str, entries: Sequence[Entry], of: str, currency: str) -> Figure:
    """A number of several submissions added up, no surer than the least sure of them."""
    numbers = [number for entry in entries if (number := entry.number(of)) is not None and number.value is not None]
    status = weakest([Status(number.status) for number in numbers])
    return figure(name, label, sum(number.value or 0.0 for number in numbers), Unit.POUNDS, status).in_currency(currency)


def figure_of(name: str, number: Number) -> Figure:
    """The Figure that a number was, for its format."""
    status = Status.KNOWN if number.status == COUNTED else Status(number.status)
    return Figure(name, number.label, number.value, Unit(number.unit), number.text, status)
