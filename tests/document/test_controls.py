"""Reading the controls of a bid gives back what the specification says, to the letter."""

from __future__ import annotations

import pytest

from bizcase.appraisal.figure import Unit
from bizcase.case import build
from bizcase.document.controls import read_controls
from bizcase.document.value import shortened
from bizcase.specification.given import named
from tests.building import built_sample, case_of, project_of, put, sample_data, values_in
from tests.conftest import sample_case, sample_names

TRICKY = "First line\nsecond line\n\n\nafter two blank lines\n \n\ttabbed  twice  spaced\n\nR&D <10% {{ x }} {_{ y }_} \u00a0end"


@pytest.mark.parametrize("name", sample_names())
def test_every_narrative_is_read_back_exactly(name: str) -> None:
    project = project_of(sample_case(name))
    found = {control.tag: control for control in read_controls(built_sample(name).bid)}
    seen = 0
    for path, field, value in values_in(project.data):
        if path[0] in project.profile.sections and field.is_narrative and shortened(named(project.data, path)) in found:
            control = found[shortened(named(project.data, path))]
            assert control.text == value.strip("\n"), path
            assert control.alias == field.label[:64]
            seen += 1
    assert seen > 5


@pytest.mark.parametrize("name", sample_names())
def test_every_number_given_is_read_back_exactly(name: str) -> None:
    built = built_sample(name)
    seen = 0
    for control in read_controls(built.bid):
        figure = built.figures.get(control.tag)
        if figure is None or figure.value is None:
            continue
        assert control.text == figure.text, control.tag
        if control.tag.split(".")[0] in project_of(sample_case(name)).data:
            number = float(control.text.replace("−", "-").replace("£", "").replace(",", "").removesuffix("%"))
            assert number == pytest.approx(figure.value * (100 if figure.unit is Unit.SHARE else 1), rel=1e-15), control.tag
            seen += 1
    assert seen > 10


def test_blank_lines_breaks_tabs_and_signs_survive_in_every_narrative() -> None:
    data = sample_data("remote-monitoring")
    texts = [path for path, field, _ in list(values_in(data)) if field.is_narrative]
    assert len(texts) > 60
    for path in texts:
        put(data, path, TRICKY)
    case = case_of(data)
    found: dict[str, set[str]] = {}
    for control in read_controls(build(case).bid):
        found.setdefault(control.tag, set()).add(control.text)
    told = [shortened(named(project_of(case).data, path)) for path in texts]
    printed = [tag for tag in told if tag in found]
    assert len(printed) > 60
    assert all(found[tag] == {TRICKY} for tag in printed)
