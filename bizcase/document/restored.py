"""Gives back to a template what LibreOffice Writer leaves out or moves when it saves one.

Writer drops the tag of a content control, and often its alias too, but what the control holds says which value it is for.
It draws a control around several paragraphs into the first of them. What ends a page, a section or a field it writes into
the paragraph before, where a tag for whole paragraphs would take it away. `contents_restored` mends the contents.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from bizcase.document.contents_restored import restore_contents
from bizcase.document.finishing import CONTROL_ORDER, W, place, text_of

_NAME = r"[\w.]+"
_ALIAS = re.compile(rf"\{{\{{ ({_NAME})\.alias \}}\}}")
_VALUE = re.compile(rf"\{{\{{ ({_NAME}) \}}\}}")
_PARAGRAPHS = re.compile(rf"\{{%p for \w+ in ({_NAME})\.paragraphs %\}}")
_PARAGRAPH_TAG = re.compile(r"\s*\{%p (\w+)[^%]*%\}\s*")
_BEFORE_BREAK = tuple(f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines"))


def restore_lists(numbering: Any) -> None:
    """Puts the style of a level after its format of numbers, as the schema wants it."""
    for style in list(numbering.iter(f"{W}pStyle")):
        following = style.getnext()
        if following is not None and following.tag == f"{W}numFmt":
            following.addnext(style)


def restore(root: Any) -> None:
    """Mends a part in place; one that Writer has not saved stays as it is."""
    for section in list(root.iter(f"{W}sectPr")):
        if section.getparent().tag == f"{W}pPr" and section.getnext() is not None:
            section.getparent().append(section)
    for control in list(root.iter(f"{W}sdt")):
        _name(control)
        _widen(control)
    restore_contents(root)
    for paragraph in list(root.iter(f"{W}p")):
        if _PARAGRAPH_TAG.fullmatch(text_of(paragraph)):
            _free(paragraph)


def _name(control: Any) -> None:
    """Alias and tag for a control that lacks its tag and is known by its alias or, where Writer left nothing, by its text."""
    properties = control.find(f"{W}sdtPr")
    if properties is None or properties.find(f"{W}tag") is not None:
        return
    alias, held = properties.find(f"{W}alias"), text_of(control.find(f"{W}sdtContent"))
    if alias is not None:
        known = _ALIAS.fullmatch(alias.get(f"{W}val", ""))
    else:
        known = None if len(properties) else _VALUE.fullmatch(held) or _PARAGRAPHS.fullmatch(held)
    if not known:
        return
    for name in ("alias", "tag"):
        element = _child(properties, name)
        element.set(f"{W}val", f"{{{{ {known[1]}.{name} }}}}")
    for name in CONTROL_ORDER:
        if (element := properties.find(f"{W}{name}")) is not None:
            properties.remove(element)
            place(properties, element)


def _widen(control: Any) -> None:
    """Puts a control that holds nothing but the opening tag of a loop around the paragraphs of the loop."""
    paragraph, content = control.getparent(), control.find(f"{W}sdtContent")
    if paragraph is None or paragraph.tag != f"{W}p" or text_of(paragraph) != text_of(content):
        return
    last = _closing(paragraph) if _PARAGRAPH_TAG.fullmatch(text_of(content)) else None
    if last is None:
        return
    at, outer = paragraph.index(control), paragraph.getparent()
    paragraph[at:at + 1] = list(content)
    first = outer.index(paragraph)
    inside = outer[first:outer.index(last) + 1]
    outer.insert(first, control)
    content[:] = inside


def _closing(opening: Any) -> Any:
    """The paragraph with the tag that closes the one in this paragraph; None where there is none beside it."""
    depth = 0
    for element in (opening, *opening.itersiblings(f"{W}p")):
        tag = _PARAGRAPH_TAG.fullmatch(text_of(element))
        word = tag[1] if tag else ""
        depth += (word in ("for", "if")) - (word in ("endfor", "endif"))
        if depth == 0:
            return element
    return None


def _free(paragraph: Any) -> None:
    """Moves what ends a page, a section or a field from beside a tag for whole paragraphs to where it stood before."""
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    if section is not None:
        own = paragraph.makeelement(f"{W}p")
        paragraph.addnext(own)
        _child(own, "pPr").append(section)
    for following in islice((after for sibling in paragraph.itersiblings() for after in sibling.iter(f"{W}p")), 1):
        for element in list(paragraph.iter(f"{W}br", f"{W}fldChar")):
            if element.get(f"{W}type") == "page":
                element.getparent().remove(element)
                _begin_page(_child(following, "pPr"))
            elif element.get(f"{W}fldCharType") == "end":
                _child(following, "pPr").addnext(element.getparent())


def _begin_page(properties: Any) -> None:
    if properties.find(f"{W}pageBreakBefore") is None:
        element = properties.makeelement(f"{W}pageBreakBefore")
        properties.insert(sum(child.tag in _BEFORE_BREAK for child in properties), element)


def _child(parent: Any, name: str) -> Any:
    """The child of this name, made as the first where there is none."""
    found = parent.find(f"{W}{name}")
    if found is None:
        found = parent.makeelement(f"{W}{name}")
        parent.insert(0, found)
    return found
