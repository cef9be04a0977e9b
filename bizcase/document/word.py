"""Renders a bid from a Word template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from bizcase.archive import packed
from bizcase.document.compiled import AUTHOR, SUBJECT, TITLE, Compiled, NotATemplate, NotWhole, compiled, parsed, written
from bizcase.document.finishing import W, finish, inside_text, last_paragraph, points_to, shown, text_of
from bizcase.document.picture import Picture, clashes, with_pictures
from bizcase.document.sandbox import TemplateProblem
from bizcase.errors import Finding, Place, Severity, TemplateFault
from bizcase.specification.words import nearest


@dataclass(frozen=True, slots=True)
class Properties:
    """What Word shows under File, Info."""

    title: str
    author: str
    subject: str


def render(template: bytes, name: str, context: Mapping[str, Any], properties: Properties) -> bytes:
    """The bid's bytes; the same input gives the same bytes. A template that was rendered before is not read again.

    The pictures in context["picture"], by name, bring their parts with them where the template prints them.

    Raises TemplateFault when the template names something unknown, asks for something it may not have, or gives a
    document that is not whole.
    """
    try:
        ready = compiled(template)
        roots = {piece.name: piece.rendered(context) for piece in ready.pieces}
        core = _core(ready.parts[ready.core], properties)
    except NotATemplate:
        raise _fault(name, "this is not a Word template", "save it in Word as .docx") from None
    except NotWhole as problem:
        raise _fault(name, f"the rendered text is not well formed: {problem}", "check the template's tags") from None
    except TemplateProblem as problem:
        raise _fault(name, f"the template cannot be rendered: {problem}", _hint(str(problem), context)) from None
    body, *others = roots.values()
    _refuse_a_cut_end(name, ready.end, body)
    given = {key: picture for key, picture in context.get("picture", {}).items() if picture is not None}
    pictures = _pictures(name, body, others, given, ready) if given else []
    finish([body, *others])
    made = {part: written(root) for part, root in roots.items()}
    return packed(with_pictures({**ready.parts, **made, ready.core: core}, ready.pieces[0].name, pictures))


def _core(kept: bytes, properties: Properties) -> bytes:
    for sign, text in ((TITLE, properties.title), (AUTHOR, properties.author), (SUBJECT, properties.subject)):
        kept = kept.replace(sign.encode(), escape(text).encode(errors="surrogatepass"))
    return written(parsed(kept))


def _refuse_a_cut_end(name: str, wanted: str, root: Any) -> None:
    """The template's last paragraph and section properties must have survived: nothing after a value was lost."""
    body = root.find(f"{W}body")
    whole = body is not None and len(body) and body[-1].tag == f"{W}sectPr"
    if not whole or ("{" not in wanted and _letters(text_of(last_paragraph(body))) != _letters(wanted)):
        raise _fault(name, "the end of the template is missing from the rendered bid",
                     "a value or a tag has cut the document short")


def _letters(text: str) -> str:
    """Without white space, since line breaks of a template become elements."""
    return "".join(text.split())


def _pictures(name: str, body: Any, others: list[Any], pictures: Mapping[str, Picture], ready: Compiled) -> list[Picture]:
    """The pictures that the body shows. Raises TemplateFault where one stands where Word cannot show it."""
    if inside_text(body):
        raise _fault(name, "a picture stands inside a line of text",
                     "give it a paragraph of its own: {{p picture.name }}")
    if any(points_to(other, pictures) for other in others):
        raise _fault(name, "a picture stands in a header, footer or footnote", "print it in the body")
    found = shown(body, pictures)
    clash = clashes(ready.parts, ready.pieces[0].name, found)
    if clash:
        raise _fault(name, f"the template already holds a picture called {clash}",
                     "start from a template, not from a finished bid")
    return found


def _fault(name: str, message: str, hint: str) -> TemplateFault:
    return TemplateFault(Finding(Place(name), "E84", Severity.ERROR, message, hint))


def _hint(problem: str, context: Mapping[str, Any]) -> str:
    quoted = problem.split("'")
    known = {*context, *(key for value in context.values() if isinstance(value, Mapping) for key in value)}
    word = nearest(quoted[-2], known) if len(quoted) > 2 else ""
    return f"did you mean {word}?" if word else "names in a template are those of the specification"
