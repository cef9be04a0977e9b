"""The specification of a bid as the bid now is: what was built, with edited texts read back and deleted parts left out."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bizcase.case import Case, open_case, open_source
from bizcase.document.controls import read_controls
from bizcase.document.value import shortened
from bizcase.errors import UnreadableFile
from bizcase.provenance import Provenance
from bizcase.review.edited_figures import spans_of
from bizcase.review.word_changes import BidChanges
from bizcase.specification.given import named
from bizcase.specification.profile import Profile
from bizcase.specification.references import ids_by_list
from bizcase.specification.shape import Field, load_shape
from bizcase.specification.source import FieldPath, Source, read
from bizcase.specification.walk import fields_with_values

_ALWAYS = ("bizcase", "profile", "document")


@dataclass(frozen=True, slots=True)
class SpecificationNow:
    """The data; the specification as it was read, where nothing in it has changed; the fields whose texts were read back, by
    their tags; the sections and fields left out; and the sections of which something was edited that the data cannot follow:
    there the verdict rests on what was built."""

    data: Mapping[str, Any]
    source: Source | None
    read_back: tuple[str, ...]
    left_out: tuple[str, ...]
    as_built: tuple[str, ...]

    def case(self, name: str, profile: Profile, parameters: str = "") -> Case:
        """The case of the specification as it is now, read again as JSON where something in it has changed. Raises as
        `open_case` does."""
        if self.source is not None:
            return open_source(self.source, profile, parameters)
        return open_case(json.dumps(self.data, ensure_ascii=False), name, profile, parameters)


def specification_now(content: bytes, was: Provenance, changes: BidChanges) -> SpecificationNow | None:
    """The specification that a bid of ours carries, as the bid now reads; nothing where it carries none that can be read.

    `content` is the bid, which has passed the look at a stranger's file.
    """
    source = _embedded(was)
    if source is None:
        return None
    return _ReadBack(source, was, changes, _texts(content)).done()


def _embedded(was: Provenance) -> Source | None:
    """The specification that a file carries, within the bounds of any specification; nothing where it is unsound."""
    if not was.specification:
        return None
    try:
        source, findings = read(was.specification, "embedded.json")
    except UnreadableFile:
        return None
    return None if findings else source


def _texts(content: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for control in read_controls(content):
        if control.tag:
            found.setdefault(control.tag, []).append(control.text)
    return found


class _ReadBack:
    def __init__(self, source: Source, was: Provenance, changes: BidChanges, texts: Mapping[str, list[str]]) -> None:
        self.source, self.was, self.changes, self.texts = source, was, changes, texts
        self.data = copy.deepcopy(source.data)
        self.printed: dict[str, list[int]] = {}
        for number, span in spans_of(was.passages):
            if span.tag:
                self.printed.setdefault(span.tag, []).append(number)
        self.gone = {tag for tag, numbers in self.printed.items() if set(numbers) <= changes.removed}

    def done(self) -> SpecificationNow:
        shape = load_shape()
        fields = [(path, field, value) for path, field, value in fields_with_values(self.data, shape)]
        left_out = self._sections()
        read_back, lost, kept = [], [], []
        for path, field, value in fields:
            tag = shortened(named(self.data, path)) if path[0] in self.data else ""
            if not tag or path[0] in _ALWAYS or tag not in self.printed:
                continue
            if tag in self.gone:
                lost.append(path)
            elif isinstance(value, str) and _is_free_text(field):
                text = self._now(tag, value)
                if text != value:
                    _put(self.data, path, text)
                    read_back.append(tag)
        for path in reversed(lost):
            _take_out(self.data, path)
        kept = list(self._edited(set(read_back)))
        self._references()
        is_as_built = _is_ours(self.was.specification) and self.data == self.source.data
        return SpecificationNow(self.data, self.source if is_as_built else None, tuple(read_back),
                                (*left_out, *(".".join(map(str, path)) for path in lost)), tuple(dict.fromkeys(kept)))

    def _sections(self) -> list[str]:
        """Takes out the sections of which nothing is printed any more."""
        printed: dict[str, set[str]] = {}
        for tag in self.printed:
            printed.setdefault(tag.split(".")[0], set()).add(tag)
        out = [name for name in self.data if name not in _ALWAYS and name in printed and printed[name] <= self.gone]
        for name in out:
            del self.data[name]
        return out

    def _now(self, tag: str, built: str) -> str:
        """A text as its controls hold it, or, where a program has dropped those, as its passages read; else as built."""
        held = self.texts.get(tag)
        if held is not None:
            return next((text for text in held if text != built.strip("\n")), built)
        numbers = self.printed[tag]
        if not any(number in self.changes.changed for number in numbers):
            return built
        passages = [self.changes.changed.get(number, self.was.passages[number].text) for number in numbers]
        return "\n\n".join(dict.fromkeys(passages)) if _whole(self.was, tag, numbers) else built

    def _edited(self, read_back: set[str]) -> Iterator[str]:
        """The sections in which something else was changed: figures, choices, texts of ours."""
        for number in sorted({*self.changes.changed, *self.changes.removed}):
            for span in self.was.passages[number].spans:
                section = span.tag.split(".")[0]
                if span.tag not in read_back and span.tag not in self.gone and section in self.data and section not in _ALWAYS:
                    yield section

    def _references(self) -> None:
        """Takes out what refers to rows that were left out."""
        shape = load_shape()
        ids = ids_by_list(self.data, shape)
        for path, field, value in reversed(list(fields_with_values(self.data, shape))):
            known = ids.get(field.refers_to, ())
            if field.refers_to and isinstance(value, list):
                value[:] = [name for name in value if name in known]
            if field.refers_to and (not value or (isinstance(value, str) and value not in known)):
                _take_out(self.data, path)


def _is_ours(text: str) -> bool:
    """Whether a text is JSON as we write it, so that writing its data again would change nothing."""
    return text.startswith("{") and "\\u" not in text


def _whole(was: Provenance, tag: str, numbers: list[int]) -> bool:
    """Whether a value fills its passages, so that what they say now is the value."""
    return all(any(span.tag == tag and span.text == was.passages[number].text for span in was.passages[number].spans)
               for number in numbers)


def _is_free_text(field: Field) -> bool:
    return field.type in ("string", "text") and not field.allowed and not field.refers_to


def _put(data: Any, path: FieldPath, value: str) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value


def _take_out(data: Any, path: FieldPath) -> None:
    """Deletes a field; a row or a section that holds nothing else goes with it."""
    holders = [data]
    for step in path[:-1]:
        holders.append(holders[-1][step])
    for holder, step in zip(reversed(holders), reversed(path), strict=True):
        del holder[step]
        if holder:
            return
