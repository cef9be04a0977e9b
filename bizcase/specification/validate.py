"""Checks the data of a specification against its shape, with Cerberus. The only module that knows Cerberus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from cerberus import TypeDefinition, Validator
from cerberus.errors import ErrorDefinition, ValidationError

from bizcase.errors import Finding, Severity
from bizcase.specification.profile import Profile
from bizcase.specification.scalars import resolve
from bizcase.specification.shape import Field, Rules, Section, Shape, load_shape, quantity_fields
from bizcase.specification.source import FieldPath, Source
from bizcase.specification.walk import pattern
from bizcase.specification.words import listed, nearest, shown

_TIME = re.compile(r"[0-9]{4}(-[0-9]{2}-[0-9]{2}|/[0-9]{2})")

MOST_GUESSES = 100
"""After so many unknown references nobody is helped by another guess, and a hostile file would buy minutes of guessing."""

_UNKNOWN_REFERENCE = ErrorDefinition(0x1001, "refers_to")
_TOO_EARLY = ErrorDefinition(0x1002, "not_before")

TYPE_WORDS = {
    "string": "one line of text", "text": "text", "boolean": "true or false", "integer": "a whole number",
    "number": "a number", "date": "a date like 2026-03-12", "year": "a financial year like 2026/27",
    "money": "an amount by financial year", "quantity": "a number, or a mapping with `value:`",
    "identifier": "an id like B1", "list": "a list (lines that begin with `- `)", "dict": "a mapping (`field: value` lines)",
    "shown": "a section's name, or a mapping with `section:`",
}


class SpecificationValidator(Validator):  # type: ignore[misc]
    """Cerberus with the types and rules of a specification. `ids` maps each list's path to the ids of its rows."""

    types_mapping = {
        **{name: TypeDefinition(name, (str,), ()) for name in ("string", "text", "date", "year", "identifier")},
        "boolean": TypeDefinition("boolean", (bool,), ()),
        "integer": TypeDefinition("integer", (int,), (bool,)),
        "number": TypeDefinition("number", (int, float), (bool,)),
        "quantity": TypeDefinition("quantity", (int, float, Mapping), (bool,)),
        "money": TypeDefinition("money", (Mapping,), ()),
        "list": TypeDefinition("list", (list,), ()),
        "dict": TypeDefinition("dict", (Mapping,), ()),
        "shown": TypeDefinition("shown", (str, Mapping), ()),
    }

    def _error(self, *args: Any) -> None:
        """Keeps errors as they come. Cerberus sorts all of them anew at each one, and thousands would take minutes."""
        if len(args) == 1:
            self._errors.extend(args[0])
        else:
            super()._error(*args)

    def _validate_refers_to(self, target: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""
        if isinstance(value, str) and value not in self._config["ids"].get(target, ()):
            self._error(field, _UNKNOWN_REFERENCE)

    def _validate_not_before(self, sibling: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""
        earlier = self.document.get(sibling)
        if _is_time(value) and _is_time(earlier) and value < earlier:
            self._error(field, _TOO_EARLY, earlier)


def shape_findings(data: Rules, source: Source, shape: Shape, profile: Profile, ids: dict[str, list[str]]
                   ) -> list[Finding]:
    """Everything Cerberus finds, each as one finding with its place."""
    validator = _validator(profile)
    validator._config["ids"] = {target: set(known) for target, known in ids.items()}
    validator.validate(data, normalize=False)
    return _told(validator, _Words(source, shape, ids))


def profile_findings(data: Rules, source: Source, section: Section) -> list[Finding]:
    """The same for a profile's file; `section` holds its fields."""
    validator = SpecificationValidator(section.rules, ids={})
    validator.validate(data, normalize=False)
    fields = {field.path: field for field in section.walk()}
    return _told(validator, _Words(source, Shape((), {"": section, **fields}), {}))


def _told(validator: SpecificationValidator, words: _Words) -> list[Finding]:
    """The errors as findings; a field that is only misspelt is not also called missing."""
    findings = [(error, words.finding(error)) for error in _leaves(validator._errors)]
    return [found for error, found in findings if error.rule != "required" or error.document_path not in words.misspelt]


@cache
def _validator(profile: Profile) -> SpecificationValidator:
    return SpecificationValidator(required_rules(load_shape(), profile), ids={})


def required_rules(shape: Shape, profile: Profile) -> Rules:
    """The Cerberus schema with the fields that a profile requires marked as required."""
    rules: Rules = {"bizcase": {"type": "integer", "allowed": [1]}, "profile": {}, **shape.rules()}
    for path in profile.required:
        _require(rules, path.split("."))
    return rules


def _require(rules: Rules, steps: list[str]) -> None:
    rule = rules[steps[0].removesuffix("[]")]
    if len(steps) == 1 or not steps[0].endswith("[]"):
        rule["required"] = True
    if len(steps) > 1:
        inner = rule["schema"]["schema"] if rule["type"] == "list" else rule["schema"]
        _require(inner, steps[1:])


def _is_time(value: Any) -> bool:
    """Whether a date or year is written rightly; of others nothing can be said but that."""
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    for error in errors:
        if error.child_errors:
            yield from _leaves(error.child_errors)
        else:
            yield error


class _Words:
    """Turns a Cerberus error into a finding in plain words."""

    def __init__(self, source: Source, shape: Shape, ids: dict[str, list[str]]) -> None:
        self.source, self.shape, self.ids = source, shape, ids
        self.guesses = 0
        self.misspelt: set[FieldPath] = set()

    def finding(self, error: ValidationError) -> Finding:
        path: FieldPath = error.document_path
        rule = "unknown" if error.code == 0x03 else error.rule
        code, message, hint = getattr(self, f"_{rule}")(error, path)
        severity = Severity.ERROR
        if rule == "required" and not self._always_required(path):
            severity = Severity.BLOCKER
        place = self.source.key_place(path) if rule in ("unknown", "required") else self.source.place(path)
        return Finding(place, code, severity, message, hint)

    def _always_required(self, path: FieldPath) -> bool:
        """Whether the row itself is meaningless without the field, not only this profile's bid incomplete."""
        field = self.shape.find(pattern(path))
        return not isinstance(field, Section) and (field is None or field.required)

    def _unknown(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        if path in self.source.bare:
            return "E20", *after_a_comma(path)
        siblings = self._siblings(path)
        word = nearest(str(path[-1]), siblings)
        hint = f"did you mean {word}?" if word else f"allowed here: {listed(siblings)}"
        if word:
            self.misspelt.add((*path[:-1], word))
        if len(path) == 1:
            kind = "field" if self.shape.find("") else "section"
            return "E20", f"the {kind} '{shown(path[-1])}' is not known", hint
        return "E20", f"the field '{shown(path[-1])}' is not known in {pattern(path[:-1]).replace('[]', '')}", hint

    def _siblings(self, path: FieldPath) -> list[str]:
        parent = self.shape.find(pattern(path[:-1]).removesuffix("[]"))
        if parent is None:
            return ["profile", "bizcase", *self.shape.names]
        quantity = isinstance(parent, Field) and parent.type == "quantity"
        return [field.name for field in (quantity_fields() if quantity else parent.fields)]

    def _required(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        field = self.shape.find(pattern(path)) or next((part for part in quantity_fields() if part.name == path[-1]), None)
        name = f"the section {path[-1]}" if isinstance(field, Section) else f"{path[-1]}"
        return "E21", f"{name} is missing" + (f" in {_row_name(path)}" if len(path) > 1 else ""), (
            field.guidance if field else "")

    def _type(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        wanted, value = TYPE_WORDS[str(error.constraint)], shown(error.value)
        hint = ""
        if error.constraint in ("string", "text") and isinstance(error.value, (int, float, bool)):
            value = value if isinstance(error.value, bool) else f"the number {value}"
            hint = "put it in quotes, exactly as it is to be printed"
        elif error.constraint in ("string", "text") and isinstance(error.value, dict):
            hint = "put text that holds a colon in quotes"
        elif error.constraint in ("integer", "number", "quantity") and isinstance(error.value, str):
            hint = ("write it without quotes" if _is_number(error.value) else _without_per_cent(error.value) or
                    "write the number alone, without £, %, commas or words")
        elif error.constraint == "boolean" and str(error.value).casefold() in ("yes", "no"):
            hint = f"write {'true' if str(error.value).casefold() == 'yes' else 'false'}"
        elif error.constraint == "money":
            hint = "like {per_year: 24000, from: 2026/27, to: 2030/31} or {2026/27: 12000}"
        elif error.constraint == "list":
            rows = isinstance(error.value, dict)
            hint = f"put `- ` before {'the first field of each row' if rows else 'it, on a line of its own'}"
        elif error.constraint == "dict" and isinstance(error.value, str):
            hint = "put a space after the colon" if ":" in error.value else "name the field that it belongs to: `field: value`"
        return "E22", f"{_name(path)} is {value}; it should be {wanted}", hint

    def _nullable(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        return "E25", f"{_name(path)} is empty", "fill it in, or delete the line"

    def _allowed(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        if path == ("bizcase",):
            return "E26", f"the format is {shown(error.value)}; this version reads format 1", "write `bizcase: 1`"
        word = nearest(str(error.value), [str(choice) for choice in error.constraint])
        message = f"{_name(path)} is '{shown(error.value)}'; allowed: {listed(map(str, error.constraint))}"
        return "E23", message, f"did you mean {word}?" if word else ""

    def _min(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        return "E24", f"{_name(path)} is {shown(error.value)}; the least allowed is {error.constraint}", ""

    def _max(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        hint = "write a share: 30 % is 0.3" if error.constraint == 1 else ""
        return "E24", f"{_name(path)} is {shown(error.value)}; the most allowed is {error.constraint}", hint

    def _refers_to(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        known = self.ids.get(error.constraint, [])
        self.guesses += 1
        word = nearest(str(error.value), known) if self.guesses <= MOST_GUESSES else ""
        rows = f"the rows there are {listed(known, 30)}" if known else "there are none yet"
        message = f"{shown(error.value)} is not the id of a row in {error.constraint}; {rows}"
        return "E41", message, f"did you mean {word}?" if word else "add the row, or correct the id"

    def _not_before(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        return "E50", f"{path[-1]} {error.value} comes before {error.constraint} {error.info[0]}", "check both"


def after_a_comma(path: FieldPath) -> tuple[str, str]:
    """Message and hint of a field in { } without a colon."""
    return (f"'{shown(path[-1])}' stands after a comma inside {{ }}, without a value",
            "put the whole text that holds the comma in quotes")


def _name(path: FieldPath) -> str:
    """How a message calls the value at a path: `stance`, or `row 2 of map`."""
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "the value")
    return f"row {path[-1] + 1} of {name}" if path and isinstance(path[-1], int) else name


def _is_number(text: str) -> bool:
    return isinstance(resolve(text.strip()), (int, float)) and text.casefold() not in ("true", "false")


def _row_name(path: FieldPath) -> str:
    parent = path[:-1]
    if isinstance(parent[-1], int):
        return f"row {parent[-1] + 1} of {'.'.join(str(step) for step in parent if isinstance(step, str))}"
    return ".".join(str(step) for step in parent if isinstance(step, str))


def _without_per_cent(text: str) -> str:
    """How to write a percentage, where a text is one."""
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,6})?) *%", text.strip())
    return f"write it as a share, {float(found[1]) / 100:g}; or as {found[1]} where the unit is %" if found else ""
