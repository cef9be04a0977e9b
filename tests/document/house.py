"""Templates for tests: a small one as `make_template` makes it, changed as somebody in Word would, or somebody worse."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from xml.sax.saxutils import escape

from bizcase.archive import packed
from bizcase.document.lint import template_findings
from bizcase.document.stylesheet import House
from bizcase.document.template import make_template
from bizcase.errors import Finding
from bizcase.specification.profile import load_profile
from bizcase.specification.shape import load_shape

BODY, STYLES, HEADER, TYPES = "word/document.xml", "word/styles.xml", "word/header1.xml", "[Content_Types].xml"
LINKS = "word/_rels/document.xml.rels"
NAME = "house.docx"
SHAPE = load_shape()

_WHOLE = load_profile("ideas-den")
_PART = replace(_WHOLE.parts[0], sections=_WHOLE.parts[0].sections[:5])
SMALL = replace(_WHOLE, parts=(_PART,), required=tuple(
    path for path in _WHOLE.required if path.partition(".")[0] in ("summary", "problem", "innovation", "stakeholders")))
"""A profile of the first five sections: summary, problem, evidence, innovation and stakeholders."""

PROBLEM = SHAPE.section("problem").title


@cache
def small_template() -> bytes:
    return make_template(SMALL, SHAPE, House())


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(part: str, change: Callable[[str], str], template: bytes = b"") -> bytes:
    """A template with one part changed; the change must make a difference."""
    parts = parts_of(template or small_template())
    before = parts[part].decode()
    after = change(before)
    assert after != before, "the change finds nothing to change"
    return packed({**parts, part: after.encode()})


def replaced(part: str, old: str, new: str, template: bytes = b"") -> bytes:
    return changed(part, lambda text: text.replace(old, new, 1), template)


def with_part(name: str, content: bytes, template: bytes = b"") -> bytes:
    return packed({**parts_of(template or small_template()), name: content})


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def after_the_problem(xml: str, template: bytes = b"") -> bytes:
    """A template with XML after the heading of the section on the problem."""
    def insert(body: str) -> str:
        end = body.index("</w:p>", body.index(PROBLEM)) + len("</w:p>")
        return body[:end] + xml + body[end:]

    return changed(BODY, insert, template)


def with_paragraphs(*texts: str) -> bytes:
    return after_the_problem("".join(map(paragraph, texts)))


def findings(template: bytes) -> list[Finding]:
    return template_findings(template, NAME, SMALL, SHAPE)


def told(template: bytes) -> list[str]:
    """The findings as `T20 Problem, paragraph 1: …`, without their hints."""
    return [f"{found.code} {found.message}" for found in findings(template)]


def codes(template: bytes) -> list[str]:
    return [found.code for found in findings(template)]
