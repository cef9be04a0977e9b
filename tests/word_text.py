"""Reads a bid the simple way, independently of what wrote it: the text of its parts, paragraph by paragraph."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def paragraphs(content: bytes, name: str = "word/document.xml") -> list[str]:
    """The text of each paragraph, wherever it stands; breaks and tabs as line feeds and tabs."""
    return [text_of(paragraph) for paragraph in part(content, name).iter(f"{W}p")]


def text_of(element: Any) -> str:
    pieces = []
    for node in element.iter(f"{W}t", f"{W}br", f"{W}tab"):
        if node.tag == f"{W}t":
            pieces.append(node.text or "")
        elif node.getparent().tag == f"{W}r":
            pieces.append("\t" if node.tag == f"{W}tab" else "\n")
    return "".join(pieces)


def story(content: bytes) -> str:
    """All text of the body in one line, white space made single."""
    return single_spaced(" ".join(paragraphs(content)))


def single_spaced(text: str) -> str:
    return " ".join(text.split())


def controls(content: bytes) -> dict[str, tuple[str, str]]:
    """Each content control by its tag: (alias, text)."""
    found = {}
    for control in part(content).iter(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        tag, alias = (properties.find(f"{W}{name}").get(f"{W}val") for name in ("tag", "alias"))
        found[tag] = (alias, text_of(control.find(f"{W}sdtContent")))
    return found


def outline(content: bytes) -> str:
    """The bid as plain text for people to compare: styles before paragraphs, tables by row."""
    lines: list[str] = []
    for element in part(content).find(f"{W}body").iter(f"{W}p", f"{W}tr"):
        if element.tag == f"{W}tr":
            cells = [" / ".join(text_of(p) for p in cell.iter(f"{W}p")) for cell in element.iter(f"{W}tc")]
            lines.append("| " + " | ".join(cells))
        elif not any(ancestor.tag == f"{W}tc" for ancestor in element.iterancestors()):
            style = element.find(f"{W}pPr/{W}pStyle")
            text = text_of(element)
            if text:
                lines.append(f"{style.get(f'{W}val') if style is not None else 'Normal'}: {text}")
    return "\n".join(lines) + "\n"
