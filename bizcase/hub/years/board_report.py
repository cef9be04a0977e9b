"""The benefits-realisation report as a Word document for a board: two or three pages of what the workbook of the report holds.

How it looks and what its template holds is in `document/board_template.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from bizcase import resources
from bizcase.appraisal.currency import in_currency
from bizcase.appraisal.figure import Unit, figure, written
from bizcase.appraisal.inputs import Status
from bizcase.case import HouseTemplate
from bizcase.charts.definition import POUNDS, Chart, Kind, Series
from bizcase.charts.look import NAVY, ORANGE, Look
from bizcase.document.board_template import report_words
from bizcase.document.chart_part import chart_picture
from bizcase.document.measured import plain
from bizcase.document.picture import Picture
from bizcase.document.view import written_date
from bizcase.document.word import Properties, render
from bizcase.hub.years.follow_up import FollowUp
from bizcase.hub.years.realisation import ALL_CLASSES, RATINGS, Benefit, ClassTotal, Rated, class_totals, is_due, late, rag
from bizcase.hub.years.realisation import State as Measuring
from bizcase.hub.years.tracker import CODES, NO_PILLAR, Standing, State, in_words, meaning, tally
from bizcase.hub.years.tracker import late as late_of_list

TEMPLATE = "report.docx"
Row = dict[str, str]
_PLOTTED = (("measured", "forecast"), ("value", "realised"))


def board_report(found: FollowUp, name: str = "", template: HouseTemplate | None = None) -> bytes:
    """The report's bytes, under the name of a hub or a programme where one is given; the same input gives the same bytes.

    `template` is one that a hub made its own. Raises TemplateFault where it cannot be rendered.
    """
    words, template = report_words(), template or _shipped()
    title, totals = words["title"].format(written_date(found.on)), class_totals(found.benefits)
    heading = plain(name) or title
    rows: dict[str, Iterable[Row]] = {
        "money": map(_money, totals), "ratings": _ratings(found.benefits),
        "late": map(_late, late(found.rows)), "innovations": _innovations(found), "tally": _tally(found.standings),
        "gone": _gone(found.standings), "to_do": _to_do(found.standings)}
    context = {"report": {"title": title, "name": heading, "sentences": list(_sentences(found))},
               "picture": {"realised": _picture(totals)},
               "table": {told["name"]: _shown(told, list(rows[told["name"]])) for told in words["tables"]}}
    return render(template.content, template.name, context, Properties(heading[:255], "bizcase", words["kind"]))


def _shipped() -> HouseTemplate:
    path = resources.folder("templates") / "board-report" / TEMPLATE
    return HouseTemplate(path.name, path.read_bytes())


def _shown(told: Mapping[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
    """As many rows as a table shows, how many more there are, and its note."""
    most = told.get("most", len(rows))
    more = report_words()["more"].format(f"{len(rows) - most:,}") if len(rows) > most else ""
    codes = {str(code): meaning(code) for code in CODES}
    return {"rows": list(rows[:most]), "more": more, "note": _filled(told.get("note", ""), codes)}


def _filled(text: str, names: Mapping[str, str]) -> str:
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _sentences(found: FollowUp) -> Iterator[str]:
    words = report_words()["in_short"]
    count = len(found.returned)
    told, counts = [words["returned"]["none" if not count else "one" if count == 1 else "many"].format(count)], _counts(found)
    told += [words["measured"].format(**counts)] if found.rows else []
    told += [words["early"].format(**counts)] if counts["early"] else []
    yield " ".join(told)
    yield from map(_of_class, class_totals(found.benefits))
    if found.benefits:
        yield words["ratings"].format(len(found.benefits), _by_rating(found.benefits))
    if found.standings:
        listed = words["listed"]["one" if len(found.standings) == 1 else "many"].format(len(found.standings))
        yield words["tally"].format(listed=listed, first=in_words(tally(found.standings, first=True)),
                                    now=in_words(tally(found.standings)))


def _of_class(total: ClassTotal) -> str:
    words, name = report_words()["in_short"], total.benefit_class.capitalize()
    if not total.measured:
        return str(words["not_measured"].format(name))
    share = words["money_share"].format(written(total.share, Unit.SHARE)) if total.share is not None else ""
    return str(words["money"].format(benefit_class=name, value=_pounds(total.value, total.currency), share=share,
                                     measured=_pounds(total.measured, total.currency)))


def _counts(found: FollowUp, file: str = "") -> dict[str, int]:
    """How many measurements were due, done, late and early: of one workbook, or of all."""
    rows = [row for row in found.rows if file in ("", row.source.file)]
    due = [row for row in rows if is_due(row, found.on)]
    return {"due": len(due), "done": sum(row.state is Measuring.MEASURED for row in due), "late": len(late(rows)),
            "early": sum(row.state is Measuring.MEASURED and not is_due(row, found.on) for row in rows)}


def _by_rating(found: Sequence[Benefit]) -> str:
    """How many benefits have each rating that occurs: 4 green, 1 red."""
    return ", ".join(f"{count} {rating.partition(':')[0]}" for rating in RATINGS if (count := rag(found, rating)))


def _pounds(amount: float, currency: str) -> str:
    return written(amount, Unit.POUNDS, plain(currency))


def _money(total: ClassTotal) -> Row:
    amounts = {name: _pounds(getattr(total, name), total.currency) for name in ("plan", "measured", "value", "unmeasured",
                                                                                "told_outlook")}
    share = report_words()["no_answer"] if total.share is None else written(total.share, Unit.SHARE)
    return {"label": f"{total.benefit_class.capitalize()}, {plain(total.currency)}", "share": share, **amounts}


def _picture(totals: Sequence[ClassTotal]) -> Picture | None:
    """What was forecast and realised, by class; nothing where there is none of it, or it is in several currencies."""
    words, measured = report_words()["picture"], [total for total in totals if total.measured]
    if len({total.currency for total in totals}) != 1 or not measured:
        return None
    currency = measured[0].currency
    figures = {f"{name}.{total.benefit_class.name}": figure(name, words[label], getattr(total, name), Unit.POUNDS, Status.KNOWN)
               for name, label in _PLOTTED for total in measured}
    told = "; ".join(words["alt_class"].format(total.benefit_class, _pounds(total.value, currency),
                                               _pounds(total.measured, currency)) for total in measured)
    series = tuple(Series(words[label], tuple(f"{name}.{total.benefit_class.name}" for total in measured), look)
                   for (name, label), look in zip(_PLOTTED, (Look(ORANGE), Look(NAVY)), strict=True))
    chart = Chart("realised", words["title"], words["title"], words["alt"].format(told), Kind.COLUMNS,
                  tuple(total.benefit_class.capitalize() for total in measured), series, "Summary", Status.KNOWN,
                  in_currency(POUNDS, plain(currency).replace('"', "")))
    return chart_picture(chart, figures)


def _ratings(found: Sequence[Benefit]) -> Iterator[Row]:
    for rating in RATINGS if found else ():
        yield {"label": rating, "all": str(rag(found, rating)),
               **{name.name: str(rag(found, rating, name)) for name in ALL_CLASSES}}


def _late(row: Rated) -> Row:
    return {"label": plain(row.source.title), "benefit": plain(row.of.title), "month": str(row.of.month),
            "due": written_date(row.of.due) if row.of.due else "", "days": f"{row.days_late:,}",
            "owner": plain(row.of.owner) or report_words()["nobody"]}


def _innovations(found: FollowUp) -> Iterator[Row]:
    """A line for each workbook that came back."""
    for file, group in groupby(found.benefits, key=lambda each: each.first.source.file):
        benefits = list(group)
        counts, source = _counts(found, file), benefits[0].first.source
        money = [f"{_pounds(total.value, total.currency)} of {_pounds(total.measured, total.currency)} {total.benefit_class}"
                 for total in class_totals(benefits) if total.measured]
        yield {"label": plain(source.title) or plain(file), "measured": f"{counts['done']} of {counts['due']}",
               "late": str(counts["late"]), "value": "; ".join(money) or report_words()["nothing"],
               "ratings": _by_rating(benefits)}


def _tally(found: Sequence[Standing]) -> Iterator[Row]:
    """How many innovations have each code, by pillar, at 12 months and now; then all pillars together."""
    counts = {"first": tally(found, first=True), "now": tally(found)}
    for pillar in counts["first"]:
        yield {"label": plain(pillar) or NO_PILLAR, **{f"{when}{code}": str(counts[when][pillar][code])
                                                       for when in counts for code in (*CODES, None)}}
    if len(counts["first"]) > 1:
        yield {"label": report_words()["all_pillars"], **{f"{when}{code}": str(sum(row[code] for row in counts[when].values()))
                                                          for when in counts for code in (*CODES, None)}}


def _gone(found: Sequence[Standing]) -> Iterator[Row]:
    for each in found:
        if each.state is not State.ACTIVE:
            yield {"label": _named(each), "state": each.state, "reason": plain(each.reason), "outcome": plain(each.outcome)}


def _to_do(found: Sequence[Standing]) -> Iterator[Row]:
    for each, due in late_of_list(found):
        yield {"label": _named(each), "what": plain(due.what), "due": written_date(due.on), "days": f"{due.days_late:,}"}


def _named(each: Standing) -> str:
    return plain(each.title) or plain(each.id)
