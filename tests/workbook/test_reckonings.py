"""Three reckonings of one specification agree on every Figure: the analysis, formualizer as it builds, and LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from bizcase.appraisal.analysis import analyse
from bizcase.appraisal.figures import analysis_figures
from bizcase.appraisal.inputs import Benefit, Cost
from bizcase.appraisal.scenario import Scenario
from bizcase.case import Case
from bizcase.specification.given import given_figures
from bizcase.specification.project import Project
from bizcase.specification.shape import load_shape
from bizcase.workbook.scenarios_sheet import names_to_choose
from bizcase.workbook.write import WorkbookFile, write_workbook
from tests.building import project_of, sample_data
from tests.workbook.recalculating import bare, differences, worked_out
from tests.workbook.specifications import ANY_SIZE, SMALL, Rules, made_case, specifications

steady = settings(deadline=None, derandomize=True, database=None)


def book_of(case: Case) -> WorkbookFile:
    """The workbook of a case. It is not made where formualizer and the analysis disagree, or a cell shows an error."""
    project = project_of(case)
    assert case.analysis is not None
    return write_workbook(project, case.analysis, given_figures(project, load_shape()))


@settings(steady, max_examples=120)
@given(specifications(ANY_SIZE))
def test_every_specification_builds_a_workbook_that_agrees_with_its_analysis(data: Rules) -> None:
    case = made_case(data)
    assert case.analysis is not None, [finding.message for finding in case.errors]
    assert {found.id for found in analysis_figures(case.analysis)} <= set(book_of(case).cells)


@dataclass(frozen=True, slots=True)
class Shown:
    """A specification's workbook, and the scenario that is chosen in it; None for the central case."""

    data: Rules
    project: Project
    file: WorkbookFile
    scenario: Scenario
    name: str

    @property
    def content(self) -> bytes:
        return bare(self.file.content, self.name)


def shown(data: Rules, number: int) -> Shown:
    """A specification with one of its scenarios, counted round."""
    case = made_case(data)
    assert case.analysis is not None, [finding.message for finding in case.errors]
    scenarios = [found.scenario for found in case.analysis.scenarios]
    at = number % len(scenarios)
    return Shown(data, project_of(case), book_of(case), scenarios[at], names_to_choose(scenarios)[at])


def generated(count: int) -> list[Rules]:
    """So many small specifications, the same in every run."""
    found: list[Rules] = []

    @settings(steady, max_examples=count, phases=[Phase.generate])
    @given(specifications(SMALL))
    def collect(data: Rules) -> None:
        found.append(data)

    collect()
    return found


def disagreements(books: dict[str, Shown], folder: Path) -> tuple[list[str], int]:
    """What LibreOffice makes differently, and how many Figures were compared."""
    sheets = worked_out({name: book.content for name, book in books.items()}, folder)
    wrong, compared = [], 0
    for name, book in books.items():
        figures = analysis_figures(analyse(book.project.inputs, book.project.parameters, book.scenario))
        found = [*differences(figures, book.file.cells, sheets[name]),
                 *(error for error in sheets[name].errors if not error.endswith(f": {book.name}"))]
        wrong += [f"{name}, {book.name}: {line}" for line in found[:3]] + ([f"made from {book.data}"] if found else [])
        compared += len(figures)
    return wrong, compared


@pytest.mark.needs("soffice")
def test_libreoffice_agrees_on_every_figure_whichever_scenario_is_shown(tmp_path: Path) -> None:
    books = {f"made{number}": shown(data, number) for number, data in enumerate(generated(200))}
    assert len(books) == 200
    uses = [features(book.project) for book in books.values()]
    assert not [name for name in uses[0] if not any(use[name] for use in uses)]
    wrong, compared = disagreements(books, tmp_path)
    assert not wrong, "\n".join(wrong)
    assert compared > 60_000


def features(project: Project) -> dict[str, bool]:
    """Whether a specification uses each thing that the appraisal can do."""
    inputs = project.inputs
    costs, benefits = inputs.costs, inputs.benefits
    lines: list[Cost | Benefit] = [*costs, *benefits]
    found: dict[str, object] = {
        "no costs": not costs, "no benefits": not benefits, "nothing at all": not costs and not benefits and not inputs.funding,
        "a cost that follows a step": any(cost.money.start_step for cost in costs),
        "a cost in old prices": any(cost.price_year is not None for cost in costs), "VAT": any(cost.vat for cost in costs),
        "a cost with a range": any(cost.spread for cost in costs),
        "a payer after the grant": any(cost.payer_after_grant for cost in costs),
        "a mitigated bias": any(cost.optimism_bias.mitigation > 0 and cost.optimism_bias.rate for cost in costs),
        "a ramp": any(len(cost.money.ramp) > 1 for cost in costs),
        "a benefit that follows a step": any(row.money is not None and row.money.start_step for row in benefits),
        "a benefit that waits for several steps": any(len(row.steps) > 1 for row in benefits),
        "health": any(row.health and row.monetised for row in benefits), "a dis-benefit": any(row.disbenefit for row in benefits),
        "an unmonetisable benefit": any(not row.monetised for row in benefits),
        "a factor with a range": any(row.ranges and row.chain for row in benefits),
        "amounts with a range": any(row.ranges and not row.chain and row.monetised for row in benefits),
        "an organisation with several sources": len({row.payer for row in inputs.funding}) < len(inputs.funding),
        "a gap": bool(inputs.declared_gap.by_year), "inflation": bool(inputs.prices.inflation),
        "business as usual with lines": any(inputs.bears(row, inputs.business_as_usual) for row in lines
                                            if inputs.business_as_usual is not None),
        "a line that counts against the case": any(inputs.weight(row) < 0 for row in lines),
        "a line of several options": any(len(row.options) > 1 for row in lines),
        "an option with a life": any(option.life for option in inputs.options),
        "a step without a start": any(step.start is None for step in inputs.steps),
        "a step that starts too late": any((step.start or 0) > inputs.timeframe.calendar[-1] for step in inputs.steps),
        "a priced risk": bool(inputs.risks), "a scenario of its own": any(row.id in ("Z1", "Z2") for row in inputs.scenarios)}
    return {name: bool(used) for name, used in found.items()}


def cost_row(name: str, **more: Any) -> Rules:
    return {"id": name, "item": name, "category": "other", "type": "revenue", "recurrent": True, "amount": {"per_year": 600},
            "status": "known", "source": "Quotation", **more}


def benefit_row(name: str, **more: Any) -> Rules:
    value = {"volume": {"value": 40, "low": 20}, "unit_value": 7.5, "effect": {"value": 0.5, "low": 0.2, "high": 0.9},
             "ramp": [0.5, 1]}
    return {"id": name, "title": name, "class": "societal", "measure": "People seen", "value": value, **more}


def draft(**sections: Any) -> Rules:
    return {"bizcase": 1, "profile": "ideas-den", **sections}


HARD = ("=2+3", "+44 20", "-5 a week", "@here", "#N/A", "*", "?", "~", "~*", "P*", "_x0041_", "R&D <10%", '"', "'", "TRUE", "1")


def scenarios_called(names: Sequence[str]) -> list[Rules]:
    return [{"id": f"Z{number}", "name": name, "costs": number / 100} for number, name in enumerate(names, 1)]


def hostile() -> Rules:
    """The sample with hard words as titles, organisations, payers, options, steps and scenarios."""
    data = sample_data("remote-monitoring")
    rows = [*((row, "item") for row in data["resources"]["costs"]), *((row, "title") for row in data["benefits"]["register"]),
            *((row, name) for row in data["resources"]["funding"] for name in ("source", "organisation")),
            *((row, "accrues_to") for row in data["benefits"]["register"]), *((row, "name") for row in data["options"]["items"]),
            *((row, "setting") for row in data["scale_up"]["steps"]), *((row, "title") for row in data["risks"]["register"])]
    for number, (row, field) in enumerate(rows):
        row[field] = HARD[number % len(HARD)]
    data["appraisal"]["scenarios"] = scenarios_called(HARD)
    return data


def alike() -> Rules:
    """The sample with names that differ in capitals alone, or not at all."""
    data = sample_data("remote-monitoring")
    for row, name in zip(data["resources"]["funding"], ("Trust", "TRUST", "trust", "No payer named", "Trust "), strict=True):
        row["organisation"] = name
    for row, name in zip(data["benefits"]["register"], ("Trust", "TRUST", "trust", "tRUST", "No payer named"), strict=False):
        row["accrues_to"] = name
    names = ("Central case", "CENTRAL CASE", "costs 20% HIGHER", "Costs 20% higher", "Late", "LATE", "late", "ﬁne", "fine",
             "soft\u00adhyphen", "softhyphen")
    data["appraisal"]["scenarios"] = scenarios_called(names)
    return data


EXTREME: dict[str, Rules] = {
    "200 benefits": draft(resources={"costs": [cost_row("C1")]},
                          benefits={"register": [benefit_row(f"B{n}") for n in range(200)]}),
    "sixty years": draft(appraisal={"price_base_year": "2026/27", "years": 60, "inflation": 0.02},
                         resources={"costs": [cost_row("C1"), cost_row("C2", optimism_bias={"rate": 0.4}, price_year="2020/21")]},
                         benefits={"register": [benefit_row("B1"), benefit_row("B2", disbenefit=True)]}),
    "as many benefits as sixty years allow": draft(appraisal={"price_base_year": "2026/27", "years": 60},
                                                   benefits={"register": [benefit_row(f"B{n}") for n in range(195)]}),
    "600 sources of one organisation": draft(resources={"costs": [cost_row("C1", payer="F1")], "funding": [
        {"id": f"F{n}", "source": f"Charity {n}", "organisation": "=Friends", "kind": "charity", "status": "confirmed",
         "amount": {"per_year": 1}} for n in range(600)]}),
    "pounds in the billions": draft(resources={"costs": [
        cost_row("C1", amount={"per_year": 1_234_567_890.12}), cost_row("C2", amount={"once": 0.01, "in": "2027/28"})]},
        benefits={"register": [benefit_row("B1", value={"by_year": {"2028/29": 6_543_210_987.65}})]}),
}


@pytest.mark.needs("soffice")
def test_libreoffice_agrees_where_a_case_is_extreme(tmp_path: Path) -> None:
    books = {name.replace(" ", "_"): shown(data, 0) for name, data in EXTREME.items()}
    wrong, compared = disagreements(books, tmp_path)
    assert not wrong, "\n".join(line[:300] for line in wrong)
    assert compared > 15_000


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("words", [hostile, alike])
def test_libreoffice_agrees_in_every_scenario_where_names_are_hard_to_tell_from_formulas_or_one_another(
        words: Any, tmp_path: Path) -> None:
    data = words()
    count = len(shown(data, 0).project.inputs.scenarios) + 1
    books = {f"scenario{number}": shown(data, number) for number in range(count)}
    assert len({book.name for book in books.values()}) == count > 15
    wrong, compared = disagreements(books, tmp_path)
    assert not wrong, "\n".join(line[:300] for line in wrong)
    assert compared > 700 * count


def test_ids_that_the_tool_keeps_for_its_own_figures_are_refused() -> None:
    for name in ("all", "Host", "CENTRAL"):
        found = made_case(draft(resources={"costs": [cost_row(name)]})).errors
        assert [(finding.code, finding.message) for finding in found] == [
            ("E40", f"the id {name} is one that the tool keeps for itself")]


def test_costs_that_cancel_but_for_their_last_digits_are_no_costs() -> None:
    """Two lines of business as usual come to what the preferred option spends: 0.1 + 0.2 is not quite 0.3."""
    data = draft(options={"items": [{"id": "A1", "name": "As now", "kind": "business as usual", "description": "…"},
                                    {"id": "A2", "name": "Portal", "kind": "preferred", "description": "…"}]},
                 resources={"costs": [cost_row("C1", amount={"once": 0.3, "in": "2026/27"}),
                                      cost_row("C2", amount={"once": 0.1, "in": "2026/27"}, options=["A1"]),
                                      cost_row("C3", amount={"once": 0.2, "in": "2026/27"}, options=["A1"])]})
    case = made_case(data)
    assert case.analysis is not None
    assert (case.analysis.appraisal.flow.total_cost[0] != 0, case.analysis.appraisal.measures.bcr) == (True, None)
    assert book_of(case).cells
