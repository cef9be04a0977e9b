"""What a hub adds of its own to the comparison: how much it weighs each side, the panel's marks, and what it decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import TypeVar

from bizcase.hub.entry import Entry
from bizcase.hub.rules import load_rules

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Judgement:
    """`typed_weights` are by axis, where the hub typed any; the panel's `marks`, the hub's `decisions`, and whether money and
    people were `given` are by the name of the submission. `titles` are those of all submissions that the hub had before it."""

    typed_weights: Mapping[str, float] = field(default_factory=dict)
    marks: Mapping[str, int] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def weights(self) -> Mapping[str, float]:
        """The weight of each axis: the hub's, else the one of its rules."""
        return {**load_rules().weights, **self.typed_weights}

    @property
    def judged(self) -> frozenset[str]:
        """The submissions of which anything was said."""
        return frozenset({*self.marks, *self.decisions, *self.given})

    @property
    def says_something(self) -> bool:
        return bool(self.typed_weights or self.judged)

    def over(self, earlier: Judgement) -> Judgement:
        """This one; of submissions that the hub did not have before it this time, what an earlier one said of them."""
        def both(now: Mapping[str, Value], before: Mapping[str, Value]) -> dict[str, Value]:
            return {**{name: value for name, value in before.items() if name not in self.titles}, **now}

        return Judgement(self.typed_weights, both(self.marks, earlier.marks), both(self.decisions, earlier.decisions),
                         both(self.given, earlier.given), {**earlier.titles, **self.titles})

    def of(self, entries: Iterable[Entry]) -> Judgement:
        """The same for submissions whose files have other names now: known by their titles, where only one can be meant."""
        built = {entry.name: entry.title for entry in entries if entry.is_built}
        names = {name: name for name in self.titles}
        for name in self.judged - built.keys():
            alike = [other for other, title in built.items() if title == self.titles.get(name) and other not in self.judged]
            if len(alike) == 1:
                names[name] = alike[0]

        def renamed(by_name: Mapping[str, Value]) -> dict[str, Value]:
            return {names.get(name, name): value for name, value in by_name.items()}

        return Judgement(self.typed_weights, renamed(self.marks), renamed(self.decisions), renamed(self.given),
                         renamed(self.titles))


NONE_YET = Judgement()
"""Nothing typed: the weights of the rules, no marks and no decisions."""


def as_text(judgement: Judgement) -> str:
    """The judgement as text, for `from_text`."""
    return json.dumps(asdict(judgement), sort_keys=True)


def from_text(text: str) -> Judgement:
    """The judgement of a text; that which says nothing where it is none of ours."""
    try:
        data = json.loads(text)
        return Judgement(**{each.name: dict(data[each.name]) for each in fields(Judgement)})
    except (ValueError, TypeError, KeyError, RecursionError):
        return NONE_YET
