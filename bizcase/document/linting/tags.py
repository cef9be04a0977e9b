"""Finds the tags in a text: {{ what is printed }}, {% what is done %} and {# what is only a note #}."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bizcase.document.linting.told import Paragraph

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HALF = re.compile(r"\{[{%#]|[}%#]\}")
_KINDS = {"{{": "print", "{%": "statement", "{#": "note"}
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
LINK_TARGET = "hyperlink@anchor"
"""Where LibreOffice writes underscores for the spaces in a tag; they are read, and rendered, as spaces."""
TAKEN = "\x00"
"""What stands for a tag in a text from which the tags have been taken."""


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """A tag as it stands (`raw`) and what is in it; `prefix` says how much of the document it stands for (p, tr, tc, r)."""

    kind: str
    prefix: str
    body: str
    raw: str
    paragraph: Paragraph
    in_attribute: str = ""

    @property
    def keyword(self) -> str:
        """The word that a statement begins with."""
        return self.body.split(None, 1)[0] if self.kind == "statement" and self.body else ""

    @property
    def source(self) -> str:
        """The tag as Jinja reads it, on one line; nothing where there is nothing to run."""
        if self.kind == "note":
            return ""
        return f"{{% {self.body} %}}" if self.kind == "statement" else f"{{{{ {self.body} }}}}"


def tags_in(text: str, paragraph: Paragraph, in_attribute: str = "") -> list[tuple[int, Tag]]:
    """Each tag of a text with the position at which it begins."""
    return [(found.start(), _tag(found.group(), paragraph, in_attribute)) for found in _TAG.finditer(text)]


def _tag(raw: str, paragraph: Paragraph, in_attribute: str) -> Tag:
    inside = raw[2:-2]
    prefix = ""
    found = re.match(r"(p|tr|tc|r)\s", inside)
    if found:
        prefix, inside = found[1], inside[found.end():]
    elif in_attribute == LINK_TARGET:
        inside = re.sub(r"^_(.*)_$", r" \1 ", inside)
    body = inside[1:] if inside[:1] in ("-", "+") else inside
    body = body[:-1] if body[-1:] in ("-", "+") else body
    return Tag(_KINDS[raw[:2]], prefix, " ".join(body.translate(_QUOTES).split()), raw, paragraph, in_attribute)


def without_tags(text: str) -> str:
    """The text with a sign that nothing else uses in the place of each tag."""
    return _TAG.sub(TAKEN, text)


def has_loose_sign(text: str) -> bool:
    """Whether a text from which the tags were taken still holds half of one."""
    return _HALF.search(text) is not None
