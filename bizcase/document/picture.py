"""A picture as a template prints it, and what the package needs for it to be seen: its parts and how they are related."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from xml.sax.saxutils import quoteattr

TYPES = "[Content_Types].xml"
_NO_RELATIONSHIPS = (b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
                     b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>')

Relationship = tuple[str, str, str]
"""Id, type and target; the target as seen from the folder of the part that points there."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the package: its name, such as `word/charts/cash_flow.xml`, its content, and what it points to in turn."""

    name: str
    content: bytes
    content_type: str
    relationships: tuple[Relationship, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Whole paragraphs or tables of WordprocessingML, with the parts they show. A template prints one with `{{p … }}`.

    The XML declares every namespace prefix that it uses, but for w and r. Ids and part names are the picture's own: no
    other picture and no template has them.
    """

    xml: str
    relationships: tuple[Relationship, ...] = ()
    parts: tuple[Part, ...] = ()

    def copy(self, number: int) -> Picture:
        """The same picture under other names: Word shows a chart part in one place only."""
        renamed = {posixpath.basename(part.name): _numbered(posixpath.basename(part.name), number) for part in self.parts}

        def moved(target: str) -> str:
            folder, _, name = target.rpartition("/")
            return posixpath.join(folder, renamed.get(name, name))

        def pointing(relationships: Iterable[Relationship]) -> tuple[Relationship, ...]:
            return tuple((name, kind, moved(target)) for name, kind, target in relationships)

        return Picture(self.xml, tuple((f"{name}_{number}", kind, target) for name, kind, target in pointing(self.relationships)),
                       tuple(replace(part, name=moved(part.name), relationships=pointing(part.relationships))
                             for part in self.parts))


def _numbered(name: str, number: int) -> str:
    stem, dot, ending = name.partition(".")
    return f"{stem}_{number}{dot}{ending}"


def clashes(parts: Mapping[str, bytes], main: str, pictures: Iterable[Picture]) -> str:
    """The id or the part name of a picture that the package already has; empty where there is none."""
    present = parts.get(_relationships_of(main), b"")
    for picture in pictures:
        for name, _, _ in picture.relationships:
            if f"Id={quoteattr(name)}".encode() in present:
                return name
        for part in picture.parts:
            if part.name in parts:
                return part.name
    return ""


def with_pictures(parts: Mapping[str, bytes], main: str, pictures: Iterable[Picture]) -> dict[str, bytes]:
    """The package with what these pictures need: their parts after its own, and the relationships of its main part."""
    made, shown = dict(parts), list(pictures)
    _relate(made, main, (found for picture in shown for found in picture.relationships))
    for part in (part for picture in shown for part in picture.parts):
        made[TYPES] = _typed(made[TYPES], part)
        made[part.name] = part.content
        _relate(made, part.name, part.relationships)
    return made


def _relationships_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relate(parts: dict[str, bytes], part: str, relationships: Iterable[Relationship]) -> None:
    added = "".join(map(_relationship, relationships))
    if added:
        name = _relationships_of(part)
        parts[name] = _before_the_end(parts.get(name, _NO_RELATIONSHIPS), "</Relationships>", added)


def _relationship(found: Relationship) -> str:
    name, kind, target = map(quoteattr, found)
    return f"<Relationship Id={name} Type={kind} Target={target}/>"


def _typed(types: bytes, part: Part) -> bytes:
    """The content types with that of a part: by its ending where the ending says it, or else by its name."""
    ending, kind = quoteattr(part.name.rpartition(".")[2]), quoteattr(part.content_type)
    by_ending = f"<Default Extension={ending} ContentType={kind}/>"
    if by_ending.encode() in types:
        return types
    if f"Extension={ending}".encode() not in types:
        return _before_the_end(types, "</Types>", by_ending)
    return _before_the_end(types, "</Types>", f"<Override PartName={quoteattr('/' + part.name)} ContentType={kind}/>")


def _before_the_end(xml: bytes, end: str, added: str) -> bytes:
    before, found, after = xml.rpartition(end.encode())
    return before + added.encode() + found + after
