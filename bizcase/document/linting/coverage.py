"""What a template leaves out, prints where nobody will find it, or says of the wrong value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bizcase.document.generated import PICTURES
from bizcase.document.linting.found import Use
from bizcase.document.linting.story import Story
from bizcase.document.linting.told import told
from bizcase.document.value import Value
from bizcase.errors import Finding
from bizcase.specification.profile import Profile
from bizcase.specification.shape import Field, Shape
from bizcase.specification.walk import values_at

_ALWAYS = "document"
_NAMED = re.compile(r"\{\{\s*(.+?)\.(?:alias|tag)\s*\}\}")


def missing(uses: Sequence[Use], context: Mapping[str, Any], profile: Profile, shape: Shape, name: str) -> Iterator[Finding]:
    """The sections and needed fields of the profile that no tag prints."""
    printed = {id(leaf) for use in uses if use.how == "print" for value in use.found.values for leaf in _leaves(value)}
    for section in profile.sections:
        if not _any_printed(context.get(section), printed):
            yield told(name, None, "T30", f"nothing of the section {section} ({shape.section(section).title}) is printed",
                       f"copy it from a template made by bizcase template new --profile {profile.name}")
    drawn = _drawn(uses)
    for path in profile.required:
        found = shape.find(path)
        owner = path.partition(".")[0]
        if any(re.match(rf"{re.escape(shown)}(\[\]|\.|$)", path) for shown in drawn):
            continue
        if isinstance(found, Field) and _any_printed(context.get(owner), printed):
            values = values_at(dict(context), path)
            if values and not any(_any_printed(value, printed) for value in values):
                yield told(name, None, "T30", f"{path} ({found.label}) is needed by the profile and printed nowhere",
                           _how_to_print(path))


def _drawn(uses: Iterable[Use]) -> set[str]:
    """The fields that the pictures which are printed show."""
    return {path for use in uses if use.how == "print" and use.found.path.startswith("picture.")
            for path in PICTURES[use.found.path.removeprefix("picture.")].shows}


def _how_to_print(path: str) -> str:
    rows, _, inner = path.partition("[].")
    if inner:
        return f"write {{{{ row.{inner.replace('[]', '')} }}}} where rows of {rows} are repeated"
    return f"write {{{{ {path} }}}} where it belongs"


def _leaves(value: Any) -> Iterator[Any]:
    """The values inside what is printed; of rows and groups, those of all their fields."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif isinstance(value, Value):
        yield value


def _any_printed(value: Any, printed: set[int]) -> bool:
    return any(id(leaf) in printed for leaf in _leaves(value))


def unreachable(uses: list[Use], profile: Profile, shape: Shape, name: str) -> Iterator[Finding]:
    """Sections that the profile does not have, and values that stand only inside a loop over something else."""
    there = {_ALWAYS, *profile.sections}
    told_of: set[str] = set()
    for use in uses:
        section = _section_of(use, shape)
        if section and section not in there and section not in told_of:
            told_of.add(section)
            tag = use.tag
            message = f"{tag.raw} is never reached: the profile {profile.name} has no section {section}"
            yield told(name, tag.paragraph, "T31", message,
                       "take it out, or add the section to the profile", tag.raw)
    yield from _inside_other_loops([use for use in uses if use.how == "print" and not use.found.from_row], shape, name)


def _section_of(use: Use, shape: Shape) -> str:
    """The section that a use speaks of, also by asking whether it is shown."""
    first, _, rest = use.found.path.partition(".")
    section = rest.partition(".")[0] if first in ("show", "gaps") else first
    return section.removesuffix("[]") if section.removesuffix("[]") in shape.names else ""


def _inside_other_loops(prints: list[Use], shape: Shape, name: str) -> Iterator[Finding]:
    by_path: dict[str, list[Use]] = {}
    for use in prints:
        if use.found.path.partition(".")[0] in shape.names and not use.tag.in_attribute:
            by_path.setdefault(use.found.path, []).append(use)
    for path, found in by_path.items():
        if all(use.loops for use in found):
            tag, loop = found[0].tag, found[0].loops[-1]
            yield told(name, tag.paragraph, "T32", f"{path} is printed only where {loop.path} is repeated: once for each row, "
                       "and not at all where there is none", f"move {tag.raw} out of the loop", tag.raw)


def misnamed_controls(stories: Iterable[Story], name: str) -> Iterator[Finding]:
    """Content controls whose name says one value and which hold another: their text would be read back into the wrong field."""
    for story in stories:
        for control in story.controls:
            named = [found[1] for text in (control.alias, control.tag) if (found := _NAMED.fullmatch(text.strip()))]
            held = "{{" in control.text or "{%" in control.text
            for value in dict.fromkeys(named):
                if held and not re.search(rf"(?<![\w.]){re.escape(value)}(?!\w)", control.text):
                    message = f"the content control is named for {value} and holds another value"
                    yield told(name, control.paragraph, "T33", message,
                               f"print {{{{ {value} }}}} in it, or name it for what it holds")
