"""What both files carry: read back as it was put in, the same every time, and never more than was asked for."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from bizcase.archive import packed
from bizcase.case import open_profile, vocabulary
from bizcase.cli.main import main
from bizcase.document.ooxml import parts_of
from bizcase.provenance import MAX_TEXT, Facts, PassageAsBuilt, Provenance, Span, as_texts, from_texts
from bizcase.review.cells import read_book
from bizcase.review.provenance import of_bid, of_workbook
from bizcase.review.sealing import sealed
from bizcase.workbook.embedded import CHUNK, TITLE, texts_of, with_sheet
from tests.building import built_sample, project_of
from tests.conftest import SAMPLES, sample_case, sample_names
from tests.review.sealing import SAMPLE, bid_parts, sealed_sample, workbook_parts

SHORT = "exercise-medicine"
"""The sample whose bid is built the quickest."""
FACTS = Facts("1", "d", "t", "p", "g", "2026-01-01", "", False, {"problem": "x"})


@pytest.mark.parametrize("name", sample_names())
def test_both_files_carry_the_specification_and_the_same_build(name: str) -> None:
    project, files = project_of(sample_case(name)), sealed_sample(name)
    bid, workbook = of_bid(files.bid), of_workbook(files.workbook)
    assert bid is not None and workbook is not None
    assert bid.facts == workbook.facts
    assert bid.facts.digest == project.digest
    assert json.loads(bid.specification) == json.loads(workbook.specification) == project.data
    assert len(bid.passages) > 300 and len(workbook.sheets) > 25
    assert set(workbook.figures) == set(built_sample(name).figures)


def test_the_same_case_gives_the_same_bytes() -> None:
    case, built = sample_case(SAMPLE), built_sample(SAMPLE)
    assert sealed(case, built, built.bid) == sealed(case, built, built.bid)


def test_without_embedding_only_the_facts_go_in() -> None:
    case, built = sample_case(SAMPLE), built_sample(SAMPLE)
    files = sealed(case, built, built.bid, embed=False)
    for found in (of_bid(files.bid), of_workbook(files.workbook)):
        assert found is not None
        assert found == Provenance(found.facts)
    words, parts = str(project_of(case).section("problem")["summary"])[:40], parts_of(files.bid)
    assert words.encode() not in parts["customXml/item1.xml"]
    assert len(files.bid) < len(sealed_sample().bid) - 20_000


def test_a_bid_that_is_sealed_again_carries_one_provenance() -> None:
    case, built = sample_case(SAMPLE), built_sample(SAMPLE)
    once = sealed(case, built, built.bid)
    assert sealed(case, built, once.bid).bid == once.bid


def test_the_hidden_sheet_stands_last_and_nobody_sees_it(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(sealed_sample().workbook)
    workbook = openpyxl.load_workbook(path)
    assert workbook.sheetnames[-1] == TITLE
    assert workbook[TITLE].sheet_state == "veryHidden"
    assert max(len(str(cell.value or "")) for row in workbook[TITLE].iter_rows() for cell in row) <= CHUNK


def test_files_of_others_carry_nothing() -> None:
    assert of_bid(built_sample(SAMPLE).bid) is None
    assert of_workbook(built_sample(SAMPLE).workbook) is None


def test_a_hubs_own_profile_goes_in_with_its_text() -> None:
    text = (SAMPLES.parent / "schemas" / "profiles" / "ideas-den.yaml").read_text("utf-8")
    profile = open_profile(text, "ours.yaml", lambda _: True)
    assert vocabulary() and profile.text == text
    facts = replace(FACTS, profile_text=text)
    assert from_texts(as_texts(Provenance(facts))) == Provenance(facts)
    assert facts.build != FACTS.build


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", "null", "1e999", "[" * 100_000, '{"form":1}', '{"form":99,"version":"1"}',
                                  "\ud800", '{"form":1,"version":["1"],"digest":1}'])
def test_facts_of_another_shape_are_no_provenance(text: str) -> None:
    assert from_texts({"facts": text}) is None


@pytest.mark.parametrize("text", [
    "x", "[]", '{"passages":1}', "[" * 100_000, '{"passages":[[1]],"drawn":[]}', '{"passages":[],"drawn":[[1,2]]}',
    '{"passages":[["a","b",true,0,0,0,false,[]]],"drawn":[]}', "[" + "1," * MAX_TEXT + "1]"])
def test_a_manifest_of_another_shape_is_left_out(text: str) -> None:
    facts = as_texts(Provenance(FACTS))["facts"]
    for name in ("bid", "workbook", "figures"):
        assert from_texts({"facts": facts, name: text}) == Provenance(FACTS)


def test_a_text_that_unpacks_without_end_is_left_out() -> None:
    bomb = base64.b64encode(zlib.compress(b"0" * (MAX_TEXT + 1))).decode()
    cells = {"A2": "facts", "B2": "{}", "A3": "workbook", "B3": bomb, "A4": "bid", "B4": "not base64!"}
    assert texts_of(cells) == {"facts": "{}"}


def test_every_letter_comes_back_from_a_cell() -> None:
    text = json.dumps({"a": "=é£\U0001f600 _x0041_ \n &<>"}, ensure_ascii=False)
    found = of_workbook(packed(with_sheet(parts_of(built_sample(SAMPLE).workbook), {"facts": text})))
    assert found is None
    cells = read_book(with_sheet(parts_of(built_sample(SAMPLE).workbook), {"facts": text, "bid": text})).sheets[TITLE]
    texts = texts_of({at: cell.value for at, cell in cells.items()})
    assert {name: json.loads(one) for name, one in texts.items()} == {"facts": json.loads(text), "bid": json.loads(text)}


def test_spans_come_back_with_their_texts() -> None:
    passage = PassageAsBuilt("It costs £5 a day", "under “Costs”, paragraph 1", spans=(Span(9, "cost", "Cost", "£5"),))
    was = Provenance(FACTS, "{}", (passage,), (("under “Costs”", (1.0, 2.5)),))
    assert from_texts(as_texts(was)) == was


def test_build_embeds_unless_told_not_to(tmp_path: Path) -> None:
    for options, wanted in (((), True), (("--no-embed",), False)):
        done = CliRunner().invoke(main, ["build", str(SAMPLES / f"{SHORT}.yaml"), "-o", str(tmp_path), "--force", "--no-layout",
                                         *options])
        assert done.exit_code == 0, done.output
        bid = of_bid((tmp_path / f"{SHORT}-bid.docx").read_bytes())
        workbook = of_workbook((tmp_path / f"{SHORT}-benefits.xlsx").read_bytes())
        assert bid is not None and workbook is not None
        assert [bool(bid.specification), bool(bid.passages), bool(workbook.sheets)] == [wanted] * 3


def test_nothing_that_is_seen_changes() -> None:
    """But for the part and its mention, the bid is as it was; so is every sheet."""
    built = built_sample(SAMPLE)
    for before, after in ((parts_of(built.bid), bid_parts()), (parts_of(built.workbook), workbook_parts())):
        changed = {name for name in before if before[name] != after[name]}
        assert changed <= {"[Content_Types].xml", "word/_rels/document.xml.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
