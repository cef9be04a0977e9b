"""The parts of a Word file as XML trees: parsed strictly, found by their relationships, written back."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
_VAL = f"{W}val"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = f"{PACKAGE}/relationships/metadata/core-properties"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VML = "{urn:schemas-microsoft-com:vml}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def parsed(content: bytes) -> Any:
    """The root of a part. Raises ValueError where it is not well formed or declares entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise ValueError(str(problem)) from None
    if cast(Any, root.getroottree().docinfo).doctype:
        raise ValueError("it declares a document type")
    return root


def serialised(root: Any) -> bytes:
    """A part's bytes, as Office writes them."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def element(name: str, /, **attributes: str) -> Any:
    """A new element of WordprocessingML with its attributes."""
    return etree.Element(W + name, {W + key: value for key, value in attributes.items()}, nsmap={"w": MAIN})


def related(parts: Mapping[str, bytes], source: str, kind: str) -> list[str]:
    """The names of the parts that a part points at with a relationship of this type; "" is the package itself."""
    folder, name = posixpath.split(source)
    links = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if links is None:
        return []
    found = (posixpath.normpath(posixpath.join("/", folder, link.get("Target") or "")).lstrip("/")
             for link in parsed(links).iter(f"{{{PACKAGE}/relationships}}Relationship")
             if link.get("Type") == kind and link.get("TargetMode") != "External")
    return [target for target in found if target in parts]


def targets(parts: Mapping[str, bytes], source: str) -> dict[str, str]:
    """What the ids of a part's relationships point at within the file; those that lead out of it are left out."""
    folder, name = posixpath.split(source)
    links = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if links is None:
        return {}
    return {link.get("Id") or "": posixpath.normpath(posixpath.join("/", folder, link.get("Target") or "")).lstrip("/")
            for link in parsed(links).iter(f"{{{PACKAGE}/relationships}}Relationship") if link.get("TargetMode") != "External"}


def main_part(parts: Mapping[str, bytes]) -> str:
    """The name of the part with the text; "" where there is none."""
    return next(iter(related(parts, "", f"{OFFICE}/officeDocument")), "")


def edges(parts: Mapping[str, bytes]) -> list[str]:
    """The names of the headers and footers."""
    return [name for kind in ("header", "footer") for name in related(parts, main_part(parts), f"{OFFICE}/{kind}")]


def val(holder: Any, path: str, default: str = "") -> str:
    """The `w:val` of what stands at a path below an element (`pPr/pStyle`), or the default where it is not there."""
    found = _below(holder, _steps(path)) if holder is not None else None
    return default if found is None else str(found.get(_VAL, default))


def child(holder: Any, name: str) -> Any:
    """The first child of an element with a name in WordprocessingML; None where there is none. Twice as quick as `find`."""
    return next(holder.iterchildren(W + name), None)


def _below(holder: Any, steps: tuple[str, ...]) -> Any:
    """The first element that these steps lead to."""
    for found in holder.iterchildren(steps[0]):
        if len(steps) == 1:
            return found
        if (deeper := _below(found, steps[1:])) is not None:
            return deeper
    return None


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(W + step for step in path.split("/"))


def is_on(holder: Any, name: str) -> bool | None:
    """What a switch such as `b` says among the properties of an element; nothing where it is not there."""
    found = child(holder, name) if holder is not None else None
    return None if found is None else found.get(_VAL, "true") not in ("0", "false", "off", "none")
