"""Looks at a template's file before any library opens it: is it a Word file, and is it safe to read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from bizcase.document.linting.told import told
from bizcase.errors import Finding
from bizcase.strangers import DAMAGED, Trap, elements_of, is_xml, oddities

MOST_BYTES = 20_000_000
MOST_ELEMENTS = 200_000

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TEMPLATE = f"{_WORD}.template.main+xml"
_LEGACY, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "an old or encrypted Office file"
_HOW_TO_SAVE = "open it in Word and save it as a Word document (.docx)"


def opened(template: bytes, name: str) -> tuple[dict[str, bytes], list[Finding]]:
    """The parts of a template by name, or no parts and the reasons why it must not be opened."""
    if not template.startswith(b"PK\x03\x04"):
        what = _ENCRYPTED if template.startswith(_LEGACY) else "empty" if not template else "not a Word file"
        return {}, [told(name, None, "T01", f"this is {what}", _HOW_TO_SAVE)]
    if len(template) > MOST_BYTES:
        return {}, [told(name, None, "T02", f"the file has {len(template):,} bytes; a template has at most {MOST_BYTES:,}",
                         "make its pictures smaller")]
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            reasons = list(oddities(archive.infolist()))
            parts = {} if reasons else {entry.filename: archive.read(entry) for entry in archive.infolist()
                                        if not entry.is_dir()}
    except DAMAGED:
        return {}, [told(name, None, "T01", "this is not a Word file, or it is damaged", _HOW_TO_SAVE)]
    reasons += list(_of_the_parts(parts))
    if reasons:
        return {}, [told(name, None, "T02", reason, "make it again from a template that you trust") for reason in reasons]
    return _if_word(parts, name)


def _of_the_parts(parts: dict[str, bytes]) -> Iterator[str]:
    count = 0
    for name, content in parts.items():
        if is_xml(name):
            try:
                count += elements_of(name, content, start=_no_tag_in_a_name, unseen=_no_tag)
            except Trap as trap:
                yield trap.told
    if count > MOST_ELEMENTS:
        yield f"the file holds {count:,} elements; a template has at most {MOST_ELEMENTS:,}"


def _no_tag_in_a_name(_: str, attributes: dict[str, str]) -> None:
    """Refuses what a reader of the template could not see."""
    for key, value in attributes.items():
        if key.startswith("xmlns"):
            _no_tag(value)


def _no_tag(text: str) -> None:
    if "{" in text:
        raise Trap("holds a tag where nobody can see it")


def _if_word(parts: dict[str, bytes], name: str) -> tuple[dict[str, bytes], list[Finding]]:
    """The parts if they make a Word document that Word would open as one."""
    types = content_types(parts)
    if parts_of(parts, "document.main"):
        return parts, []
    if _TEMPLATE in types.values():
        return {}, [told(name, None, "T01", "this is saved as a Word template (.dotx)", _HOW_TO_SAVE)]
    if any("macroEnabled" in kind for kind in types.values()):
        return {}, [told(name, None, "T03", "this is a Word file with macros, whatever its name ends in", _HOW_TO_SAVE)]
    return {}, [told(name, None, "T01", "this is not a Word document", _HOW_TO_SAVE)]


def parts_of(parts: Mapping[str, bytes], kind: str) -> list[str]:
    """The names of the parts of a Word kind ("document.main", "header", "styles"), in order."""
    return sorted(name for name, found in content_types(parts).items() if found == f"{_WORD}.{kind}+xml" and name in parts)


def content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The content type of each part that declares its own."""
    content = parts.get("[Content_Types].xml")
    if content is None:
        return {}
    return {element.get("PartName", "").lstrip("/"): element.get("ContentType", "")
            for element in ElementTree.fromstring(content) if element.tag.endswith("}Override")}
