"""Bids of healthcare innovations as strangers write them, labelled: what a program that reviews bids is measured by.

Each file of `bids/` is one document, and so is each of `heldout/` and of `apart/`. Nobody who tunes the program reads `apart/`,
so that it shows how the program does on bids that it was not fitted to:

    title: …            about: what kind of bid it is, in words
    style: how headings are written: styles | bold lines | caps | numbered | list numbers | underlined | big letters | form table
           | no headings
    bullets: style | typed            header: words in the page header, if any
    blocks: in order, each of one kind:
      heading: text, with level (1 where not given)
      text: a paragraph; lead: a bold run-in heading before it        bullets: [one paragraph each]
      table: [[cell, …], …], a row of one cell spans the table        caption: text
      form: [{ask: question, answer: text or [text, {table: …}], section: …}]
      box: a text box         note: a footnote of the paragraph before         control: a content control, with its title
      inserted / deleted: a whole paragraph as a tracked change       changed: [{keep: …}, {deleted: …}, {inserted: …}]
      comment: on the paragraph before         hidden: hidden text
    cannot tell, fully, partly, slight, absent: codes of criteria
    contradictions: [{kind, where, text}]      leftovers: [{what, text}]

A body block says to which `section` it belongs (two, separated by a blank, where both are fair; none where it belongs nowhere),
and which criteria it shows: `full` where a strict but fair reviewer calls the criterion fully met by what stands there, `part`
where something is said but not enough, `slight` where so little is said, or only hoped, that "absent" is as fair as "partly". The
lists at the foot of a document hold what only the whole shows, and win over the
blocks. Whatever nobody names is absent, but for what cannot be decided from words and what arises only under a condition
(`labelled.py`). Intent is not fact, and a vision is not a plan: "we will meet the ICB" is no meeting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bizcase.completeness.verdict import Degree
from bizcase.specification.source import load_data
from tests.review.labelled import (
    CODES,
    CONDITIONAL,
    UNDECIDABLE,
    Answer,
    Block,
    Change,
    Contradiction,
    Forgotten,
    LabelledBid,
    Rows,
)
from tests.review.word_writer import docx_of

__all__ = ["LabelledBid", "all_bids", "apart", "docx_of", "held_out"]

FOLDER = Path(__file__).parent / "bids"
HELD_OUT = Path(__file__).parent / "heldout"
APART = Path(__file__).parent / "apart"
WITH_TEXT = ("heading", "text", "caption", "box", "note", "control", "inserted", "deleted", "comment", "hidden")
KINDS = (*WITH_TEXT, "bullets", "table", "form", "changed")


@cache
def all_bids() -> tuple[LabelledBid, ...]:
    """Every labelled bid of `bids/`, in order of its file's name."""
    return tuple(_in(FOLDER))


@cache
def held_out() -> tuple[LabelledBid, ...]:
    """The labelled bids that measured at first and have since been used to improve the program."""
    return tuple(_in(HELD_OUT))


@cache
def apart() -> tuple[LabelledBid, ...]:
    """The labelled bids that only measure: no term, weight or rule of the program may be chosen by them."""
    return tuple(_in(APART))


def _in(folder: Path) -> Iterator[LabelledBid]:
    for path in sorted(folder.glob("*.yaml")):
        yield bid_of(path.stem, load_data(path.read_text("utf-8"), path.name))


def bid_of(name: str, data: Mapping[str, Any]) -> LabelledBid:
    """The labelled bid that a file describes."""
    shows = list(_shows(data["blocks"]))
    return LabelledBid(
        name, data["title"], data["about"], data["style"], data.get("bullets", "style"), data.get("header", ""),
        tuple(_block(row) for row in data["blocks"]), _verdicts(data, shows), _slight(data, shows), _passages(shows),
        tuple(Contradiction(row["kind"], row["where"], row["text"]) for row in data.get("contradictions", ())),
        tuple(Forgotten(row["what"], row["text"]) for row in data.get("leftovers", ())))


def _block(row: Mapping[str, Any]) -> Block:
    kind = next(key for key in row if key in KINDS)
    value = row[kind]
    sections = tuple(row.get("section", "").split())
    if kind in WITH_TEXT:
        return Block(kind, (value.strip(),), sections, row.get("level", 1), row.get("lead", ""), row.get("title", ""))
    if kind == "bullets":
        return Block(kind, tuple(value), sections)
    if kind == "table":
        return Block(kind, sections=sections, rows=_rows(value))
    if kind == "form":
        return Block(kind, answers=tuple(Answer(answer["ask"], tuple(_parts(answer["answer"])),
                                                tuple(answer.get("section", "").split())) for answer in value))
    return Block(kind, sections=sections, changes=tuple(Change(what, text) for part in value for what, text in part.items()))


def _parts(answer: Any) -> Iterator[str | Rows]:
    for part in answer if isinstance(answer, list) else [answer]:
        yield part if isinstance(part, str) else _rows(part["table"])


def _rows(rows: Any) -> Rows:
    return tuple(tuple(str(cell) for cell in row) for row in rows)


def _shows(blocks: Any) -> Iterator[tuple[str, str, str]]:
    """Each code that a block or an answer names, with `full`, `part` or `slight`, and the words."""
    for row in blocks:
        for holder in (row, *row.get("form", ())):
            for how in ("full", "part", "slight"):
                for code in holder.get(how, "").split():
                    yield code, how, _words(holder)


def _words(holder: Mapping[str, Any]) -> str:
    if "ask" in holder:
        return " ".join(str(part) for part in _parts(holder["answer"]))
    block = _block(holder)
    return " ".join([*block.texts, *(cell for row in block.rows for cell in row), *(change.text for change in block.changes)])


def _verdicts(data: Mapping[str, Any], shows: list[tuple[str, str, str]]) -> dict[str, Degree]:
    degrees = dict.fromkeys((code for code in CODES if code not in UNDECIDABLE | CONDITIONAL), Degree.ABSENT)
    degrees |= {code: Degree.PARTLY for code, how, _ in shows if how != "full"}
    degrees |= {code: Degree.FULLY for code, how, _ in shows if how == "full"}
    for degree in (Degree.FULLY, Degree.PARTLY, Degree.ABSENT, Degree.CANNOT_TELL):
        degrees |= dict.fromkeys(data.get(degree.value, "").split(), degree)
    degrees |= dict.fromkeys(data.get("slight", "").split(), Degree.PARTLY)
    return {code: degree for code, degree in sorted(degrees.items()) if degree is not Degree.CANNOT_TELL}


def _slight(data: Mapping[str, Any], shows: list[tuple[str, str, str]]) -> frozenset[str]:
    """The codes that nothing speaks for but a slight word."""
    more = {code for code, how, _ in shows if how != "slight"}
    return frozenset({code for code, how, _ in shows if how == "slight"} - more) | frozenset(data.get("slight", "").split())


def _passages(shows: list[tuple[str, str, str]]) -> dict[str, tuple[str, ...]]:
    return {code: tuple(text for other, _, text in shows if other == code) for code, _, _ in shows}
