"""The sheets Ranking, which the hub's weights put in order at once, and Decisions, where the panel's marks and the hub's own
decisions are typed. Their formulas are those of `ranking.py`; the build compares both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bizcase.appraisal.figure import Figure, Unit
from bizcase.charts.words import shortened
from bizcase.hub.comparing.judgement import Judgement
from bizcase.hub.comparing.ranking import AXES, MARK, PLACES, Ranked, return_on_investment
from bizcase.hub.comparing.resourcing import RESOURCED, resource_word
from bizcase.hub.entry import Entry
from bizcase.hub.portfolio.cells import put_formula
from bizcase.hub.portfolio.comparison_sheets import WORDS_OF_PANELS, WORDS_OF_RESOURCE, WORDS_OF_STATE, ComparisonCells
from bizcase.hub.portfolio.figures_sheet import FigureCells, filtered
from bizcase.hub.portfolio.rows import Shown, figure_of, numbers_of
from bizcase.hub.rules import load_rules
from bizcase.workbook.book import Book, Bounds, Sheet, at
from bizcase.workbook.marking import Tone, colour_words
from bizcase.workbook.style import RIGHT
from bizcase.workbook.table import Column, Table, new_table

RANKING, DECISIONS = "Ranking", "Decisions"
NUMBER_HEAD = "No."
TYPED_HEADS = {MARK: "Panel's mark", "decision": "The hub decides", "given": "Money and people given"}
"""The headings of what a hub types, by which it is read back."""
WITHOUT, IN_PART, WITH = "endorsed without resource", "endorsed, resourced in part", "endorsed and resourced"
NONE = "–"
"""What stands where there is nothing: a formula that gives an empty text could not be told from one that failed."""
FLAGS = {WITHOUT: Tone.BAD, IN_PART: Tone.MIDDLING, WITH: Tone.GOOD}
LABELS = {"clinical": "Clinical value", "organisational": "Organisational value", "societal": "Societal value",
          "readiness": "Readiness", "completeness": "Completeness", MARK: "Panel's mark"}
COMPARED = {"clinical": "outcomes of care named", "organisational": "ROI at year 3", "societal": "present value",
            "readiness": "share of criteria", "completeness": "share of criteria", MARK: "1 to 5, typed"}
VALUE_AXES = ("clinical", "organisational", "societal")
AXIS_ROW, WEIGHT_ROW, TOLD_ROW, SHARE_ROW, LIST_HEAD = 4, 5, 6, 7, 9
FIRST_SCORE = 6
LONGEST_NAME = 34
TOTAL = "hub.total"


@dataclass(frozen=True, slots=True)
class RankingCells:
    """The tables of both sheets; `ranking` is in the order of the places, `decisions` in that of the names."""

    ranking: Table
    decisions: Table

    @property
    def places(self) -> list[str]:
        return [self.decisions.at("place", row) for row in range(self.decisions.count)]

    @property
    def without_resource(self) -> str:
        """The formula that counts what is endorsed without resource."""
        return f'COUNTIF({self.decisions.down("flag")},"{WITHOUT}")'


def ranking_figures(ranks: Sequence[Ranked]) -> dict[str, Figure]:
    """The totals in the order of their places, as Figures: so that the build compares the workbook's ranking with ours."""
    return {f"{TOTAL}.{number}": Figure(f"{TOTAL}.{number}", f"Total of the submission in row {number}", each.total, Unit.SHARE,
                                        f"{each.total:.1%}") for number, each in enumerate(ranks, 1)}


def lay_out_ranking(book: Book, shown: Shown) -> RankingCells:
    """Both sheets with their headings, so that others can point at them."""
    count = len(shown.built)
    ranking = new_table(book, RANKING, "The submissions ranked by your weights",
                        "Change the yellow weights, and the list below is put in order again. What each score means is said on "
                        "Read me.", _ranking_columns(), count, LIST_HEAD + 1)
    decisions = new_table(book, DECISIONS, "Marks, decisions and what follows from them",
                          "Type in the yellow cells: the panel's mark, what the hub decides, and whether it has given money and "
                          "people. To the right stands how the places come about.", _decision_columns(), count, 7)
    return RankingCells(ranking, decisions)


def _ranking_columns() -> tuple[Column, ...]:
    return (Column("place", "Place", 7, True), Column("title", "Submission", 40), Column("organisation", "Organisation", 21),
            Column("state", "State", 8), Column("total", "Total", 8, True),
            *(Column(axis, LABELS[axis], 14, True) for axis in AXES), Column("panel", "The panel would", 11),
            Column("resource", "Money and people", 14), Column("decision", "Decision", 13), Column("flag", "Flag", 24),
            Column("marked", "Marked † ‡", 20), Column("short", "Name in charts", 26), Column("row", "Row", 3, True))


def _decision_columns() -> tuple[Column, ...]:
    return (Column("number", NUMBER_HEAD, 6, True), Column("title", "Submission", 40),
            Column(MARK, TYPED_HEADS[MARK], 9, True), Column("decision", TYPED_HEADS["decision"], 15),
            Column("given", TYPED_HEADS["given"], 14), Column("flag", "Flag", 27),
            Column("resource", "Money and people, as submitted", 16),
            *(Column(f"value.{axis}", f"{LABELS[axis]}: {COMPARED[axis]}", 15, True) for axis in AXES),
            *(Column(f"score.{axis}", f"{LABELS[axis]}: share of others beaten", 15, True) for axis in AXES),
            Column("total", "Total", 10, True), Column("place", "Place", 8, True), Column("order", "Order", 8, True),
            Column("value", "Value", 10, True), Column("short", "Name in charts", 30))


def fill_decisions(cells: RankingCells, shown: Shown, figures: FigureCells, judgement: Judgement) -> None:
    table, sheet = cells.decisions, cells.decisions.sheet
    _weights_used(cells)
    rules = load_rules()
    for position, entry in enumerate(shown.built):
        row = table.row(position)
        sheet.constant(row, 1, position + 1)
        sheet.text(row, table.column("title"), entry.title)
        sheet.choice_of_number(row, table.column("mark"), judgement.marks.get(entry.name), rules.marks)
        for key, typed, words in (("decision", judgement.decisions, rules.decisions),
                                  ("given", judgement.given, rules.resource_given)):
            sheet.choice(row, table.column(key), typed.get(entry.name, ""), f'"{",".join(words)}"')
        sheet.formula(row, table.column("flag"), _flag(table, position), style="bc calc text")
        sheet.text(row, table.column("resource"), resource_word(entry.resource))
        _score(table, position, entry, figures)
        sheet.text(row, table.column("short"), short_name(position + 1, entry), "bc label")
    rows = (table.first, table.last)
    colour_words(sheet, rows, (table.column("flag"),) * 2, FLAGS)
    colour_words(sheet, rows, (table.column("resource"),) * 2, WORDS_OF_RESOURCE)
    sheet.freeze(table.first, 3)
    filtered(sheet, table.first - 1, table.last, len(table.columns))


def short_name(number: int, entry: Entry) -> str:
    """A name that fits into a chart: the number of the submission, by which it is found, and how its title begins."""
    return shortened(f"{number} {entry.title}", LONGEST_NAME)


def _flag(table: Table, position: int) -> str:
    """Endorsed without money and people is what became of the manual's winner (§5.4): it is told at once."""
    decision, given, asked = (table.here(key, position) for key in ("decision", "given", "resource"))
    endorsed, (yes, part, _) = load_rules().decisions[0], load_rules().resource_given
    return (f'IF({decision}<>"{endorsed}","{NONE}",IF({given}="{part}","{IN_PART}",IF(OR({given}="{yes}",'
            f'AND({given}="",{asked}="{RESOURCED}")),"{WITH}","{WITHOUT}")))')


def _weights_used(cells: RankingCells) -> None:
    """Above the values, of how many submissions each can be told; above the scores, the weights as far as they count."""
    table, sheet = cells.decisions, cells.decisions.sheet
    above, weights = table.first - 2, table.first - 3
    sheet.text(weights, 2, "Weights that count", "bc label")
    sheet.text(above, 2, "Submissions of which it can be told", "bc label")
    for number, axis in enumerate(AXES):
        values, scores = table.column(f"value.{axis}"), table.column(f"score.{axis}")
        sheet.formula(above, values, f"COUNT({_down(table, f'value.{axis}')})")
        weight = cells.ranking.sheet.at(WEIGHT_ROW, FIRST_SCORE + number)
        sheet.formula(weights, scores, f"IF({at(above, values)}>0,{weight},0)")


def _down(table: Table, key: str) -> str:
    """A column of the table, for formulas on its own sheet, whatever row they stand in."""
    column = table.column(key)
    return f"{_fixed(table.first, column)}:{_fixed(table.last, column)}"


def _fixed(row: int, column: int) -> str:
    return at(row, column).replace(str(row), f"${row}")


def _score(table: Table, position: int, entry: Entry, figures: FigureCells) -> None:
    sheet, row = table.sheet, table.row(position)
    for axis in AXES:
        _value(table, position, entry, axis, figures)
        sheet.formula(row, table.column(f"score.{axis}"), _beaten(table, position, axis), Unit.SHARE)
    scores, weights = (f"{at(line, table.column(f'score.{AXES[0]}'))}:{at(line, table.column(f'score.{AXES[-1]}'))}"
                       for line in (row, table.first - 3))
    used = weights.replace(str(table.first - 3), f"${table.first - 3}")
    sheet.formula(row, table.column("total"),
                  f"IF(SUM({used})=0,0,ROUND(SUMPRODUCT({used},{scores})/SUM({used}),{PLACES}))", Unit.SHARE)
    total = table.here("total", position)
    sheet.formula(row, table.column("place"), f"RANK({total},{_down(table, 'total')},0)")
    first = _fixed(table.first, table.column("total"))
    sheet.formula(row, table.column("order"), f"{table.here('place', position)}+COUNTIF({first}:{total},{total})-1")
    of_value = [(at(row, table.column(f"score.{axis}")), _fixed(table.first - 3, table.column(f"score.{axis}")))
                for axis in VALUE_AXES]
    whole, plain = "+".join(weight for _, weight in of_value), "+".join(score for score, _ in of_value)
    weighted = "+".join(f"{weight}*{score}" for score, weight in of_value)
    sheet.formula(row, table.column("value"), f"IF({whole}=0,({plain})/{len(of_value)},({weighted})/({whole}))", Unit.SHARE)


def _value(table: Table, position: int, entry: Entry, axis: str, figures: FigureCells) -> None:
    """What a submission is compared by on an axis: a number of its own on Figures, or the mark typed beside it."""
    sheet, row, column = table.sheet, table.row(position), table.column(f"value.{axis}")
    if axis == MARK:
        mark = table.here("mark", position)
        sheet.formula(row, column, f'IF(ISNUMBER({mark}),{mark},"{NONE}")')
        sheet.worksheet.cell(row, column).alignment = RIGHT
        return
    name = value_id(entry, axis)
    if not figures.has(entry, name):
        sheet.text(row, column, "cannot tell", "bc calc")
        return
    number = numbers_of(entry)[name]
    put_formula(sheet, row, column, figures.at(entry, name), figure_of(name, number), entry.currency)


def value_id(entry: Entry, axis: str) -> str:
    """The id of the number that a submission is compared by on an axis."""
    if axis == "organisational":
        found = return_on_investment(entry)
        return next((name for name, number in entry.numbers.items() if number is found), "") if found is not None else ""
    return "pvb.SB" if axis == "societal" else f"counted.{axis}"


def _beaten(table: Table, position: int, axis: str) -> str:
    """The share of the others that it beats, a tie counting half: those below less those above tell the ties as well."""
    value, values = table.here(f"value.{axis}", position), _down(table, f"value.{axis}")
    others, told = table.count - 1, _fixed(table.first - 2, table.column(f"value.{axis}"))
    if others < 1:
        return "0"
    return (f"IF(ISNUMBER({value}),((RANK({value},{values},1)-RANK({value},{values},0)+{told}-1)/2+{table.count}-{told})"
            f"/{others},0)")


def fill_ranking(cells: RankingCells, comparison: ComparisonCells, ranks: Sequence[Ranked], judgement: Judgement) -> None:
    table, sheet = cells.ranking, cells.ranking.sheet
    _weights(sheet, cells, judgement.weights)
    decisions = cells.decisions
    sources = {"place": decisions, "title": comparison.table, "organisation": comparison.table, "state": comparison.table,
               "total": decisions, **dict.fromkeys(AXES, decisions), "panel": comparison.table,
               "resource": comparison.table, "marked": comparison.table, "decision": decisions, "flag": decisions,
               "short": decisions}
    for position, _ in enumerate(ranks):
        row, line = table.row(position), table.here("row", position)
        sheet.formula(row, table.column("row"), f"MATCH({position + 1},{decisions.down('order')},0)")
        for key, source in sources.items():
            found = f"INDEX({source.down(f'score.{key}' if key in AXES else key)},{line})"
            if key == "total":
                sheet.figure(row, table.column(key), f"{TOTAL}.{position + 1}", found, "bc total")
            elif key in AXES:
                told = at(TOLD_ROW, table.column(key)).replace(str(TOLD_ROW), f"${TOLD_ROW}")
                sheet.formula(row, table.column(key), f'IF({told}=0,"{NONE}",{found})', Unit.SHARE)
                sheet.worksheet.cell(row, table.column(key)).alignment = RIGHT
            elif key == "place":
                sheet.formula(row, table.column(key), found, Unit.NUMBER, "bc total")
            else:
                sheet.formula(row, table.column(key), f'IF({found}="","{NONE}",{found})', style="bc text")
    rows = (table.first, table.last)
    for key, words in (("panel", WORDS_OF_PANELS), ("resource", WORDS_OF_RESOURCE), ("state", WORDS_OF_STATE), ("flag", FLAGS)):
        colour_words(sheet, rows, (table.column(key),) * 2, words)
    sheet.worksheet.column_dimensions[at(1, table.column("row"))[:-1]].hidden = True
    sheet.freeze(table.first, 3)


def _weights(sheet: Sheet, cells: RankingCells, weights: Mapping[str, float]) -> None:
    """The weights that the hub edits, above the scores that they weigh."""
    rules = load_rules()
    sheet.text(WEIGHT_ROW, 2, f"Weight: type yours, from {rules.lowest_weight} to {rules.highest_weight}", "bc total label")
    sheet.text(TOLD_ROW, 2, "Submissions of which it can be told", "bc label")
    sheet.text(SHARE_ROW, 2, "Share of the total", "bc label")
    decisions = cells.decisions
    ends = (decisions.column(f"score.{axis}") for axis in (AXES[0], AXES[-1]))
    used, within = decisions.sheet.across(decisions.first - 3, *ends), Bounds(rules.lowest_weight, rules.highest_weight)
    for number, axis in enumerate(AXES):
        column = FIRST_SCORE + number
        sheet.text(AXIS_ROW, column, LABELS[axis], "bc column number")
        sheet.input(WEIGHT_ROW, column, weights.get(axis, 0), Unit.NUMBER, within)
        sheet.formula(TOLD_ROW, column, decisions.sheet.at(decisions.first - 2, decisions.column(f"value.{axis}")))
        weight = decisions.sheet.at(decisions.first - 3, decisions.column(f"score.{axis}"))
        sheet.formula(SHARE_ROW, column, f"IF(SUM({used})=0,0,{weight}/SUM({used}))", Unit.SHARE)
