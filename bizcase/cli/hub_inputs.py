"""Makes jobs of what stands in a hub's folder: everything that a submission depends on is read here, where the files are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bizcase.case import HouseTemplate, own_template
from bizcase.cli.files import read_bytes
from bizcase.cli.opening import known_parameters
from bizcase.cli.profiles import chosen_profile, read_profile_file
from bizcase.errors import BizcaseError, Finding, Place, Severity, TemplateFault, UnreadableFile
from bizcase.hub.batch.engine import limits
from bizcase.hub.batch.folder import Input, is_a_profile
from bizcase.hub.batch.job import Job, OwnProfile, key_of, program
from bizcase.specification.check import profile_file
from bizcase.specification.file_text import MAX_BYTES, decode
from bizcase.specification.profile import DEFAULT, Profile, load_profile
from bizcase.specification.shape import load_shape

NO_TEMPLATE = ("E02", "T01")
"""What is told of a file that is no Word template at all."""


class Jobs:
    """Makes the job of an input, with the profile, parameter set and template that were chosen for all.

    Raises BizcaseError where one of these cannot be used.
    """

    def __init__(self, profile: str, parameters: str, template: Path | None) -> None:
        self._chosen = _with_template(chosen_profile(profile)) if profile else None
        self._parameters = known_parameters(parameters)
        self._template = _usable(template, self._chosen) if template is not None else None
        self._read: dict[Path, OwnProfile] = {}

    def job(self, found: Input) -> Job:
        """The job of an input as its file is now. Raises UnreadableFile where it cannot be read."""
        content = _content(found)
        beside = {} if self._chosen else {path.name: self._own(path) for path in _profiles_of(found, content)}
        parts = [program(), found.name, found.bid, found.workbook, content, self._parameters, *_digested(self._template)]
        own = [("", self._chosen), *sorted(beside.items())] if self._chosen else sorted(beside.items())
        for name, profile in own:
            parts += [name, *_parts(profile)]
        return Job(found.name, key_of(*parts), content, found.bid, found.workbook, self._chosen, beside, self._parameters,
                   self._template)

    def _own(self, path: Path) -> OwnProfile:
        if path not in self._read:
            try:
                self._read[path] = _with_template(read_profile_file(path))
            except BizcaseError as error:
                self._read[path] = OwnProfile(None, None, error.findings)
        return self._read[path]


def _usable(template: Path, chosen: OwnProfile | None) -> HouseTemplate:
    """The house's template. Raises TemplateFault for what no bid of the chosen profile, or of any, can be built with: once, and
    not for each submission."""
    from bizcase.cli.template_commands import read_template
    from bizcase.document.lint import template_errors

    content = read_template(template)
    profile = chosen.profile if chosen is not None and chosen.profile is not None else load_profile(DEFAULT)
    faults = template_errors(content, str(template), profile, load_shape())
    stopping = [found for found in faults if chosen is not None or found.code in NO_TEMPLATE]
    if stopping:
        raise TemplateFault(*stopping)
    return HouseTemplate(str(template), content)


def _content(found: Input) -> bytes:
    most = limits().form if found.is_form else MAX_BYTES
    try:
        content, size = read_bytes(found.path, most)
    except UnreadableFile as error:
        told = error.findings[0]
        raise UnreadableFile(Finding(Place(found.name), told.code, told.severity, told.message, told.hint)) from None
    if found.is_form and size > most:
        raise UnreadableFile(Finding(Place(found.name), "E05", Severity.ERROR,
                                     f"the file holds {size:,} bytes; a filled form holds at most {most:,}",
                                     "is this the right file? Pictures have no place in it"))
    return content


def _profiles_of(found: Input, content: bytes) -> Iterator[Path]:
    """The files beside an input that may be its profile: that which a specification names; for a form, which tells its profile
    only once it has been read, all that there are."""
    if found.is_form:
        yield from (path for path in sorted(found.path.parent.iterdir()) if is_a_profile(path))
        return
    try:
        name = profile_file(decode(content, found.name), found.name)
    except BizcaseError:
        return
    beside = found.path.parent / name
    if name and beside.is_file() and not beside.is_symlink():
        yield beside


def _with_template(profile: Profile) -> OwnProfile:
    """A profile with its own Word template, read. Raises UnreadableFile."""
    try:
        return OwnProfile(profile, own_template(profile))
    except OSError as problem:
        raise UnreadableFile(Finding(Place(profile.template), "E01", Severity.ERROR,
                                     f"the file cannot be opened: {problem.strerror or problem}")) from None


def _parts(own: OwnProfile | None) -> list[str | bytes]:
    """What of a profile decides over what is built."""
    if own is None or own.profile is None:
        return [repr(own.findings) if own else ""]
    return [own.profile.name, own.profile.text, *_digested(own.template)]


def _digested(template: HouseTemplate | None) -> list[str | bytes]:
    return [template.content if template else b""]
