"""The workbook is alive: what is typed into its yellow cells gives what the edited specification would give."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook

from bizcase.appraisal.analysis import Analysis, analyse
from bizcase.appraisal.figures import analysis_figures
from bizcase.appraisal.parameters import ParameterSet, Schedule
from bizcase.appraisal.scenario import CENTRAL, Scenario
from bizcase.specification.given import given_figures
from bizcase.specification.inputs import appraisal_inputs
from bizcase.specification.project import Project
from bizcase.specification.shape import load_shape
from bizcase.workbook.book import defined_name
from bizcase.workbook.write import WorkbookFile, write_workbook
from tests.building import project_of, sample_data
from tests.workbook.recalculating import Sheets, bare, differences, worked_out
from tests.workbook.specifications import Rules, balanced, made_case

OUT_OF_DATE = "The inputs have changed since: these results are out of date."
UP_TO_DATE = "These results belong to the inputs as they stand."


def base() -> Rules:
    """The sample with what it does not use, and with half of its money, so that no edit leaves any over."""
    data = sample_data("remote-monitoring")
    del data["summary"]["ask"]
    for row in data["resources"]["funding"]:
        row["amount"] = {key: value / 2 if isinstance(value, (int, float)) else value for key, value in row["amount"].items()}
    data["appraisal"]["inflation"] = 0.02
    costs = data["resources"]["costs"]
    named(costs, "C4").update(vat="not recoverable", optimism_bias={"rate": 0.3, "mitigation": 0.2})
    named(costs, "C6").update(price_year="2023/24")
    named(costs, "C9").update(options=["A3", "A4"])
    costs.append({"id": "C90", "item": "Support", "category": "support", "type": "revenue", "recurrent": True,
                  "status": "estimate", "amount": {"per_year": 5000}, "range": {"low": 0.8, "high": 1.5}, "scale_step": "X2",
                  "source": "Quotation"})
    return balanced(data)


def named(rows: list[Rules], name: str) -> Rules:
    return next(row for row in rows if row["id"] == name)


@dataclass(frozen=True, slots=True)
class Open:
    """A workbook being edited: cells are found as a reader finds them, by name or by heading and row."""

    book: Workbook

    def input(self, figure_id: str) -> Cell:
        """The cell of a number that the specification gives, which must be one that may be changed."""
        sheet, address = next(iter(self.book.defined_names[defined_name(figure_id)].destinations))
        return self._unlocked(self.book[sheet][address])

    def under(self, sheet: str, heading: str, row: str, *, after: str = "") -> Cell:
        """The cell below a heading, in the first row below the text `after` whose own text is, or begins with, that word."""
        lines = list(self.book[sheet].iter_rows())
        first = [str(line[0].value or "") for line in lines]
        start = first.index(after) if after in first else next(n for n, text in enumerate(first) if text.startswith(after))
        found = next(number for number, line in enumerate(lines[start:], start)
                     if row in (str(line[0].value), str(line[0].value).split(" ")[0]))
        head = next(line for line in reversed(lines[:found]) if heading in [cell.value for cell in line])
        return self._unlocked(lines[found][[cell.value for cell in head].index(heading)])

    def beside(self, sheet: str, label: str) -> Cell:
        """The cell to the right of a label."""
        line = next(line for line in self.book[sheet].iter_rows() if str(line[0].value or "").startswith(label))
        return self._unlocked(line[1])

    def _unlocked(self, cell: Any) -> Cell:
        assert isinstance(cell, Cell)
        assert not cell.protection.locked, f"{cell.parent.title}!{cell.coordinate} is no input"
        return cell


Where = Callable[[Open], Cell]
Write = Callable[[Rules], object]
Revise = Callable[[ParameterSet], ParameterSet]


def given(figure_id: str) -> Where:
    return lambda book: book.input(figure_id)


def under(sheet: str, heading: str, row: str, after: str = "") -> Where:
    return lambda book: book.under(sheet, heading, row, after=after)


def right_of(where: Where) -> Where:
    """The next cell, which may hold a formula that repeats the one before: it can be typed over."""
    def found(book: Open) -> Cell:
        cell = where(book).offset(0, 1)
        assert isinstance(cell, Cell)
        return cell
    return found


@dataclass(frozen=True, slots=True)
class Edit:
    """The same change twice: typed into cells of the workbook, and written into the specification or the parameters."""

    typed: tuple[tuple[Where, float | str], ...]
    write: Write = lambda data: None
    revise: Revise = lambda parameters: parameters
    moves_npsv: bool = True


def row_of(section: str, rows: str) -> Callable[[Rules, str], Rules]:
    return lambda data, name: named(data[section][rows], name)


cost, funding, benefit = row_of("resources", "costs"), row_of("resources", "funding"), row_of("benefits", "register")
option, step, risk = row_of("options", "items"), row_of("scale_up", "steps"), row_of("risks", "register")

HOUSE: dict[str, Rules] = {
    "costs_up": {"name": "Costs 20% higher", "costs": 0.2}, "late": {"name": "Benefits a year late", "delay": 1},
    "no_scale_up": {"name": "No scale-up", "scale_up": False}}
"""Scenarios of the house, as a specification would write them."""


def a_scenario(name: str, setting: str, value: Any) -> Write:
    """Writes a scenario of the house into the specification, with one setting changed."""
    def write(data: Rules) -> None:
        rows = data["appraisal"].setdefault("scenarios", [])
        if name not in [row["id"] for row in rows]:
            rows.append({"id": name, **HOUSE[name]})
        named(rows, name)[setting] = value
    return write


def with_rate(schedule: Schedule, rate: float) -> Schedule:
    """A discount schedule whose first rate is another."""
    return replace(schedule, bands=(replace(schedule.bands[0], rate=rate), *schedule.bands[1:]))


def with_upper(parameters: ParameterSet, name: str, upper: float) -> ParameterSet:
    return replace(parameters, optimism_bias=tuple(
        replace(row, upper=upper) if row.name == name else row for row in parameters.optimism_bias))


B1, JOINED, MATRIX = "benefits.register.B1.value", "Share of the sites that have joined", "Which line"
KIND = "equipment and development"
X1_RAMP = under("Adoption", "1st year", "X1")

EDITS: dict[str, Edit] = {
    "a volume": Edit(((given(f"{B1}.volume"), 600),), lambda data: benefit(data, "B1")["value"]["volume"].update(value=600)),
    "an effect": Edit(((given(f"{B1}.effect"), 0.25),), lambda data: benefit(data, "B1")["value"]["effect"].update(value=0.25)),
    "deadweight": Edit(((given(f"{B1}.deadweight"), 0.3),), lambda data: benefit(data, "B1")["value"].update(deadweight=0.3)),
    "deadweight where none was given": Edit(((under("Benefit calculation", "Deadweight", "B3"), 0.2),),
                                            lambda data: benefit(data, "B3")["value"].update(deadweight=0.2)),
    "the years of a benefit": Edit(
        ((under("Benefit calculation", "From", "B2"), "2028/29"), (under("Benefit calculation", "To", "B2"), "2030/31")),
        lambda data: benefit(data, "B2")["value"].update({"from": "2028/29", "to": "2030/31"})),
    "a cost a year": Edit(((given("resources.costs.C1.amount.per_year"), 71000),),
                          lambda data: cost(data, "C1")["amount"].update(per_year=71000)),
    "a cost of one year": Edit(((given("resources.costs.C5.amount.2027/28"), 30000),),
                               lambda data: cost(data, "C5")["amount"].update({"2027/28": 30000})),
    "a cost in the prices of another year": Edit(((given("resources.costs.C6.amount.2027/28"), 9000),),
                                                 lambda data: cost(data, "C6")["amount"].update({"2027/28": 9000})),
    "the first year of a cost": Edit(((under("Costs", "From", "C8"), "2028/29"),),
                                     lambda data: cost(data, "C8")["amount"].update({"from": "2028/29"})),
    "the last year of a cost": Edit(((under("Costs", "To", "C8"), "2029/30"),),
                                    lambda data: cost(data, "C8")["amount"].update({"to": "2029/30"})),
    "a rate of optimism bias": Edit(((given("resources.costs.C4.optimism_bias.rate"), 0.6),),
                                    lambda data: cost(data, "C4")["optimism_bias"].update(rate=0.6)),
    "optimism bias where none was given": Edit(((under("Costs", "Optimism bias", "C3"), 0.15),),
                                               lambda data: cost(data, "C3").update(optimism_bias={"rate": 0.15})),
    "a mitigation": Edit(((given("resources.costs.C2.optimism_bias.mitigation"), 0.4),),
                         lambda data: cost(data, "C2")["optimism_bias"].update(mitigation=0.4)),
    "a discount rate": Edit(((under("Inputs", "Rate", "0", "Discount schedule: standard"), 0.05),),
                            revise=lambda found: replace(found, standard=with_rate(found.standard, 0.05))),
    "the rate of the reduced schedule": Edit(((under("Inputs", "Rate", "0", "Discount schedule: reduced"), 0.01),),
                                             revise=lambda found: replace(found, reduced=with_rate(found.reduced, 0.01)),
                                             moves_npsv=False),
    "inflation": Edit(((given("appraisal.inflation"), 0.045),), lambda data: data["appraisal"].update(inflation=0.045)),
    "the rate of VAT": Edit(((under("Inputs", "Value", "Value added tax, standard rate", "Rates and values"), 0.25),),
                            revise=lambda found: replace(found, vat=replace(found.vat, rate=0.25)), moves_npsv=False),
    "an upper bound of optimism bias": Edit(
        ((under("Inputs", "Upper bound", KIND, "Optimism bias"), 2.5),),
        lambda data: cost(data, "C2")["optimism_bias"].update(rate=2.0),
        lambda found: with_upper(found, KIND, 2.5), moves_npsv=False),
    "the default range": Edit(
        ((lambda book: book.beside("Sensitivity", "Default range"), 0.3),), moves_npsv=False,
        revise=lambda found: replace(found, conventions=replace(found.conventions, default_range=0.3))),
    "a grant": Edit(((given("resources.funding.F1.amount.2028/29"), 90000),),
                    lambda data: funding(data, "F1")["amount"].update({"2028/29": 90000}), moves_npsv=False),
    "a grant that ends earlier": Edit(((given("resources.funding.F1.amount.2028/29"), 0),),
                                      lambda data: funding(data, "F1")["amount"].update({"2028/29": 0}), moves_npsv=False),
    "yearly funding": Edit(((given("resources.funding.F2.amount.per_year"), 43000),),
                           lambda data: funding(data, "F2")["amount"].update(per_year=43000), moves_npsv=False),
    "the ends of a range": Edit(((given(f"{B1}.effect.low"), 0.1), (given(f"{B1}.effect.high"), 0.5)),
                                lambda data: benefit(data, "B1")["value"]["effect"].update(low=0.1, high=0.5), moves_npsv=False),
    "the ends of a cost's range": Edit(
        ((given("resources.costs.C90.range.low"), 0.5), (given("resources.costs.C90.range.high"), 3)),
        lambda data: cost(data, "C90").update(range={"low": 0.5, "high": 3}), moves_npsv=False),
    "a line in one more option": Edit(((under("Options", "A2", "C10", MATRIX), 1),),
                                      lambda data: cost(data, "C10").update(options=["A2", "A3"]), moves_npsv=False),
    "a line that business as usual has too": Edit(((under("Options", "A1", "C12", MATRIX), 1),),
                                                  lambda data: cost(data, "C12").update(options=["A1", "A3"])),
    "a line no longer of the preferred option": Edit(((under("Options", "A3", "C9", MATRIX), 0),),
                                                     lambda data: cost(data, "C9").update(options=["A4"])),
    "a benefit in one more option": Edit(((under("Options", "A4", "B3", MATRIX), 1),),
                                         lambda data: benefit(data, "B3").update(options=["A3", "A4"]), moves_npsv=False),
    "the life of an option": Edit(((under("Options", "Lasts, years", "A4"), 2),), lambda data: option(data, "A4").update(life=2),
                                  moves_npsv=False),
    "the start of a step": Edit(((under("Adoption", "Start", "X2", JOINED), "2028/29"),),
                                lambda data: step(data, "X2").update(start="2028/29")),
    "the sites of a step": Edit(((given("scale_up.steps.X3.sites"), 11),), lambda data: step(data, "X3").update(sites=11),
                                moves_npsv=False),
    "the ramp of a step": Edit(((X1_RAMP, 0.25), (right_of(X1_RAMP), 0.75)),
                               lambda data: step(data, "X1").update(ramp=[0.25, 0.75]), moves_npsv=False),
    "a ramp that lines follow": Edit(((given("scale_up.steps.X2.ramp.1"), 0.1),),
                                     lambda data: step(data, "X2").update(ramp=[0.1, 1])),
    "a scenario's costs": Edit(((under("Scenarios", "Costs", "Costs 20% higher"), 0.35),), a_scenario("costs_up", "costs", 0.35),
                               moves_npsv=False),
    "a scenario's delay": Edit(((under("Scenarios", "Benefits late, years", "Benefits a year late"), 4),),
                               a_scenario("late", "delay", 4), moves_npsv=False),
    "a scenario's ranges": Edit(((under("Scenarios", "Ranges", "No scale-up"), "favourable"),),
                                a_scenario("no_scale_up", "ranges", "favourable"), moves_npsv=False),
    "a scenario's bias": Edit(((under("Scenarios", "Optimism bias", "Costs 20% higher"), "upper bound"),),
                              a_scenario("costs_up", "optimism_bias", "upper bound"), moves_npsv=False),
    "the cost of a risk": Edit(((given("risks.register.R1.exposure"), 80000),),
                               lambda data: risk(data, "R1")["exposure"].update(value=80000), moves_npsv=False),
}

TOGETHER = {
    "amounts and years": ("a volume", "the years of a benefit", "a cost a year", "the last year of a cost", "a cost of one year"),
    "rates": ("a discount rate", "the rate of the reduced schedule", "inflation", "the rate of VAT", "a rate of optimism bias",
              "a mitigation", "an upper bound of optimism bias", "the default range"),
    "options, steps and scenarios": (
        "a line in one more option", "a line that business as usual has too", "a line no longer of the preferred option",
        "the life of an option", "the start of a step", "the sites of a step", "a ramp that lines follow", "a scenario's costs",
        "a scenario's bias", "a scenario's delay", "a scenario's ranges"),
    "money and ranges": ("yearly funding", "a grant that ends earlier", "the ends of a range", "the ends of a cost's range",
                         "deadweight where none was given", "an effect"),
    "nearly all of them": tuple(name for name in EDITS if name not in ("a grant", "the ramp of a step")),
}
SHOWN = ("central", "no_scale_up", "unfavourable")
"""The scenarios in which what is typed together is looked at."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A workbook with some edits and a scenario chosen: what LibreOffice makes of it, and the analysis that must agree."""

    edits: tuple[str, ...]
    analysis: Analysis
    sheets: Sheets


@cache
def built() -> tuple[Project, WorkbookFile]:
    case = made_case(base())
    project = project_of(case)
    assert case.analysis is not None
    return project, write_workbook(project, case.analysis, given_figures(project, load_shape()))


def edited(edits: tuple[str, ...], scenario: str) -> tuple[bytes, Analysis]:
    """The workbook with edits typed in, and the analysis of the specification with the same edits."""
    project, file = built()
    book, data, parameters = openpyxl.load_workbook(io.BytesIO(file.content)), base(), project.parameters
    del data["resources"]["gap"]
    for name in edits:
        for where, value in EDITS[name].typed:
            where(Open(book)).value = value
        EDITS[name].write(data)
        parameters = EDITS[name].revise(parameters)
    checked = project_of(made_case(balanced(data)))
    inputs = appraisal_inputs(dict(checked.data), parameters)
    shown = chosen(inputs.scenarios, scenario)
    buffer = io.BytesIO()
    book.save(buffer)
    return bare(buffer.getvalue(), shown.name), analyse(inputs, parameters, shown)


def chosen(scenarios: tuple[Scenario, ...], name: str) -> Scenario:
    return next(found for found in (CENTRAL, *scenarios) if found.id == name)


def trials() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """A name, edits and a scenario: each edit by itself, each scenario by itself, and edits together in some scenarios."""
    yield from ((name, (name,), "central") for name in EDITS)
    yield from ((f"{found.name} alone", (), found.id) for found in built()[0].inputs.scenarios)
    yield from ((f"{name}, {scenario}", edits, scenario) for name, edits in TOGETHER.items() for scenario in SHOWN)


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tried]:
    """All trials, worked out at once."""
    made = {str(number): (name, edits, *edited(edits, scenario)) for number, (name, edits, scenario) in enumerate(trials())}
    sheets = worked_out({number: content for number, (_, _, content, _) in made.items()}, tmp_path_factory.mktemp("edits"))
    return {name: Tried(edits, analysis, sheets[number]) for number, (name, edits, _, analysis) in made.items()}


@pytest.mark.needs("soffice")
def test_what_is_typed_gives_every_figure_that_the_edited_specification_gives(tried: dict[str, Tried]) -> None:
    cells, wrong, compared = built()[1].cells, [], 0
    for name, trial in tried.items():
        figures = [found for found in analysis_figures(trial.analysis) if not found.id.startswith("simulation.")]
        there = [found for found in figures if found.id in cells]
        assert all(found.id.startswith("driver.") for found in figures if found.id not in cells), "a factor that was neutral"
        wrong += [f"{name}: {line}" for line in (*differences(there, cells, trial.sheets), *trial.sheets.errors)]
        compared += len(there)
    assert not wrong, "\n".join(wrong[:20])
    assert compared > 40_000


@pytest.mark.needs("soffice")
def test_each_edit_changes_figures_and_fails_no_check(tried: dict[str, Tried]) -> None:
    before = {found.id: found for found in analysis_figures(built_analysis())}
    for name, edit in EDITS.items():
        after = {found.id: found for found in analysis_figures(tried[name].analysis) if not found.id.startswith("simulation.")}
        moved = [found.id for found in after.values() if found.id in before and found.value != before[found.id].value]
        assert moved, name
        assert ("scenario.central.npsv" in moved) == edit.moves_npsv, name
        checks = [line for line in tried[name].sheets.texts["Checks"] if line[3] in ("holds", "fails")]
        failing = [line[0] for line in checks if line[3] == "fails"]
        assert len(checks) > 10
        assert not [what for what in failing if "what the bid declares" not in what], name


@pytest.mark.needs("soffice")
def test_the_simulation_says_when_the_inputs_have_changed_since(tried: dict[str, Tried]) -> None:
    npsv = built_analysis().scenarios[0].measures.npsv
    said = {OUT_OF_DATE: 0, UP_TO_DATE: 0}
    for name, trial in tried.items():
        texts = [line[0] for line in trial.sheets.texts["Simulation"] if line]
        moved = abs(trial.analysis.scenarios[0].measures.npsv - npsv) > 1
        assert (OUT_OF_DATE in texts, UP_TO_DATE in texts) == (moved, not moved), name
        said[OUT_OF_DATE if moved else UP_TO_DATE] += 1
    assert min(said.values()) > 10


def built_analysis() -> Analysis:
    project = built()[0]
    return analyse(project.inputs, project.parameters)
