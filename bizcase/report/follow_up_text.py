"""The report of a hub's follow-up as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bizcase.appraisal.figure import Unit, written
from bizcase.hub.years.follow_up import FollowUp
from bizcase.hub.years.realisation import ClassTotal, State, class_totals, is_due, late
from bizcase.hub.years.tracker import in_words, tally
from bizcase.hub.years.tracker import late as late_of_list

MOST_LATE = 5


def follow_up_lines(report: FollowUp) -> list[str]:
    """What came back, what was measured and realised, the tally, and what is late, the longest first."""
    lines = [f"{_count(len(report.returned), 'workbook')} as at {report.on.isoformat()}: {_measured(report)}"]
    lines += [f"  {_total(each)}" for each in class_totals(report.benefits)]
    if report.standings:
        first = tally(report.standings, first=True)
        now = tally(report.standings)
        lines.append(f"{_count(len(report.standings), 'innovation')} on the list: at 12 months {in_words(first)}; "
                     f"now {in_words(now)}")
    late_there = [*_late(report)]
    if late_there:
        lines += ["Late:", *(f"  {text}" for text in _first(late_there))]
    return lines


def _measured(report: FollowUp) -> str:
    due = [row for row in report.rows if is_due(row, report.on)]
    done = sum(row.state is State.MEASURED for row in due)
    early = sum(row.state is State.MEASURED and not is_due(row, report.on) for row in report.rows)
    return (f"{done} of {len(due)} measurements due are done, {len(late(report.rows))} late"
            + (f", {early} measured early" if early else ""))


def _total(total: ClassTotal) -> str:
    value, measured = (written(amount, Unit.POUNDS, total.currency) for amount in (total.value, total.measured))
    share = f" ({written(total.share, Unit.SHARE)})" if total.share is not None else ""
    return f"{total.benefit_class}: {value} realised of {measured} forecast{share}"


def _late(report: FollowUp) -> Iterator[str]:
    """Measurements and statuses that are late, the longest first."""
    told = [(row.days_late, f"{row.of.owner or 'nobody named'}: {row.source.title}, {row.of.title}, month {row.of.month}")
            for row in late(report.rows)]
    told += [(due.days_late, f"{each.title or each.id}: {due.what}") for each, due in late_of_list(report.standings)]
    for days, text in sorted(told, key=lambda pair: -pair[0]):
        yield f"{_count(days, 'day')}: {text}"


def _first(lines: Sequence[str]) -> list[str]:
    more = [f"and {len(lines) - MOST_LATE} more"] if len(lines) > MOST_LATE else []
    return [*lines[:MOST_LATE], *more]


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
