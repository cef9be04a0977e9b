"""Turns the text of a specification (YAML or JSON) into data, with the place of every key and value.

The reader walks the parser's events itself instead of loading a tree, because that is where everything dangerous can be
refused with its place before it does harm: depth and size (the C composer overflows on deep nesting), a key given twice
(the loader keeps the last silently), aliases (a small file can stand for a huge one) and tags (which can run code).
Plain scalars follow the YAML 1.2 core rules: `no` is a word, `010` is ten, `12:30` is text.

After a syntax error, reading goes on at the next section, so that one run reports all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from math import isinf
from typing import Any

import yaml

from bizcase.errors import Finding, Place, Severity, UnreadableFile
from bizcase.specification.characters import UNHOLDABLE, first_unholdable
from bizcase.specification.file_text import Refusal, one_line_ending
from bizcase.specification.json_events import JsonSyntaxError, json_events
from bizcase.specification.scalars import BOOLEANS, NULL, resolve
from bizcase.specification.syntax import explain, nested_too_deep, next_section
from bizcase.specification.words import shown

MAX_DEPTH = 30
MAX_VALUES = 50_000
MAX_FINDINGS = 100
"""After so many findings about the text itself, the rest of them is left for the next run."""

FieldPath = tuple[str | int, ...]

_TAKEN_FOR_A_REMARK = re.compile(r"[ \t]+(#[^\s#][^\n]*)")
_KEEPS_THE_VALUE = {"E14", "E17", "E70"}



@dataclass(slots=True)
class Source:
    """The data of one specification, and where each key and value stands.

    `whole` is false where something could not be taken over, after a syntax error or under a key given twice: then nobody
    can tell what is missing. `bare` are the fields inside { } without a colon: what stood after a comma in unquoted text.
    """

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    keys: dict[FieldPath, tuple[int, int]] = field(default_factory=dict)
    values: dict[FieldPath, tuple[int, int]] = field(default_factory=dict)
    bare: set[FieldPath] = field(default_factory=set)
    whole: bool = True

    def place(self, path: FieldPath) -> Place:
        """The place of the value at `path`, or of its nearest parent that is there."""
        at = path
        while at and at not in self.values:
            at = at[:-1]
        line, column = self.values.get(at, (1, 1))
        return Place(self.name, line, column, dotted(path))

    def key_place(self, path: FieldPath) -> Place:
        """The place of the key at `path`; a row of a list has no key, so its value's; else its nearest parent's."""
        at = path
        while at and at not in self.keys and at not in self.values:
            at = at[:-1]
        line, column = self.keys.get(at) or self.values.get(at) or (1, 1)
        return Place(self.name, line, column, dotted(path))


def dotted(path: FieldPath) -> str:
    """A path as people write it: `benefits.register[2].title`, counting rows from 1."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def read(text: str, name: str) -> tuple[Source, list[Finding]]:
    """The data of a specification's text, and what is wrong with it as text.

    JSON is read when the first character says so. Raises UnreadableFile when the text passes a bound or holds nothing.
    """
    builder = _Builder(Source(name))
    text = _holdable(one_line_ending(text), builder)
    if text.lstrip().startswith("{"):
        _read_json(text, builder)
    else:
        _read_yaml(text, builder)
    if not builder.source.data and not builder.findings:
        raise Refusal(name)("E02", "the file holds no fields, only comments or blank lines",
                             "`bizcase new` writes a specification to start from")
    return builder.source, builder.findings


def load_data(text: str, name: str) -> dict[str, Any]:
    """The data of a YAML file that ships with the product, read by the same rules."""
    source, findings = read(text, name)
    if findings:
        raise UnreadableFile(*findings)
    return source.data


def _holdable(text: str, builder: _Builder) -> str:
    """The text with a blank for each character that a bid cannot hold, each line that has one reported.

    The line and paragraph separators of Unicode, which word processors leave behind, are no line ends to an editor; YAML
    would count them as such, and every place below would be wrong.
    """
    start = 0
    while len(builder.findings) < MAX_FINDINGS and (found := first_unholdable(text, start)):
        builder.unholdable(found.message, found.hint, text.count("\n", 0, found.position) + 1,
                           found.position - text.rfind("\n", 0, found.position))
        start = text.find("\n", found.position) + 1 or len(text)
    return UNHOLDABLE.sub(" ", text).translate({0x2028: " ", 0x2029: " "})


def _read_json(text: str, builder: _Builder) -> None:
    try:
        for event in json_events(text):
            builder.take(event)
    except JsonSyntaxError as error:
        builder.syntax_error(str(error), "in JSON, names and text stand in double quotes, with a comma between two values and "
                                         "none after the last", error.line, error.column)


def _read_yaml(text: str, builder: _Builder) -> None:
    start = 0
    while start < len(text):
        first_line, stretch = text.count("\n", 0, start), text[start:]
        builder.restart(first_line, stretch)
        try:
            for event in yaml.parse(stretch, Loader=yaml.CSafeLoader):
                builder.take(event)
            return
        except yaml.YAMLError as error:
            stop = explain(error, stretch, first_line)
            if nested_too_deep(error):
                raise _too_deep(builder.source.name, (stop.line + 1, stop.column + 1)) from None
            builder.syntax_error(stop.cause, stop.hint, stop.line + 1, stop.column + 1)
            if len(builder.findings) >= MAX_FINDINGS:
                return
            start = next_section(text, start, stop.line, {str(path[0]) for path in builder.source.keys})


def _too_deep(name: str, mark: tuple[int, int]) -> UnreadableFile:
    return Refusal(name)("E06", f"fields are nested more than {MAX_DEPTH} deep",
                          "look for a bracket that is opened and never closed", *mark)


@dataclass(slots=True)
class _Open:
    """A mapping or list that is still open, by indentation or by a bracket. `key` is the key whose value comes next."""

    container: dict[str, Any] | list[Any]
    path: FieldPath
    bracket: bool = False
    key: str | None = None
    key_end: int = 0
    ignored: bool = False


class _Builder:
    """Builds data and places from parser events, and collects what is wrong on the way."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Finding] = []
        self._stack: list[_Open] = []
        self._count = 0
        self._line_offset, self._stretch = 0, ""

    def restart(self, first_line: int, stretch: str) -> None:
        """A new stretch of text begins; its line 0 is `first_line` of the file."""
        self._stack = []
        self._line_offset, self._stretch = first_line, stretch

    def syntax_error(self, cause: str, hint: str, line: int, column: int) -> None:
        self._forget_the_open_bracket()
        self._find("E10", (line, column), f"the text cannot be read here: {cause}", hint)

    def unholdable(self, message: str, hint: str, line: int, column: int) -> None:
        self._find("E70", (line, column), message, hint)

    def _forget_the_open_bracket(self) -> None:
        """What stands in brackets that are not closed is half read, and what it seems to hold would mislead."""
        for outer, inner in pairwise(self._stack):
            if inner.bracket:
                if isinstance(outer.container, list):
                    outer.container.pop()
                elif inner.path:
                    outer.container.pop(str(inner.path[-1]), None)
                return

    def take(self, event: Any) -> None:
        mark = (event.start_mark.line + 1 + self._line_offset, event.start_mark.column + 1)
        match type(event).__name__:
            case "MappingStartEvent":
                self._refuse_anchor_and_tag(event, mark)
                self._open({}, mark, bracket=event.flow_style)
            case "SequenceStartEvent":
                self._refuse_anchor_and_tag(event, mark)
                self._open([], mark, bracket=event.flow_style)
            case "MappingEndEvent" | "SequenceEndEvent":
                self._stack.pop()
            case "ScalarEvent":
                self._refuse_anchor_and_tag(event, mark)
                self._scalar(event, mark)
            case "AliasEvent":
                self._find("E12", mark, f"the alias *{shown(event.anchor)} stands for a value written elsewhere",
                           "write the value out here; put text that begins with * in quotes")
                self._refused(mark)
            case "DocumentStartEvent" if event.explicit and self.source.data:
                self._find("E15", mark, "a second document begins here (---)", "keep one specification in one file")

    def _refuse_anchor_and_tag(self, event: Any, mark: tuple[int, int]) -> None:
        if event.anchor:
            self._find("E12", mark, f"the anchor &{shown(event.anchor)} is not allowed",
                       "leave it out and write values out; put text that begins with & in quotes")
        if event.tag:
            self._find("E14", mark, f"the tag {shown(event.tag)} is not allowed",
                       "leave the tag out; put text that begins with ! in quotes")

    def _refused(self, mark: tuple[int, int]) -> None:
        """Nothing is kept where a value, a field name or the whole file was refused; what follows keeps its place."""
        if not self._stack:
            return
        if isinstance(self._stack[-1].container, dict) and self._stack[-1].key is None:
            self._stack[-1].key = ""
        else:
            self._put(None, mark)

    def _open(self, container: dict[str, Any] | list[Any], mark: tuple[int, int], *, bracket: bool) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise _too_deep(self.source.name, mark)
        if self._stack and isinstance(self._stack[-1].container, dict) and self._stack[-1].key is None:
            self._find("E13", mark, "a field name must be text; this is a list or a mapping", "write `name: value`")
            self._stack[-1].key = ""
            self._stack.append(_Open(container, (), ignored=True))
            return
        if not self._stack:
            if isinstance(container, list):
                self._find("E16", mark, "the file begins with a list; a specification begins with `section:` lines",
                           "`bizcase new` writes one to start from")
                self._stack.append(_Open(container, (), ignored=True))
                return
            self._stack.append(_Open(self.source.data, ()))
            return
        path, ignored = self._put(container, mark)
        self._stack.append(_Open(container, path, bracket, ignored=ignored))

    def _scalar(self, event: Any, mark: tuple[int, int]) -> None:
        parent = self._stack[-1] if self._stack else None
        if parent is None:
            if event.value.strip():
                self._find("E16", mark, "the file holds a single text; a specification begins with `section:` lines",
                           "`bizcase new` writes one to start from")
            return
        if isinstance(parent.container, dict) and parent.key is None:
            self._key(parent, event, mark)
            return
        self._refuse_a_number_sign(event, mark)
        bare = not event.value and event.implicit[0] and ":" not in self._stretch[parent.key_end : event.start_mark.index]
        path, ignored = self._put(self._value(event, mark), mark)
        if bare and parent.bracket and not ignored:
            self.source.bare.add(path)

    def _refuse_a_number_sign(self, event: Any, mark: tuple[int, int]) -> None:
        """YAML takes `ward #4` for the text `ward` and a remark; only what begins with `# ` is meant as one."""
        lost = _TAKEN_FOR_A_REMARK.match(self._stretch, event.end_mark.index) if event.value and event.implicit[0] else None
        if lost:
            self._find("E17", mark, f"what follows the # is not read: {shown(lost[1])}",
                       "put the whole text in quotes; before a remark of your own, write # and a space")

    def _key(self, parent: _Open, event: Any, mark: tuple[int, int]) -> None:
        name = event.value
        path = (*parent.path, name)
        if not name or name == "<<" or (event.implicit[0] and name in NULL | BOOLEANS.keys()):
            self._find("E13", mark, f"{name} cannot be the name of a field" if name else "a field has no name",
                       "write `name: value`")
            name = ""
        elif not parent.ignored and path in self.source.keys:
            first = self.source.keys[path][0]
            self._find("E11", mark, f"the field '{shown(name)}' is given twice; the first is on line {first}",
                       "keep one of them", path)
            name = ""
        elif not parent.ignored:
            self.source.keys[path] = mark
        parent.key, parent.key_end = name, event.end_mark.index

    def _put(self, value: Any, mark: tuple[int, int]) -> tuple[FieldPath, bool]:
        """Stores a value in the open container and says where; nothing is kept under a refused key."""
        self._count += 1
        if self._count > MAX_VALUES:
            raise Refusal(self.source.name)("E07", f"the file holds more than {MAX_VALUES:,} values",
                                             "is this the right file?", *mark)
        parent = self._stack[-1]
        if isinstance(parent.container, list):
            path: FieldPath = (*parent.path, len(parent.container))
            parent.container.append(value)
        else:
            key, parent.key = parent.key or "", None
            if not key:
                return (), True
            path = (*parent.path, key)
            parent.container[key] = value
        if not parent.ignored:
            self.source.values[path] = mark
        return path, parent.ignored

    def _value(self, event: Any, mark: tuple[int, int]) -> Any:
        if not event.implicit[0] or event.style in ('"', "'", "|", ">"):
            return event.value
        value = resolve(event.value)
        if isinstance(value, float) and isinf(value):
            self._find("E72", mark, f"{shown(event.value)} is not a number that Excel can hold", "write an ordinary number")
            return None
        return value

    def _find(self, code: str, mark: tuple[int, int], message: str, hint: str, path: FieldPath = ()) -> None:
        place = Place(self.source.name, mark[0], mark[1], dotted(path))
        self.source.whole = self.source.whole and code in _KEEPS_THE_VALUE
        self.findings.append(Finding(place, code, Severity.ERROR, message, hint))

