"""How long a bid's free texts are, against the word limits of its profile. Tables, captions and pictures do not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bizcase.errors import Finding, Severity
from bizcase.specification.profile import Part, Profile, Shown
from bizcase.specification.project import Project
from bizcase.specification.shape import Field, Section, Shape
from bizcase.specification.source import Source
from bizcase.specification.word_count import count_words

WHOLE_BID = "the whole bid"
"""How a part without a title is called."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a limit is about: a part by its title, or a section in a part; `section` is where most of its words stand."""

    title: str
    section: str
    words: int
    limit: int
    of_part: bool

    @property
    def over(self) -> int:
        """By how many words it is too long; 0 where it is not."""
        return max(0, self.words - self.limit)

    @property
    def text(self) -> str:
        return f"{self.words:,} of {self.limit:,} words"


def limits_of(project: Project, shape: Shape) -> tuple[Counted, ...]:
    """Every limit of the project's profile with the words there are, in the order of the bid: a part, then its sections."""
    profile = project.profile
    return tuple(counted for part in (*profile.parts, *profile.annexes) for counted in _of_part(part, project, shape))


def limit_texts(project: Project, shape: Shape) -> dict[str, str]:
    """The same as "312 of 400 words", by the title of a part and the name of a section.

    A section that is limited in several parts stands under its name for the first of them, and under "title: name" for each.
    """
    texts: dict[str, str] = {}
    for part in (*project.profile.parts, *project.profile.annexes):
        for counted in _of_part(part, project, shape):
            names = (part.title,) if counted.of_part else (counted.section, f"{part.title}: {counted.section}")
            for name in names:
                texts.setdefault(name, counted.text)
    return texts


def limit_findings(project: Project, source: Source, shape: Shape) -> list[Finding]:
    """What is too long. It does not stop a build: some funders cut off what is over, others accept a few words more."""
    return [Finding(source.key_place((counted.section,)), "A16", Severity.MAJOR,
                    f"{_words(counted.words)}, {counted.over:,} over the limit of {counted.limit:,} ({counted.title})",
                    "shorten the text; tables, captions and pictures do not count")
            for counted in limits_of(project, shape) if counted.over]


def _words(number: int) -> str:
    return f"{number:,} word{'' if number == 1 else 's'}"


def _of_part(part: Part, project: Project, shape: Shape) -> Iterator[Counted]:
    counts = [_words_shown(shown, project, shape) for shown in part.sections]
    if part.limit is not None:
        longest = max(range(len(counts)), key=counts.__getitem__)
        yield Counted(part.title or WHOLE_BID, part.sections[longest].section, sum(counts), part.limit, True)
    for shown, words in zip(part.sections, counts, strict=True):
        if shown.limit is not None:
            title = shape.section(shown.section).title
            yield Counted(f"{part.title}: {title}" if part.title else title, shown.section, words, shown.limit, False)


def _words_shown(shown: Shown, project: Project, shape: Shape) -> int:
    section = shape.section(shown.section)
    content = project.section(section.name)
    return sum(_words_in(field, content.get(field.name)) for field in fields_shown(shown, section, project.profile))


def fields_shown(shown: Shown, section: Section, profile: Profile) -> tuple[Field, ...]:
    """The fields of a section that an entry of a part prints: those it names, or else all that no other entry names."""
    if shown.blocks:
        return tuple(field for name in shown.blocks for field in section.fields if field.name == name)
    elsewhere = {name for part in (*profile.parts, *profile.annexes) for other in part.sections
                 if other.section == section.name for name in other.blocks}
    return tuple(field for field in section.fields if field.name not in elsewhere)


def _words_in(field: Field, content: Any) -> int:
    """The words of a free text, also of those inside a group of fields; rows are printed as tables and do not count."""
    if field.is_narrative and isinstance(content, str):
        return count_words(content)
    if field.is_group and isinstance(content, Mapping):
        return sum(_words_in(inner, content.get(inner.name)) for inner in field.fields)
    return 0
