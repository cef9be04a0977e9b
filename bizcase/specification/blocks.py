"""The names that a profile may use: of the blocks that a section prints, and of what lies outside a specification."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bizcase.specification.shape import Section
from bizcase.specification.source import FieldPath

TestFault = tuple[FieldPath, str, str]
"""What is wrong with the test of a criterion: the steps to it, a message, a hint."""


def _no_faults(_: Any) -> Iterator[TestFault]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a profile may name beside sections and fields: the blocks of each section's layout, the codes of criteria, and the
    templates that ship with the product; and what is wrong with the test of a criterion of its own."""

    layout: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    criteria: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    test_faults: Callable[[Any], Iterator[TestFault]] = _no_faults

    def blocks(self, section: Section) -> tuple[str, ...]:
        """The names of all that a section can print; where two go by one name, it stands for both."""
        fields = tuple(found.name for found in section.fields)
        return tuple(dict.fromkeys((*fields, *self.layout.get(section.name, ()))))
