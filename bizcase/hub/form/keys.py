"""What a form carries unseen, so that it can be read back: its profile, its version, and the path behind each label."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bizcase.hub.form.questions import Form, Heading
from bizcase.provenance import digest_of

FORM = 1
"""Raised when the layout of a form changes in a way that its reader must know."""
NAME, PROFILE_TEXT = "form", "profile"
"""The names of the texts in the hidden sheet of `workbook/embedded.py`."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words on a sheet with the path behind them. `table` is the path of the rows whose column it heads, else empty; a table's
    own title has its path as `path` after `table:`."""

    sheet: str
    text: str
    path: str
    table: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """What a form says about itself. `profile_text` is the file of a hub's own profile; `schema` the digest of all fields.
    `words` are all other texts that stood on the empty form, so that an older one's are not taken for somebody's answers."""

    version: str
    profile: str
    profile_text: str
    schema: str
    labels: tuple[Label, ...]
    words: tuple[str, ...] = ()


def keys_of(form: Form, version: str, words: Iterable[str] = ()) -> Keys:
    """The keys of a form that this version of the product writes, with these words on it."""
    return Keys(version, form.profile.name, form.profile.text, digest_of([field.path for field in form.shape.walk()])[:16],
                tuple(_labels(form)), tuple(words))


def as_texts(keys: Keys) -> dict[str, str]:
    """The keys as texts for the hidden sheet."""
    labels = [[label.sheet, label.text, label.path, label.table] for label in keys.labels]
    content = {"form": FORM, "version": keys.version, "profile": keys.profile, "schema": keys.schema, "labels": labels,
               "words": keys.words}
    return {NAME: json.dumps(content, ensure_ascii=False, separators=(",", ":")),
            **({PROFILE_TEXT: keys.profile_text} if keys.profile_text else {})}


def from_texts(texts: Mapping[str, str]) -> Keys | None:
    """The keys of a form that comes back; None where there are none, or they are not of our making."""
    try:
        content = json.loads(texts.get(NAME, ""))
        facts = tuple(_text(content[name]) for name in ("version", "profile", "schema"))
        labels = tuple(Label(*map(_text, row)) for row in content["labels"])
        words = tuple(map(_text, content["words"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    version, profile, schema = facts
    return Keys(version, profile, texts.get(PROFILE_TEXT, ""), schema, labels, words)


def _labels(form: Form) -> Iterator[Label]:
    for page in form.pages:
        for block in page.blocks:
            if isinstance(block, Heading):
                continue
            columns = getattr(block, "columns", None)
            if columns is None:
                yield Label(page.title, block.label, block.path)
                continue
            yield Label(page.title, block.label, f"table:{block.path}")
            for column in columns:
                yield Label(page.title, column.label, column.path, block.path)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
