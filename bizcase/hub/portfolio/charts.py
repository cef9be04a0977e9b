"""The charts of a portfolio. Each draws cells of another sheet, so that it follows the weights and marks that are typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bizcase.appraisal.inputs import Status, weakest
from bizcase.charts import look
from bizcase.charts.bubbles import Bubbles, BubbleWords, Cell, draw_bubbles
from bizcase.charts.definition import SHARE, Chart, Kind, Series
from bizcase.charts.draw import TEXT_SIZE, Places, draw, letters, put_title
from bizcase.document.value import MARKS
from bizcase.hub.comparing.ranking import Ranked
from bizcase.hub.entry import Entry
from bizcase.hub.portfolio.comparison_sheets import ComparisonCells
from bizcase.hub.portfolio.ranking_sheets import TOTAL, VALUE_AXES, RankingCells, short_name
from bizcase.hub.portfolio.rows import FLOWS, Shown
from bizcase.hub.portfolio.years import FIRST_YEAR, HEAD, YearCells, sum_id
from bizcase.hub.rules import load_rules
from bizcase.workbook.book import Book, at
from bizcase.workbook.style import FONT, money_format
from bizcase.workbook.table import Table

TITLE = "Charts"
WIDTH, HEIGHT, HIGH, PER_BAR = 24.0, 9.0, 13.0, 0.6
"""Centimetres."""
ROW_HEIGHT, APART = 0.53, 2
"""Centimetres of a row as it is when nobody has set it, and rows between two charts."""
PAGE, SCALE = 37.0, 70
"""Centimetres of charts that a printed page holds at that percentage of their size."""

COLUMNS = 9
"""Columns that are together as wide as a chart."""

Drawn = tuple[Any, float]
"""A chart and its height."""


def add_charts(book: Book, shown: Shown, ranks: Sequence[Ranked], ranking: RankingCells, comparison: ComparisonCells,
               years: YearCells) -> None:
    sheet = book.sheet(TITLE, "Charts", "They follow the weights and marks that you type.", [11.0] * COLUMNS, landscape=False)
    drawn = [*_bubbles(shown, ranks, ranking, comparison), *_of_years(book, shown, years), *_bars(book, shown, ranks, ranking)]
    row, left = 4, PAGE
    for chart, height in drawn:
        if height > left:
            sheet.break_page(row - 1)
            left = PAGE
        left -= height + APART * ROW_HEIGHT
        chart.width, chart.height = WIDTH, height
        sheet.worksheet.add_chart(chart, f"A{row}")
        row += round(height / ROW_HEIGHT) + APART
    sheet.own_scale(SCALE)
    sheet.worksheet.print_area = f"A1:{at(row, COLUMNS)}"


def _bubbles(shown: Shown, ranks: Sequence[Ranked], ranking: RankingCells, comparison: ComparisonCells) -> list[Drawn]:
    """Value against readiness, and the Den's two axes against each other. What asks for nothing has no bubble."""
    by_name = {each.entry.name: each for each in ranks}
    drawn = [(position, entry, by_name[entry.name]) for position, entry in enumerate(shown.built) if _ask(entry) > 0]
    if not drawn:
        return []
    drawn.sort(key=lambda row: -_ask(row[1]))
    table, asks = ranking.decisions, comparison.table
    charts = (
        (BubbleWords("Value against readiness: the larger the bubble, the more is asked for",
                     "Value: share of the others beaten, by your weights", "Readiness: share of the others beaten"),
         ("value", "score.readiness")),
        (BubbleWords("The two axes of an Ideas Den: the larger the bubble, the more is asked for",
                     "Clinical value: share of the others beaten", "Organisational value: share of the others beaten"),
         ("score.clinical", "score.organisational")))
    return [(draw_bubbles(words, _series(drawn, table, asks, keys), FONT), HIGH) for words, keys in charts]


def _series(drawn: Sequence[tuple[int, Entry, Ranked]], table: Table, asks: Table, keys: tuple[str, str]) -> list[Bubbles]:
    """A series with its name for each submission; of very many, one series without names, all rows of the table."""
    across, up = keys

    def cell(of: Table, key: str, position: int) -> Cell:
        return of.sheet.title, of.here(key, position)

    def values(entry: Entry, each: Ranked) -> tuple[float, float, float]:
        return _score(each, across), _score(each, up), _ask(entry)

    if len(drawn) <= load_rules().most_named_bubbles:
        return [Bubbles(cell(table, "short", position), short_name(position + 1, entry),
                        [cell(table, across, position)], [cell(table, up, position)], [cell(asks, "ask", position)],
                        [values(entry, each)]) for position, entry, each in drawn]
    known = {position: values(entry, each) for position, entry, each in drawn}
    rows = range(min(known), max(known) + 1)
    return [Bubbles(cell(table, "short", rows[0]), "Submissions", [cell(table, across, position) for position in rows],
                    [cell(table, up, position) for position in rows], [cell(asks, "ask", position) for position in rows],
                    [known.get(position, (0.0, 0.0, 0.0)) for position in rows])]


def _score(each: Ranked, key: str) -> float:
    if key != "value":
        return each.scores[key.removeprefix("score.")]
    weights = load_rules().weights
    whole = sum(weights[axis] for axis in VALUE_AXES)
    return sum(weights[axis] * each.scores[axis] for axis in VALUE_AXES) / whole


def _ask(entry: Entry) -> float:
    number = entry.number("summary.ask")
    return number.value or 0.0 if number is not None else 0.0


def _of_years(book: Book, shown: Shown, years: YearCells) -> list[Drawn]:
    """Combined benefits by class, and the cash that comes in beside the cash that goes out."""
    if not shown.years_of_sums:
        return []
    colours = {"benefit.CRB": look.CLASSES["CRB"], "benefit.NCRB": look.CLASSES["NCRB"], "benefit.SB": look.CLASSES["SB"]}
    classes = [Series(FLOWS[flow], _figures(flow, shown), looks) for flow, looks in colours.items()]
    cash = [Series("Cash-releasing benefit", _figures("benefit.CRB", shown), look.BENEFIT),
            Series("Cost to be met in cash and in kind", _figures("cash_cost", shown), look.COST)]
    money = money_format(shown.money[0])
    charts = [_chart("classes", "Benefits of all submissions, by class and year", Kind.STACKED, classes, shown, book, money),
              _chart("cash", "Cash released and cost to be met, all submissions by year", Kind.COLUMNS, cash, shown, book, money)]
    first = FIRST_YEAR + shown.years.index(shown.years_of_sums[0])
    names = years.sheet.across(HEAD, first, first + len(shown.years_of_sums) - 1)
    return [(_titled(draw(chart, book.figures, Places(book.cells, names), FONT), "Financial year", shown.money[0]), HEIGHT)
            for chart in charts]


def _figures(flow: str, shown: Shown) -> tuple[str, ...]:
    return tuple(sum_id(flow, year) for year in shown.years_of_sums)


def _chart(name: str, title: str, kind: Kind, series: Sequence[Series], shown: Shown, book: Book, number_format: str) -> Chart:
    status = weakest([book.figures[each].status for one in series for each in one.figures])
    sign = f" {MARKS[status]}" if status in MARKS else ""
    return Chart(name, title + sign, title, title, kind, shown.years_of_sums, tuple(series), "By year", status, number_format)


def _bars(book: Book, shown: Shown, ranks: Sequence[Ranked], ranking: RankingCells) -> list[Drawn]:
    """The totals of the first submissions in the ranking, which move as the weights do."""
    first = ranks[:load_rules().most_bars]
    if not first:
        return []
    figures = tuple(f"{TOTAL}.{number}" for number in range(1, len(first) + 1))
    number = {id(entry): position for position, entry in enumerate(shown.built, 1)}
    names = tuple(short_name(number[id(each.entry)], each.entry) for each in first)
    title = "The ranking: total by your weights" + (f", the first {len(first)}" if len(ranks) > len(first) else "")
    chart = Chart("ranking", title, title, title, Kind.BARS, names, (Series("Total", figures, look.BENEFIT),), "Ranking",
                  Status.KNOWN, SHARE)
    table = ranking.ranking
    places = Places(book.cells, f"{table.at('short', 0)}:{_end(table, len(first))}")
    made = draw(chart, book.figures, places, FONT)
    made.legend = None
    return [(_titled(made, "", "Share of the others beaten, by your weights"), max(6.0, 3 + PER_BAR * len(first)))]


def _end(table: Table, count: int) -> str:
    return table.at("short", count - 1).rpartition("!")[2]


def _titled(drawn: Any, names: str, values: str) -> Any:
    for axis, title in ((drawn.x_axis, names), (drawn.y_axis, values)):
        if title:
            put_title(axis, title, letters(TEXT_SIZE, FONT, bold=True))
    return drawn


