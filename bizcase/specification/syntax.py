"""Says in plain words why a text could not be read as YAML: where, the cause, and what to do."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

COMPARE = "compare the line with the one above it; put text that holds a colon in quotes"

_CURLY_QUOTES = re.compile(r"[:\-] +[“”„‘’]")
_SECTION = re.compile(r"^([A-Za-z_][A-Za-z0-9_]*) *:", re.MULTILINE)

_CAUSES = {
    "did not find expected '-' indicator":
        ("this line stands in a list, but neither begins with `- ` nor lines up with the row above it",
         "begin it in the same column as the field after the `- ` above"),
    "found unexpected end of stream":
        ("a quotation mark is opened here and never closed", "close it, or leave both quotation marks out"),
    "found unexpected document indicator":
        ("a quotation mark is opened here and never closed", "close it, or leave both quotation marks out"),
    "did not find expected comment or line break":
        ("text follows | or > on the same line", "begin the text on the next line, indented; or put all of it in quotes"),
    "block sequence entries are not allowed in this context":
        ("a list begins on the line of its field", "begin it on the next line; or put text that begins with - in quotes"),
    "mapping keys are not allowed in this context":
        ("text begins with a question mark and a space", "put the text in quotes"),
    "found unknown escape character":
        ("a backslash stands inside double quotes", "use single quotes instead: 'C:\\bids'"),
    "found invalid Unicode character escape code":
        ("the escape after the backslash stands for no character", "write the character itself, or use single quotes"),
    "did not find expected hexdecimal number":
        ("a backslash stands inside double quotes", "use single quotes instead: 'C:\\bids'"),
    "did not find expected <document start>":
        ("the specification ends above this line, and more follows", "delete the line `...` or the brackets around the rest"),
    "did not find expected node content":
        ("a value is missing before this sign", "put text that begins with a bracket or a comma in quotes"),
    "found a tab character where an indentation space is expected":
        ("a tab stands in the indentation", "indent with spaces"),
    "found a tab character that violates indentation":
        ("a tab stands in the indentation", "indent with spaces"),
    "found undefined tag handle": ("text begins with !", "put the text in quotes"),
    "did not find expected alphabetic or numeric character": ("text begins with * or &", "put the text in quotes"),
}
"""What the parser says, with the cause and the remedy. The causes that need a look at the line are found by `_cause`."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Why and where reading stopped. Line and column count from 0."""

    line: int
    column: int
    cause: str
    hint: str


def nested_too_deep(error: Any) -> bool:
    """Whether the parser's own limit of nesting was passed."""
    return "nesting depth" in str(getattr(error, "problem", ""))


def explain(error: Any, text: str, first_line: int) -> Stop:
    """The stop behind the parser's error on a text that begins on line `first_line` of its file."""
    mark = error.problem_mark or error.context_mark
    if re.search("quoted scalar|simple key|alias|anchor", str(error.context)) and error.context_mark is not None:
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    if line >= len(lines):  # the parser ends the last line itself where the text does not
        line, column = len(lines) - 1, len(lines[-1])
    opened = error.context_mark.line if error.context_mark else line
    cause = _cause(str(error.problem or error.context or ""), lines[line], column,
                   f" opened on line {first_line + opened + 1}" if opened != line else "")
    if _CURLY_QUOTES.search(lines[line]):
        cause = (cause[0], "type straight quotation marks (\" or '): the curly ones of a word processor do not count as such")
    return Stop(first_line + line, column, *cause)


def next_section(text: str, start: int, line: int, known: Container[str]) -> int:
    """Where reading can go on after it stopped on a line: a section that begins below it, or on it and is not yet read."""
    offset = sum(len(part) + 1 for part in text.split("\n")[:line])
    below = text.find("\n", offset) + 1 or len(text)
    for found in _SECTION.finditer(text, max(offset, start + 1)):
        if found.start() >= below or found[1] not in known:
            return found.start()
    return len(text)


def _cause(problem: str, line: str, column: int, opened: str) -> tuple[str, str]:
    """Cause and remedy. `opened` says where a bracket that spans lines begins."""
    before, sign = line[:column], line[column : column + 1]
    match problem:
        case "mapping values are not allowed in this context" if re.fullmatch(r"\s*(- +)*[\w-]+\s*", before):
            return ("this line is indented further than the one above it, or the one above it lacks its colon",
                    "begin the fields of one mapping in the same column, each as `field: value`")
        case "mapping values are not allowed in this context":
            return "text without quotes holds a colon and a space", "put the whole text in quotes"
        case "could not find expected ':'":
            return ("this line is neither `field: value` nor part of the text above it",
                    "put a space after the colon; write text of several lines after | and indent it")
        case "did not find expected key" if before.strip():
            return ("text goes on after a closing quotation mark",
                    "put the whole text in quotes; inside '…' write an apostrophe twice: 'the trust''s plan'")
        case "did not find expected key":
            return ("the indentation of this line fits no line above it",
                    "begin the fields of one mapping in the same column")
        case "found character that cannot start any token" if sign == "\t":
            return "a tab stands in the indentation", "indent with spaces"
        case "found character that cannot start any token":
            return f"text begins with {sign}", "put the text in quotes"
        case "did not find expected ',' or ']'" | "did not find expected ',' or '}'" if sign == ":" and not opened:
            return ("text inside brackets holds a colon, or a comma is missing before it",
                    "put the whole text in quotes, or add the comma")
        case "did not find expected ',' or ']'" | "did not find expected ',' or '}'":
            bracket = "[" if "]" in problem else "{"
            return (f"the bracket {bracket}{opened} is not closed, or a part of it lacks a comma or quotes",
                    "close the bracket on the line that it begins; put text that holds a comma, colon or bracket in quotes")
        case _:
            return _CAUSES.get(problem, (problem, COMPARE))
