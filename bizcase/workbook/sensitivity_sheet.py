"""The Sensitivity sheet: each driver with its range, the NPSV at its ends, its switching value, the tornado and delays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Unit
from bizcase.appraisal.lines import AMOUNT
from bizcase.appraisal.measures import HALF_A_PENNY
from bizcase.appraisal.sensitivity import MOST_BARS, NO_SLOPE, UPLIFT, Driver
from bizcase.appraisal.uncertainty_figures import NONE_IN_RANGE, driver_label, unit_of_driver
from bizcase.charts.words import shortened
from bizcase.specification.characters import unescapable
from bizcase.workbook.book import SHARE, Book, settled
from bizcase.workbook.table import Column, Table, new_table

COLUMNS = (
    Column("label", "Driver", 54), Column("basis", "Range", 18), Column("central", "Central", 13, True),
    Column("low", "Low", 13, True), Column("high", "High", 13, True), Column("slope", "Change of NPSV for each unit", 17, True),
    Column("npsv_low", "NPSV at low", 15, True), Column("npsv_high", "NPSV at high", 15, True),
    Column("swing", "Swing", 15, True), Column("switch", "Switching value", 16, True),
    Column("key", "Swing, for the order", 15, True), Column("change_low", "Change of NPSV at low", 15, True),
    Column("change_high", "Change of NPSV at high", 15, True), Column("name", "Name in the tornado", 46),
)
NOTE = ("Central case, one driver at a time. The switching value is where the NPSV is zero. Ranges in yellow can be changed.")
DEFAULT_ROW = 3
SMALLEST = f"{NO_SLOPE:.9f}"
TIE_BREAK = "0.0000001"
"""Pounds for each row: sets drivers of equal swing apart, so that each of them has a place in the order."""
TORNADO = (Column("label", "Driver", 54), Column("place", "Place in the list above", 18, True),
           Column("low", "NPSV at low, change", 13, True),
           Column("high", "NPSV at high, change", 13, True))


@dataclass(frozen=True, slots=True)
class DriverCells:
    """The drivers by id, and the tables of the tornado and of delays once they are written."""

    table: Table
    position: dict[str, int]

    def low(self, driver: str) -> str:
        return self.table.at("low", self.position[driver])

    def high(self, driver: str) -> str:
        return self.table.at("high", self.position[driver])

    def at_end(self, driver: str, end: int, central: str, high_is_worse: bool, ranged: bool) -> str:
        """A driver at its central value (1), or at its worse (2) or better end (3)."""
        if end == 1 or not ranged or driver not in self.position:
            return central
        return self.high(driver) if high_is_worse == (end == 2) else self.low(driver)

    def end(self, driver: str, chosen: str, central: str, *, high_is_worse: bool) -> str:
        """What multiplies an amount at the end that a scenario chooses: a formula, with its multiplication sign."""
        if driver not in self.position:
            return ""
        ends = (self.at_end(driver, number, central, high_is_worse, ranged=True) for number in (1, 2, 3))
        return f"*CHOOSE({chosen},{','.join(ends)})"


def add_sensitivity(book: Book, analysis: Analysis) -> DriverCells:
    table = new_table(book, "Sensitivity", "Sensitivity and switching values", NOTE, COLUMNS, len(analysis.drivers))
    table.sheet.freeze(table.first, 2)
    return DriverCells(table, {driver.id: position for position, driver in enumerate(analysis.drivers)})


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a driver's central value and slope come from, and the upper bound of an uplift: formulas by driver."""

    central: Callable[[Driver], str]
    slope: Callable[[Driver], str]
    upper: Callable[[Driver], str]


def fill_sensitivity(cells: DriverCells, analysis: Analysis, sources: Sources, npsv: str) -> None:
    """Writes every driver; `npsv` is the reference of the central case's NPSV."""
    sheet = cells.table.sheet
    sheet.text(DEFAULT_ROW, 1, "Default range to either side, where the bid states none", "bc total label")
    sheet.input(DEFAULT_ROW, 2, analysis.appraisal.parameters.conventions.default_range, Unit.SHARE, SHARE)
    for position, driver in enumerate(analysis.drivers):
        _ends(cells, position, driver, driver_label(driver, analysis), sources)
        _results(cells, position, driver, npsv)
        if driver.in_tornado:
            cells.table.sheet.text(cells.table.row(position), cells.table.column("name"),
                                   unescapable(shortened(driver_label(driver, analysis))))


def _ends(cells: DriverCells, position: int, driver: Driver, label: str, sources: Sources) -> None:
    table = cells.table
    sheet, row, unit = table.sheet, table.row(position), unit_of_driver(driver)
    sheet.text(row, 1, unescapable(label))
    sheet.text(row, 2, _basis(driver))
    sheet.figure(row, table.column("central"), f"driver.{driver.id}.central", sources.central(driver))
    central = table.here("central", position)
    for key, sign in (("low", "-"), ("high", "+")):
        given = _given(driver, key)
        if given in sheet.book.figures:
            sheet.given(row, table.column(key), given)
        elif driver.name == UPLIFT:
            sheet.formula(row, table.column(key), sources.upper(driver) if key == "high" else "0", unit)
        else:
            sheet.formula(row, table.column(key), central if driver.stated else _default(driver, central, sign), unit)
    sheet.formula(row, table.column("slope"), sources.slope(driver), Unit.POUNDS)


def _basis(driver: Driver) -> str:
    if driver.name == UPLIFT:
        return "none to upper bound"
    return "stated in the bid" if driver.stated else "default"


def _given(driver: Driver, key: str) -> str:
    """The id of the Figure that states one end of a driver's range."""
    if driver.name == AMOUNT:
        return {True: f"resources.costs.{driver.line}.range.{key}",
                False: f"benefits.register.{driver.line}.value.range.{key}"}[driver.is_cost]
    return f"benefits.register.{driver.line}.value.{driver.name}.{key}"


def _default(driver: Driver, central: str, sign: str) -> str:
    """So far from the central value as the sheet's own rule says, within what is possible."""
    reach = f"{central}{sign}$B${DEFAULT_ROW}*ABS({central})"
    if driver.lowest is not None and sign == "-":
        return f"MAX({driver.lowest:g},{reach})"
    return f"MIN({driver.highest:g},{reach})" if driver.highest is not None and sign == "+" else reach


def _results(cells: DriverCells, position: int, driver: Driver, npsv: str) -> None:
    table, name = cells.table, f"driver.{driver.id}"
    sheet, row = table.sheet, table.row(position)
    here = {column.key: table.here(column.key, position) for column in table.columns}
    for key in ("low", "high"):
        sheet.figure(row, table.column(f"npsv_{key}"), f"{name}.npsv_{key}",
                     settled(f"({npsv}+{here['slope']}*({here[key]}-{here['central']}))"))
    sheet.formula(row, table.column("swing"), f"ABS({here['npsv_high']}-{here['npsv_low']})", Unit.POUNDS)
    value = f"({here['central']}-{npsv}/{here['slope']})"
    within = [f"{value}>{driver.lowest:g}"] if driver.lowest is not None else []
    within += [f"{value}<{driver.highest:g}"] if driver.highest is not None else []
    possible = f'IF(AND({",".join(within)}),{value},"{NONE_IN_RANGE}")' if within else value
    for bound in (driver.highest, driver.lowest):
        if bound is not None:
            possible = f"IF(ABS({value}-{bound:g})<={SMALLEST}*MAX(1,ABS({here['central']})),{bound:g},{possible})"
    sheet.figure(row, table.column("switch"), f"{name}.switch",
                 f'IF(ABS({here["slope"]})<{SMALLEST},"{NONE_IN_RANGE}",{possible})')
    if driver.in_tornado:
        sheet.formula(row, table.column("key"), f"{here['swing']}+{row}*{TIE_BREAK}", Unit.POUNDS)
        for key in ("low", "high"):
            sheet.figure(row, table.column(f"change_{key}"), f"{name}.change_{key}",
                         settled(f"{here['slope']}*({here[key]}-{here['central']})"))


def add_tornado(cells: DriverCells, analysis: Analysis) -> Table:
    """The drivers that move the NPSV most, largest first, as changes from the central case; below the drivers."""
    count = min(MOST_BARS, sum(driver.in_tornado for driver in analysis.drivers))
    table = Table(cells.table.sheet, TORNADO, cells.table.end + 2, count)
    sheet = table.sheet
    sheet.text(table.first - 2, 1, "Tornado: the drivers that move the NPSV most, as changes from the central case", "bc heading")
    sheet.headings(table.first - 1, [column.heading for column in TORNADO], numbers=[column.heading for column in TORNADO[1:]])
    drivers = cells.table
    for position in range(count):
        row = table.row(position)
        place = f"MATCH(LARGE({drivers.down('key')},{position + 1}),{drivers.down('key')},0)"
        sheet.formula(row, table.column("place"), place)
        at = f"${table.here('place', position)}"
        sheet.formula(row, 1, f"INDEX({drivers.down('name')},{at})", style="bc calc text")
        for key in ("low", "high"):
            sheet.formula(row, table.column(key), f"INDEX({drivers.down(f'change_{key}')},{at})", Unit.POUNDS)
    return table


def add_delays(tornado: Table, analysis: Analysis, flows: tuple[str, str], factors: tuple[str, str], pvc: str,
               worth: Callable[[str, str, str], str]) -> None:
    """The NPSV with all benefits 0, 1, 2 … years late, and the first delay that turns its sign.

    `flows` and `factors` are those of the standard and the health schedule; `worth` writes the value of a delayed flow.
    """
    sheet, first = tornado.sheet, tornado.end + 2
    sheet.text(first - 2, 1, "All benefits late by so many years, costs as planned (central case)", "bc heading")
    sheet.headings(first - 1, ("Years late", "NPSV", "Sign turns"), numbers=("Years late", "NPSV", "Sign turns"))
    last = first + analysis.appraisal.timeframe.years + 1
    for years, row in enumerate(range(first, last + 1)):
        sheet.constant(row, 1, years)
        values = "+".join(worth(flow, factor, f"$A{row}") for flow, factor in zip(flows, factors, strict=True))
        sheet.figure(row, 2, f"delay.{years}", f"{values}-{pvc}")
        sheet.formula(row, 3, f'IF((B{row}<-{HALF_A_PENNY})<>(B${first}<-{HALF_A_PENNY}),A{row},"–")')
    sheet.text(last + 1, 1, "First delay that turns the NPSV", "bc total label")
    turns = f"C{first}:C{last}"
    sheet.figure(last + 1, 2, "delay.switch", f'IF(COUNT({turns})=0,"{NONE_IN_RANGE}",MIN({turns}))', "bc total")
