"""The Ideas Den pack: ranked, one page a submission whatever its texts, every figure with its cell, readable by everybody."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from bizcase import resources
from bizcase.archive import packed
from bizcase.case import HouseTemplate
from bizcase.document.accessibility import accessibility_findings
from bizcase.document.den_template import make_den_template, pack_words
from bizcase.document.ooxml import parts_of
from bizcase.document.stylesheet import House
from bizcase.errors import TemplateFault
from bizcase.hub.entry import Axis, Entry, Number, Outcome, Question
from bizcase.hub.pack.den_pack import TEMPLATE, den_pack, ranked_pack
from tests.hub.entries import entry, failed, longest, numbers
from tests.word_text import W, outline, paragraphs, part, story, text_of

TITLE = "Northmoor Ideas Den"
WORDS = ("consequence ", "W", "i ", "漢字", "😀 ", "R&D <b> {{ x }} {% y %} ", "well-being/self-care ")
TWELVE = tuple(entry(number, Outcome.DRAFT if number in (4, 7) else Outcome.BUILT, "illustrative" if number % 2 else "known")
               for number in range(12))


def pack(*entries: Entry) -> bytes:
    return den_pack(entries, TITLE)


def tables(content: bytes) -> list[list[list[str]]]:
    """The texts of each table's cells, row by row."""
    return [[[" / ".join(filter(None, map(text_of, cell.iter(f"{W}p")))) for cell in row.iter(f"{W}tc")]
             for row in table.iter(f"{W}tr")] for table in part(content).iter(f"{W}tbl")]


def headings(content: bytes, style: str = "SubmissionHeading") -> list[str]:
    return [line.partition(": ")[2] for line in outline(content).splitlines() if line.startswith(f"{style}: ")]


def facts(found: Entry) -> dict[str, str]:
    """The facts on a submission's page by their labels."""
    return {row[0]: row[1] for row in tables(pack(found))[3]}


def test_the_shipped_template_is_the_one_that_is_made() -> None:
    shipped = resources.folder("templates") / "den-pack" / TEMPLATE
    assert shipped.read_bytes() == make_den_template(House()), "its words or styles have changed: run make templates"


@pytest.mark.needs("soffice")
def test_each_submission_has_one_page_whatever_its_texts(office: Callable[[Path, str], Path], tmp_path: Path) -> None:
    """Texts of hundreds of letters, without a blank, of other alphabets, with 30 sections and ten questions; and none at all."""
    bare = Entry("bare.yaml", "key", Outcome.BUILT)
    entries = (*map(longest, WORDS), longest(outcome=Outcome.BUILT), replace(longest(), questions=()), *TWELVE, bare)
    path = tmp_path / "pack.docx"
    path.write_bytes(den_pack((*entries, failed()), "A " * 150))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(office(path, "pdf").read_bytes())).pages]
    start = next(number for number, text in enumerate(pages) if pack_words()["headings"]["questions"] in text)
    body, last = pages[start:-1], pages[-1]
    assert len(body) == len(entries)
    for number, text in enumerate(body, 1):
        assert re.search(rf"^{number}\s", text, re.MULTILINE), f"page of place {number} does not begin with it"
        assert text.count(pack_words()["headings"]["questions"]) == text.count("Notes, and what was promised") == 1
    assert pack_words()["headings"]["failed"] in last
    assert pack_words()["closing"] in last


@pytest.mark.needs("soffice")
def test_a_template_that_libreoffice_has_saved_makes_the_same_pack(office: Callable[[Path, str], Path], tmp_path: Path) -> None:
    path = tmp_path / "pack.docx"
    path.write_bytes(make_den_template(House()))
    saved = HouseTemplate("own.docx", office(path, "docx").read_bytes())
    assert story(den_pack((*TWELVE, failed()), TITLE, template=saved)) == story(pack(*TWELVE, failed()))


@pytest.mark.parametrize("entries", [(), (entry(),), (failed(),), (*TWELVE, failed(), failed("other.xlsx", 9)),
                                     tuple(map(longest, WORDS))])
def test_the_pack_is_accessible(entries: tuple[Entry, ...]) -> None:
    assert accessibility_findings(pack(*entries), "pack.docx") == []


def test_submissions_stand_in_the_order_of_their_ranks_and_the_list_leads_to_them() -> None:
    content = pack(*TWELVE[:3])
    assert headings(content) == [f"{place}\u2002{found.title}" for place, found in enumerate(TWELVE[:3], 1)]
    listed = tables(content)[1]
    assert listed[0] == ["Place", "Submission and organisation", "Asked for", "NPSV", "ROI", "Likely word", "Resource check"]
    assert listed[1] == ["1", "Nurse calls after discharge / Northmoor University Hospitals", "£24,000", "£61,500",
                         "cash −20.0% / all 42.0%", "support", "resourced"]
    assert listed[2] == ["2", "A quiet room on the dementia ward / Harbourside Community Trust", "£25,000", "£52,500†",
                         "cash −20.0%† / all 42.0%†", "close", "asked for"]
    links = [link.get(f"{W}anchor") for link in part(content).iter(f"{W}hyperlink")]
    marks = [mark.get(f"{W}name") for mark in part(content).iter(f"{W}bookmarkStart")]
    assert links == marks == ["submission_1", "submission_2", "submission_3"]


def test_places_are_printed_as_they_are_given() -> None:
    content = den_pack(TWELVE[:3], TITLE, {TWELVE[0].name: "1=", TWELVE[1].name: "1="})
    assert [text.split("\u2002")[0] for text in headings(content)] == ["1=", "1=", "3"]


def test_a_pack_is_ranked_by_the_hubs_weights_and_equals_share_a_place() -> None:
    best = replace(entry(), title="Best", clinical=Axis(9.0, "nine"), readiness=Axis(0.9, "ready"))
    others = [replace(entry(), name=name, title=name) for name in ("first", "second")]
    content = ranked_pack([failed(), *others, best], TITLE)
    assert headings(content) == ["1\u2002Best", "2=\u2002first", "2=\u2002second"]
    assert tables(content)[-1][1][0] == "broken.yaml"


def test_each_figure_stands_above_its_cell_in_the_workbook() -> None:
    grid = tables(pack(entry(1, status="disputed")))[2]
    assert grid == [
        ["Measure", "Asked for", "NPSV", "ROI year 3, cash", "ROI year 3, all", "Payback", "Cliff: nobody pays", "Cliff begins"],
        ["Figure", "£25,000", "£52,500‡", "−20.0%‡", "42.0%‡", "1.4 years‡", "£12,000", "2028/29"],
        ["Cell", "Numbers C5", "Appraisal B7", "Appraisal B26", "Appraisal C26", "Appraisal B15", "Funding E34", "Funding E35"]]
    note = next(text for text in paragraphs(pack(entry(1, status="disputed"))) if text.startswith("Cells are those"))
    assert note.startswith("Cells are those of ward-1/submission-benefits.xlsx. Real terms, 2026/27 prices.")
    assert "‡ Disputed" in note
    assert "‡" not in next(text for text in paragraphs(pack(entry())) if text.startswith("Cells are those"))


def test_a_return_is_quoted_to_the_last_year_of_a_short_appraisal() -> None:
    short = {**numbers(), "roi.1": replace(numbers()["roi.3"], text="7.0%", cell="C24")}
    grid = tables(pack(replace(entry(), years=("2026/27", "2027/28"), numbers=short)))[2]
    assert [row[4] for row in grid] == ["ROI year 1, all", "7.0%", "Appraisal C24"]
    assert [row[3] for row in grid] == ["ROI year 1, cash", "not given", "–"]


def test_value_readiness_and_completeness_are_told_in_words() -> None:
    assert facts(entry()) == {
        "Clinical value": "3 named (safety, experience): 3 with a measure, 2 with a baseline, 2 with a better target",
        "Organisational value": "£18,000 of cash released (Cash flow E10); £96,000 of capacity freed (Cash flow E11)",
        "Societal value": "No gain for society is named; none valued in money",
        "Readiness": "18 of 29 criteria about whether it can be done and will last",
        "Resource check": "There: funding for £24,000 is confirmed; all 3 people named are confirmed",
        "Panel's likely word": "Support: 1 to refuse for; 3 to worry about; 7 answered; praise for the need",
        "Sections missing": "Evidence; Resources and costs; Health inequalities and digital…; Sustainability after funding ends",
        "Sections in part": "Problem and unmet need (2.5 of 4); Stakeholder map (2.5 of 4); Risks and resistance (2.5 of 4); "
                            "Scale-up (2.5 of 4)",
        "Sections complete": "Summary and ask; Innovation and unique…; Benefits; Commissioner plan; Appraisal"}


def test_what_nobody_can_tell_is_said_and_not_left_blank() -> None:
    bare = facts(Entry("bare.yaml", "key", Outcome.BUILT))
    assert set(bare.values()) == {"Nothing can be told", "None valued in money", "Nothing can be told; none valued in money"}


@pytest.mark.parametrize(("score", "text", "fact", "warning"), [
    (1.0, "resourced: all is confirmed", "There: all is confirmed", ""),
    (0.5, "asked for: none is confirmed", "There if this is granted: none is confirmed", ""),
    (0.25, "hoped for: none is confirmed", "Hoped for and not there: none is confirmed",
     "Ask who has promised them before you endorse it."),
    (0.0, "not resourced: £1 of £2", "Not there: £1 of £2", "To endorse it without them is an empty yes."),
    (None, "cannot tell: no cost is stated", "Nobody can tell: no cost is stated", "Find out before you endorse it."),
    (0.5, "lent: by the charity", "Lent: by the charity", ""),
])
def test_missing_money_and_people_are_told_plainly(score: float | None, text: str, fact: str, warning: str) -> None:
    found = replace(entry(), resource=Axis(score, text))
    assert facts(found)["Resource check"] == fact
    warned = [line for line in outline(pack(found)).splitlines() if line.startswith("SubmissionWarning")]
    assert [line.partition(". ")[2] for line in warned] == ([warning] if warning else [])


def test_a_draft_is_called_one_in_the_list_and_on_its_page() -> None:
    content = pack(entry(0, Outcome.DRAFT))
    assert tables(content)[1][1][1].startswith("Nurse calls after discharge (draft)")
    assert "Draft. One thing would stop this bid: no risk has an owner" in paragraphs(content)
    assert "1 submission: 1 draft" in paragraphs(content)


def test_questions_are_numbered_with_room_beside_each_and_for_the_panels_mark() -> None:
    content = pack(replace(entry(), questions=tuple(Question("C", f"Why {number}?") for number in range(14))))
    asked, marks = tables(content)[4:6]
    assert asked == [["No.", "Question", "What was answered"], *([str(n + 1), f"Why {n}?", ""] for n in range(10))]
    assert marks == [["Mark, 1 (low) to 5 (high)", "Endorsed, not endorsed or later?",
                      "Money and people given: yes, in part, no?", "Notes, and what was promised"], ["", "", "", ""]]
    heights = [int(height.get(f"{W}val")) for height in part(content).iter(f"{W}trHeight")]
    assert len(heights) == 11
    assert min(heights) >= 400
    assert tables(pack(replace(entry(), questions=())))[4][1][1] == pack_words()["questions"]["none"]


def test_what_could_not_be_built_stands_at_the_end_with_what_to_do() -> None:
    content = pack(failed("other.xlsx", 9), entry(), replace(failed(), findings=()))
    assert "3 submissions: 1 ready to be heard, 2 could not be built" in paragraphs(content)
    table = tables(content)[-1]
    assert table[0] == ["File", "What was found", "What to do"]
    assert table[1] == ["other.xlsx", "E21 benefits: expected a list, found text, line 1 (other.xlsx:1:3)",
                        "begin each benefit with a dash"]
    assert table[3][1].endswith("; and 6 more, which “bizcase import” names")
    assert table[4] == ["broken.yaml", "nothing more is known", "run “bizcase check” on the file"]
    assert len(table) == 5
    assert tables(pack(entry()))[-1][0][0] != "File"


def test_texts_of_users_are_printed_as_they_were_typed() -> None:
    nasty = "R&D <b>bold</b> {{ pack.title }} {% if %} {_{ x }_} “q” 'a' \x07\ud800=1+1"
    kept = "R&D <b>bold</b> {{ pack.title }} {% if %} {_{ x }_} “q” 'a' =1+1"
    content = den_pack((replace(entry(), title=nasty, organisation=nasty, author=nasty, proposition=nasty, panel_says=nasty,
                                questions=(Question("C", nasty),), clinical=Axis(1.0, nasty)), failed(nasty)), nasty)
    text = story(content)
    assert text.count(kept) >= 8
    assert headings(content) == [f"1\u2002{kept}"]
    assert text_of(part(content, "word/header1.xml")).startswith(kept)
    core = parts_of(content)["docProps/core.xml"].decode()
    assert "<dc:title>R&amp;D &lt;b&gt;bold&lt;/b&gt; {{ pack.title }}" in core
    assert "en-GB" in core


def test_the_same_entries_give_the_same_bytes() -> None:
    assert den_pack(TWELVE, TITLE) == den_pack(TWELVE, TITLE)


def test_figures_too_long_for_their_column_are_printed_small_and_whole() -> None:
    large = replace(numbers()["npsv"], text="−£123,456,789")
    content = pack(replace(entry(), numbers={**numbers(), "npsv": large}))
    styles = {text_of(found): found.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for found in part(content).iter(f"{W}p")}
    assert (styles["−£123,456,789"], styles["£24,000"]) == ("PackSmallFigure", "PackFigure")


def test_a_hub_can_restyle_the_template_and_is_told_what_it_broke() -> None:
    parts = parts_of(make_den_template(House(heading="7A0019")))
    restyled = HouseTemplate("own.docx", packed(parts))
    assert b"7A0019" in parts_of(den_pack((entry(),), TITLE, template=restyled))["word/styles.xml"]
    broken = {**parts, "word/document.xml": parts["word/document.xml"].replace(b"s.proposition }}", b"s.propositoin }}")}
    with pytest.raises(TemplateFault) as caught:
        den_pack((entry(),), TITLE, template=HouseTemplate("own.docx", packed(broken)))
    assert caught.value.findings[0].place.file == "own.docx"


def test_an_answer_in_words_is_a_figure_too() -> None:
    never = Number("Payback", None, "not within the years appraised", "years", "illustrative", "Appraisal", "B15")
    grid = tables(pack(replace(entry(), numbers={**numbers(), "payback": never})))[2]
    assert [row[5] for row in grid] == ["Payback", "not within the years appraised†", "Appraisal B15"]
