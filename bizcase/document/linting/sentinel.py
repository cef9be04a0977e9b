"""A project in which every field of the shape has a value that can be told from all others: what a template may print.

The linter resolves names against it and renders it, so that there is no second list of names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bizcase.appraisal.analysis import analyse
from bizcase.appraisal.figures import analysis_figures
from bizcase.document.bid import context
from bizcase.document.gap import Gap
from bizcase.specification.given import given_figures
from bizcase.specification.parameters import load_parameters
from bizcase.specification.profile import Profile
from bizcase.specification.project import Project, make_project
from bizcase.specification.shape import Field, Rules, Section, Shape, load_shape
from bizcase.specification.terms import in_terms

OPEN, CLOSE = "⟦", "⟧"
"""What stands around the text of a sentinel; no specification and no template holds these by chance."""

_NAMES_FROM_GUIDANCE = {"appraisal.parameters", "resources.costs[].optimism_bias.category"}
_ONE_WAY_OF_VALUING = {"benefits.register[].value.by_year", "benefits.register[].value.range"}
_SET = {
    "options.items[].kind": "preferred", "options.items[].decision": "preferred",
    "scale_up.steps[].outside_host": True, "resources.costs[].options": [],
}
"""Choices on which it depends whether anything is computed, where the example would leave tables empty."""


@dataclass(frozen=True, slots=True)
class Sentinel:
    """What a template sees (`names`) of the `project` in which everything is filled in."""

    project: Project
    names: dict[str, Any]


@lru_cache(maxsize=4)
def sentinel(profile: Profile) -> Sentinel:
    """The sentinel of a profile, as a draft, so that gaps and warnings are there too; the same for every template of it."""
    shape = in_terms(load_shape(), profile.terms)
    project = make_project(sentinel_data(shape), profile, load_parameters(profile.parameters))
    analysis = analyse(project.inputs, project.parameters)
    figures = {found.id: found for found in (*given_figures(project, shape), *analysis_figures(analysis, profile.currency))}
    gaps = [Gap(name, f"{OPEN}gaps.{name}{CLOSE}", f"{OPEN}gaps.{name}.why{CLOSE}") for name in shape.names]
    return Sentinel(project, context(project, analysis, shape, figures, gaps, draft=True))


def sentinel_data(shape: Shape) -> Rules:
    """A specification with a value for every field, one row in every list."""
    ids = {field.path: str(child.example) for field in shape.walk() if field.is_rows
           for child in field.fields if child.name == "id"}
    return {section.name: _mapping(section, ids) for section in shape.sections}


def _mapping(around: Section | Field, ids: dict[str, str]) -> Rules:
    return {field.name: _value(field, ids) for field in around.fields if field.path not in _ONE_WAY_OF_VALUING}


def _value(field: Field, ids: dict[str, str]) -> Any:
    if field.path in _SET:
        return _SET[field.path]
    if field.is_rows:
        return [_mapping(field, ids)]
    if field.is_group:
        return _mapping(field, ids)
    if field.refers_to:
        return [ids[field.refers_to]] if field.type == "list" else ids[field.refers_to]
    kind = field.item_type or field.type
    if kind not in ("string", "text") or field.allowed or field.path in _NAMES_FROM_GUIDANCE:
        return field.example
    text = f"{OPEN}{field.path}{CLOSE}"
    return [text] if field.type == "list" else text
