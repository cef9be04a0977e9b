"""Renders a bid from a Word template. The only module that knows docxtpl and python-docx."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zipfile import BadZipFile

from docxtpl import DocxTemplate
from lxml import etree

from bizcase.archive import steady
from bizcase.document.sandbox import Sandbox, TemplateProblem
from bizcase.errors import Finding, Place, Severity, TemplateFault
from bizcase.specification.words import nearest

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIXED_TIME = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Properties:
    """What Word shows under File, Info."""

    title: str
    author: str
    subject: str


def render(template: bytes, name: str, context: Mapping[str, Any], properties: Properties) -> bytes:
    """The bid's bytes; the same input gives the same bytes.

    Raises TemplateFault when the template names something unknown, asks for something it may not have, or gives a
    document that is not whole.
    """
    document = _opened(template, name)
    try:
        document.render(dict(context), Sandbox(), autoescape=True)
    except TemplateProblem as problem:
        raise TemplateFault(_fault(name, f"the template cannot be rendered: {problem}", _hint(str(problem), context))) from None
    except (etree.XMLSyntaxError, ValueError) as problem:
        fault = _fault(name, f"the rendered text is not well formed: {problem}", "check the template's tags")
        raise TemplateFault(fault) from None
    body = document.docx.element.body
    _refuse_a_cut_end(name, document.last_paragraph, body)
    _number_controls_and_captions(body)
    core = document.docx.core_properties
    core.title, core.author, core.subject, core.language = properties.title, properties.author, properties.subject, "en-GB"
    core.created = core.modified = FIXED_TIME
    core.last_modified_by, core.revision = properties.author, 1
    buffer = io.BytesIO()
    document.docx.save(buffer)
    return steady(buffer.getvalue())


def _opened(template: bytes, name: str) -> _Bid:
    try:
        document = _Bid(io.BytesIO(template))
        document.init_docx()
    except (BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        raise TemplateFault(_fault(name, "this is not a Word template", "save it in Word as .docx")) from None
    return document


class _Bid(DocxTemplate):  # type: ignore[misc]
    """docxtpl, strict: what it would repair silently stops the build, and core properties are not templates."""

    last_paragraph = ""

    def get_xml(self) -> str:
        self.last_paragraph = _text_of(_paragraphs(self.docx.element.body)[-1])
        return str(super().get_xml())

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml)
        return super().fix_tables(xml)

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Nothing: `render` sets the properties itself, since docxtpl would run and double-escape them."""


def _paragraphs(body: Any) -> list[Any]:
    return list(body.iter(f"{W}p"))


def _text_of(paragraph: Any) -> str:
    return "".join(paragraph.itertext())


def _refuse_a_cut_end(name: str, wanted: str, body: Any) -> None:
    """The template's last paragraph and section properties must have survived: nothing after a value was lost."""
    last = body[-1]
    if last.tag != f"{W}sectPr" or ("{" not in wanted and _text_of(_paragraphs(body)[-1]) != wanted):
        raise TemplateFault(_fault(name, "the end of the template is missing from the rendered bid",
                                   "a value or a tag has cut the document short"))


def _number_controls_and_captions(body: Any) -> None:
    """Loops copy ids and caption numbers: make the ids of content controls unique, and count the captions."""
    for number, control in enumerate(body.iter(f"{W}sdt"), 1):
        properties = control.find(f"{W}sdtPr")
        identity = properties.find(f"{W}id") if properties is not None else None
        if identity is not None:
            identity.set(f"{W}val", str(number))
    count = 0
    for paragraph in body.iter(f"{W}p"):
        if any("SEQ Table" in (instruction.text or "") for instruction in paragraph.iter(f"{W}instrText")):
            count += 1
            _set_field_result(paragraph, str(count))


def _set_field_result(paragraph: Any, result: str) -> None:
    after_separator = False
    for element in paragraph.iter(f"{W}fldChar", f"{W}t"):
        if element.tag == f"{W}fldChar":
            after_separator = element.get(f"{W}fldCharType") == "separate"
        elif after_separator:
            element.text = result
            return


def _fault(name: str, message: str, hint: str) -> Finding:
    return Finding(Place(name), "E84", Severity.ERROR, message, hint)


def _hint(problem: str, context: Mapping[str, Any]) -> str:
    quoted = problem.split("'")
    known = {*context, *(key for value in context.values() if isinstance(value, Mapping) for key in value)}
    word = nearest(quoted[-2], known) if len(quoted) > 2 else ""
    return f"did you mean {word}?" if word else "names in a template are those of the specification"
