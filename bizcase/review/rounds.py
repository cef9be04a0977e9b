"""The log of comments and answers across rounds (manual §5.6-5.7): what an earlier review found, what its author answered, and
what is still there.

A finding is the same in two rounds if it has the same code and says the same, numbers apart; a criterion is the same by its code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bizcase.errors import Finding

_CRITERION = re.compile(r"[CLNX]\d\d?(?:\.\d)?")
_NUMBERS = re.compile(r"\d[\d,.\u00a0]*|“[^”]*”")


class Standing(StrEnum):
    """Where a finding stands in this round."""

    ANSWERED = "answered"
    OPEN = "still open"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A finding of an earlier round, as its report holds it, and what the author answered."""

    file: str
    code: str
    where: str
    message: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: a finding of either round, where it stands, and the author's answer."""

    standing: Standing
    code: str
    where: str
    message: str
    answer: str


def compared(earlier: Sequence[Earlier], now: Sequence[Finding]) -> tuple[Entry, ...]:
    """The log: what is still open, what is new, what is answered; each in the order of its round."""
    left = list(earlier)
    open_, new = [], []
    for found in now:
        match = next((each for each in left if _same(each, found)), None)
        if match is None:
            new.append(Entry(Standing.NEW, found.code, _place(found), found.message, ""))
        else:
            left.remove(match)
            open_.append(Entry(Standing.OPEN, found.code, _place(found), found.message, match.answer))
    answered = [Entry(Standing.ANSWERED, each.code, each.where, each.message, each.answer) for each in left]
    return (*open_, *new, *answered)


def of_file(earlier: Sequence[Earlier], file: str, files: Sequence[str]) -> tuple[Earlier, ...]:
    """The earlier findings about a file: those of its name, or, where one file was looked at in both rounds, all."""
    names = list(dict.fromkeys(each.file for each in earlier))
    if len(names) == 1 and len(files) == 1:
        return tuple(earlier)
    return tuple(each for each in earlier if _name(each.file) == _name(file))


def counts(log: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """How many findings stand where, as lines of label and text."""
    for standing, label in ((Standing.ANSWERED, "Answered since the last round"), (Standing.OPEN, "Still open"),
                            (Standing.NEW, "New in this round")):
        yield label, str(sum(entry.standing is standing for entry in log))


def _same(earlier: Earlier, found: Finding) -> bool:
    if earlier.code != found.code:
        return False
    return bool(_CRITERION.fullmatch(found.code)) or _gist(earlier.message) == _gist(found.message)


def _gist(message: str) -> str:
    return " ".join(_NUMBERS.sub("#", message).casefold().split())


def _place(found: Finding) -> str:
    return found.place.where or found.place.path or str(found.place)


def _name(file: str) -> str:
    return re.split(r"[\\/]", file)[-1].casefold()
