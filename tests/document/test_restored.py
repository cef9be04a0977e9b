"""A template that was opened, restyled and saved in LibreOffice Writer still gives the same bid in its new look."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from bizcase.archive import packed
from bizcase.document import markup as m
from bizcase.document.restored import restore, restore_lists
from bizcase.document.value import value
from bizcase.document.word import Properties, render
from tests.building import template_and_context
from tests.document.small_template import parts_of, template_of
from tests.word_text import W, part, text_of

PROPERTIES = Properties("A title", "An author", "A subject")
FONT, NEW_FONT = b"Arial", b"Liberation Serif"


def controls(content: bytes) -> list[tuple[str, str, str]]:
    """Every control in order: tag, alias and text."""
    return [(*(control.find(f"{W}sdtPr/{W}{name}").get(f"{W}val") for name in ("tag", "alias")),
             text_of(control.find(f"{W}sdtContent"))) for control in part(content).iter(f"{W}sdt")]


def lines(content: bytes) -> list[str]:
    """The text of each paragraph that has any, without page numbers, which another layout changes."""
    found = []
    for paragraph in part(content).iter(f"{W}p"):
        page = shown = False
        text = ""
        for element in paragraph.iter(f"{W}instrText", f"{W}fldChar", f"{W}t", f"{W}br", f"{W}tab"):
            if element.tag == f"{W}instrText":
                page = (element.text or "").split()[:1] == ["PAGEREF"]
            elif element.tag == f"{W}fldChar":
                shown = element.get(f"{W}fldCharType") == "separate"
                page = page and element.get(f"{W}fldCharType") != "end"
            elif element.tag == f"{W}t":
                text += "" if page and shown else element.text or ""
            elif element.getparent().tag == f"{W}r" and element.get(f"{W}type") != "page":
                text += "\t" if element.tag == f"{W}tab" else "\n"
        found.append(text)
    return [text for text in found if text]


def facts(content: bytes) -> dict[str, Any]:
    """What else must be as it was: fields, links and their targets, tables, sections, new pages, notes of the parts around."""
    root = part(content)
    breaks = [element for element in root.iter(f"{W}br") if element.get(f"{W}type") == "page"]
    return {
        "fields": [(element.text or "").split()[:2] for element in root.iter(f"{W}instrText")
                   if (element.text or "").split()[0] != "TOC"],
        "contents": sum((element.text or "").split()[0] == "TOC" for element in root.iter(f"{W}instrText")),
        "marks": [element.get(f"{W}fldCharType") for element in root.iter(f"{W}fldChar")],
        "links": [element.get(f"{W}anchor") for element in root.iter(f"{W}hyperlink")],
        "bookmarks": [element.get(f"{W}name") for element in root.iter(f"{W}bookmarkStart")
                      if not element.get(f"{W}name").startswith("__")],
        "tables": [[len(row.findall(f"{W}tc")) for row in table.findall(f"{W}tr")] for table in root.iter(f"{W}tbl")],
        "headers of tables": len(list(root.iter(f"{W}tblHeader"))),
        "sections": len(list(root.iter(f"{W}sectPr"))),
        "pages begun": len(breaks) + len(list(root.iter(f"{W}pageBreakBefore"))),
    }


def restyled(template: bytes) -> bytes:
    """The template with other fonts and another line in its header."""
    parts = parts_of(template)
    assert FONT in parts["word/styles.xml"]
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(FONT, NEW_FONT)
    parts["word/header1.xml"] = parts["word/header1.xml"].replace(b"</w:hdr>", b"<w:p><w:r><w:t>House</w:t></w:r></w:p></w:hdr>")
    return packed(parts)


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("profile", ["innovation-fund", "ideas-den", "five-case"])
def test_a_template_restyled_in_writer_gives_the_same_bid(profile: str, office: Callable[[Path, str], Path],
                                                          tmp_path: Path) -> None:
    template, context = template_and_context(profile)
    (tmp_path / f"{profile}-restyled.docx").write_bytes(restyled(template))
    saved = office(tmp_path / f"{profile}-restyled.docx", "docx").read_bytes()
    assert parts_of(saved)["word/document.xml"] != parts_of(template)["word/document.xml"]
    ours, theirs = (render(given, "bid.docx", context, PROPERTIES) for given in (template, saved))
    assert len(controls(ours)) > 300
    assert controls(theirs) == controls(ours)
    assert lines(theirs) == lines(ours)
    for name, found in facts(ours).items():
        assert facts(theirs)[name] == found, name
    assert NEW_FONT in parts_of(theirs)["word/styles.xml"]
    assert "House" in [text_of(paragraph) for paragraph in part(theirs, "word/header1.xml").iter(f"{W}p")]
    assert not re.search(r"\{\{|\{%|%\}", " ".join(lines(theirs)))


def restored(body: str) -> Any:
    root = etree.fromstring(f"<w:document {m.NAMESPACES}><w:body>{body}</w:body></w:document>")
    restore(root)
    return root.find(f"{W}body")


def control_of(properties: str, text: str) -> str:
    head = f"<w:sdtPr>{properties}</w:sdtPr>" if properties else "<w:sdtPr/>"
    return f"<w:sdt>{head}<w:sdtContent>{m.run(text)}</w:sdtContent></w:sdt>"


def without_namespaces(root: Any) -> str:
    return re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(root, encoding="unicode"))


@pytest.mark.parametrize("body", [
    m.paragraph(m.printed("row.name")), m.narrative("need.summary"), m.line("{%p if a %}"), m.caption("x"),
    m.paragraph(control_of('<w:id w:val="7"/>', "{{ bid.kind }}")),
    m.paragraph(control_of('<w:alias w:val="My own"/>', "{{ x }}")),
    m.paragraph(control_of("", "typed by hand")),
    m.paragraph('<w:r><w:br w:type="page"/></w:r>' + m.run("A heading")) + m.line("next"),
    '<w:p><w:hyperlink w:anchor="{{ entry.bookmark }}">' + m.run("x") + "</w:hyperlink></w:p>",
])
def test_what_writer_has_not_touched_stays_as_it_is(body: str) -> None:
    assert without_namespaces(restored(body)) == f"<w:body>{body}</w:body>"


@pytest.mark.parametrize("properties", [
    "", '<w:id w:val="5"/><w:alias w:val="{{ need.summary.alias }}"/>', '<w:alias w:val="{{ need.summary.alias }}"/>'])
def test_a_control_without_its_tag_is_named_again_in_the_order_of_the_schema(properties: str) -> None:
    body = restored(m.paragraph(control_of(properties, "{{ need.summary }}")))
    names = [(child.tag.removeprefix(W), child.get(f"{W}val")) for child in body.find(f".//{W}sdtPr")]
    assert names[:2] == [("alias", "{{ need.summary.alias }}"), ("tag", "{{ need.summary.tag }}")]
    assert names[2:] in ([], [("id", "5")])


def test_a_control_in_a_header_is_named_again_too() -> None:
    template = template_of(m.line("x"), header=m.paragraph(control_of("", "{{ title }}")))
    made = render(template, "bid.docx", {"title": value("A title", "document.title", "Title")}, PROPERTIES)
    properties = part(made, "word/header.xml").find(f".//{W}sdtPr")
    assert [child.get(f"{W}val") for child in properties] == ["Title", "document.title", "1"]


def test_a_control_is_drawn_around_the_paragraphs_of_its_loop_again() -> None:
    control = control_of('<w:alias w:val="{{ x.alias }}"/>', "{%p for paragraph in x.paragraphs %}")
    inner = m.when("paragraph", m.line("{{ paragraph }}"))
    body = restored(m.line("before") + m.paragraph(control) + inner + m.tag_paragraph("endfor") + m.line("after"))
    assert [child.tag.removeprefix(W) for child in body] == ["p", "sdt", "p"]
    assert [text_of(paragraph) for paragraph in body[1].iter(f"{W}p")] == [
        "{%p for paragraph in x.paragraphs %}", "{%p if paragraph %}", "{{ paragraph }}", "{%p endif %}", "{%p endfor %}"]


def test_a_control_whose_loop_is_never_closed_stays_where_it_is() -> None:
    body = restored(m.paragraph(control_of("", "{%p for p in x.paragraphs %}")) + m.line("{{ p }}"))
    assert [child.tag.removeprefix(W) for child in body] == ["p", "p"]


def test_what_ends_a_page_a_section_or_a_field_is_not_lost_beside_a_tag() -> None:
    tag = m.run("{%p endif %}")
    page, end = '<w:r><w:br w:type="page"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = restored(m.paragraph(tag + page) + m.line("a", "Heading1") + m.paragraph(tag, extra="<w:sectPr/>")
                    + m.paragraph(tag + end) + m.line("b"))
    assert without_namespaces(body) == (
        "<w:body>" + m.paragraph(tag + "<w:r/>") + m.line("a", "Heading1").replace("</w:pPr>", "<w:pageBreakBefore/></w:pPr>")
        + m.paragraph(tag).replace("<w:p>", "<w:p><w:pPr/>") + "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>" + m.paragraph(tag)
        + m.line("b").replace("<w:p>", f"<w:p><w:pPr/>{end}") + "</w:body>")


def test_a_section_and_the_style_of_a_list_stand_where_the_schema_wants_them() -> None:
    body = restored('<w:p><w:pPr><w:sectPr/><w:pStyle w:val="a"/></w:pPr></w:p>')
    assert [child.tag.removeprefix(W) for child in body[0][0]] == ["pStyle", "sectPr"]
    lists = etree.fromstring(f'<w:lvl {m.NAMESPACES}><w:start/><w:pStyle/><w:numFmt/><w:lvlText/></w:lvl>')
    restore_lists(lists)
    assert [child.tag.removeprefix(W) for child in lists] == ["start", "numFmt", "pStyle", "lvlText"]


def test_contents_that_writer_has_cut_up_are_joined_again() -> None:
    """As Writer 7.4 saves the contents of a template: a paragraph cut off, a control, text for the number of the page."""
    begin = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\z </w:instrText></w:r>'
             '<w:r><w:fldChar w:fldCharType="separate"/></w:r>')
    link = ('<w:hyperlink w:anchor="{{_entry.bookmark_}}"><w:r><w:t>{{ entry.number }}</w:t><w:tab/><w:t>{{ entry.title }}</w:t>'
            "<w:tab/><w:t>0</w:t></w:r></w:hyperlink>")
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    cut = ("<w:sdt><w:sdtPr><w:docPartObj/></w:sdtPr><w:sdtContent>"
           + m.paragraph(begin + m.run("{%r endif %}") + link + m.run("{%r if loop.last %}{%r endif %}") + end, "Normal")
           + "</w:sdtContent></w:sdt>")
    body = restored(m.tag_paragraph("for entry in contents") + m.line("{%r if loop.first %}", "Contents1") + cut
                    + m.tag_paragraph("endfor"))
    page = m.field("PAGEREF {{ entry.bookmark }} \\h", "0").replace(' xml:space="preserve"', "")
    mended = link.replace("{{_", "{{ ").replace("_}}", " }}").replace("<w:t>0</w:t></w:r>", "</w:r>" + page)
    joined = m.run("{%r if loop.last %}") + end + m.run("{%r endif %}")
    assert without_namespaces(body) == (
        "<w:body>" + m.tag_paragraph("for entry in contents")
        + m.paragraph(m.run("{%r if loop.first %}") + begin + m.run("{%r endif %}") + mended + joined, "Contents1")
        + m.tag_paragraph("endfor") + "</w:body>")
