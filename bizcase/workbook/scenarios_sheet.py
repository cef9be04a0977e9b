"""The Scenarios sheet: what each scenario changes, which one the workbook shows, and what each comes to."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Unit
from bizcase.appraisal.measures import HALF_A_PENNY
from bizcase.appraisal.scenario import Bias, Discounting, Ends, Scenario
from bizcase.appraisal.uncertainty_figures import NO_COST_IN_SCENARIO
from bizcase.specification.characters import unescapable
from bizcase.workbook.book import SHARE, Book, Bounds, settled
from bizcase.workbook.table import Column, Table, new_table

SETTINGS = ("costs", "benefits", "delay", "deadweight", "optimism_bias", "scale_up", "discounting", "ranges", "end")
COLUMNS = (
    Column("name", "Scenario", 36), Column("number", "No.", 6, True), Column("costs", "Costs", 10, True),
    Column("benefits", "Benefits", 10, True), Column("delay", "Benefits late, years", 11, True),
    Column("deadweight", "Deadweight added", 12, True), Column("optimism_bias", "Optimism bias", 15),
    Column("scale_up", "Scale-up", 10), Column("discounting", "Discounting", 12), Column("ranges", "Ranges", 14),
    Column("end", "End of ranges", 9, True), Column("pvc", "PVC", 15, True), Column("pvb", "PVB", 15, True),
    Column("npsv", "NPSV", 15, True), Column("bcr", "BCR", 10, True), Column("change", "Change of NPSV", 15, True),
)
NOTE = ("Choose a scenario in the yellow cell below: flows, measures, charts and checks follow. "
        "The table compares all scenarios at once, whichever is shown.")
SELECTOR_ROW, IN_USE_ROW, FIRST_ROW = 4, 5, 8
SELECTOR = ("Scenarios", f"A{SELECTOR_ROW}")
CHANGE, DELAY = Bounds(-1, 10), Bounds(0, 60, whole=True)


@dataclass(frozen=True, slots=True)
class ScenarioCells:
    """The table of all scenarios, the central case first, and the settings of the one in use."""

    table: Table
    in_use: dict[str, str]

    @property
    def chosen(self) -> str:
        """The number of the scenario in use: 1 for the central case."""
        return self.table.sheet.at(IN_USE_ROW, 2)

    @property
    def selector(self) -> str:
        return self.table.sheet.at(SELECTOR_ROW, 1)


def add_scenarios(book: Book, analysis: Analysis) -> ScenarioCells:
    """The settings; what each scenario comes to follows once the lines stand."""
    scenarios = [found.scenario for found in analysis.scenarios]
    table = new_table(book, "Scenarios", "Scenarios", NOTE, COLUMNS, len(scenarios), FIRST_ROW)
    sheet = table.sheet
    to_choose = names_to_choose(scenarios)
    for position, found in enumerate(scenarios):
        _settings(table, position, found, to_choose[position])
    names = table.down("name")
    sheet.choice(SELECTOR_ROW, 1, to_choose[scenarios.index(analysis.appraisal.scenario)], names)
    sheet.text(SELECTOR_ROW, 2, "← the scenario that the workbook shows: choose it here", "bc note")
    sheet.text(IN_USE_ROW, 1, "Settings in use", "bc total label")
    chosen = f"MAX(1,SUMPRODUCT(MAX(({names}=$A${SELECTOR_ROW})*{table.down('number')})))"
    sheet.formula(IN_USE_ROW, 2, chosen, Unit.NUMBER, "bc total")
    in_use = {}
    for key in SETTINGS:
        column = table.column(key)
        unit = Unit.SHARE if key in ("costs", "benefits", "deadweight") else Unit.NUMBER
        setting = f"INDEX({table.down(key)},$B${IN_USE_ROW})"
        sheet.formula(IN_USE_ROW, column, whole_years(setting) if key == "delay" else setting, unit, "bc total")
        in_use[key] = sheet.at(IN_USE_ROW, column)
    sheet.freeze(FIRST_ROW, 2)
    return ScenarioCells(table, in_use)


def names_to_choose(scenarios: Sequence[Scenario]) -> list[str]:
    """The name of each scenario, with its id after one that reads like an earlier one: a spreadsheet sees no capitals."""
    found: dict[str, str] = {}
    for scenario in scenarios:
        name = unescapable(scenario.name)
        while _alike(name) in found:
            name += f" ({scenario.id})"
        found[_alike(name)] = name
    return list(found.values())


def _alike(name: str) -> str:
    """What is left of a text where capitals, widths of letters and invisible characters do not count."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", name) if unicodedata.category(letter) != "Cf").casefold()


def _settings(table: Table, position: int, found: Scenario, name: str) -> None:
    sheet, row = table.sheet, table.row(position)
    central = position == 0
    sheet.text(row, 1, name)
    sheet.constant(row, 2, position + 1)
    for key, unit, within in (("costs", Unit.SHARE, CHANGE), ("benefits", Unit.SHARE, CHANGE), ("delay", Unit.NUMBER, DELAY),
                              ("deadweight", Unit.SHARE, SHARE)):
        given = f"appraisal.scenarios.{found.id}.{key}"
        if central:
            sheet.reference_value(row, table.column(key), 0, unit)
        elif given in sheet.book.figures:
            sheet.given(row, table.column(key), given, within)
        else:
            sheet.input(row, table.column(key), getattr(found, key), unit, within)
    for key, value, words in (("optimism_bias", found.optimism_bias.value, ",".join(Bias)),
                              ("scale_up", "yes" if found.scale_up else "no", "yes,no"),
                              ("discounting", found.discounting.value, ",".join(Discounting)),
                              ("ranges", found.ranges.value, ",".join(Ends))):
        if central:
            sheet.text(row, table.column(key), value, "bc calc text")
        else:
            sheet.choice(row, table.column(key), value, f'"{words}"')
    ranges = table.here("ranges", position)
    sheet.formula(row, table.column("end"), f'IF({ranges}="unfavourable",2,IF({ranges}="favourable",3,1))')


def fill_scenarios(cells: ScenarioCells, analysis: Analysis, costs: list[str], benefits: list[str]) -> None:
    """What each scenario comes to: `costs` and `benefits` are the ranges of the present values of its lines."""
    table = cells.table
    for position, found in enumerate(analysis.scenarios):
        row, name = table.row(position), f"scenario.{found.scenario.id}"
        here = {key: table.here(key, position) for key in ("pvc", "pvb", "npsv")}
        formulas = {"pvc": f"SUM({costs[position]})", "pvb": f"SUM({benefits[position]})", "npsv": f"{here['pvb']}-{here['pvc']}",
                    "bcr": f'IF(ABS({here["pvc"]})<{HALF_A_PENNY},"{NO_COST_IN_SCENARIO}",{here["pvb"]}/{here["pvc"]})',
                    "change": settled(f"(SUMPRODUCT({benefits[position]}-{benefits[0]})"
                                      f"-SUMPRODUCT({costs[position]}-{costs[0]}))")}
        for key, formula in formulas.items():
            table.sheet.figure(row, table.column(key), f"{name}.{key}", formula, "bc headline" if key == "npsv" else "bc calc")


def while_scaling(step: str, scale_up: str) -> str:
    """What a line is multiplied by: nothing where it names a step of scale-up and the scenario has none."""
    return f'*IF(AND({step}<>"",{scale_up}="no"),0,1)'


def whole_years(delay: str) -> str:
    """A delay as it counts: whole years, never less than none."""
    return f"MAX(0,ROUND({delay},0))"
