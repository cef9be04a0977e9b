"""Checks the data of a specification against its shape, with Cerberus. The only module that knows Cerberus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from cerberus import TypeDefinition, Validator
from cerberus.errors import ErrorDefinition, ValidationError

from bizcase.errors import Finding, Severity
from bizcase.specification.profile import Profile
from bizcase.specification.shape import Rules, Section, Shape, load_shape
from bizcase.specification.source import FieldPath, Source
from bizcase.specification.walk import pattern
from bizcase.specification.words import listed, nearest, shown

_AFTER_A_COMMA = "if it stood after a comma inside { }, put the whole text in quotes"

_UNKNOWN_REFERENCE = ErrorDefinition(0x1001, "refers_to")
_TOO_EARLY = ErrorDefinition(0x1002, "not_before")

TYPE_WORDS = {
    "string": "one line of text", "text": "text", "boolean": "true or false", "integer": "a whole number",
    "number": "a number", "date": "a date like 2026-03-12", "year": "a financial year like 2026/27",
    "money": "an amount by financial year", "quantity": "a number, or a mapping with `value:`",
    "identifier": "an id like B1", "list": "a list (lines that begin with `- `)", "dict": "a mapping (`field: value` lines)",
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
    }

    def _validate_refers_to(self, target: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""
        if isinstance(value, str) and value not in self._config["ids"].get(target, ()):
            self._error(field, _UNKNOWN_REFERENCE)

    def _validate_not_before(self, sibling: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""
        earlier = self.document.get(sibling)
        if isinstance(value, str) and isinstance(earlier, str) and value < earlier:
            self._error(field, _TOO_EARLY)


def shape_findings(data: Rules, source: Source, shape: Shape, profile: Profile, ids: dict[str, list[str]]
                   ) -> list[Finding]:
    """Everything Cerberus finds, each as one finding with its place."""
    validator = _validator(profile)
    validator._config["ids"] = ids
    validator.validate(data, normalize=False)
    words = _Words(source, shape, profile, ids)
    return [words.finding(error) for error in _leaves(validator._errors)]


@cache
def _validator(profile: Profile) -> SpecificationValidator:
    return SpecificationValidator(required_rules(load_shape(), profile), ids={})


def required_rules(shape: Shape, profile: Profile) -> Rules:
    """The Cerberus schema with the fields that a profile requires marked as required."""
    rules: Rules = {"bizcase": {"type": "integer", "allowed": [1]}, "profile": {"type": "string"}, **shape.rules()}
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


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    for error in errors:
        if error.child_errors:
            yield from _leaves(error.child_errors)
        else:
            yield error


class _Words:
    """Turns a Cerberus error into a finding in plain words."""

    def __init__(self, source: Source, shape: Shape, profile: Profile, ids: dict[str, list[str]]) -> None:
        self.source, self.shape, self.ids = source, shape, ids
        self.required_by_profile = set(profile.required)

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
        siblings = self._siblings(path)
        word = nearest(str(path[-1]), siblings)
        hint = f"did you mean {word}?" if word else f"allowed here: {listed(siblings)}"
        if error.value is None:
            hint = f"{_AFTER_A_COMMA}; {hint}"
        where = pattern(path[:-1]).replace("[]", "") or "a specification"
        return "E20", f"the field {shown(path[-1])!r} is not known in {where}", hint

    def _siblings(self, path: FieldPath) -> list[str]:
        parent = self.shape.find(pattern(path[:-1]).removesuffix("[]"))
        if parent is None:
            return ["profile", *self.shape.names] if len(path) == 1 else ["value", "unit", "status", "source", "low", "high"]
        return [field.name for field in parent.fields]

    def _required(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        field = self.shape.find(pattern(path))
        name = f"the section {path[-1]}" if isinstance(field, Section) else f"{path[-1]}"
        return "E21", f"{name} is missing" + (f" in {_row_name(path)}" if len(path) > 1 else ""), (
            field.guidance if field else "")

    def _type(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        wanted = TYPE_WORDS[str(error.constraint)]
        hint = ""
        if isinstance(error.value, (int, float, bool)) and error.constraint in ("string", "text", "identifier"):
            hint = f'put it in quotes: "{shown(error.value)}"'
        elif error.constraint in ("integer", "number", "quantity") and isinstance(error.value, str):
            hint = "write the number alone, without £, %, commas or words"
        elif error.constraint == "boolean" and str(error.value).casefold() in ("yes", "no"):
            hint = f"write {'true' if str(error.value).casefold() == 'yes' else 'false'}"
        elif error.constraint == "money":
            hint = "like {per_year: 24000, from: 2026/27, to: 2030/31} or {2026/27: 12000}"
        return "E22", f"{_name(path)} is {shown(error.value)}; it should be {wanted}", hint

    def _nullable(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        return "E25", f"row {int(path[-1]) + 1} of {_name(path)} is empty", "fill it in, or delete the line"

    def _allowed(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        if path == ("bizcase",):
            return "E26", f"the format is {shown(error.value)}; this version reads format 1", "write `bizcase: 1`"
        word = nearest(str(error.value), [str(choice) for choice in error.constraint])
        message = f"{_name(path)} is {shown(error.value)!r}; allowed: {listed(map(str, error.constraint))}"
        return "E23", message, f"did you mean {word}?" if word else ""

    def _min(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        return "E24", f"{_name(path)} is {shown(error.value)}; the least allowed is {error.constraint}", ""

    def _max(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        hint = "write a share: 30 % is 0.3" if error.constraint == 1 else ""
        return "E24", f"{_name(path)} is {shown(error.value)}; the most allowed is {error.constraint}", hint

    def _refers_to(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        known = self.ids.get(error.constraint, [])
        word = nearest(str(error.value), known)
        message = f"{shown(error.value)} is not the id of a row in {error.constraint}; rows there: {listed(known)}"
        return "E41", message, f"did you mean {word}?" if word else "add the row, or correct the id"

    def _not_before(self, error: ValidationError, path: FieldPath) -> tuple[str, str, str]:
        return "E50", f"{path[-1]} {shown(error.value)} comes before {error.constraint}", "check both dates"


def _name(path: FieldPath) -> str:
    words = [str(step) for step in path if isinstance(step, str)]
    return words[-1] if words else "the value"


def _row_name(path: FieldPath) -> str:
    parent = path[:-1]
    if isinstance(parent[-1], int):
        return f"row {parent[-1] + 1} of {'.'.join(str(step) for step in parent if isinstance(step, str))}"
    return ".".join(str(step) for step in parent if isinstance(step, str))
