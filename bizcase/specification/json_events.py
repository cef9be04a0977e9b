"""Reads JSON as the same events that the YAML parser gives, so that a .json specification keeps its places.

YAML is nearly a superset of JSON, but refuses tabs between tokens and reads surrogate pairs as errors.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"-?[0-9][-+.0-9eE]*|[A-Za-z]+")
_CAUSES = {"Unterminated string starting at": "this text is never closed with a quotation mark",
           "Invalid control character at": "this text holds a line end or a tab; write \\n or \\t instead"}
_BACKSLASH = "a backslash in this text begins no known escape; write \\\\"
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")


class JsonSyntaxError(ValueError):
    """The text is not JSON; line and column count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line, self.column = line, column


@dataclass(slots=True)
class _Mark:
    """Not frozen, since that makes each three times as slow, and there are as many as values."""

    line: int
    column: int
    index: int


class _Event(NamedTuple):
    start_mark: _Mark
    value: str = ""
    implicit: tuple[bool, bool] = (True, False)
    style: str | None = None
    flow_style: bool = False
    anchor: None = None
    tag: None = None

    @property
    def end_mark(self) -> _Mark:
        return self.start_mark


class MappingStartEvent(_Event):
    """`{`"""


class MappingEndEvent(_Event):
    """`}`"""


class SequenceStartEvent(_Event):
    """`[`"""


class SequenceEndEvent(_Event):
    """`]`"""


class ScalarEvent(_Event):
    """A string, number, true, false or null."""


def json_events(text: str) -> Iterator[Any]:
    """The events of a JSON text, one at a time and without recursion. Raises JsonSyntaxError at the first fault."""
    yield from _Reader(text).events()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.closers: list[str] = []
        self.line_starts = [0, *(newline.end() for newline in re.finditer("\n", text))]

    def events(self) -> Iterator[_Event]:
        expect = "value"
        while True:
            self.at = self._after_space(self.at)
            token = self.text[self.at : self.at + 1]
            if expect == "end of value":
                if not self.closers:
                    break
                if token == ",":
                    self.at += 1
                    expect = "key" if self.closers[-1] == "}" else "value"
                    continue
                yield self._close(token)
            elif expect in ("key", "key or end") and not (expect == "key or end" and token == "}"):
                yield self._key(token)
                expect = "value"
            elif token in ("}", "]") and expect in ("key or end", "value or end"):
                yield self._close(token)
                expect = "end of value"
            elif token in ("{", "["):
                yield (MappingStartEvent if token == "{" else SequenceStartEvent)(self._mark())
                self.closers.append("}" if token == "{" else "]")
                self.at += 1
                expect = "key or end" if token == "{" else "value or end"
            else:
                yield self._scalar(token)
                expect = "end of value"
        if self.at < len(self.text):
            raise self._error("text after the end of the data")

    def _close(self, token: str) -> _Event:
        if not self.closers or token != self.closers[-1]:
            wanted = self.closers[-1] if self.closers else "a value"
            raise self._error(f"found {token or 'the end of the file'}; expected , or {wanted}")
        self.closers.pop()
        event = (MappingEndEvent if token == "}" else SequenceEndEvent)(self._mark())
        self.at += 1
        return event

    def _key(self, token: str) -> _Event:
        if token != '"':
            raise self._error(f"found {token or 'the end of the file'}; expected a field name in double quotes")
        event = self._scalar(token)
        self.at = self._after_space(self.at)
        if self.text[self.at : self.at + 1] != ":":
            raise self._error("expected a colon after the field name")
        self.at += 1
        return event

    def _scalar(self, token: str) -> _Event:
        mark = self._mark()
        if token == '"':
            try:
                value, self.at = scanstring(self.text, self.at + 1, True)
            except json.JSONDecodeError as error:
                raise self._error(_CAUSES.get(str(error.msg), _BACKSLASH)) from None
            return ScalarEvent(mark, value, (False, True), '"')
        word = _WORD.match(self.text, self.at)
        if not word or not (_NUMBER.fullmatch(word[0]) or word[0] in ("true", "false", "null")):
            raise self._error(f"found {(word[0] if word else token) or 'the end of the file'}; expected a value")
        self.at = word.end()
        return ScalarEvent(mark, word[0])

    def _after_space(self, at: int) -> int:
        space = _SPACE.match(self.text, at)
        return space.end() if space else at

    def _mark(self) -> _Mark:
        line = bisect_right(self.line_starts, self.at) - 1
        return _Mark(line, self.at - self.line_starts[line], self.at)

    def _error(self, message: str) -> JsonSyntaxError:
        mark = self._mark()
        return JsonSyntaxError(message, mark.line + 1, mark.column + 1)
