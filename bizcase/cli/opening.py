"""Opens a specification's file for a command, and says how to build it."""

from __future__ import annotations

from pathlib import Path

from bizcase.case import Case, open_case
from bizcase.cli.files import quoted, read_text, refusal
from bizcase.cli.profiles import chosen_profile, profile_beside
from bizcase.specification.parameters import parameter_set_names
from bizcase.specification.words import listed, nearest


def build_command(file: Path, profile: str, parameters: str, template: Path | None = None) -> str:
    """How to build what was opened: the command as it can be typed."""
    options = (("profile", profile), ("parameters", parameters), ("template", template))
    chosen = [f" --{option} {quoted(value)}" for option, value in options if value]
    return f"bizcase build {quoted(file)}{''.join(chosen)}"


def opened(file: Path, profile: str, parameters: str) -> Case:
    """The checked specification of a file, with the profile and the parameter set given, else with those it names."""
    text = read_text(file)
    return open_case(text, str(file), chosen_profile(profile) if profile else profile_beside(file, text),
                     known_parameters(parameters))


def known_parameters(name: str) -> str:
    """The name of a parameter set given on the command line, if there is one or none was given. Raises BizcaseError."""
    names = parameter_set_names()
    if name and name not in names:
        word = nearest(name, names)
        raise refusal("", f"there is no parameter set {name!r}; there are: {listed(names)}",
                      f"did you mean {word}?" if word else "", "E90")
    return name
