"""Mends a table of contents that LibreOffice Writer has saved.

Writer begins a paragraph of its own where the field of the contents begins, wraps the rest in a control, makes text of the
fields of page numbers, writes underscores for spaces in the targets of links, and draws neighbouring runs together.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from bizcase.document.finishing import W, text_of

_OPENING = re.compile(r"\{%r if [^%]*%\}")
_NOTHING_BETWEEN = re.compile(r"(\{%r if [^%]*%\})(\{%r endif %\})")
_TARGET = re.compile(r"\{\{_(.+)_\}\}")
_PAGE = (("fldChar", "begin"), ("instrText", ""), ("fldChar", "separate"), ("t", "0"), ("fldChar", "end"))


def restore_contents(root: Any) -> None:
    """Mends a part in place; contents that Writer has not saved stay as they are."""
    for control in list(root.iter(f"{W}sdt")):
        if control.find(f"{W}sdtPr/{W}docPartObj") is not None and "{%" in text_of(control):
            _unwrap(control)
    for link in root.iter(f"{W}hyperlink"):
        target = _TARGET.fullmatch(link.get(f"{W}anchor", ""))
        if target:
            link.set(f"{W}anchor", f"{{{{ {target[1]} }}}}")
            _point(link)


def _unwrap(control: Any) -> None:
    """Takes a control off its paragraphs, and joins the first of them to the paragraph it was cut from."""
    before, paragraphs = control.getprevious(), list(control.find(f"{W}sdtContent"))
    for paragraph in paragraphs:
        control.addprevious(paragraph)
    control.getparent().remove(control)
    if before is not None and before.tag == f"{W}p" and _OPENING.fullmatch(text_of(before)):
        first = paragraphs[0]
        before.extend(child for child in list(first) if child.tag != f"{W}pPr")
        first.getparent().remove(first)
        _part_runs(before)


def _part_runs(paragraph: Any) -> None:
    """Puts the end of a field back between the two tags that Writer has drawn together before it."""
    for run in list(paragraph.iterchildren(f"{W}r")):
        text, following = run.find(f"{W}t"), run.getnext()
        tags = _NOTHING_BETWEEN.fullmatch(text_of(run))
        if tags and text is not None and following is not None and following.find(f"{W}fldChar") is not None:
            closing = copy.deepcopy(run)
            text.text, closing.find(f"{W}t").text = tags[1], tags[2]
            following.addnext(closing)


def _point(link: Any) -> None:
    """Makes the page number at the end of a line of contents a field again."""
    run = next(link.iterchildren(f"{W}r", reversed=True), None)
    if run is None or len(run) < 2 or run[-1].text != "0" or run[-2].tag != f"{W}tab":
        return
    run.remove(run[-1])
    for name, kind in _PAGE:
        made = run.makeelement(f"{W}r")
        part = made.makeelement(f"{W}{name}")
        made.append(part)
        if name == "fldChar":
            part.set(f"{W}fldCharType", kind)
        else:
            part.text = kind or f" PAGEREF {link.get(f'{W}anchor')} \\h "
        link.append(made)
