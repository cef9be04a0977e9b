"""The portfolio: all submissions of a hub side by side in one workbook, whose every number can be followed to its own."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from bizcase.appraisal.figure import Figure
from bizcase.archive import steady
from bizcase.errors import Finding, OutputRefused, Place, Severity
from bizcase.hub.comparing.judgement import NONE_YET, Judgement
from bizcase.hub.comparing.overlaps import overlaps
from bizcase.hub.comparing.ranking import Ranked, ranked
from bizcase.hub.entry import Entry
from bizcase.hub.portfolio.charts import add_charts
from bizcase.hub.portfolio.comparison_sheets import add_heat_map, fill_comparison, lay_out_comparison
from bizcase.hub.portfolio.figures_sheet import add_figures
from bizcase.hub.portfolio.lists import add_not_built, add_overlaps, add_questions
from bizcase.hub.portfolio.ranking_sheets import RankingCells, fill_decisions, fill_ranking, lay_out_ranking, ranking_figures
from bizcase.hub.portfolio.read_me import add_read_me
from bizcase.hub.portfolio.rows import Shown, marked, shown_of
from bizcase.hub.portfolio.summary import add_summary, checks_of, summary_figures
from bizcase.hub.portfolio.years import add_years, year_figures
from bizcase.hub.rules import load_rules
from bizcase.workbook.book import Book
from bizcase.workbook.checks_sheet import add_checks
from bizcase.workbook.links import add_link_style
from bizcase.workbook.recalculate import verified
from bizcase.workbook.write import ANSWERS, FIXED_TIME, INPUTS, RECORDS

SHEETS = {"Summary": ANSWERS, "Ranking": INPUTS, "Decisions": INPUTS, "Comparison": ANSWERS, "Charts": ANSWERS,
          "Heat map": ANSWERS, "By year": ANSWERS, "Overlaps": RECORDS, "Questions": RECORDS, "Not built": RECORDS,
          "Figures": RECORDS, "Checks": ANSWERS, "Read me": RECORDS}
"""The sheets in their order, with the colours of their tabs."""

LINE, MOST_LINES = 13.0, 4
"""Points, and lines: of a longer title the beginning is read."""


def portfolio_workbook(entries: Sequence[Entry], judgement: Judgement = NONE_YET) -> bytes:
    """The workbook of these submissions, in whatever order they are given, with what the hub judged of them; the same submissions
    give the same bytes.

    Raises WorkbookDisagrees, naming each cell, where a formula has no value or gives another sum or place than ours, and
    OutputRefused for more submissions than one workbook holds.
    """
    shown = shown_of(entries)
    if len(shown.built) > (most := load_rules().most_submissions):
        raise OutputRefused(_too_many(len(shown.built), most))
    ranks = ranked(shown.built, judgement.weights, judgement.marks)
    figures: dict[str, Figure] = {found.id: found for found in (*summary_figures(shown), *year_figures(shown))}
    figures |= ranking_figures(ranks)
    book = Book(figures, shown.money[0])
    add_link_style(book)
    cells = _fill(book, shown, ranks, judgement)
    book.finish()
    _fit_ranking(cells, shown)
    return _saved(book, figures)


def _too_many(count: int, most: int) -> Finding:
    return Finding(Place("the portfolio"), "G20", Severity.ERROR,
                   f"{count:,} submissions were built, and one portfolio holds {most:,}",
                   "build the folders below this one each by itself")


def _fill(book: Book, shown: Shown, ranks: Sequence[Ranked], judgement: Judgement) -> RankingCells:
    found = overlaps(shown.built)
    figures = add_figures(book, shown)
    comparison, ranking = lay_out_comparison(book, shown), lay_out_ranking(book, shown)
    fill_comparison(comparison, shown, figures, ranking.places)
    fill_decisions(ranking, shown, figures, judgement)
    fill_ranking(ranking, comparison, ranks, judgement)
    add_heat_map(book, shown, figures)
    years = add_years(book, shown, figures)
    flags = add_summary(book, shown, comparison, years)
    failing = add_checks(book, checks_of(book, shown, comparison, years, figures, ranking))
    flags.fill(shown, ranking, found, failing)
    add_charts(book, shown, ranks, ranking, comparison, years)
    add_overlaps(book, shown, found)
    add_questions(book, [each.entry for each in ranks])
    add_not_built(book, shown.failed)
    add_read_me(book)
    return ranking


def _fit_ranking(cells: RankingCells, shown: Shown) -> None:
    """Makes all rows of the ranking as high as the longest text needs: any submission may come to stand in any of them."""
    widths = {column.key: column.width for column in cells.ranking.columns}
    texts = [(widths["title"], entry.title) for entry in shown.built]
    texts += [(widths["organisation"], entry.organisation) for entry in shown.built]
    texts += [(widths["marked"], marked(entry)) for entry in shown.built]
    lines = min(MOST_LINES, max((math.ceil(len(text) / width) for width, text in texts), default=1))
    for position in range(cells.ranking.count):
        cells.ranking.sheet.worksheet.row_dimensions[cells.ranking.row(position)].height = LINE * max(1, lines) + 4


def _saved(book: Book, figures: dict[str, Figure]) -> bytes:
    workbook = book.workbook
    for position, (title, colour) in enumerate(SHEETS.items()):
        workbook.move_sheet(title, position - workbook.sheetnames.index(title))
        workbook[title].sheet_properties.tabColor = colour
    workbook.active = 0
    properties = workbook.properties
    properties.title, properties.creator, properties.language = "Portfolio of submissions", "bizcase", "en-GB"
    properties.created = properties.modified = FIXED_TIME
    buffer = io.BytesIO()
    workbook.save(buffer)
    return steady(verified(buffer.getvalue(), workbook, list(figures.values()), book.cells))
