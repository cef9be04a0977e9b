"""What a word without quotes stands for, by the core rules of YAML 1.2: `no` is a word, `010` is ten, `12:30` is text."""

from __future__ import annotations

import re
from math import inf

NULL = {"", "~", "null", "Null", "NULL"}
BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

_INTEGER = re.compile(r"[-+]?[0-9]{1,40}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def resolve(text: str) -> str | int | float | bool | None:
    """The value of a plain scalar; infinity for every number that is none or too large for a computer.

    An integer of more than 40 digits becomes a float, for Python refuses to read one of thousands.
    """
    if text in NULL:
        return None
    if text in BOOLEANS:
        return BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return inf if _NOT_FINITE.fullmatch(text) else text
