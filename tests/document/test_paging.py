"""Page numbers: found by a layout wherever they lead, written as Word would print them, and asked of Word otherwise."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import pytest

from bizcase.archive import packed
from bizcase.document.paging import PROBE, asks_for_update, probe, refers_to_pages, with_page_numbers
from bizcase.office import to_pdf
from bizcase.pdf import Pages, pages_of
from tests.building import built_sample, least
from tests.conftest import sample_names
from tests.document.writing import NAMESPACES, SECTION, field, heading, line, row, run, table, word_file
from tests.word_text import W, paragraphs, part, text_of

NEW_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def page_of(bookmark: str) -> str:
    return field("PAGEREF " + bookmark + " \\h")


def entry(number: str, title: str, bookmark: str, level: int = 1) -> str:
    return (f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr><w:hyperlink w:anchor="{bookmark}" w:history="1">'
            f"{run(f'{number} {title}')}<w:r><w:tab/></w:r>{page_of(bookmark)}</w:hyperlink></w:p>")


def results(bid: bytes, name: str = "word/document.xml") -> list[str]:
    """The result of each field of a part, in order; written independently of what sets them."""
    found: list[str] = []
    inside: list[bool] = []
    for node in part(bid, name).iter(f"{W}fldChar", f"{W}t"):
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            inside.append(False)
            found.append("")
        elif kind == "separate":
            inside[-1] = True
        elif kind == "end":
            inside.pop()
        elif inside and inside[-1]:
            found[-1] += node.text or ""
    return found


def at(places: Mapping[int, int], count: int = 9) -> Pages:
    return Pages(count, (), {f"{PROBE}{position}": page for position, page in places.items()})


def section(numbering: str = "") -> str:
    return SECTION.replace("<w:pgMar", f"<w:pgNumType {numbering}/><w:pgMar") if numbering else SECTION


def closing(numbering: str = "") -> str:
    """A paragraph that ends a section, whose next one begins on a new page."""
    return f"<w:p><w:pPr>{section(numbering)}</w:pPr></w:p>"


TWO = (entry("1", "Need", "_Toc_need") + entry("2", "Plan", "_Toc_plan") + heading("Need", 1, "_Toc_need", 1)
       + heading("Plan", 1, "_Toc_plan", 2))


def test_a_copy_for_the_layout_marks_each_place_and_section_with_a_plain_name() -> None:
    names = [mark.get(f"{W}name") for mark in part(probe(word_file(TWO))).iter(f"{W}bookmarkStart")]
    assert names == [f"{PROBE}2", "_Toc_need", f"{PROBE}0", "_Toc_plan", f"{PROBE}1"]


def test_ids_of_bookmarks_in_the_copy_are_unique() -> None:
    ids = [mark.get(f"{W}id") for mark in part(probe(word_file(TWO))).iter(f"{W}bookmarkStart")]
    assert len(ids) == 5
    assert len(set(ids)) == 5


def test_the_numbers_of_a_layout_are_written_where_they_are_referred_to() -> None:
    numbered = with_page_numbers(word_file(TWO), at({0: 3, 1: 12}))
    assert (results(numbered.bid), numbered.complete, numbered.settled) == (["3", "12"], True, True)


def test_nothing_but_the_results_changes() -> None:
    before = word_file(TWO)
    after = with_page_numbers(before, at({0: 3, 1: 12})).bid
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert new.namelist() == old.namelist()
        assert {name for name in old.namelist() if old.read(name) != new.read(name)} == {"word/document.xml"}
    assert [text.replace("3", "0").replace("12", "0") for text in paragraphs(after)[:2]] == paragraphs(before)[:2]


def test_the_same_bid_and_layout_give_the_same_bytes() -> None:
    assert with_page_numbers(word_file(TWO), at({0: 3, 1: 12})).bid == with_page_numbers(word_file(TWO), at({0: 3, 1: 12})).bid


def test_a_number_longer_than_the_room_left_for_it_asks_for_another_look() -> None:
    assert not with_page_numbers(word_file(TWO), at({0: 3, 1: 112}, 120)).settled


def test_what_the_layout_does_not_tell_keeps_its_result_and_word_is_asked() -> None:
    numbered = with_page_numbers(word_file(TWO), at({0: 3}))
    assert (results(numbered.bid), numbered.complete) == (["3", "0"], False)
    assert part(numbered.bid, "word/settings.xml").find(f"{W}updateFields").get(f"{W}val") == "true"


@pytest.mark.parametrize(("reference", "expected"), [
    (field("PAGEREF _Toc_need"), "4"),
    (field("pageref _TOC_NEED \\h \\* MERGEFORMAT"), "4"),
    (field('PAGEREF "_Toc_need" \\h'), "4"),
    (field("PAGEREF _Toc_need \\h", "") , "4"),
    (field("PAGEREF _Toc_need \\h \\p", "above"), "above"),
    (field("REF _Toc_need \\h", "Need"), "Need"),
    (field("PAGEREF _elsewhere", "8"), "8"),
    (field("PAGE", "7"), "7"),
])
def test_a_field_is_taken_for_what_it_asks(reference: str, expected: str) -> None:
    body = f"<w:p>{run('See page ')}{reference}</w:p>" + heading("Need", 1, "_Toc_need", 1)
    assert results(with_page_numbers(word_file(body), at({0: 4, 1: 1})).bid) == [expected]


def test_a_result_in_pieces_is_written_once_and_a_short_form_of_field_too() -> None:
    end = '<w:r><w:fldChar w:fldCharType="end"/>'
    pieces = field("PAGEREF _Toc_need", "1").replace(end, run("2") + end)
    short = f'<w:fldSimple w:instr=" PAGEREF _Toc_need ">{run("0")}</w:fldSimple>'
    body = f"<w:p>{pieces}</w:p><w:p>{short}</w:p>" + heading("Need", 1, "_Toc_need", 1)
    assert paragraphs(with_page_numbers(word_file(body), at({0: 4})).bid)[:2] == ["4", "4"]


def test_a_field_inside_the_contents_field_gets_its_own_number_alone() -> None:
    begin = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-2" \\h </w:instrText></w:r>'
             '<w:r><w:fldChar w:fldCharType="separate"/></w:r>')
    body = (f"<w:p>{begin}</w:p>" + entry("1", "Need", "_Toc_need") + '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
            + heading("Need", 1, "_Toc_need", 1))
    assert paragraphs(with_page_numbers(word_file(body), at({0: 4})).bid)[1] == "1 Need\t4"


def test_of_two_bookmarks_with_one_name_the_first_counts_as_in_word() -> None:
    body = f"<w:p>{field('PAGEREF twice')}</w:p>" + heading("A", 1, "twice", 1) + heading("B", 1, "Twice", 2)
    assert [mark.get(f"{W}name") for mark in part(probe(word_file(body))).iter(f"{W}bookmarkStart")] == [
        f"{PROBE}1", "twice", f"{PROBE}0", "Twice"]
    assert results(with_page_numbers(word_file(body), at({0: 2, 1: 1})).bid) == ["2"]


@pytest.mark.parametrize(("numbering", "page", "printed"), [
    ('w:start="1"', 4, "1"), ('w:start="1"', 6, "3"), ('w:start="10"', 5, "11"), ('w:fmt="lowerRoman"', 4, "iv"),
    ('w:fmt="upperRoman" w:start="9"', 4, "IX"), ('w:fmt="upperLetter" w:start="1"', 5, "B"),
    ('w:fmt="upperLetter" w:start="27"', 4, "AA"), ("", 4, "4"),
])
def test_a_number_is_printed_in_the_numbering_of_its_section(numbering: str, page: int, printed: str) -> None:
    """The second section begins on page 4."""
    body = f"<w:p>{field('PAGEREF there')}</w:p>{closing()}{heading('There', 1, 'there', 1)}"
    document = word_file(body, section=section(numbering))
    assert results(with_page_numbers(document, at({0: page, 1: 1, 2: 4})).bid) == [printed]


def test_numbering_goes_on_in_a_section_that_does_not_begin_again() -> None:
    begins_again = closing('w:start="1"')
    body = f"<w:p>{page_of('there')}</w:p>{closing()}{line('x')}{begins_again}{heading('There', 1, 'there', 1)}"
    assert results(with_page_numbers(word_file(body), at({0: 6, 1: 1, 2: 3, 3: 5})).bid) == ["4"]


def test_the_number_of_pages_is_written_in_the_body_and_in_headers_and_footers() -> None:
    footer = f"<w:ftr {NAMESPACES}><w:p>{run('Page ')}{field('PAGE', '1')}{run(' of ')}{field('NUMPAGES', '1')}</w:p></w:ftr>"
    document = word_file(f"<w:p>{field('NUMPAGES', '1')}</w:p>", footer=footer)
    bid = with_page_numbers(document, at({}, 23)).bid
    assert results(bid) == ["23"]
    assert results(bid, "word/footer.xml") == ["1", "23"]


@pytest.mark.parametrize("body", [TWO, f"<w:p>{field('PAGEREF x')}</w:p>"])
def test_a_bid_that_refers_to_pages_is_known(body: str) -> None:
    assert refers_to_pages(word_file(body))


def test_a_bid_without_such_references_is_left_in_peace() -> None:
    assert not refers_to_pages(word_file(f"<w:p>{field('PAGE', '1')}{field('NUMPAGES', '1')}</w:p>"))


def test_word_is_asked_to_update_in_the_order_of_the_schema_and_once() -> None:
    bid = asks_for_update(asks_for_update(word_file(TWO)))
    names = [child.tag.removeprefix(W) for child in part(bid, "word/settings.xml")]
    assert names == ["zoom", "updateFields", "compat", "themeFontLang"]


def test_settings_without_anything_later_get_the_switch_at_their_end() -> None:
    bid = asks_for_update(word_file(TWO, settings='<w:settings {0}><w:zoom w:percent="100"/></w:settings>'))
    assert [child.tag.removeprefix(W) for child in part(bid, "word/settings.xml")] == ["zoom", "updateFields"]


def test_a_file_without_settings_is_given_back_as_it_is() -> None:
    document = word_file(TWO)
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "word/settings.xml"}
    assert asks_for_update(packed(parts)) == packed(parts)


def long_bid() -> bytes:
    """Contents on the first page; the same title twice, a heading that fills lines, a table with a caption, roman numbers."""
    long = "A heading that is far too long for one line because somebody wrote the whole of the argument into it"
    places = [("1", "Need", "_Toc_need"), ("1.1", "Need", "_Toc_need_again"), ("2", long, "_Toc_long"),
              ("A", "Annex", "_Toc_annex")]
    contents = "".join(entry(number, title, mark) for number, title, mark in places)
    see = f"<w:p>{run('Table 1 on page ')}{page_of('_Ref_table')}</w:p>"
    caption = ('<w:p><w:bookmarkStart w:id="9" w:name="_Ref_table"/>' + run("Table 1: Costs") + '<w:bookmarkEnd w:id="9"/></w:p>')
    costs = table(row("Year", "Cost", header=True), row("1", "£2"))
    boxed = f"<w:sdt><w:sdtContent>{caption}{costs}</w:sdtContent></w:sdt>"
    text = line("Many words make a page. " * 40)
    body = (contents + see + NEW_PAGE + heading("Need", 1, "_Toc_need", 1) + text * 9 + heading("Need", 2, "_Toc_need_again", 2)
            + text + closing() + heading(long, 1, "_Toc_long", 3) + text * 6 + boxed + closing()
            + heading("Annex", 1, "_Toc_annex", 4) + text)
    return word_file(body, section=section('w:fmt="lowerRoman" w:start="1"'))


def with_a_number_in_each_entry(bid: bytes) -> bytes:
    """A bid whose contents have numbers to fill in, whatever its template has."""
    with zipfile.ZipFile(io.BytesIO(bid)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def numbered(link: re.Match[str]) -> str:
        if "PAGEREF" in link[0]:
            return link[0]
        return link[0].removesuffix("</w:hyperlink>") + f"<w:r><w:tab/></w:r>{page_of(link[1])}</w:hyperlink>"

    text = parts["word/document.xml"].decode("utf-8")
    parts["word/document.xml"] = re.sub(r'<w:hyperlink w:anchor="([^"]+)".*?</w:hyperlink>', numbered, text).encode("utf-8")
    return packed(parts)


@pytest.mark.needs("soffice")
def test_a_real_layout_gives_the_pages_that_the_outline_of_the_pdf_has() -> None:
    pages = pages_of(to_pdf(probe(long_bid()), named_places=True))
    numbered = with_page_numbers(long_bid(), pages)
    need, again, long, annex = (found.page for found in pages.headings)
    assert need == 2 < again < long < annex == pages.count
    table_page = results(numbered.bid)[-1]
    assert results(numbered.bid)[:4] == [str(need), str(again), str(long), "i"]
    assert numbered.complete
    assert long <= int(table_page) < annex


@pytest.mark.needs("soffice")
def test_the_pages_stay_when_the_numbers_are_written_in() -> None:
    pages = pages_of(to_pdf(probe(long_bid()), named_places=True))
    once = with_page_numbers(long_bid(), pages).bid
    again = pages_of(to_pdf(probe(once), named_places=True))
    assert again == pages
    assert with_page_numbers(once, again).bid == once


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", sample_names())
def test_numbers_of_a_bids_contents_are_those_of_its_printed_pages(name: str) -> None:
    """Every entry of the contents names the page on which a second layout has its heading."""
    bid = with_a_number_in_each_entry(built_sample(name).bid)
    pages = pages_of(to_pdf(probe(bid), named_places=True))
    finished = with_page_numbers(bid, pages)
    again = pages_of(to_pdf(probe(finished.bid), named_places=True))
    assert again == pages
    assert finished.complete
    assert len(pages.headings) > least(name, 50, 15)
    marked = {mark.get(f"{W}name"): text_of(mark.getparent()) for mark in part(bid).iter(f"{W}bookmarkStart")}
    entries = [link for link in part(finished.bid).iter(f"{W}hyperlink") if link.get(f"{W}anchor") in marked
               and any("PAGEREF" in (found.text or "") for found in link.iter(f"{W}instrText"))]
    assert len(entries) > least(name, 20, -1)
    for link in entries:
        title, page = marked[link.get(f"{W}anchor")], text_of(link).rpartition("\t")[2]
        assert page in {str(found.page) for found in pages.headings if found.title.endswith(title)}, title
