"""Templates: the shipped ones are made from the shape, a fault is told with its name, and no template can do harm."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from markupsafe import Markup

from bizcase import resources
from bizcase.archive import packed
from bizcase.document.markup import line
from bizcase.document.package_parts import package_parts
from bizcase.document.stylesheet import House
from bizcase.document.template import CLOSING, make_template
from bizcase.document.value import value
from bizcase.document.word import Properties, render
from bizcase.errors import TemplateFault
from bizcase.specification.profile import load_profile, profile_names
from bizcase.specification.shape import load_shape
from tests.word_text import paragraphs

PROPERTIES = Properties("A title", "An author", "A subject")
CONTEXT: dict[str, Any] = {
    "document": {"title": value("A title", "document.title", "Title"), "organisation": value("A trust", "o", "O")},
    "bid": {"standing": "Final", "marks": ""},
    "rows": [{"name": value("one", "r1", "R")}, {"name": value("two", "r2", "R")}],
}

ATTACKS = (
    "{{ ''.__class__ }}", "{{ document.title.__class__.__mro__ }}", "{{ document.title.__init__.__globals__ }}",
    "{{ document.title.encode() }}", "{{ document.title.upper() }}", "{{ 'a'.format(document) }}", "{{ '%s' % document.title }}",
    "{{ 'a' * 100000000 }}", "{{ 2 ** 99999999 }}", "{{ range(3) }}", "{{ cycler }}", "{{ lipsum() }}", "{{ self }}",
    "{{ document.title.tpl }}", "{{ document.keys() }}", "{{ document|attr('keys') }}", "{{ rows|map('upper')|list }}",
    "{{ [1]|pprint }}", "{% include 'styles.xml' %}", "{% import 'x' as y %}", "{% extends 'x' %}",
    "{{ document.__getitem__ }}", "{{ namespace() }}", "{{ dict(a=1) }}", "{{ joiner }}",
    "{{ document.title.paragraphs.append }}",
)


def template_of(*texts: str) -> bytes:
    """A template whose body holds these paragraphs."""
    return packed(package_parts("".join(line(text) for text in texts) + line(CLOSING, "Note"), House(), "upright"))


def rendered(*texts: str) -> list[str]:
    return paragraphs(render(template_of(*texts), "bid.docx", CONTEXT, PROPERTIES))


@pytest.mark.parametrize("name", profile_names())
def test_the_shipped_template_is_the_one_made_from_the_shape(name: str) -> None:
    profile = load_profile(name)
    shipped = (resources.folder("templates") / profile.template / "bid.docx").read_bytes()
    assert shipped == make_template(profile, load_shape(), House()), "the shape has changed: run make templates"


def test_a_template_prints_values_loops_and_conditions() -> None:
    assert rendered("{{ document.title }}", "{%p for row in rows %}", "{{ row.name }}", "{%p endfor %}",
                    "{%p if document.organisation %}", "yes", "{%p endif %}")[:4] == ["A title", "one", "two", "yes"]


@pytest.mark.parametrize("text", ["{{ documnet.title }}", "{{ document.titel }}"])
def test_a_misspelt_name_is_told_with_the_nearest_right_one(text: str) -> None:
    with pytest.raises(TemplateFault) as caught:
        rendered(text)
    finding = caught.value.findings[0]
    assert finding.code == "E84"
    assert finding.place.file == "bid.docx"
    assert finding.hint in ("did you mean document?", "did you mean title?")


@pytest.mark.parametrize("text", ["{{ document.title", "{% for row in rows %}never ended", "{% nonsense %}", "{{ a b }}"])
def test_a_broken_tag_is_told_and_nothing_is_written(text: str) -> None:
    with pytest.raises(TemplateFault) as caught:
        rendered(text)
    assert caught.value.findings[0].code == "E84"


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("where", ["word/document.xml", "word/header1.xml", "word/footer1.xml"])
def test_a_template_cannot_run_anything(attack: str, where: str) -> None:
    with pytest.raises(TemplateFault):
        render(_with_text(template_of("Body"), where, attack), "bid.docx", CONTEXT, PROPERTIES)


def _with_text(template: bytes, where: str, text: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    end = b"</w:p>"
    before, found, after = parts[where].partition(end)
    assert found
    parts[where] = before + f"<w:r><w:t>{text}</w:t></w:r>".encode() + end + after
    return packed(parts)


def test_core_properties_of_a_template_are_never_rendered() -> None:
    with zipfile.ZipFile(io.BytesIO(template_of("Body"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(b"Bid template", b"{{ ''.__class__ }}")
    made = render(packed(parts), "bid.docx", CONTEXT, PROPERTIES)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b"__class__" not in archive.read("docProps/core.xml")


@pytest.mark.parametrize("poison", [Markup("<w:p>"), Markup("</w:t></w:r></w:p></w:body>"), Markup("&nbsp;"), "\ud800", "\x00"])
def test_a_value_that_would_cut_the_document_short_stops_the_build(poison: str) -> None:
    context = {**CONTEXT, "document": {**CONTEXT["document"], "title": poison}}
    with pytest.raises(TemplateFault):
        render(template_of("{{ document.title }}", "The end"), "bid.docx", context, PROPERTIES)


def test_text_of_docxtpl_s_own_escapes_is_printed_as_typed() -> None:
    hard = "{_{ x }_} {{ y }} {%p if %} {_% z %_} \\a \\f & < > \" '"
    context = {**CONTEXT, "document": {**CONTEXT["document"], "title": value(hard, "t", "T")}}
    made = render(template_of("{{ document.title }}", "The end"), "bid.docx", context, PROPERTIES)
    assert paragraphs(made)[:2] == [hard, "The end"]


def test_a_file_that_is_no_template_is_refused_in_one_line() -> None:
    for content in (b"", b"not a zip", packed({"a.txt": b"x"})):
        with pytest.raises(TemplateFault) as caught:
            render(content, "bid.docx", CONTEXT, PROPERTIES)
        assert len(caught.value.findings) == 1
