"""The first sheet: what all submissions come to together, and what to look at before anybody decides. Also the Checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bizcase.appraisal.figure import Figure
from bizcase.appraisal.measures import HALF_A_PENNY
from bizcase.charts.words import shortened
from bizcase.hub.comparing.overlaps import Likeness, Overlap
from bizcase.hub.entry import Entry, Outcome
from bizcase.hub.portfolio.cells import put_formula
from bizcase.hub.portfolio.comparison_sheets import ComparisonCells
from bizcase.hub.portfolio.figures_sheet import FigureCells
from bizcase.hub.portfolio.ranking_sheets import RankingCells
from bizcase.hub.portfolio.rows import FLOWS, MARKS_EXPLAINED, YES, Shown, added_up, marked
from bizcase.hub.portfolio.years import YearCells, put_sum, sum_id
from bizcase.workbook.book import Book, Sheet
from bizcase.workbook.checks_sheet import Check
from bizcase.workbook.marking import Tone, colour_words

TITLE = "Summary"
ASK, NPSV = "hub.ask", "hub.npsv"
FIRST, MOST_NAMED = 4, 8


def summary_figures(shown: Shown) -> Iterator[Figure]:
    """The sums of the summary that are not by year."""
    currency = shown.money[0]
    yield added_up(ASK, "Amount asked for, all submissions", shown.counted, "summary.ask", currency)
    yield added_up(NPSV, "Net present social value (NPSV), all submissions", shown.counted, "npsv", currency)


def checks_of(book: Book, shown: Shown, comparison: ComparisonCells, years: YearCells, figures: FigureCells,
              ranking: RankingCells) -> Iterator[Check]:
    """What must hold in a sound portfolio. Another currency or price base year fails the first check: what is left out of a
    sum is never left out in silence."""
    count, in_sums = str(len(shown.built)), comparison.table.down("in_sums")
    yield Check(f"Every submission that was built is in {_money(*shown.money)}, and so in the sums",
                f'COUNTIF({in_sums},"{YES}")', count)
    for name, words, added in ((NPSV, "NPSV", "npsv"), (ASK, "Amount asked for", "summary.ask")):
        yield Check(f"{words}: the comparison adds up to the same as the submissions' own figures", book.ref(name),
                    figures.added(added))
    for flow, label in FLOWS.items():
        yield Check(f"{label}: the years together are the submissions' own totals", years.total(flow),
                    figures.added(f"total.{flow}"))
    if shown.built:
        yield Check("Every submission has a place in the ranking", f"MAX({ranking.decisions.down('order')})", count)


def _money(currency: str, base: str) -> str:
    return f"{currency}, in prices of {base or 'a year that is not given'}"


@dataclass(frozen=True, slots=True)
class Flags:
    """Where the lines of what to look at begin; they are written once everything that they point at is there."""

    sheet: Sheet
    row: int

    def fill(self, shown: Shown, ranking: RankingCells, found: Sequence[Overlap], failing: str) -> None:
        self.sheet.headings(self.row, ("What to look at", "Number", "Where"), numbers=("Number",))
        lines = list(_flags(shown, ranking, found, failing))
        for row, (label, count, where) in enumerate(lines, self.row + 1):
            self.sheet.text(row, 1, label, "bc label")
            self.sheet.formula(row, 2, count)
            self.sheet.text(row, 3, where)
        colour_words(self.sheet, (self.row + 1, self.row + len(lines)), (2, 2), dict.fromkeys("123456789", Tone.MIDDLING))


def add_summary(book: Book, shown: Shown, comparison: ComparisonCells, years: YearCells) -> Flags:
    """The sheet without its flags, which are filled in once the checks are written."""
    sheet = book.sheet(TITLE, "The submissions together", "What was handed in, what it comes to, and what to look at before "
                       "anybody decides.", (50, 18, 62), landscape=False)
    below = _sums(sheet, _counts(sheet, FIRST, shown), shown, comparison, years)
    return Flags(sheet, below)


def _counts(sheet: Sheet, head: int, shown: Shown) -> int:
    """How many were handed in and what came of them; gives the row for the next heading."""
    drafts = sum(entry.outcome is Outcome.DRAFT for entry in shown.built)
    lines = (("Handed in", len(shown.built) + len(shown.failed), ""), ("of which built as bids", len(shown.built) - drafts, ""),
             ("of which built as drafts", drafts, "Something stops each from being handed in; the gaps are marked in it."),
             ("of which not built", len(shown.failed), "They stand on Not built, and in no figure here."))
    sheet.headings(head, ("Submissions", "Number", ""), numbers=("Number",))
    for row, (label, count, words) in enumerate(lines, head + 1):
        sheet.text(row, 1, label, "bc label")
        sheet.constant(row, 2, count)
        sheet.text(row, 3, words if count else "")
    return head + len(lines) + 2


def _sums(sheet: Sheet, head: int, shown: Shown, comparison: ComparisonCells, years: YearCells) -> int:
    """The sums, and over which submissions they go; gives the row for the next heading."""
    sheet.headings(head, ("All submissions together", "Sum", _held(shown)), numbers=("Sum",))
    of_value = ((ASK, "Amount asked for", "ask", ""), (NPSV, "Net present social value (NPSV)", "npsv", "present value"))
    for row, (name, label, key, words) in enumerate(of_value, head + 1):
        sheet.text(row, 1, label, "bc label")
        put_sum(sheet, row, 2, name, comparison.added(key), shown, "bc headline")
        sheet.text(row, 3, words)
    below = head + 1 + len(of_value)
    for row, (flow, label) in enumerate(FLOWS.items(), below):
        sheet.text(row, 1, label, "bc label")
        put_formula(sheet, row, 2, years.total(flow), sheet.book.figures[sum_id(flow)], shown.money[0])
        sheet.text(row, 3, "all years, not discounted")
    last = below + len(FLOWS)
    if shown.left_out:
        sheet.text(last, 1, "In none of these sums", "bc label")
        sheet.constant(last, 2, len(shown.left_out))
        sheet.text(last, 3, _left_out(shown))
        last += 1
    sheet.text(last, 1, MARKS_EXPLAINED, "bc note")
    return last + 2


def _held(shown: Shown) -> str:
    if shown.left_out:
        return f"{len(shown.counted)} of {len(shown.built)} submissions: those in {_money(*shown.money)}"
    return f"All are in {_money(*shown.money)}" if shown.built else ""


def _left_out(shown: Shown) -> str:
    """Whose money is in none of the sums, and why."""
    named = [f"{shortened(entry.title)} ({_money(entry.currency, entry.price_base_year)})" for entry in shown.left_out]
    more = f", and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return f"Money of other years or currencies cannot be added: {', '.join(named[:MOST_NAMED])}{more}"


def _flags(shown: Shown, ranking: RankingCells, found: Sequence[Overlap], failing: str) -> Iterator[tuple[str, str, str]]:
    """What to look at, how often it occurs (a formula), and where it stands."""
    def count(holds: Callable[[Entry], bool]) -> str:
        return str(sum(map(holds, shown.built)))

    same = sum(each.likeness is Likeness.SAME_CONTENT for each in found)
    yield ("Endorsed without resource", ranking.without_resource if shown.built else "0",
           "Decisions: with neither money nor people it comes to nothing")
    yield "Costs go on after the grant and nobody pays them", count(_has_unpaid_costs), "Comparison, Nobody pays"
    yield ("No funding for part of the cost", count(lambda entry: entry.resource.score == 0.0), "Comparison, Money and people")
    yield "Figures that are illustrative or disputed", count(lambda entry: bool(marked(entry))), "Comparison, Marked † ‡"
    yield "The same content handed in more than once", str(same), "Overlaps"
    yield ("Much the same measured for the same people", str(len(found) - same),
           "Overlaps: the sums may count a gain twice")
    yield "In another currency or in prices of another year", str(len(shown.left_out)), "Comparison, In the sums"
    yield "Checks that fail", failing, "Checks"


def _has_unpaid_costs(entry: Entry) -> bool:
    number = entry.number("total.cliff.nobody")
    return number is not None and (number.value or 0.0) >= HALF_A_PENNY
