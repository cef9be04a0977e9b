"""Reads a profile's file: text in, a profile and all that is wrong with it out, by one set of rules for shipped and own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bizcase.errors import Finding, Severity
from bizcase.specification.blocks import Vocabulary
from bizcase.specification.parameters import parameter_set_names
from bizcase.specification.profile import Profile, profile_of
from bizcase.specification.shape import Rules, Shape, load_profile_shape, load_shape
from bizcase.specification.source import FieldPath, Source, read
from bizcase.specification.validate import profile_findings
from bizcase.specification.values import faults_of
from bizcase.specification.walk import pruned, values_of
from bizcase.specification.words import listed, nearest, shown

NOT_THERE, TWICE, NO_TEMPLATE, NO_SIGN = "E91", "E92", "E93", "E94"
_NEEDS_THE_WHOLE_TEXT = {"E21"}
_OWN_CODE = re.compile(r"L\d\d")
_SIGN = re.compile(r"[^\d\s\"'\[\]{}()<>;,.+−-]{1,5} ?")
_TERM = re.compile(r"\w(?:.{0,98}\w)?")


def read_profile(text: str, name: str, known: Vocabulary, has_file: Callable[[str], bool]
                 ) -> tuple[Profile | None, list[Finding]]:
    """The profile of a file's text, None where anything is wrong with it, and all findings with their places.

    `has_file` tells whether there is a file of that name, relative to the profile's own. Raises UnreadableFile for a text that
    passes the bounds of `source`.
    """
    section = load_profile_shape()
    source, findings = read(text, name)
    data: Rules = pruned(source.data, section.fields)
    findings += [found for found in profile_findings(data, source, section)
                 if source.whole or found.code not in _NEEDS_THE_WHOLE_TEXT]
    for path, field, value in values_of(data, section.fields):
        findings += [Finding(source.place((*path, *fault.steps)), fault.code, Severity.ERROR, fault.message, fault.hint)
                     for fault in faults_of(value, field)]
    findings += _Names(data, source, load_shape(), known, has_file).findings()
    return (None if findings else profile_of(data, name)), findings


class _Names:
    """The names in a profile: what they name must be there, and no block may be shown twice.

    The data may be of any shape: what is of a wrong kind has been told already, and is passed over here.
    """

    def __init__(self, data: Rules, source: Source, shape: Shape, known: Vocabulary, has_file: Callable[[str], bool]) -> None:
        self.data, self.source, self.shape, self.known, self.has_file = data, source, shape, known, has_file
        self.sections = [name for name in shape.names if name != "document"]
        self.first: dict[tuple[str, str], FieldPath] = {}

    def findings(self) -> list[Finding]:
        return [*self._entries(), *self._required(), *self._form(), *self._criteria(), *self._rates(), *self._template(),
                *self._currency(), *self._terms()]

    def _entries(self) -> Iterator[Finding]:
        for path, name, entry in self._printed():
            if name == "document":
                yield self._error(path, NOT_THERE, "every bid prints the document control by itself", "leave it out")
                continue
            if name not in self.sections:
                yield self._not_there(path, f"the section '{shown(name)}' is not known", name, self.sections)
                continue
            blocks = _texts(entry.get("show")) if isinstance(entry, dict) else []
            allowed = self.known.blocks(self.shape.section(name))
            for position, block in blocks:
                if block not in allowed:
                    yield self._not_there((*path, "show", position), f"'{shown(block)}' is no block of {name}", block, allowed)
            yield from self._twice(path, name, blocks)

    def _printed(self) -> Iterator[tuple[FieldPath, str, Any]]:
        """Every entry of a part or annex, with the section it names."""
        for key in ("parts", "annexes"):
            for number, part in enumerate(_items(self.data.get(key))):
                for position, entry in enumerate(_items(part.get("sections") if isinstance(part, dict) else None)):
                    name = entry.get("section") if isinstance(entry, dict) else entry
                    if isinstance(name, str):
                        yield (key, number, "sections", position), name, entry

    def _twice(self, path: FieldPath, section: str, blocks: list[tuple[int, str]]) -> Iterator[Finding]:
        """A section without `show` prints what no other entry names, so it may stand beside those, but not beside itself."""
        named: Iterable[tuple[FieldPath, str]] = (((*path, "show", position), block) for position, block in blocks)
        for place, block in named if blocks else ((path, ""),):
            before = self.first.setdefault((section, block), place)
            if before != place:
                what = f"{block} of {section}" if block else section
                yield self._error(place, TWICE, f"{what} is printed twice; the first is on line {self.source.place(before).line}",
                                  "keep one of them, or say with `show` what each prints")

    def _required(self) -> Iterator[Finding]:
        printed = {name for _, name, _ in self._printed()} | {"document"}
        for position, path in _texts(self.data.get("required")):
            section = path.split(".")[0]
            if self.shape.find(path) is None:
                yield self._no_field(("required", position), path)
            elif section not in printed:
                yield self._error(("required", position), NOT_THERE, f"{path} is required, but no part prints {section}",
                                  "add the section to a part or an annex, or do not require the field")

    def _form(self) -> Iterator[Finding]:
        """A form may ask what the bid does not print: a hub compares by it."""
        for position, path in _texts(self.data.get("form")):
            if self.shape.find(path) is None:
                yield self._no_field(("form", position), path)

    def _no_field(self, place: FieldPath, path: str) -> Finding:
        section = path.split(".")[0]
        meant = path.replace(section, nearest(section, self.shape.names), 1)
        siblings = [known for known in self.shape.known if known.split(".")[0] == meant.split(".")[0]]
        return self._not_there(place, f"there is no field {shown(path)}", meant, siblings or self.shape.names)

    def _criteria(self) -> Iterator[Finding]:
        yield from self._own_criteria()
        codes = (*self.known.criteria, *self._own_codes())
        for position, row in enumerate(_items(self.data.get("waived"))):
            code = row.get("code") if isinstance(row, dict) else None
            if isinstance(code, str) and code not in codes:
                yield self._not_there(("waived", position, "code"), f"there is no criterion {shown(code)}", _two_digits(code),
                                      codes)
        for position, code in _texts(self.data.get("advisory")):
            if code not in codes:
                yield self._not_there(("advisory", position), f"there is no criterion {shown(code)}", _two_digits(code), codes)
        weights = self.data.get("weights")
        for name in weights if isinstance(weights, dict) else ():
            if name not in codes and name not in self.shape.names:
                yield self._not_there(("weights", name), f"'{shown(name)}' is neither a criterion nor a section",
                                      _two_digits(name), (*codes, *self.shape.names), of_the_key=True)

    def _own_codes(self) -> list[str]:
        return [row["code"] for row in _items(self.data.get("criteria"))
                if isinstance(row, dict) and isinstance(row.get("code"), str)]

    def _own_criteria(self) -> Iterator[Finding]:
        seen: set[str] = set()
        for position, row in enumerate(_items(self.data.get("criteria"))):
            if not isinstance(row, dict):
                continue
            code, section = row.get("code"), row.get("section")
            if isinstance(code, str) and (not _OWN_CODE.fullmatch(code) or code in seen):
                told = "is there twice" if code in seen else "is no code for a criterion of your own"
                yield self._error(("criteria", position, "code"), TWICE, f"{shown(code)} {told}",
                                  "write L and two digits, each once: L01, L02")
            seen.add(str(code))
            if isinstance(section, str) and section not in self.shape.names:
                yield self._not_there(("criteria", position, "section"), f"the section '{shown(section)}' is not known", section,
                                      self.shape.names)
            for steps, message, hint in self.known.test_faults(row["test"]) if isinstance(row.get("test"), dict) else ():
                yield self._error(("criteria", position, "test", *steps), NOT_THERE, message, hint)

    def _rates(self) -> Iterator[Finding]:
        name = self.data.get("parameters")
        if isinstance(name, str) and name not in parameter_set_names():
            yield self._not_there(("parameters",), f"there is no parameter set {shown(name)}", name, parameter_set_names(), "E90")

    def _template(self) -> Iterator[Finding]:
        name = self.data.get("template")
        if not isinstance(name, str) or name in self.known.templates:
            return
        if not name.lower().endswith(".docx"):
            yield self._not_there(("template",), f"no template called {shown(name)} ships with the product", name,
                                  self.known.templates, NO_TEMPLATE)
        elif re.search(r"^[\\/]|^[A-Za-z]:|(?:^|[\\/])\.\.(?:[\\/]|$)", name):
            yield self._error(("template",), NO_TEMPLATE, f"the template {shown(name)} lies outside the folder of the profile",
                              "put it beside the profile and write its name alone")
        elif not self.has_file(name):
            yield self._error(("template",), NO_TEMPLATE, f"there is no file {shown(name)} in the folder of the profile",
                              "correct the name, or leave the line out: then the template is made from the parts")

    def _currency(self) -> Iterator[Finding]:
        sign = self.data.get("currency")
        if isinstance(sign, str) and not _SIGN.fullmatch(sign):
            yield self._error(("currency",), NO_SIGN, f"{shown(sign)} cannot stand before an amount",
                              "write a sign of up to five letters or symbols, such as €, US$ or CHF")

    def _terms(self) -> Iterator[Finding]:
        terms = self.data.get("terms")
        for ours, theirs in terms.items() if isinstance(terms, dict) else ():
            for word in (ours, theirs):
                if isinstance(word, str) and not _TERM.fullmatch(word.strip()):
                    yield self._error(("terms", ours), NO_SIGN, f"'{shown(word)}' is not a term",
                                      "a term begins and ends with a letter or digit, on one line of up to a hundred characters")

    def _not_there(self, path: FieldPath, message: str, name: str, known: Iterable[str], code: str = NOT_THERE, *,
                   of_the_key: bool = False) -> Finding:
        word = nearest(name, known)
        place = self.source.key_place(path) if of_the_key else self.source.place(path)
        return Finding(place, code, Severity.ERROR, message, f"did you mean {word}?" if word else f"there are: {listed(known)}")

    def _error(self, path: FieldPath, code: str, message: str, hint: str) -> Finding:
        return Finding(self.source.place(path), code, Severity.ERROR, message, hint)


def _two_digits(code: str) -> str:
    """A criterion's code as it is written: C5.1 is C05.1."""
    return re.sub(r"^[Cc](\d\.)", r"C0\1", code)


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> list[tuple[int, str]]:
    """The texts of a list, with their positions."""
    return [(position, item) for position, item in enumerate(_items(value)) if isinstance(item, str)]
