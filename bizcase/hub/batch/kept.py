"""What a hub's folder remembers of its builds, so that what has not changed is not built again and nobody's work is replaced.

There is one small file for each submission. It is written before the files it speaks of: whenever the work is ended, a file
that is there is either one it knows, or somebody else's. A damaged file of these is as none.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import count
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import Any

from bizcase.errors import Finding, OutputRefused, Place, Severity
from bizcase.hub.batch.folder import STATE
from bizcase.hub.entry import Entry, Outcome, as_json, from_json
from bizcase.package import write_all

EDITED = "G04"
_FORM = 1
"""Raised when the shape of these files changes; another one is not read."""
NOTHING: Mapping[str, bytes] = MappingProxyType({})
_SUBMISSIONS, _COMPARISON, _JUDGEMENT = "submissions", "comparison.json", "judgement.json"


@dataclass(frozen=True, slots=True)
class Record:
    """What was made the last time: `key` identifies what went in, `files` are the digests of what came out, by their names
    within the hub's folder; `before` are the digests of what stood there when it was made, of our making too."""

    name: str
    key: str
    outcome: Outcome
    findings: tuple[Finding, ...]
    files: Mapping[str, str]
    before: Mapping[str, str] = field(default_factory=dict)


class Standing(Enum):
    """How what is there stands to what would be built."""

    KEPT = auto()
    EDITED = auto()
    EDITED_AND_OUT_OF_DATE = auto()
    TO_BUILD = auto()


class Memory:
    """What is remembered in a hub's folder; `records` are those of submissions by name, `comparison` that of the files about
    all of them."""

    def __init__(self, out: Path) -> None:
        self.out = out
        read = (_read(path) for path in sorted((out / STATE / _SUBMISSIONS).glob("*.json")))
        self.records = {record.name: record for record in read if record is not None}
        self.comparison = _read(out / STATE / _COMPARISON)
        self._made: dict[str, set[str]] = {}
        for record in [*self.records.values(), *([self.comparison] if self.comparison else [])]:
            self._take_in(record)

    def standing(self, name: str, key: str, *, files: Iterable[str]) -> Standing:
        """How a submission stands that has this key now and is to be made into these files."""
        return self._standing(self.records.get(name), key, set(files))

    def standing_of_comparison(self, key: str) -> Standing:
        return self._standing(self.comparison, key, set(self.comparison.files) if self.comparison else set())

    def edited(self, name: str) -> list[str]:
        """The files of a submission that somebody changed since they were built."""
        return [file for file in self.records[name].files
                if (found := _digest_of(self.out / file)) and found not in self._made[file]]

    def entry(self, name: str) -> Entry | None:
        """The entry of a submission that is remembered."""
        try:
            return from_json(_data(_place(self.out, name))["entry"])
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def keep(self, entry: Entry, contents: Mapping[str, bytes], *, force: bool) -> None:
        """Writes the files of a submission, all or none, and remembers them. Raises OutputRefused where one is there that is
        not of our making, or was edited since (without `force`), is open, or cannot be written."""
        self._keep(Record(entry.name, entry.key, entry.outcome, entry.findings, _digests(contents)), contents, as_json(entry),
                   _place(self.out, entry.name), self.records.get(entry.name), force=force)

    @property
    def judgement(self) -> str:
        """What was remembered with the files about all submissions; empty where there is nothing."""
        try:
            return (self.out / STATE / _JUDGEMENT).read_text("utf-8")
        except (OSError, ValueError):
            return ""

    def keep_comparison(self, key: str, contents: Mapping[str, bytes], judgement: str = "", *, force: bool) -> tuple[str, ...]:
        """Writes the files about all submissions, and remembers them and what was judged. A file that somebody edited is kept
        under another name, which is given. Raises as `keep` does."""
        record = Record("", key, Outcome.BUILT, (), _digests(contents))
        edited = {file: self._free_name(file) for file in contents if self.is_edited(file)}
        aside = {new: (self.out / file).read_bytes() for file, new in edited.items()}
        beside = {**aside, f"{STATE}/{_JUDGEMENT}": judgement.encode()} if judgement else aside
        self._keep(record, contents, {}, self.out / STATE / _COMPARISON, self.comparison, force=force, beside=beside,
                   spared=frozenset(edited))
        return tuple(aside)

    def is_edited(self, file: str) -> bool:
        """Whether a file that we made was changed since."""
        made, found = self._made.get(file, set()), _digest_of(self.out / file)
        return bool(made and found) and found not in made

    def _free_name(self, file: str) -> str:
        path = PurePosixPath(file)
        names = (str(path.with_name(f"{path.stem}-edited-{number}{path.suffix}")) for number in count(1))
        return next(name for name in names if not (self.out / name).exists())

    def folders(self) -> set[Path]:
        """Where something of ours may stand."""
        return {self.out, self.out / STATE, self.out / STATE / _SUBMISSIONS, *((self.out / file).parent for file in self._made)}

    def _standing(self, record: Record | None, key: str, files: set[str]) -> Standing:
        if record is None:
            return Standing.TO_BUILD
        now = {file: _digest_of(self.out / file) for file in record.files}
        edited = any(found and found not in self._made[file] for file, found in now.items())
        if record.key != key or (record.files and record.files.keys() != files):
            return Standing.EDITED_AND_OUT_OF_DATE if edited else Standing.TO_BUILD
        if now == record.files:
            return Standing.KEPT
        return Standing.EDITED if edited and all(now.values()) else Standing.TO_BUILD

    def _keep(self, record: Record, contents: Mapping[str, bytes], entry: dict[str, Any], place: Path, earlier: Record | None, *,
              force: bool, beside: Mapping[str, bytes] = NOTHING, spared: frozenset[str] = frozenset()) -> None:
        now = {file: _digest_of(self.out / file) for file in contents}
        guarded = {file: digest for file, digest in now.items() if file not in spared}
        if not force and (refusals := list(self._refusals(guarded, record.files))):
            raise OutputRefused(*refusals)
        left = {*earlier.files, *earlier.before} - contents.keys() if earlier else set()
        before = {file: digest for file in sorted(left) if (digest := _digest_of(self.out / file)) in self._made[file]}
        before |= {file: digest for file, digest in now.items() if digest}
        changed = {self.out / file: content for file, content in contents.items() if now[file] != record.files[file]}
        record = Record(record.name, record.key, record.outcome, record.findings, record.files, before)
        write_all({place: _text(record, entry)}, force=True)
        self._take_in(record)
        if record.name:
            self.records[record.name] = record
        else:
            self.comparison = record
        write_all({**{self.out / file: content for file, content in beside.items()}, **changed}, force=True)

    def _refusals(self, now: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Finding]:
        for file, digest in now.items():
            made = self._made.get(file, set())
            if digest and digest != new[file] and digest not in made:
                yield edited(file) if made else Finding(
                    Place(file), "E80", Severity.ERROR, "the file exists already, and was not made by this command",
                    "move it elsewhere, or add --force to replace it")

    def _take_in(self, record: Record) -> None:
        for file, digest in (*record.files.items(), *record.before.items()):
            self._made.setdefault(file, set()).add(digest)


def edited(file: str, severity: Severity = Severity.ERROR) -> Finding:
    """What is told of a file that somebody changed since it was built."""
    return Finding(Place(file), EDITED, severity, "the file was changed since it was built, and is left as it is",
                   "to build it anew, move it elsewhere or add --force; what was changed in it is lost then")


def _place(out: Path, name: str) -> Path:
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()
    return out / STATE / _SUBMISSIONS / f"{digest[:40]}.json"


def _digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {file: hashlib.sha256(content).hexdigest() for file, content in contents.items()}


def _digest_of(path: Path) -> str:
    """The digest of a file; empty where there is none that can be read."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""


def _text(record: Record, entry: dict[str, Any]) -> bytes:
    data = {"form": _FORM, "name": record.name, "key": record.key, "files": dict(record.files), "before": dict(record.before),
            "entry": entry}
    return json.dumps(data, separators=(",", ":")).encode("ascii")


def _data(path: Path) -> dict[str, Any]:
    data = json.loads(path.read_bytes())
    if data["form"] != _FORM:
        raise ValueError(data["form"])
    return dict(data)


def _read(path: Path) -> Record | None:
    """What a file remembers; None where it is not one of ours, or not whole."""
    try:
        data = _data(path)
        entry = from_json(data["entry"]) if data["entry"] else None
        files, before = ({_inside(file): _digest(found) for file, found in data[part].items()} for part in ("files", "before"))
        record = Record(data["name"], data["key"], entry.outcome if entry else Outcome.BUILT, entry.findings if entry else (),
                        files, before)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return record if not record.name or (entry is not None and entry.name == record.name) else None


def _inside(file: str) -> str:
    """The name of a file within the folder, and of no other."""
    if PurePosixPath(file).is_absolute() or PureWindowsPath(file).drive or ".." in re.split(r"[/\\]", file):
        raise ValueError(file)
    return file


def _digest(value: object) -> str:
    if not isinstance(value, str) or len(value) != 64:
        raise ValueError(value)
    return value
