"""Which fields a kind of bid prints, and that it does not ask for what it has no place for."""

from __future__ import annotations

import pytest

from bizcase.case import open_profile
from bizcase.completeness.assess import has_a_place
from bizcase.completeness.criterion import criteria_of, load_criteria
from bizcase.document.generated import GENERATED, PICTURES
from bizcase.errors import Severity
from bizcase.specification.layout import load_layout
from bizcase.specification.printed import prints
from bizcase.specification.profile import Profile, load_profile
from bizcase.specification.shape import load_shape
from tests.building import case_of, is_printed, project_of, sample_data, values_in

FORM = """\
title: Ward fund
purpose: One page.
parameters: green-book-2026
parts:
  - sections: [{section: stakeholders, show: [power_interest_grid]}, {section: benefits, show: [register_glance]}, risks]
"""


def form(more: str = "") -> Profile:
    return open_profile(FORM + more, "ours.yaml", lambda _: False)


@pytest.mark.parametrize(("path", "printed"), [
    ("risks", True), ("risks.register[].owner", True),                      # the whole section
    ("benefits", True), ("benefits.register", True), ("benefits.register[].owner", True),
    ("benefits.register[].baseline", True), ("benefits.register[].baseline.date", True),
    ("benefits.register[].horizon", False), ("benefits.schedule", False),   # no column of the short table
    ("stakeholders.map", True), ("stakeholders.map[].stance", True),        # the picture is made of the map
    ("stakeholders.map_date", False), ("stakeholders.reviews", False), ("timeline.milestones", False),
    ("document.sro", True),
])
def test_a_form_prints_what_its_blocks_hold(path: str, printed: bool) -> None:
    assert prints(form(), path) is printed


@pytest.mark.parametrize("name", ["innovation-fund", "five-case"])
def test_a_form_with_whole_sections_has_a_place_for_every_criterion(name: str) -> None:
    profile = load_profile(name)
    assert len(criteria_of(profile)) > 100
    assert all(has_a_place(criterion, profile) for criterion in criteria_of(profile))


@pytest.mark.parametrize("name", ["ideas-den", "ten-questions"])
def test_what_a_short_form_really_prints_has_a_place_in_it(name: str) -> None:
    """Of the full sample, in that form: each value that its bid prints counts as printed, and many are not."""
    project = project_of(case_of({**sample_data("remote-monitoring"), "profile": name}))
    seen = {field.path for path, field, _ in values_in(project.data) if len(path) > 1 and is_printed(path, project)}
    assert len(seen) > 60
    assert [path for path in seen if not prints(project.profile, path)] == []
    assert len([field for field in load_shape().walk() if not prints(project.profile, field.path)]) > 100


def test_every_computed_block_that_says_what_it_is_made_of_is_one_and_names_fields() -> None:
    made_of = load_layout().made_of
    assert len(made_of) > 8
    assert made_of.keys() <= GENERATED.keys() | PICTURES.keys()
    assert [path for paths in made_of.values() for path in paths if load_shape().find(path) is None] == []


def test_what_blocks_a_bid_is_asked_whatever_the_form_prints_and_so_is_what_its_owner_added() -> None:
    schedule = next(criterion for criterion in load_criteria() if criterion.code == "C13.3")
    assert not has_a_place(schedule, form())
    assert all(has_a_place(criterion, form()) for criterion in criteria_of(form()) if criterion.severity is Severity.BLOCKER)
    asked = """\
criteria:
  - code: L01
    section: benefits
    requirement: The benefits are measured on set days.
    severity: major
    why: We pay by results.
    remedy: Fill in benefits.schedule.
    test: {present: benefits.schedule}
"""
    [own] = [criterion for criterion in criteria_of(form(asked)) if criterion.code == "L01"]
    assert has_a_place(own, form(asked))
