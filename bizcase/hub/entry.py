"""An entry: what a hub keeps of one submission, to compare it with others. Every number in it has its cell in a workbook.

It is a value that goes through a process, a cluster or a file unchanged: see `as_json` and `from_json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from bizcase.errors import Finding, Place, Severity


class Outcome(StrEnum):
    """What came of building a submission. A draft has blockers: its gaps are marked in its bid."""

    BUILT = "built"
    DRAFT = "draft"
    FAILED = "not built"


@dataclass(frozen=True, slots=True)
class Number:
    """A Figure of a submission, as its bid prints it, with its cell in the submission's own workbook.

    `value` is None where the answer is words, which `text` holds.
    """

    label: str
    value: float | None
    text: str
    unit: str
    status: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class SectionScore:
    """How complete a section is: the criteria met (one half for one met in part) of those that arise, and the word for it."""

    name: str
    title: str
    met: float
    of: int
    word: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Something that submissions are compared by, where no Figure says it: how much (None where nothing can be told), and
    what was counted, in words."""

    score: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a panel should ask: the code that it comes from, and the question."""

    code: str
    asks: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A benefit as it may overlap with that of another submission: what is measured, and for whom."""

    benefit: str
    measure: str
    population: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission. `name` is its file within the folder, with `/` between folders; `bid` and `workbook` are the files that
    were written, within the hub's folder; `key` identifies all that went into them.

    `numbers` are its Figures by id, `years` the financial years that they reach over. `resource` says whether money and
    people are there. Of what was not built, only the name, the key and the findings are known.
    """

    name: str
    key: str
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    title: str = ""
    organisation: str = ""
    author: str = ""
    profile: str = ""
    currency: str = ""
    price_base_year: str = ""
    proposition: str = ""
    population: str = ""
    bid: str = ""
    workbook: str = ""
    digest: str = ""
    years: tuple[str, ...] = ()
    numbers: Mapping[str, Number] = field(default_factory=dict)
    sections: tuple[SectionScore, ...] = ()
    panel: str = ""
    panel_says: str = ""
    clinical: Axis = Axis(None, "")
    societal: Axis = Axis(None, "")
    readiness: Axis = Axis(None, "")
    resource: Axis = Axis(None, "")
    completeness: Axis = Axis(None, "")
    questions: tuple[Question, ...] = ()
    measured: tuple[Measured, ...] = ()

    @property
    def is_built(self) -> bool:
        return self.outcome is not Outcome.FAILED

    def number(self, figure: str) -> Number | None:
        return self.numbers.get(figure)


def as_json(entry: Entry) -> dict[str, Any]:
    """The entry as plain data."""
    return asdict(entry)


def from_json(data: Mapping[str, Any]) -> Entry:
    """The entry of plain data that `as_json` gave. Raises KeyError, TypeError or ValueError where it is not that."""
    inner: dict[str, Any] = {
        "outcome": Outcome(data["outcome"]),
        "findings": tuple(_findings(data["findings"])),
        "years": tuple(data["years"]),
        "numbers": {figure: Number(**number) for figure, number in data["numbers"].items()},
        "sections": tuple(SectionScore(**row) for row in data["sections"]),
        **{axis: Axis(**data[axis]) for axis in ("clinical", "societal", "readiness", "resource", "completeness")},
        "questions": tuple(Question(**row) for row in data["questions"]),
        "measured": tuple(Measured(**row) for row in data["measured"])}
    return Entry(**{**data, **inner})


def _findings(rows: list[dict[str, Any]]) -> Iterator[Finding]:
    for row in rows:
        yield Finding(**{**row, "place": Place(**row["place"]), "severity": Severity(row["severity"])})
