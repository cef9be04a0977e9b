"""From sound data to what is computed with: amounts, numbers, years, costs and benefits, the digest and the given figures."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bizcase.appraisal.figures import Unit
from bizcase.appraisal.inputs import BenefitClass, Chain, CostType, Money, OptimismBias, Status, Timeframe
from bizcase.case import open_case
from bizcase.specification.given import given_figures, named, unit_of
from bizcase.specification.project import DEFAULT_YEARS, Project, digest_of, money, quantity, quantity_status, timeframe
from bizcase.specification.shape import Field, load_shape
from tests.specification.checking import EXAMPLES, data_of, sound, valid_examples

SHAPE = load_shape()


def project_of(text: str) -> Project:
    project = sound(text).project
    assert project is not None
    return project


@pytest.mark.parametrize(("written", "meant"), [
    ({"2026/27": 5, "2028/29": 1.5}, Money(by_year={2026: 5.0, 2028: 1.5})),
    ({}, Money()),
    ({"per_year": 5}, Money(per_year=5.0)),
    ({"per_year": 5, "from": "2026/27"}, Money(per_year=5.0, start=2026)),
    ({"per_year": 5, "to": "2027/28"}, Money(per_year=5.0, end=2027)),
    ({"per_year": 5, "from": "2026/27", "to": "2027/28", "ramp": [0.5, 1]},
     Money(per_year=5.0, start=2026, end=2027, ramp=(0.5, 1))),
    ({"once": 5, "in": "2026/27"}, Money(per_year=5.0, start=2026, end=2026)),
    ({"1999/00": 5}, Money(by_year={1999: 5.0})),
])
def test_an_amount_keeps_its_form(written: dict[str, Any], meant: Money) -> None:
    assert money(written) == meant


def test_an_amount_that_does_not_say_when_begins_in_the_first_year() -> None:
    assert money({"per_year": 5, "ramp": [0.5, 1]}, 2026).start == 2026
    assert money({"per_year": 5, "from": "2028/29"}, 2026).start == 2028
    assert money({"once": 5, "in": "2028/29"}, 2026).start == 2028


@pytest.mark.parametrize(("written", "number", "status"), [
    (5, 5.0, Status.KNOWN), (0, 0.0, Status.KNOWN), ({"value": 5}, 5.0, Status.KNOWN),
    ({"value": -0.5, "status": "disputed", "low": -1}, -0.5, Status.DISPUTED), (None, 1.0, Status.KNOWN),
])
def test_a_number_is_read_plain_or_with_what_is_known_of_it(written: Any, number: float, status: Status) -> None:
    assert quantity(written, 1.0) == number
    assert quantity_status(written) is status


@pytest.mark.parametrize(("data", "years"), [
    ({"appraisal": {"price_base_year": "2025/26", "first_year": "2026/27", "years": 3}}, Timeframe(2025, 2026, 3)),
    ({"appraisal": {"price_base_year": "2025/26"}}, Timeframe(2025, 2025, DEFAULT_YEARS)),
    ({"resources": {"costs": [{"amount": {"2028/29": 1}}], "funding": [{"amount": {"per_year": 1, "from": "2027/28"}}]}},
     Timeframe(2027, 2027, DEFAULT_YEARS)),
    ({"resources": {"costs": [{"amount": {"per_year": 1}}], "gap": {"2030/31": 1}}}, Timeframe(2030, 2030, DEFAULT_YEARS)),
    ({"resources": {"costs": [{"amount": {"2028/29": 1}}]},
      "benefits": {"register": [{"value": {"by_year": {"2026/27": 5}}}, {}]}}, Timeframe(2026, 2026, DEFAULT_YEARS)),
    ({"resources": {"costs": [{"amount": {"2028/29": 1}}]},
      "benefits": {"register": [{"value": {"volume": 1, "from": "2027/28"}}]}}, Timeframe(2027, 2027, DEFAULT_YEARS)),
    ({"document": {"date": "2026-03-31"}}, Timeframe(2025, 2025, DEFAULT_YEARS)),
    ({"document": {"date": "2026-04-01"}}, Timeframe(2026, 2026, DEFAULT_YEARS)),
    ({}, Timeframe(2026, 2026, DEFAULT_YEARS)),
])
def test_the_years_appraised_are_those_given_or_those_that_the_amounts_name(data: dict[str, Any], years: Timeframe) -> None:
    assert timeframe(data) == years


def test_a_project_holds_what_its_text_says() -> None:
    project = project_of((EXAMPLES / "valid" / "ideas-den.yaml").read_text("utf-8"))
    messages, points = project.inputs.costs
    assert (messages.id, messages.type, messages.recurrent, messages.payer_after_grant) == ("C1", CostType.REVENUE, True, "F2")
    assert points.money == Money(per_year=7500.0, start=2026, end=2026)
    fewer, scrap = project.inputs.benefits
    assert fewer.chain == Chain(volume=1020.0, effect=0.5, unit_value=22.0)
    assert fewer.money == Money(per_year=11220.0, start=2026, ramp=(0.5, 1))
    assert (fewer.benefit_class, scrap.benefit_class, scrap.money) == (BenefitClass.CRB, BenefitClass.UB, None)
    assert project.title == "Walking aids that come back"
    assert project.section("nothing") == {}
    assert project_of("profile: five-case\n").title == "Untitled bid"


@pytest.mark.parametrize(("written", "bias"), [
    ("{}", OptimismBias()),
    ("{category: equipment and development}", OptimismBias("equipment and development", 2.0)),
    ("{category: equipment and development, rate: 0.4, mitigation: 0.5, reason: A}",
     OptimismBias("equipment and development", 0.4, 0.5, "A")),
    ("{category: our own kind, rate: 0.3}", OptimismBias("our own kind", 0.3)),
])
def test_the_uplift_is_the_guidances_unless_the_bid_gives_its_own(written: str, bias: OptimismBias) -> None:
    text = ("resources: {costs: [{id: C1, item: A, category: other, type: capital, recurrent: false, amount: {2026/27: 5}, "
            f"status: known, source: B, optimism_bias: {written}}}]}}")
    assert project_of(text).inputs.costs[0].optimism_bias == bias


def test_a_benefit_is_no_surer_than_its_weakest_factor() -> None:
    text = ("benefits: {register: [{id: B1, title: A, class: societal, measure: B, status: %s, "
            "value: {volume: %s, unit_value: 5}}]}")
    for status, volume, weakest in (("known", "1", "known"), ("known", "{value: 1, status: illustrative}", "illustrative"),
                                    ("disputed", "{value: 1, status: estimate}", "disputed")):
        assert project_of(text % (status, volume)).inputs.benefits[0].status == weakest


def test_the_digest_knows_the_content_and_not_the_layout() -> None:
    data = data_of((EXAMPLES / "valid" / "ideas-den.yaml").read_text("utf-8"))
    text = (EXAMPLES / "valid" / "ideas-den.yaml").read_text("utf-8")
    digest = project_of(text).digest
    assert project_of(json.dumps(data)).digest == digest
    assert project_of(text.replace("author_role: ", "reference:\n  author_role:    ")).digest == digest
    assert project_of(text.replace("Walking aids that", "Walking frames that")).digest != digest
    assert digest_of({"a": 1, "b": [1, 2]}) == digest_of({"b": [1, 2], "a": 1}) != digest_of({"b": [2, 1], "a": 1})
    assert len(digest) == 64


def test_every_number_given_is_a_figure_named_by_its_rows() -> None:
    text = """\
summary: {ask: {value: 1500, status: estimate, low: 1000}}
resources:
  gap: {per_year: 5, from: 2026/27, ramp: [0.5, 1]}
benefits:
  register:
    - id: B1
      title: A
      class: societal
      measure: B
      targets: [{month: 6, value: 0.5}]
      value: {volume: 2, unit_value: 3, attribution: 0.9}
evidence:
  items: [{id: E1, claim: A, level: local, type: quantitative, year: 2025}]
"""
    figures = given_figures(project_of(text), SHAPE)
    assert [(found.id, found.text, found.status.value) for found in figures] == [
        ("summary.ask", "£1,500", "estimate"), ("summary.ask.low", "£1,000", "estimate"),
        ("evidence.items.E1.year", "2025", "known"),
        ("resources.gap.per_year", "£5", "known"),
        ("resources.gap.ramp.1", "50%", "known"), ("resources.gap.ramp.2", "100%", "known"),
        ("benefits.register.B1.targets.1.month", "6", "known"), ("benefits.register.B1.targets.1.value", "0.5", "known"),
        ("benefits.register.B1.value.volume", "2", "known"),
        ("benefits.register.B1.value.unit_value", "£3", "known"), ("benefits.register.B1.value.attribution", "90%", "known")]


@pytest.mark.parametrize("path", valid_examples(), ids=lambda path: path.name)
def test_no_two_figures_share_a_name(path: Path) -> None:
    case = open_case(path.read_text("utf-8"), path.name)
    assert case.project is not None
    names = Counter(found.id for found in given_figures(case.project, SHAPE))
    assert [name for name, times in names.items() if times > 1] == []


def test_rows_are_named_by_id_or_by_position() -> None:
    data = {"a": [{"id": "B1", "b": [{"c": 1}, 5]}]}
    assert named(data, ("a", 0, "b", 0, "c")) == "a.B1.b.1.c"
    assert named(data, ("a", 0, "b", 1)) == "a.B1.b.2"


@pytest.mark.parametrize(("path", "unit"), [
    ("summary.ask", Unit.POUNDS), ("resources.gap", Unit.POUNDS), ("benefits.register[].value.attribution", Unit.SHARE),
    ("benefits.register[].value.confidence_adjustment", Unit.SHARE), ("benefits.register[].value.ramp", Unit.SHARE),
    ("evidence.items[].year", Unit.CALENDAR), ("benefits.register[].value.volume", Unit.NUMBER),
])
def test_a_field_tells_the_unit_of_its_numbers(path: str, unit: Unit) -> None:
    field = SHAPE.find(path)
    assert isinstance(field, Field)
    assert unit_of(field) is unit
