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
from typing import Any

import yaml

from bizcase.errors import Finding, Place, Severity, UnreadableFile
from bizcase.specification.json_events import JsonSyntaxError, json_events

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
MAX_VALUES = 50_000

FieldPath = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?[0-9]{1,40}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_NULL = {"", "~", "null", "Null", "NULL"}
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_SECTION = re.compile(r"^[A-Za-z_][A-Za-z0-9_ ]*:", re.MULTILINE)
_OFFICE_FILES = {b"PK\x03\x04": "a Word, Excel or zip file", b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
                 b"%PDF": "a PDF"}


@dataclass(slots=True)
class Source:
    """The data of one specification, and where each key and value stands. `whole` is false after a syntax error."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    keys: dict[FieldPath, tuple[int, int]] = field(default_factory=dict)
    values: dict[FieldPath, tuple[int, int]] = field(default_factory=dict)
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


def decode(raw: bytes, name: str) -> str:
    """The text of a file's bytes. Raises UnreadableFile, one line, for what is not a specification's text at all."""
    refuse = _Refusal(name)
    if len(raw) > MAX_BYTES:
        raise refuse("E05", f"the file holds {len(raw):,} bytes; a specification holds at most {MAX_BYTES:,}",
                     "is this the right file?")
    for magic, kind in _OFFICE_FILES.items():
        if raw.startswith(magic):
            raise refuse("E03", f"this is {kind}, not the text of a specification", "give the .yaml file")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("E04", "the text is saved as UTF-16, not as UTF-8",
                     "in Notepad: Save as, then choose the encoding UTF-8")
    if b"\x00" in raw:
        raise refuse("E03", "the file holds binary data, not the text of a specification", "give the .yaml file")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise refuse("E04", f"the byte 0x{raw[error.start]:02X} is not UTF-8 text",
                     "save the file again with the encoding UTF-8", line, column) from None
    if not text.strip():
        raise refuse("E02", "the file is empty", "`bizcase new` writes a specification to start from")
    return text


def read(text: str, name: str) -> tuple[Source, list[Finding]]:
    """The data of a specification's text, and what is wrong with it as text.

    JSON is read when the first character says so. Raises UnreadableFile when the text passes a bound or holds nothing.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    builder = _Builder(Source(name))
    if text.lstrip().startswith("{"):
        _read_json(text, builder)
    else:
        _read_yaml(text, builder)
    if not builder.source.data and not builder.findings:
        raise _Refusal(name)("E02", "the file holds no fields, only comments or blank lines",
                             "`bizcase new` writes a specification to start from")
    return builder.source, builder.findings


def load_data(text: str, name: str) -> dict[str, Any]:
    """The data of a YAML file that ships with the product, read by the same rules."""
    source, findings = read(text, name)
    if findings:
        raise UnreadableFile(*findings)
    return source.data


def _read_json(text: str, builder: _Builder) -> None:
    try:
        for event in json_events(text):
            builder.take(event)
    except JsonSyntaxError as error:
        builder.syntax_error(str(error), error.line, error.column)


def _read_yaml(text: str, builder: _Builder) -> None:
    start = 0
    while start < len(text):
        first_line = text.count("\n", 0, start)
        builder.restart(first_line)
        try:
            for event in yaml.parse(text[start:], Loader=yaml.CSafeLoader):
                builder.take(event)
            return
        except yaml.YAMLError as error:
            line, column, cause = _explain(error, text, start)
            builder.syntax_error(cause, line + 1, column + 1)
            start = _next_section(text, line, builder)


def _next_section(text: str, line: int, builder: _Builder) -> int:
    """Where reading can go on after a syntax error: the first section that begins below it."""
    offset = sum(len(part) + 1 for part in text.split("\n")[: line + 1])
    following = _SECTION.search(text, offset) if len(builder.findings) < 100 else None
    return following.start() if following else len(text)


def _explain(error: yaml.YAMLError, text: str, start: int) -> tuple[int, int, str]:
    """Line and column (from 0, in the whole text) of a syntax error and its cause in plain words."""
    base = text.count("\n", 0, start)
    if not isinstance(error, yaml.MarkedYAMLError):
        position = start + int(getattr(error, "position", 0))
        line = text.count("\n", 0, position)
        return line, position - (text.rfind("\n", 0, position) + 1), "a character that YAML does not allow"
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem or error.context or "")
    if "quoted scalar" in str(error.context) and error.context_mark is not None:
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    return base + line, column, _PLAIN_CAUSES.get(problem, problem)


_PLAIN_CAUSES = {
    "mapping values are not allowed in this context":
        "a colon followed by a space inside unquoted text, or a line indented further than the one above it",
    "could not find expected ':'": "a line that is neither `field: value` nor part of the text above it",
    "found character that cannot start any token": "a tab, or one of % @ ` at the start of unquoted text",
    "did not find expected key": "a line whose indentation fits no line above it, or text after a closing quote",
    "did not find expected '-' indicator": "a line in a list that begins without `- `",
    "found unexpected end of stream": "a quotation mark that is opened and never closed",
    "did not find expected ',' or ']'": "a list in [ ] that is not closed, or a missing comma",
    "did not find expected ',' or '}'": "a mapping in { } that is not closed, or a missing comma",
    "found a tab character that violates indentation": "a tab in the indentation (use spaces)",
    "found a tab character where an indentation space is expected": "a tab in the indentation (use spaces)",
}


class _Refusal:
    """Makes the one-line error of a file that cannot be read."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, code: str, message: str, hint: str, line: int = 0, column: int = 0) -> UnreadableFile:
        return UnreadableFile(Finding(Place(self.name, line, column), code, Severity.ERROR, message, hint))


@dataclass(slots=True)
class _Open:
    """A mapping or list that is still open. `key` is the key whose value comes next."""

    container: dict[str, Any] | list[Any]
    path: FieldPath
    key: str | None = None
    ignored: bool = False


class _Builder:
    """Builds data and places from parser events, and collects what is wrong on the way."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Finding] = []
        self._stack: list[_Open] = []
        self._count = 0
        self._line_offset = 0

    def restart(self, first_line: int) -> None:
        """A new stretch of text begins; its line 0 is `first_line` of the file."""
        self._stack = []
        self._line_offset = first_line

    def syntax_error(self, cause: str, line: int, column: int) -> None:
        self.source.whole = False
        self._find("E10", (line, column), f"the text cannot be read here: {cause}",
                   "compare the line with the one above it; quote text that holds a colon")

    def take(self, event: Any) -> None:
        mark = (event.start_mark.line + 1 + self._line_offset, event.start_mark.column + 1)
        match type(event).__name__:
            case "MappingStartEvent":
                self._refuse_anchor_and_tag(event, mark)
                self._open({}, mark)
            case "SequenceStartEvent":
                self._refuse_anchor_and_tag(event, mark)
                self._open([], mark)
            case "MappingEndEvent" | "SequenceEndEvent":
                self._stack.pop()
            case "ScalarEvent":
                self._refuse_anchor_and_tag(event, mark)
                self._scalar(event, mark)
            case "AliasEvent":
                self._find("E12", mark, f"the alias *{event.anchor} stands for a value written elsewhere",
                           "write the value out here")
                self._put(None, mark)
            case "DocumentStartEvent" if event.explicit and self.source.data:
                self._find("E15", mark, "a second document begins here (---)", "keep one specification in one file")

    def _refuse_anchor_and_tag(self, event: Any, mark: tuple[int, int]) -> None:
        if event.anchor:
            self._find("E12", mark, f"the anchor &{event.anchor} is not allowed", "leave it out and write values out")
        if event.tag and event.tag != "!":
            self._find("E14", mark, f"the tag {event.tag} is not allowed", "leave the tag out")

    def _open(self, container: dict[str, Any] | list[Any], mark: tuple[int, int]) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise _Refusal(self.source.name)(
                "E06", f"fields are nested more than {MAX_DEPTH} deep", "no specification needs that", *mark)
        if self._stack and isinstance(self._stack[-1].container, dict) and self._stack[-1].key is None:
            self._find("E13", mark, "a field name must be text; this is a list or a mapping", "write `name: value`")
            self._stack[-1].key = ""
            self._stack.append(_Open(container, (), ignored=True))
            return
        if not self._stack:
            if isinstance(container, list):
                self._find("E16", mark, "the file begins with a list; a specification begins with `section:` lines",
                           "see `bizcase new`")
                self._stack.append(_Open(container, (), ignored=True))
                return
            self._stack.append(_Open(self.source.data, ()))
            return
        path, ignored = self._put(container, mark)
        self._stack.append(_Open(container, path, ignored=ignored))

    def _scalar(self, event: Any, mark: tuple[int, int]) -> None:
        parent = self._stack[-1] if self._stack else None
        if parent is None:
            if event.value.strip():
                self._find("E16", mark, "the file holds a single text; a specification begins with `section:` lines",
                           "see `bizcase new`")
            return
        if isinstance(parent.container, dict) and parent.key is None:
            self._key(parent, event, mark)
            return
        self._put(self._resolve(event, mark), mark)

    def _key(self, parent: _Open, event: Any, mark: tuple[int, int]) -> None:
        name = event.value
        if name == "<<" or (event.implicit[0] and name in _NULL | _BOOLEANS.keys()):
            self._find("E13", mark, f"the field name {name or '(nothing)'} is not a name", "write `name: value`")
        path = (*parent.path, name)
        if not parent.ignored:
            if path in self.source.keys:
                first = self.source.keys[path][0]
                self._find("E11", mark, f"the field {name!r} is given twice; the first is on line {first}",
                           "keep one of them", path)
                name = ""
            else:
                self.source.keys[path] = mark
        parent.key = name

    def _put(self, value: Any, mark: tuple[int, int]) -> tuple[FieldPath, bool]:
        """Stores a value in the open container and says where; nothing is kept under a refused key."""
        self._count += 1
        if self._count > MAX_VALUES:
            raise _Refusal(self.source.name)("E07", f"the file holds more than {MAX_VALUES:,} values",
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

    def _resolve(self, event: Any, mark: tuple[int, int]) -> Any:
        text: str = event.value
        if not event.implicit[0] or event.style in ('"', "'", "|", ">"):
            return text
        if text in _NULL:
            return None
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return self._finite(float(text), text, mark)
        if _NOT_FINITE.fullmatch(text):
            return self._finite(float("inf"), text, mark)
        return text

    def _finite(self, number: float, text: str, mark: tuple[int, int]) -> float | None:
        if abs(number) != float("inf"):
            return number
        self._find("E72", mark, f"{text} is not a number that Excel can hold", "write an ordinary number")
        return None

    def _find(self, code: str, mark: tuple[int, int], message: str, hint: str, path: FieldPath = ()) -> None:
        place = Place(self.source.name, mark[0], mark[1], dotted(path))
        self.findings.append(Finding(place, code, Severity.ERROR, message, hint))

