"""A chart in a Word file: a paragraph, a part with its values, and a workbook with the same numbers behind it."""

from __future__ import annotations

import io
import posixpath
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree

from bizcase.appraisal.inputs import Step
from bizcase.archive import packed
from bizcase.charts.definition import Chart, charts_of
from bizcase.charts.words import value_of
from bizcase.document.chart_part import WIDTH, chart_picture
from bizcase.document.markup import DECLARATION
from bizcase.document.picture import Part, Picture
from bizcase.specification.characters import escaped
from tests.appraisal.making import FIRST_YEAR, analysed
from tests.charts.making import NAMES, by_id, by_name, full_case

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FLUID = {"w": W}


def picture(name: str) -> tuple[Chart, Picture]:
    chart = by_name(full_case())[name]
    return chart, chart_picture(chart, by_id(full_case()))


def in_text(made: Picture) -> Any:
    """The picture's paragraph, as it stands in a document."""
    (paragraph,) = etree.fromstring(f'<w:body xmlns:w="{W}">{made.xml}</w:body>')
    return paragraph


def parts(made: Picture) -> tuple[Part, Part]:
    chart, numbers = made.parts
    return chart, numbers


def opened(part: Part) -> Any:
    return openpyxl.load_workbook(io.BytesIO(part.content))["Data"]


def _in(series: Any, what: str) -> Any:
    (found,) = series.findall(f"{C}{what}")
    return found


def cached(series: Any, what: str) -> list[str]:
    """The values that a series holds of its own, each at the place it says."""
    (cache,) = (found for found in _in(series, what).iter() if found.tag in (f"{C}numCache", f"{C}strCache"))
    points = cache.findall(f"{C}pt")
    assert cache.find(f"{C}ptCount").get("val") == str(len(points))
    assert [point.get("idx") for point in points] == [str(place) for place in range(len(points))]
    return [point.findtext(f"{C}v") for point in points]


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_is_one_paragraph_that_says_what_it_shows(name: str) -> None:
    chart, made = picture(name)
    paragraph = in_text(made)
    assert paragraph.tag == f"{{{W}}}p"
    assert paragraph.find(".//w:pStyle", FLUID).get(f"{{{W}}}val") == "Chart"
    (inline,) = paragraph.iter(f"{WP}inline")
    said = inline.find(f"{WP}docPr")
    assert (said.get("descr"), said.get("title"), said.get("name")) == (chart.alt, chart.title, f"Chart {name}")
    extent = inline.find(f"{WP}extent")
    assert (extent.get("cx"), extent.get("cy")) == (str(WIDTH), str(round(chart.height * 360_000)))
    (drawn,) = paragraph.iter(f"{C}chart")
    assert drawn.get(f"{R}id") == f"rIdChart_{name}" == made.relationships[0][0]


@pytest.mark.parametrize("name", NAMES)
def test_its_parts_are_found_by_the_relationships(name: str) -> None:
    _, made = picture(name)
    chart, numbers = parts(made)
    ((_, kind, target),) = made.relationships
    assert (kind, posixpath.join("word", target)) == (f"{OFFICE}/chart", chart.name)
    ((own, kind, target),) = chart.relationships
    assert (kind, posixpath.normpath(posixpath.join("word/charts", target))) == (f"{OFFICE}/package", numbers.name)
    (link,) = etree.fromstring(chart.content).findall(f"{C}externalData")
    assert link.get(f"{R}id") == own
    assert (chart.name, numbers.name) == (f"word/charts/{name}.xml", f"word/embeddings/{name}.xlsx")
    assert chart.content_type.endswith("drawingml.chart+xml")
    assert numbers.content_type.endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("name", NAMES)
def test_the_chart_and_the_workbook_behind_it_hold_the_values_of_the_figures(name: str) -> None:
    chart, made = picture(name)
    figures, (part, numbers) = by_id(full_case()), parts(made)
    sheet, seen = opened(numbers), 0
    plotted = {cached(series, "tx")[0]: series for series in etree.fromstring(part.content).iter(f"{C}ser")}
    assert list(plotted) == [series.label for series in sorted(chart.series, key=lambda series: series.as_line)]
    names = [figures[figure_id].value for figure_id in chart.names] if chart.names else list(chart.categories)
    inside = [cell.value for cell in sheet["A"][1:]]
    assert inside == (pytest.approx(names) if chart.names else names)
    for column, series in enumerate(chart.series, 2):
        wanted = [value_of(figures[figure_id]) for figure_id in series.figures]
        same = pytest.approx(wanted, rel=1e-14)     # to the digits that are written
        assert list(map(float, cached(plotted[series.label], "val"))) == same
        held = [sheet.cell(row, column) for row in range(2, len(wanted) + 2)]
        assert [cell.value for cell in held] == same
        assert {cell.number_format for cell in held} == {chart.number_format}
        assert sheet.cell(1, column).value == series.label
        seen += len(wanted)
    assert seen >= 4


def test_each_range_of_a_chart_is_the_place_of_its_numbers_in_the_workbook() -> None:
    for name in NAMES:
        _, made = picture(name)
        part, numbers = parts(made)
        sheet, series = opened(numbers), list(etree.fromstring(part.content).iter(f"{C}ser"))
        assert series
        for one in series:
            for what in ("tx", "cat", "val"):
                reference = _in(one, what).findtext(f".//{C}f") or ""
                title, _, cells = reference.replace("$", "").replace("'", "").rpartition("!")
                assert title == sheet.title
                found = sheet[cells] if ":" in cells else ((sheet[cells],),)
                texts = [str(cell.value) for row in found for cell in row]
                if what == "val" or (what == "cat" and name == "simulation"):
                    assert list(map(float, texts)) == pytest.approx(list(map(float, cached(one, what))), rel=1e-12)
                else:
                    assert texts == cached(one, what)


def test_the_same_chart_gives_the_same_bytes() -> None:
    for name in NAMES:
        assert picture(name)[1] == picture(name)[1]


def test_a_name_that_somebody_typed_never_becomes_a_formula_or_markup() -> None:
    typed = '=SUM(A1) & <b>"all"</b> _x0041_'
    analysis = analysed(years=1, steps=(Step("X1", typed, 4, FIRST_YEAR, ()),))
    (chart,) = charts_of(analysis)
    made = chart_picture(chart, by_id(analysis))
    part, numbers = parts(made)
    cell = opened(numbers)["B1"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", escaped(typed), True)
    (series,) = etree.fromstring(part.content).iter(f"{C}ser")
    assert cached(series, "tx") == [typed.replace("_x0", "-x0")]
    assert typed in in_text(made).find(f".//{WP}docPr").get("descr")


def test_no_font_is_named_and_the_words_are_dark() -> None:
    for name in NAMES:
        chart, _ = parts(picture(name)[1])
        assert b"latin" not in chart.content
        assert chart.content.count(b'<a:srgbClr val="212B32"') + chart.content.count(b'"212B32" />') > 2, name


def document(pictures: Iterable[Picture]) -> bytes:
    """A small Word file of these pictures."""
    shown = list(pictures)
    text = "".join(made.xml.replace('<wp:docPr id="1"', f'<wp:docPr id="{number}"') for number, made in enumerate(shown, 1))
    held = {part.name: part for made in shown for part in made.parts}
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in (
        ("word/document.xml", main), *((part.name, part.content_type) for part in held.values())))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
                               f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": _links([("rId1", f"{OFFICE}/officeDocument", "word/document.xml")]),
        "word/document.xml": f'{DECLARATION}<w:document xmlns:w="{W}"><w:body>{text}<w:sectPr/></w:body></w:document>',
        "word/_rels/document.xml.rels": _links(link for made in shown for link in made.relationships),
        **{part.name.replace("/charts/", "/charts/_rels/") + ".rels": _links(part.relationships)
           for part in held.values() if part.relationships}}
    return packed({**{name: content.encode() for name, content in parts.items()},
                   **{name: part.content for name, part in held.items()}})


def _links(links: Iterable[tuple[str, str, str]]) -> str:
    rows = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in links)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


@pytest.mark.needs("soffice", "pdftotext")
def test_libreoffice_shows_every_chart_with_its_title_its_names_and_its_axis(
        office: Callable[[Path, str], Path], tmp_path: Path) -> None:
    charts = [picture(name) for name in NAMES]
    path = tmp_path / "charts.docx"
    path.write_bytes(document(made for _, made in charts))
    text = subprocess.run(["pdftotext", "-layout", str(office(path, "pdf")), "-"], check=True, capture_output=True, text=True,
                          timeout=60).stdout
    for chart, _ in charts:
        assert chart.title in text
        for series in chart.series:
            assert series.label in text or chart.name == "simulation", series.label
    assert "−£100,000" in text, "the axis of the costs and benefits"
    assert "B1 Gain B1: effect" in text
