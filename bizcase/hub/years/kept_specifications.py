"""Brings back the specification of a bid that was refused, from a file of ours that came back, for use again (manual §5.7)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bizcase.errors import UnreadableFile
from bizcase.hub.form.as_yaml import as_yaml
from bizcase.hub.years.returned import Returned, specification_of
from bizcase.hub.years.tracker import Standing, State
from bizcase.package import file_stem
from bizcase.review.provenance import of_bid
from bizcase.specification.source import read


@dataclass(frozen=True, slots=True)
class Carried:
    """A specification that a file carries: the title and reference of its bid, and its text as JSON."""

    title: str
    reference: str
    text: str


def carried_by_bid(content: bytes, name: str) -> Carried | None:
    """The specification that a bid carries; nothing where it carries none. Run it in a bounded process. Raises UnreadableFile."""
    was = of_bid(content, name)
    data, text = specification_of(was) if was is not None else ({}, "")
    document = data.get("document", {})
    return Carried(str(document.get("title", "")), str(document.get("reference", "")), text) if text else None


def carried_by_workbook(returned: Returned) -> Carried | None:
    return Carried(returned.title, returned.reference, returned.specification) if returned.specification else None


def kept(found: Iterable[Standing], carried: Sequence[Carried]) -> dict[str, bytes]:
    """The specifications of refused bids, as files to write: known by the reference or the title on the list."""
    files = {}
    for standing in found:
        names = {standing.id.casefold(), standing.title.casefold()} - {""}
        match = next((each for each in carried if {each.reference.casefold(), each.title.casefold()} & names), None)
        if standing.state is State.REFUSED and match is not None and _is_sound(match.text):
            files[f"{file_stem(standing.title or standing.id)}.yaml"] = _written(match.text)
    return files


def _is_sound(text: str) -> bool:
    """Whether a text from a file is within the bounds of any specification."""
    try:
        return not read(text, "embedded.json")[1]
    except UnreadableFile:
        return False


def _written(text: str) -> bytes:
    """The text as a person edits it."""
    return as_yaml(json.loads(text)).encode("utf-8")
