"""What a name in a template stands for, and how it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bizcase.document.linting.tags import Tag
from bizcase.document.sandbox import OF_A_LOOP, OF_A_VALUE
from bizcase.document.value import Value
from bizcase.errors import Finding


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop that is open: what it repeats over, whether that is its own, or a part of an outer loop's row."""

    path: str
    own: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a name stands for: all its values, its path in words, and whether it starts from the row of a loop.

    `anything` where it cannot be known, so that one fault is not told twice.
    """

    path: str
    values: tuple[Any, ...]
    from_row: bool = False
    anything: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """A name that is printed, repeated over or asked (`how`), with the loops and conditions around it.

    `sure` where it is reached whenever everything is filled in: no condition around it asks for less than a name.
    """

    how: str
    tag: Tag
    found: Found
    loops: tuple[Loop, ...]
    sure: bool


@dataclass(slots=True)
class Uses:
    uses: list[Use] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class TheLoop:
    """What `loop` stands for inside a loop."""


THE_LOOP = TheLoop()
UNKNOWN = Found("", (), anything=True)


def some(known: list[str]) -> str:
    """What there is, where nothing is near."""
    if not known:
        return "nothing stands under this name"
    shown = ", ".join(known[:8])
    return f"there are: {shown}" + (f" and {len(known) - 8} more" if len(known) > 8 else "")


def inside(value: Any, key: str) -> Iterator[Any]:
    """What stands under a key of one value; what is not filled in may have anything a value has."""
    if isinstance(value, Mapping):
        if key in value:
            yield value[key]
    elif isinstance(value, Value):
        if key in OF_A_VALUE:
            yield [value] if key == "paragraphs" else getattr(value, key)
    elif isinstance(value, TheLoop):
        if key in OF_A_LOOP:
            yield 1
    elif value is None and key in OF_A_VALUE:
        yield [] if key == "paragraphs" else ""


def names_in(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        return list(value)
    return OF_A_VALUE if isinstance(value, Value) or value is None else OF_A_LOOP if isinstance(value, TheLoop) else ()


def kind_of(found: Found) -> str:
    if any(isinstance(value, list) for value in found.values):
        return "a list of rows"
    return "a group of fields" if any(isinstance(value, Mapping) for value in found.values) else "a single value"
