"""The work on one submission, as a value that goes to another process or machine, and what comes back. No files, no clock."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import PurePosixPath

from bizcase import __version__, resources
from bizcase.case import HouseTemplate, build, open_case, open_profile
from bizcase.errors import BizcaseError, Finding, Place, Severity, UnreadableFile, UnsoundProfile
from bizcase.hub.entry import Entry, Outcome
from bizcase.package import FORM_ENDING
from bizcase.specification.check import profile_file
from bizcase.specification.file_text import decode
from bizcase.specification.profile import Profile

BUILDING_FAILED, EMPTY = "G01", "F05"
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class OwnProfile:
    """A hub's own profile, or one that ships, with the Word template of its own if it names one, all read beforehand; none
    where a submission names what ships. `findings` say why it cannot be used."""

    profile: Profile | None
    template: HouseTemplate | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A submission to build: its name within the folder, the bytes of its file, the names of the files to be made, and all
    else that it depends on.

    `chosen` is the profile that the hub chose for all; without one, a submission has that which it names, `beside` by the name
    of its file where it is no shipped one. `parameters` and `template` take the place of those that it names. `key` identifies
    all of this.
    """

    name: str
    key: str
    content: bytes = field(repr=False)
    bid: str
    workbook: str
    chosen: OwnProfile | None = None
    beside: Mapping[str, OwnProfile] = field(default_factory=dict)
    parameters: str = ""
    template: HouseTemplate | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Product:
    """What came of a submission: its entry and both files, which are empty where it could not be built. It is `settled` unless
    something other than the submission stood in the way, so that building it again may end better."""

    entry: Entry
    bid: bytes = field(default=b"", repr=False)
    workbook: bytes = field(default=b"", repr=False)
    settled: bool = True


def product_of(job: Job) -> Product:
    """Builds a submission, as a draft where blockers stand in the way. Whatever goes wrong is told in its entry.

    One at a time in a process: threads of a cluster's worker would only wait for each other.
    """
    with _ONE_AT_A_TIME:
        try:
            return _built(job)
        except BizcaseError as error:
            return _could_not(job, error)
        except MemoryError:
            return failed(job, "building it takes more memory than it may", "look for what makes it so large")
        except Exception as problem:  # a bug of ours in one submission must not end the others
            return failed(job, f"building it failed ({type(problem).__name__})", "please report it, with this submission")


def failed(job: Job, message: str, hint: str, code: str = BUILDING_FAILED) -> Product:
    """What comes of a submission that could not be built, through no fault that could be found in it."""
    finding = Finding(Place(job.name), code, Severity.ERROR, message, hint)
    return Product(Entry(job.name, job.key, Outcome.FAILED, (finding,)), settled=False)


def _could_not(job: Job, error: BizcaseError) -> Product:
    return Product(Entry(job.name, job.key, Outcome.FAILED, error.findings))


def _built(job: Job) -> Product:
    """The product of a specification; that of a form, with what is wrong told by sheet and cell."""
    if PurePosixPath(job.name).suffix.casefold() != FORM_ENDING:
        return _made(job, decode(job.content, job.name))
    from bizcase.hub.form.read import read_form

    form = read_form(job.content, job.name)
    if not form.taken and not form.remarks:
        raise UnreadableFile(Finding(Place(job.name), EMPTY, Severity.ERROR, "nothing is filled in in this form",
                                     "take it out of the folder, or ask for the one with the answers"))
    try:
        product = _made(job, form.text, form.profile_text)
    except BizcaseError as error:
        product = _could_not(job, error)
    placed = [form.placed(found) if found.place.file == job.name else found for found in product.entry.findings]
    unread = [found for found in form.findings if found.severity is not Severity.ADVISORY]
    return replace(product, entry=replace(product.entry, findings=(*placed, *unread)))


def _made(job: Job, text: str, carried: str = "") -> Product:
    """Builds the text of a specification; `carried` is that of the profile's file, where a form carries it."""
    from bizcase.document.paging import left_to_word
    from bizcase.hub.comparing.valuing import entry_of
    from bizcase.review.sealing import sealed

    own = job.chosen or _own_profile(job, profile_file(text, job.name), carried)
    if own.findings:
        raise UnsoundProfile(*own.findings)
    case = open_case(text, job.name, own.profile or "", job.parameters)
    draft = bool(case.blockers)
    built = build(case, draft=draft, template=job.template or own.template)
    done = sealed(case, built, left_to_word(built.bid), draft=draft)
    return Product(entry_of(job.name, job.key, case, built, job.bid, job.workbook), done.bid, done.workbook)


def _own_profile(job: Job, name: str, carried: str) -> OwnProfile:
    """The profile that a submission names by its file: that beside it, else that which its form carries."""
    if name in job.beside:
        return job.beside[name]
    return OwnProfile(open_profile(carried, name, lambda _: False) if name and carried else None)


@cache
def program() -> str:
    """A digest of this program: its version, and all that ships with it and shows in what it makes."""
    paths = [path for name in ("schemas", "templates") for path in resources.folder(name).rglob("*") if path.is_file()]
    parts = [part for path in sorted(paths) for part in (path.name, path.read_bytes())]
    return key_of(__version__, *parts)


def key_of(*parts: str | bytes) -> str:
    """A digest of texts and bytes in their order: alike only if all of them are."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()
