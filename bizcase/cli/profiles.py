"""Finds a hub's own profile: by its file, or beside the specification that names it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bizcase.case import open_profile
from bizcase.cli.files import read_text, refusal
from bizcase.specification.check import is_profile_file, profile_file
from bizcase.specification.profile import Profile, load_profile, profile_names
from bizcase.specification.words import listed, nearest


def chosen_profile(given: str) -> Profile:
    """The profile given on the command line: a shipped one by its name, or a hub's own by its file."""
    if is_profile_file(given):
        return read_profile_file(Path(given))
    if given not in profile_names():
        word = nearest(given, profile_names())
        raise refusal("", f"there is no profile {given!r}; there are: {listed(profile_names())}",
                      f"did you mean {word}?" if word else "", "E26")
    return load_profile(given)


def profile_beside(file: Path, text: str) -> Profile | str:
    """The profile that a specification names by a file of its folder; "" where it names none, or there is no such file."""
    name = profile_file(text, str(file))
    return read_profile_file(file.parent / name) if name and (file.parent / name).is_file() else ""


def read_profile_file(file: Path) -> Profile:
    """A hub's own profile. Raises UnsoundProfile with all that is wrong with it, and UnreadableFile."""
    profile = open_profile(read_text(file), str(file), lambda name: (file.parent / name).is_file())
    template = str(file.parent / profile.template) if profile.template.lower().endswith(".docx") else profile.template
    return replace(profile, name=file.name, template=template)
