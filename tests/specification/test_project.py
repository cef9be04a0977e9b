"""A checked specification as a value: what it holds, its digest and the given figures."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bizcase.appraisal.figure import Unit
from bizcase.appraisal.inputs import BenefitClass, Chain, CostType
from bizcase.appraisal.money import Money
from bizcase.case import open_case
from bizcase.specification.given import given_figures, named, unit_of
from bizcase.specification.project import digest_of
from bizcase.specification.shape import Field, load_shape
from tests.specification.checking import EXAMPLES, data_of, project_of, valid_examples

SHAPE = load_shape()


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
