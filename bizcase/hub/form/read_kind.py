"""Which kind of bid a form is for, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bizcase.case import open_profile
from bizcase.errors import BizcaseError, Finding, Place, Severity
from bizcase.hub.form.answers import folded
from bizcase.hub.form.keys import Keys, from_texts
from bizcase.hub.form.questions import Form, form_of
from bizcase.provenance import digest_of
from bizcase.specification.check import is_profile_file
from bizcase.specification.profile import Profile, load_profile, profile_names
from bizcase.specification.shape import load_shape
from bizcase.workbook.embedded import TITLE, texts_of
from bizcase.workbook.typed import TypedSheet, address

UNKNOWN_KIND, OTHER_VERSION = "F03", "F04"


@dataclass(frozen=True, slots=True)
class Kind:
    """The form as it would be written now, the name of its profile for a specification, what the form carries itself, and what
    is told of that."""

    form: Form
    profile: str
    keys: Keys
    findings: tuple[Finding, ...]


def kind_of(sheets: Sequence[TypedSheet], name: str) -> Kind:
    """The kind of form that these sheets are; where nothing is left that says so, the one whose questions fit best."""
    keys = from_texts(texts_of(_hidden(sheets)))
    if keys is None:
        profile = _best(sheets)
        return Kind(form_of(profile), profile.name, Keys("", profile.name, "", "", ()), ())
    found, wanted = _profile(keys)
    findings = []
    if found is None:
        findings.append(Finding(Place(name), UNKNOWN_KIND, Severity.MAJOR,
                                f"the form is for the profile {keys.profile}, which is not known here",
                                "name another in the specification, or put the file of that one beside it"))
    if keys.schema != digest_of([field.path for field in load_shape().walk()])[:16]:
        findings.append(Finding(Place(name), OTHER_VERSION, Severity.ADVISORY,
                                f"the form was written by version {keys.version}, whose questions differ; each answer is placed "
                                "by its key or its words", "look through the specification, and go on in a new form"))
    return Kind(form_of(found or load_profile(profile_names()[0])), wanted, keys, tuple(findings))


def _hidden(sheets: Iterable[TypedSheet]) -> Mapping[str, object]:
    return {address(*at): cell.value for sheet in sheets if sheet.title == TITLE for at, cell in sheet.cells}


def _profile(keys: Keys) -> tuple[Profile | None, str]:
    """The profile of a form, nothing where it is not to be had, and its name in a specification."""
    if keys.profile in profile_names():
        return load_profile(keys.profile), keys.profile
    name = keys.profile if is_profile_file(keys.profile) else f"{keys.profile}.yaml"
    try:
        return (open_profile(keys.profile_text, name, lambda _: True) if keys.profile_text else None), name
    except BizcaseError:
        return None, name


def _best(sheets: Sequence[TypedSheet]) -> Profile:
    """The shipped profile that asks the most of what stands on these sheets, and the least beside it."""
    there = {folded(cell.value) for sheet in sheets for _, cell in sheet.cells if isinstance(cell.value, str)}

    def fit(name: str) -> float:
        form = form_of(load_profile(name))
        labels = {*(folded(question.label) for question in form.questions), *(folded(table.label) for table in form.tables)}
        return len(labels & there) / len(labels | {""})

    return load_profile(max(profile_names(), key=fit))
