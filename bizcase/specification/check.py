"""Reads and checks one specification: text in, a project and all findings out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bizcase.appraisal.parameters import ParameterSet
from bizcase.errors import Finding, Severity, in_reading_order
from bizcase.specification.consistency import inconsistencies
from bizcase.specification.inputs import appraisal_inputs
from bizcase.specification.left_in import examples_left_in
from bizcase.specification.parameters import load_parameters, parameter_set_names
from bizcase.specification.profile import DEFAULT, Profile, load_profile, profile_names
from bizcase.specification.project import Project, make_project
from bizcase.specification.references import ids_by_list, repeated_ids
from bizcase.specification.shape import Rules, Shape, load_shape
from bizcase.specification.source import FieldPath, Source, read
from bizcase.specification.validate import after_a_comma, shape_findings
from bizcase.specification.values import faults_of
from bizcase.specification.walk import fields_with_values, is_there, without_blanks
from bizcase.specification.words import listed, nearest, shown

MISSING = "E21"
_MAY_NAME_A_FILE = re.compile(r"profile[\"']?\s*:.{0,300}\.ya?ml")
_NEEDS_THE_WHOLE_TEXT = {MISSING, "E41"}
"""What cannot be told where a part of the text was not taken over."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking. `project` is None while there are errors; missing fields alone leave a project to draft."""

    source: Source
    project: Project | None
    findings: tuple[Finding, ...]


def check_text(text: str, name: str, profile: Profile | str = "", parameter_set: str = "") -> Checked:
    """Checks a specification's text, against the profile and the parameter set it names unless others are given.

    A profile is given by the name of a shipped one or as a value; one that the specification names by its file must be given
    as a value, since nothing is read here. A set that is given takes the place of the one in the specification, so that bid
    and workbook name the one that was used.
    Raises UnreadableFile for a text that passes the bounds of `source`, and KeyError for an unknown profile or set.
    """
    return check_source(*read(text, name), profile, parameter_set)


def check_source(source: Source, about_the_text: list[Finding], profile: Profile | str = "", parameter_set: str = "") -> Checked:
    """Checks a specification that has been read, as `check_text` does; `about_the_text` is what is wrong with it as text."""
    shape = load_shape()
    data: Rules = without_blanks(source.data, shape)
    chosen, about_profile = _profile(data, source, profile)
    findings = about_the_text + about_profile + _bare_names(data, source)
    of_the_shape = shape_findings(data, source, shape, chosen, ids_by_list(data, shape))
    findings += [f for f in of_the_shape if source.whole or f.code not in _NEEDS_THE_WHOLE_TEXT]
    if about_profile:
        findings = [f for f in findings if f.severity is not Severity.BLOCKER]
    findings += _value_findings(data, source, shape) + examples_left_in(data, source, shape)
    findings += repeated_ids(data, source, shape)
    if parameter_set and parameter_set not in parameter_set_names():
        raise KeyError(parameter_set)
    if parameter_set and isinstance(data.get("appraisal", {}), dict):
        data["appraisal"] = {**data.get("appraisal", {}), "parameters": parameter_set}
    findings += _parameter_findings(data, source)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Checked(source, None, tuple(in_reading_order(findings)))
    parameters = load_parameters(parameter_set or data.get("appraisal", {}).get("parameters", chosen.parameters))
    disagreements = (inconsistencies(data, source, appraisal_inputs(data, parameters), chosen.currency)
                     + _bias_findings(data, source, parameters))
    project = None if disagreements else make_project(data, chosen, parameters)
    return Checked(source, project, tuple(in_reading_order(findings + disagreements)))


def profile_file(text: str, name: str) -> str:
    """The file that a specification's text names as its profile, which stands beside it; empty where it names none."""
    if not _MAY_NAME_A_FILE.search(text):
        return ""
    found = read(text, name)[0].data.get("profile")
    return found if isinstance(found, str) and is_profile_file(found) and not re.search(r"[\\/:]", found) else ""


def is_profile_file(name: str) -> bool:
    """Whether a profile is named by its file."""
    return name.endswith((".yaml", ".yml"))


def _profile(data: Rules, source: Source, given: Profile | str) -> tuple[Profile, list[Finding]]:
    if isinstance(given, Profile):
        return given, []
    name = given or data.get("profile", DEFAULT)
    if name in profile_names():
        return load_profile(name), []
    if given:
        raise KeyError(given)
    if isinstance(name, str) and is_profile_file(name):
        return load_profile(DEFAULT), [Finding(
            source.place(("profile",)), "E26", Severity.ERROR, f"there is no file {shown(name)} beside the specification",
            "the file of a profile stands in the folder of the specification; write its name without a folder")]
    return load_profile(DEFAULT), [_unknown(source, ("profile",), "E26", name, profile_names())]


def _bare_names(data: Rules, source: Source) -> list[Finding]:
    """What stood after a comma in text without quotes and happens to be the name of a field, so that it looks left blank."""
    return [Finding(source.key_place(path), "E20", Severity.ERROR, *after_a_comma(path))
            for path in source.bare if not is_there(data, path)]


def _parameter_findings(data: Rules, source: Source) -> list[Finding]:
    appraisal = data.get("appraisal")
    name = appraisal.get("parameters") if isinstance(appraisal, dict) else None
    if not isinstance(name, str) or name in parameter_set_names():
        return []
    return [_unknown(source, ("appraisal", "parameters"), "E90", name, parameter_set_names())]


def _bias_findings(data: Rules, source: Source, parameters: ParameterSet) -> list[Finding]:
    """Kinds of project for which the parameter set knows no uplift, so that the cost would go without one."""
    known = tuple(bias.name for bias in parameters.optimism_bias)
    return [_unknown(source, ("resources", "costs", index, "optimism_bias", "category"), "E23", bias["category"], known)
            for index, row in enumerate(data.get("resources", {}).get("costs", ()))
            if (bias := row.get("optimism_bias", {})).get("category", known[0]) not in known and "rate" not in bias]


def _unknown(source: Source, path: FieldPath, code: str, name: object, known: tuple[str, ...]) -> Finding:
    word = nearest(str(name), known)
    return Finding(source.place(path), code, Severity.ERROR, f"{path[-1]} is '{shown(name)}'; there are: {listed(known)}",
                   f"did you mean {word}?" if word else "")


def _value_findings(data: Rules, source: Source, shape: Shape) -> list[Finding]:
    findings = []
    for path, field, value in fields_with_values(data, shape):
        for fault in faults_of(value, field):
            place = (source.key_place if fault.about_the_key else source.place)((*path, *fault.steps))
            findings.append(Finding(place, fault.code, Severity.ERROR, fault.message, fault.hint))
    return findings
