"""A bid that arrives is read as its reader meets it: all that is on the page once, nothing that is not, and each in its place."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bizcase.archive import packed
from bizcase.document.accepted import story_paragraphs
from bizcase.document.ooxml import main_part, parsed, parts_of, serialised
from bizcase.errors import UnreadableFile
from bizcase.review.submission import Kind, Left, Submission
from bizcase.review.word_reader import read_submission
from tests.building import built_sample
from tests.document.test_accessibility import box
from tests.document.writing import cell, field, heading, line, picture, row, run, table, word_file

PROSE = "We will train twelve nurses in the first year and measure what changes for patients every six months."
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="DDE8F0"/>'
BOLD = "<w:b/>"


def read(body: str, **parts: str) -> Submission:
    return read_submission(word_file(body, **parts), "bid.docx")


def texts(found: Submission) -> list[str]:
    return [passage.text for passage in found.passages]


def headings(found: Submission) -> list[tuple[int, str]]:
    return [(passage.level, passage.text) for passage in found.passages if passage.kind is Kind.HEADING]


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def with_parts(document: bytes, added: dict[str, tuple[str, str]]) -> bytes:
    """The document with parts of these names, kinds of relationship and texts."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    links = parts["word/_rels/document.xml.rels"]
    for number, (name, (kind, text)) in enumerate(added.items()):
        link = (f'<Relationship Id="x{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
                f'Target="{name}"/>')
        links = links.replace(b"</Relationships>", link.encode() + b"</Relationships>")
        parts[f"word/{name}"] = text.encode()
    return packed({**parts, "word/_rels/document.xml.rels": links})


ONCE = {
    "a paragraph": line("the words"),
    "a table": table(row("the words", "x")),
    "a table in a table": table(row(cell(table(row("the words", "y")) + line("")), "x")),
    "a control around a paragraph": control(line("the words")),
    "a control within a paragraph": f"<w:p>{control(run('the words'))}</w:p>",
    "a control around a row": table(row("x", "y")).replace("</w:tbl>", control(row("the words", "z")) + "</w:tbl>"),
    "a control around a cell": f'<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{control(cell("the words"))}</w:tr></w:tbl>',
    "a control in a control": control(control(f"<w:p>{control(run('the words'))}</w:p>")),
    "a text box with a copy for old versions": (
        '<w:p><mc:AlternateContent><mc:Choice Requires="wps">' + box(line("the words"))[5:-6]
        + "</mc:Choice><mc:Fallback><w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + line("the words")
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></mc:Fallback></mc:AlternateContent></w:p>"),
    "an old text box": (f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{line('the words')}</w:txbxContent></v:textbox>"
                        "</v:shape></w:pict></w:r></w:p>"),
    "the result of a field": f"<w:p>{field('DOCPROPERTY x', 'the words')}</w:p>",
    "a simple field": f'<w:p><w:fldSimple w:instr="AUTHOR">{run("the words")}</w:fldSimple></w:p>',
    "a link": f'<w:p><w:hyperlink w:anchor="x">{run("the words")}</w:hyperlink></w:p>',
    "a smart tag": f'<w:p><w:smartTag w:element="x">{run("the words")}</w:smartTag></w:p>',
    "custom XML": f'<w:customXml w:element="x">{line("the words")}</w:customXml>',
    "text inserted": f'<w:p><w:ins w:id="1" w:author="A">{run("the words")}</w:ins></w:p>',
    "text moved": ('<w:p><w:moveFrom w:id="1" w:author="A"><w:r><w:t>the words</w:t></w:r></w:moveFrom></w:p>'
                   f'<w:p><w:moveTo w:id="2" w:author="A">{run("the words")}</w:moveTo></w:p>'),
    "text in several runs": f"<w:p>{run('the')}{run(' wor', BOLD)}{run('ds')}</w:p>",
    "a word with a soft hyphen": '<w:p><w:r><w:t>the wo</w:t><w:softHyphen/><w:t>rds</w:t></w:r></w:p>',
    "a paragraph whose mark is deleted": (f'<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>{run("the ")}</w:p>'
                                          + line("words")),
    "a field that begins and never ends": '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' + line("the words"),
}


@pytest.mark.parametrize("where", ONCE)
def test_what_is_on_the_page_is_read_once(where: str) -> None:
    assert texts(read(ONCE[where])).count("the words") == 1


NEVER = {
    "text deleted": '<w:p><w:del w:id="1" w:author="A"><w:r><w:delText>the words</w:delText></w:r></w:del></w:p>',
    "a row deleted": table(row("x", "y"), row("the words", "z").replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>')),
    "hidden text": line("the words", look="<w:vanish/>"),
    "the code of a field": f"<w:p>{field('the words', 'x')}</w:p>",
    "the result of a field in the code of another": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>' + field("MERGEFIELD a", "the words")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("x") + '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'),
    "what a field asks to fill in": control(line("the words"), "<w:showingPlcHdr/>"),
    "a list of contents": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("the words")}</w:p>{line("the words")}'
        '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'),
    "contents in a control": control(
        line("the words"), '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'),
}


@pytest.mark.parametrize("where", NEVER)
def test_what_is_not_on_the_page_is_not_read(where: str) -> None:
    assert not any("the words" in text for text in texts(read(line("Before.") + NEVER[where] + line("After."))))


def test_notes_headers_and_footers_are_read_in_their_place() -> None:
    note = '<w:footnotes {0}><w:footnote w:id="2">' + line("A note.") + "</w:footnote></w:footnotes>"
    namespaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    found = read(heading("Risks") + f'<w:p>{run("Text.")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + heading("Costs"),
                 footnotes=note.format(namespaces), header=f"<w:hdr {namespaces}>{line('A header.')}</w:hdr>")
    by_text = {passage.text: passage for passage in found.passages}
    assert (by_text["A note."].kind, by_text["A note."].headings) == (Kind.NOTE, ("Risks",))
    assert by_text["A note."].where == "in a footnote under “Risks”"
    assert by_text["A header."].kind is Kind.MARGIN
    assert "A header." not in [passage.text for passage in found.body]


def test_places_are_counted_from_the_heading() -> None:
    found = read(line("Start.") + heading("Costs") + line("One.") + line("") + table(row("a", "b")) + line("Two.")
                 + table(row("Item", "Cost"), row(cell("Kit"), cell(table(row("£5", "k")) + line(""))))
                 + box(line("Call us")))
    places = {passage.text: passage.where for passage in found.passages}
    assert places["Start."] == "before the first heading, paragraph 1"
    assert places["Costs"] == "the heading “Costs”"
    assert places["Two."] == "under “Costs”, paragraph 2"
    assert places["b"] == "under “Costs”, table 1, row 1, column 2"
    assert places["Kit"] == "under “Costs”, table 2, row 2, column 1"
    assert places["£5"] == "under “Costs”, table 2, row 2, column 2, inner table 1, row 1, column 1"
    assert places["Call us"] == "under “Costs”, in text box 1"


def test_a_text_box_in_a_cell_is_in_no_cell_and_a_table_in_a_box_is_in_the_box() -> None:
    found = read(heading("Costs") + table(row(cell(box(line("Call us"))), "b")) + box(table(row("c", "d"))))
    by_text = {passage.text: passage for passage in found.passages}
    assert (by_text["Call us"].kind, by_text["Call us"].table) == (Kind.BOX, 0)
    assert (by_text["b"].kind, by_text["b"].table, by_text["b"].column) == (Kind.CELL, 1, 2)
    assert (by_text["d"].kind, by_text["d"].table) == (Kind.BOX, 2)
    assert by_text["d"].where == "under “Costs”, in text box 2, table 2, row 1, column 2"


def test_a_cell_that_spans_columns_counts_for_all_of_them() -> None:
    found = read(table(row(cell("Year", '<w:gridSpan w:val="2"/>'), "Sum"), row("1", "2", "3")))
    assert found.tables[0].rows == (("Year", "", "Sum"), ("1", "2", "3"))


def test_an_absurd_span_costs_nothing() -> None:
    found = read(table(row(cell("Year", '<w:gridSpan w:val="999999999"/>'), "Sum")))
    assert max(len(cells) for cells in found.tables[0].rows) < 100


def test_an_anchor_finds_the_paragraph_in_the_file_as_it_is() -> None:
    body = (line("One.") + '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr></w:p>' + ONCE[
        "a text box with a copy for old versions"] + table(row("a", "b")) + line("Two."))
    document = word_file(body)
    parts = parts_of(document)
    stored = story_paragraphs(parsed(parts[main_part(parts)]))
    found = {passage.text: passage.anchor for passage in read_submission(document, "bid.docx").passages}
    for text in ("One.", "the words", "a", "b", "Two."):
        assert "".join(stored[found[text]].itertext()) == text


def test_boxes_ticked_and_choices_made_in_old_forms_are_words() -> None:
    def form_field(data: str) -> str:
        return (f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORM '
                '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')
    found = read("<w:p>" + form_field('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>') + run(" Yes ")
                 + form_field('<w:checkBox><w:default w:val="0"/></w:checkBox>') + run(" No ")
                 + form_field('<w:ddList><w:result w:val="1"/><w:listEntry w:val="Mon"/><w:listEntry w:val="Tue"/></w:ddList>')
                 + "</w:p>")
    assert texts(found) == ["☒ Yes ☐ No Tue"]


def test_leftovers_are_told_with_author_and_place() -> None:
    comments = ('<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="7" '
                f'w:author="Dr Ash">{line("Is this so?")}</w:comment></w:comments>')
    found = read(heading("Costs") + f'<w:p>{run("We ask.")}<w:r><w:commentReference w:id="7"/></w:r>'
                 f'<w:ins w:id="1" w:author="Ms Elm">{run(" Much")}</w:ins>'
                 f'<w:ins w:id="2" w:author="Ms Elm">{run(" more.")}</w:ins>'
                 '<w:del w:id="3" w:author="Ms Elm"><w:r><w:delText>Nothing.</w:delText></w:r></w:del></w:p>'
                 + line("secret", look="<w:vanish/>") + control(line("Click here"), "<w:showingPlcHdr/>"), comments=comments)
    assert [(left.what, left.author, left.text, left.where) for left in found.leftovers] == [
        (Left.COMMENT, "Dr Ash", "Is this so?", "under “Costs”, paragraph 1"),
        (Left.INSERTION, "Ms Elm", "Much more.", "under “Costs”, paragraph 1"),
        (Left.DELETION, "Ms Elm", "Nothing.", "under “Costs”, paragraph 1"),
        (Left.HIDDEN, "", "secret", "under “Costs”, paragraph 1"),
        (Left.UNFILLED, "", "Click here", "under “Costs”, paragraph 1")]


SKIPPED = {
    "another file": ('<w:altChunk xmlns:r="r" r:id="x"/>', "another file put in as a whole, under “Costs”"),
    "a subdocument": ('<w:p><w:subDoc xmlns:r="r" r:id="x"/></w:p>',
                      "a part of the document kept in another file, under “Costs”"),
    "a sheet": ('<w:p><w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>',
                "an embedded object (Excel.Sheet.12), under “Costs”"),
    "scanned pages": (f"<w:p>{picture('Page')}</w:p>" * 3, "3 pictures beside 1 words"),
}


@pytest.mark.parametrize("what", SKIPPED)
def test_what_cannot_be_read_is_said(what: str) -> None:
    body, told = SKIPPED[what]
    (skipped,) = read(heading("Costs") + body).skipped
    assert skipped.startswith(told)


def test_a_bid_with_a_few_pictures_is_read_in_full() -> None:
    assert not read(heading("Costs") + f"<w:p>{picture('A chart')}</w:p>" + line(PROSE) * 3).skipped


def test_the_words_of_a_diagram_are_read() -> None:
    diagram = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    inside = (f'<dgm:relIds xmlns:dgm="{diagram}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
              'r:dm="x0"/>')
    data = ('<d xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>Train </a:t></a:r><a:r><a:t>staff'
            "</a:t></a:r></a:p></d>")
    document = with_parts(word_file(heading("Plan") + f"<w:p>{picture('Steps', uri=diagram, inside=inside)}</w:p>"),
                          {"data1.xml": ("diagramData", data)})
    assert "Train staff" in texts(read_submission(document, "bid.docx"))


def test_a_file_that_is_no_word_file_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="E08"):
        read_submission(b"%PDF-1.7", "bid.docx")


def test_our_own_bid_keeps_its_sections_fields_and_tables() -> None:
    built = built_sample("remote-monitoring")
    found = read_submission(built.bid, "bid.docx")
    titles = [text for level, text in headings(found) if level == 1]
    assert "Risks and resistance" in titles and "Sustainability after funding ends" in titles
    assert not found.leftovers and not found.skipped
    assert len(found.tables) > 50
    assert any(passage.tag == "problem.summary" for passage in found.passages)


@pytest.mark.needs("soffice")
def test_a_bid_that_libreoffice_has_saved_reads_the_same(tmp_path: Path, office: Callable[[Path, str], Path]) -> None:
    """Page numbers apart, which Writer fills in, and the title of the contents, which it puts among them."""
    document = built_sample("exercise-medicine").bid
    (tmp_path / "ours.docx").write_bytes(document)
    saved = read_submission(office(office(tmp_path / "ours.docx", "odt"), "docx").read_bytes(), "bid.docx")

    def told(found: Submission) -> set[tuple[Kind, str, tuple[str, ...]]]:
        return {(passage.kind, re.sub(r"page \d+", "page", passage.text), passage.headings) for passage in found.body}

    ours = told(read_submission(document, "bid.docx"))
    assert len(ours) > 300
    assert len(ours ^ told(saved)) < 0.02 * len(ours)


@pytest.mark.needs("soffice")
def test_a_web_page_saved_as_a_word_file_is_read(tmp_path: Path, office: Callable[[Path, str], Path]) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title>Falls</title></head><body><h1>Need</h1><p>Many fall.</p><ul><li>At night</li></ul><p><b>What we "
        "ask for</b></p><p>We ask for four thousand pounds to buy yellow blankets for six wards.</p><table><tr><td bgcolor="
        '"#dddddd"><b>Who pays?</b></td><td>The hospital charity pays for the blankets.</td></tr></table></body></html>', "utf-8")
    found = read_submission(office(office(page, "odt"), "docx").read_bytes(), "bid.docx")
    assert found.title == "Falls"
    assert [(passage.kind, passage.text, passage.headings) for passage in found.body] == [
        (Kind.HEADING, "Need", ()), (Kind.PARAGRAPH, "Many fall.", ("Need",)), (Kind.PARAGRAPH, "At night", ("Need",)),
        (Kind.HEADING, "What we ask for", ("Need",)),
        (Kind.PARAGRAPH, "We ask for four thousand pounds to buy yellow blankets for six wards.", ("Need", "What we ask for")),
        (Kind.HEADING, "Who pays?", ("Need", "What we ask for")),
        (Kind.CELL, "The hospital charity pays for the blankets.", ("Need", "What we ask for", "Who pays?"))]


@pytest.mark.parametrize("seed", range(25))
def test_sound_xml_that_no_schema_allows_is_read(seed: int) -> None:
    """Elements taken out, put twice, moved elsewhere, and odd values: the reader gives a submission and nothing else."""
    chance = random.Random(seed)
    parts = parts_of(built_sample("exercise-medicine").bid)
    for name in ("word/document.xml", "word/styles.xml"):
        root = parsed(parts[name])
        nodes = list(root.iter())[1:]
        for node in chance.sample(nodes, min(200, len(nodes) // 10)):
            parent = node.getparent()
            if parent is None:
                continue
            change = chance.randrange(4)
            if change == 0:
                parent.remove(node)
            elif change == 1:
                parent.append(copy.deepcopy(node))
            elif change == 2 and node.attrib:
                node.set(chance.choice(node.keys()), chance.choice(("", "x", "-1", "99999999999", "²", "none")))
            else:
                node.tag = chance.choice(nodes).tag
        parts[name] = serialised(root)
    found = read_submission(packed(parts), "bid.docx")
    assert found.name == "bid.docx"


def test_time_grows_with_length_alone() -> None:
    """A table of 370,000 elements inside the deepest nesting that is read: each element is met once."""
    inner = table(*(row(*("x",) * 10) for _ in range(40)))
    deep = inner
    for _ in range(12):
        deep = table(row(cell(deep + line(""))))
    assert len(read(deep).passages) == 400
