"""What can be wrong with the test of a criterion that a profile adds: an unknown kind, field, value or number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bizcase.specification.blocks import TestFault
from bizcase.specification.shape import Field, Shape
from bizcase.specification.source import FieldPath
from bizcase.specification.words import listed, nearest, shown

KINDS: Mapping[str, tuple[str, ...]] = {
    "present": (), "is": ("one_of",), "words": ("between",), "number": ("at_most",), "at_least": ("rows",), "any_row": (),
    "every": ("has",), "all_of": (), "any_of": (),
}
"""The keys that a test of each kind needs beside its own."""
_MAY = {"at_least": {"where"}, "any_row": {"where"}, "every": {"where"}}
_ROWS = {"at_least": "rows", "any_row": "any_row", "every": "every"}


def faults_of_test(test: Any, shape: Shape, steps: FieldPath = ()) -> Iterator[TestFault]:
    """All that is wrong with a test, each with the steps to it."""
    kind = next((name for name in KINDS if isinstance(test, Mapping) and name in test), "")
    if not kind:
        yield steps, "the test is of no known kind", f"a test begins with one of {listed(KINDS)}"
        return
    needed = {kind, *KINDS[kind]}
    yield from ((steps, f"a test of the kind '{kind}' needs {name}", "see docs/profiles.md")
                for name in sorted(needed - test.keys()))
    yield from (((*steps, name), f"a test of the kind '{kind}' has no {shown(name)}", f"it has {listed(sorted(needed))}")
                for name in test if name not in needed | _MAY.get(kind, set()))
    if needed <= test.keys():
        yield from _faults(kind, test, shape, steps)


def _faults(kind: str, test: Mapping[str, Any], shape: Shape, steps: FieldPath) -> Iterator[TestFault]:
    if kind in ("all_of", "any_of"):
        inner = test[kind]
        if not isinstance(inner, list) or not inner:
            yield (*steps, kind), f"{kind} holds a list of tests", f"{kind}: [{{present: problem.summary}}]"
        for position, each in enumerate(inner if isinstance(inner, list) else []):
            yield from faults_of_test(each, shape, (*steps, kind, position))
        return
    key = _ROWS.get(kind, kind)
    field = shape.find(str(test[key]))
    if not isinstance(field, Field):
        word = nearest(str(test[key]), shape.known)
        yield ((*steps, key), f"there is no field {shown(test[key])}",
               f"did you mean {word}?" if word else "docs/fields.md has all")
        return
    if kind in _ROWS:
        yield from _of_rows(kind, test, field, steps)
    elif kind == "is":
        yield from _values(test["one_of"], field, (*steps, "one_of"))
    elif kind == "words":
        yield from _between(test["between"], (*steps, "between"))
    elif kind == "number" and type(test["at_most"]) not in (int, float):
        yield (*steps, "at_most"), f"{shown(test['at_most'])} is not a number", "write the most that is allowed"


def _of_rows(kind: str, test: Mapping[str, Any], field: Field, steps: FieldPath) -> Iterator[TestFault]:
    if not field.is_rows:
        yield (*steps, _ROWS[kind]), f"{field.path} is not a list of rows", "name a list, such as risks.register"
        return
    names = [found.name for found in field.fields]
    if kind == "at_least" and not (isinstance(test["at_least"], int) and test["at_least"] >= 1):
        yield (*steps, "at_least"), f"{shown(test['at_least'])} is no number of rows", "write a whole number from 1"
    has, where = test.get("has", []), test.get("where", {})
    if not isinstance(has, list) or (kind == "every" and not has):
        yield (*steps, "has"), "has is a list of fields", f"has: [{names[0]}]"
        has = []
    if not isinstance(where, Mapping):
        yield (*steps, "where"), "where is a mapping of fields to values", "where: {status: [done]}"
        where = {}
    asked = [(("has", position), name) for position, name in enumerate(has)] + [(("where", name), name) for name in where]
    for more, name in asked:
        if name not in names:
            word = nearest(str(name), names)
            yield (*steps, *more), f"{field.path} has no field {shown(name)}", \
                f"did you mean {word}?" if word else f"there are: {listed(names)}"
    for name, wanted in where.items():
        if name in names and wanted not in ("given", "missing"):
            yield from _values(wanted, field.child(name), (*steps, "where", name))


def _values(wanted: Any, field: Field, steps: FieldPath) -> Iterator[TestFault]:
    if not isinstance(wanted, list) or not wanted:
        yield steps, f"{shown(wanted)} is not a list of values", "write [one, another], or given, or missing"
        return
    known = (True, False) if field.type == "boolean" else field.allowed
    for value in wanted:
        if known and value not in known:
            yield steps, f"{field.path} is never {shown(value)}", f"there are: {listed(map(shown, known))}"


def _between(wanted: Any, steps: FieldPath) -> Iterator[TestFault]:
    whole = isinstance(wanted, list) and len(wanted) == 2 and all(type(number) is int for number in wanted)
    if not whole or not 0 <= wanted[0] < wanted[1]:
        yield steps, f"{shown(wanted)} is not a lowest and a highest number of words", "write [50, 400]"
