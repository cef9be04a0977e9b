"""Pictures: what a template prints of them is in the package with all it needs, and nothing else is."""

from __future__ import annotations

import posixpath
from typing import Any

import pytest

from bizcase.archive import packed
from bizcase.document import markup as m
from bizcase.document.picture import Part, Picture
from bizcase.document.word import Properties, render
from bizcase.errors import TemplateFault
from tests.document.small_template import OFFICE, parts_of, template_of
from tests.word_text import W, paragraphs, part

PROPERTIES = Properties("A title", "An author", "A subject")
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARTS = ("word/charts/{0}.xml", "word/charts/_rels/{0}.xml.rels", "word/embeddings/{0}.xlsx")


def chart(name: str, workbook: bytes = b"a workbook") -> Picture:
    """A bar chart of two bars, as Word holds one."""
    link = f"rIdChart_{name}"
    inline = (f'<wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing"><wp:extent cx="3000000" cy="2000000"/>'
              f'<wp:docPr id="1" name="{name}" descr="Two bars"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{DRAWING}/main">'
              f'<a:graphicData uri="{DRAWING}/chart"><c:chart xmlns:c="{DRAWING}/chart" r:id="{link}"/></a:graphicData>'
              "</a:graphic></wp:inline>")
    values = "".join(f'<c:pt idx="{n}"><c:v>{n + 3}</c:v></c:pt>' for n in range(2))
    xml = (f'{m.DECLARATION}<c:chartSpace xmlns:c="{DRAWING}/chart" xmlns:r="{OFFICE}"><c:chart><c:plotArea><c:barChart>'
           '<c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:val><c:numRef><c:f>Sheet1!$A$1:$A$2</c:f>'
           f'<c:numCache><c:ptCount val="2"/>{values}</c:numCache></c:numRef></c:val></c:ser><c:axId val="1"/><c:axId val="2"/>'
           '</c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:axPos val="b"/><c:crossAx val="2"/></c:catAx><c:valAx>'
           '<c:axId val="2"/><c:scaling/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart>'
           '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>')
    return Picture(f"<w:p><w:r><w:drawing>{inline}</w:drawing></w:r></w:p>" + m.line(f"Source: {name}"),
                   ((link, f"{OFFICE}/chart", f"charts/{name}.xml"),),
                   (Part(f"word/charts/{name}.xml", xml.encode(), CHART_TYPE,
                         (("rId1", f"{OFFICE}/package", f"../embeddings/{name}.xlsx"),)),
                    Part(f"word/embeddings/{name}.xlsx", workbook, WORKBOOK_TYPE)))


GRID = Picture(m.table((3000, 3000), m.header_cell("a", 3000) + m.header_cell("b", 3000), "", "A grid")
               + m.paragraph(m.fixed_control("grid", "The grid", m.run("in a control"))))
CONTEXT: dict[str, Any] = {"picture": {"bars": chart("bars"), "apples": chart("apples"), "grid": GRID, "none": None}, "yes": True}


def shown(*names: str, **others: str) -> bytes:
    body = "".join(m.block_tag(f"picture.{name}") for name in names) + m.line("The end")
    return render(template_of(body, **others), "bid.docx", CONTEXT, PROPERTIES)


def assert_whole(content: bytes) -> None:
    """Every relationship leads to a part, every part has a type, every pointer a relationship, and no id stands twice."""
    parts = parts_of(content)
    types = part(content, "[Content_Types].xml")
    overrides = [element.get("PartName").lstrip("/") for element in types if element.tag.endswith("Override")]
    defaults = [element.get("Extension") for element in types if element.tag.endswith("Default")]
    assert len(set(overrides)) == len(overrides) and len(set(defaults)) == len(defaults)
    assert set(overrides) <= set(parts)
    pointed = {"[Content_Types].xml"}
    for name in parts:
        assert name in overrides or name.rpartition(".")[2] in defaults or name == "[Content_Types].xml", name
        if name.endswith(".rels"):
            pointed.add(name)
            folder = posixpath.dirname(posixpath.dirname(name))
            found = {link.get("Id"): link.get("Target") for link in part(content, name)}
            assert len(found) == len(part(content, name))
            pointed |= {posixpath.normpath(posixpath.join(folder, target)).lstrip("/") for target in found.values()}
            of = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
            if of in parts:
                assert {str(value) for value in part(content, of).xpath("//@r:*", namespaces={"r": OFFICE})} <= set(found)
    assert pointed == set(parts)
    for attributes in (part(content).xpath("//@id"), part(content).xpath("//w:sdtPr/w:id/@w:val", namespaces={"w": W[1:-1]})):
        assert len(set(attributes)) == len(attributes)


def test_a_picture_comes_with_its_parts_types_and_relationships() -> None:
    made = shown("bars")
    assert_whole(made)
    parts = parts_of(made)
    assert [name for name in parts if "bars" in name] == [name.format("bars") for name in PARTS]
    assert parts["word/embeddings/bars.xlsx"] == b"a workbook"
    types = {element.get("PartName") or element.get("Extension"): element.get("ContentType")
             for element in part(made, "[Content_Types].xml")}
    assert types["/word/charts/bars.xml"] == CHART_TYPE
    assert types["xlsx"] == WORKBOOK_TYPE
    assert paragraphs(made)[-2:] == ["Source: bars", "The end"]


def test_a_picture_that_is_not_printed_leaves_nothing() -> None:
    never = m.when("not yes", m.block_tag("picture.apples"))
    made = render(template_of(never + m.block_tag("picture.grid")), "bid.docx", CONTEXT, PROPERTIES)
    assert_whole(made)
    assert not [name for name in parts_of(made) if "chart" in name or "embed" in name]
    assert b"xlsx" not in parts_of(made)["[Content_Types].xml"]


def test_pictures_stand_in_the_package_in_one_order_whatever_the_order_of_printing() -> None:
    first, second = ([name for name in parts_of(shown(*order)) if name.startswith("word/charts/")]
                     for order in (("bars", "apples"), ("apples", "bars")))
    assert first == second == ["word/charts/apples.xml", "word/charts/_rels/apples.xml.rels", "word/charts/bars.xml",
                               "word/charts/_rels/bars.xml.rels"]
    assert shown("bars", "apples") == shown("bars", "apples")


def test_a_picture_printed_twice_has_its_parts_twice() -> None:
    made = shown("bars", "grid", "bars", "grid", "bars")
    assert_whole(made)
    parts = parts_of(made)
    for name in ("bars", "bars_2", "bars_3"):
        assert all(pattern.format(name) in parts for pattern in PARTS)
        assert parts[PARTS[0].format(name)] == parts[PARTS[0].format("bars")]
    assert b"embeddings" not in parts["[Content_Types].xml"], "the ending of a workbook says its type"
    assert part(made).xpath("//@r:id", namespaces={"r": OFFICE}) == ["rIdChart_bars", "rIdChart_bars_2", "rIdChart_bars_3"]


def test_nothing_is_printed_for_a_picture_that_is_none() -> None:
    assert paragraphs(shown("none")) == ["The end"]


@pytest.mark.parametrize("tag", ["{{ picture.bars }}", "before {{ picture.grid }} after"])
def test_a_picture_inside_a_line_of_text_is_refused(tag: str) -> None:
    with pytest.raises(TemplateFault) as caught:
        render(template_of(m.line(tag)), "bid.docx", CONTEXT, PROPERTIES)
    assert "{{p picture.name }}" in caught.value.findings[0].hint


def test_a_picture_with_parts_in_a_header_is_refused() -> None:
    with pytest.raises(TemplateFault) as caught:
        shown("grid", header=m.block_tag("picture.bars"))
    assert "header" in caught.value.findings[0].message
    assert_whole(shown("grid", header=m.block_tag("picture.none") + m.line("x")))


def test_a_finished_bid_used_as_a_template_is_refused_where_it_prints_its_picture_again() -> None:
    parts = parts_of(shown("bars"))
    assert b"The end" in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"The end", b"{{p picture.bars }}")
    with pytest.raises(TemplateFault) as caught:
        render(packed(parts), "bid.docx", CONTEXT, PROPERTIES)
    assert "rIdChart_bars" in caught.value.findings[0].message


@pytest.mark.parametrize("text", ["{{ picture.bars.xml }}", "{{ picture.bars.parts }}", "{{ picture.bars.copy(2) }}"])
def test_a_template_cannot_look_into_a_picture(text: str) -> None:
    with pytest.raises(TemplateFault):
        render(template_of(m.line(text)), "bid.docx", CONTEXT, PROPERTIES)


def test_an_ending_with_two_types_has_its_type_by_name() -> None:
    other = Picture(m.paragraph('<w:r><w:pict xmlns:x="x" r:id="rIdOther"/></w:r>'),
                    (("rIdOther", f"{OFFICE}/other", "other.xlsx"),), (Part("word/other.xlsx", b"x", "application/other"),))
    context = {"picture": {"a": chart("bars"), "b": other}}
    made = render(template_of(m.block_tag("picture.a") + m.block_tag("picture.b") + m.line("x")), "bid.docx", context, PROPERTIES)
    assert_whole(made)
    types = {element.get("PartName") or element.get("Extension"): element.get("ContentType")
             for element in part(made, "[Content_Types].xml")}
    assert (types["xlsx"], types["/word/other.xlsx"]) == (WORKBOOK_TYPE, "application/other")
