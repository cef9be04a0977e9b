"""The compiled template: it gives what docxtpl gives, is read once, and nothing that is not whole leaves it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docxtpl import DocxTemplate
from lxml import etree

from bizcase import resources
from bizcase.document import compiled as compiled_module
from bizcase.document import markup as m
from bizcase.document.compiled import NotWhole, compiled, parsed
from bizcase.document.finishing import finish
from bizcase.document.sandbox import Sandbox
from bizcase.document.value import value
from bizcase.document.word import Properties, render
from bizcase.errors import TemplateFault
from bizcase.specification.profile import load_profile, profile_names
from tests.building import template_and_context
from tests.document.small_template import parts_of, template_of
from tests.word_text import W, paragraphs, part

PROPERTIES = Properties("A title", "An author", "A subject")
HARD = "R&D <10% \"q\" 'a' 😀 مرحبا {{ x }} {%p if %} {_{ y }_} {_% z %_} ]]> end"
LINES = "first\nsecond\n\nfourth\twith a tab\tand another\n"
CONTEXT: dict[str, Any] = {
    "document": {"title": value("A title", "document.title", "Title"), "organisation": value("A & B <C>", "o", 'The "O"')},
    "bid": {"standing": "Final", "marks": "", "kind": "Bid"},
    "hard": value(HARD, "hard", "Hard"), "lines": value(LINES, "lines", "Lines"), "nothing": None, "number": 7,
    "pages": "page one\fpage two\aa new paragraph\nand a line",
    "rows": [{"name": value(f"row {n}\nmore", f"r{n}", "Row"), "n": n, "blocks": [value("x\ty", f"b{n}", "B")] * n}
             for n in range(4)],
    "columns": ["one", "two\nlines", "three", "four"],
}


def cells(*texts: str) -> str:
    return m.table_row("".join(m.cell(m.line(text), 1000) for text in texts))


def text_box(content: str) -> str:
    """A paragraph that holds a text box with paragraphs of its own."""
    return ('<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
            f"<w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>{m.run('{{ lines }}', 'Flag')}</w:p>")


BODIES = {
    "values": m.line("{{ hard }} and {{ number }}{{ nothing }}") + m.paragraph(m.printed("document.organisation")),
    "line breaks and tabs": m.line("before {{ lines }} after", "BodyText")
                            + m.paragraph(m.run("{{ lines }}", "Flag") + m.run("{{ hard }}"), "Note"),
    "a tab and a line feed of the template's own": m.line("a\tb\nc") + "<w:p>\n<w:r>\n\t<w:t>x\ny</w:t></w:r></w:p>",
    "page breaks and new paragraphs": m.line("{{ pages }}", "BodyText") + m.line("after"),
    "paragraph loops": m.for_each("row", "rows", m.when("row.n > 0", m.line("{{ row.name }}: {{ loop.index }}")) + m.line("x")),
    "a loop in a control": m.narrative("lines") + m.narrative("hard"),
    "run loops": m.paragraph(m.run("a ") + m.items("columns[0:2]").replace("item.", "rows[0].name.") + m.run(" b")),
    "runs drawn together": m.line("{%r for row in rows %}{%r if not loop.first %}; {%r endif %}{{ row.name }}{%r endfor %}"),
    "row loops": m.table((3000, 3000), cells("a", "b"), m.each_row("row", "rows", cells("{{ row.name }}", "{{ lines }}"), (1, 1))
                         + m.row_when("nothing", cells("never", "shown"), (1, 1)), "Rows"),
    "more cells than columns": m.table((3000, 3000), cells("a", "b"),
                                       cells("{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"), "Wide"),
    "fewer cells than columns": m.table((900, 800, 700, 650), cells("a", "b"), m.each_row("row", "rows", cells("1", "2"), (1,)),
                                        "Narrow"),
    "rows of different lengths": m.table((900, 800, 700), cells("a"), cells("a", "b") + cells("a", "b", "c", "d", "e"), "Ragged"),
    "spanned cells": m.table((900, 800, 700), cells("a", "b", "c"), cells("a", "b").replace(
        "<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2"/>', 1), "Spans"),
    "spans wider than all rows": m.table((900, 800, 700, 600), cells("a").replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2"/>'),
                                         cells("a", "b"), "Spans"),
    "a table in a table": m.table((3000, 3000), cells("a", "b"), m.table_row(m.cell(
        m.table((500, 500), cells("{{ hard }}", "2"), cells("1", "2", "3"), "Inner") + m.line("{{ lines }}"), 3000)
        + m.cell(m.line("x"), 3000)), "Outer"),
    "a text box": text_box(m.line("{{ lines }}") + m.for_each("row", "rows", m.line("{{ row.name }}"))) + m.line("{{ lines }}"),
    "tags split over runs": m.paragraph("".join(m.run(piece) for piece in ("{", "{ ha", "rd", " }", "}"))
                                        + m.run("{% i", "Flag") + m.run("f number %}yes{% end") + m.run("if %", "Label")
                                        + m.run("}")),
    "white space control": m.line("one") + m.line("{%- if number %}") + m.line("two") + m.line("{% endif -%}") + m.line("three"),
    "comments": m.line("{#p left out #}") + m.line("kept {# not this #}"),
    "curly quotes and signs in tags": m.line("{% if ‘a’ == ‘a’ and number > 3 and 2 < number %}yes{% endif %}"),
    "docxtpl's own escapes in the template": m.line("{_{ as typed }_} and {_% this %_}"),
    "spans and colours by tag": m.table((900, 800), cells("a", "b"),
                                        cells("{% colspan number %}x", "{% cellbg 'FF0000' %}y"), "T"),
    "paragraphs with attributes": '<w:p w:rsidR="00AA">' + m.run("{{ lines }}") + "</w:p>\n<w:p w:rsidR='00AB'>"
                                  + m.run("{%p if number %}") + "</w:p>" + m.line("x") + m.line("{%p endif %}"),
    "bookmarks and drawings in a loop": m.for_each("row", "rows", m.heading("A {{ row.n }}", "Heading1", "mark", 3)),
    "nothing to render": m.line("plain"),
}


def plainly(template: bytes, context: dict[str, Any]) -> bytes:
    """What plain docxtpl makes of a template in the same room."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(dict(context), Sandbox(), autoescape=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def canonical(content: bytes, name: str = "word/document.xml") -> bytes:
    """A part, finished as a bid is, in canonical form; of the main part the body."""
    root = part(content, name)
    finish([root])
    body = root.find(f"{W}body")
    return bytes(etree.tostring(root if body is None else body, method="c14n"))


def assert_as_docxtpl(template: bytes, context: dict[str, Any]) -> None:
    ours, plain = render(template, "bid.docx", context, PROPERTIES), plainly(template, context)
    assert canonical(ours) == canonical(plain)
    others = [name for name in parts_of(plain) if name.startswith("word/") and name.endswith(".xml") and "document" not in name]
    assert others
    for name in others:
        assert canonical(ours, name) == canonical(plain, name), name


@pytest.mark.parametrize("profile", profile_names())
def test_the_shipped_templates_give_what_docxtpl_gives(profile: str) -> None:
    template, context = template_and_context(profile)
    assert template == (resources.folder("templates") / load_profile(profile).template / "bid.docx").read_bytes()
    assert_as_docxtpl(template, context)


@pytest.mark.parametrize("name", BODIES)
def test_hard_cases_give_what_docxtpl_gives(name: str) -> None:
    assert_as_docxtpl(template_of(BODIES[name]), CONTEXT)


@pytest.mark.parametrize("text", ["{{ lines }}", "{{ hard }}", "a\tb", "no tag", "{% if number %}{{ pages }}{% endif %}"])
def test_headers_and_footers_give_what_docxtpl_gives(text: str) -> None:
    template = template_of(m.line("body"), header=m.line(text, "Header") + m.line("x"), footer=m.line(text))
    assert_as_docxtpl(template, CONTEXT)
    assert len(compiled(template).pieces) == (1 if text == "no tag" else 3)


def test_footnotes_give_what_docxtpl_gives_and_are_rendered_once_however_many_sections_there_are() -> None:
    note = f'<w:footnote w:id="2">{m.line("{{ hard }} {{ lines }}")}</w:footnote>'
    one = template_of(m.line("x"), footnotes=note)
    assert_as_docxtpl(one, CONTEXT)
    two = template_of(m.line("x") + "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>", footnotes=note)
    found = [paragraphs(render(template, "bid.docx", CONTEXT, PROPERTIES), "word/footnotes.xml") for template in (one, two)]
    assert found[0] == found[1] == [f"{HARD} {LINES}"]


def test_a_template_is_read_and_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    template = template_of(m.line("{{ hard }} once"))
    first = render(template, "bid.docx", CONTEXT, PROPERTIES)

    def never(*_: object) -> None:
        raise AssertionError("the template was read again")

    monkeypatch.setattr(compiled_module, "_opened", never)
    again = render(bytes(bytearray(template)), "bid.docx", CONTEXT, PROPERTIES)
    assert again == first
    other = render(template, "bid.docx", {**CONTEXT, "hard": "other"}, Properties("T", "A", "S"))
    assert paragraphs(other)[0] == "other once"
    with pytest.raises(AssertionError):
        render(template_of(m.line("{{ hard }} twice")), "bid.docx", CONTEXT, PROPERTIES)


def test_one_rendering_leaves_nothing_for_the_next() -> None:
    template = template_of(m.for_each("row", "rows", m.paragraph(m.printed("row.name"))) + m.caption("Rows"))
    before = render(template, "bid.docx", CONTEXT, PROPERTIES)
    with pytest.raises(TemplateFault):
        render(template, "bid.docx", {**CONTEXT, "rows": [{}]}, PROPERTIES)
    render(template, "bid.docx", {**CONTEXT, "rows": []}, Properties("Other", "Other", "Other"))
    assert render(template, "bid.docx", CONTEXT, PROPERTIES) == before


def test_parts_without_a_tag_are_kept_as_they_are() -> None:
    template = template_of(m.line("{{ hard }}"), header=m.line("{{ hard }}"), footer=m.line("no tag"), numbering="")
    made, kept = parts_of(render(template, "bid.docx", CONTEXT, PROPERTIES)), compiled(template).parts
    assert {name for name in made if made[name] != kept[name]} == {"word/document.xml", "word/header.xml", "docProps/core.xml"}
    assert set(made) == {*parts_of(template), "docProps/core.xml"}
    assert next(iter(made)) == "[Content_Types].xml"


@pytest.mark.parametrize("text", ["{{ document.title < 3 }}", "{{ number|length }}", "{{ -document.title }}",
                                  "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}"])
def test_what_a_template_cannot_work_out_is_a_fault_of_the_template(text: str) -> None:
    with pytest.raises(TemplateFault) as caught:
        render(template_of(m.line(text)), "bid.docx", CONTEXT, PROPERTIES)
    assert caught.value.findings[0].code == "E84"


def test_a_rendered_part_is_never_repaired() -> None:
    with pytest.raises(NotWhole):
        parsed(b"<a><b></a>")
    with pytest.raises(NotWhole):
        parsed(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&c;</a>')


@pytest.mark.parametrize("poison", ["\ud800", "\x00"])
def test_properties_that_xml_cannot_hold_stop_the_build(poison: str) -> None:
    with pytest.raises(TemplateFault):
        render(template_of(m.line("x")), "bid.docx", CONTEXT, Properties(poison, "An author", "A subject"))


def test_ids_that_a_loop_copies_are_made_unique_and_ends_still_belong_to_their_starts() -> None:
    drawing = ('<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
               '<wp:docPr id="1" name="x"/></wp:inline></w:drawing></w:r>')
    nested = ('<w:bookmarkStart w:id="1" w:name="outer"/><w:bookmarkStart w:id="2" w:name="inner"/><w:bookmarkEnd w:id="1"/>'
              '<w:bookmarkEnd w:id="2"/>')
    control = f"<w:sdt><w:sdtContent>{m.run('no properties')}</w:sdtContent></w:sdt>"
    body = m.for_each("row", "rows", m.paragraph(m.printed("row.name") + nested + drawing + control))
    root = part(render(template_of(body), "bid.docx", CONTEXT, PROPERTIES))
    starts = [mark.get(f"{W}id") for mark in root.iter(f"{W}bookmarkStart")]
    ends = [mark.get(f"{W}id") for mark in root.iter(f"{W}bookmarkEnd")]
    drawings = [element.get("id") for element in root.iter("{*}docPr")]
    controls = [control.find(f"{W}sdtPr/{W}id").get(f"{W}val") for control in root.iter(f"{W}sdt")]
    assert len(starts) == 8 and len(drawings) == 4 and len(controls) >= 8
    assert starts == ends
    for ids in (starts, drawings, controls):
        assert len(set(ids)) == len(ids)


def test_captions_of_tables_and_figures_are_counted_apart() -> None:
    body = m.for_each("row", "rows", m.caption("Rows") + m.when("row.n > 1", m.caption("Picture", "Figure")))
    found = [text for text in paragraphs(render(template_of(body), "bid.docx", CONTEXT, PROPERTIES)) if ": " in text]
    assert found == ["Table 1: Rows", "Table 2: Rows", "Table 3: Rows", "Figure 1: Picture", "Table 4: Rows", "Figure 2: Picture"]
