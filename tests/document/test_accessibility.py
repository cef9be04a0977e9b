"""The accessibility gate: each rule finds the document that breaks it, and lets the one pass that does not."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

import pytest

from bizcase.archive import packed
from bizcase.case import build, open_case
from bizcase.codes import explanations
from bizcase.document.accessibility import accessibility_findings
from bizcase.document.colour import contrast
from bizcase.errors import Finding, Severity
from bizcase.specification.profile import profile_names
from tests.conftest import SAMPLES, sample_names
from tests.document.writing import (
    CORE,
    DEFAULTS,
    NAMESPACES,
    SETTINGS,
    cell,
    field,
    heading,
    line,
    look_of_table,
    picture,
    row,
    run,
    table,
    word_file,
)

SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
DECORATION = '<a:extLst><a:ext uri="x"><adec:decorative val="1"/></a:ext></a:extLst>'
GRID = (row("Risk", "Owner", header=True), row("Nobody answers", "Ward manager"))


def found(document: bytes) -> list[Finding]:
    return accessibility_findings(document, "bid.docx")


def codes(body: str, **parts: str) -> list[str]:
    """The codes of what is found in a document with this body, which is sound in all else."""
    return [finding.code for finding in found(word_file(body, **parts))]


def messages(body: str, **parts: str) -> list[str]:
    return [finding.message for finding in found(word_file(body, **parts))]


def colored(text: str, color: str, more: str = "") -> str:
    return line(text, look=f'{more}<w:color w:val="{color}"/>')


def fill(color: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{color}"/>'


def style(name: str, content: str, kind: str = "paragraph", based_on: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{base}{content}</w:style>'


def box(text: str, fills: str = "", described: str = "") -> str:
    """A paragraph with a text box of this fill."""
    content = f"<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>"
    return f"<w:p>{picture(described, uri=SHAPE, inside=f'<wps:wsp><wps:spPr>{fills}</wps:spPr>{content}</wps:wsp>')}</w:p>"


def link(text: str) -> str:
    return f'<w:p>{run("See ")}<w:hyperlink w:anchor="x">{run(text) if text else ""}</w:hyperlink></w:p>'


SOUND = {
    "a short letter": line("Dear panel") + line("Here is our bid."),
    "headings in order": heading("A") + heading("B", 2) + heading("C", 3) + heading("D", 2) + heading("E"),
    "a bold word in a paragraph": f"<w:p>{run('Much ')}{run('depends', '<w:b/>')}{run(' on it')}</w:p>" + line("And so on."),
    "a bold sentence": line("We ask for £4,000.", look="<w:b/>") + line("And so on."),
    "a bold line before another": line("To the panel", look="<w:b/>") + line("By hand", look="<w:b/>") + heading("A"),
    "a bold caption": line("Table 1: Risks", "Caption", "<w:b/>") + table(*GRID) + line("Text."),
    "bold switched off": line("A plain line", look='<w:b w:val="0"/>') + line("Text."),
    "a bold cell": table(row("Risk", header=True), row(cell(line("High", look="<w:b/>") + line("Text.")))),
    "a table with a header row": table(*GRID),
    "a table with labels in the first column": table(row("Owner", "Ward manager"), row("Date", "May"),
                                                     properties=look_of_table(firstColumn=1)),
    "labels in the first column in figures": table(row("Owner", "Me"), row("Date", "May"),
                                                   properties='<w:tblLook w:val="0680"/>'),
    "one label and its value": table(row("Owner", "Ward manager"), properties=look_of_table(firstColumn=1)),
    "a form to fill in": table(row("Name", "Date", header=True), row("", ""), row("", "")),
    "a cell that spans one column": table(GRID[0], row("Nobody", cell("Me", '<w:gridSpan w:val="1"/>'))),
    "a picture in words": f"<w:p>{picture('Three nurses beside a telephone')}</w:p>",
    "a picture that decorates": f"<w:p>{picture(extra=DECORATION, placed='anchor')}</w:p>",
    "a text box, which speaks for itself": box(line("Call us")),
    "a copy for old versions of Word": (
        f"<w:p><mc:AlternateContent><mc:Choice Requires=\"wps\">{picture('A map of the wards')}</mc:Choice><mc:Fallback>"
        '<w:r><w:pict><v:rect style="position:absolute"/></w:pict></w:r></mc:Fallback></mc:AlternateContent></w:p>'),
    "a line across the page": '<w:p><w:r><w:pict><v:rect o:hr="t" style="width:0;height:1.5pt"/></w:pict></w:r></w:p>',
    "a deleted line": ('<w:p><w:del w:id="1" w:author="A"><w:r><w:rPr><w:color w:val="EEEEEE"/></w:rPr><w:t>old</w:t></w:r>'
                       "</w:del></w:p>"),
    "dark grey on white": colored("Text", "767676"),
    "large grey on white": colored("Text", "949494", '<w:sz w:val="36"/>'),
    "large bold grey on white": colored("Text", "949494", '<w:b/><w:sz w:val="28"/>'),
    "a colour that Word chooses": table(GRID[0], row(cell(line("x", look='<w:color w:val="auto"/>'), fill("003087")), "y")),
    "white on blue": table(GRID[0], row(cell(colored("x", "FFFFFF"), fill("003087")), "y")),
    "black on yellow": line("Text", look='<w:color w:val="000000"/><w:highlight w:val="yellow"/>', extra=fill("003087")),
    "white in a blue box": box(colored("Text", "FFFFFF"), '<a:solidFill><a:srgbClr val="003087"/></a:solidFill>'),
    "white in a box coloured by the theme": box(colored("Text", "FFFFFF"),
                                                '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'),
    "hidden text": colored("Text", "FFFFFF", "<w:vanish/>"),
    "blanks in white": colored("  ", "FFFFFF"),
    "a link with a name": link("Guidance on digital exclusion"),
    "a link to write to": link("hub@example.nhs.uk"),
    "a field that is no link": f"<w:p>{field('REF here', 'here')}</w:p>",
    "coloured cells with words": table(row("Risk", "Rating", header=True), row("A", cell("High", fill("FFB3B3"))),
                                       row("B", cell("Low", fill("B3FFB3")))),
    "bands of colour with an empty cell": table(GRID[0], row(cell("A", fill("E8EDEE")), cell("", fill("E8EDEE")))),
    "an empty cell without colour": table(row("A", "B", "C", header=True), row("x", cell("y", fill("E8EDEE")), "")),
}

BROKEN = {
    "the first heading is of level 2": ("H03", heading("A", 2) + heading("B", 2)),
    "pages without a heading": ("H03", line("Text.") * 15),
    "level 2 is skipped": ("H04", heading("A") + heading("B", 3)),
    "level 3 is skipped inside a content control": (
        "H04", heading("A") + heading("B", 2) + f"<w:sdt><w:sdtContent>{heading('C', 4)}</w:sdtContent></w:sdt>"),
    "a level set by hand is skipped": ("H04", heading("A") + line("B", extra='<w:outlineLvl w:val="2"/>')),
    "a heading is empty": ("H05", heading("A") + heading("") + line("Text.")),
    "a heading of blanks": ("H05", heading("A") + heading("  ", 2)),
    "a bold line instead of a heading": ("H06", line("What happens next", look="<w:b/>") + line("We begin in May.")),
    "a bold line in a text box": ("H06", box(line("What happens next", look="<w:b/>") + line("We begin in May."))),
    "no header row": ("H07", table(row("Risk", "Owner"), row("A", "B"))),
    "a header row in the wrong place": ("H07", table(row("Risks", "in May"), *GRID)),
    "a header row that is switched off": ("H07", table(*GRID).replace("<w:tblHeader/>", '<w:tblHeader w:val="0"/>')),
    "Word's own look without a repeated header": (
        "H07", table(row("Risk", "Owner"), row("A", "B"), properties=look_of_table(firstRow=1, firstColumn=1))),
    "cells merged across": ("H08", table(row(cell("Risks", '<w:gridSpan w:val="2"/>'), header=True), row("A", "B"))),
    "cells merged down": ("H08", table(GRID[0], row(cell("A", '<w:vMerge w:val="restart"/>'), "B"),
                                       row(cell("", "<w:vMerge/>"), "C"))),
    "a table in a table": ("H09", table(GRID[0], row(cell(table(*GRID) + line("")), "B"))),
    "a blank row as space": ("H10", table(*GRID, row("", ""), row("B", "Me"))),
    "a table that lays out": ("H11", table(row("Left", "Right"))),
    "a table of one cell as a frame": ("H11", table(row("Note well"))),
    "a picture without words": ("H12", f"<w:p>{picture()}</w:p>"),
    "a chart without words": ("H12", f"<w:p>{picture(uri='http://schemas.openxmlformats.org/drawingml/2006/chart')}</w:p>"),
    "a picture with blanks for words": ("H12", f"<w:p>{picture('  ')}</w:p>"),
    "a shape without words or text": ("H12", box("<w:p/>")),
    "an old picture without words": ("H12", '<w:p><w:r><w:pict><v:shape style="width:9pt"/></w:pict></w:r></w:p>'),
    "an embedded object without words": ("H12", '<w:p><w:r><w:object><v:shape style="width:9pt"/></w:object></w:r></w:p>'),
    "a picture in a text box": ("H12", box(line("Text") + f"<w:p>{picture()}</w:p>")),
    "a file name for words": ("H13", f"<w:p>{picture('IMG_2041 (final).JPG')}</w:p>"),
    "Word's name for words": ("H13", f"<w:p>{picture('Picture 7')}</w:p>"),
    "an old picture with a file name": ("H13", '<w:p><w:r><w:pict><v:shape alt="logo.png"/></w:pict></w:r></w:p>'),
    "grey on white": ("H14", colored("Text", "777777")),
    "large pale grey on white": ("H14", colored("Text", "959595", '<w:sz w:val="36"/>')),
    "grey that is large and bold only almost": ("H14", colored("Text", "949494", '<w:b/><w:sz w:val="27"/>')),
    "white on white": ("H14", table(GRID[0], row(cell(colored("x", "FFFFFF"), fill("auto")), "y"))),
    "yellow behind white": ("H14", line("Text", look='<w:color w:val="FFFFFF"/><w:highlight w:val="yellow"/>')),
    "black behind black": ("H14", line("Text", look='<w:color w:val="000000"/><w:highlight w:val="black"/>')),
    "grey in a shaded paragraph": ("H14", line("Text", look='<w:color w:val="767676"/>', extra=fill("E8EDEE"))),
    "grey in a text box": ("H14", box(colored("Text", "999999"), "<a:noFill/>")),
    "black in a dark box": ("H14", box(colored("Text", "000000"), '<a:solidFill><a:srgbClr val="003087"/></a:solidFill>')),
    "black in an old dark box": ("H14", '<w:p><w:r><w:pict><v:shape fillcolor="#003087 [1]"><v:textbox><w:txbxContent>'
                                 + colored("Text", "000000") + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"),
    "grey in what was inserted": ("H14", '<w:p><w:ins w:id="1" w:author="A"><w:r><w:rPr><w:color w:val="999999"/></w:rPr>'
                                  "<w:t>new</w:t></w:r></w:ins></w:p>"),
    "click here": ("H15", link("Click here.")),
    "a bare address": ("H15", link("https://example.org/a/b?c=d")),
    "a link without text": ("H15", link("")),
    "a link made as a field": ("H15", f"<w:p>{field('HYPERLINK x', 'www.example.org')}</w:p>"),
    "a picture that floats": ("H16", f"<w:p>{picture('A map of the wards', placed='anchor')}</w:p>"),
    "an old picture that floats": (
        "H16", '<w:p><w:r><w:pict><v:shape alt="A map" style="position:absolute;margin-left:0"/></w:pict></w:r></w:p>'),
    "a chart of coloured cells": (
        "H17", table(row("Step", "May", "June", header=True), row("Pilot", cell("", fill("005EB8")), ""))),
    "a rating by colour": ("H17", table(row("Risk", "Now", "Then", header=True),
                                        row("A", cell("", fill("FF0000")), cell("", fill("00FF00"))))),
    "an empty coloured cell beside a plain one with words": (
        "H17", table(row("Risk", "Now", "Owner", header=True), row("A", cell("", fill("FF0000")), "Me"))),
}


@pytest.mark.parametrize("name", SOUND)
def test_what_is_accessible_passes(name: str) -> None:
    assert messages(SOUND[name]) == []


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_not_is_found_under_its_code_once(name: str) -> None:
    code, body = BROKEN[name]
    assert codes(body) == [code]


def test_every_rule_has_a_document_that_breaks_it() -> None:
    rules = {code for code in explanations() if code.startswith("H")}
    assert len(rules) == 17
    assert {code for code, _ in BROKEN.values()} | {"H01", "H02"} == rules


@pytest.mark.parametrize("name", BROKEN)
def test_a_finding_has_the_severity_of_its_code_and_says_what_to_do_in_word(name: str) -> None:
    for finding in found(word_file(BROKEN[name][1])):
        assert finding.severity is explanations()[finding.code].severity
        assert finding.severity in (Severity.MAJOR, Severity.ADVISORY)
        assert finding.hint.startswith("in Word: ")
        assert (finding.place.file, finding.place.line) == ("bid.docx", 0)
        assert finding.place.path


@pytest.mark.parametrize("core", [CORE.replace("A title", ""), CORE.replace("A title", "  "),
                                  CORE.replace("dc:title", "dc:subject")])
def test_a_document_has_a_title(core: str) -> None:
    assert codes(line("Text."), core=core) == ["H01"]


@pytest.mark.parametrize("defaults", [DEFAULTS.replace("en-GB", ""), DEFAULTS.replace('<w:lang w:val="en-GB"/>', ""),
                                      DEFAULTS.replace("en-GB", "x-none"), ""])
def test_a_document_says_its_language(defaults: str) -> None:
    assert codes(line("Text."), defaults=defaults, settings=SETTINGS.replace("<w:themeFontLang w:val=\"en-GB\"/>", "")) == ["H02"]


def test_a_language_in_the_settings_or_in_the_usual_style_will_do() -> None:
    without = SETTINGS.replace("<w:themeFontLang w:val=\"en-GB\"/>", "")
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:rPr><w:lang w:val="cy-GB"/></w:rPr></w:style>'
    assert codes(line("Text."), defaults="") == []
    assert codes(line("Text."), defaults="", settings=without, styles=normal) == []


def test_a_finding_names_the_place_by_what_a_person_sees_there() -> None:
    body = (heading("Need") + line("Text.") + heading("Risks and resistance") + table(row("", "Owner"), row("A", "B"))
            + f"<w:p>{picture()}</w:p>" + colored("Pale words", "BBBBBB") + colored("More of them", "BBBBBB"))
    assert messages(body) == [
        "the table that begins “Owner”, under “Risks and resistance”, has no header row that is repeated on each page",
        "a picture under “Risks and resistance” has no alt text",
        "text of colour BBBBBB on FFFFFF has a contrast of 1.9; at least 4.5 is needed: “Pale words”, under “Risks and "
        "resistance”, and 1 other paragraph"]
    assert [finding.place.path for finding in found(word_file(body))] == ["table 1", "picture 1", "text"]


def test_headers_footers_and_footnotes_are_looked_at_too() -> None:
    header = f"<w:hdr {NAMESPACES}>{colored('Draft', 'CCCCCC')}<w:p>{picture()}</w:p></w:hdr>"
    footnotes = f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{link("here")}</w:footnote></w:footnotes>'
    assert messages(line("Text."), header=header, footnotes=footnotes) == [
        "a picture in a header has no alt text",
        "text of colour CCCCCC on FFFFFF has a contrast of 1.6; at least 4.5 is needed: “Draft”, in a header",
        "the link “here”, in a footnote, does not say where it leads"]


def test_a_heading_style_in_a_header_is_no_heading() -> None:
    header = f"<w:hdr {NAMESPACES}>{heading('Draft', 4)}{heading('')}<w:p>{picture()}</w:p></w:hdr>"
    assert messages(heading("A") + heading("B", 2), header=header) == ["a picture in a header has no alt text"]


def test_a_logo_may_float_in_a_header() -> None:
    header = f"<w:hdr {NAMESPACES}><w:p>{picture('Northmoor', placed='anchor')}</w:p></w:hdr>"
    assert codes(line("Text."), header=header) == []


WHITE_TEXT = style("Pale", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>')
DARK_HEAD = style("Grid", '<w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:tcPr>' + fill("003087")
                  + "</w:tcPr></w:tblStylePr>", "table")
IN_GRID = '<w:tblStyle w:val="Grid"/>'


def pale(part: str) -> str:
    """A table style in which this part of a table is too pale."""
    return style("Grid", f'<w:tblStylePr w:type="{part}"><w:rPr><w:color w:val="BBBBBB"/></w:rPr></w:tblStylePr>', "table")


@pytest.mark.parametrize(("part", "on", "words"), [
    ("firstCol", {"firstColumn": 1}, ["a1", "b1", "c1"]), ("lastCol", {"lastColumn": 1}, ["a3", "b3", "c3"]),
    ("firstRow", {"firstRow": 1}, ["a1", "a2", "a3"]), ("lastRow", {"lastRow": 1}, ["c1", "c2", "c3"]),
    ("band1Horz", {"firstRow": 1, "noHBand": 0}, ["b1", "b2", "b3"]), ("band2Horz", {"noHBand": 0}, ["b1", "b2", "b3"]),
    ("band1Vert", {"noVBand": 0}, ["a1", "a3", "b1", "b3", "c1", "c3"]),
    ("wholeTable", {}, ["a1", "a2", "a3", "b1", "b2", "b3", "c1", "c2", "c3"]),
    ("nwCell", {"firstRow": 1, "firstColumn": 1}, ["a1"]), ("neCell", {"firstRow": 1, "lastColumn": 1}, ["a3"]),
    ("swCell", {"lastRow": 1, "firstColumn": 1}, ["c1"]), ("seCell", {"lastRow": 1, "lastColumn": 1}, ["c3"]),
    ("firstCol", {"firstRow": 1}, []), ("nwCell", {"firstRow": 1}, []),
])
def test_a_part_of_a_tables_style_holds_for_its_cells(part: str, on: dict[str, int], words: list[str]) -> None:
    rows = [row(*(f"{letter}{number}" for number in (1, 2, 3)), header=letter == "a") for letter in "abc"]
    told = messages(table(*rows, properties=IN_GRID + look_of_table(**on)), styles=pale(part))
    assert len(told) == bool(words)
    if told:
        others = re.search(r"and (\d+) other", told[0])
        assert f"“{words[0]}”" in told[0]
        assert (int(others[1]) if others else 0) == len(words) - 1


@pytest.mark.parametrize(("expected", "body", "styles"), [
    (["H14"], line("x", "Pale"), WHITE_TEXT),
    (["H14"], line("x", "Paler"), WHITE_TEXT + style("Paler", "", based_on="Pale")),
    ([], line("x", "Dark"), WHITE_TEXT + style("Dark", '<w:rPr><w:color w:val="000000"/></w:rPr>', based_on="Pale")),
    ([], line("x", "Dark"), style("Dark", f"<w:pPr>{fill('003087')}</w:pPr>", based_on="Pale") + WHITE_TEXT),
    (["H14"], line("x", look='<w:rStyle w:val="Faint"/>'),
     style("Faint", '<w:rPr><w:color w:val="AAAAAA"/></w:rPr>', "character")),
    ([], line("x", "Pale", '<w:rStyle w:val="Ink"/>'),
     WHITE_TEXT + style("Ink", '<w:rPr><w:color w:val="111111"/></w:rPr>', "character")),
    (["H14"], line("x", "Loop", '<w:color w:val="AAAAAA"/>'),
     style("Loop", "", based_on="Loop2") + style("Loop2", "", based_on="Loop")),
    ([], table(*GRID, properties=IN_GRID + look_of_table(firstRow=1)), DARK_HEAD),
    ([], table(row(cell(line("Risk", "Pale")), "Owner", header=True), GRID[1], properties=IN_GRID + look_of_table(firstRow=1)),
     DARK_HEAD + WHITE_TEXT),
    (["H14"], table(row(cell(line("Risk", "Pale")), "Owner", header=True), GRID[1], properties=IN_GRID + look_of_table()),
     DARK_HEAD + WHITE_TEXT),
    (["H14"], table(GRID[0], row(cell(line("A", "Pale")), "B"), properties=IN_GRID + look_of_table(firstRow=1)),
     DARK_HEAD + WHITE_TEXT),
    (["H14"], table(row(cell("Risk", fill("auto")), "Owner", header=True), GRID[1],
                    properties=IN_GRID + look_of_table(firstRow=1)), DARK_HEAD),
    ([], table(row("Risk", "Owner", header=True), GRID[1], properties='<w:tblStyle w:val="Own"/><w:tblLook w:val="0020"/>'),
     DARK_HEAD + style("Own", "", "table", based_on="Grid")),
    (["H14"], table(GRID[0], row("A", "B"), row("C", "D"),
                    properties=IN_GRID + '<w:tblLook w:firstRow="0" w:noHBand="0" w:noVBand="1"/>'),
     style("Grid", '<w:tblStylePr w:type="band2Horz"><w:rPr><w:color w:val="BBBBBB"/></w:rPr></w:tblStylePr>', "table")),
])
def test_colours_are_resolved_through_styles(expected: list[str], body: str, styles: str) -> None:
    assert codes(body, styles=styles) == expected


def test_the_colour_of_the_documents_defaults_counts_last() -> None:
    defaults = DEFAULTS.replace("<w:sz ", '<w:color w:val="BBBBBB"/><w:sz ')
    assert codes(line("x"), defaults=defaults) == ["H14"]
    assert codes(colored("x", "000000"), defaults=defaults) == []


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("000000", "FFFFFF", 21.0), ("FFFFFF", "FFFFFF", 1.0), ("FF0000", "00FF00", 2.91),
    ("767676", "FFFFFF", 4.54), ("777777", "FFFFFF", 4.48), ("949494", "FFFFFF", 3.03),
])
def test_contrast_is_that_of_the_guidelines(one: str, other: str, expected: float) -> None:
    """The greys that are the last to pass, and the first to fail, on white are well known."""
    assert round(contrast(one, other), 2) == expected
    assert contrast(one, other) == contrast(other, one)


def test_of_many_places_with_one_pair_of_colours_the_first_is_told() -> None:
    assert len(messages(heading("A") + colored("x", "BBBBBB") * 500)) == 1


def test_findings_are_told_rule_by_rule_in_the_order_of_the_file() -> None:
    tables = "".join(table(row(name, "Owner"), row("x", "y")) + line("") for name in "CAB")
    assert [re.findall("“(.)”", text) for text in messages(tables)] == [["C"], ["A"], ["B"]]


@cache
def bid_of(sample: str, profile: str) -> bytes:
    path = SAMPLES / f"{sample}.yaml"
    case = open_case(path.read_text("utf-8"), path.name, profile)
    return build(case, draft=bool(case.blockers)).bid


@pytest.mark.parametrize("profile", profile_names())
@pytest.mark.parametrize("sample", sample_names())
def test_our_own_bids_meet_every_rule(sample: str, profile: str) -> None:
    assert found(bid_of(sample, profile)) == []


@pytest.mark.parametrize(("spoil", "code"), [
    (("<w:tblHeader/>", ""), "H07"), (('w:val="Heading2"', 'w:val="Heading3"'), "H04"),
    (('w:val="TableText"', 'w:val="TableHeading"'), "H14"),
])
def test_a_bid_of_ours_that_is_spoiled_is_found_out(spoil: tuple[str, str], code: str) -> None:
    """So that the test above is known to look."""
    with zipfile.ZipFile(io.BytesIO(bid_of(sample_names()[0], "innovation-fund"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["word/document.xml"].decode("utf-8")
    assert spoil[0] in text
    parts["word/document.xml"] = text.replace(*spoil).encode("utf-8")
    assert code in {finding.code for finding in found(packed(parts))}
