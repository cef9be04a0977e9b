"""A hub's rules of comparison, from `schemas/hub.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bizcase import resources
from bizcase.specification.source import load_data

FILE = "hub.yaml"


@dataclass(frozen=True, slots=True)
class DenQuestion:
    """A question that a panel asks first: the criteria that answer it, and the item of the panel lens that it replaces."""

    asks: str
    criteria: tuple[str, ...]
    instead_of: str


@dataclass(frozen=True, slots=True)
class OverlapRules:
    """When two measures, and two populations, are alike: shares of words held in common, above 0. A measure of fewer words
    than `least_words` is not compared."""

    measure: float
    population: float
    least_words: int


@dataclass(frozen=True, slots=True)
class HubRules:
    """The rules as they stand in the file, where each is explained. `weights` are by axis, in the order of the ranking."""

    clinical_dimensions: frozenset[str]
    outcome_counts: Mapping[str, float]
    readiness_sections: frozenset[str]
    small_gap: float
    weights: Mapping[str, float]
    lowest_weight: float
    highest_weight: float
    marks: tuple[int, ...]
    decisions: tuple[str, ...]
    resource_given: tuple[str, ...]
    den_questions: tuple[DenQuestion, ...]
    most_questions: int
    overlaps: OverlapRules
    idle_words: frozenset[str]
    most_named_bubbles: int
    most_bars: int
    most_by_year: int
    most_submissions: int


@cache
def load_rules() -> HubRules:
    """The rules of comparison that ship with the product."""
    content = load_data((resources.folder("schemas") / FILE).read_text("utf-8"), FILE)
    questions = tuple(DenQuestion(row["asks"], tuple(row["criteria"]), row["instead_of"]) for row in content["den_questions"])
    bounds = content["weight_bounds"]
    return HubRules(
        clinical_dimensions=frozenset(content["clinical_dimensions"]), outcome_counts=content["outcome_counts"],
        readiness_sections=frozenset(content["readiness_sections"]), small_gap=content["small_gap"],
        weights=content["weights"], lowest_weight=bounds["lowest"], highest_weight=bounds["highest"],
        marks=tuple(content["marks"]), decisions=tuple(content["decisions"]),
        resource_given=tuple(content["resource_given"]), den_questions=questions, most_questions=content["most_questions"],
        overlaps=OverlapRules(**content["overlaps"]), idle_words=frozenset(content["words_that_do_not_count"]),
        most_named_bubbles=content["most_named_bubbles"], most_bars=content["most_bars"],
        most_by_year=content["most_by_year"], most_submissions=content["most_submissions"])
