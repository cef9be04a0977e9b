"""The Measurement sheet: when each benefit is measured, its target then, what was found, and what that is worth.

The user types what was measured; how much of the way to the target that is, its rating and its pounds follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from bizcase.appraisal.figure import Unit
from bizcase.appraisal.inputs import BenefitClass
from bizcase.appraisal.measurement import measurement_months
from bizcase.appraisal.money import Timeframe
from bizcase.specification.project import Project
from bizcase.specification.values import parse_date
from bizcase.workbook.book import Book, Sheet, absolute, at
from bizcase.workbook.style import DATE_FORMAT, RIGHT
from bizcase.workbook.years import FIRST_YEAR_COLUMN, HEADER_ROW

COLUMNS = {
    # The name by which formulas find a column, its heading and its width.
    "id": ("ID", 7), "title": ("Benefit", 23), "class": ("Class", 14), "measure": ("Measure", 24), "unit": ("Unit", 13),
    "direction": ("Should", 10), "owner": ("Owner", 18), "baseline": ("Baseline", 10), "month": ("Month", 9),
    "months": ("Months of period", 8), "due": ("Due", 12), "target": ("Target", 10), "actual": ("Actual", 10),
    "variance": ("Variance from target", 10), "realised": ("Realised", 11), "score": ("Score", 9), "rating": ("Rating", 21),
    "forecast": ("Forecast £", 12), "measured": ("Forecast £, if measured", 12), "value": ("Realised £", 12),
    "done": ("Month, if measured", 10), "note": ("Evidence or note", 15),
}
TEXTS = ("id", "title", "class", "measure", "unit", "direction", "owner")
LEFT = {*TEXTS, "rating", "note"}
SUMS = ("forecast", "measured", "value")
LATEST = {**{name: COLUMNS[name][0] for name in TEXTS}, "month": "Last month", "months": "Done", "due": "Due",
          "actual": "Last actual", "realised": "Last realised", "rating": "Last rating",
          **{name: COLUMNS[name][0] for name in SUMS}}
"""The headings of the block that gathers each benefit, under the same columns as its measurements."""
CLASSES = (BenefitClass.CRB, BenefitClass.NCRB, BenefitClass.SB)
"""The classes in pounds, each with a total of its own: they are never summed without the split."""

PLACE = {name: number for number, name in enumerate(COLUMNS, 1)}
LETTER = {name: get_column_letter(number) for name, number in PLACE.items()}
SETTING_ROW = 4
LAUNCH, FIRST_YEAR, GREEN_FROM, AMBER_FROM = (
    absolute(f"{LETTER['unit']}{row}") for row in range(SETTING_ROW, SETTING_ROW + 4))
DONE_ROW = SETTING_ROW + len(CLASSES)
DUE_BY_ROW = DONE_ROW + 1
DUE_BY = absolute(f"{LETTER['measured']}{DUE_BY_ROW}")
HEADING_ROW = DUE_BY_ROW + 2
FIRST_ROW = HEADING_ROW + 1

GREEN, AMBER, RED = "green: on target", "amber: below target", "red: well below target"
COLOURS = {GREEN: ("C6EFCE", "006100"), AMBER: ("FFEB9C", "7F4F00"), RED: ("FFC7CE", "9C0006")}

DUE = f'IF(ISNUMBER({LAUNCH}),EDATE({LAUNCH},{{month}}),"not set")'
VARIANCE = 'IF(COUNT({actual},{target})=2,{actual}-{target},"–")'
REALISED = ('IF(NOT(ISNUMBER({actual})),"–",IF(NOT(ISNUMBER({target})),"no target",IF(NOT(ISNUMBER({baseline})),"no baseline",'
            'IF({target}={baseline},IF(HELD,"held","not held"),ROUND(({actual}-{baseline})/({target}-{baseline}),9)))))')
"""Rounded, so that nine tenths of the way is 90% and not a hair less."""
HELD = {"increase": "{actual}>={baseline}", "decrease": "{actual}<={baseline}"}
MAINTAINED = ('IF(NOT(ISNUMBER({actual})),"–",IF(COUNT({baseline},{target})=0,"no baseline",'
              'IF(AND({actual}>=MIN({baseline},{target}),{actual}<=MAX({baseline},{target})),"held","not held")))')
"""What should hold steady may move between baseline and target, if they differ, and nowhere else."""
SCORE = 'IF(ISNUMBER({realised}),SHARE,IF({realised}="held",1,IF({realised}="not held",0,"–")))'
SHARE = {"increase": "IF({target}<{baseline},ROUND(2-{realised},9),{realised})",
         "decrease": "IF({target}>{baseline},ROUND(2-{realised},9),{realised})"}
"""Where the target itself allows a change for the worse, reaching more than all of it is bad: 110% scores as 90%."""
RATING = (f'IF(NOT(ISNUMBER({{score}})),IF(ISNUMBER({{actual}}),{{realised}},"not measured yet"),'
          f'IF({{score}}>=FROM_GREEN,"{GREEN}",IF({{score}}>=FROM_AMBER,"{AMBER}","{RED}")))')
SINCE_APRIL = f"YEAR({{due}})*12+MONTH({{due}})-({FIRST_YEAR}+YEARS)*12-4"
"""The months from the start of each financial year to the due date: negative before it, more than 12 after its end."""
FORECAST = (f"IF(ISNUMBER({{due}}),SUMPRODUCT(AMOUNTS,(({SINCE_APRIL})^2)^0.5-(({SINCE_APRIL}-12)^2)^0.5"
            f"-(({SINCE_APRIL}-{{months}})^2)^0.5+(({SINCE_APRIL}-{{months}}-12)^2)^0.5)/24,0)")
"""A twelfth of a year's amount for each month of the period that falls in it: those up to the due date, less those up to the
planned measurement before. Of x months since April, min(max(x, 0), 12) = (|x| − |x − 12| + 12) ÷ 2 fall in the year; |x| is
written (x²)^½, because formualizer's ABS takes no row of years."""
MEASURED = "IF(ISNUMBER({score}),{forecast},0)"
"""What was measured without a target or a baseline counts on neither side of the comparison."""
VALUE = '{forecast}*IF(ISNUMBER({realised}),{realised},IF({realised}="held",1,0))'
DONE = 'IF(ISNUMBER({actual}),{month},"–")'


@dataclass(frozen=True, slots=True)
class MeasurementTotals:
    """References of the cells that say how far the benefits have come, for the Summary; pounds by class (CRB, NCRB, SB).

    `forecast` is what the central case has for the periods that were measured, to set beside `realised`.
    """

    realised: Mapping[BenefitClass, str]
    forecast: Mapping[BenefitClass, str]
    done: str
    due: str


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows in which one benefit is measured."""

    benefit: Mapping[str, Any]
    first: int
    last: int

    def down(self, name: str) -> str:
        return f"{LETTER[name]}{self.first}:{LETTER[name]}{self.last}"


def add_measurement(book: Book, project: Project, amounts: Mapping[str, str]) -> MeasurementTotals:
    """One line for each benefit and month of the schedule; below, each benefit's latest standing; on top, the totals.

    `amounts` holds, for the id of each benefit in pounds, the absolute reference of its central amounts by year, in order.
    """
    sheet = book.sheet("Measurement", "Measurement of benefits",
                       "Type what was measured under Actual. Realised is (actual − baseline) ÷ (target − baseline); a target "
                       "lasts until the next. The score that is rated is the same, but where the target allows a change for the "
                       "worse, more of it scores less. A period's forecast is that of the central case for exactly its months.",
                       [width for _, width in COLUMNS.values()])
    _settings(sheet, project)
    sheet.columns(HEADING_ROW, [book.own(heading) for heading, _ in COLUMNS.values()],
                  numbers=[book.own(heading) for name, (heading, _) in COLUMNS.items() if name not in LEFT])
    sheet.worksheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    blocks = list(_schedule(project))
    for rows in blocks:
        _measurements(sheet, rows, amounts.get(str(rows.benefit["id"]), ""), _years(project.inputs.timeframe))
    last = blocks[-1].last if blocks else FIRST_ROW
    if blocks:
        _latest(sheet, last + 2, blocks)
    else:
        sheet.text(FIRST_ROW, 1, "The specification names no benefits to measure.", "bc note")
    colour_ratings(sheet, PLACE["rating"], FIRST_ROW, last + 3 + len(blocks))
    sheet.freeze(FIRST_ROW, 3)
    return _totals(sheet, _Rows({}, FIRST_ROW, last))


def launch_date(project: Project) -> date | None:
    """The day from which months are counted: the benefit schedule's start, else the pilot's launch."""
    written = project.section("benefits").get("schedule", {}).get("start")
    written = written or project.section("timeline").get("pilot", {}).get("launch")
    return parse_date(written) if written else None


def _settings(sheet: Sheet, project: Project) -> None:
    column = PLACE["unit"]
    for row, label in enumerate(("Launch (month 0)", "First year appraised (starts in April)",
                                 "Green from this share of the way to the target *",
                                 "Amber from this share (below it red) *"), SETTING_ROW):
        sheet.text(row, 1, label, "bc label")
    sheet.input(SETTING_ROW, column, launch_date(project) or "not set")
    sheet.constant(SETTING_ROW + 1, column, project.inputs.timeframe.first_year)
    sheet.input(SETTING_ROW + 2, column, project.parameters.conventions.green, Unit.SHARE)
    sheet.input(SETTING_ROW + 3, column, project.parameters.conventions.amber, Unit.SHARE)
    sheet.text(SETTING_ROW + 3, column + 1, "* a house rule, not guidance", "bc remark")


def _totals(sheet: Sheet, rows: _Rows) -> MeasurementTotals:
    """The totals over all measurements, to the right of the settings: what was forecast beside what was realised."""
    forecast, realised = {}, {}
    for row, name in enumerate(CLASSES, SETTING_ROW):
        of_class = f'SUMIF({rows.down("class")},"{name}",{{}})'
        forecast[name] = _total(sheet, row, ("direction", "due"), f"Forecast of the same periods: {name} £",
                                of_class.format(rows.down("measured")), Unit.POUNDS)
        realised[name] = _total(sheet, row, ("rating", "value"), f"Realised to date: {name} £",
                                of_class.format(rows.down("value")), Unit.POUNDS)
    done = _total(sheet, DONE_ROW, ("rating", "value"), "Measurements done", f"COUNT({rows.down('actual')})", Unit.NUMBER)
    due = _total(sheet, DUE_BY_ROW, ("rating", "value"), "Due by this day (blank: all)", _due(rows), Unit.NUMBER)
    sheet.input(DUE_BY_ROW, PLACE["measured"], None)
    sheet.worksheet.cell(DUE_BY_ROW, PLACE["measured"]).number_format = DATE_FORMAT
    return MeasurementTotals(realised, forecast, done, due)


def _total(sheet: Sheet, row: int, places: tuple[str, str], label: str, formula: str, unit: Unit) -> str:
    """A total with its label, in the columns of these names; gives its reference."""
    sheet.text(row, PLACE[places[0]], sheet.book.own(label), "bc label")
    sheet.formula(row, PLACE[places[1]], formula, unit, "bc total")
    return sheet.at(row, PLACE[places[1]])


def _years(timeframe: Timeframe) -> str:
    """The row that counts the years appraised from 0."""
    first, last = (get_column_letter(FIRST_YEAR_COLUMN + step) for step in (0, timeframe.years))
    return f"'Cash flow'!${first}${HEADER_ROW}:${last}${HEADER_ROW}"


def _due(rows: _Rows) -> str:
    return f'IF(ISNUMBER({DUE_BY}),COUNTIF({rows.down("due")},"<="&{DUE_BY}),COUNT({rows.down("month")}))'


def _schedule(project: Project) -> Iterator[_Rows]:
    """Each benefit with the rows that its months take; none for what only another option would bring."""
    benefits, row = project.section("benefits"), FIRST_ROW
    of_the_case = {benefit.id for benefit in project.inputs.benefits if project.inputs.in_the_case(benefit)}
    for benefit in benefits.get("register", []):
        months = measurement_months(benefits.get("schedule", {}), [target["month"] for target in benefit.get("targets", [])])
        if months and benefit["id"] in of_the_case:
            yield _Rows({**benefit, "schedule": months}, row, row + len(months) - 1)
            row += len(months)


def _measurements(sheet: Sheet, rows: _Rows, amounts: str, years: str) -> None:
    """The lines of one benefit; `amounts` is empty where it is not in pounds."""
    direction = str(rows.benefit.get("direction", ""))
    forecast = FORECAST.replace("AMOUNTS", amounts).replace("YEARS", years) if amounts else "0"
    formulas = _formulas(direction, forecast)
    months = rows.benefit["schedule"]
    for row, (before, month) in enumerate(zip([0, *months], months, strict=False), rows.first):
        for name in TEXTS:
            sheet.text(row, PLACE[name], rows.benefit.get(name))
        _baseline(sheet, row, rows)
        sheet.constant(row, PLACE["month"], month)
        sheet.constant(row, PLACE["months"], month - before)
        sheet.input(row, PLACE["actual"], None)
        cells = {name: f"{letter}{row}" for name, letter in LETTER.items()}
        for name, (formula, unit) in formulas.items():
            _formula(sheet, row, name, formula.format(**cells), unit)
        sheet.worksheet.cell(row, PLACE["due"]).number_format = DATE_FORMAT
        sheet.input(row, PLACE["note"], "")
    _targets(sheet, rows)


def _formula(sheet: Sheet, row: int, name: str, formula: str, unit: Unit) -> None:
    """A calculated cell; words in a column of numbers stand to the right as those do."""
    sheet.formula(row, PLACE[name], formula, unit, "bc calc text" if name in LEFT else "bc calc")
    if name not in LEFT:
        sheet.worksheet.cell(row, PLACE[name]).alignment = RIGHT


def _formulas(direction: str, forecast: str) -> dict[str, tuple[str, Unit]]:
    """The formula of each calculated column, with names in braces for the cells of its row."""
    return {"due": (DUE, Unit.NUMBER), "variance": (VARIANCE, Unit.NUMBER), "forecast": (forecast, Unit.POUNDS),
            **rated(direction, GREEN_FROM, AMBER_FROM), "done": (DONE, Unit.NUMBER)}


def rated(direction: str, green: str, amber: str) -> dict[str, tuple[str, Unit]]:
    """The formulas that rate a measurement of a benefit that should go in this direction: the share realised, the score, the
    rating by two thresholds (absolute references), and the pounds that count. Names in braces stand for the cells of its row."""
    realised = MAINTAINED if direction == "maintain" else REALISED.replace("HELD", HELD.get(direction, "{actual}={baseline}"))
    return {
        "realised": (realised, Unit.SHARE),
        "score": (SCORE.replace("SHARE", SHARE.get(direction, "{realised}")), Unit.SHARE),
        "rating": (RATING.replace("FROM_GREEN", green).replace("FROM_AMBER", amber), Unit.NUMBER),
        "measured": (MEASURED, Unit.POUNDS), "value": (VALUE, Unit.POUNDS),
    }


def _baseline(sheet: Sheet, row: int, rows: _Rows) -> None:
    """The register's baseline; where it has none, room for one beside the benefit's first measurement."""
    figure_id = f"benefits.register.{rows.benefit['id']}.baseline.value"
    first = absolute(at(rows.first, PLACE["baseline"]))
    source = sheet.book.ref(figure_id) if figure_id in sheet.book.cells else first
    if source == first and row == rows.first:
        sheet.input(row, PLACE["baseline"], None)
    else:
        _formula(sheet, row, "baseline", f'IF(ISNUMBER({source}),{source},"–")', Unit.NUMBER)


def _targets(sheet: Sheet, rows: _Rows) -> None:
    """The targets given; from the first on, a row without one takes over the one above until the user types another."""
    targets, column = rows.benefit.get("targets", []), PLACE["target"]
    given = {target["month"]: position for position, target in reversed(list(enumerate(targets, 1)))}
    for row, month in enumerate(rows.benefit["schedule"], rows.first):
        if month in given:
            sheet.given(row, column, f"benefits.register.{rows.benefit['id']}.targets.{given[month]}.value")
            continue
        sheet.input(row, column, None)
        if month > min(given, default=month):
            above, cell = sheet.worksheet.cell(row - 1, column), sheet.worksheet.cell(row, column)
            cell.value = f'=IF(ISNUMBER({above.coordinate}),{above.coordinate},"–")'
            cell.number_format = above.number_format


def _latest(sheet: Sheet, row: int, blocks: Sequence[_Rows]) -> None:
    """One line for each benefit: its latest measurement, and its pounds so far."""
    sheet.text(row, 1, "Each benefit to date", "bc heading")
    for name, column in PLACE.items():
        sheet.text(row + 1, column, sheet.book.own(LATEST.get(name, "")), "bc column" if name in LEFT else "bc column number")
    for at_row, rows in enumerate(blocks, row + 2):
        for name in COLUMNS:
            sheet.text(at_row, PLACE[name], rows.benefit.get(name) if name in TEXTS else None)
        for name, formula, unit in _latest_formulas(f"{LETTER['month']}{at_row}", rows):
            _formula(sheet, at_row, name, formula, unit)


def _latest_formulas(last_month: str, rows: _Rows) -> Iterable[tuple[str, str, Unit]]:
    yield "month", f'IF(COUNT({rows.down("done")})=0,"–",MAX({rows.down("done")}))', Unit.NUMBER
    for name, otherwise, unit in (("actual", "–", Unit.NUMBER), ("realised", "–", Unit.SHARE),
                                  ("rating", "not measured yet", Unit.NUMBER)):
        found = f"INDEX({rows.down(name)},MATCH({last_month},{rows.down('month')},0))"
        yield name, f'IF(ISNUMBER({last_month}),{found},"{otherwise}")', unit
    yield "months", f"COUNT({rows.down('actual')})", Unit.NUMBER
    yield "due", _due(rows), Unit.NUMBER
    for name in SUMS:
        yield name, f"SUM({rows.down(name)})", Unit.POUNDS


def colour_ratings(sheet: Sheet, column: int, first: int, last: int) -> None:
    """Ratings in colour beside their words, so that neither is needed to read the other."""
    letters = get_column_letter(column)
    for words, (fill, ink) in COLOURS.items():
        rule = CellIsRule("equal", [f'"{words}"'], font=Font(bold=True, color=ink),  # type: ignore[no-untyped-call]
                          fill=PatternFill("solid", bgColor=fill))
        sheet.worksheet.conditional_formatting.add(f"{letters}{first}:{letters}{last}", rule)
