"""Both files as packages: every part is well formed and declared, every relationship leads somewhere, every id is unique."""

from __future__ import annotations

import io
import posixpath
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from bizcase.workbook.write import ORDER
from tests.building import built_sample, least
from tests.conftest import sample_names

RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADINGS = r"(Annex)?Heading[12]"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts_of(name: str, kind: str) -> dict[str, bytes]:
    built = built_sample(name)
    with zipfile.ZipFile(io.BytesIO(built.bid if kind == "bid" else built.workbook)) as archive:
        names = archive.namelist()
        assert len(set(map(str.lower, names))) == len(names)
        return {part: archive.read(part) for part in names}


@pytest.mark.parametrize("kind", ["bid", "workbook"])
@pytest.mark.parametrize("name", sample_names())
def test_every_part_is_well_formed_and_has_its_content_type(name: str, kind: str) -> None:
    parts = parts_of(name, kind)
    types = etree.fromstring(parts["[Content_Types].xml"])
    declared = {element.get("PartName") for element in types.iter(f"{TYPES}Override")}
    endings = {element.get("Extension") for element in types.iter(f"{TYPES}Default")}
    assert len(parts) > 8
    for part, content in parts.items():
        if part.endswith(".xlsx"):
            assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        else:
            etree.fromstring(content)
        assert part == "[Content_Types].xml" or f"/{part}" in declared or part.rpartition(".")[2] in endings, part
    assert {target[1:] for target in declared if target} <= set(parts)


@pytest.mark.parametrize("kind", ["bid", "workbook"])
@pytest.mark.parametrize("name", sample_names())
def test_every_relationship_leads_to_a_part_and_none_outside(name: str, kind: str) -> None:
    parts = parts_of(name, kind)
    seen = 0
    for part, content in parts.items():
        if part.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(part))
            for link in etree.fromstring(content).iter(RELATIONSHIPS):
                assert link.get("TargetMode") != "External", link.get("Target")
                target = link.get("Target") or ""
                assert posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") in parts, (part, target)
                seen += 1
    assert seen > 5


@pytest.mark.parametrize("name", sample_names())
def test_every_style_and_list_that_a_bid_names_is_defined(name: str) -> None:
    parts = parts_of(name, "bid")
    styles = {style.get(f"{W}styleId") for style in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")}
    used = {element.get(f"{W}val") for part in ("word/document.xml", "word/header1.xml", "word/footer1.xml", "word/styles.xml")
            for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")
            for element in etree.fromstring(parts[part]).iter(W + tag)}
    assert len(used) > 15
    assert used <= styles
    lists = {number.get(f"{W}numId") for number in etree.fromstring(parts["word/numbering.xml"]).iter(f"{W}num")}
    assert {number.get(f"{W}val") for number in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}numId")} <= lists


@pytest.mark.parametrize("name", sample_names())
def test_a_table_cell_of_a_bid_ends_with_a_paragraph_and_ids_are_unique(name: str) -> None:
    document = etree.fromstring(parts_of(name, "bid")["word/document.xml"])
    cells = list(document.iter(f"{W}tc"))
    assert len(cells) > 300
    assert all(cell[-1].tag == f"{W}p" for cell in cells)
    for tag in ("bookmarkStart", "sdtPr/" + W + "id"):
        ids = Counter(element.get(f"{W}id") or element.get(f"{W}val") for element in document.iterfind(f".//{W}{tag}"))
        assert len(ids) > 5
        assert max(ids.values()) == 1


@pytest.mark.parametrize("name", sample_names())
def test_cells_of_a_workbook_stand_in_order_and_once(name: str) -> None:
    seen = 0
    for part, content in parts_of(name, "workbook").items():
        if part.startswith("xl/worksheets/sheet"):
            rows = [int(row.get("r") or 0) for row in etree.fromstring(content).iter(f"{S}row")]
            cells = [cell.get("r") for cell in etree.fromstring(content).iter(f"{S}c")]
            assert rows == sorted(set(rows)), part
            assert len(set(cells)) == len(cells), part
            seen += len(cells)
    assert seen > 2000


@pytest.mark.needs("soffice", "pdftotext")
@pytest.mark.parametrize("name", sample_names())
def test_both_files_print_whole_from_libreoffice(name: str, office: Callable[[Path, str], Path], tmp_path: Path) -> None:
    """On paper stand all headings and the last line of the bid, and the title and the last cell of every sheet."""
    built = built_sample(name)
    told = {}
    for kind, ending, content in (("bid", ".docx", built.bid), ("workbook", ".xlsx", built.workbook)):
        path = tmp_path / f"{name}-{kind}{ending}"
        path.write_bytes(content)
        printed = subprocess.run(["pdftotext", str(office(path, "pdf")), "-"], check=True, capture_output=True, timeout=60)
        told[kind] = printed.stdout.decode("utf-8")
    document = etree.fromstring(parts_of(name, "bid")["word/document.xml"])
    headings = ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in document.iter(f"{W}p")
                for style in paragraph.findall(f"{W}pPr/{W}pStyle") if re.fullmatch(HEADINGS, style.get(f"{W}val", ""))]
    assert len(headings) > least(name, 20, 15)
    bid = " ".join(told["bid"].split())
    assert [heading for heading in headings if heading not in bid] == []
    assert "End of the bid. Every figure has its cell in the benefits workbook." in bid
    lines = {line.strip() for page in told["workbook"].split("\f") for line in page.splitlines()}
    assert [sheet for sheet in ORDER if sheet not in lines] == [], "each sheet's footer names it"
    assert "Checks that fail" in told["workbook"]


@pytest.mark.parametrize("name", sample_names())
def test_what_excel_says_of_a_refused_input_is_no_longer_than_excel_allows(name: str) -> None:
    """Excel repairs a file whose message has a title of more than 32 characters or a text of more than 255."""
    seen = 0
    for part, content in parts_of(name, "workbook").items():
        if part.startswith("xl/worksheets/sheet"):
            for rule in etree.fromstring(content).iter(f"{S}dataValidation"):
                assert len(rule.get("errorTitle") or "") <= 32
                assert len(rule.get("error") or "") <= 255
                seen += 1
    assert seen > 5


@pytest.mark.parametrize("name", sample_names())
def test_defined_names_are_unique_as_excel_compares_them(name: str) -> None:
    names = [found.get("name") or "" for found in etree.fromstring(parts_of(name, "workbook")["xl/workbook.xml"]).iter(
        f"{S}definedName") if not (found.get("name") or "").startswith("_xlnm")]
    assert len(names) > 300
    assert len({found.casefold() for found in names}) == len(names)
    assert max(map(len, names)) <= 255
